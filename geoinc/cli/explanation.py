"""One finding, whole: its chain from the printed words to the outcome, as text.

Everything shown is taken from the chain that ``--json`` prints, so that the two cannot differ.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from geoinc.chains import (
    Chain,
    ClaimParameters,
    Figure,
    MeasurementStep,
    ParametersStep,
    QuoteStep,
    ReadingStep,
    RuleStep,
    SourceMeasurement,
    Span,
    Value,
    build_chain,
)
from geoinc.cli.findings import add_rule_steps, change_words, outcome_words
from geoinc.cli.sheet import Sheet
from geoinc.findings import AssessmentData, Finding, FindingKind
from geoinc.quantities import format_distance, format_interval

__all__ = ["add_explanations"]

NOT_HELD: Final = "not held"
LABEL_WIDTH: Final = 17
FINE_DEG: Final = 0.01
"""Below this a figure is a size and no place, and two digits say it."""
_UNITS: Final = {"deg": "°", "m2": " m²", "m/m": " m per m", "1": ""}


def add_explanations(sheet: Sheet, assessment: AssessmentData, findings: Sequence[Finding]) -> None:
    """Add the chain of each finding, and the rule that was applied."""
    for finding in findings:
        chain = build_chain(assessment, finding)
        # An id may be longer than the page is wide; whoever copies it wants it whole.
        sheet.verbatim(f"{chain.finding}: {outcome_words(finding)}")
        _add_summary(sheet, chain.rule)
        _add_words(sheet, chain)
        _add_parameters(sheet, chain.parameters)
        _add_measurement(sheet, chain.measurement)
        _add_rule(sheet, chain)
        sheet.blank()
    add_rule_steps(sheet, assessment)


def _add_summary(sheet: Sheet, rule: RuleStep) -> None:
    sheet.paragraph(rule.statement)
    for change in rule.fragile_by:
        sheet.paragraph(change_words(change), indent=2, hanging=2)
    for missing in rule.missing:
        sheet.paragraph(f"missing: {missing}", indent=2, hanging=2)


def _add_words(sheet: Sheet, chain: Chain) -> None:
    _section(sheet, "Claims, as printed and as read")
    for quote, reading in zip(chain.quotes, chain.readings, strict=True):
        kind = quote.kind.replace("_", " ")
        sheet.paragraph(f"{quote.tag} ({quote.claim}), {quote.party_name}, {kind}", indent=2, bold=True)
        _add_quote(sheet, quote)
        _add_reading(sheet, reading)


def _add_quote(sheet: Sheet, quote: QuoteStep) -> None:
    _field(sheet, "Printed", quote.printed or NOT_HELD)
    _field(sheet, "Quote", quote.quote)
    _field(sheet, "In translation", quote.translation)
    reference = quote.reference
    if reference is None:
        _field(sheet, "Reference", NOT_HELD)
        return
    title = f", {reference.title}" if reference.title else ""
    _field(sheet, "Reference", f"{reference.publisher}{title}, {reference.published or 'date not held'}")
    _field(sheet, "Language", quote.language or NOT_HELD)
    if reference.url:
        sheet.verbatim(f"{'Address'.ljust(LABEL_WIDTH)}{reference.url}", indent=4)
    else:
        _field(sheet, "Address", NOT_HELD)
    _field(sheet, "SHA-256", reference.sha256 or NOT_HELD)


def _add_reading(sheet: Sheet, reading: ReadingStep) -> None:
    for name, label in reading.points.items():
        _field(sheet, "Point", f"{label} ({name})")
    if reading.model is not None:
        _field(sheet, "Read by", reading.model.replace("_", " "))
    for name, text in reading.words.items():
        _line(sheet, name, text)
    for name, figure in reading.figures.items():
        _line(sheet, name, _text(figure))
    for warning in reading.warnings:
        _field(sheet, "Note", warning)


def _add_parameters(sheet: Sheet, parameters: ParametersStep) -> None:
    _section(sheet, "Fixed before measuring")
    for claim in parameters.claims:
        sheet.paragraph(_fixed(claim), indent=2, hanging=2)
        for place in claim.places:
            where = f"{_text(place.latitude)} {_text(place.longitude)}, within {_text(place.accuracy)}"
            sheet.paragraph(f"{place.name} ({place.id}): {where}; {place.latitude.source}", indent=4, hanging=2)
    lines = list(_other_parameters(parameters))
    for line in lines:
        sheet.paragraph(line, indent=2, hanging=2)
    if not parameters.claims and not lines:
        sheet.paragraph("nothing but the printed words", indent=2)


def _other_parameters(parameters: ParametersStep) -> Iterator[str]:
    by_edges: dict[str, list[str]] = {}
    for source, edges in parameters.edges.items():
        by_edges.setdefault(edges, []).append(source)
    for edges, sources in by_edges.items():
        yield f"edges read as {edges}: {', '.join(sources)}"
    for border, width in parameters.boundary_widths.items():
        yield f"the limit {border} is {_text(width)} wide: {width.source}"
    if parameters.precision is not None:
        yield f"precision asked for: {parameters.precision.replace('_', ' ')}"
    if parameters.same_points:
        yield f"points taken as the same: by {', '.join(parameters.same_points)}"
    for other in parameters.alternatives:
        note = "" if other.note is None else f' ("{other.note}")'
        yield f"declared alternative: {other.reading}{note}"
    for assumption in parameters.assumptions:
        yield f"taken for granted ({assumption.id}): {assumption.text}"


def _fixed(claim: ClaimParameters) -> str:
    parts = []
    if claim.border:
        parts.append(f"border {'-'.join(claim.border)}")
        parts.append("either side" if claim.territory is None else f"territory {claim.territory}")
    if claim.sense is not None:
        parts.append(f"sense {claim.sense}")
    if claim.bearing is not None:
        parts.append(f"bearing {_text(claim.bearing)}")
    if claim.near_within is not None:
        parts.append(f"near means within {_text(claim.near_within)} of")
    elif claim.places:
        parts.append("counted from")
    return f"{claim.tag}: {', '.join(parts)}"


def _add_measurement(sheet: Sheet, step: MeasurementStep) -> None:
    _section(sheet, "Measured")
    if not step.boundary:
        sheet.paragraph("No boundary source is needed for this check.", indent=2)
    else:
        _add_sources(sheet, step.sources)
    for name, text in step.words.items():
        _line(sheet, name, text)
    for name, figure in step.figures.items():
        _line(sheet, name, f"{_text(figure)} [{figure.source}]")
    if step.measured is not None:
        _line(sheet, "All in all", f"{_text(step.measured)} [{step.measured.source}]")


def _add_sources(sheet: Sheet, sources: Sequence[SourceMeasurement]) -> None:
    rows = [
        (
            each.source,
            "-" if each.value is None else _text(each.value),
            "-" if each.uncertainty is None else f"± {_text(each.uncertainty)}",
            "-" if each.measured is None else _text(each.measured),
            "yes" if each.fit else "no",
            "yes" if each.votes else "no",
            each.outcome.replace("_", " "),
        )
        for each in sources
    ]
    columns = ("Source", "Value", "U (95 %)", "Measured", "Fit", "Vote", "Outcome")
    sheet.table(columns, rows, indent=2, right=("Value", "U (95 %)"))
    if any(each.value is not None and each.value.value < 0 for each in sources):
        sheet.paragraph("A negative value lies on the other side of the border.", indent=2, dim=True)
    for each in sources:
        _add_source(sheet, each)


def _add_source(sheet: Sheet, each: SourceMeasurement) -> None:
    parts = [each.title]
    if each.nearest_latitude is not None and each.nearest_longitude is not None:
        way = "" if each.azimuth is None else f", on azimuth {each.azimuth.value:.2f}°"
        parts.append(f"nearest at {_text(each.nearest_latitude)} {_text(each.nearest_longitude)}{way}")
    if each.scale is not None:
        parts.append(f"scale {_text(each.scale)} ({each.scale.source})")
    if each.accuracy is not None and not each.budget:
        parts.append(f"accuracy here {_text(each.accuracy)}, {each.accuracy.source}")
    if each.why is not None:
        parts.append(each.why)
    sheet.paragraph(f"{each.source}: {'; '.join(parts)}", indent=2, hanging=2, dim=True)
    if not each.budget or not each.votes:
        return
    rows = [
        (
            line.name,
            _text(line.standard),
            line.distribution,
            f"{line.sensitivity.value:.2f}",
            f"{line.share.value * 100:.0f} %" if line.counted else "not counted",
        )
        for line in each.budget
    ]
    columns = ("Ingredient", "Standard", "Distribution", "Sensitivity", "Share")
    sheet.table(columns, rows, indent=4, right=("Standard", "Sensitivity", "Share"))
    for line in each.budget:
        sheet.paragraph(f"{line.name}: {line.basis}", indent=4, hanging=2, dim=True)
    if each.coverage_factor is not None:
        sheet.paragraph(
            f"coverage factor {each.coverage_factor.value:.3g} ({each.coverage_factor.source})", indent=4, dim=True
        )


def _add_rule(sheet: Sheet, chain: Chain) -> None:
    rule = chain.rule
    _section(sheet, "Decided")
    # What a claim of a side asks for is a sign, which says nothing as an interval.
    if rule.claimed is not None and chain.kind != FindingKind.SIDE:
        _line(sheet, "Claimed", _text(rule.claimed))
    _line(sheet, f"By step {rule.decided_by}", rule.how)
    if rule.votes:
        votes = "; ".join(f"{vote.lineage} ({vote.source}) {vote.outcome.replace('_', ' ')}" for vote in rule.votes)
        _line(sheet, "Votes", votes)
    _line(sheet, "Outcome", f"{rule.outcome.replace('_', ' ')}{'' if rule.robust else ', fragile'}")
    if rule.smallest_change is not None:
        _line(sheet, "Smallest change", rule.smallest_change)
    if rule.informativeness is not None:
        _line(sheet, "How much it says", rule.informativeness.statement)
    if rule.changes:
        _section(sheet, "What would turn it round, the least change first")
    for change in rule.changes:
        by = "" if change.by is None else f", by {_text(change.by)}"
        sheet.paragraph(f"{change.change} [{change.kind}{by}]", indent=2, hanging=2)
    if rule.tried:
        _section(sheet, "Read another way")
    for each in rule.tried:
        figures = [
            f"{name} {_text(found)}"
            for name, found in (("claimed", each.claimed), ("measured", each.measured))
            if found is not None
        ]
        told = "; ".join([each.outcome.replace("_", " "), ", ".join(figures)] if figures else [each.outcome])
        sheet.paragraph(f"if {each.reading}: {told}", indent=2, hanging=2)


def _section(sheet: Sheet, text: str) -> None:
    sheet.blank()
    sheet.heading(text)


def _field(sheet: Sheet, label: str, text: str | None) -> None:
    if text is not None:
        sheet.paragraph(text, label=label, indent=4, hanging=LABEL_WIDTH)


def _line(sheet: Sheet, name: str, text: str) -> None:
    """A named figure or finding, beside its name where that is short, behind it where it is long."""
    label = name[:1].upper() + name[1:]
    if len(label) < LABEL_WIDTH:
        sheet.paragraph(text, label=label, indent=4, hanging=LABEL_WIDTH)
    else:
        sheet.paragraph(f"{label}: {text}", indent=4, hanging=2)


def _text(figure: Figure) -> str:
    """Write a number or an interval with its unit, as finely as a reader needs it."""
    if isinstance(figure, Span):
        if figure.unit == "m":
            return format_interval(figure.interval)
        return f"{figure.low:g} to {figure.high:g}{_unit(figure.unit)}"
    return _value(figure)


def _value(figure: Value) -> str:
    if not math.isfinite(figure.value):
        return "unknown"
    if figure.unit == "m":
        return format_distance(figure.value, decimals=3) if abs(figure.value) < 1 else format_distance(figure.value)
    # A place keeps its digits; what was computed of it, and every other quantity, is told as finely as it matters.
    place = figure.unit == "deg" and abs(figure.value) >= FINE_DEG and not figure.source.startswith("computed")
    digits = 9 if place else 2 if figure.unit == "deg" and abs(figure.value) < FINE_DEG else 4
    return f"{figure.value:.{digits}g}{_unit(figure.unit)}"


def _unit(unit: str) -> str:
    return _UNITS.get(unit, f" {unit}")
