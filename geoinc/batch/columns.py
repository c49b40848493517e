"""Which columns of a table hold the positions, and how exactly they are coded; found by name, or told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from geoinc.batch.radii import SCHEMES, RadiusTable, Scheme
from geoinc.errors import InputError, UsageError

__all__ = ["LATITUDES", "LONGITUDES", "PositionColumns", "find_code_column", "find_positions", "require"]

LONGITUDES: Final = ("lon", "longitude", "long", "lng", "lon_deg", "longitude_deg")
LATITUDES: Final = ("lat", "latitude", "lat_deg", "latitude_deg")
_FAMILIES: Final = ((LONGITUDES, LATITUDES), (("x",), ("y",)), (("actiongeo_long",), ("actiongeo_lat",)))
MOST_LISTED: Final = 12


@dataclass(frozen=True, slots=True)
class PositionColumns:
    """The columns that hold longitude and latitude, by name."""

    lon: str
    lat: str


def find_positions(
    names: Sequence[str], lon: str | None = None, lat: str | None = None, *, needed: bool = True
) -> PositionColumns | None:
    """Find the columns of longitude and latitude.

    Parameters
    ----------
    names : sequence of str
        All columns of the table.
    lon, lat : str, optional
        The columns, where they are told; both or none.
    needed : bool
        Whether to raise where no name fits; otherwise None is returned.

    Raises
    ------
    UsageError
        If one is told and not the other, or there is no such column.
    InputError
        If no names fit, or more than one pair does; the message lists the readings.

    Examples
    --------
    >>> find_positions(["id", "Longitude", "Latitude"])
    PositionColumns(lon='Longitude', lat='Latitude')
    """
    if (lon is None) != (lat is None):
        raise UsageError("--lon and --lat go together: name both columns")
    if lon is not None and lat is not None:
        return PositionColumns(require(names, lon, "--lon"), require(names, lat, "--lat"))
    folded = [(name.strip().casefold(), name) for name in names]
    pairs = [
        PositionColumns(east[1], north[1])
        for easts, norths in _FAMILIES
        for east, north in product(folded, folded)
        if east[0] in easts and north[0] in norths
    ]
    if len(pairs) == 1:
        return pairs[0]
    if pairs:
        readings = "; or ".join(f"--lon {pair.lon!r} --lat {pair.lat!r}" for pair in pairs)
        raise InputError(f"more than one pair of columns may hold the positions; say which: {readings}")
    if not needed:
        return None
    raise InputError(
        f"no columns of longitude and latitude were found among {_listed(names)}: name them with --lon COL --lat COL"
    )


def find_code_column(names: Sequence[str], table: RadiusTable | None) -> tuple[str, Scheme] | None:
    """Find the column that codes how exactly a place is known, and what its codes mean.

    Parameters
    ----------
    names : sequence of str
        All columns of the table.
    table : RadiusTable, optional
        The user's own table, which names its column.

    Raises
    ------
    UsageError
        If the user's table names a column that is not there.
    InputError
        If columns of more than one known scheme are there.
    """
    if table is not None:
        return require(names, table.column, "the column of --radii"), table.scheme
    found = [(name, scheme) for scheme in SCHEMES for name in names if name.strip().casefold() == scheme.column]
    if len(found) > 1:
        listed = ", ".join(repr(name) for name, _ in found)
        raise InputError(
            f"more than one column codes how exactly places are known ({listed}): choose one with --radii, or leave "
            "them unread with --radii none"
        )
    return found[0] if found else None


def require(names: Sequence[str], name: str, what: str) -> str:
    """Return a column's name, if the table has it just once.

    Raises
    ------
    UsageError
        If it has none of that name, or several.
    """
    held = list(names).count(name)
    if held == 1:
        return name
    if held:
        raise UsageError(f"{what}: {held} columns are called {name!r}: rename them")
    raise UsageError(f"{what}: there is no column {name!r}; there are {_listed(names)}")


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(repr(name) for name in names[:MOST_LISTED])
    rest = len(names) - MOST_LISTED
    return f"{shown} and {rest} more" if rest > 0 else shown or "none at all"
