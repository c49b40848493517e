"""Ways of libraries that measure on a sphere, and PyGeodesy on the ellipsoid."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from benchmarks.ways.way import Measure, Way

__all__ = ["WAYS"]

Array = NDArray[np.float64]


def s2(vertices: Array) -> Measure:
    """S2 by spherely, on a sphere of its mean radius."""
    import spherely  # noqa: PLC0415 (not everybody's)

    line = spherely.create_linestring(vertices.tolist())
    return lambda lon, lat: np.asarray(spherely.distance(spherely.points(lon, lat), line))


def vectors(vertices: Array) -> Measure:
    """PyGeodesy's n-vectors on a sphere."""
    from pygeodesy import sphericalNvector  # noqa: PLC0415 (not everybody's)

    places = [sphericalNvector.LatLon(lat, lon) for lon, lat in vertices.tolist()]

    def measure(lon: Array, lat: Array) -> Array:
        found = [
            sphericalNvector.LatLon(*at).nearestOn3(places, closed=False)[1]
            for at in zip(lat.tolist(), lon.tolist(), strict=True)
        ]
        return np.array(found)

    return measure


def karney(vertices: Array) -> Measure:
    """PyGeodesy's search along each geodesic edge, the nearest of them taken."""
    from pygeodesy import ellipsoidalKarney  # noqa: PLC0415 (not everybody's)

    places = [ellipsoidalKarney.LatLon(lat, lon) for lon, lat in vertices.tolist()]

    def measure(lon: Array, lat: Array) -> Array:
        found = []
        for at in zip(lat.tolist(), lon.tolist(), strict=True):
            here = ellipsoidalKarney.LatLon(*at)
            feet = [here.nearestOn(one, other, within=True) for one, other in itertools.pairwise(places)]
            found.append(min(here.distanceTo(foot) for foot in feet))
        return np.array(found)

    return measure


GREAT_CIRCLES = "great circles on a sphere"

WAYS = (
    Way(id="spherely", name="spherely (S2)", edges=GREAT_CIRCLES, packages=("spherely",), set_up=s2),
    Way(
        id="pygeodesy-nvector",
        name="PyGeodesy `sphericalNvector.nearestOn3`",
        edges=GREAT_CIRCLES,
        packages=("pygeodesy",),
        set_up=vectors,
        counts={"coarse": 30, "osm": 1},
        judged={"coarse": 300, "osm": 8},
    ),
    Way(
        id="pygeodesy-karney",
        name="PyGeodesy `ellipsoidalKarney.nearestOn`, every edge",
        edges="geodesics",
        packages=("pygeodesy", "geographiclib"),
        set_up=karney,
        counts={"coarse": 30, "osm": 1},
        judged={"coarse": 300, "osm": 8},
    ),
)
