"""The territorial sea: a coast in tiles, 12 nautical miles from it, and what baselines that are not held leave open."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile

import numpy as np
import pytest
from pyproj import Geod

from geoinc.boundaries import data_folder, load_catalogue, open_coast, verify
from geoinc.errors import BoundaryError, IntegrityError, UnknownBoundaryError
from geoinc.findings import Outcome
from geoinc.notation import Reading
from geoinc.territorial_sea import LIMIT_M, Place, measure_sea

GEOD = Geod(ellps="WGS84")
C, X, O = Outcome.CONSISTENT, Outcome.INCONSISTENT, Outcome.INDETERMINATE  # noqa: E741 - as the rule's columns
FINE = 1e-6


def exact(lon, lat, accuracy_m=None, half_width_deg=FINE):
    return Reading(lon, lat, half_width_deg, half_width_deg, "decimal", "", accuracy_m)


def outcomes(found):
    return [each.outcome for each in found.statements]


# Longitude, latitude, state, place, and the outcomes: within and beyond of the coast, within and beyond of the sea.
PLACES = {
    "off Algiers": (3.2, 36.9, "DZA", Place.SEA, (C, X, C, X)),
    "Algeria, on land": (3.0, 36.0, "DZA", Place.LAND, (X, X, X, X)),
    "40 km off Constanta": (29.17, 44.17, "ROU", Place.SEA, (X, C, O, O)),
    "off Sydney": (151.40, -33.85, "AUS", Place.SEA, (C, X, C, X)),
    "200 km off Sydney": (153.4, -33.85, "AUS", Place.SEA, (X, C, O, O)),
    "off Valparaiso": (-71.75, -33.0, "CHL", Place.SEA, (C, X, C, X)),
    "off Dakar": (-17.65, 14.7, "SEN", Place.SEA, (C, X, C, X)),
    "off Chennai": (80.42, 13.1, "IND", Place.SEA, (C, X, C, X)),
    "off Cape Cod": (-69.85, 41.8, "USA", Place.SEA, (C, X, C, X)),
    "Fiji, east of the antimeridian": (-179.85, -16.5, "FJI", Place.SEA, (C, X, C, X)),
    "Fiji, west of the antimeridian": (179.95, -17.1, "FJI", Place.SEA, (C, X, C, X)),
    "Reunion": (55.92, -21.2, "REU", Place.SEA, (C, X, C, X)),
    "French Guiana": (-52.0, 5.0, "GUF", Place.SEA, (C, X, C, X)),
    "north pole": (0.0, 90.0, "RUS", Place.SEA, (X, C, O, O)),
    "south pole": (0.0, -90.0, "ATA", Place.LAND, (X, X, X, X)),
    "Strait of Singapore": (103.85, 1.2, "SGP", Place.SEA, (C, X, O, O)),
    "Strait of Dover, British": (1.45, 51.0, "GBR", Place.SEA, (C, X, O, O)),
    "Strait of Dover, French": (1.45, 51.0, "FRA", Place.SEA, (C, X, O, O)),
}


@pytest.mark.parametrize("name", PLACES)
def test_known_places(name):
    lon, lat, territory, place, expected = PLACES[name]
    found = measure_sea(exact(lon, lat), territory)
    assert found.place is place
    assert outcomes(found) == list(expected)
    azimuth, _, distance = GEOD.inv(lon, lat, found.nearest.lon_deg, found.nearest.lat_deg)
    assert found.nearest.distance_m == pytest.approx(distance, abs=1e-6)
    if abs(lat) < 90:
        assert (found.nearest.azimuth_deg - azimuth + 180) % 360 - 180 == pytest.approx(0, abs=1e-6)


def test_limit_is_twelve_nautical_miles_exactly():
    assert LIMIT_M == 22_224.0


def test_the_accuracy_is_the_coarser_of_the_documented_and_the_derived():
    found = measure_sea(exact(3.2, 36.9), "DZA")
    documented_m = np.hypot(500 * np.sqrt(np.log(0.05) / np.log(0.1)), 120)
    assert found.accuracy_m == 1050.0 > documented_m
    assert found.accuracy_basis == "derived"
    assert found.u_m == found.accuracy_m


def test_where_the_documented_accuracy_is_coarser_it_serves(square, tmp_path_factory):
    document = json.loads((square.folder / "catalogue.json").read_text())
    document["coast"]["derived"]["value_95_m"] = 300.0
    document["coast"]["source"]["title"] += "."
    folder = tmp_path_factory.mktemp("again") / "boundaries"
    shutil.copytree(square.folder, folder)
    (folder / "catalogue.json").write_text(json.dumps(document))
    found = measure_sea(exact(0.95, 1.5), "AAA", catalogue=load_catalogue(folder))
    assert (round(found.accuracy_m, 1), found.accuracy_basis) == (582.5, "documented")


def test_a_stated_accuracy_of_the_position_joins_that_of_the_coast():
    found = measure_sea(exact(3.2, 36.9), "DZA")
    worse = measure_sea(exact(3.2, 36.9, accuracy_m=1000.0), "DZA")
    assert worse.u_m == pytest.approx(np.hypot(found.accuracy_m, 1000.0))


def test_going_out_to_sea_each_statement_changes_once_and_the_sea_is_never_denied():
    start = measure_sea(exact(3.2, 36.9), "DZA")
    away = start.nearest.azimuth_deg + 180.0
    rows = []
    for way in np.arange(0.0, 20_000.0, 400.0):
        lon, lat, _ = GEOD.fwd(3.2, 36.9, away, way)
        found = measure_sea(exact(lon, lat), "DZA")
        rows.append(outcomes(found))
        assert found.distance_m.low <= found.nearest.distance_m <= found.distance_m.high
    columns = list(zip(*rows, strict=True))
    changes = [[a for a, b in zip(column, (None, *column[:-1]), strict=True) if a is not b] for column in columns]
    assert changes == [[C, O, X], [X, O, C], [C, O], [X, O]]
    assert columns[0].count(O) * 400.0 == pytest.approx(2 * start.u_m, abs=800)


def test_a_coarse_print_leaves_it_open():
    assert outcomes(measure_sea(exact(3.2, 36.9), "DZA"))[0] is C
    found = measure_sea(exact(3.2, 36.9, half_width_deg=0.5), "DZA")
    assert found.place is Place.SHORE
    assert outcomes(found) == [O, O, O, O]


def test_both_coasts_of_a_strait_name_each_other_and_swap():
    british, french = (measure_sea(exact(1.45, 51.0), code) for code in ("GBR", "FRA"))
    assert [(code, point.distance_m) for code, point in british.others] == [("FRA", french.nearest.distance_m)]
    assert [(code, point.distance_m) for code, point in french.others] == [("GBR", british.nearest.distance_m)]
    assert british.overlapping == ("FRA",)
    assert "limit between them is not held; the coast of GBR" in british.notes[-1]
    assert outcomes(british) == outcomes(french)


def test_another_coast_between_12_and_24_miles_is_named_and_does_not_decide():
    found = measure_sea(exact(103.85, 1.2), "SGP")
    assert [code for code, _ in found.others] == ["IDN", "MYS"]
    assert found.overlapping == ("IDN",)


def test_near_the_end_of_a_land_border_the_coast_is_of_both():
    found = measure_sea(exact(17.58, 42.905), "BIH")
    assert found.nearest.territories == ("BIH", "HRV")
    assert found.certain_m > found.nearest.distance_m
    assert found.distance_m.high == pytest.approx(found.certain_m + found.u_m, abs=1)
    assert any("may also be that of HRV" in note for note in found.notes)


@pytest.mark.parametrize("territory", ["UKR", "RUS"])
def test_the_coast_of_disputed_ground_is_said_to_be_so_whoever_is_asked_for(territory):
    found = measure_sea(exact(33.0, 44.9), territory)
    assert any("Crimea" in note for note in found.notes)


def test_states_without_a_coast_and_codes_that_are_none():
    coast = open_coast()
    assert {"ROU", "FJI", "GBR", "DZA", "IDN", "MCO", "BIH", "TWN", "ESH", "PSE", "GIB"} <= set(coast.territories)
    assert not {"MLI", "CHE", "MNG", "KAZ", "AZE", "AND", "LSO"} & set(coast.territories)
    with pytest.raises(UnknownBoundaryError, match=r"MLI \(Mali\) has no coast on the sea"):
        measure_sea(exact(2.9, 19.9), "MLI")
    with pytest.raises(UnknownBoundaryError, match="XYZ"):
        measure_sea(exact(2.9, 19.9), "XYZ")


def test_land_and_sea_far_and_wide():
    coast = open_coast()
    land = [(2.35, 48.86), (134.0, -25.0), (-60.0, -3.0), (20.0, 0.0), (100.0, 60.0), (-179.0, 67.0), (33.0, -1.0)]
    sea = [(-30.0, 30.0), (80.0, -10.0), (-150.0, 0.0), (179.9, 0.0), (5.0, 56.0), (35.0, 43.0), (-180.0, 50.0)]
    assert [coast.on_land(*place) for place in land] == [True] * len(land)
    assert [coast.on_land(*place) for place in sea] == [False] * len(sea)
    assert coast.on_land(360 - 30.0, 30.0) is False


def _packed(vertices, corner, grid):
    steps = np.round(np.vstack(vertices) / grid).astype(int)
    change = np.diff(steps, axis=0, prepend=np.round(np.array([corner]) / grid).astype(int))
    positive = np.where(change < 0, -2 * change - 1, 2 * change)
    rows = np.vstack([((positive >> shift) & 255).T for shift in (0, 8, 16)]).astype(np.uint8)
    buffer = io.BytesIO()
    np.save(buffer, np.array([len(part) for part in vertices], dtype="<u2"))
    np.save(buffer, rows)
    return buffer.getvalue()


@pytest.fixture
def square(tmp_path):
    """A square island of a degree at 1 to 2 E, 1 to 2 N: its west AAA's, the rest BBB's; nothing else on earth."""
    source = data_folder()
    shutil.copytree(source / "public-domain", tmp_path / "public-domain", ignore=shutil.ignore_patterns("*.zip"))
    (tmp_path / "lgpl").mkdir()
    west, rest = [(1.0, 1.0), (1.0, 2.0)], [(1.0, 2.0), (2.0, 2.0), (2.0, 1.0), (1.0, 1.0)]
    grid = 0.001
    with zipfile.ZipFile(tmp_path / "lgpl/coast-gshhg-f.zip", "w") as archive:
        about = {"grid_deg": grid, "tiles": {"0,0": [1000, 1000, 2000, 2000]}}
        archive.writestr("about.json", json.dumps(about))
        archive.writestr("tile/0,0.npy", _packed([west, rest], (0, 0), grid))
    states = {"attribution": "", "groups": [["AAA"], ["BBB"]], "tiles": {"0,0": [[1, 0], [1, 1]]}}
    (tmp_path / "states.json").write_text(json.dumps(states))
    document = json.loads((source / "catalogue.json").read_text())
    digest = {
        file: hashlib.sha256((tmp_path / file).read_bytes()).hexdigest()
        for file in ("lgpl/coast-gshhg-f.zip", "states.json")
    }
    document["coast"]["source"] |= {"sha256": digest["lgpl/coast-gshhg-f.zip"]}
    document["coast"]["states_file"] = "states.json"
    document["other_files"] += [{"file": "states.json", "sha256": digest["states.json"]}]
    del document["world"]
    (tmp_path / "catalogue.json").write_text(json.dumps(document))
    return load_catalogue(tmp_path)


def test_a_coast_made_by_hand_answers_exactly(square):
    coast = open_coast(catalogue=square)
    assert coast.territories == ("AAA", "BBB")
    # Due west of the meridian 1 E near the equator the foot lies on the geodesic that meets it at a right angle.
    found = coast.nearest(0.9, 1.5, of="AAA")
    _, back, distance = GEOD.inv(0.9, 1.5, found.lon_deg, found.lat_deg)
    assert (found.lon_deg, found.distance_m) == (pytest.approx(1.0, abs=1e-12), pytest.approx(distance, abs=1e-8))
    assert abs(back) % 180 == pytest.approx(90.0, abs=1e-6)
    # South-east of a corner the corner itself is nearest.
    corner = coast.nearest(2.1, 0.9)
    assert corner.territories == ("BBB",)
    assert corner.distance_m == pytest.approx(GEOD.inv(2.1, 0.9, 2.0, 1.0)[2], abs=1e-8)
    assert coast.on_land(1.5, 1.5)
    assert not any(coast.on_land(lon, lat) for lon, lat in [(0.5, 1.5), (2.5, 1.5), (1.5, 0.5), (1.5, 2.5)])
    assert coast.others_within(0.9, 1.5, 200_000.0, than="AAA")[0][0] == "BBB"
    assert coast.others_within(0.9, 1.5, 20_000.0, than="AAA") == ()


@pytest.mark.parametrize(("metres", "outcome"), [(21_150.0, C), (21_200.0, O), (23_250.0, O), (23_300.0, X)])
def test_the_edges_of_doubt_lie_where_the_accuracy_puts_them(square, metres, outcome):
    lon, lat, _ = GEOD.fwd(1.0, 1.5, 270.0, metres)
    found = measure_sea(exact(lon, lat), "AAA", catalogue=square)
    assert found.nearest.distance_m == pytest.approx(metres, abs=0.01)
    assert found.statements[0].outcome is outcome
    # Whatever lies beyond may be inside by a baseline that is not held.
    assert found.statements[2].outcome is (C if outcome is C else O)


def test_an_altered_coast_is_found_and_named(square):
    path = square.folder / "lgpl/coast-gshhg-f.zip"
    content = bytearray(path.read_bytes())
    content[-30] ^= 1
    path.write_bytes(content)
    with pytest.raises(IntegrityError, match=r"coast-gshhg-f\.zip"):
        open_coast(catalogue=square)
    assert {"lgpl/coast-gshhg-f.zip"} <= {check.file for check in verify(square.folder) if not check.ok}


def test_a_folder_without_a_coast_says_so(square):
    document = json.loads((square.folder / "catalogue.json").read_text())
    del document["coast"]
    other = square.folder / "other"
    other.mkdir()
    (other / "catalogue.json").write_text(json.dumps(document))
    with pytest.raises(BoundaryError, match="holds no coast"):
        open_coast(catalogue=load_catalogue(other))
