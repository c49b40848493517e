"""A user's line held against what is known of the same border: the place, the sides, the datum, the family.

Nothing is changed here. A line in the wrong place is refused, a shifted one is named, and one that draws what a
bundled source draws is counted with that source's lineage unless its description says otherwise.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geoinc.boundaries.border import BoundaryLine, locator, open_border
from geoinc.boundaries.catalogue import Catalogue
from geoinc.boundaries.own.examination import Examination, place
from geoinc.boundaries.own.territory import Territory
from geoinc.errors import UnknownBoundaryError
from geoinc.geodesy import nearest

__all__ = ["check_against_known", "check_place", "known_line", "same_lineage"]

Array = NDArray[np.float64]

STATIONS: Final = 400
FAR_M: Final = 100_000.0
SHIFT_M: Final = (50.0, 1000.0)
EXPLAINED: Final = 0.4
LEAST_STATIONS: Final = 30
SAME_LINE_M: Final = 30.0
MAJORITY: Final = 0.5
COMPASS: Final = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


def known_line(pair: tuple[str, str], catalogue: Catalogue) -> tuple[BoundaryLine, ...]:
    """Return one bundled line for each lineage that holds a border; empty where none does."""
    try:
        border = open_border(*pair, catalogue=catalogue)
    except UnknownBoundaryError:
        return ()
    return tuple(border[lineage] for lineage in border.lineages)


def check_place(territories: tuple[Territory, Territory], catalogue: Catalogue, seen: Examination) -> None:
    """Refuse polygons that lie where their territory is not, by the outlines of the overview map.

    Parameters
    ----------
    territories : tuple of Territory
    catalogue : Catalogue
        Whose outlines are asked; a territory that it does not hold is not checked.
    seen : Examination
        Takes what is wrong.
    """
    known = locator([each.code for each in territories], catalogue=catalogue)
    for territory in territories:
        outline = known.get(territory.code)
        if outline is None:
            continue
        box, other = _box(territory), shapely.box(*outline.bounds)
        if shapely.intersects(box, other):
            continue
        west, south, east, north = box.bounds
        if shapely.intersects(shapely.box(south, west, north, east), other):
            seen.refuse(
                territory.code,
                f"lies near {place((west + east) / 2, (south + north) / 2)}, and with its coordinates exchanged where "
                "the territory is: latitude stands first. Write longitude first",
            )
        else:
            centre = other.centroid
            seen.refuse(
                territory.code,
                f"lies near {place((west + east) / 2, (south + north) / 2)}, far from the territory of this code near "
                f"{place(centre.x, centre.y)}: check the code, and the reference system",
            )


def _box(territory: Territory) -> shapely.Polygon:
    xy = np.concatenate([rings[0] for rings in territory.polygons])
    return shapely.box(*xy.min(axis=0), *xy.max(axis=0))


def check_against_known(own: BoundaryLine, known: tuple[BoundaryLine, ...], seen: Examination) -> None:
    """Hold a line against the bundled ones of the same border.

    Parameters
    ----------
    own : BoundaryLine
    known : tuple of BoundaryLine
        One for each lineage.
    seen : Examination
        Takes what is wrong, and what is worth saying.
    """
    if not known:
        return
    lon, lat = _stations(own)
    best = known[0]
    _, way = _ways(best, lon, lat)
    middle = float(np.median(np.hypot(*way.T)))
    if middle > FAR_M:
        swapped = _ways(best, *_exchanged(lon, lat))[1] if bool((np.abs(lon) <= 90).all()) else None
        if swapped is not None and float(np.median(np.hypot(*swapped.T))) < FAR_M:
            seen.stop(
                "-".join(own.pair),
                f"lies {middle / 1000:.0f} km from where {best.source.id} has this border, and at it with coordinates "
                "exchanged: latitude stands first. Write longitude first",
            )
        seen.stop(
            "-".join(own.pair),
            f"lies {middle / 1000:.0f} km from where {best.source.id} has this border: check the codes of the "
            "territories, and the reference system",
        )
    _check_sides(own, best, seen)
    if len(lon) >= LEAST_STATIONS:
        _name_shift(best, way, seen)


def _exchanged(lon: Array, lat: Array) -> tuple[Array, Array]:
    return lat, lon


def _stations(line: BoundaryLine) -> tuple[Array, Array]:
    """Places at even steps along a line, in longitude and latitude."""
    parts = [part for part in shapely.get_parts(line.line) if part.length > 0]
    total = sum(part.length for part in parts)
    found = []
    for part in parts:
        count = max(1, round(STATIONS * part.length / total))
        found.append(shapely.line_interpolate_point(part, (np.arange(count) + 0.5) / count, normalized=True))
    xy = shapely.get_coordinates(np.concatenate(found))
    lon = (xy[:, 0] + 180.0) % 360.0 - 180.0
    return lon, xy[:, 1]


def _ways(line: BoundaryLine, lon: Array, lat: Array) -> tuple[Array, Array]:
    """Distances to a line, and the ways there as east and north, in metres."""
    found = nearest(line.polyline(), lon, lat)
    angle = np.radians(found.azimuth_deg)
    way = np.column_stack([found.distance_m * np.sin(angle), found.distance_m * np.cos(angle)])
    return found.distance_m, way


def _check_sides(own: BoundaryLine, known: BoundaryLine, seen: Examination) -> None:
    """Refuse grounds that lie, for the greater part, in the other territory."""
    first, second = own.pair
    ground = own.ground[first]
    area = shapely.intersection(ground, known.window).area
    try:
        there = shapely.intersection(ground, known.ground[second]).area
        here = shapely.intersection(ground, known.ground[first]).area
    except shapely.errors.GEOSException:
        seen.note("which side is whose could not be held against the bundled sources")
        return
    if area > 0 and there > MAJORITY * area and there > here:
        seen.stop(
            "-".join(own.pair),
            f"what the file calls {first} is {second} by {known.source.id}: the codes, or left and right, are "
            "exchanged",
        )


def _name_shift(known: BoundaryLine, way: Array, seen: Examination) -> None:
    """Say so where one shift explains most of the distance between two lines.

    Each way to the nearest point tells the shift across the line there. The shift (e, n) that fits all of them
    best is the solution of a linear least-squares problem; it is worth a word where it leaves less than two
    fifths of the distance.
    """
    size = np.hypot(*way.T)
    used = size > 1e-6
    if np.count_nonzero(used) < LEAST_STATIONS:
        return
    across = way[used] / size[used, None]
    shift, *_ = np.linalg.lstsq(across, size[used], rcond=None)
    length = float(np.hypot(*shift))
    left = float(np.sqrt(np.mean((size[used] - across @ shift) ** 2)))
    before = float(np.sqrt(np.mean(size[used] ** 2)))
    if SHIFT_M[0] <= length <= SHIFT_M[1] and left < EXPLAINED * before:
        towards = COMPASS[round(float(np.degrees(np.arctan2(-shift[0], -shift[1]))) / 45.0) % 8]
        seen.note(
            f"as a whole the line lies {length:.0f} m to the {towards} of {known.source.id}, as coordinates on another "
            "datum would: check the reference system of the file"
        )


def same_lineage(own: BoundaryLine, known: tuple[BoundaryLine, ...]) -> str | None:
    """Return the bundled lineage whose line this one repeats: 95 % of either within 30 m of the other.

    Of either, since a copy may run on at sea, or be a part of the border.
    """
    for each in known:
        there, _ = _ways(each, *_stations(own))
        back, _ = _ways(own, *_stations(each))
        if min(float(np.percentile(there, 95)), float(np.percentile(back, 95))) <= SAME_LINE_M:
            return each.source.lineage
    return None
