"""Printed dates to days of the calendar: the year that a date lacks, the order of two, the day of the week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from geoinc.errors import ReadingError
from geoinc.messages import say
from geoinc.notation.glyphs import shorten
from geoinc.notation.time_tokens import Day

__all__ = ["check_weekdays", "find_days"]

_EARLIEST_YEAR, _LATEST_YEAR = 1800, 2200
# A year is supplied only where its day is nearer than that of any other year by this much.
_CLEARLY_NEARER_DAYS = 60


def find_days(printed: Sequence[Day], near: dt.date | None, *, source_text: str) -> tuple[list[dt.date], list[str]]:
    """Return the days that printed dates name, and what was assumed of their years.

    Parameters
    ----------
    printed : sequence of Day
        None, one, or the two ends of a span.
    near : date or None
        The day that is meant where none is printed; a date without its year is the nearest to it.
    source_text : str
        As printed, for the message.

    Raises
    ------
    ReadingError
        If day or year are missing, if a date is no day of the calendar, or if two run backwards.

    Examples
    --------
    >>> days, warnings = find_days([Day(31, 12)], dt.date(2025, 1, 6), source_text="31 December")
    >>> days[0].isoformat(), warnings
    ('2024-12-31', ['the year 2024 is not printed: it is the nearest to 2025-01-06'])
    """
    if near is not None:
        near = near.date() if isinstance(near, dt.datetime) else near
        _check_year(near.year, source_text)
    if not printed:
        if near is None:
            raise ReadingError(
                f"{shorten(source_text)!r} names no date: write it, as in 1 April 2025 at 00:08, or give the date",
                text=source_text,
            )
        return [near], []
    years, warnings = _find_years(printed, near, source_text)
    days = [_form_day(day, year, source_text) for day, year in zip(printed, years, strict=True)]
    if days != sorted(days):
        raise ReadingError(
            f"the dates of {shorten(source_text)!r} run backwards; give the earlier first, with its year",
            text=source_text,
        )
    return days, warnings


def check_weekdays(weekdays: Sequence[int], days: Sequence[dt.date], *, source_text: str) -> None:
    """Refuse a day of the week (0 for Monday) that is none of `days`.

    Raises
    ------
    ReadingError
        If one is not.
    """
    for weekday in weekdays:
        if weekday not in {day.weekday() for day in days}:
            told = " and ".join(f"{day:%A} {day.isoformat()}" for day in days)
            raise ReadingError(
                f"the day of the week in {shorten(source_text)!r} is not that of {told}; correct one of the two",
                text=source_text,
            )


def _form_day(day: Day, year: int, text: str) -> dt.date:
    _check_year(year, text)
    try:
        return dt.date(year, day.month, day.day)
    except ValueError:
        raise ReadingError(
            f"{shorten(text)!r}: {day.day}/{day.month}/{year} (day, month, year) is no day of the calendar; correct "
            "the date",
            text=text,
        ) from None


def _find_years(printed: Sequence[Day], near: dt.date | None, text: str) -> tuple[list[int], list[str]]:
    """Return a year for each date: its own, or that of the other, or the nearest to the date given."""
    first, last = printed[0], printed[-1]
    # Over the turn of a year, not backwards within it: at most from November to February.
    turns = first.month > last.month and (last.month - first.month) % 12 <= 3
    warnings: list[str] = []
    if last.year is None and first.year is not None:
        years = [first.year, first.year + turns]
    elif last.year is not None:
        years = [first.year if first.year is not None else last.year - turns, last.year]
    elif near is None:
        raise ReadingError(f"the date in {shorten(text)!r} has no year: write it, or give a date near it", text=text)
    else:
        year = _nearest_year(last, near, text)
        years = [year - turns, year]
        warnings.append(
            say("the year {year} is not printed: it is the nearest to {day}", year=year, day=near.isoformat())
        )
    return years[-len(printed) :], warnings


def _nearest_year(day: Day, near: dt.date, text: str) -> int:
    apart = {
        year: abs((year - near.year) * 365.25 + (day.month - near.month) * 30.44 + day.day - near.day)
        for year in (near.year - 1, near.year, near.year + 1)
    }
    first, second = sorted(apart, key=lambda each: apart[each])[:2]
    if apart[second] - apart[first] < _CLEARLY_NEARER_DAYS:
        raise ReadingError(
            f"the date in {shorten(text)!r} has no year, and lies half a year from {near.isoformat()} either way: "
            "write its year",
            text=text,
        )
    return first


def _check_year(year: int, text: str) -> None:
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        raise ReadingError(
            f"{shorten(text)!r} lies outside the years {_EARLIEST_YEAR} to {_LATEST_YEAR}: check the year", text=text
        )
