"""What is proved of the way between timed positions, against ways that were really gone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import Phase, assume, example, given, settings
from hypothesis import strategies as st

import geoinc
from geoinc.geodesy import direct, inverse
from geoinc.geodesy.legs import legs_through
from geoinc.passage import Moments, Place, deepest, spend, straight_way
from geoinc.tracks.tracking import follow_track

SPEED_M_S = 60.0
SIDES = {"MLI": Place.FIRST, "DZA": Place.SECOND}


@pytest.fixture(scope="module")
def border():
    return geoinc.boundary("MLI", "DZA", only=["dcw"])


@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate])
@example([(1.75, 20.3125), (2.0, 19.0)], [(0.0, 0.0, 1.0), (0.0, 0.0, 0.0)], 2.0)
@given(
    st.lists(st.tuples(st.floats(1.0, 3.5), st.floats(19.0, 21.0)), min_size=2, max_size=3, unique=True),
    st.lists(st.tuples(st.floats(0.0, 1.0), st.floats(0.0, 360.0), st.floats(0.0, 1.0)), min_size=2, max_size=2),
    st.floats(1.02, 2.5),
)
def test_no_way_at_the_greatest_speed_leaves_the_bounds(border, places, turns, slack):
    """Each leg goes by a place somewhere within reach, at the greatest speed, and waits there for what time is left."""
    line, legs = border["dcw"], legs_through(*np.array(places).T)
    assume((legs.length_m > 100.0).all())
    at_s = np.concatenate([[0.0], np.cumsum(slack * legs.length_m / SPEED_M_S)])
    moments = Moments(at_s, at_s)
    gone, waits = [places[0]], []
    for leg, (share, turn, reach) in zip(range(legs.length_m.size), turns, strict=False):
        spare_m = (slack - 1.0) * float(legs.length_m[leg])
        lon, lat = legs.at(np.array([leg]), np.array([share * legs.length_m[leg]]))
        # Out by half of what is to spare and back leaves no more than the leg allows.
        by = direct(float(lon[0]), float(lat[0]), turn, reach * spare_m / 2)
        gone += [(float(by[0]), float(by[1])), places[leg + 1]]
        ends = np.array([places[leg], gone[-2], places[leg + 1]])
        gone_m = inverse(ends[:-1, 0], ends[:-1, 1], ends[1:, 0], ends[1:, 1])[0].sum()
        waits.append((at_s[leg + 1] - at_s[leg]) - gone_m / SPEED_M_S)
    way = straight_way(line, legs_through(*np.array(gone).T))
    assert min(waits) > -1e-6
    track = follow_track(border, legs.lon, legs.lat, moments, greatest_speed_m_s=SPEED_M_S)
    for code, side in SIDES.items():
        waited_s = sum(
            wait for leg, wait in enumerate(waits) if way.place[np.flatnonzero(way.leg == 2 * leg)[-1]] == side
        )
        inside_s = way.lengths_m()[side] / SPEED_M_S + waited_s
        bare = spend(line.rings(code), legs, np.zeros(legs.lon.size), moments, SPEED_M_S)
        granted = track.by_source["dcw"].time_inside_s[code]
        for least_s, most_s in ((bare.least_s, bare.most_s), (granted.least_s, granted.most_s)):
            assert least_s - 1e-3 <= inside_s <= most_s + 1e-3
        found = deepest(line.polyline(), way, side)
        if found is not None:
            assert bare.most_s > 0
            assert found.distance_m <= track.by_source["dcw"].greatest_depth_m[code] + 1e-3
        if bool(np.all(bare.stayed_out)):
            assert found is None
