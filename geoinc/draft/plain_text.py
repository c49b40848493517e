"""Plain text to blocks."""

from __future__ import annotations

from statistics import median
from typing import Final

from geoinc.draft.article import Block, Piece, Visible

__all__ = ["read_plain"]

_ENDS: Final = tuple('.!?…؟:;"”»)')
_BULLETS: Final = ("-", "*", "•", "–", "—", "·")
_SHORT: Final = 30


def read_plain(source: str) -> Visible:
    """Return plain text in blocks.

    Blank lines part blocks. A run of three and more short lines is no paragraph but a list, a menu or a table:
    there, each line is a block.

    Parameters
    ----------
    source : str
        The whole file.
    """
    blocks: list[Block] = []
    run: list[tuple[int, str]] = []
    place = 0
    for line in source.split("\n"):
        if line.strip():
            run.append((place, line))
        else:
            blocks.extend(_part_run(run))
            run = []
        place += len(line) + 1
    blocks.extend(_part_run(run))
    return Visible(source, tuple(blocks), (Piece(0, 0, len(source), True),))


def _part_run(run: list[tuple[int, str]]) -> list[Block]:
    """Return the blocks of lines that no blank line parts."""
    if not run:
        return []
    lists = len(run) >= 3 and median(len(line.strip()) for _, line in run) < _SHORT
    blocks = []
    start = run[0][0]
    for number, (place, line) in enumerate(run):
        end = place + len(line)
        last = number + 1 == len(run)
        following = "" if last else run[number + 1][1].lstrip()
        if last or lists or line.rstrip().endswith(_ENDS) or following.startswith(_BULLETS):
            blocks.append(Block(start, end))
            start = end + 1
    return blocks
