"""What is drawn of a printed track: its positions with their times, and the way between them as it is assumed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pyproj import Geod
from shapely.geometry import LineString

from geoinc.claims import TrackClaim
from geoinc.messages import number, say
from geoinc.notation import Reading
from geoinc.render import words
from geoinc.render.roles import Cast

__all__ = ["Fix", "fixes", "way"]

_GEOD: Final = Geod(ellps="WGS84")
_LONGEST_STEP_M: Final = 20_000.0
"""A straight line of a Mercator map leaves the shortest way of this length by some ten metres, at 70° of latitude."""


@dataclass(frozen=True, slots=True)
class Fix:
    """One printed position of a track.

    Attributes
    ----------
    claim : TrackClaim
    reading : Reading
    name : str
        Its time, or its place in the order flown where no times are printed.
    when : str
        The instant with its day; empty where none is printed.
    """

    claim: TrackClaim
    reading: Reading
    name: str
    when: str


def fixes(cast: Cast) -> Iterator[Fix]:
    """Yield every printed position of every track, in the order flown."""
    for claim in cast.tracks:
        days = {time.date() for time in claim.times}
        for place, reading in enumerate(claim.positions):
            if claim.times:
                time = claim.times[place]
                when = words.instant(time)
                name = say("{time} UTC", time=words.clock(time)) if len(days) == 1 else when
                yield Fix(claim, reading, name, when)
            else:
                yield Fix(claim, reading, say("position {number}", number=number(place + 1)), "")


def way(claim: TrackClaim, *, from_deg: float | None = None) -> LineString | None:
    """Return the shortest ways from each position of a track to the next; None where there is one position.

    Longitudes run on beyond 180 degrees where the track does, counted on from `from_deg`, which stands for the first.

    Examples
    --------
    >>> from geoinc.notation import read_position
    >>> positions = tuple(read_position(text) for text in ("19.8N 3.0E", "20.1N 2.9E"))
    >>> track = TrackClaim(id="t", tag="T", party="p", kind="track", positions=positions)
    >>> way(track).bounds
    (2.9, 19.8, 3.0, 20.1)
    """
    if len(claim.positions) < 2:
        return None
    points = [(claim.positions[0].lon_deg if from_deg is None else from_deg, claim.positions[0].lat_deg)]
    for start, end in pairwise(claim.positions):
        _, _, length_m = _GEOD.inv(start.lon_deg, start.lat_deg, end.lon_deg, end.lat_deg)
        count = max(0, math.ceil(float(length_m) / _LONGEST_STEP_M) - 1)
        between = _GEOD.npts(start.lon_deg, start.lat_deg, end.lon_deg, end.lat_deg, count) if count else []
        for lon, lat in [*between, (end.lon_deg, end.lat_deg)]:
            turns = round((points[-1][0] - lon) / 360.0)
            points.append((lon + 360.0 * turns, lat))
    return LineString(points)
