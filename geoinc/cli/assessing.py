"""From the options of a command to sources and an assessment: what ``check``, ``map`` and ``measure`` share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from geoinc.api import Assessment, assess, load_incident
from geoinc.boundaries import Source
from geoinc.boundaries.own import OwnFile, length_of
from geoinc.cli.sheet import Sheet
from geoinc.errors import UsageError
from geoinc.geodesy import Edges
from geoinc.quantities import Precision

__all__ = ["add_own_sources", "assess_file", "own_documents", "own_files", "tolerance_m"]


def assess_file(
    file: str,
    *,
    only: tuple[str, ...],
    edges: str | None,
    precision: str | None,
    boundary: tuple[str, ...] = (),
    tolerance: str | None = None,
) -> Assessment:
    """Load an incident file, or a bundled case by its name, and assess it under the options given."""
    files = own_files(boundary, edges=edges, tolerance=tolerance)
    incident = load_incident(file, precision=Precision(precision) if precision else None)
    return assess(incident, only=only or None, edges=Edges(edges) if edges else None, boundaries=files)


def own_files(boundary: Sequence[str], *, edges: str | None, tolerance: str | None) -> tuple[OwnFile, ...]:
    """Return the files of ``--boundary``: ``--edges`` also says how theirs are read."""
    accepted_m = tolerance_m(tolerance)
    if accepted_m is not None and not boundary:
        raise UsageError("--tolerance is about a file of your own: give --boundary too")
    return tuple(OwnFile(spec, Edges(edges) if edges else None, accepted_m) for spec in boundary)


def tolerance_m(text: str | None) -> float | None:
    """Return the length of ``--tolerance`` in metres."""
    if text is None:
        return None
    try:
        return length_of(text)
    except ValueError as error:
        raise UsageError(f"--tolerance {error}") from error


def add_own_sources(sheet: Sheet, sources: Iterable[Source]) -> None:
    """Say which sources are the user's own, and what was found in them; nothing where none is."""
    own = [source for source in sources if source.own]
    if not own:
        return
    sheet.blank()
    sheet.heading("Sources of your own that took part" if len(own) > 1 else "A source of your own took part")
    for source in own:
        described = (
            f"{source.title}; file {source.file}, SHA-256 {source.sha256[:16]}; lineage {source.lineage}; "
            f"edges {source.edges.value}; licence {source.licence}"
        )
        sheet.paragraph(described, label=f"{source.id}: ", indent=2, hanging=2)
        for note in source.notes:
            sheet.paragraph(note, indent=4, hanging=2)


def own_documents(sources: Iterable[Source]) -> list[dict[str, Any]]:
    """Return the user's own sources as a document names them."""
    return [
        {
            "source": source.id,
            "lineage": source.lineage,
            "title": source.title,
            "file": source.file,
            "sha256": source.sha256,
            "description_sha256": source.description_sha256,
            "licence": source.licence,
            "notes": list(source.notes),
        }
        for source in sources
        if source.own
    ]
