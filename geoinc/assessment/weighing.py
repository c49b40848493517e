"""What weight an outcome about the border bears: what would turn it, what it risked, how well U describes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geoinc.assessment.changes import find_changes, smallest_change
from geoinc.assessment.evidence import Asked, Context
from geoinc.assessment.informativeness import inform
from geoinc.assessment.rule import Evidence, Question, decide, judge_sources
from geoinc.assessment.senses import question_of
from geoinc.claims import Alternative, BorderDistanceClaim, PositionClaim
from geoinc.findings import AlternativeOutcome, Informativeness, Outcome, SourceOutcome
from geoinc.measurement import Sense
from geoinc.messages import say
from geoinc.quantities import Precision
from geoinc.wording import alternative_label, undeclared

__all__ = ["Weight", "weigh"]


@dataclass(frozen=True, slots=True)
class Weight:
    """What goes with an outcome.

    Attributes
    ----------
    smallest_change : str or None
    informativeness : Informativeness or None
        Both as for `geoinc.findings.Finding`.
    evidence : mapping
        ``changes``, each change that the search found; ``montecarlo``, by source, the distribution of the
        distance where plus or minus U describes it badly. JSON-ready; absent where there is nothing to say.
    """

    smallest_change: str | None
    informativeness: Informativeness | None
    evidence: Mapping[str, Any]


def weigh(
    context: Context,
    position: PositionClaim,
    asked: Asked,
    question: Question,
    judged: Mapping[str, SourceOutcome],
    outcome: Outcome,
    tried: Sequence[AlternativeOutcome],
    *,
    tags: str,
    claim: BorderDistanceClaim | None = None,
) -> Weight:
    """Return the weight of an outcome about a printed position and a border.

    Parameters
    ----------
    context : Context
    position : PositionClaim
    asked : Asked
        Which distance was measured.
    question : Question
        What was asked of it.
    judged : mapping of str to SourceOutcome
        What each source answered.
    outcome : Outcome
        What came out.
    tried : sequence of AlternativeOutcome
        What came out otherwise, declared or not.
    tags : str
        The tags of the claims, for the sentence.
    claim : BorderDistanceClaim, optional
        The claim of a distance, whose digits can be read under another model.
    """
    evidence = context.evidence(position, asked)
    declared = [each for each in tried if each.declared]
    undeclared = [each for each in tried if not each.declared]
    if claim is not None:
        undeclared += _other_models(claim, evidence)
    changes = find_changes(evidence, question, outcome, tried=declared, undeclared=undeclared)
    told = None
    if asked.sense is Sense.SHORTEST:
        label = context.incident.points[position.point].label
        ground = context.ground(asked.border)
        told = inform(ground, evidence, question, asked.towards, point=label, tags=tags)
    found: dict[str, Any] = {}
    if changes:
        found["changes"] = [change.document() for change in changes]
    if drawn := _drawn(evidence, judged):
        found["montecarlo"] = drawn
    return Weight(smallest_change(changes), told, found)


def _other_models(claim: BorderDistanceClaim, evidence: Sequence[Evidence]) -> Iterator[AlternativeOutcome]:
    """What comes out under precision models that the case does not declare."""
    own = claim.distance.precision
    known = {own, *(alternative.precision for alternative in claim.alternatives)}
    if own is Precision.DECLARED:
        return
    for model in (Precision.LAST_DIGIT, Precision.FRACTIONAL):
        alternative = Alternative(precision=model)
        question = question_of(claim, alternative)
        if model in known or question.claimed == claim.distance.interval:
            continue
        outcome = decide(judge_sources(evidence, question))
        label = undeclared(alternative_label([claim], alternative))
        yield AlternativeOutcome(label, outcome, None, question.claimed, declared=False)


def _drawn(evidence: Sequence[Evidence], judged: Mapping[str, SourceOutcome]) -> dict[str, Any]:
    """The distribution of the distance by each source that votes, where it is not linear in the displacement."""
    found = {}
    for each in evidence:
        if each.propagate is None or not judged[each.source].votes:
            continue
        drawn = each.propagate()
        if drawn is not None:
            found[each.source] = {
                "low_m": drawn.low_m,
                "high_m": drawn.high_m,
                "shortest_low_m": drawn.shortest_low_m,
                "shortest_high_m": drawn.shortest_high_m,
                "mean_m": drawn.mean_m,
                "standard_m": drawn.standard_m,
                "trials": drawn.trials,
                "seed": drawn.seed,
                "why": say("as far as U reaches, the distance is not proportional to a displacement"),
            }
    return found
