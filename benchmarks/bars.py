"""Hold the kernel to its bars: ``python -m benchmarks.bars``.

A cost is CPU time over that of one `pyproj.Geod.inv` from each position to its nearest point, in the same process;
the median of interleaved repeats. Seconds say nothing about another machine, ratios little less than everything.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

import geoinc
from benchmarks.lines import line as vertices_of
from benchmarks.positions import positions
from geoinc.boundaries.catalogue import load_catalogue
from geoinc.boundaries.world import read_line
from geoinc.geodesy import Edges, Engine, Line, nearest

__all__ = ["Bar", "measure_bars", "world_line"]

Array = NDArray[np.float64]

REPEATS = 7
SEED = 20250401
NOISE_DEG = 0.2 / 111_000
BIG = 800_000


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure that was asked for.

    Attributes
    ----------
    name, unit : str
    measured : float
    limit : float
    at_least : bool
        Whether the limit is a least figure; otherwise it is a greatest one.
    spread : tuple of float
        Least and greatest of the repeats.
    """

    name: str
    measured: float
    limit: float
    unit: str = "x"
    at_least: bool = False
    spread: tuple[float, float] | None = None

    @property
    def holds(self) -> bool:
        """Whether the figure is on the right side of its limit."""
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit

    def __str__(self) -> str:
        sign = ">=" if self.at_least else "<="
        spread = "" if self.spread is None else f"  ({self.spread[0]:.2f} to {self.spread[1]:.2f})"
        verdict = "holds" if self.holds else "DOES NOT HOLD"
        return f"{verdict:13}  {self.measured:8.2f} {self.unit} {sign} {self.limit:g}  {self.name}{spread}"


@cache
def world_line(at_least: int = 0) -> tuple[Array, ...]:
    """Return the parts of all land borders of the world bundle; edges cut, with noise, until there are as many.

    A border that its first source draws is taken once. Cutting an edge into equal pieces and moving the new
    vertices by some 0.2 m makes a rough line of the same course.
    """
    catalogue = load_catalogue()
    world = catalogue.world
    if world is None:
        raise LookupError("the data folder holds no world bundle")
    parts: list[Array] = []
    for pair, border in world.borders.items():
        geometry = read_line(catalogue, catalogue.source(next(iter(border.length_km))), pair)
        parts.extend(shapely.get_coordinates(part) for part in shapely.get_parts(geometry))
    edges = sum(len(part) - 1 for part in parts)
    pieces = -(-at_least // edges)
    if pieces <= 1:
        return tuple(parts)
    chance = np.random.default_rng(SEED)
    return tuple(_cut(part, pieces, chance) for part in parts)


def _cut(part: Array, pieces: int, chance: np.random.Generator) -> Array:
    start = np.repeat(part[:-1], pieces, axis=0)
    share = np.tile(np.arange(pieces) / pieces, len(part) - 1)[:, None]
    cut = start + share * (np.repeat(part[1:], pieces, axis=0) - start)
    cut += np.where(share > 0, chance.normal(0.0, NOISE_DEG, cut.shape), 0.0)
    return np.vstack([cut, part[-1:]])


def world_positions(line: Line, count: int) -> tuple[Array, Array]:
    """Return positions within 200 km of vertices of a line, half of them in all sizes, in no order."""
    chance = np.random.default_rng(SEED)
    vertex = chance.integers(0, line.lon.size, count)
    distance = np.where(
        np.arange(count) % 2 == 0, chance.uniform(0.0, 2e5, count), np.exp(chance.uniform(0.0, np.log(2e5), count))
    )
    lon, lat, _ = pyproj.Geod(ellps="WGS84").fwd(
        line.lon[vertex], line.lat[vertex], chance.uniform(0.0, 360.0, count), distance
    )
    return np.asarray(lon), np.asarray(lat)


def cost(line: Line, lon: Array, lat: Array, engine: Engine, repeats: int) -> tuple[float, tuple[float, float]]:
    """Measure one thread's CPU time in inverses of the same positions: median, least and greatest."""
    geod = pyproj.Geod(ellps="WGS84")
    found = nearest(line, lon, lat, engine=engine, threads=1)
    ratios = []
    for _ in range(repeats):
        floor = _seconds(lambda: geod.inv(lon, lat, found.lon_deg, found.lat_deg))
        ratios.append(_seconds(lambda: nearest(line, lon, lat, engine=engine, threads=1)) / floor)
    return statistics.median(ratios), (min(ratios), max(ratios))


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    begin = time.process_time()
    work()
    return time.process_time() - begin


def threads_gain(line: Line, lon: Array, lat: Array, repeats: int) -> tuple[float, tuple[float, float]]:
    """Measure how much sooner two threads are done than one, on the clock: means nothing on a busy machine."""
    gains = []
    for _ in range(repeats):
        taken = []
        for threads in (1, 2):
            begin = time.perf_counter()
            nearest(line, lon, lat, engine=Engine.COMPILED, threads=threads)
            taken.append(time.perf_counter() - begin)
        gains.append(taken[0] / taken[1])
    return statistics.median(gains), (min(gains), max(gains))


def stream(count: int, chunk: int = 1_000_000) -> float:
    """Measure a stream of positions through `geoinc.distances`, and return the greatest memory in MB."""
    border = geoinc.boundary("MLI", "DZA", only=["osm"])["osm"]
    lon, lat = positions(chunk)
    total = 0.0
    for number in range(count // chunk):
        found = geoinc.distances(lon + 1e-6 * number, lat, border)
        total += float(found.distance_m.sum())
    if not np.isfinite(total):
        raise ArithmeticError("a distance is not finite")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def help_cost() -> float:
    """Measure the CPU seconds of the first page of help, in fresh processes: the one absolute time among the bars."""
    taken = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "geoinc", "--help"], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(taken)


def measure_bars(*, repeats: int = REPEATS, most: int = 10_000_000, quick: bool = False) -> list[Bar]:
    """Measure every bar; those of the compiled code only where numba is installed.

    Parameters
    ----------
    repeats : int
        At least five.
    most : int
        Positions of the longest runs.
    quick : bool
        Leave out the world, the long runs and what needs an idle machine.
    """
    bars = [Bar("`geoinc --help`, CPU, best of five", help_cost(), 0.15, unit="s")]
    print(bars[0], flush=True)

    def add(name: str, found: tuple[float, tuple[float, float]], limit: float, **more: object) -> None:
        bars.append(Bar(name, found[0], limit, spread=found[1], **more))  # type: ignore[arg-type]
        print(bars[-1], flush=True)

    border = [vertices_of("osm")]
    lon, lat = positions(100_000)
    for edges in Edges:
        limit = 16.0 if edges is Edges.GEODESIC else 25.0
        found = cost(Line(border, edges), lon, lat, Engine.NUMPY, repeats)
        add(f"Mali-Algeria, {edges}, numpy", found, limit)
    if find_spec("numba") is None:
        print("numba is not installed: nothing else to measure")
        return bars
    for edges in Edges:
        limit = 3.5 if edges is Edges.GEODESIC else 7.0
        add(f"Mali-Algeria, {edges}, numba", cost(Line(border, edges), lon, lat, Engine.COMPILED, repeats), limit)
    if quick:
        return bars
    for least in (0, BIG):
        for edges in (Edges.GEODESIC, Edges.PLANAR):
            line = Line(world_line(least), edges)
            where = world_positions(line, 300_000)
            found = cost(line, *where, Engine.COMPILED, max(5, repeats - 2))
            add(f"land borders of the world, {line.edge_count:,} edges, {edges}, numba", found, 7.0)
    line = Line(border, Edges.GEODESIC)
    found = threads_gain(line, *positions(2_000_000), repeats)
    add("two threads beside one, on the clock", found, 1.7, at_least=True)
    _measure_growth(line, most, repeats, add)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.bars", "--stream", str(most)],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env=dict(os.environ),
    )
    bars.append(Bar(f"memory, {most:,} positions streamed", float(done.stdout.split()[-1]), 1000.0, unit="MB"))
    print(bars[-1], flush=True)
    return bars


def _measure_growth(line: Line, most: int, repeats: int, add: Callable[..., None]) -> None:
    """Compare the cost of a position in calls of all sizes with that in calls of 100,000, interleaved."""
    whole = positions(most)
    sizes = [size for size in (10_000, 100_000, 1_000_000, 10_000_000) if size <= most]
    geod = pyproj.Geod(ellps="WGS84")
    ratios: dict[int, list[float]] = {size: [] for size in sizes}
    for _ in range(repeats):
        for size in sizes:
            again = max(1, 100_000 // size)
            lon, lat = whole[0][:size], whole[1][:size]
            found = nearest(line, lon, lat, engine=Engine.COMPILED, threads=1)
            floor = _seconds(
                lambda: [geod.inv(lon, lat, found.lon_deg, found.lat_deg) for _ in range(again)]  # noqa: B023
            )
            taken = _seconds(
                lambda: [nearest(line, lon, lat, engine=Engine.COMPILED, threads=1) for _ in range(again)]  # noqa: B023
            )
            ratios[size].append(taken / floor)
    medians = {size: statistics.median(values) for size, values in ratios.items()}
    middle = (max(medians.values()) + min(medians.values())) / 2
    swing = 100 * (max(medians.values()) / middle - 1)
    told = ", ".join(f"{size:,}: {value:.2f}" for size, value in medians.items())
    add(f"cost in calls of all sizes ({told}), off their middle", (swing, (swing, swing)), 15.0, unit="%")


def main(arguments: list[str] | None = None) -> int:
    """Run, and return 1 if a bar does not hold."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bars", description=__doc__)
    parser.add_argument("--repeats", type=int, default=REPEATS)
    parser.add_argument("--most", type=int, default=10_000_000, help="positions of the longest runs")
    parser.add_argument("--quick", action="store_true", help="the border of Mali and Algeria alone")
    parser.add_argument("--stream", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.stream:
        print(stream(chosen.stream))
        return 0
    if chosen.repeats < 5:
        parser.error("a median needs five repeats at least")
    bars = measure_bars(repeats=chosen.repeats, most=chosen.most, quick=chosen.quick)
    return 0 if all(bar.holds for bar in bars) else 1


if __name__ == "__main__":
    sys.exit(main())
