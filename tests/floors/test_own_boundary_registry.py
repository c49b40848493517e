"""Registered sources: copied whole, held to their hash, removed again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely

import geoinc
from geoinc.boundaries import BoundaryLine
from geoinc.boundaries.own import (
    add_source,
    list_entries,
    open_registered,
    registry_folder,
    remove_source,
    verify_registry,
)
from geoinc.boundaries.own.registry import INDEX
from geoinc.errors import BoundaryError, IntegrityError, UnknownBoundaryError, UsageError

WEST = [[0, 40], [2, 40], [2.1, 41], [2, 42], [0, 42], [0, 40]]
EAST = [[2, 40], [4, 40], [4, 42], [2, 42], [2.1, 41], [2, 40]]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GEOINC_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def line(tmp_path: Path) -> BoundaryLine:
    features = [
        {"type": "Feature", "properties": {"A3": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for code, ring in (("AAA", WEST), ("BBB", EAST))
    ]
    path = tmp_path / "mine.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    beside = tmp_path / "mine.geojson.yaml"
    beside.write_text('edges: rhumb\naccuracy: {value: 50 m, document: "Ω"}\nlicence: CC0-1.0\n')
    return geoinc.read_boundary(path, between=("BBB", "AAA"))


def test_a_registered_source_is_the_line_that_was_read(line: BoundaryLine) -> None:
    entry = add_source(line)
    assert (entry.source.id, entry.pair, entry.original) == ("mine", ("AAA", "BBB"), "mine.geojson")
    assert entry.original_sha256 == line.source.sha256
    (held,) = open_registered(("BBB", "AAA"))
    assert held.line.equals_exact(line.line)
    assert held.window.equals_exact(line.window)
    assert all(shapely.equals_exact(held.ground[code], line.ground[code]) for code in ("AAA", "BBB"))
    assert held.source == entry.source
    assert held.source.accuracy == line.source.accuracy
    border = geoinc.boundary("BBB", "AAA")
    assert list(border) == ["mine"]
    assert border["mine"].pair == ("BBB", "AAA")
    assert ("AAA", "BBB") in geoinc.borders()


def test_the_same_file_gives_the_same_bytes(line: BoundaryLine, data: Path) -> None:
    add_source(line)
    before = {path.name: path.read_bytes() for path in (data / "boundaries").iterdir()}
    assert len(before) == 2
    remove_source("mine")
    assert [path.name for path in (data / "boundaries").iterdir()] == [INDEX]
    assert list_entries() == ()
    add_source(line)
    assert {path.name: path.read_bytes() for path in (data / "boundaries").iterdir()} == before


def test_names_that_are_taken(line: BoundaryLine) -> None:
    add_source(line)
    with pytest.raises(UsageError, match="is registered for AAA-BBB already"):
        add_source(line)
    for name in ("osm", "dcw"):
        with pytest.raises(UsageError, match="the name of a bundled source or lineage"):
            add_source(geoinc.read_boundary(line.source.file, between=("AAA", "BBB"), source_id=name))
    with pytest.raises(UnknownBoundaryError, match="no source of your own goes by 'other'; registered: mine"):
        remove_source("other")


def test_an_altered_file_is_found_and_named(line: BoundaryLine) -> None:
    entry = add_source(line)
    path = registry_folder() / entry.source.file
    path.write_bytes(path.read_bytes().replace(b"2.1", b"2.2"))
    with pytest.raises(IntegrityError, match=r"mine-aaa-bbb.geojson is not the registered one") as caught:
        geoinc.boundary("AAA", "BBB")
    assert caught.value.exit_code == 4
    (check,) = verify_registry()
    assert not check.ok
    assert check.file == str(path)
    path.unlink()
    assert verify_registry()[0].actual == "missing"
    with pytest.raises(BoundaryError, match=r"cannot be read.*remove it"):
        geoinc.boundary("AAA", "BBB")
    remove_source("mine")


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"schema": "x"}', '{"schema": "geoinc/own-boundaries/1", "sources": [1]}']
)
def test_a_broken_registry_is_named(data: Path, content: str) -> None:
    (data / "boundaries").mkdir(parents=True)
    (data / "boundaries" / INDEX).write_text(content)
    with pytest.raises(BoundaryError, match=r"registry of your own sources .*registry.json cannot be understood"):
        list_entries()


def test_a_registry_cannot_name_files_elsewhere(line: BoundaryLine, data: Path) -> None:
    add_source(line)
    index = data / "boundaries" / INDEX
    index.write_text(index.read_text().replace('"mine-aaa-bbb.geojson"', '"../mine.geojson"'))
    with pytest.raises(BoundaryError, match="is no file of the registry"):
        list_entries()


def test_a_folder_that_cannot_be_written(line: BoundaryLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    monkeypatch.setenv("GEOINC_DATA", str(blocked))
    with pytest.raises(UsageError, match="cannot write to"):
        add_source(line)
