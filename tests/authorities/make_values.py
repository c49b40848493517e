"""Compute the stored values anew: ``python tests/authorities/make_values.py``. Takes some minutes."""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from lines import LINES, positions  # noqa: E402 (the folder must be on the path first)
from oracle import EDGES, Oracle  # noqa: E402


def main() -> None:
    values: dict[str, dict[str, list[list[float]]]] = {}
    for name, line in LINES.items():
        where = positions(name)
        values[name] = {}
        for edges in EDGES:
            oracle = Oracle(line, edges)
            rows = []
            for lon, lat in where:
                answer = oracle.nearest(lon, lat)
                rows.append([lon, lat, round(answer.distance_m, 9), answer.edge])
            values[name][edges] = rows
    (HERE / "nearest.json").write_text(
        json.dumps({"columns": ["lon", "lat", "distance_m", "edge_index"], "lines": values}, indent=None) + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
