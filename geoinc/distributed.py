"""Positions in a data frame of Dask against a border: the batch of one machine, spread over many.

Each partition is measured by `geoinc.batch.measure_chunk`, the function that `geoinc batch` uses, on plain columns:
no geometry travels. A worker opens the border once and keeps it.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from geoinc.batch import ArrowChunk, Ruler, added_names, measure_chunk
from geoinc.batch.columns import find_code_column, find_positions
from geoinc.batch.places import Plan
from geoinc.batch.radii import RadiusTable
from geoinc.batch.results import is_text
from geoinc.boundaries.own import OwnFile, open_border_with_own, read_files
from geoinc.errors import UsageError
from geoinc.geodesy import Edges

if TYPE_CHECKING:
    import dask.dataframe as dd
    import pandas as pd

__all__ = ["measure_frame"]

TEXT: Final = "string[pyarrow]"
"""Of added text: Dask cannot write a frame whose text is held as any object."""


def measure_frame(
    frame: dd.DataFrame,
    between: tuple[str, str],
    *,
    lon: str | None = None,
    lat: str | None = None,
    territory: str | None = None,
    only: Sequence[str] | None = None,
    edges: Edges | str | None = None,
    boundaries: Sequence[OwnFile] = (),
    radii: RadiusTable | None = None,
    codes: bool = True,
    radius_column: str | None = None,
    by_source: bool = False,
    prefix: str = "",
) -> dd.DataFrame:
    """Add to a data frame of Dask the columns that ``geoinc batch`` adds to a file.

    Parameters
    ----------
    frame : dask.dataframe.DataFrame
        Positions in two columns of WGS 84 degrees, as numbers, or as text with the cells of its digits.
    between : tuple of str
        ISO 3166-1 alpha-3 codes of the border's territories; signed distances are positive in the first.
    lon, lat : str, optional
        The columns; by default found by their names.
    territory : str, optional
        The side that is claimed for every position; by default the one that the first source finds.
    only : sequence of str, optional
        Ids of sources or of lineages to keep.
    edges : Edges or str, optional
        One interpretation of all edges.
    boundaries : sequence of OwnFile
        Boundary files of your own; every worker must be able to read them under the same path.
    radii : RadiusTable, optional
        A table of your own from codes to radii; by default that of ACLED, UCDP or GDELT if its column is there.
    codes : bool
        Whether to read such codes at all.
    radius_column : str, optional
        A column of accuracies in metres, in place of codes.
    by_source : bool
        Whether to add what each source says.
    prefix : str
        Set before the name of each added column.

    Returns
    -------
    dask.dataframe.DataFrame
        The same rows, index and partitions. Nothing is computed yet.

    Raises
    ------
    UsageError
        If Dask is not installed, a column is not there, or a name to add is taken.
    InputError
        If the columns of the positions cannot be told.
    UnknownBoundaryError
        If no source holds the border.
    """
    pandas = _require("pandas")
    _require("dask.dataframe")
    _require("pyarrow")
    names = [str(name) for name in frame.columns]
    columns = find_positions(names, lon, lat)
    read_codes = codes and radius_column is None
    plan = Plan(columns, codes=find_code_column(names, radii) if read_codes else None, radius_column=radius_column)
    asked = (
        tuple(between),
        territory,
        tuple(only) if only else None,
        Edges(edges) if edges else None,
        tuple(boundaries),
    )
    plain = added_names(_ruler(*asked), by_source=by_source)
    added = [prefix + name for name in plain]
    taken = sorted(set(added) & set(names))
    if taken:
        raise UsageError(f"the frame has columns called {', '.join(taken)} already: give prefix='new_', for example")
    new = {
        name: pandas.Series(dtype=TEXT if is_text(kind) else "float64") for name, kind in zip(added, plain, strict=True)
    }
    meta = frame._meta.assign(**new)
    partitions: Any = frame
    measured: dd.DataFrame = partitions.map_partitions(
        _measure_partition, asked, plan, added, by_source=by_source, meta=meta
    )
    return measured


@lru_cache(maxsize=8)
def _ruler(
    between: tuple[str, str],
    territory: str | None,
    only: tuple[str, ...] | None,
    edges: Edges | None,
    boundaries: tuple[OwnFile, ...],
) -> Ruler:
    """The border, opened once in each process."""
    added = read_files(boundaries, [between])[between]
    return Ruler(open_border_with_own(*between, only=only, added=added), territory=territory, edges=edges)


def _measure_partition(
    part: pd.DataFrame, asked: tuple[Any, ...], plan: Plan, names: Sequence[str], *, by_source: bool
) -> pd.DataFrame:
    """Measure one partition, a plain data frame."""
    import pandas as pd  # noqa: PLC0415 - loaded where the work is done
    import pyarrow as pa  # noqa: PLC0415

    needed = [name for name in (plan.columns and plan.columns.lon, plan.columns and plan.columns.lat) if name]
    needed += [name for name in (plan.codes and plan.codes[0], plan.radius_column) if name]
    batch = pa.RecordBatch.from_pandas(part[list(dict.fromkeys(needed))], preserve_index=False)
    found = measure_chunk(_ruler(*asked), plan, ArrowChunk(batch), by_source=by_source)
    added = {
        name: pd.array(values, dtype=TEXT) if is_text(kind) else values
        for name, (kind, values) in zip(names, found.columns.items(), strict=True)
    }
    return part.assign(**added)


def _require(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise UsageError(
            f'this needs {module.partition(".")[0]}: install it with pip install "geoinc[distributed]"'
        ) from error
