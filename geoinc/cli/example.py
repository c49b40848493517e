"""``geoinc example``: the bundled cases, to read or to start from."""

from __future__ import annotations

from pathlib import Path

import click

from geoinc.cases import case_title
from geoinc.cli import options
from geoinc.cli.output import write_data, write_message, write_new_file
from geoinc.errors import UsageError
from geoinc.incident import case_names, example_text

__all__ = ["command"]


@click.command("example")
@click.argument("name", required=False)
@options.new_file(required=False, metavar="FILE", text="Write to a new file instead of standard output.")
def command(*, name: str | None, output: Path | None) -> None:
    """Print a bundled case as an incident file.

    Without NAME, list the cases: the name of each, and its title.
    """
    names = case_names()
    if name is None:
        if output is not None:
            raise UsageError(f"-o needs the name of a case: {', '.join(names)}")
        width = max(len(each) for each in names) + 2
        write_data("".join(f"{each:<{width}}{case_title(each)}\n" for each in names))
        return
    if name not in names:
        raise UsageError(f"there is no bundled case {name!r}; there are: {', '.join(names)}")
    if output is None:
        write_data(example_text(name))
        return
    write_new_file(output, example_text(name))
    write_message(f"wrote {output}")
