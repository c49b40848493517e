"""Properties of the decision rule that hold for every claim, source and uncertainty."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from geoinc.assessment.rule import Evidence, Question, decide, flips, judge_source, judge_sources
from geoinc.findings import Outcome
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
    low = draw(metres)
    kind = draw(st.sampled_from(["value", "bound", "side"]))
    if kind == "value":
        claimed = Interval(low, low + draw(st.floats(0.1, 2_000.0)))
        return Question(claimed, one_sided=False, scale_m=abs(claimed.middle))
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
