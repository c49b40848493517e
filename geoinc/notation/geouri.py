"""``geo:`` URIs.

References
----------
Mayrhofer, A., Spanring, C. (2010). RFC 5870: A Uniform Resource Identifier for Geographic Locations ('geo' URI).
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote_plus

from geoinc.errors import ReadingError
from geoinc.messages import number, say
from geoinc.notation.cells import Cell, pair_cell
from geoinc.notation.coordinates import Coordinate, build_coordinate
from geoinc.notation.numerals import PrintedNumber
from geoinc.notation.words import Axis

__all__ = ["pair_decimals", "read_geo_uri"]

_DECIMAL: Final = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]+))?")
_GEO_URI: Final = re.compile(r"geo:([^;?]*)((?:;[^;?]*)*)(?:\?(.*))?", re.IGNORECASE | re.ASCII)
_QUERY: Final = re.compile(r"(?:[^&]*&)*q=([+-]?[0-9.]+),([+-]?[0-9.]+)(?:\(.*\))?(?:&.*)?")


def read_geo_uri(folded: str, source_text: str) -> Cell | None:
    """Return the cell of a ``geo:`` URI; None where the text is none.

    Latitude comes first, by the RFC. ``u=`` is kept as the stated accuracy; a search ``?q=lat,lon`` behind
    ``geo:0,0``, as telephones write it, is the position.

    Raises
    ------
    ReadingError
        If it is cut short, or names another reference system than WGS 84.
    """
    match = _GEO_URI.fullmatch(folded)
    if match is None:
        return None
    path, parameters, query = match.groups(default="")
    values = dict(_split_parameter(each) for each in parameters.split(";")[1:])
    if values.get("crs", "wgs84").lower() != "wgs84":
        raise ReadingError(
            f"{source_text!r} is in the reference system {values['crs']!r}; convert the position to WGS 84 first",
            text=source_text,
        )
    numbers = path.split(",")
    if len(numbers) not in {2, 3}:
        raise ReadingError(
            f"{source_text!r} holds {len(numbers)} numbers behind geo:; it takes latitude, longitude and perhaps "
            "a height, parted by commas",
            text=source_text,
        )
    remarks: list[str] = []
    searched = _QUERY.fullmatch(unquote_plus(query))
    if searched and all(not number.strip("0.") for number in numbers[:2]):
        numbers = [searched[1], searched[2]]
    elif query:
        remarks.append(say("what follows the question mark, {query}, was not read", query=repr(query)))
    if len(numbers) == 3:
        remarks.append(say("the height {height} is not part of the position read", height=numbers[2]))
    accuracy_m = _read_uncertainty(values, source_text)
    if accuracy_m is not None:
        remarks.append(
            say(
                "{printed} was taken for an accuracy of {accuracy} m at 95 %; RFC 5870 leaves open at which level it "
                "holds",
                printed=f"u={values['u']}",
                accuracy=number(f"{accuracy_m:g}"),
            )
        )
    return pair_decimals(
        numbers[0], numbers[1], notation="geo", source_text=source_text, remarks=tuple(remarks), accuracy_m=accuracy_m
    )


def pair_decimals(
    latitude: str,
    longitude: str,
    *,
    notation: str,
    source_text: str,
    remarks: tuple[str, ...] = (),
    accuracy_m: float | None = None,
) -> Cell:
    """Return the cell of two signed decimal numbers, whose order the notation fixes.

    Raises
    ------
    ReadingError
        If one is no decimal number of degrees, or beyond its axis.
    """
    return pair_cell(
        _read_decimal(latitude, "latitude", source_text),
        _read_decimal(longitude, "longitude", source_text),
        notation=notation,
        warnings=remarks,
        accuracy_m=accuracy_m,
    )


def _read_decimal(text: str, axis: Axis, source_text: str) -> Coordinate:
    match = _DECIMAL.fullmatch(text)
    if match is None:
        raise ReadingError(
            f"the {axis} {text!r} of {source_text!r} is no decimal number such as -19.868", text=source_text
        )
    sign, whole, fraction = match.groups(default="")
    # Programs pad with zeros; what would be beyond the axis is seen by its value.
    number = PrintedNumber.from_parts(whole.lstrip("0") or "0", fraction)
    return build_coordinate([number], axis, -1 if sign == "-" else 1, source_text=source_text)


def _split_parameter(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name.lower(), value


def _read_uncertainty(values: dict[str, str], source_text: str) -> float | None:
    if "u" not in values:
        return None
    match = _DECIMAL.fullmatch(values["u"])
    if match is None or match[1]:
        raise ReadingError(
            f"u={values['u']} in {source_text!r} is no number of metres; write it as u=50, or leave it out",
            text=source_text,
        )
    return float(values["u"])
