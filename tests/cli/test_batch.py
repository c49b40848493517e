"""``geoinc batch``: every format in and out, rows that cannot be read, and files that are whole or not there."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from geoinc.batch import ADDED, Ruler, run_batch
from geoinc.batch.running import Options
from geoinc.boundaries import open_border

from .conftest import HOME

BETWEEN = ("--between", "MLI", "DZA")
QUICK = (*BETWEEN, "--only", "dcw,ne-10m")  # their accuracy is documented, and need not be found along the line
WRECK = ("2.893916", "19.867982")
PLACES = [WRECK, ("2.5", "24.25"), ("-4.25", "20.5"), ("", ""), ("20", "95")]


def table(path: Path, places: list[tuple[str, str]] = PLACES, delimiter: str = ",") -> Path:
    rows = [("id", "Longitude", "Latitude", "note"), *((f"00{n}", *at, f"note {n}") for n, at in enumerate(places))]
    path.write_text("".join(delimiter.join(row) + "\n" for row in rows), encoding="utf-8")
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_what_is_added(run, tmp_path):
    out = tmp_path / "out.csv"
    done = run("batch", str(table(tmp_path / "in.csv")), "-o", str(out), *BETWEEN)
    assert (done.code, done.out) == (0, "")
    rows = rows_of(out)
    assert list(rows[0]) == ["id", "Longitude", "Latitude", "note", *ADDED]
    wreck = rows[0]
    assert (wreck["territory"], wreck["signed_distance_m"], wreck["outcome"]) == ("MLI", "9963.153", "consistent")
    assert wreck["id"] == "000"
    assert rows[1]["territory"] == "DZA"
    assert rows[1]["signed_distance_m"] == "-" + rows[1]["distance_m"]
    assert rows[3]["problem"] == "no position"
    assert "a likely swap" in rows[4]["problem"]
    assert [row["outcome"] for row in rows] == ["consistent"] * 3 + ["not_assessable"] * 2
    assert "5 rows: 3 consistent, 2 not assessable" in done.err
    assert "rows that could not be read: 2; the first is row 4: no position" in done.err
    assert "\x1b" not in done.err


def test_the_outcome_is_that_of_measure(run, tmp_path):
    out = tmp_path / "out.csv"
    places = [("2.89", "19.87"), ("2.9", "19.9")]
    run("batch", str(table(tmp_path / "in.csv", places)), "-o", str(out), *BETWEEN)
    for (lon, lat), row in zip(places, rows_of(out), strict=True):
        one = json.loads(run("measure", f"{lat}N {lon}E", *BETWEEN, "--in", row["territory"], "--json").out)
        assert row["outcome"] == one["findings"][0]["outcome"]
        assert float(row["distance_m"]) == pytest.approx(one["measurements"][0]["distance_m"], abs=6e-4)
    assert {row["outcome"] for row in rows_of(out)} == {"consistent", "indeterminate"}


def test_everything_else_keeps_its_bytes(run, tmp_path):
    header = b'\xef\xbb\xbfid;"Lon\xc2\xadg";Longitude;Latitude;note\r\n'
    records = [
        b'007;"a ""quoted"" word; and more";2.893916;19.867982;"two\r\nlines"\r\n',
        b'1e5;plain "quote;-4.25;20.5;\xd8\xaa\xd9\x8a\xd9\x86 \xff\xfe broken\r\n',
        b";;2.5;24.250;\n",
        b"last;x;2.5;24.25;no line end",
    ]
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(header + b"".join(records))
    assert run("batch", str(source), "-o", str(out), *QUICK).code == 0
    written = out.read_bytes()
    bodies = [record.rstrip(b"\r\n") for record in (header, *records)]
    rest = written
    for body, tail in zip(bodies, [b"\r\n", b"\r\n", b"\r\n", b"\n", b""], strict=True):
        assert rest.startswith(body + b";")
        rest = rest[len(body) :].partition(tail)[2] if tail else b""
    assert written.count(b";") == sum(body.count(b";") for body in bodies) + 8 * len(bodies)


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_are_found(run, tmp_path, delimiter):
    out = tmp_path / "out.csv"
    assert run("batch", str(table(tmp_path / "in.csv", delimiter=delimiter)), "-o", str(out), *QUICK).code == 0
    assert out.read_text().splitlines()[1].split(delimiter)[4:6] == ["MLI", "10070.410"]


def test_rows_that_do_not_fit_stay_in_their_columns(run, tmp_path):
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text('lon,lat,note\n2.893916,19.867982\n\n2.893916,19.867982,a,"b,c"\n2.893916,19.867982,ok\n')
    assert run("batch", str(source), "-o", str(out), *QUICK).code == 0
    rows = rows_of(out)
    assert [row["problem"] for row in rows] == [
        "the row has 2 fields, and there are 3 columns",
        "the row is empty",
        "the row has 4 fields, and there are 3 columns",
        "",
    ]
    assert rows[2]["note"] == "a,b,c"
    assert all(None not in row for row in rows)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_quote_that_is_never_closed(run, tmp_path, ending):
    source, out = tmp_path / "in.csv", tmp_path / f"out.{ending}"
    source.write_text('lon,lat,note\n2.893916,19.867982,ok\n2.893916,19.867982,"open\n2.9,19.9,lost\n')
    assert run("batch", str(source), "-o", str(out), *QUICK).code == 0
    rows = rows_of(out) if ending == "csv" else pq.read_table(out).to_pylist()
    assert [row["outcome"] for row in rows] == ["consistent", "not_assessable"]
    assert rows[1]["note"] == "open\n2.9,19.9,lost\n"
    assert "a quote in the row is not closed" in rows[1]["problem"]


def test_a_code_that_gives_no_length_decides_nothing(run, tmp_path):
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    # Timbuktu, 620 km from the border: the town is known, how far its district or province reaches is not.
    source.write_text("lon,lat,where_prec\n" + "".join(f"-3.00,16.77,{code}\n" for code in range(1, 8)))
    done = run("batch", str(source), "-o", str(out), *QUICK)
    assert [row["outcome"] for row in rows_of(out)] == ["consistent"] * 2 + ["not_assessable"] * 5
    assert "1 is 5 km (assumed), 2 is 25 km; not assessed: 3, 4, 5, 6, 7" in done.err


@pytest.mark.parametrize("ending", ["csv.gz", "parquet", "geoparquet", "geojson", "gpkg", "fgb"])
def test_formats_there_and_back(run, tmp_path, ending):
    plain, other, again = tmp_path / "in.csv", tmp_path / f"mid.{ending}", tmp_path / "out.csv"
    table(plain)
    assert run("batch", str(plain), "-o", str(other), *QUICK).code == 0
    held = read_any(other, ending)
    assert held["distance_m"][0] == pytest.approx(10070.410, abs=1e-3)
    assert held["id"][0] == "000"
    assert held["note"][1] == "note 1"
    assert held["outcome"][3] == "not_assessable"
    back = run("batch", str(other), "-o", str(again), "--prefix", "new_", *QUICK)
    assert back.code == 0, back.err
    rows = rows_of(again)
    assert rows[0]["new_distance_m"] == "10070.410"
    assert rows[3]["new_problem"] == "no position"
    if ending in {"geojson", "gpkg", "fgb", "geoparquet"}:
        assert "taken from the geometry; the columns Longitude and Latitude are not" in back.err
    first = hashlib.sha256(other.read_bytes()).hexdigest()
    run("batch", str(plain), "-o", str(other), *QUICK)
    assert hashlib.sha256(other.read_bytes()).hexdigest() == first


def read_any(path: Path, ending: str) -> dict[str, list]:
    if "parquet" in ending:
        return pq.read_table(path).to_pydict()
    if ending == "csv.gz":
        rows = list(csv.DictReader(gzip.decompress(path.read_bytes()).decode().splitlines()))
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        return columns | {"distance_m": [float(text or "nan") for text in columns["distance_m"]]}
    meta, _, geometry, fields = pyogrio.raw.read(path)
    assert meta["crs"] == "EPSG:4326"
    shapes = shapely.from_wkb(geometry)
    assert (shapes[0].x, shapes[0].y) == (2.893916, 19.867982)
    assert shapes[3] is None or shapes[3].is_empty
    return {name: values.tolist() for name, values in zip(meta["fields"], fields, strict=True)}


def test_stored_numbers_have_no_cell(run, tmp_path):
    source, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    columns = {
        "lon": [2.893916, None, 2.9],
        "lat": [19.867982, 19.9, float("nan")],
        "list": [[1], [], None],
        "n": [1, 2, 3],
    }
    pq.write_table(pa.table(columns), source)
    assert run("batch", str(source), "-o", str(out), *QUICK).code == 0
    found = pq.read_table(out).to_pydict()
    assert found["list"] == columns["list"]
    assert found["outcome"] == ["consistent", "not_assessable", "not_assessable"]
    assert found["problem"] == [None, "no longitude", "no latitude"]
    assert pq.read_table(out).schema.field("n").type == pa.int64()
    assert run("batch", str(source), "-o", str(tmp_path / "out.csv"), *QUICK).code == 0
    assert rows_of(tmp_path / "out.csv")[0]["list"] == "[1]"


def test_shapes_that_are_no_positions(run, tmp_path):
    source, out = tmp_path / "in.geojson", tmp_path / "out.csv"
    shapes = [
        {"type": "Point", "coordinates": [2.893916, 19.867982]},
        {"type": "MultiPoint", "coordinates": [[2.893916, 19.867982]]},
        {"type": "LineString", "coordinates": [[2.0, 19.0], [3.0, 20.0]]},
        None,
    ]
    features = [{"type": "Feature", "properties": {"n": n}, "geometry": shape} for n, shape in enumerate(shapes)]
    source.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    assert run("batch", str(source), "-o", str(out), *QUICK).code == 0
    rows = rows_of(out)
    assert [row["distance_m"] for row in rows] == ["10070.410", "10070.410", "", ""]
    assert [row["problem"] for row in rows[2:]] == ["a LineString is no position: give points", "no position"]
    assert rows[0]["geometry"] == "POINT (2.893916 19.867982)"


def test_codes_and_radii(run, tmp_path):
    source, out, radii = tmp_path / "in.csv", tmp_path / "out.csv", tmp_path / "radii.yaml"
    source.write_text(
        "lon,lat,where_prec,r\n"
        + "".join(f"2.8939,19.8680,{code},{r}\n" for code, r in zip("1267", (9, 9e3, "", -1), strict=True))
    )
    command = ("batch", str(source), "-o", str(out), *QUICK)
    assert run(*command).code == 0
    assert [row["outcome"] for row in rows_of(out)] == ["indeterminate"] * 2 + ["not_assessable"] * 2
    assert "the country only" in rows_of(out)[2]["problem"]
    assert rows_of(out)[2]["distance_m"].startswith("100")
    radii.write_text("{column: where_prec, radii: {1: 0, 2: 100, 6: 1 km, 7: null}}")
    run(*command, "--radii", str(radii))
    assert [row["outcome"] for row in rows_of(out)] == ["consistent"] * 3 + ["not_assessable"]
    run(*command, "--radii", "none")
    assert [row["outcome"] for row in rows_of(out)] == ["consistent"] * 4
    run(*command, "--radius-column", "r")
    assert [row["outcome"] for row in rows_of(out)] == [
        "consistent",
        "indeterminate",
        "not_assessable",
        "not_assessable",
    ]


def test_the_document(run, tmp_path):
    out = tmp_path / "out.csv"
    done = run("batch", str(table(tmp_path / "in.csv")), "-o", str(out), *QUICK, "--json", "--in", "dza", "--by-source")
    document = json.loads(done.out)
    assert document["rows"] == 5
    assert document["outcomes"] == {"consistent": 1, "inconsistent": 2, "not_assessable": 2}
    assert document["distance_source"] == "dcw"
    assert document["problems"]["unreadable"] == {"rows": 2, "first_row": 4, "example": "no position"}
    assert document["added"] == list(rows_of(out)[0])[4:]
    assert rows_of(out)[0]["outcome dcw"] == "inconsistent"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["absent.csv", "-o", "out.csv"], 2, "no such file"),
        (["in.csv", "-o", "out.xlsx"], 2, "the ending should be one of"),
        (["in.csv", "-o", "out.tsv"], 2, "keeps its delimiter"),
        (["in.doc", "-o", "out.csv"], 2, "the ending should be one of"),
        (["in.csv", "-o", "in.csv"], 2, "is the input itself"),
        (["in.csv", "-o", "out.csv", "--lon", "Longitude"], 2, "--lon and --lat go together"),
        (["in.csv", "-o", "out.csv", "--lon", "a", "--lat", "b"], 2, "there is no column 'a'"),
        (["in.csv", "-o", "out.csv", "--in", "FRA"], 2, "name one of them"),
        (["in.csv", "-o", "out.csv", "--delimiter", "x"], 2, "'x' is none of"),
        (["in.csv", "-o", "out.csv", "--encoding", "klingon"], 2, "no such encoding"),
        (["in.csv", "-o", "out.csv", "--radii", "none", "--radius-column", "id"], 2, "give one"),
        (["taken.csv", "-o", "out.csv"], 2, "columns called outcome already: give --prefix"),
        (["empty.csv", "-o", "out.csv"], 3, "is empty"),
        (["both.csv", "-o", "out.csv"], 3, "say which: --lon 'lon' --lat 'lat'; or"),
        (["bytes.csv", "-o", "out.parquet"], 3, "give the right one with --encoding"),
        (["bytes.csv.gz", "-o", "out.csv"], 3, "not packed by gzip"),
        (["bytes.parquet", "-o", "out.csv"], 3, "cannot read"),
        (["bytes.gpkg", "-o", "out.csv"], 3, "cannot read"),
        (["utm.gpkg", "-o", "out.csv"], 3, "UTM zone 31N; bring it to longitude and latitude"),
    ],
    ids=lambda each: each if isinstance(each, str) else None,
)
def test_what_goes_wrong(run, tmp_path, monkeypatch, arguments, code, words):
    monkeypatch.chdir(tmp_path)
    table(tmp_path / "in.csv")
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "taken.csv").write_text("lon,lat,Outcome\n1,2,3\n")
    (tmp_path / "taken.csv").write_text("lon,lat,outcome\n1,2,3\n")
    (tmp_path / "both.csv").write_text("lon,lat,x,y\n1,2,3,4\n")
    for ending in ("csv", "csv.gz", "parquet", "gpkg"):
        (tmp_path / f"bytes.{ending}").write_bytes(b"lon,lat,n\n1.5,2.5,\xff\xfe\n")
    if arguments[0] == "utm.gpkg":
        point = shapely.to_wkb(np.array([shapely.Point(500000, 2200000)]))
        pyogrio.raw.write("utm.gpkg", point, [], [], geometry_type="Point", crs="EPSG:32631")
    before = sorted(path.name for path in tmp_path.iterdir())
    done = run("batch", *arguments, *QUICK)
    assert done.code == code, done.err
    assert words in done.err
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_without_pyarrow(run, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    source = table(tmp_path / "in.csv")
    refused = run("batch", str(source), "-o", str(tmp_path / "out.parquet"), *QUICK)
    assert refused.code == 2
    assert 'pip install "geoinc[batch]"' in refused.err
    assert run("batch", str(source), "-o", str(tmp_path / "out.csv"), *QUICK).code == 0


def test_a_killed_run_leaves_what_was_there(tmp_path):
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    chance = np.random.default_rng(1)
    places = zip(chance.uniform(-5, 4, 60_000), chance.uniform(19, 25, 60_000), strict=True)
    table(source, [(f"{lon:.5f}", f"{lat:.5f}") for lon, lat in places])
    out.write_text("what was there")
    environment = os.environ | {"PYTHONPATH": str(HOME)}
    command = [sys.executable, "-m", "geoinc", "batch", str(source), "-o", str(out), *QUICK]
    run = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not list(tmp_path.glob(".out.csv.*.part")) and time.monotonic() < until:
        time.sleep(0.02)
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert run.returncode == -signal.SIGKILL
    assert out.read_text() == "what was there"


def test_a_bar_on_a_terminal(tmp_path):
    source, out = table(tmp_path / "in.csv"), tmp_path / "out.csv"
    ours, theirs = pty.openpty()
    environment = os.environ | {"PYTHONPATH": str(HOME), "TERM": "xterm"}
    command = [sys.executable, "-m", "geoinc", "batch", str(source), "-o", str(out), *QUICK]
    assert subprocess.run(command, env=environment, stderr=theirs, check=False).returncode == 0
    os.close(theirs)
    assert b"in.csv" in os.read(ours, 100_000).partition(b"positions are taken")[0]


def test_parts_of_any_size_give_the_same(tmp_path):
    ruler = Ruler(open_border("ROU", "UKR"))
    source = tmp_path / "in.csv"
    source.write_text('lon,lat,note\n28.5,45.3,"a\nb"\n28.5,45.31,c\n,,\n"28.5",45.32,"d ""e"""\n28.5,45.33,f\n')
    written = []
    for count in (1, 2, 100):
        outcome = run_batch(source, tmp_path / f"{count}.csv", ruler, Options(), rows_at_once=count)
        assert outcome.tally.rows == 5
        written.append((tmp_path / f"{count}.csv").read_bytes())
    assert len(set(written)) == 1
