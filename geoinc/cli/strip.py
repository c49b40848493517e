"""The strip of an assessment, drawn with letters."""

from __future__ import annotations

import sys
from typing import Final, TextIO

from geoinc.cli.sheet import Sheet
from geoinc.findings import AssessmentData
from geoinc.messages import say

__all__ = ["add_strip"]

PIPE_WIDTH: Final = 80
_DRAWN: Final = "│█▒─┼╌◀▶·"


def add_strip(sheet: Sheet, assessment: AssessmentData) -> None:
    """Add what is stated and measured by distance across the border; nothing where there is neither.

    It is as wide as the terminal, and 80 columns elsewhere. Where the encoding of the output lacks lines and blocks,
    the signs of ASCII draw it.
    """
    from geoinc.render.strip_text import strip_lines  # noqa: PLC0415 - drawn for an assessment alone

    output: TextIO | None = sys.stdout
    on_terminal = output is not None and output.isatty()
    width = sheet.width if on_terminal else min(sheet.width, PIPE_WIDTH)
    lines = strip_lines(assessment, sheet.voice, width=width, drawn=_can_draw(output))
    if not lines:
        return
    sheet.heading(say("Distance from the border, stated and measured"))
    for line in lines:
        sheet.verbatim(line)
    sheet.blank()


def _can_draw(output: TextIO | None) -> bool:
    try:
        _DRAWN.encode(getattr(output, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
