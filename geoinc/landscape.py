"""What lies on the ground behind a map: rivers, wadis and towns, for orientation and never for measuring.

Held within some 150 km of borders on land, in tiles of five degrees; a tile is unpacked when a view first shows it. How
far any of it is from the truth is not known. Evidence has its own places: see `geoinc.places`.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geoinc.boundaries import Background, Catalogue, load_catalogue, read_member
from geoinc.errors import BoundaryError
from geoinc.territory_codes import ALPHA_3

__all__ = ["Landscape", "River", "Town", "Water", "landscape_within", "towns_to_name"]

Box = tuple[float, float, float, float]
Tile = tuple[int, int]

_TILE_DEG: Final = 5
_CLEAR: Final = 0.03
_REMEDY: Final = "install geoinc again"


class Water(StrEnum):
    """What runs there."""

    RIVER = "river"
    """Water all the year, as far as the charts knew."""
    WADI = "wadi"
    """Water at times."""
    CANAL = "canal"


@dataclass(frozen=True, slots=True)
class River:
    """Lines of one kind and rank inside a view.

    Attributes
    ----------
    water : Water
    rank : int
        1 for the largest; 0 for the shores of one drawn with both.
    geometry : LineString or MultiLineString
        Longitude and latitude in degrees. Where the charts drew it, not where it runs.
    """

    water: Water
    rank: int
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place, for orientation only: it has no stated accuracy, and nothing is measured from it.

    Attributes
    ----------
    number : int
        GeoNames' own.
    name : str
        In Latin script.
    name_local, script : str
        As the territory writes it, and the ISO 15924 code of that script; both empty where no such name is held or
        where it writes Latin.
    name_arabic : str
        In Arabic letters, whether local or not; empty where none is held.
    territory : str
        ISO 3166-1 alpha-3 code, as GeoNames gives it.
    lon_deg, lat_deg : float
        WGS 84, to 0.001 degrees.
    population : int or None
        None where it is not known.
    """

    number: int
    name: str
    name_local: str
    script: str
    name_arabic: str
    territory: str
    lon_deg: float
    lat_deg: float
    population: int | None


@dataclass(frozen=True, slots=True)
class Landscape:
    """What is held of one view.

    Attributes
    ----------
    rivers : tuple of River
        The largest first.
    towns : tuple of Town
        The most populous first.
    rivers_from, towns_from : Background or None
        Where they come from; None where the view has none.
    """

    rivers: tuple[River, ...] = ()
    towns: tuple[Town, ...] = ()
    rivers_from: Background | None = None
    towns_from: Background | None = None

    @property
    def credits(self) -> tuple[Background, ...]:
        """Where what is there comes from."""
        return tuple(each for each in (self.rivers_from, self.towns_from) if each is not None)

    def within(self, box_deg: Box) -> Landscape:
        """Return what a smaller view shows, rivers whole as far as they enter it."""
        window = shapely.box(*box_deg)
        west, south, east, north = box_deg
        rivers = tuple(each for each in self.rivers if each.geometry.intersects(window))
        towns = tuple(each for each in self.towns if west <= each.lon_deg <= east and south <= each.lat_deg <= north)
        return Landscape(rivers, towns, self.rivers_from if rivers else None, self.towns_from if towns else None)


# Levels as the Generic Mapping Tools number them.
_LEVELS: Final = {
    0: (Water.RIVER, 0),
    1: (Water.RIVER, 1),
    2: (Water.RIVER, 2),
    3: (Water.RIVER, 3),
    4: (Water.RIVER, 4),
    5: (Water.WADI, 1),
    6: (Water.WADI, 2),
    7: (Water.WADI, 3),
    8: (Water.CANAL, 1),
    9: (Water.CANAL, 2),
    10: (Water.CANAL, 3),
}


def landscape_within(box_deg: Box, *, catalogue: Catalogue | None = None) -> Landscape:
    """Return the rivers and towns inside a view.

    Parameters
    ----------
    box_deg : tuple of float
        West, south, east, north in degrees; the eastern or the western edge may lie beyond the antimeridian.
    catalogue : Catalogue, optional
        Another catalogue than the bundled one.

    Returns
    -------
    Landscape
        Empty where nothing is held: far from a border on land, or where the data folder has no landscape.

    Raises
    ------
    BoundaryError
        If the data cannot be understood.

    Examples
    --------
    >>> found = landscape_within((1.0, 20.0, 2.5, 21.0))
    >>> [(town.name, town.territory) for town in found.towns]
    [('Timiaouine', 'DZA'), ('Tessalit', 'MLI')]
    >>> {river.water.value for river in found.rivers}
    {'wadi'}
    """
    held = load_catalogue() if catalogue is None else catalogue
    rivers = _rivers(held, box_deg) if "rivers" in held.landscape else ()
    towns = _towns(held, box_deg) if "towns" in held.landscape else ()
    return Landscape(
        rivers,
        towns,
        held.landscape["rivers"] if rivers else None,
        held.landscape["towns"] if towns else None,
    )


def towns_to_name(
    towns: Iterable[Town],
    box_deg: Box,
    *,
    most: int = 8,
    apart: float = 0.16,
    taken: Sequence[tuple[float, float]] = (),
) -> tuple[Town, ...]:
    """Choose the towns that a map names: the most populous, not too near to each other.

    Parameters
    ----------
    towns : iterable of Town
    box_deg : tuple of float
        West, south, east, north of the view.
    most : int
        How many at most.
    apart : float
        How far from each other, as a share of the view's shorter side.
    taken : sequence of (lon, lat)
        Where something else stands: positions of the evidence, named places. Towns keep three hundredths of that
        side from them, no more: a city beside the evidence is what a reader looks for first.

    Returns
    -------
    tuple of Town
        In the order of choice: by population, then as GeoNames numbers them.

    Examples
    --------
    >>> found = landscape_within((1.0, 20.0, 2.5, 21.0))
    >>> [town.name for town in towns_to_name(found.towns, (1.0, 20.0, 2.5, 21.0), taken=[(1.806, 20.44)])]
    ['Tessalit']
    """
    west, south, east, north = box_deg
    across = math.cos(math.radians((south + north) / 2))
    side = min((east - west) * across, north - south)
    others = [(lon * across, lat) for lon, lat in taken]
    spots: list[tuple[float, float]] = []
    chosen: list[Town] = []
    for town in sorted(towns, key=lambda each: (-(each.population or 0), each.number)):
        spot = (town.lon_deg * across, town.lat_deg)
        inside = west <= town.lon_deg <= east and south <= town.lat_deg <= north
        clear = all(math.dist(spot, other) >= _CLEAR * side for other in others)
        if inside and clear and all(math.dist(spot, other) >= apart * side for other in spots):
            chosen.append(town)
            spots.append(spot)
            if len(chosen) == most:
                break
    return tuple(chosen)


def _rivers(catalogue: Catalogue, box_deg: Box) -> tuple[River, ...]:
    file = catalogue.landscape["rivers"].file
    lines: dict[int, list[BaseGeometry]] = {}
    for tile, shift_deg in _tiles(catalogue, file, box_deg):
        levels, whole = _river_tile(catalogue, file, tile)
        west, south, east, north = box_deg
        cut = shapely.clip_by_rect(whole, west - shift_deg, south, east - shift_deg, north)
        for level, shape in zip(levels, cut, strict=True):
            parts = [part for part in shapely.get_parts(shape) if part.geom_type == "LineString" and not part.is_empty]
            lines.setdefault(level, []).extend(_shifted(part, shift_deg) for part in parts)
    order = sorted(level for level in lines if lines[level])
    return tuple(River(*_LEVELS[level], _joined(lines[level])) for level in order)


def _shifted(line: BaseGeometry, by_deg: float) -> BaseGeometry:
    return shapely.transform(line, lambda points: points + np.array([by_deg, 0.0])) if by_deg else line


def _joined(lines: list[BaseGeometry]) -> BaseGeometry:
    joined: BaseGeometry = shapely.line_merge(shapely.MultiLineString(lines))
    return joined


def _towns(catalogue: Catalogue, box_deg: Box) -> tuple[Town, ...]:
    file = catalogue.landscape["towns"].file
    west, south, east, north = box_deg
    found = [
        (town, shift_deg)
        for tile, shift_deg in _tiles(catalogue, file, box_deg)
        for town in _town_tile(catalogue, file, tile)
        if west <= town.lon_deg + shift_deg <= east and south <= town.lat_deg <= north
    ]
    listed = [_moved(town, shift_deg) for town, shift_deg in found]
    return tuple(sorted(listed, key=lambda town: (-(town.population or 0), town.number)))


def _moved(town: Town, shift_deg: float) -> Town:
    if not shift_deg:
        return town
    return Town(
        town.number,
        town.name,
        town.name_local,
        town.script,
        town.name_arabic,
        town.territory,
        town.lon_deg + shift_deg,
        town.lat_deg,
        town.population,
    )


def _tiles(catalogue: Catalogue, file: str, box_deg: Box) -> Iterator[tuple[Tile, float]]:
    """The tiles held that a view shows, each with what its longitudes must be moved by to lie in the view."""
    held = _members(catalogue, file)
    west, south, east, north = (int(edge // _TILE_DEG) * _TILE_DEG for edge in box_deg)
    for lon in range(west, east + 1, _TILE_DEG):
        own = (lon + 180) % 360 - 180
        for lat in range(south, north + 1, _TILE_DEG):
            if (own, lat) in held:
                yield (own, lat), float(lon - own)


@cache
def _members(catalogue: Catalogue, file: str) -> frozenset[Tile]:
    """The tiles of an archive; most of the earth has none."""
    try:
        about = json.loads(read_member(catalogue, file, "about.json"))
        size_deg, tiles = about["tile_deg"], frozenset((lon, lat) for lon, lat in about["tiles"])
    except (KeyError, TypeError, ValueError) as problem:
        raise _unreadable(file, problem) from problem
    if size_deg != _TILE_DEG:
        raise BoundaryError(f"{file} has tiles of {size_deg} degrees, not {_TILE_DEG}; {_REMEDY}")
    return tiles


@cache
def _river_tile(catalogue: Catalogue, file: str, tile: Tile) -> tuple[tuple[int, ...], NDArray[np.object_]]:
    try:
        grid_deg = json.loads(read_member(catalogue, file, "about.json"))["grid_deg"]
        stream = io.BytesIO(read_member(catalogue, file, f"tile/{tile[0]},{tile[1]}.npy"))
        levels, counts, rows = (np.load(stream, allow_pickle=False) for _ in range(3))
        low, high = rows.reshape(2, 2, -1).astype(np.int64)
        positive = low | high << 8
        change = np.where(positive & 1, -(positive >> 1) - 1, positive >> 1)
        corner = np.round(np.array(tile) / grid_deg).astype(np.int64)
        vertices = (np.cumsum(change, axis=1) + corner[:, np.newaxis]).T * grid_deg
        lines = shapely.linestrings(vertices, indices=np.repeat(np.arange(counts.size), counts.astype(np.intp)))
    except (KeyError, TypeError, ValueError, EOFError, shapely.GEOSException) as problem:
        raise _unreadable(file, problem) from problem
    strangers = sorted(set(levels.tolist()) - set(_LEVELS))
    if strangers:
        raise BoundaryError(f"{file} has rivers of the unknown levels {strangers}; {_REMEDY}")
    return tuple(levels.tolist()), lines


@cache
def _town_tile(catalogue: Catalogue, file: str, tile: Tile) -> tuple[Town, ...]:
    try:
        columns: dict[str, list[Any]] = json.loads(read_member(catalogue, file, f"tile/{tile[0]},{tile[1]}.json"))
        names = ("number", "name", "local", "script", "arabic", "territory", "lon_deg", "lat_deg", "population")
        return tuple(_town(*row) for row in zip(*(columns[name] for name in names), strict=True))
    except (KeyError, TypeError, ValueError) as problem:
        raise _unreadable(file, problem) from problem


def _town(
    number: int,
    name: str,
    local: str,
    script: str,
    arabic: str,
    territory: str,
    lon_deg: float,
    lat_deg: float,
    population: int,
) -> Town:
    return Town(
        number,
        name,
        local,
        script,
        local if script == "Arab" and not arabic else arabic,
        ALPHA_3[territory],
        float(lon_deg),
        float(lat_deg),
        population or None,
    )


def _unreadable(file: str, problem: Exception) -> BoundaryError:
    return BoundaryError(f"{file} cannot be understood ({type(problem).__name__}: {problem}); {_REMEDY}")
