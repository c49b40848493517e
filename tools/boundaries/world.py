"""The world in two lineages: read, brought together, and held against each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely import MultiPolygon, Polygon

from boundaries.countries import Countries, read_countries, split_overseas
from boundaries.geometry import BuildError
from boundaries.packages import PACKAGES, fetch
from boundaries.topology import Topology, build_topology
from boundaries.world_facts import DECIMALS, NE_WORLD, OSM_WORLD, STEP_DEG, TOLERANCE_DEG
from boundaries.world_lines import Layer, Pair, PairLine, land_mask, length_km, lines_of, overlaps_of, shared_sides
from boundaries.zones import Mend, read_zones, separate_kosovo

__all__ = ["Built", "build_world"]

# A line that only one lineage draws counts as a land border if at least half of it runs on land.
_ON_LAND_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Built:
    """Both lineages, and what was found on the way.

    Attributes
    ----------
    layers : dict
        By id of the source.
    mends : list of Mend
    overseas : dict
        By code, the territory that held its ground in Natural Earth.
    others : dict
        Who else holds ground on one side of a line of OpenStreetMap, with kilometres, by pair.
    at_sea : dict
        Pairs of one lineage that were left out, with the share of their line on land.
    unassigned : dict
        By name, ground that Natural Earth gives to nobody.
    waters : dict
        All territories of OpenStreetMap, not simplified, with the sea that they reach.
    land : dict
        All territories of Natural Earth.
    """

    layers: dict[str, Layer]
    mends: list[Mend]
    overseas: dict[str, str]
    others: dict[Pair, list[tuple[str, float]]]
    at_sea: dict[Pair, float]
    unassigned: dict[str, Polygon | MultiPolygon]
    waters: dict[str, Polygon | MultiPolygon]
    land: dict[str, Polygon | MultiPolygon]


def build_world(cache: Path, say: Callable[[str], None]) -> Built:
    """Build both lineages of the world.

    Parameters
    ----------
    cache : Path
        Where the archives are kept.
    say : callable
        Told what is being done.

    Returns
    -------
    Built
    """
    say("world: Natural Earth")
    countries = read_countries(fetch(PACKAGES[NE_WORLD.package], cache))
    say("world: time zones")
    zones = read_zones(
        fetch(PACKAGES[OSM_WORLD.package], cache), fetch(PACKAGES["tzdata"], cache), countries.territories
    )
    zones = separate_kosovo(zones, fetch(PACKAGES["@geo-maps/countries-land-1m"], cache))
    countries, overseas = split_overseas(countries, zones.territories)
    say("world: lines of Natural Earth")
    marked = {f"~{index}": ground.shape for index, ground in enumerate(countries.unassigned)}
    coarse = build_topology({**countries.territories, **marked}).rounded(DECIMALS)
    coarse_lines = lines_of(coarse, unassigned=countries.unassigned)
    say("world: lines of OpenStreetMap")
    fine = build_topology(zones.territories).simplified(TOLERANCE_DEG, DECIMALS, STEP_DEG)
    mask = land_mask(countries.territories.values())
    fine_lines = lines_of(fine, mask=mask, overlaps=overlaps_of(fine))
    at_sea = _lines_at_sea(fine_lines, coarse_lines, countries)
    for pair in at_sea:
        del fine_lines[pair]
    lost = set(coarse_lines) - set(fine_lines)
    if lost:
        raise BuildError(f"OpenStreetMap has no line for {sorted(lost)}")
    pairs = sorted(fine_lines)
    return Built(
        layers={
            OSM_WORLD.id: Layer(_grounds(fine, pairs), fine_lines),
            NE_WORLD.id: Layer(_grounds(coarse, pairs), coarse_lines),
        },
        mends=zones.mends,
        overseas=overseas,
        others={pair: found for pair, found in shared_sides(fine).items() if pair in fine_lines},
        at_sea=at_sea,
        unassigned={ground.name: ground.shape for ground in countries.unassigned},
        waters=zones.territories,
        land=countries.territories,
    )


def _grounds(topology: Topology, pairs: list[Pair]) -> dict[str, MultiPolygon]:
    return {code: topology.territory(code) for code in sorted({code for pair in pairs for code in pair})}


def _lines_at_sea(
    fine: Mapping[Pair, PairLine], coarse: Mapping[Pair, PairLine], countries: Countries
) -> dict[Pair, float]:
    """Lines of one lineage alone that run on land for less than half of their length, with the share."""
    found = {}
    for pair, line in fine.items():
        if pair in coarse:
            continue
        whole = shapely.MultiLineString(line.runs)
        on_land = 0.0
        for code in pair:
            if code in countries.territories:
                inside = shapely.intersection(whole, countries.territories[code])
                parts = [part for part in shapely.get_parts(inside) if part.geom_type == "LineString"]
                on_land += length_km([shapely.get_coordinates(part) for part in parts])
        share = on_land / line.length_km
        if share < _ON_LAND_SHARE:
            found[pair] = share
    return found
