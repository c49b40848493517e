"""Distances and directions from named places, judged for a printed position.

A place is no boundary source and has no vote: each place that the words may mean gives its own answer. Its accuracy
widens the measured distance as a boundary's does. Where the accuracy is more than a third of the claimed distance, the
place can still exclude a position, and cannot confirm one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geoinc.assessment.rule import FIT_SHARE, Question, judge
from geoinc.consistency import overlap_margin_m, reach
from geoinc.findings import Outcome
from geoinc.intervals import Interval
from geoinc.messages import say
from geoinc.notation import Reading
from geoinc.places import Place
from geoinc.uncertainty import Component, expanded_m

__all__ = ["PlaceOutcome", "decide_places", "judge_places"]


@dataclass(frozen=True, slots=True)
class PlaceOutcome:
    """What one place says of a claimed distance and direction.

    Attributes
    ----------
    place : Place
    distance_m, azimuth_deg : float
        From the place to the middle of the printed cell.
    measured : Interval
        The distance over the cell, widened by the uncertainty.
    uncertainty_m : float
        U (95 %): the accuracy of the place, and that stated with the position.
    outcome : Outcome
    fit : bool
        Whether the uncertainty is at most a third of the claimed distance.
    margin_m : float or None
        Positive by how much distance and cell overlap, negative by how far the position lies from what is claimed;
        None where no shift would part them.
    """

    place: Place
    distance_m: float
    azimuth_deg: float
    measured: Interval
    uncertainty_m: float
    outcome: Outcome
    fit: bool
    margin_m: float | None


def judge_places(
    reading: Reading, places: Sequence[Place], question: Question, sector_deg: tuple[float, float] | None
) -> tuple[PlaceOutcome, ...]:
    """Judge a claimed distance and direction by each place that the words may mean."""
    return tuple(_judge(reading, place, question, sector_deg) for place in places)


def _judge(reading: Reading, place: Place, question: Question, sector_deg: tuple[float, float] | None) -> PlaceOutcome:
    components = [Component("accuracy of the place", place.accuracy_m, place.source)]
    if reading.accuracy_m is not None:
        components.append(
            Component(say("accuracy of the position"), reading.accuracy_m, say("stated with the position"))
        )
    uncertainty_m = expanded_m(components)
    found = reach(place, reading)
    measured = Interval(max(0.0, found.interval.low - uncertainty_m), found.interval.high + uncertainty_m)
    fit = question.scale_m is None or uncertainty_m <= FIT_SHARE * question.scale_m
    outcome = judge(measured, question)
    margin_m = overlap_margin_m(measured, question.claimed)
    missing_m = found.shift_to_m(question.claimed, sector_deg) - uncertainty_m
    if outcome is not Outcome.INCONSISTENT and missing_m > 0:
        outcome, margin_m = Outcome.INCONSISTENT, -missing_m
    if outcome is Outcome.CONSISTENT and not fit:
        outcome = Outcome.INDETERMINATE
    return PlaceOutcome(place, found.distance_m, found.azimuth_deg, measured, uncertainty_m, outcome, fit, margin_m)


def decide_places(judged: Sequence[PlaceOutcome]) -> Outcome:
    """Return the outcome on which all places agree; indeterminate where they do not."""
    outcomes = {each.outcome for each in judged}
    return outcomes.pop() if len(outcomes) == 1 else Outcome.INDETERMINATE
