"""What the pictures show where there are two borders, water, a track, or two positions side by side."""

from __future__ import annotations

import re

import pytest
import shapely

import geoinc
from geoinc.figures.sheet import _FINE, compose
from geoinc.incident import parse_incident
from geoinc.measurement import Sense
from geoinc.render.cards import finding_groups, party_cards
from geoinc.render.drawing import draw
from geoinc.render.figure import _Figure, _Plate, static_figure
from geoinc.render.roles import Cast
from geoinc.render.strip import strip_of, strips_of
from geoinc.render.tables import distance_tables

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
  - {id: m2, tag: M2, party: mali, kind: border_distance, point: convoy, distance: 12 km, territory: MLI,
     border: [MLI, NER]}
  - {id: n1, tag: N1, party: niger, kind: border_distance, point: convoy, distance: 3 km, territory: NER,
     border: [MLI, NER]}
  - {id: a1, tag: A1, party: algeria, kind: border_distance, point: convoy, distance: 5 km, territory: DZA,
     border: [MLI, DZA]}
"""

NORTH = """\
schema: geoinc/incident/1
id: north
title: Far north
border: [NOR, RUS]
parties:
  nor: {name: Norway, territory: NOR}
points:
  ship: {label: ship}
claims:
  - {id: n1, tag: N1, party: nor, kind: position, point: ship, text: "69.70N 30.60E"}
"""


@pytest.fixture(scope="module")
def convoy() -> Cast:
    return Cast(geoinc.assess(parse_incident(CONVOY, name="three.yaml"), only=["osm", "naturalearth"]))


def test_two_borders_never_share_a_strip(convoy):
    first, second = strips_of(convoy)
    assert first.sides == ("DZA", "MLI")
    assert second.sides == ("MLI", "NER")
    assert strip_of(convoy) == first
    for strip, pair in ((first, ("DZA", "MLI")), (second, ("MLI", "NER"))):
        row = strip.groups[0].rows[0]
        assert row.claim.tag == "M1"
        wanted = {
            abs(each.signed_distance_m)
            for each in convoy.data.measurements["m1"]
            if each.border == pair and each.sense is Sense.SHORTEST
        }
        assert wanted
        assert {abs(tick.metres) for tick in row.ticks} == wanted
    tags = [[row.claim.tag for group in strip.groups for row in group.rows] for strip in (first, second)]
    assert tags == [["M1", "A1"], ["M1", "M2", "N1"]]


def test_a_table_holds_one_border(convoy):
    first, second = distance_tables(convoy)
    assert (first.border, second.border) == ("Mali and Algeria", "Mali and Niger")
    assert len(first.rows) + len(second.rows) == len(convoy.data.sources)
    titles = {row.title for row in first.rows} & {row.title for row in second.rows}
    assert not titles


def test_the_figure_draws_what_its_key_names_on_both_borders(convoy):
    texts = [each.text for each in compose(convoy.data).tree.iter() if each.text]
    drawn = static_figure(draw(convoy.data, convoy), convoy, width=514)
    for tag in ("M2 12 km", "N1 3 km", "A1 5 km"):
        assert any(text.startswith(tag) for text in texts), tag
        assert tag in drawn


def test_ground_of_neither_is_no_ground_on_which_sources_differ():
    cast = Cast(geoinc.assess(parse_incident(NORTH, name="north.yaml")))
    (spread,) = [each.geometry for each in draw(cast.data, cast).features if each.kind == "spread"]
    # Open water of the Varangerfjord: one source holds it as ground of Norway, the other ends at the coast.
    assert not shapely.contains_xy(shapely.make_valid(spread), 30.5, 69.84)


def test_a_polygon_that_crosses_itself_is_cut_as_what_it_is():
    plate = _Plate((0.0, 0.0, 1.0, 1.0), 500.0)
    bow = shapely.Polygon([(-2.0, 0.4), (3.0, 0.6), (3.0, 0.4), (-2.0, 0.6)])
    assert not bow.is_valid
    assert plate.clip(bow).area < 0.1


def test_sources_differ_on_a_strip_and_not_on_all_the_rest():
    cast = Cast(geoinc.assess(geoinc.load_incident("vehicle-tinzawaten")))
    drawing = draw(cast.data, cast)
    figure = _Figure(drawing, cast, 514.0)
    (spread,) = [figure.plate.clip(each.geometry) for each in drawing.features if each.kind == "spread"]
    assert spread.area < 0.15 * shapely.box(*drawing.view_box_deg).area
    assert any(each.text == "where the sources differ" for each in compose(cast.data).tree.iter())


def test_a_printed_track_says_where_to_look():
    assessment = geoinc.assess(geoinc.load_incident("flight-across"))
    opening = draw(assessment, Cast(assessment)).opening
    assert opening.placed
    frame = shapely.box(*opening.view_box_deg)
    (track,) = [claim for claim in assessment.incident.claims if claim.id == "seen"]
    assert all(frame.contains(shapely.Point(each.lon_deg, each.lat_deg)) for each in track.positions)


def test_a_label_stands_nearest_to_its_own_dot():
    cast = Cast(geoinc.assess(geoinc.load_incident("tz-98d"), only=["osm-2026c"]))
    drawn = str(static_figure(draw(cast.data, cast), cast, width=514))
    labels = {name: float(y) for y, name in re.findall(r'<text x="[^"]*" y="([^"]*)"[^>]*>(M[13] [^<]*)</text>', drawn)}
    north, south = sorted(float(y) for y in re.findall(r'<rect x="[^"]*" y="([^"]*)"[^>]*class="gi-dot', drawn))
    # The wreckage lies 441 m north of the last data link.
    assert labels["M1 wreckage"] < north + 6
    assert labels["M3 last data link"] > south


def test_what_was_measured_is_written_as_everywhere_else():
    cast = Cast(geoinc.assess(geoinc.load_incident("coarse-square")))
    strip = strip_of(cast)
    captions = {row.claim.tag: row.caption for group in strip.groups for row in group.rows}
    assert captions["S1"] == "measured: 3.14 km inside Algeria"


def test_a_card_holds_what_a_track_says():
    assessment = geoinc.assess(geoinc.load_incident("flight-across"))
    cast = Cast(assessment)
    parties = party_cards(cast, finding_groups(cast), frozenset())
    read = {card.tag: card.read_as for party in parties for card in party.cards}
    assert read["S1"] == "never left Mali"
    assert "20.10000°N 2.90000°E at 1 April 2025, 23:15 UTC" in read["W1"]
    assert "stated length 60 km" in read["W1"]


def test_a_printed_ribbon_keeps_the_width_of_its_rounding():
    assessment = geoinc.assess(geoinc.load_incident("tz-98d"), only=["osm-2026c"])
    cast = Cast(assessment)
    drawing = draw(assessment, cast)
    plate = _Figure(drawing, cast, 514.0, _FINE).plate
    (number,) = [place for place, claim in enumerate(assessment.incident.claims) if claim.tag == "M2"]
    (ribbon,) = [each.geometry for each in drawing.features if each.claim == number and each.kind == "ribbon"]
    edge = shapely.intersection(plate.clip(ribbon).boundary, shapely.box(*drawing.view_box_deg))
    lon, lat = shapely.get_coordinates(shapely.segmentize(edge, 0.002)).T
    found = geoinc.distances(lon, lat, geoinc.boundary("MLI", "DZA")["osm-2026c"]).distance_m
    assert found.min() > 9410.0
    assert found.max() < 9590.0


def test_the_grid_lies_over_every_ground(convoy):
    drawn = str(static_figure(draw(convoy.data, convoy), convoy, width=514))
    assert drawn.count("gi-grid") == 1
    assert drawn.rindex("gi-ground") < drawn.index("gi-grid") < drawn.index("gi-line")
