"""How far an event may lie from its coordinates, by the codes of event data; a table that users can replace.

The code books say in words how exactly a place is known, and only once in kilometres. Lengths for named places are
assumptions of geoinc, and are called so wherever they are told. A code that names no more than a district, a province
or a country gives no length: how far the event may lie from the coordinates then depends on that one unit, which some
hundreds of kilometres may not span. Such positions are measured, and their side is not assessed.

References
----------
ACLED, *Codebook* (2023), "Geo-precision". UCDP, *GED Codebook* version 24.1, variable ``where_prec``. GDELT, *Event
Codebook* V2.0 (2015), "ActionGeo_Type".
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geoinc.batch.numbers import read_degrees, shorten
from geoinc.boundaries.own import length_of
from geoinc.errors import InputError

__all__ = ["SCHEMES", "Radii", "RadiusTable", "Scheme", "read_codes", "read_metres", "read_radii"]

LARGEST_FILE: Final = 100_000


@dataclass(frozen=True, slots=True)
class Scheme:
    """What the codes of one column mean.

    Attributes
    ----------
    name : str
        Whose codes: ``"ACLED"``.
    column : str
        The column's usual name, in small letters.
    radii_m : mapping of str to float or None
        The accuracy (95 %) of a position of that code, in metres; None where its place is not known well enough to be
        held against a border.
    meanings : mapping of str to str
        What the code book says, in short.
    stated : frozenset of str
        The codes whose length the code book gives; of the others' it is an assumption.
    """

    name: str
    column: str
    radii_m: Mapping[str, float | None]
    meanings: Mapping[str, str]
    stated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RadiusTable:
    """A user's own table.

    Attributes
    ----------
    column : str
        The column of codes.
    scheme : Scheme
    """

    column: str
    scheme: Scheme


@dataclass(frozen=True, slots=True, eq=False)
class Radii:
    """The accuracy of positions.

    Attributes
    ----------
    accuracy_m : ndarray of float, shape (n,)
        At 95 %; 0 where nothing is stated.
    problems : dict of int to str
        Why a position cannot be held against a border, by row.
    """

    accuracy_m: NDArray[np.float64]
    problems: dict[int, str]


SCHEMES: Final[tuple[Scheme, ...]] = (
    Scheme(
        "ACLED",
        "geo_precision",
        {"1": 5_000.0, "2": 25_000.0, "3": None},
        {
            "1": "a named town or place",
            "2": "near a town, or a small part of a region",
            "3": "a larger region, by its capital or a natural feature",
        },
    ),
    Scheme(
        "UCDP",
        "where_prec",
        {"1": 5_000.0, "2": 25_000.0, "3": None, "4": None, "5": None, "6": None, "7": None},
        {
            "1": "an exact place",
            "2": "within about 25 km of a known place",
            "3": "a district (second-order division)",
            "4": "a province (first-order division)",
            "5": "part of a country, or something long such as a river or border",
            "6": "the country only",
            "7": "international waters or airspace",
        },
        stated=frozenset({"2"}),
    ),
    Scheme(
        "GDELT",
        "actiongeo_type",
        {"1": None, "2": None, "3": 25_000.0, "4": 25_000.0, "5": None},
        {
            "1": "a country",
            "2": "a state of the United States",
            "3": "a town or landmark in the United States",
            "4": "a town or landmark elsewhere",
            "5": "a first-order division elsewhere",
        },
    ),
)


def read_codes(codes: Sequence[Any], scheme: Scheme, column: str) -> Radii:
    """Turn codes into radii.

    Parameters
    ----------
    codes : sequence
        Texts or numbers, as the column holds them.
    scheme : Scheme
    column : str
        Its name, for the reasons.

    Examples
    --------
    >>> found = read_codes(["1", "6", "x"], SCHEMES[1], "where_prec")
    >>> found.accuracy_m.tolist()
    [5000.0, 0.0, 0.0]
    >>> found.problems[1]
    'where_prec 6 (the country only): no length is known for it; give one with --radii to have the side assessed'
    """
    accuracy = np.zeros(len(codes))
    problems: dict[int, str] = {}
    seen: dict[Any, float | str] = {}
    for row, code in enumerate(codes):
        if code not in seen:
            seen[code] = _radius_of(code, scheme, column)
        found = seen[code]
        if isinstance(found, str):
            problems[row] = found
        else:
            accuracy[row] = found
    return Radii(accuracy, problems)


def _radius_of(code: Any, scheme: Scheme, column: str) -> float | str:
    text = _code_text(code)
    if text not in scheme.radii_m:
        known = ", ".join(scheme.radii_m)
        return f"{column} is empty" if not text else f"{column} {shorten(text)} is none of the codes {known}"
    radius_m = scheme.radii_m[text]
    if radius_m is not None:
        return radius_m
    meaning = scheme.meanings.get(text)
    told = f"{text} ({meaning})" if meaning else text
    return f"{column} {told}: no length is known for it; give one with --radii to have the side assessed"


def _code_text(code: Any) -> str:
    """A code as a table names it: 1, 1.0 and '1' are the same."""
    if code is None or (isinstance(code, float) and math.isnan(code)):
        return ""
    text = str(code).strip()
    whole, point, rest = text.partition(".")
    return whole if point and rest.strip("0") == "" else text


def read_metres(values: Sequence[Any], column: str) -> Radii:
    """Read a column of radii in metres.

    Examples
    --------
    >>> read_metres(["250", ""], "radius_m").problems
    {1: 'radius_m: no radius'}
    """
    texts = ["" if value is None else str(value) for value in values]
    read = read_degrees(texts, "radius")
    problems = {row: f"{column}: {why}" for row, why in read.problems.items()}
    problems |= dict.fromkeys(np.flatnonzero(read.value < 0).tolist(), f"{column}: a radius is not negative")
    known = np.isfinite(read.value) & (read.value >= 0)
    return Radii(np.where(known, read.value, 0.0), problems)


def read_radii(path: Path) -> RadiusTable:
    """Read a user's table of radii: YAML, or JSON.

    It names a ``column``, and under ``radii`` the length for each code: ``5 km``, a number of metres, or nothing
    where a position of that code cannot be held against a border.

    Raises
    ------
    InputError
        If it cannot be read, with what is wrong and where.
    """
    from ruamel.yaml import YAML  # noqa: PLC0415 - only where a user has a table of his own
    from ruamel.yaml.error import YAMLError  # noqa: PLC0415

    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputError(f"{path}: too large for a table of radii")
        document = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    except (YAMLError, ValueError) as error:
        first = str(error).partition("\n")[0]
        raise InputError(f"{path}: is neither YAML nor JSON ({first})") from error
    if (
        not isinstance(document, dict)
        or set(document) != {"column", "radii"}
        or not isinstance(document["radii"], dict)
    ):
        raise InputError(
            f"{path}: a table of radii has two entries, the column of codes and a radius for each code: "
            "{column: where_prec, radii: {1: 5 km, 6: null}}"
        )
    radii = {_code_text(code): _length(value, f"{path}: radii.{code}") for code, value in document["radii"].items()}
    column = str(document["column"])
    return RadiusTable(column, Scheme(path.name, column.casefold(), radii, {}))


def _length(value: Any, where: str) -> float | None:
    if value is None:
        return None
    try:
        return length_of(value)
    except ValueError as error:
        raise InputError(f"{where}: {error}") from error
