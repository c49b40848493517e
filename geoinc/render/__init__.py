"""What people look at: the map page of an assessment."""

from __future__ import annotations

from geoinc.render.page import render_map, save_map

__all__ = ["render_map", "save_map"]
