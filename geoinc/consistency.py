"""Claims against claims: printed intervals and cells alone, with no boundary and no accuracy.

References
----------
The distance to a fixed line is 1-Lipschitz: |d(p) - d(q)| <= s(p, q), since whoever walks from p to q and on
to the line walks no less than the shortest way from p (triangle inequality for geodesic distance).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from geoinc.claims import (
    Alternative,
    BorderDistanceClaim,
    Claim,
    Incident,
    PositionClaim,
    SamePointClaim,
    SeparationClaim,
)
from geoinc.findings import AlternativeOutcome, Finding, FindingKind, Outcome
from geoinc.geodesy import inverse
from geoinc.intervals import Interval
from geoinc.measurement import Sense
from geoinc.quantities import Precision, Quantity, format_distance, format_interval, read_quantity
from geoinc.ranges import separation_interval_m
from geoinc.wording import alternative_label, listed, party_name, printed, tags

__all__ = [
    "Points",
    "apart_text",
    "check_bounds",
    "check_separations",
    "check_triangles",
    "finding_id",
    "not_assessable",
    "on_opposite_sides",
    "overlap",
    "separation_of",
    "with_alternatives",
]


@dataclass(frozen=True, slots=True)
class Points:
    """The points of an incident, with those that a claim calls the same taken together."""

    incident: Incident

    def canonical(self, point: str) -> str:
        """Return the first name, in the order of the file, of a point and all that is called the same."""
        same = {point}
        for _ in self.incident.points:
            for claim in self.incident.claims:
                if isinstance(claim, SamePointClaim) and same & set(claim.points):
                    same |= set(claim.points)
        return next(name for name in self.incident.points if name in same)

    def same_point(self, one: Claim, other: Claim) -> bool:
        """Whether two claims speak of one point; no where either speaks of none, or of two."""
        names = [getattr(claim, "point", None) for claim in (one, other)]
        return None not in names and self.canonical(str(names[0])) == self.canonical(str(names[1]))

    def positions(self, point: str) -> tuple[PositionClaim, ...]:
        """Return every position printed for a point, in the order of the file."""
        wanted = self.canonical(point)
        return tuple(
            claim
            for claim in self.incident.claims
            if isinstance(claim, PositionClaim) and self.canonical(claim.point) == wanted
        )


def finding_id(kind: FindingKind, claims: Iterable[Claim]) -> str:
    """Return the stable id of a finding: its kind and the ids of its claims."""
    return f"{kind.value}:{'+'.join(claim.id for claim in claims)}"


def not_assessable(
    kind: FindingKind,
    claims: Sequence[Claim],
    statement: str,
    missing: tuple[str, ...],
    *,
    claimed: Interval | None = None,
) -> Finding:
    """Return the finding for a claim that lacks an input; `missing` names what would have to be published."""
    return Finding(
        id=finding_id(kind, claims),
        kind=kind,
        claims=tuple(claim.id for claim in claims),
        outcome=Outcome.NOT_ASSESSABLE,
        robust=True,
        fragile_by=(),
        statement=statement,
        claimed=claimed,
        by_source={},
        evidence={},
        missing=missing,
    )


def separation_of(one: PositionClaim, other: PositionClaim) -> tuple[float, Interval]:
    """Return the distance between two printed positions: at their middles, and over both cells, in metres."""
    first, second = one.reading, other.reading
    distance_m = float(inverse(first.lon_deg, first.lat_deg, second.lon_deg, second.lat_deg)[0])
    return distance_m, separation_interval_m(first, second)


def check_separations(incident: Incident) -> Iterator[Finding]:
    """Check each printed separation against the positions printed for its two points."""
    points = Points(incident)
    for claim in incident.claims:
        if not isinstance(claim, SeparationClaim):
            continue
        pairs = [(a, b) for a in points.positions(claim.points[0]) for b in points.positions(claim.points[1])]
        if not pairs:
            bare = [incident.points[point].label for point in claim.points if not points.positions(point)]
            yield not_assessable(
                FindingKind.SEPARATION,
                [claim],
                f"According to {party_name(incident, claim)} ({claim.tag}), two points are {printed(claim)} apart; no "
                f"position was published for the {listed(bare)}.",
                tuple(f"a position of the {label}" for label in bare),
                claimed=claim.distance.interval,
            )
        for a, b in pairs:
            yield _separation(incident, claim, a, b)


def _separation(incident: Incident, claim: SeparationClaim, a: PositionClaim, b: PositionClaim) -> Finding:
    distance_m, measured = separation_of(a, b)

    def compare(quantities: Sequence[Quantity], _: Sequence[Sense]) -> tuple[Outcome, Interval, Interval]:
        return overlap(measured, quantities[0].interval), measured, quantities[0].interval

    outcome, tried, changes = with_alternatives([claim], [claim.distance], [Sense.SHORTEST], compare)
    verb = "agrees with" if outcome is Outcome.CONSISTENT else "does not agree with"
    return Finding(
        id=finding_id(FindingKind.SEPARATION, [claim, a, b]),
        kind=FindingKind.SEPARATION,
        claims=(claim.id, a.id, b.id),
        outcome=outcome,
        robust=not changes,
        fragile_by=changes,
        statement=(
            f"The two printed positions ({tags([a, b])}) are {apart_text(distance_m, measured)} apart, which {verb} "
            f"the {printed(claim)} that {party_name(incident, claim)} gives ({claim.tag})."
        ),
        measured=measured,
        claimed=claim.distance.interval,
        by_source={},
        alternatives=tried,
        evidence={"distance_m": distance_m},
    )


def apart_text(distance_m: float, apart: Interval) -> str:
    """Write a distance between two positions, with its range where the digits leave more than a metre open."""
    if apart.high - apart.low <= 1.0:
        return format_distance(distance_m)
    return f"{format_distance(distance_m)} ({format_interval(apart)}, as printed)"


def check_bounds(incident: Incident) -> Iterator[Finding]:
    """Check, for each party, pairs of its distances to one border against how far apart the points are."""
    points = Points(incident)
    distances = [claim for claim in incident.claims if isinstance(claim, BorderDistanceClaim)]
    for one, other in combinations(distances, 2):
        if one.party != other.party or one.border != other.border:
            continue
        first, second = points.canonical(one.point), points.canonical(other.point)
        if first == second:
            continue
        if not on_opposite_sides(one, other) and one.distance.interval.overlaps(other.distance.interval):
            continue
        for bound, claims in _separations_between(incident, points, one.party, first, second):
            yield _bound(incident, one, other, bound, claims)


def _separations_between(
    incident: Incident, points: Points, party: str, first: str, second: str
) -> Iterator[tuple[Interval, tuple[Claim, ...]]]:
    """What a party says of the distance between two points: its separations, else its positions."""
    wanted = {first, second}
    stated = [
        (claim.distance.interval, (claim,))
        for claim in incident.claims
        if isinstance(claim, SeparationClaim)
        and claim.party == party
        and {points.canonical(point) for point in claim.points} == wanted
    ]
    if stated:
        yield from stated
        return
    for a in points.positions(first):
        for b in points.positions(second):
            if a.party == b.party == party:
                yield separation_of(a, b)[1], (a, b)


def _bound(
    incident: Incident,
    one: BorderDistanceClaim,
    other: BorderDistanceClaim,
    separation: Interval,
    between: tuple[Claim, ...],
) -> Finding:
    claims: list[Claim] = [one, other, *between]
    stated = [claim for claim in between if isinstance(claim, SeparationClaim)]
    distances = [one.distance, other.distance, *(claim.distance for claim in stated)]
    senses = [one.sense, other.sense, *(Sense.SHORTEST for _ in stated)]
    readable = [one, other, *stated]
    across = on_opposite_sides(one, other)

    def compare(quantities: Sequence[Quantity], tried: Sequence[Sense]) -> tuple[Outcome, Interval | None, Interval]:
        apart = quantities[2].interval if stated else separation
        difference = _difference(quantities[0].interval, quantities[1].interval, across=across)
        if any(sense is not Sense.SHORTEST for sense in tried[:2]):
            return Outcome.INDETERMINATE, None, difference
        allowed = Interval(0.0, apart.high)
        return overlap(allowed, difference), allowed, difference

    outcome, tried, changes = with_alternatives(readable, distances, senses, compare)
    _, allowed, difference = compare(distances, senses)
    shortfall_m = 0.0 if allowed is None else allowed.gap(difference)
    figures = listed([f"{claim.distance.text.strip()} ({claim.tag})" for claim in (one, other)])
    apart = stated[0].distance.text.strip() if stated else format_interval(separation)
    if across and outcome is not Outcome.INDETERMINATE:
        verb = "can" if outcome is Outcome.CONSISTENT else "cannot"
        statement = (
            f"{party_name(incident, one)}'s {figures} lie on opposite sides of the border and {verb} both hold for "
            f"points {apart} apart ({tags(between)}): the way from one to the other crosses the border and is at least "
            f"{format_distance(difference.low)} long, the points allow at most {format_distance(separation.high)}."
        )
    elif outcome is Outcome.INCONSISTENT:
        statement = (
            f"{party_name(incident, one)}'s {figures} cannot both be shortest distances to one line from points "
            f"{apart} apart ({tags(between)}). Moving by {apart} changes the distance to a line by no more than that; "
            f"the figures differ by at least {format_distance(difference.low)}, the points allow at most "
            f"{format_distance(separation.high)}: {format_distance(shortfall_m)} are missing. No boundary data is "
            "needed for this."
        )
    elif outcome is Outcome.CONSISTENT:
        statement = (
            f"{party_name(incident, one)}'s {figures} can both hold for points {apart} apart ({tags(between)}): the "
            f"figures need differ by no more than {format_distance(difference.low)}."
        )
    else:
        statement = (
            f"{party_name(incident, one)}'s {figures} are not both shortest distances, so the distance between the "
            f"points ({tags(between)}) does not bound their difference."
        )
    return Finding(
        id=finding_id(FindingKind.LIPSCHITZ, claims),
        kind=FindingKind.LIPSCHITZ,
        claims=tuple(claim.id for claim in claims),
        outcome=outcome,
        robust=not changes,
        fragile_by=changes,
        statement=statement,
        measured=allowed,
        claimed=difference,
        by_source={},
        alternatives=tried,
        evidence={
            "difference_at_least_m": difference.low,
            "separation_at_most_m": separation.high,
            "shortfall_m": shortfall_m,
        },
    )


def on_opposite_sides(one: BorderDistanceClaim, other: BorderDistanceClaim) -> bool:
    """Tell whether two distances are said to lie on opposite sides of the border."""
    return one.territory is not None and other.territory is not None and one.territory != other.territory


def _difference(one: Interval, other: Interval, *, across: bool) -> Interval:
    """How far two distances to one line may differ, counted through the line where they lie on opposite sides."""
    if across:
        return Interval(one.low + other.low, one.high + other.high)
    return Interval(one.gap(other), max(one.high - other.low, other.high - one.low))


def check_triangles(incident: Incident) -> Iterator[Finding]:
    """Check, for each party, every three of its separations that join three points."""
    points = Points(incident)
    separations = [claim for claim in incident.claims if isinstance(claim, SeparationClaim)]
    for trio in combinations(separations, 3):
        ends = [frozenset(points.canonical(point) for point in claim.points) for claim in trio]
        corners = frozenset().union(*ends)
        if len({claim.party for claim in trio}) > 1 or len(corners) != 3 or len(set(ends)) != 3:
            continue
        if any(len(pair) != 2 for pair in ends):
            continue
        yield _triangle(incident, trio)


def _triangle(incident: Incident, trio: Sequence[SeparationClaim]) -> Finding:
    def compare(quantities: Sequence[Quantity], _: Sequence[Sense]) -> tuple[Outcome, Interval, Interval]:
        intervals = [quantity.interval for quantity in quantities]
        longest = max(range(3), key=lambda k: intervals[k].low)
        allowed = Interval(0.0, sum(interval.high for k, interval in enumerate(intervals) if k != longest))
        return overlap(allowed, intervals[longest]), allowed, intervals[longest]

    outcome, tried, changes = with_alternatives(trio, [claim.distance for claim in trio], [Sense.SHORTEST] * 3, compare)
    _, allowed, longest = compare([claim.distance for claim in trio], [])
    verb = "can" if outcome is Outcome.CONSISTENT else "cannot"
    return Finding(
        id=finding_id(FindingKind.TRIANGLE, trio),
        kind=FindingKind.TRIANGLE,
        claims=tuple(claim.id for claim in trio),
        outcome=outcome,
        robust=not changes,
        fragile_by=changes,
        statement=(
            f"{party_name(incident, trio[0])}'s three distances ({tags(trio)}) {verb} join three points: the longest "
            f"is {format_interval(longest)}, the other two together reach {format_distance(allowed.high)}."
        ),
        measured=allowed,
        claimed=longest,
        by_source={},
        alternatives=tried,
        evidence={"shortfall_m": allowed.gap(longest)},
    )


def overlap(one: Interval, other: Interval) -> Outcome:
    """Return consistent where two intervals share a value, else inconsistent."""
    return Outcome.CONSISTENT if one.overlaps(other) else Outcome.INCONSISTENT


Comparison = Callable[[Sequence[Quantity], Sequence[Sense]], tuple[Outcome, Interval | None, Interval | None]]


def with_alternatives(
    claims: Sequence[Claim], quantities: Sequence[Quantity], senses: Sequence[Sense], compare: Comparison
) -> tuple[Outcome, tuple[AlternativeOutcome, ...], tuple[str, ...]]:
    """Compare as printed, then once for each alternative, applied to every claim that declares the same one."""
    outcome = compare(quantities, senses)[0]
    tried: list[AlternativeOutcome] = []
    seen: set[tuple[object, ...]] = set()
    for claim in claims:
        for alternative in claim.alternatives:
            kind = (alternative.sense, alternative.precision, alternative.distance)
            if kind == (None, None, None) or kind in seen:
                continue
            seen.add(kind)
            together = [
                next((own for own in each.alternatives if _same_kind(own, alternative)), None) for each in claims
            ]
            read = [_reread(quantity, own) for quantity, own in zip(quantities, together, strict=True)]
            in_sense = [
                sense if own is None or own.sense is None else own.sense
                for sense, own in zip(senses, together, strict=True)
            ]
            result, measured, claimed = compare(read, in_sense)
            readers = [each for each, own in zip(claims, together, strict=True) if own is not None]
            tried.append(AlternativeOutcome(alternative_label(readers, alternative), result, measured, claimed))
    changes = tuple(f"{each.label} (then {each.outcome.value})" for each in tried if each.outcome is not outcome)
    return outcome, tuple(tried), changes


def _same_kind(one: Alternative, other: Alternative) -> bool:
    return (one.sense, one.precision, one.distance) == (other.sense, other.precision, other.distance)


def _reread(quantity: Quantity, alternative: Alternative | None) -> Quantity:
    if alternative is None:
        return quantity
    if alternative.distance is not None:
        return alternative.distance
    if alternative.precision in (None, quantity.precision, Precision.DECLARED):
        return quantity
    return read_quantity(quantity.text, precision=alternative.precision)
