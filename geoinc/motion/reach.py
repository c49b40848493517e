"""The displacement that a described fall, glide or flight allows with what was stated of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from geoinc.claims import FallClaim, FallMode
from geoinc.intervals import Interval
from geoinc.messages import say
from geoinc.motion.ballistic import ANY_ANGLE_DEG, drag_free_range_m, model_margin_m
from geoinc.motion.drag import STILL_AIR, drag_range_m, longest_fall_s
from geoinc.motion.travel import flight_range_m, glide_range_m, wind_drift_m

__all__ = ["ALTITUDE", "COEFFICIENT", "DURATION", "IN_STILL_AIR", "RATIO", "SPEED", "Reach", "reach_of"]

ALTITUDE: Final = say("the altitude at which the fall began")
SPEED: Final = say("the speed")
RATIO: Final = say("the glide ratio")
COEFFICIENT: Final = say("the ballistic coefficient, without which the part of the wind cannot be told")
IN_STILL_AIR: Final = say("in still air")
DURATION: Final = say("the times of both ends")


@dataclass(frozen=True, slots=True)
class Reach:
    """What a described motion allows.

    Attributes
    ----------
    allowed : Interval or None
        Every horizontal distance that it may cover, in metres; None where something is missing.
    margin_m : float
        What the model of the motion may be off; a decision leaves it room.
    conditions : tuple of str
        Under which this holds, beyond what was stated, as parts of a sentence.
    missing : tuple of str
        What would have to be stated.
    """

    allowed: Interval | None
    margin_m: float = 0.0
    conditions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def decided(self) -> Interval | None:
        """What is allowed, widened by the margin, from 0 on."""
        if self.allowed is None:
            return None
        wide = self.allowed.widened(self.margin_m)
        return Interval(max(0.0, wide.low), wide.high)


def reach_of(fall: FallClaim, duration: Interval | None = None) -> Reach:
    """Return what a fall, a glide or a flight allows with what its claim states; nothing is filled in.

    Parameters
    ----------
    fall : FallClaim
        What was stated.
    duration : Interval, optional
        Between its two ends, in seconds, for powered flight.
    """
    match fall.mode:
        case FallMode.VERTICAL:
            return _vertical(fall)
        case FallMode.BALLISTIC:
            return _ballistic(fall)
        case FallMode.GLIDE:
            return _glide(fall)
        case FallMode.FLIGHT:
            return _flight(fall, duration)


def _wind(fall: FallClaim) -> tuple[Interval, tuple[str, ...]]:
    return (STILL_AIR, (IN_STILL_AIR,)) if fall.wind is None else (fall.wind.interval, ())


def _vertical(fall: FallClaim) -> Reach:
    wind, _ = _wind(fall)
    if fall.altitude is None:
        return Reach(None, missing=(ALTITUDE,))
    if wind.high == 0 or fall.ballistic_coefficient is None:
        return Reach(None, missing=(COEFFICIENT,) if wind.high > 0 else ())
    height = fall.altitude.interval
    longest_s = longest_fall_s(height.high, wind.high, fall.ballistic_coefficient.interval, STILL_AIR)
    if not math.isfinite(longest_s):
        return Reach(Interval.at_least(0.0))
    allowed = wind_drift_m(wind, longest_s)
    return Reach(allowed, model_margin_m(height.high, allowed.high))


def _ballistic(fall: FallClaim) -> Reach:
    wind, conditions = _wind(fall)
    lacking = ((ALTITUDE, fall.altitude), (SPEED, fall.speed))
    missing = tuple(name for name, stated in lacking if stated is None)
    if wind.high > 0 and fall.ballistic_coefficient is None:
        missing = (*missing, COEFFICIENT)
    if missing or fall.altitude is None or fall.speed is None:
        return Reach(None, missing=missing)
    angles = ANY_ANGLE_DEG
    if fall.launch_angle_deg is None:
        conditions = (*conditions, say("at any launch angle"))
    else:
        angles = Interval(*fall.launch_angle_deg)
    height, speed = fall.altitude.interval, fall.speed.interval
    if fall.ballistic_coefficient is None:
        # Drag shortens a fall by an unknown part: only the upper end is known.
        allowed = Interval(0.0, drag_free_range_m(height, speed, angles).high)
        conditions = (*conditions, say("without drag (which would only shorten it)"))
    else:
        allowed = drag_range_m(height, speed, fall.ballistic_coefficient.interval, angles, wind=wind)
    margin_m = model_margin_m(height.high, allowed.high) if allowed.bounded else 0.0
    return Reach(allowed, margin_m, conditions)


def _glide(fall: FallClaim) -> Reach:
    wind, conditions = _wind(fall)
    missing = [name for name, stated in ((ALTITUDE, fall.altitude), (RATIO, fall.glide_ratio)) if stated is None]
    if wind.high > 0 and fall.speed is None:
        missing.append(SPEED)
    if missing or fall.altitude is None or fall.glide_ratio is None:
        return Reach(None, missing=tuple(missing))
    speed = None if fall.speed is None else fall.speed.interval
    allowed = glide_range_m(fall.altitude.interval, fall.glide_ratio.interval, speed=speed, wind=wind)
    return Reach(allowed, 0.0, conditions)


def _flight(fall: FallClaim, duration: Interval | None) -> Reach:
    # A speed without a word of wind is one over the ground.
    wind = STILL_AIR if fall.wind is None else fall.wind.interval
    missing = tuple(name for name, stated in ((SPEED, fall.speed), (DURATION, duration)) if stated is None)
    if fall.speed is None or duration is None:
        return Reach(None, missing=missing)
    return Reach(flight_range_m(fall.speed.interval, duration, wind=wind))
