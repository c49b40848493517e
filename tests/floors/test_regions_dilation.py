"""Widened shapes keep to their distance, where the library underneath does not."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from geoinc.regions.dilation import grown, only_areas


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


def test_the_library_alone_would_be_far_off():
    """If this fails, GEOS no longer straightens hollows, and drawing the rim back can go."""
    angle = np.linspace(0.0, 0.2, 60)
    hollow = shapely.LineString(np.column_stack([30_000 * np.sin(angle), -30_000 * np.cos(angle)]))
    above = 10_000.0
    raw = shapely.buffer(hollow, above, quad_segs=200)
    own = grown(hollow, above, 0.1)

    def worst(shape):
        rim = shapely.get_coordinates(shapely.segmentize(shape.boundary, 20.0))
        return float(np.abs(shapely.distance(shapely.points(rim), hollow) - above).max())

    assert worst(raw) > 5.0
    assert worst(own) < 0.3


def test_only_areas_keeps_polygons_of_nested_collections():
    nested = shapely.GeometryCollection(
        [shapely.MultiPolygon([shapely.box(0, 0, 1, 1)]), shapely.Point(3, 3), shapely.box(5, 5, 6, 6)]
    )
    assert only_areas(nested).area == 2.0
    assert only_areas(shapely.Point(0, 0)).is_empty
