"""Distances to one border against how far apart the points are: by how much a distance may change on the way.

References
----------
The distance to a fixed line is 1-Lipschitz: |d(p) - d(q)| <= s(p, q), since whoever walks from p to q and on
to the line walks no less than the shortest way from p (triangle inequality for geodesic distance). The same
holds for the distance to a fixed place. Between the two sides of a line, d(p) + d(q) <= s(p, q), since the way
from p to q meets the line.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from geoinc.claims import BorderDistanceClaim, Claim, Incident, SeparationClaim, WithinClaim
from geoinc.consistency.margins import finite_or_none, least_change, overlap
from geoinc.consistency.points import Points, finding_id
from geoinc.consistency.separations import separation_of
from geoinc.consistency.ways import Way, with_alternatives
from geoinc.findings import Finding, FindingKind, Outcome
from geoinc.intervals import Interval
from geoinc.measurement import Sense
from geoinc.messages import Text, join, later, say
from geoinc.quantities import Quantity, format_distance, format_interval
from geoinc.wording import listed, party_name, tags, territory_name, undeclared_sentence

__all__ = ["check_bounds", "check_containments", "on_opposite_sides", "separations_between"]

ANYWHERE_INSIDE = Interval(0.0, math.inf)


def on_opposite_sides(one: Claim, other: Claim) -> bool:
    """Tell whether two claims put their points on opposite sides of the border."""
    territories = [getattr(claim, "territory", None) for claim in (one, other)]
    return None not in territories and territories[0] != territories[1]


def separations_between(
    incident: Incident, points: Points, party: str, first: str, second: str
) -> Iterator[tuple[Interval, tuple[Claim, ...]]]:
    """Yield what a party says of the distance between two points: its separations, else its positions."""
    wanted = {points.canonical(first), points.canonical(second)}
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


def check_bounds(incident: Incident) -> Iterator[Finding]:
    """Check, for each party, pairs of its distances to one border against how far apart the points are."""
    points = Points(incident)
    distances = [
        claim for claim in incident.claims if isinstance(claim, BorderDistanceClaim) and claim.sense is not Sense.FROM
    ]
    for one, other in combinations(distances, 2):
        if one.party != other.party or one.border != other.border:
            continue
        if points.canonical(one.point) == points.canonical(other.point):
            continue
        if not on_opposite_sides(one, other) and one.distance.interval.overlaps(other.distance.interval):
            continue
        for bound, claims in separations_between(incident, points, one.party, one.point, other.point):
            yield _bound(incident, one, other, bound, claims)


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
    readable = [one, other, *stated]
    across = on_opposite_sides(one, other)

    def compare(quantities: Sequence[Quantity], ways: Sequence[Way]) -> tuple[Outcome, Interval | None, Interval]:
        apart = quantities[2].interval if stated else separation
        through = across and ways[0].sense is Sense.SHORTEST
        difference = _difference(quantities[0].interval, quantities[1].interval, across=through)
        if not (ways[0].bounded_by_movement and ways[0].same_distance(ways[1])):
            return Outcome.INDETERMINATE, None, difference
        allowed = Interval(0.0, apart.high)
        return overlap(allowed, difference), allowed, difference

    outcome, tried, changes = with_alternatives(readable, distances, compare)
    _, allowed, difference = compare(distances, [Way(claim.sense, claim.bearing_deg) for claim in (one, other)])
    margin_m = None if allowed is None else finite_or_none(allowed.high - difference.low)
    figures = listed(
        [say("{distance} ({claim})", distance=claim.distance.text.strip(), claim=claim.tag) for claim in (one, other)]
    )
    apart = stated[0].distance.text.strip() if stated else format_interval(separation)
    statement = _statement(
        say("{party}'s {figures}", party=party_name(incident, one), figures=figures),
        say("points {distance} apart ({claims})", distance=apart, claims=tags(between)),
        outcome,
        difference.low,
        separation.high,
        across=across,
    )
    return Finding(
        id=finding_id(FindingKind.LIPSCHITZ, claims),
        kind=FindingKind.LIPSCHITZ,
        claims=tuple(claim.id for claim in claims),
        outcome=outcome,
        robust=not changes,
        fragile_by=changes,
        statement=join([statement, undeclared_sentence(tried)]),
        measured=allowed,
        claimed=difference,
        by_source={},
        alternatives=tried,
        evidence={
            "difference_at_least_m": difference.low,
            "separation_at_most_m": finite_or_none(separation.high),
            "shortfall_m": 0.0 if allowed is None else allowed.gap(difference),
            "margin_m": margin_m,
        },
        smallest_change=least_change(outcome, changes, margin_m),
    )


def _statement(figures: str, where: str, outcome: Outcome, least_m: float, greatest_m: float, *, across: bool) -> Text:
    if outcome is Outcome.INDETERMINATE:
        return say(
            "{figures} are not both shortest distances, so the distance between {points} does not bound their "
            "difference.",
            figures=figures,
            points=where,
        )
    values = {"figures": figures, "points": where, "least": format_distance(least_m)}
    holds = outcome is Outcome.CONSISTENT
    if math.isinf(greatest_m):
        return say(_ACROSS_ANYHOW if across else _ANYHOW, **values)
    template = (_ACROSS if across else _APART)[holds]
    return say(template, **values, most=format_distance(greatest_m), left=format_distance(abs(greatest_m - least_m)))


_ACROSS_ANYHOW: Final = later(
    "{figures} lie on opposite sides of the border and can both hold for {points}: the way from one to the other "
    "crosses the border and is at least {least} long, the points allow any distance."
)
_ANYHOW: Final = later(
    "{figures} can both hold for {points}: the figures need differ by no more than {least}, the points allow any "
    "distance."
)
_ACROSS: Final = {
    True: later(
        "{figures} lie on opposite sides of the border and can both hold for {points}: the way from one to the other "
        "crosses the border and is at least {least} long, the points allow at most {most}: {left} to spare."
    ),
    False: later(
        "{figures} lie on opposite sides of the border and cannot both hold for {points}: the way from one to the "
        "other crosses the border and is at least {least} long, the points allow at most {most}: {left} are missing."
    ),
}
"""Whether figures on opposite sides hold together."""
_APART: Final = {
    True: later(
        "{figures} can both hold for {points}: the figures need differ by no more than {least}, the points allow at "
        "most {most}: {left} to spare."
    ),
    False: later(
        "{figures} cannot both be shortest distances to one line from {points}. Moving by that much changes the "
        "distance to a line by no more than that; the figures differ by at least {least}, the points allow at most "
        "{most}: {left} are missing. No boundary data is needed for this."
    ),
}
"""Whether figures on one side hold together."""


def _difference(one: Interval, other: Interval, *, across: bool) -> Interval:
    """How far two distances to one line may differ, counted through the line where they lie on opposite sides."""
    if across:
        return Interval(one.low + other.low, one.high + other.high)
    return Interval(one.gap(other), max(one.high - other.low, other.high - one.low))


def check_containments(incident: Incident) -> Iterator[Finding]:
    """Check, for each party, a territory given for one point against a depth in the other one given for another."""
    points = Points(incident)
    depths = [
        claim
        for claim in incident.claims
        if isinstance(claim, BorderDistanceClaim)
        and claim.sense is Sense.SHORTEST
        and claim.territory is not None
        and claim.distance.interval.low > 0
    ]
    inside = [claim for claim in incident.claims if isinstance(claim, WithinClaim)]
    for depth in depths:
        for words in inside:
            if words.party != depth.party or words.border != depth.border or not on_opposite_sides(depth, words):
                continue
            if points.canonical(words.point) == points.canonical(depth.point):
                continue
            for apart, claims in separations_between(incident, points, depth.party, depth.point, words.point):
                yield _containment(incident, depth, words, apart, claims)


def _containment(
    incident: Incident,
    depth: BorderDistanceClaim,
    words: WithinClaim,
    separation: Interval,
    between: tuple[Claim, ...],
) -> Finding:
    stated = [claim for claim in between if isinstance(claim, SeparationClaim)]
    quantities = [depth.distance, *(claim.distance for claim in stated)]

    def compare(read: Sequence[Quantity], ways: Sequence[Way]) -> tuple[Outcome, Interval | None, Interval]:
        apart = read[1].interval if stated else separation
        through = _difference(read[0].interval, ANYWHERE_INSIDE, across=True)
        if ways[0].sense is not Sense.SHORTEST:
            return Outcome.INDETERMINATE, None, through
        allowed = Interval(0.0, apart.high)
        return overlap(allowed, through), allowed, through

    outcome, tried, changes = with_alternatives([depth, *stated], quantities, compare)
    _, allowed, through = compare(quantities, [Way()])
    margin_m = finite_or_none(separation.high - through.low)
    claims = [depth, words, *between]
    sides = [territory_name(incident, territory) for territory in (depth.territory or "", words.territory)]
    return Finding(
        id=finding_id(FindingKind.LIPSCHITZ, claims),
        kind=FindingKind.LIPSCHITZ,
        claims=tuple(claim.id for claim in claims),
        outcome=outcome,
        robust=not changes,
        fragile_by=changes,
        statement=join(
            [
                _statement(
                    say(
                        "{party}'s {distance} in {territory} ({depth}) and a point in {other} ({claim})",
                        party=party_name(incident, depth),
                        distance=depth.distance.text.strip(),
                        territory=sides[0],
                        depth=depth.tag,
                        other=sides[1],
                        claim=words.tag,
                    ),
                    say(
                        "points {distance} apart ({claims})", distance=format_interval(separation), claims=tags(between)
                    ),
                    outcome,
                    through.low,
                    separation.high,
                    across=True,
                ),
                undeclared_sentence(tried),
            ]
        ),
        measured=allowed,
        claimed=through,
        by_source={},
        alternatives=tried,
        evidence={"margin_m": margin_m},
        smallest_change=least_change(outcome, changes, margin_m),
    )
