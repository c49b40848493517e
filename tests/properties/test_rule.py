"""Properties of the decision rule that hold for every claim, source and uncertainty."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoinc.assessment.changes import ChangeKind, find_changes, shifted, smallest_change
from geoinc.assessment.rule import (
    Evidence,
    Question,
    decide,
    flips,
    judge_source,
    judge_sources,
    rule_document,
    turning_uncertainties_m,
)
from geoinc.findings import AlternativeOutcome, Outcome
from geoinc.intervals import Interval
from geoinc.uncertainty import Component

DECIDED = (Outcome.CONSISTENT, Outcome.INCONSISTENT)
metres = st.floats(-50_000.0, 50_000.0)
widths = st.floats(0.0, 20_000.0)


def evidence(source: str, value_m: float, accuracy_m: float, *, represents: bool = True) -> Evidence:
    return Evidence(
        source=source,
        lineage=source.split("-", maxsplit=1)[0],
        title=source,
        represents=represents,
        value_m=value_m,
        measured=Interval(value_m, value_m).widened,
        components=(Component("boundary", accuracy_m, "test"),),
    )


@st.composite
def questions(draw):
    """Claims of 10 m and more: below, the decimetres that a sentence prints count for too much."""
    low = draw(metres.filter(lambda value: abs(value) >= 10.0))
    kind = draw(st.sampled_from(["value", "bound", "side"]))
    if kind == "value":
        claimed = Interval(low, low + draw(st.floats(0.1, 2_000.0)))
        return Question(claimed, one_sided=False, scale_m=max(10.0, abs(claimed.middle)))
    if kind == "side":
        return Question(Interval.more_than(0.0), one_sided=True, scale_m=None)
    return Question(Interval.at_least(low), one_sided=True, scale_m=abs(low))


@given(questions(), metres, widths, widths)
def test_widening_never_makes_a_consistent_source_inconsistent_nor_decides_an_indeterminate_one(
    question, value_m, one, other
):
    narrow, wide = sorted((one, other))
    before = judge_sources([evidence("osm", value_m, narrow)], question)["osm"]
    after = judge_sources([evidence("osm", value_m, wide)], question)["osm"]
    if before.outcome is Outcome.CONSISTENT:
        assert after.outcome is not Outcome.INCONSISTENT
    if before.outcome is Outcome.INDETERMINATE:
        assert after.outcome is Outcome.INDETERMINATE
    if not before.fit:
        assert not after.fit


@given(questions(), st.lists(st.tuples(metres, widths), min_size=1, max_size=5))
def test_order_of_sources_does_not_matter(question, measured):
    sources = [evidence(f"s{k}", value, accuracy) for k, (value, accuracy) in enumerate(measured)]
    assert decide(judge_sources(sources, question)) is decide(judge_sources(sources[::-1], question))


def in_metres(text: str) -> float:
    number, unit = text.split()
    return float(number) * {"m": 1.0, "km": 1000.0}[unit]


@given(questions(), st.lists(st.tuples(metres, widths), min_size=1, max_size=4))
def test_each_named_change_really_gives_the_outcome_that_it_names(question, measured):
    sources = [evidence(f"s{k}", value, accuracy) for k, (value, accuracy) in enumerate(measured)]
    judged = judge_sources(sources, question)
    outcome = decide(judged)
    for change in flips(sources, question, outcome):
        name, then = re.fullmatch(r"if (s\d) were .* \(then (\w+)\)", change).groups()
        assert then != outcome.value
        if "left out" in change:
            rest = {source: each for source, each in judged.items() if source != name}
            assert (decide(rest) if rest else Outcome.INDETERMINATE).value == then
            continue
        above = in_metres(re.search(r"to better than ([\d.]+ k?m)", change).group(1))
        below = re.search(r"no better than ([\d.]+ k?m)", change)
        below = in_metres(below.group(1)) if below else 0.0
        better = next(each for each in sources if each.source == name)
        assert decide({**judged, name: judge_source(better, question, (above + below) / 2)}).value == then


@given(questions(), st.lists(st.tuples(metres, widths), min_size=1, max_size=4), st.floats(0.0, 1.0))
def test_no_accuracy_that_turns_the_outcome_goes_unnamed(question, measured, share):
    sources = [evidence(f"s{k}", value, accuracy) for k, (value, accuracy) in enumerate(measured)]
    judged = judge_sources(sources, question)
    outcome = decide(judged)
    named = flips(sources, question, outcome)
    for each in sources:
        accuracy_m = share * each.components[0].value_95_m
        if accuracy_m < 1.0:
            continue
        then = decide({**judged, each.source: judge_source(each, question, accuracy_m)})
        if then is not outcome:
            assert any(change.startswith(f"if {each.source} were accurate") for change in named)


@given(questions(), st.lists(st.tuples(metres, widths), min_size=2, max_size=5))
def test_a_decision_needs_agreement_of_all_that_decide(question, measured):
    sources = [evidence(f"s{k}", value, accuracy) for k, (value, accuracy) in enumerate(measured)]
    judged = judge_sources(sources, question)
    outcome = decide(judged)
    votes = {each.outcome for each in judged.values() if each.votes and each.outcome in DECIDED}
    assert (outcome in DECIDED) == (len(votes) == 1)


@given(questions(), metres, widths)
def test_a_source_that_does_not_speak_for_its_lineage_changes_nothing(question, value_m, accuracy_m):
    voice = evidence("osm-2026c", 10_000.0, 100.0)
    silent = evidence("osm-2017", value_m, accuracy_m, represents=False)
    assert decide(judge_sources([voice], question)) is decide(judge_sources([voice, silent], question))


def test_unfit_source_does_not_vote():
    question = Question(Interval(79.5, 80.5), one_sided=False, scale_m=80.0)
    judged = judge_sources([evidence("osm", 90.0, 300.0)], question)
    assert not judged["osm"].fit
    assert not judged["osm"].votes
    assert decide(judged) is Outcome.INDETERMINATE


def test_disagreeing_lineages_are_indeterminate():
    question = Question(Interval.more_than(0.0), one_sided=True, scale_m=None)
    judged = judge_sources([evidence("osm", 5_000.0, 100.0), evidence("dcw", -5_000.0, 100.0)], question)
    assert decide(judged) is Outcome.INDETERMINATE


def test_nothing_measured_is_not_assessable():
    question = Question(Interval.more_than(0.0), one_sided=True, scale_m=None)
    bare = Evidence(source="osm", lineage="osm", title="", represents=True, value_m=None, measured=None, why="outside")
    assert decide(judge_sources([bare], question)) is Outcome.NOT_ASSESSABLE


# The smallest change, found by search

sets_of_sources = st.lists(st.tuples(metres, widths), min_size=1, max_size=4)


def assessed(measured):
    return [evidence(f"s{k}", value, accuracy) for k, (value, accuracy) in enumerate(measured)]


def with_position(sources, accuracy_m):
    extra = Component("accuracy of the position", accuracy_m, "test")
    return [replace(each, components=(*each.components, extra)) for each in sources]


def first(changes, start):
    return next((change for change in changes if change.text.startswith(start)), None)


def outcome_of(sources, question):
    return decide(judge_sources(sources, question))


@given(questions(), metres, widths)
def test_a_vote_turns_only_where_the_search_looks(question, value_m, uncertainty_m):
    source = evidence("s0", value_m, 0.0)
    turns = [0.0, *turning_uncertainties_m(source, question), math.inf]
    low = max(turn for turn in turns if turn <= uncertainty_m)
    high = min(turn for turn in turns if turn > uncertainty_m)
    if min(uncertainty_m - low, high - uncertainty_m) < 0.1:
        return
    inside = (low + min(high, low + 1e6)) / 2
    here, there = (judge_source(source, question, uncertainty_m=u) for u in (uncertainty_m, inside))
    assert here.votes == there.votes
    if here.votes:
        assert here.outcome is there.outcome


@given(questions(), sets_of_sources, st.floats(0.01, 0.99))
def test_position_may_be_as_coarse_as_the_search_says_and_no_coarser(question, measured, share):
    sources = assessed(measured)
    outcome = outcome_of(sources, question)
    found = first(find_changes(sources, question, outcome), "if the position were known to no better")
    if found is None:
        assert outcome_of(with_position(sources, share * 1e5), question) is outcome
        return
    if found.metres > 0.1:
        assert outcome_of(with_position(sources, share * (found.metres - 0.05)), question) is outcome
    assert outcome_of(with_position(sources, found.metres + 0.01), question) is found.outcome


@given(questions(), sets_of_sources, st.floats(0.01, 0.99))
def test_lines_may_be_shifted_as_far_as_the_search_says_and_no_further(question, measured, share):
    sources = assessed(measured)
    outcome = outcome_of(sources, question)
    changes = find_changes(sources, question, outcome)
    for way, where in ((-1.0, "nearer"), (1.0, "farther")):
        found = next((each for each in changes if "every line here" in each.text and where in each.text), None)
        reach_m = 2e5 if found is None else found.metres
        before = [shifted(each, way * share * (reach_m - 0.01)) for each in sources]
        if reach_m > 0.1:
            assert outcome_of(before, question) is outcome
        if found is not None:
            beyond = [shifted(each, way * (reach_m + 1e-3)) for each in sources]
            assert outcome_of(beyond, question) is found.outcome


@given(questions(), sets_of_sources)
def test_every_change_gives_another_outcome_and_the_smallest_comes_first(question, measured):
    sources = assessed(measured)
    outcome = outcome_of(sources, question)
    changes = find_changes(sources, question, outcome)
    assert all(change.outcome is not outcome for change in changes)
    assert all(change.text.startswith("if ") and f"(then {change.outcome.value})" in change.text for change in changes)
    assert [change.kind for change in changes] == sorted(change.kind for change in changes)
    assert smallest_change(changes) == (changes[0].text if changes else None)


@given(questions(), sets_of_sources, st.data())
def test_no_better_or_worse_accuracy_nearer_than_the_one_named_turns_the_outcome(question, measured, data):
    sources = assessed(measured)
    outcome = outcome_of(sources, question)
    changes = find_changes(sources, question, outcome)
    each = data.draw(st.sampled_from(sources))
    present_m = each.components[0].value_95_m
    for way, words in ((-1.0, "to better than"), (1.0, "to no better than")):
        found = first(changes, f"if {each.source} were accurate {words}")
        room_m = present_m if way < 0 else 5e4
        reach_m = room_m if found is None else found.metres
        tried_m = present_m + way * data.draw(st.floats(0.0, 1.0)) * max(0.0, reach_m - 0.05)
        then = decide({**judge_sources(sources, question), each.source: judge_source(each, question, tried_m)})
        if reach_m > 0.1:
            assert then is outcome


def test_order_of_smallness():
    question = Question(Interval(9_450.0, 9_550.0), one_sided=False, scale_m=9_500.0)
    sources = [evidence("osm", 9_963.0, 700.0), evidence("dcw", 10_070.0, 2_327.0)]
    other = AlternativeOutcome("read along the meridian", Outcome.INDETERMINATE, None, None)
    plain = find_changes(sources, question, Outcome.CONSISTENT)
    assert plain[0].kind is ChangeKind.INGREDIENT
    assert (
        plain[0].text == "if osm were accurate to better than 413.0 m here (then indeterminate)"
        or plain[0].metres < 287
    )
    declared = find_changes(sources, question, Outcome.CONSISTENT, tried=[other])
    assert declared[0].text == "if read along the meridian (then indeterminate)"
    undeclared = find_changes(sources, question, Outcome.CONSISTENT, undeclared=[other])
    assert undeclared[0].kind is ChangeKind.INGREDIENT
    assert ChangeKind.READING in {change.kind for change in undeclared}


def test_leaving_out_one_lineage_and_two():
    question = Question(Interval.more_than(9_000.0), one_sided=True, scale_m=9_000.0)
    sources = [evidence("osm", 9_963.0, 500.0), evidence("wdb2", 10_291.0, 800.0), evidence("dcw", 10_070.0, 2_327.0)]
    changes = find_changes(sources, question, Outcome.CONSISTENT)
    assert ChangeKind.LINEAGE not in {change.kind for change in changes}
    (two,) = (change for change in changes if change.kind is ChangeKind.TWO_LINEAGES)
    assert two.text == "if osm and wdb2 were left out (then indeterminate)"
    alone = find_changes(sources[::2], question, Outcome.CONSISTENT)
    assert [change.text for change in alone if change.kind is ChangeKind.LINEAGE] == [
        "if osm were left out (then indeterminate)"
    ]


def test_a_firm_outcome_has_a_margin_in_metres():
    question = Question(Interval.more_than(0.0), one_sided=True, scale_m=None)
    sources = [evidence("osm", 9_900.0, 700.0), evidence("wdb2", 10_200.0, 700.0)]
    found = smallest_change(find_changes(sources, question, Outcome.CONSISTENT))
    # The further of the two is no longer fit where three times its uncertainty exceeds what is left.
    assert found == "if every line here ran more than 8.10 km nearer to the position (then indeterminate)"


def test_other_readings_of_edges_are_searched():
    question = Question(Interval(9_450.0, 9_550.0), one_sided=False, scale_m=9_500.0)
    source = replace(evidence("osm", 9_700.0, 160.0), edge_moves_m={"geodesic": 100.0, "rhumb": -1.0})
    changes = find_changes([source], question, Outcome.CONSISTENT)
    assert [change.text for change in changes if change.kind is ChangeKind.READING] == [
        "if boundary edges are read as geodesic (then inconsistent)"
    ]


def test_what_cannot_be_assessed_has_no_smallest_change():
    bare = Evidence(source="osm", lineage="osm", title="", represents=True, value_m=None, measured=None, why="outside")
    question = Question(Interval.more_than(0.0), one_sided=True, scale_m=None)
    assert find_changes([bare], question, Outcome.NOT_ASSESSABLE) == ()


def test_the_printed_rule_says_what_the_search_covers():
    text = " ".join(rule_document()["steps"])
    for word in (
        "lineage",
        "two",
        "precision model",
        "sense",
        "edges",
        "better and worse",
        "position",
        "nearer or farther",
    ):
        assert word in text


@pytest.mark.parametrize("value_m", [9_900.0, -9_900.0])
def test_a_shift_is_counted_from_the_position_on_either_side(value_m):
    nearer = shifted(evidence("osm", value_m, 100.0), -900.0)
    assert abs(nearer.value_m) == 9_000.0
    assert nearer.measured(0.0).low == math.copysign(9_000.0, value_m)
