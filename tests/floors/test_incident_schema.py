"""The published schema: what it accepts, what it refuses, and that it explains itself."""

from __future__ import annotations

import copy
import json

import jsonschema
import pytest

from geoinc.geodesy import Edges
from geoinc.incident import json_schema
from geoinc.incident.claim_entries import AlternativeEntry, BorderDistanceEntry, ClaimEntry
from geoinc.measurement import Sense
from geoinc.quantities import Precision

SOUND = {
    "schema": "geoinc/incident/1",
    "id": "small",
    "title": "A small incident",
    "border": ["MLI", "DZA"],
    "parties": {"mali": {"name": "Mali", "territory": "MLI"}},
    "points": {"wreck": {"label": "wreckage"}},
    "claims": [
        {"id": "a", "party": "mali", "kind": "border_distance", "point": "wreck", "distance": "9.5 km"},
        {"id": "b", "party": "mali", "kind": "fall", "from": "wreck", "to": "wreck", "mode": "glide"},
    ],
}


def is_valid(document: object) -> bool:
    return jsonschema.Draft202012Validator(json_schema()).is_valid(document)


def walk(schema: object):
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from walk(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from walk(value)


def test_it_is_a_schema_of_its_draft() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"]
    assert schema["title"]


def test_it_is_the_same_at_every_call_and_nobody_can_spoil_it() -> None:
    first = json_schema()
    before = json.dumps(first)
    first["properties"].clear()
    assert json.dumps(json_schema()) == before


def test_every_field_says_what_it_is() -> None:
    fields = [
        (name, field)
        for part in walk(json_schema())
        if part.get("type") == "object"
        for name, field in part.get("properties", {}).items()
    ]
    assert len(fields) > 60
    assert [name for name, field in fields if not field.get("description")] == []


def test_sound_documents_pass() -> None:
    assert is_valid(SOUND)
    several = copy.deepcopy(SOUND)
    several["border"] = [["MLI", "DZA"], ["MLI", "NER"]]
    several["claims"][0]["distance"] = {"printed": "a few", "low": "2 km"}
    assert is_valid(several)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "geoinc/incident/2"),
        (("titel",), "x"),
        (("id",), "a b"),
        (("border",), ["MLI"]),
        (("border",), ["MLI", "dza"]),
        (("parties",), {}),
        (("parties", "mali"), {"name": "Mali", "colour": "red"}),
        (("points", "wreck"), "wreckage"),
        (("claims",), []),
        (("claims", 0, "kind"), "border_distence"),
        (("claims", 0, "distance"), 9.5),
        (("claims", 0, "sense"), "along"),
        (("claims", 0, "bearing_deg"), 361),
        (("claims", 0, "alternatives"), [{"note": "n"}]),
        (("claims", 1, "mode"), "spiral"),
    ],
)
def test_unsound_documents_do_not(path: tuple[str | int, ...], value: object) -> None:
    document = copy.deepcopy(SOUND)
    holder = document
    for part in path[:-1]:
        holder = holder[part]
    holder[path[-1]] = value
    assert not is_valid(document)


def test_words_of_the_schema_are_words_of_the_library() -> None:
    def words(model: type, field: str) -> set[str]:
        (enum,) = [part["enum"] for part in walk(model.model_json_schema()["properties"][field]) if "enum" in part]
        return set(enum)

    assert words(BorderDistanceEntry, "sense") == set(Sense)
    assert words(AlternativeEntry, "edges") == set(Edges)
    assert words(BorderDistanceEntry, "precision") == set(Precision) - {Precision.DECLARED}


def test_claims_share_their_common_fields() -> None:
    mapping = json_schema()["properties"]["claims"]["items"]["discriminator"]["mapping"]
    assert set(mapping) == {
        "position", "border_distance", "within", "separation", "place_offset", "track", "time", "fall", "same_point",
    }  # fmt: skip
    for reference in mapping.values():
        entry = json_schema()["$defs"][reference.rsplit("/", 1)[-1]]
        assert set(ClaimEntry.model_fields) <= set(entry["properties"])
        assert entry["additionalProperties"] is False
