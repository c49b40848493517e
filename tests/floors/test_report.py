"""The report: five sentences, numbered findings, nothing of a case that could be markup."""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

import geoinc
from geoinc.errors import UsageError
from geoinc.figures.letters import settled
from geoinc.incident import parse_incident
from geoinc.messages import Voice
from geoinc.render.roles import Cast
from geoinc.report import render_report, save_report
from geoinc.report.document import Command
from geoinc.report.ending import command_line
from geoinc.report.markdown import escape
from geoinc.report.numbering import Numbers
from geoinc.report.summary import summarise
from geoinc.report.writing import compose_report

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

from pseudo import PseudoVoice, own_texts, unsaid

NEAR = """\
schema: geoinc/incident/1
id: near
title: One position by the border
border: [MLI, DZA]
parties:
  north: {name: Northland, territory: DZA}
  south: {name: Southland, territory: MLI}
points:
  place: {label: place}
claims:
  - {id: where, party: south, kind: position, point: place, text: "19.8679828N 2.8939169E", tag: S1}
  - {id: far, party: south, kind: border_distance, point: place, distance: 9.5 km, territory: MLI, tag: S2}
  - {id: not-there, party: north, kind: within, point: place, territory: DZA, tag: N1}
"""
HOSTILE = [
    "| a | b |", "`code`", "**bold**", "_em_", "<b>x</b>", "<script>alert(1)</script>", "&lt;", "[x](javascript:1)",
    "![x](data:1)", "https://example.org/a", "www.example.org", "me@example.org", "mailto:me@example.org", "# head",
    "- item", "1. item", "+ plus", "> quote", "---", "===", "```", "~~~", "    code", "\\", "a\u202eb", "$x$", ":+1:",
    "<!-- x", "\n\n# head", "[^1]", "[x]: y", "{{ 7*7 }}", "{% raw %}", "\t|\t",
]  # fmt: skip


@pytest.fixture(scope="module")
def near() -> geoinc.api.Assessment:
    return geoinc.assess(parse_incident(NEAR, name="near.yaml"))


@pytest.fixture(scope="module")
def main_case() -> geoinc.api.Assessment:
    return geoinc.assess(geoinc.load_incident("tz-98d"))


NAMES = re.compile(
    r"SHA-256 [0-9a-f]{64}|[0-9a-f]{64}|geoinc/rule/\d|https?://\S+|Africa/\w+|Derived from GSHHG 2\.3\.\d "
    r"\(Wessel and Smith 1996\) and World Data Bank II"
)
"""Hashes, addresses, zones, and credits that licences prescribe."""


def rendered(markdown: str) -> str:
    return (
        MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(["table", "strikethrough"]).render(markdown)
    )


class Words(HTMLParser):
    """The words of a page, and the names of its elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_each_letter_and_makes_nothing_of_it(text: str) -> None:
    for page in (rendered(escape(text)), rendered(f"- {escape(text)}"), rendered(f"> {escape(text)}")):
        words = Words(page)
        assert words.tags <= {"p", "ul", "li", "blockquote"}
        assert "".join(words.words).split() == settled(text).split()


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_cells_hold_what_they_are_given(text: str) -> None:
    page = rendered(f"| head | more |\n| --- | --- |\n| {escape(text)} | last |")
    assert page.count("<td>") == 2
    cell = re.search("<td>(.*?)</td>", page, re.DOTALL)
    assert cell is not None
    assert Words(cell[1]).tags == set()
    assert "".join(Words(cell[1]).words).split() == settled(text).split()


def test_links_are_only_those_of_publications() -> None:
    assert "//" not in escape("https://example.org").replace(r"\://", "")
    assert escape("www.example.org") == r"www\.example.org"
    assert escape("me@example.org") == r"me\@example.org"


def test_summary_is_five_sentences_from_all_findings(main_case: geoinc.api.Assessment) -> None:
    cast = Cast(main_case)
    sentences = summarise(cast, Numbers(main_case))
    assert len(sentences) == 5
    assert all(re.search(r"\.$", each) and not re.search(r"\. [A-Z]", each) for each in sentences)
    assert "20 claims of Algeria, Azawad Liberation Front, Local sources cited by RFI and Mali" in sentences[0]
    assert "7 boundary sources of 4 origins" in sentences[0]
    assert sentences[1].startswith(
        "11 findings are consistent, 9 robust and 2 fragile: wreckage in Mali, 9.10 to 10.29 km"
    )
    assert "M2, M4 and M5 of Mali (distances from one line, compared; finding 13)" in sentences[2]
    assert sentences[3].startswith("4 findings are indeterminate")
    assert "a position of the place of the hit" in sentences[4]


def test_summary_of_exchanged_parties_exchanges_names_and_nothing_else(near: geoinc.api.Assessment) -> None:
    swapped = NEAR.replace("Northland", "@").replace("Southland", "Northland").replace("@", "Southland")
    other = geoinc.assess(parse_incident(swapped, name="near.yaml"))
    names = {"Northland": "Southland", "Southland": "Northland"}

    def exchanged(text: str) -> str:
        return re.sub("Northland|Southland", lambda found: names[found[0]], text)

    one, two = (summarise(Cast(each), Numbers(each)) for each in (near, other))
    assert [sorted(exchanged(each).split()) for each in one] == [sorted(each.split()) for each in two]


def test_every_finding_has_its_number_statement_and_figures(main_case: geoinc.api.Assessment) -> None:
    page = "".join(Words(rendered(main_case.to_report())).words)
    assert [int(each) for each in re.findall(r"^Finding (\d+)\.", page, re.MULTILINE)] == list(range(1, 27))
    numbers = [int(each) for each in re.findall(r"^\[(\d+)\]", page, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    for finding in main_case.findings:
        assert " ".join(finding.statement.split()) in page
        assert finding.id in page
        for change in finding.fragile_by:
            assert change in page
    for text in (
        "9.96 km",
        "705.3 m",
        "9.26 to 10.67 km",
        "U = 1.96 × 359.8 m = 705.3 m at 95 %",
        "158.5 m are missing",
    ):
        assert text in page
    for source in main_case.sources:
        assert source.sha256 in page
        assert source.licence in page
    assert main_case.incident.sha256 in page


def test_both_formats_say_the_same(near: geoinc.api.Assessment) -> None:
    def letters(page: str) -> list[str]:
        body = re.sub(r"<(title|style|svg|nav)\b.*?</\1>", "", page, flags=re.DOTALL)
        return [each for each in re.findall(r"\w+", " ".join(Words(body).words)) if each != "Figure"]

    markdown, page = letters(rendered(near.to_report("md"))), letters(near.to_report("html"))
    # The map is drawn in the page alone, and figures are counted there.
    assert set(markdown) <= set(page)


def test_page_allows_no_script_and_asks_for_nothing(main_case: geoinc.api.Assessment) -> None:
    page = main_case.to_report("html")
    assert "<script" not in page
    assert " style=" not in page
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy[1]
    assert "unsafe" not in policy[1]
    assert not re.search(r'\b(src|srcset|action|data|poster)="', page)
    assert not re.search(r"url\((?!#)", page)
    ids = re.findall(r'\bid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]*)\)", page)) <= set(ids)


def test_hostile_texts_stay_texts() -> None:
    import sample

    data = sample.hostile_data()
    page, markdown = render_report(data, ".html"), render_report(data, ".md")
    assert "<script" not in page
    assert Words(rendered(markdown)).tags <= {
        "h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "table", "thead", "tbody", "tr", "th", "td",
        "blockquote", "pre", "code", "a",
    }  # fmt: skip
    for each in (page, markdown):
        assert not re.search("[\u202a-\u202e\u2066\u2067]", each)
    assert set(re.findall(r'href="([^"#]*)"', page)) <= {
        reference.url.replace("&", "&amp;") for reference in data.incident.references.values() if reference.url
    }


def test_sample_without_sources_or_claims_makes_a_report() -> None:
    import sample

    page = render_report(sample.bare_data(), ".md")
    assert "No finding is consistent." in page


@pytest.mark.parametrize("kind", [".md", ".html"])
def test_same_bytes(near: geoinc.api.Assessment, kind: str) -> None:
    again = geoinc.assess(parse_incident(NEAR, name="near.yaml"))
    assert render_report(near, kind) == render_report(again, kind)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_languages_turn_the_page(main_case: geoinc.api.Assessment, language: str) -> None:
    page = main_case.to_report("html", lang=language)
    assert f'<html lang="{language}" dir="{Voice(language).direction}">' in page
    assert main_case.incident.translations[language][main_case.incident.title] in page
    assert "02 كيلومتر" in page


@pytest.mark.parametrize("kind", ["md", "html"])
def test_what_was_printed_is_said_in_no_other_language(main_case: geoinc.api.Assessment, kind: str) -> None:
    text = main_case.to_report(kind, lang="ar")
    for claim in main_case.incident.claims:
        for words in (claim.text, claim.quote):
            if words and words.isascii() and words.endswith(" km"):
                assert f"> {words}" in text if kind == "md" else f">{words}</bdi>" in text


def test_file_is_written_whole_or_not_at_all(near: geoinc.api.Assessment, tmp_path: Path) -> None:
    save_report(near, tmp_path / "report.MD")
    assert (tmp_path / "report.MD").read_text(encoding="utf-8") == near.to_report()
    with pytest.raises(UsageError, match="choose one of"):
        near.save_report(tmp_path / "report.txt")
    with pytest.raises(UsageError, match="cannot write the report"):
        near.save_report(tmp_path / "none" / "report.md")
    assert [each.name for each in tmp_path.iterdir()] == ["report.MD"]


def test_incident_file_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "near.yaml"
    path.write_text(NEAR, encoding="utf-8")
    (tmp_path / "report.md").symlink_to(path)
    assessment = geoinc.assess(geoinc.load_incident(str(path)))
    with pytest.raises(UsageError, match="incident file"):
        assessment.save_report(tmp_path / "report.md")
    assert path.read_text(encoding="utf-8") == NEAR


def test_command_gives_the_run_again() -> None:
    manifest: dict[str, Any] = {
        "input": {"file": "my case.yaml"},
        "options": {"only": ["osm", "dcw"], "edges": "geodesic", "precision": None},
    }
    assert command_line(manifest) == "geoinc check 'my case.yaml' --only osm --only dcw --edges geodesic"


def test_claims_of_one_party_stand_in_one_form(main_case: geoinc.api.Assessment) -> None:
    page = main_case.to_report()
    says = page[page.index("## What each side says") : page.index("## Publications")]
    parties = re.findall(r"^### (.*)$", says, re.MULTILINE)
    assert parties == sorted(parties)
    for part in says.split("**[")[1:]:
        assert "- Published: " in part
        assert "- Checked in: " in part


def test_missing_input_is_said(near: geoinc.api.Assessment) -> None:
    bare = dataclasses.replace(near, manifest={})
    assert "nothing is held that would make it again" in render_report(bare, ".md")


def test_every_sentence_comes_from_the_catalogue(main_case: geoinc.api.Assessment) -> None:
    voice = PseudoVoice()
    document = compose_report(Cast(main_case, voice))
    own = own_texts(
        main_case,
        [
            *(each.id for each in main_case.findings),
            *(text for each in main_case.landscape.credits for text in vars_of(each)),
            *main_case.manifest["software"],
            "geoinc",
            str(main_case.manifest["geoinc"]),
        ],
    )
    found = {
        piece
        for text in texts_of(document.blocks)
        for piece in unsaid(NAMES.sub("", voice(text)), own)
        if not piece.strip().startswith("geoinc")
    }
    assert not found


def vars_of(value: Any) -> list[str]:
    return [text for text in (getattr(value, each.name) for each in dataclasses.fields(value)) if isinstance(text, str)]


def texts_of(value: Any) -> Iterator[str]:
    """Every text of a report that a reader sees; names of places in it and drawings left aside."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_of(each)
    elif isinstance(value, Command):
        return
    elif dataclasses.is_dataclass(value):
        for each in dataclasses.fields(value):
            if each.name not in {"anchor", "drawing", "language", "address"}:
                yield from texts_of(getattr(value, each.name))
