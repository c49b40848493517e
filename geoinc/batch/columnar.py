"""Tables with typed columns in and out: Parquet, GeoParquet, and what GDAL reads and writes of points.

Everything passes as Arrow record batches, so that a file of any size needs the memory of one batch.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geoinc.batch.chunks import ArrowChunk
from geoinc.errors import InputError, UsageError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "DRIVERS",
    "GEOMETRY",
    "ColumnTable",
    "open_parquet",
    "open_vector",
    "point_metadata",
    "require_pyarrow",
    "write_parquet",
    "write_vector",
]

DRIVERS: Final = {".geojson": "GeoJSON", ".json": "GeoJSON", ".gpkg": "GPKG", ".fgb": "FlatGeobuf"}
GEOMETRY: Final = "geometry"
UNNAMED: Final = "wkb_geometry"
"""What the geometry is called by GDAL where a format has no name for it."""
WGS84: Final = "EPSG:4326"
_GENERAL_STREAM: Final = {"OGR_FLATGEOBUF_STREAM_BASE_IMPL": "YES"}
_UNDATED: Final = {"OGR_CURRENT_DATE": "2000-01-01T00:00:00.000Z"}


@dataclass(frozen=True, slots=True)
class ColumnTable:
    """A table of typed columns that is being read.

    Attributes
    ----------
    schema : pyarrow.Schema
    rows : int or None
        How many, where the file says it.
    geometry : str or None
        The column that holds geometries as WKB.
    metadata : dict of bytes to bytes
        What a Parquet file says of its geometry.
    """

    schema: pa.Schema
    rows: int | None
    geometry: str | None
    _batches: Iterator[pa.RecordBatch]
    metadata: dict[bytes, bytes] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns, the geometry included."""
        return tuple(self.schema.names)

    def chunks(self) -> Iterator[ArrowChunk]:
        """Read the rows, batch by batch."""
        for batch in self._batches:
            if batch.num_rows:
                yield ArrowChunk(batch)


def require_pyarrow(what: str) -> Any:
    """Return the module, or say what to install.

    Raises
    ------
    UsageError
        If it is not there.
    """
    try:
        return importlib.import_module("pyarrow")
    except ImportError as error:
        raise UsageError(
            f'{what} needs pyarrow: install it with pip install "geoinc[batch]"; CSV to CSV works without it'
        ) from error


@contextmanager
def open_parquet(path: Path, rows_at_once: int) -> Iterator[ColumnTable]:
    """Open a Parquet or GeoParquet file.

    Raises
    ------
    InputError
        If it is none, or its geometry is in another reference system than longitude and latitude on WGS 84.
    """
    pyarrow = require_pyarrow("reading Parquet")
    parquet = importlib.import_module("pyarrow.parquet")
    try:
        file = parquet.ParquetFile(path)
    except (OSError, pyarrow.ArrowException) as error:
        raise InputError(f"cannot read {path}: {_first_line(error)}") from error
    with file:
        schema = file.schema_arrow
        metadata = {key: text for key, text in (schema.metadata or {}).items() if key == b"geo"}
        geometry = _parquet_geometry(path, metadata)
        batches = _readable(path, file.iter_batches(batch_size=rows_at_once))
        yield ColumnTable(schema.remove_metadata(), file.metadata.num_rows, geometry, batches, metadata)


def _readable(path: Path, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    pyarrow = importlib.import_module("pyarrow")
    try:
        yield from batches
    except (OSError, pyarrow.ArrowException) as error:
        raise InputError(f"cannot read {path} to its end: {_first_line(error)}") from error


def _parquet_geometry(path: Path, metadata: dict[bytes, bytes]) -> str | None:
    if b"geo" not in metadata:
        return None
    try:
        document = json.loads(metadata[b"geo"])
        name = str(document["primary_column"])
        column = document["columns"][name]
        encoding, crs = column["encoding"], column.get("crs", WGS84)
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: what it says of its geometry cannot be read ({error!r})") from error
    if encoding != "WKB":
        raise InputError(
            f"{path}: its geometry is stored as {encoding}; write it as WKB, or name columns with --lon --lat"
        )
    _require_wgs84(path, crs)
    return name


def _require_wgs84(path: Path, crs: Any) -> None:
    import pyproj  # noqa: PLC0415 - loaded only for tables with a geometry
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    remedy = "bring it to longitude and latitude on WGS 84 (EPSG:4326) first"
    if crs is None:
        raise InputError(f"{path}: does not say in which reference system its geometry is; {remedy}")
    try:
        found = pyproj.CRS.from_user_input(crs)
    except CRSError as error:
        raise InputError(f"{path}: the reference system of its geometry is not understood; {remedy}") from error
    flat = found.to_2d() if found.is_geographic or found.is_compound else found
    if not (flat.is_geographic and flat.equals(pyproj.CRS(WGS84), ignore_axis_order=True)):
        named = flat.is_geographic and flat.name in {"WGS 84", "WGS 84 (CRS84)"}
        if not named:
            raise InputError(f"{path}: its geometry is in {found.name}; {remedy}")


@contextmanager
def open_vector(path: Path, rows_at_once: int) -> Iterator[ColumnTable]:
    """Open a GeoJSON, GeoPackage or FlatGeobuf file.

    Raises
    ------
    InputError
        If it cannot be read, or is in another reference system than longitude and latitude on WGS 84.
    """
    require_pyarrow(f"reading {DRIVERS[path.suffix.lower()]}")
    pyogrio = importlib.import_module("pyogrio")
    pyarrow = importlib.import_module("pyarrow")
    errors = (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError, RuntimeError)
    try:
        layers = pyogrio.list_layers(path)
        if len(layers) > 1:
            listed = ", ".join(str(layer[0]) for layer in layers)
            raise InputError(f"{path}: has more than one layer ({listed}): give a file with one")
        info = pyogrio.read_info(path)
        opened = pyogrio.raw.open_arrow(path, batch_size=rows_at_once, use_pyarrow=True)
    except errors as error:
        raise InputError(f"cannot read {path}: {_first_line(error)}") from error
    # GDAL's own stream of FlatGeobuf gives wrong offsets where a row has no geometry; its general one does not.
    with _configured(_GENERAL_STREAM), opened as (meta, reader):
        raw = meta["geometry_name"] or UNNAMED
        name = raw if raw in reader.schema.names else None
        if name == UNNAMED and GEOMETRY not in reader.schema.names:
            name = GEOMETRY
        if name is not None and meta["geometry_type"] is not None:
            _require_wgs84(path, meta["crs"])
        rows = int(info["features"])
        schema = pyarrow.schema(
            [each.remove_metadata().with_name(name if each.name == raw else each.name) for each in reader.schema]
        )
        batches = (pyarrow.RecordBatch.from_arrays(batch.columns, schema=schema) for batch in reader)
        yield ColumnTable(schema, rows if rows >= 0 else None, name, _readable(path, batches))


def point_metadata(name: str = GEOMETRY, kinds: Sequence[str] = ("Point",)) -> dict[bytes, bytes]:
    """Return what a GeoParquet file says of a column in longitude and latitude on WGS 84; no kinds are any kinds."""
    columns = {name: {"encoding": "WKB", "geometry_types": list(kinds)}}
    document = {"version": "1.1.0", "primary_column": name, "columns": columns}
    return {b"geo": json.dumps(document).encode()}


def write_parquet(
    path: Path, schema: pa.Schema, batches: Iterator[pa.RecordBatch], metadata: dict[bytes, bytes] | None = None
) -> None:
    """Write record batches as Parquet, with `metadata` of its geometry as GeoParquet."""
    pyarrow = importlib.import_module("pyarrow")
    parquet = importlib.import_module("pyarrow.parquet")
    whole = schema.with_metadata(metadata or None)
    # Distances hardly ever recur, so a dictionary of them costs time and saves no room.
    repeated = [each.name for each in schema if not pyarrow.types.is_floating(each.type)]
    with parquet.ParquetWriter(path, whole, compression="snappy", use_dictionary=repeated) as writer:
        for batch in batches:
            writer.write_batch(batch.replace_schema_metadata(metadata or None))


def write_vector(path: Path, schema: pa.Schema, batches: Iterator[pa.RecordBatch], geometry: str) -> None:
    """Write record batches with a column of points as the format that the ending of `path` names.

    Raises
    ------
    InputError
        If the format cannot hold a column.
    """
    pyogrio = importlib.import_module("pyogrio")
    pyarrow = importlib.import_module("pyarrow")
    driver = DRIVERS[path.suffix.lower()]
    failed: list[BaseException] = []

    def kept() -> Iterator[pa.RecordBatch]:
        # An error that passes through GDAL loses what it says.
        try:
            yield from batches
        except BaseException as error:
            failed.append(error)
            raise

    # An index would put the rows in another order, and has no place for rows without a position.
    options = {"SPATIAL_INDEX": "NO"} if driver == "FlatGeobuf" else {}
    if driver == "GPKG" and any(name.casefold() == "fid" for name in schema.names):
        options["FID"] = "geoinc_fid"
    # A GeoPackage writes the date into itself; the same input should give the same bytes.
    try:
        reader = pyarrow.RecordBatchReader.from_batches(schema, kept())
        with _configured(_UNDATED):
            pyogrio.raw.write_arrow(
                reader,
                path,
                driver=driver,
                layer="batch",
                geometry_name=geometry,
                geometry_type="Unknown",
                crs=WGS84,
                **options,
            )
    except Exception as error:
        if failed:
            raise failed[0] from error
        raise InputError(f"cannot be written as {driver}: {_first_line(error)}") from error


@contextmanager
def _configured(options: dict[str, str]) -> Iterator[None]:
    """Set options of GDAL for a while."""
    pyogrio = importlib.import_module("pyogrio")
    before = {name: pyogrio.get_gdal_config_option(name) for name in options}
    pyogrio.set_gdal_config_options(options)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0]
