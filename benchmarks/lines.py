"""The lines that are measured against: the border of Mali and Algeria as bundled, and a coarse copy of it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

__all__ = ["LINES", "TITLES", "line"]

Array = NDArray[np.float64]

ROOT: Final = Path(__file__).resolve().parents[1]
COARSE_DEG: Final = 0.05
"""Simplified by this much the border keeps 16 edges; the westernmost then is 750 km long, as in a coarse data set."""

LINES: Final = ("osm", "coarse")
TITLES: Final = MappingProxyType(
    {
        "osm": "Mali-Algeria from OpenStreetMap, as bundled: 1,802 edges, the longest 19 km",
        "coarse": "the same simplified to 16 edges, the longest 750 km",
    }
)


@cache
def line(name: str) -> Array:
    """Return the vertices of a line, longitude and latitude in degrees, shape (n, 2)."""
    if name not in LINES:
        raise ValueError(f"no line {name!r}; there are {', '.join(LINES)}")
    text = (ROOT / "data" / "boundaries" / "odbl" / "osm-2026c.geojson").read_text(encoding="utf-8")
    (found,) = [each["geometry"] for each in json.loads(text)["features"] if each["properties"]["role"] == "line"]
    whole = shapely.LineString(found["coordinates"])
    vertices: Array = shapely.get_coordinates(whole if name == "osm" else whole.simplify(COARSE_DEG))
    vertices.setflags(write=False)
    return vertices
