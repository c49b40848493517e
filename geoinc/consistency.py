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
    WithinClaim,
)
from geoinc.findings import AlternativeOutcome, Finding, FindingKind, Outcome
from geoinc.geodesy import inverse
from geoinc.intervals import Interval
from geoinc.measurement import Sense
from geoinc.quantities import Precision, Quantity, format_distance, format_interval, read_quantity
from geoinc.ranges import cell_radius_m
from geoinc.wording import alternative_label, listed, party_name, printed, tags, territory_name

__all__ = [
    "Points",
    "check_bounds",
    "check_repeated",
    "check_separations",
    "check_triangles",
    "finding_id",
    "not_assessable",
    "separation_of",
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
    margin_m = cell_radius_m(first) + cell_radius_m(second)
    return distance_m, Interval(max(0.0, distance_m - margin_m), distance_m + margin_m)


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
        return _overlap(measured, quantities[0].interval), measured, quantities[0].interval

    outcome, tried, changes = _with_alternatives([claim], [claim.distance], [Sense.SHORTEST], compare)
    verb = "agrees with" if outcome is Outcome.CONSISTENT else "does not agree with"
    return Finding(
        id=finding_id(FindingKind.SEPARATION, [claim, a, b]),
        kind=FindingKind.SEPARATION,
        claims=(claim.id, a.id, b.id),
        outcome=outcome,
        robust=not changes,
        fragile_by=changes,
        statement=(
            f"The two printed positions ({tags([a, b])}) are {distance_m:.1f} m apart, which {verb} the "
            f"{printed(claim)} that {party_name(incident, claim)} gives ({claim.tag})."
        ),
        measured=measured,
        claimed=claim.distance.interval,
        by_source={},
        alternatives=tried,
        evidence={"distance_m": distance_m},
    )


def check_bounds(incident: Incident) -> Iterator[Finding]:
    """Check, for each party, pairs of its distances to one border against how far apart the points are."""
    points = Points(incident)
    distances = [claim for claim in incident.claims if isinstance(claim, BorderDistanceClaim)]
    for one, other in combinations(distances, 2):
        if one.party != other.party or one.border != other.border:
            continue
        first, second = points.canonical(one.point), points.canonical(other.point)
        if first == second or one.distance.interval.overlaps(other.distance.interval):
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
    opposite = one.territory is not None and other.territory is not None and one.territory != other.territory

    def compare(
        quantities: Sequence[Quantity], tried: Sequence[Sense]
    ) -> tuple[Outcome, Interval | None, Interval]:
        apart = quantities[2].interval if stated else separation
        difference = _difference(quantities[0].interval, quantities[1].interval, opposite=opposite)
        if any(sense is not Sense.SHORTEST for sense in tried[:2]):
            return Outcome.INDETERMINATE, None, difference
        allowed = Interval(0.0, apart.high)
        return _overlap(allowed, difference), allowed, difference

    outcome, tried, changes = _with_alternatives(readable, distances, senses, compare)
    _, allowed, difference = compare(distances, senses)
    shortfall_m = 0.0 if allowed is None else allowed.gap(difference)
    figures = listed([f"{claim.distance.text.strip()} ({claim.tag})" for claim in (one, other)])
    apart = stated[0].distance.text.strip() if stated else format_interval(separation)
    if outcome is Outcome.INCONSISTENT:
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


def _difference(one: Interval, other: Interval, *, opposite: bool) -> Interval:
    """How far two distances to one line may differ, counted through the line where they lie on opposite sides."""
    if opposite:
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
        return _overlap(allowed, intervals[longest]), allowed, intervals[longest]

    outcome, tried, changes = _with_alternatives(
        trio, [claim.distance for claim in trio], [Sense.SHORTEST] * 3, compare
    )
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


def check_repeated(incident: Incident) -> Iterator[Finding]:
    """Check what is said more than once of the same point: positions, distances to the border, territories."""
    points = Points(incident)
    for one, other in combinations(incident.claims, 2):
        same = points.same_point(one, other)
        if isinstance(one, PositionClaim) and isinstance(other, PositionClaim) and same:
            yield _positions_twice(incident, one, other)
        elif isinstance(one, BorderDistanceClaim) and isinstance(other, BorderDistanceClaim) and same:
            if one.border == other.border:
                yield _distances_twice(incident, one, other)
        elif isinstance(one, WithinClaim) and isinstance(other, WithinClaim) and same:
            yield from _territories_twice(incident, one, other)


def _positions_twice(incident: Incident, one: PositionClaim, other: PositionClaim) -> Finding:
    distance_m, apart = separation_of(one, other)
    same = Interval(0.0, 0.0)
    outcome = _overlap(apart, same)
    verb = "print the same position" if outcome is Outcome.CONSISTENT else "are two different positions"
    return Finding(
        id=finding_id(FindingKind.SAME_POINT, [one, other]),
        kind=FindingKind.SAME_POINT,
        claims=(one.id, other.id),
        outcome=outcome,
        robust=True,
        fragile_by=(),
        statement=(
            f"{tags([one, other])} {verb} for the {incident.points[one.point].label}: their middles are "
            f"{format_distance(distance_m)} apart."
        ),
        measured=apart,
        claimed=same,
        by_source={},
        evidence={"distance_m": distance_m},
    )


def _distances_twice(incident: Incident, one: BorderDistanceClaim, other: BorderDistanceClaim) -> Finding:
    opposite = one.territory is not None and other.territory is not None and one.territory != other.territory

    def compare(quantities: Sequence[Quantity], tried: Sequence[Sense]) -> tuple[Outcome, Interval, Interval]:
        first, second = (quantity.interval for quantity in quantities)
        if opposite:
            second = Interval(-second.high, -second.low, second.high_open, second.low_open)
        if tried[0] is not tried[1]:
            return Outcome.INDETERMINATE, first, second
        return _overlap(first, second), first, second

    outcome, tried, changes = _with_alternatives(
        [one, other], [one.distance, other.distance], [one.sense, other.sense], compare
    )
    label = incident.points[one.point].label
    speakers = listed(list(dict.fromkeys([party_name(incident, one), party_name(incident, other)])))
    figures = listed([f"{claim.distance.text.strip()} ({claim.tag})" for claim in (one, other)])
    ending = {
        Outcome.CONSISTENT: "can both hold",
        Outcome.INCONSISTENT: "cannot both hold",
    }.get(outcome, "are distances of different senses and cannot be compared")
    allowed = listed([format_interval(claim.distance.interval) for claim in (one, other)])
    return Finding(
        id=finding_id(FindingKind.SAME_POINT, [one, other]),
        kind=FindingKind.SAME_POINT,
        claims=(one.id, other.id),
        outcome=outcome,
        robust=not changes,
        fragile_by=changes,
        statement=f"For the {label}, the figures of {speakers}, {figures}, {ending}: they stand for {allowed}.",
        measured=other.distance.interval,
        claimed=one.distance.interval,
        by_source={},
        alternatives=tried,
        evidence={"gap_m": one.distance.interval.gap(other.distance.interval)},
    )


def _territories_twice(incident: Incident, one: WithinClaim, other: WithinClaim) -> Iterator[Finding]:
    if one.territory == other.territory:
        return
    names = [territory_name(incident, claim.territory) for claim in (one, other)]
    yield Finding(
        id=finding_id(FindingKind.SAME_POINT, [one, other]),
        kind=FindingKind.SAME_POINT,
        claims=(one.id, other.id),
        outcome=Outcome.INCONSISTENT,
        robust=True,
        fragile_by=(),
        statement=(
            f"{tags([one, other])} place the {incident.points[one.point].label} in {names[0]} and in {names[1]}: "
            "both cannot hold."
        ),
        by_source={},
        evidence={"territories": [one.territory, other.territory]},
    )


def _overlap(one: Interval, other: Interval) -> Outcome:
    return Outcome.CONSISTENT if one.overlaps(other) else Outcome.INCONSISTENT


Comparison = Callable[[Sequence[Quantity], Sequence[Sense]], tuple[Outcome, Interval | None, Interval | None]]


def _with_alternatives(
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
                next((own for own in each.alternatives if _same_kind(own, alternative)), None)
                for each in claims
            ]
            read = [_reread(quantity, own) for quantity, own in zip(quantities, together, strict=True)]
            in_sense = [
                sense if own is None or own.sense is None else own.sense
                for sense, own in zip(senses, together, strict=True)
            ]
            result, measured, claimed = compare(read, in_sense)
            readers = [each for each, own in zip(claims, together, strict=True) if own is not None]
            tried.append(
                AlternativeOutcome(alternative_label(readers, alternative), result, measured, claimed)
            )
    changes = tuple(
        f"{each.label} (then {each.outcome.value})" for each in tried if each.outcome is not outcome
    )
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
