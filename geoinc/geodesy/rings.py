"""Inside or outside of rings, exactly under the rings' own edges."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geoinc.errors import GeometryError
from geoinc.geodesy.ellipsoid import check_positions, wrap_longitude
from geoinc.geodesy.line import Line
from geoinc.geodesy.meridians import count_to_north

__all__ = ["encloses"]

CHUNK = 16_384


def encloses(rings: Line, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.bool_]:
    """Tell whether positions lie inside rings, by the even-odd rule.

    Parameters
    ----------
    rings : Line
        Closed parts: the last vertex of each is its first. Exteriors and holes alike, in any direction.
    lon, lat : array_like
        Positions in degrees; they broadcast.

    Returns
    -------
    ndarray of bool
        False where a position is NaN. On the rings themselves it is one or the other.

    Raises
    ------
    GeometryError
        If a part is not closed, or a position is out of range.

    Notes
    -----
    Counts where the position's meridian meets the rings to the north of it, with the latitude of each edge
    under its own reading (see `meet_meridian`). A vertex on the meridian counts as lying to its east, so a
    ring through it is counted once. A ring that goes round the earth encloses the pole that it has a vertex
    at, or else the pole of the hemisphere in which its mean latitude lies.

    Examples
    --------
    >>> from geoinc.geodesy import Edges
    >>> rings = Line([[(0.0, 60.0), (90.0, 60.0), (45.0, 50.0), (0.0, 60.0)]], Edges.PLANAR)
    >>> encloses(rings, 45.0, 61.0).item()
    False
    >>> as_geodesics = Line(rings.parts, Edges.GEODESIC)
    >>> encloses(as_geodesics, 45.0, 61.0).item()
    True
    """
    lon, lat = check_positions(lon, lat)
    pole_inside = _encloses_north_pole(rings)
    flat_lon, flat_lat = wrap_longitude(lon.ravel()), lat.ravel()
    inside = np.zeros(flat_lon.size, dtype=bool)
    known = np.flatnonzero(~(np.isnan(flat_lon) | np.isnan(flat_lat)))
    for begin in range(0, known.size, CHUNK):
        part = known[begin : begin + CHUNK]
        met = count_to_north(rings.meridian_index, flat_lon[part], flat_lat[part])
        inside[part] = (met % 2 == 1) != pole_inside
    return inside.reshape(lon.shape)


def _encloses_north_pole(rings: Line) -> bool:
    """Whether an odd number of the rings goes round the north pole."""
    start, end = rings.part_start[:-1], rings.part_start[1:] - 1
    gap = wrap_longitude(rings.lon[start] - rings.lon[end])
    is_open = (rings.lat[start] != rings.lat[end]) | ((gap != 0.0) & (np.abs(rings.lat[start]) != 90.0))
    if is_open.any():
        part = int(np.flatnonzero(is_open)[0])
        raise GeometryError(
            f"part {part} is not closed, so nothing can lie inside it. Repeat its first position at its end."
        )
    dlon = np.append(rings.meridian_index.dlon, 0.0)
    # Parts follow one another without a gap, and each has one edge fewer than it has vertices.
    first_edge = start - np.arange(start.size)
    turns = np.round(np.add.reduceat(dlon, first_edge) / 360.0).astype(int)
    odd = False
    for part in np.flatnonzero(turns % 2).tolist():
        latitudes = rings.lat[start[part] : end[part]]
        if latitudes.max() == 90.0 or (latitudes.min() != -90.0 and latitudes.mean() > 0):
            odd = not odd
    return odd
