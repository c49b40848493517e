"""Length and time inside, with the line anywhere within its accuracy: by hand, and against dense samples."""

from __future__ import annotations

import math

import numpy as np
import pytest

import geoinc
from geoinc.geodesy import Edges, Line, inverse, nearest
from geoinc.geodesy.legs import legs_through
from geoinc.passage import Moments, Place, straight_way
from geoinc.passage.rim import ground_rims
from geoinc.passage.straight import Stretches
from geoinc.passage.unsettled import find_unsettled

MERIDIAN = Line([[(3.0, -10.0), (3.0, 10.0)]], Edges.GEODESIC)
REACH_M = 1_500.0


def cut_by_meridian(lon, lat):
    """A way cut where it crosses the meridian of 3 degrees: west of it is the first ground, east the second."""
    legs = legs_through(lon, lat)
    leg, start, end, place = [], [], [], []
    for at, length in enumerate(legs.length_m.tolist()):
        inner = []
        if (lon[at] < 3.0) != (lon[at + 1] < 3.0):
            low, high = 0.0, length
            for _ in range(60):
                middle = (low + high) / 2
                west = float(legs.at(np.array([at]), np.array([middle]))[0][0]) < 3.0
                low, high = (middle, high) if west == (lon[at] < 3.0) else (low, middle)
            inner = [low]
        sides = [Place.FIRST if lon[end_at] < 3.0 else Place.SECOND for end_at in (at, at + 1)]
        bounds = [0.0, *inner, length]
        leg += [at] * (len(bounds) - 1)
        start += bounds[:-1]
        end += bounds[1:]
        place += sides if inner else sides[:1]
    return Stretches(legs, np.array(leg), np.array(start), np.array(end), np.array(place, dtype=np.int8))


def of_meridian(lon, lat, reach_m=REACH_M):
    rims = {Place.FIRST: [MERIDIAN], Place.SECOND: [MERIDIAN]}
    return find_unsettled(cut_by_meridian(lon, lat), rims, lambda leg, *_: np.full(leg.size, reach_m))


@pytest.mark.parametrize("angle_deg", [90.0, 45.0, 20.0])
def test_a_line_crossed_at_an_angle_is_open_for_twice_the_reach_over_its_sine(angle_deg):
    """Both cross at the equator, 40 km from either end, where a sphere's radius of 6371 km bends nothing visibly."""
    ends = [geoinc.geodesy.direct(3.0, 0.0, angle_deg + turn, 40_000.0)[:2] for turn in (180.0, 0.0)]
    lon, lat = ([float(end[axis]) for end in ends] for axis in (0, 1))
    found = of_meridian(lon, lat).lengths_m()
    half_m = REACH_M / math.sin(math.radians(angle_deg))
    for place in (Place.FIRST, Place.SECOND):
        assert found[place] == pytest.approx((40_000.0 - half_m, 40_000.0 + half_m), abs=4.0)


@pytest.mark.parametrize(("away_m", "open_m"), [(1_000.0, 10_000.0), (1_600.0, 0.0)])
def test_a_way_that_comes_near_without_crossing(away_m, open_m):
    """Ten kilometres along the line, 1 km or 1.6 km to the west of it."""
    west = 3.0 - away_m / inverse(2.0, 0.0, 3.0, 0.0)[0]
    north = 10_000.0 / 110_574.4
    found = of_meridian([west, west], [0.0, north]).lengths_m()
    assert found[Place.FIRST] == pytest.approx((10_000.0 - open_m, 10_000.0), abs=2.0)
    assert found[Place.SECOND] == pytest.approx((0.0, open_m), abs=2.0)


def test_an_unknown_reach_leaves_all_open():
    found = of_meridian([2.0, 4.0], [0.0, 0.0], np.inf).lengths_m()
    whole = float(inverse(2.0, 0.0, 4.0, 0.0)[0])
    assert found[Place.FIRST] == found[Place.SECOND] == pytest.approx((0.0, whole))


def test_times_take_the_printed_times_and_the_line_at_their_worst():
    """Square over the line in 80 minutes, the first and the last time each half a minute off."""
    ends = [geoinc.geodesy.direct(3.0, 0.0, azimuth, 40_000.0)[:2] for azimuth in (270.0, 90.0)]
    lon, lat = ([float(end[axis]) for end in ends] for axis in (0, 1))
    middle_s = np.array([0.0, 4_800.0])
    found = of_meridian(lon, lat).times_s(Moments(middle_s - 30.0, middle_s + 30.0))
    # 38.5 km of 80 in a minute less than 80, 41.5 km in a minute more.
    expected = 4_740.0 * 38.5 / 80.0, 4_860.0 * 41.5 / 80.0
    assert found[Place.FIRST] == pytest.approx(expected, abs=0.5)
    assert found[Place.SECOND] == pytest.approx(expected, abs=0.5)


def test_standing_still_near_the_line_may_be_on_either_side():
    near, far = of_meridian([2.99, 2.99], [0.0, 0.0]), of_meridian([2.9, 2.9], [0.0, 0.0])
    moments = Moments(np.array([0.0, 600.0]), np.array([0.0, 600.0]))
    assert near.times_s(moments)[Place.FIRST] == near.times_s(moments)[Place.SECOND] == (0.0, 600.0)
    assert far.times_s(moments)[Place.FIRST] == (600.0, 600.0)
    assert far.times_s(moments)[Place.SECOND] == (0.0, 0.0)


@pytest.fixture(scope="module")
def border():
    return geoinc.boundary("MLI", "DZA", only=["dcw"])


def test_against_dense_samples(border):
    """What lies within reach of the border, or of a third country's, in steps of 20 m."""
    line, legs = border["dcw"], legs_through([2.0, 2.5, 3.0, 2.9, 4.2], [19.5, 19.9, 19.6, 20.4, 19.0])
    way = straight_way(line, legs)
    rims = ground_rims(line)
    found = find_unsettled(way, rims, lambda leg, *_: np.full(leg.size, REACH_M)).lengths_m()
    count = np.ceil(legs.length_m / 20.0).astype(int)
    leg = np.repeat(np.arange(count.size), count)
    step = np.arange(leg.size) - np.repeat(np.cumsum(count) - count, count)
    length = legs.length_m[leg] / count[leg]
    lon, lat = legs.at(leg, (step + 0.5) * length)
    for place in (Place.FIRST, Place.SECOND, Place.NEITHER):
        off_m = np.min([nearest(one, lon, lat).distance_m for one in rims[place]], axis=0)
        within = np.zeros(leg.size, dtype=bool)
        for at in np.flatnonzero(way.place == place):
            along = (step + 0.5) * length
            within |= (way.leg[at] == leg) & (way.start_m[at] <= along) & (along < way.end_m[at])
        low, high = length[within & (off_m > REACH_M)].sum(), length[within | (off_m <= REACH_M)].sum()
        assert found[place] == pytest.approx((low, high), abs=150.0)


def test_the_track_takes_the_accuracy_at_the_place(border):
    """The documented accuracy of the source, that of the positions, and their cells."""
    ends = [3.0, 2.9], [19.6, 20.4]
    bare, coarse = (
        geoinc.track(*ends, border=border, accuracy_m=accuracy_m, cell_m=cell_m).by_source["dcw"]
        for accuracy_m, cell_m in ((0.0, 0.0), (3_000.0, 500.0))
    )
    for code in border.pair:
        narrow, wide = (each.length_inside_interval_m[code] for each in (bare, coarse))
        assert wide.low < narrow.low < bare.length_inside_m[code] < narrow.high < wide.high
    source_m = geoinc.boundaries.accuracy_at(border, "dcw", 2.95, 19.95, 0.0).value_m
    spread = [each.length_inside_interval_m["MLI"].high - each.length_inside_interval_m["MLI"].low
              for each in (bare, coarse)]  # fmt: skip
    assert spread[1] / spread[0] == pytest.approx((math.hypot(source_m, 3_000.0) + 500.0) / source_m, rel=0.1)


def test_the_rim_of_the_data_is_no_line_that_may_be_elsewhere(border):
    """Straight south out of the window, far from any border."""
    found = geoinc.track([-1.0, -1.0], [17.0, 15.5], border=border).by_source["dcw"]
    assert found.length_elsewhere_m["uncovered"] > 50_000
    inside = found.length_inside_interval_m["MLI"]
    assert inside.low == pytest.approx(inside.high)
    assert inside.low == pytest.approx(found.length_inside_m["MLI"])
