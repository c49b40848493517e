"""A whole file: read in parts, measured, written beside its place and moved there when it is done."""

from __future__ import annotations

import gzip
import io
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geoinc.batch import columnar, delimited
from geoinc.batch.arrow_results import added_schema, arrow_results, points_of, text_batch, texts_of
from geoinc.batch.chunks import ArrowChunk, TextChunk
from geoinc.batch.columns import find_code_column, find_positions, require
from geoinc.batch.measuring import Ruler
from geoinc.batch.numbers import POINT
from geoinc.batch.places import Plan
from geoinc.batch.radii import RadiusTable
from geoinc.batch.results import Added, Tally, added_names, as_texts, measure_chunk
from geoinc.errors import InputError, UsageError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["ENDINGS", "Options", "Outcome", "Progress", "run_batch"]

ROWS_AT_ONCE: Final = 100_000
TEXT_ENDINGS: Final = (".csv", ".tsv", ".csv.gz", ".tsv.gz")
PARQUET_ENDINGS: Final = (".parquet", ".geoparquet")
ENDINGS: Final = (*TEXT_ENDINGS, *PARQUET_ENDINGS, *columnar.DRIVERS)

Progress = Callable[[int, int | None], None]
"""Told how much is done, and of how much, where that is known."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a table is read and what is added.

    Attributes
    ----------
    lon, lat : str or None
        The columns of the positions; by default found by their names, or the geometry.
    radii : RadiusTable or None
        The user's own table of codes; by default a known scheme is found by the name of its column.
    codes : bool
        Whether to read codes at all.
    radius_column : str or None
        A column of accuracies in metres, in place of codes.
    digits : bool
        Whether printed digits make a cell.
    decimal : str
        The decimal sign of printed degrees.
    delimiter : str or None
        Of a delimited text; by default found.
    encoding : str
        Of a delimited text.
    prefix : str
        Set before the name of each added column.
    by_source : bool
        Whether to add what each source says.
    """

    lon: str | None = None
    lat: str | None = None
    radii: RadiusTable | None = None
    codes: bool = True
    radius_column: str | None = None
    digits: bool = True
    decimal: str = POINT
    delimiter: str | None = None
    encoding: str = "utf-8"
    prefix: str = ""
    by_source: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did.

    Attributes
    ----------
    plan : Plan
        Where the positions were found.
    unused : tuple of str
        Columns of positions that were not read, because the geometry was.
    tally : Tally
    added : tuple of str
        The columns that were added, as they are called in the output.
    """

    plan: Plan
    unused: tuple[str, ...]
    tally: Tally
    added: tuple[str, ...]


def ending_of(path: Path) -> str:
    """Return the ending that says how a file holds a table.

    Raises
    ------
    UsageError
        If it says nothing.

    Examples
    --------
    >>> ending_of(Path("events.CSV.gz"))
    '.csv.gz'
    """
    name = path.name.lower()
    for ending in sorted(ENDINGS, key=len, reverse=True):
        if name.endswith(ending):
            return ending
    raise UsageError(f"{path}: the ending should be one of {', '.join(ENDINGS)}")


def run_batch(
    source: Path,
    target: Path,
    ruler: Ruler,
    options: Options | None = None,
    *,
    progress: Progress | None = None,
    rows_at_once: int = ROWS_AT_ONCE,
) -> Outcome:
    """Measure every row of a file and write it with the columns that are added.

    Parameters
    ----------
    source, target : Path
        Their endings say how they hold a table: see `ENDINGS`. An existing target is replaced when the new one is
        whole, and not before.
    ruler : Ruler
    options : Options, optional
    progress : callable, optional
        Told how far the reading is: bytes of a text, rows of other tables.
    rows_at_once : int
        How many rows are held at once. It changes nothing in the output but the row groups of Parquet.

    Raises
    ------
    UsageError
        If a column that was named is not there, a name to add is taken, or the target cannot be written.
    InputError
        If the table cannot be read, or its positions are not found.
    """
    options = options or Options()
    into = ending_of(target)
    _refuse_target(source, target)
    with _open(source, options, rows_at_once) as table, _beside(target, into) as draft:
        job = _Job(table, ruler, options, progress or (lambda _done, _all: None), rows_at_once)
        if into in TEXT_ENDINGS:
            job.write_text(draft, packed=into.endswith(".gz"), delimiter="\t" if into.startswith(".tsv") else ",")
        else:
            columnar.require_pyarrow(f"writing {into}")
            job.write_columns(draft, into)
    return Outcome(job.plan, job.unused, job.tally, job.names)


@contextmanager
def _open(source: Path, options: Options, rows_at_once: int) -> Iterator[delimited.TextTable | columnar.ColumnTable]:
    ending = ending_of(source)
    if not source.exists():
        raise UsageError(f"{source}: there is no such file")
    if ending in TEXT_ENDINGS:
        tried = [options.delimiter] if options.delimiter else list(delimited.DELIMITERS.values())
        with delimited.open_text_table(source, encoding=options.encoding, delimiters=tried) as tables:
            yield _choose(tables, options)
    elif ending in PARQUET_ENDINGS:
        with columnar.open_parquet(source, rows_at_once) as table:
            yield table
    else:
        with columnar.open_vector(source, rows_at_once) as table:
            yield table


def _choose(tables: Sequence[delimited.TextTable], options: Options) -> delimited.TextTable:
    """The one way of taking the first row apart that gives columns of positions."""
    fitting = []
    for table in tables:
        try:
            find_positions(table.names, options.lon, options.lat)
        except (InputError, UsageError):
            continue
        fitting.append(table)
    if len(fitting) > 1:
        shown = " or ".join(repr(table.dialect.delimiter) for table in fitting)
        raise InputError(f"the columns may be parted by {shown}: say which with --delimiter")
    # Where none fits, the one with the most columns gives the most useful message.
    return fitting[0] if fitting else max(tables, key=lambda table: len(table.names))


class _Job:
    """One run: what to read, what to add, and what is counted."""

    def __init__(
        self,
        table: delimited.TextTable | columnar.ColumnTable,
        ruler: Ruler,
        options: Options,
        progress: Progress,
        rows_at_once: int,
    ) -> None:
        self._table = table
        self._ruler = ruler
        self._options = options
        self._progress = progress
        self._rows_at_once = rows_at_once
        self.tally = Tally()
        self.plan, self.unused = _plan(table, options)
        self._plain = added_names(ruler, by_source=options.by_source)
        self.names = tuple(options.prefix + name for name in self._plain)
        taken = {name.casefold() for name in table.names}
        clash = [name for name in self.names if name.casefold() in taken]
        if clash:
            raise UsageError(
                f"the input has columns called {', '.join(clash)} already: give --prefix, for example --prefix new_"
            )

    def _results(self, *, into_columns: bool) -> Iterator[tuple[TextChunk | ArrowChunk, Added]]:
        table = self._table
        if isinstance(table, delimited.TextTable):
            size = os.fstat(table.file_number).st_size
            for text in table.chunks(self._rows_at_once, into_columns=into_columns):
                yield text, self._measure(text)
                self._progress(table.bytes_read, size)
        else:
            for chunk in table.chunks():
                yield chunk, self._measure(chunk)
                self._progress(self.tally.rows, table.rows)

    def _measure(self, chunk: TextChunk | ArrowChunk) -> Added:
        added = measure_chunk(self._ruler, self.plan, chunk, by_source=self._options.by_source)
        self.tally.count(added)
        return added

    def write_text(self, draft: Path, *, packed: bool, delimiter: str) -> None:
        """Write a delimited text: a text keeps its own delimiter and encoding."""
        table = self._table
        if isinstance(table, delimited.TextTable):
            dialect, header = table.dialect, table.header
            if delimiter == "\t" and dialect.delimiter != delimiter:
                raise UsageError(
                    "a delimited text keeps its delimiter, which is no tab here: let the output end in .csv"
                )
        else:
            dialect = delimited.Dialect(delimiter, "utf-8", "\n")
            header = delimited.joined(table.names, delimiter) + "\n"
        with _text_file(draft, dialect.encoding, packed=packed) as stream:
            rows = (
                (
                    chunk.records if isinstance(chunk, TextChunk) else self._records(chunk, dialect.delimiter),
                    self._tails(added, dialect),
                )
                for chunk, added in self._results(into_columns=False)
            )
            delimited.write_text_table(stream, header, dialect, self.names, rows)

    def _records(self, chunk: ArrowChunk, delimiter: str) -> list[str]:
        columns = texts_of(chunk.batch, self.plan_geometry)
        return [delimited.joined(fields, delimiter) + "\n" for fields in zip(*columns, strict=True)]

    @property
    def plan_geometry(self) -> str | None:
        """The column of geometries, whether positions are taken from it or not."""
        return None if isinstance(self._table, delimited.TextTable) else self._table.geometry

    def _tails(self, added: Added, dialect: delimited.Dialect) -> list[str]:
        delimiter = dialect.delimiter
        columns = as_texts(added, self._plain)
        columns = [
            [delimited.quoted(text, delimiter) if text else "" for text in column] if name == "problem" else column
            for name, column in zip(self._plain, columns, strict=True)
        ]
        return [delimiter + delimiter.join(fields) for fields in zip(*columns, strict=True)]

    def write_columns(self, draft: Path, ending: str) -> None:
        """Write typed columns: texts of a delimited text stay texts."""
        import pyarrow as pa  # noqa: PLC0415 - loaded only for such tables

        table = self._table
        names = list(table.names)
        if len(set(names)) < len(names):
            twice = sorted({name for name in names if names.count(name) > 1})
            raise InputError(f"more than one column is called {', '.join(map(repr, twice))}: rename them, or write CSV")
        held = (
            pa.schema([(name, pa.string()) for name in names])
            if isinstance(table, delimited.TextTable)
            else table.schema
        )
        geometry = self.plan_geometry
        wanted = ending not in {".parquet"}
        made = geometry is None and wanted
        if made and columnar.GEOMETRY in names:
            raise InputError("the input has a column called 'geometry' that is no geometry: rename it")
        schema = added_schema(held, self.names, self._plain)
        if made:
            schema = schema.append(pa.field(columnar.GEOMETRY, pa.binary()))

        def batches() -> Iterator[pa.RecordBatch]:
            for chunk, added in self._results(into_columns=True):
                batch = text_batch(chunk, held) if isinstance(chunk, TextChunk) else chunk.batch
                columns = [*batch.columns, *arrow_results(added, self._plain)]
                if made:
                    columns.append(points_of(chunk, self.plan))
                yield pa.RecordBatch.from_arrays(columns, schema=schema)

        if ending in PARQUET_ENDINGS:
            metadata = columnar.point_metadata() if made else getattr(table, "metadata", {}) or None
            if geometry is not None and not metadata:
                metadata = columnar.point_metadata(geometry, ())
            columnar.write_parquet(draft, schema, batches(), metadata)
        else:
            columnar.write_vector(draft, schema, batches(), geometry or columnar.GEOMETRY)


def _plan(table: delimited.TextTable | columnar.ColumnTable, options: Options) -> tuple[Plan, tuple[str, ...]]:
    geometry = None if isinstance(table, delimited.TextTable) else table.geometry
    names = [name for name in table.names if name != geometry]
    unused: tuple[str, ...] = ()
    if geometry is not None and options.lon is None and options.lat is None:
        columns = None
        unused = _beside_geometry(names)
    else:
        columns = find_positions(names, options.lon, options.lat)
        geometry = None
    radius_column = options.radius_column
    if radius_column is not None:
        require(names, radius_column, "--radius-column")
    read_codes = options.codes and radius_column is None
    codes = find_code_column(names, options.radii) if read_codes else None
    return Plan(columns, geometry, codes, radius_column, options.decimal, options.digits), unused


def _beside_geometry(names: Sequence[str]) -> tuple[str, ...]:
    """Columns of positions that stand beside a geometry."""
    try:
        found = find_positions(names, needed=False)
    except InputError:
        return ("more than one pair of columns",)
    return (found.lon, found.lat) if found else ()


def _refuse_target(source: Path, target: Path) -> None:
    if target.exists() and source.exists() and target.samefile(source):
        raise UsageError(f"{target} is the input itself: write to another file")
    if target.exists() and not target.is_file():
        raise UsageError(f"{target} is no regular file: give the name of a file to write")


@contextmanager
def _beside(target: Path, ending: str) -> Iterator[Path]:
    """A draft in a folder of its own beside the target, moved there when it is whole.

    Where the target is a symbolic link, the file that it names is replaced and the link stays. The folder takes with it
    what a format writes beside its file.
    """
    final = Path(os.path.realpath(target))
    folder = final.with_name(f".{final.name}.{secrets.token_hex(8)}.part")
    try:
        folder.mkdir()
    except OSError as error:
        raise UsageError(f"cannot write {target}: {error.strerror}; choose another file or folder") from error
    draft = folder / f"batch{ending}"
    try:
        yield draft
        draft.replace(final)
    except OSError as error:
        raise UsageError(f"cannot write {target}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _text_file(draft: Path, encoding: str, *, packed: bool) -> Iterator[io.TextIOWrapper]:
    with draft.open("xb") as raw:
        # A name and a time in the packed file would make each run another one.
        unpacked: Any = gzip.GzipFile("", "wb", 6, raw, mtime=0) if packed else raw
        stream = io.TextIOWrapper(unpacked, encoding=encoding, errors="surrogateescape", newline="")
        yield stream
        stream.flush()
        stream.detach()
        if packed:
            unpacked.close()
