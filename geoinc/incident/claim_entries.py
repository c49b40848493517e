"""The claims of an incident file, as models: one for each kind, and what the kinds share."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from geoinc.incident.fields import (
    TAG_PATTERN,
    Border,
    Day,
    Degrees,
    Direction,
    EdgesName,
    Elevation,
    Id,
    Model,
    PrecisionName,
    SenseName,
    Territory,
    Text,
)

__all__ = [
    "AlternativeEntry",
    "AnyClaim",
    "BorderDistanceEntry",
    "ClaimEntry",
    "DeclaredDistance",
    "FallEntry",
    "FoundEntry",
    "NearEntry",
    "PlaceOffsetEntry",
    "PositionEntry",
    "SamePointEntry",
    "SeparationEntry",
    "TimeEntry",
    "TrackEntry",
    "WithinEntry",
]


def _printed_or_declared(value: object) -> str:
    return "(declared)" if isinstance(value, (dict, BaseModel)) else "(printed)"


class NearEntry(Model):
    """Near any of several places."""

    places: tuple[Id, ...] = Field(min_length=1, description="Ids of places, of the gazetteer or of this file.")
    within: Text = Field(description="What near is taken to mean, such as 30 km.")


class DeclaredDistance(Model):
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
_ALTERNATIVE_FIELDS: Final = ("sense", "precision", "edges", "distance", "near", "places")


class AlternativeEntry(Model):
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


class FoundEntry(Model):
    """Where in an article something was found, and what a person must still decide about it."""

    quote: Text = Field(description="The exact words.")
    start: int | None = Field(default=None, ge=0, description="First character in the article's file, counted from 0.")
    end: int | None = Field(default=None, ge=0, description="The character behind the last.")
    line: int | None = Field(default=None, ge=1, description="Line of the article's file, counted from 1.")
    kind: Text | None = Field(default=None, description="Of a note: what it notes.")
    reason: Text | None = Field(default=None, description="Why it was read so.")
    decide: tuple[Text, ...] = Field(default=(), description="What a person must decide before confirming it.")


class ClaimEntry(Model):
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
    """An aircraft flew through positions, never left a territory, or was inside one."""

    kind: Literal["track"] = Field(description="track")
    positions: tuple[Text, ...] = Field(default=(), description="Coordinates in the order flown, as printed.")
    times: tuple[Text, ...] = Field(default=(), description="One time for each position, in the same order.")
    zone: Text | None = Field(default=None, description="Time zone of the times, such as Africa/Bamako.")
    never_left: Territory | None = Field(default=None, description="The territory that it is said not to have left.")
    entered: Territory | None = Field(
        default=None, description="The territory that it is said to have been inside at some time."
    )
    speed: Text | None = Field(default=None, description="The greatest speed that was stated, such as 250 km/h.")
    length: Distance | None = Field(default=None, description="The stated length of the whole way.")
    duration: Text | None = Field(default=None, description="The stated duration of the whole flight, such as 90 min.")
    border: Border | None = Field(default=None, description="Which of the file's borders, where several hold it.")

    @model_validator(mode="after")
    def _check_content(self) -> TrackEntry:
        told = [self.speed, self.length, self.duration]
        if not self.positions and self.never_left is None and self.entered is None and None in told:
            raise PydanticCustomError(
                "track",
                "a track needs positions, or never_left or entered with a territory, or all of speed, length, duration",
            )
        if self.never_left is not None and self.entered is not None:
            raise PydanticCustomError("track", "says never_left and entered at once: write a claim for each")
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
