"""The numbers of a report: paragraphs in a row, findings in the order in which they are told."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from geoinc.findings import AssessmentData, Finding, Outcome
from geoinc.messages import items, number, say, say_many
from geoinc.report.document import Paragraph

__all__ = ["ORDER", "Numbers"]

ORDER = (Outcome.CONSISTENT, Outcome.INCONSISTENT, Outcome.INDETERMINATE, Outcome.NOT_ASSESSABLE)
"""In which order outcomes are told."""


class Numbers:
    """Gives every finding its number, and every paragraph the next one.

    Parameters
    ----------
    data : AssessmentData

    Attributes
    ----------
    told : tuple of Finding
        In the order of their numbers: by outcome, and in the order of the result within each.
    """

    def __init__(self, data: AssessmentData) -> None:
        self.told: tuple[Finding, ...] = tuple(
            finding for outcome in ORDER for finding in data.findings if finding.outcome is outcome
        )
        self._of = {finding.id: place for place, finding in enumerate(self.told, start=1)}
        self._paragraphs = count(1)

    def of(self, finding: Finding) -> int:
        """Return a finding's number, counted from 1."""
        return self._of[finding.id]

    def paragraph(self, text: str, *, address: str | None = None) -> Paragraph:
        """Return the next numbered paragraph."""
        return Paragraph(text, next(self._paragraphs), address)

    def about(self, claim_id: str) -> tuple[Finding, ...]:
        """Return the findings that touch a claim, in the order of their numbers."""
        return tuple(finding for finding in self.told if claim_id in finding.claims)

    def cited(self, findings: Iterable[Finding]) -> str:
        """Return findings as a sentence cites them: "findings 1 to 3 and 7"."""
        numbers = sorted(self.of(finding) for finding in findings)
        return say_many("finding {numbers}", "findings {numbers}", len(numbers), numbers=_runs(numbers))


def _runs(numbers: list[int]) -> str:
    runs: list[list[int]] = []
    for each in numbers:
        if runs and each == runs[-1][-1] + 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    parts: list[str] = []
    for run in runs:
        if len(run) < 3:
            parts += [number(each) for each in run]
        else:
            parts.append(say("{low} to {high}", low=number(run[0]), high=number(run[-1])))
    return items(parts)
