"""Compute the stored values anew: ``python tests/authorities/make_values.py``. Takes a minute or two."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from lines import LINES, Vertex, extremes, positions  # noqa: E402 (the folder must be on the path first)
from oracle import EDGES, Oracle  # noqa: E402


def fingerprint(line: list[Vertex]) -> str:
    """Tell whether values belong to a line."""
    return hashlib.sha256(repr(line).encode()).hexdigest()


def main() -> None:
    values = {}
    for name, line in LINES.items():
        values[name] = {"vertices_sha256": fingerprint(line), "nearest": {}, "meridian": {}}
        for edges in EDGES:
            oracle = Oracle(line, edges)
            nearest, meridian = [], []
            for lon, lat in positions(name, edges):
                answer = oracle.nearest(lon, lat)
                nearest.append([lon, lat, round(answer.distance_m, 9), answer.edge])
                crossing = oracle.meridian(lon, lat)
                meridian.append([lon, lat, None if crossing is None else round(crossing.distance_m, 9)])
            for lon, lat in extremes(name, edges):
                answer = oracle.nearest(lon, lat)
                nearest.append([lon, lat, round(answer.distance_m, 9), answer.edge])
            values[name]["nearest"][edges] = nearest
            values[name]["meridian"][edges] = meridian
    text = json.dumps({"columns": ["lon", "lat", "distance_m", "edge_index"], "lines": values})
    (HERE / "distances.json").write_text(text.replace("]], ", "]],\n").replace("}, ", "},\n") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
