"""Many positions against every source of a border: distances, sides, and the outcome of the rule for each.

What `geoinc measure A --in B` finds for one position is found here for arrays of them, by the same sources, under the
same rule. Nothing is left out of the rule; what cannot change an outcome is not computed (`_Voice.judge` says why).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoinc.assessment.rule import FIT_SHARE
from geoinc.batch.agreement import Everywhere, Fitness, fitness_of
from geoinc.batch.sides import SideGrid
from geoinc.boundaries import Border, BoundaryLine
from geoinc.errors import UsageError
from geoinc.findings import Outcome
from geoinc.geodesy import Edges, Engine, nearest
from geoinc.geodesy.capsules import order_in_space
from geoinc.geodesy.ellipsoid import to_space
from geoinc.geodesy.engine import choose_engine
from geoinc.measurement import ON_THE_LINE_M
from geoinc.ranges import cell_reach_m, signed_intervals_m

__all__ = ["OUTCOMES", "Measured", "Positions", "Reason", "Ruler", "Said"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Index = NDArray[np.intp]
Codes = NDArray[np.int8]

OUTCOMES: Final = (Outcome.NOT_ASSESSABLE, Outcome.INDETERMINATE, Outcome.CONSISTENT, Outcome.INCONSISTENT)
"""What the numbers of an outcome stand for."""
_NOT_ASSESSABLE, _INDETERMINATE, _CONSISTENT, _INCONSISTENT = range(4)

LEAST_CELL_M: Final = 1e-9


class Reason(IntEnum):
    """Why the side of a position cannot be assessed."""

    NONE = 0
    UNREADABLE = 1
    PLACE_UNKNOWN = 2
    OUTSIDE = 3
    NEITHER = 4
    BOTH = 5
    CELL = 6


class Said(IntEnum):
    """What one source says of a claimed side."""

    NOTHING = 0
    UNFIT = 1
    ACROSS = 2
    CONSISTENT = 3
    INCONSISTENT = 4


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """Positions to measure, all of them finite and in range.

    Attributes
    ----------
    lon, lat : ndarray of float, shape (n,)
        WGS 84 degrees.
    half_lon, half_lat : ndarray of float, shape (n,)
        Half of the cell of positions that print the same, in degrees; 0 where nothing was printed.
    accuracy_m : ndarray of float, shape (n,)
        The position's own accuracy at 95 %, in metres; 0 where none is stated.
    """

    lon: Array
    lat: Array
    half_lon: Array
    half_lat: Array
    accuracy_m: Array

    def take(self, which: Index) -> Positions:
        """Return some of them."""
        return Positions(
            self.lon[which], self.lat[which], self.half_lon[which], self.half_lat[which], self.accuracy_m[which]
        )

    @property
    def cells(self) -> Array:
        """The cells, shape (n, 4), as `geoinc.ranges.signed_intervals_m` takes them."""
        return np.column_stack([self.lon, self.lat, self.half_lon, self.half_lat])


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What was found, one item for each position.

    Attributes
    ----------
    side : ndarray of int
        1 in the first territory, 2 in the second, 0 in neither, in both, or outside the ground of the source that
        speaks first.
    signed_distance_m, distance_m, nearest_lon_deg, nearest_lat_deg : ndarray of float
        By the source that speaks first; NaN where there is none.
    spread_m : ndarray of float
        From the least to the greatest signed distance over all lineages, or bare ones where not all tell a side; NaN
        where fewer than two measure.
    outcome : ndarray of int
        Index into `OUTCOMES`.
    reason : ndarray of int
        A `Reason`.
    signed_by_voice_m : ndarray of float, shape (voices, n)
    said_by_voice : ndarray of int, shape (voices, n)
        A `Said` each.
    """

    side: Codes
    signed_distance_m: Array
    distance_m: Array
    nearest_lon_deg: Array
    nearest_lat_deg: Array
    spread_m: Array
    outcome: Codes
    reason: Codes
    signed_by_voice_m: Array
    said_by_voice: Codes

    def take(self, which: Index) -> Measured:
        """Return what was found for some of them."""
        return Measured(*(getattr(self, each.name)[..., which] for each in fields(self)))


@dataclass(frozen=True, slots=True, eq=False)
class _Reached:
    """One source's distances and sides; NaN and False where its ground is not held."""

    covered: Flags
    distance_m: Array
    lon: Array
    lat: Array
    first: Flags
    second: Flags

    @property
    def signed_m(self) -> Array:
        sign = np.where(self.first, 1.0, -1.0)
        sign[self.first == self.second] = np.nan
        return np.where(self.distance_m <= ON_THE_LINE_M, 0.0, self.distance_m * sign)


class _Voice:
    """One source; that which speaks for its lineage has a vote."""

    def __init__(self, border: Border, line: BoundaryLine, edges: Edges | None, *, votes: bool = True) -> None:
        self.line = line
        self._edges = edges
        self._fitness: Fitness | None = None if votes else Everywhere(np.inf)
        self._border = border
        self._grid: SideGrid | None = None

    @property
    def grid(self) -> SideGrid:
        """The sides, found out when they are first asked for."""
        if self._grid is None:
            self._grid = SideGrid(self.line, self._edges)
        return self._grid

    def fitness(self, engine: Engine) -> Fitness:
        """Return how good the source is, found out when it is first asked for."""
        if self._fitness is None:
            self._fitness = fitness_of(self._border, self.line, self._edges, engine)
        return self._fitness

    def reach(self, lon: Array, lat: Array, engine: Engine) -> _Reached:
        """Measure, where the source's ground is held."""
        covered = np.asarray(self.line.covers(lon, lat))
        distance, to_lon, to_lat = (np.full(lon.shape, np.nan) for _ in range(3))
        first, second = np.zeros(lon.shape, dtype=bool), np.zeros(lon.shape, dtype=bool)
        if covered.any():
            found = nearest(self.line.polyline(self._edges), lon[covered], lat[covered], engine=engine)
            distance[covered], to_lon[covered], to_lat[covered] = found.distance_m, found.lon_deg, found.lat_deg
            ground = self.grid.at(lon[covered], lat[covered])
            first[covered], second[covered] = ground.first, ground.second
        return _Reached(covered, distance, to_lon, to_lat, first, second)

    def judge(self, positions: Positions, reached: _Reached, towards: Codes, engine: Engine) -> Codes:
        """Hold a claimed side against this source: a `Said` for each position.

        Notes
        -----
        The rule takes the range of the signed distance over the printed cell, widens it by U at both ends, and asks
        whether it lies wholly on one side; and the source votes only if U is at most a third of the distance.
        The distance changes by no more than the distance moved. So if it exceeds U by more than the cell's radius, the
        whole range lies on the side of the middle, and the range itself is only needed for the other positions that
        have a vote, and for cells that may reach into a third country's ground.
        """
        value = reached.signed_m * np.where(towards == 2, -1.0, 1.0)
        said = np.full(value.shape, Said.NOTHING, dtype=np.int8)
        asked = np.flatnonzero(~np.isnan(value) & (towards > 0))
        if not asked.size:
            return said
        value, some = value[asked], positions.take(asked)
        distance = np.abs(value)
        allowed = FIT_SHARE * distance
        rest = np.sqrt(np.maximum(0.0, allowed**2 - some.accuracy_m**2))
        fit = (some.accuracy_m <= allowed) & self.fitness(engine).within(
            reached.lon[asked], reached.lat[asked], reached.distance_m[asked], rest
        )
        # A source that is fit has U at most a third of the distance, so two thirds of it are left for the cell.
        reach_m = cell_reach_m(some.cells)
        near = (fit & (distance - allowed <= reach_m)) | self.grid.near_a_third(some.lon, some.lat, reach_m)
        near &= reach_m > LEAST_CELL_M
        found = np.where(fit, np.where(value > 0, Said.CONSISTENT, Said.INCONSISTENT), Said.UNFIT)
        if near.any():
            found[near] = self._judge_cells(
                some.take(np.flatnonzero(near)), reached, asked[near], towards, fit[near], engine
            )
        said[asked] = found
        return said

    def _judge_cells(
        self, some: Positions, reached: _Reached, rows: Index, towards: Codes, fit: Flags, engine: Engine
    ) -> Codes:
        """Hold the whole range over each cell against the claimed side."""
        low_high, same = np.unique(some.cells, axis=0, return_inverse=True)
        ends = signed_intervals_m(self.line, low_high, self.line.pair[0], edges=self._edges)[same.ravel()]
        turned = towards[rows] == 2
        low, high = np.where(turned, -ends[:, 1], ends[:, 0]), np.where(turned, -ends[:, 0], ends[:, 1])
        # Low and high stand apart from 0 by so much at most; the source's U is asked for by that.
        room = np.where(low > 0, low, np.where(high <= 0, -high, -1.0))
        left = np.sqrt(np.maximum(0.0, room**2 - some.accuracy_m**2))
        clear = (room >= some.accuracy_m) & self.fitness(engine).within(
            reached.lon[rows], reached.lat[rows], reached.distance_m[rows], left
        )
        decided = np.where(low > 0, Said.CONSISTENT, Said.INCONSISTENT)
        found = np.where(fit, np.where(clear, decided, Said.ACROSS), Said.UNFIT)
        return np.where(np.isnan(low), Said.NOTHING, found).astype(np.int8)


class Ruler:
    """Measures arrays of positions against a border.

    Parameters
    ----------
    border : Border
        Its first-named territory is the positive side. The source that speaks for its first lineage gives the distance;
        one source for each lineage takes part in the outcome.
    territory : str, optional
        The side that is claimed for every position; by default the one that the first source finds.
    edges : Edges, optional
        One interpretation of all edges instead of each source's own.

    Raises
    ------
    UsageError
        If the territory is not one of the border's two.

    Examples
    --------
    >>> from geoinc.boundaries import open_border
    >>> ruler = Ruler(open_border("MLI", "DZA"))
    >>> one, none = np.ones(1), np.zeros(1)
    >>> found = ruler.measure(Positions(2.893916 * one, 19.867982 * one, none, none, none))
    >>> print(f"{found.signed_distance_m[0]:.0f} m, {OUTCOMES[found.outcome[0]].value}, {found.spread_m[0]:.0f} m")
    9963 m, consistent, 1188 m
    """

    def __init__(self, border: Border, *, territory: str | None = None, edges: Edges | None = None) -> None:
        self.border = border
        self.territory = territory
        self._edges = edges
        if territory is not None and territory not in border.pair:
            first, second = border.pair
            raise UsageError(
                f"--in {territory}: the border is that of {first} and {second}; name one of them, or another border "
                "with --between"
            )
        self._voices = [_Voice(border, border[lineage], edges) for lineage in border.lineages]
        silent = [name for name in border if name not in self.voices]
        self._silent = [_Voice(border, border[name], edges, votes=False) for name in silent]

    @property
    def voices(self) -> tuple[str, ...]:
        """The sources that speak for the lineages, the one that gives the distance first."""
        return tuple(voice.line.source.id for voice in self._voices)

    def measure(self, positions: Positions) -> Measured:
        """Measure positions, all of them finite and in range."""
        # Neighbours one after the other are found faster, by every source; no result depends on the order.
        order = order_in_space(to_space(positions.lon, positions.lat))
        return self._measure(positions.take(order)).take(np.argsort(order))

    def _measure(self, positions: Positions) -> Measured:
        # All sources are measured at each position, so what it costs to load compiled code is shared between them.
        engine = choose_engine(Engine.AUTO, positions.lon.size * len(self._voices))
        reached = [voice.reach(positions.lon, positions.lat, engine) for voice in self._voices]
        first = reached[0]
        side = np.where(first.first & ~first.second, 1, np.where(first.second & ~first.first, 2, 0)).astype(np.int8)
        if self.territory is None:
            towards = side
        else:
            towards = np.full(side.shape, 1 + self.border.pair.index(self.territory), dtype=np.int8)
        said = np.stack(
            [voice.judge(positions, each, towards, engine) for voice, each in zip(self._voices, reached, strict=True)]
        )
        outcome = _decide(said)
        self._hear_the_silent(positions, towards, outcome)
        signed = np.stack([each.signed_m for each in reached])
        return Measured(
            side=side,
            signed_distance_m=signed[0],
            distance_m=first.distance_m,
            nearest_lon_deg=first.lon,
            nearest_lat_deg=first.lat,
            spread_m=_spread(signed, np.stack([each.distance_m for each in reached])),
            outcome=outcome,
            reason=_reasons(first, outcome),
            signed_by_voice_m=signed,
            said_by_voice=said,
        )

    def _hear_the_silent(self, positions: Positions, towards: Codes, outcome: Codes) -> None:
        """A source without a vote that measures something makes an outcome indeterminate and not unassessable."""
        left = np.flatnonzero((outcome == _NOT_ASSESSABLE) & (towards > 0))
        for voice in self._silent:
            if not left.size:
                return
            some = positions.take(left)
            said = voice.judge(some, voice.reach(some.lon, some.lat, Engine.NUMPY), towards[left], Engine.NUMPY)
            outcome[left[said != Said.NOTHING]] = _INDETERMINATE
            left = left[said == Said.NOTHING]


def _decide(said: Codes) -> Codes:
    """Combine what the voices say, as `geoinc.assessment.rule.decide` does."""
    consistent, inconsistent = (said == Said.CONSISTENT).any(axis=0), (said == Said.INCONSISTENT).any(axis=0)
    outcome = np.full(said.shape[1], _INDETERMINATE, dtype=np.int8)
    outcome[consistent & ~inconsistent] = _CONSISTENT
    outcome[inconsistent & ~consistent] = _INCONSISTENT
    outcome[(said == Said.NOTHING).all(axis=0)] = _NOT_ASSESSABLE
    return outcome


def _spread(signed: Array, bare: Array) -> Array:
    covered = ~np.isnan(bare)
    told = (~np.isnan(signed) == covered).all(axis=0)
    values = np.where(told, signed, bare)
    high = np.where(covered, values, -np.inf).max(axis=0)
    low = np.where(covered, values, np.inf).min(axis=0)
    enough = covered.sum(axis=0) > 1
    return np.where(enough, np.where(enough, high, 0.0) - np.where(enough, low, 0.0), np.nan)


def _reasons(first: _Reached, outcome: Codes) -> Codes:
    """Why outcomes are missing, as far as the source that speaks first has to do with it."""
    open_ = outcome == _NOT_ASSESSABLE
    reason = np.zeros(outcome.shape, dtype=np.int8)
    reason[open_] = Reason.CELL
    reason[open_ & ~first.first & ~first.second] = Reason.NEITHER
    reason[open_ & first.first & first.second] = Reason.BOTH
    reason[~first.covered] = Reason.OUTSIDE
    return reason
