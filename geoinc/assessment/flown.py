"""What was stated of a flight as a whole, its speed, length and duration, against its positions and one another."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from geoinc.claims import Incident, TrackClaim
from geoinc.consistency import finding_id
from geoinc.findings import Finding, FindingKind, Outcome
from geoinc.intervals import Interval
from geoinc.motion import LeastSpeed, elapsed_s, least_mean_speed, speed_text
from geoinc.quantities import format_distance
from geoinc.ranges import separation_interval_m
from geoinc.wording import party_name

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
    told: str


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
    opening = f"{party_name(incident, track)} ({track.tag})"
    sentences = []
    if legs.ways:
        sentences.append(
            f"The way between the {len(track.positions)} positions published by {opening} is at least "
            f"{format_distance(least_m)} long, whatever was flown between them."
        )
    if needed is not None:
        sentences.append(_tell_speed(track, needed))
    if tests:
        # Where something does not hold, that is what has to be said.
        told = "; ".join(test.told for test in tests if not test.holds) or "; ".join(test.told for test in tests)
        sentences.append(f"{told[0].upper()}{told[1:]}." if legs.ways else f"By {opening}: {told}.")
    missing = _missing(track, legs)
    if not tests:
        sentences.append("Nothing else was stated that this could be held against.")
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
        statement=" ".join(sentences),
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
        yield _compare(f"the stated speed of {speed.text.strip()}", speed.interval, needed.speed_m_s, "that mean speed")
    if length is not None and legs.ways:
        yield _compare(f"the stated length of {length.text.strip()}", length.interval, legs.least_m, "that length")
    if duration is not None and lasted is not None and legs.ways:
        told = f"the {_duration_text(lasted.low)} from the first position to the last"
        yield _compare(f"the stated duration of {duration.text.strip()}", duration.interval, lasted.low, told)
    if speed is None or duration is None or not (speed.interval.bounded and duration.interval.bounded):
        return
    farthest = Interval(0.0, speed.interval.high * duration.interval.high)
    together = f"{speed.text.strip()} for {duration.text.strip()}, {format_distance(farthest.high)} at most,"
    if length is not None:
        yield _compare(together, farthest, length.interval.low, f"the stated length of {length.text.strip()}")
    if legs.ways:
        yield _compare(together, farthest, legs.least_m, "the way between the positions")


def _compare(what: str, stated: Interval, needed: float, told: str) -> _Test:
    holds = math.isfinite(needed) and stated.overlaps(Interval.at_least(needed))
    return _Test(holds, f"{what} {'allows' if holds else 'is less than'} {told}")


def _tell_speed(track: TrackClaim, needed: LeastSpeed) -> str:
    between = f"from position {needed.first + 1} to position {needed.last + 1}"
    if math.isinf(needed.speed_m_s):
        return f"No speed covers the way {between} in the printed time."
    whole = (needed.first, needed.last) == (0, len(track.positions) - 1)
    return f"In the printed times it asks for a mean of at least {speed_text(needed.speed_m_s)}" + (
        "." if whole else f" {between}."
    )


def _missing(track: TrackClaim, legs: Legs) -> tuple[str, ...]:
    missing = []
    if len(track.positions) < 2:
        missing.append("the positions that were flown through")
    elif not legs.times:
        missing.append("the times of the positions")
    if track.speed is None:
        missing.append("a greatest speed of the aircraft")
    return tuple(missing)


def _duration_text(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{hours} h"] * (hours > 0) + [f"{minutes} min"] * (minutes > 0) + [f"{rest} s"] * (rest > 0)
    return " ".join(parts) or "0 s"
