"""Positions on the UTM grid: a zone, a hemisphere or band, an easting and a northing in metres."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from geoinc.errors import AmbiguousReadingError, GeometryError, ReadingError
from geoinc.messages import number, say
from geoinc.notation.cells import Cell, remark_on_fineness
from geoinc.notation.grids import (
    BANDS,
    band_limits,
    choose_power,
    find_band,
    find_zone,
    locate_square,
    project,
    zone_limits,
)
from geoinc.notation.numerals import PrintedNumber

__all__ = ["check_grid_latitude", "read_utm", "remark_on_zone", "write_utm"]

_NUMBER: Final = r"(?<![0-9.,])(?:[0-9]{1,3}(?: [0-9]{3})+|[0-9]{1,8})(?:[.,][0-9]+)?(?![0-9.,]?[0-9])"
# A letter or a word stands before the number or behind it, never on both sides.
_HALF: Final = rf"(?:(E|N|Easting|Northing)[:=]? ?({_NUMBER})(?: ?m)?|({_NUMBER})(?: ?m)?(?: ?(E|N)(?![A-Z]))?)"
_ZONE: Final = r"((?:UTM:? ?)?(?:zone:? |fuseau |huso |zona )?)(?<![0-9.,])([0-9]{1,2})(?![0-9.,]?[0-9]) ?([A-Z]+)?"
_ZONE_FIRST: Final = re.compile(rf"{_ZONE}[ ,:;]*{_HALF}[ ,;/]*{_HALF}", re.IGNORECASE | re.ASCII)
_ZONE_LAST: Final = re.compile(rf"{_HALF}[ ,;/]*{_HALF}[ ,;/(]*{_ZONE}\)?", re.IGNORECASE | re.ASCII)
_HEMISPHERES: Final = {
    "NORTH": "north",
    "NORD": "north",
    "NORTE": "north",
    "SOUTH": "south",
    "SUD": "south",
    "SUR": "south",
    "SUL": "south",
}
# Shorter numbers are taken for metres only where a word says that they are.
_FEWEST_DIGITS: Final = 5
_EASTING_LIMITS_M: Final = (100_000, 1_000_000)
# Northings of 84 degrees north and of 80 degrees south, rounded outwards.
_NORTHING_LIMITS_M: Final = {"north": (0, 9_400_000), "south": (1_000_000, 10_000_000)}


@dataclass(frozen=True, slots=True)
class _Length:
    """An easting or a northing as printed."""

    number: PrintedNumber
    letter: str
    digits: int
    parted: bool

    @property
    def value_m(self) -> float:
        return float(self.number.value)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One way to read the print."""

    zone: int
    hemisphere: str
    easting: _Length
    northing: _Length

    def write(self) -> str:
        return (
            f"UTM zone {self.zone} {self.hemisphere} {self.easting.number.plain} m E {self.northing.number.plain} m N"
        )


def read_utm(folded: str, source_text: str) -> Cell | None:
    """Return the cell of a position on the UTM grid; None where the text has another shape.

    The letter behind the zone is a hemisphere or a band. ``S`` may be either, and stays in doubt where the
    northing fits both; ``N`` gives one position whichever it is.

    Raises
    ------
    AmbiguousReadingError
        If hemisphere and band, or easting and northing, cannot be told apart.
    ReadingError
        If the hemisphere is missing, or the figures fit no zone.
    """
    if match := _ZONE_FIRST.fullmatch(folded):
        opening, zone_text, letter, *groups = match.groups(default="")
    elif match := _ZONE_LAST.fullmatch(folded):
        *groups, opening, zone_text, letter = match.groups(default="")
    else:
        return None
    halves = [_read_length(groups[:4]), _read_length(groups[4:])]
    if not opening and min(half.digits for half in halves) < _FEWEST_DIGITS:
        return None
    letter = letter.upper()
    if letter in {"E", "N"} and halves[1].letter and not halves[0].letter:
        # 31 E 488000 N 2197000: the letter belongs to the number.
        letter = ""
    if not letter:
        if not opening and not any(half.letter for half in halves):
            return None
        raise ReadingError(
            f"{source_text!r} names no hemisphere; write north or south behind the zone", text=source_text
        )
    if len(letter) > 1 and letter not in _HEMISPHERES:
        return None
    zone = int(zone_text)
    if not 1 <= zone <= 60:
        raise ReadingError(f"there is no UTM zone {zone} in {source_text!r}; zones run from 1 to 60", text=source_text)
    if any(half.parted for half in halves) and not all(half.letter for half in halves):
        raise ReadingError(
            f"spaces part the digits of {source_text!r}; write each number unparted, or with mE and mN behind it",
            text=source_text,
        )
    return _choose(zone, letter, halves, source_text)


def write_utm(lon_deg: float, lat_deg: float, resolution: float) -> str:
    """Return a position on the grid, rounded to the largest power of ten of a metre within `resolution`.

    Parameters
    ----------
    lon_deg, lat_deg : float
        In degrees.
    resolution : float
        In degrees of latitude; what 1 in the last printed place stands for at most.

    Returns
    -------
    str
        With zone and hemisphere in words, which nothing can mistake for a band.

    Raises
    ------
    GeometryError
        If the latitude is beyond the grid.

    Examples
    --------
    >>> write_utm(2.893916944, 19.867982778, 1e-5)
    'UTM zone 31 north 488894 m E 2196876 m N'
    """
    check_grid_latitude(lat_deg)
    decimals = min(max(-choose_power(resolution), 0), 6)
    zone = find_zone(lon_deg, lat_deg)
    easting, northing = (f"{metres:.{decimals}f}" for metres in project(lon_deg, lat_deg, zone))
    return f"UTM zone {zone} {'south' if lat_deg < 0 else 'north'} {easting} m E {northing} m N"


def check_grid_latitude(lat_deg: float) -> None:
    """Refuse a latitude beyond the UTM grid.

    Raises
    ------
    GeometryError
        If it is south of -80 or north of 84 degrees.
    """
    if not -80 <= lat_deg <= 84:
        raise GeometryError(
            f"the latitude {lat_deg} is beyond the UTM grid, which ends at 80 degrees south and 84 degrees north"
        )


def remark_on_zone(zone: int, cell: tuple[float, float, float, float]) -> tuple[str, ...]:
    """Return the remark on a cell (longitude, latitude, half widths) outside its own zone, if it is."""
    lon_deg, lat_deg, half_lon_deg, _ = cell
    limits = zone_limits(zone, find_band(lat_deg)) if -80 <= lat_deg <= 84 else None
    if limits is not None:
        west, east = limits
        middle_deg = (west + east) / 2
        if abs((lon_deg - middle_deg + 180) % 360 - 180) <= (east - west) / 2 + half_lon_deg:
            return ()
    return (say("the position lies outside its own zone {zone}; check zone and easting", zone=zone),)


def _read_length(groups: list[str]) -> _Length:
    before, first, second, behind = groups
    digits = first or second
    whole, _, fraction = digits.replace(",", ".").partition(".")
    plain = whole.replace(" ", "")
    number = PrintedNumber.from_parts(plain.lstrip("0") or "0", fraction)
    return _Length(number, (before or behind)[:1].upper(), len(plain), " " in whole)


def _choose(zone: int, letter: str, halves: list[_Length], source_text: str) -> Cell:
    letters = [half.letter for half in halves]
    if letters[0] and letters[0] == letters[1]:
        raise ReadingError(
            f"both numbers of {source_text!r} are marked {letters[0]}; mark the easting E and the northing N",
            text=source_text,
        )
    if "E" in letters or "N" in letters:
        orders = [halves if letters[0] == "E" or letters[1] == "N" else halves[::-1]]
    else:
        orders = [halves, halves[::-1]]
    found: dict[tuple[float, float], tuple[_Candidate, Cell]] = {}
    for easting, northing in orders:
        for hemisphere, band in _meanings(letter, source_text):
            candidate = _Candidate(zone, hemisphere, easting, northing)
            cell = _locate(candidate, band)
            if cell is not None:
                found.setdefault((cell.lon_deg, cell.lat_deg), (candidate, cell))
    if not found:
        raise ReadingError(
            f"no easting and northing of {source_text!r} lie in zone {zone}{letter}: an easting runs from 100000 to "
            "999999 m, a northing fits its band; were the two exchanged?",
            text=source_text,
        )
    if len(found) > 1:
        raise AmbiguousReadingError(
            f"the letter {letter} of {source_text!r} may be a hemisphere or a band, or the two numbers may be "
            "exchanged",
            text=source_text,
            readings=tuple(candidate.write() for candidate, _ in found.values()),
        )
    ((candidate, cell),) = found.values()
    if candidate.easting is not halves[0] and not candidate.easting.letter and not candidate.northing.letter:
        remark = say(
            "the northing was taken to stand first, because the first number is no easting: were they exchanged?"
        )
        return replace(cell, warnings=(remark, *cell.warnings))
    return cell


def _meanings(letter: str, source_text: str) -> list[tuple[str, str | None]]:
    """Return the hemispheres and bands that a letter or a word may name."""
    if letter in _HEMISPHERES:
        return [(_HEMISPHERES[letter], None)]
    if letter not in BANDS:
        raise ReadingError(
            f"the letter {letter} of {source_text!r} is no band of the UTM grid ({BANDS[0]} to {BANDS[-1]}, "
            "without I and O); polar grids are not read",
            text=source_text,
        )
    meanings: list[tuple[str, str | None]] = [("north" if letter >= "N" else "south", letter)]
    if letter in "NS":
        meanings.insert(0, ({"N": "north", "S": "south"}[letter], None))
    return meanings


def _locate(candidate: _Candidate, band: str | None) -> Cell | None:
    easting, northing = candidate.easting, candidate.northing
    low_m, high_m = _NORTHING_LIMITS_M[candidate.hemisphere]
    if not (_EASTING_LIMITS_M[0] <= easting.value_m < _EASTING_LIMITS_M[1] and low_m <= northing.value_m <= high_m):
        return None
    unit = max(easting.number.unit, northing.number.unit)
    square = locate_square(
        candidate.zone,
        easting.value_m,
        northing.value_m,
        float(unit) / 2,
        south=candidate.hemisphere == "south",
    )
    lon_deg, lat_deg, half_lon_deg, half_lat_deg = square
    if band is not None:
        south_deg, north_deg = band_limits(band)
        if not south_deg - half_lat_deg <= lat_deg <= north_deg + half_lat_deg:
            return None
    remarks = remark_on_fineness(float(unit), say("{value} m", value=number(unit)))
    if easting.number.unit != northing.number.unit:
        remarks += (
            say(
                "the easting is printed to {easting} m, the northing to {northing} m: the cell is that of the coarser; "
                "check that no digit was lost",
                easting=number(easting.number.unit),
                northing=number(northing.number.unit),
            ),
        )
    return Cell(
        lon_deg=lon_deg,
        lat_deg=lat_deg,
        half_width_lon_deg=half_lon_deg,
        half_width_lat_deg=half_lat_deg,
        notation="utm",
        warnings=remarks + remark_on_zone(candidate.zone, square),
    )
