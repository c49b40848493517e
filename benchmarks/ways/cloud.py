"""Ways that put points in place of the line: its vertices, or samples along its geodesics, in a tree."""

from __future__ import annotations

from functools import partial

import numpy as np
import pyproj
from numpy.typing import NDArray

from benchmarks.ways.plane import dense
from benchmarks.ways.way import Measure, Way

__all__ = ["WAYS"]

Array = NDArray[np.float64]


def nearest_sample(vertices: Array, *, spacing_m: float | None) -> Measure:
    """Nearest sample through the earth, then the geodesic to it; without a spacing, the vertices alone."""
    from scipy.spatial import cKDTree  # noqa: PLC0415 (not everybody's)

    samples = vertices if spacing_m is None else dense(vertices, spacing_m)
    to_space = pyproj.Transformer.from_crs("EPSG:4979", "EPSG:4978", always_xy=True)
    geod = pyproj.Geod(ellps="WGS84")
    tree = cKDTree(np.column_stack(to_space.transform(samples[:, 0], samples[:, 1], np.zeros(len(samples)))))

    def measure(lon: Array, lat: Array) -> Array:
        _, found = tree.query(np.column_stack(to_space.transform(lon, lat, np.zeros(lon.size))))
        return np.asarray(geod.inv(lon, lat, *samples[found].T)[2])

    return measure


PACKAGES = ("scipy", "pyproj")

WAYS = (
    Way(
        id="vertex",
        name="nearest vertex: KD-tree, then `Geod.inv`",
        edges="none, vertices alone",
        packages=PACKAGES,
        set_up=partial(nearest_sample, spacing_m=None),
    ),
    Way(
        id="tree-100",
        name="KD-tree, line densified to 100 m, then `Geod.inv`",
        edges="samples of geodesics",
        packages=PACKAGES,
        set_up=partial(nearest_sample, spacing_m=100.0),
    ),
    Way(
        id="tree-10",
        name="KD-tree, line densified to 10 m, then `Geod.inv`",
        edges="samples of geodesics",
        packages=PACKAGES,
        set_up=partial(nearest_sample, spacing_m=10.0),
    ),
)
