"""Error and cost of each way of measuring, taken in one process."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pyproj
from numpy.typing import NDArray

import geoinc
from benchmarks.lines import LINES, line
from benchmarks.positions import REACH_M, positions
from benchmarks.truth import READINGS, Truth
from benchmarks.ways.way import FAST_COUNT, Elsewhere, Measure, NotMeasured, Way

__all__ = ["Floor", "measure_all", "measure_error", "measure_once"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Floor:
    """One `Geod.inv` from each position to its nearest point on the border: what every cost is counted in."""

    lon: Array
    lat: Array
    foot_lon: Array
    foot_lat: Array

    @classmethod
    def of(cls, count: int) -> Floor:
        """Find the nearest points once; that is not timed."""
        lon, lat = positions(count)
        found = geoinc.distances(lon, lat, geoinc.boundary("MLI", "DZA", only=["osm"])["osm"], edges="geodesic")
        return cls(lon, lat, np.asarray(found.nearest_lon_deg), np.asarray(found.nearest_lat_deg))

    def cost_s(self) -> float:
        """CPU seconds of it, for each position."""
        geod = pyproj.Geod(ellps="WGS84")
        began = time.process_time()
        geod.inv(self.lon, self.lat, self.foot_lon, self.foot_lat)
        return (time.process_time() - began) / self.lon.size


def measure_error(way: Way, name: str, truth: Truth) -> dict[str, Any]:
    """Take the error against both readings of the edges, over positions within 200 km of the line.

    Returns
    -------
    dict
        ``count`` and, for each reading, greatest error, 99th percentile and median in metres.
    """
    measure = way.set_up(line(name))
    count = min(way.judged.get(name, truth.lon.size), truth.lon.size)
    lon, lat = truth.lon[:count].copy(), truth.lat[:count].copy()
    try:
        if isinstance(measure, Elsewhere):
            measure.load(lon, lat)
        found = measure(lon, lat)
    finally:
        _close(measure)
    true = {reading: truth.distance_m[name, reading][:count] for reading in READINGS}
    near = np.logical_and.reduce([each <= REACH_M for each in true.values()])
    errors: dict[str, Any] = {"count": int(near.sum())}
    for reading, each in true.items():
        off = np.abs(found - each)[near]
        errors[reading] = {
            "max_m": float(off.max()),
            "p99_m": float(np.percentile(off, 99)),
            "median_m": float(np.median(off)),
        }
    return errors


def measure_once(way: Way, name: str, floor: Floor, *, most: int) -> float:
    """Take the cost of one position, in costs of one `Geod.inv` taken just before and just after.

    What is set up once for a line is counted as if it served 100,000 positions. CPU time, so that other work on the
    machine matters little; garbage is collected before and not meanwhile.
    """
    count = min(way.counts.get(name, most), most)
    lon, lat = floor.lon[:count].copy(), floor.lat[:count].copy()
    gc.collect()
    gc.disable()
    try:
        before = floor.cost_s()
        began = time.process_time()
        measure = way.set_up(line(name))
        set_up_s = time.process_time() - began
        if isinstance(measure, Elsewhere):
            set_up_s += measure.cpu_s()
            measure.load(lon, lat)
        run_s = _run(measure, lon, lat)
        after = floor.cost_s()
    finally:
        gc.enable()
    _close(measure)
    return (set_up_s / FAST_COUNT + run_s / count) / ((before + after) / 2)


def _run(measure: Measure, lon: Array, lat: Array) -> float:
    elsewhere = measure.cpu_s() if isinstance(measure, Elsewhere) else 0.0
    began = time.process_time()
    measure(lon, lat)
    run_s = time.process_time() - began
    return run_s + (measure.cpu_s() - elsewhere if isinstance(measure, Elsewhere) else 0.0)


def _close(measure: Measure) -> None:
    if isinstance(measure, Elsewhere):
        measure.close()


@dataclass(frozen=True, slots=True)
class _Cost:
    """Median and range over the repeats, in costs of one `Geod.inv`."""

    median: float
    low: float
    high: float
    count: int
    repeats: int


def measure_all(
    ways: Sequence[Way], truth: Truth, *, most: int, repeats: int, tell: Callable[[str], None]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Measure error and cost of every way that can be run here, on every line.

    Parameters
    ----------
    ways : sequence of Way
    truth : Truth
    most : int
        Positions that cost is measured with, unless a way declares fewer.
    repeats : int
        The ways take turns, so that a busy minute of the machine falls on all of them.
    tell : callable
        Takes a line of progress.

    Returns
    -------
    measured, missing : dict
        By the ids of the ways: what was measured, and why a way was not.
    """
    measured: dict[str, Any] = {}
    missing: dict[str, str] = {}
    for way in ways:
        try:
            versions = way.versions()
            tell(f"error: {way.name}")
            errors = {name: measure_error(way, name, truth) for name in LINES}
        except NotMeasured as reason:
            missing[way.id] = str(reason)
            continue
        measured[way.id] = {"versions": versions, "error": errors, "cost": {}}
    runnable = [way for way in ways if way.id in measured]
    floor = Floor.of(most)
    for name in LINES:
        costs: dict[str, list[float]] = {way.id: [] for way in runnable}
        for turn in range(repeats):
            for way in runnable:
                tell(f"cost, {name}, turn {turn + 1} of {repeats}: {way.name}")
                costs[way.id].append(measure_once(way, name, floor, most=most))
        for way in runnable:
            taken = costs[way.id]
            count = min(way.counts.get(name, most), most)
            measured[way.id]["cost"][name] = asdict(
                _Cost(statistics.median(taken), min(taken), max(taken), count, repeats)
            )
    return measured, missing
