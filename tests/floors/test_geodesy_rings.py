"""Inside of rings: each reading of an edge, poles, the antimeridian."""

import numpy as np
import pytest
import shapely

from geoinc.errors import GeometryError
from geoinc.geodesy import Edges, Line, encloses

every_kind = pytest.mark.parametrize("edges", Edges)


def test_each_reading_has_its_own_inside():
    """Between the parallel and the geodesic over it the answer depends on how the edge is read."""
    ring = [(0.0, 60.0), (40.0, 60.0), (20.0, 50.0), (0.0, 60.0)]
    inside = {edges: encloses(Line([ring], edges), 20.0, [59.9, 61.0, 62.0]).tolist() for edges in Edges}
    assert inside[Edges.PLANAR] == [True, False, False]
    assert inside[Edges.RHUMB] == [True, False, False]
    assert inside[Edges.GEODESIC] == [True, True, False]


@every_kind
def test_holes_and_islands_in_any_direction(edges):
    def square(low, high):
        return [(low, low), (high, low), (high, high), (low, high), (low, low)]

    rings = Line([square(0, 9), square(2, 7)[::-1], square(4, 5)], edges)
    assert encloses(rings, [1.0, 3.0, 4.5, 8.0, 10.0], [1.0, 3.0, 4.5, 8.0, 1.0]).tolist() == [
        True,
        False,
        True,
        True,
        False,
    ]


@every_kind
def test_meridians_through_vertices_are_counted_once(edges):
    diamond = Line([[(0.0, -2.0), (2.0, 0.0), (0.0, 2.0), (-2.0, 0.0), (0.0, -2.0)]], edges)
    lon, lat = [0.0, 0.0, 0.0, 2.0, -2.0, -2.0], [0.0, -3.0, 3.0, -1.0, -1.0, 1.0]
    assert encloses(diamond, lon, lat).tolist() == [True, False, False, False, False, False]
    stair = Line([[(0, 0), (3, 0), (3, 1), (2, 1), (2, 2), (1, 2), (1, 3), (0, 3), (0, 0)]], edges)
    assert encloses(stair, [1.0, 2.0, 1.0, 2.0], [1.5, 0.5, 2.5, 1.5]).tolist()[:2] == [True, True]


@every_kind
def test_across_the_antimeridian(edges):
    ring = Line([[(179.0, -1.0), (-179.0, -1.0), (-179.0, 1.0), (179.0, 1.0), (179.0, -1.0)]], edges)
    lon = [180.0, -180.0, 179.5, -179.5, 178.0, -178.0, 0.0, 180.5]
    assert encloses(ring, lon, 0.0).tolist() == [True, True, True, True, False, False, False, True]


@every_kind
def test_round_the_poles(edges):
    arctic = Line([[(lon, 70.0) for lon in (0, 60, 120, 180, -120, -60, 0)]], edges)
    assert encloses(arctic, [13.0, 13.0, 0.0], [89.0, 60.0, 90.0]).tolist() == [True, False, True]
    antarctic = Line([[(lon, -70.0) for lon in (0, -60, -120, 180, 120, 60, 0)]], edges)
    assert encloses(antarctic, [13.0, 13.0, 0.0], [-89.0, -60.0, -90.0]).tolist() == [True, False, True]


def test_a_drawn_antarctica_encloses_its_pole():
    shore = [(lon, -65.0) for lon in range(-180, 181, 30)]
    ring = Line([[*shore, (180.0, -90.0), (-180.0, -90.0), shore[0]]], Edges.PLANAR)
    assert encloses(ring, [10.0, 179.9, -180.0, 10.0], [-80.0, -80.0, -80.0, -60.0]).tolist() == [
        True,
        True,
        True,
        False,
    ]


def test_a_sector_up_to_the_pole():
    ring = [(0.0, 60.0), (90.0, 60.0), (90.0, 90.0), (0.0, 90.0), (0.0, 60.0)]
    for edges in Edges:
        assert encloses(Line([ring], edges), [45.0, -45.0, 100.0], 80.0).tolist() == [True, False, False]


def test_a_geodesic_over_the_pole_bounds_half_a_cap():
    ring = Line([[(0.0, 80.0), (180.0, 80.0), (-90.0, 80.0), (0.0, 80.0)]], Edges.GEODESIC)
    assert encloses(ring, [-45.0, -135.0, 45.0, 135.0], 85.0).tolist() == [True, True, False, False]


def test_a_country_agrees_with_shapely_in_bulk():
    chance = np.random.default_rng(4)
    angle = np.linspace(0, 2 * np.pi, 3_000)
    reach = 5 + np.cumsum(chance.normal(0, 0.01, 3_000)) * np.sin(angle / 2)
    polygon = shapely.Polygon(np.column_stack([reach * np.cos(angle), 20 + reach * np.sin(angle)]))
    lon, lat = chance.uniform(-7, 7, 50_000), chance.uniform(13, 27, 50_000)
    found = encloses(Line.from_geometry(polygon, Edges.PLANAR), lon, lat)
    assert np.array_equal(found, shapely.contains_xy(polygon, lon, lat))


def test_unknown_positions_are_not_inside_and_open_parts_are_refused():
    ring = Line([[(0, 0), (1, 0), (1, 1), (0, 0)]], Edges.PLANAR)
    assert encloses(ring, [np.nan, 0.6], [0.1, 0.1]).tolist() == [False, True]
    assert encloses(ring, 0.6, 0.1).shape == ()
    with pytest.raises(GeometryError, match="part 0 is not closed"):
        encloses(Line([[(0, 0), (1, 0), (1, 1)]], Edges.PLANAR), 0.5, 0.5)
