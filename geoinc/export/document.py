"""The JSON documents of the command line: plain dictionaries, the same bytes for the same input."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from geoinc.export.quality import envelope_document, quality_document
from geoinc.notation import Reading

if TYPE_CHECKING:
    from geoinc.envelope import Envelope
    from geoinc.findings import (
        AlternativeOutcome,
        AssessmentData,
        Finding,
        Gap,
        Informativeness,
        JointRegion,
        SourceOutcome,
    )
    from geoinc.intervals import Interval
    from geoinc.measurement import BoundaryMeasurement, Sense
    from geoinc.quality import MeasurementQuality
    from geoinc.uncertainty import Budget

__all__ = ["check_document", "measure_document", "parse_document", "to_json"]


def to_json(document: Mapping[str, Any]) -> str:
    """Return a document as JSON text; not-a-number never gets in."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def parse_document(reading: Reading) -> dict[str, Any]:
    """Return the document of ``geoinc parse --json``."""
    return {
        "lon_deg": reading.lon_deg,
        "lat_deg": reading.lat_deg,
        "half_width_lon_deg": reading.half_width_lon_deg,
        "half_width_lat_deg": reading.half_width_lat_deg,
        "accuracy_m": reading.accuracy_m,
        "notation": reading.notation,
        "warnings": list(reading.warnings),
    }


def measure_document(
    reading: Reading,
    pair: tuple[str, str],
    measurements: Sequence[BoundaryMeasurement],
    envelope: Envelope,
    qualities: Mapping[tuple[str, Sense], MeasurementQuality | None],
    findings: Sequence[Finding] = (),
    rule: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the document of ``geoinc measure --json``; `findings` and their `rule` where something was claimed.

    `qualities` holds the quality of each measurement by its source and sense.
    """
    document: dict[str, Any] = {
        "position": parse_document(reading),
        "border": list(pair),
        "measurements": [
            _measurement(each) | quality_document(qualities[each.source, each.sense]) for each in measurements
        ],
        "envelope": envelope_document(envelope),
    }
    if findings:
        document["rule"] = None if rule is None else dict(rule)
        document["findings"] = [_finding(each) for each in findings]
    return document


def check_document(data: AssessmentData) -> dict[str, Any]:
    """Return the document of ``geoinc check --json``.

    Each finding carries its ``chain``: every step from the printed words to the outcome.
    """
    from geoinc.chains import build_chain, chain_document  # noqa: PLC0415 - geoinc parse needs no assessment

    return {
        "incident": data.incident.id,
        "rule": dict(data.rule),
        "findings": [{**_finding(each), "chain": chain_document(build_chain(data, each))} for each in data.findings],
        "measurements": {claim: [_measurement(m) for m in each] for claim, each in data.measurements.items()},
        "joint_regions": [_joint_region(each) for each in data.joint_regions],
        "gaps": [_gap(each) for each in data.gaps],
        "notices": list(data.notices),
        "manifest": dict(data.manifest),
    }


def _measurement(each: BoundaryMeasurement) -> dict[str, Any]:
    nearest = None
    if each.nearest_lon_deg is not None:
        nearest = {"lon_deg": each.nearest_lon_deg, "lat_deg": each.nearest_lat_deg}
    return {
        "source": each.source,
        "lineage": each.lineage,
        "border": None if each.border is None else list(each.border),
        "sense": each.sense.value,
        "territory": each.territory,
        "contested": each.contested,
        "distance_m": each.distance_m,
        "signed_distance_m": each.signed_distance_m,
        "nearest": nearest,
        "azimuth_deg": each.azimuth_deg,
        "edges": each.edges.value,
        "chord_m": each.chord_m,
        "accuracy_m": each.accuracy_m,
        "accuracy_basis": each.accuracy_basis,
        "accuracy_detail": each.accuracy_detail,
        "fit": each.fit,
        "why": each.why,
    }


def _finding(each: Finding) -> dict[str, Any]:
    return {
        "id": each.id,
        "kind": each.kind.value,
        "claims": list(each.claims),
        "outcome": each.outcome.value,
        "robust": each.robust,
        "fragile_by": list(each.fragile_by),
        "statement": each.statement,
        "measured": _interval(each.measured, each.unit),
        "claimed": _interval(each.claimed, each.unit),
        "by_source": {source: _source_outcome(outcome, each.unit) for source, outcome in each.by_source.items()},
        "alternatives": [_alternative(alternative, each.unit) for alternative in each.alternatives],
        "evidence": dict(each.evidence),
        "missing": list(each.missing),
        "informativeness": _informativeness(each.informativeness),
        "smallest_change": each.smallest_change,
    }


def _informativeness(each: Informativeness | None) -> dict[str, Any] | None:
    if each is None:
        return None
    return {
        "excluded_share": each.excluded_share,
        "compared_with": each.compared_with,
        "statement": each.statement,
    }


def _joint_region(each: JointRegion) -> dict[str, Any]:
    return {
        "party": each.party,
        "point": each.point,
        "source": each.source,
        "claims": list(each.claims),
        "empty": bool(each.geometry.is_empty),
        "area_m2": each.area_m2,
        "extent_m": each.extent_m,
    }


def _gap(each: Gap) -> dict[str, Any]:
    start, end = ({"lon_deg": lon, "lat_deg": lat} for lon, lat in (each.start_deg, each.end_deg))
    return {
        "parties": list(each.parties),
        "points": list(each.points),
        "source": each.source,
        "distance_m": each.distance_m,
        "whole": list(each.whole),
        "start": start,
        "end": end,
    }


def _source_outcome(each: SourceOutcome, unit: str) -> dict[str, Any]:
    return {
        "outcome": each.outcome.value,
        "measured": _interval(each.measured, unit),
        "value": each.value,
        "uncertainty_m": _finite(each.uncertainty_m),
        "fit": each.fit,
        "votes": each.votes,
        "why": each.why,
        "budget": None if each.budget is None else _budget(each.budget),
    }


def _budget(budget: Budget) -> dict[str, Any]:
    return {
        "rows": [
            {
                "name": row.name,
                "basis": row.basis,
                "standard_m": _finite(row.standard_m),
                "distribution": row.distribution.value,
                "sensitivity": row.sensitivity,
                "share": _finite(row.share),
                "counted": row.counted,
            }
            for row in budget.rows
        ],
        "combined_m": _finite(budget.combined_m),
        "coverage": budget.coverage,
        "coverage_factor": budget.coverage_factor,
        "expanded_m": _finite(budget.expanded_m),
    }


def _alternative(each: AlternativeOutcome, unit: str) -> dict[str, Any]:
    return {
        "label": each.label,
        "outcome": each.outcome.value,
        "measured": _interval(each.measured, unit),
        "claimed": _interval(each.claimed, unit),
        "declared": each.declared,
    }


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _interval(interval: Interval | None, unit: str) -> dict[str, Any]:
    """An interval as the documents show it; null is unbounded or absent."""
    if interval is None:
        return {"low": None, "high": None, "unit": unit}
    low, high = (end if math.isfinite(end) else None for end in (interval.low, interval.high))
    return {"low": low, "high": high, "unit": unit}
