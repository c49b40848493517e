"""Lines of text set on a figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from unicodedata import normalize
from xml.etree import ElementTree as ET

from geoinc.figures.letters import settled
from geoinc.figures.styles import SVG
from geoinc.render.captions import isolated
from geoinc.render.labels import text_width
from geoinc.render.svg import number

__all__ = ["LEAST_SIZE", "Setting", "wrap"]

LEAST_SIZE: Final = 11.0
"""Smallest letters, in units of the drawing: 7.4 points on paper, and 7 in the font of a PNG or a PDF."""


_WIDTHS: Final = {
    **dict.fromkeys("MW@%mw\u2014\u2026", 1.0),
    **dict.fromkeys("ABCDEGHKNOPQRTUVXY&+=<>#", 0.79),
    **dict.fromkeys("iljtfrIJ .,:;'|!()[]-/", 0.41),
    "\u2068": 0.0,
    "\u2069": 0.0,
}
"""Widths of the letters of DejaVu Sans, from above, in sizes; `_OTHER` for all others of Latin, Greek and Cyrillic."""

_OTHER: Final = 0.64
_BOLD: Final = 1.11


def set_width(text: str, size: float) -> float:
    """Return how wide a text is set at most: a word of wide letters is wider than the estimate for labels.

    Examples
    --------
    >>> set_width("WWWW", 10), set_width("till", 10) < set_width("mmmm", 10)
    (40.0, True)
    """
    letters = (normalize("NFD", letter)[0] for letter in text)
    wide = sum(_WIDTHS.get(letter, _OTHER if ord(letter) < 0x530 else 0.0) for letter in letters) * size
    return max(wide, text_width(text, size))


def wrap(text: str, size: float, width: float) -> list[str]:
    """Break a text into lines that fit a width; a word longer than a line is broken too.

    Examples
    --------
    >>> wrap("one two three", 10, 45)
    ['one two', 'three']
    >>> wrap("MMMMMM", 10, 45)
    ['MMMM', 'MM']
    """
    lines: list[str] = []
    for word in text.split(" "):
        if lines and set_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
            continue
        rest = word
        while set_width(rest, size) > width and len(rest) > 1:
            cut = next((n for n in range(len(rest) - 1, 1, -1) if set_width(rest[:n], size) <= width), 1)
            lines.append(rest[:cut])
            rest = rest[cut:]
        lines.append(rest)
    return isolated(lines)


@dataclass(slots=True)
class Setting:
    """Sets lines one below the other, from a corner downwards.

    Attributes
    ----------
    parent : xml.etree.ElementTree.Element
        What the text goes into.
    left, top, width : float
        The column.
    right_to_left : bool
        Whether lines begin at the right.
    """

    parent: ET.Element
    left: float
    top: float
    width: float
    right_to_left: bool = False

    def add(self, text: str, size: float = LEAST_SIZE, *, weight: str = "400", fill: str = "#1b1d21") -> None:
        """Set a text and go below it."""
        set_size = size if weight == "400" else size * _BOLD
        for line in wrap(settled(text).strip(), set_size, self.width):
            self.top += size * 1.32
            attributes = {
                "x": number(self.left + self.width if self.right_to_left else self.left),
                "y": number(self.top - size * 0.3),
                "font-size": f"{size:g}",
                "fill": fill,
            }
            if weight != "400":
                attributes["font-weight"] = weight
            if self.right_to_left:
                attributes["direction"] = "rtl"
            ET.SubElement(self.parent, f"{{{SVG}}}text", attributes).text = line

    def add_all(self, texts: Iterable[str], size: float = LEAST_SIZE, **options: str) -> None:
        """Set several texts, each beginning a line."""
        for text in texts:
            self.add(text, size, **options)

    def skip(self, room: float) -> None:
        """Leave room."""
        self.top += room
