"""The nearest point: cases done by hand, ends of the number range, and what it costs."""

import time

import numpy as np
import pytest
from pyproj import Geod

from geoinc.errors import GeometryError
from geoinc.geodesy import Edges, Line, direct, inverse, nearest

every_kind = pytest.mark.parametrize("edges", Edges)
CORNER = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]
"""East, then a left turn to the north."""


@every_kind
@pytest.mark.parametrize(
    ("position", "side", "edge"),
    [
        ((0.5, 0.5), 1, 0),
        ((0.5, -0.5), -1, 0),
        ((1.5, 0.5), -1, 1),
        ((0.7, 0.8), 1, 1),
        ((1.3, -0.3), -1, 0),  # beyond the corner: the vertex is nearest, on the outer side
        ((-0.5, 0.4), 1, 0),  # off the open ends, by the direction of the end edge
        ((-0.5, -0.4), -1, 0),
        ((0.8, 1.5), 1, 1),
        ((1.2, 1.5), -1, 1),
        ((0.4, 0.0), 0, 0),  # on the line
        ((1.0, 0.0), 0, 0),
        ((-0.5, 0.0), 0, 0),  # straight behind the open end: neither
        ((1.0, 1.5), 0, 1),
    ],
)
def test_sides_by_hand(edges, position, side, edge):
    found = nearest(Line([CORNER], edges), *position)
    assert found.side == side
    assert found.edge_index == edge
    back = nearest(Line([CORNER[::-1]], edges), *position)
    assert back.side == -side


@every_kind
def test_sharp_corners_and_spikes(edges):
    hairpin = Line([[(0.0, 0.0), (1.0, 0.0), (0.0, 0.05)]], edges)
    assert nearest(hairpin, 1.2, 0.0).side == -1
    assert nearest(hairpin, 1.2, 0.05).side == -1
    assert nearest(hairpin, 0.5, 0.01).side == 1
    spike = Line([[(0.0, 0.0), (1.0, 0.0), (0.0, 0.0)]], edges)
    assert nearest(spike, 1.2, 0.1).side == 0
    assert nearest(spike, 1.2, 0.1).edge_index == 0


@every_kind
def test_parts_that_meet_are_one_line_for_sides(edges):
    whole = Line([CORNER], edges)
    cut = Line([CORNER[1:], CORNER[:2]], edges)
    for position in [(1.3, -0.3), (1.001, -0.2), (0.9, 0.0001), (1.2, -0.001)]:
        assert nearest(whole, *position).side == nearest(cut, *position).side


@every_kind
def test_rings_turn_at_their_start_too(edges):
    ring = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
    found = nearest(Line([ring], edges), [-0.3, -0.1, 0.2], [-0.1, -0.3, 0.3])
    assert found.side.tolist() == [-1, -1, 1]


@every_kind
def test_equal_distances_go_to_the_lowest_edge(edges):
    parts = [[(1.0, -1.0), (1.0, 1.0)], [(-1.0, -1.0), (-1.0, 1.0)]]
    assert nearest(Line(parts, edges), 0.0, 0.0).edge_index == 0
    assert nearest(Line(parts[::-1], edges), 0.0, 0.0).edge_index == 0
    assert nearest(Line(parts[::-1], edges), 0.0, 0.0).lon_deg == pytest.approx(-1.0)


@every_kind
def test_across_the_antimeridian(edges):
    line = Line([[(179.0, 10.0), (-179.0, 10.5)]], edges)
    shifted = Line([[(-1.0, 10.0), (1.0, 10.5)]], edges)
    for lon, lat in [(0.2, 11.0), (-0.3, 9.0), (0.0, 10.3)]:
        here, there = nearest(line, lon + 180.0, lat), nearest(shifted, lon, lat)
        assert here.distance_m == pytest.approx(float(there.distance_m), abs=1e-7)
        assert here.side == there.side
        assert -180.0 <= here.lon_deg < 180.0
    # The same positions, written another way round.
    assert nearest(line, -179.8, 11.0).distance_m == pytest.approx(
        float(nearest(line, 180.2, 11.0).distance_m), abs=1e-7
    )
    assert nearest(Line([[(179.0, 10.0), (181.0, 10.5)]], edges), 180.2, 11.0).distance_m == pytest.approx(
        float(nearest(line, 180.2, 11.0).distance_m), abs=1e-7
    )


def test_over_the_pole():
    line = Line([[(0.0, 89.0), (180.0, 89.0)]], Edges.GEODESIC)
    found = nearest(line, 90.0, 89.5)
    assert found.lat_deg == pytest.approx(90.0, abs=1e-9)
    assert found.distance_m == pytest.approx(float(inverse(0.0, 90.0, 0.0, 89.5)[0]), abs=1e-6)
    circle = Line([[(lon, 80.0) for lon in (-180.0, -90.0, 0.0, 90.0, 180.0)]], Edges.PLANAR)
    assert nearest(circle, 12.0, 90.0).distance_m == pytest.approx(float(inverse(0, 90, 0, 80)[0]), abs=1e-6)


@every_kind
def test_scalars_arrays_and_nothing(edges):
    line = Line([CORNER], edges)
    found = nearest(line, 0.5, 0.5)
    assert all(getattr(found, name).shape == () for name in ("distance_m", "edge_index", "side", "chord_m"))
    assert nearest(line, np.zeros((2, 3)), np.ones((2, 1))).distance_m.shape == (2, 3)
    assert nearest(line, [], []).distance_m.shape == (0,)
    assert nearest(line, 0.5, 0.2).chord_m == pytest.approx(111_319.490_793, abs=1e-5)


@every_kind
def test_unknown_positions_stay_unknown(edges):
    found = nearest(Line([CORNER], edges), [np.nan, 0.5, 0.5], [0.0, np.nan, 0.5])
    assert np.isnan(found.distance_m).tolist() == [True, True, False]
    assert np.isnan(found.lon_deg).tolist() == [True, True, False]
    assert found.edge_index.tolist()[:2] == [-1, -1]
    assert found.side.tolist()[:2] == [0, 0]


@pytest.mark.parametrize(("lon", "lat"), [(0.0, 90.1), (541.0, 0.0), (np.inf, 0.0), (0.0, -np.inf)])
def test_positions_out_of_range_are_refused(lon, lat):
    with pytest.raises(GeometryError, match="position 1 is out of range"):
        nearest(Line([CORNER], Edges.GEODESIC), [0.0, lon], [0.0, lat])


def test_shapes_that_do_not_match_are_refused():
    with pytest.raises(GeometryError, match="matching shape"):
        nearest(Line([CORNER], Edges.GEODESIC), [0.0, 1.0], [0.0, 1.0, 2.0])


@every_kind
@pytest.mark.parametrize("off", [(0.0, 0.0), (0.02, -0.01), (0.3, 0.2), (-1.0, 0.5)])
def test_next_to_the_antipode_no_valley_is_missed(edges, off):
    """Geodesics of several families compete there; a dense sample is the judge."""
    line = Line([[(10.0, 12.0), (10.3, 12.1), (10.4, 11.9)]], edges)
    lon, lat = -170.0 + off[0], -12.0 + off[1]
    number = np.repeat([0, 1], 20_001)
    at_lon, at_lat, _, _ = line.curves.at(number, np.tile(np.linspace(0, 1, 20_001), 2))
    dense = inverse(lon, lat, at_lon, at_lat)[0].min()
    found = nearest(line, lon, lat)
    assert -1e-3 < dense - found.distance_m < 2.0
    assert found.distance_m <= dense + 1e-6


@every_kind
def test_what_it_costs(edges):
    """In processor time of one inverse per position, in the same process; absolute times say nothing here."""
    chance = np.random.default_rng(3)
    turn = np.cumsum(chance.normal(0, 0.2, 1_500))
    path = np.cumsum(np.column_stack([np.cos(turn), np.sin(turn)]), axis=0) * 0.006 + [2.0, 20.0]
    line = Line([path], edges)
    start = chance.integers(0, 1_500, 4_000)
    lon, lat = direct(*path[start].T, chance.uniform(0, 360, 4_000), chance.uniform(0, 200_000, 4_000))
    geod, found = Geod(ellps="WGS84"), nearest(line, lon, lat)

    def seconds(work):
        begin = time.process_time()
        work()
        return time.process_time() - begin

    ratios = [
        seconds(lambda: nearest(line, lon, lat))
        / seconds(lambda: [geod.inv(lon, lat, found.lon_deg, found.lat_deg) for _ in range(4)])
        * 4
        for _ in range(5)
    ]
    # Some 20 on an idle machine; what is caught here is a search that has lost its bounds.
    assert np.median(ratios) < 60
