"""What a map of the incident must say of disputed ground: once, neutrally, whoever speaks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from geoinc.boundaries import NEUTRAL_NOTE, Disputes, LineNearby, disputes_at
from geoinc.claims import Incident, PositionClaim
from geoinc.messages import Text, later, say
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


def _sentences(incident: Incident, claim: PositionClaim, found: Disputes) -> Iterator[Text]:
    for here in found.grounds:
        holder = None if here.ground.held_by is None else territory_name(incident, here.ground.held_by)
        yield say(
            _HERE if here.certain else _HERE_PERHAPS,
            position=claim.tag,
            ground=here.ground.name,
            held=here.ground.held_text(holder),
            claimants=listed([territory_name(incident, code) for code in here.ground.claimed_by]),
        )
    near = [_near(incident, each) for each in found.lines[:MOST_LINES]]
    if near:
        yield say(
            "Near the position {position} other lines are drawn: {lines}.", position=claim.tag, lines=listed(near)
        )


_HERE: Final = later("The position {position} lies in {ground}, {held}, claimed by {claimants}.")
_HERE_PERHAPS: Final = later(
    "The position {position} lies in {ground}, {held}, claimed by {claimants}, nearer to its edge than the data are "
    "exact."
)


def _near(incident: Incident, found: LineNearby) -> Text:
    values = {
        "line": found.line.name,
        "kind": found.line.kind.words,
        "distance": format_distance(found.distance_m),
    }
    if not found.line.drawn_by:
        return say("{line} ({kind}, {distance})", **values)
    drawn_by = territory_name(incident, found.line.drawn_by)
    return say("{line} ({kind}, drawn by {territory}, {distance})", **values, territory=drawn_by)
