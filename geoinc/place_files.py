"""A user's own gazetteer: CSV, GeoJSON, or a dump of GeoNames.

References
----------
RFC 4180 (CSV); RFC 7946 (GeoJSON); the table ``geoname`` in the readme of the GeoNames export.
"""

from __future__ import annotations

import csv
import io
import json
import math
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from geoinc.errors import InputError, ReadingError
from geoinc.notation import read_position
from geoinc.places import Place, gazetteer
from geoinc.quantities import read_quantity
from geoinc.territory_codes import ALPHA_3

__all__ = ["read_places"]

MAX_BYTES: Final = 50_000_000
GEONAMES_COLUMNS: Final = 19
_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id",),
    "name": ("name", "title"),
    "name_ar": ("name_ar", "arabic", "name:ar"),
    "territory": ("territory", "country", "country_code", "iso_a3"),
    "position": ("position", "coordinates"),
    "lat": ("lat", "latitude", "lat_deg", "y"),
    "lon": ("lon", "lng", "long", "longitude", "lon_deg", "x"),
    "accuracy": ("accuracy", "accuracy_m"),
    "source": ("source",),
    "spellings": ("spellings", "alternatenames", "alternate_names", "other_names"),
}
_TERRITORY: Final = re.compile(r"[A-Z]{3}")


def read_places(path: str | os.PathLike[str], *, accuracy_m: float | None = None) -> tuple[Place, ...]:
    """Read a user's own gazetteer.

    Parameters
    ----------
    path : str or path
        CSV with a header (``name``, ``territory``, ``position`` or ``lat`` and ``lon``, and if held ``id``,
        ``name_ar``, ``accuracy``, ``source``, ``spellings`` parted by ``;`` or ``|``); GeoJSON of points with the
        same properties; or a dump of GeoNames, 19 columns parted by tabs and no header.
    accuracy_m : float, optional
        How far a point may lie from the middle of its place, in metres, where the file does not say.

    Returns
    -------
    tuple of Place
        In the order of the file. Places of one name stay several.

    Raises
    ------
    InputError
        If the file cannot be read, or an entry lacks a name, a territory, a position or an accuracy: which entry,
        and what to do.
    """
    name = os.fspath(path)
    text = _read_text(name)
    start = text.lstrip()[:1]
    if start in "{[" and start:
        entries = _read_geojson(text, name)
    elif text.split("\n", 1)[0].count("\t") == GEONAMES_COLUMNS - 1:
        entries = _read_geonames(text, name)
    else:
        entries = _read_csv(text, name)
    places: dict[str, Place] = {}
    for where, entry in entries:
        place = _build_place(entry, where, accuracy_m, places)
        places[place.id] = place
    if not places:
        raise InputError(f"{name}: holds no place; write one on each line under a header: name,territory,position")
    return tuple(places.values())


def _read_text(name: str) -> str:
    try:
        with Path(name).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise InputError(f"{name}: larger than {MAX_BYTES // 1_000_000} MB; keep the places of the region alone")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"{name}: cannot be read: {reason}") from error


def _read_csv(text: str, name: str) -> Iterator[tuple[str, dict[str, str]]]:
    header = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t|", key=header.count)
    reader = csv.reader(io.StringIO(text.replace("\0", "\ufffd")), delimiter=delimiter)
    columns: list[str] = []
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if not columns:
                columns = [cell.strip().casefold() for cell in row]
                continue
            yield f"{name}:{reader.line_num}", _pick(dict(zip(columns, row, strict=False)))
    except csv.Error as error:
        raise InputError(f"{name}:{reader.line_num}: not readable as CSV: {error}") from None


def _read_geojson(text: str, name: str) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name}: not readable as JSON: {error}") from None
    features = document.get("features") if isinstance(document, dict) else document
    if not isinstance(features, list):
        raise InputError(f"{name}: is no GeoJSON FeatureCollection; it needs a list of features")
    for number, feature in enumerate(features):
        where = f"{name}: features[{number}]"
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        point = geometry.get("coordinates") if isinstance(geometry, dict) and geometry.get("type") == "Point" else None
        if not isinstance(point, list) or len(point) < 2 or not all(_is_finite(each) for each in point[:2]):
            raise InputError(f"{where}: is no point with longitude and latitude; a gazetteer holds points alone")
        properties = feature.get("properties")
        entry = _pick(properties if isinstance(properties, dict) else {})
        yield where, {**entry, "position": "", "lon": repr(point[0]), "lat": repr(point[1])}


def _read_geonames(text: str, name: str) -> Iterator[tuple[str, dict[str, str]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        cells = line.rstrip("\r").split("\t")
        where = f"{name}:{number}"
        if len(cells) != GEONAMES_COLUMNS:
            raise InputError(f"{where}: has {len(cells)} columns; a dump of GeoNames has {GEONAMES_COLUMNS}")
        geonames_id, title, ascii_name, others, lat, lon = cells[:6]
        arabic = next((each for each in others.split(",") if "\u0620" <= each[:1] <= "\u06ff"), "")
        yield (
            where,
            {
                "id": f"geonames-{geonames_id}",
                "name": title,
                "name_ar": arabic,
                "territory": cells[8],
                "lat": lat,
                "lon": lon,
                "source": f"GeoNames {geonames_id} (CC BY 4.0)",
                "spellings": "|".join([ascii_name, *others.split(",")]),
            },
        )


def _pick(row: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields that are known, by their own names; a missing one is an empty text."""
    held = {str(key).casefold(): value for key, value in row.items()}
    entry = {}
    for field, names in _NAMES.items():
        value = next((held[each] for each in names if held.get(each) not in (None, "")), "")
        entry[field] = "|".join(map(str, value)) if isinstance(value, list) else str(value).strip()
    if held.get("accuracy_m") and re.fullmatch(r"[0-9]+(\.[0-9]+)?", entry["accuracy"]):
        entry["accuracy"] += " m"
    return entry


def _build_place(entry: Mapping[str, str], where: str, accuracy_m: float | None, places: Mapping[str, Place]) -> Place:
    name = _printable(entry.get("name", ""))
    if not name:
        raise InputError(f"{where}: has no name; add one in the column name")
    territory = entry.get("territory", "").upper()
    territory = ALPHA_3.get(territory, territory)
    if not _TERRITORY.fullmatch(territory):
        raise InputError(f"{where}: {name} has no territory; add its code of three letters (ISO 3166-1), such as MLI")
    lon_deg, lat_deg = _read_point(entry, where, name)
    spellings = (_printable(each) for each in re.split(r"[|;]", entry.get("spellings", "")))
    return Place(
        id=_make_id(entry.get("id", "") or f"{name}-{territory}", places),
        name=name,
        name_ar=_printable(entry.get("name_ar", "")),
        territory=territory,
        lon_deg=lon_deg,
        lat_deg=lat_deg,
        accuracy_m=_read_accuracy(entry, where, name, accuracy_m),
        source=_printable(entry.get("source", "")) or Path(where.partition(":")[0]).name,
        spellings=tuple(dict.fromkeys(each for each in spellings if each and each != name)),
    )


def _read_point(entry: Mapping[str, str], where: str, name: str) -> tuple[float, float]:
    if entry.get("position"):
        try:
            reading = read_position(entry["position"])
        except ReadingError as error:
            raise InputError(f"{where}: the position of {name} cannot be read: {error}") from None
        return reading.lon_deg, reading.lat_deg
    try:
        lon_deg, lat_deg = float(entry.get("lon", "")), float(entry.get("lat", ""))
    except ValueError:
        raise InputError(f"{where}: {name} has no position; add the column position, or lat and lon") from None
    if not (abs(lat_deg) <= 90 and abs(lon_deg) <= 180):
        raise InputError(f"{where}: {name} lies at no place on Earth: lat {lat_deg}, lon {lon_deg}; correct them")
    return lon_deg, lat_deg


def _read_accuracy(entry: Mapping[str, str], where: str, name: str, accuracy_m: float | None) -> float:
    printed = entry.get("accuracy", "")
    if not printed:
        if accuracy_m is None:
            raise InputError(
                f"{where}: nothing says how far the point of {name} may lie from its middle; add a column accuracy, "
                "such as 2 km, or give one figure for all with --place-accuracy"
            )
        return accuracy_m
    try:
        return read_quantity(printed).interval.middle
    except ReadingError as error:
        raise InputError(f"{where}: the accuracy of {name} cannot be read: {error}") from None


def _make_id(wanted: str, places: Mapping[str, Place]) -> str:
    """Return an id that nothing else has: two places of one name are two places."""
    plain = unicodedata.normalize("NFKD", wanted).encode("ascii", "ignore").decode("ascii").lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:70] or "place"
    made, number = stem, 1
    while made in places or made in gazetteer():
        number += 1
        made = f"{stem}-{number}"
    return made


def _printable(text: str) -> str:
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _is_finite(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
