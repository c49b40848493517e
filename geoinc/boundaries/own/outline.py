"""The line that two territories have in common, and what lies between them where they have none.

Neighbours that were drawn or simplified together share their vertices: the line is the set of edges that occur in
both outlines. Neighbours that were simplified apart leave gaps and overlaps. These are measured and named. The
line is then either refused, or, within a tolerance that the user states, *both* outlines count as the line there:
nothing is moved, and neither party's drawing is preferred.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiLineString, Polygon

from geoinc.boundaries.own.examination import Examination, place
from geoinc.boundaries.own.outline_edges import Facing, RingEdges, distances_m, find_facing, join_runs, ring_edges
from geoinc.boundaries.own.territory import Territory, mend
from geoinc.geodesy import Frame, inverse

__all__ = ["DEFAULT_TOLERANCE_M", "Outline", "Sliver", "common_outline"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

DEFAULT_TOLERANCE_M: Final = 1.0
NEAR_M: Final = 1000.0
NEIGHBOURHOOD_DEG: Final = 0.05
ON_THE_LINE_DEG: Final = 1e-9
MOST_MEASURED: Final = 12
WELL_SHARED: Final = 0.9
WIDEST_WATER_M: Final = 5_000.0
THIRD_GROUND_M: Final = 50_000.0
LARGE_DEG: Final = 0.3
ENCLOSED_DEG: Final = 1.0
LEAST_AREA_M2: Final = 1e-3
DATUM_SHIFT_M: Final = (100.0, 300.0)


@dataclass(frozen=True, slots=True)
class Sliver:
    """Ground between two outlines, or under both.

    Attributes
    ----------
    kind : str
        ``"gap"`` or ``"overlap"``.
    width_m : float
        Diameter of the widest circle in it, in metres.
    area_m2 : float
    lon_deg, lat_deg : float
        Where it is widest.
    """

    kind: str
    width_m: float
    area_m2: float
    lon_deg: float
    lat_deg: float


@dataclass(frozen=True, slots=True)
class Outline:
    """The line of two territories.

    Attributes
    ----------
    line : MultiLineString
        Of the territory whose code comes first in the alphabet, which lies on its left; where the outlines part
        within the tolerance, of both.
    shared_m : float
        Length of the edges that both outlines have, in metres.
    share : float
        What part of the outlines that face each other this is: 1 where they share every vertex.
    widest_m : float
        Of the gaps and overlaps; 0 where there are none.
    """

    line: MultiLineString
    shared_m: float
    share: float
    widest_m: float


def common_outline(
    one: Territory,
    other: Territory,
    *,
    tolerance_m: float,
    accept_interruptions: bool,
    seen: Examination,
) -> Outline:
    """Return the line between two territories.

    Parameters
    ----------
    one, other : Territory
        In the order of their codes.
    tolerance_m : float
        Gaps and overlaps up to this width are accepted, in metres.
    accept_interruptions : bool
        Whether wider gaps that both territories enclose, such as lakes, may interrupt the line.
    seen : Examination
        Takes what is wrong.

    Raises
    ------
    UnusableBoundaryError
        If they have no line in common, or part by more than the tolerance.
    """
    near = _neighbourhood(one, other)
    if near is None:
        seen.stop(f"{one.code}, {other.code}", _apart(one, other))
    first, second = ring_edges(one, near), ring_edges(other, near)
    theirs = set(second.key())
    shared = np.array([key in theirs for key in first.key()], dtype=bool)
    ours = {key for key, common in zip(first.key(), shared, strict=True) if common}
    matched = np.array([key in ours for key in second.key()], dtype=bool)
    facing = find_facing(first, second, shared, matched, max(NEAR_M, 2 * tolerance_m))
    # What they enclose may reach beyond the box that their own boxes share.
    between = _between(one, other, near.buffer(ENCLOSED_DEG, join_style="mitre"))
    _leave_third_ground(between, seen)
    slivers = sorted(
        [*_measured("overlap", between.overlaps), *_measured("gap", between.gaps)],
        key=lambda each: (-each.width_m, each.lon_deg, each.lat_deg),
    )
    shared_m = first.take(shared).length_m()
    facing_m = (first.take(facing.first).length_m() + second.take(facing.second).length_m()) / 2
    if not shared.any() and not facing.first.any() and not slivers:
        seen.stop(f"{one.code}, {other.code}", _apart(one, other))
    share = shared_m / (shared_m + facing_m)
    _judge(one, other, slivers, facing, share, tolerance_m, seen, accept_interruptions=accept_interruptions)
    rims = _rim(shapely.MultiPolygon(between.gaps)) if between.gaps and not accept_interruptions else None
    close_first, close_second = (
        _close(edges, flags, against, rims, tolerance_m)
        for edges, flags, against in ((first, shared, second), (second, matched, first))
    )
    runs = [*join_runs(first, shared | close_first), *_backwards(join_runs(second, close_second))]
    runs.sort(key=lambda run: (-len(run), tuple(run[0])))
    if not runs:
        seen.stop(f"{one.code}, {other.code}", "have no line in common in this file")
    widest = 0.0 if accept_interruptions or not slivers else slivers[0].width_m
    if facing.widest_m <= tolerance_m:
        widest = max(widest, facing.widest_m)
    return Outline(MultiLineString([LineString(run) for run in runs]), shared_m, share, widest)


def _neighbourhood(one: Territory, other: Territory) -> Polygon | None:
    boxes = [
        shapely.box(*shapely.total_bounds(each.shapes)).buffer(NEIGHBOURHOOD_DEG, join_style="mitre")
        for each in (one, other)
    ]
    common = shapely.intersection(*boxes)
    return common if isinstance(common, Polygon) and not common.is_empty else None


def _backwards(runs: Sequence[Array]) -> list[Array]:
    return [run[::-1] for run in runs]


def _close(
    edges: RingEdges, common: Flags, against: RingEdges, rims: shapely.STRtree | None, tolerance_m: float
) -> Flags:
    """Choose the edges that are not shared and yet are the line.

    They keep within the tolerance of the other outline all along, or are part of the rim of a gap.
    """
    close = np.zeros(len(edges.start), dtype=bool)
    alone = np.flatnonzero(~common)
    if len(alone) and len(against.start):
        stops = (edges.start[alone], (edges.start[alone] + edges.end[alone]) / 2, edges.end[alone])
        close[alone] = np.max([distances_m(stop, against, tolerance_m) for stop in stops], axis=0) <= tolerance_m
        if rims is not None:
            middles = shapely.points((edges.start[alone] + edges.end[alone]) / 2)
            close[alone[rims.query(middles, predicate="dwithin", distance=ON_THE_LINE_DEG)[0]]] = True
    return close


@dataclass(frozen=True, slots=True)
class _Between:
    """The ground that both claim, and the ground between them that they enclose."""

    overlaps: list[Polygon]
    gaps: list[Polygon]


def _between(one: Territory, other: Territory, near: Polygon) -> _Between:
    grounds = [_valid_near(each, near) for each in (one, other)]
    overlap = shapely.intersection(*grounds)
    together = shapely.union_all(grounds)
    holes = [
        Polygon(ring) for part in shapely.get_parts(together) if isinstance(part, Polygon) for ring in part.interiors
    ]
    rims = [_rim(each) for each in grounds]
    return _Between(
        [part for part in shapely.get_parts(overlap) if isinstance(part, Polygon) and not part.is_empty],
        [hole for hole in holes if all(_has_part(rim, hole) for rim in rims)],
    )


def _leave_third_ground(between: _Between, seen: Examination) -> None:
    """Take out what the two enclose and is too wide for water between shores, as Mongolia between its neighbours."""
    for gap in list(between.gaps):
        west, south, east, north = gap.bounds
        if max(east - west, north - south) < LARGE_DEG:
            continue
        found = next(_measured("gap", [gap]), None)
        if found is not None and found.width_m > THIRD_GROUND_M:
            between.gaps.remove(gap)
            seen.note(
                f"the two enclose ground up to {_metres(found.width_m)} wide near "
                f"{place(found.lon_deg, found.lat_deg)}, a third territory or a great lake: its rim is no part of the "
                "line"
            )


def _valid_near(territory: Territory, near: Polygon) -> shapely.Geometry:
    """Return the ground inside a box as valid polygons: enough to find gaps and overlaps, and for nothing else."""
    meeting = shapely.intersects(shapely.box(*shapely.bounds(territory.shapes).T), near)
    parts = [
        shapely.intersection(mend(territory.reduced(int(number), *near.bounds)), near)
        for number in np.flatnonzero(meeting)
    ]
    return shapely.union_all(parts)


def _rim(ground: shapely.Geometry) -> shapely.STRtree:
    """Index the edges of a ground."""
    xy, owner = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(ground)), return_index=True)
    joined = owner[1:] == owner[:-1]
    return shapely.STRtree(shapely.linestrings(np.stack([xy[:-1], xy[1:]], axis=1)[joined]))


def _has_part(rim: shapely.STRtree, hole: Polygon) -> bool:
    """Tell whether a ground has part in the rim of a hole: one alone may have any holes it likes."""
    ring = shapely.get_coordinates(hole.exterior)
    middles = shapely.points((ring[:-1] + ring[1:]) / 2)
    return bool(rim.query(middles, predicate="dwithin", distance=ON_THE_LINE_DEG).size)


def _measured(kind: str, parts: Sequence[Polygon]) -> Iterator[Sliver]:
    """Measure the largest of the parts; the rest are smaller."""
    parts = sorted(parts, key=lambda part: (-part.area / max(part.length, 1e-12), part.bounds))[:MOST_MEASURED]
    for part in parts:
        centre = part.centroid
        frame = Frame(centre.x, centre.y)
        flat = frame.to_plane(part)
        if flat.area < LEAST_AREA_M2 or not flat.is_valid:
            continue
        circle = shapely.maximum_inscribed_circle(flat, tolerance=max(flat.area / flat.length / 8, 1e-3))
        spot = frame.to_globe(shapely.Point(shapely.get_coordinates(circle)[0]))
        yield Sliver(kind, 2 * float(circle.length), float(flat.area), spot.x, spot.y)


def _judge(
    one: Territory,
    other: Territory,
    slivers: Sequence[Sliver],
    facing: Facing,
    share: float,
    tolerance_m: float,
    seen: Examination,
    *,
    accept_interruptions: bool,
) -> None:
    where = f"{one.code}, {other.code}"
    wide = [each for each in slivers if each.width_m > tolerance_m]
    gaps = [each for each in wide if each.kind == "gap"]
    overlaps = [each for each in wide if each.kind == "overlap"]
    faces = facing.widest_m > tolerance_m
    apart = faces and share < WELL_SHARED
    if faces and not apart:
        seen.note(
            f"near {place(facing.lon_deg, facing.lat_deg)} the outlines face each other within "
            f"{_metres(facing.widest_m)} without meeting: a river's mouth, a strip of a third territory, or a gap"
        )
    if not wide and not apart:
        within = max([0.0 if faces else facing.widest_m, *(each.width_m for each in slivers)])
        if within > 0:
            seen.note(
                f"the two outlines share {share:.0%} of the line and part by at most {_metres(within)} elsewhere, "
                f"within the tolerance of {_metres(tolerance_m)}: there both count as the line"
            )
        return
    if accept_interruptions and not overlaps and not apart:
        seen.note(
            f"the line is interrupted by {_described(gaps, 'gap')}, which the description accepts: near it a distance "
            "to the line may be too long"
        )
        return
    if share >= WELL_SHARED and not overlaps and not apart and gaps[0].width_m <= WIDEST_WATER_M:
        seen.note(
            f"the two outlines share {share:.0%} of the line and enclose {_described(gaps, 'gap')}, as where water is "
            "left out of both: there both count as the line, and neither territory has the ground between"
        )
        return
    parts = [_described(found, kind) for found, kind in ((gaps, "gap"), (overlaps, "overlap")) if found]
    if apart:
        parts.append(f"outlines up to {_metres(facing.widest_m)} apart near {place(facing.lon_deg, facing.lat_deg)}")
    width = max([facing.widest_m if apart else 0.0, *(each.width_m for each in wide)])
    hint = (
        "; a width like this is also what coordinates on two datums leave between them"
        if DATUM_SHIFT_M[0] <= width <= DATUM_SHIFT_M[1]
        else ""
    )
    interrupt = (
        "a lake left out of both, or a third territory between them, may interrupt the line with "
        "accept_interruptions: true"
    )
    accept = (
        "Take a file whose neighbours share their edges, or accept that both outlines count as the line with "
        f'--tolerance "{_up(width)}" (tolerance: in the description), which then counts in its accuracy'
    )
    if gaps and not overlaps:
        wide_water = not apart and gaps[0].width_m > WIDEST_WATER_M
        accept = f"{interrupt[0].upper()}{interrupt[1:]} in the description" if wide_water else f"{accept}; {interrupt}"
    seen.stop(
        where,
        f"do not share their line: {', '.join(parts)}; {share:.0%} of the line has the same vertices in both{hint}. "
        f"{accept}",
    )


def _described(found: Sequence[Sliver], kind: str) -> str:
    widest = found[0]
    one = "an overlap" if kind == "overlap" else "a gap"
    count = f"{len(found)} {kind}s" if len(found) > 1 else one
    if len(found) == MOST_MEASURED:
        count = f"{MOST_MEASURED} {kind}s or more"
    area = sum(each.area_m2 for each in found)
    return (
        f"{count}, the widest {_metres(widest.width_m)} near {place(widest.lon_deg, widest.lat_deg)}, "
        f"{_area(area)} in all"
    )


def _metres(value_m: float) -> str:
    if value_m >= 10_000:
        return f"{value_m / 1000:.1f} km"
    return f"{value_m:.0f} m" if value_m >= 10 else f"{value_m:.2g} m"


def _area(value_m2: float) -> str:
    return f"{value_m2 / 1e6:.3g} km²" if value_m2 >= 1e4 else f"{value_m2:.3g} m²"


def _up(width_m: float) -> str:
    """Round a width up to a figure that one would write."""
    step = 10.0 ** np.floor(np.log10(max(width_m, 1.0)))
    return f"{np.ceil(width_m / step) * step:.0f} m"


def _apart(one: Territory, other: Territory) -> str:
    rings = [
        shapely.multilinestrings([LineString(ring) for rings in each.polygons for ring in rings])
        for each in (one, other)
    ]
    way = shapely.get_coordinates(shapely.shortest_line(*rings))
    if len(way) != 2:
        return "do not meet in this file"
    distance, _, _ = inverse(way[0, 0], way[0, 1], way[1, 0], way[1, 1])
    return (
        f"do not meet in this file: they come within {_metres(float(distance))} of each other near "
        f"{place(*map(float, way[0]))}, and share no edge"
    )
