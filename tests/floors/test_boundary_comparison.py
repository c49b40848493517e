"""How far drawings of one border lie apart: against plain geometry, and what must hold of any two lines."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoinc.boundaries import Near, Place, Stretch, Weigh, compare_border, compare_lines, open_border
from geoinc.boundaries.comparison import deviation
from geoinc.cli import main
from geoinc.geodesy import Edges, Line, direct, inverse, length_m, nearest, stations

BORDER = open_border("MLI", "DZA")
LON, LAT = 10.0, 30.0


def line(*points: tuple[float, float]) -> Line:
    return Line([points], Edges.GEODESIC)


def away(azimuth_deg: float, distance_m: float) -> tuple[float, float]:
    lon, lat = direct(LON, LAT, azimuth_deg, distance_m)
    return float(lon), float(lat)


def test_a_spike_is_the_greatest_distance_and_lies_at_its_tip():
    straight = line(away(270, 40_000), away(90, 40_000))
    spiked = line(away(270, 40_000), (LON, LAT), away(0, 5_000), (LON, LAT), away(90, 40_000))
    found = compare_lines(straight, spiked, names=("straight", "spiked"))
    assert found.forward.maximum_m < 10.0
    assert found.backward.maximum_m == pytest.approx(5_000, abs=5.0)
    place = found.greatest.place
    assert float(inverse(place.lon_deg, place.lat_deg, *away(0, 5_000))[0]) < 5.0
    assert found.maximum_m == found.backward.maximum_m


def test_mean_and_percentile_weigh_metres_not_vertices():
    """Half of the line lies 1 km off, but holds all of the vertices."""
    base = line(away(270, 60_000), away(90, 60_000))
    start, middle = away(270, 20_000), (LON, LAT)
    dense = [direct(lon, lat, 0.0, 1_000.0) for lon, lat in (away(90, way) for way in range(0, 20_000, 20))]
    offset = Line([[start, middle], [(float(lon), float(lat)) for lon, lat in dense]], Edges.GEODESIC)
    by_length = deviation(offset, base)
    by_points = deviation(offset, base, weigh=Weigh.POINTS)
    assert by_length.mean_m == pytest.approx(500, rel=0.01)
    assert by_points.mean_m > 700
    assert by_length.percentile_95_m == pytest.approx(1_000, rel=0.01)
    assert by_length.length_m == pytest.approx(length_m(offset), rel=1e-9)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_greatest_distance_against_a_fine_comb(seed):
    random = np.random.default_rng(seed)
    walks = [
        np.cumsum(random.normal(0, 0.05, size=(12, 2)), axis=0) + np.array([LON, LAT]) + random.normal(0, 0.1, 2)
        for _ in range(2)
    ]
    one, other = (Line([walk], Edges.PLANAR) for walk in walks)
    found = deviation(one, other)
    comb = nearest(other, *stations(one, 20.0)).distance_m.max()
    assert comb - 1.0 <= found.maximum_m <= comb + 20.0
    assert found.mean_m <= found.percentile_95_m * 20
    assert found.percentile_95_m <= found.maximum_m
    there = float(nearest(other, found.place.lon_deg, found.place.lat_deg).distance_m)
    assert there == pytest.approx(found.maximum_m, abs=1e-6)


def test_a_line_lies_at_no_distance_from_itself_and_order_does_not_matter():
    polyline = BORDER["ne-110m"].polyline()
    same = deviation(polyline, polyline)
    assert (same.mean_m, same.maximum_m) == (pytest.approx(0.0, abs=1e-6), pytest.approx(0.0, abs=1e-6))
    near = Near(2.96667, 19.95333, 20_000.0)
    there, back = (
        compare_lines(BORDER[a].polyline(), BORDER[b].polyline(), names=(a, b), window=near)
        for a, b in (("osm", "dcw"), ("dcw", "osm"))
    )
    assert (there.forward, there.backward) == (back.backward, back.forward)
    assert there.mean_m == back.mean_m


def test_windows():
    polyline = BORDER["osm-2026c"].polyline()
    near = Near(2.96667, 19.95333, 25_000.0)
    inside = deviation(polyline, BORDER["dcw"].polyline(), window=near)
    # A wadi winds: the line inside is longer than the way across, and shorter than the whole.
    assert 50_000 < inside.length_m < 60_000
    assert float(inverse(2.96667, 19.95333, inside.place.lon_deg, inside.place.lat_deg)[0]) <= 25_000
    nowhere = compare_border(BORDER, ["osm", "dcw"], window=Near(20.0, 10.0, 5_000.0))[0]
    assert (nowhere.mean_m, nowhere.greatest) == (None, None)


def test_stretches_of_a_line_add_up():
    polyline, other = BORDER["osm-2026c"].polyline(), BORDER["ne-10m"].polyline()
    start, middle, end = Place(-4.83333, 25.0), Place(1.1666, 21.1164), Place(4.26671, 19.14415)
    west = deviation(polyline, other, window=Stretch(start, middle))
    east = deviation(polyline, other, window=Stretch(end, middle))
    whole = deviation(polyline, other)
    assert west.length_m + east.length_m == pytest.approx(whole.length_m, abs=200.0)
    mean = (west.mean_m * west.length_m + east.mean_m * east.length_m) / (west.length_m + east.length_m)
    assert mean == pytest.approx(whole.mean_m, rel=1e-3)
    assert max(west.maximum_m, east.maximum_m) == pytest.approx(whole.maximum_m, abs=1.0)


def compared(capsys, *arguments: str) -> dict:
    assert main(["boundaries", "compare", "MLI", "DZA", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_command_says_what_the_library_finds(capsys):
    found = compared(
        capsys, "--near", "19.95333N 2.96667E", "--radius", "25 km", "--only", "osm-2026c", "--only", "wdb2"
    )
    assert found["window"] == {"lon_deg": 2.96667, "lat_deg": 19.95333, "radius_m": 25_000.0}
    (pair,) = found["comparisons"]
    near = Near(2.96667, 19.95333, 25_000.0)
    expected = compare_border(BORDER, ["osm-2026c", "wdb2"], window=near)[0]
    assert (pair["mean_m"], pair["percentile_95_m"]) == (expected.mean_m, expected.percentile_95_m)
    assert pair["maximum_at"] == {
        "lon_deg": expected.greatest.place.lon_deg,
        "lat_deg": expected.greatest.place.lat_deg,
    }
    assert not pair["correlated"]
    assert {each["source"] for each in found["edge_readings"]} == {"osm-2026c", "wdb2"}


def test_the_command_names_correlated_lineages(capsys):
    found = compared(capsys, "--near", "20N 3E", "--radius", "10 km", "--only", "dcw", "--only", "wdb2")
    assert found["comparisons"][0]["correlated"]


@pytest.mark.parametrize(
    ("arguments", "code", "fragment"),
    [
        (("--radius", "10 km"), 2, "--near"),
        (("--near", "20N 3E", "--radius", "more than 3 km"), 2, "above 0"),
        (("--near", "20N 3E", "--along", "20N 3E", "21N 2E"), 2, "one of them"),
        (("--near", "10N 20E", "--radius", "5 km"), 4, "no source"),
        (("--near", "nowhere"), 3, "nowhere"),
    ],
)
def test_what_cannot_be_compared_is_told(capsys, arguments, code, fragment):
    assert main(["boundaries", "compare", "MLI", "DZA", *arguments]) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert fragment in captured.err
