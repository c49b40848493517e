"""What was stated of a flight as a whole, its speed, length and duration, against its positions and one another."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from geoinc.claims import Incident, TrackClaim
from geoinc.consistency import finding_id
from geoinc.findings import Finding, FindingKind, Outcome
from geoinc.intervals import Interval
from geoinc.messages import Text, capital, join, later, number, say, say_many
from geoinc.motion import LeastSpeed, elapsed_s, least_mean_speed, speed_text
from geoinc.quantities import format_distance
from geoinc.ranges import separation_interval_m
from geoinc.wording import clauses, party_name

__all__ = ["Legs", "check_flown", "legs_of"]


@dataclass(frozen=True, slots=True)
class Legs:
    """A track as it must have been flown at the least.

    Attributes
    ----------
    ways : tuple of Interval
        The distance from each position to the next, over both their cells, in metres.
    times : tuple of Interval
        When each position was passed, in seconds of UTC since 1970; empty where no times were printed.
    """

    ways: tuple[Interval, ...]
    times: tuple[Interval, ...]

    @property
    def least_m(self) -> float:
        """The least length of the flown way: the sum of its legs, each as short as the print allows."""
        return math.fsum(way.low for way in self.ways)

    @property
    def lasted(self) -> Interval | None:
        """The time from the first position to the last, in seconds; None without times."""
        return elapsed_s(self.times[0], self.times[-1]) if self.times else None


def legs_of(track: TrackClaim) -> Legs:
    """Return the legs between the printed positions of a track, with their times."""
    widths = track.time_widths_s or (0.0,) * len(track.times)
    times = tuple(
        Interval(time.timestamp(), time.timestamp() + width) for time, width in zip(track.times, widths, strict=True)
    )
    return Legs(tuple(separation_interval_m(a, b) for a, b in pairwise(track.positions)), times)


@dataclass(frozen=True, slots=True)
class _Test:
    """One comparison: what was stated is at least as great as what is needed, or it is not."""

    holds: bool
    told: Text


def check_flown(incident: Incident, track: TrackClaim) -> Iterator[Finding]:
    """Check the stated speed, length and duration of a track against its positions and times, and one another."""
    legs = legs_of(track)
    stated = (track.speed, track.length, track.duration)
    timed = bool(legs.times) and bool(legs.ways)
    if stated == (None, None, None) and not timed:
        return
    needed = least_mean_speed([way.low for way in legs.ways], legs.times) if timed else None
    tests = list(_tests(track, legs, needed))
    outcome = Outcome.NOT_ASSESSABLE
    if tests:
        outcome = Outcome.CONSISTENT if all(test.holds for test in tests) else Outcome.INCONSISTENT
    least_m = legs.least_m
    who = {"party": party_name(incident, track), "claim": track.tag}
    sentences: list[Text] = []
    if legs.ways:
        sentences.append(
            say_many(
                "The way between the {count} position published by {party} ({claim}) is at least {distance} long, "
                "whatever was flown between them.",
                "The way between the {count} positions published by {party} ({claim}) is at least {distance} long, "
                "whatever was flown between them.",
                len(track.positions),
                **who,
                distance=format_distance(least_m),
            )
        )
    if needed is not None:
        sentences.append(_tell_speed(track, needed))
    if tests:
        # Where something does not hold, that is what has to be said.
        told = clauses([test.told for test in tests if not test.holds] or [test.told for test in tests])
        if legs.ways:
            sentences.append(say("{statement}.", statement=capital(told)))
        else:
            sentences.append(say("By {party} ({claim}): {statement}.", **who, statement=told))
    missing = _missing(track, legs)
    if not tests:
        sentences.append(say("Nothing else was stated that this could be held against."))
    lasted = legs.lasted
    evidence: dict[str, Any] = {
        "least_length_m": least_m if legs.ways else None,
        "elapsed_s": None if lasted is None else [lasted.low, lasted.high],
        "least_mean_speed_m_s": needed.speed_m_s if needed is not None and math.isfinite(needed.speed_m_s) else None,
        "between_positions": None if needed is None else [needed.first + 1, needed.last + 1],
        "tests": [{"holds": test.holds, "what": test.told} for test in tests],
    }
    yield Finding(
        id=finding_id(FindingKind.MOTION, [track]),
        kind=FindingKind.MOTION,
        claims=(track.id,),
        outcome=outcome,
        robust=True,
        fragile_by=(),
        statement=join(sentences),
        measured=Interval.at_least(least_m) if legs.ways else None,
        claimed=track.length.interval if track.length is not None else None,
        by_source={},
        evidence={name: value for name, value in evidence.items() if value is not None},
        missing=missing if outcome is Outcome.NOT_ASSESSABLE else (),
    )


def _tests(track: TrackClaim, legs: Legs, needed: LeastSpeed | None) -> Iterator[_Test]:
    """Every pair of figures that bound each other; each can only be too small."""
    speed, length, duration, lasted = track.speed, track.length, track.duration, legs.lasted
    if speed is not None and needed is not None:
        named = {"speed": speed.text.strip()}
        yield _compare(_SPEED, speed.interval, needed.speed_m_s, named)
    if length is not None and legs.ways:
        yield _compare(_LENGTH, length.interval, legs.least_m, {"length": length.text.strip()})
    if duration is not None and lasted is not None and legs.ways:
        named = {"duration": duration.text.strip(), "time": _duration_text(lasted.low)}
        yield _compare(_DURATION, duration.interval, lasted.low, named)
    if speed is None or duration is None or not (speed.interval.bounded and duration.interval.bounded):
        return
    farthest = Interval(0.0, speed.interval.high * duration.interval.high)
    named = {
        "speed": speed.text.strip(),
        "duration": duration.text.strip(),
        "distance": format_distance(farthest.high),
    }
    if length is not None:
        yield _compare(_BOTH_LENGTH, farthest, length.interval.low, {**named, "length": length.text.strip()})
    if legs.ways:
        yield _compare(_BOTH_WAY, farthest, legs.least_m, named)


def _compare(templates: Mapping[bool, str], stated: Interval, needed: float, named: Mapping[str, str]) -> _Test:
    holds = math.isfinite(needed) and stated.overlaps(Interval.at_least(needed))
    return _Test(holds, say(templates[holds], **named))


# By whether what was stated is enough.
_SPEED: Final = {
    True: later("the stated speed of {speed} allows that mean speed"),
    False: later("the stated speed of {speed} is less than that mean speed"),
}
_LENGTH: Final = {
    True: later("the stated length of {length} allows that length"),
    False: later("the stated length of {length} is less than that length"),
}
_DURATION: Final = {
    True: later("the stated duration of {duration} allows the {time} from the first position to the last"),
    False: later("the stated duration of {duration} is less than the {time} from the first position to the last"),
}
_BOTH_LENGTH: Final = {
    True: later("{speed} for {duration}, {distance} at most, allows the stated length of {length}"),
    False: later("{speed} for {duration}, {distance} at most, is less than the stated length of {length}"),
}
_BOTH_WAY: Final = {
    True: later("{speed} for {duration}, {distance} at most, allows the way between the positions"),
    False: later("{speed} for {duration}, {distance} at most, is less than the way between the positions"),
}


def _tell_speed(track: TrackClaim, needed: LeastSpeed) -> Text:
    between = {"first": number(needed.first + 1), "last": number(needed.last + 1)}
    if math.isinf(needed.speed_m_s):
        return say("No speed covers the way from position {first} to position {last} in the printed time.", **between)
    speed = speed_text(needed.speed_m_s)
    if (needed.first, needed.last) == (0, len(track.positions) - 1):
        return say("In the printed times it asks for a mean of at least {speed}.", speed=speed)
    return say(
        "In the printed times it asks for a mean of at least {speed} from position {first} to position {last}.",
        speed=speed,
        **between,
    )


def _missing(track: TrackClaim, legs: Legs) -> tuple[str, ...]:
    missing: list[str] = []
    if len(track.positions) < 2:
        missing.append(say("the positions that were flown through"))
    elif not legs.times:
        missing.append(say("the times of the positions"))
    if track.speed is None:
        missing.append(say("a greatest speed of the aircraft"))
    return tuple(missing)


def _duration_text(seconds: float) -> Text:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts: list[Text] = []
    if hours:
        parts.append(say("{value} h", value=number(hours)))
    if minutes:
        parts.append(say("{value} min", value=number(minutes)))
    if rest or not parts:
        parts.append(say("{value} s", value=number(rest)))
    return join(parts)
