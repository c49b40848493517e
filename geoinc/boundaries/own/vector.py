"""Vector files: which of them are opened, which property holds the codes, and the features of two territories.

A file comes from anywhere. It is opened only where its first bytes say that it is one of the formats below: the
vector library would otherwise follow whatever a file tells it to, to other files or to the network.
"""

from __future__ import annotations

import hashlib
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from geoinc.boundaries.own.description import Description
from geoinc.boundaries.own.examination import Examination, shorten
from geoinc.boundaries.own.geojson_scan import GeojsonFile, open_geojson
from geoinc.boundaries.own.shapes import RawFeature, ShapeError, shape_of_geojson, shape_of_wkb

__all__ = ["VectorData", "hash_of", "read_vector"]

PROPERTIES: Final = (
    "ISO_A3", "ISO_A3_EH", "ADM0_A3", "shapeGroup", "GID_0", "ISO3", "ISO3CD", "ISO3_CODE", "ISO_3", "ISO_3166_3",
    "ISO3166-1-Alpha-3", "ISO3166-1:alpha3", "ISO_CODE", "ISO", "A3", "alpha3", "alpha_3", "country_code",
    "countryCode", "code", "id",
)  # fmt: skip
"""Where the codes of territories usually stand, in any case of letters."""

SHAPEFILE_PARTS: Final = (".cpg", ".dbf", ".prj", ".shp", ".shx")
LARGEST_UNPACKED: Final = 4 * 1024**3
MOST_MEMBERS: Final = 10_000
HEAD_BYTES: Final = 65_536
MOST_VALUES: Final = 30
FORMATS: Final = "GeoJSON, TopoJSON, GeoPackage, Shapefile (also zipped), FlatGeobuf, KML and KMZ"
WGS84_NAMES: Final = frozenset({"urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "EPSG:4326"})

_XML_KML = re.compile(rb"<(?:\w+:)?kml[\s>]")
_STREAMED = re.compile(rb"gdal_streamed_alg|GDALG")
_PLAIN_NAME = re.compile(r'[^"\\\x00-\x1f]+')


@dataclass(frozen=True, slots=True)
class VectorData:
    """What was read.

    Attributes
    ----------
    features : mapping of str to tuple of RawFeature
        By code of territory; for a file of lines, all of them under the empty string.
    property_name : str or None
        Where the codes stand; None for lines.
    crs : str or None
        What the file says of its reference system.
    """

    features: Mapping[str, tuple[RawFeature, ...]]
    property_name: str | None
    crs: str | None


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file; of a shapefile, that of its parts one after the other, in the order of names."""
    digest = hashlib.sha256()
    parts = [path]
    if path.suffix.lower() == ".shp":
        parts = sorted(
            each for each in path.parent.iterdir() if each.stem == path.stem and each.suffix.lower() in SHAPEFILE_PARTS
        )
    for part in parts:
        with part.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def read_vector(path: Path, between: tuple[str, str], description: Description, seen: Examination) -> VectorData:
    """Read the features of two territories, or the line between them.

    Parameters
    ----------
    path : Path
        The file.
    between : tuple of str
        Codes of the territories.
    description : Description
        Which property, layer and features to take; with `left` it is a file of lines.
    seen : Examination
        Takes what is wrong.

    Returns
    -------
    VectorData

    Raises
    ------
    BoundaryFileError
        If the file cannot be read.
    UnusableBoundaryError
        If it does not hold both territories, or more than one property may name them.
    """
    with open_geojson(path, seen) as geojson:
        if geojson is not None:
            return _from_geojson(geojson, between, description, seen)
    return _from_library(path, between, description, seen)


def _from_geojson(
    file: GeojsonFile, between: tuple[str, str], description: Description, seen: Examination
) -> VectorData:
    crs = None if file.crs is None or file.crs in WGS84_NAMES else file.crs
    crs = crs or "EPSG:4326"
    if description.left is not None:
        found = [
            _raw(number, feature["properties"], feature.get("geometry"), seen)
            for number, feature in file.naming(())
            if _selected(feature["properties"], description.select)
        ]
        return VectorData({"": tuple(found)}, None, crs)
    held = list(file.naming(between))
    table = [feature["properties"] for _, feature in held]
    name = _property(table, between, description.property_name, seen, file.properties)
    features = {
        code: tuple(
            _raw(number, feature["properties"], feature.get("geometry"), seen)
            for number, feature in held
            if _is(feature["properties"].get(name), code)
        )
        for code in between
    }
    return VectorData(features, name, crs)


def _raw(number: int, properties: Mapping[str, Any], geometry: Any, seen: Examination) -> RawFeature:
    try:
        return RawFeature(number, properties, shape_of_geojson(geometry))
    except (ShapeError, RecursionError) as error:
        seen.unreadable(f"feature {number}", str(error) or "is nested too deeply")


def _selected(properties: Mapping[str, Any], select: Mapping[str, str]) -> bool:
    return all(str(properties.get(name)) == wanted for name, wanted in select.items())


def _is(value: Any, code: str) -> bool:
    return isinstance(value, str) and value.strip() == code


def _property(
    table: Sequence[Mapping[str, Any]],
    between: tuple[str, str],
    given: str | None,
    seen: Examination,
    everything: Any,
) -> str:
    """Return the property that names both territories."""
    names = list(dict.fromkeys(name for row in table for name in row))
    if given is not None:
        _check_given(given, between, table, seen, everything)
        return given
    usual = {each.casefold(): rank for rank, each in enumerate(PROPERTIES)}
    candidates = [
        name
        for name in sorted(names, key=lambda each: (usual.get(each.casefold(), len(usual)), each))
        if name.casefold() in usual and all(any(_is(row.get(name), code) for row in table) for code in between)
    ]
    if not candidates:
        others = [name for name in names if all(any(_is(row.get(name), code) for row in table) for code in between)]
        if others:
            said = f"the properties {_listed(others)} hold both codes, under a name that is not a usual one"
            seen.stop(
                "", f"{said}: say which one counts, as FILE::{shorten(others[0])} or property: in the description"
            )
        lacking = [code for code in between if not any(_is(value, code) for row in table for value in row.values())]
        known = _listed(dict.fromkeys(name for row in everything() for name in row))
        seen.missing(
            "",
            f"no property holds the {'code' if len(lacking) == 1 else 'codes'} {' and '.join(lacking or between)}; "
            f"its properties are {known}. "
            "Codes are those of ISO 3166-1 alpha-3, in capitals; for a file of lines declare left: and right:",
        )
    choices = {
        tuple(tuple(_is(row.get(name), code) for row in table) for code in between): name
        for name in reversed(candidates)
    }
    if len(choices) > 1:
        seen.stop(
            "",
            f"the properties {_listed(candidates)} all hold both codes and mean different features by them: say which "
            f"one counts, as FILE::{shorten(candidates[0])} or property: in the description",
        )
    return candidates[0]


def _check_given(
    given: str, between: tuple[str, str], table: Sequence[Mapping[str, Any]], seen: Examination, everything: Any
) -> None:
    lacking = [code for code in between if not any(_is(row.get(given), code) for row in table)]
    if not lacking:
        return
    rows = list(everything())
    names = dict.fromkeys(name for row in rows for name in row)
    if given not in names:
        seen.stop("", f"no feature has a property {shorten(given)!r}; its properties are {_listed(names)}")
    values = sorted({str(row[given]) for row in rows if row.get(given) is not None})
    seen.missing(
        f"property {shorten(given)}",
        f"no feature of {' or '.join(lacking)} is there; its values are {_listed(values)}. "
        "Codes are those of ISO 3166-1 alpha-3, in capitals",
    )


def _listed(values: Iterable[Any]) -> str:
    shown = [shorten(value) for value in values]
    if not shown:
        return "none"
    more = f" and {len(shown) - MOST_VALUES} more" if len(shown) > MOST_VALUES else ""
    return ", ".join(shown[:MOST_VALUES]) + more


def _from_library(path: Path, between: tuple[str, str], description: Description, seen: Examination) -> VectorData:
    name = _openable(path, seen)
    info, layer = _describe(name, description.layer, seen)
    crs = info["crs"]
    fields = [str(each) for each in info["fields"]]
    if description.left is not None:
        found = _read(name, layer, fields, None, seen)
        lines = tuple(feature for feature in found if _selected(feature.properties, description.select))
        return VectorData({"": lines}, None, crs)
    rows: list[Mapping[str, Any]] = []

    def everything() -> list[Mapping[str, Any]]:
        if not rows:
            rows.extend(_table(name, layer, fields, seen))
        return rows

    chosen = _property(everything(), between, description.property_name, seen, everything)
    if not _PLAIN_NAME.fullmatch(chosen):
        seen.stop(f"property {shorten(chosen)}", "has quotes or control characters in its name: rename it")
    features = {code: tuple(_read(name, layer, fields, f"\"{chosen}\" = '{code}'", seen)) for code in between}
    return VectorData(features, chosen, crs)


def _openable(path: Path, seen: Examination) -> str:
    """Return the name under which the library opens a file, once its first bytes are known to be harmless."""
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"PK\x03\x04"):
        return _packed(path, seen)
    known = (
        head.startswith((b"SQLite format 3\x00", b"fgb\x03", b"\x00\x00\x27\x0a", b"PAR1"))
        or (text.startswith(b"{") and not _STREAMED.search(text))
        or (text.startswith(b"<") and bool(_XML_KML.search(text)) and b"<OGRVRT" not in text)
    )
    if head.startswith(b"PAR1") and "Parquet" not in _drivers():
        # Without its own driver the library would look for another program to read it with.
        seen.unreadable("", "is GeoParquet, which the library installed here does not read; export it as GeoPackage")
    if not known:
        what = "is empty" if not head else "begins like no vector file that is read here"
        seen.unreadable("", f"{what}; read are {FORMATS}, and GeoParquet where the library has it")
    return str(path.resolve())


def _drivers() -> frozenset[str]:
    import pyogrio  # noqa: PLC0415 - loaded only where a file needs it

    return frozenset(pyogrio.list_drivers())


def _packed(path: Path, seen: Examination) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        seen.unreadable("", f"is a broken zip file ({shorten(error)}); fetch it again")
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_UNPACKED:
        seen.unreadable("", "unpacks to more than 4 GiB or 10,000 files: unpack it and name the file inside")
    shapefiles = [member.filename for member in members if member.filename.lower().endswith(".shp")]
    if len(shapefiles) == 1:
        return f"/vsizip/{{{path.resolve()}}}/{shapefiles[0]}"
    if path.suffix.lower() != ".kmz":
        held = _listed(shapefiles) if shapefiles else "no shapefile"
        seen.unreadable("", f"holds {held}: unpack it and name the file inside")
    return str(path.resolve())


def _describe(name: str, layer: str | None, seen: Examination) -> tuple[Mapping[str, Any], str | None]:
    import pyogrio  # noqa: PLC0415 - loaded only for files that need it

    with _listening(seen):
        layers = [str(each) for each, kind in pyogrio.list_layers(name) if kind is not None]
        if layer is not None and layer not in layers:
            seen.stop("", f"has no layer {shorten(layer)!r}; its layers are {_listed(layers)}")
        if layer is None and len(layers) > 1:
            seen.stop("", f"has several layers, {_listed(layers)}: say which one counts, as layer: in the description")
        if not layers:
            seen.unreadable("", "holds no layer with geometry")
        chosen = layer or layers[0]
        info = pyogrio.read_info(name, layer=chosen)
    return info, chosen


def _table(name: str, layer: str | None, fields: Sequence[str], seen: Examination) -> list[Mapping[str, Any]]:
    import pyogrio  # noqa: PLC0415 - loaded only for files that need it

    with _listening(seen):
        meta, _, _, columns = pyogrio.raw.read(name, layer=layer, read_geometry=False, columns=list(fields))
    names = [str(each) for each in meta["fields"]]
    rows = zip(*(_plain(column) for column in columns), strict=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def _read(
    name: str, layer: str | None, fields: Sequence[str], where: str | None, seen: Examination
) -> list[RawFeature]:
    import pyogrio  # noqa: PLC0415 - loaded only for files that need it

    with _listening(seen):
        meta, ids, shapes, columns = pyogrio.raw.read(
            name, layer=layer, columns=list(fields), where=where, return_fids=True
        )
    names = [str(each) for each in meta["fields"]]
    table = [_plain(column) for column in columns]
    found = []
    for at, content in enumerate(shapes if shapes is not None else ()):
        number = int(ids[at])
        try:
            shape = shape_of_wkb(content)
        except ShapeError as error:
            seen.unreadable(f"feature {number}", str(error))
        found.append(RawFeature(number, {key: column[at] for key, column in zip(names, table, strict=True)}, shape))
    return found


def _plain(column: Any) -> list[Any]:
    return [each.item() if isinstance(each, np.generic) else each for each in column]


@contextmanager
def _listening(seen: Examination) -> Iterator[None]:
    """Turn what the vector library raises and warns about into what this package says."""
    import pyogrio  # noqa: PLC0415 - loaded only for files that need it

    broken = (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        pyogrio.errors.CRSError,
        pyogrio.errors.FeatureError,
        pyogrio.errors.FieldError,
        pyogrio.errors.GeometryError,
        OSError,
        ValueError,
        RuntimeError,
    )
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            yield
        except broken as error:
            seen.unreadable(
                "",
                f"cannot be read as a vector file ({shorten(error)}); fetch or export it again, a Shapefile with its "
                ".dbf, .prj and .shx",
            )
    for each in said:
        if "Non closed ring" not in str(each.message):
            seen.note(f"the vector library says: {shorten(each.message)}")
