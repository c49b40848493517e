"""What text takes on a terminal: columns, and the direction in which it runs."""

from __future__ import annotations

import unicodedata
from typing import Final

from geoinc.messages import Voice

__all__ = ["fit_cells", "is_leftwards", "plain", "width_of"]

_ISOLATES: Final = dict.fromkeys(map(ord, "\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT ISOLATE}\N{RIGHT-TO-LEFT ISOLATE}"
                                          "\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}"))  # fmt: skip


def plain(voice: Voice, text: str) -> str:
    """Say a text without the marks that keep inner texts apart: many terminals print them as boxes.

    Examples
    --------
    >>> from geoinc.messages import say
    >>> plain(Voice(), say("{tag} lies here.", tag="M1"))
    'M1 lies here.'
    """
    return voice(text).translate(_ISOLATES)


def width_of(text: str) -> int:
    r"""Return how many columns a text takes: two for a wide letter, none for a mark that sits on another.

    Examples
    --------
    >>> width_of("Mali"), width_of("マリ"), width_of("e\N{COMBINING ACUTE ACCENT}")
    (4, 4, 1)
    """
    from rich.cells import cell_len  # noqa: PLC0415 - loaded for a strip alone

    return cell_len(text)


def fit_cells(text: str, columns: int) -> str:
    """Return a text with spaces after it until it takes so many columns; a longer one stays as it is."""
    return text + " " * max(0, columns - width_of(text))


def is_leftwards(text: str) -> bool:
    """Whether a text holds letters written from right to left, round which a terminal may turn a line.

    Examples
    --------
    >>> is_leftwards("M1"), is_leftwards("م1")
    (False, True)
    """
    return any(unicodedata.bidirectional(letter) in {"R", "AL", "AN"} for letter in text)
