"""Budgets, datums and the propagation of distributions, each against a figure worked out another way."""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest

from geoinc.assessment.border_checks import check_sides
from geoinc.assessment.evidence import Asked, Context, _ingredients
from geoinc.boundaries import LocalAccuracy, open_border
from geoinc.claims import BoundaryWidth
from geoinc.errors import IncidentError, ReadingError
from geoinc.geodesy import inverse, nearest
from geoinc.incident import example_text, parse_incident
from geoinc.measurement import signed_distances_m
from geoinc.ranges import edge_moves_m, moved, nearby_line
from geoinc.uncertainty import (
    COVERAGE_FACTOR,
    WGS_84,
    Component,
    Distribution,
    datum_shift,
    expanded_m,
    is_linear,
    make_budget,
    propagate,
    read_datum,
    rectangular,
    shown_row,
)
from geoinc.uncertainty.datum import LISTED, UNKNOWN, _candidates

PAIR = ("MLI", "DZA")
BORDER = open_border(*PAIR)
LON, LAT = 2.8939169444, 19.8679827778
POSITION = '    text: "19°52’04.738’’N 2°53’38.101’’E"\n'


def incident_with(position: str = POSITION, section: str = ""):
    text = example_text("tz-98d").replace(POSITION, position, 1)
    return parse_incident(text.replace("limits:\n", f"{section}limits:\n", 1), name="case.yaml")


def budgets(incident):
    context = Context(incident, {PAIR: BORDER})
    side = next(iter(check_sides(context)))
    return {source: each.budget for source, each in side.by_source.items()}, side.by_source


def row(budget, name):
    return next((each for each in budget.rows if name in each.name), None)


# Budget


def test_combined_and_expanded_are_the_root_of_the_sum_of_squares():
    parts = [Component("boundary", 700.0, "x"), rectangular("bed", 150.0, "y")]
    budget = make_budget(parts, [shown_row("cell", 9.0, Distribution.RECTANGULAR, "z")])
    assert budget.combined_m == pytest.approx(math.hypot(700.0 / 1.959964, 150.0 / math.sqrt(3)), rel=1e-6)
    assert budget.expanded_m == expanded_m(parts) == pytest.approx(budget.coverage_factor * budget.combined_m)
    assert sum(each.share for each in budget.rows) == pytest.approx(1.0)
    assert [each.counted for each in budget.rows] == [True, True, False]
    assert budget.rows[-1].share == 0.0


def test_coverage_factor_is_that_of_a_normal_distribution():
    reach = NormalDist().cdf(COVERAGE_FACTOR) - NormalDist().cdf(-COVERAGE_FACTOR)
    assert reach == pytest.approx(0.95)


def test_an_ingredient_without_bound_has_no_budget():
    assert make_budget([Component("boundary", math.inf, "unknown")]) is None


def test_main_case_keeps_its_uncertainties_and_each_has_its_budget():
    held, by_source = budgets(incident_with())
    for source, outcome in by_source.items():
        assert held[source].expanded_m == outcome.uncertainty_m
    assert held["dcw"].expanded_m == pytest.approx(2327.0)
    assert held["ne-10m"].expanded_m == pytest.approx(2000.0)
    assert [each.name for each in held["osm-2026c"].rows if each.counted] == ["accuracy of the boundary here"]
    assert not row(held["osm-2026c"], "spread").counted
    assert "agreement" in row(held["osm-2026c"], "spread").basis
    assert "judged by itself" in row(held["dcw"], "spread").basis


def test_printed_cell_is_shown_and_not_counted_again():
    _, fine = budgets(incident_with())
    _, coarse = budgets(incident_with('    text: "19.87N 2.89E"\n'))
    one = coarse["osm-2026c"]
    cell = row(one.budget, "printed digits")
    half_m = (one.measured.high - one.measured.low) / 2 - one.uncertainty_m
    assert cell.standard_m == pytest.approx(half_m / math.sqrt(3), rel=1e-6)
    assert not cell.counted
    assert one.uncertainty_m == pytest.approx(fine["osm-2026c"].uncertainty_m, rel=0.02)


def test_declared_width_of_the_limit_counts_once():
    section = "boundary_widths: [{width: 300 m, basis: the bed of the wadi}]\n"
    held, _ = budgets(incident_with(section=section))
    plain, _ = budgets(incident_with())
    for source in ("osm-2026c", "dcw"):
        bed = row(held[source], "width")
        assert bed.counted
        assert bed.standard_m == pytest.approx(150.0 / math.sqrt(3))
        assert held[source].combined_m == pytest.approx(math.hypot(plain[source].combined_m, bed.standard_m))
    position = incident_with().claim("mali-wreck-position")
    width = BoundaryWidth(PAIR, 300.0, "the bed of the wadi")
    counted, shown = _ingredients(LocalAccuracy(250.0, "assumed", "as wide as the bed", {}), position, width)
    assert [each.name for each in counted] == ["accuracy of the boundary here"]
    assert any("stands for it already" in each.basis for each in shown)


def test_reading_of_edges_moves_the_distance_as_the_whole_line_read_anew_does():
    line = BORDER["ne-10m"]
    for lon, lat in ((LON, LAT), (-1.5, 23.2)):
        distance_m = float(nearest(line.polyline(), lon, lat).distance_m)
        for name, move_m in edge_moves_m(line, lon, lat, distance_m).items():
            whole_m = float(nearest(line.polyline(name), lon, lat).distance_m)
            assert move_m == pytest.approx(whole_m - distance_m, abs=1e-6)
    line = BORDER["ne-110m"]
    distance_m = float(nearest(line.polyline(), -1.5, 23.2).distance_m)
    assert max(abs(move) for move in edge_moves_m(line, -1.5, 23.2, distance_m).values()) > 200.0


def test_part_of_a_line_gives_the_distances_of_the_whole():
    line = BORDER["wdb2"]
    near = nearby_line(line, LON, LAT, 15_000.0)
    assert near.edge_count < line.polyline().edge_count / 5
    lon, lat = LON + np.linspace(-0.02, 0.02, 9), np.full(9, LAT)
    assert nearest(near, lon, lat).distance_m == pytest.approx(nearest(line.polyline(), lon, lat).distance_m, abs=1e-6)


# Datum


def test_the_older_datums_of_the_region_shift_by_what_the_register_says():
    """124 to 162 m along this border for Nord Sahara 1959, 22 to 35 m for Adindan, by every operation valid there."""
    vertices = np.asarray(BORDER["osm"].line.coords)[::250]
    reach = {
        datum.name: [each.shift_m for lon, lat in vertices for each in _candidates(datum, lon, lat)] for datum in LISTED
    }
    assert 123 <= min(reach["Nord Sahara 1959"]) <= max(reach["Nord Sahara 1959"]) <= 163
    assert 22 <= min(reach["Adindan"]) <= max(reach["Adindan"]) <= 36


def test_known_datum_moves_the_position_and_widens_by_what_the_operations_differ():
    shift = datum_shift(read_datum("nord sahara 1959"), LON, LAT)
    moved_m = float(inverse(LON, LAT, shift.lon_deg, shift.lat_deg)[0])
    assert moved_m == pytest.approx(shift.shift_m, abs=1e-3)
    assert 130 < moved_m < 140
    # The other operation is stated to be good to 44 m and lies some 21 m away.
    assert 44 < shift.half_width_m < 75
    assert "44 m" in shift.basis


def test_unknown_datum_moves_nothing_and_widens_by_the_largest_shift():
    shift = datum_shift(UNKNOWN, LON, LAT)
    assert (shift.lon_deg, shift.lat_deg) == (LON, LAT)
    assert shift.half_width_m == pytest.approx(157.4, abs=0.5)
    assert "Nord Sahara 1959" in shift.basis


def test_wgs_84_adds_nothing():
    assert datum_shift(WGS_84, LON, LAT).half_width_m == 0.0
    held, _ = budgets(incident_with(POSITION + "    datum: WGS 84\n"))
    assert row(held["osm-2026c"], "datum") is None
    assert incident_with(POSITION + "    datum: EPSG:4326\n").claim("mali-wreck-position").datum is None


@pytest.mark.parametrize(("name", "moves"), [("unknown", False), ("Nord Sahara 1959", True), ("EPSG:4307", True)])
def test_datum_of_a_claim_reaches_position_and_budget(name, moves):
    incident = incident_with(POSITION + f"    datum: {name}\n")
    claim = incident.claim("mali-wreck-position")
    assert (abs(claim.reading.lon_deg - LON) > 1e-5) is moves
    assert any("datum" in warning for warning in claim.reading.warnings)
    held, _ = budgets(incident)
    datum = row(held["osm-2026c"], "datum")
    assert datum.distribution is Distribution.RECTANGULAR
    assert datum.standard_m == pytest.approx(claim.datum.half_width_m / math.sqrt(3))


@pytest.mark.parametrize(
    ("name", "fragment"),
    [
        ("Nord Sahara", "is no datum known here"),
        ("EPSG:3857", "does not stand for latitude and longitude"),
        ("EPSG:999999", "is not in the register"),
        ("EPSG:4272", "no way from"),
    ],
)
def test_datum_that_cannot_serve_is_refused_with_its_line(name, fragment):
    with pytest.raises(IncidentError) as caught:
        incident_with(POSITION + f"    datum: {name}\n")
    (problem,) = caught.value.problems
    assert fragment in problem.message
    assert problem.field.endswith(".datum")
    text = example_text("tz-98d").replace(POSITION, POSITION + f"    datum: {name}\n", 1)
    assert name in text.splitlines()[problem.line - 1]


def test_grid_positions_take_no_datum():
    with pytest.raises(IncidentError, match="notation"):
        incident_with('    text: "31Q 384000 2197000"\n    datum: unknown\n')


def test_reader_of_datums_names_what_it_knows():
    with pytest.raises(ReadingError, match="Adindan"):
        read_datum("Clarke")


# Monte Carlo


ACCURACY = [Component("boundary", COVERAGE_FACTOR * 100.0, "test")]
TRIALS = 20_000


def test_straight_line_far_away_turns_a_normal_displacement_into_a_normal_distance():
    found = propagate(lambda east, north: 5_000.0 + 0.6 * east + 0.8 * north, ACCURACY, trials=TRIALS)
    assert found.mean_m == pytest.approx(5_000.0, abs=3.0)
    assert found.standard_m == pytest.approx(100.0, rel=0.02)
    assert (found.low_m, found.high_m) == pytest.approx((5_000.0 - 196.0, 5_000.0 + 196.0), abs=6.0)


def test_bare_distance_from_the_line_itself_is_folded_normal():
    """The half-normal distribution: mean u sqrt(2/pi), quantiles of |z|; the shortest interval starts at 0."""
    found = propagate(lambda east, north: np.abs(north), ACCURACY, trials=TRIALS)
    normal = NormalDist(0.0, 100.0)
    assert found.mean_m == pytest.approx(100.0 * math.sqrt(2 / math.pi), rel=0.02)
    assert found.low_m == pytest.approx(normal.inv_cdf(0.5 + 0.025 / 2), abs=1.0)
    assert found.high_m == pytest.approx(normal.inv_cdf(0.5 + 0.975 / 2), abs=6.0)
    assert found.shortest_low_m == pytest.approx(0.0, abs=1.0)
    assert found.shortest_high_m == pytest.approx(normal.inv_cdf(0.975), abs=6.0)


def test_folded_normal_off_the_line():
    """Distance from a position 80 m off a line, against the folded normal distribution function."""
    found = propagate(lambda east, north: np.abs(80.0 + north), ACCURACY, trials=TRIALS)
    normal = NormalDist(80.0, 100.0)
    for value, share in ((found.low_m, 0.025), (found.high_m, 0.975)):
        assert normal.cdf(value) - normal.cdf(-value) == pytest.approx(share, abs=0.004)


def test_rectangular_ingredient_and_cell_stay_within_their_widths():
    bed = [rectangular("bed", 150.0, "test")]
    found = propagate(lambda east, north: north, bed, (0.0, 50.0), trials=TRIALS)
    assert found.standard_m == pytest.approx(math.hypot(150.0, 50.0) / math.sqrt(3), rel=0.02)
    assert max(abs(found.low_m), abs(found.high_m)) < 200.0


def test_same_seed_same_figures_and_another_seed_others():
    def distance_m(east, north):
        return np.abs(north)

    assert propagate(distance_m, ACCURACY) == propagate(distance_m, ACCURACY)
    assert propagate(distance_m, ACCURACY) != propagate(distance_m, ACCURACY, seed=2)


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="no bound"):
        propagate(lambda east, north: north, [Component("boundary", math.inf, "unknown")])
    with pytest.raises(ValueError, match="triangular"):
        propagate(lambda east, north: north, [Component("x", 1.0, "y", Distribution.TRIANGULAR)])


@pytest.mark.parametrize(
    ("distance_m", "linear"),
    [
        (lambda east, north: 5_000.0 + north, True),
        (lambda east, north: np.hypot(east, north - 9_000.0), True),
        (lambda east, north: np.abs(150.0 + north), False),
        (lambda east, north: np.minimum(5_000.0 + north, 5_020.0 - north), False),
        (lambda east, north: np.hypot(east, north - 300.0), False),
    ],
)
def test_where_plus_or_minus_describes_a_distance(distance_m, linear):
    assert is_linear(distance_m, ACCURACY) is linear


def evidence_at(text, towards="MLI"):
    incident = incident_with(f'    text: "{text}"\n')
    return Context(incident, {PAIR: BORDER}).evidence(incident.claim("mali-wreck-position"), Asked(PAIR, towards))


def test_near_the_line_the_bare_distance_is_drawn_and_the_signed_one_is_linear():
    """Across a straight stretch a sign does not matter; without it the distance folds back at 0."""
    (bare, *_), (signed, *_) = evidence_at("19.95130N 2.97000E", None), evidence_at("19.95130N 2.97000E")
    found = bare.propagate()
    assert bare.value_m < 2 * bare.uncertainty_m()
    assert signed.propagate() is None
    assert 0 < found.low_m < found.mean_m < found.high_m < bare.measured(bare.uncertainty_m()).high * 1.05
    assert bare.propagate() == found


def test_sign_of_a_drawn_distance_is_that_of_the_ground():
    """Both a trial that stays on its side and one that crosses the line get the sign of a measurement there."""
    (signed, *_) = evidence_at("19.95130N 2.97000E")
    east, north = np.array([0.0, 0.0, 4_000.0, -3_000.0]), np.array([0.0, 3_000.0, -9_000.0, 2_000.0])
    reading = signed.propagate.reading
    lon, lat = moved(reading, east, north)
    wanted = signed_distances_m(BORDER["osm"], lon, lat, "MLI")
    assert signed.propagate._distances(east, north) == pytest.approx(wanted, abs=1e-6)
    assert {-1.0, 1.0} == set(np.sign(wanted))


def test_at_the_wreckage_only_the_line_with_an_inward_bend_is_drawn():
    drawn = {each.source for each in evidence_at("19°52’04.738’’N 2°53’38.101’’E") if each.propagate() is not None}
    assert drawn == {"wdb2"}


def test_budget_follows_an_accuracy_that_is_tried():
    each = evidence_at("19.8N 2.8E")[0]
    tried = replace(each, components=(Component("boundary", 123.0, "x"), *each.components[1:]))
    assert each.uncertainty_m(123.0) == tried.uncertainty_m() == expanded_m(each.credited(123.0))
