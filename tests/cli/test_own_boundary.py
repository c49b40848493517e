"""``--boundary`` and ``boundaries add`` and ``remove``, as a user meets them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely

from geoinc.boundaries import open_border

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202e\x1b[2J"


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOINC_DATA", str(tmp_path / "data"))


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """The line of one bundled source, moved by some hundred metres, as a file of the user's own."""
    held = open_border("MLI", "DZA")["wdb2"]
    features = [
        {
            "type": "Feature",
            "properties": {"A3": code, "NAME": HOSTILE},
            "geometry": shapely.geometry.mapping(
                shapely.transform(held.ground[code], lambda xy: xy + np.array([0.004, 0.004]))
            ),
        }
        for code in ("MLI", "DZA")
    ]
    path = tmp_path / "mine.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    text = json.dumps(HOSTILE.replace("\x1b", ""))
    (tmp_path / "mine.geojson.yaml").write_text(
        f"edges: planar\ntitle: {text}\nlicence: {text}\nattribution: {text}\nancestry: {text}\nvintage: {text}\n"
        f"accuracy: {{value: 800 m, document: {text}}}\n",
        encoding="utf-8",
    )
    return path


def test_measure_says_that_a_file_took_part(run: Callable, mine: Path) -> None:
    words = ("measure", "19.87N 2.89E", "--between", "MLI", "DZA")
    bundled = json.loads(run(*words, "--json").out)
    done = run(*words, "--boundary", f"{mine}::A3", "--json")
    assert done.code == 0, done.err
    document = json.loads(done.out)
    assert "own_sources" not in bundled
    (own,) = document["own_sources"]
    assert (own["source"], own["lineage"], own["file"]) == ("mine", "mine", str(mine))
    assert len(own["sha256"]) == 64
    kept = [each for each in document["measurements"] if each["source"] != "mine"]
    assert kept == bundled["measurements"]
    (shortest,) = [e for e in document["measurements"] if (e["source"], e["sense"]) == ("mine", "shortest")]
    assert shortest["accuracy_m"] == 800
    assert shortest["fit"] is True
    text = run(*words, "--boundary", str(mine), "--only", "mine").out
    assert "A source of your own took part" in text
    assert "osm-2026c" not in text
    assert "\u202e" not in text


def test_check_and_map_with_a_file(run: Callable, mine: Path, small_case: Path, tmp_path: Path) -> None:
    page = tmp_path / "out.html"
    done = run(
        "check", str(small_case), "--boundary", str(mine), "--only", "mine,osm-2026c", "--json", "--map", str(page)
    )
    assert done.code == 0, done.err
    document = json.loads(done.out)
    held = document["manifest"]["boundaries"]["mine"]
    assert held["own"] is True
    assert held["description_sha256"]
    assert document["manifest"]["options"]["boundary"] == [{"file": str(mine), "edges": None, "tolerance_m": None}]
    assert document["findings"][0]["by_source"]["mine"]["outcome"] == "consistent"
    html = page.read_text(encoding="utf-8")
    assert "<script>alert(1)" not in html
    assert "<img src=x" not in html
    assert "(a file of the user" in html
    stored = tmp_path / "result.json"
    stored.write_text(done.out, encoding="utf-8")
    assert run("verify", str(stored)).code == 0
    mine.write_text(mine.read_text() + "\n")
    again = run("verify", str(stored))
    assert again.code == 1
    assert "mine is not the data that was used" in again.out + again.err
    text = run("check", str(small_case), "--boundary", str(mine), "--only", "mine,osm-2026c").out
    assert "A source of your own took part" in text


def test_registered_it_joins_like_a_bundled_one_and_is_taken_out(run: Callable, mine: Path) -> None:
    done = run("boundaries", "add", str(mine), "::A3", "--between", "mli", "dza", "--id", "own-line")
    assert done.code == 0, done.err
    assert "registered own-line in" in done.err
    words = ("measure", "19.87N 2.89E", "--between", "MLI", "DZA")
    assert "own-line" in run(*words).out
    assert "A source of your own took part" in run(*words).out
    listed = run("boundaries", "list")
    assert "Your own sources" in listed.out
    assert json.loads(run("boundaries", "list", "--json").out)["own"][0]["id"] == "own-line"
    shown = run("boundaries", "show", "own-line").out
    assert "your own, registered" in shown
    assert run("boundaries", "verify").code == 0
    assert run("boundaries", "add", str(mine), "--between", "MLI", "DZA", "--id", "own-line").code == 2
    (copy,) = (Path(done.err.rsplit(" in ", 1)[1].strip())).glob("own-line-*.geojson")
    copy.write_bytes(copy.read_bytes() + b" ")
    assert run(*words).code == 4
    spoilt = run("boundaries", "verify")
    assert spoilt.code == 4
    assert copy.name in spoilt.err
    assert "geoinc boundaries remove ID" in spoilt.err
    assert "install geoinc again" not in spoilt.err
    removed = json.loads(run("boundaries", "remove", "own-line", "--json").out)["removed"]
    assert [(each["id"], each["border"]) for each in removed] == [("own-line", ["DZA", "MLI"])]
    assert "own-line" not in run(*words).out
    assert run("boundaries", "remove", "own-line").code == 4


def test_exit_codes_and_lines(run: Callable, mine: Path, tmp_path: Path) -> None:
    words = ("measure", "19.87N 2.89E", "--between", "MLI", "DZA", "--boundary")
    assert run(*words, str(tmp_path / "none.geojson")).code == 4
    rubbish = tmp_path / "rubbish.geojson"
    rubbish.write_bytes(b"{rubbish")
    assert run(*words, str(rubbish)).code == 3
    Path(f"{mine}.yaml").write_text("edges: round\nscale: big\n")
    done = run(*words, str(mine))
    assert done.code == 3
    assert done.err.count("geoinc: error:") == 2
    assert "mine.geojson.yaml:2: scale:" in done.err
    Path(f"{mine}.yaml").unlink()
    assert run(*words, str(mine)).code == 3
    assert run(*words, str(mine), "--edges", "planar").code == 0
    assert run(*words, f"{mine}::NOPE", "--edges", "planar").code == 4
    assert run(*words, "::A3").code == 2
    assert run("measure", "19.87N 2.89E", "--between", "MLI", "DZA", "--tolerance", "5 m").code == 2
    assert run(*words, str(mine), "--edges", "planar", "--tolerance", "wide").code == 2
