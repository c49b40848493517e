"""The page in a real Chromium: what it does, what it never does, and what a reader can answer from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

DESKTOP = {"viewport": {"width": 1366, "height": 820}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
STATES: dict[str, dict[str, Any]] = {"desktop": DESKTOP, "phone": PHONE}


@contextmanager
def opened(chromium: Any, path: Path, *, ready: bool = True, **options: Any) -> Iterator[Any]:
    """Open a page; at the end, nothing may have gone wrong and nothing may have left it."""
    context = chromium.new_context(**(options or DESKTOP))
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text) if message.type != "log" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("dialog", lambda dialog: trouble.append(dialog.message))
    page.on("request", lambda request: trouble.append(request.url) if not is_own(request.url, path) else None)
    page.goto(path.as_uri())
    if ready:
        page.wait_for_selector("html[data-ready]", timeout=20_000)
    yield page
    assert trouble == []
    context.close()


def is_own(url: str, path: Path) -> bool:
    return url.startswith("data:") or url.split("#", maxsplit=1)[0] == path.as_uri()


def overlaps(page: Any, selector: str) -> list[str]:
    return list(
        page.evaluate(
            """selector => {
              const nodes = [...document.querySelectorAll(selector)].filter(n => {
                const r = n.getBoundingClientRect();
                return r.width && r.height && getComputedStyle(n).visibility !== "hidden";
              });
              const out = [];
              nodes.forEach((a, i) => nodes.slice(0, i).forEach(b => {
                const p = a.getBoundingClientRect(), q = b.getBoundingClientRect();
                if (p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 1 && q.top < p.bottom - 1) {
                  out.push(a.textContent + " / " + b.textContent);
                }
              }));
              return out;
            }""",
            selector,
        )
    )


def shown(page: Any, selector: str) -> int:
    return int(
        page.evaluate(
            "s => [...document.querySelectorAll(s)].filter(n => getComputedStyle(n).display !== 'none').length",
            selector,
        )
    )


@pytest.mark.parametrize("name", ["tz-98d", "sample", "bare", "crowded", "long", "coarse"])
@pytest.mark.parametrize("state", ["desktop", "phone"])
def test_page_opens_alone_and_without_an_error(chromium: Any, pages: Path, name: str, state: str) -> None:
    with opened(chromium, pages / f"{name}.html", **STATES[state]) as page:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert overlaps(page, ".gi-label:not(.gi-town), .gi-pill, .legend, .leaflet-control-zoom, .scale, .north") == []


@pytest.mark.parametrize("state", ["desktop", "phone"])
def test_hostile_texts_do_nothing(chromium: Any, pages: Path, state: str) -> None:
    with opened(chromium, pages / "hostile.html", **STATES[state]) as page:
        assert page.evaluate("window.pwned") is None
        if state == "desktop":
            page.locator(".gi-pill").first.click()
            page.locator("#gi-dialog-close").click()
            page.locator("[data-source='3']").check()
        for button in page.locator(".show").all()[:3]:
            button.click()
        assert page.evaluate("window.pwned") is None
        assert "{{ 7*7 }}" in page.inner_text("h1")
        assert page.locator("main img, main script").count() == 0


def test_no_sideways_scroll_at_320_pixels(chromium: Any, pages: Path) -> None:
    for name in ("tz-98d", "hostile", "long"):
        with opened(chromium, pages / f"{name}.html", viewport={"width": 320, "height": 640}) as page:
            assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("state", ["desktop", "phone"])
def test_no_name_is_too_long_for_its_place(chromium: Any, pages: Path, state: str) -> None:
    with opened(chromium, pages / "long.html", **STATES[state]) as page:
        page.evaluate("document.querySelectorAll('details').forEach(node => { node.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        too_wide = page.evaluate(
            """() => [...document.querySelectorAll(".legend-body, .legend-body *, main :is(p, li, dd, h3, table)")]
              .filter(n => !n.closest("svg, .hidden, .wide") && n.getClientRects().length)
              .filter(n => {
                const room = n.closest(".legend-body, main").getBoundingClientRect();
                return n.getBoundingClientRect().right > room.right + 1;
              }).map(n => n.tagName + "." + n.className)"""
        )
        assert too_wide == []


@pytest.mark.parametrize("state", ["desktop", "phone"])
def test_all_positions_that_print_the_same_are_in_view(chromium: Any, pages: Path, state: str) -> None:
    with opened(chromium, pages / "coarse.html", **STATES[state]) as page:
        frame = page.locator("#gi-box").bounding_box()
        cell = page.locator(".leaflet-pane path.gi-cell:not(.is-off)").bounding_box()
        assert frame["x"] <= cell["x"] < cell["x"] + cell["width"] <= frame["x"] + frame["width"]
        assert frame["y"] <= cell["y"] < cell["y"] + cell["height"] <= frame["y"] + frame["height"]
        assert cell["width"] > 60
        assert page.evaluate("getComputedStyle(document.querySelector('path.gi-cell')).strokeDasharray") != "none"
        page.locator(".gi-pill").first.click()
        words = page.get_by_role("dialog").inner_text()
        assert "20°N 3°E" in words
        assert "± 0.5° (55.35 km)" in words


@pytest.mark.parametrize("name", ["tz-98d", "sample", "coarse", "near"])
def test_no_label_covers_a_measured_way(chromium: Any, pages: Path, name: str) -> None:
    with opened(chromium, pages / f"{name}.html") as page:
        covered = page.evaluate(
            """() => {
              const ways = [...document.querySelectorAll(".leaflet-pane path.gi-connector:not(.is-off)")];
              const names = [...document.querySelectorAll(".gi-label:not(.gi-town)")];
              const out = [];
              ways.forEach(way => {
                const m = way.getScreenCTM();
                for (let at = 0; at <= way.getTotalLength(); at += 2) {
                  const p = way.getPointAtLength(at).matrixTransform(m);
                  names.forEach(label => {
                    const r = label.getBoundingClientRect();
                    if (r.left < p.x && p.x < r.right && r.top < p.y && p.y < r.bottom) { out.push(label.textContent); }
                  });
                }
              });
              return [...new Set(out)];
            }"""
        )
        assert shown(page, ".leaflet-pane path.gi-connector") >= 1
        assert covered == []


def test_every_source_can_be_chosen(chromium: Any, pages: Path) -> None:
    with opened(chromium, pages / "tz-98d.html") as page:
        seen = set()
        radios = page.locator("[data-source]")
        for place in range(radios.count()):
            radios.nth(place).check()
            seen.add((page.inner_text(".credit"), page.inner_text(".gi-measured")))
            assert shown(page, ".leaflet-pane .gi-line.is-selected") == 1
            assert shown(page, ".leaflet-pane .gi-ground") == 2
            assert shown(page, ".leaflet-pane .gi-connector") == 1
        assert len({credit for credit, _ in seen}) == radios.count()
        assert {"9.96 km", "10.07 km", "10.29 km", "9.10 km"} <= {length for _, length in seen}
        page.locator("#gi-others").uncheck()
        assert shown(page, ".leaflet-pane .gi-line") == 1


def test_claims_can_be_switched(chromium: Any, pages: Path) -> None:
    with opened(chromium, pages / "sample.html") as page:
        assert shown(page, ".leaflet-pane .gi-beyond") == 0
        page.get_by_label("F1 au moins 20 km").check()
        assert shown(page, ".leaflet-pane .gi-beyond") == 1
        page.get_by_label("M2 9.5 km").uncheck()
        assert shown(page, ".leaflet-pane .gi-ribbon") == 0
        page.get_by_label("M1 wreckage").uncheck()
        assert page.locator(".gi-pill:visible").count() == 1


def test_keyboard_opens_and_leaves_a_position(chromium: Any, pages: Path) -> None:
    with opened(chromium, pages / "tz-98d.html") as page:
        page.locator(".gi-pill").first.focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog")
        assert dialog.is_visible()
        assert "19°52′04.738″N 2°53′38.101″E" in dialog.inner_text()
        assert "9.96 km" in dialog.inner_text()
        page.keyboard.press("Escape")
        assert not dialog.is_visible()
        assert page.evaluate("document.activeElement.classList.contains('gi-pill')")


def test_measuring_runs_on_the_ellipsoid(chromium: Any, pages: Path) -> None:
    with opened(chromium, pages / "tz-98d.html") as page:
        page.locator("#gi-measure").click()
        page.locator(".folium-map").focus()
        page.evaluate("map_gi0.setView([19.8679828, 2.8939169], 12, {animate: false})")
        page.keyboard.press("Enter")
        page.evaluate("map_gi0.setView([19.8640350, 2.8933608], 12, {animate: false})")
        page.keyboard.press("Enter")
        # 440.893 m between the two printed positions; the map's centre is a whole pixel (36 m at this zoom).
        figure = float(re.findall(r"([\d.]+) m", page.inner_text("#gi-say"))[0])
        assert figure == pytest.approx(441, abs=40)
        page.keyboard.press("Escape")
        assert page.locator("#gi-measure").get_attribute("aria-pressed") == "false"


def test_show_button_brings_the_claim_into_view(chromium: Any, pages: Path) -> None:
    with opened(chromium, pages / "tz-98d.html", **PHONE, reduced_motion="reduce") as page:
        page.get_by_role("button", name="Show M4 on the map").click()
        page.wait_for_timeout(200)
        assert page.get_by_label("M4 10,2 km").is_checked()
        assert page.evaluate("document.querySelector('.map-box').getBoundingClientRect().top < innerHeight")


def test_light_and_dark(chromium: Any, pages: Path) -> None:
    with opened(chromium, pages / "tz-98d.html") as page:
        light = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.locator("#gi-theme").click()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_without_javascript_the_figure_and_the_text_stand(chromium: Any, pages: Path) -> None:
    with opened(chromium, pages / "tz-98d.html", ready=False, **DESKTOP, java_script_enabled=False) as page:
        assert page.locator("svg.gi-still").is_visible()
        assert not page.locator(".map-area").is_visible()
        assert "M1 wreckage" in page.locator("svg.gi-still").text_content()
        assert "What each side says" in page.inner_text("main")


def test_paper_holds_the_figure_and_not_the_map(chromium: Any, pages: Path) -> None:
    with opened(chromium, pages / "tz-98d.html") as page:
        page.emulate_media(media="print")
        assert page.locator("svg.gi-still").is_visible()
        assert not page.locator(".map-area").is_visible()
        assert page.locator(".card").first.is_visible()


def section(page: Any, heading: str) -> str:
    return str(page.locator("section", has=page.get_by_role("heading", name=heading, exact=True)).inner_text())


@pytest.fixture(scope="module")
def read(chromium: Any, pages: Path) -> Iterator[Any]:
    with opened(chromium, pages / "tz-98d.html") as page:
        yield page


def test_reader_learns_what_mali_says(read: Any) -> None:
    cards = " ".join(read.locator(".card.p1").all_inner_texts())
    assert "19°52’04.738’’N 2°53’38.101’’E" in cards
    assert "19°51’50.526”N 2°53’36.099”E" in cards
    assert "à 9.5 km au sud de la frontière" in cards
    assert "10,2 km" in cards
    assert "441 m" in cards
    assert "Translation by the case file: “vertically”" in cards


def test_reader_learns_what_algeria_says(read: Any) -> None:
    cards = " ".join(read.locator(".card.p0").all_inner_texts())
    assert "02 كيلومتر" in cards
    assert "1.6 km" in cards
    assert "Ministry of National Defence" in cards
    headings = read.locator("h3.party").all_inner_texts()
    assert headings[0].startswith("Algeria")
    assert headings[-1].startswith("Mali")


def test_reader_learns_how_far_the_wreck_is_by_each_source(read: Any) -> None:
    rows = read.locator("table.distances").first.locator("tbody tr").all_inner_texts()
    for title, length in (
        ("OpenStreetMap, July 2026", "9.96 km"),
        ("Digital Chart of the World", "10.07 km"),
        ("World Data Bank II", "10.29 km"),
        ("Natural Earth 1:10m", "9.10 km"),
    ):
        assert [row for row in rows if title in row and length in row and "Mali" in row], title
    assert [row for row in rows if "1:110m" in row and "not fit for this scale" in row and "Algeria" in row]


def test_reader_learns_which_figures_cannot_hold_together(read: Any) -> None:
    group = read.locator("h3.v-inconsistent + ul").inner_text()
    assert "158.5 m" in group
    assert "M2" in group
    assert "M4" in group
    assert "inconsistent: does not agree" in group


def test_reader_learns_what_cannot_be_known_and_why(read: Any) -> None:
    group = read.locator("h3.v-not-assessable + ul").inner_text()
    assert "a track with times" in group
    assert "What would have to be published" in group
    limits = section(read, "What this map cannot show")
    assert "track" in limits
    assert "hit" in limits


def test_reader_learns_when_it_happened(read: Any) -> None:
    events = section(read, "Order of events")
    assert "31 March 2025, 23:08" in events
    assert "1 April 2025, 00:08" in events
    assert "Africa/Algiers" in events
    assert "6 April 2025" in events


def test_words_stay_neutral(read: Any) -> None:
    own = read.evaluate(
        """() => {
          const copy = document.querySelector("main").cloneNode(true);
          copy.querySelectorAll("blockquote, .translation").forEach(n => n.remove());
          return copy.textContent.toLowerCase();
        }"""
    )
    assert not re.search(r"\b(true|false|lied|liar|violat\w+|refut\w+|debunk\w+)\b", own)


def test_background_is_asked_for_only_when_chosen_and_may_fail(chromium: Any, tmp_path: Path) -> None:
    import sample

    from geoinc.render import save_map

    target = tmp_path / "tiles.html"
    save_map(sample.sample_data(), target, tiles="OpenTopoMap,OpenStreetMap.Mapnik")
    context = chromium.new_context(**DESKTOP)
    page = context.new_page()
    asked: list[str] = []

    def refuse(route: Any) -> None:
        asked.append(route.request.url)
        route.abort()

    page.route(re.compile("^https://"), refuse)
    page.goto(target.as_uri())
    page.wait_for_selector("html[data-ready]")
    assert asked == []
    assert page.get_by_label("OpenStreetMap.Mapnik").is_disabled()  # a file cannot say where it comes from
    page.get_by_label("OpenTopoMap").check()
    page.wait_for_function("document.getElementById('gi-say').textContent.includes('did not answer')")
    assert asked
    assert all(re.match(r"https://[abc]\.tile\.opentopomap\.org/\d+/\d+/\d+\.png$", url) for url in asked)
    assert shown(page, ".leaflet-pane .gi-ground") == 2
    context.close()
