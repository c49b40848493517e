"""A position against the coast and the territorial sea of a state, for people and for programs."""

from __future__ import annotations

import math
from typing import Any

from geoinc.boundaries import CoastPoint
from geoinc.cli.positions import add_position
from geoinc.cli.sheet import Sheet
from geoinc.export.document import parse_document
from geoinc.notation import Reading
from geoinc.quantities import format_distance
from geoinc.territorial_sea import CAVEATS, LIMIT_M, SeaMeasurement, measure_sea
from geoinc.units import NAUTICAL_MILE_M

__all__ = ["sea_document", "sea_page"]


def sea_document(reading: Reading, territory: str) -> dict[str, Any]:
    """Return the document of ``geoinc measure --sea --json``."""
    found = measure_sea(reading, territory)
    high_m = found.distance_m.high
    return {
        "position": parse_document(reading),
        "sea": {
            "territory": found.territory,
            "limit_m": LIMIT_M,
            "place": found.place.value,
            "distance_m": found.nearest.distance_m,
            "nearest": _point(found.nearest),
            "azimuth_deg": found.nearest.azimuth_deg,
            "certain_distance_m": found.certain_m,
            "accuracy_m": found.accuracy_m,
            "accuracy_basis": found.accuracy_basis,
            "accuracy_detail": found.accuracy_detail,
            "u_m": found.u_m,
            "cell_m": found.cell_m,
            "measured": {
                "low": found.distance_m.low,
                "high": high_m if math.isfinite(high_m) else None,
                "unit": "m",
            },
            "statements": [
                {"statement": each.text, "outcome": each.outcome.value, "why": each.why} for each in found.statements
            ],
            "others": [
                {"territory": code, "distance_m": point.distance_m, "nearest": _point(point)}
                for code, point in found.others
            ],
            "overlapping": list(found.overlapping),
            "notes": list(found.notes),
            "caveats": list(CAVEATS),
            "source": found.source.id,
            "edges": found.source.edges.value,
            "attribution": [found.source.attribution, found.attribution_of_states],
        },
    }


def _point(point: CoastPoint) -> dict[str, Any]:
    return {"lon_deg": point.lon_deg, "lat_deg": point.lat_deg, "coast_of": list(point.territories)}


def sea_page(reading: Reading, territory: str) -> str:
    """Return the page of ``geoinc measure --sea``."""
    found = measure_sea(reading, territory)
    sheet = Sheet()
    add_position(sheet, reading)
    sheet.blank()
    sheet.heading(f"The coast of {territory} and 12 nautical miles from it ({format_distance(LIMIT_M, decimals=3)})")
    for label, text in _fields(found):
        sheet.paragraph(text, label=label, indent=2, hanging=12)
    sheet.blank()
    sheet.heading("What the coast allows")
    for each in found.statements:
        sheet.paragraph(f"{each.text[0].upper()}{each.text[1:]}: {each.outcome.value}.", indent=2, hanging=2)
        sheet.paragraph(f"{each.why[0].upper()}{each.why[1:]}.", indent=4, dim=True)
    if found.notes:
        sheet.blank()
        sheet.heading("Known of this answer")
        for note in found.notes:
            sheet.paragraph(f"{note[0].upper()}{note[1:]}.", indent=2, hanging=2)
    sheet.blank()
    for caveat in CAVEATS:
        sheet.paragraph(caveat, indent=2, dim=True)
    sheet.paragraph(f"{found.source.attribution} {found.attribution_of_states}", indent=2, dim=True)
    return sheet.text()


def _fields(found: SeaMeasurement) -> list[tuple[str, str]]:
    near = found.nearest
    fields = [
        ("Place", f"{found.place.value}, by the coast of all states"),
        (
            "Coast",
            f"{_length(near.distance_m)} away, towards {near.azimuth_deg:.0f}°, at "
            f"{_degrees(near.lat_deg, 'NS')} {_degrees(near.lon_deg, 'EW')}",
        ),
    ]
    if found.certain_m is None:
        fields.append(("", "no coast is surely that of this territory alone"))
    elif found.certain_m != near.distance_m:
        fields.append(("", f"{_length(found.certain_m)} to the nearest that is surely its own"))
    high = _length(found.distance_m.high) if math.isfinite(found.distance_m.high) else "no bound"
    fields += [
        ("Measured", f"{_length(found.distance_m.low)} to {high}"),
        ("Accuracy", f"{format_distance(found.accuracy_m)} (95 %), {found.accuracy_basis}: {found.accuracy_detail}"),
    ]
    if found.others:
        others = ", ".join(f"{code} {_length(point.distance_m)}" for code, point in found.others)
        fields.append(("Others", f"coasts within 24 nautical miles: {others}"))
    return [(label or " ", text) for label, text in fields]


def _length(distance_m: float) -> str:
    return f"{format_distance(distance_m)} ({distance_m / NAUTICAL_MILE_M:.2f} nautical miles)"


def _degrees(value_deg: float, letters: str) -> str:
    return f"{abs(value_deg):.4f}°{letters[value_deg < 0]}"
