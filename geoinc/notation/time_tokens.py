"""A printed time cut into its items: dates, clock times, parts of the day, zones and what joins them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from geoinc.errors import AmbiguousReadingError, ReadingError
from geoinc.messages import say
from geoinc.notation.glyphs import shorten
from geoinc.notation.time_words import (
    ABBREVIATED_OFFSETS,
    APPROXIMATIONS,
    CONNECTORS,
    FILLERS,
    FIRST_DAYS,
    HOUR_WORDS,
    LOCAL_PHRASES,
    MERIDIEMS,
    MONTHS,
    OPENERS,
    PARTS,
    WEEKDAYS,
    WORD_CLOCKS,
)

__all__ = ["Clock", "Day", "Mark", "TimeItem", "cut_time"]


@dataclass(frozen=True, slots=True)
class Day:
    """A printed date; the year is None where the text has none.

    ``iso`` marks the form 2025-04-01, whose clock is the one of 24 hours.
    """

    day: int
    month: int
    year: int | None = None
    iso: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A printed clock time.

    Attributes
    ----------
    hour, minute, second : int
        As printed, am and pm applied; 24:00 keeps its 24.
    finest : str
        ``hour``, ``minute`` or ``second``: what the print names last.
    half : str
        ``known`` where the half of the day is known; ``open`` where either may be meant. Where only a part of the
        day beside it would tell otherwise: ``habit`` for a mark that goes with the clock of 24 hours (3 h), and
        ``likely`` where the print only looks like one (3:30).
    word : str
        ``midnight`` or ``noon`` where the text says so in a word.
    remark : str
        What a reader has to know of how the print was taken; empty for nothing.
    """

    hour: int
    minute: int = 0
    second: int = 0
    finest: str = "minute"
    half: str = "known"
    word: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that is neither date nor clock: its kind, and what it means.

    Kinds are ``part``, ``approximation``, ``connector``, ``opener``, ``weekday``, ``local``, ``offset`` and ``zone``.
    """

    kind: str
    meaning: str


TimeItem = Day | Clock | Mark


def _alternatives(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


_END: Final = r"(?![^\W\d_])"
_MONTH: Final = rf"(?:{_alternatives(MONTHS)}){_END}\.?"
# Arabic print names a month twice: "نيسان/أبريل".
_MONTHS: Final = rf"(?P<month>{_MONTH})(?: ?[/(] ?(?P<again>{_MONTH})\)?)?"
_ORDINAL: Final = rf"(?:(?:st|nd|rd|th|er|re|o){_END}|º)?(?![0-9])"
_DAY: Final = rf"(?:(?P<day>[0-9]{{1,2}}){_ORDINAL}|(?P<first>{_alternatives(FIRST_DAYS)}){_END})"
_OF: Final = "(?:of |de |d'|من شهر |من |شهر )?"
_YEAR: Final = (
    r"(?:(?:, ?| )?(?:of |de |del |سنة |عام )?(?P<year>(?:1[89]|2[01])[0-9]{2})"
    r"(?![0-9]|[:h.][0-9]| ?(?:hours|hrs)\b))?"
)
_JOIN: Final = r"(?: ?[-/] ?| (?:to|into|and|au|al|a|et|y|و|الى) | و)"

_DAY_MONTH: Final = re.compile(rf"{_DAY} ?{_OF}{_MONTHS}{_YEAR}")
_MONTH_DAY: Final = re.compile(rf"{_MONTHS} (?:the )?{_DAY}{_YEAR}")
_DAYS_MONTH: Final = re.compile(
    rf"(?P<one>[0-9]{{1,2}}){_ORDINAL}(?: {_OF.rstrip('?')})?{_JOIN}{_DAY} ?{_OF}{_MONTHS}{_YEAR}"
)
_MONTH_DAYS: Final = re.compile(rf"{_MONTHS} (?P<one>[0-9]{{1,2}}){_ORDINAL}{_JOIN}{_DAY}{_YEAR}")
_YEAR_FIRST: Final = re.compile(
    r"(?P<year>[0-9]{4})(?P<sign>[-/])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})(?![0-9])"
)
_YEAR_LAST: Final = re.compile(r"(?P<a>[0-9]{1,2})(?P<sign>[-/.])(?P<b>[0-9]{1,2})(?P=sign)(?P<year>[0-9]{4})(?![0-9])")

# "1 April 1930 GMT": half past seven, or a day of the year 1930.
_YEAR_OR_CLOCK: Final = re.compile(
    rf"{_DAY} ?{_OF}{_MONTHS} (?P<hour>1[89]|2[01])(?P<minute>[0-5][0-9])(?= ?(?:gmt|utc|z)(?![\w+-]| [+-]))"
)

_HALF: Final = rf"(?: ?(?P<half>{_alternatives(MERIDIEMS)}){_END})?"
_HOURS_MARK: Final = rf"(?:heures?|horas?|hours?|hrs?|h){_END}"
_TWELVE: Final = re.compile(rf"12(?:[:.]00)? (?P<word>noon|midday|midnight){_END}")
_CLOCKS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-9]{{2}})(?::(?P<second>[0-9]{{2}}))?(?![0-9:])"
        rf"(?: ?{_HOURS_MARK})?{_HALF}",
        rf"(?P<hour>[0-9]{{1,2}})\.(?P<minute>[0-9]{{2}})(?![0-9.][0-9])(?![0-9])(?: ?{_HOURS_MARK})?{_HALF}",
        rf"(?P<hour>[0-9]{{2}})(?P<minute>[0-9]{{2}})(?: ?(?:hours|hrs|hr|h){_END}|(?= ?(?:utc|gmt|z){_END}))",
        rf"(?P<hour>[0-9]{{1,2}}) ?(?P<mark>{_HOURS_MARK}) ?(?P<minute>[0-9]{{2}})(?![0-9:])(?! ?{_OF}{_MONTH})"
        rf"(?: ?(?:minutes?|minutos?|min|mn){_END})?",
        rf"(?P<hour>[0-9]{{1,2}}) ?(?P<mark>{_HOURS_MARK}){_HALF}",
        rf"(?P<hour>[0-9]{{1,2}}) ?(?P<half>{_alternatives(MERIDIEMS)}){_END}",
        rf"(?P<hour>[0-9]{{1,2}}) ?o'clock{_END}{_HALF}",
        rf"(?:las|la|الساعة) (?P<hour>[0-9]{{1,2}})(?![0-9:.])(?! ?{_HOURS_MARK})(?! {_OF}{_MONTH})",
        rf"(?P<word>{_alternatives(HOUR_WORDS)}) (?P<mark>o'clock|heures?){_END}(?P<more> et demie| et quart)?",
        rf"(?:las|la|الساعة) (?P<word>{_alternatives(HOUR_WORDS)}){_END}(?P<more> y media| y cuarto| والنصف| والربع)?",
        rf"(?P<word>{_alternatives(HOUR_WORDS)})(?= in the )",
        r"(?P<hour>[0-9]{1,2})(?= in the )",
        rf"(?P<word>{_alternatives(HOUR_WORDS)}) ?(?P<half>{_alternatives(MERIDIEMS)}){_END}",
    )
)
_QUARTERS: Final = {" et quart": 15, " y cuarto": 15, " والربع": 15}

_OFFSET: Final = re.compile(r"(?:utc|gmt)(?: ?[+-] ?[0-9]{1,2}(?::?[0-9]{2})?)?(?![\w])|z(?!\w)")
_BARE_OFFSET: Final = re.compile(r"[+-][0-9]{2}:?[0-9]{2}(?![0-9])")
_ISO_BEFORE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?P<sign>[t ])[0-9:]+$")
_ZONE: Final = re.compile(r"[a-z]+(?:/[a-z][a-z_]*(?:[+-][0-9]+|-[a-z][a-z_]*)*)+")

_PHRASES: Final[dict[str, TimeItem | None]] = (
    dict.fromkeys(FILLERS)
    | {phrase: Mark("opener", "between") for phrase in OPENERS}
    | {phrase: Mark("connector", meaning) for phrase, meaning in CONNECTORS.items()}
    | {phrase: Mark("weekday", str(number)) for phrase, number in WEEKDAYS.items()}
    | {phrase: Mark("local", phrase) for phrase in LOCAL_PHRASES}
    | {phrase: Mark("offset", offset) for phrase, offset in ABBREVIATED_OFFSETS.items()}
    | {phrase: Mark("approximation", meaning) for phrase, meaning in APPROXIMATIONS.items()}
    | {phrase: Mark("part", meaning) for phrase, meaning in PARTS.items()}
    | {phrase: Clock(0 if word == "midnight" else 12, finest="hour", word=word) for phrase, word in WORD_CLOCKS.items()}
)
_LONGEST: Final = max(map(len, _PHRASES))


def cut_time(folded: str, *, source_text: str) -> list[TimeItem]:
    """Return the items of a printed time in their order, without the words that mean nothing by themselves.

    Parameters
    ----------
    folded : str
        See `geoinc.notation.phrases.fold_phrase`.
    source_text : str
        As printed, for the message.

    Raises
    ------
    AmbiguousReadingError
        If day and month of a date can be exchanged, or if a year may be a clock time.
    ReadingError
        If a word or a number is no part of a time.

    Examples
    --------
    >>> cut_time("1er avril 2025 a 0h08", source_text="1er avril 2025 à 0h08")[0]
    Day(day=1, month=4, year=2025, iso=False)
    """
    items: list[TimeItem] = []
    place = 0
    while place < len(folded):
        if folded[place] == " ":
            place += 1
            continue
        found, end = _read_item(
            folded, place, after_clock=bool(items) and isinstance(items[-1], Clock), text=source_text
        )
        items += found
        place = end
    doubtful = _YEAR_OR_CLOCK.search(folded)
    if doubtful is not None and not any(isinstance(item, Clock) for item in items):
        raise _refuse_year(doubtful, folded, source_text)
    return items


def _refuse_year(match: re.Match[str], folded: str, text: str) -> ReadingError:
    year = f"{match['hour']}{match['minute']}"
    date = f"{year}-{_month(match['month']):02d}-{int(match['day'] or 1):02d}"
    behind = folded[match.end() :]
    return AmbiguousReadingError(
        f"{year} in {shorten(text)!r} may be a year or a clock time",
        text=text,
        readings=(
            f"{folded[: match.start()]}{date}{behind}",
            f"{folded[: match.start('hour')]}{match['hour']}:{match['minute']}{behind}",
        ),
    )


def _read_item(folded: str, place: int, *, after_clock: bool, text: str) -> tuple[list[TimeItem], int]:
    """Return what begins at `place`, and where it ends."""
    if folded[place].isdecimal() or folded[place].isalpha():
        for read in (_read_days, _read_clock):
            found = read(folded, place, text)
            if found is not None:
                return found
    offset = _OFFSET.match(folded, place) or (_match_offset(folded, place, text) if after_clock else None)
    if offset is not None:
        return [Mark("offset", offset.group().replace(" ", ""))], offset.end()
    for length in range(min(_LONGEST, len(folded) - place), 0, -1):
        phrase = folded[place : place + length]
        if phrase in _PHRASES and not (phrase[-1].isalpha() and folded[place + length : place + length + 1].isalpha()):
            item = _PHRASES[phrase]
            return [] if item is None else [item], place + length
    zone = _ZONE.match(folded, place)
    if zone is not None:
        return [Mark("zone", zone.group())], zone.end()
    word = re.match(r"\w+|.", folded[place:], re.DOTALL)
    raise ReadingError(
        f"{shorten(word.group() if word else '')!r} in {shorten(text)!r} is no part of a time that is read here; write "
        "a date and a clock time, such as 1 April 2025 at 00:08, and nothing else",
        text=text,
    )


def _match_offset(folded: str, place: int, text: str) -> re.Match[str] | None:
    """Return an offset without a name right behind a clock time; a dash there may join two clock times instead."""
    offset = _BARE_OFFSET.match(folded, place)
    if offset is None or offset.group().startswith("+"):
        return offset
    iso = _ISO_BEFORE.search(folded[:place])
    if iso is None:
        return None
    if iso["sign"] == " ":
        begun, clock = folded[: iso.start("sign")], folded[iso.end("sign") : place]
        raise AmbiguousReadingError(
            f"{offset.group()!r} in {shorten(text)!r} may be an offset, or a dash and a second clock time",
            text=text,
            readings=(
                f"{begun}t{folded[iso.end('sign') :]}",
                f"{begun} {clock} to {offset.group()[1:]}{folded[offset.end() :]}",
            ),
        )
    return offset


def _read_days(folded: str, place: int, text: str) -> tuple[list[TimeItem], int] | None:
    for pattern in (_YEAR_FIRST, _YEAR_LAST):
        match = pattern.match(folded, place)
        if match is not None:
            return [_read_numeric(match, folded, text)], match.end()
    for pattern in (_DAY_MONTH, _MONTH_DAYS, _MONTH_DAY, _DAYS_MONTH):
        match = pattern.match(folded, place)
        if match is not None:
            return list(_read_named(match, text)), match.end()
    return None


def _read_numeric(match: re.Match[str], folded: str, text: str) -> Day:
    year = int(match["year"])
    if match.re is _YEAR_FIRST:
        return Day(int(match["day"]), int(match["month"]), year, iso=match["sign"] == "-")
    first, second = int(match["a"]), int(match["b"])
    # Points part day, month and year in this order wherever they are used; strokes and dashes do not.
    orders = [(first, second)] if match["sign"] == "." else [(first, second), (second, first)]
    possible = list(dict.fromkeys((day, month) for day, month in orders if month <= 12 and day <= 31))
    if len(possible) > 1:
        raise AmbiguousReadingError(
            f"{match.group()} in {shorten(text)!r} may be day and month or month and day",
            text=text,
            readings=tuple(
                f"{folded[: match.start()]}{year:04d}-{month:02d}-{day:02d}{folded[match.end() :]}"
                for day, month in possible
            ),
        )
    day, month = possible[0] if possible else (first, second)
    return Day(day, month, year)


def _read_named(match: re.Match[str], text: str) -> Iterator[TimeItem]:
    month = _month(match["month"])
    if match["again"] and _month(match["again"]) != month:
        raise ReadingError(f"{shorten(text)!r} names two different months for one date; keep one", text=text)
    year = int(match["year"]) if match["year"] else None
    if "one" in match.re.groupindex:
        yield Day(int(match["one"]), month, year)
        yield Mark("connector", "strong")
    yield Day(int(match["day"] or 1), month, year)


def _month(printed: str) -> int:
    return MONTHS.get(printed) or MONTHS[printed.removesuffix(".")]


def _read_clock(folded: str, place: int, text: str) -> tuple[list[TimeItem], int] | None:
    twelve = _TWELVE.match(folded, place)
    if twelve is not None:
        word = WORD_CLOCKS[twelve["word"]]
        return [Clock(0 if word == "midnight" else 12, finest="hour", word=word)], twelve.end()
    for pattern in _CLOCKS:
        match = pattern.match(folded, place)
        if match is not None:
            return [_form_clock(match, text)], match.end()
    return None


def _form_clock(match: re.Match[str], text: str) -> Clock:
    groups = {name: match[name] for name in match.re.groupindex if match[name] is not None}
    word = groups.get("word")
    hour = HOUR_WORDS[word] if word else int(groups["hour"])
    minute = int(groups.get("minute", 0))
    finest = "second" if "second" in groups else "minute" if "minute" in groups else "hour"
    if "more" in groups:
        minute, finest = _QUARTERS.get(groups["more"], 30), "minute"
    second = int(groups.get("second", 0))
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        raise ReadingError(
            f"{match.group()!r} in {shorten(text)!r} is no time of a clock; hours run to 24:00, minutes to 59",
            text=text,
        )
    half = MERIDIEMS.get(groups.get("half", ""))
    if half:
        return _apply_half(Clock(hour, minute, second, finest), half, match.group(), text)
    return Clock(hour, minute, second, finest, half=_judge_half(hour, groups))


def _judge_half(hour: int, groups: dict[str, str]) -> str:
    """Return how sure the print is that its hour is one of 24."""
    if not 1 <= hour <= 12 or groups.get("hour", "").startswith("0"):
        return "known"
    if groups.get("mark", "").startswith(("h", "heure")) and "word" not in groups:
        return "habit"
    return "likely" if "minute" in groups else "open"


def _apply_half(clock: Clock, half: str, printed: str, text: str) -> Clock:
    if clock.hour > 12:
        raise ReadingError(
            f"{printed!r} in {shorten(text)!r} mixes the clock of 24 hours with am or pm; keep one", text=text
        )
    hour = clock.hour % 12 + (12 if half == "pm" else 0)
    remark = ""
    if clock.hour == 12 and not clock.minute:
        remark = say("12 am is read as midnight") if half == "am" else say("12 pm is read as noon")
    return Clock(hour, clock.minute, clock.second, clock.finest, remark=remark)
