"""Clocks of the territories in question: what they showed at an instant, and how a day is written on an axis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from geoinc.errors import ReadingError
from geoinc.messages import Text, Voice, say
from geoinc.messages.french import first_of_month
from geoinc.render.roles import Cast
from geoinc.zones import find_territory_zones

__all__ = ["ShortDay", "WallClock", "day_range", "short_day", "wall_clocks"]

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class ShortDay(Text):
    """A day and its month, as short as an axis asks.

    Attributes
    ----------
    value : date
    """

    __slots__ = ("value",)
    value: date

    def said(self, voice: Voice) -> str:
        """Return the day with the voice's short name of the month."""
        if voice.language == "en":
            return str(self)
        from babel.dates import format_skeleton  # noqa: PLC0415 - not for English

        written = format_skeleton("MMMd", self.value, locale=voice.language)
        return first_of_month(written, self.value.day) if voice.language == "fr" else written


def short_day(value: date) -> ShortDay:
    """Write a day without its year.

    Examples
    --------
    >>> short_day(date(2025, 4, 1))
    '1 Apr'
    """
    new = ShortDay(f"{value.day} {_MONTHS[value.month - 1]}")
    new.value = value
    return new


@dataclass(frozen=True, slots=True)
class WallClock:
    """One clock: UTC, or that of a territory."""

    name: str
    zone: tzinfo


def wall_clocks(cast: Cast, at: datetime) -> tuple[WallClock, ...]:
    """Return UTC and the clock of each territory of the main border, in alphabetical order of the territories.

    A territory that keeps several clocks, or of which none is known, is left out.

    Parameters
    ----------
    cast : Cast
    at : datetime
        When; zones that showed the same time then count as one clock.
    """
    found = [WallClock(say("UTC"), UTC)]
    pair = cast.data.incident.borders[0] if cast.data.incident.borders else ()
    for code in sorted(pair, key=cast.territory_number):
        zones = _zones(code, at)
        if len({at.astimezone(zone).utcoffset() for zone in zones}) == 1:
            found.append(WallClock(cast.territory(code), zones[0]))
    return tuple(found)


def day_range(cast: Cast, day: date) -> tuple[datetime, datetime]:
    """Return in UTC when a day began and ended, on whichever of the clocks in question it was counted.

    Parameters
    ----------
    cast : Cast
    day : date
    """
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    pair = cast.data.incident.borders[0] if cast.data.incident.borders else ()
    zones: list[tzinfo] = [zone for code in pair for zone in _zones(code, noon)] or [UTC]
    starts = [datetime(day.year, day.month, day.day, tzinfo=zone) for zone in zones]
    return min(starts).astimezone(UTC), (max(starts) + timedelta(days=1)).astimezone(UTC)


def _zones(code: str, at: datetime) -> tuple[tzinfo, ...]:
    try:
        return find_territory_zones(code, at.year)
    except ReadingError:
        # A code of no state, or a year whose clocks are not known: the others still stand.
        return ()
