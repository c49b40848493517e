"""Cross-claim checks with known answers: which claims, which bound, by how much."""

from __future__ import annotations

import textwrap

import pytest

from geoinc.assessment.evidence import Context
from geoinc.assessment.place_bounds import check_place_bounds
from geoinc.boundaries import open_border
from geoinc.consistency import check_bounds, check_containments, check_separations, check_triangles
from geoinc.incident import parse_incident
from geoinc.repeated import check_repeated

HEAD = """
schema: geoinc/incident/1
id: invented
title: An invented incident
border: [MLI, DZA]
parties:
  a: {name: Party A, territory: MLI}
  b: {name: Party B, territory: DZA}
references:
  early: {publisher: Party A, published: 2025-04-01}
  late: {publisher: Party A, published: 2025-04-07}
points:
  p: {label: first point}
  q: {label: second point}
  r: {label: third point}
places:
  west: {name: West, territory: MLI, position: "19.80000N 2.80000E", accuracy: 100 m, source: invented}
  east: {name: East, territory: MLI, position: "19.80000N 2.89544E", accuracy: 100 m, source: invented}
claims:
"""
CHECKS = (check_separations, check_bounds, check_containments, check_triangles, check_repeated)
AT_P = '- {id: p, party: a, kind: position, point: p, text: "19.80000N 2.80000E"}\n'
AT_R = '- {id: r, party: a, kind: position, point: r, text: "19.80000N 2.89544E"}\n'


def read(claims):
    return parse_incident(HEAD + textwrap.indent(textwrap.dedent(claims).strip(), "  "), name="invented.yaml")


def findings(claims):
    incident = read(claims)
    return [finding for check in CHECKS for finding in check(incident)]


def one(claims, kind):
    (finding,) = [finding for finding in findings(claims) if finding.kind == kind]
    return finding


def separation(name, ends, distance, party="a"):
    return f"- {{id: {name}, party: {party}, kind: separation, points: [{ends}], distance: {distance}}}\n"


def offset(name, point, place, distance, party="a", rest=""):
    return (
        f"- {{id: {name}, party: {party}, kind: place_offset, point: {point}, places: [{place}], "
        f"distance: {distance}{rest}}}\n"
    )


def depth(name, point, distance, party="a", territory="MLI", rest=""):
    return (
        f"- {{id: {name}, party: {party}, kind: border_distance, point: {point}, distance: {distance}, "
        f"territory: {territory}{rest}}}\n"
    )


class TestMargins:
    def test_the_bound_of_movement_says_by_how_much_it_fails(self):
        finding = one(
            depth("dp", "p", "9.5 km") + depth("dq", "q", "10.2 km") + separation("s", "p, q", "441 m"), "lipschitz"
        )
        assert finding.outcome == "inconsistent"
        assert finding.evidence["margin_m"] == pytest.approx(-158.5)
        assert "158.5 m are missing" in finding.statement

    def test_and_by_how_much_it_holds(self):
        finding = one(
            depth("dp", "p", "9.5 km") + depth("dq", "q", "10.2 km") + separation("s", "p, q", "1000 m"), "lipschitz"
        )
        assert finding.outcome == "consistent"
        assert finding.evidence["margin_m"] == pytest.approx(400.5)
        assert "400.5 m to spare" in finding.statement

    def test_without_a_declared_alternative_the_meridian_is_told_once(self):
        finding = one(
            depth("dp", "p", "9.5 km") + depth("dq", "q", "10.2 km") + separation("s", "p, q", "441 m"), "lipschitz"
        )
        assert finding.robust
        assert [(each.declared, each.outcome) for each in finding.alternatives] == [(False, "indeterminate")]
        assert "The case does not declare it" in finding.statement

    def test_distances_from_one_place_are_bound_like_distances_to_a_line(self):
        alternatives = ", alternatives: [{sense: from, places: [west]}]"
        claims = depth("dp", "p", "9.5 km", rest=alternatives) + depth("dq", "q", "10.2 km", rest=alternatives)
        finding = one(claims + separation("s", "p, q", "441 m"), "lipschitz")
        assert [each.outcome for each in finding.alternatives if each.declared] == ["inconsistent"]

    def test_separations_and_positions(self):
        finding = one(AT_P + AT_R + separation("s", "p, r", "9.0 km"), "separation")
        assert finding.outcome == "inconsistent"
        assert finding.evidence["margin_m"] == pytest.approx(finding.claimed.high - finding.measured.low)


class TestContainment:
    def test_a_depth_and_words_for_the_other_side(self):
        words = "- {id: w, party: a, kind: within, point: q, territory: DZA}\n"
        short = one(depth("d", "p", "2.0 km") + words + separation("s", "p, q", "1.0 km"), "lipschitz")
        assert short.outcome == "inconsistent"
        assert short.evidence["margin_m"] == pytest.approx(-900.0)
        long = one(depth("d", "p", "2.0 km") + words + separation("s", "p, q", "3.0 km"), "lipschitz")
        assert long.outcome == "consistent"

    def test_a_depth_of_nothing_says_nothing(self):
        words = "- {id: w, party: a, kind: within, point: q, territory: DZA}\n"
        assert not [
            each
            for each in findings(depth("d", "p", "up to 2 km") + words + separation("s", "p, q", "1 km"))
            if each.kind == "lipschitz"
        ]

    def test_words_and_a_depth_for_one_point(self):
        finding = one(
            "- {id: w, party: a, kind: within, point: p, territory: MLI}\n"
            + depth("d", "p", "2.0 km", territory="DZA"),
            "same_point",
        )
        assert finding.outcome == "inconsistent"
        assert finding.evidence["margin_m"] == pytest.approx(-1950.0)

    def test_depths_on_both_sides_cannot_hold_however_small(self):
        finding = one(depth("d", "p", "up to 1 km") + depth("e", "p", "up to 2 km", territory="DZA"), "same_point")
        assert finding.outcome == "inconsistent"
        assert finding.evidence["margin_m"] is None


class TestTriangles:
    """West and East lie 10.00 km apart, each placed to 100 m."""

    def test_two_places_too_far_apart(self):
        finding = one(offset("w", "q", "west", "4.0 km") + offset("e", "q", "east", "5.0 km"), "triangle")
        assert finding.outcome == "inconsistent"
        assert finding.evidence["margin_m"] == pytest.approx(9100 - 9800, abs=2)
        assert "too little" in finding.statement

    def test_two_places_that_can_be_joined(self):
        finding = one(offset("w", "q", "west", "5.0 km") + offset("e", "q", "east", "5.0 km"), "triangle")
        assert finding.outcome == "consistent"
        assert finding.evidence["margin_m"] == pytest.approx(10_100 - 9_800, abs=2)

    def test_two_places_too_near_to_each_other(self):
        finding = one(offset("w", "q", "west", "20.0 km") + offset("e", "q", "east", "5.0 km"), "triangle")
        assert finding.outcome == "inconsistent"

    def test_parties_differ_and_do_not_contradict_themselves(self):
        claims = offset("w", "q", "west", "4.0 km") + offset("e", "q", "east", "5.0 km", party="b")
        finding = one(claims, "triangle")
        assert "the figures of Party A and Party B" in finding.statement
        assert "differ: no place has both" in finding.statement
        agreeing = offset("w", "q", "west", "5.0 km") + offset("e", "q", "east", "5.0 km", party="b")
        assert not [each for each in findings(agreeing) if each.kind == "triangle"]

    def test_one_place_and_a_separation_need_no_map_at_all(self):
        claims = (
            offset("p1", "p", "west", "3.0 km") + offset("q1", "q", "west", "9.0 km") + separation("s", "p, q", "5 km")
        )
        finding = one(claims, "triangle")
        assert finding.outcome == "inconsistent"
        assert finding.evidence["margin_m"] == pytest.approx(5_500 + 3_050 - 8_950)

    def test_which_place_is_meant_is_left_open(self):
        claims = offset("p1", "p", "west, east", "3.0 km") + offset("q1", "q", "west, east", "9.0 km")
        assert not findings(claims + separation("s", "p, q", "5 km"))[1:]

    def test_a_place_and_a_separation_from_a_printed_position(self):
        finding = one(AT_P + offset("q1", "q", "east", "2.0 km") + separation("s", "p, q", "3 km"), "triangle")
        assert finding.outcome == "inconsistent"
        assert finding.claims == ("q1", "s", "p")
        assert finding.evidence["margin_m"] == pytest.approx(2_050 + 3_500 - 9_900, abs=2)

    def test_one_of_two_places_may_be_meant(self):
        finding = one(AT_P + offset("q1", "q", "west, east", "2.0 km") + separation("s", "p, q", "2 km"), "triangle")
        assert finding.outcome == "indeterminate"
        assert finding.fragile_by == ("if West is meant (then consistent)", "if East is meant (then inconsistent)")

    def test_two_separations_of_a_point_without_position_from_two_with(self):
        finding = one(AT_P + AT_R + separation("s", "p, q", "3 km") + separation("t", "q, r", "4 km"), "triangle")
        assert finding.outcome == "inconsistent"
        assert finding.claims == ("s", "t", "p", "r")

    def test_a_border_distance_counted_from_a_place_is_a_side_too(self):
        claims = depth("w", "q", "4.0 km", rest=", sense: from, places: [west]") + offset("e", "q", "east", "5.0 km")
        assert one(claims, "triangle").outcome == "inconsistent"


class TestEarlierAndLater:
    def test_a_later_figure_is_told_with_its_day_and_its_change(self):
        claims = separation("s", "p, q", "441 m, reference: early") + separation("t", "q, p", "500 m, reference: late")
        finding = one(claims, "same_point")
        assert finding.outcome == "inconsistent"
        assert finding.evidence["later_minus_earlier_m"] == pytest.approx([58.0, 60.0])
        assert "1 April 2025" in finding.statement
        assert "7 April 2025" in finding.statement
        assert finding.statement.endswith("The later figure is larger by 58 to 60 m.")

    def test_the_order_of_the_file_is_not_the_order_of_the_days(self):
        claims = separation("t", "q, p", "500 m, reference: late") + separation("s", "p, q", "441 m, reference: early")
        assert one(claims, "same_point").evidence["later_minus_earlier_m"] == pytest.approx([58.0, 60.0])

    def test_without_days_nothing_is_later(self):
        claims = separation("s", "p, q", "441 m") + separation("t", "q, p", "500 m")
        assert "later" not in one(claims, "same_point").statement

    def test_distances_from_one_place(self):
        claims = offset("s", "p", "west", "3.5 km") + offset("t", "p", "west", "4.5 km")
        assert one(claims, "same_point").evidence["margin_m"] == pytest.approx(-900.0)

    @pytest.mark.parametrize(
        ("figures", "outcome", "margin_m"),
        [
            (("at least 9 km", "9.5 km"), "consistent", 550.0),
            (("more than 9 km", "up to 8 km"), "inconsistent", -500.0),
            (("more than 9 km", "8 km"), "inconsistent", -500.0),
            (("at least 9 km", "more than 12 km"), "consistent", None),
        ],
    )
    def test_one_sided_figures(self, figures, outcome, margin_m):
        finding = one(depth("d", "p", figures[0]) + depth("e", "p", figures[1]), "same_point")
        assert finding.outcome == outcome
        assert finding.evidence["margin_m"] == (None if margin_m is None else pytest.approx(margin_m))

    def test_two_parties_differ_on_a_separation(self):
        finding = one(separation("s", "p, q", "441 m") + separation("t", "q, p", "500 m", party="b"), "same_point")
        assert "differ and cannot both hold" in finding.statement
        assert "later_minus_earlier_m" not in finding.evidence

    def test_two_parties_differ(self):
        finding = one(depth("d", "p", "9.5 km") + depth("e", "p", "12 km", party="b"), "same_point")
        assert "differ and cannot both hold" in finding.statement


class TestByWayOfAPlace:
    """A distance from a town and one to the border say where the town lies, and that is measured."""

    def findings(self, claims):
        return list(check_place_bounds(Context(read(claims), {("MLI", "DZA"): open_border("MLI", "DZA")})))

    def test_a_depth_that_the_town_does_not_allow(self):
        (finding,) = self.findings(offset("o", "q", "tinzawaten-mli", "3.5 km") + depth("d", "q", "20 km"))
        assert finding.outcome == "inconsistent"
        assert finding.kind == "lipschitz"
        assert finding.evidence["margin_m"] < -13_000
        assert finding.claimed.low == pytest.approx(19_500 - 3_550)

    def test_declared_alternatives_are_tried(self):
        rest = ", alternatives: [{distance: 2 km}, {sense: meridian}]"
        (finding,) = self.findings(offset("o", "q", "tinzawaten-mli", "3.5 km") + depth("d", "q", "20 km", rest=rest))
        assert [each.outcome for each in finding.alternatives] == ["consistent", "indeterminate"]
        assert not finding.robust

    def test_a_depth_that_it_allows(self):
        (finding,) = self.findings(offset("o", "q", "tinzawaten-mli", "3.5 km") + depth("d", "q", "2 km"))
        assert finding.outcome == "consistent"

    def test_a_town_deeper_than_the_depth_by_no_more_than_the_way(self):
        """West lies 15 to 18 km inside: 10 km from a point 10 km deep it may be, 3.5 km from one 2 km deep not."""
        (finding,) = self.findings(offset("o", "q", "west", "10 km") + depth("d", "q", "10 km"))
        assert finding.outcome == "consistent"
        assert finding.claimed.high == pytest.approx(10_500 + 10_500)
        (finding,) = self.findings(offset("o", "q", "west", "3.5 km") + depth("d", "q", "2 km"))
        assert finding.outcome == "inconsistent"

    def test_words_for_a_territory_out_of_reach(self):
        words = "- {id: w, party: a, kind: within, point: q, territory: DZA}\n"
        (finding,) = self.findings(offset("o", "q", "west", "3.5 km") + words)
        assert finding.outcome == "inconsistent"

    def test_a_printed_position_says_more(self):
        at = '- {id: at, party: a, kind: position, point: q, text: "19.80000N 2.80000E"}\n'
        assert not self.findings(at + offset("o", "q", "west", "3.5 km") + depth("d", "q", "2 km"))

    def test_no_party_is_bound_by_the_words_of_another(self):
        assert not self.findings(offset("o", "q", "west", "3.5 km") + depth("d", "q", "2 km", party="b"))


class TestDirections:
    """Two parties give distances from one town, in directions of their own; the town is placed to 100 m."""

    @pytest.mark.parametrize(
        ("other", "outcome"),
        [("east", "inconsistent"), ("south-east", "consistent"), ("'[195, 200]'", "inconsistent")],
    )
    def test_directions_that_part_lead_to_different_ground(self, other, outcome):
        claims = offset("one", "p", "west", "10 km", rest=", direction: south-east")
        claims = claims.replace("south-east", "south") if other != "south-east" else claims
        finding = one(
            claims + offset("two", "p", "west", "10 km", party="b", rest=f", direction: {other.strip(chr(39))}"),
            "same_point",
        )
        assert finding.outcome == outcome
        assert ("different ground" in finding.statement) is (outcome == "inconsistent")

    def test_a_town_may_be_wider_than_the_directions_part(self):
        claims = offset("one", "p", "west", "100 m", rest=", direction: south")
        finding = one(claims + offset("two", "p", "west", "100 m", party="b", rest=", direction: east"), "same_point")
        assert finding.outcome == "consistent"


class TestLeastChange:
    def test_a_declared_alternative_comes_first(self):
        rest = ", alternatives: [{precision: fractional}]"
        finding = one(
            depth("dp", "p", "9.5 km", rest=rest) + depth("dq", "q", "10.2 km") + separation("s", "p, q", "441 m"),
            "lipschitz",
        )
        assert finding.smallest_change == finding.fragile_by[0]
        assert finding.smallest_change.startswith("if the figure in ")

    def test_else_the_figures_have_to_move_by_the_margin(self):
        finding = one(
            depth("dp", "p", "9.5 km") + depth("dq", "q", "10.2 km") + separation("s", "p, q", "441 m"), "lipschitz"
        )
        assert finding.smallest_change == "if the printed figures were off by at least 158.5 m in all (then consistent)"

    def test_and_it_is_told_for_each_kind(self):
        claims = AT_P + AT_R + separation("s", "p, r", "9.0 km") + separation("t", "p, r", "9.2 km", party="b")
        assert all("in all (then" in each.smallest_change for each in findings(claims))


def test_a_separation_without_positions_names_its_points():
    finding = one(AT_P + separation("s", "p, q", "3 km"), "separation")
    assert "the first point and the second point are 3 km" in finding.statement
    assert "no position was published for the second point." in finding.statement


@pytest.mark.parametrize(("along", "outcome"), [("12 km", "consistent"), ("8 km", "inconsistent")])
def test_the_shortest_distance_is_no_longer_than_another(along, outcome):
    claims = depth("d", "p", "10 km") + depth("m", "p", along, rest=", sense: meridian")
    assert one(claims, "same_point").outcome == outcome
