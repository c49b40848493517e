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
from geoinc.motion import (
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
from geoinc.wording import listed, party_name, tags

__all__ = ["bounded_reach", "check_falls", "needs_of"]

SAME_SHARE: Final = 0.02
NAMES: Final = {
    FallMode.VERTICAL: "a vertical fall",
    FallMode.BALLISTIC: "a ballistic fall",
    FallMode.GLIDE: "a glide",
    FallMode.FLIGHT: "a powered flight",
}


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
            bare = [incident.points[p].label for p in (fall.start, fall.end) if not points.positions(p)]
            needless = fall.altitude is not None or fall.mode is FallMode.FLIGHT
            yield not_assessable(
                FindingKind.MOTION,
                [fall],
                f"{_opening(incident, fall)}; no position was published for "
                f"{listed([f'the {each}' for each in bare])}.",
                (
                    *(f"a position of the {each}" for each in bare),
                    *(() if needless else ("the altitude of its start",)),
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
    if reach.decided is None or not reach.decided.bounded or "in still air" in reach.conditions:
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
    windless = refuted and "in still air" in reach.conditions
    changes = ["if the air was not still (then indeterminate)"] if windless else []
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
        missing=(*reach.missing, *(("the place where the fall began",) if began else ())),
        smallest_change=None if not took else f"if it {took[0]} (then consistent)",
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


def _opening(incident: Incident, fall: FallClaim) -> str:
    return f"{party_name(incident, fall)} describes {NAMES[fall.mode]} ({fall.tag})"


def _ends(incident: Incident, fall: FallClaim) -> str:
    return f"the {incident.points[fall.start].label} and the {incident.points[fall.end].label}"


def _tell_vertical(
    incident: Incident, fall: FallClaim, apart: Interval, between: _Ends, reach: Reach, needs: Needs, _: list[str]
) -> str:
    leans = listed(
        [f"{need.lean_deg.middle:.1f}° from {need.altitude_m:,.0f} m".replace(",", " ") for need in needs.by_altitude]
    )
    speeds = listed([f"{need.ballistic_speed_m_s.high:.0f} m/s" for need in needs.by_altitude], last="or")
    sentences = [
        f"{_opening(incident, fall)}; the {format_distance(apart.middle)} between {_ends(incident, fall)} "
        f"({tags(between)}) lean off the vertical by {leans}; without drag a start at {speeds} covers as much."
    ]
    if not needs.altitude_stated:
        sentences.append("No altitude was published, so these are examples.")
    if reach.allowed is not None and fall.wind is not None:
        drift = format_interval(reach.allowed)
        sentences.append(f"A wind of {fall.wind.text.strip()} may have carried what fell {drift}.")
    start = incident.points[fall.start].label
    sentences.append(f"The word has no stated tolerance, and the {start} need not be where the fall began.")
    return " ".join(sentences)


def _tell_covered(
    incident: Incident, fall: FallClaim, apart: Interval, between: _Ends, reach: Reach, needs: Needs, took: list[str]
) -> str:
    way = f"the {format_distance(apart.middle)} between {_ends(incident, fall)} ({tags(between)})"
    if reach.allowed is None:
        missing = listed([name.partition(",")[0] for name in reach.missing])
        verb = "was" if len(reach.missing) == 1 else "were"
        return (
            f"{_opening(incident, fall)} over {way}; whether it covers them depends on {missing}, which {verb} not "
            f"stated. {tell_needs(needs)}"
        )
    conditions = f"{listed(reach.conditions)}, " if reach.conditions else ""
    covers = f"With what was stated ({_stated(fall)}), {conditions}it covers {_at_most(reach.allowed)}"
    if reach.decided is not None and apart.overlaps(reach.decided):
        return f"{_opening(incident, fall)}. {covers}, which allows {way}."
    less = "less" if apart.low > reach.allowed.high else "more"
    sentence = f"{_opening(incident, fall)}. {covers}, {less} than {way}."
    return f"{sentence} It would fit if it {listed(took, last='or')}." if took else sentence


def _at_most(allowed: Interval) -> str:
    if not allowed.bounded:
        return "any distance"
    high = format_distance(allowed.high)
    return f"at most {high}" if allowed.low <= 0 else f"{format_distance(allowed.low)} to {high}"


def _stated(fall: FallClaim) -> str:
    """What was stated of a motion, as printed."""
    angle = fall.launch_angle_deg
    parts = [
        ("altitude", fall.altitude and fall.altitude.text),
        ("speed", fall.speed and fall.speed.text),
        ("glide ratio", fall.glide_ratio and fall.glide_ratio.text),
        ("ballistic coefficient", fall.ballistic_coefficient and fall.ballistic_coefficient.text),
        ("launch angle", angle and f"{angle[0]:g} to {angle[1]:g}°"),
        ("wind", fall.wind and fall.wind.text),
        ("times of both ends", "by the clocks of the same party" if fall.mode is FallMode.FLIGHT else None),
    ]
    return ", ".join(f"{name} {text.strip()}" for name, text in parts if text)


def _what_it_took(fall: FallClaim, apart: Interval, reach: Reach) -> list[str]:
    """What single figure would have to be how large, the least change relative to the stated one first."""
    allowed = reach.allowed
    if allowed is None or apart.low <= allowed.high:
        return []
    wanted_m = apart.low
    found: list[tuple[float, str]] = []

    def add(needed: float, stated: Interval, told: Callable[[float], str]) -> None:
        if math.isfinite(needed) and 0 < stated.high < needed:
            found.append((needed / stated.high, told(needed)))

    altitude, speed, ratio = fall.altitude, fall.speed, fall.glide_ratio
    # With drag or a stated angle there is no short way back from a distance to a figure.
    plain = fall.launch_angle_deg is None and fall.ballistic_coefficient is None
    if fall.mode is FallMode.BALLISTIC and plain and altitude is not None and speed is not None:
        height, fastest = altitude.interval, speed.interval
        add(least_speed_m_s(wanted_m, height.high), fastest, lambda v: f"began at {speed_text(v)}")
        add(least_altitude_m(wanted_m, fastest.high), height, lambda h: f"began at a height of {altitude_text(h)}")
    elif fall.mode is FallMode.GLIDE and altitude is not None and ratio is not None and not fall.wind:
        add(wanted_m / altitude.interval.high, ratio.interval, lambda r: f"had a glide ratio of {r:.3g}")
        add(wanted_m / ratio.interval.high, altitude.interval, lambda h: f"began at a height of {altitude_text(h)}")
    elif fall.mode is FallMode.FLIGHT and speed is not None and allowed.high > 0:
        add(speed.interval.high * wanted_m / allowed.high, speed.interval, lambda v: f"flew at {speed_text(v)}")
    return [told for _, told in sorted(found)]
