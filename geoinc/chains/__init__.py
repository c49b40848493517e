"""From the printed words to the outcome: the chain of each finding, step by step, as plain data."""

from __future__ import annotations

from geoinc.chains.results import apply_rule, measure_finding
from geoinc.chains.steps import (
    BudgetLine,
    Chain,
    Citation,
    ClaimParameters,
    DeclaredAlternative,
    ExcludedShare,
    Figure,
    FoundChange,
    LineageVote,
    MeasurementStep,
    NamedPlace,
    ParametersStep,
    QuoteStep,
    ReadingStep,
    RuleStep,
    SourceMeasurement,
    Span,
    TriedAlternative,
    UsedAssumption,
    Value,
    chain_document,
)
from geoinc.chains.words import fix_parameters, quote_claim, read_claim
from geoinc.findings import AssessmentData, Finding

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
    "build_chain",
    "chain_document",
]


def build_chain(data: AssessmentData, finding: Finding) -> Chain:
    """Return everything that one finding of an assessment rests on, from the printed words to the outcome.

    Nothing is computed anew: the figures are those of the assessment, each with its unit and where it comes
    from, so that a reader can follow the outcome by hand.

    Parameters
    ----------
    data : AssessmentData
        The assessment.
    finding : Finding
        One of its findings.

    Returns
    -------
    Chain
        Quote, reading, parameters, measurement, rule.
    """
    claims = [data.incident.claim(name) for name in finding.claims]
    override = data.manifest.get("options", {}).get("edges")
    edges = {source.id: override or source.edges.value for source in data.sources if source.id in finding.by_source}
    return Chain(
        finding=finding.id,
        kind=finding.kind.value,
        quotes=tuple(quote_claim(data.incident, claim) for claim in claims),
        readings=tuple(read_claim(data.incident, claim) for claim in claims),
        parameters=fix_parameters(data.incident, claims, edges),
        measurement=measure_finding(data, finding),
        rule=apply_rule(data, finding),
    )
