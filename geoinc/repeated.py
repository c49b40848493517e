"""What is said more than once of one quantity: positions, distances, separations, territories.

Printed intervals and cells alone, with no boundary and no accuracy. A party's own figures either hold together or
do not; figures of two parties are said to differ, since only the same point makes them comparable at all.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Final

from geoinc.claims import (
    BorderDistanceClaim,
    Claim,
    Incident,
    PlaceOffsetClaim,
    PositionClaim,
    SeparationClaim,
    WithinClaim,
)
from geoinc.consistency import (
    Comparison,
    Points,
    Way,
    apart_text,
    finding_id,
    least_change,
    on_opposite_sides,
    overlap,
    overlap_margin_m,
    separation_of,
    way_of,
    with_alternatives,
)
from geoinc.findings import Finding, FindingKind, Outcome
from geoinc.intervals import Interval
from geoinc.measurement import Sense
from geoinc.messages import Text, join, later, say
from geoinc.notation import Reading
from geoinc.quantities import Quantity, format_distance, format_interval
from geoinc.wording import dated_tag, listed, party_name, tags, territory_name, the_point, undeclared_sentence

__all__ = ["check_repeated"]

METRES_PER_DEGREE = 111_320.0

Placing = WithinClaim | BorderDistanceClaim
"""Claims that put a point on the ground of a territory."""
Distance = BorderDistanceClaim | PlaceOffsetClaim
"""Claims that give a distance of one point from something."""


def check_repeated(incident: Incident) -> Iterator[Finding]:
    """Check what is said more than once of the same point: positions, distances, separations, territories."""
    points = Points(incident)
    for one, other in combinations(incident.claims, 2):
        if isinstance(one, SeparationClaim) and isinstance(other, SeparationClaim):
            finding = _separations_twice(incident, points, one, other)
        elif not points.same_point(one, other):
            continue
        elif isinstance(one, PositionClaim) and isinstance(other, PositionClaim):
            finding = _positions_twice(incident, one, other)
        elif isinstance(one, Placing) and isinstance(other, Placing) and on_opposite_sides(one, other):
            finding = _territories_twice(incident, one, other)
        elif isinstance(one, Distance) and isinstance(other, Distance):
            finding = _distances_twice(incident, one, other)
        else:
            continue
        if finding is not None:
            yield finding


def _separations_twice(
    incident: Incident, points: Points, one: SeparationClaim, other: SeparationClaim
) -> Finding | None:
    if _ends(points, one) != _ends(points, other):
        return None
    ends = listed([the_point(incident, point) for point in one.points])
    return _twice(incident, one, other, _compare_alike, say("the distance between {points}", points=ends))


def _distances_twice(incident: Incident, one: Distance, other: Distance) -> Finding | None:
    subject = the_point(incident, one.point)
    if _same_place(one, other):
        apart = _directions_part(one, other)
        return _twice(incident, one, other, _compare_directed if apart else _compare_alike, subject)
    if not (isinstance(one, BorderDistanceClaim) and isinstance(other, BorderDistanceClaim)):
        return None
    if one.border != other.border or Sense.FROM in (one.sense, other.sense):
        return None
    return _twice(incident, one, other, _compare_to_border, subject)


def _ends(points: Points, claim: SeparationClaim) -> frozenset[str]:
    return frozenset(points.canonical(point) for point in claim.points)


def _same_place(one: Distance, other: Distance) -> bool:
    """Whether two distances are counted from one place, and it is clear from which."""
    if any(isinstance(each, BorderDistanceClaim) and each.sense is not Sense.FROM for each in (one, other)):
        return False
    return one.places == other.places and len(one.places) == 1


def _directions_part(one: Distance, other: Distance) -> bool:
    """Whether two directions from one place lead to different ground, from whichever spot of it they are counted."""
    if one.direction_deg is None or other.direction_deg is None:
        return False
    (first, end), (second, last) = one.direction_deg, other.direction_deg
    halves = (end - first) % 360.0 / 2 + (last - second) % 360.0 / 2
    middles = abs((first + (end - first) % 360.0 / 2 - second - (last - second) % 360.0 / 2 + 180.0) % 360.0 - 180.0)
    between_deg = middles - halves
    if between_deg <= 0:
        return False
    nearest_m = max(one.distance.interval.low, other.distance.interval.low)
    aside_m = nearest_m * (math.sin(math.radians(between_deg)) if between_deg < 90.0 else 1.0)
    return aside_m > 2 * one.places[0].accuracy_m


def _positions_twice(incident: Incident, one: PositionClaim, other: PositionClaim) -> Finding:
    distance_m, apart = separation_of(one, other)
    same = Interval(0.0, 0.0)
    outcome = overlap(apart, same)
    margin_m = -apart.low if outcome is Outcome.INCONSISTENT else _shared_cell_m(one.reading, other.reading)
    values = {
        "positions": tags([one, other]),
        "point": incident.points[one.point].label,
        "distance": apart_text(distance_m, apart),
    }
    if outcome is Outcome.CONSISTENT:
        statement = say(_ONE_POSITION, **values)
    elif apart.high - apart.low <= 1.0:
        statement = say(_TWO_POSITIONS_AT_LEAST, **values, least=format_distance(apart.low))
    else:
        statement = say(_TWO_POSITIONS, **values)
    return Finding(
        id=finding_id(FindingKind.SAME_POINT, [one, other]),
        kind=FindingKind.SAME_POINT,
        claims=(one.id, other.id),
        outcome=outcome,
        robust=True,
        fragile_by=(),
        statement=statement,
        measured=apart,
        claimed=same,
        by_source={},
        evidence={"distance_m": distance_m, "margin_m": margin_m},
        smallest_change=least_change(outcome, (), margin_m),
    )


_ONE_POSITION: Final = later(
    "{positions} may print one and the same position for the {point}: they are {distance} apart."
)
_TWO_POSITIONS: Final = later("{positions} are two different positions for the {point}: they are {distance} apart.")
_TWO_POSITIONS_AT_LEAST: Final = later(
    "{positions} are two different positions for the {point}: they are {distance} apart, at least {least} at any "
    "rounding."
)


def _shared_cell_m(one: Reading, other: Reading) -> float:
    """How far one of two overlapping cells would have to be moved north or east until they part."""
    east_deg = abs((one.lon_deg - other.lon_deg + 180.0) % 360.0 - 180.0)
    lon = (one.half_width_lon_deg + other.half_width_lon_deg - east_deg) * math.cos(math.radians(one.lat_deg))
    lat = one.half_width_lat_deg + other.half_width_lat_deg - abs(one.lat_deg - other.lat_deg)
    return max(0.0, min(lon, lat) * METRES_PER_DEGREE)


def _compare_alike(quantities: Sequence[Quantity], _: Sequence[Way]) -> tuple[Outcome, Interval, Interval]:
    """Two figures for one and the same distance."""
    first, second = (quantity.interval for quantity in quantities)
    return overlap(first, second), second, first


def _compare_directed(quantities: Sequence[Quantity], _: Sequence[Way]) -> tuple[Outcome, Interval, Interval]:
    """Two figures from one place in directions that part: whatever the figures, they lead to two places."""
    first, second = (quantity.interval for quantity in quantities)
    return Outcome.INCONSISTENT, second, first


def _compare_to_border(quantities: Sequence[Quantity], ways: Sequence[Way]) -> tuple[Outcome, Interval, Interval]:
    """Two figures for distances to one border, perhaps in two senses."""
    first, second = (quantity.interval for quantity in quantities)
    bounds = _comparable(first, second, ways)
    return (Outcome.INDETERMINATE if bounds is None else overlap(*bounds)), second, first


def _comparable(first: Interval, second: Interval, ways: Sequence[Way]) -> tuple[Interval, Interval] | None:
    """The two intervals that must share a value; None where the senses cannot be compared."""
    if ways[0].same_distance(ways[1]):
        return first, second
    senses = {way.sense for way in ways}
    if Sense.SHORTEST in senses and not senses & {Sense.FROM}:
        # No distance along a bearing is less than the shortest one to the same line.
        shortest, along = (first, second) if ways[0].sense is Sense.SHORTEST else (second, first)
        return Interval(shortest.low, math.inf, shortest.low_open), along
    return None


def _twice(
    incident: Incident,
    one: Distance | SeparationClaim,
    other: Distance | SeparationClaim,
    compare: Comparison,
    subject: str,
) -> Finding:
    quantities = [one.distance, other.distance]
    outcome, tried, changes = with_alternatives([one, other], quantities, compare)
    first, second = one.distance.interval, other.distance.interval
    bounds: tuple[Interval, Interval] | None = (first, second)
    if compare is _compare_to_border:
        bounds = _comparable(first, second, [way_of(one), way_of(other)])
    margin_m = None if bounds is None else overlap_margin_m(*bounds)
    if compare is _compare_directed and first.overlaps(second):
        margin_m = None
    grown = _later_minus_earlier(incident, one, other)
    return Finding(
        id=finding_id(FindingKind.SAME_POINT, [one, other]),
        kind=FindingKind.SAME_POINT,
        claims=(one.id, other.id),
        outcome=outcome,
        robust=not changes,
        fragile_by=changes,
        statement=join(
            [
                _statement(incident, one, other, subject, outcome, margin_m),
                None if grown is None or outcome is Outcome.INDETERMINATE else _change(grown),
                undeclared_sentence(tried),
            ]
        ),
        measured=second,
        claimed=first,
        by_source={},
        alternatives=tried,
        evidence={
            "margin_m": margin_m,
            **({} if grown is None else {"later_minus_earlier_m": [grown.low, grown.high]}),
        },
        smallest_change=least_change(outcome, changes, margin_m),
    )


def _statement(
    incident: Incident,
    one: Distance | SeparationClaim,
    other: Distance | SeparationClaim,
    subject: str,
    outcome: Outcome,
    margin_m: float | None,
) -> Text:
    speakers = list(dict.fromkeys([party_name(incident, one), party_name(incident, other)]))
    values = {
        "subject": subject,
        "parties": listed(speakers),
        "figures": listed([_figure(incident, claim) for claim in (one, other)]),
    }
    if outcome is Outcome.INDETERMINATE:
        return say(
            "For {subject}, the figures of {parties}, {figures}, are taken in different ways and cannot be compared.",
            **values,
        )
    allowed = listed([format_interval(claim.distance.interval) for claim in (one, other)])
    if outcome is Outcome.CONSISTENT:
        nested = {claim.distance.bound for claim in (one, other)} == {"up_to"}
        if margin_m is None or nested:
            return say(
                "For {subject}, the figures of {parties}, {figures}, can both hold: they stand for {intervals}.",
                **values,
                intervals=allowed,
            )
        return say(
            "For {subject}, the figures of {parties}, {figures}, can both hold: they stand for {intervals}, {gap} away "
            "from excluding each other.",
            **values,
            intervals=allowed,
            gap=format_distance(margin_m),
        )
    several = len(speakers) > 1
    if margin_m is None:
        return say(_ELSEWHERE[several], **values)
    return say(_APART[several], **values, intervals=allowed, gap=format_distance(-margin_m))


_ELSEWHERE: Final = (
    later(
        "For {subject}, the figures of {parties}, {figures}, cannot both hold: their directions lead to different "
        "ground."
    ),
    later(
        "For {subject}, the figures of {parties}, {figures}, differ and cannot both hold: their directions lead to "
        "different ground."
    ),
)
"""Of one party, and of two."""
_APART: Final = (
    later(
        "For {subject}, the figures of {parties}, {figures}, cannot both hold: they stand for {intervals}, {gap} apart."
    ),
    later(
        "For {subject}, the figures of {parties}, {figures}, differ and cannot both hold: they stand for {intervals}, "
        "{gap} apart."
    ),
)
"""Of one party, and of two."""


def _later_minus_earlier(
    incident: Incident, one: Distance | SeparationClaim, other: Distance | SeparationClaim
) -> Interval | None:
    """By how much a party's later figure exceeds its earlier one; None where no order of the two is held."""
    days = [_published(incident, claim) for claim in (one, other)]
    if one.party != other.party or None in days or days[0] == days[1]:
        return None
    earlier, later = (claim for _, claim in sorted(zip(days, (one, other), strict=True), key=lambda pair: str(pair[0])))
    first, second = earlier.distance.interval, later.distance.interval
    if {earlier.distance.bound, later.distance.bound} - {"value", "about"} or not (first.bounded and second.bounded):
        return None
    return Interval(second.low - first.high, second.high - first.low)


def _change(later_minus_earlier: Interval) -> Text | None:
    """A sentence on what became of a figure from one publication to the next."""
    low, high = later_minus_earlier.low, later_minus_earlier.high
    if low > 0:
        return say("The later figure is larger by {distance}.", distance=format_interval(later_minus_earlier))
    if high < 0:
        return say("The later figure is smaller by {distance}.", distance=format_interval(Interval(-high, -low)))
    return None


def _published(incident: Incident, claim: Claim) -> date | None:
    return None if claim.reference is None else incident.references[claim.reference].published


def _figure(incident: Incident, claim: Distance | SeparationClaim) -> Text:
    values = {"distance": claim.distance.text.strip(), "claim": dated_tag(incident, claim)}
    if isinstance(claim, SeparationClaim):
        return say("{distance} ({claim})", **values)
    if isinstance(claim, PlaceOffsetClaim) or claim.sense is Sense.FROM:
        places = listed([place.name for place in claim.places], last="or")
        return say("{distance} from {places} ({claim})", **values, places=places)
    if claim.sense is Sense.MERIDIAN:
        return say("{distance} along the meridian ({claim})", **values)
    if claim.sense is Sense.HEADING:
        return say("{distance} along a bearing ({claim})", **values)
    return say("{distance} ({claim})", **values)


def _territories_twice(incident: Incident, one: Placing, other: Placing) -> Finding:
    """Two territories for one point: no figure can mend that, whatever it is."""
    depths = [
        claim.distance.interval.low
        for claim in (one, other)
        if isinstance(claim, BorderDistanceClaim) and claim.sense is Sense.SHORTEST and one.border == other.border
    ]
    depth_m = sum(depths)
    names = [territory_name(incident, str(territory)) for territory in (one.territory, other.territory)]
    values = {
        "claim": dated_tag(incident, one),
        "point": incident.points[one.point].label,
        "territory": names[0],
        "other_claim": dated_tag(incident, other),
        "other_territory": names[1],
    }
    if depth_m > 0:
        values["gap"] = format_distance(depth_m)
    return Finding(
        id=finding_id(FindingKind.SAME_POINT, [one, other]),
        kind=FindingKind.SAME_POINT,
        claims=(one.id, other.id),
        outcome=Outcome.INCONSISTENT,
        robust=True,
        fragile_by=(),
        statement=say(_TERRITORIES[one.party == other.party, depth_m > 0], **values),
        by_source={},
        evidence={"territories": [one.territory, other.territory], "margin_m": -depth_m if depth_m > 0 else None},
    )


_TERRITORIES: Final = {
    (True, False): later(
        "{claim} puts the {point} in {territory}, {other_claim} in {other_territory}: the two cannot both hold."
    ),
    (True, True): later(
        "{claim} puts the {point} in {territory}, {other_claim} in {other_territory}: the two cannot both hold: at "
        "least {gap} through the border lie between."
    ),
    (False, False): later(
        "{claim} puts the {point} in {territory}, {other_claim} in {other_territory}: the two differ and cannot both "
        "hold."
    ),
    (False, True): later(
        "{claim} puts the {point} in {territory}, {other_claim} in {other_territory}: the two differ and cannot both "
        "hold: at least {gap} through the border lie between."
    ),
}
"""By whether one party says both, and whether a depth is known."""
