"""The shape of an incident file, as models and as a published JSON Schema.

The models say which fields there are and of which type; whether ids lead anywhere and whether printed
figures can be read is for :mod:`geoinc.incident.resolve`.
"""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date
from functools import cache
from typing import Annotated, Any, Final, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Strict,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

__all__ = [
    "SCHEMA_NAME",
    "AlternativeEntry",
    "AnyClaim",
    "ArticleEntry",
    "AssumptionEntry",
    "BorderDistanceEntry",
    "BoundaryWidthEntry",
    "ClaimEntry",
    "DeclaredDistance",
    "FallEntry",
    "FoundEntry",
    "IncidentFile",
    "NearEntry",
    "PartyEntry",
    "PlaceEntry",
    "PlaceOffsetEntry",
    "PointEntry",
    "PositionEntry",
    "ReferenceEntry",
    "SamePointEntry",
    "SeparationEntry",
    "TimeEntry",
    "TrackEntry",
    "WithinEntry",
    "json_schema",
    "published_schema",
]

SCHEMA_NAME: Final = "geoinc/incident/1"

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


def _printed_or_declared(value: object) -> str:
    return "(declared)" if isinstance(value, (dict, BaseModel)) else "(printed)"


def _word_or_sector(value: object) -> str:
    return "(sector)" if isinstance(value, (list, tuple)) else "(word)"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)


class PartyEntry(_Model):
    """Who speaks."""

    name: Text = Field(description="The party's name, as it is to be shown.")
    territory: Territory | None = Field(
        default=None,
        description="Its own ground, ISO 3166-1 alpha-3; null for a party without ground of its own.",
    )


class ReferenceEntry(_Model):
    """A publication; what is absent is shown as not held."""

    publisher: Text = Field(description="Who published it.")
    title: Text | None = Field(default=None, description="Its title, or which statement it is.")
    published: Day | None = Field(default=None, description="Day of publication, such as 2025-04-06.")
    language: str | None = Field(
        default=None, pattern=LANGUAGE_PATTERN, description="Its language, such as fr or ar (BCP 47)."
    )
    url: str | None = Field(default=None, pattern=URL_PATTERN, description="Where it stands, http or https.")
    sha256: str | None = Field(
        default=None, pattern=SHA256_PATTERN, description="SHA-256 of a saved copy, 64 hexadecimal digits."
    )


class PointEntry(_Model):
    """An unknown of the incident: a place or a moment that claims speak of."""

    label: Text = Field(description="What the point is, in a few words.")


class PlaceEntry(_Model):
    """A named place that the bundled gazetteer does not hold."""

    name: Text = Field(description="Its name in Latin script.")
    name_ar: Text | None = Field(default=None, description="Its name in Arabic script.")
    territory: Territory = Field(description="The state that administers it, ISO 3166-1 alpha-3.")
    position: Text = Field(description="Its coordinates, as the source prints them.")
    accuracy: Text = Field(description="How far the point may lie from the middle of the place, such as 1 km.")
    source: Text = Field(description="Where the coordinates come from.")
    spellings: tuple[Text, ...] = Field(default=(), description="Other names met in print.")


class NearEntry(_Model):
    """Near any of several places."""

    places: tuple[Id, ...] = Field(min_length=1, description="Ids of places, of the gazetteer or of this file.")
    within: Text = Field(description="What near is taken to mean, such as 30 km.")


class DeclaredDistance(_Model):
    """A distance whose interval the file gives; no precision model is applied to it."""

    printed: Text = Field(description="The words as printed.")
    low: Text | None = Field(default=None, description="The least distance meant, with its unit; absent for none.")
    high: Text | None = Field(default=None, description="The greatest distance meant, with its unit; absent for none.")

    @model_validator(mode="after")
    def _check_ends(self) -> DeclaredDistance:
        if self.low is None and self.high is None:
            raise PydanticCustomError("ends", "a declared distance needs low, high or both, such as low: 1.5 km")
        return self


Distance = Annotated[
    Annotated[Text, Tag("(printed)")] | Annotated[DeclaredDistance, Tag("(declared)")],
    Discriminator(_printed_or_declared),
]
Direction = Annotated[
    Annotated[Text, Tag("(word)")] | Annotated[tuple[Degrees, Degrees], Tag("(sector)")],
    Discriminator(_word_or_sector),
]

_ALTERNATIVE_FIELDS: Final = ("sense", "precision", "edges", "distance", "near", "places")


class AlternativeEntry(_Model):
    """Another way to read the claim, declared before anything is measured."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": [name]} for name in _ALTERNATIVE_FIELDS]},
    )

    sense: SenseName | None = Field(default=None, description="Another sense of the distance to the border.")
    precision: PrecisionName | None = Field(default=None, description="Another precision model for the digits.")
    edges: EdgesName | None = Field(default=None, description="Another reading of the boundary's edges.")
    distance: Distance | None = Field(default=None, description="Another distance that the words may mean.")
    near: NearEntry | None = Field(default=None, description="Other places, or another radius.")
    places: tuple[Id, ...] | None = Field(
        default=None, min_length=1, description="For the sense from: the towns or crossings that may be meant."
    )
    direction: Direction | None = Field(
        default=None, description="For the sense from: where the point lies from the place, as for place_offset."
    )
    bearing_deg: Degrees | None = Field(
        default=None, description="For the sense heading: the bearing to the border, clockwise from north."
    )
    note: Text | None = Field(default=None, description="Why it may be read so.")

    @model_validator(mode="after")
    def _check_any(self) -> AlternativeEntry:
        if all(getattr(self, name) is None for name in _ALTERNATIVE_FIELDS):
            raise PydanticCustomError(
                "alternative", "an alternative needs at least one of: sense, precision, edges, distance, near, places"
            )
        return self


class FoundEntry(_Model):
    """Where in an article something was found, and what a person must still decide about it."""

    quote: Text = Field(description="The exact words.")
    start: int | None = Field(default=None, ge=0, description="First character in the article's file, counted from 0.")
    end: int | None = Field(default=None, ge=0, description="The character behind the last.")
    line: int | None = Field(default=None, ge=1, description="Line of the article's file, counted from 1.")
    kind: Text | None = Field(default=None, description="Of a note: what it notes.")
    reason: Text | None = Field(default=None, description="Why it was read so.")
    decide: tuple[Text, ...] = Field(default=(), description="What a person must decide before confirming it.")


class ArticleEntry(_Model):
    """The article that a draft was made from; kept for the record and not used by any check."""

    article: Text = Field(description="Name of its file.")
    sha256: str | None = Field(default=None, pattern=SHA256_PATTERN, description="SHA-256 of the file that was read.")
    form: Literal["text", "html", "markdown"] | None = Field(default=None, description="How it was read.")
    notes: tuple[FoundEntry, ...] = Field(default=(), description="What was found and makes no claim by itself.")


class ClaimEntry(_Model):
    """What every claim has."""

    id: Id = Field(description="The claim's own id, unique in the file.")
    party: Id = Field(description="Id of the party that makes it.")
    reference: Id | None = Field(default=None, description="Id of the publication; absent where none is held.")
    text: Text | None = Field(default=None, description="The words or figures as printed.")
    quote: Text | None = Field(default=None, description="A longer passage, in its own language.")
    translation: Text | None = Field(
        default=None,
        description="A translation of the quote, or of the printed words where there is none.",
    )
    tag: str | None = Field(
        default=None, pattern=TAG_PATTERN, description="A short label for maps and tables; made if absent."
    )
    alternatives: tuple[AlternativeEntry, ...] = Field(
        default=(), description="Other readings of the same words, declared before anything is measured."
    )
    status: Literal["draft", "confirmed"] | None = Field(
        default=None, description="draft for a claim that nobody has confirmed yet: such a file is not checked."
    )
    found: FoundEntry | None = Field(default=None, description="Where a draft found the claim, and what it left open.")


class PositionEntry(ClaimEntry):
    """A point lies at printed coordinates."""

    kind: Literal["position"] = Field(description="position")
    point: Id = Field(description="Id of the point.")
    text: Text = Field(description="The coordinates, exactly as printed.")
    accuracy: Text | None = Field(default=None, description="The stated accuracy (95 %), such as 50 m.")
    datum: Text | None = Field(
        default=None,
        description="For a treaty or a paper map: WGS 84, Nord Sahara 1959, Adindan, EPSG:nnnn, or unknown.",
    )


class BorderDistanceEntry(ClaimEntry):
    """A point lies at a distance from the border."""

    kind: Literal["border_distance"] = Field(description="border_distance")
    point: Id = Field(description="Id of the point.")
    distance: Distance = Field(description="The distance with its unit, such as 9.5 km, up to 2 km, more than 9 km.")
    territory: Territory | None = Field(default=None, description="On whose ground; null for either side.")
    sense: SenseName = Field(default="shortest", description="How the distance runs.")
    bearing_deg: Degrees | None = Field(
        default=None, description="The bearing, clockwise from north, for the sense heading."
    )
    places: tuple[Id, ...] | None = Field(
        default=None,
        min_length=1,
        description="For the sense from: the town or crossing that is meant; several where the name may mean several.",
    )
    direction: Direction | None = Field(
        default=None, description="For the sense from: where the point lies from the place, as for place_offset."
    )
    near: NearEntry | None = Field(default=None, description="Places that the point is said to be near.")
    precision: PrecisionName | None = Field(default=None, description="What the printed digits allow.")
    border: Border | None = Field(default=None, description="Which of the file's borders, where it has several.")


class WithinEntry(ClaimEntry):
    """A point lies in a territory."""

    kind: Literal["within"] = Field(description="within")
    point: Id = Field(description="Id of the point.")
    territory: Territory = Field(description="The territory, ISO 3166-1 alpha-3.")
    border: Border | None = Field(default=None, description="Which of the file's borders, where several hold it.")


class SeparationEntry(ClaimEntry):
    """Two points lie a distance apart."""

    kind: Literal["separation"] = Field(description="separation")
    points: tuple[Id, Id] = Field(description="Ids of the two points.")
    distance: Distance = Field(description="The distance with its unit.")
    precision: PrecisionName | None = Field(default=None, description="What the printed digits allow.")


class PlaceOffsetEntry(ClaimEntry):
    """A point lies at a distance, and perhaps in a direction, from a named place."""

    kind: Literal["place_offset"] = Field(description="place_offset")
    point: Id = Field(description="Id of the point.")
    place: Id | None = Field(default=None, description="Id of the place.")
    places: tuple[Id, ...] | None = Field(
        default=None, min_length=1, description="Ids of all places that the name may mean."
    )
    distance: Distance = Field(description="The distance with its unit.")
    direction: Direction | None = Field(
        default=None,
        description="A compass word (south-east), or the sector [from, to] in degrees clockwise from north.",
    )
    precision: PrecisionName | None = Field(default=None, description="What the printed digits allow.")

    @model_validator(mode="after")
    def _check_place(self) -> PlaceOffsetEntry:
        if (self.place is None) == (self.places is None):
            raise PydanticCustomError("place", "needs either place or places, one of the two")
        return self


class TrackEntry(ClaimEntry):
    """An aircraft flew through positions, or never left a territory."""

    kind: Literal["track"] = Field(description="track")
    positions: tuple[Text, ...] = Field(default=(), description="Coordinates in the order flown, as printed.")
    times: tuple[Text, ...] = Field(default=(), description="One time for each position, in the same order.")
    zone: Text | None = Field(default=None, description="Time zone of the times, such as Africa/Bamako.")
    never_left: Territory | None = Field(default=None, description="The territory that it is said not to have left.")
    speed: Text | None = Field(default=None, description="The greatest speed that was stated, such as 250 km/h.")
    length: Distance | None = Field(default=None, description="The stated length of the whole way.")
    duration: Text | None = Field(default=None, description="The stated duration of the whole flight, such as 90 min.")
    border: Border | None = Field(default=None, description="Which of the file's borders, where several hold it.")

    @model_validator(mode="after")
    def _check_content(self) -> TrackEntry:
        told = [self.speed, self.length, self.duration]
        if not self.positions and self.never_left is None and None in told:
            raise PydanticCustomError(
                "track", "a track needs positions, or never_left with a territory, or all of speed, length, duration"
            )
        if self.times and len(self.times) != len(self.positions):
            raise PydanticCustomError("track", "needs one time for each position, or no times at all")
        return self


class TimeEntry(ClaimEntry):
    """An event happened between two instants."""

    kind: Literal["time"] = Field(description="time")
    event: Id = Field(description="Id of the point or event; times of one event are compared.")
    start: Text | None = Field(
        default=None, description="Not before, such as 2025-04-01 00:08 (with zone), or 2025-04-01T00:08+01:00."
    )
    end: Text | None = Field(default=None, description="Not after, in the same form.")
    text: Text | None = Field(
        default=None,
        description="The words as printed; read as a time where start and end are absent: night of 1 to 2 April 2025.",
    )
    date: Day | None = Field(
        default=None, description="The day that is meant where the words that are read as a time have none."
    )
    zone: Text | None = Field(default=None, description="IANA time zone of the clock, such as Africa/Algiers.")
    before: tuple[Id, ...] = Field(
        default=(), description="Events that it is said to have come before, without a time."
    )
    after: tuple[Id, ...] = Field(default=(), description="Events that it is said to have come after, without a time.")

    @model_validator(mode="after")
    def _check_span(self) -> TimeEntry:
        if self.before or self.after:
            if (self.start, self.end, self.date, self.zone) != (None, None, None, None):
                raise PydanticCustomError("span", "before and after go without a time: make two claims of it")
            return self
        if (self.start is None) != (self.end is None):
            missing = "start" if self.start is None else "end"
            raise PydanticCustomError("span", "needs both start and end; {missing} is missing", {"missing": missing})
        if self.start is None and self.text is None:
            raise PydanticCustomError(
                "span", "needs start and end, or text with the time as printed, or before or after"
            )
        if self.start is not None and self.date is not None:
            raise PydanticCustomError("span", "date goes with a text that is read as a time; start has its own")
        return self


class FallEntry(ClaimEntry):
    """Something fell, glided or flew from one point to another."""

    kind: Literal["fall"] = Field(description="fall")
    start: Id = Field(alias="from", description="Id of the point where the fall began.")
    end: Id = Field(alias="to", description="Id of the point where it ended.")
    mode: Literal["vertical", "ballistic", "glide", "flight"] = Field(
        description="How it fell; flight is powered flight, between times that are claimed for its two ends."
    )
    altitude: Distance | None = Field(default=None, description="The stated height of the fall, such as 3000 m.")
    speed: Text | None = Field(default=None, description="The stated speed, such as 250 km/h.")
    glide_ratio: Text | None = Field(default=None, description="The stated glide ratio, such as 15 or 15:1.")
    ballistic_coefficient: Text | None = Field(
        default=None, description="The stated mass over drag area, such as 400 kg/m2."
    )
    launch_angle_deg: tuple[Elevation, Elevation] | None = Field(
        default=None, description="Least and greatest angle of the path above the horizontal at the start."
    )
    wind: Text | None = Field(default=None, description="The stated speed of the wind, such as up to 40 km/h.")
    precision: PrecisionName | None = Field(default=None, description="What the printed digits allow.")


class SamePointEntry(ClaimEntry):
    """Two names stand for one point."""

    kind: Literal["same_point"] = Field(description="same_point")
    points: tuple[Id, Id] = Field(description="Ids of the two points.")


AnyClaim = Annotated[
    PositionEntry
    | BorderDistanceEntry
    | WithinEntry
    | SeparationEntry
    | PlaceOffsetEntry
    | TrackEntry
    | TimeEntry
    | FallEntry
    | SamePointEntry,
    Field(discriminator="kind"),
]


class BoundaryWidthEntry(_Model):
    """How wide the limit itself is, where it is not a line on the ground."""

    width: Text = Field(description="From one edge to the other, such as 300 m.")
    basis: Text = Field(description="What it is and how the width is known, such as: the bed of the wadi, on imagery.")
    border: Border | None = Field(default=None, description="Which of the file's borders, where it has several.")


class AssumptionEntry(_Model):
    """Something that the file takes for granted."""

    id: Id = Field(description="Its own id, unique among the assumptions.")
    text: Text = Field(description="What is taken for granted.")
    used_by: tuple[Id, ...] = Field(default=(), description="Ids of the claims that rest on it.")


class IncidentFile(_Model):
    """An incident: who said what about where, kept apart from any outcome."""

    schema_name: Literal["geoinc/incident/1"] = Field(alias="schema", description="The format of this file.")
    id: Id = Field(description="Short id of the incident.")
    title: Text = Field(description="Title, in neutral words.")
    summary: Text | None = Field(default=None, description="One neutral paragraph.")
    border: Borders = Field(description="The border in question as a pair of territories, or a list of pairs.")
    parties: dict[Id, PartyEntry] = Field(min_length=1, description="Who speaks, by id.")
    references: dict[Id, ReferenceEntry] = Field(default={}, description="Publications, by id.")
    points: dict[Id, PointEntry] = Field(min_length=1, description="Unknown points of the incident, by id.")
    places: dict[Id, PlaceEntry] = Field(default={}, description="Named places that the gazetteer lacks, by id.")
    claims: tuple[AnyClaim, ...] = Field(min_length=1, description="What the parties say.")
    assumptions: tuple[AssumptionEntry, ...] = Field(default=(), description="What the file takes for granted.")
    limits: tuple[Text, ...] = Field(default=(), description="What its author knows to be unknown.")
    boundary_widths: tuple[BoundaryWidthEntry, ...] = Field(
        default=(), description="How wide the limit itself is, such as the bed of a river."
    )
    draft: ArticleEntry | None = Field(default=None, description="The article that the file was drafted from.")


@cache
def published_schema() -> dict[str, Any]:
    """Return the one schema that every caller shares; not to be changed."""
    generated = IncidentFile.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:geoinc:incident:1",
        **generated,
        "title": "geoinc incident file, version 1",
    }


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of an incident file.

    It describes shape and types. Ids that lead nowhere, figures that cannot be read and times that do not
    exist are found by the reader alone.

    Returns
    -------
    dict
        A fresh copy; the same at every call.

    Examples
    --------
    >>> json_schema()["$id"]
    'urn:geoinc:incident:1'
    """
    return deepcopy(published_schema())
