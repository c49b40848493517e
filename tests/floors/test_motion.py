"""Falls, glides and flights: known figures, and the findings on invented ones with known answers."""

from __future__ import annotations

import json
import textwrap

import pytest

from geoinc.assessment.evidence import Context
from geoinc.assessment.falls import check_falls
from geoinc.errors import IncidentError
from geoinc.incident import parse_incident
from geoinc.intervals import Interval
from geoinc.motion import (
    drag_free_range_m,
    drag_range_m,
    farthest_m,
    flight_range_m,
    glide_range_m,
    lean_deg,
    least_altitude_m,
    least_speed_m_s,
    longest_fall_s,
    tell_needs,
    what_would_cover,
)
from geoinc.motion.atmosphere import air_density_kg_m3

HEAD = """
schema: geoinc/incident/1
id: invented
title: An invented incident
border: [MLI, DZA]
parties:
  a: {name: Party A, territory: MLI}
  b: {name: Party B, territory: DZA}
points:
  p: {label: first point}
  q: {label: second point}
claims:
"""
ENDS = """
- {id: at, party: a, kind: position, point: p, text: "19.86798N 2.89392E"}
- {id: from, party: a, kind: position, point: q, text: "19.94798N 2.89392E"}
"""
APART_M = 8855.0


def exactly(value):
    return Interval(value, value)


def incident(claims):
    return parse_incident(HEAD + textwrap.indent(textwrap.dedent(claims).strip(), "  "), name="invented.yaml")


def fall(figures, more=""):
    claim = f"- {{id: fell, party: a, kind: fall, from: q, to: p, {figures}}}\n"
    (finding,) = check_falls(Context(incident(ENDS + claim + textwrap.dedent(more)), {}))
    json.dumps(finding.evidence, allow_nan=False)
    return finding


class TestFigures:
    def test_the_issue_of_the_main_case(self):
        """A drag-free fall from 9 km at 100 m/s covers at most 4.4 km over any launch angle."""
        assert farthest_m(9000.0, 100.0) == pytest.approx(4404.0, abs=0.5)
        assert drag_free_range_m(exactly(9000.0), exactly(100.0)).high == pytest.approx(4404.0, abs=0.5)

    def test_level_ground_gives_the_shot_at_45_degrees(self):
        assert farthest_m(0.0, 98.0665) == pytest.approx(98.0665**2 / 9.80665)

    def test_a_launch_angle_is_kept(self):
        level = drag_free_range_m(exactly(9000.0), exactly(100.0), exactly(0.0))
        assert level.low == pytest.approx(4284.3, abs=0.1)
        assert level.high == level.low
        upward = drag_free_range_m(exactly(9000.0), exactly(100.0), Interval(40.0, 60.0))
        assert upward.high < farthest_m(9000.0, 100.0)

    @pytest.mark.parametrize(("distance", "altitude", "speed"), [(9100.0, 9000.0, 193.0), (441.0, 3000.0, 17.8)])
    def test_least_speed(self, distance, altitude, speed):
        assert least_speed_m_s(distance, altitude) == pytest.approx(speed, abs=0.05)

    def test_nothing_is_needed_for_no_distance(self):
        assert least_speed_m_s(0.0, 9000.0) == least_speed_m_s(0.0, 0.0) == 0.0
        assert least_altitude_m(0.0, 100.0) == 0.0
        assert least_altitude_m(1.0, 0.0) == float("inf")

    @pytest.mark.parametrize(
        ("height_m", "density"), [(0, 1.2250), (1000, 1.1117), (5000, 0.7361), (11_000, 0.3639), (20_000, 0.0880)]
    )
    def test_the_standard_atmosphere(self, height_m, density):
        """Table 1 of ISO 2533, by geopotential height."""
        assert air_density_kg_m3(height_m) == pytest.approx(density, abs=2e-4)

    def test_drag_brings_a_fall_to_its_terminal_speed(self):
        """A raindrop of 2 mm falls at some 6.5 m/s: 500 m take it well over a minute."""
        coefficient = 1000 * 4 / 3 * 0.001 / 0.52
        lasted = longest_fall_s(500.0, 0.0, exactly(coefficient), exactly(0.0))
        assert 500 / 6.5 * 0.9 < lasted < 500 / 6.5 * 1.3

    def test_drag_shortens(self):
        shots = [drag_range_m(exactly(9000.0), exactly(100.0), exactly(each)).high for each in (100.0, 500.0, 1e5)]
        assert shots == sorted(shots)
        assert shots[-1] <= farthest_m(9000.0, 100.0)

    def test_what_has_no_end_stays_without_one(self):
        unbounded = Interval.at_least(9000.0)
        assert drag_free_range_m(unbounded, exactly(100.0)).high == float("inf")
        assert drag_range_m(unbounded, exactly(100.0), exactly(500.0)).high == float("inf")
        assert drag_range_m(exactly(9000.0), exactly(100.0), Interval.at_least(500.0)).high < 4405
        assert glide_range_m(exactly(9000.0), exactly(10.0), wind=exactly(10.0)).high == float("inf")
        assert flight_range_m(Interval.at_least(50.0), exactly(0.0)).high == 0.0
        assert longest_fall_s(9000.0, 50.0, Interval(0.0, 10.0)) == float("inf")

    def test_a_flight_is_carried_by_the_air_it_flies_through(self):
        assert flight_range_m(exactly(50.0), exactly(100.0)).high == 5000.0
        assert flight_range_m(exactly(50.0), exactly(100.0), wind=Interval(0.0, 10.0)).high == 6000.0

    def test_lean(self):
        assert lean_deg(441.0, 9000.0) == pytest.approx(2.805, abs=1e-3)
        with pytest.raises(ValueError, match="above the ground"):
            lean_deg(441.0, 0.0)


class TestNeeds:
    def test_examples_are_called_examples(self):
        told = tell_needs(what_would_cover(Interval(9100.0, 10_290.0)))
        assert told.startswith("As examples, since no altitude or speed was stated:")
        assert "at most 4.40 km" in told
        assert "1.2 from 9 km or 3.5 from 3 km" in told

    def test_what_was_stated_is_no_example(self):
        needs = what_would_cover(exactly(5000.0), altitudes_m=[5000.0], speed_m_s=50.0)
        assert "example" not in tell_needs(needs)
        assert "ratio of 1.0 from 5 km" in tell_needs(needs)
        assert needs.flight_s == exactly(100.0)

    def test_only_the_altitude_was_stated(self):
        told = tell_needs(what_would_cover(exactly(5000.0), altitudes_m=[450.0]))
        assert told.startswith("As examples, since no speed was stated: a fall without drag from 450 m")

    def test_standing_still_covers_nothing(self):
        needs = what_would_cover(exactly(5000.0), speed_m_s=0.0)
        assert "straight flight" not in tell_needs(needs)
        json.dumps(needs.document(), allow_nan=False)

    def test_a_distance_has_two_ends(self):
        with pytest.raises(ValueError, match="two finite ends"):
            what_would_cover(Interval.at_least(3.0))


class TestFindings:
    def test_a_vertical_fall_has_no_tolerance(self):
        finding = fall("mode: vertical")
        assert finding.outcome == "indeterminate"
        assert "these are examples" in finding.statement
        assert finding.missing == ("the altitude at which the fall began", "the place where the fall began")

    def test_a_stated_altitude_is_used(self):
        finding = fall("mode: vertical, altitude: 9000 m")
        assert finding.evidence["lean_deg_by_altitude_m"] == pytest.approx({"9000": 44.5}, abs=0.05)
        assert "examples" not in finding.statement

    @pytest.mark.parametrize(("wind", "outcome"), [("up to 20 m/s", "indeterminate"), ("up to 200 m/s", "consistent")])
    def test_wind_may_explain_a_vertical_fall(self, wind, outcome):
        finding = fall(f"mode: vertical, altitude: 9000 m, wind: {wind}, ballistic_coefficient: 300 kg/m2")
        assert finding.outcome == outcome

    def test_wind_alone_tells_nothing(self):
        finding = fall("mode: vertical, altitude: 9000 m, wind: 20 m/s")
        assert finding.outcome == "indeterminate"
        assert "ballistic coefficient" in finding.missing[0]

    def test_nothing_stated_of_a_ballistic_fall(self):
        finding = fall("mode: ballistic")
        assert finding.outcome == "indeterminate"
        assert finding.claimed is None
        assert finding.missing[:2] == ("the altitude at which the fall began", "the speed")

    def test_a_ballistic_fall_that_cannot_cover_the_way(self):
        finding = fall("mode: ballistic, altitude: 9000 m, speed: 100 m/s")
        assert finding.outcome == "inconsistent"
        assert finding.claimed is not None
        assert finding.claimed.high == pytest.approx(farthest_m(9000.5, 100.5))
        assert finding.fragile_by == ("if the air was not still (then indeterminate)",)
        assert "began at 189 m/s" in finding.smallest_change
        for part in ("still air", "any launch angle", "without drag", "9000 m", "100 m/s"):
            assert part in finding.statement

    def test_a_faster_one_can(self):
        finding = fall("mode: ballistic, altitude: 9000 m, speed: 190 m/s")
        assert finding.outcome == "consistent"
        assert finding.robust

    def test_the_margin_of_the_model_is_left(self):
        needed = least_speed_m_s(APART_M, 9000.0)
        assert fall(f"mode: ballistic, altitude: 9000 m, speed: {needed - 2:.0f} m/s").outcome == "consistent"
        assert fall(f"mode: ballistic, altitude: 9000 m, speed: {needed - 9:.0f} m/s").outcome == "inconsistent"

    def test_a_launch_downwards(self):
        figures = "mode: ballistic, altitude: 9000 m, speed: 190 m/s, launch_angle_deg: [-30, -20]"
        assert fall(figures).outcome == "inconsistent"

    def test_drag_shortens_a_fall_beyond_the_way(self):
        figures = "mode: ballistic, altitude: 9000 m, speed: 200 m/s, ballistic_coefficient: {} kg/m2"
        assert fall(figures.format(300)).outcome == "inconsistent"
        assert fall(figures.format(30_000)).outcome == "consistent"

    def test_drag_can_make_a_fall_too_long(self):
        figures = "mode: ballistic, altitude: 19000 m, speed: 340 m/s, launch_angle_deg: [-1, 0]"
        finding = fall(f"{figures}, ballistic_coefficient: 20000 kg/m2")
        assert finding.outcome == "inconsistent"
        assert "more than the 8.86 km" in finding.statement

    def test_wind_without_a_ballistic_coefficient(self):
        finding = fall("mode: ballistic, altitude: 9000 m, speed: 100 m/s, wind: 10 m/s")
        assert finding.outcome == "indeterminate"
        assert any("ballistic coefficient" in each for each in finding.missing)

    @pytest.mark.parametrize(
        ("figures", "outcome"),
        [
            ("altitude: 9000 m, glide_ratio: '12:1'", "consistent"),
            ("altitude: 900 m, glide_ratio: about 5", "inconsistent"),
            ("altitude: 900 m, glide_ratio: '5', wind: 40 m/s", "indeterminate"),
            ("altitude: 900 m, glide_ratio: '5', wind: 40 m/s, speed: 40 m/s", "consistent"),
            ("altitude: 900 m, glide_ratio: '5', wind: 10 m/s, speed: 40 m/s", "inconsistent"),
            ("altitude: 900 m", "indeterminate"),
            ("glide_ratio: at least 5, altitude: 900 m", "consistent"),
        ],
    )
    def test_glides(self, figures, outcome):
        assert fall(f"mode: glide, {figures}").outcome == outcome

    @pytest.mark.parametrize(("minutes", "outcome"), [(1, "inconsistent"), (2, "consistent")])
    def test_a_flight_between_two_times(self, minutes, outcome):
        ended = f"2025-03-31T23:0{minutes}"
        times = f"""
        - {{id: t1, party: a, kind: time, event: q, start: 2025-03-31T23:00:00Z, end: 2025-03-31T23:00:00Z}}
        - {{id: t2, party: a, kind: time, event: p, start: {ended}:00Z, end: {ended}:30Z}}
        """
        finding = fall("mode: flight, speed: 70 m/s", times)
        assert finding.outcome == outcome
        if outcome == "inconsistent":
            assert "flew at 98.4 m/s" in finding.smallest_change

    def test_another_partys_clocks_do_not_serve(self):
        times = """
        - {id: t1, party: b, kind: time, event: q, start: 2025-03-31T23:00:00Z, end: 2025-03-31T23:00:00Z}
        - {id: t2, party: a, kind: time, event: p, start: 2025-03-31T23:01:00Z, end: 2025-03-31T23:01:30Z}
        """
        finding = fall("mode: flight, speed: 70 m/s", times)
        assert finding.outcome == "indeterminate"
        assert finding.missing == ("the times of both ends",)

    def test_a_separation_serves_where_no_position_was_printed(self):
        claims = """
        - {id: s, party: a, kind: separation, points: [p, q], distance: 9 km}
        - {id: fell, party: a, kind: fall, from: q, to: p, mode: glide, altitude: 3000 m, glide_ratio: '2'}
        """
        (finding,) = check_falls(Context(incident(claims), {}))
        assert finding.outcome == "inconsistent"
        assert finding.claims == ("fell", "s")

    def test_no_ends_at_all(self):
        claims = "- {id: fell, party: a, kind: fall, from: q, to: p, mode: glide}"
        (finding,) = check_falls(Context(incident(claims), {}))
        assert finding.outcome == "not_assessable"

    def test_the_parties_can_be_exchanged(self):
        claims = (
            ENDS + "- {id: fell, party: a, kind: fall, from: q, to: p, mode: glide, altitude: 900 m, glide_ratio: '5'}"
        )
        (one,) = check_falls(Context(incident(claims), {}))
        (other,) = check_falls(Context(incident(claims.replace("party: a", "party: b")), {}))
        assert other.outcome is one.outcome
        assert other.statement.replace("Party B", "Party A") == one.statement


@pytest.mark.parametrize(
    ("figures", "field", "low", "high"),
    [
        ("glide_ratio: '15'", "glide_ratio", 14.5, 15.5),
        ("glide_ratio: '15:1'", "glide_ratio", 14.5, 15.5),
        ("glide_ratio: '1:15'", "glide_ratio", 14.5, 15.5),
        ("glide_ratio: 15 to 1", "glide_ratio", 14.5, 15.5),
        ("glide_ratio: at least 8", "glide_ratio", 8.0, float("inf")),
        ("ballistic_coefficient: 400 kg/m2", "ballistic_coefficient", 399.5, 400.5),
        ("ballistic_coefficient: between 100 and 300 kg/m²", "ballistic_coefficient", 99.5, 300.5),
        ("wind: up to 36 km/h", "wind", 0.0, 36.5 / 3.6),
    ],
)
def test_printed_figures(figures, field, low, high):
    claims = incident(f"- {{id: fell, party: a, kind: fall, from: q, to: p, mode: glide, {figures}}}").claims
    found = getattr(claims[0], field).interval
    assert (found.low, found.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ("glide_ratio: steep", "number"),
        ("ballistic_coefficient: 400 kg", "kg/m2"),
        ("glide_ratio: 15", "quotes"),
        ("wind: strong", "km/h"),
        ("wind: strong km/h", "number"),
        ('speed: "1,329 km/h"', "more than one way"),
        ("launch_angle_deg: [20, 10]", "exchange"),
        ("launch_angle_deg: [0, 100]", "90"),
    ],
)
def test_figures_that_cannot_be_read(figures, words):
    with pytest.raises(IncidentError, match=words):
        incident(f"- {{id: fell, party: a, kind: fall, from: q, to: p, mode: glide, {figures}}}")
