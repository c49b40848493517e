"""The lines and positions that values are stored for. Everything follows from one seed."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path

from geographiclib.geodesic import Geodesic
from oracle import EDGES

Vertex = tuple[float, float]

WESTERN_LEG: list[Vertex] = [(-4.83333, 25.0), (1.1666, 21.1164)]
TZ_98D: list[Vertex] = [(2.8939169, 19.8679828), (2.8933608, 19.8640350)]
"""Wreck and last data link of the main case, to 1e-7 degrees."""
REACH_M = 200_000.0
FAR_M = 8_000_000.0


def wadi() -> list[Vertex]:
    """A synthetic bed of a wadi: 300 edges from 30 m to 15 km that wind from the western leg to the south-east."""
    chance = random.Random(20250401)
    lon, lat, heading = *WESTERN_LEG[-1], 120.0
    vertices = [(lon, lat)]
    for _ in range(300):
        heading += chance.gauss(0, 35) + 0.25 * (120.0 - heading)
        step = math.exp(chance.uniform(math.log(30), math.log(15_000)))
        found = Geodesic.WGS84.Direct(lat, lon, heading, step)
        lon, lat = round(found["lon2"], 7), round(found["lat2"], 7)
        vertices.append((lon, lat))
    return vertices


def mali_algeria() -> list[Vertex]:
    """The border as bundled, from OpenStreetMap."""
    data = Path(__file__).parents[2] / "data" / "boundaries" / "odbl" / "osm-2026c.geojson"
    features = json.loads(data.read_text(encoding="utf-8"))["features"]
    (line,) = [feature["geometry"] for feature in features if feature["properties"]["role"] == "line"]
    return [(lon, lat) for lon, lat in line["coordinates"]]


LINES: dict[str, list[Vertex]] = {
    "western-leg": WESTERN_LEG,
    "mali-algeria": mali_algeria(),
    "wadi": WESTERN_LEG[:1] + wadi(),
    "parallel-49": [(-123.0, 49.0), (-113.5, 49.0), (-104.0, 49.0), (-95.2, 49.0)],
    "arctic": [(10.0, 82.0), (35.0, 84.5), (80.0, 86.0), (150.0, 88.5), (-160.0, 87.0), (-170.0, 83.0)],
    "past-the-pole": [(0.0, 88.0), (170.0, 89.5), (179.0, 86.0)],
    "antimeridian": [(177.5, -17.0), (179.2, -15.5), (-179.4, -16.8), (-176.0, -14.0), (178.0, -12.5)],
    "equator": [(28.0, 0.0), (29.5, 0.0), (30.0, 1.2), (30.0, -2.0), (33.9, -1.0)],
    "antarctic": [(-60.0, -70.0), (-52.0, -72.0), (-45.0, -72.0), (-44.0, -76.0)],
    "islet": [(10.0, 12.0), (10.3, 12.1), (10.4, 11.9)],
}


def positions(name: str, edges: str, count_near: int = 26, count_far: int = 8) -> list[Vertex]:
    """Positions round a line under one reading: some near in all sizes, some close to vertices, some far."""
    chance = random.Random(f"geoinc {name} {edges}")
    line = LINES[name]
    found = list(TZ_98D) if name == "mali-algeria" else []
    for number in range(count_near + count_far):
        start = chance.randrange(len(line) - 1)
        lon, lat, _ = EDGES[edges](*line[start], *line[start + 1]).at(chance.random())
        if number % 4 == 3:
            lon, lat = line[start]
        if number >= count_near:
            distance = chance.uniform(REACH_M, FAR_M)
        elif number % 2:
            distance = chance.uniform(0, REACH_M)
        else:
            distance = math.exp(chance.uniform(math.log(1), math.log(REACH_M)))
        moved = Geodesic.WGS84.Direct(lat, lon, chance.uniform(0, 360), distance)
        found.append((round(moved["lon2"], 9), round(moved["lat2"], 9)))
    return found


def extremes(name: str, edges: str) -> list[Vertex]:
    """Two vertices, two places on edges, both poles, three positions half the world away, two near an antipode."""
    chance, line = random.Random(f"geoinc {name} {edges} extremes"), LINES[name]
    vertices = [line[0], chance.choice(line)]
    on_edges = []
    for _ in range(2):
        start = chance.randrange(len(line) - 1)
        lon, lat, _ = EDGES[edges](*line[start], *line[start + 1]).at(chance.random())
        on_edges.append((round(lon, 9), round(lat, 9)))
    found = [*vertices, *on_edges, (0.0, 90.0), (0.0, -90.0)]
    for reach in (*[(FAR_M, 18_000_000.0)] * 3, *[(19_700_000.0, 19_990_000.0)] * 2):
        lon, lat = chance.choice(line)
        moved = Geodesic.WGS84.Direct(lat, lon, chance.uniform(0, 360), chance.uniform(*reach))
        found.append((round(moved["lon2"], 9), round(moved["lat2"], 9)))
    return found
