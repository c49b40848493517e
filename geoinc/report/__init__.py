"""The report of an assessment, for people to read, print and attach."""

from __future__ import annotations

from geoinc.report.writing import FORMATS, render_report, save_report

__all__ = ["FORMATS", "render_report", "save_report"]
