"""The page in other languages: drawings, quotations and the side on which text begins; the notebook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from geoinc.notebook import interactive_map, still_picture

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LANGUAGES = ("en", "fr", "ar")


@pytest.fixture(params=LANGUAGES)
def phone(request: Any, chromium: Any, spoken: Path) -> Iterator[tuple[str, Any]]:
    context = chromium.new_context(**PHONE)
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto((spoken / f"{request.param}.html").as_uri())
    page.wait_for_selector("html[data-ready]", timeout=20_000)
    yield request.param, page
    assert trouble == []
    context.close()


def test_quotations_have_their_language_and_drawings_a_name(phone: tuple[str, Any]) -> None:
    _, page = phone
    assert page.locator("blockquote [lang=fr]").count() > 5
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("svg[role=img]")].filter(svg => {
          const named = document.getElementById(svg.getAttribute("aria-labelledby") || "-");
          return !(svg.querySelector("title") || named || svg.getAttribute("aria-label"));
        }).map(svg => svg.outerHTML.slice(0, 80))"""
    )
    assert nameless == []


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


def test_notebook_runs_nothing_and_frames_the_map(chromium: Any, main_case: Any, tmp_path: Path) -> None:
    import sample

    hostile = still_picture(sample.hostile_data()).html
    page = chromium.new_context().new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("dialog", lambda dialog: trouble.append(dialog.message))
    path = tmp_path / "cell.html"
    frame = interactive_map(main_case, lang="fr").html
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
