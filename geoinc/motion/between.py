"""Between timed positions: the speed that they ask for, and the border that their times leave within reach.

References
----------
The way between two positions is at least the geodesic between them, so that a flight through positions 1 to n is at
least as long as the sum of its legs, and its mean speed from i to j at least the sum of the legs from i to j over the
time from i to j.

From A at one time to B at a later one, at speeds up to v, a place X can be reached on the way only if
|AX| + |XB| <= v (t_B - t_A): the inside of an ellipse with A and B as foci. The flight can have touched a line only if
the least |AX| + |XB| over the line is within that. Moving the line by e changes it by at most 2e, moving A or B by e by
at most e (triangle inequality).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoinc.geodesy import Line, inverse, length_m, stations
from geoinc.geodesy.ellipsoid import to_space
from geoinc.intervals import Interval

__all__ = ["LeastSpeed", "elapsed_s", "least_detours_m", "least_mean_speed"]

FINEST_M: Final = 100.0
STEPS: Final = 20_000


def elapsed_s(first: Interval, second: Interval) -> Interval:
    """Return the time from one instant to another, each known as an interval in seconds.

    Examples
    --------
    >>> str(elapsed_s(Interval(0.0, 60.0), Interval(300.0, 360.0)))
    '[240, 360]'
    """
    return Interval(second.low - first.high, second.high - first.low)


@dataclass(frozen=True, slots=True)
class LeastSpeed:
    """The greatest of the mean speeds that a timed track cannot have stayed below.

    Attributes
    ----------
    speed_m_s : float
    first, last : int
        The positions between which it is needed, counted from 0.
    """

    speed_m_s: float
    first: int
    last: int


def least_mean_speed(legs_m: Sequence[float], times: Sequence[Interval]) -> LeastSpeed:
    """Return the speed that a track asks for at the least, over every pair of its positions.

    Parameters
    ----------
    legs_m : sequence of float
        Least distance from each position to the next.
    times : sequence of Interval
        When each of them was passed, in seconds, in order; one more than the legs.

    Returns
    -------
    LeastSpeed
        Infinite where two places are apart at one single instant.

    Examples
    --------
    >>> least_mean_speed([3000.0, 6000.0], [Interval(0.0, 0.0), Interval(60.0, 60.0), Interval(120.0, 120.0)])
    LeastSpeed(speed_m_s=100.0, first=1, last=2)
    """
    way_m = np.concatenate([[0.0], np.cumsum(legs_m)])
    earliest = np.array([each.low for each in times])
    latest = np.array([each.high for each in times])
    best = LeastSpeed(0.0, 0, len(legs_m))
    for first in range(len(legs_m)):
        gone_m = way_m[first + 1 :] - way_m[first]
        longest_s = latest[first + 1 :] - earliest[first]
        with np.errstate(divide="ignore", invalid="ignore"):
            needed = np.where(gone_m > 0, gone_m / np.maximum(longest_s, 0.0), 0.0)
        last = int(needed.argmax())
        if needed[last] > best.speed_m_s:
            best = LeastSpeed(float(needed[last]), first, first + 1 + last)
    return best


def least_detours_m(line: Line, start_deg: NDArray[np.float64], end_deg: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a lower bound on the shortest way from positions to others that touches a line, in metres.

    Parameters
    ----------
    line : Line
    start_deg, end_deg : ndarray
        Longitudes and latitudes, of shape (n, 2).

    Returns
    -------
    ndarray
        Of shape (n,): the least sum of the two straight chords to a station of the line, less the spacing of the
        stations, from half of which no place of the line is further. A chord is shorter than its geodesic by less than
        1.1 m up to 100 km and 130 m up to 500 km.
    """
    spacing_m = max(FINEST_M, length_m(line) / STEPS)
    places = to_space(*stations(line, spacing_m)).T
    starts, ends = to_space(*start_deg.T).T, to_space(*end_deg.T).T
    shortest_m = np.array([_shortest_m(places, start, end) for start, end in zip(starts, ends, strict=True)])
    straight_m, _, _ = inverse(start_deg[:, 0], start_deg[:, 1], end_deg[:, 0], end_deg[:, 1])
    return np.maximum(straight_m, shortest_m - spacing_m)


def _shortest_m(places: NDArray[np.float64], start: NDArray[np.float64], end: NDArray[np.float64]) -> float:
    there_m, back_m = (np.sqrt(((places - each) ** 2).sum(axis=-1)) for each in (start, end))
    return float((there_m + back_m).min())
