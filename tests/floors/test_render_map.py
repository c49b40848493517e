"""The map's parts without a browser: Leaflet's copy, names in two scripts, what several claims and sources leave."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
import shapely

import geoinc
from geoinc.findings import AssessmentData
from geoinc.render.drawing import Drawing, _agree, draw
from geoinc.render.legend import apart_rows, legend_groups
from geoinc.render.naming import second_names
from geoinc.render.payload import payload
from geoinc.render.roles import Cast
from geoinc.render.vendored import _emptied, leaflet_script

LEAFLET = Path(geoinc.__file__).parent / "render" / "assets" / "leaflet" / "leaflet.js"


@pytest.fixture(scope="module")
def data() -> AssessmentData:
    return geoinc.assess(geoinc.load_incident("tz-98d"))


@pytest.fixture(scope="module")
def drawing(data: AssessmentData) -> Drawing:
    return draw(data, Cast(data))


def test_copy_of_leaflet_only_leaves_out(tmp_path: Path) -> None:
    published = LEAFLET.read_text(encoding="utf-8")
    for tiles in (False, True):
        left = leaflet_script(tiles=tiles)
        # Every letter of the copy stands in the published file, in the same order.
        letters = iter(published)
        assert all(letter in letters for letter in left)
        assert left.count("{") == left.count("}")
        assert len(left) < 0.7 * len(published)
    assert "tileerror" in leaflet_script(tiles=True)
    assert "tileerror" not in leaflet_script(tiles=False)
    assert hashlib.sha256(LEAFLET.read_bytes()).hexdigest().startswith("db49d009c841f5ca34a888c96511ae936fd9")


def test_start_that_is_not_the_only_one_is_refused() -> None:
    assert _emptied('a={x:"}"};b={y:{}};', "a={") == "a={};b={y:{}};"
    with pytest.raises(ValueError, match="2 places"):
        _emptied("a={};a={};", "a={")
    with pytest.raises(ValueError, match="0 places"):
        _emptied("a={};", "b={")


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_both_sides_have_a_name_in_a_second_script(language: str) -> None:
    found = second_names(["DZA", "MLI"], language)
    arabic = [bool(re.search("[\u0600-\u06ff]", found[code].text)) for code in ("DZA", "MLI")]
    assert arabic == [language != "ar"] * 2


def test_one_script_needs_no_second_name() -> None:
    assert second_names(["FRA", "ESP"], "en") == {}
    assert second_names(["XYZ"], "en") == {}


def test_lines_agree_only_where_both_run() -> None:
    line = shapely.LineString([(0, 0), (1, 0)])
    assert _agree(line, shapely.LineString([(0, 0.0001), (0.5, 0), (1, 0)]), 50.0)
    assert not _agree(line, shapely.LineString([(0, 0.0001), (0.5, 0.002), (1, 0)]), 50.0)
    assert not _agree(line, shapely.LineString([(0, 0), (0.5, 0)]), 50.0)


def test_drawn_joint_regions_and_gaps_are_those_of_the_result(data: AssessmentData, drawing: Drawing) -> None:
    assert drawing.joints == (("algeria", "deepest"),)
    assert {(gap.parties, gap.points) for gap in drawing.gaps} == {
        (("mali", "algeria"), ("wreck", "deepest")),
        (("mali", "fla"), ("wreck", "wreck")),
        (("mali", "algeria"), ("link_lost", "deepest")),
    }
    lengths = payload(Cast(data), drawing, ())["gaps"]
    for apart, shown in zip(drawing.gaps, lengths, strict=True):
        for number, gap in apart.by_source.items():
            assert gap.distance_m > 9000
            assert shown["by"][str(number)].endswith(" km")
            source = next(
                feature for feature in drawing.features if feature.kind == "gap" and number in feature.sources
            )
            assert source.row is not None
    assert not any(6 in apart.by_source for apart in drawing.gaps)  # not fit for this scale


def test_legend_names_gaps_by_tags_in_the_order_of_parties(data: AssessmentData, drawing: Drawing) -> None:
    rows = [str(row.label) for row in apart_rows(Cast(data), drawing)]
    assert rows[0] == "A1 and A2 to M1: at least 9.10 km by any source"
    assert all(not row.on for row in apart_rows(Cast(data), drawing))
    keys = [row.key for group in legend_groups(Cast(data), drawing) for row in group.rows]
    assert len(keys) == len(set(keys))


def test_joint_region_that_is_one_claims_ground_is_stored_once() -> None:
    case = geoinc.assess(geoinc.load_incident("three-points"))
    drawing = draw(case, Cast(case))
    twins = [feature for feature in drawing.features if feature.same is not None]
    assert twins
    for feature in twins:
        assert feature.same is not None
        assert drawing.features[feature.same].geometry.equals(feature.geometry)
        assert drawing.features[feature.same].same is None


def test_sentences_of_the_script_are_all_asked_for_and_all_held(data: AssessmentData, drawing: Drawing) -> None:
    held = payload(Cast(data), drawing, ())["words"]
    folder = Path(geoinc.__file__).parent / "render" / "static" / "page"
    script = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.js")))
    asked = set(re.findall(r'text\((?:\w+ \? )?"(\w+)"', script)) | set(re.findall(r'\? "(\w+)" : "\w+", \{', script))
    assert asked <= set(held), asked - set(held)
    assert json.dumps(held)
