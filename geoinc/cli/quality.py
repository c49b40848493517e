"""The quality of measurements and the spread over sources, for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geoinc.boundaries import LocalDeviation
from geoinc.cli.sheet import Sheet
from geoinc.envelope import Envelope
from geoinc.measurement import BoundaryMeasurement, Sense
from geoinc.quality import MeasurementQuality
from geoinc.quantities import format_distance
from geoinc.wording import listed, spread

__all__ = ["Qualities", "add_envelope", "add_quality"]

NOTHING = "-"

Qualities = Mapping[tuple[str, Sense], MeasurementQuality | None]


def add_quality(sheet: Sheet, measurements: Sequence[BoundaryMeasurement], qualities: Qualities) -> None:
    """Add what each lineage is like around the nearest point of its line; vintages of one lineage are one row."""
    found: dict[str, tuple[str, MeasurementQuality]] = {}
    for each in measurements:
        quality = qualities.get((each.source, each.sense))
        if each.sense is Sense.SHORTEST and quality is not None:
            found.setdefault(each.lineage, (each.source, quality))
    if not found:
        return
    sheet.blank()
    sheet.heading("Around the nearest point of each line")
    sheet.table(
        ("Source", "Scale", "Edge there", "Its vertices at", "Edges read otherwise"),
        [_edge_row(source, quality) for source, quality in found.values()],
        indent=2,
        right=("Edge there", "Edges read otherwise"),
    )
    sheet.paragraph(
        "The last column: how far the distance moves at most if the edges are read as geodesic, planar or rhumb.",
        indent=2,
        dim=True,
    )
    witnesses = list(dict.fromkeys(name for _, quality in found.values() for name in quality.local.deviations))
    if not witnesses:
        return
    sheet.blank()
    radii = [quality.local.radius_m for _, quality in found.values()]
    sheet.heading(f"How far the other lineages run from it within {spread(radii)}: mean, 95 %")
    sheet.table(
        ("Source", *witnesses),
        [
            (source, *(_deviation(quality.local.deviations.get(name)) for name in witnesses))
            for source, quality in found.values()
        ],
        indent=2,
        right=tuple(witnesses),
    )
    if any(each.correlated for _, quality in found.values() for each in quality.local.deviations.values()):
        sheet.paragraph("* may share an origin", indent=2, dim=True)


def _edge_row(source: str, quality: MeasurementQuality) -> tuple[str, ...]:
    local = quality.local
    nearer, farther = (format_distance(way) for way in local.vertices_m)
    return (
        source,
        "not stated" if local.scale_denominator is None else f"1:{local.scale_denominator:,}",
        format_distance(local.chord_m),
        f"{nearer}, {farther}",
        NOTHING if quality.edges_shift_m is None else format_distance(quality.edges_shift_m),
    )


def _deviation(each: LocalDeviation | None) -> str:
    if each is None:
        return NOTHING
    return f"{two_distances(each.mean_m, each.percentile_95_m)}{'*' if each.correlated else ''}"


def two_distances(one_m: float, other_m: float) -> str:
    """Return two distances as a cell of a table.

    Examples
    --------
    >>> two_distances(312.8, 705.3), two_distances(812.0, 1632.0)
    ('313, 705 m', '812.0 m, 1.63 km')
    """
    if max(one_m, other_m) < 1000.0:
        return f"{one_m:.0f}, {other_m:.0f} m"
    if min(one_m, other_m) >= 1000.0:
        return f"{one_m / 1000:.2f}, {other_m / 1000:.2f} km"
    return f"{format_distance(one_m)}, {format_distance(other_m)}"


def add_envelope(sheet: Sheet, found: Envelope, where: str) -> None:
    """Add the sentences that sum up the sources fit for a distance; `where` names the side."""
    sheet.blank()
    if found.minimum_m is None or found.maximum_m is None or found.median_m is None:
        sheet.paragraph("No source is fit for a distance of this scale.")
        return
    count = len(found.sources)
    voices = "only lineage" if count == 1 else f"{count} lineages"
    median = f", median {format_distance(found.median_m)}" if count > 2 else ""
    sheet.paragraph(
        f"By the {voices} fit for this scale: {spread((found.minimum_m, found.maximum_m))}{median}, {where}."
    )
    remarks = []
    if found.driver is not None and found.spread_m is not None and found.spread_without_driver_m is not None:
        remarks.append(
            f"{found.driver} drives the spread of {format_distance(found.spread_m)}: "
            f"{format_distance(found.spread_without_driver_m)} without it."
        )
    for pair in found.correlated:
        remarks.append(f"{listed(pair)} may share an origin and count as one witness.")
    if remarks:
        sheet.paragraph(" ".join(remarks))
