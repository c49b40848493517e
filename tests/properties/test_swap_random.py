"""One rule for every party: exchange parties and grounds, and names are exchanged and nothing else.

Over random incidents on random borders; the main case has a test of its own.
"""

from __future__ import annotations

import json
import re
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

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


def few(examples: int) -> settings:
    """Each example is two whole assessments: few a run, and others in the next."""
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))


def exchange(text: str) -> str:
    return WORDS.sub(lambda match: EXCHANGED[match.group()], text)


def assess(text: str, border: Border, *, together: bool) -> AssessmentData:
    """Assess a case; `together` is whether the ground that claims allow together is worked out too."""
    incident = parse_incident(text, name="random.json")
    if together:
        return assess_incident(incident, {border.pair: border})
    nothing = SimpleNamespace(findings=(), regions=(), gaps=())
    with patch("geoinc.assessment.hold_together", return_value=nothing):
        return assess_incident(incident, {border.pair: border})


def document(data: AssessmentData) -> dict[str, Any]:
    whole = check_document(data)
    del whole["manifest"]
    return whole


def check_exchange(case: RandomCase, *, together: bool) -> None:
    one = document(assess(case.text(), case.border, together=together))
    turned = exchange_grounds(case.border, EXCHANGED)
    other = document(assess(exchange(case.text()), turned, together=together))
    back = json.loads(exchange(json.dumps(other, ensure_ascii=False)))
    assert back["findings"] == one["findings"]
    # A border's territories stand in alphabetical order, which exchanging their names turns round.
    assert in_either_order(back) == in_either_order(one)


@few(10)
@given(random_cases())
def test_exchanging_the_parties_exchanges_names_and_nothing_else(case: RandomCase):
    check_exchange(case, together=False)


@few(2)
@given(random_cases())
def test_so_it_does_with_all_claims_together(case: RandomCase):
    check_exchange(case, together=True)


@few(6)
@given(random_cases())
def test_reversing_the_border_only_flips_signs(case: RandomCase):
    check_reversal(case, together=False)


def check_reversal(case: RandomCase, *, together: bool) -> None:
    one = document(assess(case.text(), case.border, together=together))
    reversed_content = {**case.content, "border": case.content["border"][::-1]}
    other = document(assess(json.dumps(reversed_content), case.border.swapped(), together=together))
    for part in ("findings", "joint_regions", "gaps"):
        assert in_either_order(other[part]) == in_either_order(one[part])
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
