"""Times of positions: ISO 8601 with a zone, each lasting as long as its last printed digit.

References
----------
ISO 8601-1:2019, section 5.4; RFC 3339, section 5.6.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Final

import numpy as np

from geoinc.errors import ReadingError
from geoinc.notation.glyphs import shorten
from geoinc.passage import Moments
from geoinc.zones import open_zone, to_utc

__all__ = ["read_times"]

_TIME: Final = re.compile(
    r"(?P<local>\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?P<seconds>:\d{2}(?:[.,](?P<part>\d{1,9}))?)?)"
    r"\s?(?P<offset>[Zz]|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def read_times(times: Sequence[str | datetime], *, zone: str | None = None) -> Moments:
    """Read the times at which positions were passed.

    Parameters
    ----------
    times : sequence of str or datetime
        ISO 8601, such as ``2025-03-31T23:05:12Z`` or ``2025-04-01T00:05+01:00``, or aware datetimes. A time printed to
        the minute lasts a minute, one printed to the second a second, a datetime no time at all.
    zone : str, optional
        IANA name, or an offset such as UTC+1, for times without one.

    Returns
    -------
    Moments

    Raises
    ------
    ReadingError
        If one cannot be read, has no zone, or comes before the one before it.
    AmbiguousReadingError
        If the clocks of the zone showed it twice.

    Examples
    --------
    >>> moments = read_times(["2025-03-31T23:05Z", "2025-04-01T00:06:30+01:00"])
    >>> moments.shortest_s.tolist(), moments.longest_s.tolist()
    ([30.0], [91.0])
    """
    clocks = None if zone is None else open_zone(zone)
    spans = [_span(time, clocks, number) for number, time in enumerate(times, 1)]
    for number, ((first, _), (_, end)) in enumerate(pairwise(spans), 1):
        if end < first:
            raise ReadingError(
                f"time {number + 1}, {_shown(times[number])}, comes before time {number}, "
                f"{_shown(times[number - 1])}; "
                "give the positions in the order in which they were passed",
                text=str(times[number]),
            )
    early, late = np.array(spans, dtype=np.float64).reshape(-1, 2).T
    return Moments(early, late)


def _span(time: str | datetime, clocks: tzinfo | None, number: int) -> tuple[float, float]:
    if isinstance(time, datetime):
        if time.tzinfo is None:
            raise ReadingError(_no_zone(time, number), text=str(time))
        moment, lasts_s = time.astimezone(UTC), 0.0
    else:
        moment, lasts_s = _read(time, clocks, number)
    start = (moment - _EPOCH) / timedelta(seconds=1)
    return start, start + lasts_s


def _read(text: str, clocks: tzinfo | None, number: int) -> tuple[datetime, float]:
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise ReadingError(
            f"time {number}, {_shown(text)}, cannot be read: write 2025-03-31T23:05:12Z or 2025-04-01T00:05+01:00",
            text=text,
        )
    lasts_s = 60.0 if match["seconds"] is None else 10.0 ** -len(match["part"] or "")
    local = match["local"].replace(",", ".")
    try:
        # Of nine digits after the point, six are kept.
        written = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+$", r"\1", local))
        if match["offset"] is not None:
            moment = datetime.fromisoformat(f"{written.isoformat()}{match['offset'].upper()}").astimezone(UTC)
            return moment, lasts_s
    except (ValueError, OverflowError) as error:
        raise ReadingError(f"time {number}, {_shown(text)}, is no time of any calendar ({error})", text=text) from None
    if clocks is None:
        raise ReadingError(_no_zone(text, number), text=text)
    return to_utc(written, clocks, source_text=text), lasts_s


def _no_zone(time: str | datetime, number: int) -> str:
    return (
        f"time {number}, {_shown(time)}, does not say on which clocks: add Z or an offset such as +01:00, "
        "or give the zone"
    )


def _shown(time: str | datetime) -> str:
    return repr(shorten(str(time)))
