"""What a party's claims allow together, as its findings tell it: no weaker check says the contrary."""

from __future__ import annotations

import textwrap

import pytest

import geoinc
from geoinc.incident import parse_incident

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
SOUTH_OF_ONE_TOWN = (
    "- {id: one, party: a, kind: place_offset, point: p, place: tinzawaten-mli, distance: 14 km,"
    " direction: bearing 180°}\n"
    "- {id: two, party: a, kind: place_offset, point: p, place: tin-zaouatine-dza, distance: 6 km}\n"
)
FOUND = '- {id: at, party: a, kind: position, point: q, text: "19.80000N 2.90000E"}\n'
STRUCK = "- {id: deep, party: a, kind: border_distance, point: p, distance: 10 km, territory: DZA}\n"
FALL = "- {id: fell, party: a, kind: fall, from: p, to: q, mode: ballistic, altitude: 4000 m, speed: up to 60 m/s"


def assess(claims):
    text = HEAD + textwrap.indent(textwrap.dedent(claims).strip(), "  ")
    return geoinc.assess(parse_incident(text, name="invented.yaml"))


def joint(assessment):
    return [each for each in assessment.findings if each.kind == "regions" and "smallest_set" in each.evidence]


def test_distances_that_agree_are_not_told_where_directions_exclude_them():
    """14 km due south of one town and 6 km from another, 8.8 km away: the distances would fit, the direction not."""
    assessment = assess(SOUTH_OF_ONE_TOWN)
    (finding,) = joint(assessment)
    assert finding.outcome == "inconsistent"
    assert finding.evidence["smallest_set"] == ["one", "two"]
    assert not any("can both hold" in each.statement for each in assessment.findings)
    without = SOUTH_OF_ONE_TOWN.replace(", direction: bearing 180°", "").replace(" direction: bearing 180°", "")
    assert any("can both hold" in each.statement for each in assess(without).findings)


def test_a_distance_from_a_named_place_is_ground_too():
    """8.84 km lie between the towns: 2 km from the one and 3 km from the other is nowhere, whichever kind says it."""
    claims = (
        "- {id: one, party: a, kind: border_distance, point: p, distance: 2 km,"
        " sense: from, places: [tinzawaten-mli]}\n"
        "- {id: two, party: a, kind: place_offset, point: p, place: tin-zaouatine-dza, distance: 3 km}\n"
    )
    (finding,) = joint(assess(claims))
    assert finding.outcome == "inconsistent"
    assert finding.evidence["smallest_set"] == ["one", "two"]
    assert finding.evidence["left_out"] == {}


class TestFalls:
    """The wreck lies some 17 km inside Mali; a drag-free fall from 4 km at 60 m/s covers 1.8 km."""

    def test_a_fall_that_is_wholly_stated_ties_its_two_ends(self):
        (finding,) = joint(assess(FOUND + STRUCK + FALL + ", wind: up to 10 m/s, ballistic_coefficient: 400 kg/m2}"))
        assert finding.outcome == "inconsistent"
        assert finding.evidence["smallest_set"] == ["at", "deep", "fell"]
        assert finding.evidence["left_out"] == {}

    @pytest.mark.parametrize("wind", ["}", ", wind: up to 10 m/s}"])
    def test_without_wind_or_drag_it_bounds_nothing(self, wind):
        found = joint(assess(FOUND + STRUCK + FALL + wind))
        assert found == []

    def test_only_what_was_not_published_is_missing(self):
        (finding,) = (each for each in assess(FOUND + FALL + "}").findings if each.kind == "motion")
        assert finding.missing == ("a position of the first point",)


def test_no_place_by_any_source_decides_nothing_where_none_is_fit():
    """1 km deep in Algeria and 2 km from a place 17 km inside Mali; no public line is fit for 1 km."""
    claims = STRUCK.replace("10 km", "1 km") + FOUND
    (finding,) = joint(assess(claims + "- {id: s, party: a, kind: separation, points: [p, q], distance: 2 km}"))
    assert finding.outcome == "indeterminate"
    assert "By every source" in finding.statement
    assert "none is fit" in finding.statement


def test_how_much_better_a_line_would_have_to_be_is_found():
    """A tenth of a kilometre from a place that is 9,963 m from the line of OpenStreetMap, and 9.5 km from the border.

    The point is at least 9,862.6 m from that line, and at most 9,550 m are claimed: 312.6 m are missing.
    """
    claims = (
        '- {id: at, party: a, kind: position, point: q, text: "19°52’04.738’’N 2°53’38.101’’E"}\n'
        "- {id: s, party: a, kind: separation, points: [p, q], distance: 100 m}\n"
        "- {id: deep, party: a, kind: border_distance, point: p, distance: 9.5 km, territory: MLI}\n"
    )
    (finding,) = joint(assess(claims))
    assert finding.outcome == "consistent"
    (told,) = (each for each in finding.fragile_by if each.startswith("if OpenStreetMap"))
    figure = float(told.split("better than ")[1].split(" m")[0])
    assert figure == pytest.approx(312.6, abs=1.5)
    assert finding.smallest_change in finding.fragile_by


@pytest.mark.parametrize(("lat", "fit"), [("19.94", False), ("19.80", True)])
def test_a_gap_over_all_sources_needs_one_that_is_fit_for_it(lat, fit):
    """Some 2 and some 17 km from Algeria, where the other party puts the same point; lines are good to 0.7 km."""
    claims = (
        f'- {{id: at, party: a, kind: position, point: p, text: "{lat}000N 2.90000E"}}\n'
        "- {id: in, party: b, kind: within, point: p, territory: DZA}\n"
    )
    gaps = {gap.source: gap.distance_m for gap in assess(claims).gaps}
    assert gaps["osm-2026c"] > 0
    assert (None in gaps) is fit
