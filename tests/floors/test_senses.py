"""What "south of the border" can mean: the declared sense decides, the others are told."""

from __future__ import annotations

import textwrap

import pytest

from geoinc.assessment.border_checks import check_distances
from geoinc.assessment.evidence import Context
from geoinc.assessment.from_places import judge_places
from geoinc.assessment.offsets import check_offsets
from geoinc.assessment.rule import Question
from geoinc.assessment.senses import stated_bearings_deg
from geoinc.boundaries import open_border
from geoinc.errors import IncidentError
from geoinc.incident import parse_incident
from geoinc.intervals import Interval
from geoinc.measurement import Sense, find_crossing
from geoinc.notation import read_position
from geoinc.places import Place, gazetteer
from geoinc.ranges import cell_extent_m

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
AT = '- {id: at, party: a, kind: position, point: p, text: "19.86798N 2.89392E"}\n'
DISTANCE = "- {{id: d, party: a, kind: border_distance, point: p, territory: MLI, {}}}\n"
TOWN = gazetteer()["tinzawaten-mli"]


def read(claims):
    return parse_incident(HEAD + textwrap.indent(textwrap.dedent(claims).strip(), "  "), name="invented.yaml")


BORDER = open_border("MLI", "DZA")


def distance(fields, position=AT):
    context = Context(read(position + DISTANCE.format(fields)), {("MLI", "DZA"): BORDER})
    (finding,) = [*check_distances(context), *check_offsets(context)]
    return finding


def undeclared(finding):
    return {each.label: each.outcome for each in finding.alternatives if not each.declared}


class TestFrom:
    @pytest.mark.parametrize(
        ("fields", "outcome"),
        [
            ("distance: 10.6 km, sense: from, places: [tinzawaten-mli]", "consistent"),
            ("distance: 10.6 km, sense: from, places: [tinzawaten-mli], direction: south", "consistent"),
            ("distance: 10.6 km, sense: from, places: [tinzawaten-mli], direction: north", "inconsistent"),
            ("distance: 15 km, sense: from, places: [tinzawaten-mli]", "inconsistent"),
            ("distance: more than 5 km, sense: from, places: [tinzawaten-mli]", "consistent"),
            ("distance: more than 10 km, sense: from, places: [tinzawaten-mli]", "indeterminate"),
            ("distance: up to 500 m, sense: from, places: [tinzawaten-mli]", "inconsistent"),
            ("distance: 10.0 km, sense: from, places: [tinzawaten-mli, tin-zaouatine-dza]", "indeterminate"),
        ],
    )
    def test_outcomes(self, fields, outcome):
        assert distance(fields).outcome == outcome

    def test_the_geodesic_from_the_place_is_told(self):
        finding = distance("distance: 10.6 km, sense: from, places: [tinzawaten-mli]")
        assert finding.evidence["distance_m"]["tinzawaten-mli"] == pytest.approx(10_559, abs=1)
        assert finding.evidence["uncertainty_m"]["tinzawaten-mli"] == TOWN.accuracy_m
        assert finding.by_source == {}

    def test_which_place_is_meant_makes_it_fragile(self):
        finding = distance("distance: 10.0 km, sense: from, places: [tinzawaten-mli, tin-zaouatine-dza]")
        assert finding.fragile_by == (
            "if only Tinzawaten is meant (then consistent)",
            "if only Tin Zaouatine is meant (then inconsistent)",
        )

    def test_the_stated_accuracy_of_the_position_counts(self):
        rough = '- {id: at, party: a, kind: position, point: p, text: "19.86798N 2.89392E", accuracy: 4.5 km}\n'
        fields = "distance: 15 km, sense: from, places: [tinzawaten-mli]"
        assert distance(fields).outcome == "inconsistent"
        assert distance(fields, rough).outcome == "consistent"

    def test_a_place_too_coarse_for_the_figure_confirms_nothing(self):
        near = '- {id: at, party: a, kind: position, point: p, text: "19.96278N 2.88278E"}\n'
        finding = distance("distance: 300 m, sense: from, places: [tinzawaten-mli]", near)
        assert finding.outcome == "indeterminate"
        assert "cannot confirm" in finding.statement

    def test_without_a_position_it_cannot_be_tested(self):
        finding = distance("distance: 10.6 km, sense: from, places: [tinzawaten-mli]", "")
        assert finding.outcome == "not_assessable"

    def test_no_boundary_measures_it(self):
        with pytest.raises(ValueError, match="named place"):
            find_crossing(BORDER["osm"], Sense.FROM, 2.9, 19.9)

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ("distance: 9.5 km, sense: from", "places"),
            ("distance: 9.5 km, places: [tinzawaten-mli]", "places"),
            ("distance: 9.5 km, direction: south", "direction"),
            ("distance: 9.5 km, sense: from, places: [tinzawatn]", "tinzawaten-mli"),
            ("distance: 9.5 km, alternatives: [{sense: from}]", "alternatives[0].sense"),
            ("distance: 9.5 km, alternatives: [{sense: heading}]", "alternatives[0].sense"),
        ],
    )
    def test_what_is_missing_or_has_no_use_is_noted(self, fields, field):
        with pytest.raises(IncidentError, match=r"claims\[0\]") as caught:
            read(DISTANCE.format(fields))
        assert field in str(caught.value)


class TestDeclaredAlternatives:
    def test_from_a_place(self):
        finding = distance(
            "distance: 9.5 km, alternatives: [{sense: from, places: [tinzawaten-mli]}, "
            "{sense: heading, bearing_deg: 90}]"
        )
        labels = [each.label for each in finding.alternatives if each.declared]
        assert labels == [
            "the distance in P2 is counted from Tinzawaten",
            "the distance in P2 runs along the bearing 90°",
        ]

    def test_a_flip_makes_fragile(self):
        finding = distance("distance: 20 km, alternatives: [{sense: from, places: [tinzawaten-mli]}]")
        assert finding.outcome == "inconsistent"
        finding = distance("distance: 12.1 km, alternatives: [{sense: from, places: [tin-zaouatine-dza]}]")
        assert any("counted from Tin Zaouatine" in each for each in finding.fragile_by)


class TestOtherSenses:
    def test_the_meridian_is_tried_though_nobody_declares_it(self):
        finding = distance("distance: 12.1 km")
        assert finding.outcome == "indeterminate"
        assert list(undeclared(finding)) == [
            "the distance in P2 runs along the meridian (due north or south) (not declared by the case)"
        ]

    def test_only_a_declared_sense_makes_fragile(self):
        plain = distance("distance: 9.5 km")
        declared = distance("distance: 9.5 km, alternatives: [{sense: meridian}]")
        assert plain.outcome is declared.outcome
        (other,) = undeclared(plain).values()
        assert other is not plain.outcome
        assert not any("meridian" in each for each in plain.fragile_by)
        assert any("meridian" in each for each in declared.fragile_by)
        assert "The case does not declare it, but if the distance in P2 runs along the meridian" in plain.statement
        assert "does not declare" not in declared.statement

    def test_a_compass_word_of_the_text_names_a_bearing(self):
        finding = distance("distance: 9.5 km, quote: 9.5 km south-west of the border")
        assert any("bearing 45°" in label for label in undeclared(finding))

    def test_due_south_is_the_meridian_and_is_not_tried_twice(self):
        finding = distance("distance: 9.5 km, quote: à 9.5 km au sud de la frontière")
        assert len(undeclared(finding)) == 1

    def test_each_place_that_the_claim_is_near_to(self):
        finding = distance("distance: 9.5 km, near: {places: [tinzawaten-mli, tin-zaouatine-dza], within: 30 km}")
        assert sum("counted from" in label for label in undeclared(finding)) == 2

    @pytest.mark.parametrize(
        ("quote", "bearings"),
        [
            ("à 9.5 km au sud de la frontière", (0.0,)),
            ("9.5 km south-west of the border", (45.0,)),
            ("la distance est de 9 km", ()),
            ("à 5 km à l'est de la frontière", (270.0,)),
            ("جنوب شرق الحدود", (315.0,)),
            ("un tir sur la colonne", ()),
            ("9 km to the north east of it", (225.0,)),
        ],
    )
    def test_words_of_the_compass(self, quote, bearings):
        claim = read(DISTANCE.format(f'distance: 9.5 km, quote: "{quote}"')).claims[0]
        assert stated_bearings_deg(claim) == bearings


class TestCells:
    """The printed cell is taken as it is, not as the circle round it."""

    def test_a_coarse_cell_does_not_reach_as_far_as_its_corners(self):
        place = Place("x", "x", "", "MLI", 2.0, 19.0, 0.0, "invented")
        reading = read_position("20°N 2°E")
        question = Question(Interval(0.0, 1.0), one_sided=False, scale_m=1.0)
        (found,) = judge_places(reading, [place], question, None)
        assert found.measured.low == pytest.approx(55_341, abs=20)

    def test_along_a_bearing_the_cell_counts_by_its_depth_and_its_breadth(self):
        reading = read_position("19.868°N 2.9°E")
        along_m, across_m = cell_extent_m(reading, 0.0)
        assert along_m == pytest.approx(55.8, abs=0.5)
        assert across_m == pytest.approx(5_252, abs=20)
        assert cell_extent_m(reading, 90.0) == pytest.approx((across_m, along_m))


def test_a_declared_length_is_shown_with_its_own_digits():
    fields = "distance: up to 2 km, alternatives: [{near: {places: [tinzawaten-mli], within: 8 km}, sense: meridian}]"
    (alternative, *_) = distance(fields).alternatives
    assert "within 8 km of Tinzawaten" in alternative.label
