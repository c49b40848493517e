"""Crossings of meridians and bearings: cases done by hand."""

import numpy as np
import pytest

from geoinc.errors import GeometryError
from geoinc.geodesy import Edges, Line, heading_crossing, inverse, meridian_crossing

every_kind = pytest.mark.parametrize("edges", Edges)


def test_latitude_of_each_kind_of_edge():
    ends = [(0.0, 60.0), (40.0, 60.0)]
    met = {edges: meridian_crossing(Line([ends], edges), 20.0, 50.0) for edges in Edges}
    assert met[Edges.PLANAR].lat_deg == 60.0
    assert met[Edges.RHUMB].lat_deg == pytest.approx(60.0, abs=1e-12)
    # The geodesic between points of one parallel is highest in its middle, where it runs due east.
    top = met[Edges.GEODESIC].lat_deg
    assert 61.4 < top < 61.6
    half, azimuth, _ = inverse(20.0, top, 40.0, 60.0)
    assert azimuth == pytest.approx(90.0, abs=1e-9)
    assert half * 2 == pytest.approx(float(inverse(*ends[0], *ends[1])[0]), abs=1e-6)
    # A rhumb line is straight in the isometric latitude.
    slanted = meridian_crossing(Line([[(0.0, 0.0), (20.0, 50.0)]], Edges.RHUMB), 10.0, 0.0)
    e = np.sqrt(0.0066943799901413165)

    def isometric(lat):
        sine = np.sin(np.radians(lat))
        return np.arctanh(sine) - e * np.arctanh(e * sine)

    assert isometric(slanted.lat_deg) == pytest.approx(isometric(50.0) / 2, abs=1e-13)


@every_kind
def test_the_nearer_of_two_crossings_to_north_and_south(edges):
    line = Line([[(0.0, 10.0), (2.0, 10.0)], [(0.0, 14.0), (2.0, 14.0)]], edges)
    north, south = meridian_crossing(line, 1.0, 12.5), meridian_crossing(line, 1.0, 11.5)
    assert (north.azimuth_deg, north.edge_index) == (0.0, 1)
    assert (south.azimuth_deg, south.edge_index) == (180.0, 0)
    assert north.lon_deg == 1.0
    assert north.distance_m == pytest.approx(float(inverse(1.0, 12.5, 1.0, north.lat_deg)[0]), abs=1e-9)
    assert meridian_crossing(line, 2.5, 12.0) is None
    assert meridian_crossing(line, -179.0, 12.0) is None


@every_kind
def test_vertices_and_edges_on_the_meridian(edges):
    line = Line([[(0.0, 10.0), (1.0, 11.0), (1.0, 13.0), (2.0, 14.0)]], edges)
    assert meridian_crossing(line, 0.0, 9.0).lat_deg == 10.0
    assert meridian_crossing(line, 2.0, 15.0).lat_deg == 14.0
    assert meridian_crossing(line, 1.0, 10.0).lat_deg == 11.0
    inside = meridian_crossing(line, 1.0, 12.25)
    assert (inside.lat_deg, inside.distance_m, inside.edge_index) == (12.25, 0.0, 1)


@every_kind
def test_across_the_antimeridian(edges):
    line = Line([[(179.0, 10.0), (-179.0, 10.0)]], edges)
    for lon in (180.0, -180.0, 179.5, -179.5, 180.5):
        assert meridian_crossing(line, lon, 9.0).distance_m == pytest.approx(110_500, rel=0.01)
    assert meridian_crossing(line, 0.0, 9.0) is None


def test_over_the_pole():
    line = Line([[(0.0, 80.0), (180.0, 80.0)]], Edges.GEODESIC)
    assert meridian_crossing(line, 90.0, 70.0).lat_deg == 90.0
    assert meridian_crossing(line, 0.0, 85.0).distance_m == 0.0
    assert meridian_crossing(line, 0.0, 75.0).lat_deg == 80.0


@every_kind
def test_bearings(edges):
    line = Line([[(1.0, -1.0), (1.0, 1.0)], [(2.0, -1.0), (2.0, 1.0)]], edges)
    east = heading_crossing(line, 0.0, 0.0, 90.0, 500_000.0)
    assert east.edge_index == 0
    assert east.distance_m == pytest.approx(111_319.490_793, abs=1e-5)
    assert heading_crossing(line, 0.0, 0.0, 450.0, 500_000.0).azimuth_deg == 90.0
    assert heading_crossing(line, 0.0, 0.0, 90.0, 100_000.0) is None
    assert heading_crossing(line, 0.0, 0.0, 270.0, 500_000.0) is None
    assert heading_crossing(line, 0.0, 0.0, 0.0, 500_000.0) is None
    between = heading_crossing(line, 1.5, 0.0, 270.0, 500_000.0)
    assert between.lon_deg == pytest.approx(1.0, abs=1e-9)
    assert heading_crossing(line, 1.0, 0.5, 77.0, 0.0).distance_m == 0.0


@every_kind
def test_bearings_through_vertices(edges):
    line = Line([[(1.0, -1.0), (1.0, 0.0), (2.0, 0.0)]], edges)
    assert heading_crossing(line, 0.0, 0.0, 90.0, 500_000.0).lon_deg == pytest.approx(1.0, abs=1e-9)
    touched = heading_crossing(line, 1.0, 1.0, 180.0, 500_000.0)
    assert (touched.lat_deg, touched.edge_index) == (pytest.approx(0.0, abs=1e-9), 0)


@pytest.mark.parametrize(
    "wrong", [(np.nan, 0.0, 0.0, 1.0), (0.0, 91.0, 0.0, 1.0), (0.0, 0.0, np.inf, 1.0), (0.0, 0.0, 0.0, -1.0)]
)
def test_wrong_input_is_refused(wrong):
    with pytest.raises(GeometryError):
        heading_crossing(Line([[(1.0, -1.0), (1.0, 1.0)]], Edges.PLANAR), *wrong)
