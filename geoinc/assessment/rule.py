"""The decision rule: one for every party, printed with every outcome.

References
----------
JCGM 200:2012, *International vocabulary of metrology*, 2.47 (metrological compatibility).
JCGM 106:2012, *The role of measurement uncertainty in conformity assessment*, 8 (decision rules).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from geoinc.envelope import spoken_for
from geoinc.findings import Outcome, SourceOutcome
from geoinc.intervals import Interval
from geoinc.messages import Text, say
from geoinc.quantities import format_distance
from geoinc.uncertainty import COVERAGE, BudgetRow, Component, Propagated, expanded_m, make_budget
from geoinc.wording import enumerated, if_better_than, if_left_out, outcome_text, unfit_text

__all__ = [
    "FIT_SHARE",
    "GREATEST_ACCURACY_M",
    "Evidence",
    "Question",
    "decide",
    "flips",
    "judge",
    "judge_source",
    "judge_sources",
    "rule_document",
    "scale_of",
    "turning_uncertainties_m",
]

FIT_SHARE: Final = 1 / 3
SEARCH_STEPS: Final = 50
SEARCH_TOLERANCE_M: Final = 0.01
GREATEST_ACCURACY_M: Final = 1_000_000.0
DECIDED: Final = (Outcome.CONSISTENT, Outcome.INCONSISTENT)


@dataclass(frozen=True, slots=True)
class Question:
    """What a claim asks of a measured distance.

    Attributes
    ----------
    claimed : Interval
        In metres.
    one_sided : bool
        Whether it is a claim of a side or of a bound, which the whole measured interval must meet; a value
        claim only has to be compatible.
    scale_m : float or None
        The claimed distance; None for a side, whose scale is the measured distance itself.
    """

    claimed: Interval
    one_sided: bool
    scale_m: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What one source measured.

    Attributes
    ----------
    source, lineage, title : str
        Ids, and a name for people.
    represents : bool
        Whether this source is the voice of its lineage.
    value_m : float or None
        At the middle of the printed cell; None where the source measured nothing.
    measured : callable
        From an uncertainty U in metres to the interval over the cell, widened by U; None where the source
        measured nothing.
    components : tuple of Component
        What makes up U; the first is the accuracy of the boundary.
    why : str or None
        Why nothing was measured.
    shown : tuple of BudgetRow
        Lines of the budget that are not part of U.
    edge_moves_m : mapping of str to float
        By how much the value grows or falls when the boundary's edges are read in each way.
    signed : bool
        Whether the value has a sign; a bare distance has none.
    propagate : callable or None
        Draws the distance under the budget's distributions; gives None where plus or minus U describes it well.
    """

    source: str
    lineage: str
    title: str
    represents: bool
    value_m: float | None
    measured: Callable[[float], Interval] | None
    components: tuple[Component, ...] = field(default=())
    why: str | None = None
    shown: tuple[BudgetRow, ...] = ()
    edge_moves_m: Mapping[str, float] = field(default_factory=dict)
    signed: bool = True
    propagate: Callable[[], Propagated | None] | None = None

    def uncertainty_m(self, accuracy_m: float | None = None) -> float:
        """U (95 %), with another accuracy of the boundary where one is given."""
        return expanded_m(self.credited(accuracy_m))

    def credited(self, accuracy_m: float | None = None) -> tuple[Component, ...]:
        """Return the ingredients of U, with another accuracy of the boundary where one is given."""
        if accuracy_m is None or not self.components:
            return self.components
        boundary = Component(self.components[0].name, accuracy_m, "tried")
        return (boundary, *self.components[1:])


def judge(measured: Interval, question: Question) -> Outcome:
    """Compare one measured interval with a claim.

    Examples
    --------
    >>> nine_and_a_half = Question(Interval(9450.0, 9550.0), one_sided=False, scale_m=9500.0)
    >>> judge(Interval(9100.0, 10800.0), nine_and_a_half).value
    'consistent'
    >>> more_than_nine = Question(Interval.more_than(9000.0), one_sided=True, scale_m=9000.0)
    >>> judge(Interval(8500.0, 9700.0), more_than_nine).value
    'indeterminate'
    """
    if not measured.overlaps(question.claimed):
        return Outcome.INCONSISTENT
    if question.one_sided and not measured.within(question.claimed):
        return Outcome.INDETERMINATE
    return Outcome.CONSISTENT


def judge_sources(evidence: Sequence[Evidence], question: Question) -> dict[str, SourceOutcome]:
    """Judge a claim by each source, by source id."""
    return {each.source: judge_source(each, question) for each in evidence}


def scale_of(evidence: Evidence, question: Question) -> float:
    """Return the scale of a claim, in metres: the claimed distance; for a side, the distance that a source measured."""
    return abs(evidence.value_m or 0.0) if question.scale_m is None else question.scale_m


def judge_source(
    evidence: Evidence,
    question: Question,
    accuracy_m: float | None = None,
    *,
    uncertainty_m: float | None = None,
) -> SourceOutcome:
    """Judge a claim by one source, with another accuracy of its boundary, or another U, where one is given."""
    if evidence.measured is None or evidence.value_m is None:
        return SourceOutcome(
            outcome=Outcome.NOT_ASSESSABLE,
            measured=None,
            value=None,
            uncertainty_m=None,
            fit=False,
            votes=False,
            why=evidence.why,
        )
    tried = uncertainty_m is not None
    uncertainty_m = evidence.uncertainty_m(accuracy_m) if uncertainty_m is None else uncertainty_m
    scale_m = scale_of(evidence, question)
    fit = uncertainty_m <= FIT_SHARE * scale_m
    measured = evidence.measured(uncertainty_m)
    outcome = judge(measured, question)
    votes = fit and evidence.represents
    return SourceOutcome(
        outcome=outcome,
        measured=measured,
        value=evidence.value_m,
        uncertainty_m=uncertainty_m,
        fit=fit,
        votes=votes,
        why=_why_silent(evidence, outcome, uncertainty_m, scale_m, fit=fit),
        budget=None if tried else make_budget(evidence.credited(accuracy_m), evidence.shown),
    )


def _why_silent(evidence: Evidence, outcome: Outcome, uncertainty_m: float, scale_m: float, *, fit: bool) -> str | None:
    if math.isinf(uncertainty_m):
        return say("does not vote: its accuracy here is unknown")
    if not fit:
        # An unknown accuracy is infinite, and stands here only while a better one is tried in its place.
        known = [part for part in evidence.components if math.isfinite(part.value_95_m)]
        shares = [say("{part} {distance}", part=part.name, distance=format_distance(part.value_95_m)) for part in known]
        if len(shares) > 1:
            return say(
                "not fit for this scale: the uncertainty of {uncertainty} ({parts}) is more than a third of {scale}",
                uncertainty=format_distance(uncertainty_m),
                parts=enumerated(shares),
                scale=format_distance(scale_m),
            )
        return unfit_text(uncertainty_m, scale_m)
    if not evidence.represents:
        return spoken_for(evidence.lineage)
    if outcome is Outcome.INDETERMINATE:
        return say("abstains: the claim's bound lies inside its measured interval")
    return None


def decide(outcomes: Mapping[str, SourceOutcome]) -> Outcome:
    """Combine the sources' outcomes.

    The lineages that decide must agree; otherwise, or where none decides, the outcome is indeterminate.
    """
    if all(each.measured is None for each in outcomes.values()):
        return Outcome.NOT_ASSESSABLE
    votes = {each.outcome for each in outcomes.values() if each.votes and each.outcome in DECIDED}
    return votes.pop() if len(votes) == 1 else Outcome.INDETERMINATE


def flips(
    evidence: Sequence[Evidence],
    question: Question,
    outcome: Outcome,
    overall: Callable[[Mapping[str, SourceOutcome]], Outcome] = decide,
) -> list[str]:
    """Return each single change of the sources that turns an outcome round, as a clause that begins with "if".

    Tried are leaving out each lineage that votes, and every better accuracy of one lineage's boundary. As its
    accuracy improves, a source may first become fit and then decide: these are the only two places where its
    vote can turn (a property that the tests hold), so the outcome is taken on each of the stretches between.

    Parameters
    ----------
    evidence : sequence of Evidence
        What each source measured.
    question : Question
        What is asked of it.
    outcome : Outcome
        What came out.
    overall : callable
        From the outcomes by source to the outcome: `decide`, or a check that rests on more than one position.
    """
    found: list[str] = []
    judged = judge_sources(evidence, question)
    for each in evidence:
        if not each.represents or each.measured is None:
            continue
        if judged[each.source].votes:
            rest = {source: one for source, one in judged.items() if source != each.source}
            then = overall(rest) if rest else Outcome.INDETERMINATE
            if then is Outcome.NOT_ASSESSABLE:
                then = Outcome.INDETERMINATE
            if then is not outcome:
                found.append(if_left_out(each.title, then))
        found += _better_accuracies(judged, each, question, outcome, overall)
    return found


def _better_accuracies(
    judged: Mapping[str, SourceOutcome],
    each: Evidence,
    question: Question,
    outcome: Outcome,
    overall: Callable[[Mapping[str, SourceOutcome]], Outcome],
) -> Iterator[str]:
    """Stretches of better accuracy of one source's boundary on which the outcome is another one."""
    turns = _turning_accuracies_m(each, question)
    ends = [*turns, 0.0]
    for above, below in pairwise(ends):
        if above - below < SEARCH_TOLERANCE_M:
            continue
        then = overall({**judged, each.source: judge_source(each, question, (above + below) / 2)})
        if then is outcome:
            continue
        yield _if_accurate(each.title, above, below, then)


def _if_accurate(title: str, above_m: float, below_m: float, then: Outcome) -> Text:
    if below_m > 0:
        return say(
            "if {source} were accurate to better than {distance} but no better than {least} here (then {outcome})",
            source=title,
            distance=format_distance(above_m),
            least=format_distance(below_m),
            outcome=outcome_text(then),
        )
    return if_better_than(title, above_m, then)


def _turning_accuracies_m(each: Evidence, question: Question) -> list[float]:
    """Accuracies, greatest first, below the present one, at which the source's own vote turns."""
    if not each.components:
        return []
    present_m = min(each.components[0].value_95_m, GREATEST_ACCURACY_M)
    rest_m = each.uncertainty_m(0.0)
    turns = [math.sqrt(turn**2 - rest_m**2) for turn in turning_uncertainties_m(each, question) if turn > rest_m]
    return sorted((turn for turn in turns if turn < present_m), reverse=True)


def turning_uncertainties_m(each: Evidence, question: Question) -> list[float]:
    """Return the uncertainties U, least first, at which a source's vote turns.

    As U grows a source's answer turns at most once (a property that the tests hold), and from a third of the
    claim's scale on it is not fit and has no vote.
    """
    limit_m = FIT_SHARE * scale_of(each, question)
    if each.measured is None or not math.isfinite(limit_m):
        return []
    last = judge(each.measured(limit_m), question)
    if judge(each.measured(0.0), question) is last:
        return [limit_m]
    low, high = 0.0, limit_m
    for _ in range(SEARCH_STEPS):
        if math.isclose(low, high, abs_tol=SEARCH_TOLERANCE_M):
            break
        middle = (low + high) / 2
        same = judge(each.measured(middle), question) is last
        low, high = (low, middle) if same else (middle, high)
    return [high, limit_m]


def rule_document() -> dict[str, Any]:
    """Return the rule as it is printed with every outcome, JSON-ready."""
    return {
        "id": "geoinc/rule/1",
        "coverage": COVERAGE,
        "fit_share": FIT_SHARE,
        "steps": [
            say(
                "Measured interval, per source: the range of the distance over all positions that print the same, "
                "widened at both ends by U (95 %), which combines the source's accuracy at this place with the stated "
                "accuracy of the position, a datum other than WGS 84 or unknown, and a declared width of the limit "
                "itself, each once."
            ),
            say(
                "Fit for scale: a source votes on a claim only if U is at most a third of the claim's scale (the "
                "claimed distance; for a side, the measured distance). Sources of one lineage have one vote, that of "
                "the most detailed."
            ),
            say(
                "A printed value is consistent if its interval and the measured one overlap, else inconsistent. A side "
                "or a bound is consistent if the measured interval lies wholly inside it, inconsistent if wholly "
                "outside, indeterminate if across."
            ),
            say(
                "Sources that come out indeterminate abstain. If the deciding lineages agree, that is the outcome; if "
                "they disagree, or none decides, it is indeterminate. Where an input is missing, the claim is not "
                "assessable."
            ),
            say("Claims are held against claims by their printed intervals and cells alone, without any boundary."),
            say(
                "An outcome is robust if it survives leaving out any one lineage, every declared alternative and any "
                "better accuracy of a single source; otherwise each change that turns it round is listed."
            ),
            say(
                "The smallest change is found by search, declared or not, and says nothing about robustness. In this "
                "order: a declared alternative; an ingredient that changes by at most a factor of two, the fewest "
                "metres first (the accuracy of one boundary, of all boundaries, of the position, each better and "
                "worse; all lines nearer or farther by no more than the least U); a reading that nobody declared "
                "(precision model, sense, edges); one lineage left out; two; all lines nearer or farther by more; an "
                "ingredient that changes by more than a factor of two."
            ),
            say(
                "How much a claim could have been wrong is the share of the ground around this stretch of the border "
                "on which the same rule, with the same sources and uncertainties, would have found it inconsistent."
            ),
        ],
    }
