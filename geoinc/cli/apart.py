"""How far apart the ground lies that two parties allow, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from geoinc.cli.sheet import Sheet
from geoinc.findings import AssessmentData, Gap
from geoinc.messages import items, say
from geoinc.quantities import format_distance

__all__ = ["add_gaps"]

SHARED_M: Final = 0.5
"""Regions nearer than this to each other are said to meet: their rims are drawn no finer."""


def add_gaps(sheet: Sheet, assessment: AssessmentData) -> None:
    """Add a line for each two parties and the points whose ground can be compared; nothing where there are none."""
    lines = list(_lines(assessment))
    if not lines:
        return
    sheet.heading(say("How far apart the accounts are"))
    for line in lines:
        sheet.paragraph(line, indent=2, hanging=2)
    sheet.blank()


def _lines(assessment: AssessmentData) -> Iterator[str]:
    """One line for each gap over the sources that are fit for it.

    Of two different points both must have an end of their own: the way from a place to a whole country is told by
    the distances to the border, and need not concern the same event.
    """
    bounded = {(each.party, each.point) for each in assessment.joint_regions if each.area_m2 is not None}
    for gap in assessment.gaps:
        ends = tuple(zip(gap.parties, gap.points, strict=True))
        if gap.source is not None or not (gap.points[0] == gap.points[1] or bounded.issuperset(ends)):
            continue
        yield _line(assessment, gap)


def _line(assessment: AssessmentData, gap: Gap) -> str:
    incident = assessment.incident
    one, other = (incident.parties[party].name for party in gap.parties)
    labels = [incident.points[point].label for point in gap.points]
    split = [name for name, whole in zip((one, other), gap.whole, strict=True) if not whole]
    named = {"one": one, "other": other, "first": labels[0], "second": labels[1]}
    far = format_distance(gap.distance_m)
    told = _same_point(named, far) if gap.points[0] == gap.points[1] else _two_points(named, far)
    statement = told[gap.distance_m < SHARED_M]
    if not split:
        return say("{statement}.", statement=statement)
    return say(
        "{statement}; what {parties} said cannot all hold, so only its positions and lengths between points count.",
        statement=statement,
        parties=items(split),
    )


def _same_point(named: Mapping[str, str], far: str) -> tuple[str, str]:
    apart = say(
        "For the {first}, the ground that {one} and {other} allow lies at least {distance} apart", **named, distance=far
    )
    return apart, say("For the {first}, the ground that {one} and {other} allow meets", **named)


def _two_points(named: Mapping[str, str], far: str) -> tuple[str, str]:
    apart = say(
        "The ground that {one} allows for the {first} and {other} for the {second} lies at least {distance} apart",
        **named,
        distance=far,
    )
    return apart, say("The ground that {one} allows for the {first} and {other} for the {second} meets", **named)
