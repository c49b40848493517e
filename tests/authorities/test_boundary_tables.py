"""The tables of the border of Mali and Algeria come out as another program found them."""

from __future__ import annotations

import math
from itertools import combinations

import boundary_tables as tables
import pytest

from geoinc.boundaries import (
    Near,
    Place,
    Stretch,
    Weigh,
    compare_lines,
    describe_line,
    edge_gaps,
    open_border,
)
from geoinc.boundaries.comparison import deviation
from geoinc.geodesy import Edges, Line, nearest, stations

BORDER = open_border("MLI", "DZA")


def rounded(value: float, unit: float) -> object:
    """Within 1 % of a value noted to a unit."""
    return pytest.approx(value, rel=0.01, abs=unit / 2)


def near(radius_km: float | None) -> Near | None:
    return None if radius_km is None else Near(*tables.TOWN, radius_km * 1000)


def window(part: object) -> Near | Stretch:
    if isinstance(part, int):
        return Near(*tables.TOWN, part * 1000)
    start, end = part
    return Stretch(Place(*start), Place(*end))


@pytest.mark.parametrize("source", tables.SHAPES)
def test_lines(source):
    vertices, length_km, median_km, mean_km, longest_km, *ends = tables.SHAPES[source]
    found = describe_line(BORDER[source])
    assert found.vertices == vertices
    assert found.length_m / 1000 == rounded(length_km, 0.1)
    assert found.spacing_median_m / 1000 == rounded(median_km, 0.01)
    assert found.spacing_mean_m / 1000 == rounded(mean_km, 0.01)
    assert found.spacing_max_m / 1000 == rounded(longest_km, 0.1)
    # The bundled 1:110m line stands on the grid of another carrier: 0.0036 by 0.0017 degrees.
    grid_deg = 1.8e-3 if source == "ne-110m" else 1.1e-5
    for place, (lon, lat) in zip(found.ends, ends, strict=True):
        assert (place.lon_deg, place.lat_deg) == pytest.approx((lon, lat), abs=grid_deg)


@pytest.mark.parametrize(
    ("radius_km", "pair"), [(radius, pair) for radius, pairs in tables.PAIRS.items() for pair in pairs]
)
def test_pairs(radius_km, pair):
    mean_km, greatest_km = tables.PAIRS[radius_km][pair]
    one, other = (BORDER[name].polyline() for name in pair)
    found = compare_lines(one, other, names=pair, window=near(radius_km), weigh=Weigh.POINTS)
    unit = 0.1 if "ne-110m" in pair else 0.01
    assert found.mean_m / 1000 == rounded(mean_km, unit)
    assert found.maximum_m / 1000 == rounded(greatest_km, unit)


@pytest.mark.parametrize(
    ("part", "source"), [(part, name) for part in tables.SECTORS for name in ("ne-10m", "dcw", "wdb2")]
)
def test_sectors(part, source):
    mean_m, percentile_m, greatest_m = tables.SECTORS[part][source]
    lines = (BORDER[name].polyline() for name in ("osm-2020", source))
    found = deviation(*lines, window=window(part), weigh=Weigh.POINTS)
    assert found.mean_m == rounded(mean_m, 1.0)
    assert found.percentile_95_m == rounded(percentile_m, 1.0)
    assert found.maximum_m == rounded(greatest_m, 1.0)


@pytest.mark.parametrize("pair", tables.VINTAGES)
def test_vintages_of_one_lineage(pair):
    one, other = (BORDER[name].polyline() for name in pair)
    assert compare_lines(one, other, names=pair).maximum_m == pytest.approx(tables.VINTAGES[pair], abs=1.5)


def accept(found_m: float, noted_m: float, chord_m: float) -> None:
    """Hold a gap to one taken from the ends of equal parts of an edge: those may lie half a part beside."""
    beside_m = chord_m / tables.EDGE_PARTS / 2
    unit = 0.5 if noted_m >= 42 else 0.05
    assert found_m <= noted_m + unit
    assert noted_m <= math.hypot(found_m, beside_m) * 1.01 + unit


@pytest.mark.parametrize("source", tables.EDGE_GAPS)
def test_readings_of_edges(source):
    noted = tables.EDGE_GAPS[source]
    longest_m = describe_line(BORDER[source]).spacing_max_m
    for gap, noted_m in zip(edge_gaps(BORDER[source]), noted[:3], strict=True):
        accept(gap.gap_m, noted_m, longest_m)
    accept(edge_gaps(BORDER[source], window=near(100))[0].gap_m, noted[3], longest_m)


def test_the_western_leg_as_one_edge():
    for (one, other), noted_m in zip(combinations(Edges, 2), tables.WESTERN_LEG_M, strict=True):
        curves = [Line([tables.WEST], edges) for edges in (one, other)]
        gap_m = float(nearest(curves[1], *stations(curves[0], 250.0)).distance_m.max())
        accept(gap_m, noted_m, 750_000.0)
