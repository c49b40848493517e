"""``geoinc schema``: the shape of an incident file."""

from __future__ import annotations

import click

from geoinc.cli.output import write_data
from geoinc.export.document import to_json
from geoinc.incident import json_schema

__all__ = ["command"]


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of an incident file."""
    write_data(to_json(json_schema()))
