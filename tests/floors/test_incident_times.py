"""Times and directions of an incident file that are left in their own words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from geoinc.claims import Incident, PlaceOffsetClaim, TimeClaim
from geoinc.errors import IncidentError
from geoinc.incident import parse_incident

HEAD = """\
schema: geoinc/incident/1
id: small
title: A small incident
border: [MLI, DZA]
parties:
  mali: {name: Mali, territory: MLI}
  algeria: {name: Algeria, territory: DZA}
  fla: {name: Azawad Liberation Front, territory: null}
points:
  wreck: {label: wreckage}
claims:
"""


def read(*claims: str) -> Incident:
    return parse_incident(HEAD + "".join(f"  - {{{claim}}}\n" for claim in claims), name="small.yaml")


def test_words_are_read_on_the_clocks_of_the_party() -> None:
    incident = read(
        "id: a, party: algeria, kind: time, event: wreck, text: 1 April 2025 at 00:08",
        "id: b, party: mali, kind: time, event: wreck, text: the night of 31 March to 1 April 2025",
        "id: c, party: fla, kind: time, event: wreck, text: vers 23 h 30, date: 2025-03-31, zone: Africa/Algiers",
    )
    first, second, third = incident.claims
    assert isinstance(first, TimeClaim)
    assert isinstance(second, TimeClaim)
    assert isinstance(third, TimeClaim)
    assert (first.start_utc, first.end_utc) == (
        datetime(2025, 3, 31, 23, 8, tzinfo=UTC),
        datetime(2025, 3, 31, 23, 9, tzinfo=UTC),
    )
    assert (first.zone, second.zone, third.zone) == ("Africa/Algiers", "Africa/Bamako", "Africa/Algiers")
    assert second.start_utc == datetime(2025, 3, 31, 18, tzinfo=UTC)
    assert third.start_utc == datetime(2025, 3, 31, 22, 15, tzinfo=UTC)
    assert first.text == "1 April 2025 at 00:08"
    assert [(each.id, each.used_by) for each in incident.assumptions] == [("b:time", ("b",)), ("c:time", ("c",))]
    assert incident.assumptions[0].text == (
        "'the night of 31 March to 1 April 2025': 'night' is taken as 18:00 to 06:00."
    )


def test_an_offset_in_the_words_is_enough() -> None:
    (claim,) = read("id: a, party: fla, kind: time, event: wreck, text: 2025-04-01T00:08+01:00").claims
    assert isinstance(claim, TimeClaim)
    assert claim.zone == "UTC"


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ("text: 1 April 2025 at 00:08", "claims[0].text", "no time zone"),
        ("text: vers minuit, zone: Africa/Algiers", "claims[0].text", "names no date"),
        ("text: vers minuit, date: 2025-04-01, zone: Africa/Algiers", "claims[0].text", "it may mean"),
        ("zone: Africa/Algiers", "claims[0]", "needs start and end, or text"),
        ("start: 2025-04-01T00:08Z", "claims[0]", "end is missing"),
        ("start: 2025-04-01T00:08Z, end: 2025-04-01T00:09Z, date: 2025-04-01", "claims[0]", "date goes with a text"),
        ("text: banana, zone: Africa/Algiers", "claims[0].text", "'banana'"),
    ],
)
def test_problems_are_laid_to_their_field(fields: str, field: str, reason: str) -> None:
    with pytest.raises(IncidentError) as caught:
        read(
            f"id: a, party: fla, kind: time, event: wreck, {fields}",
            "id: b, party: mali, kind: within, point: wreck, territory: MLI",
        )
    (problem,) = caught.value.problems
    assert problem.field == field
    assert reason in problem.message
    assert problem.line == HEAD.count("\n") + 1


def test_directions_in_other_words() -> None:
    claims = read(
        *(
            f"id: {name}, party: mali, kind: place_offset, point: wreck, place: tinzawaten-mli, distance: 3.5 km, "
            f'direction: "{text}"'
            for name, text in zip("abc", ["sureste", "جنوب شرق", "bearing 135°"], strict=True)
        )
    ).claims
    sectors = [claim.direction_deg for claim in claims if isinstance(claim, PlaceOffsetClaim)]
    assert sectors == [(123.75, 146.25), (123.75, 146.25), (134.5, 135.5)]
