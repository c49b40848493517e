"""How a boundary source is found by its id and laid out, on a sheet and as a document."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from geoinc.boundaries import Source, load_catalogue
from geoinc.cli.sheet import Sheet
from geoinc.errors import UnknownBoundaryError

__all__ = ["add_source", "find_source", "scale", "source_document"]


def find_source(name: str) -> Source:
    """Return a bundled source by its id."""
    sources = load_catalogue().sources
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
    for label, text in fields:
        sheet.paragraph(text, label=label, indent=2, hanging=19)


def scale(source: Source) -> str:
    """Return the nominal scale for people."""
    return "not stated" if source.scale_denominator is None else f"1:{source.scale_denominator:,}"


def source_document(source: Source) -> dict[str, Any]:
    """Return a source as it stands in a JSON document."""
    return asdict(source) | {"edges": source.edges.value}
