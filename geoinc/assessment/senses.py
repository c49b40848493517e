"""In which senses a distance to the border can be meant, and what comes out in each.

The sense that a claim declares decides. The others are looked at all the same: along the meridian, along the bearing
that the words name, from each place that they name. What no file declares is told and makes nothing fragile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from geoinc.assessment.evidence import Asked, Context
from geoinc.assessment.from_places import decide_places, judge_places
from geoinc.assessment.rule import Question, decide, judge_sources
from geoinc.claims import Alternative, BorderDistanceClaim, PlaceOffsetClaim, PositionClaim
from geoinc.consistency import Way, reread, way_of
from geoinc.directions import read_direction
from geoinc.errors import ReadingError
from geoinc.findings import AlternativeOutcome, Outcome, SourceOutcome
from geoinc.geodesy import Edges
from geoinc.intervals import Interval
from geoinc.measurement import Sense
from geoinc.quantities import Quantity
from geoinc.wording import alternative_label, outer_range, undeclared

__all__ = ["question_for", "question_of", "stated_bearings_deg", "try_alternatives", "voting_range"]

ONE_SIDED: Final = ("at_least", "more_than", "up_to")

_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*'?")
# Short words of one language that mean something else in another count only behind an article.
_BEHIND_ARTICLE: Final = frozenset({"est", "sur", "este", "oeste"})
_ARTICLES: Final = frozenset({"l'", "al", "el", "au"})
_LONGEST_DIRECTION: Final = 3
_LEAST_LETTERS: Final = 3


def question_of(claim: BorderDistanceClaim | PlaceOffsetClaim, alternative: Alternative | None = None) -> Question:
    """Return what a distance claim asks, as printed or as a declared alternative reads it."""
    return question_for(reread(claim.distance, alternative))


def question_for(distance: Quantity) -> Question:
    """Return what a printed distance asks of a measured one."""
    interval = distance.interval
    if distance.bound == "up_to":
        scale_m = interval.high
    elif distance.bound in ONE_SIDED:
        scale_m = interval.low
    else:
        scale_m = interval.middle
    return Question(interval, one_sided=distance.bound in ONE_SIDED, scale_m=scale_m)


def try_alternatives(
    context: Context, position: PositionClaim, claim: BorderDistanceClaim
) -> tuple[AlternativeOutcome, ...]:
    """Judge a claim again under each declared alternative, then in each sense that its words can have besides."""
    tried = []
    for alternative in claim.alternatives:
        if alternative.near is not None and alternative == Alternative(near=alternative.near, note=alternative.note):
            continue
        way, question = way_of(claim, alternative), question_of(claim, alternative)
        outcome, measured = _judge(context, position, claim, way, question, alternative.edges)
        label = alternative_label([claim], alternative)
        tried.append(AlternativeOutcome(label, outcome, measured, question.claimed))
    question = question_of(claim)
    for alternative in _undeclared(claim):
        outcome, measured = _judge(context, position, claim, way_of(claim, alternative), question, None)
        label = undeclared(alternative_label([claim], alternative))
        tried.append(AlternativeOutcome(label, outcome, measured, question.claimed, declared=False))
    return tuple(tried)


def _judge(
    context: Context,
    position: PositionClaim,
    claim: BorderDistanceClaim,
    way: Way,
    question: Question,
    edges: Edges | None,
) -> tuple[Outcome, Interval | None]:
    if way.sense is Sense.FROM:
        by_place = judge_places(position.reading, way.places, question, way.direction_deg)
        return decide_places(by_place), outer_range([each.measured for each in by_place])
    asked = Asked(claim.border, claim.territory, way.sense, way.bearing_deg, edges)
    judged = judge_sources(context.evidence(position, asked), question)
    return decide(judged), voting_range(judged)


def voting_range(judged: Mapping[str, SourceOutcome]) -> Interval | None:
    """Return the range over the sources that vote; over all that measured where none votes."""
    voting = [each.measured for each in judged.values() if each.votes and each.measured is not None]
    return outer_range(voting or [each.measured for each in judged.values() if each.measured is not None])


def _undeclared(claim: BorderDistanceClaim) -> Iterator[Alternative]:
    """Senses that the words can have, beyond that of the claim and those of its alternatives."""
    declared = [way_of(claim), *(way_of(claim, alternative) for alternative in claim.alternatives)]
    senses = {way.sense for way in declared}
    yield from (Alternative(sense=sense) for sense in (Sense.SHORTEST, Sense.MERIDIAN) if sense not in senses)
    if Sense.HEADING not in senses:
        # Due north and due south are the meridian.
        bearings = [bearing for bearing in stated_bearings_deg(claim) if bearing % 180.0]
        yield from (Alternative(sense=Sense.HEADING, bearing_deg=bearing) for bearing in bearings)
    known = {place for way in declared for place in way.places}
    near = claim.near.places if claim.near else ()
    for place in dict.fromkeys((*claim.places, *near)):
        if place not in known:
            yield Alternative(sense=Sense.FROM, places=(place,))


def stated_bearings_deg(claim: BorderDistanceClaim) -> tuple[float, ...]:
    """Return the bearings from the point to the border that a claim states, or that its words name.

    "South-west of the border" names the bearing 45: whoever stands there looks north-east to the border.
    """
    if claim.bearing_deg is not None:
        return (claim.bearing_deg,)
    if claim.direction_deg is not None:
        start, end = claim.direction_deg
        return (((start + (end - start) % 360.0 / 2) + 180.0) % 360.0,)
    found = [
        (middle_deg + 180.0) % 360.0
        for text in (claim.text, claim.quote or "", claim.translation or "")
        for middle_deg in _directions_deg(text)
    ]
    return tuple(dict.fromkeys(found))


def _directions_deg(text: str) -> Iterator[float]:
    """Middles of the compass words of a text, the longest word at each place."""
    words = [match.group().casefold() for match in _WORD.finditer(text.replace("’", "'"))]
    first = 0
    while first < len(words):
        for length in range(min(_LONGEST_DIRECTION, len(words) - first), 0, -1):
            direction = _read(words[first : first + length], words[first - 1] if first else "")
            if direction is not None:
                yield direction
                first += length - 1
                break
        first += 1


def _read(words: list[str], before: str) -> float | None:
    plain = [word for word in words if word not in _ARTICLES]
    if not plain or len(plain) < len(words) or any(len(word) < _LEAST_LETTERS for word in plain):
        return None
    if plain[0] in _BEHIND_ARTICLE and before not in _ARTICLES:
        return None
    try:
        return read_direction(" ".join(plain)).middle_deg
    except ReadingError:
        return None
