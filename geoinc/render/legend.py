"""The legend: what can be switched on and off, with a swatch drawn as the map draws it."""

from __future__ import annotations

from collections.abc import Iterator
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
    TrackClaim,
)
from geoinc.messages import items, join, number, say
from geoinc.relief import ShadedRelief
from geoinc.render import words
from geoinc.render.background import WATERS
from geoinc.render.drawing import Apart, Drawing
from geoinc.render.opening import first_connectors, still_claims
from geoinc.render.roles import Cast
from geoinc.render.svg import element

__all__ = [
    "SHAPES",
    "LegendGroup",
    "LegendRow",
    "apart_label",
    "apart_rows",
    "background_rows",
    "drawn_claims",
    "joint_label",
    "label_of",
    "legend_groups",
    "shaping",
    "spread_row",
    "targets",
    "track_label",
]

SHAPES: Final = {
    "circle": "M8 2a6 6 0 1 0 .01 0z",
    "square": "M2.6 2.6h10.8v10.8H2.6z",
    "diamond": "M8 .8 15.2 8 8 15.2.8 8z",
    "triangle": "M8 1 15 14H1z",
    "hexagon": "M4.5 2h7l3.5 6-3.5 6h-7L1 8z",
}
"""Markers on a square of 16 units."""

_FEW: Final = 3
"""So many tags can be taken in at a glance."""

_GROUND: Final = ("ribbon", "band", "beyond")


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One thing to switch.

    Attributes
    ----------
    key : str
        What the script and the page's address call it: a letter for its kind, and a number.
    label : str
    swatch : Markup
    on : bool
        Whether it is shown at first.
    """

    key: str
    label: str
    swatch: Markup
    on: bool


@dataclass(frozen=True, slots=True)
class LegendGroup:
    """What belongs together: what one party says, what was measured."""

    heading: str
    rows: tuple[LegendRow, ...]


def label_of(cast: Cast, claim: Claim) -> str:
    """Return the few words that stand for a claim on the map and in the legend."""
    if isinstance(claim, PositionClaim):
        return join([claim.tag, cast.point(claim.point)])
    if isinstance(claim, BorderDistanceClaim | PlaceOffsetClaim):
        return join([claim.tag, claim.distance.text])
    return claim.tag


def track_label(claim: TrackClaim) -> str:
    """Return what the legend says of a printed track: where it is no more than an assumption, too."""
    if len(claim.positions) > 1:
        return say("{tag}: printed track; straight between its positions, which is assumed", tag=claim.tag)
    return say("{tag}: printed position of a track", tag=claim.tag)


def joint_label(cast: Cast, party: str, point: str) -> str:
    """Return the few words that stand for what all claims of a party on a point allow together."""
    return say("{party}, together: {point}", party=cast.party(cast.party_role(party)), point=cast.point(point))


def apart_label(cast: Cast, drawing: Drawing, apart: Apart) -> str:
    """Return the few words that stand for the least distance between two parties' ground."""
    sides = sorted(
        zip(apart.parties, apart.points, apart.whole, strict=True),
        key=lambda side: cast.roles.index(cast.party_role(side[0])),
    )
    first, second = (_side(cast, drawing, *side) for side in sides)
    if apart.over_all is None:
        return say("{first} to {second}", first=first, second=second)
    least = words.length(apart.over_all.distance_m)
    return say("{first} to {second}: at least {least} by any source", first=first, second=second, least=least)


def shaping(cast: Cast, drawing: Drawing, party: str, point: str, *, whole: bool) -> tuple[Claim, ...]:
    """Return the claims of a party on a point that are drawn and shape its side of a gap.

    Where its claims leave no ground together, its positions alone are measured from.
    """
    kinds = _kinds(cast, drawing)
    return tuple(
        claim
        for number, claim in enumerate(cast.data.incident.claims)
        if claim.party == party
        and getattr(claim, "point", None) == point
        and number in kinds
        and (whole or kinds[number] == "position")
    )


def _side(cast: Cast, drawing: Drawing, party: str, point: str, whole: bool) -> str:
    found = shaping(cast, drawing, party, point, whole=whole)
    if 0 < len(found) <= _FEW:
        return items(claim.tag for claim in found)
    return say("{party} ({point})", party=cast.party(cast.party_role(party)), point=cast.point(point))


def _kinds(cast: Cast, drawing: Drawing) -> dict[int, str]:
    """Return how each claim with something to draw is drawn: ``position``, ``track`` or a kind of ground."""
    kinds = {cast.claim_number(claim.id): "position" for claim in cast.positions}
    kinds |= {cast.claim_number(claim.id): "track" for claim in cast.tracks}
    for feature in drawing.features:
        if feature.kind in _GROUND and feature.claim is not None:
            kinds.setdefault(feature.claim, feature.kind)
    return kinds


def _framed(shape: Markup) -> Markup:
    return element("svg", shape, viewBox="0 0 30 12", class_="gi-swatch", aria_hidden="true")


def _box(names: str) -> Markup:
    return _framed(element("rect", x=1, y=1, width=28, height=10, class_=names))


def _stroke(names: str) -> Markup:
    return _framed(element("path", d="M1 6H29", class_=names))


def _swatch(kind: str, role_colour: int, marker: str) -> Markup:
    if kind == "track":
        dots = [
            element(
                "path",
                d=SHAPES[marker],
                transform=f"translate({x} 1.5) scale(.56)",
                class_=f"gi-dot is-fix p{role_colour}",
            )
            for x in (0, 21)
        ]
        return _framed(element("g", element("path", d="M5 6H25", class_=f"gi-track p{role_colour}"), *dots))
    if kind != "position":
        return _box(f"gi-{kind} p{role_colour}")
    return _framed(element("path", d=SHAPES[marker], transform="translate(7 -2)", class_=f"gi-dot p{role_colour}"))


def legend_groups(cast: Cast, drawing: Drawing) -> tuple[LegendGroup, ...]:
    """Return what can be switched, but for boundaries, least distances and pictures.

    First what each party says, parties in alphabetical order, each with what its claims allow together; then what
    was measured. What is shown at first follows one rule for all parties: see `geoinc.render.opening`.
    """
    groups = [*_stated(cast, drawing), LegendGroup(say("Measured, shortest"), _ways(cast, drawing))]
    return tuple(group for group in groups if group.rows)


def apart_rows(cast: Cast, drawing: Drawing) -> tuple[LegendRow, ...]:
    """Return the least distances between two parties' ground."""
    line = _stroke("gi-gap")
    return tuple(
        LegendRow(f"g{number}", apart_label(cast, drawing, apart), line, on=False)
        for number, apart in enumerate(drawing.gaps)
    )


def _stated(cast: Cast, drawing: Drawing) -> Iterator[LegendGroup]:
    kinds = _kinds(cast, drawing)
    at_first = still_claims(cast)
    for role in cast.roles:
        rows = [
            LegendRow(
                f"c{number}",
                track_label(claim) if isinstance(claim, TrackClaim) else label_of(cast, claim),
                _swatch(kinds[number], role.colour, role.marker),
                kinds[number] in {"position", "track"} or number in at_first,
            )
            for number, claim in enumerate(cast.data.incident.claims)
            if claim.party == role.party.id and number in kinds
        ]
        rows += [
            LegendRow(f"j{number}", say("together: {point}", point=cast.point(point)),
                      _box(f"gi-joint p{role.colour}"), on=False)
            for number, (party, point) in enumerate(drawing.joints)
            if party == role.party.id
        ]  # fmt: skip
        yield LegendGroup(say("{party} says", party=cast.party(role)), tuple(rows))


def _ways(cast: Cast, drawing: Drawing) -> tuple[LegendRow, ...]:
    """Return the positions from which a shortest way was measured."""
    found = {feature.claim for feature in drawing.features if feature.kind == "connector"}
    at_first = first_connectors(cast)
    swatch = _stroke("gi-connector")
    numbered = [(cast.claim_number(claim.id), claim.tag) for claim in cast.positions]
    return tuple(
        LegendRow(f"w{number}", say("{tag} to the border", tag=tag), swatch, number in at_first)
        for number, tag in numbered
        if number in found
    )


def spread_row(drawing: Drawing) -> LegendRow | None:
    """Return the row for what lies between the outermost sources' lines; None where sources do not differ."""
    if not drawing.spreads:
        return None
    return LegendRow("e0", say("where the sources differ"), _box("gi-spread"), on=True)


def background_rows(cast: Cast, drawing: Drawing, relief: ShadedRelief | None) -> tuple[LegendRow, ...]:
    """Return the rows for what stands behind the map: rivers, wadis and towns, and relief, as far as each is there."""
    rows = []
    if cast.data.landscape.credits:
        kinds = {feature.kind for feature in drawing.features}
        water = next((kind for kind in reversed(WATERS) if kind in kinds), None)
        town = _framed(element("circle", cx=15, cy=6, r=3, class_="gi-hollow"))
        swatch = town if water is None else _stroke(f"gi-{water}")
        rows.append(LegendRow("b0", say("rivers, wadis and towns, for orientation"), swatch, on=True))
    if relief is not None:
        label = (
            say("relief, lit from the north-west")
            if relief.steeper == 1
            else say(
                "relief, lit from the north-west, slopes drawn {factor} times as steep", factor=number(relief.steeper)
            )
        )
        rows.append(LegendRow("b1", label, Markup(), on=True))
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
