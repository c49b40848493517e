"""``geoinc boundaries list``: the borders held, and the sources of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from geoinc.boundaries import Catalogue, Source, load_catalogue, open_border
from geoinc.boundaries.own import list_entries
from geoinc.cli import options
from geoinc.cli.boundaries.sources import add_own_entries, own_document, scale, source_document
from geoinc.cli.notes import note_documents
from geoinc.cli.output import write_data, write_text
from geoinc.cli.sheet import Sheet
from geoinc.errors import UnknownBoundaryError
from geoinc.export.document import to_json
from geoinc.geodesy import length_m

__all__ = ["command"]

Pair = tuple[str, str]


@click.command("list")
@click.argument("territories", nargs=-1, metavar="[TERRITORY]...")
@options.as_json
def command(*, territories: tuple[str, ...], as_json: bool) -> None:
    """List the borders held: all of them in short, or those of each TERRITORY with their sources."""
    catalogue = load_catalogue()
    codes = tuple(dict.fromkeys(code.upper() for code in territories))
    for code in codes:
        if not catalogue.neighbours(code) and not any(code in entry.pair for entry in list_entries()):
            raise UnknownBoundaryError(catalogue.no_border_of(code))
    entries = [entry for entry in list_entries() if not codes or set(entry.pair) & set(codes)]
    pairs = [pair for pair in catalogue.borders if not codes or set(pair) & set(codes)]
    if as_json:
        own = [own_document(entry) for entry in entries]
        write_data(to_json(_document(catalogue, pairs) | ({"own": own} if own else {})))
        return
    sheet = Sheet()
    if codes:
        for number, code in enumerate(codes):
            if number:
                sheet.blank()
            _add_territory(sheet, catalogue, code)
    else:
        _add_summary(sheet, catalogue)
    add_own_entries(sheet, entries)
    write_text(sheet.text())


def _document(catalogue: Catalogue, pairs: Sequence[Pair]) -> dict[str, Any]:
    named = {source_id for pair in pairs for source_id in catalogue.borders[pair]}
    return {
        "borders": [
            {
                "border": list(pair),
                "sources": list(catalogue.borders[pair]),
                "notes": note_documents(catalogue.notes(*pair)),
            }
            for pair in pairs
        ],
        "sources": [source_document(source) for source in catalogue.sources if source.id in named],
    } | ({} if catalogue.coast is None else {"coast": source_document(catalogue.coast.source)})


def _add_summary(sheet: Sheet, catalogue: Catalogue) -> None:
    codes = sorted({code for pair in catalogue.borders for code in pair})
    sheet.heading(f"{len(catalogue.borders)} borders of {len(codes)} territories")
    for code in codes:
        sheet.paragraph(", ".join(catalogue.neighbours(code)), label=code, indent=2, hanging=5)
    detailed = [pair for pair in catalogue.borders if not _is_world(catalogue, pair)]
    for pair in detailed:
        sheet.blank()
        sheet.heading(f"{'-'.join(pair)}, in detail")
        _add_sources(sheet, _sources(catalogue, pair))
    rest = [source for source in catalogue.sources if not any(source.id in catalogue.borders[p] for p in detailed)]
    if rest:
        sheet.blank()
        sheet.heading("All other borders")
        counts = {
            source.id: sum(source.id in held for pair, held in catalogue.borders.items() if pair not in detailed)
            for source in rest
        }
        _add_sources(sheet, rest, counts)
    if catalogue.coast is not None:
        sheet.blank()
        sheet.heading("The coast, for geoinc measure --sea")
        _add_sources(sheet, [catalogue.coast.source])
    sheet.blank()
    sheet.paragraph("geoinc boundaries list TERRITORY tells the lengths, and what is known to be amiss.")


def _add_sources(sheet: Sheet, sources: Sequence[Source], counts: dict[str, int] | None = None) -> None:
    columns = ("Source", "Lineage", "Title", "Scale", "Licence")
    rows = [(source.id, source.lineage, source.title, scale(source), source.licence) for source in sources]
    if counts is None:
        sheet.table(columns, rows, indent=2)
        return
    counted = [(*row, str(counts[row[0]])) for row in rows]
    sheet.table((*columns, "Borders"), counted, indent=2, right=("Borders",))


def _add_territory(sheet: Sheet, catalogue: Catalogue, code: str) -> None:
    sheet.heading(catalogue.name_of(code))
    pairs = sorted((pair for pair in catalogue.borders if code in pair), key=lambda pair: _other(pair, code))
    rows = []
    for pair in pairs:
        lengths = _lengths_km(catalogue, pair)
        for number, source_id in enumerate(catalogue.borders[pair]):
            rows.append(
                (
                    "" if number else catalogue.name_of(_other(pair, code)),
                    source_id,
                    f"{lengths[source_id]:,.1f} km",
                )
            )
    sheet.table(("Border with", "Source", "Length"), rows, indent=2, right=("Length",))
    for pair in pairs:
        for note in catalogue.notes(*pair):
            about = "-".join(pair) + (f", {note.source}" if note.source else "")
            sheet.paragraph(f"{about}: {note.text}", label="Note", indent=2, hanging=6)


def _lengths_km(catalogue: Catalogue, pair: Pair) -> Mapping[str, float]:
    """Lengths by source: the list of the world bundle tells them, a detailed border is measured."""
    listed = catalogue.lengths_km(*pair)
    if listed:
        return listed
    border = open_border(*pair, catalogue=catalogue)
    return {name: length_m(border[name].polyline()) / 1000.0 for name in border}


def _other(pair: Pair, code: str) -> str:
    return pair[1] if pair[0] == code else pair[0]


def _is_world(catalogue: Catalogue, pair: Pair) -> bool:
    return catalogue.world is not None and pair in catalogue.world.borders


def _sources(catalogue: Catalogue, pair: Pair) -> Sequence[Source]:
    return [catalogue.source(name) for name in catalogue.borders[pair]]
