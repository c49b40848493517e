"""Distances of one position by every source, as a table for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from geoinc.cli.sheet import Sheet
from geoinc.findings import Finding, SourceOutcome
from geoinc.measurement import BoundaryMeasurement, Sense
from geoinc.quantities import format_distance

__all__ = ["add_distances", "table_distance"]

NOTHING = "-"


def add_distances(
    sheet: Sheet,
    measurements: Sequence[BoundaryMeasurement],
    *,
    names: Mapping[str, str],
    part: Finding | None = None,
    indent: int = 0,
) -> None:
    """Add the table: shortest, along the meridian, side, accuracy, and who may speak.

    Parameters
    ----------
    sheet : Sheet
        Where to.
    measurements : sequence of BoundaryMeasurement
        Of one position.
    names : mapping of str to str
        Names of territories by code; a code without a name stands for itself.
    part : Finding, optional
        The decision whose votes the last column shows, and which it names. Without it the column tells which
        sources are fit for this scale.
    indent : int
        Columns to the left of the table.
    """
    last = "Fit" if part is None else f"Vote on {part.kind.value}"
    rows, remarks = [], []
    for source, by_sense in _by_source(measurements).items():
        shortest, meridian = by_sense.get(Sense.SHORTEST), by_sense.get(Sense.MERIDIAN)
        first = shortest or next(iter(by_sense.values()))
        voice, remark = _voice(first, None if part is None else part.by_source.get(source))
        rows.append(
            (
                source,
                table_distance(shortest),
                NOTHING if shortest is None or shortest.azimuth_deg is None else f"{shortest.azimuth_deg:.0f}°",
                table_distance(meridian),
                _side(first, names),
                _accuracy(first),
                voice,
            )
        )
        if remark:
            remarks.append((source, remark))
    sheet.table(
        ("Source", "Shortest", "To", "Meridian", "Side", "Accuracy (95 %)", last),
        rows,
        indent=indent,
        right=("Shortest", "To", "Meridian"),
    )
    for source, remark in remarks:
        sheet.paragraph(f"{source}: {remark}", indent=indent, hanging=2, dim=True)


def table_distance(measurement: BoundaryMeasurement | None) -> str:
    """Return the distance as a cell of a table, with its direction where it runs along a meridian."""
    if measurement is None or measurement.distance_m is None:
        return NOTHING
    distance = format_distance(measurement.distance_m)
    if measurement.sense is Sense.MERIDIAN:
        return f"{distance} {'S' if measurement.azimuth_deg == 180.0 else 'N'}"
    return distance


def _by_source(measurements: Iterable[BoundaryMeasurement]) -> dict[str, dict[Sense, BoundaryMeasurement]]:
    found: dict[str, dict[Sense, BoundaryMeasurement]] = {}
    for each in measurements:
        found.setdefault(each.source, {})[each.sense] = each
    return found


def _side(measurement: BoundaryMeasurement, names: Mapping[str, str]) -> str:
    if measurement.contested:
        return "both claim it"
    if measurement.distance_m is None and measurement.territory is None:
        return "not known"
    if measurement.signed_distance_m == 0:
        return "on the line"
    if measurement.territory is None:
        return "neither"
    return names.get(measurement.territory, measurement.territory)


def _accuracy(measurement: BoundaryMeasurement) -> str:
    if measurement.accuracy_m is None:
        return "unknown"
    return f"{format_distance(measurement.accuracy_m)}, {measurement.accuracy_basis}"


def _voice(measurement: BoundaryMeasurement, part: SourceOutcome | None) -> tuple[str, str | None]:
    if part is None:
        return ("yes" if measurement.fit else "no"), measurement.why
    return ("yes" if part.votes else "no"), part.why or measurement.why
