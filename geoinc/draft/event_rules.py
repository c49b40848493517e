"""What is said without a length: where something was, where it never was, and how it fell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from geoinc.draft.statement import (
    DEEPEST,
    Statement,
    ground_after,
    is_denied,
    lies_between,
    speaks_of_something,
    words_of,
)
from geoinc.draft.tags import Tag, Tagged

__all__ = ["read_entries", "read_falls", "read_tracks", "read_within"]

_ENTRY: Final = "entry"
_SIDE_WORDS: Final = frozenset({"cote", "lado", "جانب", "الجانب", "side"})


def read_tracks(tagged: Tagged) -> Iterator[Statement]:
    """Read never left Malian airspace; n'a jamais quitté le territoire national; لم تغادر الأجواء المالية."""
    for leave in tagged.all("leave"):
        negation = next(
            (tag for tag in tagged.all("not") if -5 <= tag.first - leave.first < 0 or tag.first == leave.last + 1), None
        )
        ground = ground_after(tagged, leave.last, within=7)
        if negation is not None and ground is not None and not lies_between(tagged, leave, ground, "barrier"):
            yield Statement(
                "track",
                min(negation.first, leave.first),
                ground.last,
                {"never_left": ground.value},
                f"never left {words_of(tagged, ground)}",
            )
    for stay in tagged.all("stay"):
        preposition = tagged.first_after(stay.last, "in", within=6)
        ground = None if preposition is None else ground_after(tagged, preposition.last, within=4)
        if ground is not None and not is_denied(tagged, stay):
            yield Statement(
                "track",
                stay.first,
                ground.last,
                {"never_left": ground.value},
                f"remained in {words_of(tagged, ground)}",
                decide=("Does 'remained' stand for the whole flight (never_left)?",),
            )


def read_falls(tagged: Tagged, *, spoken_of: bool) -> Iterator[Statement]:
    """Read dropped vertically; tombé à la verticale; cayó verticalmente; سقطت عموديا."""
    if not (spoken_of or speaks_of_something(tagged)):
        return
    taken: set[int] = set()
    for fall in tagged.all("fall"):
        mode = min(
            (tag for tag in tagged.all("mode") if abs(tag.first - fall.first) <= 8),
            key=lambda tag: abs(tag.first - fall.first),
            default=None,
        )
        if mode is None or mode.first in taken:
            continue
        taken.add(mode.first)
        yield Statement(
            "fall",
            min(fall.first, mode.first),
            max(fall.last, mode.last),
            {"from": "fall_start", "to": "wreck", "mode": mode.value},
            f"a fall said to be {mode.value}",
            decide=(
                "Where did the fall begin (from)? The words do not say; name another point where they do elsewhere.",
            ),
        )


def read_entries(tagged: Tagged, found: list[Statement], *, spoken_of: bool) -> Iterator[Statement]:
    """Read violated Algerian airspace, where no depth is given with it."""
    if not (spoken_of or speaks_of_something(tagged)):
        return
    taken = [each for each in found if each.fields.get("point") == DEEPEST]
    for entered in tagged.all("enter"):
        ground = ground_after(tagged, entered.last, within=6)
        if ground is None or lies_between(tagged, entered, ground, "barrier"):
            continue
        if any(each.first <= ground.last and entered.first <= each.last for each in taken):
            continue
        yield Statement(
            "within",
            entered.first,
            ground.last,
            {"point": _ENTRY, "territory": ground.value},
            f"an entry into {words_of(tagged, ground)}",
        )


def read_within(tagged: Tagged, found: list[Statement]) -> Iterator[Statement]:
    """Read lost contact while flying over Malian territory; the wreckage lies within Mali's borders."""
    taken = [(each.first, each.last) for each in found]
    given: set[tuple[str, int]] = set()
    for preposition, ground in _located(tagged):
        if any(first <= ground.last and preposition <= last for first, last in taken):
            continue
        events = _events_of(tagged, preposition, ground)
        for event in events:
            if (event.value, ground.first) in given:
                continue
            given.add((event.value, ground.first))
            yield Statement(
                "within",
                min(event.first, preposition),
                max(event.last, ground.last),
                {"point": event.value, "territory": ground.value},
                f"{words_of(tagged, event)} said to be in {words_of(tagged, ground)}",
            )


def _located(tagged: Tagged) -> Iterator[tuple[int, Tag]]:
    """Return where a ground is said to hold something: the word that says it, and the ground."""
    for ground in tagged.all("ground"):
        first = tagged.sentence.words[ground.first]
        leaning = len(first.forms) > 1 and first.text[:1] in "ب"
        if leaning or {tagged.text(place) for place in range(ground.first, ground.last + 1)} & _SIDE_WORDS:
            yield ground.first, ground
            continue
        preposition = next((tag for tag in reversed(tagged.all("in")) if 0 < ground.first - tag.last <= 4), None)
        if preposition is not None and not tagged.any_between(
            ("event", "length", "enter"), preposition.last, ground.first
        ):
            yield preposition.first, ground
    grounds = tagged.all("ground", "frontier")
    capitals = {tag.first for tag in tagged.all("capital")}
    for name in tagged.all("name"):
        if name.first in capitals or any(each.first <= name.first <= each.last for each in grounds):
            continue
        preposition = next((tag for tag in reversed(tagged.all("in")) if 0 < name.first - tag.last <= 2), None)
        if preposition is not None and tagged.text(name.last + 1) != "'":
            yield preposition.first, replace(name, concept="ground")


def _events_of(tagged: Tagged, preposition: int, ground: Tag) -> list[Tag]:
    """Return the events that a ground is said to hold: the nearest before it, or all where the words say both."""
    reach = 14 if ground.last > ground.first else 7
    before = [
        tag
        for tag in tagged.all("event")
        if tag.last < preposition
        and preposition - tag.last <= reach
        and not tagged.any_between(("barrier", "say", "enter", "length"), tag.last, preposition)
        and not any(tag.last < other.first and other.last < preposition for other in tagged.all("ground"))
    ]
    if not before:
        opening = preposition <= 1
        after = tagged.first_after(ground.last, "event", within=8) if opening else None
        return [after] if after is not None else []
    both = tagged.last_before(before[-1].first, "both", within=30)
    if both is None:
        return before[-1:]
    held = [tag for tag in tagged.all("event") if both.last < tag.first and tag.last < preposition]
    return list({tag.value: tag for tag in held}.values())
