"""The world bundle: two lineages for every border on land, members that belong together, notes and errors."""

from __future__ import annotations

import json
import math
import random
import shutil
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import shapely
from pyproj import Geod

import geoinc
from geoinc.boundaries import data_folder, load_catalogue, nearest_pair, open_border, verify
from geoinc.boundaries.world import World, read_line
from geoinc.envelope import envelope
from geoinc.errors import BoundaryError, GeometryError, IntegrityError, UnknownBoundaryError
from geoinc.measurement import BoundaryMeasurement, Sense, measure_position

TOOLS = Path(__file__).resolve().parents[2] / "tools"
GEOD = Geod(ellps="WGS84")
OSM, NE = "odbl/world-osm-2026c.zip", "public-domain/world-ne-10m.zip"
CATALOGUE = load_catalogue()
PAIRS = [pair for pair in CATALOGUE.borders if pair != ("MLI", "DZA")]


@pytest.fixture(scope="module")
def world() -> World:
    assert CATALOGUE.world is not None
    return CATALOGUE.world


@pytest.fixture(scope="module")
def smoke() -> Iterator[ModuleType]:
    sys.path.insert(0, str(TOOLS))
    import boundaries.world_smoke as module

    yield module
    sys.path.remove(str(TOOLS))


def shortest(first: str, second: str, lat: float, lon: float) -> dict[str, BoundaryMeasurement]:
    border = open_border(first, second)
    return {each.lineage: each for each in measure_position(border, lon, lat, senses=(Sense.SHORTEST,))}


def test_two_lineages_for_any_two_neighbours(world: World) -> None:
    assert len(PAIRS) == 324
    alone = []
    for pair in PAIRS:
        lineages = [CATALOGUE.source(name).lineage for name in CATALOGUE.borders[pair]]
        if lineages != ["osm", "naturalearth"]:
            alone.append(pair)
            assert [note.kind for note in world.borders[pair].notes if note.kind == "single"]
    assert alone == [("BWA", "ZMB"), ("CHN", "MAC")]


def test_the_detailed_bundle_serves_its_border(world: World) -> None:
    assert ("DZA", "MLI") in world.borders
    assert list(open_border("DZA", "MLI")) == list(CATALOGUE.borders["MLI", "DZA"])
    assert len(open_border("MLI", "DZA")) == 7
    assert open_border("MLI", "DZA").notes == ()


def test_the_wheel_stays_under_25_mb() -> None:
    package = Path(geoinc.__file__).parent
    files = [path for folder in (package, data_folder()) for path in folder.rglob("*") if path.is_file()]
    inside = {path.resolve() for path in files if "__pycache__" not in path.parts}
    assert sum(len(zlib.compress(path.read_bytes())) for path in inside) < 25_000_000


@pytest.mark.parametrize("file", [OSM, NE])
def test_members_are_the_lines_and_grounds_of_the_pairs(world: World, file: str) -> None:
    held = {pair for pair, border in world.borders.items() if any(_file(name) == file for name in border.length_km)}
    codes = {code for pair in world.borders for code in pair}
    with zipfile.ZipFile(CATALOGUE.folder / file) as archive:
        names = set(archive.namelist())
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        head = json.loads(archive.read("ground/ROU.geojson"))
    assert {name for name in names if name.startswith("line/")} == {f"line/{'-'.join(p)}.geojson" for p in held}
    grounds = {name for name in names if name.startswith("ground/")}
    assert grounds >= {f"ground/{code}.geojson" for pair in held for code in pair}
    assert grounds <= {f"ground/{code}.geojson" for code in codes}
    source = next(source for source in CATALOGUE.sources if source.file == file)
    assert (head["licence"], head["attribution"]) == (source.licence, source.attribution)
    assert file.startswith("odbl/") == (source.licence == "ODbL-1.0")


def _file(source_id: str) -> str:
    return CATALOGUE.source(source_id).file


@pytest.mark.parametrize("pair", [("ROU", "UKR"), ("LSO", "ZAF"), ("SRB", "XKX"), ("FRA", "ITA"), ("CRI", "NIC")])
def test_the_line_is_part_of_both_outlines(pair: tuple[str, str]) -> None:
    border = open_border(*pair)
    for name in border:
        line = border[name]
        vertices = shapely.points(shapely.get_coordinates(line.line))
        outlines = [shapely.boundary(line.ground[code]) for code in pair]
        # A centimetre, where a line was cut at the rim of the sea or at ground that both hold; exactly elsewhere.
        apart = np.maximum(*(shapely.distance(vertices, outline) for outline in outlines))
        overlap = any(note.kind == "overlap" for note in border.notes)
        assert np.median(apart) == 0.0
        if not overlap:
            assert apart.max() < 2e-7


def test_grounds_of_neighbours_share_no_ground_but_what_is_noted() -> None:
    for pair in (("ROU", "UKR"), ("SRB", "XKX"), ("LAO", "VNM")):
        border = open_border(*pair)
        for name in border:
            one, other = (border[name].ground[code] for code in pair)
            assert shapely.is_valid(one)
            assert shapely.is_valid(other)
            assert shapely.intersection(one, other).area == 0.0


# Twenty-four borders on five continents: position, where it lies, its distance from the line of OpenStreetMap in km,
# and by how much the two lineages may differ. Distances marked with * follow from the treaty's meridian or parallel
# and not from any drawing.
BORDERS = [
    ("ROU", "UKR", 45.19, 29.01, "ROU", 11.37, 0.3),  # river
    ("MEX", "USA", 31.95, -106.60, "USA", 18.42, 1.3),  # river
    ("BRA", "PRY", -24.60, -54.50, "PRY", 18.34, 0.6),  # river
    ("COD", "COG", -4.60, 15.60, "COD", 40.28, 5.2),  # river
    ("CHN", "RUS", 50.10, 127.30, "CHN", 15.12, 0.4),  # river
    ("LAO", "THA", 17.70, 102.80, "THA", 16.62, 1.0),  # river
    ("DZA", "NER", 19.90, 5.20, "DZA", 62.33, 0.6),  # wadi and straight
    ("CAN", "USA", 49.50, -100.00, "CAN", 55.61, 1.0),  # straight, 49 N *
    ("EGY", "SDN", 22.50, 30.00, "EGY", 55.37, 0.8),  # straight, 22 N *
    ("EGY", "LBY", 27.00, 24.50, "LBY", 49.63, 2.2),  # straight, 25 E *
    ("IDN", "PNG", -4.00, 141.50, "PNG", 55.51, 3.1),  # straight, 141 E, island *
    ("ARG", "CHL", -53.80, -68.30, "ARG", 20.24, 2.1),  # straight, island
    ("MOZ", "ZAF", -24.00, 31.70, "ZAF", 14.45, 1.5),  # straight
    ("IRQ", "SAU", 31.50, 42.00, "IRQ", 35.41, 1.3),  # straight
    ("DOM", "HTI", 18.90, -71.50, "DOM", 23.58, 1.0),  # island
    ("GBR", "IRL", 54.60, -7.30, "GBR", 22.30, 0.4),  # island
    ("BRN", "MYS", 4.60, 114.70, "BRN", 11.78, 3.5),  # island
    ("CHN", "VNM", 22.50, 106.00, "VNM", 47.76, 1.1),  # a time zone of another country
    ("IND", "PAK", 34.30, 74.20, "IND", 19.27, 2.3),  # line of control
    ("KOR", "PRK", 38.10, 127.00, "KOR", 4.99, 3.3),  # demarcation line
    ("ESH", "MAR", 27.90, -10.50, "MAR", 27.23, 1.1),  # disputed
    ("SRB", "XKX", 43.40, 20.80, "SRB", 14.74, 0.7),  # disputed
    ("ISR", "SYR", 33.10, 35.95, "SYR", 9.19, 0.5),  # disputed
    ("CHN", "IND", 34.60, 79.00, "CHN", 23.81, 2.4),  # disputed
]


@pytest.mark.parametrize(("first", "second", "lat", "lon", "territory", "expected_km", "spread_km"), BORDERS, ids=str)
def test_borders_on_five_continents(
    first: str, second: str, lat: float, lon: float, territory: str, expected_km: float, spread_km: float
) -> None:
    border = open_border(first, second)
    measured = measure_position(border, lon, lat, senses=(Sense.SHORTEST,))
    assert {each.territory for each in measured} == {territory}
    by_lineage = {each.lineage: (each.distance_m or 0.0) / 1000.0 for each in measured}
    assert by_lineage["osm"] == pytest.approx(expected_km, abs=0.1)
    found = envelope(border, measured)
    assert found.agree
    assert abs(by_lineage["osm"] - by_lineage["naturalearth"]) < spread_km
    signs = {np.sign(each.signed_distance_m or 0.0) for each in measured}
    assert signs == {1.0 if territory == first else -1.0}


def test_accuracy_counts_the_simplification() -> None:
    found = shortest("ROU", "UKR", 45.19, 29.01)
    assert (found["osm"].accuracy_basis, found["naturalearth"].accuracy_basis) == ("assumed", "documented")
    assert found["osm"].accuracy_m == pytest.approx(np.hypot(250.0, 57.0))
    assert found["naturalearth"].accuracy_m == 2000.0
    assert CATALOGUE.source("osm-2026c-world").simplified_m == 57.0


@pytest.mark.parametrize(("lat", "lon"), [(48.85, 2.35), (0.0, -160.0), (-89.9, 12.0), (40.0, 180.0)])
def test_a_third_state_and_the_sea_are_in_neither(lat: float, lon: float) -> None:
    for each in shortest("ROU", "UKR", lat, lon).values():
        assert (each.territory, each.contested, each.signed_distance_m) == (None, False, None)
        assert each.distance_m is not None
        assert each.distance_m > 1e6
        assert each.why is not None
        assert "neither territory" in each.why


def test_ground_of_both_and_of_none() -> None:
    abyei = shortest("SDN", "SSD", 9.6, 28.4)
    assert (abyei["osm"].territory, abyei["osm"].contested) == (None, True)
    assert (abyei["naturalearth"].territory, abyei["naturalearth"].contested) == (None, False)
    tawil = shortest("EGY", "SDN", 21.87, 33.7)
    assert tawil["naturalearth"].territory is None
    # Both sides of it are part of the line: it is some 31 km high.
    assert (tawil["naturalearth"].distance_m or 0.0) < 20_000


@pytest.mark.parametrize(
    ("first", "second", "kind", "says"),
    [
        ("SRB", "XKX", "status", "user-assigned"),
        ("ALB", "XKX", "mended", "cut out"),
        ("LAO", "VNM", "mended", "Asia/Bangkok"),
        ("SDN", "SSD", "overlap", "square kilometres"),
        ("CAF", "SDN", "third", "SSD on the same side"),
        ("EGY", "SDN", "unassigned", "Bir Tawil"),
        ("ISR", "SYR", "unassigned", "the Golan Heights"),
        ("BRA", "GUF", "overseas", "part of FRA"),
        ("BWA", "ZMB", "single", "only one lineage"),
        ("CHN", "HKG", "length", "do not draw the same line"),
    ],
)
def test_what_the_build_found_is_told(first: str, second: str, kind: str, says: str) -> None:
    notes = [note for note in open_border(second, first).notes if note.kind == kind]
    assert notes
    assert says in str(notes[0])


def test_notes_of_sources_that_take_no_part_are_not_told() -> None:
    border = open_border("EGY", "SDN")
    assert any(note.source == "ne-10m-world" for note in border.notes)
    assert not any(note.source == "ne-10m-world" for note in border.only(["osm"]).notes)


def test_no_false_pairs(world: World) -> None:
    for pair in [("CHN", "THA"), ("ALB", "SRB"), ("THA", "VNM"), ("BRA", "FRA"), ("ARG", "ATA"), ("MYS", "SGP")]:
        assert pair not in CATALOGUE.borders
    assert ("MYS", "SGP") in world.left_out
    lengths = {pair: [*border.length_km.values()] for pair, border in world.borders.items()}
    # Published lengths: 1,281 km China and Viet Nam, 2,130 km Laos and Viet Nam, 1,754 km Laos and Thailand.
    assert lengths["CHN", "VNM"][0] == pytest.approx(1281, rel=0.1)
    assert lengths["LAO", "VNM"][0] == pytest.approx(2130, rel=0.1)


@pytest.mark.parametrize(
    ("lat", "lon"), [(45.19, 29.01), (10.0, 20.0), (55.0, 100.0), (-20.0, -60.0), (50.2, 6.05), (-75.0, 10.0)]
)
def test_the_nearest_border_is_the_nearest_of_all(world: World, lat: float, lon: float) -> None:
    found = nearest_pair(lon, lat)
    nearest = min((_least_m(pair, lon, lat), pair) for pair in world.borders)
    assert {*found} == {*nearest[1]}


@pytest.mark.parametrize(("lon", "lat"), [(math.nan, 3.0), (3.0, math.nan), (3.0, 95.0), (math.inf, 3.0)])
def test_no_border_is_nearest_to_no_position(lon: float, lat: float) -> None:
    with pytest.raises(GeometryError, match="no position has longitude"):
        nearest_pair(lon, lat)


_VERTICES: dict[tuple[str, str], np.ndarray] = {}


def _least_m(pair: tuple[str, str], lon: float, lat: float) -> float:
    """Distance to the nearest of stations some 200 m apart or nearer, by pyproj alone; quick for lines far away."""
    assert CATALOGUE.world is not None
    if pair not in _VERTICES:
        source = CATALOGUE.source(next(iter(CATALOGUE.world.borders[pair].length_km)))
        _VERTICES[pair] = shapely.get_coordinates(shapely.segmentize(read_line(CATALOGUE, source, pair), 0.002))
    stations = _VERTICES[pair]
    coarse = stations[::50]
    rough = GEOD.inv(np.full(len(coarse), lon), np.full(len(coarse), lat), *coarse.T)[2].min()
    if rough > 400_000:
        return float(rough)
    return float(GEOD.inv(np.full(len(stations), lon), np.full(len(stations), lat), *stations.T)[2].min())


def test_detailed_border_is_the_nearest_there() -> None:
    assert geoinc.nearest_border(2.894, 19.868) == ("MLI", "DZA")


def test_a_sample_of_borders_answers_on_both_sides(smoke: ModuleType) -> None:
    # The build's own check tries all of them.
    sample = random.Random(2026).sample(PAIRS, 12)
    assert [what for pair in sample for what in smoke.check_pair(*pair, CATALOGUE)] == []


def test_geodataframe_keeps_sources_apart() -> None:
    frame = geoinc.boundary("UKR", "ROU").to_geodataframe()
    assert frame["source"].tolist() == ["osm-2026c-world", "ne-10m-world"]
    assert frame["licence"].tolist() == ["ODbL-1.0", "LicenseRef-public-domain"]
    assert frame.crs.to_epsg() == 4326
    assert set(frame["first"]) == {"UKR"}
    assert frame.geometry.iloc[0] is open_border("UKR", "ROU")["osm"].line
    assert len(geoinc.boundary("MLI", "DZA").to_geodataframe()) == 7


@pytest.fixture
def altered(tmp_path: Path) -> Path:
    folder = tmp_path / "boundaries"
    shutil.copytree(data_folder(), folder)
    return folder


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def test_a_flipped_byte_in_an_archive_is_refused(altered: Path) -> None:
    flip(altered / OSM)
    catalogue = load_catalogue(altered)
    border = open_border("ROU", "UKR", catalogue=catalogue)
    with pytest.raises(IntegrityError, match=r"world-osm-2026c\.zip .*expected SHA-256"):
        border["osm"]
    assert border["naturalearth"].pair == ("ROU", "UKR")
    assert [check.file for check in verify(altered) if not check.ok] == [OSM]


def test_a_flipped_byte_in_the_list_is_refused(altered: Path) -> None:
    flip(altered / "world.json")
    with pytest.raises(IntegrityError, match=r"world\.json"):
        load_catalogue(altered)


def test_an_archive_without_a_member_is_refused(altered: Path) -> None:
    import hashlib

    with zipfile.ZipFile(altered / NE, "w") as archive:
        archive.writestr("line/ROU-UKR.geojson", "{}")
    listed = json.loads((altered / "world.json").read_text(encoding="utf-8"))
    for source in listed["sources"]:
        if source["file"] == NE:
            source["sha256"] = hashlib.sha256((altered / NE).read_bytes()).hexdigest()
    (altered / "world.json").write_text(json.dumps(listed), encoding="utf-8")
    catalogue = json.loads((altered / "catalogue.json").read_text(encoding="utf-8"))
    for file in catalogue["other_files"]:
        if file["file"] == "world.json":
            file["sha256"] = hashlib.sha256((altered / "world.json").read_bytes()).hexdigest()
    (altered / "catalogue.json").write_text(json.dumps(catalogue), encoding="utf-8")
    with pytest.raises(BoundaryError, match=r"world-ne-10m\.zip holds no ground/ROU\.geojson"):
        open_border("ROU", "UKR", catalogue=load_catalogue(altered))["naturalearth"]


@pytest.mark.parametrize(
    ("code", "near"), [("ROM", "ROU (Romania)"), ("GERMANY", "DEU (Germany)"), ("KOS", "KOR"), ("ZZZ", "not the code")]
)
def test_an_unknown_code_is_answered_with_those_near_it(code: str, near: str) -> None:
    with pytest.raises(UnknownBoundaryError) as caught:
        open_border(code, "UKR")
    assert near in str(caught.value)
    assert repr(code) in str(caught.value)


def test_region_of_a_border_is_about_its_line() -> None:
    west, south, east, north = CATALOGUE.regions["ROU", "UKR"]
    assert (west, south) < (20.4, 42.5)
    assert east < 34
    assert north < 52
    assert CATALOGUE.windows["ROU", "UKR"] == (-180.0, -90.0, 180.0, 90.0)
