"""What was printed: a position, and the cell of positions that print the same."""

from __future__ import annotations

from dataclasses import dataclass

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
