"""``geoinc measure``: one printed position against a border, without a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from geoinc import api
from geoinc.api import Assessment
from geoinc.boundaries import Disputes, Note, Source, covered_region, disputes_at
from geoinc.boundaries.own import read_files
from geoinc.claims import Incident
from geoinc.cli import options
from geoinc.cli.assessing import add_own_sources, own_documents, own_files
from geoinc.cli.disputes import add_disputes
from geoinc.cli.distances import add_distances
from geoinc.cli.findings import add_findings, add_rule
from geoinc.cli.notes import add_notes, note_documents
from geoinc.cli.output import write_data, write_message, write_text
from geoinc.cli.positions import add_position
from geoinc.cli.quality import Qualities, add_envelope, add_quality
from geoinc.cli.sea import sea_document, sea_page
from geoinc.cli.sheet import Sheet
from geoinc.envelope import Envelope, envelope
from geoinc.errors import OutsideCoverageError, UsageError
from geoinc.export.disputes import disputes_document
from geoinc.export.document import measure_document, to_json
from geoinc.geodesy import Edges
from geoinc.incident import incident_from_position
from geoinc.measurement import BoundaryMeasurement, Sense
from geoinc.notation import Reading
from geoinc.quality import measurement_quality
from geoinc.quantities import Precision, read_quantity

__all__ = ["command"]


@dataclass(frozen=True, slots=True)
class _Result:
    reading: Reading
    pair: tuple[str, str]
    measurements: tuple[BoundaryMeasurement, ...]
    qualities: Qualities
    envelope: Envelope
    disputes: Disputes
    assessment: Assessment | None
    sources: tuple[Source, ...]
    notes: tuple[Note, ...]


@click.command("measure", cls=options.PrintedTextCommand)
@click.argument("coordinates", nargs=-1, required=True)
@click.option(
    "--between",
    nargs=2,
    callback=options.capitals,
    metavar="A B",
    help="The border of these territories. [default: the nearest held]",
)
@click.option(
    "--sea",
    callback=options.capitals,
    metavar="A",
    help="Measure against the coast of this state and 12 nautical miles from it, instead of a border.",
)
@click.option("--claimed", metavar="DISTANCE", help='A printed distance to the border to check: "9.5 km".')
@click.option(
    "--in",
    "territory",
    callback=options.capitals,
    metavar="A",
    help="The territory that the position is said to lie in.",
)
@options.map_file
@options.as_json
@options.only
@options.boundary
@options.edges
@options.precision
def command(
    *,
    coordinates: tuple[str, ...],
    between: tuple[str, str] | None,
    sea: str | None,
    claimed: str | None,
    territory: str | None,
    map_file: Path | None,
    as_json: bool,
    only: tuple[str, ...],
    boundary: tuple[str, ...],
    tolerance: str | None,
    edges: str | None,
    precision: str | None,
) -> None:
    """Measure COORDINATES against every source of a border.

    The coordinates are taken as they were printed, in quotes or not.
    With --claimed and --in, also say whether a printed distance and a side agree with them.
    """
    if sea is not None:
        rest = (between, claimed, territory, map_file, only, boundary, tolerance, edges, precision)
        _sea(coordinates, sea, alone=not any(rest), as_json=as_json)
        return
    region = covered_region([between]) if between else None
    reading = api.read_position(" ".join(coordinates), region=region)
    read_as = Edges(edges) if edges else None
    pair = between or api.nearest_border(reading.lon_deg, reading.lat_deg)
    files = own_files(boundary, edges=edges, tolerance=tolerance)
    border = api.boundary(*pair, only=only or None, added=read_files(files, [pair])[pair])
    if territory is not None and territory not in border.pair:
        first, second = border.pair
        raise UsageError(
            f"--in {territory}: the border is that of {first} and {second}; name one of them, or another border with "
            "--between"
        )
    measurements = api.measure(reading, border, edges=read_as)
    covered = any(each.distance_m is not None for each in measurements)
    if between is None and not covered:
        raise OutsideCoverageError(
            f"no border held reaches this position; the nearest is {'-'.join(pair)}, "
            "and geoinc boundaries list names all"
        )
    assessment = None
    if claimed is not None or territory is not None or map_file is not None:
        incident = _incident(reading, border.pair, claimed, territory, precision)
        assessment = api.assess(incident, only=only or None, edges=read_as, boundaries=files)
    if map_file is not None and assessment is not None:
        assessment.save_map(map_file)
    qualities = {
        (each.source, each.sense): measurement_quality(border, each, reading.lon_deg, reading.lat_deg)
        for each in measurements
        if as_json or each.sense is Sense.SHORTEST
    }
    result = _Result(
        reading,
        border.pair,
        measurements,
        qualities,
        envelope(border, measurements),
        disputes_at(reading.lon_deg, reading.lat_deg),
        assessment,
        border.sources,
        border.notes,
    )
    if as_json:
        write_data(to_json(_document(result)))
    else:
        write_text(_page(result))
    if not covered:
        write_message("no source covers this position")
    if map_file is not None:
        write_message(f"wrote {map_file}")


def _sea(coordinates: tuple[str, ...], territory: str, *, alone: bool, as_json: bool) -> None:
    if not alone:
        raise UsageError("--sea stands alone: beside it only --json can be given")
    reading = api.read_position(" ".join(coordinates))
    if as_json:
        write_data(to_json(sea_document(reading, territory)))
    else:
        write_text(sea_page(reading, territory))


def _incident(
    reading: Reading, pair: tuple[str, str], claimed: str | None, territory: str | None, precision: str | None
) -> Incident:
    model = Precision(precision) if precision else Precision.LAST_DIGIT
    distance = None if claimed is None else read_quantity(claimed, precision=model)
    return incident_from_position(reading, pair, claimed=distance, territory=territory)


def _document(result: _Result) -> dict[str, Any]:
    assessment = result.assessment
    own = own_documents(result.sources)
    document = measure_document(
        result.reading,
        result.pair,
        result.measurements,
        result.envelope,
        result.qualities,
        () if assessment is None else assessment.findings,
        None if assessment is None else assessment.rule,
    )
    notes = note_documents(result.notes)
    document["disputes"] = disputes_document(result.disputes)
    return document | ({"own_sources": own} if own else {}) | ({"notes": notes} if notes else {})


def _page(result: _Result) -> str:
    sheet = Sheet()
    add_position(sheet, result.reading)
    first, second = result.pair
    sheet.blank()
    sheet.heading(f"Distance to the border of {first} and {second}, by source")
    add_distances(sheet, result.measurements, names={}, indent=2)
    add_envelope(sheet, result.envelope, _where(result))
    add_own_sources(sheet, result.sources)
    add_notes(sheet, result.notes)
    add_disputes(sheet, result.disputes)
    add_quality(sheet, result.measurements, result.qualities)
    if result.assessment is not None and result.assessment.findings:
        sheet.blank()
        add_findings(sheet, result.assessment)
        add_rule(sheet, result.assessment)
    return sheet.text()


def _where(result: _Result) -> str:
    """Say in whose ground the position lies, by the sources that speak."""
    found = result.envelope
    if found.territory is not None:
        return f"in {found.territory}"
    voices = [each for each in result.measurements if each.sense is Sense.SHORTEST and each.source in found.sources]
    contested = {each.contested for each in voices}
    if not found.agree or len(contested) > 1:
        return "in a territory on which they differ"
    return (
        "where both territories claim the ground, by all of them"
        if True in contested
        else "in neither territory, by all of them"
    )
