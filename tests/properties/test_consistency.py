"""Claims against claims: what comes from one true configuration never contradicts itself, and what cannot be does."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from shapely import LineString

from geoinc.claims import (
    BorderDistanceClaim,
    Incident,
    Party,
    PlaceOffsetClaim,
    Point,
    PositionClaim,
    SeparationClaim,
    WithinClaim,
)
from geoinc.consistency import (
    check_bounds,
    check_containments,
    check_separations,
    check_triangles,
    overlap,
    overlap_margin_m,
    reach,
)
from geoinc.findings import Outcome
from geoinc.geodesy import Edges, Line, direct, inverse, nearest
from geoinc.intervals import Interval
from geoinc.measurement import Sense
from geoinc.notation import read_position
from geoinc.places import Place
from geoinc.quantities import Precision, declared_quantity, read_quantity
from geoinc.ranges import separation_interval_m
from geoinc.repeated import check_repeated

CHECKS = (check_separations, check_bounds, check_containments, check_triangles, check_repeated)
BORDER = ("AAA", "BBB")
PARTIES = {"a": Party("a", "Party A", "AAA"), "b": Party("b", "Party B", "BBB")}
POINTS = ("p", "q", "r")
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

east_deg = st.floats(2.7, 3.3)
north_deg = st.floats(19.7, 20.3)
metres = st.floats(0.0, 50_000.0)


@st.composite
def intervals(draw, low=0.0):
    start = draw(st.floats(low, 40_000.0))
    shape = draw(st.sampled_from(["closed", "at_least", "more_than", "up_to"]))
    if shape == "at_least":
        return Interval.at_least(start)
    if shape == "more_than":
        return Interval.more_than(start)
    return Interval(0.0 if shape == "up_to" else start, start + draw(st.floats(0.0, 5_000.0)))


def printed(draw, value_m: float) -> str:
    """A distance as somebody prints it who knows it: rounded, or as a bound that holds."""
    how = draw(st.sampled_from(["m", "km", "tenth", "at least", "more than", "up to"]))
    if how == "m":
        return f"{value_m:.0f} m"
    if how == "tenth":
        return f"{value_m / 1000:.1f} km"
    if how == "km":
        return f"{value_m / 1000:.0f} km"
    if how == "up to":
        return f"up to {math.ceil(value_m)} m"
    below = max(0, math.floor(value_m) - 1)
    return f"{how} {below} m"


def rounded_position(draw, lon_deg: float, lat_deg: float):
    digits = draw(st.integers(1, 5))
    return read_position(f"{lat_deg:.{digits}f}°N {lon_deg:.{digits}f}°E")


@st.composite
def true_incidents(draw):
    """An incident whose every figure was printed by somebody who knew where everything lay."""
    zigzag = [(2.0 + 0.25 * k, draw(st.floats(19.9, 20.1))) for k in range(9)]
    line = Line.from_geometry(LineString(zigzag), Edges.GEODESIC)
    where = {point: (draw(east_deg), draw(north_deg)) for point in POINTS}
    lon, lat = (np.array([where[point][k] for point in POINTS]) for k in (0, 1))
    found = nearest(line, lon, lat)
    depth = dict(zip(POINTS, found.distance_m.tolist(), strict=True))
    side = dict(zip(POINTS, ["AAA" if side > 0 else "BBB" for side in found.side.tolist()], strict=True))
    places, centres = [], []
    for name in ("x", "y"):
        centre = draw(east_deg), draw(north_deg)
        accuracy_m = draw(st.floats(1.0, 2_000.0))
        off = direct(*centre, draw(st.floats(0.0, 360.0)), accuracy_m * draw(st.floats(0.0, 0.999)))
        places.append(Place(name, name, "", "AAA", float(off[0]), float(off[1]), accuracy_m, "invented"))
        centres.append(centre)

    def apart(one, other):
        return float(inverse(*one, *other)[0])

    claims = []
    kinds = draw(st.lists(st.sampled_from(["position", "depth", "within", "apart", "from", "sense"]), max_size=12))
    for number, kind in enumerate(kinds):
        one, other = draw(st.permutations(POINTS))[:2]
        which = draw(st.integers(0, 1))
        common = {"id": f"c{number}", "tag": f"C{number}", "party": draw(st.sampled_from("ab"))}
        from_place = {"point": one, "places": (places[which],)}
        length = {
            "depth": depth[one],
            "apart": apart(where[one], where[other]),
            "from": apart(centres[which], where[one]),
            "sense": apart(centres[which], where[one]),
        }.get(kind, 0.0)
        distance = read_quantity(printed(draw, length))
        if kind == "position":
            claims.append(PositionClaim(**common, kind=kind, point=one, reading=rounded_position(draw, *where[one])))
        elif kind == "depth":
            territory = draw(st.sampled_from([side[one], None]))
            common |= {"kind": kind, "point": one, "border": BORDER}
            claims.append(BorderDistanceClaim(**common, distance=distance, territory=territory))
        elif kind == "within":
            claims.append(WithinClaim(**common, kind=kind, point=one, territory=side[one], border=BORDER))
        elif kind == "apart":
            claims.append(SeparationClaim(**common, kind=kind, points=(one, other), distance=distance))
        elif kind == "from":
            claims.append(PlaceOffsetClaim(**common, kind=kind, **from_place, distance=distance))
        else:
            common |= {"kind": kind, "distance": distance, "territory": None, "border": BORDER}
            claims.append(BorderDistanceClaim(**common, **from_place, sense=Sense.FROM))
    return incident_of(claims)


def incident_of(claims, parties=PARTIES):
    points = {point: Point(point, f"point {point}") for point in POINTS}
    return Incident(
        id="i", title="t", borders=(BORDER,), parties=parties, references={}, points=points, claims=tuple(claims)
    )


def all_findings(incident):
    return [finding for check in CHECKS for finding in check(incident)]


@FEW
@given(true_incidents())
def test_figures_from_one_true_configuration_never_contradict_each_other(incident):
    for finding in all_findings(incident):
        assert finding.outcome is not Outcome.INCONSISTENT, finding.statement


@FEW
@given(true_incidents())
def test_swapping_the_parties_exchanges_names_and_nothing_else(incident):
    exchanged = {"AAA": "BBB", "BBB": "AAA", None: None}
    claims = [
        replace(claim, territory=exchanged[claim.territory]) if hasattr(claim, "territory") else claim
        for claim in incident.claims
    ]
    parties = {"a": Party("a", "Party B", "BBB"), "b": Party("b", "Party A", "AAA")}
    before = all_findings(incident)
    after = all_findings(replace(incident, claims=tuple(claims), parties=parties))
    names = str.maketrans({"A": "B", "B": "A"})
    assert [each.id for each in after] == [each.id for each in before]
    for one, other in zip(before, after, strict=True):
        assert (one.outcome, one.robust, one.measured, one.claimed) == (
            other.outcome,
            other.robust,
            other.measured,
            other.claimed,
        )
        assert one.evidence.get("margin_m") == other.evidence.get("margin_m")
        assert one.statement.replace("Party A", "Party B") == other.statement.replace("Party A", "Party B") or (
            one.statement.translate(names) == other.statement.translate(names)
        )


def quantity(interval: Interval):
    if interval.bounded:
        return declared_quantity("declared", interval.low, interval.high)
    bound = "more_than" if interval.low_open else "at_least"
    return replace(declared_quantity("declared", interval.low, math.inf), interval=interval, bound=bound)


def check_sign(finding):
    """The outcome, and a margin of the same sign."""
    margin_m = finding.evidence["margin_m"]
    if finding.outcome is Outcome.CONSISTENT:
        assert margin_m is None or margin_m >= 0
    elif finding.outcome is Outcome.INCONSISTENT:
        assert margin_m is None or margin_m <= 0
    return finding


def claim_of(kind, number, **fields):
    return kind(id=f"c{number}", tag=f"C{number}", party="a", kind="k", **fields)


def depth_of(number, point, interval, territory="AAA"):
    return claim_of(
        BorderDistanceClaim, number, point=point, distance=quantity(interval), territory=territory, border=BORDER
    )


def apart_of(number, ends, interval):
    return claim_of(SeparationClaim, number, points=ends, distance=quantity(interval))


@FEW
@given(intervals(), intervals(), intervals(), st.booleans())
def test_distances_hold_exactly_where_the_way_between_the_points_is_long_enough(first, second, apart, across):
    other = depth_of(1, "q", second, "BBB" if across else "AAA")
    claims = [depth_of(0, "p", first), other, apart_of(2, ("p", "q"), apart)]
    needed = first.low + second.low if across else first.gap(second)
    found = [check_sign(each) for each in check_bounds(incident_of(claims))]
    if not across and first.overlaps(second):
        assert not found
        return
    (finding,) = found
    if abs(needed - apart.high) > 1e-6:
        assert (finding.outcome is Outcome.CONSISTENT) == (needed < apart.high)


@FEW
@given(intervals(1.0), intervals())
def test_a_depth_and_words_for_the_other_side_need_a_way_as_long_as_the_depth(depth, apart):
    words = claim_of(WithinClaim, 1, point="q", territory="BBB", border=BORDER)
    claims = [depth_of(0, "p", depth), words, apart_of(2, ("p", "q"), apart)]
    found = [check_sign(each) for each in check_containments(incident_of(claims))]
    if depth.low == 0:
        assert not found
    elif abs(depth.low - apart.high) > 1e-6:
        assert (found[0].outcome is Outcome.CONSISTENT) == (depth.low < apart.high)


@FEW
@given(intervals(), intervals(), intervals())
def test_three_separations_join_three_points_exactly_where_none_exceeds_the_others(first, second, third):
    sides = (first, second, third)
    claims = [apart_of(k, ends, each) for k, (ends, each) in enumerate(zip(("pq", "qr", "pr"), sides, strict=True))]
    claims = [replace(claim, points=tuple(claim.points)) for claim in claims]
    (finding,) = check_triangles(incident_of(claims))
    check_sign(finding)
    margins = [sum(other.high for other in sides) - each.high - each.low for each in sides if each.bounded]
    least = min((m for m in margins if math.isfinite(m)), default=math.inf)
    if not all(each.bounded for each in sides):
        return
    if abs(least) > 1e-6:
        assert (finding.outcome is Outcome.CONSISTENT) == (least > 0)


@FEW
@given(intervals(), intervals(), st.floats(0.0, 40_000.0), st.floats(0.0, 1_000.0))
def test_distances_from_two_places_meet_exactly_where_the_places_are_neither_too_far_nor_too_near(
    first, second, apart_m, accuracy_m
):
    there = direct(3.0, 20.0, 63.0, apart_m)
    one = Place("x", "x", "", "AAA", 3.0, 20.0, accuracy_m, "invented")
    other = Place("y", "y", "", "AAA", float(there[0]), float(there[1]), 0.0, "invented")
    claims = [
        claim_of(PlaceOffsetClaim, number, point="p", places=(place,), distance=quantity(each))
        for number, (place, each) in enumerate(((one, first), (other, second)))
    ]
    found = [check_sign(each) for each in check_triangles(incident_of(claims))]
    if not (first.bounded or second.bounded):
        assert not found
        return
    (finding,) = found
    between = Interval(max(0.0, apart_m - accuracy_m), apart_m + accuracy_m)
    reachable = Interval(first.gap(second), first.high + second.high)
    margin_m = overlap_margin_m(between, reachable)
    if margin_m is None or abs(margin_m) > 1e-3:
        assert finding.outcome is overlap(between, reachable)


@FEW
@given(st.tuples(east_deg, north_deg), st.tuples(east_deg, north_deg), st.integers(2, 5), st.floats(1.0, 9_000.0))
def test_a_separation_printed_beyond_what_the_cells_allow_is_found(one, other, digits, beyond_m):
    readings = [read_position(f"{lat:.{digits}f}°N {lon:.{digits}f}°E") for lon, lat in (one, other)]
    positions = [
        claim_of(PositionClaim, number, point=point, reading=reading)
        for number, (point, reading) in enumerate(zip("pq", readings, strict=True))
    ]
    measured = separation_interval_m(*readings)
    outside = [Interval(measured.high + beyond_m, measured.high + beyond_m + 10.0)]
    if measured.low > beyond_m:
        outside.append(Interval(0.0, measured.low - beyond_m))
    for claimed in outside:
        (finding,) = check_separations(incident_of([*positions, apart_of(2, ("p", "q"), claimed)]))
        assert finding.outcome is Outcome.INCONSISTENT
        assert finding.evidence["margin_m"] == pytest.approx(-beyond_m, abs=1e-6)


@FEW
@given(intervals(), intervals())
def test_two_figures_for_one_distance_hold_exactly_where_they_overlap(first, second):
    claims = [depth_of(0, "p", first), depth_of(1, "p", second)]
    (finding,) = check_repeated(incident_of(claims))
    check_sign(finding)
    assert finding.outcome is overlap(first, second)


@given(intervals(), intervals())
def test_a_margin_tells_how_far_one_interval_must_be_moved(one, other):
    margin_m = overlap_margin_m(one, other)
    if margin_m is None:
        return
    assert (margin_m >= 0) or not one.overlaps(other)
    width_m = min(one.high - one.low, other.high - other.low)
    assume(abs(margin_m) > 1e-3 and width_m > 1e-3)
    shift_m = abs(margin_m) + min(width_m / 2, 1.0)
    moved = [Interval(one.low + way, one.high + way, one.low_open, one.high_open) for way in (shift_m, -shift_m)]
    assert any(each.overlaps(other) != one.overlaps(other) for each in moved)


@FEW
@given(st.tuples(east_deg, north_deg), st.tuples(east_deg, north_deg), st.integers(1, 4), st.data())
def test_the_reach_of_a_cell_holds_every_position_that_prints_the_same(centre, where, digits, data):
    place = Place("x", "x", "", "AAA", *centre, 100.0, "invented")
    reading = read_position(f"{where[1]:.{digits}f}°N {where[0]:.{digits}f}°E")
    found = reach(place, reading)
    unit = st.floats(-1.0, 1.0)
    lon = reading.lon_deg + reading.half_width_lon_deg * data.draw(unit)
    lat = reading.lat_deg + reading.half_width_lat_deg * data.draw(unit)
    distance_m, azimuth_deg, _ = (float(each) for each in inverse(*centre, lon, lat))
    assert found.interval.low - 1e-3 <= distance_m <= found.interval.high + 1e-3
    azimuth_deg %= 360.0
    around = ((azimuth_deg - 0.5) % 360.0, (azimuth_deg + 0.5) % 360.0)
    assert found.shift_to_m(Interval(max(0.0, distance_m - 1), distance_m + 1), around) == pytest.approx(0.0, abs=1.0)
    beyond = Interval(found.interval.high + 500.0, found.interval.high + 600.0)
    assert found.shift_to_m(beyond, None) == pytest.approx(500.0)
    assert found.shift_to_m(beyond, around) >= 499.0


def test_declared_intervals_are_not_read_again():
    assert quantity(Interval(1.0, 2.0)).precision is Precision.DECLARED
