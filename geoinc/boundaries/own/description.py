"""What a user declares beside a boundary file: a small YAML whose every field is checked, with line numbers.

The file stands beside the data under the same name with ``.yaml`` or ``.geoinc.yaml`` added:
``countries.geojson.yaml``.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from geoinc.boundaries.own.examination import shorten
from geoinc.boundaries.source import Accuracy
from geoinc.errors import BoundaryFileError, Problem
from geoinc.geodesy import Edges

__all__ = [
    "ENDINGS",
    "Description",
    "FieldError",
    "code_of",
    "find_description",
    "id_of",
    "length_of",
    "read_description",
]

ENDINGS: Final = (".yaml", ".geoinc.yaml")
SCHEMA: Final = "geoinc/boundary/1"
LARGEST_BYTES: Final = 64 * 1024
LONGEST_TEXT: Final = 2000
AT_95: Final = 0.95
LONGEST_M: Final = 1e7

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_CODE = re.compile(r"[A-Z]{3}")
_LENGTH = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,12})?)\s*(m|km|ft)")
_UNITS_M: Final[Mapping[str, float]] = {"m": 1.0, "km": 1000.0, "ft": 0.3048}
_SCALE = re.compile(r"(?:1\s*:\s*)?([0-9][0-9 ,_']{0,15})")
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class FieldError(ValueError):
    """A value that a field cannot take; the text says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What is declared of a boundary file; None where nothing is.

    Attributes
    ----------
    id, title, lineage, vintage, licence, attribution, ancestry : str or None
        As in `geoinc.boundaries.Source`.
    edges : Edges or None
        How its edges are to be read.
    accuracy : Accuracy or None
        With the document that states it.
    scale_denominator : int or None
        Nominal scale 1 : n.
    simplified_m : float or None
        The tolerance to which the geometry was simplified.
    correlated_with : tuple of str
        Lineages that may share an origin with it.
    property_name, layer : str or None
        The property that holds the codes of territories, and the layer to read.
    left, right : str or None
        For lines: the territories on either hand, going along the line.
    select : mapping of str to str
        For lines: values that the features of the border carry.
    crs : str or None
        The reference system of a file that states none.
    tolerance_m : float or None
        Gaps and overlaps between the two outlines that the user accepts.
    accept_interruptions : bool
        Whether the line may be interrupted, by a lake cut out of both territories.
    sha256 : str or None
        Of the file's bytes; None where there is no file.
    """

    id: str | None = None
    title: str | None = None
    lineage: str | None = None
    edges: Edges | None = None
    accuracy: Accuracy | None = None
    vintage: str | None = None
    scale_denominator: int | None = None
    simplified_m: float | None = None
    licence: str | None = None
    attribution: str | None = None
    ancestry: str | None = None
    correlated_with: tuple[str, ...] = ()
    property_name: str | None = None
    layer: str | None = None
    left: str | None = None
    right: str | None = None
    select: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    crs: str | None = None
    tolerance_m: float | None = None
    accept_interruptions: bool = False
    sha256: str | None = None


def find_description(data: Path) -> Path | None:
    """Return the description that stands beside a data file, or None.

    Raises
    ------
    BoundaryFileError
        If there are two.
    """
    found = [path for ending in ENDINGS if (path := data.with_name(data.name + ending)).is_file()]
    if len(found) > 1:
        message = f"stands beside {found[1].name}: keep one of the two"
        raise BoundaryFileError((Problem(str(found[0]), None, "", message),))
    return found[0] if found else None


def read_description(path: Path) -> Description:
    """Read what is declared beside a boundary file.

    Parameters
    ----------
    path : Path
        The YAML.

    Returns
    -------
    Description

    Raises
    ------
    BoundaryFileError
        With every problem and its line: no YAML, an unknown field, a value that a field cannot take.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BoundaryFileError((Problem(str(path), None, "", f"cannot be read ({error.strerror})"),)) from error
    tree = _parse(content, str(path))
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    for key, value in tree.items():
        name, line = str(key), _line(tree, key)
        if name not in _FIELDS:
            message = f"is no field of a boundary's description; the fields are {', '.join(sorted(_FIELDS))}"
            problems.append(Problem(str(path), line, shorten(name), message))
        elif value is not None:
            target, take = _FIELDS[name]
            try:
                values[target] = take(value)
            except FieldError as error:
                problems.append(Problem(str(path), line, name, str(error)))
    if values.get("left") and values.get("left") == values.get("right"):
        problems.append(Problem(str(path), None, "right", "is the same territory as left: a line parts two"))
    if problems:
        raise BoundaryFileError(tuple(problems))
    values.pop("schema", None)
    held = {each.name for each in fields(Description)}
    return Description(
        **{name: value for name, value in values.items() if name in held}, sha256=hashlib.sha256(content).hexdigest()
    )


def _parse(content: bytes, name: str) -> CommentedMap:
    def fail(message: str, line: int | None = None) -> BoundaryFileError:
        return BoundaryFileError((Problem(name, line, "", message),))

    if len(content) > LARGEST_BYTES:
        raise fail(f"is larger than {LARGEST_BYTES // 1024} KiB: a description is a dozen lines")
    try:
        text = content.decode("utf-8-sig")
        tree = YAML(typ="rt", pure=True).load(text)
    except UnicodeDecodeError as error:
        raise fail(f"is not UTF-8 text (byte {error.start}); save it as UTF-8") from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = shorten((error.problem or error.context or "unknown problem").strip())
        raise fail(
            f"is not valid YAML: {said}; check indentation, colons and quotes", mark and mark.line + 1
        ) from error
    except (YAMLError, ValueError, OverflowError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise fail(f"is not valid YAML ({type(error).__name__}: {shorten(error)})") from error
    if not isinstance(tree, CommentedMap):
        raise fail("holds no fields; write one a line, for example edges: planar")
    return tree


def _line(tree: CommentedMap, key: Any) -> int | None:
    try:
        return int(tree.lc.key(key)[0]) + 1
    except (KeyError, TypeError, AttributeError):
        return None


def _text(value: Any) -> str:
    if isinstance(value, (bool, list, dict)):
        raise FieldError(f"must be text, and {shorten(value)} is none: put quotes round it")
    text = str(value).strip()
    if not text:
        raise FieldError("is empty: give a value, or leave the field out")
    if len(text) > LONGEST_TEXT:
        raise FieldError(f"has {len(text)} characters; at most {LONGEST_TEXT} are taken")
    if _NO_TEXT.search(text):
        raise FieldError("holds a control character: remove it")
    return text


def id_of(value: Any) -> str:
    """Return the id of a source or of a lineage.

    Raises
    ------
    FieldError
        If it is not one.
    """
    text = _text(value)
    if not _ID.fullmatch(text):
        raise FieldError(
            f"{shorten(text)!r} cannot serve: use a to z, 0 to 9, '-', '_' and '.', at most 64, no capitals"
        )
    return text


def code_of(value: Any) -> str:
    """Return the code of a territory, in capitals.

    Raises
    ------
    FieldError
        If it is no code of three letters.
    """
    text = _text(value).upper()
    if not _CODE.fullmatch(text):
        raise FieldError(f"{shorten(value)!r} is no code of three letters (ISO 3166-1 alpha-3), as MLI or DZA")
    return text


def length_of(value: Any) -> float:
    """Return a length in metres: a number of metres, or a text with its unit.

    Raises
    ------
    FieldError
        If it is neither.

    Examples
    --------
    >>> length_of("0.5 km"), length_of(30)
    (500.0, 30.0)
    """
    if isinstance(value, str):
        found = _LENGTH.fullmatch(value.strip())
        value_m = math.nan if found is None else float(found.group(1)) * _UNITS_M[found.group(2)]
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        value_m = float(value)
    else:
        value_m = math.nan
    if not 0 <= value_m <= LONGEST_M:
        raise FieldError(f"{shorten(value)!r} is no length from 0 m to 10,000 km: write it as 500 m or 0.5 km")
    return value_m


def _edges(value: Any) -> Edges:
    try:
        return Edges(_text(value))
    except ValueError as error:
        raise FieldError(f"{shorten(value)!r} is no way to read edges: geodesic, planar or rhumb") from error


def _schema(value: Any) -> str:
    if value != SCHEMA:
        raise FieldError(f"is {shorten(value)!r}; this version reads {SCHEMA}")
    return SCHEMA


def _scale(value: Any) -> int:
    found = _SCALE.fullmatch(str(value).strip())
    denominator = int(re.sub(r"[^0-9]", "", found.group(1))) if found and not isinstance(value, bool) else 0
    if not 1 <= denominator <= 10**9:
        raise FieldError(f"{shorten(value)!r} is no scale: write it as 1:250000, in quotes")
    return denominator


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise FieldError(f"must be true or false, and is {shorten(value)!r}")
    return value


def _lineages(value: Any) -> tuple[str, ...]:
    return tuple(id_of(each) for each in (value if isinstance(value, list) else [value]))


def _selection(value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict) or not value:
        raise FieldError('must name properties and the values wanted, as select: {LABEL: "A - B"}')
    return MappingProxyType({_text(name): _text(wanted) for name, wanted in value.items()})


def _accuracy(value: Any) -> Accuracy:
    if not isinstance(value, dict):
        raise FieldError('must say where it stands: accuracy: {value: 500 m, document: "..."}')
    unknown = sorted(str(name) for name in value if name not in {"value", "coverage", "document"})
    if unknown:
        raise FieldError(f"{shorten(', '.join(unknown))}: its fields are value, coverage and document")
    if value.get("value") is None or value.get("document") is None:
        raise FieldError("needs a value and the document that states it; without a document leave it out")
    value_m = length_of(value["value"])
    coverage = value.get("coverage", AT_95)
    if isinstance(coverage, bool) or not isinstance(coverage, (int, float)) or not 0.3 <= coverage <= 0.999:
        raise FieldError(f"its coverage is {shorten(coverage)!r}: give the share of positions, as 0.9 or 0.95")
    if value_m <= 0:
        raise FieldError("its value must be more than 0 m")
    return Accuracy(
        value_m=value_m,
        coverage=float(coverage),
        value_95_m=at_95(value_m, float(coverage)),
        basis="documented",
        document=_text(value["document"]),
    )


def at_95(value_m: float, coverage: float) -> float:
    """Bring a circular error at another level to 95 %.

    Parameters
    ----------
    value_m : float
        Radius that holds the share `coverage` of positions, in metres.
    coverage : float
        Between 0 and 1.

    References
    ----------
    Greenwalt and Shultz, *Principles of Error Theory and Cartographic Applications*, ACIC Technical Report 96
    (1962): for circular normal errors a radius holds the share 1 - exp(-r^2 / 2 s^2).

    Examples
    --------
    >>> round(at_95(2040.0, 0.90)), at_95(100.0, 0.95)
    (2327, 100.0)
    """
    if coverage == AT_95:
        return value_m
    return value_m * math.sqrt(math.log(1 - AT_95) / math.log(1 - coverage))


_FIELDS: Final[Mapping[str, tuple[str, Callable[[Any], Any]]]] = {
    "schema": ("schema", _schema),
    "id": ("id", id_of),
    "title": ("title", _text),
    "lineage": ("lineage", id_of),
    "edges": ("edges", _edges),
    "accuracy": ("accuracy", _accuracy),
    "vintage": ("vintage", _text),
    "scale": ("scale_denominator", _scale),
    "simplified": ("simplified_m", length_of),
    "licence": ("licence", _text),
    "attribution": ("attribution", _text),
    "ancestry": ("ancestry", _text),
    "correlated_with": ("correlated_with", _lineages),
    "property": ("property_name", _text),
    "layer": ("layer", _text),
    "left": ("left", code_of),
    "right": ("right", code_of),
    "select": ("select", _selection),
    "crs": ("crs", _text),
    "tolerance": ("tolerance_m", length_of),
    "accept_interruptions": ("accept_interruptions", _flag),
}
