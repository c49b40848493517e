"""The main case as it looks: the map of its page, and its figure, against stored pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import perceptual
import pytest

import geoinc

SHOW = "selector => document.querySelectorAll(selector).forEach(each => { each.style.display = ''; })"
HIDE = "selector => document.querySelectorAll(selector).forEach(each => { each.style.display = 'none'; })"
PAINT = "([name, value]) => document.documentElement.style.setProperty(name, value)"
FONT = (
    "family => document.querySelectorAll('.gi-label, .gi-pill, .leaflet-container')"
    ".forEach(each => { each.style.fontFamily = family; })"
)


@pytest.fixture(scope="module")
def assessment(main_case: geoinc.api.Assessment) -> geoinc.api.Assessment:
    return main_case


@pytest.fixture(scope="module")
def opened(chromium: Any, pages: Path) -> Iterator[Any]:
    with perceptual.opened_map(chromium, pages / "tz-98d.html") as page:
        yield page


def worst(name: str, found: Any) -> float:
    return max(perceptual.differences(perceptual.stored(name), found).values())


@pytest.mark.browser
def test_map_looks_as_it_did(opened: Any) -> None:
    found = perceptual.differences(perceptual.stored("page.png"), perceptual.map_picture(opened))
    assert max(found.values()) < perceptual.MOVED, f"{found}; if this is meant: python tools/golden.py"


@pytest.mark.browser
def test_another_font_is_no_other_map(opened: Any) -> None:
    opened.evaluate(FONT, "DejaVu Serif, Noto Serif, serif")
    assert worst("page.png", perceptual.map_picture(opened)) < perceptual.MOVED
    opened.evaluate(FONT, "")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("selector", "colour"),
    [
        (".gi-line.is-selected", "line"),
        (".gi-band", "first party"),
        (".gi-ribbon", "second party"),
        (".gi-connector", "measured"),
        ("path.gi-ground", "first ground"),
    ],
)
def test_what_is_missing_shows(opened: Any, selector: str, colour: str) -> None:
    opened.evaluate(HIDE, selector)
    found = perceptual.differences(perceptual.stored("page.png"), perceptual.map_picture(opened))
    opened.evaluate(SHOW, selector)
    assert found[colour] > perceptual.MOVED, found


@pytest.mark.browser
def test_exchanged_colours_show(opened: Any) -> None:
    opened.evaluate(PAINT, ["--p0", "#0b5fa5"])
    opened.evaluate(PAINT, ["--p1", "#9a4a00"])
    found = perceptual.differences(perceptual.stored("page.png"), perceptual.map_picture(opened))
    opened.evaluate(PAINT, ["--p0", ""])
    opened.evaluate(PAINT, ["--p1", ""])
    assert found["first party"] > perceptual.MOVED
    assert found["second party"] > perceptual.MOVED


def test_figure_looks_as_it_did(assessment: geoinc.api.Assessment) -> None:
    pytest.importorskip("matplotlib", "3.11")
    found = perceptual.differences(perceptual.stored("figure.png"), perceptual.figure_picture(assessment))
    assert max(found.values()) < perceptual.MOVED, f"{found}; if this is meant: python tools/golden.py"


def without_line(tree: Any) -> None:
    for node in tree.iter():
        if node.attrib.get("stroke-width") == "2.8":
            node.attrib["stroke"] = "none"


def without_party(tree: Any) -> None:
    for node in tree.iter():
        for name in ("fill", "stroke"):
            if node.attrib.get(name) == "#0b5fa5":
                node.attrib[name] = "#777777"


@pytest.mark.parametrize(("change", "colour"), [(without_line, "line"), (without_party, "second party")])
def test_what_is_missing_in_the_figure_shows(
    assessment: geoinc.api.Assessment, change: Callable[[Any], None], colour: str
) -> None:
    pytest.importorskip("matplotlib", "3.11")
    found = perceptual.differences(perceptual.stored("figure.png"), perceptual.figure_picture(assessment, change))
    assert found[colour] > perceptual.MOVED, found
