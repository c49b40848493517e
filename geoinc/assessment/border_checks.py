"""Printed positions against boundaries: on which side, and at which distance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from geoinc.assessment.evidence import Asked, Context
from geoinc.assessment.informativeness import foresee
from geoinc.assessment.rule import Evidence, Question, decide, flips, judge_sources
from geoinc.assessment.senses import question_of, try_alternatives, voting_range
from geoinc.assessment.weighing import weigh
from geoinc.claims import Alternative, BorderDistanceClaim, Claim, Incident, PositionClaim, WithinClaim
from geoinc.consistency import Points, finding_id, not_assessable
from geoinc.findings import AlternativeOutcome, Finding, FindingKind, Outcome, SourceOutcome
from geoinc.intervals import Interval
from geoinc.measurement import Sense
from geoinc.messages import Text, join, later, say
from geoinc.quantities import format_distance
from geoinc.ranges import cell_radius_m
from geoinc.wording import (
    alternative_label,
    border_text,
    clauses,
    if_so,
    party_name,
    position_wanted,
    printed,
    spread,
    tags,
    territory_name,
    undeclared_sentence,
)

__all__ = ["check_distances", "check_sides", "question_of", "turned"]

INSIDE = Interval.more_than(0.0)


def check_sides(context: Context) -> Iterator[Finding]:
    """Check each territory that a party's words put a point in, against each position printed for it."""
    incident = context.incident
    points = Points(incident)
    grouped: dict[tuple[str, str, str, tuple[str, str]], list[Claim]] = {}
    for claim in incident.claims:
        if isinstance(claim, WithinClaim | BorderDistanceClaim) and claim.territory is not None:
            key = (claim.party, points.canonical(claim.point), claim.territory, claim.border)
            grouped.setdefault(key, []).append(claim)
    for (_, point, territory, border), claims in grouped.items():
        positions = points.positions(point)
        for position in positions:
            yield _side(context, position, claims, territory, border)
        words = [claim for claim in claims if isinstance(claim, WithinClaim)]
        if not positions and words:
            label = incident.points[words[0].point].label
            question = Question(INSIDE, one_sided=True, scale_m=None)
            told = foresee(context.ground(border), question, territory, point=label, tags=tags(words))
            bare = not_assessable(
                FindingKind.SIDE,
                words,
                say(
                    "According to {party} ({claims}), the {point} is in {territory}. No position was published for it, "
                    "so this cannot be tested.",
                    party=party_name(incident, words[0]),
                    claims=tags(words),
                    point=label,
                    territory=territory_name(incident, territory),
                ),
                (position_wanted(incident, words[0].point),),
            )
            yield replace(bare, informativeness=told)


def _side(
    context: Context,
    position: PositionClaim,
    claims: Sequence[Claim],
    territory: str,
    border: tuple[str, str],
) -> Finding:
    asked = Asked(border, territory)
    evidence = context.evidence(position, asked)
    question = Question(INSIDE, one_sided=True, scale_m=None)
    judged = judge_sources(evidence, question)
    outcome = decide(judged)
    changes = flips(evidence, question, outcome)
    tried = []
    for claim in claims:
        for alternative in claim.alternatives:
            if alternative.edges is None:
                continue
            other = judge_sources(context.evidence(position, replace(asked, edges=alternative.edges)), question)
            how = alternative_label([claim], Alternative(edges=alternative.edges))
            tried.append(AlternativeOutcome(how, decide(other), voting_range(other), INSIDE))
    changes += turned(tried, outcome)
    weight = weigh(context, position, asked, question, judged, outcome, tried, tags=tags(claims))
    return Finding(
        id=finding_id(FindingKind.SIDE, [position, *claims]),
        kind=FindingKind.SIDE,
        claims=(position.id, *(claim.id for claim in claims)),
        outcome=outcome,
        robust=not changes,
        fragile_by=tuple(changes),
        statement=_side_statement(context, position, territory, border, judged, outcome),
        measured=voting_range(judged),
        claimed=INSIDE,
        by_source=judged,
        alternatives=tuple(tried),
        evidence={"territory": territory, "values_m": _values(judged), **weight.evidence},
        missing=_missing(evidence) if outcome is Outcome.NOT_ASSESSABLE else (),
        informativeness=weight.informativeness,
        smallest_change=weight.smallest_change,
    )


def _side_statement(
    context: Context,
    position: PositionClaim,
    territory: str,
    border: tuple[str, str],
    judged: dict[str, SourceOutcome],
    outcome: Outcome,
) -> str:
    incident = context.incident
    line = border_text(incident, border)
    several = line is not None
    named = {
        "party": party_name(incident, position),
        "point": incident.points[position.point].label,
        "position": position.tag,
        "territory": territory_name(incident, territory),
        "border": line or "",
    }
    voting = [each.value for each in judged.values() if each.votes and each.value is not None]
    if outcome is Outcome.CONSISTENT:
        return say(_INSIDE[several], **named, distance=spread(voting))
    if outcome is Outcome.INCONSISTENT:
        return say(_ACROSS[several], **named, distance=spread([abs(value) for value in voting]))
    if outcome is Outcome.NOT_ASSESSABLE:
        return say(_NOT_HELD[several], **named, reasons=_reasons(judged))
    if not voting:
        return say(_TOO_NEAR[several], **named, reason=_unfit(position))
    return join([say(_EITHER[several], **named), _cell(position, judged)])


# Of an incident with one border, and of one with several, where each is named.
_INSIDE: Final = (
    later(
        "The position that {party} printed for the {point} ({position}) lies in {territory}, {distance} from the "
        "border, by every source that decides."
    ),
    later(
        "The position that {party} printed for the {point} ({position}) lies in {territory}, {distance} from {border}, "
        "by every source that decides."
    ),
)
_ACROSS: Final = (
    later(
        "The position that {party} printed for the {point} ({position}) does not lie in {territory}: every source "
        "that decides puts it {distance} on the other side."
    ),
    later(
        "The position that {party} printed for the {point} ({position}) does not lie in {territory}: every source "
        "that decides puts it {distance} on the other side of {border}."
    ),
)
_NOT_HELD: Final = (
    later(
        "The position that {party} printed for the {point} ({position}) cannot be held against {territory}: {reasons}."
    ),
    later(
        "The position that {party} printed for the {point} ({position}) cannot be held against {territory} at "
        "{border}: {reasons}."
    ),
)
_TOO_NEAR: Final = (
    later(
        "The position that {party} printed for the {point} ({position}) is too near the border to tell whether it "
        "is in {territory}: {reason}."
    ),
    later(
        "The position that {party} printed for the {point} ({position}) is too near {border} to tell whether it is in "
        "{territory}: {reason}."
    ),
)
_EITHER: Final = (
    later(
        "The position that {party} printed for the {point} ({position}) may lie on either side: the sources cannot "
        "settle whether it is in {territory}."
    ),
    later(
        "The position that {party} printed for the {point} ({position}) may lie on either side of {border}: the "
        "sources cannot settle whether it is in {territory}."
    ),
)


def turned(tried: Sequence[AlternativeOutcome], outcome: Outcome) -> list[str]:
    """Return each declared alternative that turns an outcome round, as a clause that begins with "if"."""
    return [if_so(each.label, each.outcome) for each in tried if each.declared and each.outcome is not outcome]


def _reasons(judged: dict[str, SourceOutcome]) -> Text:
    return clauses(dict.fromkeys(each.why for each in judged.values() if each.why))


def _unfit(position: PositionClaim) -> Text:
    if position.reading.accuracy_m is not None:
        return say(
            "no source is fit for so small a distance, together with the position's own accuracy of {accuracy}",
            accuracy=format_distance(position.reading.accuracy_m),
        )
    return say("no source is fit for so small a distance")


def _cell(position: PositionClaim, judged: dict[str, SourceOutcome]) -> Text | None:
    """A sentence on the printed cell where it is wider than what the sources leave open."""
    radius_m = cell_radius_m(position.reading)
    uncertain_m = [each.uncertainty_m for each in judged.values() if each.votes and each.uncertainty_m is not None]
    if not uncertain_m or radius_m <= min(uncertain_m):
        return None
    return say(
        "The position ({position}) is printed so coarsely that it may lie up to {distance} from the place measured; "
        "the outcome rests on that.",
        position=position.tag,
        distance=format_distance(radius_m),
    )


def check_distances(context: Context) -> Iterator[Finding]:
    """Check each printed distance to the border against each position printed for the same point."""
    incident = context.incident
    points = Points(incident)
    for claim in incident.claims:
        if not isinstance(claim, BorderDistanceClaim) or claim.sense is Sense.FROM:
            continue
        positions = points.positions(claim.point)
        for position in positions:
            yield _distance(context, position, claim)
        if not positions:
            label = incident.points[claim.point].label
            told = None
            if claim.sense is Sense.SHORTEST:
                ground, question = context.ground(claim.border), question_of(claim)
                told = foresee(ground, question, claim.territory, point=label, tags=claim.tag)
            bare = not_assessable(
                FindingKind.DISTANCE,
                [claim],
                say(
                    "{statement}. No position or track was published for it, so the figure cannot be tested; the map "
                    "shows the ground that it allows.",
                    statement=_said(incident, claim),
                ),
                (position_wanted(incident, claim.point), say("a track")),
                claimed=claim.distance.interval,
            )
            yield replace(bare, informativeness=told)


def _distance(context: Context, position: PositionClaim, claim: BorderDistanceClaim) -> Finding:
    asked = Asked(claim.border, claim.territory, claim.sense, claim.bearing_deg)
    evidence = context.evidence(position, asked)
    question = question_of(claim)
    judged = judge_sources(evidence, question)
    outcome = decide(judged)
    changes = flips(evidence, question, outcome)
    tried = try_alternatives(context, position, claim)
    changes += turned(tried, outcome)
    told = undeclared_sentence(each for each in tried if each.outcome is not outcome)
    weight = weigh(context, position, asked, question, judged, outcome, tried, tags=claim.tag, claim=claim)
    return Finding(
        id=finding_id(FindingKind.DISTANCE, [claim, position]),
        kind=FindingKind.DISTANCE,
        claims=(claim.id, position.id),
        outcome=outcome,
        robust=not changes,
        fragile_by=tuple(changes),
        statement=join([_distance_statement(context, position, claim, judged, outcome), told]),
        measured=voting_range(judged),
        claimed=question.claimed,
        by_source=judged,
        alternatives=tried,
        evidence={
            "sense": claim.sense.value,
            "territory": claim.territory,
            "values_m": _values(judged),
            **weight.evidence,
        },
        missing=_missing(evidence) if outcome is Outcome.NOT_ASSESSABLE else (),
        informativeness=weight.informativeness,
        smallest_change=weight.smallest_change,
    )


def _distance_statement(
    context: Context,
    position: PositionClaim,
    claim: BorderDistanceClaim,
    judged: dict[str, SourceOutcome],
    outcome: Outcome,
) -> str:
    voting = {source: each for source, each in judged.items() if each.votes and each.value is not None}
    values = [each.value for each in voting.values() if each.value is not None]
    said = _said(context.incident, claim)
    if not values:
        if outcome is Outcome.NOT_ASSESSABLE:
            return say(
                "{statement}; from the printed position ({position}) this cannot be measured: {reasons}.",
                statement=said,
                position=position.tag,
                reasons=_reasons(judged),
            )
        return say(
            "{statement}; from the printed position ({position}) this is too small to be tested: {reason}.",
            statement=said,
            position=position.tag,
            reason=_unfit(position),
        )
    measured = say(
        _MEASURED[all(value < 0 for value in values)][claim.sense],
        party=party_name(context.incident, position),
        position=position.tag,
        distance=spread([abs(v) for v in values]),
    )
    cell = _cell(position, judged)
    if outcome is Outcome.CONSISTENT:
        titles = {source.id: source.title for source in context.borders[claim.border].sources}
        deciders = [titles[s] for s, each in voting.items() if each.outcome is Outcome.CONSISTENT]
        silent = [titles[s] for s, each in voting.items() if each.outcome is not Outcome.CONSISTENT]
        agrees = (
            say(
                "{statement}; {measured}, which agrees within what the printed digits leave open.",
                statement=said,
                measured=measured,
            )
            if cell
            else say(
                "{statement}; {measured}, which agrees within their uncertainty.", statement=said, measured=measured
            )
        )
        return join([agrees, _told(deciders, silent), cell])
    if outcome is Outcome.INCONSISTENT:
        claimed = question_of(claim).claimed
        against = [each.measured for each in voting.values() if each.measured and not each.measured.overlaps(claimed)]
        small = all(each.low >= claimed.high for each in against)
        large = all(each.high <= claimed.low for each in against)
        template = _TOO_SMALL if small else _TOO_LARGE if large else _FAR_OFF
        return say(template, statement=said, measured=measured, gap=spread([each.gap(claimed) for each in against]))
    unsettled = say("{statement}; {measured}, and the sources cannot settle it.", statement=said, measured=measured)
    return join([unsettled, cell])


_MEASURED: Final = {
    False: {
        Sense.SHORTEST: later(
            "from the position that {party} printed ({position}) the sources measure {distance}",
        ),
        Sense.MERIDIAN: later(
            "from the position that {party} printed ({position}) the sources measure {distance} along the meridian",
        ),
        Sense.HEADING: later(
            "from the position that {party} printed ({position}) the sources measure {distance} along the stated "
            "bearing",
        ),
    },
    True: {
        Sense.SHORTEST: later(
            "from the position that {party} printed ({position}) the sources measure {distance} on the other side of "
            "it",
        ),
        Sense.MERIDIAN: later(
            "from the position that {party} printed ({position}) the sources measure {distance} along the meridian on "
            "the other side of it",
        ),
        Sense.HEADING: later(
            "from the position that {party} printed ({position}) the sources measure {distance} along the stated "
            "bearing on the other side of it",
        ),
    },
}
"""By whether all that was measured lies on the other side of the border, and by sense."""

_TOO_SMALL: Final = later(
    "{statement}; {measured}, which does not agree: the figure is too small by {gap}, beyond their uncertainty."
)
_TOO_LARGE: Final = later(
    "{statement}; {measured}, which does not agree: the figure is too large by {gap}, beyond their uncertainty."
)
_FAR_OFF: Final = later(
    "{statement}; {measured}, which does not agree: the figure is too far off by {gap}, beyond their uncertainty."
)


def _told(deciders: Sequence[str], silent: Sequence[str]) -> Text | None:
    """Who decides and who abstains, where anybody does; semicolons part the titles, for they hold commas."""
    if not silent:
        return None
    decides = (later("{sources} decide"), later("{sources} decides"))[len(deciders) == 1]
    abstains = (later("{sources} abstain"), later("{sources} abstains"))[len(silent) == 1]
    return say(
        "{deciding}; {abstaining}.",
        deciding=say(decides, sources=clauses(deciders)),
        abstaining=say(abstains, sources=clauses(silent)),
    )


def _said(incident: Incident, claim: BorderDistanceClaim) -> Text:
    named = {
        "party": party_name(incident, claim),
        "claim": claim.tag,
        "point": incident.points[claim.point].label,
        "distance": printed(claim),
    }
    border = border_text(incident, claim.border)
    if claim.territory is None:
        return say(_FIGURE[border is not None], **named, border=border or "")
    where = territory_name(incident, claim.territory)
    return say(_FIGURE_INSIDE[border is not None], **named, border=border or "", territory=where)


_FIGURE: Final = (
    later("According to {party} ({claim}), the {point} is {distance} from the border"),
    later("According to {party} ({claim}), the {point} is {distance} from {border}"),
)
_FIGURE_INSIDE: Final = (
    later("According to {party} ({claim}), the {point} is {distance} from the border, in {territory}"),
    later("According to {party} ({claim}), the {point} is {distance} from {border}, in {territory}"),
)


def _values(judged: dict[str, SourceOutcome]) -> dict[str, Any]:
    return {source: each.value for source, each in judged.items()}


def _missing(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.why for each in evidence if each.why))
