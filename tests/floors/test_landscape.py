"""Rivers and towns behind the map: what is held, which towns are named, and that neither is ever evidence."""

from __future__ import annotations

import hashlib
import json
import math
import re
import zipfile
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

import geoinc
from geoinc.boundaries import load_catalogue
from geoinc.errors import BoundaryError
from geoinc.findings import AssessmentData
from geoinc.landscape import Landscape, Town, Water, landscape_within, towns_to_name
from geoinc.places import find_places
from geoinc.render import render_map

AROUND_IZMAYIL = (28.5, 45.1, 29.3, 45.6)


@pytest.fixture(scope="module")
def main() -> AssessmentData:
    return geoinc.assess(geoinc.load_incident("tz-98d"))


def town(number, lon, lat, population=None, name="Town"):
    return Town(number, name, "", "", "", "MLI", lon, lat, population)


def test_a_view_holds_its_rivers_and_towns_and_nothing_else():
    found = landscape_within(AROUND_IZMAYIL)
    window = shapely.box(*AROUND_IZMAYIL)
    assert {river.water for river in found.rivers} == {Water.RIVER}
    assert all(window.covers(river.geometry) for river in found.rivers)
    assert all(window.covers(shapely.Point(each.lon_deg, each.lat_deg)) for each in found.towns)
    izmayil = found.towns[0] if found.towns[0].name == "Izmayil" else found.towns[1]
    assert (izmayil.name, izmayil.name_local, izmayil.script, izmayil.territory) == ("Izmayil", "Ізмаїл", "Cyrl", "UKR")
    assert [each.id for each in found.credits] == ["wdb2-rivers", "geonames-towns"]


def test_the_wadi_north_of_tin_zaouatine_is_a_wadi():
    found = landscape_within((2.3, 20.0, 2.6, 20.6))
    assert [river.water for river in found.rivers] == [Water.WADI]
    assert found.towns == ()
    assert [each.id for each in found.credits] == ["wdb2-rivers"]


def test_a_river_goes_on_from_tile_to_tile():
    # The Danube crosses 45 N 20 E, where four tiles meet.
    found = landscape_within((19.0, 44.5, 21.0, 45.5))
    danube = next(river for river in found.rivers if river.rank <= 1).geometry
    assert danube.intersects(shapely.LineString([(20.0, 44.9), (20.0, 45.5)]))
    nearby = shapely.clip_by_rect(danube, 19.98, 44.5, 20.02, 45.5)
    assert len(shapely.get_parts(shapely.line_merge(nearby))) <= 2


def test_far_from_every_border_nothing_is_held():
    assert landscape_within((-140.0, -10.0, -139.0, -9.0)) == Landscape()
    assert landscape_within((134.0, -26.0, 135.0, -25.0)) == Landscape()


def test_a_view_over_the_antimeridian_gets_longitudes_of_its_own():
    west = landscape_within((-117.5, 32.2, -116.5, 32.8))
    east = landscape_within((242.5, 32.2, 243.5, 32.8))
    assert west.towns
    assert [each.number for each in west.towns] == [each.number for each in east.towns]
    assert east.towns[0].lon_deg == pytest.approx(west.towns[0].lon_deg + 360)
    shifted = shapely.transform(west.rivers[0].geometry, lambda points: points + np.array([360.0, 0.0]))
    assert shapely.hausdorff_distance(east.rivers[0].geometry, shifted) < 1e-9


def test_a_folder_without_landscape_gives_none():
    bare = replace(load_catalogue(), landscape={})
    assert landscape_within(AROUND_IZMAYIL, catalogue=bare) == Landscape()


def test_files_that_cannot_be_understood_are_named(tmp_path):
    catalogue = load_catalogue()
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("about.json", json.dumps({"tile_deg": 10, "tiles": []}))
    digest = hashlib.sha256(broken.read_bytes()).hexdigest()
    towns = replace(catalogue.landscape["towns"], file="broken.zip", sha256=digest)
    other = replace(catalogue, folder=tmp_path, files={"broken.zip": digest}, landscape={"towns": towns})
    with pytest.raises(BoundaryError, match=r"broken\.zip has tiles of 10 degrees"):
        landscape_within(AROUND_IZMAYIL, catalogue=other)


@pytest.mark.parametrize("kind", ["rivers", "towns"])
def test_archives_say_what_the_catalogue_says(kind):
    catalogue = load_catalogue()
    held = catalogue.landscape[kind]
    with zipfile.ZipFile(catalogue.folder / held.file) as archive:
        about = json.loads(archive.read("about.json"))
    assert (about["licence"], about["attribution"]) == (held.licence, held.attribution)
    assert about["derived_from"] == f"{held.package.registry} {held.package.name} {held.package.version}"
    assert catalogue.files[held.file] == held.sha256
    assert held.licence_file in catalogue.files
    assert "nothing is measured against it" in held.about


def test_towns_are_no_places():
    assert find_places("Kidal") == ()
    assert find_places("Izmayil") == ()


def test_a_smaller_view_shows_less_and_credits_less():
    found = landscape_within(AROUND_IZMAYIL)
    izmayil = next(each for each in found.towns if each.name == "Izmayil")
    lon, lat = izmayil.lon_deg, izmayil.lat_deg
    town_alone = found.within((lon - 0.001, lat - 0.001, lon + 0.001, lat + 0.001))
    assert (town_alone.rivers, town_alone.towns) == ((), (izmayil,))
    assert [each.id for each in town_alone.credits] == ["geonames-towns"]
    assert found.within((0.0, 0.0, 1.0, 1.0)) == Landscape()


def test_the_main_case_has_a_wadi_at_its_rim_and_no_place_of_it_is_a_town(main):
    assert {river.water for river in main.landscape.rivers} == {Water.WADI}
    assert not {place.name for place in main.places} & {each.name for each in main.landscape.towns}


SPOTS = st.lists(
    st.tuples(st.floats(0, 1), st.floats(45, 46), st.one_of(st.none(), st.integers(1, 10**6))), max_size=40
)


@given(SPOTS, st.integers(1, 9), st.randoms(use_true_random=False))
def test_named_towns_are_apart_and_do_not_depend_on_order(spots, most, random):
    towns = [town(number, lon, lat, population) for number, (lon, lat, population) in enumerate(spots)]
    box = (0.0, 45.0, 1.0, 46.0)
    named = towns_to_name(towns, box, most=most, apart=0.2)
    shuffled = list(towns)
    random.shuffle(shuffled)
    assert towns_to_name(shuffled, box, most=most, apart=0.2) == named
    assert len(named) <= most
    across = math.cos(math.radians(45.5))
    for place, one in enumerate(named):
        for other in named[:place]:
            assert math.hypot((one.lon_deg - other.lon_deg) * across, one.lat_deg - other.lat_deg) >= 0.2 * across
    # Whoever is left out has a larger or older neighbour that is named, unless the map is full.
    if len(named) < most:
        for left in set(towns) - set(named):
            assert any(
                math.hypot((left.lon_deg - one.lon_deg) * across, left.lat_deg - one.lat_deg) < 0.2 * across
                and (-(one.population or 0), one.number) < (-(left.population or 0), left.number)
                for one in named
            )


def test_no_town_is_named_where_something_else_stands():
    box = (0.0, 45.0, 1.0, 46.0)
    towns = [town(1, 0.5, 45.5, 9), town(2, 0.9, 45.9, 1)]
    assert [each.number for each in towns_to_name(towns, box, taken=[(0.51, 45.51)])] == [2]


def test_the_background_costs_the_page_of_the_main_case_little(main):
    without = render_map(replace(main, landscape=Landscape()))
    assert len(render_map(main).encode()) - len(without.encode()) < 8_000


def test_names_of_towns_are_text_on_the_page_and_an_arabic_page_puts_arabic_first(main):
    hostile = "</script><script>alert(1)</script>{{ 7*7 }}"
    west, south, east, north = main.view_box_deg
    kidal = Town(1, "Kidal", "كيدال", "Arab", "كيدال", "MLI", west + 0.02, south + 0.02, 5)
    strange = Town(2, hostile, hostile, "Arab", hostile, "MLI", east - 0.02, north - 0.02, 5)
    data = replace(main, landscape=replace(main.landscape, towns=(kidal, strange)))
    for lang, expected in (("en", ["Kidal", "كيدال", "und-Arab"]), ("ar", ["كيدال", "Kidal", "und-Latn"])):
        page = render_map(data, lang=lang)
        assert "<script>alert" not in page
        block = re.search(r'<script type="application/json" id="gi-data">(.*?)</script>', page, re.DOTALL)
        towns = {tuple(each[:3]) for each in json.loads(block[1])["towns"]}
        assert tuple(expected) in towns
        assert any(name == hostile for name, _, _ in towns)
