"""An article: its visible text in blocks, and the way back from each character to the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

__all__ = ["Article", "Block", "Piece", "TextBuilder", "Visible"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of visible text that stands in the file in one piece.

    Attributes
    ----------
    start : int
        Where it begins in the visible text.
    source : int
        Where it begins in the file.
    width : int
        Characters that it takes in the file; for text that stands there as it is, its own length.
    verbatim : bool
        False where one or a few characters are written otherwise, such as ``&nbsp;``.
    """

    start: int
    source: int
    width: int
    verbatim: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, an item of a list: from `start` to `end` in the visible text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Visible:
    """What a reader of one format makes of a file.

    Attributes
    ----------
    text : str
        What a person sees.
    blocks : tuple of Block
        In order; what lies between them is no part of the article.
    pieces : tuple of Piece
        In order, without gaps in the text.
    facts : mapping of str to str
        What the file says of itself: ``publisher``, ``title``, ``url``, ``published``, ``language``.
    """

    text: str
    blocks: tuple[Block, ...]
    pieces: tuple[Piece, ...]
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Article:
    """An article that was read.

    Attributes
    ----------
    name, form : str
        Of the file, and ``text``, ``html`` or ``markdown``.
    source : str
        The file's text; offsets that a draft prints count its characters from 0.
    sha256 : str
        Of the file's bytes.
    text, blocks, pieces, facts
        As for `Visible`.
    """

    name: str
    form: str
    source: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    pieces: tuple[Piece, ...]
    facts: Mapping[str, str]

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.start for piece in self.pieces]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0] + [place + 1 for place, character in enumerate(self.source) if character == "\n"]

    def locate(self, start: int, end: int) -> tuple[int, int, int]:
        """Return where a stretch of the visible text stands in the file.

        Parameters
        ----------
        start, end : int
            In the visible text; `end` is behind the last character.

        Returns
        -------
        tuple of int
            Start and end in the file, and the line of the start, counted from 1.
        """
        first = self.pieces[bisect_right(self._starts, start) - 1]
        last = self.pieces[bisect_right(self._starts, end - 1) - 1]
        source_start = first.source + (start - first.start if first.verbatim else 0)
        source_end = last.source + (end - last.start if last.verbatim else last.width)
        return source_start, source_end, bisect_right(self._line_starts, source_start)


class TextBuilder:
    """Gathers visible text and remembers where each character came from."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._blocks: list[Block] = []
        self._length = 0
        self._block_start = 0

    @property
    def length(self) -> int:
        """Characters so far."""
        return self._length

    def add(self, text: str, source: int, width: int | None = None) -> None:
        """Add text that begins at `source` in the file; `width` where it is written otherwise there."""
        if text:
            self._pieces.append(Piece(self._length, source, len(text) if width is None else width, width is None))
            self._parts.append(text)
            self._length += len(text)

    def end_block(self, source: int, *, keep: bool = True) -> None:
        """End a block; what is not kept stays in the text but belongs to no block."""
        if self._length > self._block_start:
            if keep:
                self._blocks.append(Block(self._block_start, self._length))
            self.add("\n\n", source, 0)
        self._block_start = self._length

    def build(self, facts: Mapping[str, str] | None = None) -> Visible:
        """Return what was gathered."""
        return Visible("".join(self._parts), tuple(self._blocks), tuple(self._pieces), facts or {})
