"""What must hold for the nearest point of any line, over a thousand random lines."""

import numpy as np
import pytest

from geoinc.geodesy import Edges, Engine, Line, direct, inverse, nearest

LINES = 1_000
POSITIONS = 6
CLOSE_M = 1e-6
FIELDS = ("distance_m", "lon_deg", "lat_deg", "azimuth_deg", "edge_index", "chord_m", "side")


def random_cases():
    """A thousand lines of one to three parts, edges from ten metres to 750 km, anywhere; positions up to 3,000 km."""
    chance = np.random.default_rng(20250401)
    kinds = list(Edges)
    for number in range(LINES):
        size_m = 10 ** chance.uniform(1, np.log10(750_000))
        parts = []
        lon, lat = chance.uniform(-180, 180), np.degrees(np.arcsin(chance.uniform(-0.99, 0.99)))
        for _ in range(chance.integers(1, 4)):
            count = int(chance.integers(2, 9))
            part = [(lon, lat)]
            for _ in range(count - 1):
                lon, lat = (float(v) for v in direct(lon, lat, chance.uniform(0, 360), size_m * chance.uniform(0.1, 1)))
                part.append((lon, lat))
            parts.append(part)
            lon, lat = (float(v) for v in direct(lon, lat, chance.uniform(0, 360), size_m * chance.uniform(0, 2)))
        line = Line(parts, kinds[number % 3])
        start = chance.integers(0, line.lon.size, POSITIONS)
        reach = np.exp(chance.uniform(0, np.log(3e6), POSITIONS))
        where = direct(line.lon[start], line.lat[start], chance.uniform(0, 360, POSITIONS), reach)
        yield line, *where, chance


@pytest.fixture(scope="module")
def cases():
    return [(line, lon, lat, chance, nearest(line, lon, lat)) for line, lon, lat, chance in random_cases()]


def test_a_thousand_lines(cases):
    assert len(cases) == LINES
    assert {line.edges for line, *_ in cases} == set(Edges)


def test_distances_differ_by_no_more_than_the_way_between(cases):
    for _, lon, lat, _, found in cases:
        way = inverse(lon[:-1], lat[:-1], lon[1:], lat[1:])[0]
        assert (np.abs(np.diff(found.distance_m)) <= way + CLOSE_M).all()


def test_the_nearest_point_lies_as_far_as_is_said_and_on_the_line(cases):
    for line, lon, lat, _, found in cases:
        assert np.abs(inverse(lon, lat, found.lon_deg, found.lat_deg)[0] - found.distance_m).max() < CLOSE_M
        assert nearest(line, found.lon_deg, found.lat_deg).distance_m.max() < CLOSE_M


def test_a_vertex_put_on_an_edge_changes_nothing(cases):
    for line, lon, lat, chance, found in cases:
        number = int(chance.integers(line.curves.lon1.size))
        on_lon, on_lat, _, _ = line.curves.at(np.array([number]), chance.uniform(0.01, 0.99, 1))
        edge = int(line.long_edge[number])
        vertex = int(line.first_vertex[edge])
        part = int(np.searchsorted(line.part_start, vertex, side="right")) - 1
        parts = [np.array(each) for each in line.parts]
        parts[part] = np.insert(parts[part], vertex - line.part_start[part] + 1, [on_lon[0], on_lat[0]], axis=0)
        after = nearest(Line(parts, line.edges), lon, lat)
        assert np.abs(after.distance_m - found.distance_m).max() < CLOSE_M
        assert set((after.edge_index - found.edge_index).tolist()) <= {0, 1}
        clear = (found.distance_m > 1e-3) & (found.side != 0) & (after.side != 0)
        assert np.array_equal(after.side[clear], found.side[clear])


def test_turning_the_line_round_flips_the_sides(cases):
    flipped = 0
    for line, lon, lat, _, found in cases:
        back = nearest(Line([np.array(part)[::-1] for part in line.parts[::-1]], line.edges), lon, lat)
        assert np.abs(back.distance_m - found.distance_m).max() < CLOSE_M
        # Where two places are equally near, each direction may take its own.
        same = inverse(found.lon_deg, found.lat_deg, back.lon_deg, back.lat_deg)[0] < 1.0
        clear = same & (found.distance_m > 1e-3) & (found.side != 0) & (back.side != 0)
        turned = line.edge_count - 1 - back.edge_index
        clear &= np.abs(turned - found.edge_index) <= 1
        assert np.array_equal(back.side[clear], -found.side[clear])
        flipped += int(clear.sum())
    assert flipped > 0.9 * LINES * POSITIONS


def test_the_order_of_parts_only_moves_the_numbers_of_edges(cases):
    for line, lon, lat, _, found in cases:
        other = nearest(Line(line.parts[::-1], line.edges), lon, lat)
        assert np.abs(other.distance_m - found.distance_m).max() < 1e-8
        counts = [len(part) - 1 for part in line.parts]
        first = np.concatenate([[0], np.cumsum(counts)])
        other_first = np.concatenate([[0], np.cumsum(counts[::-1])])
        part = np.searchsorted(first, found.edge_index, side="right") - 1
        moved = found.edge_index - first[part] + other_first[len(counts) - 1 - part]
        assert np.array_equal(other.edge_index, moved)


def test_the_order_of_positions_changes_no_bit(cases):
    for line, lon, lat, chance, found in cases:
        order = chance.permutation(POSITIONS)
        again = nearest(line, lon[order], lat[order])
        for name in FIELDS:
            assert getattr(again, name).tobytes() == getattr(found, name)[order].tobytes()


def test_the_compiled_engine_finds_the_same_in_any_order(cases):
    """What holds for the reference then holds for it, too."""
    pytest.importorskip("numba")
    for line, lon, lat, chance, plain in cases:
        fast = nearest(line, lon, lat, engine=Engine.COMPILED)
        assert np.abs(plain.distance_m - fast.distance_m).max() < CLOSE_M
        assert np.array_equal(plain.edge_index, fast.edge_index)
        assert np.array_equal(plain.side, fast.side)
        order = chance.permutation(POSITIONS)
        again = nearest(line, lon[order], lat[order], engine=Engine.COMPILED)
        for name in FIELDS:
            assert getattr(again, name).tobytes() == getattr(fast, name)[order].tobytes()
