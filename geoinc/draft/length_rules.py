"""What a printed length says: how far from a border, how deep, how far apart, how far from a place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from geoinc.draft.placing import find_place_name
from geoinc.draft.statement import (
    DEEPEST,
    Statement,
    ask_point,
    find_point,
    ground_after,
    ground_between,
    of_point,
    speaks_of_something,
    words_of,
)
from geoinc.draft.tags import Tag, Tagged
from geoinc.places import PlaceIndex

__all__ = ["read_apart", "read_length"]

_SMALL_GAP: Final = 10
_DEPTH_WORDS: Final = frozenset({"depth", "profondeur", "profundidad", "بعمق", "عمق", "of", "de"})


def read_length(tagged: Tagged, length: Tag, text: str, places: PlaceIndex, *, spoken_of: bool) -> Iterator[Statement]:
    """Return what one length says, by the first rule that fits; of a place only where something is spoken of."""
    for rule in (_read_border_distance, _read_depth, _read_entry_depth, _read_separation):
        found = rule(tagged, length)
        if found is not None:
            # The depth of an entry needs no more: somebody entered.
            if spoken_of or speaks_of_something(tagged) or found.fields.get("point") == DEEPEST:
                yield replace(found, length=(length.first, length.last))
            return
    found = _read_offset(tagged, length, text, places)
    if found is not None and (spoken_of or speaks_of_something(tagged)):
        yield replace(found, length=(length.first, length.last))


def _read_border_distance(tagged: Tagged, length: Tag) -> Statement | None:
    """Read 9.5 kilometers from the Algerian border; à 10,2 km au sud de la frontière; على بعد 5 كلم من الحدود."""
    frontier = tagged.first_after(length.last, "frontier", within=_SMALL_GAP)
    if frontier is None or tagged.any_between(("length", "enter", "leave"), length.last, frontier.first):
        return None
    if not any(length.last < away.first and away.last <= frontier.first for away in tagged.all("away")):
        return None
    point, point_tag = find_point(tagged, length)
    direction = tagged.first_after(length.last, "direction", within=5)
    decide = ["On whose side of the border (territory)? The words give a distance alone; null means either side."]
    fields: dict[str, Any] = {"point": point, "distance": "", "territory": None, "sense": "shortest"}
    if direction is not None and direction.last < frontier.first:
        decide.append(
            "Is the distance the shortest one, or measured along the stated direction (sense)? As written: shortest."
        )
    inside = tagged.first_after(frontier.last, "ground", within=6)
    if inside is not None and tagged.first_after(frontier.last, "in", within=2) is not None:
        fields["territory"] = inside.value
        decide = decide[1:]
    return Statement(
        "border_distance",
        length.first,
        frontier.last,
        fields,
        f"a length before {words_of(tagged, frontier)}{of_point(tagged, point_tag)}",
        border_with=frontier.value,
        decide=(*decide, *ask_point(point_tag)),
    )


def _read_depth(tagged: Tagged, length: Tag) -> Statement | None:
    """Read 9 km inside Malian territory; à 3 km à l'intérieur du territoire malien; 5 كلم داخل الأراضي المالية."""
    inside = tagged.first_after(length.last, "inside", within=2)
    if inside is None:
        return None
    ground = ground_after(tagged, inside.last, within=6)
    if (
        ground is None
        or tagged.any_between(("enter",), length.last, inside.first)
        or tagged.any_between(("length",), length.last, ground.first)
    ):
        return None
    entered = tagged.last_before(length.first, "enter", within=12)
    point, point_tag = (DEEPEST, entered) if entered is not None else find_point(tagged, length)
    return Statement(
        "border_distance",
        entered.first if entered is not None else length.first,
        ground.last,
        {"point": point, "distance": "", "territory": ground.value, "sense": "shortest"},
        f"a length inside {words_of(tagged, ground)}{of_point(tagged, point_tag)}",
        decide=ask_point(point_tag),
    )


def _read_entry_depth(tagged: Tagged, length: Tag) -> Statement | None:
    """Read penetrated its airspace by two kilometers; اخترقت المجال الجوي بعمق 2 كلم; a two-kilometre incursion."""
    entered = tagged.last_before(length.first, "enter", within=16)
    depth = next((tag for tag in tagged.all("depth") if tag.last == length.first - 1), None)
    ground = None
    if entered is not None and depth is not None:
        ground = ground_between(tagged, entered.first, length.last)
        if tagged.any_between(("length", "frontier", "barrier"), entered.last, length.first):
            return None
        first, last = entered.first, length.last
        if ground is None and tagged.text(depth.last) not in _DEPTH_WORDS:
            return None
    else:
        entered = tagged.first_after(length.last, "enter", within=3)
        ground = None if entered is None else ground_after(tagged, entered.last, within=5)
        if entered is None or ground is None:
            return None
        first, last = length.first, ground.last
    decide = ["Is this the depth that was reached (as written), or the most that it can have been (up to)?"]
    if ground is None:
        decide.append("Into whose ground? The words near the length do not name it.")
    return Statement(
        "border_distance",
        first,
        last,
        {
            "point": DEEPEST,
            "distance": "",
            "territory": None if ground is None else ground.value,
            "sense": "shortest",
        },
        f"a length as the depth of {words_of(tagged, entered)}",
        decide=tuple(decide),
    )


def _read_separation(tagged: Tagged, length: Tag) -> Statement | None:
    """Read 441 m from the place where contact was lost, said of the wreckage."""
    away = tagged.first_after(length.last, "away", within=4)
    other = None if away is None else tagged.first_after(away.last, "event", within=8)
    if away is None or other is None or tagged.any_between(("length", "frontier", "ground"), length.last, other.first):
        return None
    one = next(
        (tag for tag in reversed(tagged.all("event")) if tag.last < length.first and tag.value != other.value), None
    )
    if one is None:
        return None
    return Statement(
        "separation",
        length.first,
        other.last,
        {"points": [one.value, other.value], "distance": ""},
        f"a length between {words_of(tagged, one)} and {words_of(tagged, other)}",
    )


def read_apart(tagged: Tagged, found: list[Statement]) -> Iterator[Statement]:
    """Read the distance between the last contact and the wreckage is 441 m; 441 mètres séparent ..."""
    taken = {each.length for each in found}
    free = [tag for tag in tagged.all("length") if (tag.first, tag.last) not in taken]
    if len(free) != 1 or not tagged.all("separates", "between"):
        return
    events = list({tag.value: tag for tag in reversed(tagged.all("event"))}.values())
    marks = tagged.all("separates", "between")
    if len(events) != 2 or tagged.all("frontier"):
        return
    everything = [*events, *marks[:1], free[0]]
    yield Statement(
        "separation",
        min(tag.first for tag in everything),
        max(tag.last for tag in everything),
        {"points": sorted(tag.value for tag in events), "distance": ""},
        f"a length that parts {words_of(tagged, events[1])} and {words_of(tagged, events[0])}",
        length=(free[0].first, free[0].last),
    )


def _read_offset(tagged: Tagged, length: Tag, text: str, places: PlaceIndex) -> Statement | None:
    """Read 3.5 km south-east of Tinzawatène; à 12 km de Kidal; على بعد 20 كلم جنوب تين زاوتين."""
    direction = tagged.first_after(length.last, "direction", within=4)
    away = tagged.first_after(length.last, "away", within=5)
    at = length.last + 1
    if away is not None and not tagged.any_between(("event", "length"), length.last, away.first):
        at = away.last + 1
    elif direction is not None and "\u0600" <= tagged.text(direction.last)[:1] <= "\u06ff":
        at = direction.last + 1
    else:
        return None
    if direction is not None and direction.last >= at:
        direction = None
    name = find_place_name(tagged.sentence, at, text, places)
    if name is None:
        return None
    covered = tagged.all("name", "adjective", "frontier", "ground", "event", "institution")
    if not name.places and any(tag.first <= name.last and name.first <= tag.last for tag in covered):
        return None
    point, point_tag = find_point(tagged, length)
    fields: dict[str, Any] = {"point": point, "distance": ""}
    decide = list(ask_point(point_tag))
    if len(name.places) == 1:
        fields["place"] = name.places[0].id
    elif name.places:
        fields["places"] = [place.id for place in name.places]
        names = ", ".join(f"{place.name} ({place.territory})" for place in name.places)
        decide.append(f"Which place of this name is meant: {names}? As written: any of them.")
    else:
        fields["place"] = ""
        decide.append(
            "No gazetteer at hand holds this place: add it under places with its coordinates and their source, or "
            "draft again with --places FILE."
        )
    if name.places and name.transliterated:
        decide.append("The name was matched by its sounds, not letter by letter: is it this place?")
    return Statement(
        "place_offset",
        length.first,
        name.last,
        fields,
        f"a length from a named place{of_point(tagged, point_tag)}",
        direction=None if direction is None else (direction.first, direction.last),
        place_name=(name.first, name.last),
        decide=tuple(decide),
    )
