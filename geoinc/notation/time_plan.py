"""The items of a printed time put in order: which dates, which clock times, and what joins two of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from geoinc.errors import ReadingError
from geoinc.notation.glyphs import shorten
from geoinc.notation.time_tokens import Clock, Day, Mark, TimeItem

__all__ = ["TimePlan", "plan_time"]

_NIGHTS: Final = frozenset({"night", "arabic night"})


@dataclass(frozen=True, slots=True)
class TimePlan:
    """What a printed time says.

    Attributes
    ----------
    days : tuple of Day
        None, one, or the two ends of a span of days.
    clocks : tuple of Clock
        None, one, or the two ends of a span of one day or part of it.
    parts : tuple of str
        Parts of the day, each once.
    approximation : str
        ``about``, ``just after``, ``just before``, ``after``, ``before``, or empty.
    weekdays : tuple of int
        0 for Monday.
    offsets, zones : tuple of str
        As printed, folded.
    later : TimePlan or None
        The second end, where each end has a clock time and a date of its own.
    """

    days: tuple[Day, ...] = ()
    clocks: tuple[Clock, ...] = ()
    parts: tuple[str, ...] = ()
    approximation: str = ""
    weekdays: tuple[int, ...] = ()
    offsets: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    later: TimePlan | None = None


def plan_time(items: Sequence[TimeItem], *, source_text: str) -> TimePlan:
    """Return what the items of a text say together.

    Parameters
    ----------
    items : sequence of Day, Clock and Mark
        In the order of the text.
    source_text : str
        As printed, for the message.

    Raises
    ------
    ReadingError
        If two dates or clock times stand side by side with nothing that joins them, or too many do.
    """
    joined, split = _find_joins(items, source_text)
    if split is None:
        return _collect(items, joined, source_text)
    earlier, later = _collect(items[:split], set(), source_text), _collect(items[split:], set(), source_text)
    if len(earlier.clocks) != 1 or len(later.clocks) != 1 or joined or earlier.parts or later.parts:
        raise _refuse_join(source_text)
    if earlier.approximation != later.approximation and later.approximation:
        raise _refuse_join(source_text)
    return replace(
        earlier,
        offsets=tuple(dict.fromkeys((*earlier.offsets, *later.offsets))),
        zones=tuple(dict.fromkeys((*earlier.zones, *later.zones))),
        later=later,
    )


def _find_joins(items: Sequence[TimeItem], text: str) -> tuple[set[type], int | None]:
    """Return which kinds of item stand in pairs, and where a span parts into a date and a clock time at each end."""
    joined: set[type] = set()
    splits = []
    opened = any(isinstance(item, Mark) and item.kind == "opener" for item in items)
    for place, item in enumerate(items):
        if not isinstance(item, Mark) or item.kind != "connector":
            continue
        before = next((each for each in reversed(items[:place]) if not isinstance(each, Mark)), None)
        behind = next((each for each in items[place + 1 :] if not isinstance(each, Mark)), None)
        alike = before is not None and type(before) is type(behind)
        binds = item.meaning != "and" or opened
        if alike and type(before) not in joined and (binds or _has_night(items)):
            joined.add(type(before))
        elif not alike and None not in {before, behind} and binds and item.meaning in {"strong", "and"}:
            splits.append(place)
        elif alike or item.meaning != "weak":
            raise _refuse_join(text)
    if len(splits) > 1:
        raise _refuse_join(text)
    return joined, splits[0] if splits else None


def _collect(items: Sequence[TimeItem], joined: set[type], text: str) -> TimePlan:
    marks: dict[str, dict[str, None]] = {}
    for item in items:
        if isinstance(item, Mark):
            marks.setdefault(item.kind, {})[item.meaning] = None
    days = tuple(item for item in items if isinstance(item, Day))
    clocks = tuple(item for item in items if isinstance(item, Clock))
    for kind, found in ((Day, days), (Clock, clocks)):
        if len(found) > (2 if kind in joined else 1):
            what = "dates" if kind is Day else "clock times"
            raise ReadingError(
                f"{shorten(text)!r} holds several {what}; give one, or two joined as in from 23:00 to 00:30", text=text
            )
    approximations = tuple(marks.get("approximation", ()))
    if len(approximations) > 1:
        raise ReadingError(
            f"{shorten(text)!r} says both {approximations[0]} and {approximations[1]}; keep one", text=text
        )
    return TimePlan(
        days=days,
        clocks=clocks,
        parts=tuple(marks.get("part", ())),
        approximation=approximations[0] if approximations else "",
        weekdays=tuple(int(each) for each in marks.get("weekday", ())),
        offsets=tuple(marks.get("offset", ())),
        zones=tuple(marks.get("zone", ())),
    )


def _has_night(items: Sequence[TimeItem]) -> bool:
    return any(isinstance(item, Mark) and item.meaning in _NIGHTS for item in items)


def _refuse_join(text: str) -> ReadingError:
    return ReadingError(
        f"what joins the dates or clock times of {shorten(text)!r} is not clear; write from 23:00 to 00:30, or the "
        "night of 31 March to 1 April 2025",
        text=text,
    )
