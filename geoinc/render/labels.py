"""Placing labels on a drawing so that none hides another."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

__all__ = ["Board", "Box", "text_width"]

_CELL: Final = 6.0
_WIDE: Final = 1.02
_LATIN: Final = 0.56


def text_width(text: str, size: float) -> float:
    """Return about how wide a text is set, in units of the drawing.

    The font is the reader's, so the estimate is on the generous side.
    """
    return sum(_WIDE if ord(letter) > 0x2E7F else _LATIN for letter in text) * size


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in units of the drawing, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two share any ground."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(slots=True)
class Board:
    """A drawing's free room.

    Attributes
    ----------
    width, height : float
        Size of the drawing.
    taken : list of Box
        What labels may not cover.
    traced : dict
        Weight of the lines in each cell of a coarse grid, which labels should rather not cover.

    Examples
    --------
    >>> board = Board(100, 50)
    >>> board.place([(40, 20)], 20, 10)
    (40, 20)
    >>> board.place([(40, 20)], 20, 10) is None
    True
    """

    width: float
    height: float
    taken: list[Box] = field(default_factory=list)
    traced: dict[tuple[int, int], float] = field(default_factory=dict)

    def block(self, box: Box) -> None:
        """Keep a rectangle free of labels."""
        self.taken.append(box)

    def trace(self, chain: list[tuple[float, float]], weight: float = 1.0) -> None:
        """Make labels avoid a line through the points of `chain`."""
        for (x0, y0), (x1, y1) in pairwise(chain):
            steps = max(1, math.ceil(math.hypot(x1 - x0, y1 - y0) / _CELL))
            for step in range(steps + 1):
                x, y = x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps
                if 0 <= x <= self.width and 0 <= y <= self.height:
                    cell = (int(x // _CELL), int(y // _CELL))
                    self.traced[cell] = max(self.traced.get(cell, 0.0), weight)

    def cost(self, box: Box) -> float:
        """Return the weight of the lines under a rectangle."""
        return sum(
            self.traced.get((column, row), 0.0)
            for column in range(int(box.left // _CELL), int(box.right // _CELL) + 1)
            for row in range(int(box.top // _CELL), int(box.bottom // _CELL) + 1)
        )

    def place(
        self, centres: Iterable[tuple[float, float]], width: float, height: float, *, reluctance: float = 0.5
    ) -> tuple[float, float] | None:
        """Return where the middle of a label goes, and keep its rectangle free; None if nowhere.

        Parameters
        ----------
        centres : iterable of (x, y)
            Candidates, the most wanted first.
        width, height : float
            Size of the label.
        reluctance : float
            What each step down the list costs, in cells of line covered.
        """
        best: tuple[float, float, float] | None = None
        for rank, (x, y) in enumerate(centres):
            box = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
            if box.left < 2 or box.top < 2 or box.right > self.width - 2 or box.bottom > self.height - 2:
                continue
            if any(box.meets(other) for other in self.taken):
                continue
            cost = self.cost(box) + rank * reluctance
            if best is None or cost < best[0]:
                best = (cost, x, y)
        if best is None:
            return None
        _, x, y = best
        self.block(Box(x - width / 2 - 2, y - height / 2 - 1, x + width / 2 + 2, y + height / 2 + 1))
        return x, y
