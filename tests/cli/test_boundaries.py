"""``geoinc boundaries``, and what happens when a data file is damaged."""

from __future__ import annotations

import json
import shutil

import pytest

from .conftest import HOME

SOURCES = {"osm-2026c", "osm-2020", "osm-2017", "dcw", "wdb2", "ne-10m", "ne-110m"}


def test_list(run):
    page = run("boundaries", "list")
    assert (page.code, page.err) == (0, "")
    assert "MLI-DZA" in page.out
    for word in (*SOURCES, "ODbL-1.0", "LGPL-3.0-or-later"):
        assert word in page.out
    document = json.loads(run("boundaries", "list", "--json").out)
    assert {"border": ["MLI", "DZA"]}.items() <= document["borders"][0].items()
    assert set(document["borders"][0]["sources"]) == SOURCES
    assert {source["id"] for source in document["sources"]} >= SOURCES


def test_list_tells_the_lengths_of_a_detailed_border_too(run):
    rows = run("boundaries", "list", "MLI").out.splitlines()
    assert any(row.split()[-3:] == ["osm-2026c", "1,365.6", "km"] for row in rows)
    assert any(row.split()[-3:] == ["ne-110m", "1,214.0", "km"] for row in rows)


def test_show_a_border(run):
    page = run("boundaries", "show", "MLI", "DZA")
    assert (page.code, page.err) == (0, "")
    assert "1365.6 km" in page.out
    document = json.loads(run("boundaries", "show", "DZA", "MLI", "--json").out)
    assert document["border"] == ["DZA", "MLI"]
    assert {source["id"] for source in document["sources"]} == SOURCES
    lengths = {source["id"]: source["length_m"] for source in document["sources"]}
    assert lengths["osm-2026c"] == pytest.approx(1_365_600, abs=100)


def test_a_map_is_svg_or_html_and_nothing_that_is_called_otherwise(run, tmp_path):
    done = run("boundaries", "show", "CHE", "LIE", "--map", str(tmp_path / "map.png"))
    assert done.code == 2
    assert "should end in .svg or .html" in done.err
    assert list(tmp_path.iterdir()) == []
    assert run("boundaries", "show", "CHE", "LIE", "--map", str(tmp_path / "map.svg")).code == 0
    assert (tmp_path / "map.svg").read_text(encoding="utf-8").startswith("<?xml")


def test_show_a_source(run):
    page = run("boundaries", "show", "dcw")
    assert (page.code, page.err) == (0, "")
    for fragment in (
        "Digital Chart of the World",
        "2040 m at 90%",
        "documented",
        "LGPL-3.0-or-later",
        "gmt-dcw",
    ):
        assert fragment in page.out
    document = json.loads(run("boundaries", "show", "dcw", "--json").out)
    assert document["id"] == "dcw"
    assert document["accuracy"]["value_m"] == 2040.0


@pytest.mark.parametrize("source", sorted(SOURCES))
def test_show_every_source(run, source):
    page = run("boundaries", "show", source)
    assert page.code == 0
    assert "None" not in page.out


def test_verify(run):
    page = run("boundaries", "verify")
    assert page.code == 0
    assert "altered" not in page.out
    assert "LICENSE-ODbL" in page.out
    document = json.loads(run("boundaries", "verify", "--json").out)
    assert document["ok"] is True
    assert all(each["ok"] and each["actual"] == each["expected"] for each in document["files"])


@pytest.fixture(scope="module")
def damaged(tmp_path_factory):
    """A copy of the package whose main source has one byte flipped."""
    home = tmp_path_factory.mktemp("damaged")
    shutil.copytree(HOME / "geoinc", home / "geoinc", ignore=shutil.ignore_patterns("__pycache__"))
    held = home / "geoinc" / "_data" / "boundaries"
    if not held.is_dir():
        held = home / "data" / "boundaries"
        shutil.copytree(HOME / "data" / "boundaries", held)
    path = held / "odbl" / "osm-2026c.geojson"
    content = bytearray(path.read_bytes())
    position = content.index(b"19.14")
    content[position] ^= 0x01
    path.write_bytes(content)
    return home


@pytest.mark.parametrize(
    "arguments",
    [
        ("boundaries", "verify"),
        ("boundaries", "show", "MLI", "DZA"),
        ("measure", "19.868N 2.894E"),
        ("check", "tz-98d", "--json"),
    ],
    ids=" ".join,
)
def test_a_flipped_byte_is_found_and_named(spawn, damaged, arguments):
    done = spawn(*arguments, home=damaged, cwd=damaged)
    assert done.code == 4
    lines = done.err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("geoinc: error: ")
    assert "osm-2026c.geojson" in lines[0]
    assert "Traceback" not in done.err
    if arguments[-1] == "verify":
        altered = [line for line in done.out.splitlines() if line.endswith("altered")]
        assert len(altered) == 1
        assert "osm-2026c.geojson" in altered[0]
    else:
        assert done.out == ""


def test_missing_data(spawn, damaged, tmp_path):
    shutil.copytree(damaged / "geoinc", tmp_path / "geoinc", ignore=shutil.ignore_patterns("_data"))
    done = spawn("measure", "19.868N 2.894E", home=tmp_path, cwd=tmp_path)
    assert (done.code, done.out) == (4, "")
    assert len(done.err.splitlines()) == 1
