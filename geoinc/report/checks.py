"""The findings: numbered, each with its reasons, its figures by source, and what would change it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from geoinc.findings import Finding, FindingKind, Outcome, SourceOutcome
from geoinc.messages import items, join, number, say
from geoinc.render import words
from geoinc.render.cards import FindingView, finding_view
from geoinc.render.facts import THEN
from geoinc.render.roles import Cast
from geoinc.report.document import Block, Bullets, Heading, Paragraph, Table, Terms
from geoinc.report.numbering import ORDER, Numbers

__all__ = ["tell_findings"]


def tell_findings(cast: Cast, numbers: Numbers) -> Iterator[Block]:
    """Yield every finding, by outcome."""
    yield Heading(say("Findings"), anchor="findings")
    if not numbers.told:
        yield Paragraph(say("No claim of this case can be checked against another or against a boundary."))
    for outcome in ORDER:
        group = [finding for finding in numbers.told if finding.outcome is outcome]
        if group:
            yield Heading(words.GROUPS[outcome], 3)
        for finding in group:
            yield from _finding(cast, numbers, finding)


def _finding(cast: Cast, numbers: Numbers, finding: Finding) -> Iterator[Block]:
    place = numbers.of(finding)
    view = finding_view(cast, place, finding)
    tags = items([chip.tag for chip in view.chips])
    yield Heading(
        say("Finding {number}. {claims}: {kind}", number=number(place), claims=tags, kind=view.kind),
        4,
        f"finding-{place}",
    )
    yield numbers.paragraph(finding.statement)
    yield Terms(tuple(_terms(finding, view)))
    if finding.by_source:
        yield _by_source(cast, finding, view)
    if view.alternatives:
        yield Paragraph(say("Read in another way:"))
        yield Bullets(view.alternatives)


def _terms(finding: Finding, view: FindingView) -> Iterator[tuple[str, tuple[str, ...]]]:
    if finding.outcome is Outcome.NOT_ASSESSABLE:
        yield say("Outcome"), (say("{outcome}: {gloss}", outcome=view.outcome, gloss=view.gloss),)
    else:
        strength = say("robust") if finding.robust else say("fragile")
        yield (
            say("Outcome"),
            (say("{outcome}, {strength}: {gloss}", outcome=view.outcome, strength=strength, gloss=view.gloss),),
        )
        for term, value in view.figures:
            yield words.capital(term), (value,)
    if view.fragile_by:
        yield say("What would change it"), view.fragile_by
    elif finding.outcome is not Outcome.NOT_ASSESSABLE:
        yield say("What would change it"), (say("no change that the rule tries"),)
    if finding.smallest_change is not None and finding.smallest_change not in finding.fragile_by:
        yield say("Least change found that would"), (words.change(finding.smallest_change),)
    if finding.informativeness is not None:
        yield say("How much it says"), (finding.informativeness.statement,)
    if view.missing:
        yield say("Not published"), view.missing
    yield say("Name in the data"), (finding.id,)


def _by_source(cast: Cast, finding: Finding, view: FindingView) -> Table:
    spoken_for = _spoken_for(cast, finding)
    notes = [view.signed] if finding.kind is FindingKind.SIDE else []
    if spoken_for:
        told = say(
            "Without a vote, since another source speaks for the same lineage: {sources}.",
            sources=join([_title(cast, source) for source in finding.by_source if source in spoken_for], THEN),
        )
        notes.append(told)
    head = (
        say("Source"),
        say("Vote"),
        say("Outcome by it alone"),
        say("Measured"),
        say("U (95 %)"),
        say("With uncertainty"),
        say("Remark"),
    )
    rows = tuple(
        _source(cast, source, answer, finding.unit)
        for source, answer in finding.by_source.items()
        if source not in spoken_for
    )
    # Nearly always nothing is to be remarked, and the figures need the room.
    shown = len(head) if any(row[-1] for row in rows) else len(head) - 1
    return Table(say("By boundary source"), head[:shown], tuple(row[:shown] for row in rows), join(notes))


def _spoken_for(cast: Cast, finding: Finding) -> frozenset[str]:
    """Return the sources that are fit and for which another one of their lineage votes."""
    lineage = {source.id: source.lineage for source in cast.data.sources}
    voting = {lineage[source] for source, answer in finding.by_source.items() if answer.votes}
    return frozenset(
        source
        for source, answer in finding.by_source.items()
        if answer.fit and not answer.votes and lineage[source] in voting
    )


def _title(cast: Cast, source: str) -> str:
    return cast.data.sources[cast.source_number(source)].title


def _source(cast: Cast, source: str, answer: SourceOutcome, unit: str) -> tuple[str, ...]:
    widening: str = say("not known")
    if answer.uncertainty_m is not None and math.isfinite(answer.uncertainty_m):
        widening = words.length(answer.uncertainty_m)
    return (
        _title(cast, source),
        say("yes") if answer.votes else say("no"),
        words.OUTCOMES[answer.outcome],
        "" if answer.value is None else _figure(answer.value, unit),
        widening,
        words.interval(answer.measured, unit),
        answer.why or "",
    )


def _figure(value: float, unit: str) -> str:
    return words.length(value) if unit == "m" else words.figure(value, unit)
