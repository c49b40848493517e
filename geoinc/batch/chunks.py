"""Parts of a table as they are read: plain text or Arrow columns, with the columns that were found beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from geoinc.batch.numbers import Degrees, read_degrees
from geoinc.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["ArrowChunk", "Chunk", "TextChunk"]


class Chunk(Protocol):
    """Some rows of a table."""

    @property
    def count(self) -> int:
        """How many rows."""
        ...

    @property
    def broken(self) -> dict[int, str]:
        """Rows that cannot be taken apart into columns, with the reason."""
        ...

    def values(self, name: str) -> Sequence[Any]:
        """Return one column as Python values."""
        ...

    def degrees(self, name: str, what: str, decimal: str) -> Degrees:
        """Return one column as coordinates in degrees; `what` they are serves the reasons."""
        ...


@dataclass(frozen=True, slots=True)
class TextChunk:
    """Rows of a delimited text.

    Attributes
    ----------
    names : tuple of str
        All columns.
    rows : list of list of str
        The fields of each row.
    records : list of str
        Each row as it stands in the file, with its end of line.
    broken : dict of int to str
        Rows that had another number of fields than there are columns, and were padded or folded.
    """

    names: tuple[str, ...]
    rows: list[list[str]]
    records: list[str]
    broken: dict[int, str] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many rows."""
        return len(self.rows)

    def values(self, name: str) -> list[str]:
        """Return one column as text."""
        column = self.names.index(name)
        return [row[column] for row in self.rows]

    def degrees(self, name: str, what: str, decimal: str) -> Degrees:
        """Read one column of coordinates, with the cells of their digits."""
        return read_degrees(self.values(name), what, decimal=decimal)


@dataclass(frozen=True, slots=True)
class ArrowChunk:
    """Rows of a table with typed columns.

    Attributes
    ----------
    batch : pyarrow.RecordBatch
    broken : dict of int to str
        Always empty: such a table has no ragged rows.
    """

    batch: pa.RecordBatch
    broken: dict[int, str] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many rows."""
        return int(self.batch.num_rows)

    def values(self, name: str) -> list[Any]:
        """Return one column as Python values."""
        values: list[Any] = self.batch.column(name).to_pylist()
        return values

    def degrees(self, name: str, what: str, decimal: str) -> Degrees:
        """Return one column of coordinates: stored numbers have no cell, text has that of its digits."""
        import pyarrow as pa  # noqa: PLC0415 - loaded only for such tables

        column = self.batch.column(name)
        kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
        if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
            return read_degrees(column.to_pylist(), what, decimal=decimal)
        if not (pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_decimal(kind)):
            raise InputError(f"the column {name!r} holds {kind}, which is no number and no text: name another one")
        value = _as_floats(column.cast(pa.float64()))
        missing = np.flatnonzero(np.isnan(value)).tolist()
        return Degrees(value, np.zeros(len(value)), dict.fromkeys(missing, f"no {what}"))


def _as_floats(column: pa.Array) -> NDArray[np.float64]:
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)
