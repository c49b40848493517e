"""How much of a straight way lies so near a line that it may be on the one ground or on the other.

References
----------
The distance to a line changes by no more than the way gone. A stretch of length s whose middle lies d from a line has
no place nearer to it than d - s / 2 and none further than d + s / 2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoinc.geodesy import Line, nearest
from geoinc.passage.between import Moments
from geoinc.passage.straight import Place, Stretches

__all__ = ["Unsettled", "find_unsettled"]

Array = NDArray[np.float64]
Index = NDArray[np.intp]

FINE_M: Final = 2_000.0
"""Over less than this the accuracy of a line hardly changes: it is taken around places, from 5 km at the least."""
LEAST_SPAN_M: Final = 0.05
LEAST_SPAN_SHARE: Final = 1e-3
MOST_SPANS: Final = 20_000
"""With more spans open at a time, as on a way along the edge of the reach, they are left open."""


@dataclass(frozen=True, slots=True, eq=False)
class Unsettled:
    """The straight way, and how much of each stretch a line may move to another ground.

    Attributes
    ----------
    way : Stretches
    share : mapping of Place to ndarray of float
        For each ground, the share of each stretch of which it is open whether it lies there; 0 to 1.
    """

    way: Stretches
    share: Mapping[Place, Array]

    def lengths_m(self) -> Mapping[Place, tuple[float, float]]:
        """Return how long the way is on each ground, at the least and at the most."""
        length = self.way.end_m - self.way.start_m
        drawn = self.way.lengths_m()
        found = {}
        for place in Place:
            low, high = (float((length * share).sum()) for share in self._shares(place))
            found[place] = min(low, drawn[place]), max(high, drawn[place])
        return MappingProxyType(found)

    def times_s(self, moments: Moments) -> Mapping[Place, tuple[float, float]]:
        """Return how long it lasts on each ground, at the least and at the most, if each leg was covered at one speed.

        Parameters
        ----------
        moments : Moments
            Each position may have been passed at any time from its earliest to its latest.
        """
        whole = self.way.legs.length_m[self.way.leg]
        of_leg = np.where(whole > 0, (self.way.end_m - self.way.start_m) / np.where(whole > 0, whole, 1.0), 1.0)
        drawn = self.way.times_s(np.diff(moments.middle_s))
        half_s = (moments.latest_s - moments.earliest_s) / 2
        found = {}
        for place in Place:
            ends = []
            for share, sign in zip(self._shares(place), (-1.0, 1.0), strict=True):
                by_leg = np.bincount(self.way.leg, of_leg * share, self.way.legs.length_m.size)
                # A position passed later adds to the leg before it what it takes from the next.
                moved_s = half_s @ np.abs(np.diff(by_leg, prepend=0.0, append=0.0))
                ends.append(float(by_leg @ np.diff(moments.middle_s) + sign * moved_s))
            found[place] = min(max(ends[0], 0.0), drawn[place]), max(ends[1], drawn[place])
        return MappingProxyType(found)

    def _shares(self, place: Place) -> tuple[Array, Array]:
        """The share of each stretch that surely lies on a ground, and that may lie there."""
        here = self.way.place == place
        return np.where(here, 1.0 - self.share[place], 0.0), np.where(here, 1.0, self.share[place])


def find_unsettled(
    way: Stretches,
    rims: Mapping[Place, Sequence[Line]],
    reach_m: Callable[[Index, Array, Array], Array],
) -> Unsettled:
    """Find how much of a way lies within reach of the lines that bound each ground.

    Parameters
    ----------
    way : Stretches
    rims : mapping of Place to sequence of Line
        What bounds each ground; a ground without lines is settled everywhere.
    reach_m : callable
        Takes legs, longitudes and latitudes, each of shape (n,), and returns by how much lines near these places and
        the way may together be off, in metres; infinite where that is not known.

    Returns
    -------
    Unsettled
        What lies within reach is open, and what is too short to be halved once more: a thousandth of the reach, or
        5 cm where that is more. Where the source holds nothing, nothing is open: no line is drawn there.

    Notes
    -----
    Stretches are halved until each span lies wholly within reach or wholly beyond. The reach is asked for at the middle
    of each span of 2 km or more, and kept for its parts.
    """
    lines = list({id(line): line for held in rims.values() for line in held}.values())
    bounding = {
        place: [number for number, line in enumerate(lines) if any(line is one for one in held)]
        for place, held in rims.items()
    }
    shares = {place: np.zeros(way.leg.size) for place in Place}
    stretch = np.flatnonzero(way.place != Place.UNCOVERED) if lines else np.empty(0, dtype=np.intp)
    low, high, weight = way.start_m[stretch], way.end_m[stretch], np.ones(stretch.size)
    reach = np.full(stretch.size, np.nan)
    pending = {place: np.ones(stretch.size, dtype=bool) for place, held in bounding.items() if held}
    most = max(MOST_SPANS, 4 * stretch.size)
    while stretch.size:
        leg, middle, half_m = way.leg[stretch], (low + high) / 2, (high - low) / 2
        lon, lat = way.legs.at(leg, middle)
        ask = np.isnan(reach) | (2 * half_m > FINE_M)
        if ask.any():
            reach[ask] = reach_m(leg[ask], lon[ask], lat[ask])
        away_m = np.array([nearest(line, lon, lat).distance_m for line in lines])
        last = (2 * half_m <= np.maximum(LEAST_SPAN_M, LEAST_SPAN_SHARE * reach)) | (stretch.size > most)
        for place, waiting in pending.items():
            off_m = away_m[bounding[place]].min(axis=0)
            beyond = off_m - half_m > reach
            within = ~beyond & ((off_m + half_m <= reach) | last)
            counted = waiting & within
            np.add.at(shares[place], stretch[counted], weight[counted])
            pending[place] = waiting & ~beyond & ~within
        again = np.any(list(pending.values()), axis=0)
        stretch, reach, weight = (np.tile(each[again], 2) for each in (stretch, reach, weight / 2))
        low, high = np.concatenate([low[again], middle[again]]), np.concatenate([middle[again], high[again]])
        pending = {place: np.tile(each[again], 2) for place, each in pending.items()}
    return Unsettled(way, MappingProxyType(shares))
