"""What must hold for rings, crossings and followed edges."""

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoinc.geodesy import (
    Edges,
    Line,
    direct,
    encloses,
    follow,
    heading_crossing,
    inverse,
    meridian_crossing,
    nearest,
    stations,
)

lattice = st.tuples(st.integers(0, 20), st.integers(0, 20))


@settings(max_examples=200, deadline=None)
@given(st.lists(lattice, min_size=3, max_size=9, unique=True), st.lists(lattice, min_size=1, max_size=20))
def test_planar_rings_hold_what_shapely_says(corners, offsets):
    """On a lattice, where meridians pass through vertices and along edges all the time."""
    polygon = shapely.make_valid(shapely.Polygon([(lon / 4, 18 + lat / 4) for lon, lat in corners]))
    polygon = shapely.MultiPolygon([part for part in shapely.get_parts(polygon) if part.geom_type == "Polygon"])
    if polygon.is_empty:
        return
    lon = np.array([lon for lon, _ in offsets]) / 4
    lat = 18.1 + np.array([lat for _, lat in offsets]) / 4
    clear = shapely.distance(polygon.boundary, shapely.points(lon, lat)) > 1e-9
    found = encloses(Line.from_geometry(polygon, Edges.PLANAR), lon, lat)
    assert np.array_equal(found[clear], shapely.contains_xy(polygon, lon, lat)[clear])


@settings(deadline=None)
@given(
    st.tuples(st.floats(-4, 4), st.floats(17, 27)),
    st.sampled_from(list(Edges)),
    st.floats(0, 359.9),
)
def test_crossings_lie_on_the_line_and_on_the_way(position, edges, bearing):
    line = Line([[(-6.0, 25.0), (-1.0, 21.0), (1.2, 23.0), (6.0, 18.0)]], edges)
    shortest = nearest(line, *position).distance_m
    on_meridian = meridian_crossing(line, *position)
    assert on_meridian is not None
    on_bearing = heading_crossing(line, *position, bearing, 1_500_000.0)
    for crossing in (on_meridian, on_bearing):
        if crossing is None:
            continue
        assert nearest(line, crossing.lon_deg, crossing.lat_deg).distance_m < 1e-6
        assert crossing.distance_m >= shortest - 1e-6
        end = direct(*position, crossing.azimuth_deg, crossing.distance_m)
        assert inverse(*end, crossing.lon_deg, crossing.lat_deg)[0] < 1e-6
    along = heading_crossing(line, *position, on_meridian.azimuth_deg, on_meridian.distance_m + 1.0)
    assert along is not None
    assert abs(along.distance_m - on_meridian.distance_m) < 1e-5


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([Edges.GEODESIC, Edges.RHUMB]),
    st.floats(-180, 170),
    st.floats(-70, 70),
    st.floats(1, 9),
    st.floats(-9, 9),
    st.floats(0.1, 100),
)
def test_followed_edges_stay_within_tolerance(edges, lon, lat, east, north, tolerance_m):
    leg = shapely.LineString([(lon, lat), (lon + east, lat + north)])
    followed = follow(leg, edges, tolerance_m=tolerance_m)
    line = Line.from_geometry(leg, edges)
    at = stations(Line.from_geometry(followed, Edges.PLANAR), leg.length * 2_000)
    assert nearest(line, *at).distance_m.max() < 1.05 * tolerance_m
    back = follow(shapely.reverse(leg), edges, tolerance_m=tolerance_m)
    assert list(back.coords)[::-1] == list(followed.coords)
    assert follow(leg, Edges.PLANAR, tolerance_m=tolerance_m) is leg
