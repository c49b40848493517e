"""A party's claims that hang together, read as printed or in a declared other way, ready to be held together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from geoinc.assessment.falls import bounded_reach
from geoinc.claims import (
    Alternative,
    BorderDistanceClaim,
    Claim,
    FallClaim,
    Incident,
    PlaceOffsetClaim,
    PositionClaim,
    SeparationClaim,
    WithinClaim,
)
from geoinc.consistency import Points, way_of
from geoinc.geodesy import Edges
from geoinc.measurement import Sense
from geoinc.messages import say
from geoinc.quantities import Precision, Quantity, read_quantity
from geoinc.regions import Account, Tie, View
from geoinc.wording import alternative_label, listed

__all__ = ["Story", "Telling", "gather_stories", "tellings"]

PLACED = (PositionClaim, BorderDistanceClaim, WithinClaim, PlaceOffsetClaim)


@dataclass(frozen=True, slots=True)
class Story:
    """One party's claims on points that its separations and falls tie together.

    Attributes
    ----------
    incident : Incident
    party : str
    claims : tuple of Claim
        Those that take part, in the order of the file.
    left_out : mapping of str to str
        Claims on these points that no region can be made of, by id, with the reason.
    """

    incident: Incident
    party: str
    claims: tuple[Claim, ...]
    left_out: Mapping[str, str]

    def account(self, view: View, edges: Edges | None, read: Mapping[str, Alternative] | None = None) -> Account:
        """Return the claims ready to be held together, some of them read in another declared way."""
        points = Points(self.incident)
        canonical = {name: points.canonical(name) for name in self.incident.points}
        read = read or {}
        claims = [_read_as(claim, read.get(claim.id)) for claim in self.claims]
        return Account(
            claims=[claim for claim in claims if isinstance(claim, PLACED)],
            ties=[
                Tie(claim.id, (canonical[claim.points[0]], canonical[claim.points[1]]), claim.distance.interval)
                for claim in claims
                if isinstance(claim, SeparationClaim)
            ]
            + [
                Tie(claim.id, (canonical[claim.start], canonical[claim.end]), covered)
                for claim in claims
                if isinstance(claim, FallClaim) and (covered := bounded_reach(self.incident, claim)) is not None
            ],
            canonical=canonical.__getitem__,
            otherwise=view,
            edges=edges,
            edges_of={name: other.edges for name, other in read.items() if other.edges is not None},
        )


@dataclass(frozen=True, slots=True)
class Telling:
    """Another way to read some claims of a story: how it reads after "if", and how each claim is read."""

    label: str
    read: Mapping[str, Alternative] = field(default_factory=dict)


def gather_stories(incident: Incident) -> Iterator[Story]:
    """Return every party's claims on points, those together that separations tie."""
    points = Points(incident)
    for party in incident.parties:
        own = [_counted_from_place(claim) for claim in incident.claims if claim.party == party]
        groups: list[tuple[set[str], list[Claim]]] = []
        left_out: dict[str, tuple[set[str], str]] = {}
        for claim in own:
            named = _points_of(claim, points)
            reason = _why_not(incident, claim)
            if not named:
                continue
            if reason is not None:
                left_out[claim.id] = (named, reason)
                continue
            touched = [group for group in groups if group[0] & named]
            merged = (named.union(*(each[0] for each in touched)), [c for each in touched for c in each[1]] + [claim])
            groups = [group for group in groups if group not in touched] + [merged]
        order = {claim.id: number for number, claim in enumerate(own)}
        for named, claims in sorted(groups, key=lambda group: min(order[claim.id] for claim in group[1])):
            yield Story(
                incident,
                party,
                tuple(sorted(claims, key=lambda claim: order[claim.id])),
                {name: reason for name, (about, reason) in left_out.items() if about & named},
            )


def _counted_from_place(claim: Claim) -> Claim:
    """A distance from a named place allows the ground of any such distance, whichever kind of claim says it."""
    if not (isinstance(claim, BorderDistanceClaim) and claim.sense is Sense.FROM):
        return claim
    return PlaceOffsetClaim(
        id=claim.id,
        party=claim.party,
        kind=claim.kind,
        tag=claim.tag,
        alternatives=claim.alternatives,
        point=claim.point,
        places=claim.places,
        distance=claim.distance,
        direction_deg=claim.direction_deg,
    )


def _points_of(claim: Claim, points: Points) -> set[str]:
    if isinstance(claim, PLACED):
        return {points.canonical(claim.point)}
    if isinstance(claim, SeparationClaim):
        return {points.canonical(point) for point in claim.points}
    return {points.canonical(claim.start), points.canonical(claim.end)} if isinstance(claim, FallClaim) else set()


def _why_not(incident: Incident, claim: Claim) -> str | None:
    if isinstance(claim, FallClaim) and bounded_reach(incident, claim) is None:
        return say("a fall does not bound the distance between its two ends unless altitude, speed and wind are known")
    if isinstance(claim, SeparationClaim | FallClaim) and len(_points_of(claim, Points(incident))) < 2:
        return say("it joins a point to itself")
    return None


def tellings(story: Story) -> list[Telling]:
    """Return each declared alternative: for one claim at a time, and for all claims that declare the same kind."""
    declared: dict[tuple[object, ...], list[tuple[Claim, Alternative]]] = {}
    for claim in story.claims:
        for alternative in claim.alternatives:
            if _read_as(claim, alternative) != claim or alternative.edges is not None:
                declared.setdefault(_kind(alternative), []).append((claim, alternative))
    found = []
    for readings in declared.values():
        by_claim = {claim.id: alternative for claim, alternative in readings}
        if len(by_claim) > 1:
            found.append(Telling(_label(readings), by_claim))
        found += [
            Telling(alternative_label([claim], alternative), {claim.id: alternative}) for claim, alternative in readings
        ]
    return found


def _kind(alternative: Alternative) -> tuple[object, ...]:
    return (
        alternative.sense,
        alternative.precision,
        alternative.edges,
        alternative.distance is not None,
        alternative.near is not None,
    )


def _label(readings: Sequence[tuple[Claim, Alternative]]) -> str:
    first = readings[0][1]
    if first.distance is None and first.near is None:
        return alternative_label([claim for claim, _ in readings], first)
    return listed([alternative_label([claim], alternative) for claim, alternative in readings])


def _read_as(claim: Claim, alternative: Alternative | None) -> Claim:
    if alternative is None:
        return claim
    if isinstance(claim, BorderDistanceClaim):
        way = way_of(claim, alternative)
        if way.sense is Sense.FROM:
            return claim
        return replace(
            claim,
            sense=way.sense,
            bearing_deg=claim.bearing_deg if way.bearing_deg is None else way.bearing_deg,
            distance=_quantity(claim.distance, alternative),
            near=alternative.near or claim.near,
        )
    if isinstance(claim, SeparationClaim | PlaceOffsetClaim):
        return replace(claim, distance=_quantity(claim.distance, alternative))
    return claim


def _quantity(quantity: Quantity, alternative: Alternative) -> Quantity:
    read = alternative.distance or quantity
    if alternative.precision in (None, read.precision, Precision.DECLARED):
        return read
    return read_quantity(read.text, precision=alternative.precision)
