"""Sets of words, written as people read them."""

from __future__ import annotations

__all__ = ["word_set"]


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text as a set.

    Examples
    --------
    >>> sorted(word_set("the of de"))
    ['de', 'of', 'the']
    """
    return frozenset(words.split())
