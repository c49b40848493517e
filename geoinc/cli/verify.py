"""``geoinc verify``: a stored result computed again."""

from __future__ import annotations

import click

from geoinc.cli.output import shown, write_message, write_text
from geoinc.verification import verify_result

__all__ = ["command"]


@click.command("verify")
@click.argument("result")
@click.pass_context
def command(context: click.Context, *, result: str) -> None:
    """Compute a stored RESULT again and compare.

    RESULT is a document of geoinc check --json. Exit code 1 if anything but the software's versions differs.
    """
    found = verify_result(result)
    if found.differences:
        write_text("".join(f"{shown(line)}\n" for line in found.differences))
        write_message(f"{result} does not come out again: {len(found.differences)} differences")
        context.exit(1)
    write_message(f"{result} comes out again, {'byte for byte' if found.identical else 'under other versions'}")
