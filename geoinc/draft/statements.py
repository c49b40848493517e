"""Tagged sentences to statements: what is said of which point, with the words it was read from.

Each rule looks for a few concepts near each other and is the same for every language. A rule that does not find
all it needs finds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from geoinc.draft.placing import find_place_name
from geoinc.draft.tags import Tag, Tagged
from geoinc.places import Place

__all__ = ["Statement", "find_statements"]

_ABOUT: Final = "incident"
_ENTRY: Final = "entry"
_DEEPEST: Final = "deepest"
_SMALL_GAP: Final = 10
_DEPTH_WORDS: Final = frozenset({"depth", "profondeur", "profundidad", "بعمق", "عمق", "of", "de"})
_SIDE_WORDS: Final = frozenset({"cote", "lado", "جانب", "الجانب", "side"})


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


def find_statements(tagged: Tagged, text: str, places: tuple[Place, ...], *, spoken_of: bool) -> list[Statement]:
    """Return what a sentence says of lengths, grounds, tracks and falls, in the order of its words.

    Parameters
    ----------
    tagged : Tagged
        The sentence, its lengths tagged too.
    text : str
        The visible text.
    places : tuple of Place
        The gazetteer.
    spoken_of : bool
        Whether the sentence before speaks of an aircraft or another thing that moves.
    """
    found: list[Statement] = []
    for length in tagged.all("length"):
        found.extend(_read_length(tagged, length, text, places, spoken_of=spoken_of))
    found.extend(_read_apart(tagged, found))
    found.extend(_read_tracks(tagged))
    found.extend(_read_falls(tagged, spoken_of=spoken_of))
    found.extend(_read_entries(tagged, found, spoken_of=spoken_of))
    found.extend(_read_within(tagged, found))
    return sorted((_weigh(tagged, each) for each in found), key=lambda each: (each.first, each.last, each.kind))


def _read_length(
    tagged: Tagged, length: Tag, text: str, places: tuple[Place, ...], *, spoken_of: bool
) -> Iterator[Statement]:
    for rule in (_read_border_distance, _read_depth, _read_entry_depth, _read_separation):
        found = rule(tagged, length)
        if found is not None:
            yield replace(found, length=(length.first, length.last))
            return
    found = _read_offset(tagged, length, text, places)
    if found is not None and (spoken_of or _speaks_of_something(tagged)):
        yield replace(found, length=(length.first, length.last))


def _read_border_distance(tagged: Tagged, length: Tag) -> Statement | None:
    """Read 9.5 kilometers from the Algerian border; à 10,2 km au sud de la frontière; على بعد 5 كلم من الحدود."""
    frontier = tagged.first_after(length.last, "frontier", within=_SMALL_GAP)
    if frontier is None or tagged.any_between(("length", "enter", "leave"), length.last, frontier.first):
        return None
    if not any(length.last < away.first and away.last <= frontier.first for away in tagged.all("away")):
        return None
    point, point_tag = _find_point(tagged, length)
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
        f"a length before {_said(tagged, frontier)}{_of_point(tagged, point_tag)}",
        border_with=frontier.value,
        decide=(*decide, *_ask_point(point_tag)),
    )


def _read_depth(tagged: Tagged, length: Tag) -> Statement | None:
    """Read 9 km inside Malian territory; à 3 km à l'intérieur du territoire malien; 5 كلم داخل الأراضي المالية."""
    inside = tagged.first_after(length.last, "inside", within=2)
    if inside is None:
        return None
    ground = _ground_after(tagged, inside.last, within=6)
    if (
        ground is None
        or tagged.any_between(("enter",), length.last, inside.first)
        or tagged.any_between(("length",), length.last, ground.first)
    ):
        return None
    entered = tagged.last_before(length.first, "enter", within=12)
    point, point_tag = (_DEEPEST, entered) if entered is not None else _find_point(tagged, length)
    return Statement(
        "border_distance",
        entered.first if entered is not None else length.first,
        ground.last,
        {"point": point, "distance": "", "territory": ground.value, "sense": "shortest"},
        f"a length inside {_said(tagged, ground)}{_of_point(tagged, point_tag)}",
        decide=_ask_point(point_tag),
    )


def _read_entry_depth(tagged: Tagged, length: Tag) -> Statement | None:
    """Read penetrated its airspace by two kilometers; اخترقت المجال الجوي بعمق 2 كلم; a two-kilometre incursion."""
    entered = tagged.last_before(length.first, "enter", within=16)
    depth = next((tag for tag in tagged.all("depth") if tag.last == length.first - 1), None)
    ground = None
    if entered is not None and depth is not None:
        ground = _ground_between(tagged, entered.first, length.last)
        if tagged.any_between(("length", "frontier", "barrier"), entered.last, length.first):
            return None
        first, last = entered.first, length.last
        if ground is None and tagged.text(depth.last) not in _DEPTH_WORDS:
            return None
    else:
        entered = tagged.first_after(length.last, "enter", within=3)
        ground = None if entered is None else _ground_after(tagged, entered.last, within=5)
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
            "point": _DEEPEST,
            "distance": "",
            "territory": None if ground is None else ground.value,
            "sense": "shortest",
        },
        f"a length as the depth of {_said(tagged, entered)}",
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
        f"a length between {_said(tagged, one)} and {_said(tagged, other)}",
    )


def _read_apart(tagged: Tagged, found: list[Statement]) -> Iterator[Statement]:
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
        f"a length that parts {_said(tagged, events[1])} and {_said(tagged, events[0])}",
        length=(free[0].first, free[0].last),
    )


def _read_offset(tagged: Tagged, length: Tag, text: str, places: tuple[Place, ...]) -> Statement | None:
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
    point, point_tag = _find_point(tagged, length)
    fields: dict[str, Any] = {"point": point, "distance": ""}
    decide = list(_ask_point(point_tag))
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
        f"a length from a named place{_of_point(tagged, point_tag)}",
        direction=None if direction is None else (direction.first, direction.last),
        place_name=(name.first, name.last),
        decide=tuple(decide),
    )


def _read_tracks(tagged: Tagged) -> Iterator[Statement]:
    """Read never left Malian airspace; n'a jamais quitté le territoire national; لم تغادر الأجواء المالية."""
    for leave in tagged.all("leave"):
        negation = next(
            (tag for tag in tagged.all("not") if -5 <= tag.first - leave.first < 0 or tag.first == leave.last + 1), None
        )
        ground = _ground_after(tagged, leave.last, within=7)
        if negation is not None and ground is not None and not _between(tagged, leave, ground, "barrier"):
            yield Statement(
                "track",
                min(negation.first, leave.first),
                ground.last,
                {"never_left": ground.value},
                f"never left {_said(tagged, ground)}",
            )
    for stay in tagged.all("stay"):
        preposition = tagged.first_after(stay.last, "in", within=6)
        ground = None if preposition is None else _ground_after(tagged, preposition.last, within=4)
        if ground is not None and not _is_denied(tagged, stay):
            yield Statement(
                "track",
                stay.first,
                ground.last,
                {"never_left": ground.value},
                f"remained in {_said(tagged, ground)}",
                decide=("Does 'remained' stand for the whole flight (never_left)?",),
            )


def _read_falls(tagged: Tagged, *, spoken_of: bool) -> Iterator[Statement]:
    """Read dropped vertically; tombé à la verticale; cayó verticalmente; سقطت عموديا."""
    if not (spoken_of or _speaks_of_something(tagged)):
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


def _read_entries(tagged: Tagged, found: list[Statement], *, spoken_of: bool) -> Iterator[Statement]:
    """Read violated Algerian airspace, where no depth is given with it."""
    if not (spoken_of or _speaks_of_something(tagged)):
        return
    taken = [each for each in found if each.fields.get("point") == _DEEPEST]
    for entered in tagged.all("enter"):
        ground = _ground_after(tagged, entered.last, within=6)
        if ground is None or _between(tagged, entered, ground, "barrier"):
            continue
        if any(each.first <= ground.last and entered.first <= each.last for each in taken):
            continue
        yield Statement(
            "within",
            entered.first,
            ground.last,
            {"point": _ENTRY, "territory": ground.value},
            f"an entry into {_said(tagged, ground)}",
        )


def _read_within(tagged: Tagged, found: list[Statement]) -> Iterator[Statement]:
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
                f"{_said(tagged, event)} said to be in {_said(tagged, ground)}",
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


def _weigh(tagged: Tagged, statement: Statement) -> Statement:
    """Mark what is denied as a note, and what is hedged as something to decide."""
    if statement.kind != "track" and _is_denied(tagged, Tag("", "", statement.first, statement.first)):
        return replace(
            statement,
            kind="note:denial",
            decide=(
                "The words deny this, and a denial is no claim of the contrary: write a claim by hand if one follows.",
            ),
        )
    if any(
        tagged.text(place) in {"?", "؟"} for place in range(len(tagged.sentence.words) - 3, len(tagged.sentence.words))
    ):
        return replace(
            statement,
            kind="note:question",
            decide=("It is asked, not said: write a claim by hand if somebody says it.",),
        )
    hedge = next((tag for tag in tagged.all("hedge") if statement.first - 6 <= tag.first <= statement.last), None)
    if hedge is None:
        return statement
    word = tagged.text(hedge.first)
    return replace(statement, decide=(*statement.decide, f"The words hedge it ({word}): is it claimed at all?"))


def _is_denied(tagged: Tagged, tag: Tag) -> bool:
    near = any(0 < tag.first - negation.first <= 5 for negation in tagged.all("not"))
    inside = any(negation.first == tag.first for negation in tagged.all("not"))
    denied = [each for each in tagged.all("deny") if each.last < tag.first]
    opened = denied and not tagged.any_between(("length", "claim_noun"), denied[-1].last, tag.first)
    return near or inside or bool(opened)


def _find_point(tagged: Tagged, length: Tag) -> tuple[str, Tag | None]:
    """Return the point that a length speaks of: the event next before it in the sentence, else the one behind it."""
    before = [
        tag
        for tag in tagged.all("event")
        if tag.last < length.first and not tagged.any_between(("frontier",), tag.last, length.first)
    ]
    if before:
        return before[-1].value, before[-1]
    after = tagged.first_after(length.last, "event", within=20)
    return (after.value, after) if after is not None else (_ABOUT, None)


def _ground_after(tagged: Tagged, place: int, *, within: int) -> Tag | None:
    """Return a named ground, or the name of a state for its ground, that begins soon behind a word."""
    ground = tagged.first_after(place, "ground", within=within)
    name = tagged.first_after(place, "name", within=min(within, 4))
    capitals = {tag.first for tag in tagged.all("capital")}
    if name is not None and name.first not in capitals and (ground is None or name.first < ground.first):
        return replace(name, concept="ground")
    return ground


def _ground_between(tagged: Tagged, first: int, last: int) -> Tag | None:
    held = [tag for tag in tagged.all("ground") if first <= tag.first and tag.last <= last]
    return held[-1] if held else None


def _between(tagged: Tagged, one: Tag, other: Tag, concept: str) -> bool:
    return tagged.any_between((concept,), one.last, other.first)


def _speaks_of_something(tagged: Tagged) -> bool:
    return bool(tagged.all("object", "event"))


def _said(tagged: Tagged, tag: Tag) -> str:
    words = " ".join(tagged.text(place) for place in range(tag.first, tag.last + 1))
    return f"'{words}'"


def _of_point(tagged: Tagged, tag: Tag | None) -> str:
    return "" if tag is None else f", near {_said(tagged, tag)}"


def _ask_point(tag: Tag | None) -> tuple[str, ...]:
    return (
        ()
        if tag is not None
        else ("Of what is this the distance (point)? The sentence names neither wreck nor event.",)
    )
