"""``geoinc.distances`` and ``geoinc.track`` as a user calls them: what may be handed in, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from shapely.geometry import LineString

import geoinc
from geoinc.errors import GeometryError, UsageError

LINE = LineString([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)])


@pytest.fixture(scope="module")
def border():
    return geoinc.boundary("MLI", "DZA", only=["dcw"])


def test_what_is_masked_is_not_known():
    masked = np.ma.masked_array([0.5, 0.0, 7], [False, True, False])
    found = geoinc.distances(masked, [0.25, 0.25, 0.25], LINE, edges="geodesic")
    assert np.isnan(found.distance_m).tolist() == [False, True, False]
    assert found.edge_index.tolist() == [0, -1, 1]
    found = geoinc.distances([1, 2], np.ma.masked_array([1, 2], [True, False]), LINE, edges="geodesic")
    assert np.isnan(found.distance_m).tolist() == [True, False]


def test_a_masked_position_of_a_track_is_named(border):
    with pytest.raises(GeometryError, match="position 2 of the track has no coordinates"):
        geoinc.track(np.ma.masked_array([2.0, 2.1], [False, True]), [19.0, 19.0], border=border)


@pytest.mark.parametrize(
    ("kwargs", "words"),
    [
        ({"line": "MLI-DZA"}, "a str is no line"),
        ({"line": [(0, 0), (1, 1)]}, "a list is no line"),
        ({"line": None}, "a NoneType is no line"),
        ({"threads": 0}, "threads=0 is no number of threads"),
        ({"threads": "2"}, "threads='2' is no number of threads"),
        ({"edges": "straight"}, "edges='straight' is none of: geodesic, planar, rhumb"),
    ],
)
def test_what_is_refused(kwargs, words):
    with pytest.raises(UsageError, match=words):
        geoinc.distances(**{"lon_deg": 0.5, "lat_deg": 0.5, "line": LINE, "edges": "planar"} | kwargs)


def test_a_border_is_several_lines(border):
    with pytest.raises(UsageError, match=r"give one source of it, such as border\['dcw'\]"):
        geoinc.distances(0.5, 0.5, border)


def test_edges_that_are_none(border):
    for call in (
        lambda: geoinc.track([2.0, 2.1], [19.0, 19.0], border=border, edges="straight"),
        lambda: geoinc.measure(geoinc.read_position("19.5N 2.9E"), border, edges="straight"),
        lambda: geoinc.measure(geoinc.read_position("19.5N 2.9E"), border, senses=["sideways"]),
    ):
        with pytest.raises(UsageError, match="is none of"):
            call()


def test_longitudes_of_a_track_that_are_no_numbers(border):
    with pytest.raises(GeometryError, match="must be numbers"):
        geoinc.track(["east", "west"], [19.0, 19.0], border=border)
