"""Wrong input gives one clear line, the right code, and nothing else; a bug in geoinc stays a bug."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import geoinc.cli.schema
from geoinc.cli import main
from geoinc.cli.output import shown
from geoinc.errors import Problem

from .conftest import HOME, SMALL_CASE

USAGE = [
    ((), "Missing command"),
    (("boundaries",), "Missing command"),
    (("chekc", "tz-98d"), "No such command 'chekc'"),
    (("check",), "Missing argument 'FILE'"),
    (("check", "tz-98d", "--edges", "straight"), "is not one of"),
    (("check", "tz-98d", "--precision", "declared"), "is not one of"),
    (("check", "tz-98d", "--fail-on", "consistent"), "is not one of"),
    (("check", "tz-98d", "--explain", "Z9"), "no finding or claim"),
    (("map", "tz-98d"), "Missing option '-o'"),
    (("map", "tz-98d", "-o", "no/such/folder/map.html"), "no folder"),
    (("measure",), "Missing argument"),
    (("measure", "19.868N 2.894E", "--between", "MLI"), "requires 2 arguments"),
    (("measure", "19.868N 2.894E", "--edges", "-5"), "'-5' is not one of"),
    (("measure", "19.868N 2.894E", "--in", "NER"), "MLI and DZA"),
    (("example", "no-such-case"), "tz-98d"),
    (("example", "-o", "case.yaml"), "tz-98d"),
    (("boundaries", "show", "MLI", "DZA", "NER"), "two territories"),
]
INPUT = [
    (("check", "no-such-case"), "no-such-case"),
    (("check", "missing.yaml"), "missing.yaml"),
    (("check", "."), "folder"),
    (("parse", ""), "empty"),
    (("parse", "somewhere in the desert"), "somewhere"),
    (("measure", "95N 2E"), "95"),
    (("measure", "19.868N 2.894E", "--claimed", "nine"), "nine"),
    (("measure", "19.868N 2.894E", "--claimed", "1,329 km"), "may mean"),
]
BOUNDARY = [
    (("measure", "19.868N 2.894E", "--between", "MLI", "FRA"), "FRA"),
    (("measure", "19.868N 2.894E", "--only", "no-such-source"), "no-such-source"),
    (("measure", "48.85N 2.35E", "--between", "FRA", "PRT"), "PRT has a border with ESP"),
    (("check", "tz-98d", "--only", "no-such-source"), "no-such-source"),
    (("boundaries", "show", "no-such-source"), "osm-2026c"),
    (("boundaries", "show", "MLI", "FRA"), "FRA"),
]


@pytest.mark.parametrize(
    ("arguments", "fragment", "code"),
    [
        *((arguments, fragment, 2) for arguments, fragment in USAGE),
        *((arguments, fragment, 3) for arguments, fragment in INPUT),
        *((arguments, fragment, 4) for arguments, fragment in BOUNDARY),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_one_line_and_the_right_code(run, tmp_path, monkeypatch, *, arguments, fragment, code):
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert done.code == code
    assert done.out == ""
    lines = done.err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("geoinc: error: ")
    assert fragment in lines[0]
    assert list(tmp_path.iterdir()) == []


HOSTILE = {
    "empty": b"",
    "zeros": bytes(64),
    "random": bytes(range(256)) * 8,
    "not a mapping": b"- one\n- two\n",
    "tab": b"schema:\tgeoinc/incident/1\n\tid: x\n",
    "unclosed": b"schema: [geoinc/incident/1\n",
    "duplicate key": b"schema: geoinc/incident/1\nid: a\nid: b\n",
    "runs code": b"!!python/object/apply:os.system ['touch hit']\n",
    "tag": SMALL_CASE.replace("title: One", "title: !x One").encode(),
    "bomb": b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
    "merge": SMALL_CASE.replace("points:", "extra: &e {a: 1}\nmore: {<<: *e}\npoints:").encode(),
    "deep": b"a: " + b"[" * 5000,
    "long": b"# " + b"x" * 3_000_000,
    "unknown field": SMALL_CASE.replace("title:", "titel:").encode(),
    "no unit": SMALL_CASE.encode()
    + b"  - {id: d, party: speaker, kind: border_distance, point: place, distance: 9.5, territory: MLI}\n",
    "latin-1": SMALL_CASE.replace("One", "Une contr\xe9e").encode("latin-1"),
    "escape": SMALL_CASE.replace("One", '"\\e[2J"').encode(),
}


@pytest.mark.parametrize("name", list(HOSTILE))
@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_hostile_files_are_refused_line_by_line(run, tmp_path, monkeypatch, name, ending):
    monkeypatch.chdir(tmp_path)
    case = tmp_path / f"case.{ending}"
    case.write_bytes(HOSTILE[name])
    done = run("check", f"case.{ending}", "--map", "map.html")
    assert done.code == 3
    assert done.out == ""
    lines = done.err.splitlines()
    assert lines
    for line in lines:
        assert line.startswith("geoinc: error: ")
        assert f"case.{ending}" in line
    assert done.err.replace("\n", "").isprintable()
    assert [path.name for path in tmp_path.iterdir()] == [f"case.{ending}"]


def test_problems_come_one_a_line_with_their_place(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    case = tmp_path / "case.yaml"
    case.write_text(SMALL_CASE.replace("party: speaker", "party: nobody").replace("title:", "titel:"), encoding="utf-8")
    done = run("check", "case.yaml")
    assert done.code == 3
    assert len(done.err.splitlines()) == 4
    assert "geoinc: error: case.yaml:3: titel: " in done.err
    assert "nobody" in done.err


def test_wrong_extension(run, tmp_path):
    case = tmp_path / "case.docx"
    case.write_text(SMALL_CASE, encoding="utf-8")
    done = run("check", str(case))
    assert done.code == 3
    assert ".yaml" in done.err


def test_a_text_cannot_steer_the_terminal(run):
    done = run("parse", "\x1b[2J19N\u202e2E\nx")
    assert done.code == 3
    assert len(done.err.splitlines()) == 1
    assert done.err.rstrip("\n").isprintable()
    assert r"\x1b[2J" in done.err
    assert r"\u202e" in done.err


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("تين زاوتين, 19°52’N", "تين زاوتين, 19°52’N"),
        ("a\r\nb\x9bc\x7f", r"a\x0d b\x9bc\x7f".replace(r"\x0d", r"\r")),
        ("\u2066x\u2069\u2028", r"\u2066x\u2069\u2028"),
        ("\udcff", r"\udcff"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_shown(text, expected):
    assert shown(text) == expected


def test_a_bug_shows_its_traceback(monkeypatch):
    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(geoinc.cli.schema, "json_schema", broken)
    with pytest.raises(ZeroDivisionError):
        main(["schema"])


def test_interrupted(monkeypatch, capsys):
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(geoinc.cli.schema, "json_schema", interrupted)
    assert main(["schema"]) == 130
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.strip() == ""


@pytest.mark.parametrize("arguments", [("schema",), ("parse", "19.868N 2.894E"), ("--help",)], ids=" ".join)
def test_a_closed_pipe_is_no_news(arguments):
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "geoinc", *arguments],
            stdout=writer,
            stderr=subprocess.PIPE,
            env={"PYTHONPATH": str(HOME)},
            check=False,
            timeout=60,
        )
    finally:
        os.close(writer)
    assert done.stderr == b""
    assert done.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [("schema",), ("parse", "19.868N 2.894E"), ("--help",)], ids=" ".join)
def test_a_full_disk_is_said(arguments):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "geoinc", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env={"PYTHONPATH": str(HOME)},
            check=False,
            timeout=60,
        )
    assert done.returncode == 2
    assert done.stderr.startswith("geoinc: error: ")
    assert "No space left" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(os.name == "nt", reason="closes a stream as a POSIX shell does")
@pytest.mark.parametrize(
    "arguments",
    [("schema",), ("parse", "19.868N 2.894E"), ("parse", "--json", "20N 3E"), ("boundaries", "list")],
    ids=" ".join,
)
def test_a_closed_output_is_said(arguments):
    done = subprocess.run(
        ["sh", "-c", 'exec "$0" -m geoinc "$@" >&-', sys.executable, *arguments],
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={"PYTHONPATH": str(HOME)},
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (2, "geoinc: error: cannot write to standard output: it is closed\n")


def test_a_terminal_that_knows_ascii_only(spawn):
    done = spawn("parse", "19°52’04.738’’N 2°53’38.101’’E", PYTHONIOENCODING="ascii")
    assert (done.code, done.err) == (0, "")
    assert r"19\xb052" in done.out
    document = spawn("parse", "--json", "19°52’04.738’’N 2°53’38.101’’E", PYTHONIOENCODING="ascii")
    assert document.code == 0
    assert "″" in document.out


def test_problem_without_a_line():
    assert str(Problem("a.yaml", None, "id", "missing")) == "a.yaml: id: missing"
