"""The coast of the world, in tiles, and whose coast each run of it is.

The files say their own form: ``coast-gshhg-f.zip`` holds the geometry and ``coast-states.json`` the states. A run of
coast belongs to a group of territories: one, two where it lies too near to the ground of a second to tell, or none.
A tile is unpacked when a position first comes near it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geoinc.boundaries.accuracy import LocalAccuracy, documented_accuracy
from geoinc.boundaries.catalogue import Catalogue, CoastFiles, load_catalogue
from geoinc.boundaries.source import Source
from geoinc.boundaries.world import read_member
from geoinc.errors import BoundaryError, UnknownBoundaryError
from geoinc.geodesy import Line, inverse, nearest
from geoinc.geodesy.ellipsoid import MAX_CURVATURE_RADIUS_M, wrap_longitude

__all__ = ["Coast", "CoastPoint", "open_coast"]

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Tile = tuple[int, int]

SAFETY: Final = 1.001
"""A box is no disc on the ellipsoid: its corners are not quite the points furthest from its middle."""


@dataclass(frozen=True, slots=True)
class CoastPoint:
    """The point of a coast nearest to a position.

    Attributes
    ----------
    distance_m : float
        Length of the shortest geodesic, on WGS 84.
    lon_deg, lat_deg : float
        Where it meets the coast.
    azimuth_deg : float
        Its azimuth at the position, clockwise from north.
    territories : tuple of str
        Codes of those whose coast this is: one, several where it is not sure which, none where nobody's ground is near.
    """

    distance_m: float
    lon_deg: float
    lat_deg: float
    azimuth_deg: float
    territories: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _TileData:
    """Vertices of a tile, the group of each, whether its run goes on from it, and how long that edge is at most."""

    lon: Array
    lat: Array
    group: Index
    joined: NDArray[np.bool_]
    length_m: Array


@dataclass(frozen=True, slots=True, eq=False)
class Coast:
    """The coast as a data folder holds it.

    Attributes
    ----------
    source : Source
        Where it comes from, and how good it is.
    territories : tuple of str
        Codes of all that have a coast, sorted.
    attribution_of_states : str
        The credit for whose coast is whose.
    accuracy : LocalAccuracy
        Of a distance to it: the documented figure for the line, or the one found by comparison, whichever is coarser.
    """

    source: Source
    territories: tuple[str, ...]
    attribution_of_states: str
    accuracy: LocalAccuracy
    _catalogue: Catalogue
    _grid_deg: float
    _groups: tuple[tuple[str, ...], ...]
    _rows: dict[Tile, tuple[tuple[int, int], ...]]
    _boxes: tuple[tuple[Tile, ...], Array]

    def nearest(
        self, lon_deg: float, lat_deg: float, *, of: str | None = None, certain: bool = False
    ) -> CoastPoint | None:
        """Return the nearest point of all coasts, or of those of one territory.

        Parameters
        ----------
        lon_deg, lat_deg : float
            WGS 84 degrees.
        of : str, optional
            Take only coasts that may be this territory's.
        certain : bool
            Of these, only those that are surely so.

        Returns
        -------
        CoastPoint or None
            None where there is no such coast at all.

        Raises
        ------
        UnknownBoundaryError
            If the territory has no coast.

        Notes
        -----
        A disc round the coast of each tile bounds the distance to it from below; tiles are opened, the nearest bound
        first, until no other can hold a nearer vertex. Of their edges those are measured whose nearer end is no
        further than the nearest vertex and the edge's own length.

        Examples
        --------
        >>> found = open_coast().nearest(3.2, 36.9, of="DZA")
        >>> print(f"{found.distance_m / 1000:.1f} km, {found.territories}")
        9.7 km, ('DZA',)
        """
        wanted = self._wanted(of, certain=certain)
        opened = list(self._open_tiles(lon_deg, lat_deg, wanted))
        best_m = min((float(away.min()) for _, away in opened if away.size), default=np.inf)
        if not np.isfinite(best_m):
            return None
        parts: list[Array] = []
        groups: list[int] = []
        for data, away in opened:
            reach = np.minimum(away[:-1], away[1:]) - data.length_m <= best_m
            kept = np.flatnonzero(data.joined & reach & np.isfinite(away[:-1]))
            if kept.size:
                for run in np.split(kept, np.flatnonzero(np.diff(kept) > 1) + 1):
                    span = slice(int(run[0]), int(run[-1]) + 2)
                    parts.append(np.column_stack([data.lon[span], data.lat[span]]))
                    groups.append(int(data.group[run[0]]))
        line = Line(parts, self.source.edges)
        found = nearest(line, lon_deg, lat_deg)
        part = int(np.searchsorted(line.part_start - np.arange(line.part_start.size), found.edge_index, side="right"))
        return CoastPoint(
            distance_m=float(found.distance_m),
            lon_deg=float(found.lon_deg),
            lat_deg=float(found.lat_deg),
            azimuth_deg=float(found.azimuth_deg),
            territories=self._groups[groups[part - 1]],
        )

    def on_land(self, lon_deg: float, lat_deg: float) -> bool:
        """Tell whether a position lies on the land's side of the coast; lakes count as land.

        Counts where the position's meridian meets the coast to the north of it: an odd number of times from land. The
        cuts of the data run along meridians and at the south pole, and count for nothing. On the coast itself it is one
        or the other.

        Examples
        --------
        >>> coast = open_coast()
        >>> coast.on_land(3.0, 36.0), coast.on_land(3.2, 36.9), coast.on_land(0.0, -90.0), coast.on_land(0.0, 90.0)
        (True, False, True, False)
        """
        tiles, boxes = self._boxes
        lon = float(wrap_longitude(np.array(lon_deg)))
        in_way = (boxes[:, 0] <= lon) & (boxes[:, 2] >= lon) & (boxes[:, 3] >= lat_deg)
        count = 0
        for number in np.flatnonzero(in_way).tolist():
            data = _read_tile(self, tiles[number])
            east = data.lon > lon
            met = np.flatnonzero(data.joined & (east[:-1] != east[1:]))
            share = (lon - data.lon[met]) / (data.lon[met + 1] - data.lon[met])
            count += int((data.lat[met] + share * (data.lat[met + 1] - data.lat[met]) > lat_deg).sum())
        return count % 2 == 1

    def others_within(
        self, lon_deg: float, lat_deg: float, within_m: float, *, than: str
    ) -> tuple[tuple[str, CoastPoint], ...]:
        """Return each other territory whose coast comes within a distance, with its nearest point, the nearest first.

        Parameters
        ----------
        lon_deg, lat_deg : float
            WGS 84 degrees.
        within_m : float
        than : str
            The territory that is left out. A coast that may be its own and may be another's counts for the other.
        """
        codes = {
            code
            for tile in self._tiles_within(lon_deg, lat_deg, within_m)
            for _, number in self._rows[tile]
            for code in self._groups[number]
        }
        found = []
        for code in sorted(codes - {than}):
            point = self.nearest(lon_deg, lat_deg, of=code)
            if point is not None and point.distance_m <= within_m:
                found.append((code, point))
        return tuple(sorted(found, key=lambda each: (each[1].distance_m, each[0])))

    def _wanted(self, of: str | None, *, certain: bool) -> NDArray[np.bool_]:
        """For each group whether its coasts are asked for."""
        if of is None:
            return np.ones(len(self._groups), dtype=bool)
        if of not in self.territories:
            raise UnknownBoundaryError(_no_coast(self._catalogue, of))
        return np.array([group == (of,) if certain else of in group for group in self._groups])

    def _open_tiles(
        self, lon_deg: float, lat_deg: float, wanted: NDArray[np.bool_]
    ) -> Iterator[tuple[_TileData, Array]]:
        """Tiles that may hold the nearest vertex, with the distance of each vertex; infinite where it is not wanted."""
        tiles, _ = self._boxes
        least_m = self._least_m(lon_deg, lat_deg)
        best_m = np.inf
        for number in np.argsort(least_m, kind="stable").tolist():
            if least_m[number] > best_m:
                return
            tile = tiles[number]
            if not any(wanted[group] for _, group in self._rows[tile]):
                continue
            data = _read_tile(self, tile)
            away = np.full(data.lon.size, np.inf)
            own = np.flatnonzero(wanted[data.group])
            away[own] = inverse(lon_deg, lat_deg, data.lon[own], data.lat[own])[0]
            best_m = min(best_m, float(away.min()))
            yield data, away

    def _tiles_within(self, lon_deg: float, lat_deg: float, within_m: float) -> list[Tile]:
        tiles, _ = self._boxes
        return [tiles[number] for number in np.flatnonzero(self._least_m(lon_deg, lat_deg) <= within_m)]

    def _least_m(self, lon_deg: float, lat_deg: float) -> Array:
        """For each tile, a distance that its coast is not nearer than."""
        west, south, east, north = self._boxes[1].T
        lon, lat = (west + east) / 2, (south + north) / 2
        radius_m = np.maximum.reduce([inverse(lon, lat, x, y)[0] for x in (west, east) for y in (south, north)])
        least_m: Array = np.maximum(inverse(lon_deg, lat_deg, lon, lat)[0] - SAFETY * radius_m, 0.0)
        return least_m


def open_coast(*, catalogue: Catalogue | None = None) -> Coast:
    """Open the coast of the world.

    Parameters
    ----------
    catalogue : Catalogue, optional
        Another catalogue than the bundled one.

    Raises
    ------
    BoundaryError
        If the data folder holds no coast, or it cannot be understood.

    Examples
    --------
    >>> coast = open_coast()
    >>> coast.source.id, "DZA" in coast.territories, "MLI" in coast.territories
    ('gshhg-f', True, False)
    """
    return _opened(load_catalogue() if catalogue is None else catalogue)


@cache
def _opened(catalogue: Catalogue) -> Coast:
    held = catalogue.coast
    if held is None:
        raise BoundaryError(f"the data folder {catalogue.folder} holds no coast; install geoinc again")
    try:
        about = json.loads(read_member(catalogue, held.source.file, "about.json"))
        states = json.loads(catalogue.read(held.states_file))
        return _coast(catalogue, held, about, states)
    except (KeyError, TypeError, ValueError) as problem:
        raise BoundaryError(
            f"the coast in {held.source.file} and {held.states_file} cannot be understood "
            f"({type(problem).__name__}: {problem}); build the data again"
        ) from problem


def _accuracy(held: CoastFiles) -> LocalAccuracy:
    derived = LocalAccuracy(held.derived_95_m, "derived", held.derivation, {})
    documented = documented_accuracy(held.source)
    return derived if documented is None or documented.value_m < derived.value_m else documented


def _coast(catalogue: Catalogue, held: CoastFiles, about: dict[str, Any], states: dict[str, Any]) -> Coast:
    tiles = tuple(_tile(name) for name in about["tiles"])
    groups = tuple(tuple(group) for group in states["groups"])
    return Coast(
        source=held.source,
        accuracy=_accuracy(held),
        territories=tuple(sorted({code for group in groups for code in group})),
        attribution_of_states=states["attribution"],
        _catalogue=catalogue,
        _grid_deg=about["grid_deg"],
        _groups=groups,
        _rows={_tile(name): tuple((count, group) for count, group in rows) for name, rows in states["tiles"].items()},
        _boxes=(tiles, np.array([*about["tiles"].values()], dtype=np.float64) * about["grid_deg"]),
    )


def _tile(name: str) -> Tile:
    lon, lat = name.split(",")
    return int(lon), int(lat)


@cache
def _read_tile(coast: Coast, tile: Tile) -> _TileData:
    member = f"tile/{tile[0]},{tile[1]}.npy"
    stream = io.BytesIO(read_member(coast._catalogue, coast.source.file, member))
    counts, rows = (np.load(stream, allow_pickle=False) for _ in range(2))
    low, middle, high = rows.reshape(3, 2, -1).astype(np.int64)
    positive = low | middle << 8 | high << 16
    change = np.where(positive & 1, -(positive >> 1) - 1, positive >> 1)
    corner = np.round(np.array(tile) / coast._grid_deg).astype(np.int64)
    lon, lat = (np.cumsum(change, axis=1) + corner[:, None]) * coast._grid_deg
    lasts = np.cumsum(counts.astype(np.intp)) - 1
    runs, numbers = np.array(coast._rows[tile], dtype=np.intp).T
    group = np.repeat(np.repeat(numbers, runs), counts)
    joined = np.ones(lon.size - 1, dtype=bool)
    joined[lasts[:-1]] = False
    lon, lat = np.clip(lon, -180.0, 180.0), np.clip(lat, -90.0, 90.0)
    # No edge is longer than this: no radius of the ellipsoid exceeds it, and no parallel that of the lower latitude.
    widest = np.cos(np.radians(np.minimum(np.abs(lat[:-1]), np.abs(lat[1:]))))
    length_m = MAX_CURVATURE_RADIUS_M * np.radians(np.hypot(np.diff(lon) * widest, np.diff(lat)))
    return _TileData(lon, lat, group, joined & (length_m > 0), length_m)


def _no_coast(catalogue: Catalogue, code: str) -> str:
    names = {} if catalogue.world is None else catalogue.world.territories
    if code in names or catalogue.neighbours(code):
        return (
            f"{catalogue.name_of(code)} has no coast on the sea, so it has no territorial sea; the Caspian counts as a "
            "lake, and shores of lakes are not held"
        )
    return catalogue.no_border_of(code).replace("no border is held of it", "no coast is held of it")
