"""``geoinc boundaries``: which boundary data are held, where they come from, and whether they are intact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import click

from geoinc import api
from geoinc.boundaries import Border, Catalogue, Source, load_catalogue
from geoinc.boundaries import verify as verify_files
from geoinc.cli import options
from geoinc.cli.output import write_data, write_message, write_text
from geoinc.cli.sheet import Sheet
from geoinc.errors import IntegrityError, UnknownBoundaryError, UsageError
from geoinc.export.document import to_json
from geoinc.geodesy import length_m

__all__ = ["command"]


@click.group("boundaries", no_args_is_help=False)
def command() -> None:
    """List, show and verify the bundled boundary data."""


@command.command("list")
@options.as_json
def list_sources(*, as_json: bool) -> None:
    """List the borders held and the sources of each."""
    catalogue = load_catalogue()
    if as_json:
        write_data(
            to_json(
                {
                    "borders": [
                        {"border": list(pair), "sources": [source.id for source in _sources(catalogue, pair)]}
                        for pair in catalogue.borders
                    ],
                    "sources": [_source_document(source) for source in catalogue.sources],
                }
            )
        )
        return
    sheet = Sheet()
    for number, pair in enumerate(catalogue.borders):
        if number:
            sheet.blank()
        sheet.heading("-".join(pair))
        rows = [
            (source.id, source.lineage, source.title, _scale(source), source.licence)
            for source in _sources(catalogue, pair)
        ]
        sheet.table(("Source", "Lineage", "Title", "Scale", "Licence"), rows, indent=2)
    write_text(sheet.text())


@command.command("show")
@click.argument("names", nargs=-1, required=True, metavar="SOURCE | A B")
@options.as_json
def show(*, names: tuple[str, ...], as_json: bool) -> None:
    """Show one source, or the border of two territories with the length of each source's line."""
    if len(names) == 1:
        source = _source(names[0])
        if as_json:
            write_data(to_json(_source_document(source)))
        else:
            sheet = Sheet()
            _add_source(sheet, source)
            write_text(sheet.text())
        return
    if len(names) != 2:
        raise UsageError("show takes the id of a source, or the codes of two territories")
    border = _border(names[0], names[1])
    if as_json:
        write_data(to_json(_border_document(border)))
    else:
        sheet = Sheet()
        _add_border(sheet, border)
        write_text(sheet.text())


@command.command("verify")
@options.as_json
def verify(*, as_json: bool) -> None:
    """Hold every data file and licence text to its recorded hash."""
    checks = verify_files()
    altered = [check for check in checks if not check.ok]
    if as_json:
        files = [
            {"file": check.file, "expected": check.expected, "actual": check.actual, "ok": check.ok} for check in checks
        ]
        write_data(to_json({"ok": not altered, "files": files}))
    else:
        sheet = Sheet()
        sheet.table(
            ("File", "SHA-256", ""),
            [(check.file, check.expected[:16], "intact" if check.ok else "altered") for check in checks],
        )
        write_text(sheet.text())
    if altered:
        names = ", ".join(f"{check.file} (expected {check.expected}, got {check.actual})" for check in altered)
        raise IntegrityError(f"differs from its recorded hash: {names}; install geoinc again to restore it")
    write_message(f"{len(checks)} files are intact")


def _sources(catalogue: Catalogue, pair: tuple[str, str]) -> Sequence[Source]:
    return [catalogue.source(name) for name in catalogue.borders[pair]]


def _source(name: str) -> Source:
    sources = load_catalogue().sources
    for source in sources:
        if source.id == name:
            return source
    raise UnknownBoundaryError(f"no source goes by {name!r}; held: {', '.join(source.id for source in sources)}")


def _border(first: str, second: str) -> Border:
    return api.boundary(first.upper(), second.upper())


def _add_border(sheet: Sheet, border: Border) -> None:
    sheet.heading(f"{border.pair[0]}-{border.pair[1]}: {len(border)} sources of {len(border.lineages)} lineages")
    rows = []
    for name in border:
        line = border[name]
        source = line.source
        length_km = length_m(line.polyline()) / 1000.0
        rows.append(
            (
                source.id,
                source.lineage,
                source.vintage,
                _scale(source),
                f"{length_km:.1f} km",
                source.edges.value,
            )
        )
    sheet.table(
        ("Source", "Lineage", "Vintage", "Scale", "Length", "Edges"),
        rows,
        indent=2,
        right=("Length", "Scale"),
    )
    sheet.paragraph("geoinc boundaries show SOURCE tells where one comes from, and under which licence.", indent=2)


def _border_document(border: Border) -> dict[str, Any]:
    sources = []
    for name in border:
        line = border[name]
        west, south, east, north = line.window.bounds
        sources.append(
            _source_document(line.source)
            | {"length_m": length_m(line.polyline()), "window_deg": [west, south, east, north]}
        )
    return {"border": list(border.pair), "lineages": list(border.lineages), "sources": sources}


def _add_source(sheet: Sheet, source: Source) -> None:
    sheet.heading(f"{source.id}: {source.title}")
    package = source.package
    accuracy = source.accuracy
    fields = [
        ("Lineage", source.lineage),
        ("Vintage", source.vintage),
        ("Scale", _scale(source)),
        ("Edges", source.edges.value),
        (
            "Accuracy",
            "no document gives one"
            if accuracy is None
            else f"{accuracy.value_m:g} m at {accuracy.coverage:.0%} ({accuracy.value_95_m:.0f} m at 95 %), "
            f"{accuracy.basis}: {accuracy.document}",
        ),
        ("Origin", source.ancestry),
        ("May share it with", ", ".join(source.correlated_with) or "none known"),
        ("Licence", source.licence),
        ("Credit", source.attribution),
        (
            "Package",
            "none" if package is None else f"{package.registry} {package.name} {package.version}, {package.file}",
        ),
        ("Its SHA-256", "none" if package is None else package.sha256),
        ("File", source.file),
        ("SHA-256", source.sha256),
    ]
    for label, text in fields:
        sheet.paragraph(text, label=label, indent=2, hanging=19)


def _scale(source: Source) -> str:
    return "not stated" if source.scale_denominator is None else f"1:{source.scale_denominator:,}"


def _source_document(source: Source) -> dict[str, Any]:
    return asdict(source) | {"edges": source.edges.value}
