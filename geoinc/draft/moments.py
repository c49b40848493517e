"""Printed dates and clock times in a sentence, as far as their own words settle them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from geoinc.draft.tags import Tag, Tagged

__all__ = ["Moment", "find_moments"]

_MONTHS: Final[dict[str, int]] = {
    name: number
    for number, names in enumerate(
        (
            "january janvier enero يناير", "february fevrier febrero فبراير شباط", "march mars marzo مارس اذار",
            "april avril abril ابريل افريل نيسان", "may mai mayo مايو ماي ايار", "june juin junio يونيو جوان حزيران",
            "july juillet julio يوليو جويليه تموز", "august aout agosto اغسطس اوت اب",
            "september septembre septiembre setiembre سبتمبر ايلول", "october octobre octubre اكتوبر",
            "november novembre noviembre نوفمبر", "december decembre diciembre ديسمبر",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_SMALL: Final = frozenset(", of de du del the le el st nd rd th er من".split())
_DAY_WORDS: Final = frozenset("on le el the dated du del of de 1er in since until night يوم في".split())
_MAYBE: Final = frozenset({"may", "mars", "ab", "march", "اب", "ماي"})
_UNIVERSAL: Final = frozenset({"gmt", "utc", "z"})


@dataclass(frozen=True, slots=True)
class Moment:
    """A printed time.

    Attributes
    ----------
    first, last : int
        Its words.
    start, end : str
        On the clocks that it was printed by, as an incident file writes it; empty where the words do not settle
        the day with its year.
    zone : str
        ``UTC`` where printed; otherwise empty: nobody said whose clocks.
    """

    first: int
    last: int
    start: str = ""
    end: str = ""
    zone: str = ""


def find_moments(tagged: Tagged) -> list[Moment]:
    """Return the printed dates and clock times of a sentence, in order; a date and a clock near it are one.

    Parameters
    ----------
    tagged : Tagged
        The sentence.
    """
    days = _find_days(tagged)
    clocks = _find_clocks(tagged)
    moments = []
    joined: set[int] = set()
    for clock in clocks:
        day = min(
            (each for each in days if _gap(each, clock) <= 5 and each.first not in joined),
            key=lambda each: _gap(each, clock),
            default=None,
        )
        if day is not None:
            joined.add(day.first)
        moments.append(_join(tagged, day, clock))
    moments.extend(_day_alone(each) for each in days if each.first not in joined)
    return sorted(moments, key=lambda moment: moment.first)


@dataclass(frozen=True, slots=True)
class _Day:
    first: int
    last: int
    day: date | None


@dataclass(frozen=True, slots=True)
class _Clock:
    first: int
    last: int
    minutes: int | None
    zone: str


def _gap(day: _Day, clock: _Clock) -> int:
    return clock.first - day.last if clock.first > day.last else day.first - clock.last


def _find_days(tagged: Tagged) -> list[_Day]:
    found = []
    for month in tagged.all("month"):
        day = _day_beside(tagged, month)
        if day is not None:
            found.append(day)
    words = tagged.sentence.words
    for at in range(len(words) - 4):
        parts = [tagged.text(place) for place in range(at, at + 5)]
        if parts[1] == parts[3] == "-" and [len(parts[0]), len(parts[2]), len(parts[4])] == [4, 2, 2]:
            numbers = [_number(each) for each in parts[::2]]
            if None not in numbers:
                found.append(_Day(at, at + 4, _make_date(*numbers)))
    return found


def _day_beside(tagged: Tagged, month: Tag) -> _Day | None:
    name = next(form for form in tagged.sentence.words[month.first].forms if form in _MONTHS)
    number = _MONTHS[name]
    before = month.first - 1
    while tagged.text(before) in _SMALL and month.first - before < 3:
        before -= 1
    day = _number(tagged.text(before))
    first, last = (before, month.last) if day is not None and day <= 31 else (month.first, month.last)
    if day is None or day > 31:
        day = _number(tagged.text(month.last + 1))
        if day is None or day > 31:
            return None
        last = month.last + 1
    at = last + 1
    while tagged.text(at) in _SMALL and at - last < 3:
        at += 1
    year = _number(tagged.text(at))
    if year is not None and 1900 <= year <= 2100:
        last = at
    else:
        year = None
        if name in _MAYBE and tagged.text(first - 1) not in _DAY_WORDS:
            return None
    return _Day(first, last, None if year is None else _make_date(year, number, day))


def _find_clocks(tagged: Tagged) -> list[_Clock]:
    words = tagged.sentence.words
    found = [_Clock(tag.first, tag.last, None, _zone_behind(tagged, tag.last)) for tag in tagged.all("hour")]
    for at in range(len(words) - 1):
        hour = _number(tagged.text(at))
        joiner, minute = tagged.text(at + 1), _number(tagged.text(at + 2))
        if hour is None or hour > 24 or len(tagged.text(at)) > 2:
            continue
        touching = words[at].end == words[at + 1].start
        if joiner in (":", "h") and touching and minute is not None and minute < 60 and len(tagged.text(at + 2)) == 2:
            if words[at + 1].end == words[at + 2].start or joiner == "h":
                half = tagged.text(at + 3).replace(".", "") + tagged.text(at + 4).replace(".", "")
                shifted = any(half.startswith(each) for each in ("am", "pm")) or tagged.text(at + 3) in {"a", "p"}
                minutes = None if shifted or hour == 24 else hour * 60 + minute
                found.append(_Clock(at, at + 2, minutes, _zone_behind(tagged, at + 2)))
    return found


def _zone_behind(tagged: Tagged, place: int) -> str:
    return "UTC" if tagged.text(place + 1) in _UNIVERSAL else ""


def _join(tagged: Tagged, day: _Day | None, clock: _Clock) -> Moment:
    first = clock.first if day is None else min(day.first, clock.first)
    last = clock.last if day is None else max(day.last, clock.last)
    if clock.zone and tagged.text(clock.last + 1) in _UNIVERSAL:
        last = max(last, clock.last + 1)
    if day is None or day.day is None or clock.minutes is None:
        return Moment(first, last, zone=clock.zone)
    # A time printed to the minute covers that whole minute.
    hours, minutes = divmod(clock.minutes, 60)
    start = f"{day.day.isoformat()} {hours:02d}:{minutes:02d}"
    following = clock.minutes + 1
    end_day = day.day + timedelta(days=following // 1440)
    hours, minutes = divmod(following % 1440, 60)
    return Moment(first, last, start, f"{end_day.isoformat()} {hours:02d}:{minutes:02d}", clock.zone)


def _day_alone(day: _Day) -> Moment:
    if day.day is None:
        return Moment(day.first, day.last)
    following = day.day + timedelta(days=1)
    return Moment(day.first, day.last, f"{day.day.isoformat()} 00:00", f"{following.isoformat()} 00:00")


def _make_date(year: int | None, month: int | None, day: int | None) -> date | None:
    if year is None or month is None or day is None or not 1900 <= year <= 2100:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= 4 else None
