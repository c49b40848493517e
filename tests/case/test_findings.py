"""The findings of the main case come out of the rule; none is written into the code or the case."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def findings(assessment, incident):
    tags = {claim.id: claim.tag for claim in incident.claims}

    def find(kind, *wanted):
        found = [
            finding
            for finding in assessment.findings
            if finding.kind == kind and set(wanted) <= {tags[claim] for claim in finding.claims}
        ]
        assert found, f"no {kind} finding about {wanted}"
        return min(found, key=lambda finding: len(finding.claims))

    return find


@pytest.mark.parametrize("claims", [("M1", "M9"), ("M3", "M4")])
def test_both_printed_positions_are_in_mali(findings, claims):
    finding = findings("side", *claims)
    assert finding.outcome == "consistent"
    assert finding.robust


def test_separation_agrees_with_the_two_positions(findings):
    finding = findings("separation", "M5", "M1", "M3")
    assert finding.outcome == "consistent"
    assert finding.robust
    assert finding.evidence["distance_m"] == pytest.approx(440.893, abs=5e-4)


@pytest.mark.parametrize(("claim", "position"), [("M2", "M1"), ("M4", "M3")])
def test_each_printed_distance_alone_is_consistent_but_fragile(findings, claim, position):
    finding = findings("distance", claim, position)
    assert finding.outcome == "consistent"
    assert not finding.robust


def test_printed_distance_flips_with_a_better_openstreetmap(findings):
    finding = findings("distance", "M2", "M1")
    assert any(("OpenStreetMap" in change and "413" in change) or "0.41 km" in change for change in finding.fragile_by)


def test_three_figures_cannot_hold_together(findings):
    finding = findings("lipschitz", "M2", "M4", "M5")
    assert finding.outcome == "inconsistent"
    assert not finding.robust
    assert finding.by_source == {}
    assert finding.evidence["shortfall_m"] == pytest.approx(158.5)
    text = " ".join(finding.fragile_by)
    assert "meridian" in text
    assert "quarter, a half" in text


def test_more_than_nine_kilometres(findings):
    finding = findings("distance", "M8", "M1")
    assert finding.outcome == "consistent"
    deciding = {s for s, each in finding.by_source.items() if each.votes and each.outcome == "consistent"}
    abstaining = {s for s, each in finding.by_source.items() if each.votes and each.outcome == "indeterminate"}
    assert deciding == {"osm-2026c", "wdb2"}
    assert abstaining == {"dcw", "ne-10m"}


def test_two_figures_of_one_entry(findings):
    assert findings("same_point", "A1", "A2").outcome == "consistent"


@pytest.mark.parametrize(("kind", "claim"), [("distance", "A1"), ("distance", "A2"), ("track", "M7")])
def test_without_position_or_track_nothing_can_be_tested(findings, kind, claim):
    finding = findings(kind, claim)
    assert finding.outcome == "not_assessable"
    assert finding.missing


def test_earlier_violations_and_the_hit_cannot_be_tested(assessment, incident):
    tags = {claim.id: claim.tag for claim in incident.claims}
    for prefix in ("A3", "F2"):
        outcomes = {
            finding.outcome
            for finding in assessment.findings
            if any(tags[claim].startswith(prefix) for claim in finding.claims)
        }
        assert "not_assessable" in outcomes


def test_entry_as_the_place_of_the_hit_depends_on_motion(findings):
    finding = findings("regions", "A1", "M1", "M3")
    assert finding.outcome == "indeterminate"
    wreck = finding.evidence["least_distance_m"]["M1"]
    assert [round(wreck[s] / 1000, 1) for s in ("osm-2026c", "dcw", "wdb2", "ne-10m")] == [
        10.0,
        10.1,
        10.3,
        9.1,
    ]
    (other,) = (each for label, each in finding.evidence["alternatives_m"].items() if "2 km" in label)
    deep = [other["M1"][s] / 1000 for s in ("osm-2026c", "dcw", "wdb2", "ne-10m")]
    assert [min(deep), max(deep)] == pytest.approx([10.60, 11.85], abs=6e-3)


def test_ground_at_exactly_the_printed_depth(findings):
    (exact,) = findings("regions", "A1", "M1", "M3").evidence["exact_m"].values()
    found = [exact["M1"][source] / 1000 for source in ("osm-2026c", "dcw", "wdb2", "ne-10m")]
    assert found == pytest.approx([12.37, 12.07, 12.29, 11.10], abs=6e-3)


def test_vertical_fall_leans(findings):
    finding = findings("motion", "M6")
    assert finding.outcome == "indeterminate"
    assert finding.evidence["lean_deg_by_altitude_m"] == pytest.approx({"3000": 8.4, "9000": 2.8}, abs=0.05)


def test_third_party_figure_carries_both_wordings(findings):
    finding = findings("distance", "F1", "M1")
    assert finding.outcome == "inconsistent"
    assert [each.outcome for each in finding.alternatives if each.declared] == ["consistent"]
    assert not finding.robust


def test_clocks_agree_in_utc(assessment):
    times = [finding for finding in assessment.findings if finding.kind == "times"]
    assert times
    assert {finding.outcome for finding in times} == {"consistent"}


def test_every_outcome_says_something(assessment):
    for finding in assessment.findings:
        assert finding.statement.endswith(".")
        assert not set(finding.statement.lower().split()) & {
            "lie",
            "lied",
            "lies,",
            "false",
            "true",
            "violation",
        }
