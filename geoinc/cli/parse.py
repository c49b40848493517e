"""``geoinc parse``: what a printed coordinate says."""

from __future__ import annotations

import click

from geoinc.cli import options
from geoinc.cli.output import write_data, write_text
from geoinc.cli.positions import add_position
from geoinc.cli.sheet import Sheet
from geoinc.export.document import parse_document, to_json
from geoinc.notation import read_position

__all__ = ["command"]


@click.command("parse", cls=options.PrintedTextCommand)
@click.argument("text", nargs=-1, required=True)
@options.as_json
def command(*, text: tuple[str, ...], as_json: bool) -> None:
    """Read a printed coordinate.

    The answer holds the position, the cell of all positions that print the same, notation and warnings. TEXT
    may stand in quotes or not.
    """
    reading = read_position(" ".join(text))
    if as_json:
        write_data(to_json(parse_document(reading)))
        return
    sheet = Sheet()
    add_position(sheet, reading)
    write_text(sheet.text())
