"""What a notation says of a position: the middle of a cell, the cell, and what to remark on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geoinc.messages import number, say
from geoinc.notation.coordinates import Coordinate
from geoinc.units import NAUTICAL_MILE_M

__all__ = ["METRES_PER_DEGREE", "Cell", "pair_cell", "remark_on_fineness", "remark_on_region"]

# A minute of arc on a great circle, to the 1 % that a warning needs.
METRES_PER_DEGREE: Final = 60 * NAUTICAL_MILE_M
_FINEST_USEFUL_M: Final = 1.0


@dataclass(frozen=True, slots=True)
class Cell:
    """The positions that one print stands for.

    Attributes
    ----------
    lon_deg, lat_deg : float
        The middle, in degrees on WGS 84.
    half_width_lon_deg, half_width_lat_deg : float
        Half the size, in degrees.
    notation : str
        As `geoinc.notation.Reading` names it.
    warnings : tuple of str
        What to remark on.
    accuracy_m : float or None
        The accuracy that the notation itself states.
    """

    lon_deg: float
    lat_deg: float
    half_width_lon_deg: float
    half_width_lat_deg: float
    notation: str
    warnings: tuple[str, ...] = ()
    accuracy_m: float | None = None

    def __str__(self) -> str:
        """Return the middle in plain decimal degrees, which `read_position` takes."""
        lat = f"{abs(self.lat_deg):.9f}".rstrip("0").rstrip(".")
        lon = f"{abs(self.lon_deg):.9f}".rstrip("0").rstrip(".")
        return f"{lat}{'NS'[self.lat_deg < 0]} {lon}{'EW'[self.lon_deg < 0]}"


def pair_cell(
    latitude: Coordinate,
    longitude: Coordinate,
    *,
    notation: str,
    warnings: Sequence[str] = (),
    accuracy_m: float | None = None,
) -> Cell:
    """Return the cell of two printed coordinates, with the remarks that any pair deserves after `warnings`."""
    return Cell(
        lon_deg=float(longitude.value_deg),
        lat_deg=float(latitude.value_deg),
        half_width_lon_deg=float(longitude.unit_deg / 2),
        half_width_lat_deg=float(latitude.unit_deg / 2),
        notation=notation,
        warnings=(*warnings, *_remark_on_pair(latitude, longitude)),
        accuracy_m=accuracy_m,
    )


def remark_on_fineness(size_m: float, printed: str) -> tuple[str, ...]:
    """Return the remark on a last printed unit below 1 m, if it is."""
    if size_m >= _FINEST_USEFUL_M:
        return ()
    return (
        say(
            "printed to {size} m ({printed}): digits finer than 1 m say how the position was written, not how well it "
            "is known",
            size=number(f"{size_m:.1g}"),
            printed=printed,
        ),
    )


def remark_on_region(cell: Cell, region: tuple[float, float, float, float]) -> tuple[str, ...]:
    """Return the remark on a position outside `region` (west, south, east, north, in degrees), if it is.

    A region whose west is greater than its east spans the meridian of 180 degrees.
    """
    half_lon_deg, half_lat_deg = cell.half_width_lon_deg, cell.half_width_lat_deg
    if _touches(cell.lon_deg, cell.lat_deg, half_lon_deg, half_lat_deg, region):
        return ()
    ends = zip(("west", "south", "east", "north"), region, strict=True)
    limits = {name: number(f"{end:g}", minus="-") for name, end in ends}
    if abs(cell.lon_deg) <= 90 and _touches(cell.lat_deg, cell.lon_deg, half_lat_deg, half_lon_deg, region):
        return (
            say(
                "the position is outside the region expected, latitude {south} to {north}, longitude {west} to {east}; "
                "exchanged, latitude and longitude are inside: a likely swap",
                **limits,
            ),
        )
    return (
        say(
            "the position is outside the region expected, latitude {south} to {north}, longitude {west} to {east}; "
            "check the print",
            **limits,
        ),
    )


def _touches(
    lon_deg: float,
    lat_deg: float,
    half_lon_deg: float,
    half_lat_deg: float,
    region: tuple[float, float, float, float],
) -> bool:
    """Whether any of a cell lies in the region."""
    west, south, east, north = region
    width_deg = (east - west) % 360 if east - west < 360 else 360.0
    return (
        south - half_lat_deg <= lat_deg <= north + half_lat_deg
        and (lon_deg - west + half_lon_deg) % 360 <= width_deg + 2 * half_lon_deg
    )


def _remark_on_pair(latitude: Coordinate, longitude: Coordinate) -> list[str]:
    finest = min(latitude, longitude, key=lambda each: each.unit_deg)
    remarks = list(remark_on_fineness(float(finest.unit_deg) * METRES_PER_DEGREE, finest.unit_text))
    if latitude.unit_deg != longitude.unit_deg:
        remarks.append(
            say(
                "the latitude is printed to {latitude}, the longitude to {longitude}: each keeps its own cell; check "
                "that no digit was lost",
                latitude=latitude.unit_text,
                longitude=longitude.unit_text,
            )
        )
    if latitude.value_deg == 0 and longitude.value_deg == 0:
        remarks.append(say("latitude and longitude are both 0, which programs also write where a position is missing"))
    return remarks
