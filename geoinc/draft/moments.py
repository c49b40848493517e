"""Where dates and clock times are printed in a sentence; what they say is for the reader of times."""

from __future__ import annotations

from typing import Final

from geoinc.draft.tags import Tag, Tagged
from geoinc.draft.word_sets import word_set

__all__ = ["find_moments"]

_DAY_BESIDE: Final = word_set(", of de du del the le el st nd rd th er º er من")
_BETWEEN: Final = word_set(
    ", at on the of to and in a au aux du le la les de el del al y et en vers around about by les h from vers local"
    " time heure heures hora horas gmt utc - علي الساعه الي في من من"
)
# Month names that are other words too: they need a day of their own and a word that leads to a date.
_OTHER_WORDS: Final = frozenset({"may", "mars", "march", "ab", "اب", "ماي", "mai"})
_LEADS_TO_DATE: Final = word_set("on le el the dated du del of since until night by au al from يوم في")
_LONGEST: Final = 24


def find_moments(tagged: Tagged) -> list[Tag]:
    """Return the printed dates and clock times of a sentence as tags of the concept ``moment``, in order.

    A date and the clock time beside it are one, and so are the two dates of a night; words such as *around*,
    *towards* and *the night of* belong to what they stand before.

    Parameters
    ----------
    tagged : Tagged
        The sentence.
    """
    parts = sorted([*_find_days(tagged), *_find_clocks(tagged)], key=lambda tag: (tag.first, -tag.last))
    moments: list[Tag] = []
    for part in parts:
        if moments and part.first <= moments[-1].last:
            continue
        if moments and _is_joined(tagged, moments[-1], part):
            moments[-1] = Tag("moment", "", moments[-1].first, part.last)
        else:
            moments.append(Tag("moment", "", part.first, part.last))
    return [Tag("moment", "", _take_leads(tagged, each.first), _take_zone(tagged, each.last)) for each in moments]


def _find_days(tagged: Tagged) -> list[Tag]:
    found = [day for month in tagged.all("month") if (day := _read_day(tagged, month)) is not None]
    for at in range(len(tagged.sentence.words) - 4):
        parts = [tagged.text(place) for place in range(at, at + 5)]
        if parts[1] == parts[3] == "-" and [len(each) for each in parts[::2]] == [4, 2, 2]:
            found.extend([Tag("day", "", at, at + 4)] if all(each.isdecimal() for each in parts[::2]) else [])
    return found


def _read_day(tagged: Tagged, month: Tag) -> Tag | None:
    """Return a month with its day and, where printed, its year."""
    before = month.first - 1
    while tagged.text(before) in _DAY_BESIDE and month.first - before < 3:
        before -= 1
    first, last = month.first, month.last
    if _is_day(tagged.text(before)):
        first = before
    elif _is_day(tagged.text(month.last + 1)):
        last = month.last + 1
    else:
        return None
    at = last + 1
    while tagged.text(at) in _DAY_BESIDE and at - last < 3:
        at += 1
    year = tagged.text(at)
    if year.isdecimal() and len(year) == 4 and "1800" <= year <= "2200":
        return Tag("day", "", first, at)
    spoken = set(tagged.sentence.words[month.first].forms)
    if spoken & _OTHER_WORDS and tagged.text(first - 1) not in _LEADS_TO_DATE:
        return None
    return Tag("day", "", first, last)


def _find_clocks(tagged: Tagged) -> list[Tag]:
    words = tagged.sentence.words
    found = [Tag("clock", "", tag.first, tag.last) for tag in tagged.all("hour")]
    for at in range(len(words) - 1):
        hour = tagged.text(at)
        if not (hour.isdecimal() and len(hour) <= 2 and int(hour) <= 24):
            # A clock time with a full stop is one number: 12.30 a.m.
            if words[at].is_number and hour.replace(".", "").isdecimal() and _half_behind(tagged, at) is not None:
                found.append(Tag("clock", "", at, _half_behind(tagged, at) or at))
            continue
        minutes = tagged.text(at + 2)
        if tagged.text(at + 1) in {":", "h"} and minutes.isdecimal() and len(minutes) == 2 and int(minutes) < 60:
            if words[at].end == words[at + 1].start:
                found.append(Tag("clock", "", at, _half_behind(tagged, at + 2) or at + 2))
        elif (half := _half_behind(tagged, at)) is not None:
            found.append(Tag("clock", "", at, half))
        elif tagged.text(at + 1) in {"h", "heures", "horas"}:
            found.append(Tag("clock", "", at, at + 1))
    return found


def _half_behind(tagged: Tagged, place: int) -> int | None:
    """Return the last word of a.m. or p.m. behind a number; None where neither stands there."""
    if tagged.text(place + 1) in {"am", "pm"}:
        return place + 1
    if tagged.text(place + 1) in {"a", "p"} and tagged.text(place + 2) == "." and tagged.text(place + 3) == "m":
        return place + 4 if tagged.text(place + 4) == "." else place + 3
    return None


def _is_joined(tagged: Tagged, one: Tag, other: Tag) -> bool:
    if other.first - one.last > 6 or other.last - one.first > _LONGEST:
        return False
    words = tagged.sentence.words
    return all(set(words[place].forms) & _BETWEEN for place in range(one.last + 1, other.first))


def _take_leads(tagged: Tagged, first: int) -> int:
    """Return where the words begin that say around, towards, the night of and the like."""
    moved = True
    while moved and first > 0:
        moved = False
        for tag in tagged.all("time_lead"):
            gap = range(tag.last + 1, first)
            if tag.last < first and len(gap) <= 3 and all(tagged.text(place) in _BETWEEN for place in gap):
                first, moved = tag.first, True
                break
    return first


def _take_zone(tagged: Tagged, last: int) -> int:
    if tagged.text(last + 1) in {"gmt", "utc"}:
        return last + 1
    pair = f"{tagged.text(last + 1)} {tagged.text(last + 2)}"
    return last + 2 if pair in {"local time", "heure locale", "hora local"} else last


def _is_day(text: str) -> bool:
    return text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= 31
