"""One rule for every party: exchange parties and grounds, and names are exchanged and nothing else.

Over random incidents on random borders; the main case has a test of its own.
"""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import HealthCheck, given, settings

from geoinc.assessment import assess_incident
from geoinc.boundaries import Border
from geoinc.export import check_document
from geoinc.findings import AssessmentData
from geoinc.incident import parse_incident

from .random_cases import RandomCase, exchange_grounds, random_cases

EXCHANGED = {
    one: other for a, b in (("mali", "algeria"), ("MLI", "DZA"), ("Mali", "Algeria")) for one, other in ((a, b), (b, a))
}
WORDS = re.compile(rf"\b({'|'.join(EXCHANGED)})\b")


def exchange(text: str) -> str:
    return WORDS.sub(lambda match: EXCHANGED[match.group()], text)


def assess(text: str, border: Border) -> AssessmentData:
    return assess_incident(parse_incident(text, name="random.json"), {border.pair: border})


def document(data: AssessmentData) -> dict[str, Any]:
    whole = check_document(data)
    del whole["manifest"]
    return whole


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(random_cases())
def test_exchanging_the_parties_exchanges_names_and_nothing_else(case: RandomCase):
    one = document(assess(case.text(), case.border))
    other = document(assess(exchange(case.text()), exchange_grounds(case.border, EXCHANGED)))
    back = json.loads(exchange(json.dumps(other, ensure_ascii=False)))
    assert back["findings"] == one["findings"]
    assert back == one


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(random_cases())
def test_reversing_the_border_only_flips_signs(case: RandomCase):
    one = document(assess(case.text(), case.border))
    reversed_content = {**case.content, "border": case.content["border"][::-1]}
    reversed_border = case.border.swapped()
    other = document(assess(json.dumps(reversed_content), reversed_border))
    assert in_either_order(other["findings"]) == in_either_order(one["findings"])
    for claim, rows in one["measurements"].items():
        for row, turned in zip(rows, other["measurements"][claim], strict=True):
            signed, flipped = row.pop("signed_distance_m"), turned.pop("signed_distance_m")
            assert (signed is None) == (flipped is None)
            assert signed is None or signed == -flipped
            assert row == turned


def in_either_order(value: Any) -> Any:
    """The document with each border's two territories sorted."""
    if isinstance(value, dict):
        return {name: sorted(part) if name == "border" else in_either_order(part) for name, part in value.items()}
    return [in_either_order(part) for part in value] if isinstance(value, list) else value
