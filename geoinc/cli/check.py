"""``geoinc check``: the findings on a case, for people or for programs."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from geoinc.api import Assessment
from geoinc.cli import options
from geoinc.cli.assessing import assess_file
from geoinc.cli.explanation import add_explanations
from geoinc.cli.findings import add_assessment
from geoinc.cli.output import write_data, write_message, write_text
from geoinc.cli.sheet import Sheet
from geoinc.errors import UsageError
from geoinc.export.document import to_json
from geoinc.findings import AssessmentData, Finding, Outcome
from geoinc.render.voices import voice_of

__all__ = ["command"]

FAILING: Final = [outcome.value for outcome in Outcome if outcome is not Outcome.CONSISTENT]


@click.command("check")
@click.argument("file")
@options.as_json
@options.map_file
@options.report_file
@options.language
@click.option("--explain", metavar="ID", help="Show whole what was found on this finding, claim or tag.")
@click.option(
    "--fail-on",
    "fail_on",
    type=click.Choice(FAILING),
    multiple=True,
    help="Exit with 1 if any finding comes out so; may be repeated.",
)
@options.only
@options.boundary
@options.edges
@options.precision
@click.pass_context
def command(
    context: click.Context,
    *,
    file: str,
    as_json: bool,
    map_file: Path | None,
    report_file: Path | None,
    lang: str,
    explain: str | None,
    fail_on: tuple[str, ...],
    only: tuple[str, ...],
    boundary: tuple[str, ...],
    tolerance: str | None,
    edges: str | None,
    precision: str | None,
) -> None:
    """Check the claims of an incident FILE.

    They are held against each other and against every boundary source. FILE is an incident file, or the
    name of a bundled case.
    """
    assessment = assess_file(file, only=only, edges=edges, precision=precision, boundary=boundary, tolerance=tolerance)
    explained = None if explain is None else _about(assessment, explain)
    if map_file is not None:
        assessment.save_map(map_file, lang=lang)
    if report_file is not None:
        assessment.save_report(report_file, lang=lang)
    if as_json:
        write_data(_document(assessment, explained))
    else:
        write_text(_page(assessment, explained, lang))
    for written in filter(None, (map_file, report_file)):
        write_message(f"wrote {written}")
    hits = [finding.id for finding in assessment.findings if finding.outcome in fail_on]
    if hits:
        write_message(f"--fail-on {', '.join(fail_on)}: {len(hits)} of {len(assessment.findings)} findings")
        context.exit(1)


def _about(assessment: AssessmentData, name: str) -> tuple[Finding, ...]:
    """Return the findings that go by `name`: a finding's id, or a claim's id or tag."""
    claims = {claim.id for claim in assessment.incident.claims if name in {claim.id, claim.tag}}
    found = tuple(each for each in assessment.findings if each.id == name or claims.intersection(each.claims))
    if claims and not found:
        raise UsageError(f"no check was made on {name!r}")
    if not found:
        tags = ", ".join(claim.tag for claim in assessment.incident.claims)
        raise UsageError(f"--explain {name}: no finding or claim goes by this name; the claims are {tags}")
    return found


def _document(assessment: Assessment, explained: tuple[Finding, ...] | None) -> str:
    if explained is None:
        return assessment.to_json()
    document = assessment.to_document()
    wanted = {finding.id for finding in explained}
    document["findings"] = [each for each in document["findings"] if each["id"] in wanted]
    return to_json(document)


def _page(assessment: AssessmentData, explained: tuple[Finding, ...] | None, lang: str) -> str:
    if explained is not None:
        # A chain names fields and formulas: it stands in English.
        sheet = Sheet()
        add_explanations(sheet, assessment, explained)
        return sheet.text()
    sheet = Sheet(voice=voice_of(assessment.incident, lang))
    add_assessment(sheet, assessment)
    return sheet.text()
