"""The types that the fields of an incident file are made of: ids, days, borders, directions.

Each is read strictly, and a value that does not fit is told in words that say what would.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Strict, Tag, WithJsonSchema
from pydantic_core import PydanticCustomError

__all__ = [
    "ID_PATTERN",
    "LANGUAGE_PATTERN",
    "SHA256_PATTERN",
    "TAG_PATTERN",
    "TERRITORY_PATTERN",
    "TEXT_PATTERN",
    "URL_PATTERN",
    "Border",
    "Borders",
    "Day",
    "Degrees",
    "Direction",
    "EdgesName",
    "Elevation",
    "Id",
    "Model",
    "PrecisionName",
    "SenseName",
    "Territory",
    "Text",
]

ID_PATTERN: Final = r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,79}$"
TERRITORY_PATTERN: Final = r"^[A-Z]{3}$"
TEXT_PATTERN: Final = r"\S"
TAG_PATTERN: Final = r"^\S{1,12}$"
URL_PATTERN: Final = r"^https?://[^\s<>\"]+$"
SHA256_PATTERN: Final = r"^[0-9a-f]{64}$"
LANGUAGE_PATTERN: Final = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Id = Annotated[str, Field(pattern=ID_PATTERN)]
Text = Annotated[str, Field(pattern=TEXT_PATTERN)]
Territory = Annotated[str, Field(pattern=TERRITORY_PATTERN)]
Degrees = Annotated[float, Strict(), Field(ge=0, le=360, allow_inf_nan=False)]
Elevation = Annotated[float, Strict(), Field(ge=-90, le=90, allow_inf_nan=False)]
PrecisionName = Literal["last_digit", "fractional"]
SenseName = Literal["shortest", "meridian", "heading", "from"]
EdgesName = Literal["geodesic", "planar", "rhumb"]


def _read_date(value: object) -> object:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise PydanticCustomError("date_format", "must be a day written 2025-04-06")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("date_format", "is no day of the calendar") from None


def _read_pair(value: object) -> object:
    pair = tuple(value) if isinstance(value, (list, tuple)) else ()
    if len(pair) != 2 or not all(isinstance(code, str) and re.fullmatch(TERRITORY_PATTERN, code) for code in pair):
        raise PydanticCustomError(
            "border", "must be two territory codes of three capital letters (ISO 3166-1), such as [MLI, DZA]"
        )
    if pair[0] == pair[1]:
        raise PydanticCustomError("border", "must name two different territories")
    return pair


def _read_borders(value: object) -> object:
    if not isinstance(value, (list, tuple)) or not value:
        raise PydanticCustomError(
            "border", "must be a pair such as [MLI, DZA], or a list of such pairs: [[MLI, DZA], [MLI, NER]]"
        )
    if any(isinstance(item, str) for item in value):
        return (_read_pair(value),)
    pairs = tuple(_read_pair(item) for item in value)
    if len({frozenset(pair) for pair in pairs if isinstance(pair, tuple)}) != len(pairs):
        raise PydanticCustomError("border", "names the same border twice")
    return pairs


_PAIR_SCHEMA: Final = {
    "type": "array",
    "items": {"type": "string", "pattern": TERRITORY_PATTERN},
    "minItems": 2,
    "maxItems": 2,
}
Day = Annotated[date, BeforeValidator(_read_date), WithJsonSchema({"type": "string", "format": "date"})]
Border = Annotated[tuple[str, str], BeforeValidator(_read_pair), WithJsonSchema(_PAIR_SCHEMA)]
Borders = Annotated[
    tuple[tuple[str, str], ...],
    BeforeValidator(_read_borders),
    WithJsonSchema({"anyOf": [_PAIR_SCHEMA, {"type": "array", "items": _PAIR_SCHEMA, "minItems": 1}]}),
]


def _word_or_sector(value: object) -> str:
    return "(sector)" if isinstance(value, (list, tuple)) else "(word)"


Direction = Annotated[
    Annotated[Text, Tag("(word)")] | Annotated[tuple[Degrees, Degrees], Tag("(sector)")],
    Discriminator(_word_or_sector),
]


class Model(BaseModel):
    """What every part of the file is built on: no field beyond those named, and none changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)
