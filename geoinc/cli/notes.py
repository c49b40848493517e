"""What is known to be amiss with a border, for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geoinc.boundaries import Note
from geoinc.cli.sheet import Sheet

__all__ = ["add_notes", "note_documents"]


def add_notes(sheet: Sheet, notes: Sequence[Note]) -> None:
    """Say what the sources of a border are known not to tell, or to tell otherwise; nothing where nothing is."""
    if not notes:
        return
    sheet.blank()
    sheet.heading("Known of this border")
    for note in notes:
        sheet.paragraph(f"{note}.", indent=2, hanging=2)


def note_documents(notes: Sequence[Note]) -> list[dict[str, Any]]:
    """Return the notes as a document names them."""
    return [{"kind": note.kind, "source": note.source, "text": note.text} for note in notes]
