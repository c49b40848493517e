"""``geoinc check`` and ``geoinc map``: the page for people, the document for programs, and the files."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import stat
import struct
import subprocess
import sys
import termios
from contextlib import suppress

import pytest

from geoinc.cli.findings import change_words
from geoinc.cli.sheet import Sheet
from geoinc.findings import FindingKind, Outcome

from .conftest import HOME

OUTCOMES = {each.value for each in Outcome}
KINDS = {each.value for each in FindingKind}


def assert_interval(interval):
    assert set(interval) >= {"low", "high", "unit"}
    low, high = interval["low"], interval["high"]
    assert low is None or isinstance(low, float | int)
    assert high is None or isinstance(high, float | int)
    if low is not None and high is not None:
        assert low <= high


def test_document_has_the_promised_shape(checked_json):
    assert (checked_json.code, checked_json.err) == (0, "")
    document = json.loads(checked_json.out)
    assert document["incident"] == "tz-98d"
    assert set(document) >= {"incident", "rule", "findings", "manifest"}
    assert document["findings"]
    for finding in document["findings"]:
        assert finding["kind"] in KINDS
        assert finding["outcome"] in OUTCOMES
        assert isinstance(finding["robust"], bool)
        assert all(isinstance(change, str) for change in finding["fragile_by"])
        assert finding["statement"].endswith(".")
        assert finding["claims"]
        assert_interval(finding["measured"])
        assert_interval(finding["claimed"])
        for part in finding["by_source"].values():
            assert part["outcome"] in OUTCOMES
            assert_interval(part["measured"])
            assert isinstance(part["fit"], bool)
            assert part["why"] is None or isinstance(part["why"], str)
    ids = [finding["id"] for finding in document["findings"]]
    assert len(ids) == len(set(ids))


def test_the_same_bytes_twice(checked_json, spawn):
    assert spawn("check", "tz-98d", "--json", PYTHONHASHSEED="7").out == checked_json.out


def test_page_groups_every_finding_under_its_outcome(checked, checked_json):
    assert (checked.code, checked.err) == (0, "")
    findings = json.loads(checked_json.out)["findings"]
    headings = {
        "consistent": "Agrees",
        "inconsistent": "Cannot hold",
        "indeterminate": "The data cannot decide",
        "not_assessable": "Cannot be tested",
    }
    lines = checked.out.splitlines()
    order = []
    for outcome, heading in headings.items():
        count = sum(finding["outcome"] == outcome for finding in findings)
        assert (f"{heading} ({count})" in lines) == (count > 0)
        order += [lines.index(f"{heading} ({count})")] if count else []
    assert order == sorted(order)
    page = " ".join(checked.out.split())
    for finding in findings:
        assert " ".join(finding["statement"].split()) in page
        for change in finding["fragile_by"]:
            assert f"would change if {' '.join(change.removeprefix('if ').split())}" in page
        for missing in finding["missing"]:
            assert f"missing: {' '.join(missing.split())}" in page


def test_page_names_case_sources_distances_and_rule(checked, checked_json):
    assert checked.out.startswith("Loss of drone TZ-98D")
    document = json.loads(checked_json.out)
    for source in document["manifest"]["boundaries"]:
        assert f"  {source}: " in checked.out
    assert checked.out.count("Distances by source: ") == 2
    assert f"Rule ({document['rule']['id']})" in checked.out
    for word in ("Shortest", "Meridian", "Side", "Accuracy", "Vote on side"):
        assert word in checked.out


@pytest.mark.parametrize("change", ["one lineage were left out", "if one lineage were left out"])
def test_a_change_reads_alike_whether_it_begins_with_if_or_not(change):
    assert change_words(change) == "would change if one lineage were left out"


def test_only_parties_that_speak_are_counted(run, small_case):
    silent = small_case.read_text(encoding="utf-8").replace(
        "points:", "  silent: {name: Silent, territory: null}\npoints:"
    )
    small_case.write_text(silent, encoding="utf-8")
    opening = " ".join(run("check", str(small_case)).out.split())
    assert "Case small: 2 claims of 1 party, checked against each other and against 7 sources" in opening


def test_a_position_at_a_pole_keeps_its_findings_and_gets_a_map(run, small_case, tmp_path):
    case = small_case.read_text(encoding="utf-8").replace("19.5N 3.0E", "90N 0E")
    small_case.write_text(case, encoding="utf-8")
    done = run("check", str(small_case), "--map", str(tmp_path / "pole.html"))
    assert done.code == 0
    assert "Cannot be tested" in done.out
    assert "The map ends at 85° of latitude" in (tmp_path / "pole.html").read_text(encoding="utf-8")


def test_a_third_state_is_named_as_neither(run, small_case):
    case = small_case.read_text(encoding="utf-8").replace("19.5N 3.0E", "19.0N 4.6E")
    small_case.write_text(case, encoding="utf-8")
    page = run("check", str(small_case)).out
    rows = [line for line in page.splitlines() if re.match(r"  (osm|dcw|wdb2|ne)-?\w*  +\d", line)]
    assert len(rows) == 7
    assert all(" neither " in row for row in rows)
    assert "not known" not in page


def test_table_holds_what_the_document_holds(checked, checked_json):
    measurements = json.loads(checked_json.out)["measurements"]["mali-wreck-position"]
    start = checked.out.index("Distances by source: wreckage")
    table = checked.out[start : checked.out.index("\n\n", start)]
    for each in measurements:
        if each["distance_m"] is not None:
            assert f"{each['distance_m'] / 1000:.2f} km" in table


def test_plain_text_where_it_is_piped(checked):
    assert "\x1b" not in checked.out
    assert all(line == line.rstrip() for line in checked.out.splitlines())


@pytest.mark.parametrize(("columns", "widest"), [(None, 100), ("80", 80), ("60", 60)])
@pytest.mark.usefixtures("assessed")
def test_width(run, monkeypatch, columns, widest):
    page = run("check", "tz-98d")
    if columns is not None:
        monkeypatch.setenv("COLUMNS", columns)
        page = run("check", "tz-98d")
    assert page.code == 0
    assert max(len(line) for line in page.out.splitlines()) <= widest


def test_neutral_words(checked):
    words = checked.out.lower().split()
    assert not {"true", "false", "lie", "lied", "violation", "violated"}.intersection(
        word.strip(".,:;") for word in words
    )


@pytest.mark.usefixtures("assessed")
def test_explain_by_finding_claim_and_tag(run, checked_json):
    findings = json.loads(checked_json.out)["findings"]
    about = [finding for finding in findings if "mali-wreck-distance" in finding["claims"]]
    by_tag = run("check", "tz-98d", "--explain", "M2")
    assert by_tag.code == 0
    assert by_tag == run("check", "tz-98d", "--explain", "mali-wreck-distance")
    for finding in findings:
        assert (f"{finding['id']}: " in by_tag.out) == (finding in about)
    name = next(finding["id"] for finding in about if finding["kind"] == "distance")
    one = run("check", "tz-98d", "--explain", name)
    assert one.code == 0
    assert one.out.startswith(f"{name}: ")
    for fragment in (
        "M2 (mali-wreck-distance), Mali, border distance",
        "9.5 km",
        "9.45 to 9.55 km",
        "lessor.ml",
        "2025-04-06",
        "U (95 %)",
        "osm-2026c",
        "Read another way",
        "1. Measured interval",
    ):
        assert fragment in one.out


@pytest.mark.usefixtures("assessed")
def test_explain_every_finding(run, checked_json):
    """No kind of finding lacks what its page needs."""
    claims = dict.fromkeys(claim for finding in json.loads(checked_json.out)["findings"] for claim in finding["claims"])
    for claim in list(claims):
        page = run("check", "tz-98d", "--explain", claim)
        assert page.code == 0, claim
        assert "Claims" in page.out


@pytest.mark.usefixtures("assessed")
def test_explain_narrows_the_document_too(run, checked_json):
    whole = json.loads(checked_json.out)
    part = json.loads(run("check", "tz-98d", "--explain", "M2", "--json").out)
    assert part["manifest"] == whole["manifest"]
    assert part["findings"] == [each for each in whole["findings"] if "mali-wreck-distance" in each["claims"]]


@pytest.mark.usefixtures("assessed")
def test_fail_on_met(run, checked_json):
    done = run("check", "tz-98d", "--json", "--fail-on", "inconsistent")
    assert done.code == 1
    assert done.out == checked_json.out
    assert done.err.startswith("geoinc: --fail-on inconsistent: ")


def test_fail_on_not_met(run, small_case):
    done = run("check", str(small_case), "--fail-on", "inconsistent")
    assert (done.code, done.err) == (0, "")
    assert "Agrees" in done.out


def test_only_and_edges_reach_the_findings(run):
    done = run("check", "tz-98d", "--json", "--only", "dcw,naturalearth", "--only", "wdb2", "--edges", "geodesic")
    document = json.loads(done.out)
    assert set(document["manifest"]["boundaries"]) == {"dcw", "ne-10m", "ne-110m", "wdb2"}
    edges = {each["edges"] for found in document["measurements"].values() for each in found}
    assert edges == {"geodesic"}


def test_precision_reaches_the_findings(run, checked_json):
    def claimed(text):
        return {
            finding["id"]: finding["claimed"]
            for finding in json.loads(text)["findings"]
            if "mali-wreck-distance" in finding["claims"] and finding["kind"] == "distance"
        }

    fractional = claimed(run("check", "tz-98d", "--json", "--precision", "fractional").out)
    assert fractional
    assert all((each["low"], each["high"]) == (9250.0, 9750.0) for each in fractional.values())
    assert all((each["low"], each["high"]) == (9450.0, 9550.0) for each in claimed(checked_json.out).values())


def test_map_is_written_and_said(run, small_case, tmp_path):
    done = run("check", str(small_case), "--map", str(tmp_path / "out.html"), "--json")
    assert done.code == 0
    json.loads(done.out)
    assert done.err == f"geoinc: wrote {tmp_path / 'out.html'}\n"
    assert (tmp_path / "out.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    alone = run("map", str(small_case), "-o", str(tmp_path / "alone.html"))
    assert (alone.code, alone.out) == (0, "")
    assert (tmp_path / "alone.html").read_bytes() == (tmp_path / "out.html").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alone.html", "out.html", "small.yaml"]


@pytest.mark.parametrize("command", [("check", "--map"), ("map", "-o")], ids=" ".join)
def test_a_map_never_replaces_its_own_case(run, small_case, tmp_path, command):
    before = small_case.read_bytes()
    (tmp_path / "link.html").symlink_to(small_case)
    name, option = command
    for target in (small_case, tmp_path / "link.html"):
        done = run(name, str(small_case), option, str(target))
        assert (done.code, done.out) == (2, "")
        assert len(done.err.splitlines()) == 1
        assert "the incident file that the map is made from" in done.err
    assert small_case.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.html", "small.yaml"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize(
    "command",
    [
        ("check", "tz-98d", "--map"),
        ("map", "tz-98d", "-o"),
        ("measure", "20N 3E", "--map"),
        ("example", "tz-98d", "-o"),
    ],
    ids=" ".join,
)
def test_no_command_replaces_a_pipe_or_takes_a_hyphen_for_a_file(run, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    for target, why in (("pipe", "is no regular file"), ("-", "names no file")):
        done = run(*command, target)
        assert (done.code, done.out) == (2, "")
        assert len(done.err.splitlines()) == 1
        assert why in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@pytest.mark.parametrize("command", [("check", "--map"), ("map", "-o")], ids=" ".join)
def test_a_map_that_cannot_be_written(run, small_case, tmp_path, command):
    (tmp_path / "folder").mkdir()
    name, option = command
    for target in (tmp_path / "folder", tmp_path / "missing" / "out.html", small_case / "out.html"):
        done = run(name, str(small_case), option, str(target))
        assert done.code == 2
        assert done.out == ""
        assert len(done.err.splitlines()) == 1
        assert "wrote" not in done.err
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["folder", "small.yaml"]


def test_a_failing_rename_leaves_the_old_map(run, small_case, tmp_path, monkeypatch):
    target = tmp_path / "out.html"
    target.write_text("old", encoding="utf-8")

    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.replace", refuse)
    monkeypatch.setattr("pathlib.Path.replace", refuse)
    done = run("check", str(small_case), "--map", str(target))
    assert (done.code, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1
    assert target.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.html", "small.yaml"]


def test_hostile_words_stay_on_their_line(run, small_case, tmp_path):
    text = small_case.read_text(encoding="utf-8")
    case = tmp_path / "hostile.yaml"
    case.write_text(text.replace("One position", '"[bold]x[/bold] \\u202Eevil {{ 7*7 }}"'), encoding="utf-8")
    done = run("check", str(case))
    assert done.code == 0
    assert done.out.startswith(r"[bold]x[/bold] \u202eevil {{ 7*7 }}")


def on_a_terminal(**variables):
    """What a terminal of 70 columns receives from one command."""
    reader, writer = pty.openpty()
    fcntl.ioctl(writer, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 70, 0, 0))
    subprocess.run(
        [sys.executable, "-m", "geoinc", "parse", "19°52’04.738’’N 2°53’38.101’’E"],
        stdout=writer,
        env={"PYTHONPATH": str(HOME), "PYTHONIOENCODING": "utf-8", "TERM": "xterm", **variables},
        check=True,
        timeout=60,
    )
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as stream:
        # Linux reports the end of a closed terminal as an error, after the text.
        lines = []
        with suppress(OSError):
            lines.extend(iter(stream.readline, ""))
    return [line.rstrip("\r\n") for line in lines]


def test_a_terminal_gets_its_own_width():
    lines = on_a_terminal()
    assert lines[0] == "Printed   19°52’04.738’’N 2°53’38.101’’E"
    assert 60 < max(len(line) for line in lines) <= 70
    assert on_a_terminal(COLUMNS="200") != lines


def test_bold_on_a_terminal_unless_refused(monkeypatch):
    def heading():
        sheet = Sheet(width=60)
        sheet.heading("Agrees")
        return sheet.text()

    assert heading() == "Agrees\n"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert heading() == "\x1b[1mAgrees\x1b[0m\n"
    monkeypatch.setenv("NO_COLOR", "1")
    assert heading() == "Agrees\n"


def test_page_tells_how_far_apart_the_accounts_are(checked, checked_json):
    page = " ".join(checked.out.split())
    assert "How far apart the accounts are" in page
    assert "Mali allows for the wreckage and Algeria for the deepest point of the entry lies at least 9.10 km" in page
    assert "entry of 27 August 2024 lies" not in page
    for gap in json.loads(checked_json.out)["gaps"]:
        if gap["points"] == ["wreck", "wreck"] and gap["source"] is None and gap["distance_m"] > 1:
            assert f"at least {gap['distance_m'] / 1000:.2f} km apart" in page


def test_page_tells_how_little_an_agreement_says(run, small_case, checked):
    added = (
        "  - {id: near, party: speaker, kind: border_distance, point: place,"
        " distance: {printed: near the border, low: 0 km, high: 200 km}}\n"
    )
    small_case.write_text(small_case.read_text(encoding="utf-8") + added, encoding="utf-8")
    assert "found inconsistent on 46 % of that ground" in " ".join(checked.out.split())
    page = " ".join(run("check", str(small_case)).out.split())
    assert 'is up to 200 km ("near the border") from the border' in page
    assert "inconsistent on 0 % of that ground: agreement could hardly fail, and says next to nothing." in page
