"""``geoinc boundaries``: which boundary data are held, where they come from, and whether they are intact."""

from __future__ import annotations

import click

from geoinc.cli.boundaries import compare, listing, show, verify

__all__ = ["command"]


@click.group("boundaries", no_args_is_help=False)
def command() -> None:
    """List, show, compare and verify boundary data."""


for _module in (listing, show, compare, verify):
    command.add_command(_module.command)
