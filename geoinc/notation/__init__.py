"""Printed coordinates to readings, and back.

A text passes through once: characters that stand for the same thing are folded (`glyphs`), cut into numbers,
marks and words (`tokens`, `numerals`, `words`), read as two coordinates (`coordinates`), and put together
(`positions`). Notations with a shape of their own have a reader each: `compact` (with ISO 6709), `geouri`, `links`,
`utm` and `mgrs` (on `grids`), `pluscodes`. `writing` goes the other way.
"""

from __future__ import annotations

from geoinc.notation.positions import read_position
from geoinc.notation.reading import Reading
from geoinc.notation.writing import format_position

__all__ = ["Reading", "format_position", "read_position"]
