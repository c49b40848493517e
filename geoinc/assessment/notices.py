"""What a map of the incident must say of disputed ground: once, neutrally, whoever speaks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from geoinc.boundaries import NEUTRAL_NOTE, Disputes, disputes_at
from geoinc.claims import Incident, PositionClaim
from geoinc.quantities import format_distance
from geoinc.wording import listed, territory_name

__all__ = ["notices_of"]

MOST_LINES: Final = 3


def notices_of(incident: Incident) -> tuple[str, ...]:
    """Return a sentence for each printed position on or near disputed ground, and the neutral note after them.

    Parameters
    ----------
    incident : Incident

    Returns
    -------
    tuple of str
        Empty where nothing near a printed position is disputed in the bundled data.
    """
    told = [
        sentence
        for claim in incident.claims
        if isinstance(claim, PositionClaim)
        for sentence in _sentences(incident, claim, disputes_at(claim.reading.lon_deg, claim.reading.lat_deg))
    ]
    return (*told, NEUTRAL_NOTE) if told else ()


def _sentences(incident: Incident, claim: PositionClaim, found: Disputes) -> Iterator[str]:
    for here in found.grounds:
        claimed = listed([territory_name(incident, code) for code in here.ground.claimed_by])
        holder = None if here.ground.held_by is None else territory_name(incident, here.ground.held_by)
        doubt = "" if here.certain else ", nearer to its edge than the data are exact"
        held = here.ground.held_text(holder)
        yield f"The position {claim.tag} lies in {here.ground.name}, {held}, claimed by {claimed}{doubt}."
    near = [
        f"{each.line.name} ({each.line.kind.words}"
        + (f", drawn by {territory_name(incident, each.line.drawn_by)}" if each.line.drawn_by else "")
        + f", {format_distance(each.distance_m)})"
        for each in found.lines[:MOST_LINES]
    ]
    if near:
        yield f"Near the position {claim.tag} other lines are drawn: {listed(near)}."
