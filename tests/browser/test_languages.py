"""Five questions that a page answers in every language: to the eye on a phone, on paper, to a keyboard and a listener.

What does each side say, where is it, what agrees, what cannot hold together, what cannot be known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import geoinc
from geoinc.notebook import interactive_map, still_picture

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LANGUAGES = ("en", "fr", "ar")
NAMES = {"en": ("Algeria", "Mali"), "fr": ("Algérie", "Mali"), "ar": ("الجزائر", "مالي")}
FIGURES = {"en": ("9.5 km", "10.29"), "fr": ("9,5 km", "10,29"), "ar": ("9.5", "10.29")}
QUESTIONS = ("h-says", "h-distances", "h-consistent", "h-inconsistent", "h-limits")


@pytest.fixture(scope="module")
def case() -> geoinc.Assessment:
    return geoinc.assess(geoinc.load_incident("tz-98d"))


@pytest.fixture(scope="module")
def spoken(case: geoinc.Assessment, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("spoken")
    made = {language: folder / f"{language}.html" for language in LANGUAGES}
    for language, path in made.items():
        path.write_text(case.to_html(lang=language), encoding="utf-8")
    return made


@pytest.fixture(params=LANGUAGES)
def phone(request: Any, chromium: Any, spoken: dict[str, Path]) -> Iterator[tuple[str, Any]]:
    context = chromium.new_context(**PHONE)
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto(spoken[request.param].as_uri())
    page.wait_for_selector("html[data-ready]", timeout=20_000)
    yield request.param, page
    assert trouble == []
    context.close()


def under(page: Any, heading: str) -> str:
    """Return the text from a heading to the next of its rank, without marks of direction."""
    text = page.evaluate(
        """id => {
          const start = document.getElementById(id), rank = start.tagName, parts = [];
          let node = rank === "H2" ? start.parentElement : start;
          if (rank === "H2") { return node.innerText; }
          while (node && (node === start || node.tagName !== rank)) {
            parts.push(node.innerText);
            node = node.nextElementSibling;
          }
          return parts.join("\\n");
        }""",
        heading,
    )
    return re.sub(r"[^\S\n]", " ", re.sub("[\u2066-\u2069\u200e\u200f]", "", str(text)))


def answers(page: Any, language: str) -> None:
    one, other = NAMES[language]
    figure, far = FIGURES[language]
    says, where, agrees, clash, unknown = (under(page, question) for question in QUESTIONS)
    assert one in says
    assert other in says
    # Quotations stay as they were printed.
    assert "à 9.5 km au sud de la frontière" in says
    assert "02 كيلومتر" in says
    assert "19°52’04.738’’N 2°53’38.101’’E" in where
    assert far in where
    assert all(tag in agrees for tag in ("M1", "M5", "A1"))
    assert far in agrees
    assert all(tag in clash for tag in ("M2", "M4", "M5", "F1"))
    assert figure in clash
    assert "A1" in unknown


def test_five_questions_on_a_phone(phone: tuple[str, Any]) -> None:
    language, page = phone
    answers(page, language)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    root = page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
    assert root == [language, "rtl" if language == "ar" else "ltr"]


def test_five_questions_on_paper(phone: tuple[str, Any]) -> None:
    language, page = phone
    page.emulate_media(media="print")
    answers(page, language)
    assert page.locator(".still svg").first.is_visible()
    assert page.locator("#h-strip").is_visible()


def test_five_questions_to_a_listener(phone: tuple[str, Any]) -> None:
    language, page = phone
    for question in QUESTIONS:
        name = page.locator(f"#{question}").inner_text()
        if question in {"h-consistent", "h-inconsistent"}:
            assert page.get_by_role("heading", level=3, name=name, exact=True).count() == 1
        else:
            assert page.get_by_role("region", name=name, exact=True).count() == 1
    quotes = page.locator("blockquote [lang=fr]").count()
    assert quotes > 5
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("svg[role=img]")].filter(svg => {
          const named = document.getElementById(svg.getAttribute("aria-labelledby") || "-");
          return !(svg.querySelector("title") || named || svg.getAttribute("aria-label"));
        }).map(svg => svg.outerHTML.slice(0, 80))"""
    )
    assert nameless == []
    heard = page.locator("main").aria_snapshot()
    assert all(name in heard for name in NAMES[language])


def test_keyboard_reaches_every_question(phone: tuple[str, Any]) -> None:
    _, page = phone
    links = page.locator("nav.contents a")
    links.first.focus()
    for number in range(links.count()):
        target = page.evaluate("document.activeElement.getAttribute('href')")
        assert target == links.nth(number).get_attribute("href")
        assert page.locator(target).count() == 1
        page.keyboard.press("Tab")


def test_text_begins_on_the_side_of_its_script(phone: tuple[str, Any]) -> None:
    language, page = phone
    box = page.locator("#h-says").bounding_box()
    assert box is not None
    edge = page.evaluate(
        """() => { const range = document.createRange(); range.selectNodeContents(document.getElementById("h-says"));
        const r = range.getBoundingClientRect(); return [r.left, innerWidth - r.right]; }"""
    )
    left, right = edge
    assert (right < left) == (language == "ar")
    # Drawings keep their order: the strip's scale runs the same way for every reader.
    ticks = page.locator(".gi-strip .gi-src").first.bounding_box()
    strip = page.locator(".gi-strip").first.bounding_box()
    assert ticks is not None
    assert strip is not None
    assert ticks["x"] > strip["x"] + strip["width"] / 2


def test_notebook_runs_nothing_and_frames_the_map(chromium: Any, case: geoinc.Assessment, tmp_path: Path) -> None:
    import sample

    hostile = still_picture(sample.hostile_data()).html
    page = chromium.new_context().new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("dialog", lambda dialog: trouble.append(dialog.message))
    path = tmp_path / "cell.html"
    frame = interactive_map(case, lang="fr").html
    path.write_text(f"<meta charset=utf-8><div id=out>{hostile}</div>{frame}", encoding="utf-8")
    page.goto(path.as_uri())
    inner = next(each for each in page.frames if each != page.main_frame)
    inner.wait_for_selector("html[data-ready]", timeout=20_000)
    assert inner.evaluate("self.origin") == "null"
    assert page.evaluate("window.pwned") is None
    assert page.locator("#out :is(script, style, iframe, svg)").count() == 0
    assert page.locator("#out img").first.evaluate("node => node.complete && node.naturalWidth > 0")
    assert trouble == []
    page.close()
