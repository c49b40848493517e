"""Whether every border of the world answers: a point inside each state, near the line, told to lie there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

from geoinc.boundaries import BoundaryLine, Catalogue, load_catalogue, open_border
from geoinc.geodesy import direct, inverse
from geoinc.measurement import signed_distances_m

__all__ = ["Station", "check_pair", "stations_of", "sweep"]

GREATEST_M = 5_000.0
# The offset point counts if the line is not nearer than nine tenths of the offset elsewhere.
_STRAIGHT_SHARE = 0.9
_ENOUGH_DEG2 = 0.25
_TRIES = 200


@dataclass(frozen=True, slots=True)
class Station:
    """A position beside a line.

    Attributes
    ----------
    territory : str
        In whose ground it lies by the outlines as drawn.
    lon_deg, lat_deg : float
    offset_m : float
        How far from the line it was put.
    """

    territory: str
    lon_deg: float
    lat_deg: float
    offset_m: float


def inradius_m(ground: Polygon | MultiPolygon) -> float:
    """Return the radius of the largest disc inside a territory, roughly; for large ones a lower bound."""
    largest = max(shapely.get_parts(ground), key=shapely.area)
    if largest.area > _ENOUGH_DEG2:
        return 2 * GREATEST_M
    lat = float(shapely.centroid(largest).y)
    scale = np.array([111_320.0 * np.cos(np.radians(lat)), 110_900.0])
    plane = shapely.transform(largest, lambda xy: xy * scale)
    return float(shapely.maximum_inscribed_circle(plane, tolerance=10.0).length)


def stations_of(line: BoundaryLine) -> Iterator[Station]:
    """Put one position on either side of a line, at the smaller of 5 km and half the inradius of the state.

    Parameters
    ----------
    line : BoundaryLine

    Yields
    ------
    Station
        One for each territory that has a place so far from the line and no nearer to any of it.
    """
    for territory in line.pair:
        ground, other = line.ground[territory], line.ground[_other(line.pair, territory)]
        shapely.prepare(ground)
        shapely.prepare(other)
        offset_m = min(GREATEST_M, inradius_m(ground) / 2)
        # Where a state meets the line in a narrow corner only, no place lies so far from it.
        for nearer_m in (offset_m, offset_m / 2, offset_m / 4):
            station = next(_stations(line, territory, ground, other, nearer_m), None)
            if station is not None:
                yield station
                break


def _stations(
    line: BoundaryLine,
    territory: str,
    ground: Polygon | MultiPolygon,
    other: Polygon | MultiPolygon,
    offset_m: float,
) -> Iterator[Station]:
    for lon, lat in _beside(line, offset_m):
        if shapely.contains_xy(ground, lon, lat) and not shapely.contains_xy(other, lon, lat):
            distance_m = abs(float(signed_distances_m(line, [lon], [lat], territory)[0]))
            if np.isnan(distance_m) or distance_m >= _STRAIGHT_SHARE * offset_m:
                yield Station(territory, lon, lat, offset_m)


def _other(pair: tuple[str, str], territory: str) -> str:
    return pair[1] if pair[0] == territory else pair[0]


def _beside(line: BoundaryLine, offset_m: float) -> Iterator[tuple[float, float]]:
    """Places at right angles to edges of the line, on either hand, from the middle outwards."""
    edges = _edges(line)
    order = np.argsort(np.abs(np.arange(len(edges)) - len(edges) // 2), kind="stable")
    step = max(1, len(order) // _TRIES)
    for lon1, lat1, lon2, lat2 in edges[order[::step]]:
        _, azimuth_deg, _ = inverse(lon1, lat1, lon2, lat2)
        for turn in (-90.0, 90.0):
            lon, lat = direct((lon1 + lon2) / 2, (lat1 + lat2) / 2, float(azimuth_deg) + turn, offset_m)
            yield float(lon), float(lat)


def _edges(line: BoundaryLine) -> NDArray[np.float64]:
    xy, part = shapely.get_coordinates(shapely.get_parts(line.line), return_index=True)
    joined = part[1:] == part[:-1]
    ends = np.column_stack([xy[:-1], xy[1:]])
    return np.asarray(ends[joined & (xy[:-1] != xy[1:]).any(axis=1)])


def check_pair(first: str, second: str, catalogue: Catalogue) -> Iterator[str]:
    """Say what is wrong with a border; nothing where every source answers.

    Parameters
    ----------
    first, second : str
        Codes of territories.
    catalogue : Catalogue

    Yields
    ------
    str
    """
    border = open_border(first, second, catalogue=catalogue)
    for name in border:
        line = border[name]
        found = list(stations_of(line))
        missing = {*line.pair} - {station.territory for station in found}
        for territory in sorted(missing):
            yield f"{first}-{second}, {name}: no place in {territory} beside the line"
        for station in found:
            signed_m = float(signed_distances_m(line, [station.lon_deg], [station.lat_deg], station.territory)[0])
            if not signed_m > 0:
                yield (
                    f"{first}-{second}, {name}: {station.lat_deg:.5f}, {station.lon_deg:.5f} lies in "
                    f"{station.territory}, and the signed distance is {signed_m}"
                )


def sweep(folder: Path) -> tuple[int, list[str]]:
    """Check every border of a data folder.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    tuple
        How many borders, and what is wrong with some of them.
    """
    catalogue = load_catalogue(folder)
    return len(catalogue.borders), [what for pair in catalogue.borders for what in check_pair(*pair, catalogue)]
