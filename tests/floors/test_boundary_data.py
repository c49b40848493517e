"""The bundled lines and grounds: control values measured apart from the kernel, and their topology."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geoinc.boundaries import load_catalogue, open_border

GEOD = Geod(ellps="WGS84")
BORDER = open_border("MLI", "DZA")
ALL = tuple(BORDER)

MAURITANIA_TRIPOINT = (-4 - 50 / 60, 25.0)
NIGER_TRIPOINT = (4 + 16 / 60, 19 + 8 / 60 + 44 / 3600)


def shortest_km(source: str, lon: float, lat: float) -> float:
    """Distance to the line read as straight in longitude and latitude, by two rounds of brute force."""
    line = BORDER[source].line
    stations = shapely.get_coordinates(shapely.segmentize(line, 0.0005))
    for _ in range(2):
        _, _, distances = GEOD.inv(*np.broadcast_arrays(lon, lat, *stations.T))
        best = int(np.argmin(distances))
        around = shapely.LineString(stations[max(best - 1, 0) : best + 2])
        stations = shapely.get_coordinates(shapely.segmentize(around, around.length / 2000))
    return float(np.min(distances)) / 1000.0


def side(source: str, lon: float, lat: float) -> str | None:
    inside = [code for code, ground in BORDER[source].ground.items() if shapely.contains_xy(ground, lon, lat)]
    assert len(inside) < 2
    return inside[0] if inside else None


def edges_of(geometry: shapely.Geometry) -> set[frozenset[tuple[float, float]]]:
    rings = shapely.get_rings(shapely.get_parts(geometry)) if geometry.area else [geometry]
    return {
        frozenset((tuple(p), tuple(q)))
        for ring in rings
        for p, q in pairwise(shapely.get_coordinates(ring).tolist())
        if p != q
    }


@pytest.mark.parametrize(
    ("source", "vertices", "length_km"),
    [
        ("osm-2026c", 1803, 1365.6),
        ("osm-2020", 2589, 1365.7),
        ("osm-2017", 1774, 1365.7),
        ("dcw", 620, 1290.1),
        # 1286.5 km as the arcs stand: 241 m of it are the stretch that ran back on itself.
        ("wdb2", 1126, 1286.2),
        ("ne-10m", 196, 1266.1),
        ("ne-110m", 8, 1213.9),
    ],
)
def test_vertices_and_length(source: str, vertices: int, length_km: float) -> None:
    coordinates = shapely.get_coordinates(BORDER[source].line)
    assert len(coordinates) == vertices
    assert GEOD.line_length(*coordinates.T) / 1000.0 == pytest.approx(length_km, abs=0.051)


@pytest.mark.parametrize(
    ("source", "mauritania_km", "niger_km"),
    [
        ("osm-2026c", 0.0, 0.156),
        ("osm-2020", 0.0, 0.156),
        ("osm-2017", 0.0, 0.156),
        ("dcw", 0.19, 2.71),
        ("wdb2", 2.75, 2.25),
        ("ne-10m", 1.30, 4.02),
        ("ne-110m", 9.51, 1.08),
    ],
)
def test_tripoints_against_the_treaty(source: str, mauritania_km: float, niger_km: float) -> None:
    coordinates = shapely.get_coordinates(BORDER[source].line)
    for vertex, treaty, expected_km in (
        (coordinates[0], MAURITANIA_TRIPOINT, mauritania_km),
        (coordinates[-1], NIGER_TRIPOINT, niger_km),
    ):
        distance_km = GEOD.inv(*vertex, *treaty)[2] / 1000.0
        # The 1:110m file of this bundle is snapped to a grid of up to 0.4 km.
        assert distance_km == pytest.approx(expected_km, abs=0.2 if source == "ne-110m" else 0.0051)


TOWN = (2 + 58 / 60, 19 + 57 / 60 + 12 / 3600)
TOWN_FRENCH = (2 + 58 / 60 + 12 / 3600, 19 + 57 / 60 + 13 / 3600)
TWIN = (2 + 52 / 60 + 58 / 3600, 19 + 57 / 60 + 46 / 3600)
ROUNDED = (2.97, 19.95)
WRECK = (2 + 53 / 60 + 38.101 / 3600, 19 + 52 / 60 + 4.738 / 3600)
LINK_LOSS = (2 + 53 / 60 + 36.099 / 3600, 19 + 51 / 60 + 50.526 / 3600)


@pytest.mark.parametrize(
    ("place", "source", "territory", "expected_km"),
    [
        (TOWN, "osm-2026c", "DZA", 0.21),
        (TOWN, "osm-2020", "DZA", 0.21),
        (TOWN, "osm-2017", "DZA", 0.21),
        (TOWN, "wdb2", "DZA", 0.369),
        (TOWN, "dcw", "DZA", 0.400),
        (TOWN, "ne-10m", "DZA", 2.06),
        (TOWN, "ne-110m", "DZA", 20.4),
        (TOWN_FRENCH, "osm-2026c", "DZA", 0.140),
        (TOWN_FRENCH, "wdb2", "DZA", 0.486),
        (TOWN_FRENCH, "dcw", "DZA", 0.534),
        (TOWN_FRENCH, "ne-10m", "DZA", 2.225),
        (TWIN, "osm-2026c", "MLI", 0.188),
        (TWIN, "wdb2", "DZA", 0.029),
        (TWIN, "dcw", "DZA", 0.120),
        (TWIN, "ne-10m", "DZA", 0.93),
        (TWIN, "ne-110m", "DZA", 18.3),
        (ROUNDED, "osm-2026c", "MLI", 0.245),
        (ROUNDED, "wdb2", "DZA", 0.124),
        (ROUNDED, "dcw", "DZA", 0.152),
        (ROUNDED, "ne-10m", "DZA", 1.86),
        ((1.80551, 20.4408), "osm-2026c", "DZA", 11.19),
        ((1.80551, 20.4408), "wdb2", "DZA", 11.20),
        ((1.80551, 20.4408), "dcw", "DZA", 11.26),
        ((1.80551, 20.4408), "ne-10m", "DZA", 13.45),
        ((1.80551, 20.4408), "ne-110m", "MLI", 9.79),
        ((0.93, 21.33), "osm-2026c", "DZA", 5.51),
        ((0.93, 21.33), "wdb2", "DZA", 7.33),
        ((0.93, 21.33), "dcw", "DZA", 6.03),
        ((0.93, 21.33), "ne-10m", "DZA", 7.87),
        (WRECK, "osm-2026c", "MLI", 9.963),
        (WRECK, "dcw", "MLI", 10.07),
        (WRECK, "wdb2", "MLI", 10.29),
        (WRECK, "ne-10m", "MLI", 9.10),
        (LINK_LOSS, "osm-2026c", "MLI", 10.383),
        (LINK_LOSS, "dcw", "MLI", 10.51),
        (LINK_LOSS, "wdb2", "MLI", 10.71),
        (LINK_LOSS, "ne-10m", "MLI", 9.54),
    ],
)
def test_distance_and_side(place: tuple[float, float], source: str, territory: str, expected_km: float) -> None:
    digits = len(f"{expected_km}".partition(".")[2])
    tolerance = 0.15 if source == "ne-110m" else 0.51 * 10.0**-digits
    assert side(source, *place) == territory
    assert shortest_km(source, *place) == pytest.approx(expected_km, abs=tolerance)


@pytest.mark.parametrize("place", [WRECK, LINK_LOSS])
def test_the_coarse_source_turns_the_wreck_round(place: tuple[float, float]) -> None:
    assert side("ne-110m", *place) == "DZA"


@pytest.mark.parametrize("source", ALL)
def test_every_edge_of_the_line_is_in_both_outlines(source: str) -> None:
    line = BORDER[source]
    own = edges_of(line.line)
    assert len(own) > 6
    for ground in line.ground.values():
        assert own <= edges_of(ground)


@pytest.mark.parametrize("source", ALL)
def test_grounds_are_valid_apart_and_within_the_window(source: str) -> None:
    line = BORDER[source]
    mali, algeria = line.ground["MLI"], line.ground["DZA"]
    for ground in (mali, algeria):
        assert shapely.is_valid(ground)
        assert ground.geom_type == "Polygon"
        assert not ground.interiors
        assert shapely.is_ccw(ground.exterior)
        assert shapely.covers(line.window, ground)
    assert shapely.relate(mali, algeria)[0] == "F"


@pytest.mark.parametrize("source", ALL)
def test_line_is_simple_and_has_algeria_on_its_left(source: str) -> None:
    line = BORDER[source]
    assert shapely.is_simple(line.line)
    directed = {
        (tuple(p), tuple(q)) for p, q in pairwise(shapely.get_coordinates(line.ground["DZA"].exterior).tolist())
    }
    own = [(tuple(p), tuple(q)) for p, q in pairwise(shapely.get_coordinates(line.line).tolist()) if p != q]
    assert set(own) <= directed


@pytest.mark.parametrize("source", ALL)
def test_edges_along_the_window_are_short(source: str) -> None:
    line = BORDER[source]
    west, south, east, north = line.window.bounds
    for ground in line.ground.values():
        for p, q in pairwise(shapely.get_coordinates(ground.exterior).tolist()):
            along_meridian = p[0] == q[0] and p[0] in (west, east)
            along_parallel = p[1] == q[1] and p[1] in (south, north)
            if along_meridian or along_parallel:
                assert np.hypot(p[0] - q[0], p[1] - q[1]) <= 0.1 + 1e-9


@pytest.mark.parametrize("source", ALL)
def test_window_reaches_200_km_beyond_the_line(source: str) -> None:
    line = BORDER[source]
    vertices = shapely.get_coordinates(line.line)
    around = shapely.get_coordinates(shapely.segmentize(line.window.exterior, 0.1))
    nearest_km = min(
        float(np.min(GEOD.inv(*np.broadcast_arrays(lon, lat, *around.T))[2])) / 1000.0 for lon, lat in vertices[::5]
    )
    assert nearest_km > 200.0


@given(
    source=st.sampled_from(ALL),
    lon=st.floats(-8.0, 7.4, allow_nan=False),
    lat=st.floats(16.0, 28.0, allow_nan=False),
)
def test_no_position_is_in_both_grounds(source: str, lon: float, lat: float) -> None:
    line = BORDER[source]
    assert line.covers(lon, lat)
    assert sum(bool(shapely.contains_xy(ground, lon, lat)) for ground in line.ground.values()) <= 1


@pytest.mark.parametrize(
    ("lon", "lat", "territory"),
    [
        (5.52, 22.79, "DZA"),  # Tamanrasset
        (5.517, 22.792, "DZA"),  # a pool there that one package cuts out
        (2.90, 19.998, "DZA"),  # another, 4 km from the line
        (0.0, 16.30, "MLI"),  # Gao, on the Niger
        (-3.0, 16.75, "MLI"),  # Timbuktu
        (-6.24, 23.09, "MLI"),
    ],
)
def test_water_is_ground(lon: float, lat: float, territory: str) -> None:
    for source in ALL[:-1]:
        assert side(source, lon, lat) == territory


def test_neither_territory_beyond_the_neighbours() -> None:
    for source in ALL:
        assert side(source, 6.5, 17.5) is None  # Niger
        assert side(source, -7.5, 20.0) is None  # Mauritania


@pytest.mark.parametrize(("source", "largest_m"), [("osm-2020", 70.0), ("osm-2017", 70.0), ("ne-10m", 11_700.0)])
def test_largest_gap_to_the_newest_openstreetmap(source: str, largest_m: float) -> None:
    # A degree of longitude is shorter: the figure in degrees brackets the one in metres.
    one, other = BORDER["osm-2026c"].line, BORDER[source].line
    gap_deg = max(
        float(np.max(shapely.distance(shapely.points(shapely.get_coordinates(shapely.segmentize(a, 0.01))), b)))
        for a, b in ((one, other), (other, one))
    )
    assert 0.9 * largest_m < gap_deg * 111_320.0 < 1.1 * largest_m


def test_figures_of_accuracy() -> None:
    catalogue = load_catalogue()
    charts = catalogue.source("dcw").accuracy
    assert charts is not None
    assert (charts.value_m, charts.coverage, charts.basis) == (2040.0, 0.90, "documented")
    assert charts.value_95_m == pytest.approx(2040.0 * 2.4477 / 2.1460, abs=1.0)
    natural_earth = catalogue.source("ne-10m").accuracy
    assert natural_earth is not None
    assert natural_earth.value_95_m == 2000.0
    for source in ("osm-2026c", "osm-2020", "osm-2017", "wdb2", "ne-110m"):
        assert catalogue.source(source).accuracy is None
    assert catalogue.lineages["osm"].assumed_accuracy_m == 250.0
    assert BORDER.assumed_accuracy_m("wdb2") is None
