"""The quality of measurements and the spread over sources, as JSON documents hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geoinc.boundaries import LocalDeviation
    from geoinc.envelope import Envelope
    from geoinc.quality import MeasurementQuality

__all__ = ["envelope_document", "quality_document"]


def envelope_document(envelope: Envelope) -> dict[str, Any]:
    """Return the spread over the sources that are fit."""
    return {
        "minimum_m": envelope.minimum_m,
        "median_m": envelope.median_m,
        "maximum_m": envelope.maximum_m,
        "sources": list(envelope.sources),
        "left_out": dict(envelope.left_out),
        "territory": envelope.territory,
        "agree": envelope.agree,
        "spread_m": envelope.spread_m,
        "driver": envelope.driver,
        "spread_without_driver_m": envelope.spread_without_driver_m,
        "correlated": [list(pair) for pair in envelope.correlated],
        "witnesses": envelope.witnesses,
    }


def quality_document(quality: MeasurementQuality | None) -> dict[str, Any]:
    """Return what a measurement's document holds of its quality; every value null where no distance was found."""
    if quality is None:
        return {"edges_shift_m": None, "edges_shifts_m": None, "local": None}
    local = quality.local
    documented = local.documented
    return {
        "edges_shift_m": quality.edges_shift_m,
        "edges_shifts_m": {edges.value: shift for edges, shift in quality.shifts_m.items()},
        "local": {
            "vertices_m": list(local.vertices_m),
            "scale_denominator": local.scale_denominator,
            "documented": None
            if documented is None
            else {
                "value_m": documented.value_m,
                "coverage": documented.coverage,
                "value_95_m": documented.value_95_m,
                "document": documented.document,
            },
            "simplified_m": local.simplified_m,
            "radius_m": local.radius_m,
            "deviations": {lineage: _deviation(each) for lineage, each in local.deviations.items()},
        },
    }


def _deviation(each: LocalDeviation) -> dict[str, Any]:
    return {
        "source": each.source,
        "mean_m": each.mean_m,
        "percentile_95_m": each.percentile_95_m,
        "correlated": each.correlated,
    }
