"""The page and the report in Firefox, as Debian ships it; and by keys alone, in Firefox and in Chromium."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe import violations
from test_map import check_picture
from test_page import DESKTOP, opened

pytestmark = pytest.mark.browser

PAGES = ("en", "ar", "hostile", "report-en", "report-ar", "report-hostile")


@pytest.fixture(scope="session")
def files(pages: Path, spoken: Path) -> dict[str, Path]:
    return {name: (pages if name == "hostile" else spoken) / f"{name}.html" for name in PAGES}


@pytest.mark.parametrize("name", PAGES)
def test_opens_alone_and_fits_320_pixels(firefox: Any, files: dict[str, Path], name: str) -> None:
    with firefox.opened(files[name], width=320, height=640, ready="report" not in name) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.evaluate("typeof window.pwned") == "undefined"


@pytest.mark.parametrize("name", ["en", "ar", "hostile", "small-fr", "report-small-en", "report-small-ar"])
def test_accessibility_rules(firefox: Any, pages: Path, spoken: Path, name: str) -> None:
    path = (pages if name == "hostile" else spoken) / f"{name}.html"
    with firefox.opened(path, ready="report" not in name) as page:
        # The text of these two is that of the small case many times over.
        assert violations(page, ".map-area" if name in {"ar", "hostile"} else None) == []
        if name in {"en", "ar"}:
            page.click(".gi-pill")
            page.evaluate("document.querySelector('#gi-share').open = document.querySelector('#gi-legend').open = true")
            page.evaluate("document.querySelector('#gi-theme').click()")
            assert violations(page, ".map-area") == []


def test_what_the_policy_stops_is_noticed(firefox: Any, spoken: Path, tmp_path: Path) -> None:
    html = (spoken / "small-en.html").read_text(encoding="utf-8")
    spoilt = html.replace("<main ", '<img src="https://example.org/x.png" alt="x"><main style="color: red" ', 1)
    (tmp_path / "spoilt.html").write_text(spoilt, encoding="utf-8")
    with pytest.raises(AssertionError, match=r"stopped by the policy: (style|img)-src"), \
            firefox.opened(tmp_path / "spoilt.html"):  # fmt: skip
        pass


# ---- keys alone ------------------------------------------------------------------------------------------


class Keys:
    """One page, and a keyboard."""

    def __init__(self, evaluate: Callable[[str], Any], press: Callable[[str], Any], saved: Callable[..., str]) -> None:
        self.evaluate, self._press, self.saved = evaluate, press, saved

    def press(self, *keys: str) -> None:
        for key in keys:
            self._press(key)

    def has(self, condition: str) -> bool:
        for _ in range(100):
            if self.evaluate(condition):
                return True
            self.evaluate("new Promise(done => setTimeout(done, 20))")
        return False

    def focus(self, selector: str) -> None:
        self.evaluate(f"void document.querySelector({selector!r}).focus()")

    def visible(self, selector: str) -> bool:
        return bool(self.evaluate(f"document.querySelector({selector!r}).checkVisibility()"))


@pytest.fixture(params=["firefox", "chromium"])
def keyboard(request: Any) -> Callable[..., Any]:
    browser = request.getfixturevalue(request.param)

    @contextmanager
    def on(path: Path) -> Iterator[Keys]:
        if request.param == "firefox":

            def kept(name: str, act: Callable[[], None]) -> str:
                act()
                for _ in range(200):
                    if (browser.saved / name).exists() and (text := (browser.saved / name).read_text("utf-8")):
                        (browser.saved / name).unlink()
                        return text
                    time.sleep(0.02)
                raise AssertionError(f"{name} was not saved")

            with browser.opened(path, **DESKTOP["viewport"]) as page:
                yield Keys(page.evaluate, page.press, kept)
        else:
            with opened(browser, path) as page:

                def downloaded(name: str, act: Callable[[], None]) -> str:
                    with page.expect_download() as waiting:
                        act()
                    assert waiting.value.suggested_filename == name
                    return Path(waiting.value.path()).read_text("utf-8")

                yield Keys(page.evaluate, page.keyboard.press, downloaded)

    return on


CONTROLS = """(() => {
  window.gi_all = [...document.querySelectorAll(".map-area :is(button, input, summary, a[href], [tabindex='0'])")]
    .filter(n => n.checkVisibility() && n.tabIndex >= 0 && (n.type !== "radio" || n.checked));
  window.gi_seen = new Set();
  return gi_all.length;
})()"""
NOTED = """(() => {
  const node = document.activeElement, style = getComputedStyle(node);
  if (gi_seen.has(node)) { return "again"; }
  gi_seen.add(node);
  const ringed = parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none";
  return ringed || node === document.body ? "" : node.outerHTML.slice(0, 90);
})()"""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_control_is_reached_and_shows_it(keyboard: Any, spoken: Path, language: str) -> None:
    with keyboard(spoken / f"{language}.html") as page:
        page.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.evaluate("document.activeElement.getBoundingClientRect().height > 20")
        count = page.evaluate(CONTROLS)
        assert count > 25
        unringed = []
        for _ in range(count + 5):
            page.press("Tab")
            unringed.append(page.evaluate(NOTED))
            if page.evaluate("gi_all.every(node => gi_seen.has(node))"):
                break
        missed = page.evaluate("gi_all.filter(node => !gi_seen.has(node)).map(node => node.outerHTML.slice(0, 90))")
        assert missed == []
        assert [each for each in unringed if each not in {"", "again"}] == []
        page.focus(".skip")
        page.press("Enter")
        assert page.has("document.activeElement.id === 'text' || location.hash === '#text'")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_keys_work_every_control(keyboard: Any, spoken: Path, language: str) -> None:
    with keyboard(spoken / f"{language}.html") as page:
        # Legend: a layer off and on again, another source.
        page.focus("[data-layer='c1']")
        page.press("Space")
        assert page.has("!document.querySelector('[data-layer=c1]').checked")
        assert page.has("getComputedStyle(document.querySelector('.leaflet-pane .gi-ribbon')).display === 'none'")
        page.press("Space")
        credit = page.evaluate("document.querySelector('#gi-credit').textContent")
        page.focus("[data-source='0']")
        page.press("ArrowDown")
        assert page.has("document.querySelector('[data-source=\"1\"]').checked")
        assert page.evaluate("document.querySelector('#gi-credit').textContent") != credit
        page.focus("#gi-legend summary")
        page.press("Enter")
        assert page.has("!document.querySelector('#gi-legend').open")
        # A position.
        page.focus(".gi-pill")
        page.press("Enter")
        assert page.visible("#gi-dialog")
        assert page.evaluate("document.querySelector('#gi-dialog').contains(document.activeElement)")
        page.press("Escape")
        assert not page.visible("#gi-dialog")
        assert page.evaluate("document.activeElement.classList.contains('gi-pill')")
        # Map: keys move it and come near.
        page.focus(".folium-map")
        before = page.evaluate("[map_gi0.getCenter().lng, map_gi0.getZoom()]")
        page.press("ArrowRight")
        assert page.has(f"map_gi0.getCenter().lng > {before[0]}")
        page.press("+")
        assert page.has(f"map_gi0.getZoom() > {before[1]}")
        # A distance, with Enter at the middle of the map.
        page.focus("#gi-measure")
        page.press("Enter")
        assert page.evaluate("document.querySelector('#gi-measure').getAttribute('aria-pressed')") == "true"
        page.focus(".folium-map")
        page.press("Enter", "ArrowUp", "ArrowUp")
        assert page.has("!map_gi0._panAnim || !map_gi0._panAnim._inProgress")
        page.press("Enter")
        assert page.has("/\\d/.test(document.querySelector('#gi-say').textContent)")
        page.press("Escape")
        assert page.evaluate("document.querySelector('#gi-measure').getAttribute('aria-pressed')") == "false"
        # Copy and save.
        page.focus("#gi-share summary")
        page.press("Enter")
        assert page.has("document.querySelector('#gi-share').open")
        page.press("Tab")
        assert page.evaluate("document.activeElement.dataset.do") == "link"
        for action in ("map", "strip"):
            page.focus(f"[data-do={action}]")
            check_picture(page.saved(f"geoinc-{action}.svg", lambda: page.press("Enter")))
        # The address now holds this view.
        assert page.has("location.hash.includes('source=osm-2020')")


def test_address_brings_the_view_back(keyboard: Any, firefox: Any, spoken: Path) -> None:
    with keyboard(spoken / "ar.html") as page:
        page.focus("[data-source='0']")
        page.press("ArrowDown", "ArrowDown")
        page.focus(".folium-map")
        page.press("ArrowLeft")
        assert page.has("location.hash.includes('source=osm-2017')")
        fragment = page.evaluate("location.hash")
    with firefox.opened(spoken / "ar.html", fragment=fragment) as page:
        assert page.evaluate("document.querySelector('[data-source=\"2\"]').checked")
        here = [float(each) for each in fragment.removeprefix("#map=").split("&")[0].split(",")]
        there = page.evaluate("[map_gi0.getCenter().lat, map_gi0.getCenter().lng, map_gi0.getZoom()]")
        assert there == pytest.approx(here, abs=2e-3)
