"""How deep a straight way goes into a territory: the greatest distance from the line on its stretches there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoinc.geodesy import Line, nearest
from geoinc.geodesy.legs import Legs
from geoinc.passage.straight import Place, Stretches

__all__ = ["Deepest", "deepest"]

Array = NDArray[np.float64]
Index = NDArray[np.intp]

SETTLED_M: Final = 0.5
SETTLED_SHARE: Final = 1e-5
GOLDEN: Final = (5**0.5 - 1) / 2
NARROWINGS: Final = 32


@dataclass(frozen=True, slots=True)
class Deepest:
    """The place of a straight way that lies furthest from the line, inside one territory.

    Attributes
    ----------
    distance_m : float
        From the line.
    leg : int
        From which position on, counted from 0.
    along_leg_m : float
    lon_deg, lat_deg : float
    nearest_lon_deg, nearest_lat_deg : float
        The point of the line nearest to it.
    """

    distance_m: float
    leg: int
    along_leg_m: float
    lon_deg: float
    lat_deg: float
    nearest_lon_deg: float
    nearest_lat_deg: float


def deepest(line: Line, way: Stretches, place: Place) -> Deepest | None:
    """Find where a straight way is furthest from a line, among its stretches on one ground.

    Parameters
    ----------
    line : Line
        The border.
    way : Stretches
    place : Place
        Which ground.

    Returns
    -------
    Deepest or None
        None where no stretch lies there. No other place of these stretches is deeper by more than half a metre, or
        by more than a hundred-thousandth of the depth.

    Notes
    -----
    The distance to a line changes by no more than the way gone, so that on a stretch of length s whose ends lie d1
    and d2 from the line it is (d1 + d2 + s) / 2 at most. Stretches are halved for as long as that bound allows
    anything deeper; the neighbourhood of the best place is then searched by golden sections.
    """
    inside = way.place == place
    leg, low, high = way.leg[inside], way.start_m[inside], way.end_m[inside]
    if not leg.size:
        return None
    low_m, high_m = (_distance_m(line, way.legs, leg, at) for at in (low, high))
    best = _best(leg, low, low_m, _best(leg, high, high_m, None))
    ends = np.column_stack([low, high])
    while leg.size:
        settled = max(SETTLED_M, SETTLED_SHARE * best[0])
        keep = (low_m + high_m + high - low) / 2 > best[0] + settled
        leg, low, high, low_m, high_m = (each[keep] for each in (leg, low, high, low_m, high_m))
        if not leg.size:
            break
        middle = (low + high) / 2
        middle_m = _distance_m(line, way.legs, leg, middle)
        if middle_m.max() > best[0]:
            best = _best(leg, middle, middle_m, best)
        leg = np.tile(leg, 2)
        low, high = np.concatenate([low, middle]), np.concatenate([middle, high])
        low_m, high_m = np.concatenate([low_m, middle_m]), np.concatenate([middle_m, high_m])
    found_in = int(np.flatnonzero((way.leg[inside] == best[1]) & (ends[:, 0] <= best[2]) & (best[2] <= ends[:, 1]))[0])
    return _told(line, way.legs, best[1], _narrowed(line, way.legs, best, ends[found_in]))


def _best(
    leg: Index, along_m: Array, distance_m: Array, best: tuple[float, int, float] | None
) -> tuple[float, int, float]:
    item = int(distance_m.argmax())
    found = float(distance_m[item]), int(leg[item]), float(along_m[item])
    return found if best is None or found[0] > best[0] else best


def _distance_m(line: Line, legs: Legs, leg: Index, along_m: Array) -> Array:
    lon, lat = legs.at(leg, along_m)
    return np.asarray(nearest(line, lon, lat).distance_m)


def _narrowed(line: Line, legs: Legs, best: tuple[float, int, float], ends: Array) -> float:
    """The way along the leg to the deepest place near the best one."""
    depth_m, leg, along_m = best
    reach_m = 2 * max(SETTLED_M, SETTLED_SHARE * depth_m)
    low, high = max(float(ends[0]), along_m - reach_m), min(float(ends[1]), along_m + reach_m)
    legs_at = np.array([leg, leg])
    for _ in range(NARROWINGS):
        places = np.array([high - GOLDEN * (high - low), low + GOLDEN * (high - low)])
        first, second = _distance_m(line, legs, legs_at, places)
        low, high = (float(places[0]), high) if first < second else (low, float(places[1]))
    tried = np.array([along_m, low, high])
    return float(tried[_distance_m(line, legs, np.full(3, leg), tried).argmax()])


def _told(line: Line, legs: Legs, leg: int, along_m: float) -> Deepest:
    lon, lat = legs.at(np.array([leg]), np.array([along_m]))
    foot = nearest(line, lon, lat)
    return Deepest(
        distance_m=float(foot.distance_m[0]),
        leg=leg,
        along_leg_m=along_m,
        lon_deg=float(lon[0]),
        lat_deg=float(lat[0]),
        nearest_lon_deg=float(foot.lon_deg[0]),
        nearest_lat_deg=float(foot.lat_deg[0]),
    )
