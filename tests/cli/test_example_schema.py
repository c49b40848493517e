"""``geoinc example`` and ``geoinc schema``."""

from __future__ import annotations

import json

import jsonschema
from ruamel.yaml import YAML


def test_names(run):
    done = run("example")
    assert (done.code, done.err) == (0, "")
    titles = dict(line.split(maxsplit=1) for line in done.out.splitlines())
    assert titles["tz-98d"] == "Loss of drone TZ-98D near Tin Zaouatine"
    assert len(titles) == len(done.out.splitlines())


def test_an_example_is_a_case_like_any_other(run, tmp_path, checked_json):
    printed = run("example", "tz-98d")
    assert (printed.code, printed.err) == (0, "")
    copy = tmp_path / "my case.yaml"
    done = run("example", "tz-98d", "-o", str(copy))
    assert (done.code, done.out, done.err) == (0, "", f"geoinc: wrote {copy}\n")
    assert copy.read_text(encoding="utf-8") == printed.out
    again = json.loads(run("check", str(copy), "--json").out)
    assert again["findings"] == json.loads(checked_json.out)["findings"]


def test_a_file_that_exists_is_left_alone(run, tmp_path):
    copy = tmp_path / "case.yaml"
    copy.write_text("edited for hours", encoding="utf-8")
    done = run("example", "tz-98d", "-o", str(copy))
    assert (done.code, done.out) == (2, "")
    assert "exists" in done.err
    assert copy.read_text(encoding="utf-8") == "edited for hours"
    assert [path.name for path in tmp_path.iterdir()] == ["case.yaml"]


def test_schema_describes_the_example(run):
    done = run("schema")
    assert (done.code, done.err) == (0, "")
    schema = json.loads(done.out)
    jsonschema.Draft202012Validator.check_schema(schema)
    case = YAML(typ="safe", pure=True).load(run("example", "tz-98d").out)
    jsonschema.validate(json.loads(json.dumps(case, default=str)), schema)
