"""Control values of the main case, computed by independent programs, reproduced to the digits shown."""

from __future__ import annotations

import math

import pytest

import geoinc

WRECK = "19°52’04.738’’N 2°53’38.101’’E"
LINK = "19°51’50.526”N 2°53’36.099”E"
VOICES = ("osm-2026c", "dcw", "wdb2", "ne-10m")


def measured(position, sense, only=VOICES):
    border = geoinc.boundary("MLI", "DZA")
    found = geoinc.measure(geoinc.read_position(position), border, senses=[sense])
    return {each.source: each for each in found if each.source in only}


def kilometres(found):
    return [found[source].distance_m / 1000 for source in VOICES]


def test_separation_and_azimuth():
    from geoinc.geodesy import inverse

    link, wreck = geoinc.read_position(LINK), geoinc.read_position(WRECK)
    distance_m, azimuth_deg, _ = inverse(link.lon_deg, link.lat_deg, wreck.lon_deg, wreck.lat_deg)
    assert float(distance_m) == pytest.approx(440.893, abs=5e-4)
    assert float(azimuth_deg) == pytest.approx(7.59, abs=5e-3)


def test_the_method_alone_would_refute_the_separation():
    """A sphere and Web Mercator, computed here only: both fall outside the printed 440.5 to 441.5 m."""
    link, wreck = geoinc.read_position(LINK), geoinc.read_position(WRECK)
    lat1, lat2 = math.radians(link.lat_deg), math.radians(wreck.lat_deg)
    dlon = math.radians(wreck.lon_deg - link.lon_deg)
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(dlon / 2) ** 2
    haversine_m = 2 * 6_371_008.8 * math.asin(math.sqrt(h))
    dy = math.log(math.tan(math.pi / 4 + lat2 / 2)) - math.log(math.tan(math.pi / 4 + lat1 / 2))
    mercator_m = 6_378_137.0 * math.hypot(dlon, dy)
    assert haversine_m == pytest.approx(442.809, abs=5e-4)
    assert mercator_m == pytest.approx(471.355, abs=5e-4)


def test_wreck_to_the_line():
    found = measured(WRECK, "shortest")
    assert kilometres(found)[0] == pytest.approx(9.963, abs=5e-4)
    assert kilometres(found) == pytest.approx([9.963, 10.07, 10.29, 9.10], abs=5e-3)
    assert {each.territory for each in found.values()} == {"MLI"}


def test_link_loss_to_the_line():
    found = measured(LINK, "shortest")
    assert kilometres(found)[0] == pytest.approx(10.383, abs=5e-4)
    assert kilometres(found) == pytest.approx([10.383, 10.51, 10.71, 9.54], abs=5e-3)
    assert {each.territory for each in found.values()} == {"MLI"}


@pytest.mark.parametrize(("position", "expected_km"), [(WRECK, 10.815), (LINK, 11.486)])
def test_along_the_meridian(position, expected_km):
    found = measured(position, "meridian", only=("osm-2026c",))["osm-2026c"]
    assert found.distance_m / 1000 == pytest.approx(expected_km, abs=5e-4)
    assert found.azimuth_deg == 0.0


@pytest.mark.parametrize("position", [WRECK, LINK])
def test_a_coarse_source_turns_the_side_round_and_is_not_fit(position):
    coarse = measured(position, "shortest", only=("ne-110m",))["ne-110m"]
    assert coarse.territory == "DZA"
    assert coarse.signed_distance_m < 0
    assert not coarse.fit


@pytest.mark.parametrize(
    ("low_m", "high_m", "expected_km"),
    [
        (0.0, 2000.0, [9.96, 10.07, 10.29, 9.10]),
        (1500.0, 2500.0, [11.85, 11.57, 11.79, 10.60]),
        (2000.0, 2000.5, [12.37, 12.07, 12.29, 11.10]),
    ],
)
def test_wreck_to_ground_in_algeria_by_depth(incident, low_m, high_m, expected_km):
    from geoinc.intervals import Interval
    from geoinc.regions import least_distance_m

    claim = incident.claim("algeria-depth")
    border = geoinc.boundary(*claim.border)
    wreck = geoinc.read_position(WRECK)
    found = [
        least_distance_m(border[s], claim, wreck.lon_deg, wreck.lat_deg, distance=Interval(low_m, high_m))
        for s in VOICES
    ]
    assert [each / 1000 for each in found] == pytest.approx(expected_km, abs=6e-3)


def test_source_spread_in_the_area():
    """Median distance between OSM and Natural Earth 10m on longitudes 2.5 to 3.25, and the greatest one."""
    import numpy as np
    import shapely

    from geoinc.geodesy import nearest

    border = geoinc.boundary("MLI", "DZA")
    strip = shapely.box(2.5, 18.0, 3.25, 22.0)
    piece = shapely.segmentize(shapely.intersection(border["osm"].line, strip), 0.0005)
    lon, lat = shapely.get_coordinates(piece).T
    distance_m = nearest(border["ne-10m"].polyline(), lon, lat).distance_m
    assert 2100 < float(np.median(distance_m)) < 2500
    assert float(distance_m.max()) == pytest.approx(11_700, abs=30)
