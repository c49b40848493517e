"""The strip in letters: for a terminal, a pipe and a message."""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass
from typing import Final

from geoinc.findings import AssessmentData
from geoinc.intervals import Interval
from geoinc.messages import Voice, say
from geoinc.render import words
from geoinc.render.figure import grid_step
from geoinc.render.roles import Cast
from geoinc.render.strip import Strip, StripRow, Tick, place_on, strips_of
from geoinc.render.terminal import fit_cells, is_leftwards, plain, width_of

__all__ = ["strip_lines"]

_LEAST_PLOT: Final = 24
_BESIDE: Final = 78
"""Below so many columns the words of a row stand under it."""


@dataclass(frozen=True, slots=True)
class _Signs:
    """What a plot is made of: one column each."""

    border: str
    stated: str
    band: str
    spread: str
    fit: str
    unfit: str
    left: str
    right: str
    grid: str


_DRAWN: Final = _Signs("│", "█", "▒", "─", "┼", "╌", "◀", "▶", "·")
_TYPED: Final = _Signs("|", "#", "=", "-", "+", "~", "<", ">", ".")


class _Plot:
    """Lays distances out on so many columns, the border on a column of its own."""

    def __init__(self, strip: Strip, columns: int, signs: _Signs) -> None:
        self.strip, self.columns, self.signs = strip, columns, signs
        self.zero = self._raw(0.0)

    def _raw(self, metres: float) -> int:
        share = (metres - self.strip.low) / (self.strip.high - self.strip.low)
        return min(max(round(share * (self.columns - 1)), 0), self.columns - 1)

    def column(self, metres: float) -> int:
        """Return a distance's column; nothing but the border itself stands on the border's."""
        found = self._raw(metres)
        if found == self.zero and metres != 0:
            found += 1 if metres > 0 else -1
        return min(max(found, 0), self.columns - 1)

    def empty(self) -> list[str]:
        cells = [" "] * self.columns
        step = grid_step(self.strip.high - self.strip.low, 6)
        for k in range(math.ceil(self.strip.low / step), math.floor(self.strip.high / step) + 1):
            cells[self._raw(k * step)] = self.signs.grid
        cells[self.zero] = self.signs.border
        return cells

    def row(self, row: StripRow) -> str:
        cells = self.empty()
        for each in row.stated:
            self._state(cells, each)
        self._measure(cells, row)
        return "".join(cells)

    def _state(self, cells: list[str], each: Interval) -> None:
        strip, signs = self.strip, self.signs
        low, high = max(each.low, strip.low), min(each.high, strip.high)
        if low > high:
            cells[-1 if each.low > 0 else 0] = signs.right if each.low > 0 else signs.left
            return
        sign = signs.stated if each.bounded and not each.low <= 0 <= each.high else signs.band
        for column in range(self.column(low), self.column(high) + 1):
            if column != self.zero:
                cells[column] = sign
        if math.isinf(each.high):
            cells[-1] = signs.right
        if math.isinf(each.low):
            cells[0] = signs.left

    def _measure(self, cells: list[str], row: StripRow) -> None:
        shown = [tick for tick in row.ticks if self.strip.low <= tick.metres <= self.strip.high]
        fit = [self.column(tick.metres) for tick in shown if tick.fit]
        for column in range(min(fit), max(fit) + 1) if fit else ():
            if column != self.zero:
                cells[column] = self.signs.spread
        for tick in sorted(shown, key=lambda tick: tick.fit):
            cells[self.column(tick.metres)] = self.signs.fit if tick.fit else self.signs.unfit

    def scale(self, voice: Voice) -> str:
        """Return the lengths under the grid, each where it has room; the border's name before any."""
        cells = [" "] * self.columns
        self._write(cells, plain(voice, say("border")), self.zero)
        step = grid_step(self.strip.high - self.strip.low, 6)
        for k in range(math.ceil(self.strip.low / step), math.floor(self.strip.high / step) + 1):
            if k:
                self._write(cells, plain(voice, words.short_length(abs(k) * step)), self._raw(k * step))
        return "".join(cells)

    def _write(self, cells: list[str], text: str, middle: int) -> None:
        wide = width_of(text)
        start = min(max(middle - wide // 2, 0), self.columns - wide)
        around = cells[max(start - 1, 0) : start + wide + 1]
        if start >= 0 and all(cell == " " for cell in around):
            # A wide letter fills two cells: the second holds nothing.
            cells[start : start + wide] = [text, *([""] * (wide - 1))]

    def sides(self, voice: Voice, cast: Cast) -> str:
        """Return the names of the two territories, each over its own ground."""
        first, second = (plain(voice, cast.territory(code)) for code in self.strip.sides)
        left = fit_cells(first, max(self.zero - 1, 1)) if width_of(first) < self.zero else f"{first} "
        room = self.columns - width_of(left) - width_of(second)
        return f"{left}{' ' * max(room, 1)}{second}"


def strip_lines(
    data: AssessmentData, voice: Voice | None = None, *, width: int = 80, drawn: bool = True
) -> tuple[str, ...]:
    """Return the strip as lines of text; none where nothing is stated and nothing was measured.

    Parameters
    ----------
    data : AssessmentData
    voice : Voice, optional
        English by default. In a language written from right to left, words stand on lines of their own, so that no
        terminal turns a row round.
    width : int
        Columns, at least 40.
    drawn : bool
        Whether lines and blocks may be used; otherwise the signs of ASCII draw the plot.

    Returns
    -------
    tuple of str
        None longer than `width`.

    Examples
    --------
    >>> import geoinc
    >>> assessment = geoinc.assess(geoinc.load_incident("pharmacy-inkharabane"), only=["osm-2026c"])
    >>> lines = strip_lines(assessment, width=60, drawn=False)
    >>> any("|" in line for line in lines)
    True
    """
    cast = Cast(data, voice)
    signs = _DRAWN if drawn else _TYPED
    made: list[str] = []
    for strip in strips_of(cast):
        made += [*([""] if made else []), *_Sheet(cast, strip, max(width, 40), signs).lines()]
    return tuple(made)


class _Sheet:
    """Puts tags, plots and words side by side, or under each other where there is no room."""

    def __init__(self, cast: Cast, strip: Strip, width: int, signs: _Signs) -> None:
        self.cast, self.strip, self.width, self.signs = cast, strip, width, signs
        self.voice = cast.voice
        rows = [row for group in strip.groups for row in group.rows]
        tags = [width_of(plain(self.voice, row.claim.tag)) for row in rows]
        self.margin = min(max(tags), 8) + 3
        captions = [width_of(plain(self.voice, row.caption)) for row in rows]
        room = width - self.margin - 2 - max(captions)
        self.beside = width >= _BESIDE and room >= _LEAST_PLOT and not self.voice.right_to_left
        self.plot = _Plot(strip, room if self.beside else width - self.margin, signs)

    def lines(self) -> list[str]:
        voice, margin = self.voice, " " * self.margin
        made = [f"{margin}{self.plot.sides(voice, self.cast)}"]
        for group in self.strip.groups:
            made += self.wrapped(plain(voice, words.capital(group.point)), 0, 2)
            for row in group.rows:
                made += self.row(row)
        made.append(f"{margin}{self.plot.scale(voice)}")
        for group in self.strip.groups:
            for row in group.rows:
                for tick in self.strip.outside(row):
                    made += self.wrapped(self.beyond(row, tick), 0, 2)
        return [line.rstrip() for line in made]

    def row(self, row: StripRow) -> list[str]:
        tag, caption = plain(self.voice, row.claim.tag), plain(self.voice, row.caption)
        drawn = self.plot.row(row)
        own_line = is_leftwards(tag) or width_of(tag) > self.margin - 3
        head = [f"  {tag}"] if own_line else []
        label = " " * self.margin if own_line else fit_cells(f"  {tag}", self.margin)
        if self.beside:
            return [*head, f"{label}{drawn}  {caption}"]
        return [*head, f"{label}{drawn}", *self.wrapped(caption, self.margin, self.margin)]

    def wrapped(self, text: str, first: int, others: int) -> list[str]:
        return textwrap.wrap(text, self.width, initial_indent=" " * first, subsequent_indent=" " * others)

    def beyond(self, row: StripRow, tick: Tick) -> str:
        source, place = self.cast.data.sources[tick.source].title, place_on(self.cast, tick.metres, self.strip.sides)
        what = say("{tag} by {source}: {place}", tag=row.claim.tag, source=source, place=place)
        return plain(self.voice, say("Outside the drawing: {what}", what=what))
