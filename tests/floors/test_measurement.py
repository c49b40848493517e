"""Measurements of one position, their range over a printed cell, and the spread over sources."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoinc.boundaries import open_border
from geoinc.envelope import envelope
from geoinc.errors import UnknownBoundaryError
from geoinc.geodesy import direct, inverse, nearest
from geoinc.measurement import Sense, find_crossing, measure_position, signed_distances_m
from geoinc.notation import Reading
from geoinc.ranges import cell_radius_m, crossing_interval_m, separation_interval_m, signed_interval_m

BORDER = open_border("MLI", "DZA")


def reading(lon, lat, half_lon, half_lat):
    return Reading(lon, lat, half_lon, half_lat, "decimal", "")


@settings(max_examples=25, deadline=None)
@given(
    st.floats(1.5, 4.0),
    st.floats(19.2, 21.0),
    st.floats(1e-6, 0.2),
    st.floats(1e-6, 0.2),
    st.integers(0, 2**32 - 1),
)
def test_range_over_a_cell_holds_every_position_in_it_and_is_tight(lon, lat, half_lon, half_lat, seed):
    cell = reading(lon, lat, half_lon, half_lat)
    line = BORDER["wdb2"]
    interval = signed_interval_m(line, cell, "MLI")
    random = np.random.default_rng(seed)
    lons = lon + half_lon * random.uniform(-1, 1, 200)
    lats = lat + half_lat * random.uniform(-1, 1, 200)
    sampled = signed_distances_m(line, lons, lats, "MLI")
    if interval is None:
        return
    assert interval.low <= sampled.min()
    assert interval.high >= sampled.max()
    middle = signed_distances_m(line, [lon], [lat], "MLI")[0]
    radius_m = cell_radius_m(cell)
    assert middle - radius_m * 1.002 - 0.002 <= interval.low <= interval.high <= middle + radius_m * 1.002 + 0.002


def test_a_cell_over_a_third_state_has_no_range():
    assert signed_interval_m(BORDER["osm"], reading(4.27, 19.14, 0.05, 0.05), "MLI") is None


def test_signed_distance_changes_sign_with_the_side_asked_for():
    lon, lat = [2.89, 2.89], [19.87, 20.3]
    towards_mali = signed_distances_m(BORDER["osm"], lon, lat, "MLI")
    towards_algeria = signed_distances_m(BORDER["osm"], lon, lat, "DZA")
    assert towards_mali[0] > 0 > towards_mali[1]
    np.testing.assert_array_equal(towards_mali, -towards_algeria)


def test_on_the_line_the_signed_distance_is_zero():
    lon, lat = np.array(BORDER["osm"].line.coords[700]) if BORDER["osm"].line.geom_type == "LineString" else (0, 0)
    assert signed_distances_m(BORDER["osm"], [lon], [lat], "MLI")[0] == 0.0


def test_third_state_has_no_territory_but_a_distance():
    found = measure_position(BORDER, 5.5, 18.8, senses=[Sense.SHORTEST])[0]
    assert found.territory is None
    assert found.signed_distance_m is None
    assert found.distance_m > 0
    assert found.why == "the position lies in neither territory by this source"


def test_outside_the_ground_that_is_held():
    found = measure_position(BORDER, 29.0, 45.0)
    assert all(each.distance_m is None and "outside the ground" in each.why for each in found)


def test_meridian_that_meets_no_line():
    found = measure_position(BORDER, 6.5, 20.0, senses=[Sense.MERIDIAN])[0]
    assert found.distance_m is None
    assert "does not meet" in found.why


def test_heading_needs_a_bearing():
    with pytest.raises(ValueError, match="needs a bearing"):
        measure_position(BORDER, 2.89, 19.87, senses=[Sense.HEADING])


def test_heading_due_north_is_the_meridian():
    meridian = measure_position(BORDER, 2.89, 19.87, senses=[Sense.MERIDIAN])
    heading = measure_position(BORDER, 2.89, 19.87, senses=[Sense.HEADING], bearing_deg=0.0)
    for one, other in zip(meridian, heading, strict=True):
        if one.azimuth_deg == 0.0:
            assert one.distance_m == pytest.approx(other.distance_m, abs=1e-3)


def test_stretch_of_a_bearing_within_a_margin_of_the_line():
    line = BORDER["osm"]
    crossing = find_crossing(line, Sense.MERIDIAN, 2.894, 19.868)
    interval = crossing_interval_m(line, crossing, 2.894, 19.868, 700.0)
    assert interval.low < crossing.distance_m < interval.high
    for end_m in (interval.low, interval.high):
        lon, lat = direct(2.894, 19.868, 0.0, end_m)
        assert float(nearest(line.polyline(), float(lon), float(lat)).distance_m) == pytest.approx(700.0, abs=1.1)


def test_envelope_names_its_voices_and_what_it_leaves_out():
    measurements = measure_position(BORDER, 2.893917, 19.867983)
    spread = envelope(BORDER, measurements)
    assert set(spread.sources) == {"osm-2026c", "dcw", "wdb2", "ne-10m"}
    assert set(spread.left_out) == {"osm-2020", "osm-2017", "ne-110m"}
    assert spread.minimum_m < spread.median_m < spread.maximum_m
    assert spread.agree
    assert spread.territory == "MLI"


def test_the_twin_town_lies_on_different_sides_by_source():
    measurements = measure_position(BORDER, 2.88278, 19.96278, senses=[Sense.SHORTEST])
    sides = {each.source: each.territory for each in measurements}
    assert sides["osm-2026c"] == "MLI"
    assert {sides["wdb2"], sides["dcw"], sides["ne-10m"]} == {"DZA"}
    assert not any(each.fit for each in measurements)


def test_rounding_the_town_changes_the_side():
    town = measure_position(BORDER, 2.96667, 19.95333, senses=[Sense.SHORTEST])[0]
    rounded = measure_position(BORDER, 2.97, 19.95, senses=[Sense.SHORTEST])[0]
    assert (town.territory, rounded.territory) == ("DZA", "MLI")


def test_unknown_source():
    with pytest.raises(UnknownBoundaryError):
        BORDER["nonesuch"]


@settings(max_examples=40, deadline=None)
@given(
    st.floats(-179.0, 179.0),
    st.floats(-80.0, 80.0),
    st.floats(-2.0, 2.0),
    st.floats(-2.0, 2.0),
    st.tuples(*[st.floats(1e-7, 0.3)] * 4),
    st.integers(0, 2**32 - 1),
)
def test_range_of_a_separation_holds_every_pair_of_positions(lon, lat, dlon, dlat, halves, seed):
    one = reading(lon, lat, halves[0], halves[1])
    other = reading((lon + dlon + 180) % 360 - 180, lat + dlat, halves[2], halves[3])
    interval = separation_interval_m(one, other)
    random = np.random.default_rng(seed)
    corners = np.array(list(itertools.product([-1.0, 1.0], repeat=4))).T
    signs = np.hstack([corners, random.uniform(-1.0, 1.0, size=(4, 300))])
    distances = inverse(
        one.lon_deg + signs[0] * halves[0],
        one.lat_deg + signs[1] * halves[1],
        other.lon_deg + signs[2] * halves[2],
        other.lat_deg + signs[3] * halves[3],
    )[0]
    assert interval.low <= distances.min()
    assert interval.high >= distances.max()
    assert interval.high - distances.max() < 0.002
