"""Rules of accessibility, in every state that a reader can bring the page into."""

from __future__ import annotations

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


@pytest.mark.parametrize("look", LOOKS)
def test_every_look(chromium: Any, spoken: Path, look: str) -> None:
    # As many kinds of parts as in the main case, and a tenth of the nodes to look at.
    with opened(chromium, spoken / "small-en.html", **LOOKS[look]) as page:
        page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true; })")
        assert violations(page) == []


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_main_case_in_every_language(chromium: Any, spoken: Path, language: str) -> None:
    with opened(chromium, spoken / f"{language}.html") as page:
        assert violations(page) == []


@pytest.mark.parametrize("look", ["desktop", "phone", "dark phone", "forced colours"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_state_of_the_map(chromium: Any, spoken: Path, look: str, language: str) -> None:
    with opened(chromium, spoken / f"{language}.html", **LOOKS[look], reduced_motion="reduce") as page:
        found = {}
        steps = {
            "legend closed": "gi-legend.open = false",
            "legend open": "gi-legend.open = true",
            "every layer": "gi_click('[data-layer]:not(:checked)')",
            "dialog": "(gi_legend(false), gi_click('.gi-pill'))",
            "measuring": "(gi_click('#gi-dialog-close'), gi_click('#gi-measure'))",
            "menu": "(gi_click('#gi-measure'), document.getElementById('gi-share').open = true)",
            "what could not be copied": "document.getElementById('gi-by-hand').hidden = false",
            "theme": "gi_click('#gi-theme')",
        }
        page.evaluate(
            """void (window.gi_click = s => document.querySelectorAll(s).forEach((n, i) => { if (!i || n.dataset.layer) { n.click(); } }),
            window.gi_legend = on => { document.getElementById("gi-legend").open = on; })"""
        )
        for step, script in steps.items():
            page.evaluate(f"void ({script.replace('gi-legend.open', 'document.getElementById(`gi-legend`).open')})")
            found[step] = violations(page, ".map-area")
        assert {step: each for step, each in found.items() if each} == {}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_paper(chromium: Any, spoken: Path, language: str) -> None:
    with opened(chromium, spoken / f"small-{language}.html") as page:
        page.emulate_media(media="print")
        assert violations(page) == []


def test_without_scripts_of_the_page(chromium: Any, spoken: Path, tmp_path: Path) -> None:
    # axe is itself a script: what is taken away is the page's own.
    import re

    html = (spoken / "small-en.html").read_text(encoding="utf-8")
    silent, scripts = re.subn(r"<script>.*?</script>", "", html, flags=re.DOTALL)
    assert scripts == 4
    (tmp_path / "silent.html").write_text(silent, encoding="utf-8")
    with opened(chromium, tmp_path / "silent.html", ready=False) as page:
        assert page.locator("svg.gi-still").is_visible()
        assert not page.locator(".map-area").is_visible()
        assert violations(page) == []


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_report(chromium: Any, spoken: Path, language: str) -> None:
    with opened(chromium, spoken / f"report-small-{language}.html", ready=False) as page:
        assert violations(page) == []
        page.emulate_media(media="print", color_scheme="dark")
        assert violations(page) == []


def test_a_broken_rule_shows(chromium: Any, spoken: Path) -> None:
    with opened(chromium, spoken / "small-en.html") as page:
        page.evaluate("document.querySelector('#gi-measure').textContent = ''")
        assert [rule for rule, _ in violations(page, ".map-area")] == ["button-name"]
