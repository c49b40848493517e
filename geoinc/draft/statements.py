"""Tagged sentences to statements: what is said of which point, with the words it was read from.

Each rule looks for a few concepts near each other and is the same for every language. A rule that does not find
all it needs finds nothing.
"""

from __future__ import annotations

from dataclasses import replace

from geoinc.draft.event_rules import read_entries, read_falls, read_tracks, read_within
from geoinc.draft.length_rules import read_apart, read_length
from geoinc.draft.statement import Statement, is_denied
from geoinc.draft.tags import Tag, Tagged
from geoinc.places import PlaceIndex

__all__ = ["find_statements"]


def find_statements(tagged: Tagged, text: str, places: PlaceIndex, *, spoken_of: bool) -> list[Statement]:
    """Return what a sentence says of lengths, grounds, tracks and falls, in the order of its words.

    Parameters
    ----------
    tagged : Tagged
        The sentence, its lengths tagged too.
    text : str
        The visible text.
    places : PlaceIndex
        The gazetteer.
    spoken_of : bool
        Whether the sentence before speaks of an aircraft or another thing that moves.
    """
    found: list[Statement] = []
    for length in tagged.all("length"):
        found.extend(read_length(tagged, length, text, places, spoken_of=spoken_of))
    found.extend(read_apart(tagged, found))
    found.extend(read_tracks(tagged))
    found.extend(read_falls(tagged, spoken_of=spoken_of))
    found.extend(read_entries(tagged, found, spoken_of=spoken_of))
    found.extend(read_within(tagged, found))
    return sorted((_weigh(tagged, each) for each in found), key=lambda each: (each.first, each.last, each.kind))


def _weigh(tagged: Tagged, statement: Statement) -> Statement:
    """Mark what is denied as a note, and what is hedged as something to decide."""
    if statement.kind != "track" and is_denied(tagged, Tag("", "", statement.first, statement.first)):
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
