"""Figures for print: one drawing in three formats, the same bytes, letters that can be read."""

from __future__ import annotations

import importlib.util
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import geoinc
from geoinc.errors import UsageError
from geoinc.figures import figure_bytes, figure_svg
from geoinc.figures.sheet import WIDTH, WIDTH_MM, compose
from geoinc.figures.styles import SVG, page_styles
from geoinc.incident import parse_incident
from geoinc.render.roles import PALETTE_SIZE

sys.path.insert(0, str(Path(__file__).parent.parent / "browser"))

CASE = """\
schema: geoinc/incident/1
id: near
title: TITLE
border: [MLI, DZA]
parties:
  north: {name: Northland, territory: DZA}
  south: {name: Southland, territory: MLI}
points:
  place: {label: place}
  depth: {label: depth}
claims:
  - {id: where, party: south, kind: position, point: place, text: "19.8679828N 2.8939169E", tag: S1}
  - {id: far, party: south, kind: border_distance, point: place, distance: 9.5 km, territory: MLI, tag: S2}
  - {id: deep, party: north, kind: border_distance, point: depth, distance: up to 2 km, territory: DZA, tag: N1}
"""

needs_matplotlib = pytest.mark.skipif(importlib.util.find_spec("matplotlib") is None, reason="geoinc[figure] is absent")


def assessed(title: str) -> geoinc.api.Assessment:
    return geoinc.assess(parse_incident(CASE.replace("TITLE", title), name="near.yaml"))


@pytest.fixture(scope="module")
def near() -> geoinc.api.Assessment:
    return assessed("One place by the border")


def texts(tree: ET.Element) -> Iterator[ET.Element]:
    yield from tree.iter(f"{{{SVG}}}text")


def scale_of(tree: ET.Element, wanted: ET.Element) -> float:
    for group in tree:
        if wanted in list(group.iter()):
            found = re.search(r"scale\(([\d.]+)\)", group.attrib.get("transform", ""))
            return float(found[1]) if found else 1.0
    raise AssertionError


def test_svg_stands_alone(near: geoinc.api.Assessment) -> None:
    text = figure_svg(near)
    tree = ET.fromstring(text)  # noqa: S314 - just written
    assert tree.attrib["width"] == "180mm"
    names = {node.tag for node in tree.iter()}
    assert not names & {f"{{{SVG}}}{name}" for name in ("style", "script", "image", "a", "use", "foreignObject")}
    assert not [node for node in tree.iter() if "class" in node.attrib or "style" in node.attrib]
    assert "var(" not in text
    ids = {node.attrib["id"] for node in tree.iter() if "id" in node.attrib}
    assert set(re.findall(r"url\(#([^)]*)\)", text)) <= ids
    assert re.findall(r'"(https?:[^"]*)"', text) == [SVG]


def test_no_letter_is_smaller_than_seven_points(near: geoinc.api.Assessment) -> None:
    tree = compose(near).tree
    points = WIDTH_MM / 25.4 * 72 / WIDTH
    sizes = {
        node.text: float(node.attrib.get("font-size", 16)) * scale_of(tree, node) * points
        for group in tree
        for node in texts(group)
        if group.tag == f"{{{SVG}}}g"
    }
    assert sizes
    assert min(sizes.values()) >= 7, min(sizes, key=lambda each: sizes[each])


def test_parties_differ_in_more_than_colour(near: geoinc.api.Assessment) -> None:
    bands = {
        number: page_styles().of((("svg", frozenset({"gi-still"})), ("path", frozenset({"gi-band", f"p{number}"}))))
        for number in range(PALETTE_SIZE)
    }
    assert len({each["stroke"] for each in bands.values()}) == PALETTE_SIZE
    assert len({(each["fill"], each.get("stroke-dasharray")) for each in bands.values()}) == PALETTE_SIZE


def test_sheet_says_scale_rule_sources_and_input(near: geoinc.api.Assessment) -> None:
    words = " ".join("".join(node.itertext()) for node in texts(compose(near).tree))
    assert re.search(r"1:\d+\u202f000 when printed 180 mm wide", words)
    assert "geoinc/rule/1" in words
    assert near.incident.sha256[:16] in words
    assert "no view on sovereignty" in words
    for source in near.sources:
        assert source.title.split(",", maxsplit=1)[0] in words
    assert words.index("Northland says") < words.index("Southland says")


def test_svg_is_the_same_each_time(near: geoinc.api.Assessment) -> None:
    assert figure_bytes(near, ".svg") == figure_bytes(assessed("One place by the border"), ".svg")


@needs_matplotlib
@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_same_bytes_without_a_date(near: geoinc.api.Assessment, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import matplotlib as mpl

    from geoinc.figures.painting import paint

    once = paint(compose(near), kind, dpi=80)
    # What a user set up for other pictures changes nothing, and is as it was afterwards.
    monkeypatch.setitem(mpl.rcParams, "savefig.dpi", 50)
    monkeypatch.setitem(mpl.rcParams, "font.size", 30)
    assert paint(compose(near), kind, dpi=80) == once
    assert mpl.rcParams["savefig.dpi"] == 50
    assert not re.search(rb"CreationDate|Software|matplotlib", once)


@needs_matplotlib
def test_png_has_three_hundred_dots_an_inch(near: geoinc.api.Assessment) -> None:
    from PIL import Image

    image = Image.open(io.BytesIO(figure_bytes(near, ".png")))
    assert image.size[0] == int(180 / 25.4 * 300)
    assert round(image.info["dpi"][0]) == 300


@needs_matplotlib
def test_arabic_letters_are_joined_and_run_leftwards() -> None:
    """Joined letters are narrower than letters standing alone, and the order of a word counts."""
    from geoinc.figures.painting import paint

    def ink(word: str) -> Any:
        import numpy as np
        from PIL import Image

        tree = ET.Element(f"{{{SVG}}}svg")
        ET.SubElement(tree, f"{{{SVG}}}text", {"x": "20", "y": "60", "font-size": "40"}).text = word
        from geoinc.figures.sheet import Sheet

        pixels = np.asarray(Image.open(io.BytesIO(paint(Sheet(tree, WIDTH, 90), "png", dpi=72))).convert("L"))
        columns = np.flatnonzero((pixels < 128).any(axis=0))
        return columns[-1] - columns[0], pixels

    joined, _ = ink("بببب")
    apart, _ = ink("\u200c".join("بببب"))
    assert joined < 0.8 * apart
    # Alef stands at the right of "اب", where the word begins.
    _, pixels = ink("اب")
    dark = (pixels < 128).any(axis=1)
    top = pixels[dark.argmax() : dark.argmax() + 3]
    columns = (pixels < 128).any(axis=0).nonzero()[0]
    assert (top < 128).any(axis=0).nonzero()[0].mean() > columns.mean()


@needs_matplotlib
def test_letters_that_the_font_lacks_are_refused() -> None:
    with pytest.raises(UsageError, match=r"no letter for 人 \(U\+4EBA\).*\.svg"):
        figure_bytes(assessed("無人機"), ".png")
    assert "無人機" in figure_svg(assessed("無人機"))


def test_unknown_formats_are_refused(near: geoinc.api.Assessment, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"choose one of: \.svg, \.png, \.pdf"):
        near.save_figure(tmp_path / "figure.gif")
    assert not list(tmp_path.iterdir())


def test_missing_matplotlib_is_told_with_its_remedy(
    near: geoinc.api.Assessment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.delitem(sys.modules, "geoinc.figures.painting", raising=False)
    with pytest.raises(UsageError, match=r"geoinc\[figure\]"):
        near.save_figure(tmp_path / "figure.pdf")
    near.save_figure(tmp_path / "figure.svg")
    assert [each.name for each in tmp_path.iterdir()] == ["figure.svg"]


def test_hostile_texts_stay_texts() -> None:
    import sample

    tree = ET.fromstring(figure_svg(sample.hostile_data()))  # noqa: S314 - just written
    allowed = {"svg", "g", "defs", "pattern", "clipPath", "path", "rect", "circle", "text", "tspan", "title"}
    assert {node.tag.removeprefix(f"{{{SVG}}}") for node in tree.iter()} <= allowed
    assert not [name for node in tree.iter() for name in node.attrib if name.startswith("on") or "href" in name]
