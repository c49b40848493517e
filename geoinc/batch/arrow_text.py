"""Delimited text read into Arrow columns, where that gives what the csv module gives; it costs a fraction.

pyarrow is an optional package and takes its time to load: only tables that need it load it.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Final

from geoinc.batch.chunks import ArrowChunk

__all__ = ["read_lines"]

LARGEST_BLOCK: Final = 2**30
"""In bytes: Arrow counts them in 31 bits."""
_EMPTY_LINES: Final = ("\n\n", "\n\r", "\r\r")


def read_lines(lines: Sequence[str], names: Sequence[str], delimiter: str) -> ArrowChunk | None:
    r"""Take lines apart that hold one row each.

    Parameters
    ----------
    lines : sequence of str
        With their ends.
    names : sequence of str
        The columns.
    delimiter : str

    Returns
    -------
    ArrowChunk or None
        None where a line is empty, is no whole row, has another number of fields, or is not in the encoding that was
        told: the csv module then says what is in them.

    Notes
    -----
    The two readers differ in what they make of empty lines and of rows with a wrong number of fields, and where a quote
    is not closed; `tests/floors/test_batch_parts.py` holds them against each other on random text.

    Examples
    --------
    >>> read_lines(['a,"b, c"\n', "1,"], ["x", "y"], ",").values("y")
    ['b, c', '']
    """
    import pyarrow as pa  # noqa: PLC0415 - loaded only for such tables
    import pyarrow.csv  # noqa: PLC0415

    data = _comparable("".join(lines))
    # Arrow takes a quote that is still open at the end for closed.
    if data is None or not _is_whole_row(lines[-1], delimiter):
        return None
    numbers = [str(number) for number in range(len(names))]
    try:
        table = pa.csv.read_csv(
            pa.py_buffer(data),
            read_options=pa.csv.ReadOptions(column_names=numbers, use_threads=False, block_size=len(data) + 1),
            parse_options=pa.csv.ParseOptions(delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False),
            convert_options=pa.csv.ConvertOptions(
                column_types=dict.fromkeys(numbers, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows != len(lines):
        return None
    columns = [column.combine_chunks() for column in table.columns]
    return ArrowChunk(pa.RecordBatch.from_arrays(columns, names=list(names)))


def _comparable(block: str) -> bytes | None:
    """The text as Arrow takes it, if both readers see the same in its lines."""
    if block[:1] in {"\r", "\n"} or any(mark in block for mark in _EMPTY_LINES):
        return None
    try:
        data = block.encode()
    except UnicodeEncodeError:
        return None
    return data if len(data) < LARGEST_BLOCK else None


def _is_whole_row(line: str, delimiter: str) -> bool:
    try:
        return len(list(csv.reader([line], delimiter=delimiter, strict=True))) == 1
    except csv.Error:
        return False
