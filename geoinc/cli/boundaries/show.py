"""``geoinc boundaries show``: one source, or the border of two territories."""

from __future__ import annotations

from typing import Any

import click

from geoinc import api
from geoinc.boundaries import Border
from geoinc.cli import options
from geoinc.cli.boundaries.sources import add_source, find_source, scale, source_document
from geoinc.cli.output import write_data, write_text
from geoinc.cli.sheet import Sheet
from geoinc.errors import UsageError
from geoinc.export.document import to_json
from geoinc.geodesy import length_m

__all__ = ["command"]


@click.command("show")
@click.argument("names", nargs=-1, required=True, metavar="SOURCE | A B")
@options.as_json
def command(*, names: tuple[str, ...], as_json: bool) -> None:
    """Show one source, or the border of two territories with the length of each source's line."""
    if len(names) == 1:
        source = find_source(names[0])
        if as_json:
            write_data(to_json(source_document(source)))
        else:
            sheet = Sheet()
            add_source(sheet, source)
            write_text(sheet.text())
        return
    if len(names) != 2:
        raise UsageError("show takes the id of a source, or the codes of two territories")
    border = _border(names[0], names[1])
    if as_json:
        write_data(to_json(_border_document(border)))
    else:
        sheet = Sheet()
        _add_border(sheet, border)
        write_text(sheet.text())


def _border(first: str, second: str) -> Border:
    return api.boundary(first.upper(), second.upper())


def _add_border(sheet: Sheet, border: Border) -> None:
    sheet.heading(f"{border.pair[0]}-{border.pair[1]}: {len(border)} sources of {len(border.lineages)} lineages")
    rows = []
    for name in border:
        line = border[name]
        source = line.source
        length_km = length_m(line.polyline()) / 1000.0
        rows.append(
            (
                source.id,
                source.lineage,
                source.vintage,
                scale(source),
                f"{length_km:.1f} km",
                source.edges.value,
            )
        )
    sheet.table(
        ("Source", "Lineage", "Vintage", "Scale", "Length", "Edges"),
        rows,
        indent=2,
        right=("Length", "Scale"),
    )
    sheet.paragraph("geoinc boundaries show SOURCE tells where one comes from, and under which licence.", indent=2)


def _border_document(border: Border) -> dict[str, Any]:
    sources = []
    for name in border:
        line = border[name]
        west, south, east, north = line.window.bounds
        sources.append(
            source_document(line.source)
            | {"length_m": length_m(line.polyline()), "window_deg": [west, south, east, north]}
        )
    return {"border": list(border.pair), "lineages": list(border.lineages), "sources": sources}
