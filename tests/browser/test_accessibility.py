"""Rules of accessibility, in every state that a reader can bring the page into."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from axe import violations
from test_page import DESKTOP, PHONE, opened

pytestmark = pytest.mark.browser

LOOKS: dict[str, dict[str, Any]] = {
    "desktop": DESKTOP,
    "phone": PHONE,
    "dark": DESKTOP | {"color_scheme": "dark"},
    "dark phone": PHONE | {"color_scheme": "dark"},
    "forced colours": DESKTOP | {"forced_colors": "active"},
}
"""Of the page as a whole."""


STEPS = {
    "legend closed": "document.getElementById('gi-legend').open = false",
    "legend open": "document.getElementById('gi-legend').open = true",
    "every layer": "document.querySelectorAll('[data-layer]:not(:checked)').forEach(each => each.click())",
    "dialog": "document.getElementById('gi-legend').open = false, document.querySelector('.gi-pill').click()",
    "measuring": "document.getElementById('gi-dialog-close').click(), document.getElementById('gi-measure').click()",
    "menu": "document.getElementById('gi-measure').click(), document.getElementById('gi-share').open = true",
    "what could not be copied": "document.getElementById('gi-by-hand').hidden = false",
    "theme": "document.getElementById('gi-theme').click()",
}
"""One after the other, as a reader may take them."""


@pytest.mark.parametrize("look", LOOKS)
def test_every_look(chromium: Any, spoken: Path, look: str) -> None:
    # As many kinds of parts as in the main case, and a tenth of the nodes to look at.
    with opened(chromium, spoken / "small-en.html", **LOOKS[look]) as page:
        page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true; })")
        assert violations(page) == []


@pytest.mark.parametrize("name", ["en", "ar", "small-fr"])
def test_every_language(chromium: Any, spoken: Path, name: str) -> None:
    with opened(chromium, spoken / f"{name}.html") as page:
        assert violations(page) == []


@pytest.mark.parametrize(
    ("name", "look"),
    [("en", "desktop"), ("ar", "phone"), ("small-fr", "dark phone"), ("small-ar", "forced colours")],
)
def test_every_state_of_the_map(chromium: Any, spoken: Path, name: str, look: str) -> None:
    with opened(chromium, spoken / f"{name}.html", **LOOKS[look], reduced_motion="reduce") as page:
        found = {}
        for step, script in STEPS.items():
            if step == "theme" and look == "forced colours":
                continue  # they stay as they are, but axe takes them for those of the theme
            page.evaluate(f"void ({script})")
            found[step] = violations(page, ".map-area")
        assert {step: each for step, each in found.items() if each} == {}


def test_paper(chromium: Any, spoken: Path) -> None:
    with opened(chromium, spoken / "small-ar.html") as page:
        page.emulate_media(media="print")
        assert violations(page) == []


def test_without_scripts_of_the_page(chromium: Any, spoken: Path, tmp_path: Path) -> None:
    # axe is itself a script: what is taken away is the page's own.
    html = (spoken / "small-en.html").read_text(encoding="utf-8")
    silent, scripts = re.subn(r"<script>.*?</script>", "", html, flags=re.DOTALL)
    assert scripts == 4
    (tmp_path / "silent.html").write_text(silent, encoding="utf-8")
    with opened(chromium, tmp_path / "silent.html", ready=False) as page:
        assert page.locator("svg.gi-still").is_visible()
        assert not page.locator(".map-area").is_visible()
        assert violations(page) == []


@pytest.mark.parametrize(("language", "media"), [("en", "print"), ("fr", "screen"), ("ar", "screen")])
def test_report(chromium: Any, spoken: Path, language: str, media: str) -> None:
    with opened(chromium, spoken / f"report-small-{language}.html", ready=False) as page:
        page.emulate_media(media=media, color_scheme="dark")
        assert violations(page) == []


def test_a_broken_rule_shows(chromium: Any, spoken: Path) -> None:
    with opened(chromium, spoken / "small-en.html") as page:
        page.evaluate("document.querySelector('#gi-measure').textContent = ''")
        assert [rule for rule, _ in violations(page, ".map-area")] == ["button-name"]
