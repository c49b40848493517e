"""Tracks: speed, length and duration against the positions, and the border between two of them."""

from __future__ import annotations

import json
import textwrap

import numpy as np
import pytest

from geoinc.assessment.evidence import Context
from geoinc.assessment.flown import check_flown
from geoinc.assessment.tracks import check_tracks
from geoinc.boundaries import open_border
from geoinc.chains.results import _decided
from geoinc.errors import IncidentError
from geoinc.incident import parse_incident
from geoinc.motion import least_detours_m

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
claims:
"""
# Two legs along a meridian: 11.07 km and 22.14 km.
WAY = 'positions: ["18.0000N 2.8000E", "18.1000N 2.8000E", "18.3000N 2.8000E"]'
TIMES = 'times: ["2025-03-31T23:00Z", "2025-03-31T23:05Z", "2025-03-31T23:15Z"]'


def incident(claims):
    return parse_incident(HEAD + textwrap.indent(textwrap.dedent(claims).strip(), "  "), name="invented.yaml")


def flown(figures):
    whole = incident(f"- {{id: flew, party: a, kind: track, {figures}}}")
    found = list(check_flown(whole, whole.claims[0]))
    for each in found:
        json.dumps(each.evidence, allow_nan=False)
        assert each.id == "motion:flew"
    return found


def one(figures):
    (found,) = flown(figures)
    return found


class TestFigures:
    def test_positions_alone_ask_nothing(self):
        assert flown(WAY) == []

    def test_times_ask_for_a_speed(self):
        found = one(f"{WAY}, {TIMES}")
        assert found.outcome == "not_assessable"
        assert found.missing == ("a greatest speed of the aircraft",)
        assert found.evidence["least_length_m"] == pytest.approx(33_203, abs=40)
        # 22.14 km in 11 minutes is more than 11.07 km in 6, or all of it in 16: each printed minute lasts a minute.
        assert found.evidence["least_mean_speed_m_s"] == pytest.approx(33_203 / 960, rel=2e-3)
        assert found.evidence["between_positions"] == [1, 3]

    def test_seconds_leave_less_room(self):
        times = TIMES.replace(":00Z", ":00:00Z").replace(":05Z", ":05:00Z").replace(":15Z", ":15:00Z")
        found = one(f"{WAY}, {times}")
        assert found.evidence["least_mean_speed_m_s"] == pytest.approx(22_137 / 601, rel=2e-3)

    @pytest.mark.parametrize(
        ("speed", "outcome"),
        [("120 km/h", "inconsistent"), ("130 km/h", "consistent"), ("at least 50 km/h", "consistent")],
    )
    def test_a_stated_speed(self, speed, outcome):
        assert one(f"{WAY}, {TIMES}, speed: {speed}").outcome == outcome

    def test_without_times_a_speed_tells_nothing(self):
        found = one(f"{WAY}, speed: 120 km/h")
        assert found.outcome == "not_assessable"
        assert found.missing == ("the times of the positions",)

    @pytest.mark.parametrize(("length", "outcome"), [("33 km", "consistent"), ("32 km", "inconsistent")])
    def test_a_stated_length(self, length, outcome):
        found = one(f"{WAY}, length: {length}")
        assert found.outcome == outcome

    def test_a_longer_way_is_always_possible(self):
        assert one(f"{WAY}, length: 500 km").outcome == "consistent"

    @pytest.mark.parametrize(
        ("duration", "outcome"),
        [("14 min", "consistent"), ("13 min", "inconsistent"), ("2 h", "consistent"), ("0.2 hours", "consistent"),
         ("600 s", "inconsistent"), ("0 h 13 min", "inconsistent")],
    )  # fmt: skip
    def test_a_stated_duration(self, duration, outcome):
        assert one(f"{WAY}, {TIMES}, duration: {duration}").outcome == outcome

    @pytest.mark.parametrize(("duration", "outcome"), [("3 h", "inconsistent"), ("6 h", "consistent")])
    def test_speed_length_and_duration_alone(self, duration, outcome):
        found = one(f"speed: up to 250 km/h, length: 1200 km, duration: {duration}")
        assert found.outcome == outcome
        assert found.measured is None

    def test_speed_and_duration_against_the_way(self):
        assert one(f"{WAY}, speed: 100 km/h, duration: 10 min").outcome == "inconsistent"

    def test_two_places_at_one_instant(self):
        times = 'times: ["2025-03-31T23:00:00Z", "2025-03-31T23:00:00Z"]'
        found = one(f'positions: ["18.0N 2.8E", "19.0N 2.8E"], {times}, speed: 900 km/h')
        assert found.outcome == "inconsistent"

    def test_coarse_positions_may_be_one_place(self):
        times = 'times: ["2025-03-31T23:00:00Z", "2025-03-31T23:00:01Z"]'
        found = one(f'positions: ["18.0N 2.8E", "18.1N 2.8E"], {times}, speed: 900 km/h')
        assert found.outcome == "consistent"

    def test_only_what_does_not_hold_is_told(self):
        found = one(f"{WAY}, {TIMES}, speed: 250 km/h, length: 12 km, duration: 1 h")
        assert "The stated length of 12 km is less than that length" in found.statement
        assert "stated duration" not in found.statement
        assert [test["holds"] for test in found.evidence["tests"]] == [True, False, True, True, True]

    @pytest.mark.parametrize(
        ("figures", "words"),
        [
            ("speed: 100 km/h, length: 20 km", "all of speed, length, duration"),
            (f"{WAY}, duration: long", "duration"),
            (f"{WAY}, duration: many hours", "number"),
            (f"{WAY}, length: '20'", "unit"),
            (f"{WAY}, {TIMES.replace('23:05', '23:25')}", "keep the order of flight"),
        ],
    )
    def test_figures_that_cannot_be_read(self, figures, words):
        with pytest.raises(IncidentError, match=words):
            flown(figures)


@pytest.fixture(scope="module")
def border():
    return open_border("MLI", "DZA")


class TestBorder:
    """Two positions 20 km apart, each some 20 km from the border; 22 minutes between them."""

    NEAR = 'positions: ["19.7700N 2.8000E", "19.7700N 2.9900E"]'
    LATE = 'times: ["2025-03-31T23:00:00Z", "2025-03-31T23:{}:00Z"]'

    def left(self, border, figures):
        whole = incident(f"- {{id: flew, party: a, kind: track, never_left: MLI, {figures}}}")
        (found,) = (each for each in check_tracks(Context(whole, {("MLI", "DZA"): border})) if each.kind == "track")
        json.dumps(found.evidence, allow_nan=False)
        return found

    @pytest.mark.parametrize(("minute", "known"), [("08", True), ("40", False)])
    def test_the_time_tells_whether_the_border_was_in_reach(self, border, minute, known):
        found = self.left(border, f"{self.NEAR}, {self.LATE.format(minute)}, speed: 180 km/h")
        assert found.outcome == ("consistent" if known else "indeterminate")
        assert ("no way to the border and back" in found.statement) is known
        assert ("border was within reach after position 1" in found.statement) is not known
        assert (found.missing == ()) is known

    def test_a_speed_that_the_positions_refute_settles_nothing(self, border):
        """20 km in 8 minutes are 150 km/h."""
        found = self.left(border, f"{self.NEAR}, {self.LATE.format('08')}, speed: 100 km/h")
        assert "less than the printed positions and times ask for" in found.statement
        assert found.missing

    def test_a_third_country_is_a_way_out(self, border):
        """Near Niger there is time for the border with Niger, and none for the border with Algeria."""
        times = 'times: ["2025-03-31T23:00:00Z", "2025-03-31T23:10:00Z"], speed: 324 km/h'
        found = self.left(border, f'positions: ["18.0000N 4.0000E", "18.0000N 4.0500E"], {times}')
        assert found.outcome == "indeterminate"
        assert "this border was out of reach after position 1 of 2, but another border of Mali" in found.statement
        assert "the border was within reach" not in found.statement
        assert found.evidence["border_within_reach_after_position"] == []
        assert found.evidence["other_rim_within_reach_after_position"] == [1]
        far = self.left(border, f'positions: ["18.0000N 2.0000E", "18.0000N 2.0500E"], {times}')
        assert far.outcome == "consistent"

    def test_positions_are_counted_in_words(self, border):
        assert "The 2 positions published are both in Mali." in self.left(border, self.NEAR).statement
        across = self.left(border, 'positions: ["19.7700N 2.8000E", "20.3000N 2.9900E", "19.7700N 2.9900E"]')
        assert "Of the 3 positions published, 2 are in Mali and 1 is on the other side." in across.statement

    def test_without_a_speed_nothing_is_known(self, border):
        found = self.left(border, f"{self.NEAR}, {self.LATE.format('08')}")
        assert "Nothing is known of the way between positions." in found.statement
        assert found.missing

    def test_without_times_nothing_is_known(self, border):
        assert "Nothing is known" in self.left(border, f"{self.NEAR}, speed: 180 km/h").statement

    def test_the_room_shrinks_by_what_is_flown(self, border):
        rooms = [
            self.left(border, f"{self.NEAR}, {self.LATE.format(minute)}, speed: 180 km/h").evidence[
                "short_of_the_border_m"
            ][0]
            for minute in ("08", "09")
        ]
        assert rooms[0] - rooms[1] == pytest.approx(180.5 / 3.6 * 60)

    def test_every_line_may_lie_nearer_by_its_uncertainty(self, border):
        found = self.left(border, f"{self.NEAR}, {self.LATE.format('08')}, speed: 180 km/h")
        (room_m,), (flown_m,) = found.evidence["short_of_the_border_m"], found.evidence["flown_at_most_m"]
        ends = np.array([[2.80, 19.77]]), np.array([[2.99, 19.77]])
        for name, part in found.by_source.items():
            if part.votes:
                by_border_m = float(least_detours_m(border[name].polyline(), *ends)[0])
                assert room_m <= by_border_m - 2 * part.uncertainty_m - flown_m


class TestEntered:
    """The same question from the other side: that the aircraft was in a territory at some time."""

    def found(self, border, figures, territory="DZA"):
        whole = incident(f"- {{id: seen, party: a, kind: track, entered: {territory}, {figures}}}")
        (found,) = (each for each in check_tracks(Context(whole, {("MLI", "DZA"): border})) if each.kind == "track")
        json.dumps(found.evidence, allow_nan=False)
        return found

    def test_one_position_inside_is_enough(self, border):
        found = self.found(border, 'positions: ["19.7700N 2.8000E", "20.3000N 2.9900E", "19.7700N 2.9900E"]')
        assert found.outcome == "consistent"
        assert "says that the aircraft was in Algeria at some time" in found.statement
        assert found.evidence["straight_way_inside"]["dcw"]["crossings"] == 2
        assert "which is an assumption" in found.statement

    @pytest.mark.parametrize(("minute", "outcome"), [("08", "inconsistent"), ("40", "indeterminate")])
    def test_all_outside_tells_only_where_the_way_is_shut(self, border, minute, outcome):
        found = self.found(border, f"{TestBorder.NEAR}, {TestBorder.LATE.format(minute)}, speed: 180 km/h")
        assert found.outcome == outcome
        assert (found.missing == ()) is (outcome == "inconsistent")

    def test_without_times_nothing_is_excluded(self, border):
        assert self.found(border, TestBorder.NEAR).outcome == "indeterminate"

    def test_both_sides_are_asked_alike(self, border):
        """What refutes "never left Mali" bears out "was in Algeria"."""
        across = 'positions: ["19.7700N 2.8000E", "20.3000N 2.9900E"]'
        assert self.found(border, across, "DZA").outcome == "consistent"
        assert self.found(border, across, "MLI").outcome == "consistent"
        left = TestBorder().left(border, across)
        assert left.outcome == "inconsistent"
        assert left.evidence["straight_way_outside"]["dcw"]["length_m"] > 1_000

    def test_the_chain_names_what_is_missing(self, border):
        """By itself each position is inside; what keeps the finding open is the way between them."""
        settled = _decided(TestBorder().left(border, TestBorder.NEAR))[1]
        assert settled.startswith("a position alone: consistent by")
        assert settled.endswith("missing: the way between the published positions")

    @pytest.mark.parametrize(
        ("figures", "stayed", "entered"),
        [
            ("", "indeterminate", "indeterminate"),
            (f", {TestBorder.LATE.format('08')}, speed: 180 km/h", "consistent", "inconsistent"),
            (f", {TestBorder.LATE.format('40')}, speed: 180 km/h", "indeterminate", "indeterminate"),
        ],
    )
    def test_what_bears_out_the_one_excludes_the_other(self, border, figures, stayed, entered):
        """All positions lie in Mali."""
        assert TestBorder().left(border, TestBorder.NEAR + figures).outcome == stayed
        assert self.found(border, TestBorder.NEAR + figures).outcome == entered

    def test_a_claim_says_one_of_the_two(self):
        with pytest.raises(IncidentError, match="never_left and entered at once"):
            incident("- {id: both, party: a, kind: track, never_left: MLI, entered: DZA}")

    def test_no_track_cannot_be_tested(self, border):
        whole = incident("- {id: seen, party: a, kind: track, entered: DZA}")
        (found,) = check_tracks(Context(whole, {("MLI", "DZA"): border}))
        assert found.outcome == "not_assessable"
