"""``geoinc boundaries remove``: a source of the user's own taken out again."""

from __future__ import annotations

import click

from geoinc.boundaries.own import remove_source
from geoinc.cli import options
from geoinc.cli.boundaries.sources import own_document
from geoinc.cli.output import write_data, write_message
from geoinc.export.document import to_json

__all__ = ["command"]


@click.command("remove")
@click.argument("source_id", metavar="ID")
@options.as_json
def command(*, source_id: str, as_json: bool) -> None:
    """Take a source of your own out again."""
    gone = remove_source(source_id)
    if as_json:
        write_data(to_json({"removed": [own_document(entry) for entry in gone]}))
    borders = ", ".join("-".join(entry.pair) for entry in gone)
    write_message(f"removed {source_id} ({borders})")
