"""How accurate a source is at the places where a track comes near its line."""

from __future__ import annotations

from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoinc.batch.agreement import Agreement, Fitness, fitness_of
from geoinc.boundaries import Border, BoundaryLine, accuracy_at
from geoinc.boundaries.accuracy import assumed_accuracy, documented_accuracy
from geoinc.geodesy import Edges

__all__ = ["FEW", "Accuracy"]

Array = NDArray[np.float64]

FEW: Final = 80
"""Up to so many places are sooner asked for one by one: five milliseconds each, half a second for the tables."""


class Accuracy:
    """The accuracy of a source, as `geoinc.boundaries.accuracy_at` has it, at few places or many.

    Parameters
    ----------
    border : Border
    line : BoundaryLine
        Of the source.
    edges : Edges or None
        Another interpretation than the source's own.
    """

    def __init__(self, border: Border, line: BoundaryLine, edges: Edges | None) -> None:
        self._border, self._line, self._edges = border, line, edges
        self._asked = 0

    def at_m(self, lon: Array, lat: Array, distance_m: Array) -> Array:
        """Return the accuracy at points of the line, in metres; infinite where it is not known.

        Parameters
        ----------
        lon, lat : ndarray of float, shape (n,)
            The points of the line nearest to places, in degrees.
        distance_m : ndarray of float, shape (n,)
            How far the places lie from them.
        """
        self._asked += lon.size
        if self._asked <= FEW:
            places = zip(lon.tolist(), lat.tolist(), distance_m.tolist(), strict=True)
            each = [accuracy_at(self._border, self._line.source.id, *one, edges=self._edges) for one in places]
            return np.array([np.inf if one is None else one.value_m for one in each])
        if isinstance(self._fitness, Agreement):
            found = self._fitness.accuracy_m(lon, lat, distance_m)
            assumed = assumed_accuracy(self._border, self._line.source)
            return np.where(np.isfinite(found), found, np.inf if assumed is None else assumed.value_m)
        known = documented_accuracy(self._line.source) or assumed_accuracy(self._border, self._line.source)
        return np.full(lon.shape, np.inf if known is None else known.value_m)

    @cached_property
    def _fitness(self) -> Fitness:
        return fitness_of(self._border, self._line, self._edges)
