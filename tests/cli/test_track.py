"""``geoinc track``: files in, a page or a document out."""

from __future__ import annotations

import json

import numpy as np
import pytest

from geoinc.cli import main
from geoinc.errors import InputError, UsageError
from geoinc.tracks import read_track_file

CSV = """time,lat,lon,note
2025-03-31T22:40:00Z,19.6000,3.0000,"out, and"
2025-03-31T23:10:00Z,20.4000,2.9000,back
2025-03-31T23:59:00Z,19.9000,2.2000,
"""
GPX = """<?xml version="1.0"?>
<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>
<trkpt lat="19.6000" lon="3.0000"><ele>1</ele><time>2025-03-31T22:40:00Z</time></trkpt>
<trkpt lat="20.4000" lon="2.9000"><time>2025-03-31T23:10:00Z</time></trkpt></trkseg><trkseg>
<trkpt lat="19.9000" lon="2.2000"><time>2025-03-31T23:59:00Z</time></trkpt></trkseg></trk></gpx>
"""
KML = """<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Placemark><gx:Track>
<when>2025-03-31T22:40:00Z</when><when>2025-03-31T23:10:00Z</when><when>2025-03-31T23:59:00Z</when>
<gx:coord>3.0000 19.6000 0</gx:coord><gx:coord>2.9000 20.4000 0</gx:coord><gx:coord>2.2000 19.9000 0</gx:coord>
</gx:Track></Placemark></kml>
"""
KML_LINE = (
    "<kml><Placemark><LineString><coordinates>3.0000,19.6000,0 2.9000,20.4000 2.2000,19.9000"
    "</coordinates></LineString></Placemark></kml>"
)
PLACES = [[3.0, 19.6], [2.9, 20.4], [2.2, 19.9]]
STAMPS = ["2025-03-31T22:40:00Z", "2025-03-31T23:10:00Z", "2025-03-31T23:59:00Z"]
LINE = {
    "type": "Feature",
    "properties": {"coordTimes": STAMPS},
    "geometry": {"type": "LineString", "coordinates": PLACES},
}
POINTS = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"time": time}, "geometry": {"type": "Point", "coordinates": place}}
        for place, time in zip(PLACES, STAMPS, strict=True)
    ],
}
FILES = {
    "t.csv": CSV,
    "t.tsv": CSV.replace(",back", ",").replace('"out, and"', "out").replace(",", "\t"),
    "t.gpx": GPX,
    "t.kml": KML,
    "t.geojson": json.dumps(LINE),
    "points.json": json.dumps(POINTS),
}


@pytest.mark.parametrize("name", FILES)
def test_every_format_holds_the_same_track(tmp_path, name):
    file = tmp_path / name
    file.write_text(FILES[name], encoding="utf-8")
    read = read_track_file(file)
    assert np.column_stack([read.lon, read.lat]).tolist() == PLACES
    assert list(read.times) == STAMPS
    # What is printed to four digits may lie 5.5 m north or south; a number of JSON is no print.
    assert (read.cell_m > 5).all() if "json" not in name else (read.cell_m == 0).all()


def test_times_that_stand_inside_coordinate_properties(tmp_path):
    file = tmp_path / "t.geojson"
    line = LINE | {"properties": {"coordinateProperties": {"times": STAMPS}}}
    file.write_text(json.dumps(line), encoding="utf-8")
    assert read_track_file(file).times == tuple(STAMPS)


def test_a_line_without_times(tmp_path):
    file = tmp_path / "t.kml"
    file.write_text(KML_LINE, encoding="utf-8")
    assert read_track_file(file).times is None


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("t.csv", "", "holds no positions"),
        ("t.csv", "a,b\n1,2\n", "no columns of longitude and latitude"),
        ("t.csv", "lat,lon\n19.6,east\n", "line 2: 'east' is no number of degrees"),
        ("t.csv", "lat,lon\n19.6\n", "line 2 has 1 fields"),
        ("t.csv", CSV.replace("2025-03-31T23:10:00Z", ""), "has no time, others have"),
        ("t.csv", CSV.replace("note", "utc"), "several columns may hold the times"),
        ("t.gpx", "<gpx>", "no well-formed XML"),
        ("t.gpx", '<!DOCTYPE gpx [<!ENTITY a "b">]><gpx>&a;</gpx>', "declares a document type"),
        ("t.gpx", GPX.replace('lat="19.6000" ', ""), "has no lon or no lat"),
        ("t.gpx", GPX.replace("</gpx>", GPX[GPX.index("<trk>") :]), "holds 2 <trk>"),
        ("t.kml", KML.replace("<when>2025-03-31T22:40:00Z</when>", ""), "3 positions and 2 times"),
        ("t.json", "[]", "no object"),
        ("t.json", "{", "no JSON"),
        ("t.json", json.dumps({"type": "Polygon", "coordinates": []}), "a track is one line, or points"),
        ("t.json", json.dumps({"type": "Point", "coordinates": [None, 1]}), "no longitude and latitude in numbers"),
        (
            "t.json",
            f'{{"type": "LineString", "coordinates": [[{"9" * 400}, 1], [2, 3]]}}',
            "no longitude and latitude in numbers",
        ),
        ("t.shp", "", "a track is read from"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path, name, text, words):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words) as error:
        read_track_file(file)
    assert name in str(error.value)


def test_extensions_of_gpx_hold_no_positions(tmp_path):
    """Devices repeat their own points there, under the same names."""
    file = tmp_path / "t.gpx"
    own = (
        '<extensions><own><trkpt lat="1.0" lon="1.0"/><trkseg><trkpt lat="1.0" lon="1.0"/></trkseg></own></extensions>'
    )
    text = GPX.replace("</time></trkpt>", f"</time>{own}</trkpt>").replace("<trk>", f"<trk>{own}")
    file.write_text(text.replace("</trkseg></trk>", f"{own}</trkseg></trk>"), encoding="utf-8")
    read = read_track_file(file)
    assert np.column_stack([read.lon, read.lat]).tolist() == PLACES
    assert list(read.times) == STAMPS


def test_an_extension_is_no_second_track(tmp_path):
    file = tmp_path / "t.gpx"
    other = GPX[GPX.index("<trk>") : GPX.index("</gpx>")]
    file.write_text(GPX.replace("</gpx>", f"<extensions>{other}</extensions></gpx>"), encoding="utf-8")
    assert read_track_file(file).lon.size == 3


def test_a_route_is_read(tmp_path):
    file = tmp_path / "t.gpx"
    file.write_text('<gpx><rte><rtept lat="1.50" lon="2.50"/><rtept lat="3" lon="4"/></rte></gpx>', encoding="utf-8")
    assert read_track_file(file).lon.tolist() == [2.5, 4.0]


def test_columns_by_name(tmp_path):
    file = tmp_path / "t.csv"
    file.write_text("a;b;c\n1.5;2.5;2025-03-31T22:40Z\n", encoding="utf-8")
    assert read_track_file(file, lon="a", lat="b", time="c").lon.tolist() == [1.5]
    with pytest.raises(UsageError, match="no column 'd'"):
        read_track_file(file, lon="a", lat="b", time="d")


@pytest.fixture
def track_file(tmp_path):
    file = tmp_path / "t.csv"
    file.write_text(CSV, encoding="utf-8")
    return str(file)


ONLY = ["--between", "MLI", "DZA", "--only", "dcw"]


def test_page(track_file, capsys):
    assert main(["track", track_file, *ONLY, "--speed", "360 km/h", "--accuracy", "100 m"]) == 0
    page = capsys.readouterr().out
    assert "never left it   inconsistent   inconsistent" in page
    assert "MLI to DZA" in page
    assert "Inside MLI, if the way was straight" in page
    assert "given accuracies" in page
    assert "that is an assumption" in page
    assert "accuracy of the positions was not stated" not in page


def test_ground_that_no_source_holds_is_no_crossing(tmp_path, capsys):
    file = tmp_path / "t.csv"
    file.write_text("lat,lon\n14.0000,-5.0000\n17.0000,-4.0000\n", encoding="utf-8")
    assert main(["track", str(file), *ONLY]) == 0
    page = capsys.readouterr().out
    assert "elsewhere" not in page
    assert "of the straight way lies beyond the ground held by dcw: nothing is said" in " ".join(page.split())


def test_document(track_file, capsys):
    assert main(["track", track_file, *ONLY, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["never_left"] == {"MLI": "inconsistent", "DZA": "inconsistent"}
    found = document["by_source"]["dcw"]
    assert [each["from"] for each in found["crossings"]] == ["MLI", "DZA"]
    assert sum(found["length_inside_m"].values()) == pytest.approx(document["length_m"])
    assert found["crossings"][0]["time"].startswith("2025-03-31T22:5")
    assert found["time_inside_s"]["DZA"]["least"] == 0.0
    for code in ("MLI", "DZA"):
        ends, spent = found["length_inside_interval_m"][code], found["time_inside_s"][code]
        assert ends["low"] < found["length_inside_m"][code] < ends["high"]
        assert spent["least"] <= spent["straight_low"] < spent["straight"] < spent["straight_high"] <= spent["most"]
    assert set(found["length_elsewhere_interval_m"]) == set(found["length_elsewhere_m"])


def test_digits_may_be_ignored(tmp_path, capsys):
    """A program that drops zeros at the end prints one position of 19.6000 as 19.6."""
    file = tmp_path / "t.csv"
    file.write_text(CSV.replace("19.6000,3.0000", "19.6,3"), encoding="utf-8")
    widths = {}
    for digits in ("printed", "ignored"):
        assert main(["track", str(file), *ONLY, "--json", "--digits", digits]) == 0
        ends = json.loads(capsys.readouterr().out)["by_source"]["dcw"]["length_inside_interval_m"]["MLI"]
        widths[digits] = ends["high"] - ends["low"]
    assert widths["printed"] > widths["ignored"] + 50_000
    assert (read_track_file(file, digits=False).cell_m == 0).all()


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        (["--digits", "some"], 2, "is not one of"),
        (["--speed", "fast"], 2, "is no speed"),
        (["--time", "when"], 2, "no column 'when'"),
        (["--accuracy", "good"], 3, "good"),
    ],
)
def test_wrong_use(track_file, capsys, more, code, words):
    assert main(["track", track_file, *ONLY, *more]) == code
    assert words in capsys.readouterr().err


def test_no_such_file(capsys):
    assert main(["track", "absent.csv", *ONLY]) == 3
    assert "absent.csv" in capsys.readouterr().err


def test_times_without_a_zone(tmp_path, capsys):
    file = tmp_path / "t.csv"
    file.write_text(CSV.replace("Z,", ","), encoding="utf-8")
    assert main(["track", str(file), *ONLY]) == 3
    assert "does not say on which clocks" in capsys.readouterr().err
    assert main(["track", str(file), *ONLY, "--zone", "Africa/Algiers"]) == 0
