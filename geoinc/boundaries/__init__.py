"""Boundary sources, their catalogue, and the line between two territories."""

from __future__ import annotations

from geoinc.boundaries.accuracy import LocalAccuracy, accuracy_at, basis_text
from geoinc.boundaries.border import Border, BoundaryLine, locator, open_border
from geoinc.boundaries.catalogue import (
    Background,
    Catalogue,
    Lineage,
    covered_region,
    data_folder,
    load_catalogue,
)
from geoinc.boundaries.coast import Coast, CoastPoint, open_coast
from geoinc.boundaries.comparison import (
    Comparison,
    Deviation,
    Near,
    Place,
    Stretch,
    Weigh,
    compare_border,
    compare_lines,
)
from geoinc.boundaries.integrity import FileCheck, verify
from geoinc.boundaries.kinds import (
    DISPUTES_WITHIN_M,
    NEUTRAL_NOTE,
    DisputedGround,
    Disputes,
    GroundHere,
    Kind,
    LineNearby,
    SpecialLine,
    View,
    disputed_grounds,
    disputes_at,
    special_lines,
    special_lines_between,
)
from geoinc.boundaries.nearest import nearest_pair
from geoinc.boundaries.quality import (
    EdgeGap,
    LineShape,
    LocalDeviation,
    LocalQuality,
    describe_line,
    edge_gap,
    edge_gaps,
    local_quality,
)
from geoinc.boundaries.sketch import BorderSketch, border_accuracy, sketch_border
from geoinc.boundaries.source import Accuracy, Package, Source
from geoinc.boundaries.world import Note, WorldBorder, read_member

__all__ = [
    "DISPUTES_WITHIN_M",
    "NEUTRAL_NOTE",
    "Accuracy",
    "Background",
    "Border",
    "BorderSketch",
    "BoundaryLine",
    "Catalogue",
    "Coast",
    "CoastPoint",
    "Comparison",
    "Deviation",
    "DisputedGround",
    "Disputes",
    "EdgeGap",
    "FileCheck",
    "GroundHere",
    "Kind",
    "LineNearby",
    "LineShape",
    "Lineage",
    "LocalAccuracy",
    "LocalDeviation",
    "LocalQuality",
    "Near",
    "Note",
    "Package",
    "Place",
    "Source",
    "SpecialLine",
    "Stretch",
    "View",
    "Weigh",
    "WorldBorder",
    "accuracy_at",
    "basis_text",
    "border_accuracy",
    "compare_border",
    "compare_lines",
    "covered_region",
    "data_folder",
    "describe_line",
    "disputed_grounds",
    "disputes_at",
    "edge_gap",
    "edge_gaps",
    "load_catalogue",
    "local_quality",
    "locator",
    "nearest_pair",
    "open_border",
    "open_coast",
    "read_member",
    "sketch_border",
    "special_lines",
    "special_lines_between",
    "verify",
]
