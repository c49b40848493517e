"""The figures behind the findings: distances by source, and what makes up their uncertainty."""

from __future__ import annotations

from collections.abc import Iterator

from geoinc.claims import PositionClaim
from geoinc.findings import Finding, FindingKind
from geoinc.messages import join, number, say
from geoinc.render import words
from geoinc.render.facts import THEN
from geoinc.render.roles import Cast
from geoinc.render.tables import distance_tables
from geoinc.report.document import Block, Heading, Paragraph, Table
from geoinc.report.numbering import Numbers
from geoinc.uncertainty import Budget, BudgetRow, Distribution

__all__ = ["tell_budgets", "tell_distances"]

_SHAPES = {
    Distribution.NORMAL: say("normal"),
    Distribution.RECTANGULAR: say("rectangular"),
    Distribution.TRIANGULAR: say("triangular"),
    Distribution.CIRCULAR_NORMAL: say("circular normal"),
}

_Votes = tuple[tuple[str, Budget], ...]


def tell_distances(cast: Cast) -> Iterator[Block]:
    """Yield a table for each printed position that was measured."""
    yield Heading(say("Distances by source"), anchor="distances")
    tables = distance_tables(cast)
    if not tables:
        yield Paragraph(say("No printed position was measured."))
        return
    yield Paragraph(
        say("From the position as printed to each source's line, on the WGS 84 ellipsoid, accuracy at 95 %.")
    )
    for table in tables:
        named = say("{tag}, {point}: {printed}", tag=table.chip.tag, point=table.point, printed=table.printed)
        yield Table(
            join([named, table.border], THEN) if table.border else named,
            (
                say("Source"),
                say("Shortest"),
                say("Towards"),
                say("Along the meridian"),
                say("Side"),
                say("Accuracy there"),
            ),
            tuple((row.title, row.shortest, row.towards, row.meridian, row.side, row.accuracy) for row in table.rows),
        )


def tell_budgets(cast: Cast, numbers: Numbers) -> Iterator[Block]:
    """Yield what the uncertainty of each measured distance is made of, by the sources that vote."""
    yield Heading(say("Uncertainty budget"), anchor="budget")
    tables = list(_budgets(cast, numbers))
    if not tables:
        yield Paragraph(say("No source has a vote, so that no uncertainty was needed."))
        return
    yield Paragraph(
        say(
            "U widens each measured interval at both ends. Standard uncertainties combine as the root of the sum of "
            "their squares (JCGM 100); what is not counted is shown with the reason."
        )
    )
    yield from tables


def _budgets(cast: Cast, numbers: Numbers) -> Iterator[Table]:
    for claim in cast.positions:
        used: dict[_Votes, list[Finding]] = {}
        for finding in numbers.about(claim.id):
            votes = _votes(finding)
            if finding.kind in {FindingKind.SIDE, FindingKind.DISTANCE} and votes:
                used.setdefault(votes, []).append(finding)
        for votes, findings in used.items():
            yield _budget(cast, numbers, claim, votes, findings)


def _votes(finding: Finding) -> _Votes:
    return tuple(
        (source, answer.budget)
        for source, answer in finding.by_source.items()
        if answer.votes and answer.budget is not None
    )


def _budget(cast: Cast, numbers: Numbers, claim: PositionClaim, votes: _Votes, findings: list[Finding]) -> Table:
    titles = {source.id: source.title for source in cast.data.sources}
    rows: dict[BudgetRow, list[str]] = {}
    for source, budget in votes:
        for row in budget.rows:
            rows.setdefault(row, []).append(titles[source])
    # By ingredient, in the order of the first budget: sources of which the same is said stand in one line.
    names = list(dict.fromkeys(row.name for row in rows))
    ordered = sorted(rows.items(), key=lambda each: names.index(each[0].name))
    return Table(
        say(
            "{tag}, {point}, in {findings}",
            tag=claim.tag,
            point=cast.point(claim.point),
            findings=numbers.cited(findings),
        ),
        (
            say("Ingredient"),
            say("Source"),
            say("Standard uncertainty"),
            say("Distribution"),
            say("Share"),
            say("Basis"),
        ),
        (*(_row(row, sources) for row, sources in ordered), *(_total(titles[each], budget) for each, budget in votes)),
    )


def _row(row: BudgetRow, sources: list[str]) -> tuple[str, ...]:
    share = words.share(round(row.share, 3)) if row.counted else say("not counted")
    named = join(sources, THEN)
    # What was never stated has no figure; a nought would read as exact.
    unstated = not row.counted and row.standard_m == 0
    figure = "" if unstated else words.length(row.standard_m)
    return row.name, named, figure, "" if unstated else _SHAPES[row.distribution], share, row.basis


def _total(source: str, budget: Budget) -> tuple[str, ...]:
    told = say(
        "U = {factor} × {combined} = {expanded} at {coverage}",
        factor=number(budget.coverage_factor, 2),
        combined=words.length(budget.combined_m),
        expanded=words.length(budget.expanded_m),
        coverage=words.share(budget.coverage),
    )
    return say("together"), source, words.length(budget.combined_m), "", "", told
