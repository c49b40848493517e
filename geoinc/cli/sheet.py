"""A page of text for people, wrapped to its reader's width."""

from __future__ import annotations

import io
import os
import shutil
import sys
import textwrap
from collections.abc import Sequence
from typing import Final, TextIO

import click

from geoinc.cli.output import shown
from geoinc.messages import Voice
from geoinc.render.terminal import plain

__all__ = ["Sheet"]

PIPE_WIDTH: Final = 100
NARROWEST: Final = 40
WIDEST: Final = 120


class Sheet:
    """A page that grows line by line.

    On a terminal headings are bold; anywhere else the page holds no control sequence at all.

    Parameters
    ----------
    width : int, optional
        Columns. By default those of the terminal (40 to 120), and 100 elsewhere; the variable ``COLUMNS``
        overrides both.
    styled : bool, optional
        Whether to use bold and dim type. By default only on a terminal.
    voice : Voice, optional
        Says every text; English by default.

    Examples
    --------
    >>> sheet = Sheet(width=40, styled=False)
    >>> sheet.heading("Agrees")
    >>> sheet.paragraph("Both positions lie in one territory, by every source that decides.", indent=2)
    >>> print(sheet.text(), end="")
    Agrees
      Both positions lie in one territory,
      by every source that decides.
    """

    def __init__(self, *, width: int | None = None, styled: bool | None = None, voice: Voice | None = None) -> None:
        self.voice = voice or Voice()
        self._styled = _styled() if styled is None else styled
        self._width = width or _columns()
        self._lines: list[str] = []

    @property
    def width(self) -> int:
        """Columns of the page."""
        return self._width

    def said(self, text: str) -> str:
        """Return a text in the language of the page, with what a terminal would obey written out."""
        return shown(plain(self.voice, text))

    def heading(self, text: str) -> None:
        """Add a line in bold."""
        self.paragraph(text, bold=True)

    def paragraph(
        self,
        text: str,
        *,
        label: str = "",
        indent: int = 0,
        hanging: int = 0,
        bold: bool = False,
        dim: bool = False,
    ) -> None:
        """Add wrapped text; lines after the first stand `hanging` columns further in, a label before it."""
        lines = textwrap.wrap(
            self.said(text),
            max(self._width, indent + hanging + NARROWEST // 2),
            initial_indent=" " * indent + self.said(label).ljust(hanging if label else 0),
            subsequent_indent=" " * (indent + hanging),
            break_on_hyphens=False,
        )
        if self._styled and (bold or dim):
            lines = [click.style(line, bold=bold or None, dim=dim or None) for line in lines]
        self._lines.extend(lines)

    def verbatim(self, text: str, *, indent: int = 0) -> None:
        """Add one line that is never broken: an address, a file name, a command."""
        self._lines.append((" " * indent + self.said(text)).rstrip())

    def blank(self) -> None:
        """Add an empty line."""
        self._lines.append("")

    def table(
        self,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        indent: int = 0,
        right: Sequence[str] = (),
    ) -> None:
        """Add a table; the columns named in `right` are set flush right.

        Figures and the first column stay whole; words give way where the page is narrow.
        """
        # rich costs as much as the rest of a short command, and only tables need it.
        from rich import box  # noqa: PLC0415
        from rich.console import Console  # noqa: PLC0415
        from rich.table import Table  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0))
        for column in columns:
            flush = column in right
            table.add_column(
                self.said(column),
                justify="right" if flush else "left",
                overflow="fold",
                no_wrap=flush or column == columns[0],
            )
        for row in rows:
            table.add_row(*(Text(self.said(cell)) for cell in row))
        console = Console(
            file=io.StringIO(),
            width=self._width - indent,
            color_system=None,
            force_terminal=False,
            markup=False,
        )
        with console.capture() as capture:
            console.print(table)
        self._lines.extend((" " * indent + line).rstrip() for line in capture.get().splitlines())

    def text(self) -> str:
        """Return the page."""
        return "".join(f"{line}\n" for line in self._lines)


def _styled() -> bool:
    plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    return _on_terminal() and not plain


def _on_terminal() -> bool:
    # Python leaves out a stream that was closed before it started, whatever its type says.
    output: TextIO | None = sys.stdout
    return output is not None and output.isatty()


def _columns() -> int:
    if _on_terminal() or "COLUMNS" in os.environ:
        return min(max(shutil.get_terminal_size((PIPE_WIDTH, 24)).columns, NARROWEST), WIDEST)
    return PIPE_WIDTH
