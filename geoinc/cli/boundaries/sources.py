"""How a boundary source is found by its id and laid out, on a sheet and as a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from geoinc.boundaries import Source, load_catalogue
from geoinc.boundaries.own import Entry, list_entries
from geoinc.cli.sheet import Sheet
from geoinc.errors import UnknownBoundaryError

__all__ = ["add_own_entries", "add_source", "find_source", "own_document", "scale", "source_document"]


def find_source(name: str) -> Source:
    """Return a source by its id: bundled, or registered by the user."""
    sources = (*load_catalogue().sources, *(entry.source for entry in list_entries()))
    for source in sources:
        if source.id == name:
            return source
    raise UnknownBoundaryError(f"no source goes by {name!r}; held: {', '.join(source.id for source in sources)}")


def add_source(sheet: Sheet, source: Source) -> None:
    """Write everything that the catalogue says of a source."""
    sheet.heading(f"{source.id}: {source.title}")
    package = source.package
    accuracy = source.accuracy
    fields = [
        ("Held", "your own, registered" if source.own else "bundled"),
        ("Lineage", source.lineage),
        ("Vintage", source.vintage),
        ("Scale", scale(source)),
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
    fields += [("Found in it", note) for note in source.notes]
    for label, text in fields:
        sheet.paragraph(text, label=label, indent=2, hanging=19)


def scale(source: Source) -> str:
    """Return the nominal scale for people."""
    return "not stated" if source.scale_denominator is None else f"1:{source.scale_denominator:,}"


def source_document(source: Source) -> dict[str, Any]:
    """Return a source as it stands in a JSON document."""
    return asdict(source) | {"edges": source.edges.value}


def add_own_entries(sheet: Sheet, entries: Sequence[Entry]) -> None:
    """Write the user's own registered sources; nothing where there are none."""
    if not entries:
        return
    sheet.blank()
    sheet.heading("Your own sources")
    rows = [
        (
            entry.source.id,
            "-".join(entry.pair),
            entry.source.lineage,
            entry.source.title,
            scale(entry.source),
            entry.source.licence,
        )
        for entry in entries
    ]
    sheet.table(("Source", "Border", "Lineage", "Title", "Scale", "Licence"), rows, indent=2)


def own_document(entry: Entry) -> dict[str, Any]:
    """Return a registered source as it stands in a JSON document."""
    return source_document(entry.source) | {
        "border": list(entry.pair),
        "original": entry.original,
        "original_sha256": entry.original_sha256,
    }
