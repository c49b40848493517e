"""Coordinates whose components are told apart by the count of their digits alone.

Aviation and shipping print ``1952N 00254E`` and ``195204.738N 0025338.101E`` (ICAO Annex 15; IMO), receivers
``4807.038,N,01131.000,E`` (NMEA 0183). ISO 6709, annex H, puts signs in place of the letters and ends with a
solidus: ``+195204.7+0025338.1/``.

References
----------
ISO 6709:2008, Standard representation of geographic point location by coordinates, annex H.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from geoinc.errors import ReadingError
from geoinc.messages import say
from geoinc.notation.cells import Cell, pair_cell
from geoinc.notation.coordinates import Coordinate, build_coordinate
from geoinc.notation.numerals import PrintedNumber
from geoinc.notation.words import HEMISPHERES, Axis

__all__ = ["read_compact", "read_iso6709"]

# Digits before the decimal sign, for degrees, then minutes, then seconds.
_WIDTHS: Final[dict[Axis, tuple[int, ...]]] = {"latitude": (2, 4, 6), "longitude": (3, 5, 7)}

_NUMBER: Final = r"[0-9]{4,9}(?:[.,][0-9]+)?"
_SEPARATOR: Final = r"(?: ?[,;/-] ?| )?"
_LETTERS_BEHIND: Final = re.compile(
    rf"({_NUMBER})(?:,| )?([NSEW]){_SEPARATOR}({_NUMBER})(?:,| )?([NSEW])", re.IGNORECASE | re.ASCII
)
_LETTERS_BEFORE: Final = re.compile(
    rf"([NSEW]) ?({_NUMBER}){_SEPARATOR}([NSEW]) ?({_NUMBER})", re.IGNORECASE | re.ASCII
)
_ISO_6709: Final = re.compile(
    r"([+-][0-9]+(?:[.,][0-9]+)?)([+-][0-9]+(?:[.,][0-9]+)?)([+-][0-9]+(?:[.,][0-9]+)?)?(CRS[A-Z0-9_:]*)?(/?)",
    re.IGNORECASE | re.ASCII,
)
_WGS84_NAMES: Final = frozenset({"", "WGS84", "EPSG4326", "EPSG4979", "OGC13CRS84"})


def read_compact(folded: str, source_text: str) -> Cell | None:
    """Return the cell of letters and digits such as ``1952N 00254E``; None where the text has another shape.

    Raises
    ------
    ReadingError
        If the digits have not the counts that tell degrees, minutes and seconds apart.
    """
    if match := _LETTERS_BEHIND.fullmatch(folded):
        halves = [(match[2], match[1]), (match[4], match[3])]
    elif match := _LETTERS_BEFORE.fullmatch(folded):
        halves = [(match[1], match[2]), (match[3], match[4])]
    else:
        return None
    coordinates = {}
    for letter, digits in halves:
        hemisphere = HEMISPHERES[letter.lower()]
        coordinates[hemisphere.axis] = _part(digits, hemisphere.axis, hemisphere.sign, source_text)
    if len(coordinates) == 1:
        raise ReadingError(
            f"{source_text!r} holds two {coordinates.popitem()[0]}s; give one latitude and one longitude",
            text=source_text,
        )
    return _pair(coordinates["latitude"], coordinates["longitude"], "compact", source_text)


def read_iso6709(folded: str, source_text: str) -> Cell | None:
    """Return the cell of an ISO 6709 string; None where the text has another shape.

    Signed numbers whose digits have other counts are left to the reader of plain degrees, unless the solidus
    or the reference system shows that ISO 6709 was meant.

    Raises
    ------
    ReadingError
        If the digits have wrong counts, or for a reference system other than WGS 84.
    """
    match = _ISO_6709.fullmatch(folded)
    if match is None:
        return None
    lat_text, lon_text, height, system, end = match.groups(default="")
    widths = [len(re.split("[.,]", each[1:])[0]) for each in (lat_text, lon_text)]
    if not (end or system) and (widths[0] not in _WIDTHS["latitude"] or widths[1] not in _WIDTHS["longitude"]):
        return None
    if re.sub("[_:]", "", system.upper()).removeprefix("CRS") not in _WGS84_NAMES:
        raise ReadingError(
            f"{source_text!r} names the reference system {system[3:]!r}; convert the position to WGS 84 first",
            text=source_text,
        )
    latitude = _part(lat_text[1:], "latitude", -1 if lat_text[0] == "-" else 1, source_text)
    longitude = _part(lon_text[1:], "longitude", -1 if lon_text[0] == "-" else 1, source_text)
    remarks = (say("the height {height} is not part of the position read", height=height),) if height else ()
    return _pair(latitude, longitude, "iso6709", source_text, remarks)


def _part(digits: str, axis: Axis, sign: int, source_text: str) -> Coordinate:
    """Return the coordinate whose degrees, minutes and seconds run together in `digits`."""
    whole, _, fraction = digits.replace(",", ".").partition(".")
    widths = _WIDTHS[axis]
    if len(whole) not in widths:
        raise ReadingError(
            f"the {axis} {digits} in {source_text!r} has {len(whole)} digits where a compact {axis} has "
            f"{' or '.join(map(str, widths))}; part degrees, minutes and seconds by spaces or marks",
            text=source_text,
        )
    cuts = (0, *widths[: widths.index(len(whole)) + 1])
    parts = [whole[start:end] for start, end in pairwise(cuts)]
    components = [PrintedNumber.from_parts(part) for part in parts[:-1]]
    components.append(PrintedNumber.from_parts(parts[-1], fraction))
    return build_coordinate(components, axis, sign, source_text=source_text)


def _pair(
    latitude: Coordinate, longitude: Coordinate, notation: str, source_text: str, remarks: tuple[str, ...] = ()
) -> Cell:
    if len(latitude.components) != len(longitude.components):
        raise ReadingError(
            f"the digits of {source_text!r} part into {latitude.notation} and {longitude.notation}: a digit was "
            "lost or added; both coordinates need the same components",
            text=source_text,
        )
    return pair_cell(latitude, longitude, notation=notation, warnings=remarks)
