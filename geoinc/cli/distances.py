"""Distances of one position by every source, as a table for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from geoinc.cli.sheet import Sheet
from geoinc.findings import Finding, FindingKind, SourceOutcome
from geoinc.measurement import BoundaryMeasurement, Sense
from geoinc.messages import number, say
from geoinc.quantities import format_distance
from geoinc.render import words

__all__ = ["add_distances", "table_distance"]

NOTHING = "-"
VOTES = {kind: say("Vote on the check") for kind in FindingKind} | {
    FindingKind.SIDE: say("Vote on side"),
    FindingKind.DISTANCE: say("Vote on distance"),
}


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
    last = say("Fit") if part is None else VOTES[part.kind]
    rows, remarks = [], []
    for source, by_sense in _by_source(measurements).items():
        shortest, meridian = by_sense.get(Sense.SHORTEST), by_sense.get(Sense.MERIDIAN)
        first = shortest or next(iter(by_sense.values()))
        voice, remark = _voice(first, None if part is None else part.by_source.get(source))
        rows.append(
            (
                source,
                table_distance(shortest),
                NOTHING
                if shortest is None or shortest.azimuth_deg is None
                else say("{value}°", value=number(f"{shortest.azimuth_deg:.0f}")),
                table_distance(meridian),
                _side(first, names),
                _accuracy(first),
                voice,
            )
        )
        if remark:
            remarks.append((source, remark))
    figures = (say("Shortest"), say("To"), say("Meridian"))
    sheet.table(
        (say("Source"), *figures, say("Side"), say("Accuracy (95 %)"), last),
        rows,
        indent=indent,
        right=figures,
    )
    for source, remark in remarks:
        sheet.paragraph(say("{name}: {value}", name=source, value=remark), indent=indent, hanging=2, dim=True)


def table_distance(measurement: BoundaryMeasurement | None) -> str:
    """Return the distance as a cell of a table, with its direction where it runs along a meridian."""
    if measurement is None or measurement.distance_m is None:
        return NOTHING
    distance = format_distance(measurement.distance_m)
    if measurement.sense is Sense.MERIDIAN:
        side = words.LETTERS["S" if measurement.azimuth_deg == 180.0 else "N"]
        return say("{distance} {side}", distance=distance, side=side)
    return distance


def _by_source(measurements: Iterable[BoundaryMeasurement]) -> dict[str, dict[Sense, BoundaryMeasurement]]:
    found: dict[str, dict[Sense, BoundaryMeasurement]] = {}
    for each in measurements:
        found.setdefault(each.source, {})[each.sense] = each
    return found


def _side(measurement: BoundaryMeasurement, names: Mapping[str, str]) -> str:
    if measurement.contested:
        return say("both claim it")
    if measurement.distance_m is None and measurement.territory is None:
        return say("not known")
    if measurement.signed_distance_m == 0:
        return say("on the line")
    if measurement.territory is None:
        return say("neither")
    return names.get(measurement.territory, measurement.territory)


def _accuracy(measurement: BoundaryMeasurement) -> str:
    if measurement.accuracy_m is None:
        return say("unknown")
    length, basis = format_distance(measurement.accuracy_m), words.basis(measurement.accuracy_basis)
    return say("{length}, {basis}", length=length, basis=basis)


def _voice(measurement: BoundaryMeasurement, part: SourceOutcome | None) -> tuple[str, str | None]:
    if part is None:
        return (say("yes") if measurement.fit else say("no")), measurement.why
    return (say("yes") if part.votes else say("no")), part.why or measurement.why
