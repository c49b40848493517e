"""The timeline: when each side says that something happened, and when it was published.

A time is a bar as long as what was printed allows: a minute, an evening, a day on whichever clock. What only stands
before or after something else is an arrow from there. The text of the page repeats all of it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from markupsafe import Markup

from geoinc.claims import OrderClaim, TimeClaim
from geoinc.findings import AssessmentData
from geoinc.messages import Voice, join, say
from geoinc.render import words
from geoinc.render.captions import Caption
from geoinc.render.clocks import WallClock, day_range, short_day, wall_clocks
from geoinc.render.facts import COMMA
from geoinc.render.labels import text_width
from geoinc.render.roles import Cast
from geoinc.render.styles import standalone
from geoinc.render.svg import element, number

__all__ = ["Bar", "Chapter", "timeline", "timeline_drawings", "timeline_svg"]

_WIDTH: Final = 400.0
_ROW: Final = 30.0
_CLOCK: Final = 15.0
_HEADING: Final = 21.0
_BAR: Final = 10.0
_LEAST: Final = 3.0
_APART: Final = {True: timedelta(days=45), False: timedelta(hours=36)}
_STEPS_MIN: Final = (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7 * 1440, 14 * 1440, 28 * 1440, 91 * 1440)
_YEAR_MIN: Final = 365 * 1440


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: from when to when something may have happened; an end that nobody gave is None.

    Attributes
    ----------
    start, end : datetime or None
        In UTC.
    heading : str
        The event; empty for a publication.
    caption : str
        When, on the clock on which it was said; for a publication, who and when.
    tags : tuple of str
        Of the claims.
    colour : int or None
        Of the party; None for a publication that carries no claim.
    published : bool
    """

    start: datetime | None
    end: datetime | None
    heading: str
    caption: str
    tags: tuple[str, ...]
    colour: int | None
    published: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """Rows that share an axis.

    Attributes
    ----------
    start, end : datetime
        Ends of the axis, in UTC.
    bars : tuple of Bar
    published : bool
        Whether it holds publications, on an axis of days; else events, on an axis of hours.
    """

    start: datetime
    end: datetime
    bars: tuple[Bar, ...]
    published: bool


def timeline(cast: Cast) -> tuple[Chapter, ...]:
    """Return the events and then the publications, each in order of time; none where no time is given.

    Parameters
    ----------
    cast : Cast

    Returns
    -------
    tuple of Chapter
        What lies far apart stands in chapters of its own.
    """
    chapters: list[Chapter] = []
    for published, bars in ((False, _events(cast)), (True, _publications(cast))):
        for group in _clusters(bars, _APART[published]):
            starts = [each for bar in group for each in (bar.start, bar.end) if each is not None]
            low, high = min(starts), max(starts)
            margin = max((high - low) * 0.06, timedelta(minutes=5))
            chapters.append(Chapter(low - margin, high + margin, tuple(group), published))
    return tuple(chapters)


def _clusters(bars: Sequence[Bar], apart: timedelta) -> list[list[Bar]]:
    groups: list[list[Bar]] = []
    reached: datetime | None = None
    for bar in bars:
        start, end = bar.start or bar.end, bar.end or bar.start
        if start is None or end is None:
            continue
        if reached is None or start - reached > apart:
            groups.append([])
            reached = end
        groups[-1].append(bar)
        reached = max(reached, end)
    return groups


def _when(bar: Bar) -> datetime:
    found = bar.start or bar.end
    return found or datetime.max.replace(tzinfo=UTC)


def _events(cast: Cast) -> list[Bar]:
    claims = cast.data.incident.claims
    timed = [claim for claim in claims if isinstance(claim, TimeClaim)]
    bars = []
    for claim in timed:
        when = words.local_span(claim.start_utc, claim.end_utc, claim.zone) or words.span(
            claim.start_utc, claim.end_utc
        )
        bars.append(_bar(cast, claim, claim.start_utc, claim.end_utc, when))
    for each in claims:
        if isinstance(each, OrderClaim):
            bars += _ordered(cast, each, timed)
    return _by_event(bars)


def _by_event(bars: Sequence[Bar]) -> list[Bar]:
    """Return the bars in order of time, those on one event together, by the first of them."""
    ordered = sorted(bars, key=_when)
    first = {bar.heading: place for place, bar in reversed(list(enumerate(ordered)))}
    return sorted(ordered, key=lambda bar: first[bar.heading])


def _ordered(cast: Cast, claim: OrderClaim, timed: Sequence[TimeClaim]) -> list[Bar]:
    """Return an arrow up to what an event came before, and one from what it came after, where their times are given."""
    bars = []
    for other in claim.before:
        ends = [each.end_utc for each in timed if each.event == other]
        if ends:
            caption = say("before: {other}", other=cast.point(other))
            bars.append(_bar(cast, claim, None, max(ends), caption))
    for other in claim.after:
        starts = [each.start_utc for each in timed if each.event == other]
        if starts:
            caption = say("after: {other}", other=cast.point(other))
            bars.append(_bar(cast, claim, min(starts), None, caption))
    return bars


def _bar(cast: Cast, claim: TimeClaim | OrderClaim, start: datetime | None, end: datetime | None, caption: str) -> Bar:
    event = words.capital(cast.point(claim.event))
    return Bar(start, end, event, caption, (claim.tag,), cast.role(claim).colour)


def _publications(cast: Cast) -> list[Bar]:
    incident = cast.data.incident
    bars = []
    for reference in incident.references.values():
        if reference.published is None:
            continue
        start, end = day_range(cast, reference.published)
        claims = [claim for claim in incident.claims if claim.reference == reference.id]
        caption = say("{publisher}, {day}", publisher=reference.publisher, day=words.day(reference.published))
        colour = cast.role(claims[0]).colour if claims else None
        bars.append(Bar(start, end, "", caption, tuple(claim.tag for claim in claims), colour, published=True))
    return sorted(bars, key=_when)


class _Drawing:
    """Draws one chapter."""

    def __init__(self, cast: Cast, chapter: Chapter) -> None:
        self.cast, self.chapter = cast, chapter
        self.clocks: tuple[WallClock, ...] = wall_clocks(cast, chapter.start)
        if chapter.published:
            self.clocks = self.clocks[:1]
        self.gutter = max(text_width(cast.voice(clock.name), 11) for clock in self.clocks) + 14
        self.head = _CLOCK * len(self.clocks) + 6
        self.captions = [
            Caption(
                cast.voice,
                bar.caption,
                width=_WIDTH,
                class_="gi-caption",
                tag=join(bar.tags, COMMA),
                colour=bar.colour,
            )
            for bar in chapter.bars
        ]
        self.headings = {
            bar.heading: Caption(cast.voice, bar.heading, width=_WIDTH, class_="gi-head", size=12)
            for bar in chapter.bars
            if bar.heading
        }
        extra = sum(each.extra for each in self.captions) + sum(
            _HEADING + each.extra for each in self.headings.values()
        )
        self.height = self.head + _ROW * len(chapter.bars) + extra + 6
        self.parts: list[Markup] = []

    def x(self, at: datetime) -> float:
        whole = self.chapter.end - self.chapter.start
        return self.gutter + (at - self.chapter.start) / whole * (_WIDTH - self.gutter)

    def ticks(self) -> list[datetime]:
        """Return round instants of UTC, about five of them."""
        minutes = (self.chapter.end - self.chapter.start) / timedelta(minutes=1)
        steps = [step for step in _STEPS_MIN if not self.chapter.published or step >= 1440]
        step = next((each for each in steps if minutes / each <= 6), _YEAR_MIN * math.ceil(minutes / _YEAR_MIN / 6))
        first = self.chapter.start.replace(hour=0, minute=0, second=0, microsecond=0)
        skipped = math.ceil((self.chapter.start - first) / timedelta(minutes=step))
        found, at = [], first + timedelta(minutes=step) * skipped
        while at <= self.chapter.end:
            found.append(at)
            at += timedelta(minutes=step)
        return found

    def axis(self) -> None:
        voice = self.cast.voice
        for row, clock in enumerate(self.clocks):
            y = _CLOCK * row + 11
            self.parts.append(element("text", voice(clock.name), x=4, y=y, class_="gi-tick gi-strong"))
        for at in self.ticks():
            x = self.x(at)
            d = f"M{number(x)} {number(self.head - 3)}V{number(self.height)}"
            self.parts.append(element("path", d=d, class_="gi-grid"))
            for row, clock in enumerate(self.clocks):
                label, strong = self.label(at.astimezone(clock.zone))
                half = text_width(label, 12) / 2
                if self.gutter - 4 + half < x + half and x + half <= _WIDTH + 2:
                    class_ = "gi-tick gi-strong" if strong else "gi-tick"
                    self.parts.append(
                        element("text", label, x=x, y=_CLOCK * row + 11, class_=class_, text_anchor="middle")
                    )

    def label(self, local: datetime) -> tuple[str, bool]:
        """Return an instant on a clock: a day at midnight, else the time; and whether it is a day."""
        day = self.chapter.published or not (local.hour or local.minute)
        return (self.cast.voice(short_day(local.date())), True) if day else (words.clock(local), False)

    def rows(self) -> None:
        y, heading = self.head, ""
        for bar, caption in zip(self.chapter.bars, self.captions, strict=True):
            if bar.heading != heading:
                heading = bar.heading
                self.parts += self.headings[heading].drawn(y + 14)
                y += _HEADING + self.headings[heading].extra
            self.parts += caption.drawn(y + 10)
            self.row(bar, y + 20 + caption.extra)
            y += _ROW + caption.extra

    def row(self, bar: Bar, middle: float) -> None:
        colour = "" if bar.colour is None else f" p{bar.colour}"
        start = self.gutter if bar.start is None else self.x(bar.start)
        end = _WIDTH if bar.end is None else self.x(bar.end)
        if bar.start is not None and bar.end is not None:
            wide = max(end - start, _LEAST)
            kind = "gi-published" if bar.published else "gi-span"
            self.parts.append(
                element("rect", x=(start + end - wide) / 2, y=middle - _BAR / 2, width=wide, height=_BAR,
                        class_=kind + colour)
            )  # fmt: skip
        else:
            tip, way = (start, 1) if bar.start is None else (end, -1)
            head = f"M{number(tip + 7 * way)} {number(middle - 5)}L{number(tip)} {number(middle)}l{7 * way} 5"
            d = f"M{number(start)} {number(middle)}H{number(end)}{head}"
            self.parts.append(element("path", d=d, class_=f"gi-tail{colour}"))

    def drawing(self) -> Markup:
        voice = self.cast.voice
        title = say("When what is said to have happened; the list below repeats it in words")
        if self.chapter.published:
            title = say("When it was published; the list below repeats it in words")
        self.axis()
        self.rows()
        return element(
            "svg",
            element("title", voice(title)),
            *self.parts,
            viewBox=f"0 0 {number(_WIDTH)} {number(self.height)}",
            class_="gi-strip gi-times",
            role="img",
        )


def timeline_drawings(cast: Cast) -> tuple[Markup, ...]:
    """Return the timeline as SVG, a drawing for each chapter, styled by the classes of the page's style sheet."""
    return tuple(_Drawing(cast, chapter).drawing() for chapter in timeline(cast))


def timeline_svg(data: AssessmentData, voice: Voice | None = None) -> tuple[str, ...]:
    """Return the timeline as SVG documents of their own, one for each chapter; none where no time is given.

    Parameters
    ----------
    data : AssessmentData
    voice : Voice, optional
        English by default.
    """
    cast = Cast(data, voice)
    made = []
    for chapter in timeline(cast):
        drawing = _Drawing(cast, chapter)
        made.append(standalone(drawing.drawing(), _WIDTH, drawing.height, cast.voice))
    return tuple(made)
