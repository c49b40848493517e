"""The catalogue: complete, and every byte held to its hash."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from base64 import urlsafe_b64encode
from importlib.metadata import FileHash, PackagePath
from pathlib import Path
from types import SimpleNamespace

import pytest

from geoinc.boundaries import Catalogue, data_folder, load_catalogue, open_border, verify
from geoinc.errors import BoundaryError, IntegrityError, UnknownBoundaryError

HEX = re.compile(r"[0-9a-f]{64}")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "boundaries"
    shutil.copytree(data_folder(), folder)
    return folder


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def test_sources_and_lineages(catalogue: Catalogue) -> None:
    assert [(source.id, source.lineage) for source in catalogue.sources] == [
        ("osm-2026c", "osm"),
        ("osm-2020", "osm"),
        ("osm-2017", "osm"),
        ("dcw", "dcw"),
        ("wdb2", "wdb2"),
        ("ne-10m", "naturalearth"),
        ("ne-110m", "naturalearth"),
        ("osm-2026c-world", "osm"),
        ("ne-10m-world", "naturalearth"),
        ("osm-2017-world", "osm"),
    ]
    assert set(catalogue.lineages) == {source.lineage for source in catalogue.sources}
    assert catalogue.lineages["dcw"].correlated_with == ("wdb2",)
    assert catalogue.lineages["wdb2"].correlated_with == ("dcw",)


def test_every_source_is_described(catalogue: Catalogue) -> None:
    for source in catalogue.sources:
        assert source.title
        assert source.vintage
        assert len(source.ancestry) > 60
        assert source.edges == "planar"
        assert source.package is not None
        assert HEX.fullmatch(source.package.sha256)
        assert source.package.version in source.package.file or source.package.registry == "npm"
        assert HEX.fullmatch(source.sha256)
        assert source.licence_file in catalogue.files
        assert source.file.split("/")[0] == str(source.licence_file).split("/")[0]
        assert source.correlated_with == catalogue.lineages[source.lineage].correlated_with


def test_licences(catalogue: Catalogue) -> None:
    for source in catalogue.sources:
        if source.lineage == "osm":
            assert source.licence == "ODbL-1.0"
            assert "© OpenStreetMap contributors" in source.attribution
            assert source.file.startswith("odbl/")
        elif source.lineage == "naturalearth":
            assert source.file.startswith("public-domain/")
            assert source.attribution == "Made with Natural Earth."
        else:
            assert source.licence == "LGPL-3.0-or-later"
            assert source.file.startswith("lgpl/")


@pytest.mark.parametrize(
    ("file", "opening", "closing"),
    [
        ("odbl/LICENSE-ODbL", "Open Database License (ODbL) v1.0", "terms of this License."),
        ("lgpl/LICENSE-LGPL", "GNU LESSER GENERAL PUBLIC LICENSE", "Library."),
        ("lgpl/LICENSE-GPL", "GNU GENERAL PUBLIC LICENSE", "why-not-lgpl"),
        ("public-domain/LICENSE-public-domain", "public domain", "Natural Earth"),
    ],
)
def test_licence_texts_are_whole(catalogue: Catalogue, file: str, opening: str, closing: str) -> None:
    text = catalogue.read(file).decode("utf-8")
    assert opening in text[:200]
    assert closing in text[-1800:]


def test_catalogue_lists_every_file_and_nothing_else(catalogue: Catalogue) -> None:
    present = {path.relative_to(catalogue.folder).as_posix() for path in catalogue.folder.rglob("*") if path.is_file()}
    assert present == {*catalogue.files, "catalogue.json"}


def test_bundle_stays_small(catalogue: Catalogue) -> None:
    sizes = {file: (catalogue.folder / file).stat().st_size for file in catalogue.files}
    # The archives are packed already; the whole wheel has its own test.
    assert sum(size for file, size in sizes.items() if "/world-" in file) < 12_500_000
    assert sum(size for file, size in sizes.items() if not file.endswith(".zip")) < 2_000_000


def test_geojson_says_licence_and_credit(catalogue: Catalogue) -> None:
    for source in catalogue.sources:
        if source.file.endswith(".zip"):
            continue
        document = json.loads(catalogue.read(source.file))
        assert document["licence"] == source.licence
        assert document["attribution"] == source.attribution
        roles = [feature["properties"] for feature in document["features"]]
        assert roles == [
            {"role": "line", "left": "DZA", "right": "MLI"},
            {"role": "ground", "territory": "DZA"},
            {"role": "ground", "territory": "MLI"},
        ]


def test_verify_passes_on_the_bundle() -> None:
    checks = verify()
    assert {"world.json", "odbl/world-osm-2026c.zip", "public-domain/world-ne-10m.zip"} < {c.file for c in checks}
    assert all(check.ok for check in checks)


def test_a_flipped_byte_is_refused(copy: Path) -> None:
    flip(copy / "odbl" / "osm-2026c.geojson")
    altered = load_catalogue(copy)
    border = open_border("MLI", "DZA", catalogue=altered)
    with pytest.raises(IntegrityError) as caught:
        border["osm-2026c"]
    message = str(caught.value)
    assert altered.source("osm-2026c").sha256 in message
    assert len(set(HEX.findall(message))) == 2
    assert "osm-2026c.geojson" in message
    assert "install geoinc again" in message
    assert border["dcw"].source.id == "dcw"
    assert [check.file for check in verify(copy) if not check.ok] == ["odbl/osm-2026c.geojson"]


def test_a_flipped_byte_in_a_licence_is_found(copy: Path) -> None:
    flip(copy / "lgpl" / "LICENSE-GPL")
    assert [check.file for check in verify(copy) if not check.ok] == ["lgpl/LICENSE-GPL"]


@pytest.mark.parametrize("altered", [False, True])
def test_the_catalogue_is_held_to_the_record_of_the_installer(
    copy: Path, monkeypatch: pytest.MonkeyPatch, altered: bool
) -> None:
    path = copy / "catalogue.json"
    record = PackagePath("geoinc/_data/boundaries/catalogue.json")
    digest = urlsafe_b64encode(hashlib.sha256(path.read_bytes()).digest()).decode().rstrip("=")
    monkeypatch.setattr(record, "hash", FileHash(f"sha256={digest}"), raising=False)
    monkeypatch.setattr(record, "dist", SimpleNamespace(locate_file=lambda _: path), raising=False)
    monkeypatch.setattr("importlib.metadata.files", lambda _: [PackagePath("geoinc/api.py"), record])
    if altered:
        path.write_text(path.read_text(encoding="utf-8").replace("250.0", "150.0", 1), encoding="utf-8")
    checks = verify(copy)
    assert checks[0].file == "catalogue.json"
    assert [check.file for check in checks if not check.ok] == ["catalogue.json"] * altered


def test_a_missing_file(copy: Path) -> None:
    (copy / "lgpl" / "wdb2.geojson").unlink()
    failed = [check for check in verify(copy) if not check.ok]
    assert [(check.file, check.actual) for check in failed] == [("lgpl/wdb2.geojson", "missing")]
    with pytest.raises(BoundaryError, match=r"wdb2\.geojson cannot be read .*; install geoinc again"):
        open_border("DZA", "MLI", catalogue=load_catalogue(copy))["wdb2"]


def test_a_missing_catalogue(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match=r"catalogue\.json cannot be read .*install geoinc again"):
        load_catalogue(tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "geoinc/boundary-catalogue/9"}'])
def test_a_catalogue_that_cannot_be_understood(tmp_path: Path, text: str) -> None:
    (tmp_path / "catalogue.json").write_text(text, encoding="utf-8")
    with pytest.raises(BoundaryError, match=r"catalogue\.json cannot be understood"):
        load_catalogue(tmp_path)


def test_only_catalogued_files_are_read(catalogue: Catalogue) -> None:
    with pytest.raises(BoundaryError, match="not a file of the catalogue"):
        catalogue.read("../../pyproject.toml")


def test_unknown_source(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownBoundaryError, match="no source goes by 'osm-1999'; held: osm-2026c, osm-2020"):
        catalogue.source("osm-1999")


def test_neighbours(catalogue: Catalogue) -> None:
    assert catalogue.neighbours("MLI") == ("BFA", "CIV", "DZA", "GIN", "MRT", "NER", "SEN")
    assert catalogue.neighbours("PRT") == ("ESP",)
    assert catalogue.neighbours("MDG") == ()


def test_no_data_anywhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import geoinc.boundaries.catalogue as module

    monkeypatch.setattr(module, "__file__", str(tmp_path / "geoinc" / "boundary" / "catalogue.py"))
    with pytest.raises(BoundaryError, match=r"no boundary data found in .*_data.* and .*install geoinc again"):
        data_folder()
    inside = tmp_path / "geoinc" / "_data" / "boundaries"
    inside.mkdir(parents=True)
    (inside / "catalogue.json").write_text("{}", encoding="utf-8")
    assert data_folder() == inside
