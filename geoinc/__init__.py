"""Check reported positions and distances against public boundary geometry, and map what each side says.

>>> import geoinc
>>> reading = geoinc.read_position("19°52’04.738’’N 2°53’38.101’’E")
>>> border = geoinc.boundary("MLI", "DZA")
>>> [f"{m.source}: {m.distance_m / 1000:.2f} km" for m in geoinc.measure(reading, border, senses=["shortest"])][:1]
['osm-2026c: 9.96 km']
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geoinc.altitudes import Altitude, read_altitude
    from geoinc.api import (
        Assessment,
        Distances,
        assess,
        borders,
        boundary,
        distances,
        load_incident,
        measure,
        nearest_border,
        read_boundary,
        track,
    )
    from geoinc.directions import Direction, read_direction
    from geoinc.errors import GeoincError
    from geoinc.notation import Reading, read_position
    from geoinc.quantities import Quantity, read_quantity
    from geoinc.times import TimeReading, read_time
    from geoinc.tracks import Track

__all__ = [
    "Altitude",
    "Assessment",
    "Direction",
    "Distances",
    "GeoincError",
    "Quantity",
    "Reading",
    "TimeReading",
    "Track",
    "assess",
    "borders",
    "boundary",
    "distances",
    "load_incident",
    "measure",
    "nearest_border",
    "read_altitude",
    "read_boundary",
    "read_direction",
    "read_position",
    "read_quantity",
    "read_time",
    "track",
]

_HOMES = {
    "Altitude": "geoinc.altitudes",
    "Direction": "geoinc.directions",
    "GeoincError": "geoinc.errors",
    "Quantity": "geoinc.quantities",
    "Reading": "geoinc.notation",
    "TimeReading": "geoinc.times",
    "Track": "geoinc.tracks",
    "read_altitude": "geoinc.altitudes",
    "read_direction": "geoinc.directions",
    "read_position": "geoinc.notation",
    "read_quantity": "geoinc.quantities",
    "read_time": "geoinc.times",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for, so that importing geoinc costs next to nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'geoinc' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES.get(name, "geoinc.api")), name)


def __dir__() -> list[str]:
    return sorted(__all__)
