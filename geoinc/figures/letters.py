"""Letters that strangers chose: what steers the direction of text, or ends a line, is made visible or harmless."""

from __future__ import annotations

import re
from typing import Final

from geoinc.render.svg import clean

__all__ = ["settled"]

_STEERING: Final = re.compile("[\u202a-\u202e\u2066\u2067]")
_ISOLATES: Final = re.compile("[\u2068\u2069]")
_SPACE: Final = re.compile("[ \t\n\v\f\r\x85\u2028\u2029]+")
"""All but those that keep what stands around them on one line."""


def settled(text: str) -> str:
    r"""Return a text on one line whose direction nothing inside it can turn.

    Embeddings and overrides of direction are written as their code points. Isolates stay, since sentences of languages
    written from right to left need them, unless they do not close.

    Examples
    --------
    >>> settled("a\u202eb\nc")
    'a[U+202E]b c'
    >>> settled("\u2068M1\u2069 lies") == "\u2068M1\u2069 lies", settled("M1\u2069 lies")
    (True, 'M1[U+2069] lies')
    """
    shown = _STEERING.sub(_named, _SPACE.sub(" ", clean(text)))
    return shown if _closes(shown) else _ISOLATES.sub(_named, shown)


def _named(found: re.Match[str]) -> str:
    return f"[U+{ord(found[0]):04X}]"


def _closes(text: str) -> bool:
    depth = 0
    for mark in _ISOLATES.findall(text):
        depth += 1 if mark == "\u2068" else -1
        if depth < 0:
            return False
    return depth == 0
