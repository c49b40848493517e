"""Printed tracks on page and still map; several borders under one choice of source."""

from __future__ import annotations

import json
import re

import pytest
import shapely

import geoinc
from geoinc.boundaries.own.joining import OwnFile
from geoinc.boundaries.source import Edges
from geoinc.figures.sheet import compose
from geoinc.incident import parse_incident
from geoinc.render.drawing import draw
from geoinc.render.figure import static_figure
from geoinc.render.legend import legend_groups
from geoinc.render.opening import open_view
from geoinc.render.page import render_map
from geoinc.render.payload import payload
from geoinc.render.roles import Cast
from geoinc.render.track import fixes, way

CONVOY = """\
schema: geoinc/incident/1
id: three
title: A convoy near the point where three countries meet
border: [[MLI, DZA], [MLI, NER]]
parties:
  algeria: {name: Algeria, territory: DZA}
  mali: {name: Mali, territory: MLI}
  niger: {name: Niger, territory: NER}
points:
  convoy: {label: convoy}
claims:
  - {id: m1, tag: M1, party: mali, kind: position, point: convoy, text: "19°05’00’’N 4°05’00’’E"}
"""

WORLD = """\
schema: geoinc/incident/1
id: coast
title: Two borders in one bundle
border: [[FRA, ESP], [FRA, ITA]]
parties:
  france: {name: France, territory: FRA}
points:
  car: {label: car}
claims:
  - {id: m1, tag: M1, party: france, kind: position, point: car, text: "44.00N 4.00E"}
"""

ONE = """\
schema: geoinc/incident/1
id: one
title: One position of a track, and no time
border: [MLI, DZA]
parties:
  watchers: {name: Watchers, territory: null}
points:
  flight: {label: flight}
claims:
  - {id: w1, tag: W1, party: watchers, kind: track, positions: ["19.9N 3.0E"]}
"""


def cast_of(text: str, **options) -> Cast:
    return Cast(geoinc.assess(parse_incident(text, name="case.yaml"), **options))


@pytest.fixture(scope="module")
def flight() -> Cast:
    return Cast(geoinc.assess(geoinc.load_incident("flight-across")))


@pytest.fixture(scope="module")
def convoy() -> Cast:
    return cast_of(CONVOY)


def test_a_track_is_drawn_through_its_positions(flight):
    drawing = draw(flight.data, flight)
    (track,) = (feature for feature in drawing.features if feature.kind == "track")
    claim = flight.tracks[0]
    assert track.claim == flight.claim_number("seen")
    assert track.colour == flight.role(claim).colour
    assert not track.sources
    west, south, east, north = drawing.view_box_deg
    for reading in claim.positions:
        assert track.geometry.distance(shapely.Point(reading.lon_deg, reading.lat_deg)) < 1e-4
        assert west < reading.lon_deg < east
        assert south < reading.lat_deg < north
    assert open_view(flight).placed


def test_positions_of_a_track_stand_with_their_times(flight):
    drawing = draw(flight.data, flight)
    held = payload(flight, drawing, ())
    assert [each["point"] for each in held["fixes"]] == ["23:00 UTC", "23:15 UTC", "23:30 UTC"]
    assert all(each["when"].endswith(f"2025, {each['point']}") for each in held["fixes"])
    assert {each["number"] for each in held["fixes"]} == {flight.claim_number("seen")}
    svg = static_figure(drawing, flight)
    assert svg.count("is-fix") == 3
    assert re.search(r'class="gi-track p\d"', svg)
    for time in ("23:00", "23:15", "23:30"):
        assert f"W1 {time} UTC" in svg
    (row,) = (row for group in legend_groups(flight, drawing) for row in group.rows if row.label.startswith("W1"))
    assert "assumed" in row.label
    assert row.on
    assert 'data-show="1"' in render_map(flight.data)


def test_the_figure_explains_the_track(flight):
    words = "".join(compose(flight.data).tree.itertext())
    assert "printed track" in re.sub(r"\s+", " ", words)
    assert "headline" not in words


def test_one_position_has_a_dot_and_no_way():
    cast = cast_of(ONE, only=["naturalearth"])
    (fix,) = fixes(cast)
    assert fix.name == "position 1"
    assert way(cast.tracks[0]) is None
    drawing = draw(cast.data, cast)
    assert not any(feature.kind == "track" for feature in drawing.features)
    (row,) = (row for group in legend_groups(cast, drawing) for row in group.rows if row.key == "c0")
    assert row.label == "W1: printed position of a track"


def test_every_choice_draws_every_border(convoy):
    borders = set(convoy.data.incident.borders)
    lineages = [source.lineage for source in convoy.data.sources]
    for choice in convoy.choices:
        assert {pair for number in choice for pair in convoy.held_by(number)} == borders
    numbers = {source.id: number for number, source in enumerate(convoy.data.sources)}
    assert convoy.choices[0] == (numbers["osm-2026c"], numbers["osm-2026c-world"])
    assert (numbers["ne-10m"], numbers["ne-10m-world"]) in convoy.choices
    # Each source can be reached, and one of another lineage stands in only where there is none of the own.
    assert {each for choice in convoy.choices for each in choice} == set(range(len(lineages)))
    assert all(lineages[a] == lineages[b] for a, b in convoy.choices if lineages[a] in {"osm", "naturalearth"})


def test_one_border_has_a_choice_for_each_source():
    cast = Cast(geoinc.assess(geoinc.load_incident("tz-98d"), only=["osm", "naturalearth"]))
    assert cast.choices == tuple((number,) for number in range(len(cast.data.sources)))


def test_two_borders_of_one_source_keep_two_distances():
    cast = cast_of(WORLD)
    drawing = draw(cast.data, cast)
    held = payload(cast, drawing, ())
    position = held["claims"][0]
    ways = [feature for feature in drawing.features if feature.kind == "connector" and feature.sources == (0,)]
    lengths = {held["lengths"][str(feature.number)] for feature in ways}
    assert len(lengths) == 2
    assert {text for text, _ in position["distances"]["0"]} == lengths
    assert {border for _, border in position["distances"]["0"]} == {"France and Spain", "France and Italy"}


def test_the_legend_says_which_source_draws_the_other_border(convoy):
    page = render_map(convoy.data)
    assert page.count(" data-source=") == len(convoy.choices)
    assert "Mali and Niger: OpenStreetMap, July 2026, all countries, simplified" in page
    held = json.loads(re.search(r'id="gi-data">(.*?)</script>', page, re.DOTALL)[1])
    assert held["choices"] == {str(choice[0]): list(choice) for choice in convoy.choices}
    assert [each["id"] for each in held["sources"]] == [source.id for source in convoy.data.sources]


DATELINE = """\
schema: geoinc/incident/1
id: dateline
title: Two positions beside the antimeridian
border: [FJI, TON]
parties:
  fiji: {name: Fiji, territory: FJI}
  tonga: {name: Tonga, territory: TON}
points:
  boat: {label: boat}
claims:
  - {id: m1, tag: M1, party: fiji, kind: position, point: boat, text: "16.5000S 179.9000E"}
  - {id: m2, tag: M2, party: tonga, kind: position, point: boat, text: "16.5000S 179.9000W"}
  - {id: t1, tag: T1, party: tonga, kind: track, positions: ["16.55S 179.95E", "16.55S 179.95W"]}
"""


@pytest.fixture
def dateline(tmp_path) -> Cast:
    def outline(code: str, west: float, east: float) -> dict:
        ring = [[west, -18], [east, -18], [east, -15], [west, -15], [west, -18]]
        return {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }

    file = tmp_path / "sea.geojson"
    shapes = [outline("FJI", 178, 179.98), outline("TON", 179.98, 180)]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": shapes}), encoding="utf-8")
    return cast_of(DATELINE, boundaries=[OwnFile(f"{file}::code", edges=Edges.PLANAR)])


def test_what_lies_on_both_sides_of_the_antimeridian_is_near(dateline):
    drawing = draw(dateline.data, dateline)
    west, _, east, _ = drawing.view_box_deg
    assert west < 179.9
    assert 180.1 < east < west + 2
    held = payload(dateline, drawing, ())
    assert [each["lon"] for each in held["claims"] if "lon" in each] == pytest.approx([179.9, 180.1])
    assert [each["lon"] for each in held["fixes"]] == pytest.approx([179.95, 180.05])
    assert all("179." in each["position"] for each in held["claims"] if "lon" in each)
    (track,) = (feature for feature in drawing.features if feature.kind == "track")
    assert track.geometry.bounds == pytest.approx((179.95, -16.55, 180.05, -16.55), abs=1e-4)
    svg = static_figure(drawing, dateline)
    assert svg.count("gi-dot") == 4
