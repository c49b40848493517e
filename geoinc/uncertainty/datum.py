"""Positions on another geodetic datum than WGS 84, or on one that was not named.

A receiver of satellite signals gives WGS 84. A treaty, or a map on paper, may use an older datum: the same figures
then lie some tens to hundreds of metres elsewhere. What is known of the way between two datums is a list of
operations, each with the ground that it is valid for and an accuracy; they do not agree, and how far they differ
is part of what is not known.

References
----------
EPSG Geodetic Parameter Dataset, in the release that PROJ carries. Operations that need a grid file are left out,
so that a result does not depend on which grids are installed.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from pyproj import CRS, Geod, Transformer
from pyproj.aoi import AreaOfInterest
from pyproj.database import query_crs_info
from pyproj.enums import PJType
from pyproj.exceptions import CRSError
from pyproj.transformer import AreaOfInterest as GroupArea
from pyproj.transformer import TransformerGroup

from geoinc.errors import ReadingError
from geoinc.messages import Text, join, number, say, say_as

__all__ = ["UNKNOWN", "WGS_84", "Datum", "DatumShift", "datum_shift", "read_datum"]

WGS_84_CODE: Final = 4326
UNSTATED_ACCURACY_M: Final = 999.0
"""What EPSG writes for an accuracy that nobody knows."""
GLOBAL_WIDTH_DEG: Final = 359.0
LEAST_TOLD_M: Final = 5.0

_ELLIPSOID: Final = Geod(ellps="WGS84")
_MODERN: Final = re.compile(r"(ETRF|ETRS|ITRF|IGS|IGb)[0-9]")
"""Realisations of satellite frames, within some metres of WGS 84: no old map uses them."""
_EPSG: Final = re.compile(r"EPSG:\s*([0-9]{4,6})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Datum:
    """A geodetic datum.

    Attributes
    ----------
    name : str
        For people.
    code : int or None
        EPSG code of its geographic coordinates (two dimensions); None for a datum that is not known.
    operations : tuple of int
        EPSG codes of operations to WGS 84 that PROJ leaves out because they reach beyond the ground that the
        datum is registered for.
    """

    name: str
    code: int | None
    operations: tuple[int, ...] = ()

    @property
    def said(self) -> str:
        """The name as a sentence has it."""
        return say_as("datum", "unknown") if self.code is None else self.name


WGS_84: Final = Datum("WGS 84", WGS_84_CODE)
UNKNOWN: Final = Datum("unknown", None)
LISTED: Final = (
    Datum("Nord Sahara 1959", 4307),
    Datum("Adindan", 4201, (1100, 1101, 1102, 1103, 1104, 1105, 1106)),
)


@dataclass(frozen=True, slots=True)
class DatumShift:
    """Where a position on another datum lies on WGS 84, and how well that is known.

    Attributes
    ----------
    datum : Datum
    lon_deg, lat_deg : float
        On WGS 84; for an unknown datum as printed.
    shift_m : float
        How far that is from the printed figures read as WGS 84.
    half_width_m : float
        No candidate operation leads further from there than this.
    basis : str
        Which operations, and what they say.
    """

    datum: Datum
    lon_deg: float
    lat_deg: float
    shift_m: float
    half_width_m: float
    basis: str


def read_datum(text: str) -> Datum:
    """Return the datum that an incident file names.

    Parameters
    ----------
    text : str
        ``WGS 84``, ``Nord Sahara 1959``, ``Adindan``, ``unknown``, or ``EPSG:`` with the code of geographic
        coordinates.

    Raises
    ------
    ReadingError
        If it is none of these.

    Examples
    --------
    >>> read_datum("Nord Sahara 1959").code
    4307
    >>> read_datum("EPSG:4284").name
    'Pulkovo 1942'
    """
    wanted = _folded(text)
    for datum in (WGS_84, *LISTED, UNKNOWN):
        if wanted == _folded(datum.name):
            return datum
    match = _EPSG.fullmatch(text.strip())
    if match is None:
        names = ", ".join(datum.name for datum in (WGS_84, *LISTED))
        raise ReadingError(
            f"{text!r} is no datum known here: write {names}, unknown, or the EPSG code of another one, such as "
            "EPSG:4284",
            text=text,
        )
    code = int(match.group(1))
    known = next((datum for datum in (WGS_84, *LISTED) if datum.code == code), None)
    return known or _from_epsg(code, text)


def _folded(text: str) -> str:
    return re.sub(r"[\s_-]+", "", text).casefold()


def _from_epsg(code: int, text: str) -> Datum:
    try:
        crs = CRS.from_epsg(code)
    except CRSError:
        message = f"EPSG:{code} is not in the register of coordinate systems: check the number"
        raise ReadingError(message, text=text) from None
    if not crs.is_geographic or len(crs.axis_info) != 2:
        raise ReadingError(
            f"EPSG:{code} ({crs.name}) does not stand for latitude and longitude on a datum: give the code of the "
            "geographic coordinates (two dimensions), such as EPSG:4307",
            text=text,
        )
    return Datum(crs.name, code)


@lru_cache(maxsize=256)
def datum_shift(datum: Datum, lon_deg: float, lat_deg: float) -> DatumShift:
    """Carry a position from a datum to WGS 84, with what is not known of the way.

    Parameters
    ----------
    datum : Datum
        The datum of the printed figures.
    lon_deg, lat_deg : float
        As printed, in degrees.

    Returns
    -------
    DatumShift
        For a known datum: the position by the operation that PROJ ranks first for the place, and the greatest
        distance from it to the position by any other operation valid there, each with its stated accuracy
        added. Accuracies that are not known are left out where another operation has one. For an unknown
        datum: the position as printed, and the greatest shift by any operation valid there, over the listed
        datums and every regional one registered for the place.

    Raises
    ------
    ReadingError
        If no operation without a grid is valid at the place.

    Examples
    --------
    >>> shift = datum_shift(read_datum("Nord Sahara 1959"), 2.9, 19.87)
    >>> round(shift.shift_m), round(datum_shift(UNKNOWN, 2.9, 19.87).half_width_m)
    (136, 157)
    """
    if datum == WGS_84:
        return DatumShift(datum, lon_deg, lat_deg, 0.0, 0.0, say("WGS 84: nothing is shifted"))
    if datum == UNKNOWN:
        return _unknown(lon_deg, lat_deg)
    found = _candidates(datum, lon_deg, lat_deg)
    if not found:
        raise ReadingError(
            f"no way from {datum.name} to WGS 84 is registered for this place that needs no grid file: give the "
            "position on WGS 84, or write datum: unknown",
            text=datum.name,
        )
    stated = [each for each in found if each.accuracy_m < UNSTATED_ACCURACY_M] or found
    best = stated[0]
    reach_m = max(_apart_m(best, each) + each.accuracy_m for each in stated)
    basis = say(
        "{datum} to WGS 84 by the first of {count}: {operations}",
        datum=datum.name,
        count=number(len(stated)),
        operations=join([_told(each) for each in stated], say_as("between clauses", "; ")),
    )
    return DatumShift(datum, best.lon_deg, best.lat_deg, best.shift_m, reach_m, basis)


def _unknown(lon_deg: float, lat_deg: float) -> DatumShift:
    shifts = {
        datum.name: max(each.shift_m for each in found)
        for datum in (*LISTED, *_registered(lon_deg, lat_deg))
        if (found := _candidates(datum, lon_deg, lat_deg))
    }
    if not shifts:
        raise ReadingError(
            "no older datum with a known way to WGS 84 is registered for this place: give the datum by its EPSG code, "
            "or leave it out and state an accuracy",
            text=UNKNOWN.name,
        )
    ordered = sorted(shifts.items(), key=lambda each: -each[1])
    told = [
        say("{datum} {distance} m", datum=name, distance=number(f"{shift_m:.0f}"))
        for name, shift_m in ordered
        if shift_m >= LEAST_TOLD_M
    ]
    basis = say(
        "the datum is not known; read on one registered here, the position would lie elsewhere by: {shifts}",
        shifts=join(told, say_as("between items", ", ")),
    )
    return DatumShift(UNKNOWN, lon_deg, lat_deg, 0.0, max(shifts.values()), basis)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Where one operation puts the position."""

    name: str
    lon_deg: float
    lat_deg: float
    shift_m: float
    accuracy_m: float


def _told(candidate: _Candidate) -> Text:
    return say(
        "{operation}, {distance} m, accurate to {accuracy} m",
        operation=candidate.name,
        distance=number(f"{candidate.shift_m:.0f}"),
        accuracy=number(f"{candidate.accuracy_m:g}"),
    )


def _candidates(datum: Datum, lon_deg: float, lat_deg: float) -> list[_Candidate]:
    """Every operation without a grid that is valid at the place, in PROJ's order, then the datum's own list."""
    found: dict[str, _Candidate] = {}
    for name, accuracy_m, transformer, swapped in (*_ranked(datum, lon_deg, lat_deg), *_own(datum, lon_deg, lat_deg)):
        first, second = (lat_deg, lon_deg) if swapped else (lon_deg, lat_deg)
        x, y = transformer.transform(first, second)
        lon, lat = (y, x) if swapped else (x, y)
        if name in found or not np.isfinite([lon, lat]).all():
            continue
        shift_m = float(_ELLIPSOID.inv(lon_deg, lat_deg, lon, lat)[2])
        stated_m = accuracy_m if accuracy_m >= 0 else UNSTATED_ACCURACY_M
        found[name] = _Candidate(name, float(lon), float(lat), shift_m, stated_m)
    return list(found.values())


Operation = tuple[str, float, Transformer, bool]


def _ranked(datum: Datum, lon_deg: float, lat_deg: float) -> Iterator[Operation]:
    if datum.code is None:
        return
    with warnings.catch_warnings():
        # PROJ remarks that a grid would do better; grids are left out on purpose.
        warnings.simplefilter("ignore", UserWarning)
        try:
            group = TransformerGroup(
                CRS.from_epsg(datum.code),
                WGS_84_CODE,
                always_xy=True,
                allow_ballpark=False,
                area_of_interest=GroupArea(lon_deg, lat_deg, lon_deg, lat_deg),
            )
        except IndexError:
            # What pyproj raises where PROJ finds no operation at all.
            return
    for transformer in group.transformers:
        steps = transformer.operations or ()
        if not any(step.grids for step in steps):
            named = [step.name for step in steps if "axis order" not in step.name]
            yield ", ".join(named) or transformer.description, transformer.accuracy, transformer, False


def _own(datum: Datum, lon_deg: float, lat_deg: float) -> Iterator[Operation]:
    for code in datum.operations:
        transformer = Transformer.from_pipeline(f"urn:ogc:def:coordinateOperation:EPSG::{code}")
        area = transformer.area_of_use
        if area is not None and area.west <= lon_deg <= area.east and area.south <= lat_deg <= area.north:
            yield transformer.description, transformer.accuracy, transformer, True


def _registered(lon_deg: float, lat_deg: float) -> Iterator[Datum]:
    """Regional datums whose registered ground holds the place, other than those listed by name."""
    listed = {datum.code for datum in LISTED}
    area = AreaOfInterest(lon_deg, lat_deg, lon_deg, lat_deg)
    for info in query_crs_info(auth_name="EPSG", pj_types=[PJType.GEOGRAPHIC_2D_CRS], area_of_interest=area):
        use = info.area_of_use
        regional = use is not None and use.east - use.west < GLOBAL_WIDTH_DEG
        if regional and not _MODERN.match(info.name) and int(info.code) not in listed:
            yield Datum(info.name, int(info.code))


def _apart_m(one: _Candidate, other: _Candidate) -> float:
    return float(_ELLIPSOID.inv(one.lon_deg, one.lat_deg, other.lon_deg, other.lat_deg)[2])
