"""The file's own words in other languages: held by text, and refused where they would translate nothing."""

from __future__ import annotations

import pytest

from geoinc.errors import IncidentError
from geoinc.incident import load_incident, parse_incident

FILE = """\
schema: geoinc/incident/1
id: a-case
title: A loss
border: [MLI, DZA]
parties:
  army: {name: Army, territory: MLI}
points:
  wreck: {label: wreckage}
claims:
  - {id: at, party: army, kind: position, point: wreck, text: "19.868 N 2.894 E"}
"""


def read(extra: str) -> object:
    return parse_incident(FILE + extra, name="case.yaml")


def test_they_are_held_by_language_and_text() -> None:
    incident = parse_incident(
        f"{FILE}language: en\ntranslations:\n"
        "  - {text: wreckage, fr: épave, ar: الحطام}\n"
        "  - {text: A loss, fr: Une perte}\n",
        name="case.yaml",
    )
    assert incident.language == "en"
    assert incident.translations == {"fr": {"wreckage": "épave", "A loss": "Une perte"}, "ar": {"wreckage": "الحطام"}}


def test_a_file_without_them_holds_none() -> None:
    incident = parse_incident(FILE, name="case.yaml")
    assert (incident.language, incident.translations) == (None, {})


@pytest.mark.parametrize(
    ("entry", "line", "words"),
    [
        ("{text: wrekage, fr: épave}", 12, "stands nowhere else in this file"),
        ("{text: wrekage, fr: épave}", 12, "did you mean 'wreckage'?"),
        ("{text: wreckage}", 12, "has no translation"),
        ("{text: wreckage, de: Wrack}", 12, "de"),
        ("{text: wreckage, fr: ''}", 12, "is empty"),
    ],
)
def test_what_would_translate_nothing_is_refused(entry: str, line: int, words: str) -> None:
    with pytest.raises(IncidentError) as caught:
        read(f"translations:\n  - {entry}\n")
    assert f"case.yaml:{line}:" in str(caught.value)
    assert words in str(caught.value)


def test_one_text_is_translated_once() -> None:
    with pytest.raises(IncidentError, match="translated twice"):
        read("translations:\n  - {text: wreckage, fr: épave}\n  - {text: wreckage, ar: الحطام}\n")


def test_the_main_case_is_held_whole_in_both_languages() -> None:
    incident = load_incident("tz-98d")
    own = {incident.title, incident.summary, *incident.limits}
    own |= {point.label for point in incident.points.values()} | {party.name for party in incident.parties.values()}
    own |= {reference.publisher for reference in incident.references.values()}
    own |= {each.text for each in incident.assumptions}
    own |= {claim.translation for claim in incident.claims if claim.translation}
    own -= {"RFI"}
    for language in ("fr", "ar"):
        assert own <= incident.translations[language].keys()
