"""Boundary files of users: read, examined, registered, and never mended in silence."""

from __future__ import annotations

from geoinc.boundaries.own.description import length_of
from geoinc.boundaries.own.joining import OwnFile, borders_with_own, open_border_with_own, read_files
from geoinc.boundaries.own.reading import read_own_boundary, split_property
from geoinc.boundaries.own.registry import (
    Entry,
    add_source,
    list_entries,
    open_registered,
    registered_names,
    registry_folder,
    remove_source,
    verify_registry,
)

__all__ = [
    "Entry",
    "OwnFile",
    "add_source",
    "borders_with_own",
    "length_of",
    "list_entries",
    "open_border_with_own",
    "open_registered",
    "read_files",
    "read_own_boundary",
    "registered_names",
    "registry_folder",
    "remove_source",
    "split_property",
    "verify_registry",
]
