"""Captions of still drawings: whole, in as many lines as they need, where a reader looks for their beginning."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from geoinc.messages import Voice
from geoinc.render.labels import text_width
from geoinc.render.svg import element

__all__ = ["LINE", "Caption", "isolated", "wrap"]

LINE: Final = 13.0
"""From one line of a caption to the next, in units of the drawing."""

_ISOLATE, _END = "\u2068", "\u2069"
_MARGIN: Final = 4.0
_SET: Final = 0.92
"""Long lines are set tighter than the generous estimate for single words."""


def wrap(text: str, size: float, width: float, *, first: float = 0.0) -> list[str]:
    """Break a text between words so that no line is wider than `width`; a longer word stands alone.

    Parameters
    ----------
    text : str
    size : float
        Of the letters, in units of the drawing.
    width : float
        Room of a line.
    first : float
        Room that is taken at the beginning of the first line.

    Examples
    --------
    >>> wrap("deepest point of the entry", 10, 75)
    ['deepest point', 'of the entry']
    """
    rows: list[str] = []
    taken = first
    # No-break spaces hold: French has them before colons and units.
    for word in filter(None, text.split(" ")):
        if rows and text_width(f"{rows[-1]} {word}", size) * _SET + taken <= width:
            rows[-1] += f" {word}"
        else:
            taken = taken if not rows else 0.0
            rows.append(word)
    return isolated(rows)


def isolated(lines: list[str]) -> list[str]:
    r"""Return the lines of one text, each with the isolates that run over its ends closed and opened again.

    A line is set by itself: an isolate that ends on another line would hold nothing together.

    Examples
    --------
    >>> isolated(["a \u2068b", "c\u2069 d"]) == ["a \u2068b\u2069", "\u2068c\u2069 d"]
    True
    """
    made = []
    depth = 0
    for line in lines:
        opened = _ISOLATE * depth
        for letter in line:
            depth = max(depth + (letter == _ISOLATE) - (letter == _END), 0)
        made.append(f"{opened}{line}{_END * depth}")
    return made


class Caption:
    """A tag in its party's colour with words beside it, or words alone.

    Parameters
    ----------
    voice : Voice
    words : str
        Said by the voice here.
    width : float
        Of the drawing.
    class_ : str
        Class of the words.
    tag : str
        Before the words; empty for none.
    colour : int, optional
        The party's, for the tag.
    size : float
        Of the letters.
    """

    def __init__(
        self,
        voice: Voice,
        words: str,
        *,
        width: float,
        class_: str,
        tag: str = "",
        colour: int | None = None,
        size: float = 11.5,
    ) -> None:
        self._rtl = voice.right_to_left
        self._width, self._class = width, class_
        # Kept apart: a drawing's text takes its direction from its first letter, which is the caption's to give.
        said = voice.inside(tag)
        self._tag = (
            element("tspan", said, class_="gi-name" if colour is None else f"gi-name p{colour}") if tag else None
        )
        room = text_width(said, 13.0) + 4 if tag else 0.0
        self.lines = wrap(voice(words), size, width - 2 * _MARGIN, first=room)

    @property
    def extra(self) -> float:
        """Height of the lines after the first."""
        return LINE * max(len(self.lines) - 1, 0)

    def drawn(self, y: float) -> list[Markup]:
        """Return the lines, the first on the baseline `y`."""
        x = self._width - _MARGIN if self._rtl else _MARGIN
        direction = "rtl" if self._rtl else None
        made = []
        for row, line in enumerate(self.lines or [""]):
            parts: list[Markup | str] = [self._tag, " ", line] if row == 0 and self._tag is not None else [line]
            made.append(element("text", *parts, x=x, y=y + LINE * row, class_=self._class, direction=direction))
        return made
