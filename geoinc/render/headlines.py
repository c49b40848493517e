"""Headlines: in a few words, what a claim is about."""

from __future__ import annotations

from collections.abc import Mapping

from geoinc.claims import (
    BorderDistanceClaim,
    Claim,
    FallClaim,
    FallMode,
    OrderClaim,
    PlaceOffsetClaim,
    PositionClaim,
    SamePointClaim,
    SeparationClaim,
    TimeClaim,
    TrackClaim,
    WithinClaim,
)
from geoinc.messages import items, say
from geoinc.render.words import capital

__all__ = ["headline"]


def headline(claim: Claim, points: Mapping[str, str], territories: Mapping[str, str]) -> str:
    """Return in a few words what a claim is about.

    Parameters
    ----------
    claim : Claim
    points, territories : mapping of str to str
        Labels and names by id; an id without one stands for itself.
    """
    return capital(_headline(claim, points, territories))


def _headline(claim: Claim, points: Mapping[str, str], territories: Mapping[str, str]) -> str:  # noqa: C901, PLR0911 - one line a kind
    match claim:
        case PositionClaim(point=point):
            return say("Position: {point}", point=points.get(point, point))
        case BorderDistanceClaim(point=point):
            return say("Distance from the border: {point}", point=points.get(point, point))
        case WithinClaim(point=point, territory=territory):
            return say(
                "{point}: in {territory}",
                point=points.get(point, point),
                territory=territories.get(territory, territory),
            )
        case SeparationClaim(points=(first, second)):
            return say(
                "Distance between: {first}, {second}", first=points.get(first, first), second=points.get(second, second)
            )
        case PlaceOffsetClaim(point=point, places=places):
            names = items([place.name for place in places], last="or")
            return say("{point}: distance from {places}", point=points.get(point, point), places=names)
        case TrackClaim():
            return say("Track of the flight")
        case TimeClaim(event=event):
            return say("Time: {event}", event=points.get(event, event))
        case OrderClaim(event=event):
            return say("Order of events: {event}", event=points.get(event, event))
        case FallClaim(start=start, end=end, mode=FallMode.FLIGHT):
            return say("Flight: {start} to {end}", start=points.get(start, start), end=points.get(end, end))
        case FallClaim(start=start, end=end):
            return say("Fall: {start} to {end}", start=points.get(start, start), end=points.get(end, end))
        case SamePointClaim(points=(first, second)):
            return say(
                "One point: {first}, {second}", first=points.get(first, first), second=points.get(second, second)
            )
        case _:
            return claim.kind
