"""Defects that the build finds in its own world, told for each pair of territories."""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from boundaries.world import Built
from boundaries.world_facts import KOSOVO_PAIR, KOSOVO_SOURCE, NE_WORLD, OSM_WORLD, PAIR_STATUS, STATUS
from boundaries.world_lines import Pair, area_km2

__all__ = ["Note", "find_notes"]

# A line of rivers is longer the closer one looks; twice as long is more than that, and shorter is none of it.
_LENGTH_BAND = (0.8, 2.0)
# Ground on which the lineages differ: below a band of this mean width along the line it is what their accuracy allows.
_MEAN_WIDTH_KM = 2.0
_LEAST_AREA_KM2 = 50.0
_MOST_OF_IT = 0.8


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to know about a border.

    Attributes
    ----------
    kind : str
        ``single``, ``mended``, ``length``, ``ground``, ``overlap``, ``third``, ``unassigned``, ``overseas`` or
        ``status``.
    source : str or None
        The source it concerns; None where it concerns the border.
    text : str
    """

    kind: str
    source: str | None
    text: str


def find_notes(built: Built) -> dict[Pair, list[Note]]:
    """Return what has to be said of each pair, in a fixed order."""
    fine, coarse = built.layers[OSM_WORLD.id], built.layers[NE_WORLD.id]
    notes: dict[Pair, list[Note]] = {}
    for pair, line in fine.lines.items():
        found = [Note("status", None, text) for code, text in STATUS.items() if code in pair]
        if pair in PAIR_STATUS:
            found.append(Note("status", None, PAIR_STATUS[pair]))
        found += _mended(built, pair)
        found += [
            Note("overseas", NE_WORLD.id, f"this source holds {code} as part of {built.overseas[code]}")
            for code in pair
            if code in built.overseas
        ]
        if line.overlap_km2:
            found.append(
                Note(
                    "overlap",
                    OSM_WORLD.id,
                    f"{_km2(line.overlap_km2)} of ground belong to both {pair[0]} and {pair[1]} by this source; there "
                    "the line is the outline of that ground, and a position inside it is contested",
                )
            )
        found += _third(built, pair)
        other = coarse.lines.get(pair)
        if other is None:
            found.append(Note("single", None, "only one lineage draws this border"))
        else:
            found += [Note("unassigned", NE_WORLD.id, _unassigned(built, name)) for name in other.unassigned]
            ratio = line.length_km / other.length_km
            if not _LENGTH_BAND[0] <= ratio <= _LENGTH_BAND[1]:
                found.append(
                    Note(
                        "length",
                        None,
                        f"the line is {_km(line.length_km)} long by {OSM_WORLD.id} and {_km(other.length_km)} by "
                        f"{NE_WORLD.id}: they do not draw the same line",
                    )
                )
            found += _ground(built, pair)
        if found:
            notes[pair] = found
    return notes


def _mended(built: Built, pair: Pair) -> list[Note]:
    source = KOSOVO_SOURCE if pair == KOSOVO_PAIR else OSM_WORLD
    return [Note("mended", source.id, mend.what) for mend in built.mends if mend.given_to in pair]


def _third(built: Built, pair: Pair) -> list[Note]:
    found = []
    totals: dict[str, float] = {}
    for code, km in built.others.get(pair, []):
        totals[code] = totals.get(code, 0.0) + km
    for code, km in sorted(totals.items()):
        if km >= 1.0:
            found.append(
                Note(
                    "third",
                    OSM_WORLD.id,
                    f"along {_km(km)} of the line this source has {code} on the same side as one of the two: that "
                    "ground is claimed twice",
                )
            )
    return found


def _unassigned(built: Built, name: str) -> str:
    """Say what becomes of ground without an owner, and whose it is by the other lineage."""
    shape = built.unassigned[name]
    grounds = built.layers[OSM_WORLD.id].grounds
    near = {
        code: shapely.intersection(shapely.make_valid(_clip(ground, shape.bounds)), shape).area / shape.area
        for code, ground in grounds.items()
        if shapely.box(*ground.bounds).intersects(shape)
    }
    holders = sorted(code for code, share in near.items() if share > _MOST_OF_IT)
    whose = f"{OSM_WORLD.id} gives it to {' and to '.join(holders)}" if holders else f"{OSM_WORLD.id} parts it"
    return f"this source gives {name} to neither, and both its sides are part of the line; {whose}"


def _ground(built: Built, pair: Pair) -> list[Note]:
    """Ground of the one by one lineage that is ground of the other by the other lineage."""
    fine, coarse = built.layers[OSM_WORLD.id], built.layers[NE_WORLD.id]
    area = 0.0
    bounds = shapely.MultiLineString([*fine.lines[pair].runs, *coarse.lines[pair].runs]).bounds
    near = {
        (layer_id, code): _clip(built.layers[layer_id].grounds[code], bounds)
        for layer_id in built.layers
        for code in pair
    }
    for one, other in (pair, pair[::-1]):
        differing = shapely.intersection(near[OSM_WORLD.id, one], near[NE_WORLD.id, other])
        if fine.lines[pair].overlap_km2:
            differing = shapely.difference(differing, near[OSM_WORLD.id, other])
        area += area_km2(differing)
    if area < max(_LEAST_AREA_KM2, _MEAN_WIDTH_KM * coarse.lines[pair].length_km):
        return []
    return [Note("ground", None, f"the two lineages differ on the side of {_km2(area)} of ground along this border")]


def _clip(ground: MultiPolygon, bounds: tuple[float, float, float, float]) -> BaseGeometry:
    west, south, east, north = bounds
    clipped = shapely.clip_by_rect(ground, west - 0.5, south - 0.5, east + 0.5, north + 0.5)
    parts = [part for part in shapely.get_parts(clipped) if isinstance(part, Polygon)]
    whole = MultiPolygon(parts)
    return whole if whole.is_valid else shapely.make_valid(whole)


def _km(value_km: float) -> str:
    return f"{value_km:,.0f} km" if value_km >= 10 else f"{value_km:.1f} km"


def _km2(value_km2: float) -> str:
    return f"{value_km2:,.0f} square kilometres" if value_km2 >= 10 else f"{value_km2:.1f} square kilometres"
