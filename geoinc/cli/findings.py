"""An assessment as a page for people: what agrees, what cannot hold, what cannot be told, and why."""

from __future__ import annotations

from typing import Final

from geoinc.claims import BorderDistanceClaim, Incident, PositionClaim, WithinClaim
from geoinc.cli.apart import add_gaps
from geoinc.cli.assessing import add_own_sources
from geoinc.cli.distances import add_distances
from geoinc.cli.sheet import Sheet
from geoinc.cli.strip import add_strip
from geoinc.findings import AssessmentData, Finding, FindingKind, Outcome
from geoinc.messages import items, join, number, say, say_many, territory
from geoinc.render import words
from geoinc.render.facts import COMMA
from geoinc.wording import territory_name

__all__ = ["add_assessment", "add_findings", "add_rule", "add_rule_steps", "change_words", "outcome_words"]

GROUPS: Final = (
    (say("Agrees"), Outcome.CONSISTENT),
    (say("Cannot hold"), Outcome.INCONSISTENT),
    (say("The data cannot decide"), Outcome.INDETERMINATE),
    (say("Cannot be tested"), Outcome.NOT_ASSESSABLE),
)

LITTLE: Final = 0.5
"""An agreement that could have failed on less of the ground than this is shown with the figure."""

RULE_IN_SHORT: Final = say(
    "A source votes where its uncertainty is at most a third of the distance in question, and each lineage "
    "has one vote. A printed value agrees if it overlaps what was measured, a side or a bound only if all "
    "that was measured lies inside it."
)


def add_assessment(sheet: Sheet, assessment: AssessmentData) -> None:
    """Add the whole page: title, sources, findings by outcome, distances by source, rule."""
    incident = assessment.incident
    sheet.heading(incident.title)
    borders = ", ".join("-".join(pair) for pair in incident.borders)
    parties = {claim.party for claim in incident.claims}
    sheet.paragraph(
        say(
            "Case {id}: {claims} of {parties}, checked against each other and against {sources} for the border "
            "{borders}:",
            id=incident.id,
            claims=say_many("{count} claim", "{count} claims", len(incident.claims)),
            parties=say_many("{count} party", "{count} parties", len(parties)),
            sources=say_many("{count} source", "{count} sources", len(assessment.sources)),
            borders=borders,
        )
    )
    for source in assessment.sources:
        sheet.paragraph(say("{name}: {value}", name=source.id, value=source.title), indent=2, hanging=2)
    add_own_sources(sheet, assessment.sources)
    sheet.blank()
    add_findings(sheet, assessment)
    add_strip(sheet, assessment)
    add_gaps(sheet, assessment)
    _add_all_distances(sheet, assessment)
    _add_notices(sheet, assessment)
    add_rule(sheet, assessment)
    sheet.blank()
    sheet.paragraph(say("With --explain and a claim's tag, everything that its findings rest on is shown."))


def _add_notices(sheet: Sheet, assessment: AssessmentData) -> None:
    if assessment.notices:
        sheet.heading(say("Disputed here"))
        for notice in assessment.notices:
            sheet.paragraph(notice, indent=2, hanging=2)
        sheet.blank()


def add_findings(sheet: Sheet, assessment: AssessmentData) -> None:
    """Add the findings, grouped by what came out."""
    for heading, outcome in GROUPS:
        group = [finding for finding in assessment.findings if finding.outcome is outcome]
        if not group:
            continue
        sheet.heading(say("{heading} ({count})", heading=heading, count=number(len(group))))
        for finding in group:
            _add_finding(sheet, assessment.incident, finding)
        sheet.blank()


def add_rule(sheet: Sheet, assessment: AssessmentData) -> None:
    """Add the rule in short."""
    sheet.heading(say("Rule ({id}), the same for every party", id=assessment.rule["id"]))
    sheet.paragraph(RULE_IN_SHORT)


def add_rule_steps(sheet: Sheet, assessment: AssessmentData) -> None:
    """Add the rule as it was applied, step by step."""
    sheet.heading(say("Rule ({id}), the same for every party", id=assessment.rule["id"]))
    for place, step in enumerate(assessment.rule["steps"], start=1):
        sheet.paragraph(step, label=f"{place}.", indent=2, hanging=3)


def outcome_words(finding: Finding) -> str:
    """Return the outcome with how firmly it stands: ``consistent, fragile``."""
    word = words.OUTCOMES[finding.outcome]
    if finding.outcome is Outcome.NOT_ASSESSABLE:
        return word
    if finding.robust:
        return say("{outcome}, robust", outcome=word)
    return say("{outcome}, fragile", outcome=word)


def change_words(change: str) -> str:
    """Return a change that turns a finding round as a line of its own; `change` may begin with "if" or not."""
    return say("would change {if_so}", if_so=words.change(change))


def _add_finding(sheet: Sheet, incident: Incident, finding: Finding) -> None:
    tags = join([incident.claim(claim).tag for claim in finding.claims], " + ")
    outcome = say("{tags}: {outcome}", tags=tags, outcome=outcome_words(finding))
    sheet.paragraph(outcome, indent=2, hanging=2, bold=True)
    sheet.paragraph(finding.statement, indent=6)
    told = finding.informativeness
    if finding.outcome is Outcome.CONSISTENT and told is not None and told.excluded_share < LITTLE:
        sheet.paragraph(say("How much it says: {statement}", statement=told.statement), indent=6, hanging=2)
    for change in finding.fragile_by:
        sheet.paragraph(change_words(change), indent=6, hanging=2)
    for missing in finding.missing:
        sheet.paragraph(say("missing: {what}", what=missing), indent=6, hanging=2)


def _add_all_distances(sheet: Sheet, assessment: AssessmentData) -> None:
    incident = assessment.incident
    codes = {code for border in incident.borders for code in border}
    names = {code: territory(code, territory_name(incident, code)) for code in codes}
    for claim in incident.claims:
        if not isinstance(claim, PositionClaim):
            continue
        label = incident.points[claim.point].label
        for border in incident.borders:
            pair = tuple(sorted(border))
            measurements = [each for each in assessment.measurements.get(claim.id, ()) if each.border in {None, pair}]
            if not measurements:
                continue
            heading: str = say("Distances by source: {point} ({tag})", point=label, tag=claim.tag)
            if len(incident.borders) > 1:
                heading = join([heading, items([names[code] for code in border])], COMMA)
            sheet.heading(heading)
            add_distances(sheet, measurements, names=names, part=_vote(assessment, claim.id, border), indent=2)
            sheet.blank()


def _vote(assessment: AssessmentData, claim_id: str, border: tuple[str, str]) -> Finding | None:
    """Return the decision on the position's side of a border, or else on its distance from it."""
    for kind in (FindingKind.SIDE, FindingKind.DISTANCE):
        for finding in assessment.findings:
            if finding.kind is kind and claim_id in finding.claims and finding.by_source:
                claims = [assessment.incident.claim(each) for each in finding.claims]
                spoken_of = {each.border for each in claims if isinstance(each, BorderDistanceClaim | WithinClaim)}
                if spoken_of <= {border}:
                    return finding
    return None
