"""By how much two statements hold together, or fail to."""

from __future__ import annotations

import math

from geoinc.findings import Outcome
from geoinc.intervals import Interval

__all__ = ["finite_or_none", "overlap", "overlap_margin_m"]


def overlap(one: Interval, other: Interval) -> Outcome:
    """Return consistent where two intervals share a value, else inconsistent."""
    return Outcome.CONSISTENT if one.overlaps(other) else Outcome.INCONSISTENT


def overlap_margin_m(one: Interval, other: Interval) -> float | None:
    """Return how far two intervals would have to be moved until they no longer overlap, or until they do.

    Parameters
    ----------
    one, other : Interval
        In metres.

    Returns
    -------
    float or None
        Positive: they overlap, and would part if one were moved by that much. Negative: they lie that far apart.
        None where no shift parts them, since each has an end at infinity on the same side.

    Examples
    --------
    >>> overlap_margin_m(Interval(9450.0, 9550.0), Interval.more_than(9000.0))
    550.0
    >>> overlap_margin_m(Interval(9450.0, 9550.0), Interval(10150.0, 10250.0))
    -600.0
    >>> overlap_margin_m(Interval.more_than(9000.0), Interval.at_least(20000.0)) is None
    True
    """
    return finite_or_none(min(one.high - other.low, other.high - one.low))


def finite_or_none(margin_m: float) -> float | None:
    """Return a margin as JSON can carry it: None where it has no end."""
    return margin_m if math.isfinite(margin_m) else None
