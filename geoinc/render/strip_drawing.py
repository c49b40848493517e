"""The strip as SVG: in the page, and as a figure of its own."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from geoinc.findings import AssessmentData
from geoinc.intervals import Interval
from geoinc.messages import Voice, say
from geoinc.render import words
from geoinc.render.captions import Caption
from geoinc.render.figure import grid_step
from geoinc.render.labels import text_width
from geoinc.render.roles import Cast
from geoinc.render.strip import Strip, StripGroup, StripRow, place_on, strip_of, strips_of
from geoinc.render.styles import standalone
from geoinc.render.svg import element, number, path_data

__all__ = ["Panel", "strip", "strip_svg"]

_WIDTH: Final = 400.0
_HEAD: Final = 40.0
_HEADING: Final = 21.0
_ROW: Final = 30.0
_BAR: Final = 10.0
_FOOT: Final = 10.0
_ROWS_A_PANEL: Final = 24


@dataclass(frozen=True, slots=True)
class Panel:
    """One drawing of the strip with the words that repeat it.

    Attributes
    ----------
    drawing : Markup
        The SVG.
    lines : tuple of str
        One sentence for each row.
    beyond : tuple of str
        What lies outside the drawing, in words.
    """

    drawing: Markup
    lines: tuple[str, ...]
    beyond: tuple[str, ...]


class _Panel:
    """Draws some groups of rows on the scale of the whole strip."""

    def __init__(self, cast: Cast, whole: Strip, groups: tuple[StripGroup, ...]) -> None:
        self.cast, self.whole, self.groups = cast, whole, groups
        self.captions = {
            row.claim.id: Caption(
                cast.voice,
                row.caption,
                width=_WIDTH,
                class_="gi-caption",
                tag=row.claim.tag,
                colour=cast.role(row.claim).colour,
            )
            for group in groups
            for row in group.rows
        }
        self.headings = [
            Caption(cast.voice, words.capital(group.point), width=_WIDTH, class_="gi-head", size=12) for group in groups
        ]
        texts = [*self.captions.values(), *self.headings]
        rows = sum(len(group.rows) for group in groups)
        self.height = _HEAD + _FOOT + _HEADING * len(groups) + _ROW * rows + sum(each.extra for each in texts)
        self.parts: list[Markup] = []

    def x(self, metres: float) -> float:
        return (metres - self.whole.low) / (self.whole.high - self.whole.low) * _WIDTH

    def text(self, said: str, x: float, y: float, class_: str, anchor: str | None = None) -> None:
        self.parts.append(element("text", said, x=x, y=y, class_=class_, text_anchor=anchor))

    def ground(self) -> None:
        middle = self.x(0.0)
        for code, start, end in zip(self.whole.sides, (0.0, middle), (middle, _WIDTH), strict=True):
            tint = f"gi-ground t{self.cast.territory_number(code) % 4}"
            self.parts.append(
                element("rect", x=start, y=_HEAD - 8, width=end - start, height=self.height - _HEAD + 8, class_=tint)
            )
        voice = self.cast.voice
        for code, x, anchor, room in zip(
            self.whole.sides, (0.0, _WIDTH), ("start", "end"), (middle, _WIDTH - middle), strict=True
        ):
            name = voice(self.cast.territory(code)).upper()
            self.text(name, x, 11, "gi-side" if text_width(name, 12.5) < room - 30 else "gi-side is-long", anchor)

    def axis(self) -> None:
        voice, whole = self.cast.voice, self.whole
        step = grid_step(whole.high - whole.low, 6)
        border = voice(say("border"))
        clear = text_width(border, 12) / 2 + 6
        for k in range(math.ceil(whole.low / step), math.floor(whole.high / step) + 1):
            x = self.x(k * step)
            if not k:
                continue
            self.parts.append(element("path", d=f"M{number(x)} {_HEAD - 8}V{number(self.height)}", class_="gi-grid"))
            label = voice(words.short_length(abs(k) * step))
            half = text_width(label, 12) / 2
            if abs(x - self.x(0.0)) > clear + half and half < x < _WIDTH - half:
                self.text(label, x, _HEAD - 12, "gi-tick", "middle")
        x = self.x(0.0)
        line = f"M{number(x)} {_HEAD - 8}V{number(self.height)}"
        self.parts.append(element("path", d=line, class_="gi-line is-selected"))
        x = min(max(x, clear), _WIDTH - clear)
        self.text(border, x, _HEAD - 12, "gi-tick gi-strong", "middle")

    def rows(self) -> None:
        y = _HEAD
        for place, group in enumerate(self.groups):
            if place:
                self.parts.append(element("path", d=f"M0 {number(y)}H{number(_WIDTH)}", class_="gi-divide"))
            heading = self.headings[place]
            self.parts += heading.drawn(y + 14)
            y += _HEADING + heading.extra
            for row in group.rows:
                self.row(row, y)
                y += _ROW + self.captions[row.claim.id].extra

    def row(self, row: StripRow, y: float) -> None:
        colour = f"p{self.cast.role(row.claim).colour}"
        caption = self.captions[row.claim.id]
        middle = y + 20 + caption.extra
        if row.ticks:
            self.measured(row, middle)
        for each in row.stated:
            self.stated(each, middle, colour)
        self.parts += caption.drawn(y + 10)

    def measured(self, row: StripRow, y: float) -> None:
        shown = [tick for tick in row.ticks if self.whole.low <= tick.metres <= self.whole.high]
        fit = [tick.metres for tick in shown if tick.fit]
        if fit:
            start, end = self.x(min(fit)), self.x(max(fit))
            self.parts.append(
                element("rect", x=start, y=y - 3, width=max(end - start, 1), height=6, class_="gi-spread")
            )
        for tick in shown:
            names = f"gi-src m{tick.source}" + ("" if tick.fit else " is-unfit")
            d = f"M{number(self.x(tick.metres), 2)} {number(y - _BAR / 2)}v{number(_BAR)}"
            self.parts.append(element("path", d=d, class_=names))

    def stated(self, each: Interval, y: float, colour: str) -> None:
        low, high = max(each.low, self.whole.low), min(each.high, self.whole.high)
        if low > high:
            # All of it lies outside: an arrow at the edge points there.
            self.arrow(_WIDTH if each.low > 0 else 0.0, y, 1 if each.low > 0 else -1, colour)
            return
        start, end = self.x(low), self.x(high)
        wide = max(end - start, 3.0)
        kind = "gi-ribbon" if each.bounded and not each.low <= 0 <= each.high else "gi-band"
        self.parts.append(
            element("rect", x=(start + end - wide) / 2, y=y - _BAR / 2, width=wide, height=_BAR,
                    class_=f"{kind} {colour}")
        )  # fmt: skip
        if math.isinf(each.high):
            self.arrow(end, y, 1, colour)
        if math.isinf(each.low):
            self.arrow(start, y, -1, colour)

    def arrow(self, x: float, y: float, way: int, colour: str) -> None:
        """Draw an arrow head whose tip lies at x; `way` is 1 for the right, -1 for the left."""
        tail, tip = x - 9 * way, x - 2 * way
        d = path_data([[(tail, y - 6), (tip, y), (tail, y + 6)]], closed=False)
        self.parts.append(element("path", d=d, class_=f"gi-arrow {colour}"))

    def panel(self) -> Panel:
        self.ground()
        self.axis()
        self.rows()
        voice = self.cast.voice
        title = say("Distance from the border, stated and measured; the list below repeats it in words")
        drawing = element(
            "svg",
            element("title", voice(title)),
            *self.parts,
            viewBox=f"0 0 {number(_WIDTH)} {number(self.height)}",
            class_="gi-strip",
            role="img",
        )
        rows = [row for group in self.groups for row in group.rows]
        return Panel(drawing, tuple(row.line for row in rows), tuple(self.beyond(rows)))

    def beyond(self, rows: list[StripRow]) -> list[str]:
        cast, whole = self.cast, self.whole
        return [
            say(
                "{tag} by {source}: {place}",
                tag=row.claim.tag,
                source=cast.data.sources[tick.source].title,
                place=place_on(cast, tick.metres, whole.sides),
            )
            for row in rows
            for tick in whole.outside(row)
        ]


def _panels(whole: Strip) -> list[tuple[StripGroup, ...]]:
    """Return the groups in portions that a sheet of paper can hold."""
    portions: list[list[StripGroup]] = []
    room = 0
    for group in whole.groups:
        for start in range(0, len(group.rows), _ROWS_A_PANEL):
            part = StripGroup(group.point, group.rows[start : start + _ROWS_A_PANEL])
            if len(part.rows) > room:
                portions.append([])
                room = _ROWS_A_PANEL
            portions[-1].append(part)
            room -= len(part.rows)
    return [tuple(portion) for portion in portions]


def strip(cast: Cast) -> tuple[Panel, ...]:
    """Return the strip of each border as one or more panels on one scale; none where nothing is stated or measured.

    Parameters
    ----------
    cast : Cast

    Returns
    -------
    tuple of Panel
        Styled by the classes of the page's style sheet.
    """
    return tuple(_Panel(cast, whole, groups).panel() for whole in strips_of(cast) for groups in _panels(whole))


def strip_svg(data: AssessmentData, voice: Voice | None = None) -> str | None:
    """Return the strip as an SVG document of its own, with its styles; None where there is nothing to draw.

    Parameters
    ----------
    data : AssessmentData
    voice : Voice, optional
        English by default.

    Returns
    -------
    str or None
        The same bytes for the same input; no script, no address.
    """
    cast = Cast(data, voice)
    whole = strip_of(cast)
    if whole is None:
        return None
    panel = _Panel(cast, whole, whole.groups)
    return standalone(panel.panel().drawing, _WIDTH, panel.height, cast.voice)
