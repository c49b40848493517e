"""A report in its two formats, and its file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from geoinc.errors import UsageError
from geoinc.findings import AssessmentData
from geoinc.messages import ENGLISH, say
from geoinc.render.drawing import draw
from geoinc.render.figure import static_figure
from geoinc.render.roles import Cast
from geoinc.render.saving import write_page
from geoinc.render.strip_drawing import strip
from geoinc.render.voices import voice_of
from geoinc.report.accounts import number_publications, tell_accounts, tell_events, tell_publications
from geoinc.report.checks import tell_findings
from geoinc.report.document import Block, Document, Heading, Paragraph, Picture
from geoinc.report.ending import tell_credits, tell_limits, tell_reproduction, tell_rule
from geoinc.report.evidence import tell_budgets, tell_distances
from geoinc.report.markdown import write_markdown
from geoinc.report.numbering import Numbers
from geoinc.report.page import write_html
from geoinc.report.summary import summarise

__all__ = ["FORMATS", "compose_report", "render_report", "save_report"]

FORMATS: Final = (".md", ".html")
"""Endings that a report's file may have."""

_MAP: Final = 440.0
"""Width of the map: printed 105 mm wide, its letters keep 7 points and more."""


def render_report(data: AssessmentData, kind: str, *, lang: str = ENGLISH) -> str:
    """Return the report of an assessment: the same bytes for the same input.

    Parameters
    ----------
    data : AssessmentData
    kind : str
        One of `FORMATS`.
    lang : str
        Language of everything that the tool says.

    Raises
    ------
    UsageError
        If there is no such format, or there are no words in this language.
    """
    if kind not in FORMATS:
        raise UsageError(f"a report is not written as {kind!r}; choose one of: {', '.join(FORMATS)}")
    voice = voice_of(data.incident, lang)
    document = compose_report(Cast(data, voice))
    return write_markdown(document, voice) if kind == ".md" else write_html(document, voice)


def save_report(data: AssessmentData, path: str | Path, *, lang: str = ENGLISH) -> None:
    """Write the report, whole or not at all; the ending of `path` says in which format.

    Raises
    ------
    UsageError
        As for `render_report`, or if the file cannot be written.
    """
    page = render_report(data, Path(path).suffix.lower(), lang=lang)
    write_page(path, page, source=data.incident.file, what="report")


def compose_report(cast: Cast) -> Document:
    """Return the report of an assessment as blocks, whatever it is written in."""
    data = cast.data
    numbers = Numbers(data)
    publications = number_publications(data.incident)
    blocks: list[Block] = [Heading(say("Summary"), anchor="summary")]
    blocks += [numbers.paragraph(sentence) for sentence in summarise(cast, numbers)]
    blocks.append(
        Paragraph(
            say(
                "An outcome is robust if no change that the rule tries turns it round, and fragile if one does; the "
                "finding then names it. Numbers in square brackets count the paragraphs."
            )
        )
    )
    blocks += _pictures(cast)
    blocks += tell_accounts(cast, numbers, publications)
    blocks += tell_publications(cast, publications)
    blocks += tell_events(cast)
    blocks += tell_findings(cast, numbers)
    blocks += tell_distances(cast)
    blocks += tell_budgets(cast, numbers)
    blocks += tell_limits(cast, numbers)
    blocks += tell_rule(cast)
    blocks += tell_reproduction(cast)
    blocks += tell_credits(cast)
    incident = data.incident
    lead = say("Report of geoinc {version} on the case {case}.", version=data.manifest.get("geoinc", "unknown"),
               case=incident.id)  # fmt: skip
    if incident.sha256:
        lead = say(
            "Report of geoinc {version} on the case {case}; input SHA-256 {hash}.",
            version=data.manifest.get("geoinc", "unknown"),
            case=incident.id,
            hash=incident.sha256,
        )
    return Document(title=incident.title, lead=lead, blocks=tuple(blocks))


def _pictures(cast: Cast) -> list[Block]:
    drawing = draw(cast.data, cast)
    source = cast.data.sources[0].title if cast.data.sources else ""
    caption = say("Where each side places it.")
    if source:
        caption = say(
            "Where each side places it. Thick line, bands and shortest ways: {source}; thin lines: the other boundary "
            "sources. Hatched: ground up to a stated depth. Coloured ribbons: a stated distance, as wide as its "
            "rounding. Dotted: the shortest way from a printed position to the line.",
            source=source,
        )
    made: list[Block] = [
        Heading(say("Map and distances"), anchor="map"),
        Picture(static_figure(drawing, cast, width=_MAP), caption),
    ]
    for panel in strip(cast):
        told = say(
            "Distance from the border, stated and measured. Bars: what is stated. Strokes: what was measured from the "
            "printed positions, one for each boundary source."
        )
        beyond = [say("Outside the drawing: {what}", what=line) for line in panel.beyond]
        made.append(Picture(panel.drawing, told, panel.lines, tuple(beyond)))
    return made
