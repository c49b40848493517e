"""A statement that a sentence makes, and the few questions that every rule asks of a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final

from geoinc.draft.tags import Tag, Tagged

__all__ = [
    "ABOUT",
    "DEEPEST",
    "Statement",
    "ask_point",
    "find_point",
    "ground_after",
    "ground_between",
    "is_denied",
    "lies_between",
    "of_point",
    "speaks_of_something",
    "words_of",
]

ABOUT: Final = "incident"
DEEPEST: Final = "deepest"


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that a sentence says, before anybody is named for it.

    Attributes
    ----------
    kind : str
        As the incident file writes it, or ``note:`` and what it notes.
    first, last : int
        The words it was read from.
    fields : dict
        Fields of the claim; ``OWN`` stands for the territory of whoever speaks.
    length : tuple of int or None
        First and last word of its length.
    reason : str
        Why it was read so.
    direction, place_name : tuple of int or None
        The same of its direction and of the name of its place.
    border_with : str
        The territory whose border the words name, where they do.
    decide : tuple of str
        What the words leave open.
    """

    kind: str
    first: int
    last: int
    fields: dict[str, Any]
    reason: str
    length: tuple[int, int] | None = None
    direction: tuple[int, int] | None = None
    place_name: tuple[int, int] | None = None
    border_with: str = ""
    decide: tuple[str, ...] = field(default=())


def is_denied(tagged: Tagged, tag: Tag) -> bool:
    """Whether the words before a tag deny it."""
    near = any(0 < tag.first - negation.first <= 5 for negation in tagged.all("not"))
    inside = any(negation.first == tag.first for negation in tagged.all("not"))
    denied = [each for each in tagged.all("deny") if each.last < tag.first]
    opened = denied and not tagged.any_between(("length", "claim_noun"), denied[-1].last, tag.first)
    return near or inside or bool(opened)


def find_point(tagged: Tagged, length: Tag) -> tuple[str, Tag | None]:
    """Return the point that a length speaks of: the event next before it in the sentence, else the one behind it."""
    before = [
        tag
        for tag in tagged.all("event")
        if tag.last < length.first and not tagged.any_between(("frontier",), tag.last, length.first)
    ]
    if before:
        return before[-1].value, before[-1]
    after = tagged.first_after(length.last, "event", within=20)
    return (after.value, after) if after is not None else (ABOUT, None)


def ground_after(tagged: Tagged, place: int, *, within: int) -> Tag | None:
    """Return a named ground, or the name of a state for its ground, that begins soon behind a word."""
    ground = tagged.first_after(place, "ground", within=within)
    name = tagged.first_after(place, "name", within=min(within, 4))
    capitals = {tag.first for tag in tagged.all("capital")}
    if name is not None and name.first not in capitals and (ground is None or name.first < ground.first):
        return replace(name, concept="ground")
    return ground


def ground_between(tagged: Tagged, first: int, last: int) -> Tag | None:
    """Return the last ground named between two words, both held."""
    held = [tag for tag in tagged.all("ground") if first <= tag.first and tag.last <= last]
    return held[-1] if held else None


def lies_between(tagged: Tagged, one: Tag, other: Tag, concept: str) -> bool:
    """Whether a tag of a concept lies between two others."""
    return tagged.any_between((concept,), one.last, other.first)


def speaks_of_something(tagged: Tagged) -> bool:
    """Whether a sentence speaks of a thing that moves, or of an event."""
    return bool(tagged.all("object", "event"))


def words_of(tagged: Tagged, tag: Tag) -> str:
    """Return the words of a tag, folded, in quotes."""
    words = " ".join(tagged.text(place) for place in range(tag.first, tag.last + 1))
    return f"'{words}'"


def of_point(tagged: Tagged, tag: Tag | None) -> str:
    """Return near which words a point was read; nothing where none was."""
    return "" if tag is None else f", near {words_of(tagged, tag)}"


def ask_point(tag: Tag | None) -> tuple[str, ...]:
    """Return the question of which point is meant, where no words tell."""
    return (
        ()
        if tag is not None
        else ("Of what is this the distance (point)? The sentence names neither wreck nor event.",)
    )
