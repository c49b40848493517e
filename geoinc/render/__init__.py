"""What people look at: the map page of an assessment, the strip, the timeline, pictures in a notebook.

The page is loaded on first use, so that a strip in a terminal does not load folium.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geoinc.render.page import render_map, save_map

__all__ = ["render_map", "save_map"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from geoinc.render import page  # noqa: PLC0415 - folium is loaded only for a map

        return getattr(page, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
