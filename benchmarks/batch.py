"""What ``geoinc batch`` costs: a million rows, CSV to Parquet, in units of one ``Geod.inv`` for each row.

Run it with ``python -m benchmarks.batch [ROWS] [--repeats N] [--without-numba]``.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import numpy as np
import pyproj

from geoinc.batch import Ruler, run_batch
from geoinc.boundaries import open_border

ROWS: Final = 1_000_000
REPEATS: Final = 3
SEED: Final = 5
INVERSE_ROWS: Final = 1_000_000
KIB_A_MIB: Final = 1024


def main() -> None:
    """Write the events, measure them, and print the ratios and the greatest memory."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.batch")
    parser.add_argument("rows", nargs="?", type=int, default=ROWS)
    parser.add_argument("--repeats", type=int, default=REPEATS)
    parser.add_argument("--without-numba", action="store_true")
    asked = parser.parse_args()
    if asked.without_numba:
        sys.modules["numba"] = None  # type: ignore[assignment]  # so Python says of a module that it is not there
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "events.csv"
        write_events(source, asked.rows)
        ratios = [_measure_once(source, asked.rows) for _ in range(asked.repeats)]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_A_MIB
    listed = ", ".join(f"{ratio:.1f}" for ratio in ratios)
    print(f"median {statistics.median(ratios):.1f} x Geod.inv (each run: {listed}), at most {memory:.0f} MiB")


def _measure_once(source: Path, count: int) -> float:
    """One whole run, the border opened anew; the first one also loads what is loaded on demand."""
    before = inverse_seconds()
    start = time.process_time()
    run_batch(source, source.with_name("measured.parquet"), Ruler(open_border("MLI", "DZA")))
    taken = time.process_time() - start
    ratio = taken / (statistics.mean((before, inverse_seconds())) * count)
    print(f"{count:,} rows: {taken:.1f} s of processor time, {ratio:.1f} x Geod.inv")
    return ratio


def write_events(path: Path, count: int) -> None:
    """Write events at random places around the border of Mali and Algeria, with a note of its own each."""
    chance = np.random.default_rng(SEED)
    lon, lat = chance.uniform(-5, 4, count), chance.uniform(19, 25.5, count)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("event_id,longitude,latitude,notes\n")
        for number, (east, north) in enumerate(zip(lon.tolist(), lat.tolist(), strict=True)):
            file.write(f'{number:07d},{east:.6f},{north:.6f},"note {number}, with ""quotes"""\n')


def inverse_seconds() -> float:
    """Return the processor time of one inverse problem, in seconds."""
    chance = np.random.default_rng(SEED)
    lon, lat = chance.uniform(-5, 4, INVERSE_ROWS), chance.uniform(19, 25.5, INVERSE_ROWS)
    geod = pyproj.Geod(ellps="WGS84")
    start = time.process_time()
    geod.inv(lon, lat, lon + 0.3, lat + 0.1)
    return (time.process_time() - start) / INVERSE_ROWS


if __name__ == "__main__":
    main()
