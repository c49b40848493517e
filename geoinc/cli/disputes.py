"""What is disputed at and near a position, for people."""

from __future__ import annotations

from geoinc.boundaries import Disputes, LineNearby
from geoinc.cli.sheet import Sheet
from geoinc.quantities import format_distance

__all__ = ["add_disputes"]

MOST_LINES = 8
NOTHING = "-"


def add_disputes(sheet: Sheet, found: Disputes) -> None:
    """Add whose the position is by each view, the lines near it and the neutral note; nothing where all is settled."""
    if found.note is None:
        return
    sheet.blank()
    sheet.heading("Disputed here")
    for each in found.grounds:
        names = ", ".join(each.ground.claimed_by)
        where = f"{format_distance(each.edge_m)} inside {each.ground.name}"
        sheet.paragraph(
            f"The position lies {where}, {each.ground.held_text()}, claimed by {names}.",
            indent=2,
            hanging=2,
        )
    for view in found.views:
        whose = "As held" if view.view == "as held" else f"By the view of {view.view}"
        doubt = "" if view.certain else ", if the data are exact enough: the edge is nearer than 2 km"
        sheet.paragraph(f"{whose}: {view.name}{doubt}", indent=2, hanging=2)
    if found.lines:
        sheet.table(
            ("Line", "Kind", "Drawn by", "Distance", "To", "Side"),
            [_row(each) for each in found.lines[:MOST_LINES]],
            indent=2,
            right=("Distance", "To"),
        )
        if len(found.lines) > MOST_LINES:
            sheet.paragraph(f"and {len(found.lines) - MOST_LINES} more", indent=2)
        sheet.paragraph(f"Lines within {format_distance(found.within_m, decimals=0)}.", indent=2, dim=True)
    sheet.paragraph(found.note, indent=2, dim=True)


def _row(each: LineNearby) -> tuple[str, ...]:
    return (
        each.line.name,
        each.line.kind.words,
        each.line.drawn_by or NOTHING,
        format_distance(each.distance_m),
        f"{each.azimuth_deg:.0f}°",
        each.side or NOTHING,
    )
