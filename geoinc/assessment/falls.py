"""Falls, glides and flights: whether what was stated of them covers the way between their two ends."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from geoinc.assessment.clocks import times_of
from geoinc.assessment.evidence import Context
from geoinc.claims import FallClaim, FallMode, Incident, PositionClaim, SeparationClaim
from geoinc.consistency import Points, finding_id, not_assessable, separation_of
from geoinc.findings import Finding, FindingKind, Outcome
from geoinc.intervals import Interval
from geoinc.messages import Text, join, later, number, say, say_as
from geoinc.motion import (
    COEFFICIENT,
    IN_STILL_AIR,
    Needs,
    Reach,
    altitude_text,
    elapsed_s,
    least_altitude_m,
    least_speed_m_s,
    reach_of,
    speed_text,
    tell_needs,
    what_would_cover,
)
from geoinc.quantities import format_distance, format_interval
from geoinc.wording import enumerated, if_so, listed, party_name, position_wanted, range_text, tags, the_point

__all__ = ["bounded_reach", "check_falls", "needs_of"]

SAME_SHARE: Final = 0.02


def check_falls(context: Context) -> Iterator[Finding]:
    """Hold each fall, glide or flight against the positions or the separation of its two ends."""
    incident = context.incident
    points = Points(incident)
    for fall in incident.claims:
        if not isinstance(fall, FallClaim):
            continue
        wanted = {points.canonical(fall.start), points.canonical(fall.end)}
        pairs = [(a, b) for a in points.positions(fall.start) for b in points.positions(fall.end)]
        stated = [
            claim
            for claim in incident.claims
            if isinstance(claim, SeparationClaim) and {points.canonical(p) for p in claim.points} == wanted
        ]
        for ends in pairs:
            yield _fall(incident, fall, separation_of(*ends)[1], (*stated, *ends))
        if pairs:
            continue
        for claim in stated:
            yield _fall(incident, fall, claim.distance.interval, (claim,))
        if not stated:
            bare = [p for p in (fall.start, fall.end) if not points.positions(p)]
            needless = fall.altitude is not None or fall.mode is FallMode.FLIGHT
            yield not_assessable(
                FindingKind.MOTION,
                [fall],
                say(
                    "{statement}; no position was published for {missing}.",
                    statement=_opening(incident, fall),
                    missing=listed([the_point(incident, each) for each in bare]),
                ),
                (
                    *(position_wanted(incident, each) for each in bare),
                    *(() if needless else (say("the altitude of its start"),)),
                ),
            )


def needs_of(falls: Iterable[FallClaim], distance: Interval) -> Needs:
    """Return what each kind of motion would take to cover a distance, with what was stated of some falls.

    Parameters
    ----------
    falls : iterable of FallClaim
        Their altitudes and speeds serve; where none states one, examples do.
    distance : Interval
        In metres, bounded.
    """
    known = list(falls)
    heights = [fall.altitude.interval for fall in known if fall.altitude is not None]
    speeds = [fall.speed_high_m_s for fall in known if fall.speed_high_m_s is not None]
    altitudes_m = {end for each in heights for end in _told_ends(each)}
    return what_would_cover(distance, altitudes_m=sorted(altitudes_m), speed_m_s=max(speeds, default=None))


def bounded_reach(incident: Incident, fall: FallClaim) -> Interval | None:
    """Return how far apart the two ends of a fall may lie, in metres, with what its party stated.

    None where too little was stated: a wind that nobody gave, an altitude or a speed; nor is "vertical", which has
    no stated tolerance, a bound.
    """
    reach = reach_of(fall, _duration(incident, fall))
    if fall.mode is FallMode.VERTICAL or (fall.wind is None and fall.mode is not FallMode.FLIGHT):
        return None
    if reach.decided is None or not reach.decided.bounded or IN_STILL_AIR in reach.conditions:
        return None
    return reach.decided


def _told_ends(altitude: Interval) -> tuple[float, ...]:
    """Both ends of a stated altitude, or its middle where they tell the same."""
    if altitude.high - altitude.low < SAME_SHARE * altitude.high:
        return (altitude.middle,)
    return (altitude.low, altitude.high)


def _fall(
    incident: Incident, fall: FallClaim, apart: Interval, between: tuple[PositionClaim | SeparationClaim, ...]
) -> Finding:
    reach = reach_of(fall, _duration(incident, fall))
    needs = needs_of([fall], apart if apart.bounded else Interval(apart.low, apart.low))
    vertical = fall.mode is FallMode.VERTICAL
    outcome = _outcome(reach, apart, vertical=vertical)
    tell = _tell_vertical if vertical else _tell_covered
    refuted = outcome is Outcome.INCONSISTENT
    took = _what_it_took(fall, apart, reach) if refuted else []
    windless = refuted and IN_STILL_AIR in reach.conditions
    changes = [if_so(say("the air was not still"), Outcome.INDETERMINATE)] if windless else []
    evidence: dict[str, Any] = {
        "lean_deg_by_altitude_m": {f"{need.altitude_m:.0f}": need.lean_deg.middle for need in needs.by_altitude},
        "altitude_stated": needs.altitude_stated,
        "would_cover": needs.document(),
    }
    if reach.allowed is not None:
        evidence["covered_m"] = [end if math.isfinite(end) else None for end in (reach.allowed.low, reach.allowed.high)]
        evidence["model_margin_m"] = reach.margin_m
        evidence["conditions"] = list(reach.conditions)
    began = fall.mode is not FallMode.FLIGHT and outcome is Outcome.INDETERMINATE
    return Finding(
        id=finding_id(FindingKind.MOTION, [fall, *between]),
        kind=FindingKind.MOTION,
        claims=(fall.id, *(claim.id for claim in between)),
        outcome=outcome,
        robust=not changes,
        fragile_by=tuple(changes),
        statement=tell(incident, fall, apart, between, reach, needs, took),
        measured=apart,
        claimed=reach.allowed,
        by_source={},
        evidence=evidence,
        missing=(*reach.missing, *((say("the place where the fall began"),) if began else ())),
        smallest_change=None if not took else say("if it {change} (then consistent)", change=took[0]),
    )


def _outcome(reach: Reach, apart: Interval, *, vertical: bool) -> Outcome:
    allowed = reach.decided
    if (allowed is not None and apart.overlaps(allowed)) or apart.low <= 0:
        return Outcome.CONSISTENT
    # The word "vertical" has no stated tolerance.
    return Outcome.INDETERMINATE if allowed is None or vertical else Outcome.INCONSISTENT


def _duration(incident: Incident, fall: FallClaim) -> Interval | None:
    """Between the two ends by the clocks of the party that describes them; None where it gives no times."""
    points = Points(incident)
    times = times_of(incident, fall.party)
    start, end = (times.get(points.canonical(point)) for point in (fall.start, fall.end))
    return None if start is None or end is None else elapsed_s(start, end)


_Ends = tuple[PositionClaim | SeparationClaim, ...]


def _opening(incident: Incident, fall: FallClaim) -> Text:
    return say(_OPENINGS[fall.mode], party=party_name(incident, fall), claim=fall.tag)


_OPENINGS: Final = {
    FallMode.VERTICAL: later("{party} describes a vertical fall ({claim})"),
    FallMode.BALLISTIC: later("{party} describes a ballistic fall ({claim})"),
    FallMode.GLIDE: later("{party} describes a glide ({claim})"),
    FallMode.FLIGHT: later("{party} describes a powered flight ({claim})"),
}


def _ends(incident: Incident, fall: FallClaim) -> Text:
    return listed([the_point(incident, fall.start), the_point(incident, fall.end)])


def _tell_vertical(
    incident: Incident, fall: FallClaim, apart: Interval, between: _Ends, reach: Reach, needs: Needs, _: list[Text]
) -> Text:
    leans = [
        say(
            "{lean}° from {altitude} m",
            lean=number(f"{need.lean_deg.middle:.1f}"),
            altitude=number(f"{need.altitude_m:.0f}", group=" "),
        )
        for need in needs.by_altitude
    ]
    speeds = [number(f"{need.ballistic_speed_m_s.high:.0f}") for need in needs.by_altitude]
    sentences = [
        say(
            "{statement}; the {distance} between {points} ({claims}) lean off the vertical by {leans}; without drag a "
            "start at {speeds} covers as much.",
            statement=_opening(incident, fall),
            distance=format_distance(apart.middle),
            points=_ends(incident, fall),
            claims=tags(between),
            leans=listed(leans),
            speeds=listed([say("{value} m/s", value=speed) for speed in speeds], last="or"),
        )
    ]
    if not needs.altitude_stated:
        sentences.append(say("No altitude was published, so these are examples."))
    if reach.allowed is not None and fall.wind is not None:
        sentences.append(
            say(
                "A wind of {wind} may have carried what fell {distance}.",
                wind=fall.wind.text.strip(),
                distance=format_interval(reach.allowed),
            )
        )
    sentences.append(
        say(
            "The word has no stated tolerance, and the {point} need not be where the fall began.",
            point=incident.points[fall.start].label,
        )
    )
    return join(sentences)


def _tell_covered(
    incident: Incident, fall: FallClaim, apart: Interval, between: _Ends, reach: Reach, needs: Needs, took: list[Text]
) -> Text:
    opening = _opening(incident, fall)
    way = say(
        "the {distance} between {points} ({claims})",
        distance=format_distance(apart.middle),
        points=_ends(incident, fall),
        claims=tags(between),
    )
    if reach.allowed is None:
        missing = [say("the ballistic coefficient") if name == COEFFICIENT else name for name in reach.missing]
        told = say(_DEPENDS[len(missing) > 1], statement=opening, way=way, missing=listed(missing))
        return join([told, tell_needs(needs)])
    values = {"statement": opening, "covers": _covers(fall, reach, reach.allowed), "way": way}
    if reach.decided is not None and apart.overlaps(reach.decided):
        return say("{statement}. {covers}, which allows {way}.", **values)
    short = apart.low > reach.allowed.high
    sentence = say(_LESS if short else _MORE, **values)
    if not took:
        return sentence
    return join([sentence, say("It would fit if it {changes}.", changes=listed(took, last="or"))])


_DEPENDS: Final = (
    later("{statement} over {way}; whether it covers them depends on {missing}, which was not stated."),
    later("{statement} over {way}; whether it covers them depends on {missing}, which were not stated."),
)
"""On one missing figure, and on several."""
_LESS: Final = later("{statement}. {covers}, less than {way}.")
_MORE: Final = later("{statement}. {covers}, more than {way}.")


def _covers(fall: FallClaim, reach: Reach, allowed: Interval) -> Text:
    """How far the motion goes with what was stated of it."""
    values = {"stated": _stated(fall), "distance": _at_most(allowed)}
    if not reach.conditions:
        return say("With what was stated ({stated}), it covers {distance}", **values)
    return say(
        "With what was stated ({stated}), {conditions}, it covers {distance}",
        **values,
        conditions=listed(reach.conditions),
    )


def _at_most(allowed: Interval) -> Text:
    if not allowed.bounded:
        return say("any distance")
    high = format_distance(allowed.high)
    if allowed.low <= 0:
        return say("at most {distance}", distance=high)
    return range_text(format_distance(allowed.low), high)


def _stated(fall: FallClaim) -> Text:
    """What was stated of a motion, as printed."""
    printed = [
        (later("altitude {figure}"), fall.altitude),
        (later("speed {figure}"), fall.speed),
        (later("glide ratio {figure}"), fall.glide_ratio),
        (later("ballistic coefficient {figure}"), fall.ballistic_coefficient),
        (_ANGLE, fall.launch_angle_deg),
        (later("wind {figure}"), fall.wind),
    ]
    parts: list[Text] = []
    for template, figure in printed:
        if isinstance(figure, tuple):
            low, high = (number(f"{end:g}", minus="-") for end in figure)
            parts.append(say(_ANGLE, low=low, high=high))
        elif figure is not None:
            parts.append(say(template, figure=figure.text.strip()))
    if fall.mode is FallMode.FLIGHT:
        parts.append(say("times of both ends by the clocks of the same party"))
    return enumerated(parts)


_ANGLE: Final = later("launch angle {low} to {high}°")


def _what_it_took(fall: FallClaim, apart: Interval, reach: Reach) -> list[Text]:
    """What single figure would have to be how large, the least change relative to the stated one first."""
    allowed = reach.allowed
    if allowed is None or apart.low <= allowed.high:
        return []
    wanted_m = apart.low
    found: list[tuple[float, Text]] = []

    def add(needed: float, stated: Interval, told: Callable[[float], Text]) -> None:
        if math.isfinite(needed) and 0 < stated.high < needed:
            found.append((needed / stated.high, told(needed)))

    altitude, speed, ratio = fall.altitude, fall.speed, fall.glide_ratio
    # With drag or a stated angle there is no short way back from a distance to a figure.
    plain = fall.launch_angle_deg is None and fall.ballistic_coefficient is None
    if fall.mode is FallMode.BALLISTIC and plain and altitude is not None and speed is not None:
        height, fastest = altitude.interval, speed.interval
        add(least_speed_m_s(wanted_m, height.high), fastest, _began_at)
        add(least_altitude_m(wanted_m, fastest.high), height, _began_up)
    elif fall.mode is FallMode.GLIDE and altitude is not None and ratio is not None and not fall.wind:
        add(wanted_m / altitude.interval.high, ratio.interval, _glided)
        add(wanted_m / ratio.interval.high, altitude.interval, _began_up)
    elif fall.mode is FallMode.FLIGHT and speed is not None and allowed.high > 0:
        add(speed.interval.high * wanted_m / allowed.high, speed.interval, _flew)
    return [told for _, told in sorted(found)]


def _began_at(speed_m_s: float) -> Text:
    return say_as("if it", "began at {speed}", speed=speed_text(speed_m_s))


def _began_up(altitude_m: float) -> Text:
    return say_as("if it", "began at a height of {altitude}", altitude=altitude_text(altitude_m))


def _glided(ratio: float) -> Text:
    return say_as("if it", "had a glide ratio of {ratio}", ratio=number(f"{ratio:.3g}"))


def _flew(speed_m_s: float) -> Text:
    return say_as("if it", "flew at {speed}", speed=speed_text(speed_m_s))
