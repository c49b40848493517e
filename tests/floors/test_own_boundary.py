"""A user's own boundary file: what is read, what is named, and what is refused with its place."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import geoinc
from geoinc.boundaries import BoundaryLine, open_border, sketch_border
from geoinc.errors import (
    BoundaryError,
    BoundaryFileError,
    GeoincError,
    MissingTerritoryError,
    UnusableBoundaryError,
    UsageError,
)
from geoinc.geodesy import length_m
from geoinc.measurement import signed_distances_m

Ring = Sequence[tuple[float, ...]]
WEST: Ring = [(0, 40), (2, 40), (2, 41), (2, 42), (0, 42), (0, 40)]
EAST: Ring = [(2, 40), (4, 40), (4, 42), (2, 42), (2, 41), (2, 40)]
PAIR = ("AAA", "BBB")


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def polygon(*rings: Ring) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[list(each) for each in ring] for ring in rings]}


def write(path: Path, *features: Any, **members: Any) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", **members, "features": list(features)}), encoding="utf-8")
    return path


def two(path: Path, west: Ring = WEST, east: Ring = EAST) -> Path:
    return write(path, feature(polygon(west), ISO_A3="AAA"), feature(polygon(east), ISO_A3="BBB"))


def read(path: Path, **options: Any) -> BoundaryLine:
    return geoinc.read_boundary(path, **({"between": PAIR, "edges": "planar"} | options))


def describe(path: Path, text: str) -> Path:
    beside = path.with_name(path.name + ".yaml")
    beside.write_text(text, encoding="utf-8")
    return beside


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "countries.geojson"


def test_shared_edges_are_the_line_and_nothing_is_moved(file: Path) -> None:
    line = read(two(file))
    assert sorted(line.line.coords) == [(2, 40), (2, 41), (2, 42)]
    assert (line.source.id, line.source.lineage, line.source.own) == ("countries", "countries", True)
    assert line.source.accuracy is None
    assert any("no accuracy is declared" in note for note in line.source.notes)
    first, second = signed_distances_m(line, [1.0, 3.0], [41.0, 41.0], "AAA")
    assert first > 80_000
    assert second == pytest.approx(-first)
    assert read(file, between=("BBB", "AAA")).line.equals_exact(line.line)


@pytest.mark.parametrize("suffix", [".gpkg", ".fgb", ".shp", ".kml", ".topojson", ".geojsonl"])
def test_every_format_gives_the_same_line(tmp_path: Path, file: Path, suffix: str) -> None:
    path = tmp_path / f"countries{suffix}"
    frame = gpd.GeoDataFrame(
        {"iso3": ["AAA", "BBB"]}, geometry=[shapely.Polygon(WEST), shapely.Polygon(EAST)], crs="EPSG:4326"
    )
    if suffix == ".topojson":
        arcs = [WEST[1:4], [*WEST[3:5], *WEST[4:6], WEST[1]], [WEST[3], *reversed(EAST[1:3]), WEST[1]]]
        shapes = [
            {"type": "Polygon", "arcs": [[0, 1]], "properties": {"iso3": "AAA"}},
            {"type": "Polygon", "arcs": [[0, 2]], "properties": {"iso3": "BBB"}},
        ]
        layer = {"type": "GeometryCollection", "geometries": shapes}
        path.write_text(json.dumps({"type": "Topology", "arcs": arcs, "objects": {"countries": layer}}))
        describe(path, "crs: EPSG:4326  # TopoJSON does not say\n")
    else:
        frame.to_file(path, driver={".kml": "KML", ".geojsonl": "GeoJSONSeq"}.get(suffix))
    assert shapely.equals_exact(read(path).line, read(two(file)).line, normalize=True)


@pytest.mark.parametrize(
    ("west", "says"),
    [
        ([*WEST[:-1], (0.0, 40.5)], r"feature 1 \(ISO_A3 = AAA\): its outer ring is not closed.*ends at 40.50000°N"),
        ([(0, 40), (2, 40), (0, 40)], "has 3 positions"),
        ([(0, 40), (2, 40), (2, 100), (0, 40)], "latitude seems to stand first"),
        ([(0, 40), (2e5, 4e6), (2, 42), (0, 40)], "look projected"),
        ([(0, 40), (300, 91), (2, 42), (0, 40)], "out of range"),
        ([(9, 50), (10, 50), (10, 51), (9, 50)], "do not meet in this file"),
        ([(0, 40), (1.5, 40), (1.5, 42), (0, 42), (0, 40)], r"come within 4\d\.\d km of each other"),
    ],
)
def test_broken_rings_are_named_with_their_place(file: Path, west: Ring, says: str) -> None:
    with pytest.raises(UnusableBoundaryError, match=says) as caught:
        read(two(file, west))
    assert caught.value.exit_code == 4


@pytest.mark.parametrize("bad", [[["x", 40], [2, 40], [2, 42], [0, 40]], [[True, 40], [2, 40], [2, 42], [0, 40]], [7]])
def test_positions_that_are_none(file: Path, bad: Any) -> None:
    broken = {"type": "Polygon", "coordinates": [bad]}
    with pytest.raises(BoundaryFileError, match="feature 2: ") as caught:
        read(write(file, feature(polygon(WEST), ISO_A3="AAA"), feature(broken, ISO_A3="BBB")))
    assert caught.value.exit_code == 3


def test_infinite_coordinates_are_refused(file: Path) -> None:
    two(file).write_text(file.read_text().replace("[0, 42]", "[1e400, 42]"))
    with pytest.raises(UnusableBoundaryError, match="not a number"):
        read(file)


def test_heights_repeats_and_empty_features_are_said(file: Path) -> None:
    high = [(*each, 7.0) for each in [*WEST[:2], WEST[1], *WEST[2:]]]
    write(
        file,
        feature(polygon(high), ISO_A3="AAA"),
        feature(None, ISO_A3="AAA"),
        feature(polygon(EAST), ISO_A3="BBB"),
    )
    notes = " ".join(read(file).source.notes)
    assert "feature 1 (ISO_A3 = AAA) has heights" in notes
    assert "repeats 1 vertices (the first at 40.00000°N 2.00000°E)" in notes
    assert "feature 2 (ISO_A3 = AAA) has no geometry" in notes


def test_points_and_lines_are_no_ground(file: Path) -> None:
    dot = feature({"type": "Point", "coordinates": [1, 1]}, ISO_A3="AAA")
    with pytest.raises(BoundaryFileError, match="of the kind Point"):
        read(write(file, dot, feature(polygon(EAST), ISO_A3="BBB")))
    stroke = feature({"type": "LineString", "coordinates": [[1, 1], [2, 2]]}, ISO_A3="AAA")
    with pytest.raises(UnusableBoundaryError, match="declare left: and right:"):
        read(write(file, stroke, feature(polygon(EAST), ISO_A3="BBB")))


def shifted(east_deg: float) -> Ring:
    return [(lon + east_deg, lat) for lon, lat in EAST]


def test_a_sliver_of_180_m_is_measured_and_refused(file: Path) -> None:
    width_deg = 180.0 / (111_320 * math.cos(math.radians(41)))
    with pytest.raises(
        UnusableBoundaryError, match=r"outlines up to 18\d m apart near 4\d.*two datums.*--tolerance"
    ) as e:
        read(two(file, east=shifted(width_deg)))
    assert "0% of the line" in str(e.value)


def test_an_overlap_is_measured_and_refused(file: Path) -> None:
    with pytest.raises(UnusableBoundaryError, match=r"an overlap, the widest 8\d\d m near 4\d.*°N 1\.99\d*°E"):
        read(two(file, east=[(lon - 0.01 if lon == 2 else lon, lat) for lon, lat in EAST]))


@pytest.mark.parametrize("step_deg", [0.01, 0.1])
def test_the_tolerance_that_is_offered_serves_although_outlines_part_at_tripoints(file: Path, step_deg: float) -> None:
    count = round(2 / step_deg)
    middle = [(2 + 0.01 * math.sin(7 * n * step_deg), 40 + n * step_deg) for n in range(count + 1)]
    # At both ends a third territory comes in, at a sharp angle.
    arms = [(0.2 * n * step_deg, n * step_deg) for n in range(1, round(1 / step_deg))]
    (_, first), (_, last) = middle[0], middle[-1]
    west = [(0, 39), *((2 - x, first - y) for x, y in arms[::-1]), *middle]
    west += [*((middle[-1][0] - x, last + y) for x, y in arms), (0, 43), (0, 39)]
    east = [(4, 39), *((2.0021 + x, first - y) for x, y in arms[::-1]), *((lon + 0.0021, lat) for lon, lat in middle)]
    east += [*((middle[-1][0] + 0.0021 + x, last + y) for x, y in arms), (4, 43), (4, 39)]
    with pytest.raises(UnusableBoundaryError, match="do not share their line") as refused:
        read(two(file, west, east))
    offered = re.search(r'--tolerance "(\d+) m"', str(refused.value))
    assert offered is not None
    assert int(offered[1]) <= 400
    line = read(file, tolerance_m=float(offered[1]))
    south, north = line.line.bounds[1], line.line.bounds[3]
    assert (south, north) == pytest.approx((40, 42), abs=0.15)
    assert any("there both count as the line" in note for note in line.source.notes)


def test_a_short_border_without_a_vertex_in_common_can_be_accepted_too(file: Path) -> None:
    isthmus = [(2 + n * 0.001, 40.0) for n in range(11)]
    north = [*isthmus, (3, 41), (1, 41), (2, 40)]
    south = [*((lon, lat - 0.0004) for lon, lat in isthmus[::-1]), (1.99, 39.9), (2.02, 39.9), (2.01, 39.9996)]
    with pytest.raises(UnusableBoundaryError, match=r'outlines up to 4\d m apart.*--tolerance "50 m"'):
        read(two(file, north, south))
    line = read(file, tolerance_m=50.0)
    assert length_m(line.polyline()) == pytest.approx(2 * 854, abs=5)


def test_where_neighbours_meet_at_a_sharp_tripoint_nothing_is_said(file: Path) -> None:
    west = [(2, 40), (2, 42), *((2 - n * 0.001, 42 + n * 0.005) for n in range(1, 100)), (0, 43), (0, 40), (2, 40)]
    east = [(2, 40), (4, 40), (4, 43), *((2 + n * 0.001, 42 + n * 0.005) for n in range(99, 0, -1)), (2, 42), (2, 40)]
    line = read(two(file, west, east))
    assert line.line.bounds == (2, 40, 2, 42)
    assert not any("without meeting" in note for note in line.source.notes)


def test_within_the_tolerance_both_outlines_are_the_line(file: Path) -> None:
    width_deg = 0.0005
    two(file, east=[(lon + width_deg if lon == 2 else lon, lat) for lon, lat in EAST])
    describe(file, 'accuracy: {value: 30 m, document: "Report 7"}\n')
    line = read(file, tolerance_m=100.0)
    assert line.line.geom_type == "MultiLineString"
    assert sorted({lon for lon, _ in shapely.get_coordinates(line.line)}) == [2, 2 + width_deg]
    assert line.source.accuracy is not None
    assert line.source.accuracy.value_95_m == pytest.approx(math.hypot(30, 42), abs=1.5)
    assert any("there both count as the line" in note for note in line.source.notes)
    swapped = read(file, between=("BBB", "AAA"), tolerance_m=100.0)
    assert shapely.equals_exact(swapped.line, line.line)


def test_simplified_apart(file: Path) -> None:
    wavy = [(2 + 0.002 * math.sin(0.9 * n), 40 + n / 50) for n in range(101)]
    straight = [wavy[0], *wavy[20:-1:20], wavy[-1]]
    west = [(0, 40), *wavy, (0, 42), (0, 40)]
    east = [*straight[::-1], (4, 40), (4, 42), straight[-1]]
    with pytest.raises(UnusableBoundaryError, match=r"gaps.*overlaps.*0% of the line"):
        read(two(file, west, east))


def test_water_left_out_of_both_counts_with_both_shores_or_interrupts(file: Path) -> None:
    steps = [(2.0, 40 + n / 50) for n in range(101)]
    bulge = {51: 0.003, 52: 0.004, 53: 0.003}
    west = [(0, 40), *((lon - bulge.get(n, 0), lat) for n, (lon, lat) in enumerate(steps)), (0, 42), (0, 40)]
    shore = [(lon + bulge.get(n, 0), lat) for n, (lon, lat) in enumerate(steps)]
    two(file, west, [*shore[::-1], (4, 40), (4, 42), shore[-1]])
    line = read(file)
    assert any("enclose a gap, the widest 6" in note for note in line.source.notes)
    assert len({tuple(each) for each in shapely.get_coordinates(line.line)}) == 104
    describe(file, "accept_interruptions: true\n")
    cut = read(file)
    assert len({tuple(each) for each in shapely.get_coordinates(cut.line)}) == 98
    assert any("the line is interrupted" in note for note in cut.source.notes)


def test_a_crossing_on_the_line_is_refused_and_one_elsewhere_is_named(file: Path) -> None:
    bow = [(0, 40), (2, 40), (2, 41), (2, 42), (0, 42), (-1, 41.0), (-1, 41.5), (0, 41.2), (0, 40)]
    notes = read(two(file, bow)).source.notes
    assert any("AAA: its outline crosses or touches itself near 41." in note for note in notes)
    touch = [(0, 40), (2, 40), (2, 41), (1.9, 41.2), (1.8, 41.0), (2, 41), (2, 42), (0, 42), (0, 40)]
    with pytest.raises(UnusableBoundaryError, match=r"AAA: its outline crosses or touches itself near 41.00000°N 2.0"):
        read(two(file, touch))


def test_provinces_that_share_edges_are_joined(file: Path) -> None:
    south = [(0, 40), (2, 40), (2, 41), (0, 41), (0, 40)]
    north = [(0, 41), (2, 41), (2, 42), (0, 42), (0, 41)]
    write(
        file,
        feature(polygon(south), GID_0="AAA"),
        feature(polygon(north), GID_0="AAA"),
        feature(polygon(EAST), GID_0="BBB"),
    )
    line = read(file)
    assert sorted(line.line.coords) == [(2, 40), (2, 41), (2, 42)]
    assert any("2 polygons of AAA share edges" in note for note in line.source.notes)


def test_across_the_antimeridian(file: Path) -> None:
    west = [(178, 0), (-179, 0), (-179, 1), (-179, 2), (178, 2), (178, 0)]
    east = [(-179, 0), (-177, 0), (-177, 2), (-179, 2), (-179, 1), (-179, 0)]
    line = read(two(file, west, east))
    assert sorted(line.line.coords) == [(-179, 0), (-179, 1), (-179, 2)]
    assert any("crosses the antimeridian near 0.00000°N 178.00000°E" in note for note in line.source.notes)
    inside = signed_distances_m(line, [-179.5, -178.5], [1.0, 1.0], "AAA")
    assert inside[0] > 0 > inside[1]


def test_a_property_is_found_and_an_ambiguous_one_is_not_chosen(file: Path) -> None:
    shapes = [(polygon(WEST), "AAA", "BBB"), (polygon(EAST), "BBB", "AAA")]
    write(file, *(feature(shape, ISO_A3=one, ADM0_A3=other) for shape, one, other in shapes))
    with pytest.raises(UnusableBoundaryError, match="ISO_A3, ADM0_A3 all hold both codes and mean different"):
        read(file)
    assert signed_distances_m(read(file, property_name="ISO_A3"), [1.0], [41.0], "AAA")[0] > 0
    write(file, *(feature(shape, ISO_A3=one, ADM0_A3=one) for shape, one, _ in shapes))
    assert read(file).line.length == 2


def test_missing_territories_list_what_there_is(file: Path) -> None:
    two(file)
    with pytest.raises(MissingTerritoryError, match="no property holds the code CCC; its properties are ISO_A3"):
        read(file, between=("AAA", "CCC"))
    with pytest.raises(MissingTerritoryError, match="no feature of CCC is there; its values are AAA, BBB"):
        read(file, between=("AAA", "CCC"), property_name="ISO_A3")
    with pytest.raises(UnusableBoundaryError, match="no feature has a property 'name'; its properties are ISO_A3"):
        read(file, property_name="name")
    write(file, feature(polygon(WEST), land="AAA"), feature(polygon(EAST), land="BBB"))
    with pytest.raises(UnusableBoundaryError, match="FILE::land"):
        read(file)
    assert read(file, property_name="land").line.length == 2


def test_edges_are_never_guessed(file: Path) -> None:
    two(file)
    with pytest.raises(BoundaryFileError, match=r"nobody says how its edges are read.*countries.geojson.yaml"):
        geoinc.read_boundary(file, between=PAIR)
    describe(file, "edges: rhumb\n")
    assert geoinc.read_boundary(file, between=PAIR).edges == "rhumb"
    assert read(file, edges="geodesic").edges == "geodesic"
    with pytest.raises(UsageError, match="one of geodesic, planar, rhumb"):
        read(file, edges="straight")


def test_reference_systems(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(
        {"iso3": ["AAA", "BBB"]}, geometry=[shapely.Polygon(WEST), shapely.Polygon(EAST)], crs="EPSG:4326"
    )
    path = tmp_path / "projected.gpkg"
    frame.to_crs("EPSG:3857").to_file(path)
    line = read(path)
    np.testing.assert_allclose(sorted(line.line.coords), [(2, 40), (2, 41), (2, 42)], atol=1e-9)
    assert any("brought to WGS 84 by" in note and "accurate to 0 m" in note for note in line.source.notes)
    other = tmp_path / "ed50.gpkg"
    frame.set_crs("EPSG:4230", allow_override=True).to_file(other)
    describe(other, "accuracy: {value: 10 m, document: Report 7}\n")
    moved = read(other)
    assert moved.source.accuracy is not None
    assert moved.source.accuracy.value_95_m > 10
    assert any("ED50" in note and "counts in the source's accuracy" in note for note in moved.source.notes)
    south = min(moved.line.coords, key=lambda vertex: vertex[1])
    assert 50 < math.dist(south, (2, 40)) * 111_000 < 300
    silent = tmp_path / "silent.shp"
    with pytest.warns(UserWarning, match="'crs' was not provided"):
        frame.set_crs(None, allow_override=True).to_file(silent)
    with pytest.raises(UnusableBoundaryError, match=r"reference system.*declare it beside the file, as crs: EPSG:4326"):
        read(silent)
    describe(silent, "crs: EPSG:4326\n")
    assert read(silent).line.length == 2


def test_the_reference_system_of_old_geojson_counts(file: Path) -> None:
    write(
        file,
        feature(polygon([(lon * 1e5, lat * 1e5) for lon, lat in WEST]), ISO_A3="AAA"),
        feature(polygon([(lon * 1e5, lat * 1e5) for lon, lat in EAST]), ISO_A3="BBB"),
        crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}},
    )
    assert any("Pseudo-Mercator" in note for note in read(file).source.notes)


# Lines with two hands.


def test_a_line_with_left_and_right(file: Path) -> None:
    write(file, feature({"type": "LineString", "coordinates": [[2, 40], [2, 41], [2.2, 42]]}))
    describe(file, "left: AAA\nright: bbb\nedges: planar\n")
    line = geoinc.read_boundary(file, between=PAIR)
    first, second = signed_distances_m(line, [1.8, 2.2], [40.5, 40.5], "AAA")
    assert first > 0 > second
    assert not line.covers(2.0, 39.9)
    assert any("sides are told up to 1° beside it" in note for note in line.source.notes)
    with pytest.raises(MissingTerritoryError, match="declares AAA and BBB"):
        read(file, between=("AAA", "CCC"))


def test_lines_that_run_against_each_other_or_cross(file: Path) -> None:
    parts = [[[2, 40], [2, 41]], [[2, 42], [2, 41]]]
    write(file, *(feature({"type": "LineString", "coordinates": part}) for part in parts))
    describe(file, "left: AAA\nright: BBB\n")
    with pytest.raises(UnusableBoundaryError, match=r"run against each other.*near 41.00000°N 2.00000°E"):
        read(file)
    loop = [[0, 40], [2, 42], [2, 40], [0, 42]]
    write(file, feature({"type": "LineString", "coordinates": loop}))
    with pytest.raises(UnusableBoundaryError, match=r"crosses itself near 41.00000°N 1.00000°E"):
        read(file)


def test_select_takes_the_lines_of_one_border(file: Path) -> None:
    write(
        file,
        feature({"type": "LineString", "coordinates": [[2, 40], [2, 41]]}, LABEL="A - B"),
        feature({"type": "LineString", "coordinates": [[9, 40], [9, 41]]}, LABEL="C - D"),
    )
    describe(file, "left: AAA\nright: BBB\nselect: {LABEL: A - B}\n")
    assert list(read(file).line.coords) == [(2, 40), (2, 41)]
    describe(file, "left: AAA\nright: BBB\nselect: {LABEL: X}\n")
    with pytest.raises(UnusableBoundaryError, match="no line is left in the file by what select: asks for"):
        read(file)


# Held against what is known of a border.


@pytest.fixture(scope="module")
def known() -> BoundaryLine:
    return open_border("MLI", "DZA")["dcw"]


def copied(path: Path, known: BoundaryLine, change: Any = None, codes: tuple[str, str] = ("MLI", "DZA")) -> Path:
    shapes = [
        known.ground[code] if change is None else shapely.transform(known.ground[code], change)
        for code in ("MLI", "DZA")
    ]
    return write(path, *(feature(shapely.geometry.mapping(s), ISO_A3=c) for s, c in zip(shapes, codes, strict=True)))


def test_a_repeated_line_shares_the_vote_of_its_lineage(file: Path, known: BoundaryLine) -> None:
    line = read(copied(file, known), between=("MLI", "DZA"))
    assert line.source.lineage == "dcw"
    assert length_m(line.polyline()) == pytest.approx(length_m(known.polyline()), abs=1)
    border = geoinc.boundary("MLI", "DZA", added=[line])
    assert "countries" in border
    assert border["dcw"].source.id == "dcw"
    copied(file, open_border("MLI", "DZA")["osm"])
    line = read(file, between=("MLI", "DZA"))
    assert (line.source.lineage, line.source.vintage) == ("osm", "not stated")
    assert geoinc.boundary("MLI", "DZA", added=[line])["osm"].source.id == "osm-2026c"
    copied(file, known)
    describe(file, "lineage: mine\n")
    assert read(file, between=("MLI", "DZA")).source.lineage == "mine"


def test_a_copy_of_a_part_of_a_line_shares_the_vote_too(file: Path, known: BoundaryLine) -> None:
    part = shapely.intersection(known.line, shapely.box(1.0, 18.0, 3.0, 23.0))
    describe(file, f"left: {known.pair[1]}\nright: {known.pair[0]}\n")
    write(file, feature(shapely.geometry.mapping(part)))
    try:
        line = read(file, between=("MLI", "DZA"))
    except UnusableBoundaryError:
        describe(file, f"left: {known.pair[0]}\nright: {known.pair[1]}\n")
        line = read(file, between=("MLI", "DZA"))
    assert line.source.lineage == "dcw"


def test_latitude_first_wrong_codes_and_wrong_places(file: Path, known: BoundaryLine) -> None:
    between = ("MLI", "DZA")
    with pytest.raises(UnusableBoundaryError, match="latitude stands first"):
        read(copied(file, known, lambda xy: xy[:, ::-1]), between=between)
    with pytest.raises(UnusableBoundaryError, match="are exchanged"):
        read(copied(file, known, codes=("DZA", "MLI")), between=between)
    with pytest.raises(UnusableBoundaryError, match="check the code"):
        read(copied(file, known, lambda xy: xy + np.array([60.0, 0.0])), between=between)


def test_a_shift_of_datum_is_named(file: Path, known: BoundaryLine) -> None:
    line = read(copied(file, known, lambda xy: xy + np.array([0.0014, 0.0009])), between=("MLI", "DZA"))
    said = [note for note in line.source.notes if "as coordinates on another datum would" in note]
    assert said == []  # shifted against dcw, while osm is asked: their own difference hides 180 m
    osm = open_border("MLI", "DZA")["osm"]
    line = read(copied(file, osm, lambda xy: xy + np.array([0.0014, 0.0009])), between=("MLI", "DZA"))
    said = [note for note in line.source.notes if "as coordinates on another datum would" in note]
    assert len(said) == 1
    assert "lies 17" in said[0]
    assert "to the north-east of osm" in said[0]


def test_an_own_source_never_changes_what_bundled_ones_are_worth(file: Path, known: BoundaryLine) -> None:
    position = geoinc.read_position("19.87N 2.89E")
    bundled = geoinc.measure(position, geoinc.boundary("MLI", "DZA"))
    copied(file, open_border("MLI", "DZA")["wdb2"])
    describe(file, "lineage: independent\n")
    line = read(file, between=("MLI", "DZA"))
    with_own = geoinc.measure(position, geoinc.boundary("MLI", "DZA", added=[line]))
    assert [each for each in with_own if each.source != "countries"] == list(bundled)
    alone = geoinc.measure(position, geoinc.boundary("MLI", "DZA", added=[line], only=["countries"]))
    assert alone == tuple(each for each in with_own if each.source == "countries")


def test_along_a_whole_border_an_own_source_is_no_witness_either(file: Path) -> None:
    osm = open_border("CHE", "LIE")["osm"]
    write(file, *(feature(shapely.geometry.mapping(osm.ground[code]), ISO_A3=code) for code in osm.pair))
    describe(file, "lineage: independent\n")
    border = geoinc.boundary("CHE", "LIE", added=[read(file, between=("CHE", "LIE"))])
    assert len(border.lineages) == 3
    found = sketch_border(border).accuracies
    assert {name: each and each.basis for name, each in found.items()} == {
        "osm-2026c-world": "assumed",
        "ne-10m-world": "documented",
        "countries": None,
    }


def test_without_accuracy_it_does_not_vote_where_nobody_can_tell(file: Path) -> None:
    line = read(two(file))
    found = geoinc.measure(geoinc.read_position("41.1N 1.0E"), geoinc.boundary(*PAIR, added=[line]))
    assert {each.fit for each in found} == {False}
    assert found[0].why == "its accuracy here is unknown"
    describe(file, 'accuracy: {value: 0.5 km, coverage: 0.9, document: "Report 7, table 2"}\n')
    found = geoinc.measure(geoinc.read_position("41.1N 1.0E"), geoinc.boundary(*PAIR, added=[read(file)]))
    assert found[0].fit
    assert found[0].accuracy_m == pytest.approx(500 * math.sqrt(math.log(0.05) / math.log(0.1)))


# What a stranger may send.


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match="there is no such file"):
        read(tmp_path / "none.geojson")
    with pytest.raises(BoundaryError, match="is a folder"):
        read(tmp_path)
    for content in (
        b"",
        b"rubbish",
        b"PK\x03\x04rubbish",
        b"SQLite format 3\x00rubbish",
        b"\x00\x00\x27\x0a",
        b"fgb\x03",
    ):
        path = tmp_path / "file.bin"
        path.write_bytes(content)
        with pytest.raises(BoundaryFileError):
            read(path)


def test_a_format_that_the_library_was_built_without_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file.parquet"
    path.write_bytes(b"PAR1rubbish")
    monkeypatch.setattr("pyogrio.list_drivers", lambda: {"GPKG": "rw"})
    with pytest.raises(BoundaryFileError, match=r"is GeoParquet, which .* export it as GeoPackage"):
        read(path)


@pytest.mark.parametrize(
    "content",
    [
        b"<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>"
        b"</OGRVRTDataSource>",
        b"<OGRVRTDataSource><!-- <kml> --></OGRVRTDataSource>",
        b'{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline read x"}',
        b"WFS:https://example.org",
    ],
)
def test_files_that_lead_elsewhere_are_not_opened(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.kml"
    path.write_bytes(content)
    with pytest.raises(BoundaryFileError, match="begins like no vector file"):
        read(path)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_truncated_and_altered_files_never_end_in_a_traceback(tmp_path: Path, data: st.DataObject) -> None:
    whole = two(tmp_path / "whole.geojson").read_bytes()
    cut = data.draw(st.integers(0, len(whole)))
    noise = data.draw(st.binary(max_size=20))
    path = tmp_path / "altered.geojson"
    path.write_bytes(whole[:cut] + noise + whole[data.draw(st.integers(cut, len(whole))) :])
    try:
        read(path)
    except GeoincError as error:
        said = str(error)
    else:
        said = "read"
    assert said


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    noise=st.binary(max_size=200),
    head=st.sampled_from([b"", b"{", b"SQLite format 3\x00", b"fgb\x03fgb\x00", b"<kml>"]),
)
def test_random_bytes_never_end_in_a_traceback(tmp_path: Path, noise: bytes, head: bytes) -> None:
    path = tmp_path / "noise.bin"
    path.write_bytes(head + noise)
    with pytest.raises(GeoincError):
        read(path)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=20), value=st.one_of(st.text(max_size=20), st.none(), st.integers(), st.booleans()))
def test_any_names_and_values_of_properties(tmp_path: Path, name: str, value: Any) -> None:
    path = write(
        tmp_path / "names.geojson",
        feature(polygon(WEST), **{"ISO_A3": "AAA", name: value}),
        feature(polygon(EAST), ISO_A3="BBB"),
    )
    try:
        read(path, property_name=name)
    except GeoincError as error:
        said = str(error)
    else:
        said = "read"
    assert said


def test_a_third_territory_between_them_is_no_part_of_the_line(file: Path) -> None:
    def enclosing(half_deg: float) -> BoundaryLine:
        south, north = [2.0, 41 - half_deg], [2.0, 41 + half_deg]
        west = [[0, 38], [2, 38], south, [2 - half_deg, 41], north, [2, 44], [0, 44], [0, 38]]
        east = [[2, 38], [4, 38], [4, 44], [2, 44], north, [2 + half_deg, 41], south, [2, 38]]
        return read(two(file, west, east))

    line = enclosing(0.8)
    assert sorted({lon for lon, _ in shapely.get_coordinates(line.line)}) == [2.0]
    assert any("a third territory or a great lake" in note for note in line.source.notes)
    with pytest.raises(UnusableBoundaryError, match="a third territory between them, may interrupt the line"):
        enclosing(0.1)
    describe(file, "accept_interruptions: true\n")
    assert sorted({lon for lon, _ in shapely.get_coordinates(enclosing(0.1).line)}) == [2.0]
