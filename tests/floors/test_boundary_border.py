"""Opening borders: names, order, lineages, added sources, and the locator's outlines."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoinc.boundaries import Border, BoundaryLine, locator, open_border
from geoinc.boundaries.geojson import read_features
from geoinc.errors import BoundaryError, UnknownBoundaryError
from geoinc.geodesy import Edges

ALL = ("osm-2026c", "osm-2020", "osm-2017", "dcw", "wdb2", "ne-10m", "ne-110m")
LINEAGES = ("osm", "dcw", "wdb2", "naturalearth")


@pytest.fixture(scope="module")
def border() -> Border:
    return open_border("MLI", "DZA")


def own_line(border: Border, source_id: str = "mine", **changes: object) -> BoundaryLine:
    held = border["dcw"]
    return replace(held, source=replace(held.source, id=source_id, lineage="mine", package=None, **changes))


def test_iterates_ids_in_the_order_of_the_catalogue(border: Border) -> None:
    assert tuple(border) == ALL
    assert len(border) == 7
    assert tuple(source.id for source in border.sources) == ALL
    assert border.lineages == LINEAGES


def test_a_lineage_stands_for_its_largest_scale_then_its_newest(border: Border) -> None:
    assert border["osm"].source.id == "osm-2026c"
    assert border["naturalearth"].source.id == "ne-10m"
    assert border.only(["osm-2017", "osm-2020", "ne-110m"])["osm"].source.id == "osm-2020"
    assert border.only(["ne-110m"])["naturalearth"].source.id == "ne-110m"


def test_contains(border: Border) -> None:
    assert "osm" in border
    assert "wdb2" in border
    assert "osm-1999" not in border
    assert 3 not in border


@pytest.mark.parametrize("name", ["osm-1999", "", "OSM"])
def test_unknown_name_lists_what_is_held(border: Border, name: str) -> None:
    with pytest.raises(UnknownBoundaryError) as caught:
        border[name]
    for held in (*ALL, *LINEAGES):
        assert held in str(caught.value)


def test_either_order_keeps_the_order_asked_for(border: Border) -> None:
    other = open_border("DZA", "MLI")
    assert (border.pair, other.pair) == (("MLI", "DZA"), ("DZA", "MLI"))
    for name in ALL:
        assert border[name].pair == border.pair
        assert other[name].pair == other.pair
        assert border[name].line is other[name].line
        assert border[name].polyline() is other[name].polyline()
    assert open_border("mli", "dza").pair == ("MLI", "DZA")


def test_swapped_is_its_own_inverse(border: Border) -> None:
    assert border.swapped().pair == ("DZA", "MLI")
    assert tuple(border.swapped()) == ALL
    assert border.swapped()["osm"].pair == ("DZA", "MLI")
    assert border.swapped().swapped().pair == border.pair


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ("MLI", "FRA", "MLI has a border with BFA, CIV, DZA, GIN, MRT, NER, SEN; FRA has a border with AND, BEL"),
        ("AUS", "PNG", "between AUS .Australia. and PNG .*AUS has none on land; .* runs at sea"),
        ("FRA", "BRA", "GUF .French Guiana., which has a code of its own, has one with BRA, SUR"),
        ("ROM", "UKR", "'ROM' is not the code of a territory .*near it are .*ROU .Romania."),
        ("MLI", "MLI", "between MLI and MLI: name two territories"),
    ],
)
def test_unknown_border(first: str, second: str, says: str) -> None:
    with pytest.raises(UnknownBoundaryError, match=says):
        open_border(first, second)


def test_only_takes_ids_and_lineages() -> None:
    assert tuple(open_border("MLI", "DZA", only=["wdb2", "osm"])) == (
        "osm-2026c",
        "osm-2020",
        "osm-2017",
        "wdb2",
    )
    with pytest.raises(UnknownBoundaryError, match="'lsib'"):
        open_border("MLI", "DZA", only=["osm", "lsib"])
    with pytest.raises(UnknownBoundaryError, match="name at least one"):
        open_border("MLI", "DZA", only=[])


@given(names=st.lists(st.sampled_from([*ALL, *LINEAGES]), min_size=1))
def test_only_never_reorders(names: list[str]) -> None:
    kept = tuple(open_border("MLI", "DZA", only=names))
    assert kept == tuple(name for name in ALL if name in kept)
    assert all(name in kept for name in names if name in ALL)


def test_with_source(border: Border) -> None:
    longer = border.with_source(own_line(border))
    assert tuple(longer) == (*ALL, "mine")
    assert longer["mine"].source.lineage == "mine"
    assert longer.lineages == (*LINEAGES, "mine")
    assert longer.swapped()["mine"].pair == ("DZA", "MLI")
    assert longer.lineage("mine") is None
    assert longer.assumed_accuracy_m("mine") is None
    assert tuple(longer.only(["mine"])) == ("mine",)
    assert tuple(border) == ALL


def test_with_source_refuses_a_taken_name_and_another_border(border: Border) -> None:
    for taken in ("dcw", "osm"):
        with pytest.raises(BoundaryError, match="take another name"):
            border.with_source(own_line(border, taken))
    stranger = replace(own_line(border), pair=("ROU", "UKR"))
    with pytest.raises(BoundaryError, match="mine is a line of ROU and UKR; this is the border of MLI and DZA"):
        border.with_source(stranger)


def test_added_line_keeps_its_own_order(border: Border) -> None:
    reversed_line = own_line(border).swapped()
    assert border.with_source(reversed_line)["mine"].pair == ("MLI", "DZA")


def test_newer_source_of_a_lineage_serves(border: Border) -> None:
    newer = own_line(border, "osm-2030", vintage="2030-01", scale_denominator=None)
    newer = replace(newer, source=replace(newer.source, lineage="osm"))
    assert border.with_source(newer)["osm"].source.id == "osm-2030"


def test_covers(border: Border) -> None:
    line = border["osm"]
    assert line.covers(2.9, 19.9)
    assert line.covers(-8.0, 16.0)
    assert not line.covers(7.5, 19.0)
    assert line.covers([2.9, 2.9], [19.9, 15.9]).tolist() == [True, False]


@pytest.mark.parametrize("edges", [None, *Edges])
def test_polyline_and_rings_are_made_once_for_each_reading(border: Border, edges: Edges | None) -> None:
    line = border["ne-10m"]
    polyline = line.polyline(edges)
    assert polyline is line.polyline(edges)
    assert polyline.edges is (Edges.PLANAR if edges is None else edges)
    np.testing.assert_array_equal(np.column_stack([polyline.lon, polyline.lat]), shapely.get_coordinates(line.line))
    rings = line.rings("MLI", edges)
    assert rings is line.rings("MLI", edges)
    assert rings is not line.rings("DZA", edges)


def test_rings_of_a_stranger(border: Border) -> None:
    with pytest.raises(UnknownBoundaryError, match="ne-10m holds the ground of MLI and DZA, not of NER"):
        border["ne-10m"].rings("NER")


def test_repeated_vertices_do_no_harm(border: Border) -> None:
    polyline = border["dcw"].polyline()
    assert polyline.edge_count == 619
    assert int(polyline.has_length.sum()) == 610


def test_ground_cannot_be_changed(border: Border) -> None:
    with pytest.raises(TypeError):
        border["osm"].ground["MLI"] = None


def test_locator_holds_the_territories_and_their_neighbours_by_land() -> None:
    outlines = locator(["DZA", "MLI"])
    assert list(outlines) == [
        *("BFA", "CIV", "DZA", "ESH", "GIN", "LBY", "MAR", "MLI", "MRT", "NER", "SEN", "TUN"),
    ]
    assert all(shapely.is_valid(shape) for shape in outlines.values())
    assert shapely.contains_xy(outlines["MLI"], -8.0, 12.65)
    assert shapely.contains_xy(outlines["DZA"], 3.0, 30.0)
    assert dict(locator(["ATA"])) == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"type": "FeatureCollection"}',
        '{"features": [{"properties": {}, "geometry": null}]}',
        '{"features": [{"properties": {}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]}',
        '{"features": [{"properties": {}, "geometry": {"type": "LineString", "coordinates": [[1, 2]]}}]}',
        '{"features": [{"properties": {}, "geometry":{"type":"LineString","coordinates":[[NaN,1],[2,3]]}}]}',
        '{"features": [{"properties": {}, "geometry": {"type": "Polygon", "coordinates": []}}]}',
        '{"features": [{"properties": {}, "geometry": {"type": "Polygon", "coordinates": [["a"]]}}]}',
        "[" * 100_000,
    ],
)
def test_a_file_of_another_kind_is_refused(text: str) -> None:
    with pytest.raises(BoundaryError, match=r"^mine\.geojson is not a GeoJSON feature collection"):
        read_features(text.encode(), "mine.geojson")


def test_features_of_every_kind() -> None:
    text = """{"features": [
      {"properties": null, "geometry": {"type": "MultiLineString", "coordinates": [[[0, 0, 9], [1, 1, 9]]]}},
      {"properties": {"a": 1}, "geometry": {"type": "MultiPolygon", "coordinates":
        [[[[0, 0], [9, 0], [9, 9], [0, 0]], [[5, 1], [6, 1], [6, 2], [5, 1]]]]}}]}"""
    line, area = read_features(text.encode(), "mine.geojson")
    assert (line.properties, line.geometry.wkt) == ({}, "MULTILINESTRING ((0 0, 1 1))")
    assert area.geometry.area == 40.5 - 0.5
