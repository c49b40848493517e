"""How much a claim could have been wrong: shares that can be worked out by hand, and the main case."""

from __future__ import annotations

import numpy as np
import pytest

from geoinc.assessment.border_checks import check_distances, check_sides
from geoinc.assessment.evidence import Context
from geoinc.assessment.informativeness import ComparisonGround, excluded_by_offset, excluded_share, foresee, lay_out
from geoinc.assessment.rule import Question
from geoinc.boundaries import open_border
from geoinc.claims import PlaceOffsetClaim
from geoinc.geodesy import inverse
from geoinc.incident import example_text, parse_incident
from geoinc.intervals import Interval
from geoinc.places import Place
from geoinc.quantities import read_quantity

PAIR = ("MLI", "DZA")
BORDER = open_border(*PAIR)
NINE_AND_A_HALF = Question(Interval(9_450.0, 9_550.0), one_sided=False, scale_m=9_500.0)
INSIDE = Question(Interval.more_than(0.0), one_sided=True, scale_m=None)


def even_ground(towards: str | None = "MLI") -> ComparisonGround:
    """A ground whose signed distances to two sources' lines run evenly from -20 to 20 km."""
    along = np.linspace(-20_000.0, 20_000.0, 40_001)
    ground = ComparisonGround(BORDER, None, 0.0, 0.0, 20_000.0, along, along)
    for source in ("osm", "dcw"):
        ground._distances[source, towards] = np.abs(along) if towards is None else along
    return ground


def test_a_value_excludes_all_but_its_interval_and_twice_the_uncertainty():
    found = excluded_share(even_ground(), NINE_AND_A_HALF, "MLI", {"osm": (700.0, 0.0)})
    assert found == pytest.approx(1 - (100 + 2 * 700) / 40_000, abs=1e-4)


def test_on_either_side_of_the_line_twice_as_much_is_left():
    found = excluded_share(even_ground(None), NINE_AND_A_HALF, None, {"osm": (700.0, 0.0)})
    assert found == pytest.approx(1 - 2 * (100 + 2 * 700) / 40_000, abs=1e-4)


def test_a_side_excludes_the_other_one_but_for_the_strip_where_no_source_is_fit():
    found = excluded_share(even_ground(), INSIDE, "MLI", {"osm": (700.0, 0.0)})
    assert found == pytest.approx(0.5 - 3 * 700 / 40_000, abs=1e-4)


def test_a_coarse_cell_and_a_poor_boundary_leave_less_to_exclude():
    shares = [
        excluded_share(even_ground(), NINE_AND_A_HALF, "MLI", {"osm": margins})
        for margins in ((100.0, 0.0), (1_000.0, 0.0), (3_000.0, 0.0), (3_000.0, 8_000.0), (3_000.0, 40_000.0))
    ]
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] == 0.0


def test_a_source_that_is_not_fit_excludes_nothing():
    assert excluded_share(even_ground(), NINE_AND_A_HALF, "MLI", {"osm": (3_200.0, 0.0)}) == 0.0


def test_sources_that_differ_exclude_only_where_none_decides_otherwise():
    ground = even_ground()
    ground._distances["dcw", "MLI"] = ground._distances["osm", "MLI"] + 5_000.0
    alone = excluded_share(ground, NINE_AND_A_HALF, "MLI", {"osm": (700.0, 0.0)})
    both = excluded_share(ground, NINE_AND_A_HALF, "MLI", {"osm": (700.0, 0.0), "dcw": (700.0, 0.0)})
    assert both == pytest.approx(alone - 1_500 / 40_000, abs=1e-4)


def incident_with(*changes):
    # Without the words in other languages: a text that a change takes out may not be translated any more.
    text = example_text("tz-98d").partition("\nlanguage: en\n")[0] + "\n"
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return parse_incident(text, name="case.yaml")


def found_by_id(incident):
    context = Context(incident, {PAIR: BORDER})
    return {each.id: each for each in (*check_sides(context), *check_distances(context))}


M2 = "distance:mali-wreck-distance+mali-wreck-position"
NO_FRACTION = ('      - {precision: fractional, note: "nine and a half"}\n', "")


@pytest.fixture(scope="module")
def printed():
    return found_by_id(incident_with())


def test_nine_and_a_half_kilometres_could_have_failed_nearly_everywhere(printed):
    told = printed[M2].informativeness
    assert 0.8 < told.excluded_share < 0.95
    assert "87 %" in told.statement
    assert "within 22 km" in told.compared_with


def test_near_the_border_could_hardly_have_failed():
    near = incident_with(
        ("    distance: 9.5 km\n    territory: MLI\n", "    distance: up to 30 km\n    territory: null\n"), NO_FRACTION
    )
    told = found_by_id(near)[M2].informativeness
    assert told.excluded_share < 0.02
    assert "next to nothing" in told.statement


def test_a_coarse_position_makes_a_figure_agree_with_much_more(printed):
    coarse = incident_with(("19°52’04.738’’N 2°53’38.101’’E", "19.9N 2.9E"))
    told = found_by_id(coarse)[M2].informativeness
    assert told.excluded_share < printed[M2].informativeness.excluded_share - 0.2
    assert "if boundary and position were known exactly" in told.statement


def test_a_figure_below_what_sources_can_tell_excludes_nothing(printed):
    told = printed["distance:algeria-depth-mfa"].informativeness
    assert told.excluded_share == 0.0
    assert "no source here is fine enough" in told.statement


def test_without_a_position_it_says_what_one_could_show(printed):
    finding = printed["distance:algeria-depth"]
    assert finding.outcome == "not_assessable"
    assert finding.informativeness.excluded_share > 0.8
    assert finding.informativeness.statement.startswith("Were a position published")


def test_the_ground_does_not_depend_on_what_is_claimed_nor_on_who_claims_it():
    one = lay_out(incident_with(), BORDER)
    other = lay_out(
        incident_with(("distance: 9.5 km", "distance: 95 km"), ("party: mali\n", "party: algeria\n")), BORDER
    )
    assert one.described == other.described
    assert (one.lon == other.lon).all()


def test_the_ground_is_a_disc_on_the_border_that_holds_all_positions_and_places():
    ground = lay_out(incident_with(), BORDER)
    count = len(ground.lon)
    away_m = np.asarray(
        inverse(np.full(count, ground.lon_deg), np.full(count, ground.lat_deg), ground.lon, ground.lat)[0]
    )
    assert away_m.max() < ground.radius_m
    for share in (0.25, 0.5, 0.75):
        inside = float((away_m <= ground.radius_m * np.sqrt(share)).mean())
        assert inside == pytest.approx(share, abs=0.01)
    assert abs(ground.distances_m("osm", "MLI")).min() < 1_000.0


def test_sides_exchange_signs_only():
    ground = lay_out(incident_with(), BORDER)
    assert (ground.distances_m("osm", "MLI") == -ground.distances_m("osm", "DZA")).all()
    margins = {"osm": (700.0, 0.0)}
    other = lay_out(incident_with(), open_border("DZA", "MLI"))
    for territory in PAIR:
        assert excluded_share(ground, INSIDE, territory, margins) == excluded_share(other, INSIDE, territory, margins)


def test_without_positions_or_places_nothing_can_be_said():
    text = """
schema: geoinc/incident/1
id: bare
title: Bare
border: [MLI, DZA]
parties: {one: {name: One}}
points: {p: {label: point}}
claims:
  - {id: a, party: one, kind: border_distance, point: p, distance: 5 km}
"""
    incident = parse_incident(text, name="bare.yaml")
    assert lay_out(incident, BORDER) is None
    assert foresee(None, INSIDE, "MLI", point="point", tags="A1") is None
    (finding,) = found_by_id(incident).values()
    assert finding.informativeness is None


def test_distance_and_direction_from_a_place():
    """A sector of 22.5 degrees between 9 and 11 km leaves a sixteenth of a ring, by area."""
    ground = lay_out(incident_with(), BORDER)
    place = Place("x", "X", "", "MLI", ground.lon_deg, ground.lat_deg, 0.0, "test", ())
    quantity = read_quantity("10 km")
    claim = PlaceOffsetClaim(
        id="a", party="mali", kind="place_offset", tag="M1", point="wreck", places=(place,), distance=quantity
    )
    ring = (11.0**2 - 9.0**2) / (ground.radius_m / 1000) ** 2
    claimed = Interval(9_000.0, 11_000.0)
    found = excluded_by_offset(ground, claim, claimed, {"x": 0.0}, point="wreckage")
    assert found.excluded_share == pytest.approx(1 - ring, abs=0.01)
    sector = PlaceOffsetClaim(
        id="a",
        party="mali",
        kind="place_offset",
        tag="M1",
        point="wreck",
        places=(place,),
        distance=quantity,
        direction_deg=(348.75, 11.25),
    )
    found = excluded_by_offset(ground, sector, claimed, {"x": 0.0}, point="wreckage")
    assert found.excluded_share == pytest.approx(1 - ring / 16, abs=0.005)
    wider = excluded_by_offset(ground, sector, claimed, {"x": 3_000.0}, point="wreckage")
    assert wider.excluded_share < found.excluded_share


def test_smallest_changes_of_the_main_case(printed):
    side = next(each for name, each in printed.items() if name.startswith("side:mali-wreck-position+mali-wreck-dist"))
    assert side.robust
    assert side.smallest_change.startswith("if every line here ran more than 7.8")
    assert "meridian" in printed[M2].smallest_change
    accuracies = [each["change"] for each in printed[M2].evidence["changes"]]
    assert any("OpenStreetMap" in each and "better than 413" in each for each in accuracies)
    minister = printed["distance:mali-minister-distance+mali-wreck-position"]
    assert minister.robust
    assert "two_lineages" in {each["kind"] for each in minister.evidence["changes"]}
    assert printed["distance:algeria-depth"].smallest_change is None


def test_distribution_stands_with_a_finding_where_plus_or_minus_describes_it_badly(printed):
    finding = printed[M2]
    (drawn,) = finding.evidence["montecarlo"].values()
    assert set(finding.evidence["montecarlo"]) == {"wdb2"}
    rule = finding.by_source["wdb2"].measured
    assert drawn["low_m"] == pytest.approx(rule.low, abs=100)
    assert drawn["high_m"] == pytest.approx(rule.high, abs=150)
