"""What a glide, a drift and a powered flight cover.

References
----------
J. D. Anderson, *Introduction to Flight*, chapter 6 (gliding flight): the glide angle a of steady, unpowered flight in
still air has tan a = 1 / (L/D). The air distance from height h is therefore h (L/D), and at the airspeed v the height
is lost at v sin a = v / sqrt(1 + (L/D)^2). Wind W moves the aircraft by W for as long as it flies.
"""

from __future__ import annotations

import math

from geoinc.intervals import Interval
from geoinc.motion.drag import STILL_AIR

__all__ = ["flight_range_m", "glide_range_m", "wind_drift_m"]


def glide_range_m(
    altitude: Interval, glide_ratio: Interval, *, speed: Interval | None = None, wind: Interval = STILL_AIR
) -> Interval:
    """Return every horizontal distance that a glide may cover.

    Parameters
    ----------
    altitude : Interval
        Height of the start above the end, in metres.
    glide_ratio : Interval
        Air distance over height.
    speed : Interval, optional
        The airspeed, in m/s. Needed where there is wind: without it the glide may last any time.
    wind : Interval
        Its speed in m/s, from any direction.

    Returns
    -------
    Interval
        From 0, since a glide may turn, to straight on with the wind behind.

    Examples
    --------
    >>> str(glide_range_m(Interval(9000.0, 9000.0), Interval(1.0, 1.2)))
    '[0, 10800]'
    """
    if not (altitude.bounded and glide_ratio.bounded and wind.bounded):
        return Interval.at_least(0.0)
    carried_m = 0.0
    if wind.high > 0:
        if speed is None or speed.low <= 0:
            return Interval.at_least(0.0)
        carried_m = wind.high * altitude.high * math.sqrt(1 + glide_ratio.high**2) / speed.low
    return Interval(0.0, altitude.high * glide_ratio.high + carried_m)


def flight_range_m(speed: Interval, duration: Interval, *, wind: Interval = STILL_AIR) -> Interval:
    """Return every distance between the ends of a flight.

    Parameters
    ----------
    speed : Interval
        Over the ground, or through the air where `wind` is given, in m/s.
    duration : Interval
        Between the two ends, in seconds; a part below 0 is left out.
    wind : Interval
        Its speed in m/s, from any direction.

    Returns
    -------
    Interval
        From 0, since a flight may turn, to straight on all the time.

    Examples
    --------
    >>> str(flight_range_m(Interval(90.0, 100.0), Interval(60.0, 120.0)))
    '[0, 12000]'
    """
    lasting_s, fastest_m_s = max(0.0, duration.high), speed.high + wind.high
    if lasting_s == 0 or fastest_m_s == 0:
        return Interval(0.0, 0.0)
    return Interval(0.0, fastest_m_s * lasting_s)


def wind_drift_m(wind: Interval, longest_s: float) -> Interval:
    """Return how far wind may carry what falls without speed of its own over the ground.

    Drag brings a falling body towards the speed of the wind and never beyond, whatever the drag law.

    Examples
    --------
    >>> str(wind_drift_m(Interval(5.0, 15.0), 60.0))
    '[0, 900]'
    """
    if wind.high == 0 or longest_s == 0:
        return Interval(0.0, 0.0)
    return Interval(0.0, wind.high * longest_s)
