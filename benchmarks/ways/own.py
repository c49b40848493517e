"""geoinc itself, through its public function."""

from __future__ import annotations

from functools import partial

import numpy as np
import shapely
from numpy.typing import NDArray

import geoinc
from benchmarks.ways.way import Measure, Way

__all__ = ["WAYS"]

Array = NDArray[np.float64]

NUMPY = ("numpy", "pyproj", "shapely")
FAST = (*NUMPY, "numba")
LON_LAT = "straight in longitude and latitude"


def distances(vertices: Array, *, edges: str, engine: str) -> Measure:
    """`geoinc.distances`, which prepares its line anew and gives side, nearest point and azimuth as well."""
    line = shapely.LineString(vertices)
    return lambda lon, lat: geoinc.distances(lon, lat, line, edges=edges, engine=engine).distance_m


WAYS = (
    Way(
        id="geoinc-fast",
        name="**geoinc[fast]**, geodesic edges",
        edges="geodesics",
        packages=FAST,
        set_up=partial(distances, edges="geodesic", engine="compiled"),
        own=True,
    ),
    Way(
        id="geoinc-fast-planar",
        name="**geoinc[fast]**, planar edges",
        edges=LON_LAT,
        packages=FAST,
        set_up=partial(distances, edges="planar", engine="compiled"),
        own=True,
    ),
    Way(
        id="geoinc",
        name="**geoinc**, geodesic edges",
        edges="geodesics",
        packages=NUMPY,
        set_up=partial(distances, edges="geodesic", engine="numpy"),
        own=True,
    ),
    Way(
        id="geoinc-planar",
        name="**geoinc**, planar edges",
        edges=LON_LAT,
        packages=NUMPY,
        set_up=partial(distances, edges="planar", engine="numpy"),
        own=True,
    ),
)
