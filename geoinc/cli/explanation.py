"""One finding, whole: the words, the figures they were read as, each source's answer, and the rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from geoinc.claims import BorderDistanceClaim, Claim, Incident, PositionClaim, SeparationClaim
from geoinc.cli.findings import add_rule_steps, change_words, outcome_words
from geoinc.cli.positions import position_text
from geoinc.cli.sheet import Sheet
from geoinc.findings import AssessmentData, Finding, FindingKind
from geoinc.intervals import Interval
from geoinc.quantities import format_distance, format_interval

__all__ = ["add_explanations"]

NOT_HELD: Final = "not held"
CLAIMS_ALONE: Final = frozenset(
    {
        FindingKind.SEPARATION,
        FindingKind.LIPSCHITZ,
        FindingKind.TRIANGLE,
        FindingKind.SAME_POINT,
        FindingKind.TIMES,
    }
)
_UNITS: Final = {"m": "m", "s": "s", "deg": "degrees"}


def add_explanations(sheet: Sheet, assessment: AssessmentData, findings: Sequence[Finding]) -> None:
    """Add everything that each finding rests on, and the rule that was applied."""
    for finding in findings:
        _add_finding(sheet, assessment, finding)
    add_rule_steps(sheet, assessment)


def _add_finding(sheet: Sheet, assessment: AssessmentData, finding: Finding) -> None:
    sheet.heading(f"{finding.id}: {outcome_words(finding)}")
    sheet.paragraph(finding.statement)
    for change in finding.fragile_by:
        sheet.paragraph(change_words(change), indent=2, hanging=2)
    for missing in finding.missing:
        sheet.paragraph(f"missing: {missing}", indent=2, hanging=2)
    sheet.blank()
    sheet.heading("Claims")
    for claim_id in finding.claims:
        _add_claim(sheet, assessment.incident, assessment.incident.claim(claim_id))
    _add_figures(sheet, finding)
    _add_sources(sheet, finding)
    _add_alternatives(sheet, finding)
    _add_assumptions(sheet, assessment.incident, finding)
    sheet.blank()


def _add_claim(sheet: Sheet, incident: Incident, claim: Claim) -> None:
    party = incident.parties[claim.party].name
    sheet.paragraph(f"{claim.tag} ({claim.id}), {party}, {claim.kind.replace('_', ' ')}", indent=2, bold=True)
    _add_field(sheet, "Printed", claim.text or NOT_HELD)
    if claim.quote:
        _add_field(sheet, "Quote", claim.quote)
    if claim.translation:
        _add_field(sheet, "In translation", claim.translation)
    if isinstance(claim, PositionClaim):
        _add_field(sheet, "Read as", position_text(claim.reading, "decimal"))
    elif isinstance(claim, BorderDistanceClaim | SeparationClaim):
        quantity = claim.distance
        read = f"{format_interval(quantity.interval)} ({quantity.precision.value.replace('_', ' ')})"
        _add_field(sheet, "Distance", f"{quantity.text}: {read}")
    _add_reference(sheet, incident, claim)


def _add_reference(sheet: Sheet, incident: Incident, claim: Claim) -> None:
    if claim.reference is None:
        _add_field(sheet, "Reference", NOT_HELD)
        return
    reference = incident.references[claim.reference]
    date = reference.published.isoformat() if reference.published else "date not held"
    title = f", {reference.title}" if reference.title else ""
    _add_field(sheet, "Reference", f"{reference.publisher}{title}, {date}")
    if reference.url:
        sheet.verbatim(reference.url, indent=21)


def _add_field(sheet: Sheet, label: str, text: str) -> None:
    sheet.paragraph(text, label=label, indent=4, hanging=17)


def _add_figures(sheet: Sheet, finding: Finding) -> None:
    # What a claim of a side asks for is a sign, which says nothing as an interval.
    claimed = None if finding.kind is FindingKind.SIDE else finding.claimed
    rows = [(label, found) for label, found in (("Claimed", claimed), ("Measured", finding.measured)) if found]
    if rows:
        sheet.blank()
        sheet.heading("Figures")
        for label, interval in rows:
            _add_field(sheet, label, _interval(interval, finding.unit))
    # The values by source stand in their own table.
    evidence = {name: value for name, value in finding.evidence.items() if not _by_source(value, finding)}
    if evidence:
        sheet.blank()
        sheet.heading("Evidence")
        for name, value in evidence.items():
            sheet.paragraph(f"{name}: {_plain(value)}", indent=4, hanging=2)


def _by_source(value: object, finding: Finding) -> bool:
    return isinstance(value, Mapping) and bool(value) and set(value) <= set(finding.by_source)


def _plain(value: object) -> str:
    """Write a JSON-ready value as a person would."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_plain(each)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_plain(each) for each in value)
    return f"{value:.7g}" if isinstance(value, float) else str(value)


def _add_sources(sheet: Sheet, finding: Finding) -> None:
    if not finding.by_source:
        if finding.kind in CLAIMS_ALONE:
            sheet.blank()
            sheet.paragraph("No boundary source is needed for this check.", indent=2)
        return
    sheet.blank()
    sheet.heading("By source")
    rows = [
        (
            source,
            "-" if part.value is None else _value(part.value, finding.unit),
            "-" if part.uncertainty_m is None else f"± {format_distance(part.uncertainty_m)}",
            _interval(part.measured, finding.unit),
            "yes" if part.fit else "no",
            "yes" if part.votes else "no",
            part.outcome.value.replace("_", " "),
        )
        for source, part in finding.by_source.items()
    ]
    sheet.table(
        ("Source", "Value", "U (95 %)", "Measured", "Fit", "Vote", "Outcome"),
        rows,
        indent=2,
        right=("Value", "U (95 %)"),
    )
    if any(part.value is not None and part.value < 0 for part in finding.by_source.values()):
        sheet.paragraph("A negative value lies on the other side of the border.", indent=2, dim=True)
    for source, part in finding.by_source.items():
        if part.why:
            sheet.paragraph(f"{source}: {part.why}", indent=2, hanging=2, dim=True)


def _add_alternatives(sheet: Sheet, finding: Finding) -> None:
    if not finding.alternatives:
        return
    sheet.blank()
    sheet.heading("Read another way")
    for each in finding.alternatives:
        claimed, measured = (_interval(found, finding.unit) for found in (each.claimed, each.measured))
        outcome = each.outcome.value.replace("_", " ")
        text = f"if {each.label}: {outcome}; claimed {claimed}, measured {measured}"
        sheet.paragraph(text, indent=2, hanging=2)


def _add_assumptions(sheet: Sheet, incident: Incident, finding: Finding) -> None:
    resting = [each for each in incident.assumptions if set(each.used_by).intersection(finding.claims)]
    if resting:
        sheet.blank()
        sheet.heading("Taken for granted by the case")
        for each in resting:
            sheet.paragraph(each.text, indent=2, hanging=2)


def _interval(interval: Interval | None, unit: str) -> str:
    if interval is None:
        return "-"
    return format_interval(interval) if unit == "m" else f"{interval.low:g} to {interval.high:g} {_UNITS[unit]}"


def _value(value: float, unit: str) -> str:
    return format_distance(value) if unit == "m" else f"{value:g} {_UNITS[unit]}"
