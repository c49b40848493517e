"""The nearest point of a line, exactly: distance, place, azimuth, edge and side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geoinc.geodesy.ellipsoid import check_positions
from geoinc.geodesy.engine import Engine, choose_engine, count_threads
from geoinc.geodesy.foot import Found, blank, find_plainly
from geoinc.geodesy.line import Line

__all__ = ["Nearest", "nearest"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """Nearest points, one for each position, in arrays of the shape of the input.

    Attributes
    ----------
    distance_m : ndarray
        Length of the shortest geodesic to the line.
    lon_deg, lat_deg : ndarray
        Where it meets the line; longitude in [-180, 180).
    azimuth_deg : ndarray
        Its azimuth at the position, clockwise from north in [0, 360). Means nothing where the distance is 0.
    edge_index : ndarray of int
        The edge it meets, counted as `Line` counts; -1 where the position is NaN.
    chord_m : ndarray
        Length of that edge, along itself.
    side : ndarray of int
        1 to the left of the line in its direction, -1 to the right, 0 on the line (within 10 nanometres) and
        where there is no side to tell: straight ahead of an open end, round the tip of a spike, NaN.
    """

    distance_m: Array
    lon_deg: Array
    lat_deg: Array
    azimuth_deg: Array
    edge_index: NDArray[np.int64]
    chord_m: Array
    side: NDArray[np.int8]


def nearest(
    line: Line,
    lon: ArrayLike,
    lat: ArrayLike,
    *,
    engine: Engine = Engine.NUMPY,
    threads: int | None = None,
) -> Nearest:
    """Find the point of a line that is nearest to each position, along the ellipsoid.

    Parameters
    ----------
    line : Line
    lon, lat : array_like
        Positions in degrees, longitudes from -540 to 540; they broadcast. NaN gives NaN.
    engine : Engine
        Plain numpy, which is the reference, or the same in compiled loops; see `Engine`.
    threads : int, optional
        How many parts of a large array the compiled code works on at a time; by default as many as there are
        processors. Results do not depend on it.

    Returns
    -------
    Nearest
        Arrays of the broadcast shape; of no dimension for scalars.

    Raises
    ------
    GeometryError
        If a position is out of range.
    UsageError
        If the compiled engine is asked for and numba is not installed.

    Notes
    -----
    Pieces that cannot hold the nearest point are left out by bounds in space. On each piece that is left the
    root of the first variation of arc length is bracketed: where a geodesic from the position meets the edge
    at a right angle, or else an end of the edge. The way to the next guess is exact on a sphere (Napier's
    rule for right-angled triangles), then a secant; outside the bracket it is halved.

    Where points of several edges are equally near, within 10 nanometres, the edge with the lowest number is
    taken. The side at a vertex follows from the turn of the line there. A result depends on the line and its
    own position alone, bit for bit, not on the other positions or their order.

    Examples
    --------
    >>> from geoinc.geodesy import Edges
    >>> line = Line([[(0.0, 0.0), (2.0, 0.0)]], Edges.GEODESIC)
    >>> found = nearest(line, 1.0, 0.5)
    >>> print(f"{found.distance_m:.3f} m, side {found.side:+d}")
    55287.152 m, side +1
    """
    lon, lat = check_positions(lon, lat)
    shape = lon.shape
    flat_lon, flat_lat = lon.ravel(), lat.ravel()
    known = np.flatnonzero(~(np.isnan(flat_lon) | np.isnan(flat_lat)))
    every = known.size == flat_lon.size
    if not every:
        flat_lon, flat_lat = flat_lon[known], flat_lat[known]
    if choose_engine(engine, known.size) is Engine.COMPILED:
        found = _find_compiled(line, flat_lon, flat_lat, count_threads() if threads is None else threads)
    else:
        found = find_plainly(line, flat_lon, flat_lat)
    edge, chord = line.long_edge[found.curve].astype(np.int64), line.curve_length_m[found.curve]
    if not every:
        some, some_edge, some_chord = found, edge, chord
        found, edge, chord = blank(lon.size), np.full(lon.size, -1, dtype=np.int64), np.full(lon.size, np.nan)
        found.put(known, some)
        edge[known], chord[known] = some_edge, some_chord
    return Nearest(
        found.distance_m.reshape(shape),
        found.lon_deg.reshape(shape),
        found.lat_deg.reshape(shape),
        found.azimuth_deg.reshape(shape),
        edge.reshape(shape),
        chord.reshape(shape),
        found.side.reshape(shape),
    )


def _find_compiled(line: Line, lon: Array, lat: Array, threads: int) -> Found:
    from geoinc.geodesy.fast import find_fast  # noqa: PLC0415 - numba is loaded only when it is going to be used

    return find_fast(line, np.ascontiguousarray(lon), np.ascontiguousarray(lat), threads)
