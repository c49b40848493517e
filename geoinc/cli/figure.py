"""``geoinc figure``: the map and the strip of a case for print."""

from __future__ import annotations

from pathlib import Path

import click

from geoinc.cli import options
from geoinc.cli.assessing import assess_file
from geoinc.cli.output import write_message

__all__ = ["command"]


@click.command("figure")
@click.argument("file")
@options.picture_file
@options.language
@options.only
@options.boundary
@options.edges
@options.precision
def command(
    *,
    file: str,
    output: Path,
    lang: str,
    only: tuple[str, ...],
    boundary: tuple[str, ...],
    tolerance: str | None,
    edges: str | None,
    precision: str | None,
) -> None:
    """Draw the figure of an incident FILE for print.

    Map, strip and key, 180 mm wide. The ending of OUT says how it is written: .svg needs nothing more; .png
    (300 dots an inch) and .pdf need the extra geoinc[figure].
    """
    assessment = assess_file(file, only=only, edges=edges, precision=precision, boundary=boundary, tolerance=tolerance)
    assessment.save_figure(output, lang=lang)
    write_message(f"wrote {output}")
