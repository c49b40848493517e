"""The command line: one module a command, shared options, one place where errors become lines and codes.

Exit codes: 0 done; 1 a ``--fail-on`` outcome was met, or a result did not verify; 2 wrong usage; 3 the input is
invalid; 4 boundary data are missing, altered or unusable; 130 interrupted; 141 nobody reads the output.
"""

from __future__ import annotations

import errno
import importlib
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

import click

from geoinc.cli.options import without_marks
from geoinc.cli.output import shown, silence
from geoinc.errors import GeoincError, UsageError

__all__ = ["main"]

INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141

# The first line of each command's help, so that help on all of them loads none; a test compares them.
COMMANDS: Final[Mapping[str, str]] = {
    "check": "Check the claims of an incident FILE.",
    "map": "Write the map of an incident FILE.",
    "figure": "Draw the figure of an incident FILE for print.",
    "measure": "Measure COORDINATES against every source of a border.",
    "batch": "Measure every position of a table IN against a border.",
    "track": "Tell where the track in FILE crosses a border.",
    "parse": "Read a printed coordinate.",
    "draft": "Draft an incident file from an ARTICLE.",
    "example": "Print a bundled case as an incident file.",
    "boundaries": "List, show, compare, verify, add and remove boundary data.",
    "schema": "Print the JSON Schema of an incident file.",
    "verify": "Compute a stored RESULT again and compare.",
}


class _Commands(click.Group):
    """Commands that are loaded when they are called: geometry libraries take longer than most answers."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"geoinc.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _print_version(ctx: click.Context, _param: click.Parameter, wanted: Any) -> None:
    if wanted and not ctx.resilient_parsing:
        try:
            click.echo(f"geoinc {version('geoinc')}")
        except PackageNotFoundError:
            click.echo("geoinc, not installed: its version is not known")
        ctx.exit()


@click.group(
    cls=_Commands,
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Where a command takes FILE, the name of a bundled case serves too: geoinc check tz-98d",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version.",
)
def _commands() -> None:
    """Check reported positions and distances against public boundary geometry.

    Data go to standard output, messages to standard error.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        Without the program's name. By default those of the process.

    Returns
    -------
    int
        As the module says.
    """
    # A terminal that cannot show a character gets its escape instead of a crash.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        given = list(sys.argv[1:] if arguments is None else arguments)
        result = _commands.main(args=_join_sources(given), prog_name="geoinc", standalone_mode=False)
    except GeoincError as error:
        _complain(getattr(error, "problems", ()) or (error,))
        return error.exit_code
    except click.Abort:
        return INTERRUPTED
    except click.ClickException as error:
        _complain((_usage(error),))
        return error.exit_code
    except SystemExit:
        # Told not to exit by itself, click still does so where nobody reads the output any more.
        silence()
        return PIPE_CLOSED
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        silence()
        _complain((error.strerror,))
        return UsageError.exit_code
    return result if isinstance(result, int) else 0


def _join_sources(arguments: list[str]) -> list[str]:
    """Join ``--only A B`` into ``--only A,B``, as far as the words that follow are sources or lineages."""
    if "--only" not in arguments or "--" in arguments:
        return arguments
    catalogue = importlib.import_module("geoinc.boundaries").load_catalogue()
    own = importlib.import_module("geoinc.boundaries.own").registered_names()
    known = {source.id for source in catalogue.sources} | set(catalogue.lineages) | own
    joined: list[str] = []
    for word in arguments:
        if len(joined) > 1 and joined[-2] == "--only" and word in known and set(joined[-1].split(",")) <= known:
            joined[-1] = f"{joined[-1]},{word}"
        else:
            joined.append(word)
    return joined


def _complain(problems: Sequence[object]) -> None:
    for problem in problems:
        click.echo(f"geoinc: error: {shown(str(problem))}", err=True)


def _usage(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    message = without_marks(error.format_message()).rstrip(".")
    return f"{message} (see {context.command_path} --help)" if context else message
