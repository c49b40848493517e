"""On which side many positions lie: asked of the rings only near them, and once for each stretch of open ground.

Between the rings of a territory nothing changes, however their edges are read. The ground is therefore divided
into cells, and a cell that no ring comes near is asked once, in its middle.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoinc.boundaries import BoundaryLine
from geoinc.geodesy import Edges, Line, encloses, nearest
from geoinc.measurement import Ground

__all__ = ["SideGrid"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Index = NDArray[np.intp]

CELL_DEG: Final = 0.05
LEAST_METRES_PER_DEGREE: Final = 110_000.0
LAST_LATITUDE_DEG: Final = 85.0
"""Beyond it cells get too narrow to be of use, and every position is asked for itself."""
CLEAR_SHARE: Final = 0.75
"""How much of a cell's width lies, at least, between any place of an open cell and the rings."""
WHOLE_TURN_DEG: Final = 360.0

_UNKNOWN: Final = 0
_NEAR_RINGS: Final = 1
_KNOWN: Final = 2


class SideGrid:
    """The territories that positions lie in, by one source, for many positions.

    Parameters
    ----------
    line : BoundaryLine
        One source's line and ground.
    edges : Edges, optional
        Another interpretation than the source's own.

    Examples
    --------
    >>> from geoinc.boundaries import open_border
    >>> grid = SideGrid(open_border("MLI", "DZA")["osm"])
    >>> ground = grid.at(np.array([2.0, 2.0]), np.array([18.0, 24.0]))
    >>> ground.first.tolist(), ground.second.tolist()
    ([True, False], [False, True])
    """

    def __init__(self, line: BoundaryLine, edges: Edges | None = None) -> None:
        self._rings = tuple(line.rings(territory, edges) for territory in line.pair)
        west, south, east, north = line.window.bounds
        self._origin = (west, south)
        self._shape = (max(1, round((north - south) / CELL_DEG)), max(1, round((east - west) / CELL_DEG)))
        self._round_the_earth = east - west >= WHOLE_TURN_DEG
        self._cells = np.full(self._shape, _UNKNOWN, dtype=np.int8)
        self._foreign = np.zeros(self._shape, dtype=bool)
        shared = line.polyline(edges)
        border = shared.lon + 1j * shared.lat
        for rings in self._rings:
            self._mark(rings, border)

    def at(self, lon: Array, lat: Array) -> Ground:
        """Return which territories positions inside the source's window lie in; arrays of shape (n,), in degrees."""
        row, column = self._cell_of(lon, lat)
        far_north = np.abs(lat) > LAST_LATITUDE_DEG
        self._learn(row[~far_north], column[~far_north])
        state = self._cells[row, column]
        first, second = (state & 4) > 0, (state & 8) > 0
        asked = np.flatnonzero(far_north | (state == _NEAR_RINGS))
        if asked.size:
            first[asked], second[asked] = (encloses(rings, lon[asked], lat[asked]) for rings in self._rings)
        return Ground(first, second)

    def near_a_third(self, lon: Array, lat: Array, within_m: Array) -> Flags:
        """Tell where ground that is neither side's, or an outer rim of either, may lie within so many metres.

        Parameters
        ----------
        lon, lat : ndarray of float, shape (n,)
            Positions, in degrees.
        within_m : ndarray of float, shape (n,)
            How far to look.
        """
        row, column = self._cell_of(lon, lat)
        clear_m = CLEAR_SHARE * CELL_DEG * LEAST_METRES_PER_DEGREE * np.cos(np.radians(lat))
        far_north = np.abs(lat) > LAST_LATITUDE_DEG
        found = (within_m > clear_m) | far_north
        asked = np.flatnonzero(~found & (within_m > 0) & self._foreign[row, column])
        for rings in self._rings:
            if asked.size:
                found[asked] |= nearest(rings, lon[asked], lat[asked]).distance_m <= within_m[asked]
        return found

    def _cell_of(self, lon: Array, lat: Array) -> tuple[Index, Index]:
        west, south = self._origin
        row = np.floor((lat - south) / CELL_DEG).astype(np.intp)
        column = np.floor((lon - west) / CELL_DEG).astype(np.intp)
        return np.clip(row, 0, self._shape[0] - 1), np.clip(column, 0, self._shape[1] - 1)

    def _learn(self, row: Index, column: Index) -> None:
        """Ask for the middle of each open cell that is met for the first time."""
        new = self._cells[row, column] == _UNKNOWN
        if not new.any():
            return
        numbers = np.unique(row[new] * self._shape[1] + column[new])
        row, column = np.divmod(numbers, self._shape[1])
        west, south = self._origin
        lon, lat = west + (column + 0.5) * CELL_DEG, south + (row + 0.5) * CELL_DEG
        first, second = (encloses(rings, lon, lat) for rings in self._rings)
        self._cells[row, column] = _KNOWN + 4 * first + 8 * second

    def _mark(self, rings: Line, border: NDArray[np.complex128]) -> None:
        """Mark the cells around pieces of the rings that are no longer than half a cell is wide."""
        curves = rings.curves
        high = np.minimum(np.maximum(np.abs(curves.lat1), np.abs(curves.lat2)) + 1.0, LAST_LATITUDE_DEG + 1.0)
        piece_m = CELL_DEG / 2 * LEAST_METRES_PER_DEGREE * np.cos(np.radians(high))
        count = np.maximum(np.ceil(curves.greatest_speed() / piece_m), 1).astype(np.intp)
        which = np.repeat(np.arange(count.size), count)
        step = np.arange(which.size) - np.repeat(np.cumsum(count) - count, count)
        lon, lat, _, _ = curves.at(which, (step + 0.5) / count[which])
        shared = np.isin(curves.lon1 + 1j * curves.lat1, border) & np.isin(curves.lon2 + 1j * curves.lat2, border)
        row, column = self._cell_of(lon, lat)
        for down in (-1, 0, 1):
            for right in (-1, 0, 1):
                at_row = np.clip(row + down, 0, self._shape[0] - 1)
                beside = column + right
                at_column = beside % self._shape[1] if self._round_the_earth else np.clip(beside, 0, self._shape[1] - 1)
                self._cells[at_row, at_column] = _NEAR_RINGS
                self._foreign[at_row, at_column] |= ~shared[which]
