"""A user's own gazetteer, and names that go from one script to another."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoinc.errors import GeoincError, InputError
from geoinc.place_files import read_places
from geoinc.places import Place, PlaceIndex, find_places, gazetteer, match_places
from geoinc.territory_codes import ALPHA_3

GEONAMES = "\t".join(
    [
        "2455290",
        "Kidal",
        "Kidal",
        "Kidal,Kidalle,كيدال",
        "18.44111",
        "1.40778",
        "P",
        "PPLA",
        "ML",
        "",
        "08",
        "",
        "",
        "",
        "25617",
        "",
        "457",
        "Africa/Bamako",
        "2019-09-05",
    ]
)


@pytest.fixture
def write(tmp_path: Path):
    def to_file(text: str, name: str = "places.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return to_file


def test_csv(write) -> None:
    path = write(
        "name;territory;position;accuracy;source;spellings\n"
        'Anefzeg;MLI;"19°30\'00""N 2°30\'00""E";2 km;own survey;Anefzègue|Anafzeg\n'
        "\n"
        "Wells;ML;19.5N 2.25W;500 m;;\n"
    )
    first, second = read_places(path)
    assert first == Place(
        "anefzeg-mli", "Anefzeg", "", "MLI", 2.5, 19.5, 2000.0, "own survey", ("Anefzègue", "Anafzeg")
    )
    assert (second.id, second.territory, second.lon_deg, second.accuracy_m) == ("wells-mli", "MLI", -2.25, 500.0)
    assert second.source == "places.csv"


def test_geojson(write) -> None:
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [2.5, -19.5, 400]},
        "properties": {
            "name": "Anefzeg",
            "name_ar": "أنفزق",
            "territory": "MLI",
            "accuracy_m": 2000,
            "spellings": ["A", "B"],
        },
    }
    path = write(json.dumps({"type": "FeatureCollection", "features": [feature]}), "p.geojson")
    (place,) = read_places(path)
    assert (place.lon_deg, place.lat_deg, place.accuracy_m, place.spellings) == (2.5, -19.5, 2000.0, ("A", "B"))
    assert find_places("انفزق", [place]) == (place,)


def test_a_dump_of_geonames(write) -> None:
    (place,) = read_places(write(GEONAMES + "\n", "ML.txt"), accuracy_m=3000.0)
    assert (place.id, place.territory, place.accuracy_m) == ("geonames-2455290", "MLI", 3000.0)
    assert place.source == "GeoNames 2455290 (CC BY 4.0)"
    for spelling in ("kidal", "KIDALLE", "كيدال"):
        assert find_places(spelling, [place]) == (place,)


def test_places_of_one_name_stay_several(write) -> None:
    path = write("name,territory,lat,lon,accuracy\nIn Azar,MLI,19,2,1 km\nIn-Azar,MLI,18,1,1 km\n")
    places = read_places(path)
    assert [place.id for place in places] == ["in-azar-mli", "in-azar-mli-2"]
    assert find_places("in azar", places) == places


def test_an_id_of_the_bundled_gazetteer_is_not_taken_twice(write) -> None:
    (place,) = read_places(write("id,name,territory,lat,lon,accuracy\ntinzawaten-mli,X,MLI,19,2,1 km\n"))
    assert place.id == "tinzawaten-mli-2"
    assert place.id not in gazetteer()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "no place"),
        ("name,territory,lat,lon,accuracy\n", "no place"),
        ("name,territory,lat,lon,accuracy\n,MLI,19,2,1 km\n", "no name"),
        ("name,territory,lat,lon,accuracy\nA,Mali,19,2,1 km\n", "territory"),
        ("name,territory,lat,lon,accuracy\nA,MLI,x,2,1 km\n", "no position"),
        ("name,territory,lat,lon,accuracy\nA,MLI,91,2,1 km\n", "no place on Earth"),
        ("name,territory,lat,lon,accuracy\nA,MLI,nan,2,1 km\n", "no place on Earth"),
        ("name,territory,lat,lon,accuracy\nA,MLI,19,2,\n", "accuracy"),
        ("name,territory,lat,lon,accuracy\nA,MLI,19,2,wide\n", "accuracy"),
        ("name,territory,position,accuracy\nA,MLI,19 2,1 km\n", "cannot be read"),
        ("{", "JSON"),
        ("[" * 100_000, "JSON"),
        ('{"type": "FeatureCollection"}', "features"),
        ('{"features": [{"geometry": {"type": "LineString", "coordinates": [[1, 2]]}}]}', "no point"),
        ('{"features": [{"geometry": {"type": "Point", "coordinates": [1e999, 2]}}]}', "no point"),
    ],
)
def test_what_cannot_be_used_is_refused(write, text: str, word: str) -> None:
    with pytest.raises(InputError, match=word):
        read_places(write(text))


def test_a_broken_dump_is_refused(write) -> None:
    with pytest.raises(InputError, match=r"places.csv:2: has 2 columns"):
        read_places(write(GEONAMES + "\nA\tB\n"), accuracy_m=1.0)


def test_the_line_is_named(write) -> None:
    with pytest.raises(InputError, match=r"places\.csv:3: B has no territory"):
        read_places(write("name,territory,lat,lon,accuracy\nA,MLI,19,2,1 km\nB,,19,2,1 km\n"))


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.csv").write_bytes(b"\xe9")
    for name in ("none.csv", "latin.csv", ".", "a\0b"):
        with pytest.raises(InputError):
            read_places(tmp_path / name)


@given(text=st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_file_ends_in_places_or_in_an_error_of_ours(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "a.csv"
    path.write_bytes(("name,territory,lat,lon,accuracy\n" + text).encode("utf-8", "surrogatepass"))
    try:
        read_places(path, accuracy_m=1.0)
    except GeoincError:
        return


def test_a_large_gazetteer_is_asked_quickly(write) -> None:
    rows = "".join(f"Place{number} Bordj,MLI,19,2,1 km\n" for number in range(20_000))
    index = PlaceIndex(read_places(write("name,territory,lat,lon,accuracy\n" + rows)))
    start = time.process_time()
    assert [len(index.match(f"place {number} bordj").places) for number in range(2_000)] == [1] * 2_000
    assert time.process_time() - start < 2


def test_codes() -> None:
    assert len(ALPHA_3) == len(set(ALPHA_3.values())) == 250
    assert (ALPHA_3["ML"], ALPHA_3["DZ"], ALPHA_3["NE"]) == ("MLI", "DZA", "NER")
    assert all(len(two) == 2 and len(three) == 3 for two, three in ALPHA_3.items())


@pytest.mark.parametrize("spelling", ["Tin Zawatin", "Tinzaouatinn", "Tin Zauaten", "تنزواتن", "Ti-n-Zawatan"])
def test_sounds_are_compared_where_no_spelling_fits(spelling: str) -> None:
    match = match_places(spelling)
    assert match.transliterated
    assert [place.id for place in match.places] == ["tin-zaouatine-dza", "tinzawaten-mli"]


@pytest.mark.parametrize("name", ["Zaouatine", "Tin", "Tamanrasset", "Tinzaoughatine", "Timiawin"])
def test_likeness_is_not_enough(name: str) -> None:
    assert match_places(name).places == ()


def test_a_known_spelling_is_no_transliteration() -> None:
    assert not match_places("tin zaouatène").transliterated
    assert len(find_places("تين زواتين")) == 2
