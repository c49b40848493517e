"""The compiled engine beside the reference: who is asked, where they agree, and what happens without numba."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import geoinc
from geoinc.errors import GeometryError, UsageError
from geoinc.geodesy import Edges, Engine, Line, direct, inverse, nearest
from geoinc.geodesy import engine as engines
from geoinc.geodesy.engine import choose_engine, count_threads
from geoinc.geodesy.tree import grow_tree

HOME = Path(__file__).parents[2]
FIELDS = ("distance_m", "lon_deg", "lat_deg", "azimuth_deg", "edge_index", "chord_m", "side")
CORNER = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]
every_kind = pytest.mark.parametrize("edges", Edges)


def rough_line(edges, count=600, lat=20.0, step=0.02, seed=5):
    chance = np.random.default_rng(seed)
    turn = np.cumsum(chance.normal(0, 0.5, count))
    path = np.cumsum(np.column_stack([np.cos(turn), np.sin(turn)]), axis=0) * step + [2.0, lat]
    return Line([path[: count // 2], path[count // 2 :]], edges)


def places_round(line, count, reach_m=200_000.0, seed=6):
    chance = np.random.default_rng(seed)
    start = chance.integers(0, line.lon.size, count)
    distance = np.exp(chance.uniform(np.log(1e-4), np.log(reach_m), count))
    return direct(line.lon[start], line.lat[start], chance.uniform(0, 360, count), distance)


def assert_agree(line, lon, lat, tolerance_m=1e-6):
    plain = nearest(line, lon, lat)
    fast = nearest(line, lon, lat, engine=Engine.COMPILED)
    assert np.abs(fast.distance_m - plain.distance_m).max() < tolerance_m
    assert np.array_equal(fast.edge_index, plain.edge_index)
    assert np.array_equal(fast.side, plain.side)
    assert np.array_equal(fast.chord_m, plain.chord_m)
    off = inverse(fast.lon_deg, fast.lat_deg, plain.lon_deg, plain.lat_deg)[0]
    assert (off <= 0.05 + 1e-7 * plain.distance_m).all()
    # Off along the line by so much, the way is no longer: the nearest point is where the line runs square to it.
    assert np.abs(inverse(lon, lat, fast.lon_deg, fast.lat_deg)[0] - fast.distance_m).max() < tolerance_m


@pytest.fixture
def numba():
    return pytest.importorskip("numba")


def test_a_call_chooses_by_its_size_alone(monkeypatch):
    monkeypatch.setattr(engines, "find_spec", lambda _: True)
    assert choose_engine(Engine.AUTO, 99_999) is Engine.NUMPY
    assert choose_engine(Engine.AUTO, 100_000) is Engine.COMPILED
    assert choose_engine(Engine.COMPILED, 1) is Engine.COMPILED
    assert choose_engine(Engine.NUMPY, 10**9) is Engine.NUMPY


def test_without_numba_the_reference_serves_and_the_compiled_engine_is_refused(monkeypatch):
    monkeypatch.setattr(engines, "find_spec", lambda _: None)
    assert choose_engine(Engine.AUTO, 10**9) is Engine.NUMPY
    with pytest.raises(UsageError, match=r"geoinc\[fast\]"):
        nearest(Line([CORNER], Edges.PLANAR), 0.5, 0.5, engine=Engine.COMPILED)


def test_there_is_a_processor():
    assert count_threads() >= 1


@every_kind
def test_both_agree_round_a_rough_line(numba, edges):
    line = rough_line(edges)
    assert_agree(line, *places_round(line, 6_000))


@every_kind
def test_both_agree_far_away(numba, edges):
    line = rough_line(edges)
    assert_agree(line, *places_round(line, 300, 19e6, seed=7))


@every_kind
@pytest.mark.parametrize(
    "part",
    [
        [(179.0, 10.0), (-179.0, 10.5), (-178.5, 10.4)],
        [(10.0, 82.0), (35.0, 84.5), (80.0, 86.0), (150.0, 88.5), (-160.0, 89.5)],
        [(0.0, 89.0), (60.0, 89.95), (179.0, 88.0)],
        [(-4.83333, 25.0), (1.1666, 21.1164)],
        [(28.0, 0.0), (29.5, 0.0), (29.5, 0.0), (30.0, 1.2)],
        [(0.0, 0.0), (1.0, 0.0), (0.0, 0.0)],
        [(10.0, -70.0), (20.0, -70.0), (20.0, -71.0), (10.0, -70.0)],
    ],
    ids=["antimeridian", "arctic", "pole", "one long edge", "no length", "spike", "ring"],
)
def test_both_agree_where_lines_are_odd(numba, edges, part):
    line = Line([part], edges)
    lon, lat = places_round(line, 300, 3e6, seed=8)
    on_lon, on_lat = np.array(part).T
    assert_agree(line, np.concatenate([lon, on_lon]), np.concatenate([lat, on_lat]))


@every_kind
def test_ties_go_to_the_lowest_edge(numba, edges):
    parts = [[(1.0, -1.0), (1.0, 1.0)], [(-1.0, -1.0), (-1.0, 1.0)]]
    for line in (Line(parts, edges), Line(parts[::-1], edges)):
        assert nearest(line, 0.0, 0.0, engine=Engine.COMPILED).edge_index == 0
    meeting = Line([[(0.0, 0.0), (1.0, 0.0)], [(2.0, 1.0), (1.0, 0.0)], [(1.0, 0.0), (2.0, -1.0)]], edges)
    lon, lat = 1.0 + np.array([0.2, 0.01, -0.01]), np.array([0.0, 0.3, 0.4])
    assert_agree(meeting, lon, lat)


@every_kind
def test_order_chunks_and_threads_change_no_bit(numba, edges, monkeypatch):
    from geoinc.geodesy import fast

    monkeypatch.setattr(fast, "MANY_PIECES", 100)
    line = rough_line(edges)
    lon, lat = places_round(line, 4_000, 3e6)
    whole = nearest(line, lon, lat, engine=Engine.COMPILED, threads=1)
    order = np.random.default_rng(9).permutation(lon.size)
    monkeypatch.setattr(fast, "CHUNK", 700)
    parts = nearest(line, lon[order], lat[order], engine=Engine.COMPILED, threads=2)
    monkeypatch.setattr(fast, "MANY_PIECES", 10**9)
    unsorted = nearest(line, lon, lat, engine=Engine.COMPILED)
    for name in FIELDS:
        assert getattr(parts, name).tobytes() == getattr(whole, name)[order].tobytes()
        assert getattr(unsorted, name).tobytes() == getattr(whole, name).tobytes()


@every_kind
def test_the_cubics_lie_as_near_their_curves_as_they_say(edges):
    for lat in (-89.0, -60.0, 0.0, 45.0, 80.0, 88.0):
        line = rough_line(edges, count=40, lat=lat, step=0.01 if abs(lat) > 85 else 0.1)
        tree, pieces = grow_tree(line.curves, line.pieces), line.pieces
        from geoinc.geodesy.ellipsoid import to_space

        for share in (0.2, 0.5, 0.7):
            on_lon, on_lat, _, _ = line.curves.at(pieces.curve, pieces.t1 + share * (pieces.t2 - pieces.t1))
            powers = share ** np.arange(4)
            cubic = np.einsum("p,npc->nc", powers, tree.cubic.reshape(-1, 4, 3))
            off = np.linalg.norm(cubic - to_space(on_lon, on_lat).T, axis=1)
            # Near a pole the isometric latitude has lost some digits; the search allows for ten times as much.
            assert off.max() <= tree.error_m + 5e-8


@pytest.mark.parametrize("engine", Engine)
def test_unknown_and_impossible_positions(engine):
    if engine is Engine.COMPILED:
        pytest.importorskip("numba")
    line = Line([CORNER], Edges.PLANAR)
    found = nearest(line, [np.nan, 0.5, 0.5], [0.0, np.nan, 0.5], engine=engine)
    assert np.isnan(found.distance_m).tolist() == [True, True, False]
    assert np.isnan(found.chord_m).tolist() == [True, True, False]
    assert found.edge_index.tolist() == [-1, -1, 0]
    assert found.side.tolist() == [0, 0, 1]
    assert nearest(line, [], [], engine=engine).distance_m.shape == (0,)
    assert nearest(line, np.nan, 0.0, engine=engine).distance_m.shape == ()
    for lon, lat in ((np.inf, 0.0), (0.0, 91.0), (541.0, 0.0)):
        with pytest.raises(GeometryError, match="position 1 is out of range"):
            nearest(line, [0.0, lon], [0.0, lat], engine=engine)


def test_the_public_function_tells_one_bad_position_from_the_rest():
    line = geoinc.boundary("MLI", "DZA")["osm"]
    found = geoinc.distances([2.9, np.nan, 2.9], [19.9, 19.9, np.nan], line)
    assert np.isfinite(found.signed_distance_m).tolist() == [True, False, False]
    assert found.edge_index.tolist()[1:] == [-1, -1]
    with pytest.raises(UsageError, match="engine"):
        geoinc.distances(2.9, 19.9, line, engine="gpu")
    with pytest.raises(UsageError, match="edges"):
        geoinc.distances(2.9, 19.9, line, edges="straight")


def test_numba_is_loaded_for_the_compiled_engine_alone():
    script = (
        "import sys, numpy, geoinc\n"
        "line = geoinc.boundary('MLI', 'DZA')['osm']\n"
        "lon = numpy.linspace(0, 3, 2000)\n"
        "geoinc.distances(lon, lon + 19, line)\n"
        "print('numba' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=HOME)
    assert done.stdout.split() == ["False"]


def test_nowhere_to_keep_compiled_code(numba, monkeypatch):
    from geoinc.geodesy import jit

    real = numba.njit

    def njit(**options):
        if options.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return real(**options)

    monkeypatch.setattr(numba, "njit", njit)
    assert jit.jit(lambda value: value + 1.0)(2.0) == 3.0
