"""The shape of an incident file, as a model and as a published JSON Schema.

The models say which fields there are and of which type, those of the claims in
:mod:`geoinc.incident.claim_entries`; whether ids lead anywhere and whether printed figures can be read is for
:mod:`geoinc.incident.resolve`.
"""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any, Final, Literal

from pydantic import Field

from geoinc.incident.claim_entries import AnyClaim, FoundEntry
from geoinc.incident.fields import (
    LANGUAGE_PATTERN,
    SHA256_PATTERN,
    URL_PATTERN,
    Border,
    Borders,
    Day,
    Id,
    Model,
    Territory,
    Text,
)

__all__ = [
    "SCHEMA_NAME",
    "ArticleEntry",
    "AssumptionEntry",
    "BoundaryWidthEntry",
    "IncidentFile",
    "PartyEntry",
    "PlaceEntry",
    "PointEntry",
    "ReferenceEntry",
    "TranslationEntry",
    "json_schema",
    "published_schema",
]

SCHEMA_NAME: Final = "geoinc/incident/1"


class PartyEntry(Model):
    """Who speaks."""

    name: Text = Field(description="The party's name, as it is to be shown.")
    territory: Territory | None = Field(
        default=None,
        description="Its own ground, ISO 3166-1 alpha-3; null for a party without ground of its own.",
    )


class ReferenceEntry(Model):
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


class PointEntry(Model):
    """An unknown of the incident: a place or a moment that claims speak of."""

    label: Text = Field(description="What the point is, in a few words.")


class PlaceEntry(Model):
    """A named place that the bundled gazetteer does not hold."""

    name: Text = Field(description="Its name in Latin script.")
    name_ar: Text | None = Field(default=None, description="Its name in Arabic script.")
    territory: Territory = Field(description="The state that administers it, ISO 3166-1 alpha-3.")
    position: Text = Field(description="Its coordinates, as the source prints them.")
    accuracy: Text = Field(description="How far the point may lie from the middle of the place, such as 1 km.")
    source: Text = Field(description="Where the coordinates come from.")
    spellings: tuple[Text, ...] = Field(default=(), description="Other names met in print.")


class ArticleEntry(Model):
    """The article that a draft was made from; kept for the record and not used by any check."""

    article: Text = Field(description="Name of its file.")
    sha256: str | None = Field(default=None, pattern=SHA256_PATTERN, description="SHA-256 of the file that was read.")
    form: Literal["text", "html", "markdown"] | None = Field(default=None, description="How it was read.")
    notes: tuple[FoundEntry, ...] = Field(default=(), description="What was found and makes no claim by itself.")


class BoundaryWidthEntry(Model):
    """How wide the limit itself is, where it is not a line on the ground."""

    width: Text = Field(description="From one edge to the other, such as 300 m.")
    basis: Text = Field(description="What it is and how the width is known, such as: the bed of the wadi, on imagery.")
    border: Border | None = Field(default=None, description="Which of the file's borders, where it has several.")


class AssumptionEntry(Model):
    """Something that the file takes for granted."""

    id: Id = Field(description="Its own id, unique among the assumptions.")
    text: Text = Field(description="What is taken for granted.")
    used_by: tuple[Id, ...] = Field(default=(), description="Ids of the claims that rest on it.")


class TranslationEntry(Model):
    """What one text of this file is in other languages."""

    text: Text = Field(description="The text as it stands elsewhere in this file, word for word.")
    fr: Text | None = Field(default=None, description="The same in French.")
    ar: Text | None = Field(default=None, description="The same in Arabic.")


class IncidentFile(Model):
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
    language: str | None = Field(
        default=None, pattern=LANGUAGE_PATTERN, description="Language of the file's own words, such as en (BCP 47)."
    )
    translations: tuple[TranslationEntry, ...] = Field(
        default=(), description="The file's own words (titles, labels, names, assumptions) in other languages."
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
