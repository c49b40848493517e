"""``geoinc batch``: a whole file of positions against a border."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from geoinc import api
from geoinc.batch import ENDINGS, Options, Ruler, Scheme, read_radii, run_batch
from geoinc.batch.running import Outcome, Progress
from geoinc.boundaries.own import read_files
from geoinc.cli import options
from geoinc.cli.assessing import own_documents, own_files
from geoinc.cli.output import write_data, write_message
from geoinc.errors import UsageError
from geoinc.export.document import to_json
from geoinc.geodesy import Edges

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

__all__ = ["command"]

DELIMITERS: Final = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
DELIMITER_NAMES: Final = {mark: name for name, mark in DELIMITERS.items()}
NO_CODES: Final = "none"
METRES_A_KILOMETRE: Final = 1_000.0
REASONS: Final = {
    "unreadable": "could not be read",
    "place_unknown": "have no place known well enough to tell a side",
    "outside": "lie outside the ground that the sources cover",
    "neither": "lie in neither territory",
    "both": "lie where the ground of both territories overlaps",
    "cell": "are printed so coarsely that part of their cell lies in neither territory",
}


def _delimiter(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    mark = DELIMITERS.get(value, value)
    if mark not in DELIMITER_NAMES:
        raise click.BadParameter(f"{value!r} is none of {', '.join(DELIMITERS)}, or the character itself")
    return mark


@click.command("batch")
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@options.new_file(required=True, metavar="OUT", text="The file to write; its ending says how.")
@click.option(
    "--between",
    nargs=2,
    required=True,
    callback=options.capitals,
    metavar="A B",
    help="The border of these territories.",
)
@click.option("--lon", metavar="COL", help="The column of longitudes. [default: found by its name]")
@click.option("--lat", metavar="COL", help="The column of latitudes. [default: found by its name]")
@click.option(
    "--in",
    "territory",
    callback=options.capitals,
    metavar="A",
    help="The territory that every position is said to lie in. [default: the one that the first source finds]",
)
@click.option(
    "--radii",
    metavar="FILE",
    help="A table of your own from codes to radii; 'none' leaves the codes of ACLED, UCDP and GDELT unread.",
)
@click.option("--radius-column", metavar="COL", help="A column with the accuracy of each position (95 %) in metres.")
@click.option(
    "--digits",
    type=click.Choice(("printed", "ignored")),
    default="printed",
    show_default=True,
    help="Whether the digits of a printed position make a cell.",
)
@click.option(
    "--decimal", type=click.Choice((".", ",")), default=".", help="The decimal sign of positions. [default: .]"
)
@click.option(
    "--delimiter", callback=_delimiter, metavar="MARK", help="comma, semicolon, tab or pipe. [default: found]"
)
@click.option("--encoding", default="utf-8", show_default=True, metavar="NAME", help="Of a delimited text.")
@click.option("--prefix", default="", metavar="TEXT", help="Set before the names of the added columns.")
@click.option("--by-source", is_flag=True, help="Also add what each source says.")
@options.as_json
@options.only
@options.boundary
@options.edges
@options.precision
def command(
    *,
    source: Path,
    output: Path,
    between: tuple[str, str],
    lon: str | None,
    lat: str | None,
    territory: str | None,
    radii: str | None,
    radius_column: str | None,
    digits: str,
    decimal: str,
    delimiter: str | None,
    encoding: str,
    prefix: str,
    by_source: bool,
    as_json: bool,
    only: tuple[str, ...],
    boundary: tuple[str, ...],
    tolerance: str | None,
    edges: str | None,
    precision: str | None,
) -> None:
    """Measure every position of a table IN against a border.

    IN and OUT are CSV, TSV (also packed as .gz), Parquet, GeoParquet, GeoJSON, GeoPackage or FlatGeobuf, by their
    endings. All rows and columns are kept; territory, distances, the nearest point of the border, the spread of the
    sources and the outcome are added, and for rows without them the problem.
    """
    _check_ending(source, "IN")
    _check_ending(output, "OUT")
    if radii is not None and radius_column is not None:
        raise UsageError("--radii and --radius-column are two ways to say how exact positions are: give one")
    read_as = Edges(edges) if edges else None
    own_table = read_radii(Path(radii)) if radii not in {None, NO_CODES} and radii is not None else None
    files = own_files(boundary, edges=edges, tolerance=tolerance)
    border = api.boundary(*between, only=only or None, added=read_files(files, [between])[between])
    ruler = Ruler(border, territory=territory, edges=read_as)
    chosen = Options(
        lon=lon,
        lat=lat,
        radii=own_table,
        codes=radii != NO_CODES,
        radius_column=radius_column,
        digits=digits == "printed",
        decimal=decimal,
        delimiter=delimiter,
        encoding=encoding,
        prefix=prefix,
        by_source=by_source,
    )
    if precision is not None:
        write_message("--precision is about printed distances, and a batch checks none: it changes nothing here")
    with _bar(source) as progress:
        outcome = run_batch(source, output, ruler, chosen, progress=progress)
    _report(outcome, output)
    if as_json:
        write_data(to_json(_document(source, output, ruler, read_as, outcome)))


def _check_ending(path: Path, what: str) -> None:
    if not path.name.lower().endswith(ENDINGS):
        raise UsageError(f"{what} {path}: the ending should be one of {', '.join(ENDINGS)}")


@contextmanager
def _bar(source: Path) -> Iterator[Progress | None]:
    """A progress bar where somebody can see it."""
    if not sys.stderr.isatty():
        yield None
        return
    rich = importlib.import_module("rich.progress")
    console = importlib.import_module("rich.console").Console(stderr=True)
    bar: Bar
    with rich.Progress(console=console, transient=True) as bar:
        task = bar.add_task(source.name, total=None)
        yield lambda done, whole: bar.update(task, completed=done, total=whole)


def _report(outcome: Outcome, output: Path) -> None:
    """Say on standard error what was read and what came of it."""
    plan, tally = outcome.plan, outcome.tally
    if plan.columns is None:
        unused = f"; the columns {' and '.join(outcome.unused)} are not (name them with --lon and --lat)"
        write_message(f"positions are taken from the geometry{unused if outcome.unused else ''}")
    else:
        write_message(f"positions are taken from the columns {plan.columns.lon} and {plan.columns.lat}")
    if plan.codes is not None:
        column, scheme = plan.codes
        write_message(
            f"how exact they are is taken from the column {column}, by the table of {scheme.name}: {_told(scheme)}"
        )
    if plan.radius_column is not None:
        write_message(f"how exact they are is taken from the column {plan.radius_column}, in metres")
    counts = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in sorted(tally.outcomes.items()))
    write_message(f"{tally.rows:,} row{'' if tally.rows == 1 else 's'}: {counts}" if tally.rows else "no rows")
    for reason, words in REASONS.items():
        if tally.reasons[reason]:
            row, example = tally.examples[reason]
            write_message(f"rows that {words}: {tally.reasons[reason]:,}; the first is row {row:,}: {example}")
    write_message(f"wrote {output}")


def _told(scheme: Scheme) -> str:
    """What each code counts as, and whose figure that is."""
    lengths = []
    for code, radius_m in scheme.radii_m.items():
        if radius_m is not None:
            # In a table of the user's own, every length is the user's word.
            assumed = " (assumed)" if scheme.meanings and code not in scheme.stated else ""
            lengths.append(f"{code} is {radius_m / METRES_A_KILOMETRE:g} km{assumed}")
    silent = [code for code, radius_m in scheme.radii_m.items() if radius_m is None]
    return ", ".join(lengths) + (f"; not assessed: {', '.join(silent)}" if silent else "")


def _document(source: Path, output: Path, ruler: Ruler, edges: Edges | None, outcome: Outcome) -> dict[str, Any]:
    plan, tally = outcome.plan, outcome.tally
    codes = plan.codes
    taken = {"geometry": plan.geometry} if plan.columns is None else {"lon": plan.columns.lon, "lat": plan.columns.lat}
    border = ruler.border
    own = own_documents(border.sources)
    document: dict[str, Any] = {
        "input": str(source),
        "output": str(output),
        "border": list(border.pair),
        "claimed_territory": ruler.territory,
        "edges": None if edges is None else edges.value,
        "distance_source": ruler.voices[0],
        "sources": [
            {"source": name, "lineage": border[name].source.lineage, "sha256": border[name].source.sha256}
            for name in ruler.voices
        ],
        "positions": taken,
        "cells": "printed digits" if plan.digits and plan.columns is not None else None,
        "radii": None
        if codes is None
        else {
            "column": codes[0],
            "scheme": codes[1].name,
            "radii_m": dict(codes[1].radii_m),
            "assumed": [
                code
                for code, radius_m in codes[1].radii_m.items()
                if radius_m is not None and codes[1].meanings and code not in codes[1].stated
            ],
        },
        "radius_column": plan.radius_column,
        "added": list(outcome.added),
        "rows": tally.rows,
        "outcomes": dict(sorted(tally.outcomes.items())),
        "problems": {
            reason: {
                "rows": tally.reasons[reason],
                "first_row": tally.examples[reason][0],
                "example": tally.examples[reason][1],
            }
            for reason in REASONS
            if tally.reasons[reason]
        },
    }
    return document | ({"own_sources": own} if own else {})
