"""Names of places in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from geoinc.draft.sentences import Sentence
from geoinc.draft.word_sets import word_set
from geoinc.places import Place, PlaceIndex

__all__ = ["PlaceName", "find_place_name"]

_LONGEST: Final = 4
_BEFORE: Final = word_set(
    "the town city village locality of la ville le village localite de du d ' l el ciudad pueblo localidad del"
    " بلده مدينه قريه منطقه"
)


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name, and every place that it may mean; none where no gazetteer holds it.

    Attributes
    ----------
    first, last : int
        Its words.
    places : tuple of Place
        In the order of the gazetteer.
    transliterated : bool
        Whether it was matched by its sounds.
    """

    first: int
    last: int
    places: tuple[Place, ...]
    transliterated: bool = False


def find_place_name(sentence: Sentence, at: int, text: str, places: PlaceIndex) -> PlaceName | None:
    """Return the name of a place that begins at a word, small words before it left out.

    Parameters
    ----------
    sentence : Sentence
        The sentence.
    at : int
        The word.
    text : str
        The visible text.
    places : PlaceIndex
        The gazetteer.

    Returns
    -------
    PlaceName or None
        None where nothing there looks like a name: what no gazetteer holds must begin with a capital.
    """
    words = sentence.words
    while at < len(words) and set(words[at].forms) & _BEFORE and not text[words[at].start].isupper():
        at += 1
    if at >= len(words) or not words[at].text[0].isalpha():
        return None
    for last in range(min(at + 2 * _LONGEST, len(words)) - 1, at - 1, -1):
        if not words[last].text[-1].isalnum():
            continue
        match = places.match(text[words[at].start : words[last].end])
        if match.places:
            return PlaceName(at, last, match.places, match.transliterated)
    last = at
    if not text[words[at].start].isupper():
        return None
    while (
        last + 1 < len(words)
        and last - at < _LONGEST
        and (
            text[words[last + 1].start].isupper()
            or (words[last + 1].text == "-" and last + 2 < len(words) and text[words[last + 2].start].isupper())
        )
    ):
        last += 1
    return PlaceName(at, last, ())
