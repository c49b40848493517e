"""Printed times to intervals in UTC.

What print leaves open becomes an interval whose width is a constant of this module, and the reading says so among
its warnings: `EVENING` and its like for the parts of a day, `ABOUT_WHOLE_HOUR` and its like for *around*.

References
----------
ISO 8601-1:2019 for dates and clocks in figures; IANA Time Zone Database for the zones.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from geoinc.dates import check_weekdays, find_days
from geoinc.errors import AmbiguousReadingError, ReadingError
from geoinc.messages import Number, later, number, say
from geoinc.notation.glyphs import check_length, shorten
from geoinc.notation.phrases import fold_phrase
from geoinc.notation.time_plan import TimePlan, plan_time
from geoinc.notation.time_tokens import Clock, Day, cut_time
from geoinc.spans import LocalEnd, open_clocks, place_span

__all__ = [
    "ABOUT_OTHER_TIME",
    "ABOUT_WHOLE_HOUR",
    "PART_HOURS",
    "SHORTLY",
    "WHOLE_HOUR",
    "TimeReading",
    "read_time",
]

# How far an hour printed without its minutes reaches, either way.
WHOLE_HOUR: Final = dt.timedelta(minutes=30)
# "Around" a whole hour, and around any other time.
ABOUT_WHOLE_HOUR: Final = dt.timedelta(hours=1)
ABOUT_OTHER_TIME: Final = dt.timedelta(minutes=15)
# "Shortly after", "just before".
SHORTLY: Final = dt.timedelta(minutes=30)

# The parts of a day, in hours from the midnight that begins it.
PART_HOURS: Final = {
    "night": (18, 30),
    "early hours": (0, 6),
    "morning": (6, 12),
    "afternoon": (12, 18),
    "evening": (18, 24),
}
# Which clock times may be said to lie in each: wider, for nobody's evening begins at 18:00 sharp.
_REACH_HOURS: Final = {
    "night": (17, 33),
    "early hours": (0, 8),
    "morning": (0, 12),
    "afternoon": (12, 21),
    "evening": (15, 24),
}
# The night of one date may also be the one that ends on it, as far as its clock times tell.
_SMALL_HOURS: Final = (0, 9)

_BRACKETS: Final = re.compile(r"\((?P<inner>[^()]*)\)")
_NIGHTS: Final = frozenset({"night", "arabic night"})
_ENGLISH: Final = {
    "": "",
    "about": "around ",
    "just after": "shortly after ",
    "just before": "shortly before ",
    "after": "after ",
    "before": "before ",
}

_TAKEN: Final = {
    "night": later("'night' is taken as {start} to {end}"),
    "early hours": later("'early hours' is taken as {start} to {end}"),
    "morning": later("'morning' is taken as {start} to {end}"),
    "afternoon": later("'afternoon' is taken as {start} to {end}"),
    "evening": later("'evening' is taken as {start} to {end}"),
}
_AROUND_WHOLE_HOUR: Final = later("around a whole hour is taken as {minutes} minutes either way")
_AROUND_TIME: Final = later("around a time is taken as {minutes} minutes either way")
_SHORTLY: Final = {
    "just after": later("shortly after is taken as within {minutes} minutes"),
    "just before": later("shortly before is taken as within {minutes} minutes"),
}


@dataclass(frozen=True, slots=True)
class TimeReading:
    """A printed time as an interval.

    Attributes
    ----------
    start_utc, end_utc : datetime
        Aware, in UTC. A minute on a clock lasts until the next: 00:08 ends at 00:09.
    zone : str
        Whose clocks: an IANA name, or an offset such as ``UTC+01:00``.
    text : str
        As it was printed.
    warnings : tuple of str
        What was assumed, with its width, and what else a reader should know.
    """

    start_utc: dt.datetime
    end_utc: dt.datetime
    zone: str
    text: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Window:
    """A part of one day on local clocks, and the wider spans in which its clock times may lie."""

    start: dt.datetime
    end: dt.datetime
    spans: tuple[tuple[dt.datetime, dt.datetime], ...]

    def reaches(self, moment: dt.datetime) -> bool:
        """Whether a clock time may be said to lie in this part of the day."""
        return any(start <= moment <= end for start, end in self.spans)


def read_time(
    text: str, *, date: dt.date | None = None, zone: str | None = None, territory: str | None = None
) -> TimeReading:
    """Read a printed time: a clock time, a part of a day, a night, a day, in English, French, Spanish or Arabic.

    Parameters
    ----------
    text : str
        The time alone, at most 200 characters: "on 1 April 2025 at 00:08", "la nuit du 31 mars au 1er avril 2025".
    date : date, optional
        The day that is meant where the text has no date. A date printed without its year is taken as the one nearest
        to it, with a warning.
    zone : str, optional
        IANA name, or an offset such as UTC+1, of the clocks. A zone in the text must agree with it.
    territory : str, optional
        ISO 3166-1 alpha-3 code of the speaker's territory, whose clocks serve where neither the text nor `zone` says
        which.

    Returns
    -------
    TimeReading
        The interval in UTC.

    Raises
    ------
    AmbiguousReadingError
        If the text can be read in more than one way: 01/04/2025, midnight on a day, three o'clock, a territory with
        several clocks, a local time that occurred twice. ``readings`` lists the ways.
    ReadingError
        If it cannot be read, if date or zone are missing, or if the clocks never showed it.

    Examples
    --------
    >>> read_time("on 1 April 2025 at 00:08", territory="DZA").start_utc.isoformat()
    '2025-03-31T23:08:00+00:00'
    >>> reading = read_time("la nuit du 31 mars au 1er avril 2025 vers minuit", zone="Africa/Algiers")
    >>> reading.start_utc.isoformat(), reading.end_utc.isoformat()
    ('2025-03-31T22:00:00+00:00', '2025-04-01T00:00:00+00:00')
    >>> reading.warnings
    ('around a whole hour is taken as 60 minutes either way',)
    """
    check_length(text, "time")
    folded = fold_phrase(text)
    core, aside = _part_aside(folded, text)
    plan = plan_time(cut_time(core, source_text=text), source_text=text)
    reader = _Reader(text, plan, date)
    start, end = reader.find_ends()
    printed = (*plan.offsets, *plan.zones)
    placed = place_span(start, end, printed=printed, zone=zone, territory=territory, source_text=text)
    if aside is not None:
        _check_aside(aside, placed.start_utc - start.shift, text)
    warnings = tuple(dict.fromkeys((*reader.warnings, *placed.warnings)))
    return TimeReading(placed.start_utc, placed.end_utc, placed.zone, text, warnings)


class _Reader:
    """Puts the items of one text onto the calendar of local clocks."""

    def __init__(self, text: str, plan: TimePlan, date: dt.date | None) -> None:
        self.text = text
        self.warnings: list[str] = []
        self._plan = plan
        self._date = date

    def find_ends(self) -> tuple[LocalEnd, LocalEnd]:
        """Return both ends on local clocks."""
        plan = self._plan
        if plan.later is not None:
            return self._find_split()
        days = self._find_days(plan.days)
        check_weekdays(plan.weekdays, days, source_text=self.text)
        windows = [self._form_window(part, days) for part in plan.parts]
        if not plan.clocks:
            return self._find_without_clock(days, windows)
        found = [self._place(clock, days, windows) for clock in plan.clocks]
        pairs = [pair for pair in product(*found) if len(pair) == 1 or pair[0] < pair[1]]
        if len(plan.clocks) == 2 and not pairs:
            pairs = self._cross_midnight(found)
        if len(pairs) > 1:
            raise self._refuse(pairs)
        if not pairs:
            raise ReadingError(
                f"the time {shorten(self.text)!r} runs backwards; give the earlier first", text=self.text
            )
        return self._widen(pairs[0], windows)

    def _find_split(self) -> tuple[LocalEnd, LocalEnd]:
        """Return the ends of a span that prints a date and a clock time at each."""
        plan, later = self._plan, self._plan.later or self._plan
        both = (*plan.days, *later.days)
        days = self._find_days(both)
        check_weekdays((*plan.weekdays, *later.weekdays), days, source_text=self.text)
        sides = [(plan.clocks, days[:1]), (later.clocks, days[-1:])]
        found = [self._place(clock, day, []) for clocks, day in sides for clock in clocks]
        pairs = [pair for pair in product(*found) if pair[0] < pair[1]]
        if len(pairs) > 1:
            raise self._refuse(pairs)
        if not pairs:
            raise ReadingError(
                f"the time {shorten(self.text)!r} runs backwards; give the earlier first", text=self.text
            )
        return self._widen(pairs[0], [])

    def _find_days(self, printed: Sequence[Day]) -> list[dt.date]:
        days, warnings = find_days(printed, self._date, source_text=self.text)
        self.warnings += warnings
        return days

    def _form_window(self, part: str, days: Sequence[dt.date]) -> _Window:
        first = days[0]
        if part in _NIGHTS:
            if len(days) == 2 and (days[1] - first).days != 1:
                raise ReadingError(
                    f"the night of {shorten(self.text)!r} lasts from {first.isoformat()} to {days[1].isoformat()}; "
                    "give two days that follow each other",
                    text=self.text,
                )
            if len(days) == 1 and not self._plan.clocks and part == "arabic night":
                raise self._refuse_night(first)
            if len(days) == 1 and not self._plan.clocks:
                self.warnings.append(say("the night of one date is taken as the one that begins on it"))
            part = "night"
        elif len(days) == 2 and not _NIGHTS & set(self._plan.parts):
            raise ReadingError(
                f"{shorten(self.text)!r} gives two dates for one {part}; give the one on which it was", text=self.text
            )
        low, high = PART_HOURS[part]
        reach = [_REACH_HOURS[part]]
        if part == "night" and len(days) == 1:
            reach.append(_SMALL_HOURS)
        if not self._plan.clocks:
            self.warnings.append(say(_TAKEN[part], start=f"{low:02d}:00", end=f"{(high - 1) % 24 + 1:02d}:00"))
        # "Two in the morning, in the night of 31 March to 1 April": of either day; the night settles which.
        places = days if part != "night" else days[:1]
        spans = tuple((_at(day, start), _at(day, end)) for day in places for start, end in reach)
        return _Window(_at(first, low), _at(first, high), spans)

    def _refuse_night(self, day: dt.date) -> ReadingError:
        nights = ((day - dt.timedelta(days=1), day), (day, day + dt.timedelta(days=1)))
        return AmbiguousReadingError(
            f"the night of {shorten(self.text)!r} may be the one before that day, as is the custom in Arabic, or the "
            "one after it",
            text=self.text,
            readings=tuple(
                f"night of {first.isoformat()} to {last.isoformat()}{self._suffix}" for first, last in nights
            ),
        )

    def _find_without_clock(self, days: Sequence[dt.date], windows: Sequence[_Window]) -> tuple[LocalEnd, LocalEnd]:
        if self._plan.approximation:
            raise ReadingError(
                f"a word such as around in {shorten(self.text)!r} stands by no clock time; add the time or drop it",
                text=self.text,
            )
        if len(windows) > 1:
            raise ReadingError(f"{shorten(self.text)!r} names two parts of the day; keep one", text=self.text)
        if windows:
            return LocalEnd(windows[0].start, printed=False), LocalEnd(windows[0].end, printed=False)
        if not self._plan.days:
            raise ReadingError(
                f"{shorten(self.text)!r} holds neither a date nor a clock time; write 1 April 2025 at 00:08",
                text=self.text,
            )
        return LocalEnd(_at(days[0], 0), printed=False), LocalEnd(_at(days[-1], 24), printed=False)

    def _place(self, clock: Clock, days: Sequence[dt.date], windows: Sequence[_Window]) -> list[dt.datetime]:
        """Return every moment that a clock time may name."""
        if clock.remark:
            self.warnings.append(clock.remark)
        if windows:
            hours = {clock.hour % 12, clock.hour % 12 + 12} if clock.half != "known" else {clock.hour}
            around = [windows[0].start.date() + dt.timedelta(days=step) for step in (-1, 0, 1, 2)]
            moments = {_at(day, hour, clock) for day in around for hour in hours}
            found = [m for m in moments if all(window.reaches(m) for window in windows)]
            if not found:
                raise ReadingError(
                    f"no {clock.hour:02d}:{clock.minute:02d} lies in the part of the day that {shorten(self.text)!r} "
                    "names; correct one of the two",
                    text=self.text,
                )
            return sorted(found)
        if len(days) == 2:
            if clock.word == "midnight" and (days[1] - days[0]).days == 1:
                return [_at(days[1], 0)]
            raise ReadingError(
                f"{shorten(self.text)!r} gives two dates for one clock time; keep the one on which it was",
                text=self.text,
            )
        if clock.word == "midnight":
            return [_at(days[0], 0), _at(days[0], 24)]
        if clock.half == "open":
            return [_at(days[0], clock.hour % 12, clock), _at(days[0], clock.hour % 12 + 12, clock)]
        if clock.half == "likely" and not any(day.iso for day in self._plan.days):
            self.warnings.append(
                say(
                    "{time} is read on the clock of 24 hours, for neither am nor pm is printed",
                    time=f"{clock.hour}:{clock.minute:02d}",
                )
            )
        return [_at(days[0], clock.hour, clock)]

    def _cross_midnight(self, found: Sequence[Sequence[dt.datetime]]) -> list[tuple[dt.datetime, ...]]:
        """Return the two ways to lay a span over midnight when one date is printed for both of its ends."""
        day = dt.timedelta(days=1)
        pairs: list[tuple[dt.datetime, ...]] = []
        for first, last in product(*found):
            pairs += [(first - day, last), (first, last + day)]
        return pairs

    def _refuse(self, pairs: Sequence[tuple[dt.datetime, ...]]) -> ReadingError:
        clocks = (*self._plan.clocks, *(self._plan.later.clocks if self._plan.later else ()))
        opening = _ENGLISH[self._plan.approximation]
        readings = tuple(
            opening
            + " to ".join(_write(moment, clock) for moment, clock in zip(pair, clocks, strict=True))
            + self._suffix
            for pair in pairs
        )
        return AmbiguousReadingError(
            f"the time {shorten(self.text)!r} may fall on more than one moment", text=self.text, readings=readings
        )

    @property
    def _suffix(self) -> str:
        """The zone that the text states, so that a reading keeps it."""
        return "".join(f" {zone}" for zone in (*self._plan.offsets, *self._plan.zones))

    def _widen(self, moments: Sequence[dt.datetime], windows: Sequence[_Window]) -> tuple[LocalEnd, LocalEnd]:
        clocks = (*self._plan.clocks, *(self._plan.later.clocks if self._plan.later else ()))
        kind = self._plan.approximation
        first = list(self._reach(clocks[0], kind))
        last = list(self._reach(clocks[-1], kind))
        start, end = LocalEnd(moments[0], first[0]), LocalEnd(moments[-1], last[1])
        if kind in {"after", "before"}:
            if len(windows) != 1 or len(clocks) != 1:
                raise ReadingError(
                    f"{shorten(self.text)!r} says {kind} and leaves the other end open; give both ends, or the night "
                    "or other part of the day in which it was",
                    text=self.text,
                )
            window = windows[0]
            outer = window.end if kind == "after" else window.start
            self.warnings.append(
                say("the other end is taken as {time}, the end of that part of the day", time=f"{outer:%H:%M}")
            )
            ends = (LocalEnd(moments[0]), LocalEnd(outer, printed=False))
            start, end = ends if kind == "after" else (LocalEnd(outer, printed=False), LocalEnd(moments[0]))
            if start.local > end.local:
                raise ReadingError(f"nothing is left of the part of the day in {shorten(self.text)!r}", text=self.text)
        return start, end

    def _reach(self, clock: Clock, kind: str) -> Iterator[dt.timedelta]:
        """Yield how far before and behind the printed moment the interval ends."""
        none = dt.timedelta()
        if kind == "about":
            whole = clock.minute == clock.second == 0
            width = ABOUT_WHOLE_HOUR if whole else ABOUT_OTHER_TIME
            around = _AROUND_WHOLE_HOUR if whole else _AROUND_TIME
            self.warnings.append(say(around, minutes=_minutes(width)))
            yield from (-width, width)
        elif kind in {"just after", "just before"}:
            self.warnings.append(say(_SHORTLY[kind], minutes=_minutes(SHORTLY)))
            yield from (none, SHORTLY) if kind == "just after" else (-SHORTLY, none)
        elif clock.finest == "hour" and not kind:
            self.warnings.append(
                say(
                    "an hour without its minutes is taken as {minutes} minutes either way", minutes=_minutes(WHOLE_HOUR)
                )
            )
            yield from (-WHOLE_HOUR, WHOLE_HOUR)
        else:
            yield from (none, dt.timedelta(seconds=1) if clock.finest == "second" else dt.timedelta(minutes=1))


def _part_aside(folded: str, text: str) -> tuple[str, TimePlan | None]:
    """Return a text without the same moment on other clocks in brackets, "(23:08 GMT)", and what these say."""
    for match in _BRACKETS.finditer(folded):
        plan = plan_time(cut_time(match["inner"], source_text=text), source_text=text)
        if len(plan.clocks) == 1 and plan.offsets + plan.zones:
            return f"{folded[: match.start()]} {folded[match.end() :]}", plan
    return folded, None


def _check_aside(aside: TimePlan, moment: dt.datetime, text: str) -> None:
    """Refuse clocks in brackets that did not show what they are said to have shown."""
    for name in (*aside.offsets, *aside.zones):
        there = moment.astimezone(open_clocks(name))
        clock = aside.clocks[0]
        hours = {clock.hour % 24} if clock.half == "known" else {clock.hour % 12, clock.hour % 12 + 12}
        days = {(day.month, day.day) for day in aside.days} or {(there.month, there.day)}
        if there.hour not in hours or there.minute != clock.minute or (there.month, there.day) not in days:
            raise ReadingError(
                f"the two clock times of {shorten(text)!r} are not one moment: the clocks in brackets showed "
                f"{there:%H:%M} on {there.date().isoformat()}; correct one of the two",
                text=text,
            )


def _at(day: dt.date, hour: int, clock: Clock | None = None) -> dt.datetime:
    """Return a moment on local clocks; hours run on into the next days."""
    midnight = dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001 - local clocks, put into UTC later
    minute, second = (clock.minute, clock.second) if clock else (0, 0)
    return midnight + dt.timedelta(hours=hour, minutes=minute, seconds=second)


def _write(moment: dt.datetime, clock: Clock) -> str:
    """Return a moment so that it is read back with the width of its print."""
    if clock.word == "midnight":
        before = moment.date() - dt.timedelta(days=1)
        return f"midnight in the night of {before.isoformat()} to {moment.date().isoformat()}"
    if clock.finest == "hour":
        return f"{moment.hour % 12 or 12} {'pm' if moment.hour >= 12 else 'am'} on {moment.date().isoformat()}"
    return f"{moment:%Y-%m-%d %H:%M}" + (f":{moment:%S}" if clock.finest == "second" else "")


def _minutes(width: dt.timedelta) -> Number:
    return number(round(width.total_seconds() / 60))
