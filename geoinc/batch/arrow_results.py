"""Added columns, texts and points as Arrow arrays, and Arrow columns as text.

pyarrow is an optional package and takes its time to load: only tables that need it load it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geoinc.batch.chunks import Chunk, TextChunk
from geoinc.batch.places import Plan, read_places
from geoinc.batch.results import Added, is_text
from geoinc.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["added_schema", "arrow_results", "points_of", "text_batch", "texts_of"]


def added_schema(held: pa.Schema, names: Sequence[str], plain: Sequence[str]) -> pa.Schema:
    """Return a schema with the added columns at its end."""
    import pyarrow as pa  # noqa: PLC0415 - loaded only for such tables

    fields = [
        pa.field(name, pa.string() if is_text(kind) else pa.float64()) for name, kind in zip(names, plain, strict=True)
    ]
    return pa.schema([*held, *fields])


def arrow_results(added: Added, plain: Sequence[str]) -> list[pa.Array]:
    """Return the added columns; NaN becomes null."""
    import pyarrow as pa  # noqa: PLC0415 - loaded only for such tables

    return [
        pa.array(added.columns[name], pa.string() if is_text(name) else pa.float64(), from_pandas=True)
        for name in plain
    ]


def text_batch(chunk: TextChunk, schema: pa.Schema) -> pa.RecordBatch:
    """Return the rows of a delimited text as columns of text, just as they were printed.

    Raises
    ------
    InputError
        If a text is not in the encoding that was told.
    """
    import pyarrow as pa  # noqa: PLC0415 - loaded only for such tables

    try:
        columns = [pa.array(column, pa.string()) for column in zip(*chunk.rows, strict=True)]
    except UnicodeEncodeError as error:
        raise InputError("a row is not in the encoding of the file: give the right one with --encoding") from error
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def points_of(chunk: Chunk, plan: Plan) -> pa.Array:
    """Return the positions of a chunk as points in WKB; null where there is none."""
    import pyarrow as pa  # noqa: PLC0415 - loaded only for such tables

    places = read_places(chunk, plan)
    points = np.full(chunk.count, None, dtype=object)
    points[places.rows] = shapely.to_wkb(shapely.points(places.positions.lon, places.positions.lat))
    return pa.array(points, pa.binary())


def texts_of(batch: pa.RecordBatch, geometry: str | None) -> list[list[str]]:
    """Return typed columns as text: numbers as short as they can be read back, geometries as WKT."""
    return [_texts(batch.column(name), is_geometry=name == geometry) for name in batch.schema.names]


def _texts(column: pa.Array, *, is_geometry: bool) -> list[str]:
    import pyarrow as pa  # noqa: PLC0415 - loaded only for such tables

    if is_geometry:
        shapes = shapely.from_wkb(np.array(column.to_pylist(), dtype=object), on_invalid="ignore")
        return ["" if shape is None else shapely.to_wkt(shape, rounding_precision=-1) for shape in shapes]
    try:
        written = column.cast(pa.string()).to_pylist()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        values: list[Any] = column.to_pylist()
        written = [None if value is None else json.dumps(value, default=str, ensure_ascii=False) for value in values]
    return ["" if text is None else text for text in written]
