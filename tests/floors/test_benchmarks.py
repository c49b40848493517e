"""The comparison with other ways of measuring: every way that is installed runs, and the claims can fail."""

from __future__ import annotations

import copy
import json
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks import __main__ as command  # noqa: E402 (the folder must be on the path first)
from benchmarks.measuring import Floor, measure_error, measure_once  # noqa: E402
from benchmarks.sentences import check_sentences  # noqa: E402
from benchmarks.table import metres, times  # noqa: E402
from benchmarks.truth import Truth, read_truth  # noqa: E402
from benchmarks.ways import WAYS  # noqa: E402
from benchmarks.ways.way import NotMeasured  # noqa: E402

FEW = 6
BY_ID = {way.id: way for way in WAYS}
# What a way's greatest error over a few positions must stay below on the coarse line, in metres.
BELOW_M = {"geoinc": 1e-6, "geoinc-fast": 1e-6, "tree-10": 5.0, "tree-100": 50.0, "azimuthal-each": 1e-2}


def few():
    truth = read_truth()
    return Truth(truth.lon[:FEW], truth.lat[:FEW], {key: each[:FEW] for key, each in truth.distance_m.items()})


@pytest.mark.parametrize("way", [way for way in WAYS if not way.id.startswith("pygeodesy")], ids=lambda way: way.id)
def test_every_way_runs(way):
    """PyGeodesy takes seconds for a position."""
    try:
        way.versions()
        error = measure_error(way, "coarse", few())
    except NotMeasured as reason:
        pytest.skip(str(reason))
    if way.id.startswith("geoinc-fast"):
        pytest.importorskip("numba")
    assert error["count"] == FEW
    assert np.isfinite(error["geodesic"]["max_m"])
    reading = "planar" if way.id.endswith("planar") else "geodesic"
    assert error[reading]["max_m"] < BELOW_M.get(way.id.removesuffix("-planar"), 1e6)


def test_the_true_distances_tell_readings_apart():
    truth = read_truth()
    gap = np.abs(truth.distance_m["coarse", "geodesic"] - truth.distance_m["coarse", "planar"])
    assert 4_000 < gap.max() < 5_300


def test_a_cost_is_counted_in_inverses():
    floor = Floor.of(2_000)
    assert 0.1 < measure_once(BY_ID["vertex"], "coarse", floor, most=2_000) < 1_000


@pytest.fixture(scope="module")
def stored():
    return json.loads(command.STORED.read_text(encoding="utf-8"))


def holds(figures):
    return [each.holds for each in check_sentences(WAYS, figures)]


class TestClaims:
    def test_they_hold_for_what_is_stored(self, stored):
        assert holds(stored) == [True, True, True]

    @pytest.mark.parametrize(("peer", "claim"), [("tree-100", 0), ("azimuthal-each", 1)])
    def test_a_faster_peer_refutes_them(self, stored, peer, claim):
        figures = copy.deepcopy(stored)
        figures[peer]["cost"]["osm"]["median"] = 0.5
        assert holds(figures)[claim] is False

    def test_a_more_exact_peer_refutes_them(self, stored):
        figures = copy.deepcopy(stored)
        figures["utm"]["error"]["coarse"]["planar"]["max_m"] = 0.0
        assert holds(figures)[2] is False

    def test_what_was_not_measured_is_not_claimed(self, stored):
        assert holds({way: each for way, each in stored.items() if not way.startswith("geoinc-fast")})[0] is None


def test_the_page_shows_what_is_stored(stored):
    page = command.PAGE.read_text(encoding="utf-8")
    assert command.with_figures(page, stored) == page, "run python -m benchmarks --stored"


@pytest.mark.parametrize(
    ("value", "text"), [(2.84e-9, "2.8 nm"), (3.77e-4, "380 µm"), (0.0103, "10 mm"), (48.4, "48 m"), (5140.0, "5.1 km")]
)
def test_errors_are_written_with_units(value, text):
    assert metres(value) == text


def test_costs_are_written_short():
    assert (times(2.31), times(4606.87)) == ("2.3", "4,610")
