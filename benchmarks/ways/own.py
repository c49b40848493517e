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


def distances(vertices: Array, *, edges: str) -> Measure:
    """`geoinc.distances` with its line prepared anew; it gives the side, the nearest point and the azimuth, too."""
    line = shapely.LineString(vertices)
    return lambda lon, lat: geoinc.distances(lon, lat, line, edges=edges).distance_m


NUMPY = ("geoinc", "numpy", "pyproj")

WAYS = (
    Way(
        id="geoinc",
        name="**geoinc**, geodesic edges",
        edges="geodesics",
        packages=NUMPY,
        set_up=partial(distances, edges="geodesic"),
        own=True,
    ),
    Way(
        id="geoinc-planar",
        name="**geoinc**, planar edges",
        edges="straight in longitude and latitude",
        packages=NUMPY,
        set_up=partial(distances, edges="planar"),
        own=True,
    ),
)
