"""What claims allow together: known answers, smallest contradictions, and the main case."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
import shapely

import geoinc
from geoinc.boundaries import open_border
from geoinc.claims import BorderDistanceClaim, PlaceOffsetClaim
from geoinc.geodesy import direct, inverse
from geoinc.intervals import Interval
from geoinc.measurement import signed_distances_m
from geoinc.places import Place
from geoinc.quantities import Precision, Quantity
from geoinc.regions import Account, Drawing, Tie, View, area_m2, extent_m, nearest_places, smallest_set
from geoinc.regions.reaches import ANYWHERE, Reach, tie_reaches

PAIR = ("MLI", "DZA")
VIEW = View(2.9, 19.9, 30_000.0)


def quantity(low_m, high_m):
    return Quantity("made", Interval(low_m, high_m), Precision.DECLARED)


def disc(name, azimuth_deg, away_m, radius_m, *, point="p", least_m=0.0):
    lon, lat = direct(2.9, 19.9, azimuth_deg, away_m)
    place = Place(name, name, "", "MLI", float(lon), float(lat), 0.0, "made")
    return PlaceOffsetClaim(
        id=name,
        party="one",
        kind="place_offset",
        tag=name,
        point=point,
        places=(place,),
        distance=quantity(least_m, radius_m),
    )


def ribbon(name, low_m, high_m, point="p", territory="MLI"):
    return BorderDistanceClaim(
        id=name,
        party="one",
        kind="border_distance",
        tag=name,
        point=point,
        distance=quantity(low_m, high_m),
        territory=territory,
        border=PAIR,
    )


def account(claims, ties=()):
    return Account(claims, ties, canonical=str, otherwise=VIEW)


def minimal(holder, found, drawing=None):
    assert holder.contradicts(found, drawing)
    return not any(holder.contradicts(fewer, drawing) for fewer in combinations(found, len(found) - 1))


def test_three_discs_that_agree_in_pairs_only():
    """Discs of 1 km around places 1.1 km from a middle: each two overlap, the three do not."""
    holder = account(
        [disc(name, azimuth, 1_100.0, 1_000.0) for name, azimuth in zip("abc", (0, 120, 240), strict=True)]
    )
    assert smallest_set(holder.ids, holder.contradicts) == ("a", "b", "c")
    assert minimal(holder, ("a", "b", "c"))
    assert holder.regions()["p"].is_empty


def test_discs_that_just_meet_are_not_a_contradiction():
    holder = account([disc(name, azimuth, 999.9, 1_000.0) for name, azimuth in zip("abc", (0, 120, 240), strict=True)])
    assert not holder.contradicts(holder.ids)


def test_three_claims_of_which_one_is_a_ribbon():
    """Two discs whose common ground is 6 km across, and a ribbon that meets each of them elsewhere."""
    line = open_border("MLI", "DZA")["wdb2"]
    west, east = disc("a", 90, 4_000.0, 5_000.0), disc("b", 270, 4_000.0, 5_000.0)
    drawing = Drawing({PAIR: line})
    lens = account([west, east]).regions()["p"]
    least = min(
        float(signed_distances_m(line, [lon], [lat], "MLI")[0])
        for lon, lat in shapely.get_coordinates(account([west, east]).view.frame.to_globe(lens))
    )
    holder = account([west, east, ribbon("r", 0.0, least - 5.0)])
    assert smallest_set(holder.ids, lambda ids: holder.contradicts(ids, drawing)) == ("a", "b", "r")
    assert minimal(holder, ("a", "b", "r"), drawing)
    assert not holder.contradicts(holder.ids)
    assert not holder.contradicts(holder.ids, Drawing({PAIR: line}, 10.0))


def test_a_smaller_set_is_preferred_and_then_the_first_in_the_file():
    claims = [disc("a", 0, 0.0, 500.0), disc("b", 90, 3_000.0, 500.0), disc("c", 180, 3_000.0, 500.0)]
    assert smallest_set("abc", account(claims).contradicts) == ("a", "b")


def test_points_tied_in_a_chain():
    """p is here, r is 10 km away; p to q and q to r are at most 4 km each."""
    claims = [disc("a", 0, 0.0, 100.0, point="p"), disc("b", 90, 10_000.0, 100.0, point="r")]
    ties = [Tie("s", ("p", "q"), Interval(0.0, 4_000.0)), Tie("t", ("q", "r"), Interval(0.0, 4_000.0))]
    holder = account(claims, ties)
    assert smallest_set(holder.ids, holder.contradicts) == ("a", "b", "s", "t")
    wider = account(claims, [ties[0], Tie("t", ("q", "r"), Interval(0.0, 6_500.0))])
    assert not wider.contradicts(wider.ids)
    assert {point: region.is_empty for point, region in wider.regions().items()} == {"p": False, "q": False, "r": False}


def test_at_least_so_far_apart():
    claims = [disc("a", 0, 0.0, 100.0, point="p"), disc("b", 90, 1_000.0, 100.0, point="q")]
    assert account(claims, [Tie("t", ("p", "q"), Interval(1_300.0, 2_000.0))]).contradicts(("a", "b", "t"))
    assert not account(claims, [Tie("t", ("p", "q"), Interval(1_150.0, math.inf))]).contradicts(("a", "b", "t"))


def test_ground_that_only_a_border_limits_is_not_said_to_be_empty():
    """No such ground lies in the view; nobody has looked elsewhere."""
    holder = account([ribbon("far", 200_000.0, 200_100.0)])
    assert holder.regions(Drawing({PAIR: open_border("MLI", "DZA")["osm"]}))["p"].is_empty
    assert not holder.contradicts(holder.ids, Drawing({PAIR: open_border("MLI", "DZA")["osm"]}))


def test_figures_on_both_sides_need_the_way_through_the_line():
    north, south = Reach.of_claim(Interval(900.0, 1_100.0), 1), Reach.of_claim(Interval(400.0, 500.0), -1)
    near = tie_reaches({"p": north, "q": south}, [("p", "q", 1_299.0)])
    far = tie_reaches({"p": north, "q": south}, [("p", "q", 1_300.0)])
    assert near["p"].empty
    assert not far["p"].empty
    assert ANYWHERE.free


def test_sizes_against_closed_forms():
    shape = shapely.Point(0, 0).buffer(1_000.0, quad_segs=400)
    assert area_m2(shape, VIEW) == pytest.approx(math.pi * 1e6, rel=1e-5)
    assert extent_m(shape, VIEW) == pytest.approx(2_000.0, abs=0.01)
    away, start, end = nearest_places(shape, shapely.box(5_000.0, -10.0, 6_000.0, 10.0), VIEW)
    assert away == pytest.approx(4_000.0, abs=0.05)
    assert float(inverse(*start, *end)[0]) == pytest.approx(away)
    assert nearest_places(shape, shape, VIEW)[0] == 0.0
    with pytest.raises(ValueError, match="empty"):
        nearest_places(shape, shapely.Polygon(), VIEW)
    with pytest.raises(ValueError, match="can hold together"):
        smallest_set("ab", lambda ids: False)


@pytest.fixture(scope="module")
def case():
    return geoinc.assess(geoinc.load_incident("tz-98d"))


def test_main_case_names_the_smallest_set(case):
    tags = {claim.id: claim.tag for claim in case.incident.claims}
    found = [each for each in case.findings if each.kind == "regions" and each.evidence.get("smallest_set")]
    assert [[tags[name] for name in each.evidence["smallest_set"]] for each in found] == [["M2", "M4", "M5"]]
    (finding,) = found
    assert finding.outcome == "inconsistent"
    assert finding.by_source == {}
    assert not finding.robust
    assert "meridian" in " ".join(finding.fragile_by)
    assert "mali-fall" in finding.evidence["left_out"]
    assert len({each.id for each in case.findings}) == len(case.findings)


def test_main_case_regions_and_gaps(case):
    deepest = {each.source: each for each in case.joint_regions if each.point == "deepest"}
    assert 1.1e8 < deepest["wdb2"].area_m2 < 1.3e8
    assert 60_000 < deepest["wdb2"].extent_m < 70_000
    assert deepest["wdb2"].claims == ("algeria-depth", "algeria-depth-mfa")
    hit = next(each for each in case.joint_regions if each.point == "hit")
    assert (hit.area_m2, hit.extent_m) == (None, None)
    gaps = {
        gap.source: gap
        for gap in case.gaps
        if gap.parties == ("mali", "algeria") and gap.points == ("wreck", "deepest")
    }
    assert [round(gaps[s].distance_m / 1000, 2) for s in ("osm-2026c", "dcw", "wdb2", "ne-10m")] == [
        9.96,
        10.07,
        10.29,
        9.1,
    ]
    assert gaps[None].distance_m == gaps["ne-10m"].distance_m
    assert gaps["dcw"].whole == (False, True)
    for gap in case.gaps:
        assert float(inverse(*gap.start_deg, *gap.end_deg)[0]) == pytest.approx(gap.distance_m, abs=1e-3)


def test_numbers_are_carried_both_ways():
    """10 km for one point and 500 m between the two leave 9.5 to 10.5 km for the other, whichever is named first."""
    known = Reach.of_claim(Interval(10_000.0, 10_000.0), 1)
    for tie in (("p", "q", 500.0), ("q", "p", 500.0)):
        (stretch,) = tie_reaches({"p": known, "q": ANYWHERE}, [tie])["q"].stretches
        assert (stretch.low, stretch.high) == (9_500.0, 10_500.0)


def test_a_hole_is_no_ground():
    around = shapely.box(-1000.0, -1000.0, 1000.0, 1000.0).difference(shapely.box(-500.0, -500.0, 500.0, 500.0))
    assert area_m2(around, VIEW) == pytest.approx(3e6, rel=1e-6)


def test_leaving_out_one_by_one_is_not_enough_for_the_smallest_set():
    """Dropping claims in their order ends at c, d and e, though a and b alone contradict each other."""
    found = smallest_set("abcde", lambda some: {"a", "b"} <= set(some) or {"c", "d", "e"} <= set(some))
    assert found == ("a", "b")


def test_main_case_tells_not_of_two_claims_what_one_turns_alone(case):
    (finding,) = (each for each in case.findings if each.kind == "regions" and each.outcome == "inconsistent")
    assert [each.count(" M") for each in finding.fragile_by] == [1] * len(finding.fragile_by)
    assert finding.smallest_change in finding.fragile_by
    assert len(finding.alternatives) > len(finding.fragile_by)
