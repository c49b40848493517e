"""The legend: what can be switched on and off, with a swatch drawn as the map draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from geoinc.claims import (
    BorderDistanceClaim,
    Claim,
    FallClaim,
    PlaceOffsetClaim,
    PositionClaim,
    SamePointClaim,
    SeparationClaim,
)
from geoinc.render.drawing import Drawing
from geoinc.render.opening import first_connectors, still_claims
from geoinc.render.roles import Cast
from geoinc.render.svg import element

__all__ = [
    "SHAPES",
    "LegendGroup",
    "LegendRow",
    "drawn_claims",
    "label_of",
    "legend_groups",
    "measured_rows",
    "targets",
]

SHAPES: Final = {
    "circle": "M8 2a6 6 0 1 0 .01 0z",
    "square": "M2.6 2.6h10.8v10.8H2.6z",
    "diamond": "M8 .8 15.2 8 8 15.2.8 8z",
    "triangle": "M8 1 15 14H1z",
    "hexagon": "M4.5 2h7l3.5 6-3.5 6h-7L1 8z",
}
"""Markers on a square of 16 units."""

_GROUND: Final = ("ribbon", "band", "beyond")


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One thing to switch."""

    number: int
    label: str
    swatch: Markup
    on: bool


@dataclass(frozen=True, slots=True)
class LegendGroup:
    """What one party says."""

    heading: str
    rows: tuple[LegendRow, ...]


def label_of(cast: Cast, claim: Claim) -> str:
    """Return the few words that stand for a claim on the map and in the legend."""
    if isinstance(claim, PositionClaim):
        return f"{claim.tag} {cast.point(claim.point)}"
    if isinstance(claim, BorderDistanceClaim | PlaceOffsetClaim):
        return f"{claim.tag} {claim.distance.text}"
    return claim.tag


def _kinds(cast: Cast, drawing: Drawing) -> dict[int, str]:
    """Return how each claim with something to draw is drawn: ``position`` or a kind of ground."""
    kinds = {cast.claim_number(claim.id): "position" for claim in cast.positions}
    for feature in drawing.features:
        if feature.kind in _GROUND and feature.claim is not None:
            kinds.setdefault(feature.claim, feature.kind)
    return kinds


def _swatch(kind: str, role_colour: int, marker: str) -> Markup:
    colour = f"p{role_colour}"
    if kind == "position":
        shape = element("path", d=SHAPES[marker], transform="translate(7 -2)", class_=f"gi-dot {colour}")
    else:
        shape = element("rect", x=1, y=1, width=28, height=10, class_=f"gi-{kind} {colour}")
    return element("svg", shape, viewBox="0 0 30 12", class_="gi-swatch", aria_hidden="true")


def legend_groups(cast: Cast, drawing: Drawing) -> tuple[LegendGroup, ...]:
    """Return what each party says that can be drawn, parties in alphabetical order."""
    kinds = _kinds(cast, drawing)
    at_first = still_claims(cast)
    groups = []
    for role in cast.roles:
        rows = tuple(
            LegendRow(
                number,
                label_of(cast, claim),
                _swatch(kinds[number], role.colour, role.marker),
                kinds[number] == "position" or number in at_first,
            )
            for number, claim in enumerate(cast.data.incident.claims)
            if claim.party == role.party.id and number in kinds
        )
        if rows:
            groups.append(LegendGroup(f"{role.party.name} says", rows))
    return tuple(groups)


def measured_rows(cast: Cast, drawing: Drawing) -> tuple[LegendRow, ...]:
    """Return the positions from which a shortest way was measured."""
    found = {feature.claim for feature in drawing.features if feature.kind == "connector"}
    at_first = first_connectors(cast)
    line = element("path", d="M1 6H29", class_="gi-connector")
    swatch = element("svg", line, viewBox="0 0 30 12", class_="gi-swatch", aria_hidden="true")
    rows = []
    for claim in cast.positions:
        number = cast.claim_number(claim.id)
        if number in found:
            rows.append(LegendRow(number, f"{claim.tag} to the border", swatch, number in at_first))
    return tuple(rows)


def targets(cast: Cast) -> dict[int, list[int]]:
    """Return, for each claim about two points, the positions that were printed for them."""
    found: dict[int, list[int]] = {}
    for claim in cast.data.incident.claims:
        match claim:
            case SeparationClaim(points=points) | SamePointClaim(points=points):
                wanted = set(points)
            case FallClaim(start=start, end=end):
                wanted = {start, end}
            case _:
                continue
        numbers = [cast.claim_number(each.id) for each in cast.positions if each.point in wanted]
        if numbers:
            found[cast.claim_number(claim.id)] = numbers
    return found


def drawn_claims(cast: Cast, drawing: Drawing) -> frozenset[int]:
    """Return the claims that the map can show."""
    return frozenset(_kinds(cast, drawing)) | frozenset(targets(cast))
