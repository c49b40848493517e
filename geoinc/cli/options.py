"""The options that commands share, and how arguments are taken from the shell.

Nothing here imports more than click: ``geoinc --help`` must cost next to nothing. The names that options take
are therefore written out, and a test holds them to the library's own.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

__all__ = [
    "EDGES",
    "PRECISIONS",
    "PrintedTextCommand",
    "as_json",
    "boundary",
    "capitals",
    "edges",
    "language",
    "map_file",
    "new_file",
    "only",
    "picture_file",
    "precision",
    "report_file",
    "tolerance",
    "without_marks",
]

EDGES: Final = ("geodesic", "planar", "rhumb")
PRECISIONS: Final = ("last_digit", "fractional")

_F = TypeVar("_F", bound=Callable[..., Any])

# No argument of a program can hold NUL, so the mark cannot be met by accident.
_MARK: Final = "\x00"
_NEGATIVE_NUMBER: Final = re.compile(r"-\s*[.,]?\d")


class PrintedTextCommand(click.Command):
    """A command whose arguments may begin with a negative number, which is no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments, with negative numbers taken as text."""
        marked = [_MARK + each if _NEGATIVE_NUMBER.match(each) else each for each in args]
        rest = super().parse_args(ctx, marked)
        ctx.params = {name: _unmarked(value) for name, value in ctx.params.items()}
        return rest


def _unmarked(value: Any) -> Any:
    """Return an option's value without the mark that kept it from being read as an option."""
    if isinstance(value, str):
        return value.removeprefix(_MARK)
    if isinstance(value, tuple):
        return tuple(_unmarked(each) for each in value)
    return value


def without_marks(message: str) -> str:
    """Return a message of click without the marks, plain or as `repr` writes them."""
    return message.replace(_MARK, "").replace(repr(_MARK)[1:-1], "")


def capitals(_ctx: click.Context, _param: click.Parameter, value: Any) -> Any:
    """Return codes of territories as they are held, in whichever case they were given."""
    if isinstance(value, tuple):
        return tuple(code.upper() for code in value)
    return value.upper() if isinstance(value, str) else value


class OutputFile(click.Path):
    """A file to write, in a folder that exists: found out before the work, not after it.

    Parameters
    ----------
    endings : str
        The endings that its name may have; any where none is given.
    """

    def __init__(self, *endings: str) -> None:
        super().__init__(dir_okay=False, path_type=Path)
        self._endings = endings

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path, or fail if no file can stand there."""
        if value == "-":
            self.fail("'-' names no file: give the name of the file to write.", param, ctx)
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if not path.name:
            self.fail(f"{str(value)!r} names no file.", param, ctx)
        if self._endings and path.suffix.lower() not in self._endings:
            self.fail(f"{str(value)!r} should end in {' or '.join(self._endings)}.", param, ctx)
        if not path.parent.is_dir():
            self.fail(f"There is no folder {str(path.parent)!r}.", param, ctx)
        if path.exists() and not path.is_file():
            self.fail(f"{str(path)!r} is no regular file: give the name of a file to write.", param, ctx)
        return path


def _split(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    names = [name.strip() for value in values for name in value.split(",")]
    return tuple(name for name in names if name)


def as_json(command: _F) -> _F:
    """Add ``--json``."""
    return click.option(
        "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else on standard output."
    )(command)


def map_file(command: _F) -> _F:
    """Add ``--map``."""
    return click.option(
        "--map",
        "map_file",
        type=OutputFile(),
        metavar="OUT.html",
        help="Also write the map: one HTML page that needs no network.",
    )(command)


def language(command: _F) -> _F:
    """Add ``--lang``."""
    return click.option(
        "--lang", default="en", show_default=True, metavar="en|fr|ar", help="Language of what is written to files."
    )(command)


def report_file(command: _F) -> _F:
    """Add ``--report``."""
    return click.option(
        "--report",
        "report_file",
        type=OutputFile(".md", ".html"),
        metavar="OUT.md|OUT.html",
        help="Also write the report: Markdown, or one HTML page that prints.",
    )(command)


def picture_file(command: _F) -> _F:
    """Add ``-o`` for a figure."""
    return click.option(
        "-o",
        "--output",
        "output",
        type=OutputFile(".svg", ".png", ".pdf"),
        required=True,
        metavar="OUT.svg|png|pdf",
        help="The figure to write.",
    )(command)


def new_file(*, required: bool, metavar: str, text: str) -> Callable[[_F], _F]:
    """Add ``-o``."""
    return click.option("-o", "--output", "output", type=OutputFile(), required=required, metavar=metavar, help=text)


def only(command: _F) -> _F:
    """Add ``--only``."""
    return click.option(
        "--only",
        multiple=True,
        metavar="SOURCE...",
        callback=_split,
        help="Use these boundary sources or lineages only.",
    )(command)


def boundary(command: _F) -> _F:
    """Add ``--boundary`` and ``--tolerance``."""
    files = click.option(
        "--boundary",
        "boundary",
        multiple=True,
        metavar="FILE[::PROPERTY]",
        help="Add a vector file of your own as a source; may be repeated.",
    )
    return files(tolerance(command))


def tolerance(command: _F) -> _F:
    """Add ``--tolerance``."""
    return click.option(
        "--tolerance",
        metavar="LENGTH",
        help="Gaps and overlaps between the outlines in such a file that are accepted. [default: 1 m]",
    )(command)


def edges(command: _F) -> _F:
    """Add ``--edges``."""
    return click.option(
        "--edges",
        type=click.Choice(EDGES),
        help="Read the edges of every source this way. [default: as each source declares]",
    )(command)


def precision(command: _F) -> _F:
    """Add ``--precision``."""
    return click.option(
        "--precision",
        type=click.Choice(PRECISIONS),
        help="What the printed digits of distances are taken to allow. [default: last_digit]",
    )(command)
