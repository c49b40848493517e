"""A figure in its three formats: SVG by itself, PNG and PDF painted from the same drawing."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from geoinc.errors import UsageError
from geoinc.figures.sheet import compose
from geoinc.figures.styles import SVG
from geoinc.findings import AssessmentData
from geoinc.messages import ENGLISH
from geoinc.render.saving import write_page

__all__ = ["FORMATS", "figure_bytes", "figure_svg", "save_figure"]

FORMATS: Final = (".svg", ".png", ".pdf")
"""Endings that a figure's file may have."""


def figure_svg(data: AssessmentData, *, lang: str = ENGLISH) -> str:
    """Return the figure as a document of SVG, 180 mm wide, that needs nothing beside it.

    Letters are text: they can be searched and edited, and are set in the reader's fonts.

    Parameters
    ----------
    data : AssessmentData
    lang : str
        Language of everything that the tool says.

    Raises
    ------
    UsageError
        If there are no words in this language, or no place to open on.
    """
    sheet = compose(data, lang=lang)
    ET.register_namespace("", SVG)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(sheet.tree, encoding="unicode") + "\n"


def figure_bytes(data: AssessmentData, kind: str, *, lang: str = ENGLISH) -> bytes:
    """Return the figure in one of its formats: the same bytes for the same input.

    Parameters
    ----------
    data : AssessmentData
    kind : str
        One of `FORMATS`.
    lang : str
        Language of everything that the tool says.

    Raises
    ------
    UsageError
        If there is no such format or language; if matplotlib, which PNG and PDF need, is missing or too old; if
        its own font lacks a letter.
    """
    if kind not in FORMATS:
        raise UsageError(f"a figure is not written as {kind!r}; choose one of: {', '.join(FORMATS)}")
    if kind == ".svg":
        return figure_svg(data, lang=lang).encode()
    from geoinc.figures.painting import paint  # noqa: PLC0415 - matplotlib is loaded only for PNG and PDF

    return paint(compose(data, lang=lang), kind.removeprefix("."))


def save_figure(data: AssessmentData, path: str | Path, *, lang: str = ENGLISH) -> None:
    """Write the figure, whole or not at all; the ending of `path` says in which format.

    Raises
    ------
    UsageError
        As for `figure_bytes`, or if the file cannot be written.
    """
    write_page(path, figure_bytes(data, Path(path).suffix.lower(), lang=lang), source=data.incident.file, what="figure")
