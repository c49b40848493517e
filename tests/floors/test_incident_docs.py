"""The page for authors: every example on it is read, so that it cannot fall behind the reader."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geoinc.errors import IncidentError
from geoinc.incident import parse_incident
from geoinc.incident.schema import IncidentFile, json_schema
from geoinc.quantities import read_quantity

PAGE = (Path(__file__).parents[2] / "docs" / "incident-file.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)
HEAD = """\
schema: geoinc/incident/1
id: page
title: No flight track has been published.
border: [MLI, DZA]
parties:
  army: {name: Army, territory: MLI}
points: {wreck: {label: wreckage}, last_link: {label: l}, hit: {label: h}}
"""
CLAIM = "claims:\n  - {id: depth, party: army, kind: within, point: hit, territory: DZA}\n"


def complete(block: str) -> str:
    if block.startswith("schema:"):
        return block
    if block.startswith("- "):
        return f"{HEAD}claims:\n{block}"
    return HEAD + CLAIM + block


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.splitlines()[0][:40])
def test_every_example_is_read(block: str) -> None:
    assert parse_incident(complete(block), name="page.yaml").claims


def test_there_are_examples() -> None:
    assert len(BLOCKS) >= 6


def test_every_kind_and_every_section_is_on_the_page() -> None:
    kinds = json_schema()["properties"]["claims"]["items"]["discriminator"]["mapping"]
    for kind in kinds:
        assert f"| `{kind}` |" in PAGE
    for field in IncidentFile.model_fields.values():
        if field.alias is None:
            continue
        assert field.alias in PAGE
    for name in ("parties", "references", "points", "places", "claims", "assumptions", "limits", "summary"):
        assert name in PAGE


@pytest.mark.parametrize(
    ("written", "low_m", "high_m"),
    [("9.5 km", 9450, 9550), ("about 10 km", 9000, 11000), ("up to 2 km", 0, 2500), ("at least 20 km", 20000, None)],
)
def test_the_table_of_distances(written: str, low_m: float, high_m: float | None) -> None:
    assert f"| `{written}` |" in PAGE
    interval = read_quantity(written).interval
    assert interval.low == low_m
    assert interval.bounded == (high_m is not None)
    if high_m is not None:
        assert interval.high == high_m


def test_the_messages_on_the_page_are_those_of_the_reader() -> None:
    text = HEAD + (
        "claims:\n  - {id: a, party: army, kind: within, point: wrek, territory: MLI}\n"
        "  - {id: b, party: army, kind: border_distance, point: wreck, distance: 9.5}\n"
        "  - {id: c, party: army, kind: time, event: wreck, start: 2025-04-01 00:08, end: 2025-04-01 00:09,"
        " zone: Europe/Pariss}\n"
    )
    with pytest.raises(IncidentError) as caught:
        parse_incident(text, name="mine.yaml")
    for problem in caught.value.problems:
        assert problem.message in PAGE
