"""Which ground lies near a border on land: the landscape is held there and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from boundaries.geometry import Coordinates

__all__ = ["REACH_KM", "NearBorders"]

REACH_KM: Final = 150.0
_CELL_DEG: Final = 0.25
_DEGREE_KM: Final = 111.2
_COLUMNS: Final = round(360 / _CELL_DEG)
_ROWS: Final = round(180 / _CELL_DEG)


class NearBorders:
    """Cells of a quarter degree whose middle comes within 150 km of a line, or near enough to have a corner there.

    Parameters
    ----------
    lines : iterable of ndarray, shape (n, 2)
        Longitude and latitude in degrees.
    """

    def __init__(self, lines: Iterable[Coordinates]) -> None:
        dense = [shapely.get_coordinates(shapely.segmentize(shapely.LineString(line), _CELL_DEG / 2)) for line in lines]
        column, row = _cells(np.vstack(dense))
        self._near: NDArray[np.bool_] = np.zeros((_ROWS, _COLUMNS), dtype=bool)
        for own_row in np.unique(row).tolist():
            self._spread(own_row, np.unique(column[row == own_row]))

    def _spread(self, row: int, columns: NDArray[np.intp]) -> None:
        """Mark all that lies within reach of some cells of one row."""
        reach_rows = int(np.ceil(REACH_KM / _DEGREE_KM / _CELL_DEG)) + 1
        for other in range(max(row - reach_rows, 0), min(row + reach_rows, _ROWS - 1) + 1):
            north_km = abs(other - row) * _CELL_DEG * _DEGREE_KM
            # A cell's half diagonal at most lies between a line or a vertex and the middle of its cell, on either side.
            left_km = REACH_KM + _CELL_DEG * _DEGREE_KM * np.sqrt(2)
            if north_km > left_km:
                continue
            lat = (max(row, other, key=lambda each: abs(each + 0.5 - _ROWS / 2)) + 0.5) * _CELL_DEG - 90
            wide = np.sqrt(left_km**2 - north_km**2) / (_DEGREE_KM * np.cos(np.radians(lat)) * _CELL_DEG)
            steps = np.arange(-min(int(wide), _COLUMNS // 2), min(int(wide), _COLUMNS // 2) + 1)
            self._near[other, (columns[:, np.newaxis] + steps).ravel() % _COLUMNS] = True

    def holds(self, positions: Coordinates) -> NDArray[np.bool_]:
        """Tell for each position whether it lies near a border.

        Parameters
        ----------
        positions : ndarray, shape (n, 2)
            Longitude and latitude in degrees.

        Returns
        -------
        ndarray of bool, shape (n,)
            True within 150 km, and for at most 80 km beyond.
        """
        column, row = _cells(positions)
        near: NDArray[np.bool_] = self._near[row, column]
        return near


def _cells(positions: Coordinates) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    column = np.floor((positions[:, 0] + 180) / _CELL_DEG).astype(np.intp) % _COLUMNS
    row = np.clip(np.floor((positions[:, 1] + 90) / _CELL_DEG).astype(np.intp), 0, _ROWS - 1)
    return column, row
