"""What must be told apart: borders, ways to them, lines of text, articles, and options that were not given."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

import geoinc
from geoinc.figures.sheet import WIDTH, compose
from geoinc.figures.styles import SVG
from geoinc.figures.text import Setting, set_width, wrap
from geoinc.findings import FindingKind
from geoinc.incident import load_incident, parse_incident
from geoinc.messages import say, voice_for
from geoinc.render.cards import finding_groups
from geoinc.render.drawing import draw
from geoinc.render.facts import table_of
from geoinc.render.figure import static_figure
from geoinc.render.roles import Cast
from geoinc.wording import the_point

THREE = """\
schema: geoinc/incident/1
id: three
title: Near the point where three countries meet
border: [[MLI, DZA], [MLI, NER]]
parties:
  algeria: {name: Algeria, territory: DZA}
  mali: {name: Mali, territory: MLI}
points:
  convoy: {label: The convoy}
  camp: {label: camp}
claims:
  - {id: m1, tag: M1, party: mali, kind: position, point: convoy, text: "19°05’00’’N 4°05’00’’E"}
  - {id: m2, tag: M2, party: mali, kind: border_distance, point: convoy, distance: 12 km, territory: MLI,
     border: [NER, MLI]}
  - {id: a1, tag: A1, party: algeria, kind: position, point: convoy, text: "19°03’00’’N 4°09’00’’E"}
  - {id: a2, tag: A2, party: algeria, kind: border_distance, point: convoy, distance: 5 km, territory: DZA,
     border: [MLI, DZA]}
  - {id: a3, tag: A3, party: algeria, kind: border_distance, point: camp, distance: 5 km, border: [MLI, DZA]}
"""
ONE = THREE.replace("border: [[MLI, DZA], [MLI, NER]]", "border: [MLI, DZA]").replace("[NER, MLI]", "[MLI, DZA]")
SOURCES = ["osm", "naturalearth"]


@pytest.fixture(scope="module")
def three() -> geoinc.Assessment:
    return geoinc.assess(parse_incident(THREE, name="three.yaml"), only=SOURCES)


@pytest.fixture(scope="module")
def one() -> geoinc.Assessment:
    return geoinc.assess(parse_incident(ONE, name="one.yaml"), only=SOURCES)


@pytest.fixture(scope="module")
def main() -> geoinc.Assessment:
    return geoinc.assess(load_incident("tz-98d"))


def about_borders(found: geoinc.Assessment) -> list[str]:
    return [f.statement for f in found.findings if f.kind in {FindingKind.SIDE, FindingKind.DISTANCE}]


def lines(tree: ET.Element) -> list[str]:
    return [node.text or "" for node in tree.iter(f"{{{SVG}}}text")]


def test_each_measurement_names_its_border(three, one):
    borders = {tuple(each["border"]) for each in three.to_document()["measurements"]["m1"]}
    assert borders == {("DZA", "MLI"), ("MLI", "NER")}
    assert {tuple(each["border"]) for each in one.to_document()["measurements"]["m1"]} == {("DZA", "MLI")}


def test_statements_name_the_border_only_where_there_are_several(three, one):
    told = about_borders(three)
    assert len(told) >= 7
    assert all("the border between " in each for each in told)
    # Whichever of the two the case names first.
    assert any("from the border between Mali and Niger, in Mali; " in each for each in told)
    assert any("the border between Algeria and Mali" in each for each in told)
    assert not any("border between" in each for each in about_borders(one))


@pytest.mark.parametrize(
    ("language", "named"), [("fr", "de la frontière entre le Mali et le Niger"), ("ar", "الحدود بين مالي والنيجر")]
)
def test_borders_are_named_in_other_languages(three, language, named):
    voice = voice_for(language)
    assert any(named in voice(each) for each in about_borders(three))
    assert not any("border" in voice(each) for each in about_borders(three))


def test_an_article_stands_once(three):
    assert the_point(three.incident, "convoy") == "the convoy"
    assert voice_for("en")(the_point(three.incident, "convoy")) == "the convoy"
    assert say("{point} and the {other}", point="The wreck", other="theatre") == "The wreck and the theatre"
    assert not any(re.search(r"\bthe the\b", each.statement, re.I) for each in three.findings)


def test_a_figure_tells_what_lies_outside_its_strip(main):
    assert re.search(
        r"Outside the drawing: M1 by Natural Earth 1:110m, 4\.1\.0: 8\.88 km inside Algeria",
        " ".join(lines(compose(main).tree)),
    )


def test_ways_to_the_border_bear_their_tags_where_there_are_several(three, main):
    drawn = lambda data: static_figure(draw(data, Cast(data)), Cast(data))  # noqa: E731 - two calls alike
    several = re.findall(r'class="gi-measure"[^>]*>([^<]*)<', drawn(three))
    assert {each.partition(": ")[0] for each in several} == {"A1", "M1"}
    assert re.findall(r'class="gi-measure"[^>]*>([^<]*)<', drawn(main)) == ["9.96 km"]


def test_degrees_keep_clear_of_the_scale_bar(main):
    tree = ET.fromstring(static_figure(draw(main, Cast(main)), Cast(main), width=514.0))  # noqa: S314 - just written
    height = float(tree.attrib["viewBox"].split()[3])
    ticks = [(node.text, float(node.attrib["x"]), float(node.attrib["y"])) for node in tree.iter("text")
             if node.attrib.get("class") == "gi-tick"]  # fmt: skip
    low = [(text, x) for text, x, y in ticks if text.endswith("N") and y > height - 64]
    assert low
    assert all(x > 300 for _, x in low)


@pytest.mark.parametrize("word", ["W" * 60, "Mm" * 30, "ŴW@" * 15])
def test_a_long_word_keeps_inside_its_column(word):
    for line in wrap(f"S1 {word}: there", 11, 200):
        assert sum(1.0 if letter in "WMm@Ŵ" else 0.2 for letter in line) * 11 <= 200
    assert "".join(wrap(word, 11, 200)) == word
    assert set_width(word, 11) > 11 * len(word) * 0.95


def test_lines_of_a_figure_hold_their_isolates():
    parent = ET.Element("svg")
    setting = Setting(parent, 0.0, 0.0, 120.0, right_to_left=True)
    setting.add("المصدر \u2068Natural Earth, a very long name of a source, 4.1.0\u2069 لا غير")
    found = [node.text or "" for node in parent]
    assert len(found) > 2
    assert all(each.count("\u2068") == each.count("\u2069") for each in found)
    assert sum("\u2068" in each for each in found) > 1


@pytest.mark.parametrize("language", ["ar"])
def test_every_line_of_a_sheet_from_right_to_left_closes_its_isolates(main, language):
    sheet = compose(main, lang=language)
    assert all(each.count("\u2068") == each.count("\u2069") for each in lines(sheet.tree))
    assert sum("\u2068" in each for each in lines(sheet.tree)) > 20
    assert sheet.width == WIDTH


def test_credits_are_joined_as_the_language_does(main):
    assert "؛" in " ".join(lines(compose(main, lang="ar").tree)).partition("الحدود:")[2].partition("SHA-256")[0]


def test_options_that_were_not_given_say_what_holds():
    own = {"file": "line.geojson", "edges": None, "tolerance_m": None}
    options = {"edges": None, "only": [], "precision": None, "boundary": [own]}
    assert table_of({"options": options}) == (
        (
            "options",
            "edges: as each source declares; only: all boundary sources; precision: as the case declares; "
            "boundary: file: line.geojson, edges: as each source declares",
        ),
    )
    assert table_of({"options": {"precision": "last_digit", "only": ["osm-2026c"]}}) == (
        ("options", "precision: to the last printed digit; only: osm-2026c"),
    )
    assert table_of({"edges": None}) == (("edges", "none"),)


@pytest.mark.parametrize(("case", "named", "raw"), [
    ("four-senses", "North Gate (invented): 11.07 km", "north-gate"),
    ("two-clocks", "S2; N2", "fire-south"),
])  # fmt: skip
def test_evidence_names_places_and_claims_and_no_ids(case, named, raw):
    cast = Cast(geoinc.assess(load_incident(case)))
    shown = [value for group in finding_groups(cast) for view in group.findings for _, value in view.evidence]
    assert named in shown
    assert not any(raw in value for value in shown)


def test_ranges_of_times_have_a_template_of_their_own():
    found = geoinc.assess(load_incident("two-clocks"))
    assert any(" to " in each.statement for each in found.findings)
    templates = {message.template for each in found.findings for message in messages_in(each.statement)}
    assert "{start} to {end}" in templates
    assert "{low} to {high}" not in templates


def messages_in(text: object) -> list:
    inner = [*getattr(text, "parts", ()), *getattr(text, "values", {}).values()] if hasattr(text, "said") else []
    return [*([text] if hasattr(text, "template") else []), *(found for each in inner for found in messages_in(each))]
