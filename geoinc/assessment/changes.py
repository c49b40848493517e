"""The least change that would turn an outcome round, found by search.

What may change is either a reading, a witness or a number of metres. Readings and witnesses are tried one by one;
metres are searched. A source's vote can turn at few places only as its uncertainty grows: where its answer turns, and
where it stops being fit. As every line is shifted, a vote can turn only where an end of its measured interval meets
an end of the claimed one, or where a side's scale makes the source fit or unfit. Between such places nothing can
happen, so the outcome is taken once on each stretch between them, which misses none.

The order of smallness: a declared alternative; then an ingredient that changes by at most a factor of two, the
fewest metres first; then a reading that nobody declared; then one lineage left out; then two. What is left is the
margin of an outcome that stands firmly: by how many metres every line would have to be off, beyond the least
uncertainty that any is credited with; and an ingredient that changes by more than a factor of two.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import combinations, pairwise
from typing import Any, Final

from geoinc.assessment.evidence import POSITION
from geoinc.assessment.rule import (
    GREATEST_ACCURACY_M,
    Evidence,
    Question,
    decide,
    judge_source,
    turning_uncertainties_m,
)
from geoinc.findings import AlternativeOutcome, Outcome, SourceOutcome
from geoinc.intervals import Interval
from geoinc.messages import later, number, say
from geoinc.quantities import format_distance
from geoinc.wording import edges_text, if_better_than, if_left_out, if_so, listed, outcome_text

__all__ = ["Change", "ChangeKind", "find_changes", "shifted", "smallest_change"]

LIKE: Final = 2.0
"""An ingredient that changes by no more than this factor is still much as it was credited."""
JUST_BEYOND_M: Final = 1e-3
LEAST_STRETCH: Final = 0.02
"""Of metres, or of a factor: on less the outcome is not taken, since turns are found to a centimetre."""

_MORE_ACCURATE: Final = later(
    "if every boundary here were over {factor} times more accurate than credited (then {outcome})"
)
_LESS_ACCURATE: Final = later(
    "if every boundary here were over {factor} times less accurate than credited (then {outcome})"
)
_KNOWN_BETTER: Final = later("if the position were known to better than {distance} (then {outcome})")
_KNOWN_NO_BETTER: Final = later("if the position were known to no better than {distance} (then {outcome})")
_NEARER: Final = later("if every line here ran more than {distance} nearer to the position (then {outcome})")
_FARTHER: Final = later("if every line here ran more than {distance} farther from the position (then {outcome})")

Overall = Callable[[Mapping[str, SourceOutcome]], Outcome]


class ChangeKind(IntEnum):
    """What changes, in the order of smallness."""

    DECLARED = 1
    INGREDIENT = 2
    READING = 3
    LINEAGE = 4
    TWO_LINEAGES = 5
    SHIFT = 6
    MARGIN = 7


@dataclass(frozen=True, slots=True)
class Change:
    """One change that turns an outcome round.

    Attributes
    ----------
    kind : ChangeKind
    text : str
        A clause that begins with "if" and ends with the outcome that follows.
    outcome : Outcome
        What comes out then.
    metres : float or None
        By how much an ingredient changes; None for a reading or a lineage.
    """

    kind: ChangeKind
    text: str
    outcome: Outcome
    metres: float | None = None

    def document(self) -> dict[str, Any]:
        """Return the change, JSON-ready."""
        return {
            "kind": self.kind.name.lower(),
            "change": self.text,
            "outcome": self.outcome.value,
            "metres": self.metres,
        }


def smallest_change(changes: Sequence[Change]) -> str | None:
    """Return the clause of the smallest change; None where the search found none."""
    return changes[0].text if changes else None


def find_changes(
    evidence: Sequence[Evidence],
    question: Question,
    outcome: Outcome,
    *,
    tried: Iterable[AlternativeOutcome] = (),
    undeclared: Iterable[AlternativeOutcome] = (),
    overall: Overall = decide,
) -> tuple[Change, ...]:
    """Return the changes that turn an outcome round, the smallest of each sort, smallest first.

    Parameters
    ----------
    evidence : sequence of Evidence
        What each source measured.
    question : Question
        What is asked of it.
    outcome : Outcome
        What came out.
    tried, undeclared : iterable of AlternativeOutcome
        What comes out under the declared alternatives, and under readings that nobody declared.
    overall : callable
        From the outcomes by source to the outcome: `decide`, or a check that rests on more than one position.

    Returns
    -------
    tuple of Change
        Searched are: the readings given, and the source's edges read in each other way; the accuracy of each
        lineage's boundary and of all together, better and worse; the accuracy of the position, better and
        worse; a shift of all lines, nearer and farther; leaving out one lineage and two. Empty for a claim
        that cannot be assessed.
    """
    if outcome is Outcome.NOT_ASSESSABLE:
        return ()
    search = _Search(evidence, question, outcome, overall)
    found = [
        *_readings(ChangeKind.DECLARED, tried, outcome),
        *_readings(ChangeKind.READING, undeclared, outcome),
        *search.edges(),
        *search.accuracies(),
        *search.common_accuracy(),
        *search.position(),
        *search.shifts(),
        *search.lineages(),
    ]
    return tuple(sorted(found, key=lambda change: (change.kind, change.metres or 0.0, change.text)))


def _readings(kind: ChangeKind, tried: Iterable[AlternativeOutcome], outcome: Outcome) -> Iterator[Change]:
    for each in tried:
        if each.outcome is not outcome:
            yield Change(kind, if_so(each.label, each.outcome), each.outcome)


def shifted(evidence: Evidence, metres: float) -> Evidence:
    """Return what a source would measure if its line ran `metres` further from the position, or nearer if negative.

    Further means that the signed distance grows, or falls where it is negative.
    """
    measured, value_m = evidence.measured, evidence.value_m
    if measured is None or value_m is None:
        return evidence
    step_m = -metres if value_m < 0 else metres

    def moved(uncertainty_m: float) -> Interval:
        found = measured(uncertainty_m)
        return replace(found, low=found.low + step_m, high=found.high + step_m)

    return replace(evidence, value_m=value_m + step_m, measured=moved)


class _Search:
    """The outcome under one change at a time."""

    def __init__(self, evidence: Sequence[Evidence], question: Question, outcome: Outcome, overall: Overall) -> None:
        self._question = question
        self._outcome = outcome
        self._overall = overall
        self._judged = {each.source: judge_source(each, question) for each in evidence}
        self._all = evidence
        self._voices = [
            each for each in evidence if each.represents and each.measured is not None and each.value_m is not None
        ]
        self._turns_m = {each.source: turning_uncertainties_m(each, question) for each in self._voices}

    def _then(self, changed: Iterable[tuple[Evidence, float | None]]) -> Outcome:
        """The outcome with other evidence, or another U, for some of the sources."""
        outcomes = dict(self._judged)
        for each, uncertainty_m in changed:
            outcomes[each.source] = judge_source(each, self._question, uncertainty_m=uncertainty_m)
        return self._overall(outcomes)

    def edges(self) -> Iterator[Change]:
        for name in dict.fromkeys(name for each in self._voices for name in each.edge_moves_m):
            moved = []
            for each in self._voices:
                move_m = each.edge_moves_m.get(name, 0.0)
                # A move within half the distance leaves the position on its side of the line.
                if abs(move_m) > abs(each.value_m or 0.0) / 2:
                    break
                moved.append((shifted(each, -move_m if (each.value_m or 0.0) < 0 else move_m), None))
            else:
                then = self._then(moved)
                if then is not self._outcome:
                    read = say("boundary edges are read as {edges}", edges=edges_text(name))
                    yield Change(ChangeKind.READING, if_so(read, then), then)

    def accuracies(self) -> Iterator[Change]:
        """Another accuracy of one lineage's boundary."""
        for each in self._voices:
            if not each.components:
                continue
            present_m = each.components[0].value_95_m
            rest_m = each.uncertainty_m(0.0)
            turns_m = [math.sqrt(turn**2 - rest_m**2) for turn in self._turns_m[each.source] if turn >= rest_m]

            def then(value_m: float, each: Evidence = each) -> Outcome:
                return self._then([(each, each.uncertainty_m(value_m))])

            for turn_m, better, outcome in self._nearest(present_m, turns_m, then):
                text = (
                    if_better_than(each.title, turn_m, outcome)
                    if better
                    else say(
                        "if {source} were accurate to no better than {distance} here (then {outcome})",
                        source=each.title,
                        distance=format_distance(turn_m),
                        outcome=outcome_text(outcome),
                    )
                )
                yield self._ingredient(text, outcome, turn_m, present_m)

    def common_accuracy(self) -> Iterator[Change]:
        """All boundaries more, or less, accurate by one factor."""
        voices = [each for each in self._voices if each.components and math.isfinite(each.components[0].value_95_m)]
        turns = [
            math.sqrt(turn**2 - each.uncertainty_m(0.0) ** 2) / each.components[0].value_95_m
            for each in voices
            if each.components[0].value_95_m > 0
            for turn in self._turns_m[each.source]
            if turn >= each.uncertainty_m(0.0)
        ]

        def then(factor: float) -> Outcome:
            return self._then([(e, e.uncertainty_m(factor * e.components[0].value_95_m)) for e in voices])

        for factor, better, outcome in self._nearest(1.0, turns, then):
            if better and factor < JUST_BEYOND_M:
                continue
            least_m = min(each.components[0].value_95_m for each in voices)
            text = say(
                _MORE_ACCURATE if better else _LESS_ACCURATE,
                factor=number(f"{1 / factor if better else factor:.3g}"),
                outcome=outcome_text(outcome),
            )
            kind = ChangeKind.INGREDIENT if max(factor, 1 / factor) <= LIKE else ChangeKind.MARGIN
            yield Change(kind, text, outcome, abs(factor - 1.0) * least_m)

    def position(self) -> Iterator[Change]:
        """Another accuracy of the position, for all sources at once."""
        if not self._voices:
            return
        stated_m = next((part.value_95_m for part in self._voices[0].components if part.name == POSITION), 0.0)
        rest_m = {
            each.source: math.sqrt(max(0.0, each.uncertainty_m() ** 2 - stated_m**2))
            for each in self._voices
            if math.isfinite(each.uncertainty_m())
        }
        turns_m = [
            math.sqrt(turn**2 - rest**2)
            for source, rest in rest_m.items()
            for turn in self._turns_m[source]
            if turn >= rest
        ]

        def then(value_m: float) -> Outcome:
            return self._then([(e, math.hypot(rest_m[e.source], value_m)) for e in self._voices if e.source in rest_m])

        for turn_m, better, outcome in self._nearest(stated_m, turns_m, then):
            text = say(
                _KNOWN_BETTER if better else _KNOWN_NO_BETTER,
                distance=format_distance(turn_m),
                outcome=outcome_text(outcome),
            )
            before_m = stated_m or min((rest for rest in rest_m.values() if rest > 0), default=0.0)
            after_m = turn_m if stated_m else math.hypot(before_m, turn_m)
            change = self._ingredient(text, outcome, after_m, before_m)
            yield replace(change, metres=abs(turn_m - stated_m))

    def shifts(self) -> Iterator[Change]:
        """All lines nearer to the position, or farther from it."""
        turns_m = [turn for each in self._voices for turn in self._turning_shifts_m(each)]
        least_m = min((each.uncertainty_m() for each in self._voices), default=0.0)
        for way, template in ((-1.0, _NEARER), (1.0, _FARTHER)):
            for turn_m in sorted({abs(turn) for turn in turns_m if turn * way >= 0}):
                then = self._then([(shifted(each, way * (turn_m + JUST_BEYOND_M)), None) for each in self._voices])
                if then is self._outcome:
                    continue
                text = say(template, distance=format_distance(turn_m), outcome=outcome_text(then))
                kind = ChangeKind.INGREDIENT if turn_m <= least_m else ChangeKind.SHIFT
                yield Change(kind, text, then, turn_m)
                break

    def _turning_shifts_m(self, each: Evidence) -> Iterator[float]:
        """Shifts at which a source's vote may turn, positive away from the position."""
        uncertainty_m = each.uncertainty_m()
        if each.measured is None or each.value_m is None or not math.isfinite(uncertainty_m):
            return
        found = each.measured(uncertainty_m)
        away = -1.0 if each.value_m < 0 else 1.0
        # A bare distance cannot fall below 0; what lies beyond the line is another question.
        least_m = -math.inf if each.signed else -each.value_m
        ends = [end for end in (self._question.claimed.low, self._question.claimed.high) if math.isfinite(end)]
        for end in ends:
            for edge in (found.low, found.high):
                if (shift_m := away * (end - edge)) > least_m:
                    yield shift_m
        if self._question.scale_m is None:
            limit_m = uncertainty_m * 3
            yield limit_m - abs(each.value_m)
            yield -limit_m - abs(each.value_m)

    def lineages(self) -> Iterator[Change]:
        """One lineage left out, then two where another one is left to speak."""
        names = dict.fromkeys(each.lineage for each in self._voices if self._judged[each.source].votes)
        titles = {each.lineage: each.title for each in self._voices}
        alone: set[str] = set()
        for count, kind in ((1, ChangeKind.LINEAGE), (2, ChangeKind.TWO_LINEAGES)):
            for out in combinations(names, count):
                if alone & set(out) or (count > 1 and len(names) == count):
                    continue
                rest = {e.source: self._judged[e.source] for e in self._all if e.lineage not in out}
                then = self._overall(rest) if rest else Outcome.INDETERMINATE
                if then is Outcome.NOT_ASSESSABLE:
                    then = Outcome.INDETERMINATE
                if then is not self._outcome:
                    alone |= set(out) if count == 1 else set()
                    who = listed([titles[lineage] for lineage in out])
                    yield Change(kind, if_left_out(who, then), then)

    def _nearest(
        self, present: float, turns: Iterable[float], then: Callable[[float], Outcome]
    ) -> Iterator[tuple[float, bool, Outcome]]:
        """The turn nearest to the present figure beyond which the outcome differs, below it and above it.

        Gives the turn, whether it lies below, and the outcome beyond it.
        """
        ordered = sorted(set(turns))
        below = [turn for turn in reversed(ordered) if turn < present]
        above = [turn for turn in ordered if present <= turn < GREATEST_ACCURACY_M]
        for turn, beyond in pairwise([*below, 0.0]):
            if turn - beyond < LEAST_STRETCH:
                continue
            outcome = then((turn + beyond) / 2)
            if outcome is not self._outcome:
                yield turn, True, outcome
                break
        for turn, beyond in pairwise([*above, math.inf]):
            if beyond - turn < LEAST_STRETCH:
                continue
            outcome = then((turn + beyond) / 2 if math.isfinite(beyond) else 2 * turn + 1.0)
            if outcome is not self._outcome:
                yield turn, False, outcome
                break

    @staticmethod
    def _ingredient(text: str, outcome: Outcome, after_m: float, before_m: float) -> Change:
        small, large = sorted((after_m, before_m))
        kind = ChangeKind.INGREDIENT if large <= LIKE * small else ChangeKind.MARGIN
        return Change(kind, text, outcome, abs(after_m - before_m) if math.isfinite(before_m) else None)
