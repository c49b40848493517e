"""The bundled case: every claim of the record, as printed, and nothing that would be an outcome."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import jsonschema
import pytest
from ruamel.yaml import YAML

from geoinc.claims import BorderDistanceClaim, FallClaim, Incident, PositionClaim, TimeClaim, TrackClaim, WithinClaim
from geoinc.errors import InputError
from geoinc.incident import case_names, example_text, json_schema, load_incident, parse_incident
from geoinc.intervals import Interval
from geoinc.measurement import Sense
from geoinc.quantities import Precision

TAGS = {
    "M1": "mali-wreck-position", "M2": "mali-wreck-distance", "M3": "mali-link-position", "M4": "mali-link-distance",
    "M5": "mali-separation", "M6": "mali-fall", "M7": "mali-never-left", "M8": "mali-minister-distance",
    "M9": "mali-staff-within", "M10": "mali-night", "A1": "algeria-depth", "A1b": "algeria-midnight",
    "A2": "algeria-depth-mfa", "A2b": "algeria-hit", "A2c": "algeria-entry-time", "A3a": "algeria-earlier-august",
    "A3b": "algeria-earlier-december", "F1": "fla-radius", "F2a": "local-hit", "F2b": "local-fall",
}  # fmt: skip


@pytest.fixture(scope="module")
def incident() -> Incident:
    return load_incident("tz-98d")


def by_tag(incident: Incident, tag: str):
    return incident.claim(TAGS[tag])


def test_every_claim_of_the_record(incident: Incident) -> None:
    assert {claim.tag: claim.id for claim in incident.claims} == TAGS
    parties = {claim.tag: claim.party for claim in incident.claims}
    assert {tag[0]: party for tag, party in parties.items()} == {"M": "mali", "A": "algeria", "F": "local-sources"}
    assert parties["F1"] == "fla"


def test_parties_and_their_ground(incident: Incident) -> None:
    assert {party.id: party.territory for party in incident.parties.values()} == {
        "mali": "MLI",
        "algeria": "DZA",
        "fla": None,
        "local-sources": None,
    }
    assert incident.borders == (("MLI", "DZA"),)


def test_positions_are_the_printed_ones(incident: Incident) -> None:
    wreck, link = by_tag(incident, "M1"), by_tag(incident, "M3")
    assert isinstance(wreck, PositionClaim)
    assert isinstance(link, PositionClaim)
    assert wreck.reading.lat_deg == pytest.approx(19 + 52 / 60 + 4.738 / 3600, abs=1e-12)
    assert wreck.reading.lon_deg == pytest.approx(2 + 53 / 60 + 38.101 / 3600, abs=1e-12)
    assert link.reading.lat_deg == pytest.approx(19 + 51 / 60 + 50.526 / 3600, abs=1e-12)
    assert link.reading.lon_deg == pytest.approx(2 + 53 / 60 + 36.099 / 3600, abs=1e-12)
    assert (wreck.point, link.point) == ("wreck", "link_lost")
    assert wreck.reading.accuracy_m is None


@pytest.mark.parametrize(
    ("tag", "point", "territory", "interval"),
    [
        ("M2", "wreck", "MLI", Interval(9450.0, 9550.0)),
        ("M4", "link_lost", "MLI", Interval(10_150.0, 10_250.0)),
        ("M8", "wreck", "MLI", Interval.more_than(9000.0)),
        ("A1", "deepest", "DZA", Interval(0.0, 2500.0)),
        ("A2", "deepest", "DZA", Interval(0.0, 1650.0)),
        ("F1", "wreck", None, Interval.at_least(20_000.0)),
    ],
)
def test_distances(incident: Incident, tag: str, point: str, territory: str | None, interval: Interval) -> None:
    claim = by_tag(incident, tag)
    assert isinstance(claim, BorderDistanceClaim)
    assert (claim.point, claim.territory, claim.distance.interval) == (point, territory, interval)
    assert (claim.sense, claim.border) == (Sense.SHORTEST, ("MLI", "DZA"))


def test_separation_and_fall(incident: Incident) -> None:
    separation, fall = by_tag(incident, "M5"), by_tag(incident, "M6")
    assert separation.distance.interval == Interval(440.5, 441.5)
    assert set(separation.points) == {"link_lost", "wreck"}
    assert isinstance(fall, FallClaim)
    assert (fall.start, fall.end, fall.mode, fall.altitude) == ("link_lost", "wreck", "vertical", None)


def test_alternatives_are_declared(incident: Incident) -> None:
    for tag in ("M2", "M4"):
        sense, precision = by_tag(incident, tag).alternatives
        assert (sense.sense, precision.precision) == (Sense.MERIDIAN, Precision.FRACTIONAL)
    assert by_tag(incident, "A1").alternatives[0].distance.interval == Interval(1500.0, 2500.0)
    assert by_tag(incident, "A2").alternatives[0].distance.interval == Interval(1550.0, 1650.0)
    assert by_tag(incident, "F1").alternatives[0].distance.interval == Interval(0.0, 20_500.0)


def test_sides_and_the_track(incident: Incident) -> None:
    sides = {claim.tag: (claim.point, claim.territory) for claim in incident.claims if isinstance(claim, WithinClaim)}
    assert sides == {
        "M9": ("wreck", "MLI"), "A2b": ("hit", "DZA"), "A3a": ("entry_2024_08", "DZA"),
        "A3b": ("entry_2024_12", "DZA"), "F2a": ("hit", "DZA"), "F2b": ("wreck", "MLI"),
    }  # fmt: skip
    track = by_tag(incident, "M7")
    assert isinstance(track, TrackClaim)
    assert (track.never_left, track.positions) == ("MLI", ())


def test_near_both_towns(incident: Incident) -> None:
    near = by_tag(incident, "A1").near
    assert near is not None
    assert near.within_m == 30_000.0
    assert {place.territory for place in near.places} == {"MLI", "DZA"}


def test_clocks_of_both_sides_speak_of_one_event(incident: Incident) -> None:
    times = [claim for claim in incident.claims if isinstance(claim, TimeClaim)]
    assert {claim.event for claim in times} == {"loss"}
    assert {claim.party for claim in times} == {"mali", "algeria"}
    entry = by_tag(incident, "A2c")
    assert entry.start_utc == datetime(2025, 3, 31, 23, 8, tzinfo=UTC)
    assert {claim.zone for claim in times} == {"Africa/Bamako", "Africa/Algiers"}


def test_what_has_no_publication_says_so(incident: Incident) -> None:
    assert [claim.tag for claim in incident.claims if claim.reference is None] == ["M10"]
    assert {reference.sha256 for reference in incident.references.values()} == {None}
    assert all(reference.url for reference in incident.references.values())
    assert incident.references["communique-073"].published == date(2025, 4, 6)
    assert incident.references["france24-observers"].published is None


def test_no_reference_and_no_point_is_left_over(incident: Incident) -> None:
    assert {claim.reference for claim in incident.claims} - {None} == set(incident.references)
    text = example_text("tz-98d")
    for point in incident.points:
        assert len(re.findall(rf"\b{point}\b", text)) >= 2, point


def test_translations_stand_beside_printed_words(incident: Incident) -> None:
    for claim in incident.claims:
        if claim.translation is not None:
            assert claim.quote or claim.text


def test_the_case_holds_no_outcome_and_no_computed_number() -> None:
    text = example_text("tz-98d").lower()
    for word in (
        "consistent",
        "indeterminate",
        "assessable",
        "robust",
        "fragile",
        "outcome",
        "false",
        "lie ",
        "refute",
    ):
        assert word not in text
    for computed in ("440.8", "441.5", "158.5", "9.96", "10.07", "10.29", "10.38", "10.81", "11.48", "600 m"):
        assert computed not in text


def test_assumptions_name_the_claims_that_rest_on_them(incident: Incident) -> None:
    used = {claim for assumption in incident.assumptions for claim in assumption.used_by}
    assert {"algeria-depth", "algeria-hit", "mali-night", "algeria-midnight", "fla-radius"} <= used
    assert all(assumption.used_by for assumption in incident.assumptions)
    assert len(incident.limits) >= 5


def test_the_case_satisfies_the_published_schema() -> None:
    document = YAML(typ="safe", pure=True).load(example_text("tz-98d"))
    jsonschema.Draft202012Validator(
        json_schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    ).validate(document)


def test_by_name_by_text_and_by_file_alike(incident: Incident, tmp_path) -> None:
    text = example_text("tz-98d")
    path = tmp_path / "tz-98d.yaml"
    path.write_bytes(text.encode())
    assert load_incident(path).claims == incident.claims == parse_incident(text, name="t.yaml").claims
    assert load_incident(path).sha256 == incident.sha256


def test_reading_it_under_another_model() -> None:
    incident = load_incident("tz-98d", precision=Precision.FRACTIONAL)
    assert by_tag(incident, "M2").distance.interval == Interval(9250.0, 9750.0)
    assert by_tag(incident, "M4").distance.interval == Interval(10_150.0, 10_250.0)


def test_names_of_cases() -> None:
    assert "tz-98d" in case_names()
    assert case_names() == tuple(sorted(case_names()))
    with pytest.raises(InputError, match="tz-98d"):
        example_text("../tz-98d")
