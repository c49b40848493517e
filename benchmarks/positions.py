"""The positions that are measured: round the border, half of them evenly from 0 to 200 km, half in all sizes."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import pyproj
from numpy.typing import NDArray

from benchmarks.lines import line

__all__ = ["REACH_M", "positions"]

Array = NDArray[np.float64]

REACH_M: Final = 200_000.0
SEED: Final = 20250401


@cache
def positions(count: int) -> tuple[Array, Array]:
    """Return longitudes and latitudes of positions round the border, rounded to 1e-7 degrees.

    Each is found by walking from a place on the line, chosen evenly along it, in any direction: half of them
    0 to 200 km, evenly, half 1 m to 200 km, evenly in the logarithm.
    """
    chance = np.random.default_rng(SEED)
    geod = pyproj.Geod(ellps="WGS84")
    vertices = line("osm")
    azimuth, _, length = geod.inv(*vertices[:-1].T, *vertices[1:].T)
    edge = chance.choice(length.size, count, p=length / length.sum())
    lon, lat, _ = geod.fwd(vertices[edge, 0], vertices[edge, 1], azimuth[edge], chance.random(count) * length[edge])
    distance = np.where(
        np.arange(count) % 2 == 0,
        chance.uniform(0.0, REACH_M, count),
        np.exp(chance.uniform(0.0, np.log(REACH_M), count)),
    )
    lon, lat, _ = geod.fwd(lon, lat, chance.uniform(0.0, 360.0, count), distance)
    return np.round(lon, 7), np.round(lat, 7)
