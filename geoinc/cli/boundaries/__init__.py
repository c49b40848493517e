"""``geoinc boundaries``: which boundary data are held, where they come from, and whether they are intact."""

from __future__ import annotations

import click

from geoinc.cli.boundaries import add, compare, listing, remove, show, verify

__all__ = ["command"]


@click.group("boundaries", no_args_is_help=False)
def command() -> None:
    """List, show, compare, verify, add and remove boundary data."""


for _module in (listing, show, compare, verify, add, remove):
    command.add_command(_module.command)
