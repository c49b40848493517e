"""What was printed: a position, and the cell of positions that print the same."""

from __future__ import annotations

from dataclasses import dataclass

from geoinc import display

__all__ = ["Reading"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A printed position.

    The position is the middle of its cell. The cell is resolution, not accuracy: digits tell how finely a
    position was printed and nothing about how near the truth it is.

    Attributes
    ----------
    lon_deg, lat_deg : float
        WGS 84 longitude in [-180, 180] and latitude in [-90, 90], in degrees.
    half_width_lon_deg, half_width_lat_deg : float
        Half the size of the cell, in degrees: half of the last printed unit. The cell of a grid square is the
        smallest that holds the square.
    notation : str
        ``"decimal"``, ``"dm"``, ``"dms"``, ``"compact"``, ``"iso6709"``, ``"geo"``, ``"utm"``, ``"mgrs"``,
        ``"pluscode"`` or ``"link"``.
    source_text : str
        The text as it was printed.
    accuracy_m : float or None
        The stated accuracy (95 %) in metres; None where nothing was stated.
    warnings : tuple of str
        What a careful reader would remark on, for example digits finer than 1 m.
    """

    lon_deg: float
    lat_deg: float
    half_width_lon_deg: float
    half_width_lat_deg: float
    notation: str
    source_text: str
    accuracy_m: float | None = None
    warnings: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the position in two notations, its cell, and what was printed."""
        from geoinc.notation.writing import format_position  # noqa: PLC0415 - it takes readings itself

        finest = 2 * min(self.half_width_lon_deg, self.half_width_lat_deg)
        written = [
            format_position(self.lon_deg, self.lat_deg, notation="decimal", resolution=finest),
            format_position(self.lon_deg, self.lat_deg, notation="dms", resolution=finest),
        ]
        rows = [
            ("Position (WGS 84)", " or ".join(dict.fromkeys(written))),
            ("As printed", self.source_text),
            ("Notation", self.notation),
            ("Latitudes that print the same", f"± {self.half_width_lat_deg:.3g}°"),
            ("Longitudes that print the same", f"± {self.half_width_lon_deg:.3g}°"),
            ("Accuracy", "not stated" if self.accuracy_m is None else f"{self.accuracy_m:g} m, as stated"),
            *(("Remark", warning) for warning in self.warnings),
        ]
        return display.block([display.facts(rows)])
