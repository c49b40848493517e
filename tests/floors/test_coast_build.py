"""The build of the coast: nothing is dropped or moved further than is said, and runs go to whose ground is near."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

from boundaries.coast_lines import GRID_DEG, HELD_WITHIN_M, Run, _without_cuts, cut_short, join_runs, thin
from boundaries.coast_states import find_groups

GEOD = Geod(ellps="WGS84")


def _wiggle(seed, lon, lat, count):
    random = np.random.default_rng(seed)
    return np.cumsum(random.normal(0, 0.0015, (count, 2)), axis=0) + np.array([lon, lat])


def _furthest_m(one, other):
    """How far the vertices of one line lie from another, in metres on a sheet about its middle."""
    scale = np.array([np.cos(np.radians(one[:, 1].mean())), 1.0]) * 111_320
    return float(shapely.distance(shapely.points(one * scale), shapely.LineString(other * scale)).max())


@pytest.mark.parametrize("lat", [-70.0, -33.0, 0.0, 50.0, 78.0])
def test_thinning_moves_the_line_no_further_than_is_said(lat):
    for seed in range(5):
        line = _wiggle(seed, 12.0, lat, 800)
        (steps,) = thin([Run(line, 0, (10, 0))])
        held = steps * GRID_DEG
        assert 2 <= len(held) < len(line)
        assert _furthest_m(line, held) <= HELD_WITHIN_M
        assert _furthest_m(held, line) <= HELD_WITHIN_M


def test_an_islet_smaller_than_the_grid_stays_and_closes():
    islet = np.array([[5.0, 5.0], [5.0, 5.0001], [5.0001, 5.0001], [5.0, 5.0]])
    (steps,) = thin([Run(islet, 0, (0, 0))])
    assert (steps[0] == steps[-1]).all()
    assert len(np.unique(steps, axis=0)) == 2
    assert GEOD.inv(5.0, 5.0, *(steps[1] * GRID_DEG))[2] <= HELD_WITHIN_M


def test_cuts_at_the_antimeridian_are_no_coast():
    east = np.array([[179.0, 1.0], [180.0, 1.0], [180.0, 0.5], [180.0, 0.0], [179.0, 0.0], [179.0, 1.0]])
    (line,) = _without_cuts(east, ice=False)
    assert line.tolist() == [[180.0, 0.0], [179.0, 0.0], [179.0, 1.0], [180.0, 1.0]]


def test_pieces_go_to_all_whose_ground_comes_within_a_kilometre_and_join_again():
    along = np.column_stack([np.linspace(0, 1, 1601), np.zeros(1601)])
    vertices, first, edges = cut_short([along])
    grounds = {"AAA": shapely.box(-1, -1, 0.5, 1), "BBB": shapely.box(0.5, -1, 0.8, 1)}
    group, groups = find_groups(vertices, first, edges, grounds)
    assert groups == [(), ("AAA",), ("AAA", "BBB"), ("BBB",)]
    runs = join_runs(vertices, first, edges, group)
    assert [groups[run.group] for run in runs] == [("AAA",), ("AAA", "BBB"), ("BBB",), ()]
    assert (np.vstack([runs[0].vertices, *(run.vertices[1:] for run in runs[1:])]) == along).all()
    both = runs[1].vertices[:, 0]
    # A kilometre is 0.009 degrees here, and a piece 0.01.
    assert both.min() == pytest.approx(0.5 - 0.009, abs=0.011)
    assert both.max() == pytest.approx(0.5 + 0.009, abs=0.011)
