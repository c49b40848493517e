"""A distance from a place against what is said of the same point and the border: by way of where the place lies.

A point so far from a place is nearer to the border, or further from it, than the place by no more than that distance.
Whoever gives both a distance from a town and a distance to the border has therefore said something of the town, and
that can be measured even where no position of the point was printed.

References
----------
The signed distance to a line that parts two territories is 1-Lipschitz: |d(place) - d(point)| <= s(place, point).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from geoinc.assessment.evidence import Asked, Context
from geoinc.assessment.rule import Evidence, Question, decide, flips, judge_sources
from geoinc.assessment.senses import question_for, voting_range
from geoinc.claims import BorderDistanceClaim, Claim, Incident, PositionClaim, WithinClaim
from geoinc.consistency import (
    Offset,
    Points,
    Way,
    finding_id,
    finite_or_none,
    offsets_of,
    overlap_margin_m,
    place_reading,
    with_alternatives,
)
from geoinc.findings import Finding, FindingKind, Outcome, SourceOutcome
from geoinc.intervals import Interval
from geoinc.measurement import Sense
from geoinc.messages import Text, join, say
from geoinc.places import Place
from geoinc.quantities import Quantity, format_distance, format_interval
from geoinc.wording import if_only, offset_text, party_name, printed, spread, territory_name, undeclared_sentence

__all__ = ["check_place_bounds"]

Bound = BorderDistanceClaim | WithinClaim


def check_place_bounds(context: Context) -> Iterator[Finding]:
    """Check each party's distances from a place against what it says of the same point and the border.

    Points with a position are left to that: it says more than any place.
    """
    incident = context.incident
    points = Points(incident)
    for offset in offsets_of(incident):
        if points.positions(offset.point) or not offset.interval.bounded:
            continue
        for claim in _bounds(incident, points, offset):
            yield _finding(context, offset, claim)


def _bounds(incident: Incident, points: Points, offset: Offset) -> list[Bound]:
    """What the same party says of the point and the border; words for a territory only where no distance has it."""
    own = [
        claim
        for claim in incident.claims
        if isinstance(claim, Bound)
        and claim.party == offset.claim.party
        and points.canonical(claim.point) == offset.point
    ]
    distances = [c for c in own if isinstance(c, BorderDistanceClaim) and c.sense is Sense.SHORTEST]
    known = {(claim.border, claim.territory) for claim in distances}
    words = [c for c in own if isinstance(c, WithinClaim) and (c.border, c.territory) not in known]
    return [*distances, *words]


def _finding(context: Context, offset: Offset, claim: Bound) -> Finding:
    stated = [offset.claim, *([claim] if isinstance(claim, BorderDistanceClaim) else [])]
    quantities = [each.distance for each in stated]

    def compare(read: Sequence[Quantity], ways: Sequence[Way]) -> tuple[Outcome, Interval | None, Interval | None]:
        if any(_moved(each, way) for each, way in zip(stated, ways, strict=True)):
            return Outcome.INDETERMINATE, None, None
        asked = _question(claim, read)
        found = _judge(context, offset, claim, asked)
        return _agreed(found), None, asked.claimed

    outcome, tried, turns = with_alternatives(stated, quantities, compare)
    question = _question(claim, quantities)
    judged = _judge(context, offset, claim, question)
    outcomes = {place: decide(each) for place, each in judged.items()}
    place = next((each for each, found in outcomes.items() if found is outcome), offset.places[0])
    changes: list[str] = []
    if len(offset.places) > 1 and len(set(outcomes.values())) > 1:
        changes = [if_only(each, found) for each, found in outcomes.items()]
    elif len(offset.places) == 1:
        changes = flips(_evidence(context, claim, place), question, outcome)
    changes += turns
    measured = voting_range(judged[place])
    claims = [offset.claim, claim]
    margin_m = None if measured is None else overlap_margin_m(measured, question.claimed)
    return Finding(
        id=finding_id(FindingKind.LIPSCHITZ, claims),
        kind=FindingKind.LIPSCHITZ,
        claims=tuple(each.id for each in claims),
        outcome=outcome,
        robust=not changes,
        fragile_by=tuple(changes),
        statement=join(
            [
                _puts(context.incident, offset, claim, question),
                *(_found(judged[place], place, outcomes[place]) for place in offset.places),
                undeclared_sentence(tried),
            ]
        ),
        measured=measured,
        claimed=question.claimed,
        by_source=judged[place],
        alternatives=tried,
        evidence={
            "margin_m": margin_m if outcome in (Outcome.CONSISTENT, Outcome.INCONSISTENT) else None,
            "place_to_border_m": {
                each.id: {source: one.value for source, one in found.items()} for each, found in judged.items()
            },
            "offset_at_most_m": finite_or_none(offset.interval.high),
        },
    )


def _moved(claim: Claim, way: Way) -> bool:
    """Whether a distance is then counted from something else, so that the bound says nothing of it."""
    own = claim.sense if isinstance(claim, BorderDistanceClaim) else way.sense
    return way.sense is not own


def _judge(context: Context, offset: Offset, claim: Bound, question: Question) -> dict[Place, dict[str, SourceOutcome]]:
    return {place: judge_sources(_evidence(context, claim, place), question) for place in offset.places}


def _agreed(judged: dict[Place, dict[str, SourceOutcome]]) -> Outcome:
    outcomes = {decide(each) for each in judged.values()}
    return outcomes.pop() if len(outcomes) == 1 else Outcome.INDETERMINATE


def _question(claim: Bound, distances: Sequence[Quantity]) -> Question:
    """Where the place may lie if both claims hold: its distance to the border, positive on the claim's ground.

    The first of the distances is that from the place, the second that to the border, if the claim gives one.
    """
    reach_m = distances[0].interval.high
    if isinstance(claim, WithinClaim):
        return Question(Interval.at_least(-reach_m), one_sided=False, scale_m=reach_m)
    asked = question_for(distances[1])
    low_m, high_m = asked.claimed.low - reach_m, asked.claimed.high + reach_m
    claimed = Interval(low_m if claim.territory is not None else max(0.0, low_m), high_m)
    return Question(claimed, one_sided=False, scale_m=reach_m + (asked.scale_m or 0.0))


def _evidence(context: Context, claim: Bound, place: Place) -> tuple[Evidence, ...]:
    asked = Asked(claim.border, claim.territory)
    stand_in = PositionClaim(
        id=f"place:{place.id}",
        party=claim.party,
        kind="position",
        tag=place.name,
        point=claim.point,
        reading=place_reading(place),
    )
    return context.evidence(stand_in, asked)


def _puts(incident: Incident, offset: Offset, claim: Bound, question: Question) -> Text:
    """What was said of the point, and where the place would have to lie for it."""
    named = say("the named place") if len(offset.places) == 1 else say("the place that is meant")
    return say(
        "{party} puts the {point} {offset} ({claim}) and {where}: with both, {place} would have to lie {range}.",
        party=party_name(incident, claim),
        point=incident.points[claim.point].label,
        offset=offset_text(
            offset.claim.distance.text.strip(), offset.claim.direction_deg, [place.name for place in offset.places]
        ),
        claim=offset.claim.tag,
        where=_where(incident, claim),
        place=named,
        range=_side_text(question.claimed, claim, incident),
    )


def _where(incident: Incident, claim: Bound) -> Text:
    """Where else the point was put."""
    where = None if claim.territory is None else territory_name(incident, claim.territory)
    if isinstance(claim, WithinClaim):
        return say("in {territory} ({claim})", territory=where, claim=claim.tag)
    if where is None:
        return say("{distance} from the border ({claim})", distance=printed(claim), claim=claim.tag)
    return say(
        "{distance} from the border in {territory} ({claim})", distance=printed(claim), territory=where, claim=claim.tag
    )


def _side_text(claimed: Interval, claim: Bound, incident: Incident) -> Text:
    """Where a place has to lie, in words."""
    if claim.territory is None:
        return say("{distance} from the border", distance=format_interval(claimed))
    inside, outside = claimed.high, -claimed.low
    home = territory_name(incident, claim.territory)
    other = territory_name(incident, next(code for code in claim.border if code != claim.territory))
    if outside <= 0:
        return say("{distance} inside {territory}", distance=format_interval(claimed), territory=home)
    if math.isinf(inside):
        return say(
            "in {territory} or at most {distance} inside {other}",
            territory=home,
            distance=format_distance(outside),
            other=other,
        )
    return say(
        "at most {distance} inside {territory} or {other_distance} inside {other}",
        distance=format_distance(inside),
        territory=home,
        other_distance=format_distance(outside),
        other=other,
    )


def _found(judged: dict[str, SourceOutcome], place: Place, outcome: Outcome) -> Text:
    values = [each.value for each in judged.values() if each.votes and each.value is not None]
    verdict = _VERDICTS[outcome]
    if not values:
        return say("For {place}, {verdict}.", place=place.name, verdict=verdict)
    return say(
        "{place} lies {distance} from the border: {verdict}.",
        place=place.name,
        distance=spread([abs(value) for value in values]),
        verdict=verdict,
    )


_VERDICTS: Final = {
    Outcome.CONSISTENT: say("it does"),
    Outcome.INCONSISTENT: say("it does not"),
    Outcome.INDETERMINATE: say("the sources cannot settle it"),
    Outcome.NOT_ASSESSABLE: say("no source measures it"),
}
"""Whether a place lies where it would have to."""
