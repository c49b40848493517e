"""A printed position as text for people."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from geoinc.cli.sheet import Sheet
from geoinc.notation import Reading, format_position

__all__ = ["add_position", "position_text"]


def position_text(reading: Reading, notation: Literal["decimal", "dms"]) -> str:
    """Return the position in another notation, as finely as it was printed."""
    return format_position(
        reading.lon_deg,
        reading.lat_deg,
        notation=notation,
        resolution=2 * min(reading.half_width_lon_deg, reading.half_width_lat_deg),
    )


def add_position(sheet: Sheet, reading: Reading) -> None:
    """Add what a printed coordinate says: position, cell, accuracy, warnings."""
    accuracy = "not stated" if reading.accuracy_m is None else f"{reading.accuracy_m:g} m, as stated"
    rows = (
        ("Printed", reading.source_text),
        ("Position", f"{position_text(reading, 'decimal')} (WGS 84)"),
        ("", position_text(reading, "dms")),
        (
            "Cell",
            f"latitude ± {_degrees(reading.half_width_lat_deg)}, longitude ± {_degrees(reading.half_width_lon_deg)}",
        ),
        ("Accuracy", accuracy),
        *(("Note" if number == 0 else "", warning) for number, warning in enumerate(reading.warnings)),
    )
    for label, text in rows:
        sheet.paragraph(text, label=label or " ", hanging=10)


def _degrees(width_deg: float) -> str:
    """Write a small width without an exponent."""
    return f"{Decimal(f'{width_deg:.3g}'):f}°"
