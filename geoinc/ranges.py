"""What a printed cell, and a line that may be off its place, make of a distance: intervals, not numbers.

A distance to a line, and between two points, changes by no more than the distance moved. That bound is enough to
enclose the range over a whole cell.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoinc.boundaries import BoundaryLine
from geoinc.geodesy import Crossing, Edges, Line, direct, inverse, nearest
from geoinc.intervals import Interval
from geoinc.measurement import REACH_M, signed_distances_m
from geoinc.notation import Reading

__all__ = [
    "cell_extent_m",
    "cell_radius_m",
    "cell_reach_m",
    "crossing_interval_m",
    "distance_interval_m",
    "edge_moves_m",
    "half_cell_m",
    "moved",
    "nearby_line",
    "separation_interval_m",
    "signed_interval_m",
    "signed_intervals_m",
]

EDGE_MARGIN_M: Final = 10_000.0
METRES_PER_DEGREE: Final = 110_000.0
FINE_CELL_M: Final = 0.05
POLAR_RADIUS_OF_CURVATURE_M: Final = 6_399_593.626
CONVEX_WITHIN_M: Final = 5_000_000.0
ZOOM_STEPS: Final = 17
ZOOM_ROUNDS: Final = 8
SINGLE_STEPS: Final = 40
FEWEST_STEPS: Final = 16
MOST_STEPS: Final = 256


def cell_radius_m(reading: Reading) -> float:
    """Return a bound on the distance from the middle of a reading's cell to any point of it, in metres.

    Examples
    --------
    >>> round(cell_radius_m(Reading(2.0, 19.0, 0.0005, 0.0005, "decimal", "")), 1)
    76.9
    """
    cell = np.array([[reading.lon_deg, reading.lat_deg, reading.half_width_lon_deg, reading.half_width_lat_deg]])
    return float(cell_reach_m(cell)[0])


def cell_reach_m(cells: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a bound on the way from each cell's middle to its corners, in metres.

    Parameters
    ----------
    cells : ndarray of float, shape (n, 4)
        Longitude and latitude of the middle, and half the width in both, in degrees.

    Notes
    -----
    No radius of curvature of the ellipsoid exceeds that at the poles, and parallels are widest at the
    cell's edge nearest to the equator, so a path straight in longitude and latitude is no longer than this.
    """
    widest = np.maximum(np.abs(cells[:, 1]) - cells[:, 3], 0.0)
    half_lon, half_lat = np.radians(cells[:, 2]), np.radians(cells[:, 3])
    return np.asarray(POLAR_RADIUS_OF_CURVATURE_M * np.hypot(half_lon * np.cos(np.radians(widest)), half_lat))


def cell_extent_m(reading: Reading, azimuth_deg: float) -> tuple[float, float]:
    """Return bounds on how far a reading's cell reaches along a bearing and across it, from its middle, in metres.

    Examples
    --------
    >>> north = cell_extent_m(Reading(2.0, 60.0, 0.01, 0.02, "decimal", ""), 0.0)
    >>> [round(reach) for reach in north]
    [2234, 559]
    """
    widest_deg = max(abs(reading.lat_deg) - reading.half_width_lat_deg, 0.0)
    half_lon, half_lat = math.radians(reading.half_width_lon_deg), math.radians(reading.half_width_lat_deg)
    east_m = POLAR_RADIUS_OF_CURVATURE_M * half_lon * math.cos(math.radians(widest_deg))
    north_m = POLAR_RADIUS_OF_CURVATURE_M * half_lat
    sine, cosine = (abs(turn(math.radians(azimuth_deg))) for turn in (math.sin, math.cos))
    return east_m * sine + north_m * cosine, east_m * cosine + north_m * sine


def half_cell_m(reading: Reading) -> tuple[float, float]:
    """Return half the size of a reading's cell, east and north, in metres, at the middle of the cell.

    Examples
    --------
    >>> [round(half) for half in half_cell_m(Reading(2.0, 60.0, 0.01, 0.01, "decimal", ""))]
    [558, 1117]
    """
    half_lon, half_lat = math.radians(reading.half_width_lon_deg), math.radians(reading.half_width_lat_deg)
    radius_m = POLAR_RADIUS_OF_CURVATURE_M
    return radius_m * half_lon * math.cos(math.radians(reading.lat_deg)), radius_m * half_lat


def moved(
    reading: Reading, east_m: NDArray[np.float64], north_m: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return longitudes and latitudes after displacements of the position, in degrees, along geodesics."""
    azimuth = np.degrees(np.arctan2(east_m, north_m))
    lon, lat = direct(reading.lon_deg, reading.lat_deg, azimuth, np.hypot(east_m, north_m))
    return np.asarray(lon), np.asarray(lat)


def nearby_line(
    line: BoundaryLine, lon_deg: float, lat_deg: float, reach_m: float, *, edges: Edges | None = None
) -> Line | None:
    """Return those edges of a line whose box comes within reach of a position; None if there are none.

    Parameters
    ----------
    line : BoundaryLine
        One source's line.
    lon_deg, lat_deg : float
        The position.
    reach_m : float
        Edges further away than this may be left out.
    edges : Edges, optional
        How the edges are read, if not as the source declares.

    Notes
    -----
    A box in longitude and latitude holds the edge if it is read as planar or rhumb; a geodesic may leave it by
    some kilometres in an edge of hundreds, for which `EDGE_MARGIN_M` is added to the reach. Across the
    antimeridian nothing is left out.
    """
    whole = line.polyline(edges)
    reach_deg = (reach_m + EDGE_MARGIN_M) / METRES_PER_DEGREE
    reach_lon_deg = reach_deg / max(0.01, math.cos(math.radians(min(90.0, abs(lat_deg) + reach_deg))))
    if abs(lon_deg) + reach_lon_deg >= 180.0 or float(np.abs(whole.lon).max()) > 180.0:
        return whole
    first, last = whole.first_vertex, whole.first_vertex + 1
    lon, lat = whole.lon, whole.lat
    near = (
        (np.minimum(lon[first], lon[last]) <= lon_deg + reach_lon_deg)
        & (np.maximum(lon[first], lon[last]) >= lon_deg - reach_lon_deg)
        & (np.minimum(lat[first], lat[last]) <= lat_deg + reach_deg)
        & (np.maximum(lat[first], lat[last]) >= lat_deg - reach_deg)
        & whole.has_length
    )
    starts = first[near]
    if not starts.size:
        return None
    runs = np.split(starts, np.flatnonzero(np.diff(starts) > 1) + 1)
    vertices = np.column_stack([lon, lat])
    return Line([vertices[run[0] : run[-1] + 2] for run in runs], whole.edges)


def edge_moves_m(
    line: BoundaryLine, lon_deg: float, lat_deg: float, distance_m: float, *, edges: Edges | None = None
) -> dict[str, float]:
    """Return by how much the shortest distance changes when the line's edges are read in each other way.

    Parameters
    ----------
    line : BoundaryLine
        One source's line.
    lon_deg, lat_deg : float
        The position.
    distance_m : float
        Its distance as the edges are read now.
    edges : Edges, optional
        How they are read now, if not as the source declares.

    Returns
    -------
    dict of str to float
        In metres, by the name of each other reading.
    """
    near = nearby_line(line, lon_deg, lat_deg, distance_m, edges=edges)
    if near is None:
        return {}
    ends = near.part_start[1:-1]
    parts = np.split(np.column_stack([near.lon, near.lat]), ends)
    return {
        other.value: float(nearest(Line(parts, other), lon_deg, lat_deg).distance_m) - distance_m
        for other in Edges
        if other is not near.edges
    }


def signed_interval_m(
    line: BoundaryLine, reading: Reading, towards: str, *, edges: Edges | None = None
) -> Interval | None:
    """Return the range of the signed distance over all positions that print the same, in metres.

    Returns
    -------
    Interval or None
        It always holds the range, and is wider by no more than a thousandth of the cell's radius, or by 5 cm. None
        where part of the cell lies in neither territory or in both.
    """
    return _range_over_cell(reading, lambda lon, lat: signed_distances_m(line, lon, lat, towards, edges=edges))


def distance_interval_m(line: BoundaryLine, reading: Reading, *, edges: Edges | None = None) -> Interval:
    """Return the range of the bare distance, on any side, over all positions that print the same, in metres."""
    found = _range_over_cell(reading, lambda lon, lat: nearest(line.polyline(edges), lon, lat).distance_m)
    if found is None:
        raise ValueError("a printed cell needs coordinates, not NaN")
    return Interval(max(0.0, found.low), found.high)


def signed_intervals_m(
    line: BoundaryLine, cells: NDArray[np.float64], towards: str, *, edges: Edges | None = None
) -> NDArray[np.float64]:
    """Return what `signed_interval_m` does, for many cells at once.

    Parameters
    ----------
    line : BoundaryLine
        One source's line.
    cells : ndarray of float, shape (n, 4)
        Longitude and latitude of the middle of each cell, and half its width in both, in degrees.
    towards : str
        The territory inside which the distance is positive.
    edges : Edges, optional
        How the edges are read, if not as the source declares.

    Returns
    -------
    ndarray of float, shape (n, 2)
        Low and high ends in metres; NaN where part of the cell lies in neither territory or in both.
    """
    return _ranges_over_cells(cells, lambda lon, lat: signed_distances_m(line, lon, lat, towards, edges=edges))


def _range_over_cell(
    reading: Reading, distance_m: Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]]
) -> Interval | None:
    """The range over one cell; None where the distance is unknown in part of it."""
    cell = np.array([[reading.lon_deg, reading.lat_deg, reading.half_width_lon_deg, reading.half_width_lat_deg]])
    low, high = _ranges_over_cells(cell, distance_m)[0].tolist()
    return None if math.isnan(low) else Interval(low, high)


def _ranges_over_cells(
    cells: NDArray[np.float64],
    distance_m: Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]],
) -> NDArray[np.float64]:
    """The range over each cell of a distance that changes by no more than the distance moved.

    A cell is halved, part by part, until what remains between the measured middles and that bound is less
    than a thousandth of the cell's radius. A cell of centimetres is taken with the bound itself. No cell's range
    depends on the others.
    """
    count = len(cells)
    radius_m = cell_reach_m(cells)
    tolerance_m = np.where(radius_m <= FINE_CELL_M, radius_m, np.maximum(1e-3, radius_m * 1e-3))
    low, high = np.full(count, math.inf), np.full(count, -math.inf)
    least, greatest = low.copy(), high.copy()
    unknown = np.zeros(count, dtype=bool)
    owner = np.arange(count)
    while len(cells):
        middle = distance_m(cells[:, 0], cells[:, 1])
        unknown[owner[np.isnan(middle)]] = True
        known = ~unknown[owner]
        cells, owner, middle = cells[known], owner[known], middle[known]
        reach_m = cell_reach_m(cells)
        np.minimum.at(least, owner, middle)
        np.maximum.at(greatest, owner, middle)
        settled = (middle - reach_m >= least[owner] - tolerance_m[owner]) & (
            middle + reach_m <= greatest[owner] + tolerance_m[owner]
        )
        np.minimum.at(low, owner[settled], (middle - reach_m)[settled])
        np.maximum.at(high, owner[settled], (middle + reach_m)[settled])
        cells, owner = _quartered(cells[~settled]), np.repeat(owner[~settled], 4)
    return np.where(unknown[:, None], np.nan, np.column_stack([low, high]))


def separation_interval_m(one: Reading, other: Reading) -> Interval:
    """Return the range of the distance between two printed positions, over both their cells, in metres.

    For given latitudes the distance grows with the difference in longitude, so its ends lie at the least and
    the greatest difference. Along a meridian it is convex within a quarter of the globe: the greatest distance
    lies at ends of the latitudes, and the least is closed in on between them, to a millimetre. Cells further
    apart than that take the bound that no position is further from the middle of its cell than its corners.
    """
    middle_m = float(inverse(one.lon_deg, one.lat_deg, other.lon_deg, other.lat_deg)[0])
    reach_m = cell_radius_m(one) + cell_radius_m(other)
    if middle_m + reach_m > CONVEX_WITHIN_M:
        return Interval(max(0.0, middle_m - reach_m), middle_m + reach_m)
    apart_deg = abs((other.lon_deg - one.lon_deg + 180.0) % 360.0 - 180.0)
    spread_deg = one.half_width_lon_deg + other.half_width_lon_deg
    first, second = (_latitudes(reading) for reading in (one, other))
    greatest_m = float(_grid_m(first, second, min(180.0, apart_deg + spread_deg)).max())
    least_m = math.inf
    for _ in range(ZOOM_ROUNDS):
        grid_m = _grid_m(first, second, max(0.0, apart_deg - spread_deg))
        row, column = np.unravel_index(int(grid_m.argmin()), grid_m.shape)
        least_m = min(least_m, float(grid_m[row, column]))
        first, second = _closer(first, int(row)), _closer(second, int(column))
    return Interval(max(0.0, least_m - 1e-3), greatest_m + 1e-3)


def _latitudes(reading: Reading) -> NDArray[np.float64]:
    ends = reading.lat_deg - reading.half_width_lat_deg, reading.lat_deg + reading.half_width_lat_deg
    return np.linspace(max(-90.0, ends[0]), min(90.0, ends[1]), ZOOM_STEPS)


def _closer(lat_deg: NDArray[np.float64], best: int) -> NDArray[np.float64]:
    """The latitudes on either side of the best one, in finer steps."""
    return np.linspace(lat_deg[max(0, best - 1)], lat_deg[min(len(lat_deg) - 1, best + 1)], ZOOM_STEPS)


def _grid_m(first: NDArray[np.float64], second: NDArray[np.float64], apart_deg: float) -> NDArray[np.float64]:
    """Distances between all pairs of latitudes, on meridians so far apart."""
    lat1, lat2 = np.meshgrid(first, second, indexing="ij")
    distance_m, _, _ = inverse(np.zeros_like(lat1), lat1, np.full_like(lat1, apart_deg), lat2)
    return np.asarray(distance_m)


def _quartered(cells: NDArray[np.float64]) -> NDArray[np.float64]:
    half = cells[:, 2:] / 2
    corners = [(-1, -1), (-1, 1), (1, -1), (1, 1)]
    quarters = [np.hstack([cells[:, :2] + half * corner, half]) for corner in corners]
    return np.stack(quarters, axis=1).reshape(-1, 4)


def crossing_interval_m(
    line: BoundaryLine,
    crossing: Crossing,
    lon_deg: float,
    lat_deg: float,
    margin_m: float,
    *,
    edges: Edges | None = None,
) -> Interval:
    """Return where along a bearing a line that may lie `margin_m` from its place can be met, in metres.

    The stretch of the bearing around the crossing on which the line is no further than the margin; its
    ends are found by steps that the distance itself bounds, to 1 m. A negative end lies behind the position.
    """
    if math.isinf(margin_m):
        return Interval(-math.inf, math.inf)
    polyline = line.polyline(edges)

    def room_m(along_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """How much further the line may be moved before it leaves these places of the bearing."""
        azimuth = np.where(along_m >= 0, crossing.azimuth_deg, crossing.azimuth_deg + 180.0)
        lon, lat = direct(np.full_like(along_m, lon_deg), np.full_like(along_m, lat_deg), azimuth, np.abs(along_m))
        distance_m = nearest(polyline, np.asarray(lon), np.asarray(lat)).distance_m
        return margin_m - np.asarray(distance_m, dtype=np.float64)

    along_m = np.full(2, crossing.distance_m)
    way = np.array([-1.0, 1.0])
    for _ in range(SINGLE_STEPS):
        room = room_m(along_m)
        open_end = (room > 0) & (np.abs(along_m - crossing.distance_m) < REACH_M)
        if not open_end.any():
            return Interval(float(along_m[0]), float(along_m[1]))
        along_m = along_m + np.where(open_end, way * np.maximum(room, 1.0), 0.0)
    low_m, high_m = (
        _last_within(room_m, crossing.distance_m, each, sign) for each, sign in zip(along_m, way, strict=True)
    )
    return Interval(low_m, high_m)


def _last_within(
    room_m: Callable[[NDArray[np.float64]], NDArray[np.float64]], start_m: float, along_m: float, way: float
) -> float:
    """Where along a bearing, from `along_m` on, the room is first used up, to 1 m; no further than the reach.

    Wherever there is room for more than a step, the step leaves nothing out. A line that runs along the bearing for
    hundreds of kilometres takes many thousand steps: steps of half the room at hand are looked at many in one go.
    """
    count = FEWEST_STEPS
    room = float(room_m(np.array([along_m]))[0])
    while room > 0 and abs(along_m - start_m) < REACH_M:
        step_m = max(room / 2, 1.0)
        places = np.asarray(along_m + way * step_m * np.arange(1, count + 1), dtype=np.float64)
        rooms = room_m(places)
        # Below a step of 1 m nothing is looked for, so there any room at all is enough.
        short = np.flatnonzero(rooms < step_m if step_m > 1.0 else rooms <= 0)
        last = int(short[0]) if short.size else count - 1
        count = count if short.size else min(2 * count, MOST_STEPS)
        along_m, room = float(places[last]), float(rooms[last])
    return along_m
