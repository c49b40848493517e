"""The second half of a chain: what was measured, and what the rule made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from geoinc.assessment.border_checks import question_of
from geoinc.assessment.rule import DECIDED
from geoinc.chains.steps import (
    BudgetLine,
    ExcludedShare,
    Figure,
    FoundChange,
    LineageVote,
    MeasurementStep,
    RuleStep,
    SourceMeasurement,
    Span,
    TriedAlternative,
    Value,
)
from geoinc.claims import BorderDistanceClaim, Claim
from geoinc.findings import AssessmentData, Finding, FindingKind, Outcome, SourceOutcome
from geoinc.intervals import Interval
from geoinc.measurement import BoundaryMeasurement, Sense
from geoinc.quantities import format_distance, format_interval
from geoinc.wording import listed

__all__ = ["apply_rule", "measure_finding"]

SAME_M: Final = 1e-6
"""Two figures of one run that differ by less are one measurement."""

STEP_FIT: Final = 2
STEP_COMPARE: Final = 3
STEP_COMBINE: Final = 4
STEP_CLAIMS_ALONE: Final = 5

CHANGES: Final = "changes"
ELSEWHERE: Final = frozenset({"values_m", CHANGES})
"""Evidence that has a place of its own in the chain: each source's value, and what turns the outcome round."""

RANGES: Final = frozenset({"utc", "direction_deg"})
"""Evidence whose pairs are the two ends of a range."""

NAMES: Final = {"utc": "UTC"}
"""What evidence is called where its key is no word."""

_UNITS: Final = {"_m_s": "m/s", "_m2": "m2", "_m": "m", "_s": "s", "_deg": "deg"}


def measure_finding(data: AssessmentData, finding: Finding) -> MeasurementStep:
    """Return what was measured for a finding: by each boundary source, or from its claims alone."""
    claims = [data.incident.claim(name) for name in finding.claims]
    tags = listed([claim.tag for claim in claims])
    called = {claim.id: claim.tag for claim in data.incident.claims} | NAMES
    figures: dict[str, Figure] = {}
    words: dict[str, str] = {}
    for path, leaf in _leaves(finding.evidence):
        if path[0] in ELSEWHERE:
            continue
        name = ", ".join(called.get(part) or part.removesuffix(_suffix(part)).replace("_", " ") for part in path)
        if isinstance(leaf, bool):
            words[name] = "yes" if leaf else "no"
        elif isinstance(leaf, int | float):
            source = next((part for part in path if part in finding.by_source), f"computed from {tags}")
            figures[name] = Value(float(leaf), _unit(path), source)
        else:
            words[name] = called.get(str(leaf), str(leaf))
    return MeasurementStep(
        boundary=bool(finding.by_source),
        sources=tuple(_source(data, finding, claims, name, part) for name, part in finding.by_source.items()),
        figures=figures,
        words=words,
        measured=_span(finding.measured, finding.unit, _measured_by(finding, tags)),
    )


def _leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every part of the evidence that is no container, with the names that lead to it."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _leaves(part, (*path, str(name)))
    elif isinstance(value, list | tuple):
        # Two of a kind are the ends of a range; longer lists are counted.
        ends = ("from", "to") if len(value) == 2 and path[0] in RANGES else tuple(map(str, range(1, len(value) + 1)))
        for end, part in zip(ends, value, strict=True):
            yield from _leaves(part, (*path, end))
    elif value is not None:
        yield path, value


def _suffix(name: str) -> str:
    return next((suffix for suffix in _UNITS if name.endswith(suffix)), "")


def _unit(path: tuple[str, ...]) -> str:
    """The unit in the innermost name that has one; what stands behind "by" is what the figures are listed by."""
    for name in reversed(path):
        suffix = _suffix(name.partition("_by_")[0])
        if suffix:
            return _UNITS[suffix]
    return "1"


def _measured_by(finding: Finding, tags: str) -> str:
    voting = [name for name, part in finding.by_source.items() if part.votes and part.measured is not None]
    if voting:
        return f"the range over the sources that vote: {listed(voting)}"
    if finding.by_source:
        return "the range over all sources, as none votes"
    return f"computed from {tags}"


def _source(
    data: AssessmentData, finding: Finding, claims: list[Claim], name: str, part: SourceOutcome
) -> SourceMeasurement:
    about = next(source for source in data.sources if source.id == name)
    row = _row(data, claims, finding, name, part)
    accuracy = nearest_latitude = nearest_longitude = azimuth = None
    if row is not None and row.nearest_lat_deg is not None and row.nearest_lon_deg is not None:
        where = f"{name}, nearest point of its line" if row.sense is Sense.SHORTEST else f"{name}, point met"
        nearest_latitude = Value(row.nearest_lat_deg, "deg", where)
        nearest_longitude = Value(row.nearest_lon_deg, "deg", where)
        azimuth = None if row.azimuth_deg is None else Value(row.azimuth_deg, "deg", f"{name}, from the position")
    if row is not None and row.accuracy_m is not None:
        accuracy = Value(row.accuracy_m, "m", f"{row.accuracy_basis}: {row.accuracy_detail}")
    lines: tuple[BudgetLine, ...] = ()
    factor = None
    if part.budget is not None:
        factor = Value(part.budget.coverage_factor, "1", f"coverage of {part.budget.coverage * 100:g} %")
        lines = tuple(
            BudgetLine(
                name=line.name,
                basis=line.basis,
                standard=Value(line.standard_m, "m", line.basis),
                distribution=line.distribution.value,
                sensitivity=Value(line.sensitivity, "m/m", f"how the distance to {name} moves"),
                share=Value(line.share, "1", "of the combined variance"),
                counted=line.counted,
            )
            for line in part.budget.rows
        )
    scale_m = _scale_m(finding, claims, part)
    return SourceMeasurement(
        source=name,
        lineage=about.lineage,
        title=about.title,
        sha256=about.sha256,
        value=None if part.value is None else Value(part.value, finding.unit, f"{name}, at the middle of the cell"),
        nearest_latitude=nearest_latitude,
        nearest_longitude=nearest_longitude,
        azimuth=azimuth,
        accuracy=accuracy,
        budget=lines,
        coverage_factor=factor,
        uncertainty=None if part.uncertainty_m is None else Value(part.uncertainty_m, "m", f"{name}, U at 95 %"),
        scale=scale_m,
        measured=_span(part.measured, finding.unit, f"{name}, over the cell, widened by U"),
        fit=part.fit,
        votes=part.votes,
        outcome=part.outcome.value,
        why=part.why,
    )


def _row(
    data: AssessmentData, claims: list[Claim], finding: Finding, source: str, part: SourceOutcome
) -> BoundaryMeasurement | None:
    """The measurement that the value was taken from: same position, source and sense, and the same figure."""
    if part.value is None:
        return None
    sense = Sense.SHORTEST
    if finding.kind is FindingKind.DISTANCE:
        sense = next((claim.sense for claim in claims if isinstance(claim, BorderDistanceClaim)), sense)
    rows = [row for claim in claims for row in data.measurements.get(claim.id, ())]
    same = (
        row
        for row in rows
        if row.source == source
        and row.sense is sense
        and row.distance_m is not None
        and abs(row.distance_m - abs(part.value)) < SAME_M
    )
    return next(same, None)


def _scale_m(finding: Finding, claims: list[Claim], part: SourceOutcome) -> Value | None:
    if finding.kind in (FindingKind.SIDE, FindingKind.TRACK):
        return None if part.value is None else Value(abs(part.value), "m", "the measured distance")
    if finding.kind is FindingKind.DISTANCE:
        for claim in claims:
            if isinstance(claim, BorderDistanceClaim) and (scale_m := question_of(claim).scale_m) is not None:
                return Value(scale_m, "m", f"claim {claim.tag}, the distance claimed")
    return None


def apply_rule(data: AssessmentData, finding: Finding) -> RuleStep:
    """Return what the rule made of a finding, and which of its steps settled it."""
    number, how = _decided(finding)
    tags = listed([data.incident.claim(name).tag for name in finding.claims])
    lineages = {source.id: source.lineage for source in data.sources}
    rule = str(data.rule["id"])
    informativeness = finding.informativeness
    return RuleStep(
        rule=rule,
        fit_share=Value(float(data.rule["fit_share"]), "1", f"{rule}, step {STEP_FIT}"),
        decided_by=str(number),
        decided_text=str(data.rule["steps"][number - 1]),
        how=how,
        claimed=_span(finding.claimed, finding.unit, f"claimed by {tags}"),
        votes=tuple(
            LineageVote(lineage=lineages[name], source=name, outcome=part.outcome.value)
            for name, part in finding.by_source.items()
            if part.votes
        ),
        outcome=finding.outcome.value,
        robust=finding.robust,
        fragile_by=finding.fragile_by,
        smallest_change=finding.smallest_change,
        changes=tuple(
            FoundChange(
                change=each["change"],
                kind=each["kind"].replace("_", " "),
                outcome=each["outcome"],
                by=None if each["metres"] is None else Value(each["metres"], "m", "found by search"),
            )
            for each in finding.evidence.get(CHANGES, ())
        ),
        tried=tuple(
            TriedAlternative(
                reading=each.label,
                declared=each.declared,
                claimed=_span(each.claimed, finding.unit, f"claimed, if {each.label}"),
                measured=_span(each.measured, finding.unit, f"measured, if {each.label}"),
                outcome=each.outcome.value,
            )
            for each in finding.alternatives
        ),
        informativeness=None
        if informativeness is None
        else ExcludedShare(
            excluded_share=Value(informativeness.excluded_share, "1", informativeness.compared_with),
            compared_with=informativeness.compared_with,
            statement=informativeness.statement,
        ),
        missing=finding.missing,
        statement=finding.statement,
    )


def _decided(finding: Finding) -> tuple[int, str]:
    """The step of the rule that settled the outcome, and what it found here."""
    if finding.outcome is Outcome.NOT_ASSESSABLE:
        return STEP_COMBINE, f"missing: {'; '.join(finding.missing) or 'an input'}"
    if not finding.by_source:
        return STEP_CLAIMS_ALONE, _compared(finding)
    voting = {name: part.outcome for name, part in finding.by_source.items() if part.votes}
    if not voting:
        return STEP_FIT, "no source is fit for the scale, so none votes"
    deciding = {name: outcome for name, outcome in voting.items() if outcome in DECIDED}
    silent = listed([name for name in voting if name not in deciding])
    abstaining = f"; {silent} abstain{'' if len(voting) - len(deciding) > 1 else 's'}" if silent else ""
    if not deciding:
        return STEP_COMBINE, f"every source that votes abstains: {listed(list(voting))}"
    answers = "; ".join(
        f"{outcome.value} by {listed([name for name, each in deciding.items() if each is outcome])}"
        for outcome in dict.fromkeys(deciding.values())
    )
    if len(set(deciding.values())) > 1:
        return STEP_COMBINE, f"the sources that decide disagree: {answers}{abstaining}"
    return _agreed(finding, f"{answers}{abstaining}")


def _agreed(finding: Finding, answers: str) -> tuple[int, str]:
    """What the deciding sources say with one voice settles it, unless more than one position was asked for."""
    if finding.outcome is Outcome.INDETERMINATE and finding.missing:
        return STEP_COMBINE, f"a position alone: {answers}; missing: {'; '.join(finding.missing)}"
    return STEP_COMPARE, answers


def _compared(finding: Finding) -> str:
    claimed, measured = finding.claimed, finding.measured
    if finding.outcome is Outcome.INDETERMINATE and finding.missing:
        return f"what was stated leaves it open; missing: {'; '.join(finding.missing)}"
    if claimed is None or measured is None or finding.unit != "m":
        return "the claims are held against each other, without any boundary"
    figures = f"claimed {format_interval(claimed)}, allowed or measured {format_interval(measured)}"
    if claimed.overlaps(measured):
        return f"{figures}: the two intervals share a value"
    return f"{figures}: the two intervals share no value and lie {format_distance(claimed.gap(measured))} apart"


def _span(interval: Interval | None, unit: str, source: str) -> Span | None:
    return None if interval is None else Span.of(interval, unit, source)
