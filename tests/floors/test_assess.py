"""Small invented incidents with known answers: each kind of check, each outcome."""

from __future__ import annotations

import textwrap

import pytest

from geoinc.api import assess
from geoinc.incident import parse_incident
from geoinc.quantities import Precision

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
  r: {label: third point}
claims:
"""


def findings(claims, **options):
    incident = parse_incident(HEAD + textwrap.indent(textwrap.dedent(claims).strip(), "  "), name="invented.yaml")
    return assess(incident, **options).findings


def one(claims, kind, **options):
    found = [finding for finding in findings(claims, **options) if finding.kind == kind]
    assert len(found) == 1, [finding.id for finding in found]
    return found[0]


POSITION_IN_MALI = '- {id: at, party: a, kind: position, point: p, text: "19.86798N 2.89392E"}\n'
POSITION_IN_ALGERIA = '- {id: at, party: a, kind: position, point: p, text: "20.30000N 2.89392E"}\n'


class TestSide:
    def test_inside(self):
        finding = one(POSITION_IN_MALI + "- {id: in, party: a, kind: within, point: p, territory: MLI}", "side")
        assert finding.outcome == "consistent"

    def test_other_side(self):
        finding = one(POSITION_IN_ALGERIA + "- {id: in, party: a, kind: within, point: p, territory: MLI}", "side")
        assert finding.outcome == "inconsistent"
        assert "does not lie in Mali" in finding.statement

    def test_closer_than_any_source_can_tell(self):
        """The pharmacy of Inkharabane was said to be 80 m from the border: below what public sources can tell."""
        finding = one(
            """
            - {id: at, party: a, kind: position, point: p, text: "19.9521N 2.9677E"}
            - {id: in, party: a, kind: within, point: p, territory: MLI}
            """,
            "side",
        )
        assert finding.outcome == "indeterminate"
        assert not any(each.fit for each in finding.by_source.values())

    def test_outside_all_ground(self):
        finding = one(
            """
            - {id: at, party: a, kind: position, point: p, text: "45.190N 29.010E"}
            - {id: in, party: a, kind: within, point: p, territory: MLI}
            """,
            "side",
        )
        assert finding.outcome == "not_assessable"
        assert finding.missing

    def test_words_without_position(self):
        finding = one("- {id: in, party: a, kind: within, point: p, territory: MLI}", "side")
        assert finding.outcome == "not_assessable"
        assert finding.missing == ("a position of the first point",)

    def test_a_coarse_cell_across_the_line_is_indeterminate(self):
        finding = one(
            """
            - {id: at, party: a, kind: position, point: p, text: "20N 3E"}
            - {id: in, party: a, kind: within, point: p, territory: MLI}
            """,
            "side",
        )
        assert finding.outcome == "indeterminate"


class TestDistance:
    @pytest.mark.parametrize(
        ("printed", "outcome"),
        [
            ("10.0 km", "consistent"),
            ("25 km", "inconsistent"),
            ("more than 5 km", "consistent"),
            ("at least 20 km", "inconsistent"),
            ("more than 10 km", "indeterminate"),
            ("up to 15 km", "consistent"),
            ("80 m", "indeterminate"),
        ],
    )
    def test_outcomes(self, printed, outcome):
        claim = f"- {{id: d, party: a, kind: border_distance, point: p, distance: {printed}, territory: MLI}}"
        assert one(POSITION_IN_MALI + claim, "distance").outcome == outcome

    def test_right_figure_on_the_other_side(self):
        claim = "- {id: d, party: a, kind: border_distance, point: p, distance: 10.0 km, territory: DZA}"
        assert one(POSITION_IN_MALI + claim, "distance").outcome == "inconsistent"

    def test_one_lineage_alone_is_fragile(self):
        claim = "- {id: d, party: a, kind: border_distance, point: p, distance: 25 km, territory: MLI}"
        finding = one(POSITION_IN_MALI + claim, "distance", only=["osm"])
        assert finding.outcome == "inconsistent"
        assert any("left out" in change for change in finding.fragile_by)

    def test_accuracy_does_not_depend_on_which_sources_are_asked(self):
        claim = "- {id: d, party: a, kind: border_distance, point: p, distance: 25 km, territory: MLI}"
        alone = one(POSITION_IN_MALI + claim, "distance", only=["osm"]).by_source["osm-2026c"]
        together = one(POSITION_IN_MALI + claim, "distance").by_source["osm-2026c"]
        assert alone.uncertainty_m == together.uncertainty_m

    def test_stated_accuracy_of_the_position_widens(self):
        rough = '- {id: at, party: a, kind: position, point: p, text: "19.86798N 2.89392E", accuracy: 2 km}\n'
        claim = "- {id: d, party: a, kind: border_distance, point: p, distance: 10.0 km, territory: MLI}"
        narrow = one(POSITION_IN_MALI + claim, "distance").by_source["osm-2026c"].uncertainty_m
        wide = one(rough + claim, "distance").by_source["osm-2026c"].uncertainty_m
        assert wide == pytest.approx((narrow**2 + 2000**2) ** 0.5)

    def test_along_the_meridian(self):
        claim = (
            "- {id: d, party: a, kind: border_distance, point: p, distance: 10.8 km, territory: MLI, sense: meridian}"
        )
        finding = one(POSITION_IN_MALI + claim, "distance")
        assert finding.by_source["osm-2026c"].value == pytest.approx(10_812, abs=1)
        assert finding.by_source["osm-2026c"].outcome == "consistent"


class TestClaimsAgainstClaims:
    def test_three_separations_that_no_triangle_has(self):
        finding = one(
            """
            - {id: pq, party: a, kind: separation, points: [p, q], distance: 10 km}
            - {id: qr, party: a, kind: separation, points: [q, r], distance: 10 km}
            - {id: pr, party: a, kind: separation, points: [p, r], distance: 25 km}
            """,
            "triangle",
        )
        assert finding.outcome == "inconsistent"
        assert finding.evidence["shortfall_m"] == pytest.approx(3500.0)

    def test_three_separations_that_fit(self):
        finding = one(
            """
            - {id: pq, party: a, kind: separation, points: [p, q], distance: 10 km}
            - {id: qr, party: a, kind: separation, points: [q, r], distance: 10 km}
            - {id: pr, party: a, kind: separation, points: [p, r], distance: 20 km}
            """,
            "triangle",
        )
        assert finding.outcome == "consistent"

    def test_two_positions_of_one_point(self):
        finding = one(
            """
            - {id: at, party: a, kind: position, point: p, text: "19.8680N 2.8939E"}
            - {id: there, party: b, kind: position, point: p, text: "19.8690N 2.8939E"}
            """,
            "same_point",
        )
        assert finding.outcome == "inconsistent"
        assert finding.evidence["distance_m"] == pytest.approx(110.7, abs=0.1)

    def test_one_position_printed_twice(self):
        finding = one(
            """
            - {id: at, party: a, kind: position, point: p, text: "19.868N 2.894E"}
            - {id: there, party: b, kind: position, point: p, text: "19.8683N 2.8939E"}
            """,
            "same_point",
        )
        assert finding.outcome == "consistent"

    def test_distances_on_opposite_sides_count_through_the_line(self):
        claims = """
            - {{id: dp, party: a, kind: border_distance, point: p, distance: 2.0 km, territory: MLI}}
            - {{id: dq, party: a, kind: border_distance, point: q, distance: 3.0 km, territory: DZA}}
            - {{id: pq, party: a, kind: separation, points: [p, q], distance: {} km}}
            """
        assert one(claims.format("4.0"), "lipschitz").outcome == "inconsistent"
        assert one(claims.format("6.0"), "lipschitz").outcome == "consistent"

    def test_two_names_of_one_point(self):
        finding = one(
            """
            - {id: dp, party: a, kind: border_distance, point: p, distance: 2.0 km, territory: MLI}
            - {id: dq, party: a, kind: border_distance, point: q, distance: 3.0 km, territory: MLI}
            - {id: same, party: a, kind: same_point, points: [p, q]}
            """,
            "same_point",
        )
        assert finding.outcome == "inconsistent"

    def test_two_territories_for_one_point(self):
        finding = one(
            """
            - {id: here, party: a, kind: within, point: p, territory: MLI}
            - {id: there, party: b, kind: within, point: p, territory: DZA}
            """,
            "same_point",
        )
        assert finding.outcome == "inconsistent"

    def test_parties_are_not_bound_by_each_other(self):
        claims = """
            - {id: dp, party: a, kind: border_distance, point: p, distance: 2.0 km, territory: MLI}
            - {id: dq, party: b, kind: border_distance, point: q, distance: 9.0 km, territory: MLI}
            - {id: pq, party: a, kind: separation, points: [p, q], distance: 1.0 km}
            """
        assert not [finding for finding in findings(claims) if finding.kind == "lipschitz"]


class TestFairness:
    """What a reviewer found: one rule whoever speaks, and no way round it."""

    COARSE = '- {id: at, party: a, kind: position, point: p, text: "19.5N 2.9E"}\n'

    def test_a_claim_without_territory_is_judged_like_one_with(self):
        claim = "- {{id: d, party: a, kind: border_distance, point: p, distance: at least 41.5 km{}}}"
        outcomes = {
            one(self.COARSE + claim.format(territory), "distance").outcome for territory in ("", ", territory: MLI")
        }
        assert len(outcomes) == 1

    def test_separation_takes_the_cells_and_not_circles_round_them(self):
        finding = one(
            """
            - {id: at, party: a, kind: position, point: p, text: "19°52.0'N 2°50.0'E"}
            - {id: there, party: a, kind: position, point: q, text: "19°52.0'N 3°02.0'E"}
            - {id: s, party: a, kind: separation, points: [p, q], distance: 21.2 km}
            """,
            "separation",
        )
        assert finding.outcome == "inconsistent"
        assert finding.measured.low == pytest.approx(20_772.3, abs=0.1)
        assert finding.measured.high == pytest.approx(21_122.3, abs=0.1)

    def test_equal_figures_on_opposite_sides_are_still_a_way_through_the_line(self):
        finding = one(
            """
            - {id: dp, party: a, kind: border_distance, point: p, distance: 5 km, territory: MLI}
            - {id: dq, party: a, kind: border_distance, point: q, distance: 5 km, territory: DZA}
            - {id: pq, party: a, kind: separation, points: [p, q], distance: 441 m}
            """,
            "lipschitz",
        )
        assert finding.outcome == "inconsistent"
        assert "opposite sides" in finding.statement

    def test_distances_on_two_bearings_are_two_quantities(self):
        head = (
            "- {{id: {}, party: a, kind: border_distance, point: p, distance: {}, sense: heading, bearing_deg: {}}}\n"
        )
        finding = one(head.format("d1", "10 km", 349) + head.format("d2", "50 km", 90), "same_point")
        assert finding.outcome == "indeterminate"

    def test_the_shortest_distance_exceeds_no_other(self):
        claims = """
            - {{id: d1, party: a, kind: border_distance, point: p, distance: {}, sense: shortest}}
            - {{id: d2, party: a, kind: border_distance, point: p, distance: 10.8 km, sense: meridian}}
            """
        assert one(claims.format("20 km"), "same_point").outcome == "inconsistent"
        assert one(claims.format("9.5 km"), "same_point").outcome == "consistent"

    def test_a_distance_in_one_territory_against_words_for_the_other(self):
        finding = one(
            """
            - {id: here, party: a, kind: within, point: p, territory: MLI}
            - {id: there, party: b, kind: border_distance, point: p, distance: 2 km, territory: DZA}
            """,
            "same_point",
        )
        assert finding.outcome == "inconsistent"

    def test_alternatives_of_a_place_offset_are_tried(self):
        finding = one(
            POSITION_IN_MALI
            + """
- {id: off, party: a, kind: place_offset, point: p, places: [tinzawaten-mli], distance: 5.5 km,
   alternatives: [{distance: 10.6 km}]}
""",
            "distance",
        )
        assert finding.outcome == "inconsistent"
        assert len(finding.fragile_by) == 1
        assert finding.fragile_by[0].endswith("means 10.6 km (then consistent)")

    def test_another_precision_model_keeps_the_printed_one_as_an_alternative(self):
        claims = """
            - {id: dp, party: a, kind: border_distance, point: p, distance: 9.5 km, territory: MLI}
            - {id: dq, party: a, kind: border_distance, point: q, distance: 10.2 km, territory: MLI}
            - {id: pq, party: a, kind: separation, points: [p, q], distance: 441 m}
            """
        text = HEAD + textwrap.indent(textwrap.dedent(claims).strip(), "  ")
        found = assess(parse_incident(text, name="x.yaml", precision=Precision.FRACTIONAL)).findings
        (finding,) = [each for each in found if each.kind == "lipschitz"]
        assert finding.outcome == "consistent"
        assert not finding.robust

    def test_third_state_is_named_as_such(self):
        finding = one(
            """
            - {id: at, party: a, kind: position, point: p, text: "19.0000N 4.6000E"}
            - {id: in, party: a, kind: within, point: p, territory: MLI}
            """,
            "side",
        )
        assert finding.outcome == "not_assessable"
        assert "neither of the two territories" in finding.statement

    def test_coarse_positions_are_named_as_the_cause(self):
        at = '- {id: at, party: a, kind: position, point: p, text: "19.5N 2.9E", accuracy: 20 km}\n'
        finding = one(at + "- {id: in, party: a, kind: within, point: p, territory: MLI}", "side")
        assert finding.outcome == "indeterminate"
        assert "own accuracy of 20.00 km" in finding.statement

    def test_another_partys_track_is_used(self):
        finding = one(
            """
            - {id: stayed, party: a, kind: track, never_left: MLI}
            - {id: flew, party: b, kind: track, positions: ["19.80N 2.80E", "20.30N 2.90E"]}
            """,
            "track",
        )
        assert finding.outcome == "inconsistent"
        assert finding.claims == ("stayed", "flew")

    def test_a_track_on_one_lineage_is_fragile(self):
        claim = '- {id: flew, party: a, kind: track, never_left: MLI, positions: ["20.60N 2.80E"]}'
        assert not one(claim, "track", only=["osm"]).robust
        assert one(claim, "track").robust


class TestTimes:
    CLAIMS = """
        - {{id: t1, party: a, kind: time, event: p, start: "2025-03-31 23:00", end: "2025-03-31 23:30", zone: {} }}
        - {{id: t2, party: b, kind: time, event: p, start: "2025-04-01 00:08", end: "2025-04-01 00:09",
            zone: Africa/Algiers}}
        """

    def test_same_night_in_two_zones(self):
        assert one(self.CLAIMS.format("Africa/Bamako"), "times").outcome == "consistent"

    def test_an_hour_apart(self):
        assert one(self.CLAIMS.format("Africa/Algiers"), "times").outcome == "inconsistent"


class TestPlaces:
    CLAIM = """
        - {{id: at, party: a, kind: position, point: p, text: "{}"}}
        - {{id: off, party: a, kind: place_offset, point: p, places: [{}], distance: 10.6 km}}
        """

    def test_one_place(self):
        claims = self.CLAIM.format("19.86798N 2.89392E", "tinzawaten-mli")
        assert one(claims, "distance").outcome == "consistent"

    def test_the_other_place(self):
        claims = self.CLAIM.format("19.86798N 2.89392E", "tin-zaouatine-dza").replace("10.6 km", "3.0 km")
        assert one(claims, "distance").outcome == "inconsistent"


class TestTrack:
    CLAIM = "- {{id: flew, party: a, kind: track, never_left: MLI, positions: [{}]}}"

    def test_all_inside(self):
        finding = one(self.CLAIM.format('"19.80N 2.80E", "19.85N 2.90E"'), "track")
        assert finding.outcome == "indeterminate"
        assert "Nothing is known" in finding.statement

    def test_one_outside(self):
        assert one(self.CLAIM.format('"19.80N 2.80E", "20.30N 2.90E"'), "track").outcome == "inconsistent"


def test_edges_are_a_switch():
    claim = "- {id: d, party: a, kind: border_distance, point: p, distance: 10.0 km, territory: MLI}"
    planar = one(POSITION_IN_MALI + claim, "distance").by_source["ne-10m"].value
    geodesic = one(POSITION_IN_MALI + claim, "distance", edges="geodesic").by_source["ne-10m"].value
    assert planar != geodesic
    assert planar == pytest.approx(geodesic, abs=6.4)
