"""The territorial sea of a state: 12 nautical miles from its coast, and what that leaves open.

TAKEN since 11:12, see tools/boundaries/coast.py: this goes on in geoinc/territorial_sea.py; please do not wire it in.

References
----------
United Nations Convention on the Law of the Sea (1982), articles 3 (12 nautical miles), 5 (normal baseline: the
low-water line), 7 (straight baselines), 15 (states with opposite or adjacent coasts).
P. Wessel and W. H. F. Smith, "A global, self-consistent, hierarchical, high-resolution shoreline database",
*Journal of Geophysical Research* 101 (1996) 8741-8743.
"""

from __future__ import annotations

import io
import json
import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoinc.boundaries.catalogue import Catalogue, load_catalogue
from geoinc.boundaries.world import read_member
from geoinc.errors import UnknownBoundaryError
from geoinc.geodesy import Edges, Line, inverse, nearest

__all__ = ["COAST_ACCURACY_M", "LIMIT_M", "SEA_CAVEAT", "SeaMeasurement", "SeaOutcome", "coastal_states", "measure_sea"]

Array = NDArray[np.float64]

COAST_FILE: Final = "lgpl/coast-gshhg-h.zip"
_STEP_DEG: Final = 1e-5
LIMIT_M: Final = 22_224.0
"""12 nautical miles."""
_DOCUMENTED_95_M: Final = 500.0 * math.sqrt(math.log(0.05) / math.log(0.10))
_SIMPLIFIED_M: Final = 200.0
COAST_ACCURACY_M: Final = math.hypot(_DOCUMENTED_95_M, _SIMPLIFIED_M)
"""At 95 %: 500 m at 90 % for the World Vector Shoreline, and the 200 m to which this resolution is simplified."""
SEA_CAVEAT: Final = (
    "Counted from the coast itself. Straight baselines (UNCLOS, article 7), closing lines of bays and low-tide "
    "elevations move the limit seaward and are not held: a position found within is within at least, one found beyond "
    "may be within nevertheless. Where the coasts of two states are less than 24 nautical miles apart, article 15 "
    "draws a line between them, which is not held either. Islands more than some 30 km off every coast in Natural "
    "Earth are not given to any state."
)


class SeaOutcome(StrEnum):
    """Where a position lies with regard to a state's territorial sea.

    ``LAND``: landward of its coast. ``WITHIN``: nearer to the coast than the limit, the coast's accuracy allowed for.
    ``BEYOND``: further from the coast than the limit; baselines that are not held may still reach it.
    ``INDETERMINATE``: nearer to the limit, or to the coast, than the coast and the position are exact.
    """

    LAND = "land"
    WITHIN = "within"
    BEYOND = "beyond"
    INDETERMINATE = "indeterminate"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeaMeasurement:
    """A position against the territorial sea of a state.

    Attributes
    ----------
    territory : str
    distance_m, azimuth_deg : float
        To the nearest point of the coast.
    nearest_lon_deg, nearest_lat_deg : float
        That point.
    landward : bool
        Whether the position lies on the land's side of the coast.
    to_limit_m : float or None
        How far the position lies inside the limit, negative beyond it; None on land.
    accuracy_m : float
        Of the coast, at 95 %.
    outcome : SeaOutcome
    others : tuple of (str, float)
        Other states whose coast is within 12 nautical miles as well, with the distance, the nearest first.
    """

    territory: str
    distance_m: float
    azimuth_deg: float
    nearest_lon_deg: float
    nearest_lat_deg: float
    landward: bool
    to_limit_m: float | None
    accuracy_m: float
    outcome: SeaOutcome
    others: tuple[tuple[str, float], ...]


def coastal_states(*, catalogue: Catalogue | None = None) -> tuple[str, ...]:
    """Return the codes of the states whose coast is held, sorted."""
    held = load_catalogue() if catalogue is None else catalogue
    return tuple(sorted({code for codes in _cells(held).values() for code in codes}))


def measure_sea(
    lon_deg: float,
    lat_deg: float,
    territory: str,
    *,
    cell_m: float = 0.0,
    position_m: float = 0.0,
    catalogue: Catalogue | None = None,
) -> SeaMeasurement:
    """Measure a position against the territorial sea of a state.

    Parameters
    ----------
    lon_deg, lat_deg : float
        WGS 84 degrees.
    territory : str
        ISO 3166-1 alpha-3 code.
    cell_m : float
        How far the true position may lie from this one and print the same, in metres.
    position_m : float
        The accuracy stated with the position, at 95 %, in metres.
    catalogue : Catalogue, optional
        Another catalogue than the bundled one.

    Raises
    ------
    UnknownBoundaryError
        If no coast of this territory is held.

    Examples
    --------
    >>> found = measure_sea(29.0, 44.0, "ROU")
    >>> found.outcome.value, round(found.distance_m / 1000)
    ('beyond', 26)
    """
    held = load_catalogue() if catalogue is None else catalogue
    found = nearest(_coast_near(held, territory, lon_deg, lat_deg), lon_deg, lat_deg)
    distance_m = float(found.distance_m)
    # GSHHG walks round land with the land on its right hand.
    landward = int(found.side) < 0
    return SeaMeasurement(
        territory=territory,
        distance_m=distance_m,
        azimuth_deg=float(found.azimuth_deg),
        nearest_lon_deg=float(found.lon_deg),
        nearest_lat_deg=float(found.lat_deg),
        landward=landward,
        to_limit_m=None if landward else LIMIT_M - distance_m,
        accuracy_m=COAST_ACCURACY_M,
        outcome=_outcome(distance_m, cell_m + math.hypot(COAST_ACCURACY_M, position_m), landward=landward),
        others=_others(held, territory, lon_deg, lat_deg),
    )


def _outcome(distance_m: float, doubt_m: float, *, landward: bool) -> SeaOutcome:
    if distance_m <= doubt_m:
        return SeaOutcome.INDETERMINATE
    if landward:
        return SeaOutcome.LAND
    if distance_m + doubt_m <= LIMIT_M:
        return SeaOutcome.WITHIN
    return SeaOutcome.BEYOND if distance_m - doubt_m > LIMIT_M else SeaOutcome.INDETERMINATE


def _others(catalogue: Catalogue, territory: str, lon_deg: float, lat_deg: float) -> tuple[tuple[str, float], ...]:
    up = LIMIT_M / 110_000.0
    across = up / max(math.cos(math.radians(min(abs(lat_deg) + up, 89.0))), 0.01)
    codes = {
        code
        for x in range(math.floor(lon_deg - across), math.floor(lon_deg + across) + 1)
        for y in range(math.floor(lat_deg - up), math.floor(lat_deg + up) + 1)
        for code in _cells(catalogue).get(f"{(x + 180) % 360 - 180},{y}", ())
    } - {territory}
    found = {
        code: float(nearest(_coast_near(catalogue, code, lon_deg, lat_deg), lon_deg, lat_deg).distance_m)
        for code in codes
    }
    return tuple(
        sorted(((code, way) for code, way in found.items() if way <= LIMIT_M), key=lambda item: (item[1], item[0]))
    )


def _coast_near(catalogue: Catalogue, territory: str, lon_deg: float, lat_deg: float) -> Line:
    """Return the edges of a coast that may hold the point nearest to a position."""
    lon, lat, joined = _coast(catalogue, territory)
    away = inverse(np.full_like(lon, lon_deg), np.full_like(lat, lat_deg), lon, lat)[0]
    length = inverse(lon[:-1], lat[:-1], lon[1:], lat[1:])[0]
    # No point of an edge is nearer than its nearer end by more than its length.
    kept = np.flatnonzero(joined & (length > 0) & (np.minimum(away[:-1], away[1:]) - length <= away.min()))
    runs = np.split(kept, np.flatnonzero(np.diff(kept) != 1) + 1)
    return Line([np.column_stack([lon[run[0] : run[-1] + 2], lat[run[0] : run[-1] + 2]]) for run in runs], Edges.PLANAR)


@cache
def _coast(catalogue: Catalogue, territory: str) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Vertices of a whole coast, and whether each is joined to the next."""
    if territory not in coastal_states(catalogue=catalogue):
        raise UnknownBoundaryError(
            f"no coast of {territory} is held: give the ISO 3166-1 alpha-3 code of a state with a coast, as ROU"
        )
    steps, lengths = (
        np.load(io.BytesIO(read_member(catalogue, COAST_FILE, member)), allow_pickle=False)
        for member in (f"{territory}.npy", f"{territory}-parts.npy")
    )
    vertices = np.cumsum(steps.astype(np.int64), axis=0) * _STEP_DEG
    joined = np.ones(len(vertices) - 1, dtype=bool)
    joined[np.cumsum(lengths)[:-1] - 1] = False
    return vertices[:, 0].copy(), vertices[:, 1].copy(), joined


@cache
def _cells(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    cells = json.loads(read_member(catalogue, COAST_FILE, "cells.json"))
    return {cell: tuple(codes) for cell, codes in cells.items()}
