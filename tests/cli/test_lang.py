"""Findings and the strip in the terminal, in every language and every encoding."""

from __future__ import annotations

import io

import pytest

from geoinc.cli.sheet import Sheet
from geoinc.cli.strip import add_strip

pytestmark = pytest.mark.usefixtures("assessed")


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", ("9.45 to 9.55", "Algeria")), ("fr", ("9,45", "Algérie")), ("ar", ("9.45", "الجزائر"))],
)
def test_findings_are_said_in_the_language_asked_for(run, language, expected):
    done = run("check", "tz-98d", "--lang", language)
    assert done.code == 0
    assert all(each in done.out for each in expected)
    # Marks of direction would show as boxes, and what a terminal would obey as written-out escapes.
    assert not set("\u2066\u2067\u2068\u2069") & set(done.out)
    assert "\\u20" not in done.out
    assert all(len(line) <= 100 for line in done.out.splitlines())


def test_documents_and_chains_stay_english(run):
    assert run("check", "tz-98d", "--json", "--lang", "ar").out == run("check", "tz-98d", "--json").out
    assert (
        run("check", "tz-98d", "--explain", "M5", "--lang", "fr").out == run("check", "tz-98d", "--explain", "M5").out
    )


def test_language_that_is_not_held(run):
    done = run("check", "tz-98d", "--lang", "xx")
    assert done.code == 2
    assert "en, fr, ar" in done.err
    assert done.out == ""


def test_strip_in_a_pipe_is_eighty_columns_without_control_sequences(run, assessment):
    done = run("check", "tz-98d")
    start = done.out.index("Distance from the border, stated and measured")
    strip = done.out[start : done.out.index("\n\n", start)].splitlines()[1:]
    assert max(map(len, strip)) <= 80
    assert "\x1b" not in done.out
    assert strip[0].split() == ["Algeria", "Mali"]


@pytest.mark.parametrize(("encoding", "border"), [("ascii", "|"), ("latin-1", "|"), ("cp1252", "|"), ("utf-8", "│")])
def test_strip_falls_back_where_the_encoding_lacks_lines(assessment, monkeypatch, encoding, border):
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    sheet = Sheet(width=80, styled=False)
    add_strip(sheet, assessment)
    plots = [line for line in sheet.text().splitlines() if line.startswith("  M2")]
    assert len(plots) == 1
    assert border in plots[0]
    plots[0].encode(encoding)
