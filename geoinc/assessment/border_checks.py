"""Printed positions against boundaries: on which side, and at which distance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

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
from geoinc.quantities import format_distance
from geoinc.ranges import cell_radius_m
from geoinc.wording import (
    alternative_label,
    party_name,
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
                f"According to {party_name(incident, words[0])} ({tags(words)}), the {label} is in "
                f"{territory_name(incident, territory)}. No position was published for it, so this cannot be tested.",
                (f"a position of the {label}",),
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
        statement=_side_statement(context, position, territory, judged, outcome),
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
    context: Context, position: PositionClaim, territory: str, judged: dict[str, SourceOutcome], outcome: Outcome
) -> str:
    incident = context.incident
    where = territory_name(incident, territory)
    point = incident.points[position.point].label
    lead = f"The position that {party_name(incident, position)} printed for the {point} ({position.tag})"
    voting = [each.value for each in judged.values() if each.votes and each.value is not None]
    if outcome is Outcome.CONSISTENT:
        return f"{lead} lies in {where}, {spread(voting)} from the border, by every source that decides."
    if outcome is Outcome.INCONSISTENT:
        away = spread([abs(value) for value in voting])
        return f"{lead} does not lie in {where}: every source that decides puts it {away} on the other side."
    if outcome is Outcome.NOT_ASSESSABLE:
        return f"{lead} cannot be held against {where}: {_reasons(judged)}."
    if not voting:
        return f"{lead} is too near the border to tell whether it is in {where}: {_unfit(position)}."
    return (
        f"{lead} may lie on either side: the sources cannot settle whether it is in {where}.{_cell(position, judged)}"
    )


def turned(tried: Sequence[AlternativeOutcome], outcome: Outcome) -> list[str]:
    """Return each declared alternative that turns an outcome round, as a clause that begins with "if"."""
    return [
        f"if {each.label} (then {each.outcome.value})"
        for each in tried
        if each.declared and each.outcome is not outcome
    ]


def _reasons(judged: dict[str, SourceOutcome]) -> str:
    return "; ".join(dict.fromkeys(each.why for each in judged.values() if each.why))


def _unfit(position: PositionClaim) -> str:
    if position.reading.accuracy_m is not None:
        stated = format_distance(position.reading.accuracy_m)
        return f"no source is fit for so small a distance, together with the position's own accuracy of {stated}"
    return "no source is fit for so small a distance"


def _cell(position: PositionClaim, judged: dict[str, SourceOutcome]) -> str:
    """A sentence on the printed cell where it is wider than what the sources leave open."""
    radius_m = cell_radius_m(position.reading)
    uncertain_m = [each.uncertainty_m for each in judged.values() if each.votes and each.uncertainty_m is not None]
    if not uncertain_m or radius_m <= min(uncertain_m):
        return ""
    return (
        f" The position ({position.tag}) is printed so coarsely that it may lie up to {format_distance(radius_m)} from "
        "the place measured; the outcome rests on that."
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
                f"According to {party_name(incident, claim)} ({claim.tag}), the {label} is {printed(claim)} from the "
                f"border{_on(incident, claim)}. No position or track was published for it, so the figure cannot be "
                "tested; the map shows the ground that it allows.",
                (f"a position of the {label}", "a track"),
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
        statement=_distance_statement(context, position, claim, judged, outcome) + told,
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
    incident = context.incident
    voting = {source: each for source, each in judged.items() if each.votes and each.value is not None}
    values = [each.value for each in voting.values() if each.value is not None]
    way = {Sense.MERIDIAN: " along the meridian", Sense.HEADING: " along the stated bearing"}.get(claim.sense, "")
    label = incident.points[claim.point].label
    said = (
        f"According to {party_name(incident, claim)} ({claim.tag}), the {label} is {printed(claim)} from the border"
        f"{_on(incident, claim)}"
    )
    if not values:
        if outcome is Outcome.NOT_ASSESSABLE:
            return f"{said}; from the printed position ({position.tag}) this cannot be measured: {_reasons(judged)}."
        return f"{said}; from the printed position ({position.tag}) this is too small to be tested: {_unfit(position)}."
    far_side = [value for value in values if value < 0]
    measured = (
        f"from the position that {party_name(incident, position)} printed ({position.tag}) the sources measure "
        f"{spread([abs(v) for v in values])}{way}"
    )
    if far_side and len(far_side) == len(values):
        measured += " on the other side of it"
    if outcome is Outcome.CONSISTENT:
        titles = {source.id: source.title for source in context.borders[claim.border].sources}
        deciders = [titles[s] for s, each in voting.items() if each.outcome is Outcome.CONSISTENT]
        silent = [titles[s] for s, each in voting.items() if each.outcome is not Outcome.CONSISTENT]
        tail = f" {_told(deciders, 'decides', 'decide')}; {_told(silent, 'abstains', 'abstain')}." if silent else ""
        cell = _cell(position, judged)
        within = "what the printed digits leave open" if cell else "their uncertainty"
        return f"{said}; {measured}, which agrees within {within}.{tail}{cell}"
    if outcome is Outcome.INCONSISTENT:
        claimed = question_of(claim).claimed
        against = [each.measured for each in voting.values() if each.measured and not each.measured.overlaps(claimed)]
        by = spread([each.gap(claimed) for each in against])
        small = all(each.low >= claimed.high for each in against)
        large = all(each.high <= claimed.low for each in against)
        size = "small" if small else "large" if large else "far off"
        return f"{said}; {measured}, which does not agree: the figure is too {size} by {by}, beyond their uncertainty."
    return f"{said}; {measured}, and the sources cannot settle it.{_cell(position, judged)}"


def _told(sources: Sequence[str], one: str, many: str) -> str:
    """Sources and their verb; a semicolon parts them, for their titles hold commas."""
    return f"{'; '.join(sources)} {one if len(sources) == 1 else many}"


def _on(incident: Incident, claim: BorderDistanceClaim) -> str:
    return "" if claim.territory is None else f", in {territory_name(incident, claim.territory)}"


def _values(judged: dict[str, SourceOutcome]) -> dict[str, Any]:
    return {source: each.value for source, each in judged.items()}


def _missing(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.why for each in evidence if each.why))
