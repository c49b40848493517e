"""Three distances that join three ends: none of them is longer than the other two together.

The ends are points of the incident and named places; the three sides are separations, distances from a place, the
way between two places, and the way to or between printed positions. At least two sides are a party's own figures:
what a position says of one figure alone is another check.

References
----------
The triangle inequality holds for geodesic distance on any surface, being the length of the shortest way.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Final

from geoinc.claims import BorderDistanceClaim, Incident, PlaceOffsetClaim, PositionClaim, SeparationClaim
from geoinc.consistency.margins import finite_or_none, least_change, overlap
from geoinc.consistency.points import Points, finding_id
from geoinc.consistency.reach import reach
from geoinc.consistency.separations import separation_of
from geoinc.consistency.ways import Way, with_alternatives
from geoinc.findings import AlternativeOutcome, Finding, FindingKind, Outcome
from geoinc.geodesy import inverse
from geoinc.intervals import Interval
from geoinc.measurement import Sense
from geoinc.messages import Text, later, say
from geoinc.places import Place
from geoinc.quantities import Quantity, format_distance, format_interval
from geoinc.wording import listed, outcome_text, party_name, tags

__all__ = ["Offset", "check_triangles", "offsets_of"]


@dataclass(frozen=True, slots=True)
class Offset:
    """A distance of a point from a place, whichever kind of claim says it."""

    claim: PlaceOffsetClaim | BorderDistanceClaim
    point: str
    places: tuple[Place, ...]

    @property
    def interval(self) -> Interval:
        """The printed distance, in metres."""
        return self.claim.distance.interval


def offsets_of(incident: Incident) -> tuple[Offset, ...]:
    """Return every claim of a distance from a named place, in the order of the file."""
    points = Points(incident)
    return tuple(
        Offset(claim, points.canonical(claim.point), claim.places)
        for claim in incident.claims
        if isinstance(claim, PlaceOffsetClaim) or (isinstance(claim, BorderDistanceClaim) and claim.sense is Sense.FROM)
    )


def check_triangles(incident: Incident) -> Iterator[Finding]:
    """Check every three distances that join three ends, of each party; of two parties for one point only."""
    points = Points(incident)
    separations = [claim for claim in incident.claims if isinstance(claim, SeparationClaim)]
    offsets = offsets_of(incident)
    for trio in combinations(separations, 3):
        ends = [frozenset(points.canonical(point) for point in claim.points) for claim in trio]
        corners = frozenset().union(*ends)
        if len({claim.party for claim in trio}) > 1 or len(corners) != 3 or len(set(ends)) != 3:
            continue
        if any(len(pair) != 2 for pair in ends):
            continue
        yield _finding(incident, trio, (), _no_side)
    for one, other in combinations(offsets, 2):
        if one.point == other.point:
            yield from _two_places(incident, one, other)
        else:
            yield from _one_place(incident, points, separations, one, other)
    for claim in separations:
        yield from _bare_end(incident, points, claim, separations, offsets)


Side = Callable[[Sequence[Place]], Interval]
"""From the places that are meant, one for each claim that names places, to the side that no claim states."""


def _no_side(_: Sequence[Place]) -> Interval:
    raise LookupError("three stated sides need no other")


def _two_places(incident: Incident, one: Offset, other: Offset) -> Iterator[Finding]:
    """Two distances of one point from two places, and the way between the places."""
    if set(one.places) & set(other.places):
        return
    if not (one.interval.bounded or other.interval.bounded):
        return

    def between(places: Sequence[Place]) -> Interval:
        first, second = places
        distance_m = float(inverse(first.lon_deg, first.lat_deg, second.lon_deg, second.lat_deg)[0])
        off_m = first.accuracy_m + second.accuracy_m
        return Interval(max(0.0, distance_m - off_m), distance_m + off_m)

    finding = _finding(incident, [one.claim, other.claim], [one.places, other.places], between)
    # What two parties say of one point is told where it differs; that it can be joined is said by each alone.
    if one.claim.party == other.claim.party or finding.outcome is not Outcome.CONSISTENT:
        yield finding


def _one_place(
    incident: Incident, points: Points, separations: Sequence[SeparationClaim], one: Offset, other: Offset
) -> Iterator[Finding]:
    """Distances of two points from one place, and the separation of the points."""
    if one.places != other.places or len(one.places) != 1 or one.claim.party != other.claim.party:
        return
    for claim in separations:
        ends = {points.canonical(point) for point in claim.points}
        if claim.party == one.claim.party and ends == {one.point, other.point}:
            yield _finding(incident, [one.claim, other.claim, claim], (), _no_side)


def _bare_end(
    incident: Incident,
    points: Points,
    claim: SeparationClaim,
    separations: Sequence[SeparationClaim],
    offsets: Sequence[Offset],
) -> Iterator[Finding]:
    """A point without a position: its separation from one with a position, and its distance from somewhere else."""
    ends = [points.canonical(point) for point in claim.points]
    after = separations[separations.index(claim) + 1 :]
    for bare, held in (ends, ends[::-1]):
        if bare == held or points.positions(bare):
            continue
        for position in points.positions(held):
            if position.party != claim.party:
                continue
            for offset in offsets:
                if offset.point == bare and offset.claim.party == claim.party:
                    side = _to_place(position)
                    yield _finding(incident, [offset.claim, claim], [offset.places], side, derived=[position])
            for other, second in _second_ends(points, after, claim.party, bare, held):
                side = _constant(separation_of(position, second)[1])
                yield _finding(incident, [claim, other], (), side, derived=[position, second])


def _second_ends(
    points: Points, separations: Sequence[SeparationClaim], party: str, bare: str, held: str
) -> Iterator[tuple[SeparationClaim, PositionClaim]]:
    """Separations of a point without a position from a third one, with each position printed for that."""
    for claim in separations:
        ends = {points.canonical(point) for point in claim.points}
        if claim.party != party or bare not in ends or held in ends or len(ends) != 2:
            continue
        (far,) = ends - {bare}
        for position in points.positions(far):
            if position.party == party:
                yield claim, position


def _to_place(position: PositionClaim) -> Side:
    def side(places: Sequence[Place]) -> Interval:
        (place,) = places
        apart = reach(place, position.reading).interval
        return Interval(max(0.0, apart.low - place.accuracy_m), apart.high + place.accuracy_m)

    return side


def _constant(interval: Interval) -> Side:
    return lambda _: interval


@dataclass(frozen=True, slots=True)
class _Triangle:
    """Three sides; the margin is how much longer than the longest the other two are together, at the kindest."""

    allowed: Interval
    longest: Interval

    @property
    def outcome(self) -> Outcome:
        return overlap(self.allowed, self.longest)

    @property
    def margin_m(self) -> float:
        return self.allowed.high - self.longest.low


def _triangle(sides: Sequence[Interval]) -> _Triangle:
    ways = [
        _Triangle(Interval(0.0, sum(other.high for j, other in enumerate(sides) if j != k)), side)
        for k, side in enumerate(sides)
    ]
    return min(ways, key=lambda way: (way.margin_m, -way.longest.low))


def _finding(
    incident: Incident,
    claims: Sequence[SeparationClaim | PlaceOffsetClaim | BorderDistanceClaim],
    choices: Sequence[tuple[Place, ...]],
    side: Side,
    *,
    derived: Sequence[PositionClaim] = (),
) -> Finding:
    def close(quantities: Sequence[Quantity]) -> dict[tuple[Place, ...], _Triangle]:
        sides = [quantity.interval for quantity in quantities]
        return {meant: _triangle(sides if len(sides) == 3 else [*sides, side(meant)]) for meant in product(*choices)}

    def compare(
        quantities: Sequence[Quantity], ways: Sequence[Way]
    ) -> tuple[Outcome, Interval | None, Interval | None]:
        moved = [
            isinstance(claim, BorderDistanceClaim) and way.sense is not Sense.FROM
            for claim, way in zip(claims, ways, strict=True)
        ]
        if any(moved):
            return Outcome.INDETERMINATE, None, None
        outcome, decisive = _decide(close(quantities))
        return outcome, decisive.allowed, decisive.longest

    quantities = [claim.distance for claim in claims]
    outcome, tried, changes = with_alternatives(claims, quantities, compare)
    triangles = close(quantities)
    _, decisive = _decide(triangles)
    if outcome is Outcome.INDETERMINATE:
        changes += tuple(
            say(
                _IF_MEANT[len(meant) > 1],
                places=listed([place.name for place in meant]),
                outcome=outcome_text(each.outcome),
            )
            for meant, each in triangles.items()
        )
    settled = outcome is not Outcome.INDETERMINATE
    by_place = {
        "+".join(place.id for place in meant): finite_or_none(each.margin_m) for meant, each in triangles.items()
    }
    all_claims = [*claims, *derived]
    return Finding(
        id=finding_id(FindingKind.TRIANGLE, all_claims),
        kind=FindingKind.TRIANGLE,
        claims=tuple(claim.id for claim in all_claims),
        outcome=outcome,
        robust=not changes,
        fragile_by=changes,
        statement=_statement(incident, claims, derived, outcome, decisive, triangles),
        measured=decisive.allowed,
        claimed=decisive.longest,
        by_source={},
        alternatives=_declared_first(tried),
        evidence={
            "shortfall_m": decisive.allowed.gap(decisive.longest),
            "margin_m": finite_or_none(decisive.margin_m) if settled else None,
            **({"margin_by_place_m": by_place} if len(by_place) > 1 else {}),
        },
        smallest_change=least_change(outcome, changes, finite_or_none(decisive.margin_m)),
    )


def _declared_first(tried: Sequence[AlternativeOutcome]) -> tuple[AlternativeOutcome, ...]:
    """A distance from a place stays one: only what the case declares is tried."""
    return tuple(each for each in tried if each.declared)


def _decide(triangles: dict[tuple[Place, ...], _Triangle]) -> tuple[Outcome, _Triangle]:
    """The outcome over all places that may be meant, and the triangle on which it hangs."""
    outcomes = {each.outcome for each in triangles.values()}
    if len(outcomes) > 1:
        return Outcome.INDETERMINATE, min(triangles.values(), key=lambda each: each.margin_m)
    (outcome,) = outcomes
    pick = min if outcome is Outcome.CONSISTENT else max
    return outcome, pick(triangles.values(), key=lambda each: each.margin_m)


def _statement(
    incident: Incident,
    claims: Sequence[SeparationClaim | PlaceOffsetClaim | BorderDistanceClaim],
    derived: Sequence[PositionClaim],
    outcome: Outcome,
    decisive: _Triangle,
    triangles: dict[tuple[Place, ...], _Triangle],
) -> Text:
    speakers = list(dict.fromkeys(party_name(incident, claim) for claim in claims))
    lead = _lead(speakers, listed([_figure(claim) for claim in claims]), derived)
    if outcome is Outcome.INDETERMINATE:
        cases = [
            say(
                _CASES[each.outcome is Outcome.CONSISTENT, len(meant) > 1],
                places=listed([place.name for place in meant]),
            )
            for meant, each in triangles.items()
        ]
        return say("{figures} {cases}.", figures=lead, cases=listed(cases))
    holds = outcome is Outcome.CONSISTENT
    if len(speakers) > 1:
        way = "two parties"
    elif all(isinstance(claim, SeparationClaim) for claim in claims):
        way = "three points"
    else:
        way = "both" if len(claims) == 2 else "all"
    verdict = say(_VERDICTS[way][holds], figures=lead)
    longest = format_interval(decisive.longest)
    if math.isinf(decisive.allowed.high):
        return say(_OPEN, verdict=verdict, longest=longest)
    return say(
        _TO_SPARE if holds else _TOO_LITTLE,
        verdict=verdict,
        longest=longest,
        reach=format_distance(decisive.allowed.high),
        gap=format_distance(abs(decisive.margin_m)),
    )


def _lead(speakers: Sequence[str], figures: Text, derived: Sequence[PositionClaim]) -> Text:
    """The figures that are held together, as the subject of a sentence."""
    if len(speakers) > 1:
        return say("For one point, the figures of {parties}, {figures},", parties=listed(speakers), figures=figures)
    if not derived:
        return say("{party}'s {figures}", party=speakers[0], figures=figures)
    template = _WITH_POSITION if len(derived) == 1 else _WITH_POSITIONS
    return say(template, party=speakers[0], figures=figures, positions=tags(derived))


def _figure(claim: SeparationClaim | PlaceOffsetClaim | BorderDistanceClaim) -> Text:
    words = claim.distance.text.strip()
    if isinstance(claim, SeparationClaim):
        return say("{distance} ({claim})", distance=words, claim=claim.tag)
    places = listed([place.name for place in claim.places], last="or")
    return say("{distance} from {places} ({claim})", distance=words, places=places, claim=claim.tag)


_IF_MEANT: Final = (
    later("if {places} is meant (then {outcome})"),
    later("if {places} are meant (then {outcome})"),
)
_WITH_POSITION: Final = later("{party}'s {figures}, together with the printed position {positions},")
_WITH_POSITIONS: Final = later("{party}'s {figures}, together with the printed positions {positions},")
_CASES: Final = {
    (True, False): later("can both hold if {places} is meant"),
    (True, True): later("can both hold if {places} are meant"),
    (False, False): later("cannot both hold if {places} is meant"),
    (False, True): later("cannot both hold if {places} are meant"),
}
"""By whether the figures hold, and whether several places are meant."""
_VERDICTS: Final = {
    "three points": {
        True: later("{figures} can join three points"),
        False: later("{figures} cannot join three points"),
    },
    "both": {True: later("{figures} can both hold"), False: later("{figures} cannot both hold")},
    "all": {True: later("{figures} can all hold"), False: later("{figures} cannot all hold")},
    "two parties": {True: later("{figures} can all hold"), False: later("{figures} differ: no place has both")},
}
_OPEN: Final = later(
    "{verdict}: of the three sides that they make, the longest is {longest}, and the other two together reach any "
    "distance."
)
_TO_SPARE: Final = later(
    "{verdict}: of the three sides that they make, the longest is {longest}, and the other two together reach {reach}, "
    "{gap} to spare."
)
_TOO_LITTLE: Final = later(
    "{verdict}: of the three sides that they make, the longest is {longest}, and the other two together reach {reach}, "
    "{gap} too little."
)
