"""What is said of disputed ground at and near printed positions."""

import pytest

from geoinc.assessment.notices import notices_of
from geoinc.boundaries import NEUTRAL_NOTE
from geoinc.incident import parse_incident

CASE = """
schema: geoinc/incident/1
id: notices
title: A position
border: [IND, PAK]
parties:
  watch: {name: Watch Group, territory: null}
points:
  spot: {label: spot}
claims:
  - {id: where, tag: W1, party: watch, kind: position, point: spot, text: "%s"}
"""


def told(position: str) -> tuple[str, ...]:
    return notices_of(parse_incident(CASE % position, name="case.yaml"))


@pytest.mark.parametrize(
    ("position", "held"),
    [
        ("34.10000N 74.50000E", "held by India, claimed by Pakistan"),
        ("35.41762N 77.26931E", "whose holder the data do not tell, claimed by India and Pakistan"),
        ("9.74027N 46.08326E", "held by an administration of its own, claimed by Somalia"),
    ],
)
def test_who_holds_and_who_claims_is_told_with_the_neutral_note(position: str, held: str) -> None:
    notices = told(position)
    assert any(held in notice for notice in notices)
    assert notices[-1] == NEUTRAL_NOTE


def test_nothing_is_said_where_nothing_is_disputed() -> None:
    assert told("19.86798N 2.89392E") == ()
