"""What the distances are: by the independent oracle of ``tests/authorities``, stored beside this file.

``python -m benchmarks.truth`` computes them anew; it takes some five minutes.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.lines import LINES, ROOT, line
from benchmarks.positions import positions

__all__ = ["READINGS", "Truth", "read_truth"]

Array = NDArray[np.float64]

COUNT: Final = 3_000
READINGS: Final = ("geodesic", "planar")
STORED: Final = Path(__file__).with_name("truth.csv")
COLUMNS: Final = ("lon_deg", "lat_deg", *(f"{name}_{reading}_m" for name in LINES for reading in READINGS))


@dataclass(frozen=True, slots=True)
class Truth:
    """Positions, and for each line and each reading of its edges the true distances in metres."""

    lon: Array
    lat: Array
    distance_m: MappingProxyType[tuple[str, str], Array]


def read_truth() -> Truth:
    """Read the stored distances."""
    with STORED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    if tuple(rows[0]) != COLUMNS:
        raise SystemExit(f"{STORED.name} has other columns than {', '.join(COLUMNS)}: run python -m benchmarks.truth")
    lon, lat, *found = np.array(rows[1:], dtype=np.float64).T
    keys = [(name, reading) for name in LINES for reading in READINGS]
    return Truth(lon, lat, MappingProxyType(dict(zip(keys, found, strict=True))))


def _oracle() -> Any:
    """Return the class of the oracle, which lives with the tests and imports nothing of geoinc."""
    folder = str(ROOT / "tests" / "authorities")
    if folder not in sys.path:
        sys.path.insert(0, folder)
    from oracle import Oracle  # noqa: PLC0415 (its folder is no package)

    return Oracle


def main() -> None:
    """Compute the distances anew."""
    oracle = _oracle()
    lon, lat = positions(COUNT)
    oracles = [oracle(line(name).tolist(), reading) for name in LINES for reading in READINGS]
    with STORED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for at in zip(lon.tolist(), lat.tolist(), strict=True):
            writer.writerow(
                [*(f"{value:.7f}" for value in at), *(f"{each.nearest(*at).distance_m:.9f}" for each in oracles)]
            )


if __name__ == "__main__":
    main()
