"""An incident file to an :class:`~geoinc.claims.Incident`, or to all that is wrong with it at once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Any, Final, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from geoinc.boundaries import covered_region
from geoinc.cases import case_bytes, case_names
from geoinc.claims import Assumption, BoundaryWidth, Claim, Incident, Party, Point, Reference
from geoinc.errors import IncidentError, InputError
from geoinc.incident.claim_entries import AnyClaim, ClaimEntry
from geoinc.incident.fields import Borders
from geoinc.incident.figures import Figures
from geoinc.incident.json_text import read_json
from geoinc.incident.messages import explain
from geoinc.incident.names import Names, Scope
from geoinc.incident.problems import MAX_PROBLEMS, Path, Problems, printable, shown
from geoinc.incident.resolve import Resolver, resolve_place
from geoinc.incident.schema import (
    SCHEMA_NAME,
    AssumptionEntry,
    BoundaryWidthEntry,
    IncidentFile,
    PlaceEntry,
)
from geoinc.incident.tags import assign_tags
from geoinc.incident.translations import read_translations
from geoinc.incident.tree import MappingNode, find_line
from geoinc.incident.yaml_text import read_yaml
from geoinc.places import Place, gazetteer
from geoinc.quantities import Precision

__all__ = ["load_incident", "parse_incident"]

MAX_BYTES: Final = 2_000_000
SUFFIXES: Final = (".yaml", ".yml", ".json")

_Entry = TypeVar("_Entry", bound=BaseModel)
_Value = TypeVar("_Value")
_ASSUMPTION: Final = TypeAdapter(AssumptionEntry)
_WIDTH: Final = TypeAdapter(BoundaryWidthEntry)
_BORDERS: Final[TypeAdapter[tuple[tuple[str, str], ...]]] = TypeAdapter(Borders)
_CLAIM: Final[TypeAdapter[ClaimEntry]] = TypeAdapter(AnyClaim)
_PLACE: Final = TypeAdapter(PlaceEntry)


def load_incident(path_or_name: str | os.PathLike[str], *, precision: Precision | None = None) -> Incident:
    """Read an incident file, or a bundled case by its name.

    Parameters
    ----------
    path_or_name : str or path
        A file that ends in .yaml, .yml or .json; or the name of a bundled case, such as ``tz-98d``.
    precision : Precision, optional
        Takes the place of every claim's own precision model; declared intervals stay.

    Returns
    -------
    Incident
        Checked and resolved.

    Raises
    ------
    InputError
        If there is no such file, or it cannot be read.
    IncidentError
        With every problem of the file: line, field, what is wrong and what to do.

    Examples
    --------
    >>> load_incident("tz-98d").borders
    (('MLI', 'DZA'),)
    """
    name = os.fspath(path_or_name)
    content = case_bytes(name) if name in case_names() else _read_file(name)
    return _parse_bytes(content, name, precision)


def parse_incident(text: str, *, name: str, precision: Precision | None = None) -> Incident:
    """Read the text of an incident file.

    Parameters
    ----------
    text : str
        YAML 1.2, or JSON where `name` ends in ``.json``.
    name : str
        Stands in messages and in the incident's ``file``.
    precision : Precision, optional
        As for :func:`load_incident`.

    Returns
    -------
    Incident
        Checked and resolved.

    Raises
    ------
    IncidentError
        With every problem of the text.
    """
    return _parse_bytes(text.encode("utf-8", errors="surrogatepass"), name, precision)


def _read_file(name: str) -> bytes:
    path = FilePath(name)
    said = printable(name)
    try:
        if path.is_dir():
            raise InputError(f"{said}: is a folder; name a file in it, or a bundled case: {_list_cases()}")
        if not path.exists():
            raise InputError(f"{said}: no such file, and no bundled case has this name: {_list_cases()}")
        if path.suffix.lower() not in SUFFIXES:
            raise InputError(f"{said}: an incident file ends in .yaml, .yml or .json; rename it")
        if not path.is_file():
            raise InputError(f"{said}: is no regular file; save it to one first")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"{said}: cannot be read: {reason}") from error


def _list_cases() -> str:
    return ", ".join(case_names())


def _parse_bytes(content: bytes, name: str, precision: Precision | None) -> Incident:
    problems = Problems(printable(name))
    text = _decode(content, problems)
    problems.raise_if_any()
    root = read_json(text, problems) if name.lower().endswith(".json") else read_yaml(text, problems)
    if not isinstance(root, MappingNode):
        if not problems:
            problems.add((), f"holds no fields; it must begin with schema: {SCHEMA_NAME}", line=1)
        problems.raise_if_any()
        raise IncidentError(())
    return _Reader(root, problems, precision).read(file=name, sha256=hashlib.sha256(content).hexdigest())


def _decode(content: bytes, problems: Problems) -> str:
    if len(content) > MAX_BYTES:
        problems.add((), f"larger than {MAX_BYTES // 1_000_000} MB; an incident file is text alone", line=None)
        return ""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.add((), "saved as UTF-16; save it as UTF-8", line=1)
        return ""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problems.add((), f"byte 0x{content[error.start]:02X} is not UTF-8; save the file as UTF-8", line=line)
        return ""
    if not text.strip():
        problems.add((), "the file is empty; `geoinc example` writes one to begin with", line=1)
    return text


class _Reader:
    """Reads one tree: its shape first, then what its sound entries say, whatever else is wrong."""

    def __init__(self, root: MappingNode, problems: Problems, precision: Precision | None) -> None:
        self._root = root
        self._data = root.value
        self._problems = problems
        self._precision = precision

    def read(self, *, file: str, sha256: str) -> Incident:
        """Return the incident; raise with every problem if there is one."""
        whole = self._validate()
        figures = Figures(self._precision, self._note)
        borders = self._read_borders()
        scope = Scope(
            parties=self._ids("parties"),
            references=self._ids("references"),
            points=self._ids("points"),
            claims=frozenset(str(raw.get("id")) for _, raw in self._entries("claims")),
            places={**gazetteer(), **self._read_places(figures)},
            borders=borders,
        )
        names = Names(scope, self._note)
        self._check_unique("claims", "id")
        self._check_unique("claims", "tag")
        self._check_unique("assumptions", "id")
        resolver = Resolver(names, figures, self._note, self._party_territories(), covered_region(borders))
        claims = self._read_claims(names, resolver)
        assumptions = self._read_assumptions(names)
        widths = self._read_widths(resolver)
        translations = read_translations(self._data, self._note)
        self._problems.raise_if_any()
        if whole is None:  # cannot be: what kept the file from its shape was noted
            raise IncidentError(())
        return Incident(
            id=whole.id,
            title=whole.title,
            borders=borders,
            parties=_freeze({key: Party(key, entry.name, entry.territory) for key, entry in whole.parties.items()}),
            references=_freeze(
                {key: Reference(id=key, **entry.model_dump()) for key, entry in whole.references.items()}
            ),
            points=_freeze({key: Point(key, entry.label) for key, entry in whole.points.items()}),
            claims=claims,
            assumptions=(*assumptions, *resolver.assumptions),
            limits=whole.limits,
            summary=whole.summary or "",
            file=file,
            sha256=sha256,
            precision=self._precision,
            boundary_widths=widths,
            language=whole.language,
            translations=translations,
        )

    def _note(self, path: Path, message: str) -> None:
        self._problems.add(path, message, line=find_line(self._root, path))

    def _validate(self) -> IncidentFile | None:
        try:
            return IncidentFile.model_validate(self._data)
        except ValidationError as error:
            for each in error.errors(include_url=False, include_input=False)[: MAX_PROBLEMS + 1]:
                self._note(*explain(each, self._root))
            return None

    def _section(self, name: str) -> dict[str, Any]:
        entries = self._data.get(name)
        return entries if isinstance(entries, dict) else {}

    def _ids(self, section: str) -> frozenset[str]:
        return frozenset(self._section(section))

    def _entries(self, section: str) -> list[tuple[int, dict[str, Any]]]:
        """Return the entries of a list with their numbers; what is no entry at all was noted already."""
        entries = self._data.get(section)
        numbered = enumerate(entries if isinstance(entries, list) else ())
        return [(number, raw) for number, raw in numbered if isinstance(raw, dict)]

    def _read_borders(self) -> tuple[tuple[str, str], ...]:
        try:
            return _BORDERS.validate_python(self._data.get("border"))
        except ValidationError:
            return ()

    def _read_places(self, figures: Figures) -> dict[str, Place | None]:
        places: dict[str, Place | None] = {}
        for key, raw in self._section("places").items():
            path = ("places", key)
            if key in gazetteer():
                self._note(path, "this id belongs to a place of the bundled gazetteer: choose another")
            entry = _read_sound(_PLACE, raw)
            places[key] = None if entry is None else resolve_place(key, entry, path, figures)
        return places

    def _read_claims(self, names: Names, resolver: Resolver) -> tuple[Claim, ...]:
        sound = []
        for number, raw in self._entries("claims"):
            if raw.get("status") == "draft":
                self._refuse_draft(raw, ("claims", number))
                continue
            names.check_claim(raw, ("claims", number))
            entry = _read_sound(_CLAIM, raw)
            if entry is not None:
                sound.append((number, entry))
        parties = self._party_names()
        tags = assign_tags([(entry.tag, parties.get(entry.party, entry.party)) for _, entry in sound])
        made = [
            resolver.resolve_claim(entry, tag, ("claims", number))
            for (number, entry), tag in zip(sound, tags, strict=True)
        ]
        return tuple(claim for claim in made if claim is not None)

    def _refuse_draft(self, raw: dict[str, Any], path: Path) -> None:
        """Note that nobody has confirmed a claim, and what is open about it; nothing else is asked of it yet."""
        found = raw.get("found")
        listed = found.get("decide") if isinstance(found, dict) else None
        questions = [each for each in listed if isinstance(each, str)] if isinstance(listed, list) else []
        line = found.get("line") if isinstance(found, dict) else None
        where = f" with line {line} of the article" if isinstance(line, int) else " with the article"
        asked = f"decide: {' '.join(questions)} Then" if questions else f"compare it{where}, then"
        self._note((*path, "status"), f"is a draft that nobody has confirmed; {asked} write status: confirmed")

    def _party_names(self) -> dict[str, str]:
        return {
            key: raw["name"]
            for key, raw in self._section("parties").items()
            if isinstance(raw, dict) and isinstance(raw.get("name"), str)
        }

    def _party_territories(self) -> dict[str, str]:
        return {
            key: raw["territory"]
            for key, raw in self._section("parties").items()
            if isinstance(raw, dict) and isinstance(raw.get("territory"), str)
        }

    def _read_assumptions(self, names: Names) -> tuple[Assumption, ...]:
        found = []
        for number, raw in self._entries("assumptions"):
            entry = _read_sound(_ASSUMPTION, raw)
            if entry is not None:
                names.check_all(entry.used_by, "claim", ("assumptions", number, "used_by"))
                found.append(Assumption(entry.id, entry.text, entry.used_by))
        return tuple(found)

    def _read_widths(self, resolver: Resolver) -> tuple[BoundaryWidth, ...]:
        found = []
        for number, raw in self._entries("boundary_widths"):
            entry = _read_sound(_WIDTH, raw)
            if entry is not None:
                found.append(resolver.resolve_width(entry, ("boundary_widths", number)))
        return tuple(width for width in found if width is not None)

    def _check_unique(self, section: str, field: str) -> None:
        first: dict[str, int | None] = {}
        for number, raw in self._entries(section):
            value = raw.get(field)
            if not isinstance(value, str):
                continue
            path = (section, number, field)
            if value in first:
                self._note(path, f"{shown(value)} was given before, in line {first[value]}: choose another")
            first.setdefault(value, find_line(self._root, path))


def _read_sound(adapter: TypeAdapter[_Entry], raw: object) -> _Entry | None:
    """Return the entry of a raw value, fields that nobody knows left out; None where its shape is wrong.

    What is wrong was noted with the whole file already; here only the sound entries count.
    """
    try:
        return adapter.validate_python(raw)
    except ValidationError as error:
        unknown = {each["loc"][-1] for each in error.errors() if each["type"] == "extra_forbidden"}
        if not isinstance(raw, dict) or not unknown & raw.keys():
            return None
        return _read_sound(adapter, {key: value for key, value in raw.items() if key not in unknown})


def _freeze(mapping: dict[str, _Value]) -> Mapping[str, _Value]:
    return MappingProxyType(mapping)
