"""``geoinc boundaries remove``: a source of the user's own taken out again."""

from __future__ import annotations

import click

from geoinc.boundaries.own import remove_source
from geoinc.cli.output import write_message

__all__ = ["command"]


@click.command("remove")
@click.argument("source_id", metavar="ID")
def command(*, source_id: str) -> None:
    """Take a source of your own out again."""
    gone = remove_source(source_id)
    borders = ", ".join("-".join(entry.pair) for entry in gone)
    write_message(f"removed {source_id} ({borders})")
