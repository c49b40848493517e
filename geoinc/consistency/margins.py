"""By how much two statements hold together, or fail to."""

from __future__ import annotations

import math
from collections.abc import Sequence

from geoinc.findings import Outcome
from geoinc.intervals import Interval
from geoinc.messages import say
from geoinc.quantities import format_distance

__all__ = ["finite_or_none", "least_change", "overlap", "overlap_margin_m"]


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


def least_change(outcome: Outcome, declared: Sequence[str], margin_m: float | None) -> str | None:
    """Return the least change that turns a comparison of printed figures, as a clause that begins with "if".

    Parameters
    ----------
    outcome : Outcome
        What came out.
    declared : sequence of str
        Declared alternatives that turn it; any of them is the least change.
    margin_m : float or None
        By how much the figures hold, positive, or fail to: nothing smaller turns them.

    Examples
    --------
    >>> least_change(Outcome.INCONSISTENT, (), -158.5)
    'if the printed figures were off by at least 158.5 m in all (then consistent)'
    >>> least_change(Outcome.CONSISTENT, (), 550.0)
    'if the printed figures were off by more than 550.0 m in all (then inconsistent)'
    """
    if declared:
        return declared[0]
    if margin_m is None:
        return None
    if outcome is Outcome.INCONSISTENT:
        return say(
            "if the printed figures were off by at least {distance} in all (then consistent)",
            distance=format_distance(-margin_m),
        )
    if outcome is Outcome.CONSISTENT:
        return say(
            "if the printed figures were off by more than {distance} in all (then inconsistent)",
            distance=format_distance(margin_m),
        )
    return None
