"""``geoinc map``: the map of a case and nothing else."""

from __future__ import annotations

from pathlib import Path

import click

from geoinc.cli import options
from geoinc.cli.assessing import assess_file
from geoinc.cli.output import write_message

__all__ = ["command"]


@click.command("map")
@click.argument("file")
@options.new_file(required=True, metavar="OUT.html", text="The page to write.")
@click.option("--tiles", metavar="NAME", help="Offer these map tiles; nothing is fetched until a reader asks.")
@click.option("--relief", is_flag=True, help="Shade the ground behind the map; needs the extra geoinc[relief].")
@options.language
@options.only
@options.boundary
@options.edges
@options.precision
def command(
    *,
    file: str,
    output: Path,
    tiles: str | None,
    relief: bool,
    lang: str,
    only: tuple[str, ...],
    boundary: tuple[str, ...],
    tolerance: str | None,
    edges: str | None,
    precision: str | None,
) -> None:
    """Write the map of an incident FILE.

    The map is one HTML page that needs no network.
    """
    assessment = assess_file(file, only=only, edges=edges, precision=precision, boundary=boundary, tolerance=tolerance)
    assessment.save_map(output, tiles=tiles, lang=lang, relief=relief)
    write_message(f"wrote {output}")
