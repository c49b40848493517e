"""From the rows of a table to positions that can be measured, and the reasons for those that cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from geoinc.batch.chunks import Chunk
from geoinc.batch.columns import PositionColumns
from geoinc.batch.measuring import Positions
from geoinc.batch.numbers import POINT
from geoinc.batch.radii import Scheme, read_codes, read_metres

if TYPE_CHECKING:
    from geoinc.batch.chunks import ArrowChunk

__all__ = ["Places", "Plan", "read_places"]

Array = NDArray[np.float64]

_POINT_TYPE: Final = 0
_MULTIPOINT_TYPE: Final = 4


@dataclass(frozen=True, slots=True)
class Plan:
    """Where in a table positions and their accuracy stand.

    Attributes
    ----------
    columns : PositionColumns or None
        Longitude and latitude; None where the geometry is taken.
    geometry : str or None
        The column of points in WKB.
    codes : tuple of str and Scheme, or None
        The column that codes how exactly a place is known.
    radius_column : str or None
        A column of accuracies in metres.
    decimal : str
        The decimal sign of printed degrees.
    digits : bool
        Whether printed digits make a cell.
    """

    columns: PositionColumns | None
    geometry: str | None = None
    codes: tuple[str, Scheme] | None = None
    radius_column: str | None = None
    decimal: str = POINT
    digits: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """What the rows of a chunk say of their positions.

    Attributes
    ----------
    positions : Positions
        Those of the rows that can be measured.
    rows : ndarray of int
        Their rows.
    unreadable : dict of int to str
        Why other rows cannot be measured.
    unplaced : dict of int to str
        Why rows can be measured and their side not be told: the place itself is not known.
    """

    positions: Positions
    rows: NDArray[np.intp]
    unreadable: dict[int, str]
    unplaced: dict[int, str]


def read_places(chunk: Chunk, plan: Plan) -> Places:
    """Read the positions of a chunk.

    Notes
    -----
    A position outside the range of degrees is not brought into it. Latitude and longitude both 0 are taken as missing:
    programs write them so, and no border held is near.
    """
    if plan.columns is None:
        lon, lat, problems = _from_geometry(chunk, plan)
        half_lon = half_lat = np.zeros(chunk.count)
    else:
        east = chunk.degrees(plan.columns.lon, "longitude", plan.decimal)
        north = chunk.degrees(plan.columns.lat, "latitude", plan.decimal)
        lon, lat = east.value, north.value
        half_lon, half_lat = (east.half_width, north.half_width) if plan.digits else (np.zeros(chunk.count),) * 2
        both = sorted({*east.problems, *north.problems})
        problems = {
            row: "; ".join(dict.fromkeys(each[row] for each in (north.problems, east.problems) if row in each))
            for row in both
        }
        problems = {row: _no_position(why) for row, why in problems.items()}
    problems |= _out_of_range(lon, lat, problems)
    problems |= chunk.broken
    accuracy, unplaced = _accuracy(chunk, plan)
    unplaced = {row: why for row, why in unplaced.items() if row not in problems}
    bad = np.zeros(chunk.count, dtype=bool)
    bad[list(problems)] = True
    rows = np.flatnonzero(~bad)
    positions = Positions(lon[rows], lat[rows], half_lon[rows], half_lat[rows], accuracy[rows])
    return Places(positions, rows, problems, unplaced)


def _no_position(why: str) -> str:
    return "no position" if why == "no latitude; no longitude" else why


def _out_of_range(lon: Array, lat: Array, known: dict[int, str]) -> dict[int, str]:
    """Reasons for positions that are none, apart from those that have one already."""
    odd = ~(np.abs(lat) <= 90) | ~(np.abs(lon) <= 180) | ((lat == 0) & (lon == 0))
    return {
        row: _odd_position(float(lon[row]), float(lat[row])) for row in np.flatnonzero(odd).tolist() if row not in known
    }


def _odd_position(lon: float, lat: float) -> str:
    if lat == 0 and lon == 0:
        return "latitude and longitude are both 0, which programs also write where a position is missing"
    if 90 < abs(lat) <= 180 and abs(lon) <= 90:
        return f"the latitude {lat:g} is beyond 90; exchanged, latitude and longitude would be in range: a likely swap"
    if abs(lat) > 180 or abs(lon) > 360:
        return f"latitude {lat:g} and longitude {lon:g} are no degrees: coordinates of a projection, perhaps"
    if abs(lat) > 90:
        return f"the latitude {lat:g} is beyond 90"
    return f"the longitude {lon:g} is beyond 180: write longitudes from -180 to 180"


def _from_geometry(chunk: Chunk, plan: Plan) -> tuple[Array, Array, dict[int, str]]:
    import shapely  # noqa: PLC0415 - loaded only for tables with a geometry

    batch: ArrowChunk = chunk  # type: ignore[assignment]  # only Arrow tables have a geometry
    column = batch.batch.column(plan.geometry)
    shapes = shapely.from_wkb(np.array(column.to_pylist(), dtype=object), on_invalid="ignore")
    kinds = shapely.get_type_id(shapes)
    single = (kinds == _MULTIPOINT_TYPE) & (shapely.get_num_geometries(shapes) == 1)
    shapes = np.where(single, shapely.get_geometry(shapes, 0), shapes)
    point = ((kinds == _POINT_TYPE) | single) & ~shapely.is_empty(shapes)
    lon, lat = (np.where(point, each(np.where(point, shapes, None)), np.nan) for each in (shapely.get_x, shapely.get_y))
    problems = {}
    for row in np.flatnonzero(np.isnan(lon) | np.isnan(lat)).tolist():
        shape = shapes[row]
        missing = shape is None or shape.is_empty or point[row]
        problems[row] = "no position" if missing else f"a {shape.geom_type} is no position: give points"
    return lon, lat, problems


def _accuracy(chunk: Chunk, plan: Plan) -> tuple[Array, dict[int, str]]:
    if plan.radius_column is not None:
        found = read_metres(chunk.values(plan.radius_column), plan.radius_column)
    elif plan.codes is not None:
        column, scheme = plan.codes
        values: Sequence[Any] = chunk.values(column)
        found = read_codes(values, scheme, column)
    else:
        return np.zeros(chunk.count), {}
    return found.accuracy_m, found.problems
