"""Boundary sources, their catalogue, and the line between two territories."""

from __future__ import annotations

from geoinc.boundaries.accuracy import LocalAccuracy, accuracy_at
from geoinc.boundaries.border import Border, BoundaryLine, locator, open_border
from geoinc.boundaries.catalogue import (
    Catalogue,
    FileCheck,
    Lineage,
    covered_region,
    data_folder,
    load_catalogue,
    verify,
)
from geoinc.boundaries.source import Accuracy, Package, Source

__all__ = [
    "Accuracy",
    "Border",
    "BoundaryLine",
    "Catalogue",
    "FileCheck",
    "Lineage",
    "LocalAccuracy",
    "Package",
    "Source",
    "accuracy_at",
    "covered_region",
    "data_folder",
    "load_catalogue",
    "locator",
    "open_border",
    "verify",
]
