"""From an article's bytes to its visible text, and from a draft to a file that nobody can mistake for a case."""

from __future__ import annotations

import html
import random
import re
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoinc.draft import FORMATS, draft_article, load_article, parse_article, preview_html, to_yaml
from geoinc.errors import GeoincError, IncidentError, InputError, UsageError
from geoinc.incident import json_schema, parse_incident
from geoinc.incident.schema import IncidentFile
from geoinc.places import Place

ARTICLES = Path(__file__).resolve().parents[1] / "data" / "articles"
FILES = ("wadi.txt", "oued.html", "frontera.md", "wadi-ar.txt")
SAID = "Mali said the wreck of the drone lies 9 km from the Algerian border."


def blocks(text: str, form: str) -> list[str]:
    article = parse_article(text, name="a", form=form)
    return [" ".join(article.text[block.start : block.end].split()) for block in article.blocks]


def parts(yaml: str) -> tuple[str, list[str], str]:
    """Return what stands before the claims, each claim, and what stands behind them."""
    head, rest = yaml.split("\nclaims:\n")
    body, tail = rest.split("\n\ndraft:\n")
    return head, [f"  - id: {each}" for each in body.removeprefix("  - id: ").split("\n  - id: ")], tail


def confirmed(yaml: str, *, settled_only: bool) -> str:
    """Do what a person does: write confirmed; keep only what leaves nothing to decide, or keep all."""
    head, claims, tail = parts(yaml)
    kept = [each for each in claims if not (settled_only and "\n      decide:" in each)]
    body = "\n".join(each.replace("    status: draft\n", "    status: confirmed\n") for each in kept)
    return f"{head}\nclaims:\n{body}\n\ndraft:\n{tail}"


# Reading


def test_html_shows_what_a_person_sees() -> None:
    page = (
        "<html><head><title>T &amp; U</title><script>1 < 2 </script></head><body><nav>menu</nav>"
        "<p>One&nbsp;<b>two</b> &eacute;t&#233; &unknown; 3 < 4</p><p hidden>no</p><div>three<br>four<!-- five -->"
        "</div><p><a href='/x'>a teaser of another article</a></p><svg><text>six</text></svg>"
        "<aside><p>seven</p></aside>eight"
    )
    assert blocks(page, "html") == ["One two été &unknown; 3 < 4", "three", "four", "eight"]


def test_elements_that_nobody_closed_take_nothing_with_them() -> None:
    assert blocks("<nav><p>menu</p><p>the article", "html") == ["menu", "the article"]
    assert blocks("<head><title>t</title><body><p hidden>no<p>the article", "html") == ["the article"]
    assert blocks("<ul><li hidden>no<li>the article</ul>", "html") == ["the article"]
    assert blocks("<div hidden><div>no</div>no</div>the article", "html") == ["the article"]


def test_markdown_shows_what_a_person_sees() -> None:
    text = (
        '# Head\n\nOne **two** _three_ `four` [five](http://x/6 "7") ![eight](nine)\nten [eleven]\n\n'
        "> twelve\n\n- item \\* one\n- [a link alone](http://x)\n\n```\ncode\n```\n<!-- gone -->end\n"
    )
    assert blocks(text, "markdown") == ["Head", "One two three four five ten [eleven]", "twelve", "item * one", "end"]


def test_plain_text_has_paragraphs_and_lists() -> None:
    text = (
        "A line that is longer than any item of a menu\nand goes on here without an end\nto this.\n\none\ntwo\nthree\n"
    )
    assert blocks(text, "text") == [
        "A line that is longer than any item of a menu and goes on here without an end to this.",
        "one",
        "two",
        "three",
    ]


def test_the_form_is_taken_from_the_name_or_the_beginning() -> None:
    assert parse_article("<!doctype html><p>x", name="a").form == "html"
    assert parse_article("x", name="a.MD").form == "markdown"
    assert parse_article("1 < 2", name="a.txt").form == "text"
    assert parse_article("<!doctype html><p>x", name="a.html", form="text").form == "text"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("\ufeffété".encode(), "été"),
        ("été".encode("utf-16"), "été"),
        ("<meta charset=iso-8859-1><p>été".encode("latin-1"), "été"),
        (b"a\r\nb\x00c", "a \nb\ufffdc"),
    ],
)
def test_encodings(content: bytes, text: str) -> None:
    assert parse_article(content, name="a").text.strip() == text


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"\xe9t\xe9", "UTF-8"), (b"<meta charset=x-none>", "x-none"), (b" \n", "empty"), (b"a" * 10_000_001, "10 MB")],
)
def test_what_is_no_article_is_refused(content: bytes, word: str) -> None:
    with pytest.raises(InputError, match=word):
        parse_article(content, name="a")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.txt", tmp_path / "a\0b"):
        with pytest.raises(InputError, match="cannot be read"):
            load_article(path)
    with pytest.raises(UsageError, match="choose one"):
        parse_article("x", name="a", form="pdf")


# Writing


@pytest.mark.parametrize("name", FILES)
def test_a_draft_is_refused_line_by_line(name: str) -> None:
    draft = draft_article(load_article(ARTICLES / name))
    yaml = to_yaml(draft)
    with pytest.raises(IncidentError) as caught:
        parse_incident(yaml, name="case.yaml")
    problems = caught.value.problems
    assert [problem.field for problem in problems] == [f"claims[{each}].status" for each in range(len(draft.claims))]
    lines = yaml.split("\n")
    for problem, claim in zip(problems, draft.claims, strict=True):
        assert problem.line is not None
        assert lines[problem.line - 1] == "    status: draft"
        assert all(question in problem.message for question in claim.found.decide)
        assert problem.message.endswith("write status: confirmed")


@pytest.mark.parametrize("name", FILES)
def test_confirmed_claims_load(name: str) -> None:
    draft = draft_article(load_article(ARTICLES / name))
    # The only thing that a person must add: a place that no gazetteer holds.
    claims = tuple(each for each in draft.claims if each.fields.get("place") != "anefzeg")
    whole = type(draft)(draft.article, claims, draft.notes, draft.border, draft.places)
    incident = parse_incident(confirmed(to_yaml(whole), settled_only=False), name="case.yaml")
    assert [claim.id for claim in incident.claims] == [claim.id for claim in claims]
    assert all(claim.quote for claim in incident.claims)
    if any(not claim.found.decide for claim in claims):
        settled = parse_incident(confirmed(to_yaml(whole), settled_only=True), name="case.yaml")
        assert {claim.id for claim in settled.claims} == {claim.id for claim in claims if not claim.found.decide}


def test_some_claims_leave_nothing_to_decide() -> None:
    draft = draft_article(load_article(ARTICLES / "wadi.txt"))
    assert [claim.kind for claim in draft.claims if not claim.found.decide] == ["position", "position", "separation"]


def test_nothing_is_made_up_for_a_text_that_says_nothing_of_itself() -> None:
    yaml = to_yaml(draft_article(parse_article(SAID, name="folder/note.txt")))
    assert "references:" not in yaml
    assert "reference:" not in yaml
    assert "id: note\n" in yaml
    page = f'<html lang="en"><meta property="og:site_name" content="The Gazette"><p>{SAID}'
    yaml = to_yaml(draft_article(parse_article(page, name="a.html")))
    assert 'publisher: "The Gazette"' in yaml
    assert "url:" not in yaml
    assert "published:" not in yaml


def test_one_territory_is_no_border() -> None:
    draft = draft_article(parse_article("The army of Mali said the drone never left Malian airspace.", name="a.txt"))
    assert draft.border is None
    assert "\nborder: null\n" in to_yaml(draft)
    given_border = draft_article(draft.article, border=("MLI", "NER"))
    assert "\nborder: [MLI, NER]\n" in to_yaml(given_border)


def test_the_same_article_gives_the_same_bytes() -> None:
    once, twice = (draft_article(load_article(ARTICLES / "oued.html")) for _ in range(2))
    assert to_yaml(once) == to_yaml(twice)
    assert preview_html(once) == preview_html(twice)


def test_hostile_words_stay_words() -> None:
    said = (
        'Mali said the "drone" \\ {x} <script>alert(1)</script> &amp \u202e # - : '
        "wreck lies 9 km from the Algerian border."
    )
    draft = draft_article(parse_article(said, name="a<b>.txt", form="text"))
    assert parse_incident(confirmed(to_yaml(draft), settled_only=False), name="c.yaml").claims[0].quote == said
    page = preview_html(draft)
    assert "<script" not in page
    assert "a&lt;b&gt;.txt" in page


def test_a_users_own_place_is_written_into_the_file() -> None:
    place = Place("anefzeg-mli", "Anefzeg", "", "MLI", 2.5, -19.25, 2000.0, "own survey")
    other = Place("elsewhere-mli", "Elsewhere", "", "MLI", 2.5, 19.25, 2000.0, "own survey")
    article = parse_article(
        "Mali said the wreck lies 7 km north of Anefzeg, not far from Algeria. " + SAID, name="a.txt"
    )
    draft = draft_article(article, places=(place, other))
    assert draft.places == (place,)
    incident = parse_incident(confirmed(to_yaml(draft), settled_only=False), name="c.yaml")
    held = incident.claims[0].places[0]
    assert (held.id, held.lon_deg, held.lat_deg, held.accuracy_m) == ("anefzeg-mli", 2.5, -19.25, 2000.0)


def test_the_preview_is_one_page_with_a_strict_policy() -> None:
    for name in FILES:
        draft = draft_article(load_article(ARTICLES / name))
        page = preview_html(draft)
        assert "default-src 'none'; style-src 'sha256-" in page
        assert not re.search(r"<script|\son\w+=|javascript:|http-equiv=\"refresh\"|<link|<img|style=", page)
        shown = html.unescape(re.sub(r"<sup>.*?</sup>|<[^>]+>", "", page.split("<article")[1].split("</article>")[0]))
        for block in draft.article.blocks:
            assert draft.article.text[block.start : block.end] in shown
        for number in range(1, len(draft.claims) + len(draft.notes) + 1):
            assert f'id="found-{number}"' in page
            assert f'href="#found-{number}"' in page


def test_the_schema_knows_the_new_fields() -> None:
    assert "draft" in json_schema()["properties"]
    assert set(IncidentFile.model_fields) >= {"draft"}


# Anything at all

PIECES = (
    "Mali said Algeria's claims that drone entered Algerian airspace by 2 km two kilometres 9.5 from border never left"
    " wreck fell vertically 19°52’04.738’’N 2°53’38.101’’E 1 April 2025 at 00:08 ° ' \" < > </p> <!-- & [ ]( * ` \n\n ."
    " ? بعمق كلم الحدود المالية Tin Zaouatine near of north denied \u202e \x00 \ud800 9,5 – “ ” … N E 12 31"
)
WORDS = st.sampled_from([*PIECES.split(" "), "registration", "QX-1"])


@given(st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=60).map(" ".join)), st.sampled_from(FORMATS))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_ends_in_a_draft_or_in_an_error_of_ours(text: str, form: str) -> None:
    try:
        article = parse_article(text, name="a", form=form)
        draft = draft_article(article)
    except GeoincError:
        return
    preview_html(draft)
    for each in (*draft.claims, *draft.notes):
        assert 0 <= each.found.start < each.found.end <= len(article.source)
    if draft.claims:
        with pytest.raises(IncidentError) as caught:
            parse_incident(to_yaml(draft), name="a.yaml")
        fields = [problem.field for problem in caught.value.problems]
        assert all(field == "border" or re.fullmatch(r"claims\[\d+\]\.status", field) for field in fields), str(
            caught.value
        )


@pytest.mark.parametrize(
    ("unit", "form"),
    [
        ("<a ", "html"),
        ("<!--", "html"),
        ("&amp", "html"),
        ("<a '>", "html"),
        ("[", "markdown"),
        ("[a](", "markdown"),
        ("*_", "markdown"),
        ("1° ", "text"),
        ("1 ", "text"),
        (".", "text"),
        ("a", "text"),
        ("km ", "text"),
        ("'", "text"),
        ("Mali said that ", "text"),
        ("two and a half ", "text"),
        ("\n", "text"),
        ("shot down in ", "text"),
    ],
)
def test_time_grows_with_the_length_and_no_faster(unit: str, form: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit)) + "x"
        start = time.process_time()
        with suppress(GeoincError):
            draft_article(parse_article(text, name="a", form=form))
        return time.process_time() - start

    seconds(2_000)
    short, long = seconds(10_000), seconds(80_000)
    assert long < 8 * short * 3 + 0.3


def test_random_damage_to_an_article_is_survived() -> None:
    source = (ARTICLES / "oued.html").read_text(encoding="utf-8")
    chance = random.Random(5)  # the same damage each time
    for _ in range(60):
        letters = list(source)
        for _ in range(12):
            at = chance.randrange(len(letters))
            letters[at : at + chance.randrange(3)] = chance.choice(["<", ">", "&", '"', "'", "", "<!--", "°", " "])
        draft = draft_article(parse_article("".join(letters), name="a.html"))
        preview_html(draft)
