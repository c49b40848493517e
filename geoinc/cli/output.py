"""Where text leaves the program: data on standard output, messages on standard error.

Strings of a case file come from strangers. Everything that reaches a terminal passes through `shown`, so that
no text can move the cursor, change a title or turn the reading direction of what stands around it.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO

import click

from geoinc.errors import UsageError

__all__ = ["shown", "silence", "write_data", "write_message", "write_new_file", "write_text"]

_DIRECTION_MARKS: Final = frozenset(
    "\N{ARABIC LETTER MARK}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}"
    "\N{LEFT-TO-RIGHT EMBEDDING}\N{RIGHT-TO-LEFT EMBEDDING}\N{POP DIRECTIONAL FORMATTING}"
    "\N{LEFT-TO-RIGHT OVERRIDE}\N{RIGHT-TO-LEFT OVERRIDE}"
    "\N{LEFT-TO-RIGHT ISOLATE}\N{RIGHT-TO-LEFT ISOLATE}\N{FIRST STRONG ISOLATE}"
    "\N{POP DIRECTIONAL ISOLATE}"
)
_UNSHOWN: Final = frozenset({"Cc", "Cs", "Cn", "Co", "Zl", "Zp"})


def shown(text: str) -> str:
    r"""Return `text` on one line, with what a terminal would obey written out instead.

    Examples
    --------
    >>> shown("first line\nsecond")
    'first line second'
    >>> print(shown("\x1b[2Jgone"))
    \x1b[2Jgone
    """
    return "".join(_shown_character(character) for character in text)


def _shown_character(character: str) -> str:
    if character in "\n\t":
        return " "
    if character in _DIRECTION_MARKS or unicodedata.category(character) in _UNSHOWN:
        return character.encode("unicode_escape", errors="backslashreplace").decode("ascii")
    return character


def write_text(text: str) -> None:
    """Write text for people to standard output."""
    with _writing() as output:
        output.write(text)
        output.flush()


def write_data(text: str) -> None:
    """Write a document for programs to standard output, in UTF-8 whatever the terminal speaks."""
    with _writing() as output:
        output.flush()
        stream = getattr(output, "buffer", None)
        if stream is None:
            # A program that calls `main` may hold the output in a plain text buffer.
            output.write(text)
        else:
            stream.write(text.encode("utf-8", errors="backslashreplace"))
            stream.flush()


@contextmanager
def _writing() -> Iterator[TextIO]:
    # Python leaves out a stream that was closed before it started, whatever its type says.
    output: TextIO | None = sys.stdout
    if output is None:
        raise UsageError("cannot write to standard output: it is closed")
    try:
        yield output
    except BrokenPipeError:
        raise
    except OSError as error:
        silence()
        raise UsageError(f"cannot write to standard output: {error.strerror}") from error


def silence() -> None:
    """Point standard output at nothing, so that the interpreter's last flush does not complain as well."""
    output: TextIO | None = sys.stdout
    if output is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), output.fileno())


def write_message(message: str) -> None:
    """Write one line about the run to standard error."""
    click.echo(f"geoinc: {shown(message)}", err=True)


def write_new_file(path: Path, text: str) -> None:
    """Write `text` to a file that does not exist yet: whole, or not at all.

    Raises
    ------
    UsageError
        If the file exists, or cannot be written.
    """
    if os.path.lexists(path):
        raise UsageError(f"{path} exists already; name another file, or remove it first")
    draft = path.with_name(f"{path.name}.part")
    try:
        with draft.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        draft.replace(path)
    except OSError as error:
        if not isinstance(error, FileExistsError):
            draft.unlink(missing_ok=True)
        raise UsageError(f"cannot write {path}: {error.strerror}") from error
