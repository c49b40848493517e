"""The world bundle: every land border in two lineages, each lineage in one archive that is read member by member.

The list of pairs is small and is read with the catalogue. An archive is read, and held to its hash, when a border
of it is first asked for; of its members only those of the two territories are unpacked.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from shapely import LineString, MultiLineString, MultiPolygon, Polygon

from geoinc.boundaries.geojson import read_features
from geoinc.boundaries.source import Source
from geoinc.errors import BoundaryError

if TYPE_CHECKING:
    from geoinc.boundaries.catalogue import Catalogue

__all__ = ["Note", "World", "WorldBorder", "is_archive", "read_ground", "read_line", "read_member", "read_world"]

SCHEMA: Final = "geoinc/boundary-world/1"

Pair = tuple[str, str]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Note:
    """What the build found out about a border and could not mend, or did mend.

    Attributes
    ----------
    kind : str
        ``single``: one lineage alone; ``mended``; ``length``: the lineages do not draw the same line; ``ground``:
        they differ on much ground; ``overlap``: a source gives ground to both; ``third``: a third territory holds
        ground on one side; ``unassigned``: ground between the two belongs to neither; ``overseas``; ``status``.
    source : str or None
        The source it is about; None where it is about the border.
    text : str
        For people.
    """

    kind: str
    source: str | None
    text: str

    def __str__(self) -> str:
        return f"{self.source}: {self.text}" if self.source else self.text


@dataclass(frozen=True, slots=True)
class WorldBorder:
    """One pair of the world bundle.

    Attributes
    ----------
    box : tuple of float
        West, south, east, north of the lines, in degrees.
    length_km : mapping of str to float
        Length of the line by id of the source: those that hold the border, in order.
    notes : tuple of Note
    """

    box: Box
    length_km: Mapping[str, float]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """What the world bundle holds.

    Attributes
    ----------
    borders : mapping
        By sorted pair of codes.
    territories : mapping of str to str
        English names of all territories with a code, with or without a border.
    left_out : mapping
        Pairs whose line runs at sea, with the share of it on land.
    part_of : mapping of str to str
        Overseas territories, with the one that Natural Earth counts them to.
    boxes_file, boxes_member : str
        Where the boxes round stretches of all lines stand.
    """

    borders: Mapping[Pair, WorldBorder]
    territories: Mapping[str, str]
    left_out: Mapping[Pair, float]
    part_of: Mapping[str, str]
    boxes_file: str
    boxes_member: str


def read_world(data: Mapping[str, Any]) -> World:
    """Return the world bundle from its list, as parsed.

    Parameters
    ----------
    data : mapping
        The document.

    Raises
    ------
    ValueError, KeyError, TypeError
        If it is not of the expected form.
    """
    if data["schema"] != SCHEMA:
        raise ValueError(f"schema {data['schema']!r}, expected {SCHEMA!r}")
    return World(
        borders=MappingProxyType({_pair(name): _border(entry) for name, entry in data["borders"].items()}),
        territories=MappingProxyType(data["territories"]),
        left_out=MappingProxyType({_pair(name): float(share) for name, share in data["left_out"].items()}),
        part_of=MappingProxyType(data["part_of"]),
        boxes_file=data["boxes"]["file"],
        boxes_member=data["boxes"]["member"],
    )


def _pair(name: str) -> Pair:
    first, second = name.split("-")
    return first, second


def _border(entry: Mapping[str, Any]) -> WorldBorder:
    west, south, east, north = entry["box"]
    notes = tuple(Note(note["kind"], note["source"], note["text"]) for note in entry.get("notes", ()))
    return WorldBorder((west, south, east, north), MappingProxyType(entry["length_km"]), notes)


def is_archive(source: Source) -> bool:
    """Tell whether a bundled source lies in an archive of the world."""
    return source.file.endswith(".zip")


def read_line(catalogue: Catalogue, source: Source, pair: Pair) -> LineString | MultiLineString:
    """Return one source's line of a sorted pair."""
    member = f"line/{'-'.join(pair)}.geojson"
    line = _only_geometry(catalogue, source.file, member)
    if not isinstance(line, LineString | MultiLineString):
        raise BoundaryError(f"{source.file} holds no line in {member}; build the data again")
    return line


@cache
def read_ground(catalogue: Catalogue, source: Source, territory: str) -> Polygon | MultiPolygon:
    """Return one source's ground of a whole territory."""
    member = f"ground/{territory}.geojson"
    ground = _only_geometry(catalogue, source.file, member)
    if not isinstance(ground, Polygon | MultiPolygon):
        raise BoundaryError(f"{source.file} holds no ground in {member}; build the data again")
    return ground


def _only_geometry(
    catalogue: Catalogue, file: str, member: str
) -> LineString | MultiLineString | Polygon | MultiPolygon:
    features = read_features(read_member(catalogue, file, member), f"{file}, {member}")
    if len(features) != 1:
        raise BoundaryError(f"{file} holds {len(features)} features in {member}, not one; build the data again")
    return features[0].geometry


def read_member(catalogue: Catalogue, file: str, member: str) -> bytes:
    """Return one member of an archive whose hash has been checked.

    Parameters
    ----------
    catalogue : Catalogue
    file : str
        Path of the archive below the data folder.
    member : str

    Raises
    ------
    IntegrityError
        If the archive is not the recorded one.
    BoundaryError
        If it cannot be read, or does not hold the member.
    """
    try:
        return _archive(catalogue, file).read(member)
    except KeyError as problem:
        raise BoundaryError(f"{file} holds no {member}; build the data again") from problem


@cache
def _archive(catalogue: Catalogue, file: str) -> zipfile.ZipFile:
    content = catalogue.read(file)
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as problem:
        raise BoundaryError(f"{file} is no archive ({problem}); build the data again") from problem
