"""The steps of a chain, from the printed words to the outcome, as plain data.

Every number stands in a `Value` or a `Span`, with its unit and where it comes from.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any

from geoinc.intervals import Interval

__all__ = [
    "BudgetLine",
    "Chain",
    "Citation",
    "ClaimParameters",
    "DeclaredAlternative",
    "ExcludedShare",
    "Figure",
    "FoundChange",
    "LineageVote",
    "MeasurementStep",
    "NamedPlace",
    "ParametersStep",
    "QuoteStep",
    "ReadingStep",
    "RuleStep",
    "SourceMeasurement",
    "Span",
    "TriedAlternative",
    "UsedAssumption",
    "Value",
    "chain_document",
]


@dataclass(frozen=True, slots=True)
class Value:
    """One number; infinite where it is unknown.

    Attributes
    ----------
    value : float
    unit : str
        ``"m"``, ``"m2"``, ``"m/s"``, ``"kg/m2"``, ``"s"``, ``"deg"``, ``"m/m"``, or ``"1"`` for a share or a count.
    source : str
        Where it comes from: a claim, a boundary source, a place, the rule.
    """

    value: float
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Span:
    """An interval of numbers; an infinite end is unbounded.

    Attributes
    ----------
    low, high : float
    low_open, high_open : bool
        Whether the end itself is left out.
    unit, source : str
        As for `Value`.
    """

    low: float
    high: float
    low_open: bool
    high_open: bool
    unit: str
    source: str

    @classmethod
    def of(cls, interval: Interval, unit: str, source: str) -> Span:
        """Return an interval with its unit and where it comes from."""
        return cls(interval.low, interval.high, interval.low_open, interval.high_open, unit, source)

    @property
    def interval(self) -> Interval:
        """The bare interval."""
        return Interval(self.low, self.high, self.low_open, self.high_open)


Figure = Value | Span
"""A number or an interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A publication; what is None is not held."""

    id: str
    publisher: str
    title: str | None
    published: str | None
    url: str | None
    sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteStep:
    """What a party printed, in its own words.

    Attributes
    ----------
    claim, tag, party, party_name, kind : str
        Which claim it is, and whose.
    printed, quote, translation, language : str or None
        None where they are not held.
    reference : Citation or None
        None where no publication is held.
    not_held : tuple of str
        Names of what is not held: of this step and of its reference.
    """

    claim: str
    tag: str
    party: str
    party_name: str
    kind: str
    printed: str | None
    quote: str | None
    translation: str | None
    language: str | None
    reference: Citation | None
    not_held: tuple[str, ...]
    step: str = "quote"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingStep:
    """What the printed words of one claim were read as.

    Attributes
    ----------
    claim, tag : str
    points : mapping of str to str
        The points that it speaks of, by id, with their labels.
    model : str or None
        The precision model of a printed figure, or the notation of a printed position.
    figures : mapping of str to Value or Span
        By name.
    words : mapping of str to str
        What was read and is no number, by name.
    warnings : tuple of str
        What a careful reader would remark on.
    """

    claim: str
    tag: str
    points: Mapping[str, str]
    model: str | None
    figures: Mapping[str, Figure]
    words: Mapping[str, str]
    warnings: tuple[str, ...]
    step: str = "reading"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    """A named place that a claim leans on."""

    id: str
    name: str
    latitude: Value
    longitude: Value
    accuracy: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimParameters:
    """How one claim is to be measured; what does not apply to it is None or empty."""

    claim: str
    tag: str
    border: tuple[str, ...]
    territory: str | None
    sense: str | None
    bearing: Value | None
    near_within: Value | None
    places: tuple[NamedPlace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredAlternative:
    """Another reading of a claim that the file declares; `note` is the file's own remark on it."""

    claim: str
    tag: str
    reading: str
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedAssumption:
    """Something that the file takes for granted, and the claims of this check that rest on it."""

    id: str
    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParametersStep:
    """Everything that was fixed before anything was measured.

    Attributes
    ----------
    claims : tuple of ClaimParameters
        Only those that fix something.
    edges : mapping of str to str
        How the edges of each boundary source were read, by source id; empty where no boundary was needed.
    precision : str or None
        The model that was asked for in place of each claim's own.
    boundary_widths : mapping of str to Value
        How wide the limit itself is, by border, where the file says so.
    same_points : tuple of str
        Ids of the claims that make different names stand for one point.
    alternatives, assumptions : tuples
        As the file declares them, for the claims of this check.
    """

    claims: tuple[ClaimParameters, ...]
    edges: Mapping[str, str]
    precision: str | None
    boundary_widths: Mapping[str, Value]
    same_points: tuple[str, ...]
    alternatives: tuple[DeclaredAlternative, ...]
    assumptions: tuple[UsedAssumption, ...]
    step: str = "parameters"


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """One ingredient of an uncertainty; `basis` says where it comes from, or why it is not counted."""

    name: str
    basis: str
    standard: Value
    distribution: str
    sensitivity: Value
    share: Value
    counted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMeasurement:
    """What one boundary source answered.

    Attributes
    ----------
    source, lineage, title, sha256 : str
        Which data.
    value : Value or None
        At the middle of the printed cell.
    nearest_latitude, nearest_longitude, azimuth : Value or None
        Where on the source's line the distance ends, and in which direction from the position.
    accuracy : Value or None
        Of the source at that place (95 %); its source is the basis.
    budget : tuple of BudgetLine
        What makes up the uncertainty.
    coverage_factor : Value or None
        From the budget's combined to its expanded uncertainty.
    uncertainty : Value or None
        U (95 %).
    scale : Value or None
        What U must be at most a third of, for the source to be fit; None where the check sets its own.
    measured : Span or None
        Over the cell, widened by U.
    fit, votes : bool
    outcome : str
        By this source alone.
    why : str or None
        Why it does not vote, or why it abstains.
    """

    source: str
    lineage: str
    title: str
    sha256: str
    value: Value | None
    nearest_latitude: Value | None
    nearest_longitude: Value | None
    azimuth: Value | None
    accuracy: Value | None
    budget: tuple[BudgetLine, ...]
    coverage_factor: Value | None
    uncertainty: Value | None
    scale: Value | None
    measured: Span | None
    fit: bool
    votes: bool
    outcome: str
    why: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurementStep:
    """What was measured: by each boundary source, or from the claims alone.

    Attributes
    ----------
    boundary : bool
        Whether boundary sources were asked.
    sources : tuple of SourceMeasurement
    figures : mapping of str to Value or Span
        Other figures behind the statement, by name.
    words : mapping of str to str
        What else was found and is no number, by name.
    measured : Span or None
        All in all.
    """

    boundary: bool
    sources: tuple[SourceMeasurement, ...]
    figures: Mapping[str, Figure]
    words: Mapping[str, str]
    measured: Span | None
    step: str = "measurement"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageVote:
    """How one lineage voted, by which source; an indeterminate vote is an abstention."""

    lineage: str
    source: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedAlternative:
    """What comes out when a claim is read in another way, which the file declares or not."""

    reading: str
    declared: bool
    claimed: Span | None
    measured: Span | None
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundChange:
    """A change that turns the outcome round, found by search; `by` is how far an ingredient changes."""

    change: str
    kind: str
    outcome: str
    by: Value | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcludedShare:
    """How much of what it was compared with a claim excludes."""

    excluded_share: Value
    compared_with: str
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleStep:
    """What the rule made of the measurement.

    Attributes
    ----------
    rule : str
        Its id.
    fit_share : Value
        The largest share of the scale that U may take.
    decided_by : str
        The number of the rule's step that settled the outcome, as the rule counts them.
    decided_text, how : str
        That step's own words, and what it found here.
    claimed : Span or None
        What was claimed, all in all.
    votes : tuple of LineageVote
    outcome : str
    robust : bool
    fragile_by : tuple of str
        Each change that turns the outcome round.
    smallest_change : str or None
        The least such change that a search found.
    changes : tuple of FoundChange
        All that the search found, the smallest first.
    tried : tuple of TriedAlternative
    informativeness : ExcludedShare or None
    missing : tuple of str
        What would have to be published.
    statement : str
    """

    rule: str
    fit_share: Value
    decided_by: str
    decided_text: str
    how: str
    claimed: Span | None
    votes: tuple[LineageVote, ...]
    outcome: str
    robust: bool
    fragile_by: tuple[str, ...]
    smallest_change: str | None
    changes: tuple[FoundChange, ...]
    tried: tuple[TriedAlternative, ...]
    informativeness: ExcludedShare | None
    missing: tuple[str, ...]
    statement: str
    step: str = "rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """From the printed words to one finding.

    Attributes
    ----------
    finding, kind : str
        Id and kind of the finding.
    quotes, readings : tuples
        One for each claim, in the order of the finding.
    parameters, measurement, rule : ParametersStep, MeasurementStep, RuleStep
    """

    finding: str
    kind: str
    quotes: tuple[QuoteStep, ...]
    readings: tuple[ReadingStep, ...]
    parameters: ParametersStep
    measurement: MeasurementStep
    rule: RuleStep


def chain_document(chain: Chain) -> list[dict[str, Any]]:
    """Return the steps of a chain, JSON-ready, in their order.

    What is absent is left out; null is a number that is unbounded or unknown.
    """
    steps: list[QuoteStep | ReadingStep | ParametersStep | MeasurementStep | RuleStep]
    steps = [*chain.quotes, *chain.readings, chain.parameters, chain.measurement, chain.rule]
    return [{"step": step.step, **_plain(step)} for step in steps]


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        named = ((field.name, getattr(value, field.name)) for field in fields(value))
        return {name: _plain(part) for name, part in named if part is not None}
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value
