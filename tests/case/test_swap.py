"""One rule for both sides: exchange the parties and their grounds, and only the names are exchanged."""

from __future__ import annotations

import dataclasses
import re

import pytest

from geoinc.assessment import assess_incident
from geoinc.boundaries import Border, load_catalogue, open_border
from geoinc.incident import example_text, parse_incident

EXCHANGED = {"MLI": "DZA", "DZA": "MLI", "Mali": "Algeria", "Algeria": "Mali"}


def exchange(text: str) -> str:
    return re.sub(r"\b(MLI|DZA|Mali|Algeria)\b", lambda match: EXCHANGED[match.group()], text)


@pytest.fixture(scope="module")
def swapped():
    text = example_text("tz-98d")
    text = text.replace("mali: {name: Mali, territory: MLI}", "mali: {name: Algeria, territory: DZA}")
    text = text.replace("algeria: {name: Algeria, territory: DZA}", "algeria: {name: Mali, territory: MLI}")
    text = re.sub(r"(territory: |never_left: )(MLI|DZA)\b", lambda m: m.group(1) + EXCHANGED[m.group(2)], text)
    text = text.replace("mali: {name: Algeria, territory: MLI}", "mali: {name: Algeria, territory: DZA}")
    text = text.replace("algeria: {name: Mali, territory: DZA}", "algeria: {name: Mali, territory: MLI}")
    incident = parse_incident(text, name="swapped.yaml")
    held = open_border("MLI", "DZA")
    lines = {}
    for name in held:
        line = held[name]
        ground = {"MLI": line.ground["DZA"], "DZA": line.ground["MLI"]}
        lines[name] = dataclasses.replace(line, ground=ground, _lines={})
    border = Border(held.pair, load_catalogue(), held.sources, lines)
    return assess_incident(incident, {("MLI", "DZA"): border})


def test_the_case_was_really_swapped(swapped):
    assert swapped.incident.parties["mali"].territory == "DZA"
    assert swapped.incident.parties["algeria"].territory == "MLI"
    assert swapped.incident.claim("mali-wreck-distance").territory == "DZA"


def test_outcomes_stay_and_only_names_are_exchanged(swapped, assessment):
    before = {finding.id: finding for finding in assessment.findings}
    after = {finding.id: finding for finding in swapped.findings}
    assert list(before) == list(after)
    for name, finding in before.items():
        other = after[name]
        assert other.outcome is finding.outcome, name
        assert other.robust is finding.robust, name
        assert exchange(other.statement) == finding.statement
        assert other.measured == finding.measured
        assert [each.outcome for each in other.by_source.values()] == [
            each.outcome for each in finding.by_source.values()
        ]


def test_reversing_the_border_only_flips_signs(assessment):
    import geoinc

    reading = geoinc.read_position("19°52’04.738’’N 2°53’38.101’’E")
    one = geoinc.measure(reading, geoinc.boundary("MLI", "DZA"))
    other = geoinc.measure(reading, geoinc.boundary("DZA", "MLI"))
    for a, b in zip(one, other, strict=True):
        assert a.signed_distance_m == -b.signed_distance_m
        assert dataclasses.replace(a, signed_distance_m=0.0) == dataclasses.replace(b, signed_distance_m=0.0)
