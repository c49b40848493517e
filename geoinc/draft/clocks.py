"""Printed times to the two ends that an incident file wants."""

from __future__ import annotations

from datetime import datetime

from geoinc.errors import ReadingError
from geoinc.times import TimeReading, read_time
from geoinc.zones import open_zone

__all__ = ["read_moment"]


def read_moment(printed: str, territory: str | None) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return a printed time as fields of a claim, and what is open about it.

    Parameters
    ----------
    printed : str
        The words of the time.
    territory : str or None
        Of the speaker, whose clocks are taken where the words name none.

    Returns
    -------
    dict of str to str
        ``start`` and ``end``, and ``zone`` where the clocks are known.
    tuple of str
        Questions to a person.

    Raises
    ------
    ReadingError
        If the words do not settle a time on any clocks.
    """
    try:
        reading = read_time(printed, territory=territory)
    except ReadingError:
        # Readable on some clocks, though nobody said on whose: the ends are written without a zone.
        reading = read_time(printed, zone="UTC")
        fields = {"start": _local(reading.start_utc), "end": _local(reading.end_utc)}
        return fields, ("On whose clocks (zone)? Add an IANA name such as Africa/Algiers.", *reading.warnings)
    questions = list(reading.warnings)
    try:
        zone = open_zone(reading.zone)
    except ReadingError:
        return {"start": _utc(reading.start_utc), "end": _utc(reading.end_utc)}, tuple(questions)
    if _is_assumed(printed, reading):
        questions.append(f"On whose clocks (zone)? As written: the speaker's own, {reading.zone}.")
    start, end = (each.astimezone(zone).isoformat(timespec="minutes") for each in (reading.start_utc, reading.end_utc))
    return {"start": start, "end": end, "zone": reading.zone}, tuple(questions)


def _is_assumed(printed: str, reading: TimeReading) -> bool:
    """Whether the clocks are the speaker's only because the words name none."""
    try:
        read_time(printed)
    except ReadingError:
        return True
    return not reading.zone


def _local(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%d %H:%M")


def _utc(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%MZ")
