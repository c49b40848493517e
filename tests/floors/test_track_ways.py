"""The straight way between positions, cut at borders, and what positions, times and a greatest speed prove of it."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

import geoinc
from geoinc.boundaries import accuracy_at
from geoinc.errors import AmbiguousReadingError, GeometryError, ReadingError
from geoinc.geodesy import Edges, Line, encloses, inverse, nearest
from geoinc.geodesy.legs import legs_through, meet_legs
from geoinc.passage import Place, deepest, straight_way
from geoinc.tracks import read_times
from geoinc.tracks.accuracy import FEW
from geoinc.tracks.tracking import follow_track

ACROSS = [2.0, 2.5, 3.0, 2.9, 3.5, 2.2], [19.5, 19.9, 19.6, 20.4, 20.1, 19.9]
TIMES = [f"2025-03-31T{22 + minute // 60}:{minute % 60:02d}:00Z" for minute in (0, 20, 40, 70, 95, 119)]


@pytest.fixture(scope="module")
def border():
    return geoinc.boundary("MLI", "DZA")


@pytest.fixture(scope="module")
def osm(border):
    return geoinc.boundary("MLI", "DZA", only=["osm-2026c"])


@pytest.fixture(scope="module")
def dcw():
    return geoinc.boundary("MLI", "DZA", only=["dcw"])


def dense(legs, spacing_m):
    """Places all along the way: the leg of each, and how long a step it stands for."""
    count = np.maximum(np.ceil(legs.length_m / spacing_m), 1).astype(int)
    leg = np.repeat(np.arange(count.size), count)
    step = np.arange(leg.size) - np.repeat(np.cumsum(count) - count, count)
    length = legs.length_m[leg] / count[leg]
    return *legs.at(leg, (step + 0.5) * length), length


class TestMeetings:
    @pytest.mark.parametrize("edges", Edges)
    def test_they_lie_on_both(self, edges):
        """A leg of 900 km over a line of long edges; a planar edge lies kilometres from the geodesic."""
        line = Line([[(-4.8, 25.0), (1.2, 21.1), (3.3, 19.0), (11.0, 23.0)]], edges)
        legs = legs_through([-3.0, 4.5, -2.0], [20.0, 25.5, 22.0])
        leg, along = meet_legs(line, legs)
        assert leg.tolist() == [0, 1]
        lon, lat = legs.at(leg, along)
        assert nearest(line, lon, lat).distance_m.max() < 1e-6
        start = inverse(legs.lon[leg], legs.lat[leg], lon, lat)[0]
        assert np.abs(start - along).max() < 1e-6

    def test_a_parallel_grazed_is_met_twice(self):
        """The geodesic between two places of a parallel rises over one that lies a little to the north."""
        line = Line([[(0.0, 60.001), (10.0, 60.001)]], Edges.PLANAR)
        leg, along = meet_legs(line, legs_through([4.0, 6.0], [60.0, 60.0]))
        assert leg.tolist() == [0, 0]
        whole = inverse(4.0, 60.0, 6.0, 60.0)[0]
        assert along.sum() == pytest.approx(whole, abs=1e-3)

    def test_a_bow_within_one_piece_is_met_twice(self):
        """Over 4 km the bow is half a metre at 60 degrees; the parallel lies 40 cm to the north."""
        span_deg = 4_000.0 / 55_800.0
        rise_deg = 0.25 / 111_400.0
        line = Line([[(-1.0, 60.0 + rise_deg), (1.0, 60.0 + rise_deg)]], Edges.PLANAR)
        leg, _ = meet_legs(line, legs_through([-span_deg / 2, span_deg / 2], [60.0, 60.0]))
        assert leg.size == 2

    def test_across_the_antimeridian_and_by_the_pole(self):
        line = Line([[(179.0, -10.0), (-179.0, 10.0)]], Edges.GEODESIC)
        assert meet_legs(line, legs_through([178.0, -178.0], [1.0, -1.0]))[0].tolist() == [0]
        ring = Line([[(0.0, 88.0), (120.0, 88.0), (-120.0, 88.0), (0.0, 88.0)]], Edges.GEODESIC)
        assert meet_legs(ring, legs_through([10.0, -170.0], [85.0, 85.0]))[0].size == 2

    def test_nothing_is_met_behind_or_beyond(self):
        line = Line([[(1.0, -1.0), (1.0, 1.0)]], Edges.GEODESIC)
        assert meet_legs(line, legs_through([1.5, 3.0], [0.0, 0.0]))[0].size == 0
        assert meet_legs(line, legs_through([0.0, 0.9], [0.0, 0.0]))[0].size == 0

    def test_no_leg_to_the_other_side_of_the_earth(self):
        with pytest.raises(GeometryError, match="almost opposite"):
            legs_through([0.0, 179.9], [0.0, 0.0])


class TestStraightWay:
    @pytest.mark.parametrize("edges", Edges)
    def test_against_dense_samples(self, osm, edges):
        line, legs = osm["osm-2026c"], legs_through(*ACROSS)
        way = straight_way(line, legs, edges=edges)
        lon, lat, length = dense(legs, 20.0)
        for side, code in ((Place.FIRST, "MLI"), (Place.SECOND, "DZA")):
            inside = encloses(line.rings(code, edges), lon, lat)
            # Each crossing may be misplaced by half a step.
            assert way.lengths_m()[side] == pytest.approx(length[inside].sum(), abs=60.0)
            sampled = nearest(line.polyline(edges), lon[inside], lat[inside]).distance_m.max()
            found = deepest(line.polyline(edges), way, side)
            assert sampled - 1e-6 <= found.distance_m <= sampled + 15.0

    def test_crossings_lie_on_the_line(self, border):
        legs = legs_through(*ACROSS)
        for name in border:
            changes = list(straight_way(border[name], legs).changes())
            assert [each.before for each in changes] == [Place.FIRST, Place.SECOND]
            at = np.array([(each.lon_deg, each.lat_deg) for each in changes])
            assert nearest(border[name].polyline(), *at.T).distance_m.max() < 1e-5

    def test_a_leg_of_many_kilometres_is_no_line_in_longitude_and_latitude(self, osm):
        """On 800 km the geodesic and the straight line in degrees cross the border at other places."""
        ends = [-3.0, 4.5], [20.0, 25.5]
        (change,) = straight_way(osm["osm-2026c"], legs_through(*ends)).changes()
        share = np.linspace(0, 1, 200)
        in_degrees = legs_through(*(a + share * (b - a) for a, b in ends))
        (bent,) = straight_way(osm["osm-2026c"], in_degrees).changes()
        apart = inverse(change.lon_deg, change.lat_deg, bent.lon_deg, bent.lat_deg)[0]
        assert apart > 500

    def test_a_way_along_the_border_is_on_the_line(self, osm):
        line = osm["osm-2026c"]
        coords = np.array(line.line.geoms[0].coords if hasattr(line.line, "geoms") else line.line.coords)[100:103]
        way = straight_way(line, legs_through(*coords.T), edges=Edges.GEODESIC)
        assert way.lengths_m()[Place.LINE] == pytest.approx(way.legs.length_m.sum(), abs=0.01)
        assert not list(way.changes())

    def test_outside_the_window_nothing_is_known(self, osm):
        track = geoinc.track([2.0, 2.0], [19.0, 12.0], border=osm)
        found = track.by_source["osm-2026c"]
        assert found.length_elsewhere_m["uncovered"] > 300_000
        assert track.never_left["MLI"] == "indeterminate"


def flown(border, lon=ACROSS[0], lat=ACROSS[1], times=TIMES, **kwargs):
    return geoinc.track(lon, lat, times, border=border, **kwargs)


class TestTrack:
    def test_there_and_back(self, border):
        track = flown(geoinc.boundary(*border.pair, only=["dcw", "naturalearth"]), greatest_speed_m_s=100.0)
        assert (track.never_left["MLI"], track.never_left["DZA"]) == ("inconsistent", "inconsistent")
        assert (track.was_inside["MLI"], track.was_inside["DZA"]) == ("consistent", "consistent")
        for each in track.by_source.values():
            for code in ("MLI", "DZA"):
                spent = each.time_inside_s[code]
                assert 0 <= spent.least_s <= spent.straight_s <= spent.most_s
                depth = each.deepest[code]
                assert depth.interval.low <= depth.distance_m <= depth.interval.high
                assert depth.distance_m <= each.greatest_depth_m[code]
            for crossing in each.crossings:
                assert crossing.earliest <= crossing.time <= crossing.latest
                assert crossing.along.low <= crossing.along_m <= crossing.along.high
                first, last = crossing.proved_between
                assert first <= crossing.after_position < last

    def test_times_share_the_legs(self, osm):
        found = flown(osm).by_source["osm-2026c"].time_inside_s
        assert found["MLI"].straight_s + found["DZA"].straight_s == pytest.approx(119 * 60)

    def test_without_a_speed_only_positions_prove(self, osm):
        found = flown(osm).by_source["osm-2026c"]
        assert found.time_inside_s["DZA"].least_s == 0.0
        assert found.time_inside_s["DZA"].most_s == 119 * 60 + 5  # each printed second lasts a second
        assert found.greatest_depth_m is None
        assert found.deepest["DZA"].proved_position == 4

    def test_standing_still_takes_time(self, osm):
        track = flown(osm, [2.5, 2.5], [19.6, 19.6], TIMES[:2])
        assert track.by_source["osm-2026c"].time_inside_s["MLI"].straight_s == 1200.0

    def test_a_greatest_speed_closes_the_way(self, dcw):
        """Two positions 20 km apart, some 20 km from the border, 8 or 40 minutes between them."""
        lon, lat = [2.80, 2.99], [19.77, 19.77]
        near = flown(dcw, lon, lat, ["2025-03-31T23:00:00Z", "2025-03-31T23:08:00Z"], greatest_speed_m_s=50.0)
        far = flown(dcw, lon, lat, ["2025-03-31T23:00:00Z", "2025-03-31T23:40:00Z"], greatest_speed_m_s=50.0)
        assert (near.never_left["MLI"], near.was_inside["DZA"]) == ("consistent", "inconsistent")
        assert (far.never_left["MLI"], far.was_inside["DZA"]) == ("indeterminate", "indeterminate")
        held, loose = (each.by_source["dcw"] for each in (near, far))
        assert held.stayed["MLI"]
        assert not loose.stayed["MLI"]
        assert held.time_inside_s["DZA"].most_s == held.greatest_depth_m["DZA"] == 0.0
        assert 0 < loose.greatest_depth_m["DZA"] < 60 * 40 * 50
        assert 0 < loose.time_inside_s["DZA"].most_s < 40 * 60

    def test_positions_alone_never_bear_out_that_a_territory_was_not_left(self, dcw):
        """Deep inside, without times or without a speed: the way between two positions may lead anywhere."""
        lon, lat = [2.80, 2.81], [18.60, 18.60]
        assert flown(dcw, lon, lat, None).never_left["MLI"] == "indeterminate"
        assert flown(dcw, lon, lat, TIMES[:2]).never_left["MLI"] == "indeterminate"
        assert flown(dcw, lon, lat, TIMES[:2], greatest_speed_m_s=50.0).never_left["MLI"] == "consistent"

    def test_a_third_country_is_a_way_out(self, dcw):
        """Near Niger there is time for the border with Niger, and none for the border with Algeria."""
        times = ["2025-03-31T23:00:00Z", "2025-03-31T23:10:00Z"]
        at = ([4.0, 4.05], [18.0, 18.0])
        track = flown(dcw, *at, times, greatest_speed_m_s=90.0)
        assert nearest(dcw["dcw"].polyline(), *at).distance_m.min() > 90 * 600
        assert (track.never_left["MLI"], track.was_inside["DZA"]) == ("indeterminate", "inconsistent")

    def test_the_border_with_a_third_country_may_be_as_far_off(self, osm):
        """From Mali through Niger to Algeria: neither border is the one in question."""
        out, back = geoinc.track([3.5, 5.0, 4.5], [18.5, 18.0, 20.5], border=osm).by_source["osm-2026c"].crossings
        assert (out.from_territory, out.to_territory, back.from_territory, back.to_territory) == (
            "MLI",
            None,
            None,
            "DZA",
        )
        for each in (out, back):
            assert each.along.low + 50 < each.along_m < each.along.high - 50

    def test_beyond_the_window_nothing_is_proved(self, osm):
        """South of what the source holds lies Mali, or not: it does not tell."""
        times = ["2025-03-31T22:00:00Z", "2025-03-31T22:10:00Z"]
        for lat in ([14.0, 14.1], [15.9, 16.4]):
            found = geoinc.track([-5.0, -5.0], lat, times, border=osm, greatest_speed_m_s=200.0).by_source["osm-2026c"]
            assert not found.kept_out["MLI"]
            assert found.time_inside_s["MLI"].most_s == 601
            assert not found.crossings
        # In Algeria, 12 km from the rim in the north, with time to go there and come back.
        at = [7.3, 7.3], [25.0, 25.1]
        near, far = (
            geoinc.track(*at, times, border=osm, greatest_speed_m_s=speed).by_source["osm-2026c"].kept_out["MLI"]
            for speed in (40.0, 20.0)
        )
        assert (near, far) == (False, True)

    def test_a_speed_that_positions_refute_proves_nothing(self, osm):
        track = flown(osm, greatest_speed_m_s=10.0)
        assert track.by_source["osm-2026c"].time_inside_s["DZA"].least_s == 0.0
        assert any("less than positions and times ask for" in remark for remark in track.remarks)

    def test_accuracy_widens_and_never_turns(self, osm):
        fine, coarse = flown(osm, accuracy_m=10.0), flown(osm, accuracy_m=20_000.0)
        assert fine.was_inside["DZA"] == "consistent"
        assert coarse.was_inside["DZA"] == "indeterminate"
        narrow, wide = (each.by_source["osm-2026c"].crossings[0].along for each in (fine, coarse))
        assert wide.low < narrow.low < narrow.high < wide.high

    def test_near_the_line_nothing_is_decided(self, osm):
        crossing = flown(osm).by_source["osm-2026c"].crossings[0]
        track = geoinc.track([crossing.lon_deg] * 2, [crossing.lat_deg - 1e-4, crossing.lat_deg + 1e-4], border=osm)
        assert set(track.never_left.values()) | set(track.was_inside.values()) == {"indeterminate"}
        assert len(track.by_source["osm-2026c"].crossings) == 1
        assert track.by_source["osm-2026c"].crossings[0].proved_between is None

    def test_the_accuracy_is_the_rule_s_own(self, osm):
        """Few places are asked one by one, many at once; both are the figure of the rule."""
        lon, lat = np.linspace(2.0, 3.2, FEW + 1), np.linspace(19.3, 20.6, FEW + 1)
        track = follow_track(osm, lon, lat)
        line = osm["osm-2026c"]
        foot = nearest(line.polyline(), lon, lat)
        for at, outcome in enumerate(track.by_source["osm-2026c"].outcomes["MLI"]):
            distance = float(foot.distance_m[at])
            value = accuracy_at(osm, "osm-2026c", float(foot.lon_deg[at]), float(foot.lat_deg[at]), distance).value_m
            assert (outcome == "indeterminate") == (value >= distance)

    @pytest.mark.parametrize(
        ("kwargs", "words"),
        [
            ({"lon": [2.0], "lat": [19.0], "times": None}, "two positions at least"),
            ({"times": TIMES[:3]}, "6 positions came with 3 times"),
            ({"lon": [2.0, np.nan], "lat": [19.0, 19.0], "times": None}, "position 2 .* no coordinates"),
            ({"greatest_speed_m_s": -1.0}, "cannot be used"),
            ({"accuracy_m": [1.0, 2.0]}, "2 figures for their accuracy"),
            ({"accuracy_m": -5.0}, "0 or more"),
        ],
    )
    def test_what_cannot_be_used(self, osm, kwargs, words):
        with pytest.raises(GeometryError, match=words):
            flown(osm, **kwargs)


class TestTimes:
    def test_a_time_lasts_as_long_as_its_last_digit(self):
        moments = read_times(["2025-03-31T23:05Z", "2025-03-31 23:06:30Z", "2025-04-01T00:07:00.25+01:00"])
        assert (moments.latest_s - moments.earliest_s).tolist() == pytest.approx([60.0, 1.0, 0.01], abs=1e-6)

    def test_aware_datetimes(self):
        moments = read_times([datetime(2025, 3, 31, 23, 5, tzinfo=UTC)])
        assert moments.earliest_s == moments.latest_s == datetime(2025, 3, 31, 23, 5, tzinfo=UTC).timestamp()

    @pytest.mark.parametrize("time", ["2025-03-31T23:05", datetime(2025, 3, 31, 23, 5)])  # noqa: DTZ001 (the point)
    def test_a_time_without_a_zone_is_refused(self, time):
        with pytest.raises(ReadingError, match="does not say on which clocks"):
            read_times([time])

    def test_clocks_that_showed_it_twice(self):
        with pytest.raises(AmbiguousReadingError):
            read_times(["2025-10-26T02:30"], zone="Europe/Berlin")

    @pytest.mark.parametrize("time", ["yesterday", "2025-02-30T10:00Z", "2025-03-31T25:00Z", "01/04/2025 10:00Z"])
    def test_what_is_no_time(self, time):
        with pytest.raises(ReadingError):
            read_times([time])

    def test_order(self):
        with pytest.raises(ReadingError, match=r"time 2, .* comes before time 1"):
            read_times(["2025-03-31T23:05:00Z", "2025-03-31T23:04:00Z"])
