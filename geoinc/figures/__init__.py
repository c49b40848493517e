"""Figures for print: map, strip and key of an assessment as SVG, PNG or PDF."""

from __future__ import annotations

from geoinc.figures.writing import FORMATS, figure_bytes, figure_svg, save_figure

__all__ = ["FORMATS", "figure_bytes", "figure_svg", "save_figure"]
