"""Whole files of positions against a border: tables in, the same tables with columns added out."""

from __future__ import annotations

from geoinc.batch.chunks import ArrowChunk, TextChunk
from geoinc.batch.measuring import Positions, Ruler
from geoinc.batch.radii import SCHEMES, RadiusTable, Scheme, read_radii
from geoinc.batch.results import ADDED, added_names, measure_chunk
from geoinc.batch.running import ENDINGS, Options, run_batch

__all__ = [
    "ADDED",
    "ENDINGS",
    "SCHEMES",
    "ArrowChunk",
    "Options",
    "Positions",
    "RadiusTable",
    "Ruler",
    "Scheme",
    "TextChunk",
    "added_names",
    "measure_chunk",
    "read_radii",
    "run_batch",
]
