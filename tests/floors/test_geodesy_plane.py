"""The two geodesic problems, the frame, stations and followed edges."""

import numpy as np
import pytest
import shapely

from geoinc.errors import GeometryError
from geoinc.geodesy import Edges, Frame, Line, direct, follow, inverse, nearest, stations


def test_azimuths_lie_in_one_turn():
    _, azimuth, azimuth_at_2 = inverse(0.0, 0.0, [0.0, 1.0, 0.0, -1.0, -1e-13], [1.0, 0.0, -1.0, 0.0, 1.0])
    assert azimuth[:4].tolist() == [0.0, 90.0, 180.0, 270.0]
    assert ((azimuth >= 0) & (azimuth < 360)).all()
    assert ((azimuth_at_2 >= 0) & (azimuth_at_2 < 360)).all()


def test_there_and_back():
    chance = np.random.default_rng(1)
    lon, lat = chance.uniform(-180, 180, 500), chance.uniform(-89, 89, 500)
    azimuth, distance_m = chance.uniform(0, 360, 500), chance.uniform(1, 1.9e7, 500)
    end = direct(lon, lat, azimuth, distance_m)
    assert np.abs(inverse(lon, lat, *end)[0] - distance_m).max() < 1e-7
    onward = inverse(lon, lat, *end)[2]
    back = direct(*end, onward + 180.0, distance_m)
    assert inverse(lon, lat, *back)[0].max() < 1e-7
    assert ((end[0] >= -180) & (end[0] < 180)).all()


def test_unknown_and_scalar_input():
    distance, azimuth, azimuth_at_2 = inverse([np.nan, 0.0], 0.0, 1.0, 0.0)
    assert np.isnan([distance[0], azimuth[0], azimuth_at_2[0]]).all()
    assert not np.isnan(distance[1])
    assert inverse(0.0, 0.0, 1.0, 1.0)[0].shape == ()


@pytest.mark.parametrize("centre", [(2.9, 19.9), (179.9, -16.0), (10.0, 85.0)])
def test_frame_there_and_back(centre):
    frame = Frame(*centre)
    plane = shapely.box(-50_000, -50_000, 50_000, 50_000)
    globe = frame.to_globe(plane)
    assert shapely.hausdorff_distance(frame.to_plane(globe), plane) < 1e-6
    assert globe.is_valid
    lon, lat = globe.exterior.coords[0]
    assert inverse(*centre, lon, lat)[0] == pytest.approx(50_000 * np.sqrt(2), abs=1e-6)
    assert abs(lon - centre[0]) < 20


@pytest.mark.parametrize("distance_m", [1_000, 100_000, 2_000_000])
@pytest.mark.parametrize("lat", [0.0, 45.0, 90.0])
def test_frame_is_no_worse_than_it_says(distance_m, lat):
    frame = Frame(0.0, lat)
    turn = np.arange(0.0, 360.0, 10.0)
    step_deg = 1e-4
    one, other = direct(0.0, lat, turn, distance_m), direct(0.0, lat, turn + step_deg, distance_m)
    drawn = distance_m * np.radians(step_deg)
    error = drawn / inverse(*one, *other)[0] - 1
    assert error.max() <= frame.scale_error(distance_m) + 1e-6
    assert error.max() >= 0.95 * frame.scale_error(distance_m) - 1e-6 or lat != 0.0


def test_frame_refuses_what_is_no_centre():
    with pytest.raises(GeometryError):
        Frame(np.nan, 0.0)
    with pytest.raises(GeometryError):
        Frame(0.0, 91.0)
    with pytest.raises(GeometryError):
        Frame(0.0, 0.0).scale_error(2e7)


@pytest.mark.parametrize("edges", Edges)
def test_stations_stand_close_enough_and_on_every_vertex(edges):
    parts = [[(0.0, 60.0), (5.0, 60.0), (5.0, 61.0)], [(7.0, 60.0), (7.0, 60.0), (7.5, 60.1)]]
    line = Line(parts, edges)
    lon, lat = stations(line, 10_000.0)
    places = set(zip(lon.tolist(), lat.tolist(), strict=True))
    assert {vertex for part in parts for vertex in part} <= places
    gap = inverse(lon[:-1], lat[:-1], lon[1:], lat[1:])[0]
    assert np.sort(gap)[-2] <= 10_000.0 + 1e-6
    assert gap.max() > 50_000
    assert nearest(line, lon, lat).distance_m.max() < 1e-6
    with pytest.raises(GeometryError):
        stations(line, 0.0)


def test_following_keeps_kinds_vertices_and_shared_edges():
    west = shapely.box(0, 20, 8, 26)
    east = shapely.box(8, 20, 16, 26)
    polygons = shapely.MultiPolygon([west])
    assert follow(polygons, Edges.GEODESIC, tolerance_m=10).geom_type == "MultiPolygon"
    hollow = shapely.Polygon(west.exterior, [shapely.box(2, 22, 4, 24).exterior])
    followed = follow(hollow, Edges.GEODESIC, tolerance_m=10)
    assert len(followed.interiors) == 1
    assert set(hollow.exterior.coords) <= set(followed.exterior.coords)
    both = shapely.union(follow(west, Edges.GEODESIC, tolerance_m=1), follow(east, Edges.GEODESIC, tolerance_m=1))
    assert both.geom_type == "Polygon"
    assert len(both.interiors) == 0
    short = shapely.LineString([(0, 0), (0.01, 0.01)])
    assert follow(short, Edges.GEODESIC, tolerance_m=1) is short
    point = shapely.Point(1, 1)
    assert follow(point, Edges.GEODESIC, tolerance_m=1) is point


def test_following_at_the_antimeridian():
    jump = follow(shapely.LineString([(170, 60), (-170, 60)]), Edges.GEODESIC, tolerance_m=100)
    lon = np.array(jump.coords)[:, 0]
    assert (np.abs(np.diff(lon)) > 180).sum() == 1
    assert (lon >= -180).all()
    assert (lon < 180).all()
    along = follow(shapely.LineString([(180, 10), (180, 60), (170, 60)]), Edges.GEODESIC, tolerance_m=100)
    assert (np.array(along.coords)[:, 0] >= 169).all()


@pytest.mark.parametrize("tolerance_m", [0.0, -1.0, np.nan, np.inf])
def test_wrong_tolerances_are_refused(tolerance_m):
    with pytest.raises(GeometryError, match="tolerance"):
        follow(shapely.LineString([(0, 0), (1, 1)]), Edges.GEODESIC, tolerance_m=tolerance_m)
