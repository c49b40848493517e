"""``geoinc check --report`` and ``geoinc figure``: the files, and what is refused."""

from __future__ import annotations

import pytest

FAST = "three-distances"


def test_report_is_written_beside_the_page(run, tmp_path):
    for name, begin in (("report.md", "# "), ("report.html", "<!DOCTYPE html>")):
        found = run("check", FAST, "--report", str(tmp_path / name))
        assert found.code == 0
        assert found.out.startswith("Invented:")
        assert f"wrote {tmp_path / name}" in found.err
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begin)


def test_report_says_how_it_was_made(run, tmp_path):
    run("check", FAST, "--only", "osm", "--precision", "fractional", "--report", str(tmp_path / "report.md"))
    page = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert f"    geoinc check {FAST} --only osm --precision fractional --report report.html\n" in page
    assert "geoinc verify result.json" in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("check", FAST, "--report", "OUT/report.pdf"), "should end in .md or .html"),
        (("check", FAST, "--report", "OUT/none/report.md"), "There is no folder"),
        (("check", FAST, "--report", "OUT/report.md", "--lang", "xx"), "choose one of: en, fr, ar"),
        (("figure", FAST, "-o", "OUT/figure.gif"), "should end in .svg or .png or .pdf"),
        (("figure", FAST), "Missing option"),
        (("figure", FAST, "-o", "OUT/figure.svg", "--lang", "xx"), "choose one of: en, fr, ar"),
    ],
)
def test_wrong_usage_leaves_no_file(run, tmp_path, arguments, message):
    found = run(*(each.replace("OUT", str(tmp_path)) for each in arguments))
    assert found.code == 2
    assert message in found.err
    assert "Traceback" not in found.err
    assert not list(tmp_path.iterdir())


def test_figure_is_written(run, tmp_path):
    found = run("figure", FAST, "-o", str(tmp_path / "figure.SVG"))
    assert (found.code, found.out) == (0, "")
    assert (tmp_path / "figure.SVG").read_text(encoding="utf-8").startswith("<?xml")
