"""Printed lengths in a sentence: the number, its unit, and the words before it that belong to it."""

from __future__ import annotations

from geoinc.draft.tags import Tag, Tagged

__all__ = ["find_lengths"]


def find_lengths(tagged: Tagged) -> list[Tag]:
    """Return the printed lengths of a sentence as tags of the concept ``length``, in order.

    Only where they stand: what they mean is for :func:`geoinc.quantities.read_quantity`.

    Parameters
    ----------
    tagged : Tagged
        The sentence.
    """
    found: list[Tag] = []
    for unit in tagged.all("unit"):
        first = _find_number(tagged, unit.first - 1)
        if first is not None and not (found and first <= found[-1].last):
            first = _take_qualifiers(tagged, _take_range(tagged, first))
            after = next((tag for tag in tagged.all("after_length") if tag.first == unit.last + 1), unit)
            found.append(Tag("length", "", first, after.last))
    for dual in tagged.all("dual"):
        found.append(Tag("length", "", _take_qualifiers(tagged, dual.first), dual.last))
    return sorted(found, key=lambda tag: tag.first)


def _find_number(tagged: Tagged, place: int) -> int | None:
    """Return the first word of the number that ends at `place`, None where there is none."""
    words = tagged.sentence.words
    if place >= 0 and tagged.text(place) == "-":
        place -= 1
    if place < 0:
        return None
    if words[place].is_number:
        # A thin or plain space may part thousands: 1 329.
        if place > 0 and len(words[place].text.split(".")[0].split(",")[0]) == 3 and _is_thousands(tagged, place - 1):
            return place - 1
        return place
    first = None
    at = place
    while at >= 0 and place - at < 8:
        tag = next((each for each in tagged.all("word_number", "number_joiner") if each.first <= at <= each.last), None)
        if tag is None and not (tagged.text(at) == "-" and first is not None):
            break
        if tag is not None and tag.concept == "word_number":
            first = tag.first
        elif tag is not None and tag.first > 0 and words[tag.first - 1].is_number:
            return tag.first - 1  # 9 and a half
        at = (tag.first if tag is not None else at) - 1
    return first


def _is_thousands(tagged: Tagged, place: int) -> bool:
    word = tagged.sentence.words[place]
    following = tagged.sentence.words[place + 1]
    return word.text.isdecimal() and len(word.text) <= 3 and following.start - word.end == 1


def _take_range(tagged: Tagged, first: int) -> int:
    """Return where a range begins whose second number begins at `first`: between 9 and 10, 9 to 10, 9-10."""
    joiner = tagged.text(first - 1)
    if joiner not in {"and", "to", "et", "a", "y", "-", "و"}:
        return first
    lower = _find_number(tagged, first - 2)
    if lower is None or tagged.any_between(("unit",), lower, first):
        return first
    opening = tagged.text(lower - 1)
    return lower if joiner in {"to", "-", "a"} or opening in {"between", "from", "entre", "بين", "de"} else first


def _take_qualifiers(tagged: Tagged, first: int) -> int:
    """Return where the words begin that say about, more than, up to and the like."""
    moved = True
    while moved:
        moved = False
        for tag in tagged.all("qualifier"):
            if tag.last == first - 1:
                first, moved = tag.first, True
                break
    return first
