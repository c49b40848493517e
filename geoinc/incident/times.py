"""Clock times of an incident file to instants in UTC.

References
----------
ISO 8601-1:2019, section 5.4; IANA Time Zone Database (as packaged in ``tzdata``); PEP 495 for local times
that occur twice or never.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from geoinc.errors import ReadingError
from geoinc.incident.problems import shown
from geoinc.zones import open_zone, to_utc

__all__ = ["open_zone", "read_instant", "resolution_s"]

_TIME = re.compile(
    r"(?P<local>\d{4}-\d{2}-\d{2}[T ](?:[01]\d|2[0-3]):\d{2}(?::\d{2})?)\s?(?P<offset>Z|[+-]\d{2}:\d{2})?",
    re.ASCII,
)


def read_instant(text: str, zone: str | None) -> datetime:
    """Return a written time in UTC.

    Parameters
    ----------
    text : str
        ``2025-04-01 00:08`` on the clocks of `zone`, or with an offset: ``2025-04-01T00:08+01:00``.
    zone : str or None
        IANA name; may be None where the text has an offset.

    Returns
    -------
    datetime
        Aware, in UTC.

    Raises
    ------
    ReadingError
        If the text is no time, if no zone is known, if the clocks of the zone never showed it, or if its
        offset is not the zone's.
    AmbiguousReadingError
        If the clocks showed it twice.

    Examples
    --------
    >>> read_instant("2025-04-01 00:08", "Africa/Algiers").isoformat()
    '2025-03-31T23:08:00+00:00'
    """
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise ReadingError(
            f"{shown(text)} is no time: write 2025-04-01 00:08 and zone, or 2025-04-01T00:08+01:00",
            text=text,
        )
    local = _read_local(match["local"], text)
    if match["offset"] is not None:
        return _apply_offset(local, match["offset"], zone, text)
    if zone is None:
        raise ReadingError(f"{shown(text)} has no time zone: add one, such as zone: Africa/Algiers", text=text)
    return to_utc(local, open_zone(zone), source_text=text)


def resolution_s(text: str) -> float:
    """Return how long a written time lasts: a minute, or a second where seconds are written.

    Examples
    --------
    >>> resolution_s("2025-04-01 00:08"), resolution_s("2025-04-01T00:08:30+01:00")
    (60.0, 1.0)
    """
    match = _TIME.fullmatch(text.strip())
    return 60.0 if match is None or match["local"].count(":") < 2 else 1.0


def _read_local(written: str, text: str) -> datetime:
    try:
        local = datetime.fromisoformat(written)
    except ValueError as error:
        raise ReadingError(f"{shown(text)} is no time of any calendar ({error})", text=text) from None
    if not 1800 <= local.year <= 2200:
        raise ReadingError(f"{shown(text)} lies outside the years 1800 to 2200: check the year", text=text)
    return local


def _apply_offset(local: datetime, offset: str, zone: str | None, text: str) -> datetime:
    iso = local.isoformat() + ("+00:00" if offset == "Z" else offset)
    try:
        instant = datetime.fromisoformat(iso)
    except ValueError as error:
        raise ReadingError(f"{shown(text)} has no valid offset ({error})", text=text) from None
    if zone is not None:
        there = instant.astimezone(open_zone(zone))
        if there.utcoffset() != instant.utcoffset():
            raise ReadingError(
                f"{shown(text)} has the offset {offset}, but clocks in {zone} showed {there:%H:%M} then: "
                "correct one of the two",
                text=text,
            )
    return instant.astimezone(UTC)
