"""The chain of a finding can be followed by hand, and says where every number comes from."""

from __future__ import annotations

import json
import math
import re
from decimal import Decimal

import pytest
from pyproj import Geod

from geoinc.chains import Span, Value, build_chain, chain_document
from geoinc.cli.explanation import add_explanations
from geoinc.cli.sheet import Sheet

M2 = "distance:mali-wreck-distance+mali-wreck-position"
M2_M4_M5 = "lipschitz:mali-wreck-distance+mali-link-distance+mali-separation"


@pytest.fixture(scope="session")
def chains(document):
    return {finding["id"]: finding["chain"] for finding in document["findings"]}


def steps(chain, name):
    return [step for step in chain if step["step"] == name]


def one(chain, name):
    (step,) = steps(chain, name)
    return step


def allowed_by_last_digit(printed: str) -> tuple[float, float]:
    """Half of the last printed unit either way, in metres, from the printed figure alone."""
    number, unit = printed.replace(",", ".").split()
    value = Decimal(number)
    half = Decimal(1).scaleb(value.as_tuple().exponent) / 2
    metres = {"m": 1, "km": 1000}[unit]
    return float((value - half) * metres), float((value + half) * metres)


def degrees(text: str) -> float:
    whole, minutes, seconds = (float(number) for number in re.findall(r"[\d.]+", text))
    return whole + minutes / 60 + seconds / 3600


def test_steps_come_in_their_order(chains):
    for chain in chains.values():
        names = [step["step"] for step in chain]
        assert names == sorted(names, key=["quote", "reading", "parameters", "measurement", "rule"].index)
        assert len(steps(chain, "quote")) == len(steps(chain, "reading")) >= 1


def test_one_printed_distance_by_hand(chains, document):
    """Quote, reading, measurement, fit, votes and outcome of M2, from the figures of its chain alone."""
    chain = chains[M2]
    quotes = {step["tag"]: step for step in steps(chain, "quote")}
    readings = {step["tag"]: step for step in steps(chain, "reading")}
    rule = one(chain, "rule")
    low, high = allowed_by_last_digit(quotes["M2"]["printed"])
    read = readings["M2"]["figures"]["distance"]
    assert (read["low"], read["high"], read["unit"]) == (low, high, "m")
    assert (rule["claimed"]["low"], rule["claimed"]["high"]) == (low, high)
    where = readings["M1"]["figures"]
    lat, lon = (degrees(part) for part in quotes["M1"]["printed"].split())
    assert (where["latitude"]["value"], where["longitude"]["value"]) == pytest.approx((lat, lon), abs=1e-10)
    votes = set()
    for source in one(chain, "measurement")["sources"]:
        end = source["nearest_longitude"]["value"], source["nearest_latitude"]["value"]
        azimuth, _, distance_m = Geod(ellps="WGS84").inv(lon, lat, *end)
        assert abs(source["value"]["value"]) == pytest.approx(distance_m, abs=1e-3)
        assert source["azimuth"]["value"] == pytest.approx(azimuth % 360, abs=1e-6)
        factor = source["coverage_factor"]["value"]
        parts = [
            line["sensitivity"]["value"] * line["standard"]["value"] for line in source["budget"] if line["counted"]
        ]
        uncertainty_m = factor * math.hypot(*parts)
        assert source["uncertainty"]["value"] == pytest.approx(uncertainty_m, abs=1e-6)
        cell_m = where["cell radius"]["value"]
        measured = source["measured"]
        assert measured["low"] == pytest.approx(source["value"]["value"] - uncertainty_m, abs=cell_m + 2e-3)
        assert measured["high"] == pytest.approx(source["value"]["value"] + uncertainty_m, abs=cell_m + 2e-3)
        assert source["fit"] == (uncertainty_m <= rule["fit_share"]["value"] * (low + high) / 2)
        shared = measured["low"] <= high and low <= measured["high"]
        assert source["outcome"] == ("consistent" if shared else "inconsistent")
        if source["votes"]:
            assert source["fit"]
            votes.add((source["lineage"], source["outcome"]))
    assert votes == {(vote["lineage"], vote["outcome"]) for vote in rule["votes"]}
    assert len(votes) == 4
    assert {outcome for _, outcome in votes} == {rule["outcome"]} == {"consistent"}
    assert rule["decided_by"] == "3"
    assert rule["robust"] is False
    (finding,) = (each for each in document["findings"] if each["id"] == M2)
    assert rule["statement"] == finding["statement"]
    assert rule["smallest_change"] == finding["smallest_change"]


def test_three_figures_by_hand(chains):
    """M2, M4 and M5 cannot hold together: the subtraction that anyone can do."""
    chain = chains[M2_M4_M5]
    printed = {step["tag"]: allowed_by_last_digit(step["printed"]) for step in steps(chain, "quote")}
    for step in steps(chain, "reading"):
        figure = step["figures"]["distance"]
        assert (figure["low"], figure["high"]) == printed[step["tag"]]
    needed_m = printed["M4"][0] - printed["M2"][1]
    allowed_m = printed["M5"][1]
    measurement, rule = one(chain, "measurement"), one(chain, "rule")
    assert measurement["boundary"] is False
    assert measurement["sources"] == []
    assert measurement["measured"]["high"] == allowed_m == 441.5
    assert rule["claimed"]["low"] == needed_m == 600.0
    assert needed_m - allowed_m == 158.5
    assert "158.5 m apart" in rule["how"]
    assert rule["outcome"] == "inconsistent"
    assert rule["decided_by"] == "5"


def test_every_number_has_a_unit_and_a_source(chains):
    for chain in chains.values():
        for path, value in leaves(chain):
            if isinstance(value, float | int) and not isinstance(value, bool):
                assert path[-1] in {"value", "low", "high"}, path
                holder = at(chain, path[:-1])
                assert holder["unit"] in {"m", "m2", "m/s", "s", "deg", "m/m", "kg/m2", "1"}
                assert holder["source"]


def leaves(value, path=()):
    if isinstance(value, dict):
        for name, part in value.items():
            yield from leaves(part, (*path, name))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from leaves(part, (*path, number))
    else:
        yield path, value


def at(value, path):
    for step in path:
        value = value[step]
    return value


def test_what_is_not_held_is_said(chains, incident):
    for chain in chains.values():
        for quote in steps(chain, "quote"):
            claim = incident.claim(quote["claim"])
            assert "sha256" in quote["not_held"]
            assert ("reference" in quote["not_held"]) == (claim.reference is None)
            assert ("printed words" in quote["not_held"]) == (not claim.text)
            if claim.reference is not None:
                assert quote["reference"].get("url") == incident.references[claim.reference].url


def test_the_step_that_decided_is_the_one_that_says_so(chains, document):
    words = {"2": "Fit for scale", "3": "overlap", "4": "abstain", "5": "Claims are held against claims"}
    kinds = {finding["id"]: finding["kind"] for finding in document["findings"]}
    seen = set()
    for name, chain in chains.items():
        rule = one(chain, "rule")
        assert words[rule["decided_by"]] in rule["decided_text"], name
        seen.add(rule["decided_by"])
        if rule["outcome"] == "not_assessable":
            assert rule["decided_by"] == "4"
            assert rule["missing"]
        elif kinds[name] in {"separation", "lipschitz", "triangle", "same_point", "times"}:
            assert rule["decided_by"] == "5"
    assert seen >= {"3", "4", "5"}


def test_assumptions_and_alternatives_stand_in_the_parameters(chains):
    entry = next(chain for name, chain in chains.items() if name.startswith("regions:algeria-depth+"))
    parameters = one(entry, "parameters")
    assert "near-radius" in {each["id"] for each in parameters["assumptions"]}
    (depth,) = (each for each in parameters["claims"] if each["tag"] == "A1")
    assert (depth["border"], depth["territory"], depth["sense"]) == (["MLI", "DZA"], "DZA", "shortest")
    assert (depth["near_within"]["value"], depth["near_within"]["unit"]) == (30_000.0, "m")
    assert len(depth["places"]) == 2
    wreck = one(chains[M2], "parameters")
    assert [each["note"] for each in wreck["alternatives"]] == [
        "south of the border, along the meridian",
        "nine and a half",
    ]
    assert set(wreck["edges"].values()) == {"planar"}


def test_text_shows_what_the_chain_holds(assessment):
    """The page is made from the chain: its quotes, statement and figures are all there."""
    for finding in assessment.findings:
        chain = build_chain(assessment, finding)
        sheet = Sheet(width=100_000, styled=False)
        add_explanations(sheet, assessment, [finding])
        page = sheet.text()
        assert chain.rule.statement in page
        assert f"By step {chain.rule.decided_by}" in page
        for quote in chain.quotes:
            assert quote.printed is None or quote.printed in page
        for reading in chain.readings:
            for figure in reading.figures.values():
                assert any(text in page for text in rounded(figure)), figure
        for source in chain.measurement.sources:
            for figure in (source.value, source.uncertainty, source.measured):
                assert figure is None or any(text in page for text in rounded(figure)), figure
        for text in (*chain.rule.fragile_by, *chain.rule.missing):
            assert text.removeprefix("if ") in page


def rounded(figure: Value | Span) -> list[str]:
    """The figure as a reader would round it: at least two digits of it must stand on the page."""
    numbers = [figure.value] if isinstance(figure, Value) else [figure.low, figure.high]
    texts = []
    for number in numbers:
        if math.isfinite(number):
            texts += [
                f"{number / scale:.{digits}f}".rstrip("0").rstrip(".") for scale in (1, 1000) for digits in range(4)
            ]
            texts.append(f"{number:.2g}")
    return texts or [""]


def test_same_input_same_chain(assessment, chains):
    again = {finding.id: chain_document(build_chain(assessment, finding)) for finding in assessment.findings}
    assert json.dumps(again) == json.dumps(chains)
