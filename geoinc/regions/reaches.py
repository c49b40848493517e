"""Which distances to a line a point may have: signed, several stretches of them, and tied from point to point.

No boundary data is needed here. Every claim of one party that speaks of shortest distances to a border speaks of one
line, wherever that line runs; so its distances can be held against each other before any source is asked.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from geoinc.intervals import Interval

__all__ = ["ANYWHERE", "Reach", "tie_reaches"]

EVERYTHING: Final = Interval(-math.inf, math.inf)
MOST_ROUNDS: Final = 100


@dataclass(frozen=True, slots=True)
class Reach:
    """The distances to one line that a point may have.

    Attributes
    ----------
    stretches : tuple of Interval
        Disjoint and in order, in metres: positive inside the first-named territory, negative inside the second;
        empty where no distance is left.
    sided : bool
        Whether some claim names the ground. If not, a distance counts on any ground, third territories included.
    """

    stretches: tuple[Interval, ...]
    sided: bool = False

    @classmethod
    def of_claim(cls, distance: Interval, side: int) -> Reach:
        """Return the reach of one claim: `side` is 1 inside the first territory, -1 inside the second, 0 for any.

        Examples
        --------
        >>> print(*Reach.of_claim(Interval(1.0, 2.0), -1).stretches)
        [-2, -1]
        >>> print(*Reach.of_claim(Interval(1.0, 2.0), 0).stretches)
        [-2, -1] [1, 2]
        """
        mirrored = Interval(-distance.high, -distance.low, distance.high_open, distance.low_open)
        chosen = {1: [distance], -1: [mirrored], 0: [mirrored, distance]}[side]
        return cls(_merged(chosen), sided=side != 0)

    @property
    def empty(self) -> bool:
        """Whether no distance is left."""
        return not self.stretches

    @property
    def free(self) -> bool:
        """Whether nothing is asked of the distance."""
        return not self.sided and self.stretches == (EVERYTHING,)

    def meet(self, other: Reach) -> Reach:
        """Return the distances that both allow."""
        shared = (one.intersection(two) for one in self.stretches for two in other.stretches)
        return Reach(_merged([each for each in shared if each is not None]), self.sided or other.sided)

    def widened(self, margin_m: float) -> Reach:
        """Return the distances within a margin of those allowed.

        Examples
        --------
        >>> print(*Reach.of_claim(Interval(1.0, 2.0), 0).widened(1.5).stretches)
        [-3.5, 3.5]
        """
        return Reach(_merged([each.widened(margin_m) for each in self.stretches]), self.sided)

    def bare(self) -> tuple[Interval, ...]:
        """Return the distances without their sign."""
        return _merged([_unsigned(each) for each in self.stretches])


ANYWHERE: Final = Reach((EVERYTHING,))
"""Any distance."""


def tie_reaches(reaches: Mapping[str, Reach], ties: Sequence[tuple[str, str, float]]) -> dict[str, Reach]:
    """Carry distances from point to point until nothing changes.

    Parameters
    ----------
    reaches : mapping of str to Reach
        By point.
    ties : sequence of tuple
        Two points, and the greatest distance between them in metres; infinite ones say nothing.

    Returns
    -------
    dict of str to Reach

    Notes
    -----
    A signed distance to a line changes by no more than the distance moved, so each point's reach lies within the
    other's, widened by the greatest distance between them.

    Examples
    --------
    >>> wreck = Reach.of_claim(Interval(9450.0, 9550.0), 1)
    >>> link = Reach.of_claim(Interval(10150.0, 10250.0), 1)
    >>> tie_reaches({"wreck": wreck, "link": link}, [("wreck", "link", 441.5)])["wreck"].empty
    True
    """
    found = dict(reaches)
    finite = [tie for tie in ties if math.isfinite(tie[2])]
    for _ in range(MOST_ROUNDS):
        before = dict(found)
        for one, other, greatest_m in finite:
            for here, there in ((one, other), (other, one)):
                near = Reach(found[there].widened(greatest_m).stretches)
                found[here] = found[here].meet(near)
        if found == before:
            break
    return found


def _merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    ordered = sorted(intervals, key=lambda each: (each.low, each.low_open))
    merged: list[Interval] = []
    for each in ordered:
        if merged and (merged[-1].overlaps(each) or (merged[-1].high == each.low and not merged[-1].high_open)):
            merged[-1] = merged[-1].hull(each)
        else:
            merged.append(each)
    return tuple(merged)


def _unsigned(interval: Interval) -> Interval:
    if interval.low >= 0:
        return interval
    mirrored = Interval(-interval.high, -interval.low, interval.high_open, interval.low_open)
    if interval.high <= 0:
        return mirrored
    longer = interval if interval.high >= mirrored.high else mirrored
    return Interval(0.0, longer.high, high_open=longer.high_open)
