"""A position against the territorial sea of a state, for people and for programs."""

from __future__ import annotations

from typing import Any, Final

from geoinc.boundaries import LIMIT_M, SEA_CAVEAT, SeaMeasurement, SeaOutcome, measure_sea
from geoinc.cli.positions import add_position
from geoinc.cli.sheet import Sheet
from geoinc.export.document import parse_document
from geoinc.notation import Reading
from geoinc.quantities import format_distance
from geoinc.ranges import cell_radius_m

__all__ = ["sea_document", "sea_page"]

_WORDS: Final = {
    SeaOutcome.LAND: "on land, by this coast",
    SeaOutcome.WITHIN: "within 12 nautical miles of the coast",
    SeaOutcome.BEYOND: "more than 12 nautical miles from the coast",
    SeaOutcome.INDETERMINATE: "not to be told: the coast or the position is not exact enough",
}


def sea_document(reading: Reading, territory: str) -> dict[str, Any]:
    """Return the document of ``geoinc measure --sea --json``."""
    found = _measured(reading, territory)
    return {
        "position": parse_document(reading),
        "sea": {
            "territory": found.territory,
            "distance_m": found.distance_m,
            "azimuth_deg": found.azimuth_deg,
            "nearest": {"lon_deg": found.nearest_lon_deg, "lat_deg": found.nearest_lat_deg},
            "landward": found.landward,
            "limit_m": LIMIT_M,
            "to_limit_m": found.to_limit_m,
            "accuracy_m": found.accuracy_m,
            "outcome": found.outcome.value,
            "others": [{"territory": code, "distance_m": distance_m} for code, distance_m in found.others],
            "source": "GSHHG 2.3.6, high resolution",
            "caveat": SEA_CAVEAT,
        },
    }


def sea_page(reading: Reading, territory: str) -> str:
    """Return the page of ``geoinc measure --sea``."""
    found = _measured(reading, territory)
    sheet = Sheet()
    add_position(sheet, reading)
    sheet.blank()
    sheet.heading(f"Territorial sea of {territory}: 12 nautical miles (22.224 km) from its coast")
    for label, text in _fields(found):
        sheet.paragraph(text, label=label, indent=2, hanging=18)
    sheet.blank()
    sheet.paragraph(SEA_CAVEAT, indent=2, dim=True)
    return sheet.text()


def _measured(reading: Reading, territory: str) -> SeaMeasurement:
    return measure_sea(
        reading.lon_deg,
        reading.lat_deg,
        territory,
        cell_m=cell_radius_m(reading),
        position_m=reading.accuracy_m or 0.0,
    )


def _fields(found: SeaMeasurement) -> list[tuple[str, str]]:
    fields = [
        ("Outcome", _WORDS[found.outcome]),
        ("Coast", f"{format_distance(found.distance_m)} away, towards {found.azimuth_deg:.0f}°"),
        ("Accuracy", f"{format_distance(found.accuracy_m)} (95 %), GSHHG 2.3.6 at high resolution"),
    ]
    if found.to_limit_m is not None:
        side = "inside" if found.to_limit_m >= 0 else "outside"
        fields.insert(2, ("Limit", f"{format_distance(abs(found.to_limit_m))} {side} of it"))
    if found.others:
        others = ", ".join(f"{code} ({format_distance(way)})" for code, way in found.others)
        fields.append(("Other coasts", f"within 12 nautical miles as well: {others}"))
    return fields
