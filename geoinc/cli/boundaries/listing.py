"""``geoinc boundaries list``: the borders held, and the sources of each."""

from __future__ import annotations

from collections.abc import Sequence

import click

from geoinc.boundaries import Catalogue, Source, load_catalogue
from geoinc.cli import options
from geoinc.cli.boundaries.sources import scale, source_document
from geoinc.cli.output import write_data, write_text
from geoinc.cli.sheet import Sheet
from geoinc.export.document import to_json

__all__ = ["command"]


@click.command("list")
@options.as_json
def command(*, as_json: bool) -> None:
    """List the borders held and the sources of each."""
    catalogue = load_catalogue()
    if as_json:
        write_data(
            to_json(
                {
                    "borders": [
                        {"border": list(pair), "sources": [source.id for source in _sources(catalogue, pair)]}
                        for pair in catalogue.borders
                    ],
                    "sources": [source_document(source) for source in catalogue.sources],
                }
            )
        )
        return
    sheet = Sheet()
    for number, pair in enumerate(catalogue.borders):
        if number:
            sheet.blank()
        sheet.heading("-".join(pair))
        rows = [
            (source.id, source.lineage, source.title, scale(source), source.licence)
            for source in _sources(catalogue, pair)
        ]
        sheet.table(("Source", "Lineage", "Title", "Scale", "Licence"), rows, indent=2)
    write_text(sheet.text())


def _sources(catalogue: Catalogue, pair: tuple[str, str]) -> Sequence[Source]:
    return [catalogue.source(name) for name in catalogue.borders[pair]]
