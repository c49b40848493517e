"""The user's own sources: copied once, held to their hash ever after, and removed again.

They lie in the user's data folder (or in that named by the environment variable ``GEOINC_DATA``): one GeoJSON for
each border of each source, and ``registry.json``, which describes them. Both are written to a file beside the
place and then renamed, so that no half of one is ever read.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import platformdirs
import shapely

from geoinc.boundaries.border import BoundaryLine
from geoinc.boundaries.catalogue import Catalogue, load_catalogue
from geoinc.boundaries.geojson import read_features
from geoinc.boundaries.integrity import MISSING, FileCheck
from geoinc.boundaries.own.examination import shorten
from geoinc.boundaries.source import Accuracy, Source
from geoinc.errors import BoundaryError, IntegrityError, UnknownBoundaryError, UsageError
from geoinc.geodesy import Edges

__all__ = [
    "Entry",
    "add_source",
    "list_entries",
    "open_registered",
    "registered_names",
    "registry_folder",
    "remove_source",
    "verify_registry",
]

VARIABLE: Final = "GEOINC_DATA"
SCHEMA: Final = "geoinc/own-boundaries/1"
INDEX: Final = "registry.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One registered border of one source.

    Attributes
    ----------
    source : Source
        Its file and hash are those of the registered copy.
    pair : tuple of str
        The territories.
    original, original_sha256 : str
        Name of the file that was added, and the hash of its bytes.
    """

    source: Source
    pair: tuple[str, str]
    original: str
    original_sha256: str


def registry_folder() -> Path:
    """Return the folder of the user's own sources; it need not exist."""
    given = os.environ.get(VARIABLE)
    root = Path(given) if given else Path(platformdirs.user_data_dir("geoinc", appauthor=False))
    return root / "boundaries"


def list_entries() -> tuple[Entry, ...]:
    """Return what is registered, sorted by source and border.

    Raises
    ------
    BoundaryError
        If the registry cannot be read or understood.
    """
    path = registry_folder() / INDEX
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise BoundaryError(f"the registry of your own sources {path} cannot be read ({error.strerror})") from error
    try:
        return _entries(json.loads(content))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise BoundaryError(
            f"the registry of your own sources {path} cannot be understood ({type(error).__name__}: {shorten(error)}); "
            "mend it, or move it away and add the sources again"
        ) from error


def registered_names() -> frozenset[str]:
    """Return the ids and lineages of what is registered; none where the registry cannot be read."""
    try:
        entries = list_entries()
    except BoundaryError:
        return frozenset()
    return frozenset(name for entry in entries for name in (entry.source.id, entry.source.lineage))


def _entries(data: Mapping[str, Any]) -> tuple[Entry, ...]:
    if data["schema"] != SCHEMA:
        raise ValueError(f"schema {shorten(data['schema'])}, expected {SCHEMA}")
    return tuple(sorted((_entry(each) for each in data["sources"]), key=_order))


def add_source(line: BoundaryLine, *, catalogue: Catalogue | None = None) -> Entry:
    """Register a line that was read from a user's file.

    Parameters
    ----------
    line : BoundaryLine
        From `read_own_boundary`.
    catalogue : Catalogue, optional
        Whose names are taken; by default the bundled one.

    Returns
    -------
    Entry

    Raises
    ------
    UsageError
        If the name is taken, or the folder cannot be written.
    """
    held = load_catalogue() if catalogue is None else catalogue
    name, pair = line.source.id, _sorted(line.pair)
    entries = list_entries()
    if name in held.lineages or any(name == source.id for source in held.sources):
        raise UsageError(f"{name!r} is the name of a bundled source or lineage: take another with --id")
    if any(entry.source.id == name and entry.pair == pair for entry in entries):
        raise UsageError(
            f"{name!r} is registered for {'-'.join(pair)} already: take another name with --id, or remove it first "
            f"(geoinc boundaries remove {name})"
        )
    content = _document(line, pair)
    digest = hashlib.sha256(content).hexdigest()
    file = f"{name}-{'-'.join(pair).lower()}.geojson"
    entry = Entry(replace(line.source, file=file, sha256=digest), pair, Path(line.source.file).name, line.source.sha256)
    folder = registry_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / file, content)
        _write_index((*entries, entry))
    except OSError as error:
        raise UsageError(f"cannot write to {folder}: {error.strerror}") from error
    return entry


def remove_source(name: str) -> tuple[Entry, ...]:
    """Take a registered source out, with all its borders.

    Raises
    ------
    UnknownBoundaryError
        If none goes by this name.
    UsageError
        If the folder cannot be written.
    """
    entries = list_entries()
    gone = tuple(entry for entry in entries if entry.source.id == name)
    if not gone:
        held = ", ".join(dict.fromkeys(entry.source.id for entry in entries)) or "none"
        raise UnknownBoundaryError(f"no source of your own goes by {shorten(name)!r}; registered: {held}")
    folder = registry_folder()
    try:
        # The index goes first: a file that nothing names does no harm, a name without its file does.
        _write_index(tuple(entry for entry in entries if entry.source.id != name))
        for entry in gone:
            with suppress(FileNotFoundError):
                (folder / entry.source.file).unlink()
    except OSError as error:
        raise UsageError(f"cannot write to {folder}: {error.strerror}") from error
    return gone


def open_registered(pair: tuple[str, str]) -> tuple[BoundaryLine, ...]:
    """Return the registered lines between two territories, each held to its hash first.

    Raises
    ------
    IntegrityError
        If a registered file is not what it was.
    BoundaryError
        If one cannot be read.
    """
    wanted = _sorted(pair)
    return tuple(_open(entry) for entry in list_entries() if entry.pair == wanted)


def verify_registry() -> tuple[FileCheck, ...]:
    """Hold every registered file to its recorded hash; a missing one is a failed check, no error."""
    checks = []
    for entry in list_entries():
        path = registry_folder() / entry.source.file
        actual = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else MISSING
        checks.append(FileCheck(str(path), entry.source.sha256, actual))
    return tuple(checks)


def _open(entry: Entry) -> BoundaryLine:
    path = registry_folder() / entry.source.file
    remedy = f"remove it (geoinc boundaries remove {entry.source.id}) and add it again"
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BoundaryError(f"the file of your source {path} cannot be read ({error.strerror}); {remedy}") from error
    actual = hashlib.sha256(content).hexdigest()
    if actual != entry.source.sha256:
        raise IntegrityError(
            f"the file of your source {path} is not the registered one: expected SHA-256 {entry.source.sha256}, got "
            f"{actual}; {remedy}"
        )
    roles: dict[str, Any] = {}
    for feature in read_features(content, str(path)):
        role = feature.properties.get("role")
        roles[feature.properties["territory"] if role == "ground" else str(role)] = feature.geometry
    try:
        ground = MappingProxyType({code: roles[code] for code in entry.pair})
        line, window = roles["line"], roles["window"]
    except KeyError as error:
        raise BoundaryError(f"the file of your source {path} lacks {error}; {remedy}") from error
    shapely.prepare(window)
    return BoundaryLine(entry.source, entry.pair, line, ground, window)


def _sorted(pair: tuple[str, str]) -> tuple[str, str]:
    first, second = sorted(pair)
    return first, second


def _order(entry: Entry) -> tuple[str, tuple[str, str]]:
    return entry.source.id, entry.pair


def _document(line: BoundaryLine, pair: tuple[str, str]) -> bytes:
    """The line, both grounds and the window as GeoJSON; numbers are the shortest that read back the same."""
    shapes = [({"role": "line"}, line.line)]
    shapes += [({"role": "ground", "territory": code}, line.ground[code]) for code in pair]
    shapes.append(({"role": "window"}, line.window))
    features = [
        {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(shape)}
        for properties, shape in shapes
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"), allow_nan=False)
    return text.encode("ascii")


def _write_index(entries: tuple[Entry, ...]) -> None:
    sources = [
        {
            "source": asdict(entry.source) | {"edges": entry.source.edges.value},
            "pair": list(entry.pair),
            "original": entry.original,
            "original_sha256": entry.original_sha256,
        }
        for entry in sorted(entries, key=_order)
    ]
    text = json.dumps({"schema": SCHEMA, "sources": sources}, indent=1, ensure_ascii=False) + "\n"
    _write(registry_folder() / INDEX, text.encode("utf-8"))


def _write(path: Path, content: bytes) -> None:
    handle, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _entry(data: Mapping[str, Any]) -> Entry:
    first, second = data["pair"]
    held = dict(data["source"])
    held["edges"] = Edges(held["edges"])
    held["accuracy"] = None if held["accuracy"] is None else Accuracy(**held["accuracy"])
    held["correlated_with"] = tuple(held["correlated_with"])
    held["notes"] = tuple(held["notes"])
    source = Source(**held)
    if Path(source.file).name != source.file or not source.own:
        raise ValueError(f"{source.file!r} is no file of the registry")
    return Entry(source, _sorted((str(first), str(second))), str(data["original"]), str(data["original_sha256"]))
