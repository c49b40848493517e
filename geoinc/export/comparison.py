"""Lines, comparisons of lines and readings of edges, as JSON documents hold them."""

from __future__ import annotations

from typing import Any

from geoinc.boundaries import Border, Comparison, Deviation, EdgeGap, LineShape, Place

__all__ = ["comparison_document", "gap_document", "place_document", "shape_document"]


def place_document(place: Place) -> dict[str, float]:
    """Return a place as it stands in a JSON document."""
    return {"lon_deg": place.lon_deg, "lat_deg": place.lat_deg}


def shape_document(shape: LineShape) -> dict[str, Any]:
    """Return the figures of a line as they stand in a JSON document."""
    return {
        "vertices": shape.vertices,
        "length_m": shape.length_m,
        "spacing_median_m": shape.spacing_median_m,
        "spacing_mean_m": shape.spacing_mean_m,
        "spacing_max_m": shape.spacing_max_m,
        "ends": [place_document(end) for end in shape.ends],
    }


def comparison_document(border: Border, each: Comparison) -> dict[str, Any]:
    """Return a comparison of two lines as it stands in a JSON document."""
    return {
        "one": each.one,
        "other": each.other,
        "correlated": border[each.other].source.lineage in border[each.one].source.correlated_with,
        "mean_m": each.mean_m,
        "percentile_95_m": each.percentile_95_m,
        "maximum_m": each.maximum_m,
        "maximum_at": None if each.greatest is None else place_document(each.greatest.place),
        "forward": _deviation_document(each.forward),
        "backward": _deviation_document(each.backward),
    }


def _deviation_document(each: Deviation | None) -> dict[str, Any] | None:
    if each is None:
        return None
    return {
        "length_m": each.length_m,
        "mean_m": each.mean_m,
        "percentile_95_m": each.percentile_95_m,
        "maximum_m": each.maximum_m,
        "maximum_at": place_document(each.place),
    }


def gap_document(gap: EdgeGap) -> dict[str, Any]:
    """Return the gap between two readings of edges as it stands in a JSON document."""
    return {
        "one": gap.one.value,
        "other": gap.other.value,
        "gap_m": gap.gap_m,
        "chord_m": gap.chord_m,
        "at": place_document(gap.place),
    }
