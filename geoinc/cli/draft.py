"""``geoinc draft``: an incident file to begin with, from an article."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from geoinc.cli import options
from geoinc.cli.output import shown, write_data, write_message, write_new_file, write_text
from geoinc.draft import Draft, DraftClaim, draft_article, load_article, preview_html, to_yaml
from geoinc.draft.preview import entries, stretches
from geoinc.errors import InputError, UsageError
from geoinc.place_files import read_places
from geoinc.quantities import read_quantity

__all__ = ["command"]

TERMINAL: Final = "-"
_COLOURS: Final = {
    "position": "blue",
    "border_distance": "red",
    "separation": "magenta",
    "place_offset": "magenta",
    "within": "green",
    "track": "green",
    "fall": "yellow",
    "time": "cyan",
}
_BORDER: Final = re.compile(r"([A-Za-z]{3})[-:,/ ]([A-Za-z]{3})")


def _pair(_context: click.Context, _param: click.Parameter, value: str | None) -> tuple[str, str] | None:
    if value is None:
        return None
    match = _BORDER.fullmatch(value.strip())
    if match is None or match[1].upper() == match[2].upper():
        raise click.BadParameter("write two codes of three letters, such as MLI-DZA.")
    return match[1].upper(), match[2].upper()


@click.command("draft")
@click.argument("article")
@options.new_file(required=False, metavar="CASE.yaml", text="The incident file to write. [default: standard output]")
@click.option(
    "--preview",
    metavar="OUT.html",
    help="Also write the article with what was found in it, as a page; - shows it here instead.",
)
@click.option(
    "--places",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A gazetteer of your own: CSV, GeoJSON, or a GeoNames dump.",
)
@click.option(
    "--place-accuracy",
    metavar="LENGTH",
    help="How far a point of --places may lie from the middle of its place, where the file does not say: 5 km.",
)
@click.option("--border", metavar="AAA-BBB", callback=_pair, help="The border in question, such as MLI-DZA.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "html", "markdown")),
    help="How to read the article. [default: by its name or its first characters]",
)
def command(
    *,
    article: str,
    output: Path | None,
    preview: str | None,
    places: Path | None,
    place_accuracy: str | None,
    border: tuple[str, str] | None,
    form: str | None,
) -> None:
    """Draft an incident file from an ARTICLE.

    ARTICLE is plain text, HTML or Markdown in English, French, Spanish or Arabic. What it says of positions,
    distances, grounds, falls and times becomes draft claims with their quotes. None of them counts before a
    person has confirmed it: geoinc check refuses the file until then.
    """
    draft = _draft(article, places, place_accuracy, border, form)
    if not draft.claims:
        raise InputError(
            f"{article}: no position, distance, ground, fall or time of an event was found; begin from "
            "`geoinc example tz-98d` instead"
        )
    page = None if preview in (None, TERMINAL) else _page_path(str(preview), output)
    if output is not None:
        write_new_file(output, to_yaml(draft))
        write_message(f"wrote {output}: {len(draft.claims)} draft claims to confirm, {len(draft.notes)} notes")
    if page is not None:
        write_new_file(page, preview_html(draft))
        write_message(f"wrote {page}")
    if preview == TERMINAL:
        write_text("\n".join(_terminal(draft)) + "\n")
    elif output is None:
        write_data(to_yaml(draft))


def _draft(
    article: str, places: Path | None, place_accuracy: str | None, border: tuple[str, str] | None, form: str | None
) -> Draft:
    if place_accuracy is not None and places is None:
        raise UsageError("--place-accuracy speaks of --places; give both")
    accuracy_m = None if place_accuracy is None else read_quantity(place_accuracy).interval.middle
    own = () if places is None else read_places(places, accuracy_m=accuracy_m)
    return draft_article(load_article(article, form=form), places=own, border=border)


def _page_path(preview: str, output: Path | None) -> Path:
    """Return where the page goes; what is wrong with it is said before anything is written."""
    path = Path(preview)
    if os.path.lexists(path) or path == output:
        raise UsageError(f"{path} exists already or is the case itself; name another file for --preview")
    if not path.parent.is_dir():
        raise UsageError(f"--preview: there is no folder {str(path.parent)!r}")
    return path


def _terminal(draft: Draft) -> Iterator[str]:
    """Return the article for a terminal, with brackets round what was found, so that colour is only a help."""
    coloured = sys.stdout.isatty()
    for block in stretches(draft):
        parts = []
        open_marks: set[int] = set()
        for stretch in block:
            opened = [number for number, _ in stretch.marks if number not in open_marks]
            open_marks.update(opened)
            text = "".join("[" for _ in opened) + shown(stretch.text)
            text += "".join(f"]{number}" for number in stretch.ends)
            colour = next((_COLOURS[kind] for _, kind in reversed(stretch.marks) if kind in _COLOURS), None)
            marked = coloured and bool(stretch.marks)
            parts.append(click.style(text, fg=colour, underline=colour is None) if marked else text)
        line = " ".join("".join(parts).split())
        if line:
            yield line
            yield ""
    for number, kind, entry in entries(draft):
        said = f"{entry.speaker.name}: {kind}" if isinstance(entry, DraftClaim) else f"note: {entry.kind}"
        yield f"{number:>3}  line {entry.found.line}  {shown(said)}: {shown(entry.found.quote)}"
        yield from (f"       decide: {shown(question)}" for question in entry.found.decide)
