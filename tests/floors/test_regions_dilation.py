"""Widened shapes keep to their distance, where the library underneath does not."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from geoinc.boundaries import open_border
from geoinc.regions import View
from geoinc.regions.dilation import grown, only_areas, quarter_segments
from geoinc.regions.ground import line_near


def bow(seed):
    """A line that bends gently and trembles a little: what GEOS straightens before it widens."""
    random = np.random.default_rng(seed)
    x = np.linspace(-20_000, 20_000, random.integers(20, 2_000))
    wide = random.uniform(-3_000, 3_000) * np.sin(x / random.uniform(1_000, 9_000))
    fine = random.uniform(0, 60) * np.sin(x / random.uniform(100, 900))
    return shapely.LineString(np.column_stack([x, wide + fine])), random.uniform(200, 12_000)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("first_m", [0.0, 1_500.0])
def test_rim_keeps_its_distance(seed, first_m):
    line, distance_m = bow(seed)
    source = line if first_m == 0 else grown(line, first_m, 0.1)
    shape = grown(source, distance_m, 0.1)
    rim = shapely.get_coordinates(shapely.segmentize(shape.boundary, 50.0))
    off = shapely.distance(shapely.points(rim), source) - distance_m
    assert np.abs(off).max() < 0.5
    assert shape.is_valid


def test_widening_step_by_step_does_not_drift():
    """A band widened in many steps: without drawing back, GEOS ends up more than 100 m outside."""
    view = View(2.9057, 19.911, 45_000.0)
    line = line_near(open_border("MLI", "DZA")["wdb2"], view, None, 20_000.0)
    shape, steps = line, [500, 500, 1000, 2000, 4000, 1450]
    raw = line
    for step in steps:
        shape = grown(shape, step, 0.05)
        raw = shapely.buffer(raw, step, quad_segs=quarter_segments(step, 0.05))

    def worst(geometry):
        rim = shapely.get_coordinates(shapely.segmentize(geometry.boundary, 100.0))
        return float((shapely.distance(shapely.points(rim), line) - sum(steps)).max())

    assert worst(raw) > 50.0
    assert worst(shape) < 0.5


def test_only_areas_keeps_polygons_of_nested_collections():
    nested = shapely.GeometryCollection(
        [shapely.MultiPolygon([shapely.box(0, 0, 1, 1)]), shapely.Point(3, 3), shapely.box(5, 5, 6, 6)]
    )
    assert only_areas(nested).area == 2.0
    assert only_areas(shapely.Point(0, 0)).is_empty
