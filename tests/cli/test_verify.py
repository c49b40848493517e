"""A stored result comes out again, or what differs is named."""

from __future__ import annotations

import json

import pytest

from geoinc.api import assess, load_incident
from geoinc.cli import main
from geoinc.verification import verify_result


@pytest.fixture(scope="module")
def document():
    return assess(load_incident("tz-98d"), only=["osm"]).to_json()


@pytest.fixture
def stored(tmp_path, document):
    path = tmp_path / "result.json"
    path.write_text(document, encoding="utf-8")
    return path


def test_the_same_bytes(stored, capsys):
    assert main(["verify", str(stored)]) == 0
    assert "byte for byte" in capsys.readouterr().err


def altered(stored, change):
    document = json.loads(stored.read_text(encoding="utf-8"))
    change(document)
    stored.write_text(json.dumps(document), encoding="utf-8")
    return verify_result(stored).differences


def test_other_versions_do_not_matter(stored):
    assert altered(stored, lambda d: d["manifest"]["software"].update(numpy="0.1")) == ()


def test_an_altered_outcome_is_named(stored, capsys):
    def change(document):
        document["findings"][0]["outcome"] = "inconsistent"

    (line,) = altered(stored, change)
    assert "outcome: 'inconsistent' is now 'consistent'" in line
    assert main(["verify", str(stored)]) == 1
    assert "does not come out again: 1 difference" in capsys.readouterr().err


def test_an_altered_figure_is_named(stored):
    def change(document):
        document["measurements"]["mali-wreck-position"][0]["distance_m"] += 0.01

    assert len(altered(stored, change)) == 1


def test_an_altered_boundary_is_named(stored):
    def change(document):
        document["manifest"]["boundaries"]["osm-2026c"]["sha256"] = "0" * 64

    (line,) = altered(stored, change)
    assert line.startswith("boundary: osm-2026c")


def test_a_missing_finding_is_named(stored):
    (line,) = altered(stored, lambda d: d["findings"].pop())
    assert line.endswith("is new")


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"manifest": {}, "findings": []}', '{"manifest": {"input": {"file": 7}}}']
)
def test_what_is_not_a_result(tmp_path, text, capsys):
    path = tmp_path / "other.json"
    path.write_text(text, encoding="utf-8")
    assert main(["verify", str(path)]) == 3
    assert "Traceback" not in capsys.readouterr().err


def test_a_result_whose_incident_file_is_gone(tmp_path, document, capsys):
    path = tmp_path / "result.json"
    path.write_text(document.replace('"file": "tz-98d"', '"file": "gone.yaml"'), encoding="utf-8")
    assert main(["verify", str(path)]) == 3
    assert "gone.yaml" in capsys.readouterr().err


def test_no_file(capsys):
    assert main(["verify", "nowhere.json"]) == 3
    assert "nowhere.json" in capsys.readouterr().err
