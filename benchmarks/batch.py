"""What ``geoinc batch`` costs: a million rows, CSV to Parquet, in units of one ``Geod.inv`` for each row.

Run it with ``python -m benchmarks.batch [ROWS]``.
"""

from __future__ import annotations

import resource
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
SEED: Final = 5
INVERSE_ROWS: Final = 1_000_000
KIB_A_MIB: Final = 1024


def main() -> None:
    """Write the events, measure them, and print the ratio and the greatest memory."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "events.csv"
        write_events(source, count)
        one = inverse_seconds()
        start = time.process_time()
        run_batch(source, Path(folder) / "measured.parquet", Ruler(open_border("MLI", "DZA")))
        taken = time.process_time() - start
    again = inverse_seconds()
    unit = (one + again) / 2 * count
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_A_MIB
    print(f"{count:,} rows: {taken:.1f} s of processor time, {taken / unit:.1f} x Geod.inv, at most {memory:.0f} MiB")


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
