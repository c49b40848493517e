"""Rows of positions from files: CSV, GPX, GeoJSON, KML.

References
----------
GPX 1.1 (Topografix, 2004); RFC 7946 (GeoJSON), with the times of a line in the property ``coordTimes``, as converters
write them; OGC 12-007r2 (KML 2.3), with ``gx:Track`` of its predecessor.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import numpy as np
from numpy.typing import NDArray

from geoinc.batch.columns import find_positions, require
from geoinc.errors import InputError
from geoinc.notation import Reading
from geoinc.notation.glyphs import shorten
from geoinc.ranges import cell_radius_m

__all__ = ["TrackFile", "read_track_file"]

Array = NDArray[np.float64]

MAX_BYTES: Final = 100_000_000
TIMES: Final = ("time", "timestamp", "datetime", "date_time", "time_utc", "utc", "when")
_NUMBER: Final = re.compile(r"\s*[+-]?\d{1,4}(?:\.(?P<digits>\d{0,17}))?\s*", re.ASCII)
_DELIMITERS: Final = ",;\t|"


@dataclass(frozen=True, slots=True, eq=False)
class TrackFile:
    """The positions of a file, in its order.

    Attributes
    ----------
    lon, lat : ndarray of float, shape (n,)
        Degrees.
    cell_m : ndarray of float, shape (n,)
        How far places that print the same may lie from each; 0 where the file holds numbers and no print, or where
        the digits are ignored.
    times : tuple of str or None
        As printed; None where the file has none.
    """

    lon: Array
    lat: Array
    cell_m: Array
    times: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class _Row:
    """One position as its file prints it."""

    lon: str
    lat: str
    time: str | None
    where: str
    printed: bool = True


def read_track_file(
    path: str | Path,
    *,
    lon: str | None = None,
    lat: str | None = None,
    time: str | None = None,
    digits: bool = True,
) -> TrackFile:
    """Read a track from a file, by its ending: .csv, .tsv, .txt; .gpx; .geojson, .json; .kml.

    Parameters
    ----------
    path : str or Path
    lon, lat, time : str, optional
        Columns of a table, or of the properties of GeoJSON points, where their names are not the usual ones.
    digits : bool, optional
        Whether the digits of a printed position make a cell. Some programs drop zeros at the end: 19.9 for 19.9000.

    Raises
    ------
    InputError
        If the file cannot be read, holds no track or several, or a position in it cannot be read; nothing is skipped.
    UsageError
        If there is no such column.
    """
    file = Path(path)
    readers = {
        ".csv": lambda text: _table(text, lon, lat, time),
        ".gpx": lambda text: _gpx(_xml(text)),
        ".json": lambda text: _geojson(text, time),
        ".kml": lambda text: _kml(_xml(text)),
    }
    ending = {".tsv": ".csv", ".txt": ".csv", ".geojson": ".json"}.get(file.suffix.lower(), file.suffix.lower())
    if ending not in readers:
        raise InputError(f"{file.name}: a track is read from .csv, .tsv, .txt, .gpx, .geojson, .json or .kml")
    try:
        text = _text(file)
        rows = list(readers[ending](text))
    except InputError as error:
        raise type(error)(f"{file.name}: {error}") if type(error) is InputError else error from None
    return _assembled(rows, file.name, digits=digits)


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise InputError(f"larger than {MAX_BYTES // 1_000_000} MB, which is more than any track needs")
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"is not UTF-8 text (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}") from None


def _assembled(rows: Sequence[_Row], name: str, *, digits: bool) -> TrackFile:
    if not rows:
        raise InputError(f"{name}: holds no positions")
    timed = [row.time is not None and bool(row.time.strip()) for row in rows]
    if any(timed) and not all(timed):
        row = rows[timed.index(False)]
        raise InputError(f"{name}: {row.where} has no time, others have; give all positions a time, or none")
    numbers = [(_degrees(row.lon, row, name), _degrees(row.lat, row, name)) for row in rows]
    cells = [
        cell_radius_m(Reading(lon, lat, _half_unit(row.lon), _half_unit(row.lat), "decimal", ""))
        if row.printed and digits
        else 0.0
        for row, (lon, lat) in zip(rows, numbers, strict=True)
    ]
    found = np.array(numbers, dtype=np.float64)
    return TrackFile(
        found[:, 0],
        found[:, 1],
        np.array(cells, dtype=np.float64),
        tuple(str(row.time) for row in rows) if all(timed) else None,
    )


def _degrees(text: str, row: _Row, name: str) -> float:
    if row.printed and _NUMBER.fullmatch(text) is None:
        raise InputError(f"{name}: {row.where}: {shorten(text)!r} is no number of degrees; write 19.8679")
    return float(text)


def _half_unit(text: str) -> float:
    """Half of the last printed digit."""
    match = _NUMBER.fullmatch(text)
    return 0.0 if match is None else 0.5 * 10.0 ** -len(match["digits"] or "")


def _table(text: str, lon: str | None, lat: str | None, time: str | None) -> Iterator[_Row]:
    lines = text.splitlines()
    if not lines:
        return
    delimiter = max(_DELIMITERS, key=lines[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = next(reader)
        columns = find_positions(names, lon, lat)
        when = _time_name(names, time)
        for row in reader:
            if not any(field.strip() for field in row):
                continue
            if len(row) != len(names):
                raise InputError(f"line {reader.line_num} has {len(row)} fields, the first line {len(names)}")
            cells = dict(zip(names, row, strict=True))
            if columns is not None:
                moment = None if when is None else cells[when]
                yield _Row(cells[columns.lon], cells[columns.lat], moment, f"line {reader.line_num}")
    except csv.Error as error:
        raise InputError(f"line {reader.line_num} cannot be taken apart into columns ({error})") from None


def _time_name(names: Sequence[str], time: str | None) -> str | None:
    if time is not None:
        return require(names, time, "--time")
    found = [name for name in names if name.strip().casefold() in TIMES]
    if len(found) > 1:
        raise InputError(f"several columns may hold the times ({', '.join(found)}); name one with --time COL")
    return found[0] if found else None


def _xml(text: str) -> ET.Element:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise InputError("declares a document type, which no track needs; remove the declaration")
    try:
        return ET.fromstring(text)  # noqa: S314 (without a document type there are no entities)
    except ET.ParseError as error:
        raise InputError(f"is no well-formed XML ({error})") from None


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _children(element: ET.Element, name: str) -> list[ET.Element]:
    """All elements of a name below one, in order, whatever their namespace."""
    return [each for each in element.iter() if _name(each) == name]


def _one(found: Sequence[Any], what: str) -> Any:
    if len(found) > 1:
        raise InputError(f"holds {len(found)} {what}; give a file for each")
    return found[0]


def _gpx(root: ET.Element) -> Iterator[_Row]:
    """The points of the one track, or of the one route; the segments of a track follow one another.

    Only what stands where GPX has it is read: extensions may hold elements of the same names, which are no positions.
    """
    for line, *between, point in (("trk", "trkseg", "trkpt"), ("rte", "rtept")):
        lines = [points for each in _direct([root], line) if (points := _points([each], *between, point))]
        if not lines:
            continue
        for number, each in enumerate(_one(lines, f"<{line}>"), 1):
            if "lon" not in each.attrib or "lat" not in each.attrib:
                raise InputError(f"<{point}> {number} has no lon or no lat")
            time = next((child.text for child in each if _name(child) == "time"), None)
            yield _Row(each.attrib["lon"], each.attrib["lat"], time, f"<{point}> {number}")
        return


def _points(elements: Sequence[ET.Element], *names: str) -> list[ET.Element]:
    """The elements reached by going down through children of these names."""
    found = list(elements)
    for name in names:
        found = _direct(found, name)
    return found


def _direct(elements: Sequence[ET.Element], name: str) -> list[ET.Element]:
    return [child for each in elements for child in each if _name(child) == name]


def _kml(root: ET.Element) -> Iterator[_Row]:
    """The one gx:Track, or the one LineString, or points with their times."""
    tracks = _children(root, "Track")
    lines = _children(root, "LineString")
    if tracks:
        track = _one(tracks, "tracks")
        whens, coords = _children(track, "when"), _children(track, "coord")
        if whens and len(whens) != len(coords):
            raise InputError(f"the track has {len(coords)} positions and {len(whens)} times; give one for each")
        for number, coord in enumerate(coords, 1):
            time = whens[number - 1].text if whens else None
            yield _of_fields((coord.text or "").split(), time, f"position {number}")
    elif lines:
        places = _children(_one(lines, "lines"), "coordinates")
        for number, word in enumerate(" ".join(each.text or "" for each in places).split(), 1):
            yield _of_fields(word.split(","), None, f"position {number}")
    else:
        for number, mark in enumerate(_children(root, "Placemark"), 1):
            points = _children(mark, "coordinates")
            if points:
                when = next((each.text for each in _children(mark, "when")), None)
                yield _of_fields((points[0].text or "").strip().split(","), when, f"<Placemark> {number}")


def _of_fields(fields: Sequence[str], time: str | None, where: str) -> _Row:
    if len(fields) < 2:
        raise InputError(f"{where} has no longitude and latitude")
    return _Row(fields[0], fields[1], time, where)


def _geojson(text: str, time: str | None) -> Iterator[_Row]:
    """The one line, with its times where it has them, or points in order."""
    try:
        document = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"is no JSON ({error})") from None
    features = list(_features(document))
    lines = [each for each in features if each[0]["type"] == "LineString"]
    if lines:
        geometry, properties = _one(lines, "lines")
        places = _places(geometry.get("coordinates"), "the line")
        times = _times_of(properties)
        if times is not None and (not isinstance(times, list) or len(times) != len(places)):
            raise InputError(f"the line has {len(places)} positions and other than {len(places)} times")
        for number, place in enumerate(places):
            yield _numbers(place, None if times is None else times[number], f"position {number + 1}")
        return
    names = sorted({name for _, properties in features for name in properties})
    when = _time_name(names, time) if features else None
    for number, (geometry, properties) in enumerate(features, 1):
        if geometry["type"] != "Point":
            raise InputError(f"feature {number} is a {shorten(str(geometry['type']))}; a track is one line, or points")
        moment = None if when is None else properties.get(when)
        yield _numbers(geometry.get("coordinates"), moment, f"feature {number}")


def _features(document: Any) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    if not isinstance(document, dict):
        raise InputError("is no GeoJSON: it holds no object")
    items = document.get("features", [document]) if document.get("type") == "FeatureCollection" else [document]
    for item in items if isinstance(items, list) else []:
        feature = item if isinstance(item, dict) else {}
        geometry = feature.get("geometry") if feature.get("type") == "Feature" else feature
        if not isinstance(geometry, dict) or not isinstance(geometry.get("type"), str):
            raise InputError("is no GeoJSON of a track: a feature has no geometry")
        properties = feature.get("properties") if feature.get("type") == "Feature" else None
        yield geometry, properties if isinstance(properties, dict) else {}


def _times_of(properties: Mapping[str, Any]) -> Any:
    """The times of a line, wherever converters put them."""
    inner = properties.get("coordinateProperties")
    places = (properties, inner if isinstance(inner, dict) else {})
    return next((held[name] for held in places for name in ("coordTimes", "times") if held.get(name) is not None), None)


def _places(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise InputError(f"{where} has no coordinates")
    return value


def _numbers(place: Any, time: Any, where: str) -> _Row:
    if (
        not isinstance(place, list)
        or len(place) < 2
        or not all(isinstance(each, int | float) and not isinstance(each, bool) for each in place[:2])
        or not all(abs(each) <= sys.float_info.max for each in place[:2])
    ):
        raise InputError(f"{where} has no longitude and latitude in numbers")
    if time is not None and not isinstance(time, str):
        raise InputError(f"{where} has a time that is no text; write it as 2025-03-31T23:05:12Z")
    return _Row(repr(place[0]), repr(place[1]), time, where, printed=False)
