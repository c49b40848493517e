"""Whether a source is good enough for a distance, at many places at once, exactly as the rule has it for one.

Where the accuracy of a source is *corroborated* (`geoinc.boundaries.accuracy_at`), it is another figure at every
place of the line and for every radius, and takes some 20 ms to find. The rule needs less than the figure: whether it
is at most a given number of metres. Bounds for small stretches of the line settle that for most positions; for the
rest the figure's own points are counted. The answer is the rule's, and no approximation of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from geoinc.boundaries import Border, BoundaryLine
from geoinc.boundaries.accuracy import (
    GREATEST_RADIUS_M,
    LEAST_RADIUS_M,
    WITNESSES_NEEDED,
    assumed_accuracy,
    documented_accuracy,
)
from geoinc.boundaries.comparison import PERCENTILE, line_stations
from geoinc.geodesy import Edges, Engine, Line, inverse, nearest
from geoinc.geodesy.ellipsoid import MEAN_RADIUS_M, to_space

__all__ = ["Agreement", "Everywhere", "Fitness", "fitness_of"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Index = NDArray[np.intp]

STRETCH_DEG: Final = 0.03
"""Side of the squares into which the line's surroundings are divided."""
PATCH: Final = 4
"""So many squares a side are counted together where bounds do not settle it."""
BLOCK: Final = 16
"""So many squares a side share what is looked for around them; whole patches."""
_STEPS_M: Final = np.geomspace(LEAST_RADIUS_M, GREATEST_RADIUS_M, 7)
SMALLEST_M: Final = np.concatenate([[LEAST_RADIUS_M], _STEPS_M])
LARGEST_M: Final = np.concatenate([_STEPS_M, [GREATEST_RADIUS_M]])
"""Radii are taken in steps. At both ends they stay the same, so the first and the last step have no width."""
CHORD_DOUBT_M: Final = 0.01
"""How near the rim a chord cannot tell whether a point is inside: a thousandth of a millimetre would do."""
ROUNDING: Final = 1e-9
ROWS_AT_ONCE: Final = 256


class Fitness(Protocol):
    """How good one source is, asked by thresholds."""

    def within(self, lon: Array, lat: Array, distance_m: Array, limit_m: Array) -> Flags:
        """Tell where the accuracy (95 %) is at most a limit.

        Parameters
        ----------
        lon, lat : ndarray of float, shape (n,)
            The nearest points of the source's line, in degrees.
        distance_m : ndarray of float, shape (n,)
            How far the positions are from them.
        limit_m : ndarray of float, shape (n,)
            In metres.
        """
        ...


@dataclass(frozen=True, slots=True)
class Everywhere:
    """One figure for all places: documented, assumed, or infinite where nothing is known.

    Attributes
    ----------
    value_m : float
    """

    value_m: float

    def within(self, lon: Array, lat: Array, distance_m: Array, limit_m: Array) -> Flags:  # noqa: ARG002 - as others
        """Tell where the figure is at most a limit."""
        return np.asarray(self.value_m <= limit_m)


def fitness_of(
    border: Border, line: BoundaryLine, edges: Edges | None = None, engine: Engine = Engine.NUMPY
) -> Fitness:
    """Return how good a source is along a border, on the basis that `geoinc.boundaries.accuracy_at` takes."""
    documented = documented_accuracy(line.source)
    if documented is not None:
        return Everywhere(documented.value_m)
    if len(border.whole.lineages) >= WITNESSES_NEEDED:
        return Agreement(border, line, edges, engine)
    assumed = assumed_accuracy(border, line.source)
    return Everywhere(np.inf if assumed is None else assumed.value_m)


@dataclass(frozen=True, slots=True, eq=False)
class _Points:
    """Points of one line in order of their distance from another, each with the length that it stands for."""

    lon: Array
    lat: Array
    space: Array
    apart_m: Array
    length_m: Array

    @classmethod
    def along(cls, one: Line, other: Line, engine: Engine) -> _Points:
        lon, lat, length = line_stations(one)
        apart = nearest(other, lon, lat, engine=engine).distance_m
        order = np.argsort(apart, kind="stable")
        lon, lat = lon[order], lat[order]
        return cls(lon, lat, to_space(lon, lat), apart[order], length[order])

    def around(self, place: Array, reach_m: float) -> _Points:
        """Those no further from a place, straight through the earth, than `reach_m`."""
        near = np.flatnonzero(_chord_m(self.space, place) <= reach_m)
        return _Points(self.lon[near], self.lat[near], self.space[:, near], self.apart_m[near], self.length_m[near])

    @property
    def greatest_m(self) -> float:
        """How far the furthest is from the other line; less than nothing where there is none."""
        return float(self.apart_m[-1]) if self.apart_m.size else -1.0

    def bounds_m(self, place: Array, reach_m: float, count: int) -> tuple[Array, Array]:
        """Least and greatest 95th percentile over discs around any place within `reach_m` of a place.

        One for each of the first `count` steps of the radius. Points that lie in some discs and not in others count as
        it suits the bound.
        The least is 0 where no disc need hold a point, and the greatest -1 where none can.
        """
        chord = _chord_m(self.space, place)
        # A chord of 25 km is 16 mm shorter than the way over the ground; a metre covers that.
        surely = chord <= (SMALLEST_M[:count] - reach_m - 1.0)[:, None]
        perhaps = (chord <= (LARGEST_M[:count] + reach_m + 1.0)[:, None]) & ~surely
        held, open_ = np.where(surely, self.length_m, 0.0), np.where(perhaps, self.length_m, 0.0)
        total, doubtful = held.sum(axis=1), open_.sum(axis=1)
        low_at = np.cumsum(held + (1 - PERCENTILE) * open_, axis=1) >= (PERCENTILE * total * (1 - ROUNDING))[:, None]
        needed = PERCENTILE * (total + doubtful) * (1 + ROUNDING)
        high_at = np.cumsum(held + PERCENTILE * open_, axis=1) >= needed[:, None]
        last = self.apart_m[-1] if self.apart_m.size else 0.0
        low = np.where(total > 0, self._at(low_at, 0.0), 0.0)
        high = np.where(total + doubtful > 0, self._at(high_at, last), -1.0)
        return low, high

    def _at(self, reached: Flags, otherwise: float) -> Array:
        """The value at which each row is first reached."""
        if not self.apart_m.size:
            return np.full(len(reached), otherwise)
        return np.where(reached.any(axis=1), self.apart_m[reached.argmax(axis=1)], otherwise)

    def percentiles_m(self, lon: Array, lat: Array, radius_m: Array) -> Array:
        """The 95th percentile over the disc around each place, NaN where it holds no point."""
        places = to_space(lon, lat)
        # Taken from a place among them, the products lose no more than a micrometre of the chord.
        ours, theirs = self.space - places[:, :1], places - places[:, :1]
        square = (theirs**2).sum(axis=0)[:, None] + (ours**2).sum(axis=0) - 2 * (theirs.T @ ours)
        way = np.sqrt(np.maximum(square, 0.0)) * (1 + square / (24 * MEAN_RADIUS_M**2))
        inside = way <= radius_m[:, None]
        row, point = np.nonzero(np.abs(way - radius_m[:, None]) < CHORD_DOUBT_M)
        if row.size:
            away, _, _ = inverse(lon[row], lat[row], self.lon[point], self.lat[point])
            inside[row, point] = away <= radius_m[row]
        passed = np.cumsum(np.where(inside, self.length_m, 0.0), axis=1)
        total = passed[:, -1] if self.length_m.size else np.zeros(lon.size)
        reached = passed >= (PERCENTILE * total)[:, None]
        return np.where(total > 0, self._at(reached, np.nan), np.nan)


def _chord_m(space: Array, place: Array) -> Array:
    east, north, up = space - place[:, None]
    return np.asarray(np.sqrt(east * east + north * north + up * up))


class Agreement:
    """The agreement of a source with the lineage that agrees best with it, around every place of its line.

    Parameters
    ----------
    border : Border
        Whose sources are the witnesses.
    line : BoundaryLine
        The source in question.
    edges : Edges, optional
        Another interpretation of all edges.
    engine : Engine
        The code that finds nearest points.
    """

    def __init__(
        self, border: Border, line: BoundaryLine, edges: Edges | None = None, engine: Engine = Engine.NUMPY
    ) -> None:
        own, whole = line.polyline(edges), border.whole
        others = [whole[name].polyline(edges) for name in whole.lineages if name != line.source.lineage]
        self._pairs = [(_Points.along(own, other, engine), _Points.along(other, own, engine)) for other in others]
        self._ceiling_m = min(max(float(each.apart_m[-1]) for each in both) for both in self._pairs)
        self._bounds: dict[tuple[int, int], tuple[Array, Array]] = {}
        self._blocks: dict[tuple[int, int], list[tuple[_Points, _Points]]] = {}

    def within(self, lon: Array, lat: Array, distance_m: Array, limit_m: Array) -> Flags:
        """Tell where the accuracy (95 %) is at most a limit; see `Fitness`."""
        fit = np.asarray(limit_m >= self._ceiling_m)
        left = np.flatnonzero(~fit)
        square = _squares_of(lon[left], lat[left])
        fit[left] = limit_m[left] >= self._ceilings_at(square)
        open_ = ~fit[left]
        left, square = left[open_], square[:, open_]
        if not left.size:
            return fit
        limit_m, radius_m = limit_m[left], np.clip(distance_m[left], LEAST_RADIUS_M, GREATEST_RADIUS_M)
        low, high = self._bounds_at(square, _steps_of(radius_m))
        fit[left] = (limit_m >= high).any(axis=0)
        # One lineage that agrees to the limit is enough, and only those are asked that may.
        for number, least in enumerate(low):
            doubtful = np.flatnonzero(~fit[left] & (limit_m >= least))
            for here in _groups(square // PATCH, doubtful):
                patch = _pair(square[:, here[0]] // PATCH)
                both = self._around(_pair(square[:, here[0]] // BLOCK))[number]
                for part in _parts(here):
                    some = left[part]
                    found = _larger_m(both, patch, lon[some], lat[some], radius_m[part])
                    fit[some] = found <= limit_m[part]
        return fit

    def accuracy_m(self, lon: Array, lat: Array, distance_m: Array) -> Array:
        """Return the accuracy itself, shape (n,), in metres: what `geoinc.boundaries.accuracy_at` returns for each."""
        square = _squares_of(lon, lat)
        radius_m = np.clip(distance_m, LEAST_RADIUS_M, GREATEST_RADIUS_M)
        found = np.full(lon.shape, np.nan)
        for here in _groups(square // PATCH, np.arange(lon.size)):
            patch, block = (_pair(square[:, here[0]] // many) for many in (PATCH, BLOCK))
            for part in _parts(here):
                # The smallest, over the other lineages, of the larger direction's 95th percentile.
                each = [_larger_m(both, patch, lon[part], lat[part], radius_m[part]) for both in self._around(block)]
                found[part] = np.fmin.reduce(each)
        return found

    def _around(self, block: tuple[int, int]) -> list[tuple[_Points, _Points]]:
        """The points that any disc around a place of a block may hold."""
        if block not in self._blocks:
            place, reach_m = _middle(block, STRETCH_DEG * BLOCK)
            reach_m += GREATEST_RADIUS_M + 1.0
            self._blocks[block] = [(one.around(place, reach_m), two.around(place, reach_m)) for one, two in self._pairs]
        return self._blocks[block]

    def _ceilings_at(self, square: Index) -> Array:
        """For each square, a figure that no disc around a place of its block exceeds."""
        ceiling = np.empty(square.shape[1])
        for here in _groups(square // BLOCK, np.arange(ceiling.size)):
            around = self._around(_pair(square[:, here[0]] // BLOCK))
            ceiling[here] = min(max(each.greatest_m for each in both) for both in around)
        return ceiling

    def _bounds_at(self, square: Index, step: Index) -> tuple[Array, Array]:
        """Least and greatest figure for each lineage, shape (lineages, n), for squares and steps of the radius."""
        low, high = (np.empty((len(self._pairs), step.size)) for _ in range(2))
        for here in _groups(square, np.arange(step.size)):
            steps = step[here]
            bounds = self._bounds_of(_pair(square[:, here[0]]), int(steps.max()) + 1)
            low[:, here], high[:, here] = (bound[:, steps] for bound in bounds)
        return low, high

    def _bounds_of(self, square: tuple[int, int], count: int) -> tuple[Array, Array]:
        """Least and greatest figure for each lineage and at least so many steps of the radius, the smallest first."""
        known = self._bounds.get(square)
        if known is None or known[0].shape[1] < count:
            place, reach_m = _middle(square)
            around = self._around((square[0] // BLOCK, square[1] // BLOCK))
            low, high = [], []
            for both in around:
                near = [each.around(place, float(LARGEST_M[count - 1]) + reach_m + 1.0) for each in both]
                (low_1, high_1), (low_2, high_2) = (each.bounds_m(place, reach_m, count) for each in near)
                low.append(np.maximum(low_1, low_2))
                high.append(np.maximum(high_1, high_2))
            known = self._bounds[square] = np.stack(low), np.stack(high)
        return known


def _larger_m(both: tuple[_Points, _Points], patch: tuple[int, int], lon: Array, lat: Array, radius_m: Array) -> Array:
    """The larger direction's 95th percentile around places of a patch; NaN where neither line is near."""
    place, reach_m = _middle(patch, STRETCH_DEG * PATCH)
    near = [each.around(place, float(radius_m.max()) + reach_m + 1.0) for each in both]
    ahead, back = (each.percentiles_m(lon, lat, radius_m) for each in near)
    return np.asarray(np.fmax(ahead, back))


def _squares_of(lon: Array, lat: Array) -> Index:
    """Row and column of the square that each place lies in, shape (2, n)."""
    return np.floor(np.stack([lat, lon]) / STRETCH_DEG).astype(np.intp)


def _steps_of(radius_m: Array) -> Index:
    step = np.searchsorted(_STEPS_M, radius_m, side="left")
    return np.where(radius_m == GREATEST_RADIUS_M, _STEPS_M.size, step)


def _pair(square: Index) -> tuple[int, int]:
    return int(square[0]), int(square[1])


def _parts(which: Index) -> Iterator[Index]:
    yield from (which[start : start + ROWS_AT_ONCE] for start in range(0, which.size, ROWS_AT_ONCE))


def _groups(square: Index, which: Index) -> Iterator[Index]:
    """Those positions that share a square, square by square."""
    if not which.size:
        return
    row, column = square[:, which]
    order = np.lexsort((column, row))
    row, column = row[order], column[order]
    change = (np.diff(row) != 0) | (np.diff(column) != 0)
    yield from np.split(which[order], np.flatnonzero(change) + 1)


def _middle(square: tuple[int, int], side_deg: float = STRETCH_DEG) -> tuple[Array, float]:
    """The middle of a square in space, and how far any place of the square is from it, in metres."""
    lat, lon = ((number + 0.5) * side_deg for number in square)
    corners = [(lon + east * side_deg / 2, lat + north * side_deg / 2) for east in (-1, 1) for north in (-1, 1)]
    place = to_space(np.array([lon]), np.array([lat]))
    away = _chord_m(to_space(*np.array(corners).T), place[:, 0])
    return place[:, 0], float(away.max()) + 1.0
