"""``geoinc draft``: an article in, an incident file out, and nothing accepted on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

ARTICLES = Path(__file__).resolve().parents[1] / "data" / "articles"
WADI = str(ARTICLES / "wadi.txt")


def test_a_draft_is_written_and_refused_until_confirmed(run, tmp_path):
    case = tmp_path / "case.yaml"
    done = run("draft", WADI, "-o", str(case))
    assert (done.code, done.out) == (0, "")
    assert "10 draft claims" in done.err
    checked = run("check", str(case))
    assert (checked.code, checked.out) == (3, "")
    lines = checked.err.splitlines()
    assert len(lines) == 10
    for number, line in enumerate(lines):
        assert line.startswith(f"geoinc: error: {case}:")
        assert f": claims[{number}].status: is a draft that nobody has confirmed; " in line
    assert "On whose side of the border" in checked.err


def test_a_confirmed_draft_is_checked(run, tmp_path):
    case = tmp_path / "case.yaml"
    run("draft", str(ARTICLES / "frontera.md"), "-o", str(case))
    text = case.read_text(encoding="utf-8")
    case.write_text(text.replace("status: draft", "status: confirmed"), encoding="utf-8")
    checked = run("check", str(case))
    assert checked.code == 0
    assert "8,7 km" in checked.out


def test_without_o_the_draft_goes_to_standard_output(run):
    done = run("draft", WADI)
    assert done.code == 0
    assert "status: draft" in done.out
    assert "schema: geoinc/incident/1" in done.out


def test_previews(run, tmp_path):
    page = tmp_path / "page.html"
    done = run("draft", WADI, "-o", str(tmp_path / "case.yaml"), "--preview", str(page))
    assert done.code == 0
    assert "default-src 'none'" in page.read_text(encoding="utf-8")
    shown = run("draft", WADI, "--preview", "-")
    assert shown.code == 0
    assert "[12.4 km from the Algerian border]6" in shown.out
    assert "[3.5 km south-east of [Tinzawatène]12]13" in shown.out
    assert "decide: On whose side of the border" in shown.out
    assert "\x1b" not in shown.out
    assert "status: draft" not in shown.out


def test_places_of_ones_own(run, tmp_path):
    places = tmp_path / "places.csv"
    places.write_text("name,territory,lat,lon\nAnefzeg,MLI,19.5,2.5\n", encoding="utf-8")
    refused = run("draft", WADI, "--places", str(places))
    assert (refused.code, refused.out) == (3, "")
    assert "--place-accuracy" in refused.err
    done = run("draft", WADI, "--places", str(places), "--place-accuracy", "2 km")
    assert done.code == 0
    assert 'position: "19.5N 2.5E"' in done.out
    assert 'accuracy: "2000 m"' in done.out
    assert "No gazetteer" not in done.out


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("none.txt",), 3, "cannot be read"),
        ((WADI, "--border", "MLI"), 2, "MLI-DZA"),
        ((WADI, "--border", "MLI-MLI"), 2, "MLI-DZA"),
        ((WADI, "--format", "pdf"), 2, "pdf"),
        ((WADI, "--place-accuracy", "2 km"), 2, "--places"),
        ((WADI, "--preview", "no/such/folder.html"), 2, "folder"),
        ((), 2, "ARTICLE"),
    ],
)
def test_wrong_use(run, arguments, code, word):
    done = run("draft", *arguments)
    assert (done.code, done.out) == (code, "")
    assert word in done.err
    assert len(done.err.splitlines()) == 1


def test_an_article_that_says_nothing(run, tmp_path):
    article = tmp_path / "a.txt"
    article.write_text("The committee met on Monday and will meet again in spring.", encoding="utf-8")
    done = run("draft", str(article), "-o", str(tmp_path / "case.yaml"))
    assert (done.code, done.out) == (3, "")
    assert "geoinc example" in done.err
    assert not (tmp_path / "case.yaml").exists()


def test_what_exists_is_left_alone(run, tmp_path):
    kept = tmp_path / "kept"
    kept.write_text("hours of work", encoding="utf-8")
    for option in ("-o", "--preview"):
        done = run("draft", WADI, option, str(kept))
        assert (done.code, done.out) == (2, "")
        assert "exists" in done.err
        assert kept.read_text(encoding="utf-8") == "hours of work"
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_a_border_can_be_given(run):
    assert "border: [MLI, NER]" in run("draft", WADI, "--border", "mli-ner").out
