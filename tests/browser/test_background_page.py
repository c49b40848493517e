"""What stands behind the map: rivers and towns that give way to the case, and pictures that a reader asks for."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

DESKTOP = {"viewport": {"width": 1366, "height": 820}}
DANUBE = """
schema: geoinc/incident/1
id: danube
title: An invented spot by the Danube
summary: Invented.
border: [ROU, UKR]
parties:
  a: {name: Romania, territory: ROU}
references:
  r: {publisher: Nobody, title: Invented}
points:
  spot: {label: spot}
claims:
  - {id: p, tag: A1, party: a, reference: r, kind: position, point: spot, text: 45.31N 28.90E}
"""
# One grey pixel.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module")
def page_text() -> str:
    import geoinc
    from geoinc.incident import parse_incident
    from geoinc.render import render_map

    data = geoinc.assess(parse_incident(DANUBE, name="danube.yaml"))
    return render_map(data, tiles="OpenTopoMap,OpenStreetMap.Mapnik")


def names(page: Any) -> list[str]:
    return list(page.eval_on_selector_all(".gi-names .gi-behind", "found => found.map(each => each.textContent)"))


def test_towns_and_rivers_stand_behind_and_can_be_put_away(chromium: Any, page_text: str, tmp_path: Path) -> None:
    target = tmp_path / "danube.html"
    target.write_text(page_text, encoding="utf-8")
    context = chromium.new_context(**DESKTOP)
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto(target.as_uri())
    page.wait_for_selector("html[data-ready]")
    assert "IzmayilІзмаїл" in names(page)
    assert 2 <= len(names(page)) <= 24
    assert page.locator(".gi-names .gi-hollow").count() == len(names(page))
    # Water lies under everything else that is drawn over the ground.
    kinds = page.eval_on_selector_all(".leaflet-overlay-pane path", "paths => paths.map(each => each.classList[2])")
    assert kinds[0] == "gi-river"
    assert "gi-river" not in kinds[1:]
    # No town's name touches a name of the case, and none can be reached by the keyboard.
    touching = page.evaluate(
        """() => {
          const boxes = name => [...document.querySelectorAll(name)].map(each => each.getBoundingClientRect());
          const meet = (p, q) => p.left < q.right && q.left < p.right && p.top < q.bottom && q.top < p.bottom;
          const own = boxes(".gi-pill, .gi-place, .gi-land, .gi-measured, .gi-spot");
          return boxes(".gi-names .gi-behind").filter(p => own.some(q => q.width && meet(p, q))).length;
        }"""
    )
    assert touching == 0
    assert page.locator(".gi-names").get_attribute("aria-hidden") == "true"
    page.get_by_label("rivers, wadis and towns, for orientation").uncheck()
    assert names(page) == []
    assert not page.locator(".leaflet-overlay-pane path.gi-river").first.is_visible()
    assert trouble == []
    context.close()


def test_pictures_come_when_they_are_asked_for_and_not_before(chromium: Any, page_text: str) -> None:
    context = chromium.new_context(**DESKTOP)
    page = context.new_page()
    asked: list[tuple[str, str]] = []

    def answer(route: Any) -> None:
        asked.append((route.request.url, route.request.headers.get("referer", "")))
        # One tile is missing, as tiles of the sea are: that alone is no reason to speak.
        missing = len(asked) == 4
        route.fulfill(status=404 if missing else 200, body=b"" if missing else PICTURE, content_type="image/png")

    page.route("https://pages.test/case.html", lambda route: route.fulfill(body=page_text, content_type="text/html"))
    page.route(re.compile(r"^https://.*tile"), answer)
    page.goto("https://pages.test/case.html")
    page.wait_for_selector("html[data-ready]")
    assert asked == []
    assert "network address" in page.locator(".legend").inner_text()
    assert page.locator(".leaflet-pane path.gi-ground").first.is_visible()
    served = page.get_by_label("OpenStreetMap.Mapnik")
    assert served.is_enabled()
    served.check()
    page.wait_for_selector("#gi-box.has-picture")
    page.wait_for_function("document.getElementById('gi-say').textContent === ''")
    assert asked
    assert all(re.match(r"https://tile\.openstreetmap\.org/\d+/\d+/\d+\.png$", url) for url, _ in asked)
    # This provider wants to know where it is asked from.
    assert {referrer for _, referrer in asked} == {"https://pages.test/"}
    assert not page.locator(".leaflet-pane path.gi-ground").first.is_visible()
    halo = "getComputedStyle(document.querySelector('.leaflet-pane path.gi-line')).filter"
    assert page.evaluate(halo).startswith("drop-shadow")
    assert "OpenStreetMap contributors" in page.locator("#gi-tile-credit").inner_text()
    # Back to none: the flat ground returns, and nothing more is asked for.
    page.locator("[data-tiles='-1']").check()
    before = len(asked)
    page.locator(".leaflet-control-zoom-in").click()
    page.wait_for_timeout(300)
    assert len(asked) == before
    assert page.locator(".leaflet-pane path.gi-ground").first.is_visible()
    assert page.locator("#gi-tile-credit").inner_text().strip() == ""
    context.close()


def test_a_page_opened_from_a_file_says_why_a_provider_is_out_of_reach(
    chromium: Any, page_text: str, tmp_path: Path
) -> None:
    target = tmp_path / "danube.html"
    target.write_text(page_text, encoding="utf-8")
    context = chromium.new_context(**DESKTOP)
    page = context.new_page()
    page.goto(target.as_uri())
    page.wait_for_selector("html[data-ready]")
    row = page.locator("label", has_text="OpenStreetMap.Mapnik")
    assert row.locator("input").is_disabled()
    assert "pages on a server only" in row.inner_text()
    context.close()
