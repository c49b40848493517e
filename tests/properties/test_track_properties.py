"""What must hold of every track: turned round, cut finer, or with the parties exchanged."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geoinc
from geoinc.geodesy import nearest
from geoinc.geodesy.legs import legs_through
from geoinc.passage import Place, deepest, straight_way
from geoinc.passage.rim import ground_rims
from geoinc.passage.unsettled import find_unsettled

position = st.tuples(st.floats(-3.0, 6.0), st.floats(18.0, 24.5))
tracks = st.lists(position, min_size=2, max_size=5, unique=True)
few = settings(max_examples=12, deadline=None)


@pytest.fixture(scope="module")
def line():
    return geoinc.boundary("MLI", "DZA", only=["dcw"])["dcw"]


def lengths(line, places):
    return straight_way(line, legs_through(*np.array(places).T)).lengths_m()


@pytest.fixture(scope="module")
def rims(line):
    return ground_rims(line)


def intervals(line, rims, places, reach_m):
    way = straight_way(line, legs_through(*np.array(places).T))
    return find_unsettled(way, rims, lambda leg, *_: np.full(leg.size, reach_m)).lengths_m()


@settings(max_examples=5, deadline=None)
@given(tracks, st.floats(50.0, 5_000.0), st.floats(0.05, 0.95))
def test_intervals_stay_when_turned_round_or_cut_and_grow_with_the_reach(line, rims, places, reach_m, share):
    legs = legs_through(*np.array(places).T)
    lon, lat = legs.at(np.array([0]), share * legs.length_m[:1])
    cut = [places[0], (float(lon[0]), float(lat[0])), *places[1:]]
    found, drawn = intervals(line, rims, places, reach_m), lengths(line, places)
    wider = intervals(line, rims, places, 1.5 * reach_m)
    # A span as long as a thousandth of the reach is left open at each end of what is open.
    off_m = 0.1 * reach_m
    for other in (places[::-1], cut):
        again = intervals(line, rims, other, reach_m)
        for place in Place:
            assert again[place] == pytest.approx(found[place], abs=off_m)
    for place in Place:
        low, high = found[place]
        assert 0 <= low <= drawn[place] <= high
        assert wider[place][0] <= low + off_m
        assert wider[place][1] >= high - off_m


@few
@given(tracks)
def test_turned_round_the_lengths_stay(line, places):
    there, back = lengths(line, places), lengths(line, places[::-1])
    for place in Place:
        assert there[place] == pytest.approx(back[place], abs=1e-2)


@few
@given(tracks, st.floats(0.05, 0.95))
def test_a_position_on_a_leg_changes_nothing(line, places, share):
    legs = legs_through(*np.array(places).T)
    lon, lat = legs.at(np.array([0]), share * legs.length_m[:1])
    cut = [places[0], (float(lon[0]), float(lat[0])), *places[1:]]
    before, after = lengths(line, places), lengths(line, cut)
    for place in Place:
        assert before[place] == pytest.approx(after[place], abs=1e-2)
    ways = [straight_way(line, legs_through(*np.array(each).T)) for each in (places, cut)]
    for side in (Place.FIRST, Place.SECOND):
        one, other = (deepest(line.polyline(), way, side) for way in ways)
        assert (one is None) == (other is None)
        if one is not None:
            # Each is right to half a metre, or to a hundred-thousandth.
            assert one.distance_m == pytest.approx(other.distance_m, abs=1.0, rel=2e-5)


@few
@given(tracks)
def test_all_of_the_way_lies_somewhere(line, places):
    way = straight_way(line, legs_through(*np.array(places).T))
    assert sum(way.lengths_m().values()) == pytest.approx(way.legs.length_m.sum(), abs=1e-6)
    for change in way.changes():
        if {change.before, change.after} == {Place.FIRST, Place.SECOND}:
            assert nearest(line.polyline(), change.lon_deg, change.lat_deg).distance_m < 1e-4


@settings(max_examples=4, deadline=None)
@given(tracks)
def test_exchanging_the_parties_exchanges_names_alone(places):
    lon, lat = np.array(places).T
    times = [f"2025-03-31T{number:02d}:00Z" for number in range(0, 4 * len(places), 4)]
    one, other = (
        geoinc.track(lon, lat, times, border=geoinc.boundary(*pair, only=["dcw"]), greatest_speed_m_s=200.0)
        for pair in (("MLI", "DZA"), ("DZA", "MLI"))
    )
    assert dict(one.never_left) == dict(other.never_left)
    assert dict(one.was_inside) == dict(other.was_inside)
    first, second = one.by_source["dcw"], other.by_source["dcw"]
    assert dict(first.length_inside_m) == pytest.approx(dict(second.length_inside_m))
    assert dict(first.length_inside_interval_m) == dict(second.length_inside_interval_m)
    assert first.crossings == second.crossings
    assert dict(first.time_inside_s) == dict(second.time_inside_s)
