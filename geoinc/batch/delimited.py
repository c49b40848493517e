"""Delimited text in and out: each row keeps its bytes, and new fields are set behind it.

The rows are taken apart by the `csv` module, which also knows where a row ends that has line breaks in quotes. What it
was given for a row is the row; it is written back unchanged.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, Final, TextIO

from geoinc.batch.arrow_text import read_lines
from geoinc.batch.chunks import ArrowChunk, TextChunk
from geoinc.errors import InputError, UsageError

__all__ = ["DELIMITERS", "Dialect", "TextTable", "joined", "open_text_table", "quoted", "write_text_table"]

DELIMITERS: Final = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
_BYTE_ORDER_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
LINES_TO_REMARK_ON: Final = 20
_LONGEST_FIELD: Final = min(sys.maxsize, 2**31 - 1)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text holds a table.

    Attributes
    ----------
    delimiter, encoding : str
    line_end : str
        Of the first line.
    """

    delimiter: str
    encoding: str
    line_end: str


class _Lines:
    """The lines of a file, with those kept that the row in hand was made of.

    Attributes
    ----------
    rest : iterator of str
        The lines that are left.
    """

    def __init__(self, file: Iterable[str]) -> None:
        self.rest = iter(file)
        self._held: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self.rest)
        self._held.append(line)
        return line

    def take(self) -> str:
        """Return what was read since the last time."""
        text = self._held[0] if len(self._held) == 1 else "".join(self._held)
        self._held.clear()
        return text


@dataclass(frozen=True, slots=True)
class TextTable:
    """A delimited text that is being read.

    Attributes
    ----------
    names : tuple of str
        The columns, from its first row.
    header : str
        That row as it stands.
    dialect : Dialect
    """

    names: tuple[str, ...]
    header: str
    dialect: Dialect
    _lines: Iterator[str]
    _bytes: IO[bytes]

    @property
    def file_number(self) -> int:
        """The open file, as the system counts them."""
        return self._bytes.fileno()

    @property
    def bytes_read(self) -> int:
        """How far the file has been read, in bytes of the file itself."""
        return self._bytes.tell()

    def chunks(self, rows_at_once: int, *, into_columns: bool = False) -> Iterator[TextChunk | ArrowChunk]:
        """Read the rows, so many at once.

        Parameters
        ----------
        rows_at_once : int
        into_columns : bool
            Whether the rows are going to be columns of text, and nobody asks how they stood in the file.

        Raises
        ------
        InputError
            If a row cannot be read at all: a NUL, or a quote that is never closed.
        """
        rest: Iterator[str] = self._lines
        try:
            while records := list(islice(rest, rows_at_once)):
                columns = read_lines(records, self.names, self.dialect.delimiter) if into_columns else None
                if columns is not None:
                    yield columns
                    continue
                rows = self._rows_of_lines(records)
                if rows is None:
                    # A row runs over several lines: they are counted out one by one.
                    lines = _Lines(chain(records, rest))
                    rows, records = self._rows_one_by_one(lines, rows_at_once)
                    rest = lines.rest
                yield self._chunk(rows, records)
        except UnicodeError as error:
            raise _not_in(self.dialect.encoding, error) from error

    def _rows_of_lines(self, lines: list[str]) -> list[list[str]] | None:
        """Take lines apart that hold one row each; None where one does not."""
        try:
            rows = list(csv.reader(lines, delimiter=self.dialect.delimiter, strict=True))
        except csv.Error:
            return None
        return rows if len(rows) == len(lines) else None

    def _rows_one_by_one(self, lines: _Lines, rows_at_once: int) -> tuple[list[list[str]], list[str]]:
        rows: list[list[str]] = []
        records: list[str] = []
        try:
            for row in csv.reader(lines, delimiter=self.dialect.delimiter):
                rows.append(row)
                records.append(lines.take())
                if len(rows) == rows_at_once:
                    break
        except csv.Error as error:
            raise InputError(f"after the row {records[-1:]}: the next cannot be taken apart ({error})") from error
        return rows, records

    def _chunk(self, rows: list[list[str]], records: list[str]) -> TextChunk:
        width = len(self.names)
        broken = {}
        if records and _is_open(records[-1], self.dialect.delimiter):
            # What is set behind the row would stand inside the quote.
            broken[len(rows) - 1] = _open_quote(records[-1])
            fields = [*rows[-1], *[""] * (width - len(rows[-1]))]
            rows[-1] = [*fields[: width - 1], self.dialect.delimiter.join(fields[width - 1 :])]
            records[-1] = joined(rows[-1], self.dialect.delimiter) + self.dialect.line_end
        for number, row in enumerate(rows):
            if len(row) != width:
                broken[number] = _misfit(row, records[number], width)
                rows[number], records[number] = self._made_fit(row, records[number])
        return TextChunk(self.names, rows, records, broken)

    def _made_fit(self, row: list[str], record: str) -> tuple[list[str], str]:
        """Pad a short row with empty fields, and keep what is too much in the last column: new columns need a place."""
        width, delimiter = len(self.names), self.dialect.delimiter
        body = record.rstrip("\r\n")
        end = record[len(body) :]
        if len(row) < width:
            missing = width - max(len(row), 1)
            return row + [""] * (width - len(row)), body + delimiter * missing + end
        fields = [*row[: width - 1], delimiter.join(row[width - 1 :])]
        return fields, joined(fields, delimiter) + end


@contextmanager
def open_text_table(path: Path, *, encoding: str, delimiters: Sequence[str]) -> Iterator[list[TextTable]]:
    """Open a delimited text in every way in which its first row has two columns or more.

    Parameters
    ----------
    path : Path
        ``.gz`` at its end means that it is packed.
    encoding : str
    delimiters : sequence of str
        Those to try; one alone is taken whatever it gives.

    Yields
    ------
    list of TextTable
        All of them read the same file, so only one can be read on.

    Raises
    ------
    InputError
        If the file cannot be read, is empty, or is not in that encoding.
    """
    try:
        raw = path.open("rb")
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    previous = csv.field_size_limit(_LONGEST_FIELD)
    try:
        with raw:
            unpacked: Any = gzip.GzipFile(fileobj=raw) if path.suffix.lower() == ".gz" else raw
            try:
                text = io.TextIOWrapper(unpacked, encoding=encoding, errors="surrogateescape", newline="")
                lines = _Lines(text)
                yield _tables(path, lines, raw, encoding, delimiters)
            except LookupError as error:
                raise UsageError(f"--encoding {encoding}: there is no such encoding") from error
            except (EOFError, gzip.BadGzipFile) as error:
                raise InputError(f"{path}: is broken or not packed by gzip ({error})") from error
    finally:
        csv.field_size_limit(previous)


def _tables(path: Path, lines: _Lines, raw: IO[bytes], encoding: str, delimiters: Sequence[str]) -> list[TextTable]:
    first = _first_row(path, lines, encoding)
    bare = first.removeprefix(_BYTE_ORDER_MARK)
    body = bare.rstrip("\r\n")
    line_end = bare[len(body) :] or "\n"
    tables = []
    for delimiter in delimiters:
        names = next(csv.reader([bare], delimiter=delimiter), [])
        if len(names) > 1 or len(delimiters) == 1:
            tables.append(TextTable(tuple(names), first, Dialect(delimiter, encoding, line_end), lines.rest, raw))
    if not tables:
        names = next(csv.reader([bare]), [])
        tables.append(TextTable(tuple(names), first, Dialect(",", encoding, line_end), lines.rest, raw))
    return tables


def _first_row(path: Path, lines: _Lines, encoding: str) -> str:
    try:
        # A line break in quotes belongs to the row.
        next(csv.reader(lines))
    except StopIteration:
        raise InputError(f"{path}: is empty") from None
    except (csv.Error, UnicodeError) as error:
        raise InputError(f"{path}: is no delimited text in {encoding} ({error})") from error
    first = lines.take()
    if first.encode(encoding, errors="surrogateescape")[:2] in _UTF16_MARKS and "16" not in encoding:
        raise InputError(f"{path}: is in UTF-16: give --encoding utf-16, or save it as UTF-8")
    return first


def _misfit(row: list[str], record: str, width: int) -> str:
    if not row:
        return "the row is empty"
    lines = record.count("\n")
    quote = f"; it runs over {lines} lines, so a quote in it may not be closed" if lines > LINES_TO_REMARK_ON else ""
    return f"the row has {len(row)} fields, and there are {width} columns{quote}"


def _is_open(record: str, delimiter: str) -> bool:
    """Tell whether a quote is open at the end of a row; only the last one of a file can be so."""
    try:
        list(csv.reader([record], delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _open_quote(record: str) -> str:
    lines = len(record.splitlines())
    return f"a quote in the row is not closed, and takes in {lines} lines to the end of the file"


def _not_in(encoding: str, error: UnicodeError) -> InputError:
    return InputError(f"the file is not in {encoding} ({error}): give the right one with --encoding")


def write_text_table(
    stream: TextIO,
    header: str,
    dialect: Dialect,
    added: Sequence[str],
    rows: Iterable[tuple[Sequence[str], Sequence[str]]],
) -> None:
    """Write a delimited text: every row as it stood, with fields set behind it.

    Parameters
    ----------
    stream : text file
    header : str
        The first row as it stood.
    dialect : Dialect
    added : sequence of str
        Names of the new columns.
    rows : iterable of pairs
        Records as they stood, and the text to set behind each, its delimiters included.
    """
    body = header.rstrip("\r\n")
    end = header[len(body) :]
    stream.write(body + "".join(dialect.delimiter + quoted(name, dialect.delimiter) for name in added) + end)
    if not end:
        stream.write(dialect.line_end)
    for records, tails in rows:
        stream.write("".join(map(_extended, records, tails)))


def _extended(record: str, tail: str) -> str:
    body = record.rstrip("\r\n")
    return body + tail + record[len(body) :]


def joined(fields: Iterable[str], delimiter: str) -> str:
    """Return fields as one row, without an end of line."""
    return delimiter.join(quoted(field, delimiter) for field in fields)


def quoted(text: str, delimiter: str) -> str:
    """Return a field as a delimited text holds it."""
    if delimiter in text or any(mark in text for mark in '"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text
