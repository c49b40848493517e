"""An assessment as a page for people: what agrees, what cannot hold, what cannot be told, and why."""

from __future__ import annotations

from collections.abc import Sized
from typing import Final

from geoinc.claims import Incident, PositionClaim
from geoinc.cli.apart import add_gaps
from geoinc.cli.assessing import add_own_sources
from geoinc.cli.distances import add_distances
from geoinc.cli.sheet import Sheet
from geoinc.findings import AssessmentData, Finding, FindingKind, Outcome
from geoinc.wording import territory_name

__all__ = ["add_assessment", "add_findings", "add_rule", "add_rule_steps", "change_words", "outcome_words"]

GROUPS: Final = (
    ("Agrees", Outcome.CONSISTENT),
    ("Cannot hold", Outcome.INCONSISTENT),
    ("The data cannot decide", Outcome.INDETERMINATE),
    ("Cannot be tested", Outcome.NOT_ASSESSABLE),
)

LITTLE: Final = 0.5
"""An agreement that could have failed on less of the ground than this is shown with the figure."""

RULE_IN_SHORT: Final = (
    "A source votes where its uncertainty is at most a third of the distance in question, and each lineage "
    "has one vote. A printed value agrees if it overlaps what was measured, a side or a bound only if all "
    "that was measured lies inside it."
)


def add_assessment(sheet: Sheet, assessment: AssessmentData) -> None:
    """Add the whole page: title, sources, findings by outcome, distances by source, rule."""
    incident = assessment.incident
    sheet.heading(incident.title)
    borders = ", ".join("-".join(pair) for pair in incident.borders)
    sheet.paragraph(
        f"Case {incident.id}: {_counted(incident.claims, 'claim', 'claims')} of "
        f"{_counted({claim.party for claim in incident.claims}, 'party', 'parties')}, checked against each other "
        f"and against {_counted(assessment.sources, 'source', 'sources')} for the border {borders}:"
    )
    for source in assessment.sources:
        sheet.paragraph(f"{source.id}: {source.title}", indent=2, hanging=2)
    add_own_sources(sheet, assessment.sources)
    sheet.blank()
    add_findings(sheet, assessment)
    add_gaps(sheet, assessment)
    _add_all_distances(sheet, assessment)
    _add_notices(sheet, assessment)
    add_rule(sheet, assessment)
    sheet.blank()
    sheet.paragraph("With --explain and a claim's tag, everything that its findings rest on is shown.")


def _add_notices(sheet: Sheet, assessment: AssessmentData) -> None:
    if assessment.notices:
        sheet.heading("Disputed here")
        for notice in assessment.notices:
            sheet.paragraph(notice, indent=2, hanging=2)
        sheet.blank()


def _counted(things: Sized, one: str, many: str) -> str:
    return f"{len(things)} {one if len(things) == 1 else many}"


def add_findings(sheet: Sheet, assessment: AssessmentData) -> None:
    """Add the findings, grouped by what came out."""
    for heading, outcome in GROUPS:
        group = [finding for finding in assessment.findings if finding.outcome is outcome]
        if not group:
            continue
        sheet.heading(f"{heading} ({len(group)})")
        for finding in group:
            _add_finding(sheet, assessment.incident, finding)
        sheet.blank()


def add_rule(sheet: Sheet, assessment: AssessmentData) -> None:
    """Add the rule in short."""
    sheet.heading(f"Rule ({assessment.rule['id']}), the same for every party")
    sheet.paragraph(RULE_IN_SHORT)


def add_rule_steps(sheet: Sheet, assessment: AssessmentData) -> None:
    """Add the rule as it was applied, step by step."""
    sheet.heading(f"Rule ({assessment.rule['id']}), the same for every party")
    for number, step in enumerate(assessment.rule["steps"], start=1):
        sheet.paragraph(step, label=f"{number}.", indent=2, hanging=3)


def outcome_words(finding: Finding) -> str:
    """Return the outcome with how firmly it stands: ``consistent, fragile``."""
    word = finding.outcome.value.replace("_", " ")
    if finding.outcome is Outcome.NOT_ASSESSABLE:
        return word
    return f"{word}, {'robust' if finding.robust else 'fragile'}"


def change_words(change: str) -> str:
    """Return a change that turns a finding round as a line of its own; `change` may begin with "if" or not."""
    return f"would change if {change.removeprefix('if ')}"


def _add_finding(sheet: Sheet, incident: Incident, finding: Finding) -> None:
    tags = " + ".join(incident.claim(claim).tag for claim in finding.claims)
    sheet.paragraph(f"{tags}: {outcome_words(finding)}", indent=2, hanging=2, bold=True)
    sheet.paragraph(finding.statement, indent=6)
    told = finding.informativeness
    if finding.outcome is Outcome.CONSISTENT and told is not None and told.excluded_share < LITTLE:
        sheet.paragraph(f"How much it says: {told.statement}", indent=6, hanging=2)
    for change in finding.fragile_by:
        sheet.paragraph(change_words(change), indent=6, hanging=2)
    for missing in finding.missing:
        sheet.paragraph(f"missing: {missing}", indent=6, hanging=2)


def _add_all_distances(sheet: Sheet, assessment: AssessmentData) -> None:
    incident = assessment.incident
    names = {code: territory_name(incident, code) for border in incident.borders for code in border}
    for claim in incident.claims:
        measurements = assessment.measurements.get(claim.id, ())
        if not isinstance(claim, PositionClaim) or not measurements:
            continue
        sheet.heading(f"Distances by source: {incident.points[claim.point].label} ({claim.tag})")
        add_distances(sheet, measurements, names=names, part=_vote(assessment, claim.id), indent=2)
        sheet.blank()


def _vote(assessment: AssessmentData, claim_id: str) -> Finding | None:
    """Return the decision on the position's side, or else on its distance."""
    for kind in (FindingKind.SIDE, FindingKind.DISTANCE):
        for finding in assessment.findings:
            if finding.kind is kind and claim_id in finding.claims and finding.by_source:
                return finding
    return None
