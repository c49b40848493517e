"""Five questions, answered to the eye on a phone, on paper, and to a keyboard and a listener, in every language.

The answers are those of the assessment: see `questions`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from questions import HEADINGS, OUTCOMES, SEEN, answers, plain, unanswered
from test_page import PHONE, opened

from geoinc.messages import LANGUAGES
from geoinc.render.voices import voice_of

pytestmark = pytest.mark.browser

LEFTWARDS = re.compile("[\u0590-\u08ff]")


@pytest.fixture(scope="module", params=LANGUAGES)
def phone(request: Any, chromium: Any, spoken: Path) -> Iterator[tuple[str, Any]]:
    with opened(chromium, spoken / f"{request.param}.html", **PHONE) as page:
        yield request.param, page


def spelt(text: str) -> str:
    """Return a text as paper holds it: letters without their forms and marks, no space."""
    apart = unicodedata.normalize("NFKD", plain(text))
    return "".join(each for each in apart if not unicodedata.combining(each) and not each.isspace())


def words(text: str) -> set[str]:
    """Return words and figures, each in letters of one script; none with marks, which paper sets apart."""
    found = re.findall(
        r"\d+(?:[.,]\d+)*|[\u0620-\u065f]+|[^\W\d_\u0590-\u08ff]+", unicodedata.normalize("NFKC", plain(text))
    )
    return {word for word in found if not any(map(unicodedata.combining, word))}


def heard(page: Any) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return the text under each heading, and roles with names, as the browser hands them to a screen reader."""
    session = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()
    found: dict[str, str] = {}
    roles: list[tuple[str, str]] = []
    above: dict[int, str] = {}

    def walk(identity: str) -> None:
        node = nodes.get(identity)
        if node is None:
            return
        role, name = node.get("role", {}).get("value", ""), node.get("name", {}).get("value", "")
        if not node.get("ignored"):
            roles.append((role, plain(name)))
            if role == "heading":
                level = next(each["value"]["value"] for each in node["properties"] if each["name"] == "level")
                for deeper in [each for each in above if each >= level]:
                    del above[deeper]
                above[level] = plain(name)
            elif role == "StaticText":
                for each in above.values():
                    found[each] = f"{found.get(each, '')} {name}"
        for child in node.get("childIds", ()):
            walk(child)

    walk(next(identity for identity, node in nodes.items() if not node.get("parentId")))
    return found, roles


def test_languages_say_it_in_their_own_words(main_case: Any) -> None:
    english = answers(main_case, "en")
    assert all(english[name] for name in HEADINGS)
    for language in ("fr", "ar"):
        said = answers(main_case, language)
        assert said["h-inconsistent"][0] != english["h-inconsistent"][0]
        statements = [voice_of(main_case.incident, language)(each.statement) for each in main_case.findings]
        assert not [each.statement for each, text in zip(main_case.findings, statements, strict=True)
                    if each.statement == plain(text)]  # fmt: skip


def test_five_questions_on_a_phone(phone: tuple[str, Any], main_case: Any) -> None:
    language, page = phone
    assert unanswered(page.evaluate(SEEN), answers(main_case, language)) == []
    voice = voice_of(main_case.incident, language)
    for name, heading in HEADINGS.items():
        assert plain(page.inner_text(f"#{name}")) == plain(voice(heading))
    root = page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
    assert root == [language, "rtl" if language == "ar" else "ltr"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", list(OUTCOMES))
def test_what_came_out_otherwise_stands_elsewhere(phone: tuple[str, Any], main_case: Any, name: str) -> None:
    language, page = phone
    voice, seen = voice_of(main_case.incident, language), plain(page.evaluate(SEEN)[name])
    others = {each.statement for each in main_case.findings if each.outcome is not OUTCOMES[name]}
    own = {each.statement for each in main_case.findings if each.outcome is OUTCOMES[name]}
    assert not [text for text in others - own if plain(voice(text)) in seen]


def test_five_questions_on_paper(phone: tuple[str, Any], main_case: Any, tmp_path: Path) -> None:
    language, page = phone
    expected = answers(main_case, language)
    page.emulate_media(media="print")
    try:
        assert unanswered(page.evaluate(SEEN), expected) == []
        assert page.locator(".still svg").first.is_visible()
        assert page.locator("#h-strip").is_visible()
        if shutil.which("pdftotext") is None:
            pytest.skip("pdftotext is not at hand: install poppler-utils")
        paper = tmp_path / "page.pdf"
        page.pdf(path=str(paper), format="A4")
    finally:
        page.emulate_media(media="screen")
    mode = [] if language == "ar" else ["-raw"]
    text = subprocess.run(["pdftotext", *mode, paper, "-"], capture_output=True, check=True, text=True).stdout
    # Paper keeps where letters stand, not the order in which a line that mixes directions is read: word by word then.
    mixed = {word for texts in expected.values() for each in texts if LEFTWARDS.search(each) for word in words(each)}
    assert mixed - {form for word in words(text) for form in (word, word[::-1])} == set()
    if language == "ar":
        return
    voice, written = voice_of(main_case.incident, language), spelt(text)
    at = written.index(spelt(voice(HEADINGS["h-consistent"])))
    places = {name: written.index(spelt(voice(heading)), at) for name, heading in HEADINGS.items()}
    edges = [*sorted(places.values()), len(written)]
    found = {name: written[start : edges[edges.index(start) + 1]] for name, start in places.items()}
    wanted = {name: [spelt(each) for each in texts if not LEFTWARDS.search(each)] for name, texts in expected.items()}
    assert unanswered(found, wanted) == []


def test_five_questions_to_keyboard_and_listener(phone: tuple[str, Any], main_case: Any) -> None:
    language, page = phone
    voice = voice_of(main_case.incident, language)
    found, roles = heard(page)
    under = {name: found.get(plain(voice(heading)), "") for name, heading in HEADINGS.items()}
    assert unanswered(under, answers(main_case, language)) == []
    for name, heading in HEADINGS.items():
        wanted = "heading" if name in OUTCOMES else "region"
        assert roles.count((wanted, plain(voice(heading)))) == 1
    assert [role for role, _ in roles].count("main") == 1
    assert not [role for role, name in roles if role in {"image", "link", "button", "region", "dialog"} and not name]
    # From the top of the page, by keys alone, to each part that a link names.
    page.evaluate("void (scrollTo(0, 0), document.activeElement.blur())")
    reached = []
    for _ in range(80):
        page.keyboard.press("Tab")
        target = page.evaluate("document.activeElement.closest('nav.contents') ? document.activeElement.hash : ''")
        if target:
            reached.append(target)
            page.keyboard.press("Enter")
            top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", target[1:])
            assert -2 < top < PHONE["viewport"]["height"] / 2, target
            page.locator(f"nav.contents a[href='{target}']").focus()
        elif reached:
            break
    assert {f"#{name}" for name in HEADINGS if name not in OUTCOMES} | {"#h-shows"} <= set(reached)


CHANGES = {
    "document.querySelector('[aria-labelledby=h-says]').remove()": "what does each side say",
    "document.querySelector('.card').hidden = true": "what does each side say",
    "document.querySelector('[aria-labelledby=h-distances]').hidden = true": "where is it",
    "document.querySelectorAll('table.distances td').forEach(n => { n.textContent = "
    "n.textContent.replace('10,29', '10,28'); })": "where is it",
    "document.querySelector('#h-consistent + ul li').remove()": "what agrees",
    "document.querySelector('#h-inconsistent + ul').remove()": "what cannot hold together",
    "document.querySelector('#h-inconsistent').remove()": "what cannot hold together",
    "document.querySelector('#h-indeterminate + ul .statement').textContent = ''": "what cannot be known",
    "document.querySelector('[aria-labelledby=h-limits] li:last-child').className = 'hidden'": "what cannot be known",
}


def test_an_answer_that_is_taken_away_is_missed(chromium: Any, spoken: Path, main_case: Any) -> None:
    expected = answers(main_case, "fr")
    with opened(chromium, spoken / "fr.html", **PHONE) as page:
        for change, question in CHANGES.items():
            page.evaluate("void (window.kept = document.querySelector('main').cloneNode(true))")
            page.evaluate(f"void ({change})")
            assert {asked for asked, _ in unanswered(page.evaluate(SEEN), expected)} == {question}, change
            page.evaluate("void document.querySelector('main').replaceWith(window.kept)")
        page.evaluate("document.querySelector('#h-inconsistent + ul').setAttribute('aria-hidden', 'true')")
        assert unanswered(page.evaluate(SEEN), expected) == []
        found, _ = heard(page)
        voice = voice_of(main_case.incident, "fr")
        under = {name: found.get(plain(voice(heading)), "") for name, heading in HEADINGS.items()}
        assert {asked for asked, _ in unanswered(under, expected)} == {"what cannot hold together"}


def test_a_page_without_its_section_answers_less(chromium: Any, spoken: Path, main_case: Any, tmp_path: Path) -> None:
    html = (spoken / "fr.html").read_text(encoding="utf-8")
    cut, times = re.subn(r'<section aria-labelledby="h-says">.*?</section>', "", html, flags=re.DOTALL)
    assert times == 1
    (tmp_path / "cut.html").write_text(cut, encoding="utf-8")
    with opened(chromium, tmp_path / "cut.html", ready=False, **PHONE, java_script_enabled=True) as page:
        missed = {asked for asked, _ in unanswered(page.evaluate(SEEN), answers(main_case, "fr"))}
    assert missed == {"what does each side say"}
