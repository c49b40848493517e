"""Lines that are no plain border: what lies near, on which side, and whose a position is by each view."""

from __future__ import annotations

import json

import numpy as np
import pytest
import shapely

from geoinc.boundaries import (
    Kind,
    disputed_grounds,
    disputes_at,
    load_catalogue,
    special_lines,
    special_lines_between,
)
from geoinc.boundaries.kinds import NEUTRAL_NOTE
from geoinc.cli import main
from geoinc.geodesy import inverse, length_m

# Towns and ridges well inside, longitude and latitude; held by, and claimed by.
PLACES = {
    "Simferopol": (34.1, 44.95, "RUS", ["UKR"]),
    "Laayoune": (-13.2, 27.1, "MAR", ["ESH"]),
    "Tifariti": (-10.57, 26.16, "ESH", ["MAR"]),
    "Srinagar": (74.8, 34.1, "IND", ["PAK"]),
    "Gilgit": (74.3, 35.92, "PAK", ["IND"]),
    "Muzaffarabad": (73.47, 34.37, "PAK", ["IND"]),
    "Tawang": (91.87, 27.58, "IND", ["CHN"]),
    "Aksai Chin": (79.5, 35.2, "CHN", ["IND"]),
    "Siachen": (77.1, 35.4, None, ["IND", "PAK"]),
    "Golan": (35.75, 33.0, "ISR", ["SYR"]),
    "Lethem": (-59.8, 3.38, "GUY", ["VEN"]),
    "Pristina": (21.16, 42.66, "XKX", ["SRB"]),
    "Sukhumi": (41.02, 43.0, None, ["GEO"]),
    "Hargeisa": (44.06, 9.56, None, ["SOM"]),
    "Kyrenia": (33.32, 35.33, None, ["CYP"]),
    "Abyei": (28.44, 9.6, "SDN", ["SSD"]),
}


@pytest.mark.parametrize("name", PLACES)
def test_whose_a_place_is_by_each_view(name):
    lon, lat, held_by, claimants = PLACES[name]
    found = disputes_at(lon, lat)
    assert [view.view for view in found.views] == ["as held", *claimants]
    assert [view.territory for view in found.views] == [held_by, *claimants]
    assert found.note == NEUTRAL_NOTE


@pytest.mark.parametrize(
    ("lon", "lat"), [(2.893916, 19.867982), (2.35, 48.86), (-58.15, 6.8), (36.3, 33.5), (30.5, 50.45)]
)
def test_where_nothing_is_disputed_nothing_is_said(lon, lat):
    found = disputes_at(lon, lat, within_m=20_000.0)
    assert (found.grounds, found.views) == ((), ())
    assert (found.note is None) == (not found.lines)


def test_both_sides_of_a_line_of_control_see_the_same_line():
    """One rule for both: the same distance, each on its own side, each claimed by the other."""
    (line,) = [
        each
        for each in special_lines_between("IND", "PAK")
        if each.name == "Line of control" and each.geometry.bounds[3] > 34
    ]
    middle = line.geometry.interpolate(0.5, normalized=True)
    sides, views = set(), []
    for lon, lat in ((middle.x + 0.05, middle.y + 0.05), (middle.x - 0.05, middle.y - 0.05)):
        found = disputes_at(lon, lat)
        near = next(each for each in found.lines if each.line is line)
        sides.add(near.side)
        views.append([view.territory for view in found.views])
    assert sides == {"IND", "PAK"}
    assert sorted(views) == [["IND", "PAK"], ["PAK", "IND"]]


def test_kinds_and_years_come_from_the_source():
    korea = special_lines_between("PRK", "KOR")
    assert [(line.kind, line.year) for line in korea] == [(Kind.LINE_OF_CONTROL, 1953)]
    golan = special_lines_between("ISR", "SYR")
    assert {(line.kind, line.drawn_by, line.year) for line in golan} >= {
        (Kind.LINE_OF_CONTROL, None, 1974),
        (Kind.CLAIM, "SYR", None),
    }
    assert {line.kind for line in special_lines_between("UKR", "RUS")} == {Kind.DISPUTED}
    assert any(line.kind is Kind.LINE_OF_CONTROL for line in special_lines_between("ESH", "MAR"))
    assert special_lines_between("MLI", "DZA") == ()
    assert special_lines_between("MLI", "DZA") == special_lines_between("DZA", "MLI")


def test_a_claimant_draws_claims_and_nobody_else_does():
    for line in special_lines():
        assert (line.drawn_by is not None) == (line.kind is Kind.CLAIM)
        assert (line.left == line.right) or line.kind is not Kind.CLAIM


@pytest.mark.parametrize(("lon", "lat", "name"), [(44.06, 9.56, "Somaliland"), (77.1, 35.4, "not told by the data")])
def test_ground_without_a_holder_is_its_own_only_where_it_broke_away(lon, lat, name):
    held = disputes_at(lon, lat).views[0]
    assert (held.territory, held.name) == (None, name)


def test_no_line_is_a_stub():
    assert min(length_m(line.polyline()) for line in special_lines()) > 200.0


def test_grounds_are_valid_held_by_one_and_claimed_by_others():
    names = [ground.name for ground in disputed_grounds()]
    assert len(names) == len(set(names))
    for ground in disputed_grounds():
        assert ground.geometry.is_valid, ground.name
        assert ground.claimed_by
        assert ground.held_by not in ground.claimed_by
        assert (ground.held_by is None) <= (ground.kind == "breakaway" or ground.name == "Siachen Glacier")


def test_ground_that_two_hold_from_each_other_does_not_overlap():
    by_holder = {}
    for ground in disputed_grounds():
        by_holder.setdefault(ground.held_by or ground.name, []).append(ground.geometry)
    merged = {holder: shapely.union_all(shapes) for holder, shapes in by_holder.items()}
    holders = sorted(merged)
    for index, one in enumerate(holders):
        for other in holders[index + 1 :]:
            assert shapely.intersection(merged[one], merged[other]).area < 1e-3, (one, other)


def test_near_an_edge_nothing_is_certain():
    (golan,) = [ground for ground in disputed_grounds() if ground.name == "Golan Heights"]
    vertices = shapely.get_coordinates(golan.geometry)
    inner = golan.geometry.representative_point()
    deep = disputes_at(inner.x, inner.y)
    assert all(view.certain for view in deep.views)
    towards = vertices[0] + (np.array([inner.x, inner.y]) - vertices[0]) * 0.02
    shallow = disputes_at(*towards.tolist())
    assert float(inverse(*towards, *vertices[0])[0]) < 2_000
    assert not any(view.certain for view in shallow.views)


def test_lines_are_looked_for_as_far_as_told():
    near = disputes_at(74.03, 34.08, within_m=10_000.0)
    far = disputes_at(74.03, 34.08)
    assert len(near.lines) < len(far.lines)
    assert all(each.distance_m <= 10_000.0 for each in near.lines)
    assert [each.distance_m for each in far.lines] == sorted(each.distance_m for each in far.lines)


def test_the_file_is_in_the_catalogue_with_its_hash():
    assert "public-domain/disputes.geojson" in load_catalogue().files


def test_measure_tells_each_view_and_the_note(capsys):
    place = ("measure", "34.08N 74.03E", "--between", "IND", "PAK")
    assert main([*place, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["disputes"]
    assert {view["view"]: view["territory"] for view in found["views"]} == {"as held": "IND", "PAK": "PAK"}
    assert found["lines"][0]["kind"] == "line_of_control"
    assert found["note"] == NEUTRAL_NOTE
    assert main([*place]) == 0
    page = " ".join(capsys.readouterr().out.split())
    assert "As held: IND" in page
    assert "By the view of PAK: PAK" in page
    assert "geoinc takes no side" in page
    assert main(["measure", "19.8679828, 2.8939169", "--between", "MLI", "DZA", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["disputes"]["note"] is None


def test_maps_of_a_disputed_border_carry_the_note(tmp_path, capsys):
    target = tmp_path / "korea.svg"
    assert main(["boundaries", "show", "PRK", "KOR", "--map", str(target)]) == 0
    assert "line of control" in capsys.readouterr().out.lower()
    assert "geoinc takes no side" in " ".join(target.read_text(encoding="utf-8").split())
