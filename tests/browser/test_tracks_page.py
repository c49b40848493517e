"""A real browser: printed tracks, several borders, and a map that runs on beyond the antimeridian."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_page import DESKTOP, opened

import geoinc
from geoinc.incident import parse_incident
from geoinc.render import save_map

pytestmark = pytest.mark.browser

CONVOY = """\
schema: geoinc/incident/1
id: three
title: A convoy near the point where three countries meet
border: [[MLI, DZA], [MLI, NER]]
parties:
  mali: {name: Mali, territory: MLI}
points:
  convoy: {label: convoy}
claims:
  - {id: m1, tag: M1, party: mali, kind: position, point: convoy, text: "19°05’00’’N 4°05’00’’E"}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("tracks")
    save_map(geoinc.assess(geoinc.load_incident("flight-across")), made / "flight.html")
    save_map(geoinc.assess(parse_incident(CONVOY, name="three.yaml")), made / "convoy.html")
    return made


@pytest.fixture
def flight(chromium: Any, folder: Path) -> Iterator[Any]:
    with opened(chromium, folder / "flight.html", **DESKTOP) as page:
        yield page


@pytest.fixture
def convoy(chromium: Any, folder: Path) -> Iterator[Any]:
    with opened(chromium, folder / "convoy.html", **DESKTOP) as page:
        yield page


def test_a_track_is_shown_told_of_and_switched_off(flight: Any) -> None:
    assert flight.locator(".gi-pill").all_inner_texts() == ["W1 23:00 UTC", "W1 23:15 UTC", "W1 23:30 UTC"]
    assert flight.locator("path.gi-f.gi-track").count() == 1
    flight.locator(".gi-pill", has_text="23:15").click()
    words = flight.inner_text("#gi-dialog")
    assert "23:15 UTC" in words
    assert "20.10000" in words
    flight.locator("#gi-dialog-close").click()
    flight.locator("[data-layer='c1']").uncheck()
    assert flight.locator(".gi-pill:visible").count() == 0
    assert flight.locator("path.gi-f.gi-track.is-off").count() == 1


def test_each_choice_of_source_draws_each_border(convoy: Any) -> None:
    for radio in convoy.locator("[data-source]").all():
        radio.check()
        assert convoy.locator("path.gi-f.gi-line.is-selected").count() == 2
        assert convoy.locator("path.gi-f.gi-connector:not(.is-off)").count() == 2
    convoy.locator("[data-source='0']").check()
    convoy.locator(".gi-pill").first.click()
    words = convoy.inner_text("#gi-dialog")
    assert "2.98 km by OpenStreetMap, July 2026 (Mali and Algeria)" in words
    assert "19.30 km by OpenStreetMap, July 2026, all countries, simplified (Mali and Niger)" in words


def test_a_link_to_a_source_of_the_other_border_shows_the_choice_that_holds_it(convoy: Any) -> None:
    convoy.evaluate("location.hash = '#map=19.1,4.1,10&source=ne-10m-world'")
    convoy.wait_for_function("document.querySelector(\"[data-source='5']\").checked")


def test_grid_and_read_out_stay_within_half_a_turn(flight: Any) -> None:
    flight.evaluate("map_gi0.setView([20, 181], 9, {animate: false})")
    flight.wait_for_function("document.getElementById('gi-where').textContent.includes('W')")
    assert "179.000" in flight.inner_text("#gi-where")
    ticks = flight.locator(".gi-grid-svg text").all_text_contents()
    west = [float(tick.split("°")[0]) for tick in ticks if tick.endswith("W")]
    assert west
    assert max(west) <= 180
    assert not [tick for tick in ticks if tick.endswith("E") and float(tick.split("°")[0]) > 180]
