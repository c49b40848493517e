"""What must hold for the nearest point of any line."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geoinc.geodesy import Edges, Line, direct, encloses, inverse, nearest, stations

kinds = st.sampled_from(list(Edges))
FIELDS = ("distance_m", "lon_deg", "lat_deg", "azimuth_deg", "edge_index", "chord_m", "side")


@st.composite
def walks(draw, most=8, longest_m=750_000.0):
    """Vertices of a walk from anywhere below latitude 80, in steps of one order of size."""
    lon, lat = draw(st.floats(-180, 180)), draw(st.floats(-80, 80))
    size_m = 10.0 ** draw(st.floats(1, np.log10(longest_m)))
    vertices = [(lon, lat)]
    for _ in range(draw(st.integers(1, most))):
        lon, lat = direct(lon, lat, draw(st.floats(0, 360)), size_m * draw(st.floats(0.1, 1)))
        vertices.append((float(lon), float(lat)))
    return vertices


@st.composite
def near(draw, vertices, reach_m=200_000.0):
    """A position round one of the vertices."""
    vertex = draw(st.sampled_from(vertices))
    distance_m = 10.0 ** draw(st.floats(0, np.log10(reach_m)))
    lon, lat = direct(*vertex, draw(st.floats(0, 360)), distance_m)
    return float(lon), float(lat)


@settings(deadline=None)
@given(st.data(), walks(), kinds)
def test_distances_differ_by_no_more_than_the_way_between(data, vertices, edges):
    line = Line([vertices], edges)
    one, other = data.draw(near(vertices, 3e6)), data.draw(near(vertices, 3e6))
    gap = abs(nearest(line, *one).distance_m - nearest(line, *other).distance_m)
    assert gap <= inverse(*one, *other)[0] + 1e-6


@settings(deadline=None)
@given(st.data(), walks(), kinds)
def test_the_nearest_point_is_there_and_nothing_is_nearer(data, vertices, edges):
    line = Line([vertices], edges)
    lon, lat = data.draw(near(vertices))
    found = nearest(line, lon, lat)
    distance, azimuth, _ = inverse(lon, lat, found.lon_deg, found.lat_deg)
    assert abs(distance - found.distance_m) < 1e-8
    assert azimuth == found.azimuth_deg
    assert nearest(line, found.lon_deg, found.lat_deg).distance_m < 1e-6
    on_lon, on_lat = stations(line, line.curve_length_m.sum() / 50)
    assert inverse(lon, lat, on_lon, on_lat)[0].min() >= found.distance_m - 1e-6


@settings(deadline=None)
@given(st.data(), walks(), kinds, st.floats(0.01, 0.99))
def test_a_vertex_put_on_an_edge_changes_nothing(data, vertices, edges, t):
    line = Line([vertices], edges)
    number = data.draw(st.integers(0, line.curves.lon1.size - 1))
    lon, lat, _, _ = line.curves.at(np.array([number]), np.array([t]))
    edge = int(line.long_edge[number])
    more = Line([[*vertices[: edge + 1], (lon[0], lat[0]), *vertices[edge + 1 :]]], edges)
    position = data.draw(near(vertices))
    before, after = nearest(line, *position), nearest(more, *position)
    assert abs(before.distance_m - after.distance_m) < 1e-6
    assert after.edge_index - before.edge_index in {0, 1}
    # Straight ahead of an open end there is no side, and rounding may give one.
    assume(before.distance_m > 1e-3 and before.side != 0 and after.side != 0)
    assert before.side == after.side


@settings(deadline=None)
@given(st.data(), walks(), kinds)
def test_reversing_the_line_flips_sides_and_keeps_distances(data, vertices, edges):
    position = data.draw(near(vertices, 3e6))
    forth, back = nearest(Line([vertices], edges), *position), nearest(Line([vertices[::-1]], edges), *position)
    assert abs(forth.distance_m - back.distance_m) < 1e-6
    assume(forth.distance_m > 1e-3 and forth.side != 0 and back.side != 0)
    way = inverse(forth.lon_deg, forth.lat_deg, back.lon_deg, back.lat_deg)[0]
    # Where two points are equally near, each direction may take its own.
    assume(way < 1e-2 and abs(forth.edge_index - (len(vertices) - 2 - back.edge_index)) <= 1)
    # A line that turns back on itself has two edges at one place, each with its own left.
    ways = [nearest(Line([edge], edges), *position).distance_m for edge in pairwise(vertices)]
    equally_near = [way for way in ways if way < forth.distance_m + 1e-6]
    at_vertex = min(inverse(forth.lon_deg, forth.lat_deg, *vertex)[0] for vertex in vertices) < 1e-6
    assume(len(equally_near) == 1 or at_vertex)
    assert forth.side == -back.side


@settings(max_examples=25, deadline=None)
@given(st.data(), walks(most=30), kinds, st.randoms(use_true_random=False))
def test_results_do_not_depend_on_company(data, vertices, edges, chance):
    """Order, chunks and threads: bit for bit the same, though the chunks here are of all sizes."""
    line = Line([vertices], edges)
    where = np.array([data.draw(near(vertices, 5e6)) for _ in range(4)])
    where = np.concatenate([where, where + 0.25, where[:, ::-1] / 2.5])
    whole = nearest(line, where[:, 0], where[:, 1])
    order = chance.sample(range(len(where)), len(where))
    permuted = nearest(line, where[order, 0], where[order, 1])
    for name in FIELDS:
        assert np.array_equal(getattr(permuted, name), getattr(whole, name)[order])
        for number in (0, len(where) - 1):
            alone = nearest(Line([vertices], edges), *where[number])
            assert getattr(alone, name).tobytes() == getattr(whole, name)[number].tobytes()


@pytest.mark.parametrize("edges", Edges)
def test_threads_and_chunks_give_the_same_bytes(edges):
    chance = np.random.default_rng(7)
    line = Line([np.column_stack([np.linspace(0, 5, 400), 20 + chance.normal(0, 0.05, 400)])], edges)
    lon, lat = chance.uniform(-2, 7, 3_000), chance.uniform(17, 23, 3_000)
    whole = nearest(line, lon, lat)
    with ThreadPoolExecutor(2) as pool:
        parts = list(pool.map(lambda part: nearest(line, lon[part], lat[part]), np.array_split(range(3_000), 7)))
    for name in FIELDS:
        assert np.concatenate([getattr(part, name) for part in parts]).tobytes() == getattr(whole, name).tobytes()


@st.composite
def stars(draw):
    """A counter-clockwise ring that every ray from its middle meets once, and positions round it."""
    lon, lat = draw(st.floats(-180, 180)), draw(st.floats(-75, 75))
    size_m = 10.0 ** draw(st.floats(2, 5.7))
    count = draw(st.integers(4, 14))
    turn = draw(st.floats(0, 360))
    azimuths = turn - 360.0 / count * np.arange(count)
    reach = [size_m * draw(st.floats(0.4, 1)) for _ in range(count)]
    ring_lon, ring_lat = direct(lon, lat, azimuths, reach)
    ring = np.column_stack([np.append(ring_lon, ring_lon[0]), np.append(ring_lat, ring_lat[0])])
    away = [size_m * draw(st.floats(0, 1.5)) for _ in range(6)]
    return ring, direct(lon, lat, [draw(st.floats(0, 360)) for _ in range(6)], away)


@settings(deadline=None)
@given(stars(), kinds)
def test_left_of_a_ring_is_inside(star, edges):
    """Two independent ways to the same answer: the turn of the line at its nearest point, and crossings counted."""
    ring, (lon, lat) = star
    line = Line([ring], edges)
    found = nearest(line, lon, lat)
    clear = found.distance_m > 1e-3
    assert np.array_equal((found.side == 1)[clear], encloses(line, lon, lat)[clear])
    assert (found.side[clear] != 0).all()
