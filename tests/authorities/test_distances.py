"""The kernel against the stored values of the oracle."""

import json
from pathlib import Path

import numpy as np
import pytest
from lines import LINES, WESTERN_LEG
from make_values import fingerprint

from geoinc.geodesy import Edges, Engine, Line, meridian_crossing, nearest

STORED = json.loads((Path(__file__).parent / "distances.json").read_text(encoding="utf-8"))["lines"]
TOLERANCE_M = 1e-6
"""The bar is 1e-6 m for geodesics within 200 km and 1e-3 m elsewhere; the kernel is held to the former."""

every_line = pytest.mark.parametrize("name", LINES)
every_kind = pytest.mark.parametrize("edges", Edges)


@every_line
def test_values_belong_to_these_lines(name):
    assert STORED[name]["vertices_sha256"] == fingerprint(LINES[name]), "run make_values.py anew"


@every_line
@every_kind
@pytest.mark.parametrize("engine", [Engine.NUMPY, Engine.COMPILED])
def test_nearest_distance(name, edges, engine):
    if engine is Engine.COMPILED:
        pytest.importorskip("numba")
    rows = np.array(STORED[name]["nearest"][edges])
    found = nearest(Line([LINES[name]], edges), rows[:, 0], rows[:, 1], engine=engine)
    assert np.abs(found.distance_m - rows[:, 2]).max() < TOLERANCE_M
    # At a vertex and next to the antipode the first of equals is a matter of nanometres.
    plain = (rows[:, 2] > 1e-3) & (rows[:, 2] < 18_000_000)
    assert found.edge_index[plain].tolist() == rows[plain, 3].astype(int).tolist()
    assert (rows[:, 2] > (19_600_000 if name == "islet" else 12_000_000)).any()
    assert (rows[:, 2] > 200_000).any()
    assert (rows[:, 2] < 1_000).any()
    assert (rows[:, 2] < 1e-3).any()


@every_line
@every_kind
def test_meridian_distance(name, edges):
    line = Line([LINES[name]], edges)
    compared = 0
    for lon, lat, distance_m in STORED[name]["meridian"][edges]:
        found = meridian_crossing(line, lon, lat)
        assert (found is None) == (distance_m is None)
        if found is not None:
            assert abs(found.distance_m - distance_m) < TOLERANCE_M
            compared += 1
    assert compared > 3


def test_the_readings_are_told_apart():
    """On 750 km the geodesic and the planar edge lie up to some 5 km apart."""
    rows = np.array(STORED["western-leg"]["nearest"]["planar"])
    as_geodesic = nearest(Line([WESTERN_LEG], Edges.GEODESIC), rows[:, 0], rows[:, 1])
    gap = np.abs(as_geodesic.distance_m - rows[:, 2])[rows[:, 2] < 200_000].max()
    assert 4_000 < gap < 5_200
