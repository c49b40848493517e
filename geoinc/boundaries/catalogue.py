"""The catalogue of bundled boundary data: what is held, under which licence, and the hash of every file.

No file is used before its bytes have been held to the hash that the catalogue records for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from geoinc.boundaries.source import Accuracy, Package, Source
from geoinc.boundaries.world import Note, World, read_world
from geoinc.errors import BoundaryError, IntegrityError, UnknownBoundaryError
from geoinc.geodesy import Edges
from geoinc.messages import from_data

__all__ = [
    "CATALOGUE_FILE",
    "Background",
    "Catalogue",
    "CoastFiles",
    "Lineage",
    "covered_region",
    "data_folder",
    "load_catalogue",
]

CATALOGUE_FILE: Final = "catalogue.json"
SCHEMA: Final = "geoinc/boundary-catalogue/1"
WHOLE_EARTH: Final = (-180.0, -90.0, 180.0, 90.0)
ABOUT_DEG: Final = 3.0
_REMEDY: Final = "install geoinc again, or take data/boundaries from a fresh checkout"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """A family of sources that go back to one origin.

    Attributes
    ----------
    id, title : str
        ``osm``, "OpenStreetMap".
    assumed_accuracy_m : float or None
        In metres at 95 %: what is assumed where nothing is documented and too few others hold the border.
    assumption : str or None
        Why this figure.
    correlated_with : tuple of str
        Lineages that may share an origin with this one.
    """

    id: str
    title: str
    assumed_accuracy_m: float | None
    assumption: str | None
    correlated_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoastFiles:
    """Where the coast of the world lies.

    Attributes
    ----------
    source : Source
        The geometry.
    states_file : str
        Path of the list that says whose coast it is.
    derived_95_m : float
        How exact a distance to it was found to be, at 95 % in metres, with the thinning.
    derivation : str
        How that was found.
    """

    source: Source
    states_file: str
    derived_95_m: float
    derivation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """Data that are drawn behind a map and never measured against.

    Attributes
    ----------
    id, title, vintage : str
        ``wdb2-rivers``; what it is, and when it was current.
    scale_denominator : int or None
        Of the charts that it was drawn from; None where there were none.
    licence, attribution, licence_file : str
        SPDX identifier, the credit that the licence asks for, and the path of its text.
    about : str
        What was done to it, and what is known of how good it is.
    package : Package
        Where it was taken from.
    file, sha256 : str
        Path below the data folder, and hash.
    """

    id: str
    title: str
    vintage: str
    scale_denominator: int | None
    licence: str
    attribution: str
    licence_file: str
    about: str
    package: Package
    file: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Catalogue:
    """What the data folder holds.

    Attributes
    ----------
    folder : Path
        Where it lies.
    sha256 : str
        Hash of the catalogue's own bytes.
    sources : tuple of Source
        The most detailed and most trusted first.
    lineages : mapping of str to Lineage
        By id.
    borders : mapping
        Ids of the sources that hold a border, by pair of territories. Where a detailed bundle holds it, the world
        bundle does not serve.
    windows : mapping
        West, south, east, north of the ground held, in degrees, by pair of territories.
    regions : mapping
        A box around the line and what lies near it, by pair of territories: the window, or where this is the whole
        earth, three degrees about the line.
    world : World or None
        What the world bundle says of its borders; None where the folder holds none.
    files : mapping of str to str
        Hash by path, of every file beside the catalogue itself.
    locator_file : str
        Path of the outlines for locator maps.
    coast : CoastFiles or None
        The coast of the world; None where the folder holds none.
    landscape : mapping of str to Background
        ``rivers`` and ``towns``; empty where the folder holds none.
    """

    folder: Path
    sha256: str
    sources: tuple[Source, ...]
    lineages: Mapping[str, Lineage]
    borders: Mapping[tuple[str, str], tuple[str, ...]]
    windows: Mapping[tuple[str, str], tuple[float, float, float, float]]
    regions: Mapping[tuple[str, str], tuple[float, float, float, float]]
    world: World | None
    files: Mapping[str, str]
    locator_file: str
    coast: CoastFiles | None = None
    landscape: Mapping[str, Background] = field(default_factory=dict)

    def source(self, source_id: str) -> Source:
        """Return the source of this id.

        Raises
        ------
        UnknownBoundaryError
            If none goes by it.
        """
        for source in self.sources:
            if source.id == source_id:
                return source
        held = ", ".join(source.id for source in self.sources)
        raise UnknownBoundaryError(f"no source goes by {source_id!r}; held: {held}")

    def pair_of(self, first: str, second: str) -> tuple[str, str]:
        """Return the pair under which a border is held, whichever way round it is asked for.

        Raises
        ------
        UnknownBoundaryError
            If no source holds it.
        """
        for pair in ((first, second), (second, first)):
            if pair in self.borders:
                return pair
        raise UnknownBoundaryError(f"{self._no_border(first, second)}; geoinc boundaries list names all that are held")

    def _no_border(self, first: str, second: str) -> str:
        if first == second:
            return f"no border can be held between {first} and {first}: name two territories"
        strangers = [self._stranger(code) for code in (first, second) if not self._is_known(code)]
        if strangers:
            return "; ".join(strangers)
        sentences = [f"no bundled source holds a border between {self.name_of(first)} and {self.name_of(second)}"]
        for code in (first, second):
            neighbours = self.neighbours(code)
            sentences.append(
                f"{code} has a border with {', '.join(neighbours)}" if neighbours else f"{code} has none on land"
            )
        if self.world is not None:
            if (min(first, second), max(first, second)) in self.world.left_out:
                sentences.append("the line between the two runs at sea, and only borders on land are held")
            sentences += [
                f"{self.name_of(part)}, which has a code of its own, has one with {', '.join(self.neighbours(part))}"
                for part, whole in self.world.part_of.items()
                if whole in (first, second) and set(self.neighbours(part)) & {first, second}
            ]
        return "; ".join(sentences)

    def _is_known(self, code: str) -> bool:
        return bool(self.neighbours(code)) or (self.world is not None and code in self.world.territories)

    def _stranger(self, code: str) -> str:
        names = self.territory_names
        codes = {*names, *(code for pair in self.borders for code in pair)}
        by_name = {name.upper(): own for own, name in names.items()}
        near = get_close_matches(code, sorted(codes), n=3, cutoff=0.6)
        near += [by_name[name] for name in get_close_matches(code, sorted(by_name), n=2, cutoff=0.75)]
        near += [own for name, own in sorted(by_name.items()) if name.startswith(code) and len(code) > 2]
        hint = ", ".join(self.name_of(each) for each in dict.fromkeys(near))
        return (
            f"{code!r} is not the code of a territory (ISO 3166-1 alpha-3)"
            + (f"; near it are {hint}" if hint else "")
            + "; no border is held of it"
        )

    @property
    def territory_names(self) -> Mapping[str, str]:
        """The English names of territories by code, as the time zone database lists them."""
        return {} if self.world is None else self.world.territories

    def name_of(self, code: str) -> str:
        """Return a code with the English name of its territory, for messages: ``ROU (Romania)``."""
        names = self.territory_names
        return f"{code} ({names[code]})" if code in names else code

    def no_border_of(self, code: str) -> str:
        """Say why no border of a territory is held: it is an island, or no code at all."""
        if self._is_known(code):
            return f"{self.name_of(code)} has no border on land"
        return self._stranger(code)

    def lengths_km(self, first: str, second: str) -> Mapping[str, float]:
        """Return the length of a border's line by source, as far as the list of the world bundle tells it."""
        pair = self.pair_of(first, second)
        return self.world.borders[pair].length_km if self.world is not None and pair in self.world.borders else {}

    def notes(self, first: str, second: str) -> tuple[Note, ...]:
        """Return what the build found out about a border; nothing where a detailed bundle serves."""
        pair = self.pair_of(first, second)
        return self.world.borders[pair].notes if self.world is not None and pair in self.world.borders else ()

    def neighbours(self, territory: str) -> tuple[str, ...]:
        """Return the territories whose border with this one is held, sorted."""
        return tuple(
            sorted(other for pair in self.borders if territory in pair for other in pair if other != territory)
        )

    def read(self, file: str) -> bytes:
        """Return the bytes of a file whose hash has been checked.

        Parameters
        ----------
        file : str
            Path below the data folder, as the catalogue gives it.

        Raises
        ------
        IntegrityError
            If the bytes are not the recorded ones.
        BoundaryError
            If the file is not there, cannot be read, or is not in the catalogue.
        """
        if file not in self.files:
            raise BoundaryError(f"{file} is not a file of the catalogue; it holds: {', '.join(self.files)}")
        return _read_checked(self.folder / file, self.files[file])


def _read_checked(path: Path, expected: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise BoundaryError(f"the boundary file {path} cannot be read ({problem.strerror}); {_REMEDY}") from problem
    actual = hashlib.sha256(content).hexdigest()
    if actual != expected:
        raise IntegrityError(
            f"the boundary file {path} is not the recorded one: expected SHA-256 {expected}, got {actual}; {_REMEDY}"
        )
    return content


def data_folder() -> Path:
    """Return the folder of the bundled boundary data: inside an installed package, or in the checkout.

    Raises
    ------
    BoundaryError
        If neither is there.
    """
    package = Path(__file__).resolve().parents[1]
    candidates = (package / "_data" / "boundaries", package.parent / "data" / "boundaries")
    for folder in candidates:
        if (folder / CATALOGUE_FILE).is_file():
            return folder
    looked = " and ".join(str(folder) for folder in candidates)
    raise BoundaryError(f"no boundary data found in {looked}; {_REMEDY}")


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """Read the catalogue; the boundary files themselves stay closed until they are asked for.

    Parameters
    ----------
    folder : Path, optional
        Another data folder than the bundled one.

    Returns
    -------
    Catalogue

    Raises
    ------
    BoundaryError
        If the data are missing, or the catalogue cannot be understood.

    Examples
    --------
    >>> catalogue = load_catalogue()
    >>> catalogue.borders["MLI", "DZA"][0], catalogue.lineages["osm"].assumed_accuracy_m
    ('osm-2026c', 250.0)
    """
    return _load(data_folder() if folder is None else folder)


@cache
def _load(folder: Path) -> Catalogue:
    path = folder / CATALOGUE_FILE
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise BoundaryError(
            f"the boundary catalogue {path} cannot be read ({problem.strerror}); {_REMEDY}"
        ) from problem
    try:
        return _catalogue(folder, content)
    except (KeyError, TypeError, ValueError) as problem:
        raise BoundaryError(
            f"the boundary catalogue {path} cannot be understood ({type(problem).__name__}: {problem}); {_REMEDY}"
        ) from problem


def _catalogue(folder: Path, content: bytes) -> Catalogue:
    data = json.loads(content)
    if data["schema"] != SCHEMA:
        raise ValueError(f"schema {data['schema']!r}, expected {SCHEMA!r}")
    listed = [_source(entry) for entry in data["sources"]]
    files = {source.file: source.sha256 for source in listed}
    files |= {entry["file"]: entry["sha256"] for entry in data["other_files"]}
    coast = None
    if "coast" in data:
        entry = data["coast"]
        coast = CoastFiles(
            _source(entry["source"]), entry["states_file"], entry["derived"]["value_95_m"], entry["derived"]["how"]
        )
        files[coast.source.file] = coast.source.sha256
    pairs = [(entry["pair"][0], entry["pair"][1]) for entry in data["borders"]]
    borders = {pair: tuple(entry["sources"]) for pair, entry in zip(pairs, data["borders"], strict=True)}
    windows = {pair: _window(entry["window_deg"]) for pair, entry in zip(pairs, data["borders"], strict=True)}
    regions = dict(windows)
    world = None
    if "world" in data:
        file = data["world"]["file"]
        about = json.loads(_read_checked(folder / file, files[file]))
        listed += [_source(entry) for entry in about["sources"]]
        files |= {source.file: source.sha256 for source in listed}
        world = read_world(about)
        for (first, second), border in world.borders.items():
            if not {(first, second), (second, first)} & set(pairs):
                borders[first, second] = tuple(border.length_km)
                windows[first, second] = WHOLE_EARTH
                regions[first, second] = _about(border.box)
    return Catalogue(
        folder=folder,
        sha256=hashlib.sha256(content).hexdigest(),
        sources=tuple(listed),
        lineages=MappingProxyType({entry["id"]: _lineage(entry) for entry in data["lineages"]}),
        borders=MappingProxyType(borders),
        windows=MappingProxyType(windows),
        regions=MappingProxyType(regions),
        world=world,
        files=MappingProxyType(files),
        locator_file=data["locator"]["file"],
        coast=coast,
        landscape=MappingProxyType({kind: _background(entry) for kind, entry in data.get("landscape", {}).items()}),
    )


def _about(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    west, south, east, north = box
    return (
        max(west - ABOUT_DEG, -180.0),
        max(south - ABOUT_DEG, -90.0),
        min(east + ABOUT_DEG, 180.0),
        min(north + ABOUT_DEG, 90.0),
    )


def _accuracy(entry: Mapping[str, Any]) -> Accuracy:
    return Accuracy(**{**entry, "document": from_data(entry["document"])})


def _source(entry: Mapping[str, Any]) -> Source:
    fields = dict(entry)
    fields["edges"] = Edges(entry["edges"])
    fields |= {name: from_data(entry[name]) for name in ("title", "ancestry")}
    fields["accuracy"] = None if entry["accuracy"] is None else _accuracy(entry["accuracy"])
    fields["package"] = Package(**entry["package"])
    fields["correlated_with"] = tuple(entry["correlated_with"])
    return Source(**fields)


def _background(entry: Mapping[str, Any]) -> Background:
    said = {name: from_data(entry[name]) for name in ("title", "about")}
    return Background(**{**entry, **said, "package": Package(**entry["package"])})


def _lineage(entry: Mapping[str, Any]) -> Lineage:
    return Lineage(**{**entry, "correlated_with": tuple(entry["correlated_with"])})


def _window(bounds: list[float]) -> tuple[float, float, float, float]:
    west, south, east, north = map(float, bounds)
    return west, south, east, north


def covered_region(pairs: Iterable[tuple[str, str]]) -> tuple[float, float, float, float] | None:
    """Return the box around some borders and what lies near them, in degrees; None where none is held.

    Parameters
    ----------
    pairs : iterable of pairs of str
        Territories, in either order; borders that are not held count for nothing.

    Returns
    -------
    tuple of float or None
        West, south, east, north.

    Examples
    --------
    >>> covered_region([("DZA", "MLI")])
    (-8.0, 16.0, 7.4, 28.0)
    """
    regions = load_catalogue().regions
    boxes = [regions[key] for pair in pairs for key in (pair, (pair[1], pair[0])) if key in regions]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)
