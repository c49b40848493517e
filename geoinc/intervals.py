"""Closed, open and one-sided intervals of real numbers.

A printed number never stands for one value but for all values that print the same. Every comparison in
geoinc is therefore a comparison of intervals, and may end in "cannot tell".
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

__all__ = ["Interval"]


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers between two ends.

    Attributes
    ----------
    low, high : float
        The ends; ``-inf`` and ``inf`` for an interval without one.
    low_open, high_open : bool
        Whether the end itself is left out. An infinite end is always open.

    Raises
    ------
    ValueError
        If an end is not a number, if the ends are in the wrong order, or if nothing lies between them.

    Examples
    --------
    >>> Interval(9450.0, 9550.0).overlaps(Interval(9500.0, 11000.0))
    True
    >>> Interval(9450.0, 9550.0).gap(Interval(10150.0, 10250.0))
    600.0
    >>> str(Interval.more_than(9000.0))
    '(9000, inf)'
    """

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if math.isnan(self.low) or math.isnan(self.high):
            raise ValueError("an interval needs numbers for its ends, not NaN")
        if self.low > self.high:
            raise ValueError(f"the low end {self.low} is above the high end {self.high}")
        if math.isinf(self.low):
            object.__setattr__(self, "low_open", True)
        if math.isinf(self.high):
            object.__setattr__(self, "high_open", True)
        if self.low == self.high and (self.low_open or self.high_open):
            raise ValueError(f"nothing lies in an open interval from {self.low} to itself")

    @classmethod
    def at_least(cls, value: float) -> Interval:
        """Return ``[value, inf)``."""
        return cls(value, math.inf)

    @classmethod
    def more_than(cls, value: float) -> Interval:
        """Return ``(value, inf)``."""
        return cls(value, math.inf, low_open=True)

    @classmethod
    def about(cls, value: float, half_width: float) -> Interval:
        """Return the closed interval of `half_width` on either side of `value`."""
        return cls(value - half_width, value + half_width)

    @property
    def bounded(self) -> bool:
        """Whether both ends are finite."""
        return math.isfinite(self.low) and math.isfinite(self.high)

    @property
    def middle(self) -> float:
        """The middle of a bounded interval, the finite end of a one-sided one."""
        if self.bounded:
            return (self.low + self.high) / 2
        return self.low if math.isfinite(self.low) else self.high

    def contains(self, value: float) -> bool:
        """Whether `value` lies in the interval."""
        above = value > self.low if self.low_open else value >= self.low
        below = value < self.high if self.high_open else value <= self.high
        return above and below

    def intersection(self, other: Interval) -> Interval | None:
        """Return what both intervals hold, or None if they share nothing."""
        low = max(self.low, other.low)
        high = min(self.high, other.high)
        low_open = any(each.low_open for each in (self, other) if each.low == low)
        high_open = any(each.high_open for each in (self, other) if each.high == high)
        if low > high or (low == high and (low_open or high_open)):
            return None
        return Interval(low, high, low_open, high_open)

    def overlaps(self, other: Interval) -> bool:
        """Whether any number lies in both."""
        return self.intersection(other) is not None

    def within(self, other: Interval) -> bool:
        """Whether every number of this interval lies in `other`."""
        return self.intersection(other) == self

    def gap(self, other: Interval) -> float:
        """Return how far apart two disjoint intervals are; 0 where they overlap or touch."""
        return max(0.0, max(self.low, other.low) - min(self.high, other.high))

    def widened(self, margin: float) -> Interval:
        """Return the interval with `margin` (0 or more) added at both ends."""
        if margin == 0:
            return self
        return replace(self, low=self.low - margin, high=self.high + margin)

    def hull(self, other: Interval) -> Interval:
        """Return the smallest interval that holds both."""
        low = min(self.low, other.low)
        high = max(self.high, other.high)
        low_open = all(each.low_open for each in (self, other) if each.low == low)
        high_open = all(each.high_open for each in (self, other) if each.high == high)
        return Interval(low, high, low_open, high_open)

    def __str__(self) -> str:
        left = "(" if self.low_open else "["
        right = ")" if self.high_open else "]"
        return f"{left}{self.low:g}, {self.high:g}{right}"
