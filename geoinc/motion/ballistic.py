"""A fall without drag: how far from the vertical it can end.

The ground is taken as level, gravity as uniform and the earth as at rest. `model_margin_m` says how far these three
may be off together.

References
----------
Derived here from constant acceleration. With launch speed v, launch angle t above the horizontal and height h, the
fall lasts T = (v sin t + sqrt(v^2 sin^2 t + 2 g h)) / g and covers d = v cos t T. Squaring the equation of the path
for an impact at distance d, with p = tan t:

    h = g d^2 (1 + p^2) / (2 v^2) - p d.

As an equation for p this has a solution only while v^4 + 2 g h v^2 >= g^2 d^2, so that over all launch angles

    d <= (v / g) sqrt(v^2 + 2 g h),

reached at p = v / sqrt(v^2 + 2 g h). Solved for v and for h, the same condition gives the least speed and the least
altitude that cover a distance.

Standard acceleration of gravity: 9.806 65 m/s^2 (3rd CGPM, 1901; ISO 80000-3).
"""

from __future__ import annotations

import math
from typing import Final

from geoinc.intervals import Interval

__all__ = [
    "ANY_ANGLE_DEG",
    "GRAVITY_M_S2",
    "drag_free_range_m",
    "fall_range_m",
    "farthest_m",
    "least_altitude_m",
    "least_speed_m_s",
    "model_margin_m",
]

GRAVITY_M_S2: Final = 9.80665
ANY_ANGLE_DEG: Final = Interval(-90.0, 90.0)
"""Launch angles above the horizontal: straight down to straight up."""
MARGIN_SHARE: Final = 0.015


def model_margin_m(altitude_m: float, distance_m: float) -> float:
    """Bound what level ground, uniform gravity and an earth at rest may be off, in metres.

    One and a half hundredths of the altitude and of the distance together. Falls on a rotating sphere with gravity
    that lessens with height stay inside it up to 20 km and 350 m/s, in every direction and at every latitude (a test).

    Examples
    --------
    >>> model_margin_m(9000.0, 4404.0)
    201.06
    """
    return MARGIN_SHARE * (altitude_m + distance_m)


def fall_range_m(altitude_m: float, speed_m_s: float, launch_angle_deg: float) -> float:
    """Return the horizontal distance that one fall without drag covers.

    Parameters
    ----------
    altitude_m : float
        Height of the start above the end, 0 or more.
    speed_m_s : float
        At the start, 0 or more.
    launch_angle_deg : float
        Above the horizontal, from -90 to 90.

    Examples
    --------
    >>> round(fall_range_m(9000.0, 100.0, 0.0))
    4284
    """
    if math.isinf(altitude_m) or math.isinf(speed_m_s):
        return math.inf
    angle = math.radians(launch_angle_deg)
    up_m_s = speed_m_s * math.sin(angle)
    root = math.sqrt(up_m_s**2 + 2 * GRAVITY_M_S2 * altitude_m)
    # Two forms of one root: a difference of nearly equal numbers is avoided.
    duration_s = (up_m_s + root) / GRAVITY_M_S2 if up_m_s >= 0 else 2 * altitude_m / (root - up_m_s)
    return speed_m_s * math.cos(angle) * duration_s


def farthest_m(altitude_m: float, speed_m_s: float) -> float:
    """Return the greatest distance that a fall without drag covers over all launch angles.

    Examples
    --------
    >>> round(farthest_m(9000.0, 100.0))
    4404
    """
    if math.isinf(altitude_m) or math.isinf(speed_m_s):
        return math.inf
    return speed_m_s / GRAVITY_M_S2 * math.sqrt(speed_m_s**2 + 2 * GRAVITY_M_S2 * altitude_m)


def drag_free_range_m(altitude: Interval, speed: Interval, launch_angle_deg: Interval = ANY_ANGLE_DEG) -> Interval:
    """Return every horizontal distance that a fall without drag may cover.

    Parameters
    ----------
    altitude : Interval
        Height of the start above the end, in metres.
    speed : Interval
        At the start, in m/s.
    launch_angle_deg : Interval
        Above the horizontal; any angle unless given.

    Returns
    -------
    Interval
        Exact: at a given angle the distance grows with altitude and speed, and over the angles it has one maximum
        and its least value at an end.

    Examples
    --------
    >>> found = drag_free_range_m(Interval(9000.0, 9000.0), Interval(90.0, 100.0))
    >>> round(found.low), round(found.high)
    (0, 4404)
    """
    steepest, flattest = launch_angle_deg.low, launch_angle_deg.high
    low = min(fall_range_m(altitude.low, speed.low, angle) for angle in (steepest, flattest))
    best_deg = _best_angle_deg(altitude.high, speed.high)
    high = fall_range_m(altitude.high, speed.high, min(max(best_deg, steepest), flattest))
    return Interval(low, max(low, high))


def _best_angle_deg(altitude_m: float, speed_m_s: float) -> float:
    if speed_m_s == 0 or math.isinf(altitude_m) or math.isinf(speed_m_s):
        return 0.0
    return math.degrees(math.atan2(speed_m_s, math.sqrt(speed_m_s**2 + 2 * GRAVITY_M_S2 * altitude_m)))


def least_speed_m_s(distance_m: float, altitude_m: float) -> float:
    """Return the least launch speed with which a fall without drag covers a distance, at the best angle.

    Examples
    --------
    >>> round(least_speed_m_s(9100.0, 9000.0))
    193
    """
    # sqrt(h^2 + d^2) - h, without the loss of digits where d is small.
    rise_m = distance_m**2 / (math.hypot(altitude_m, distance_m) + altitude_m) if distance_m > 0 else 0.0
    return math.sqrt(GRAVITY_M_S2 * rise_m)


def least_altitude_m(distance_m: float, speed_m_s: float) -> float:
    """Return the least altitude from which a fall without drag covers a distance, at the best angle.

    Examples
    --------
    >>> round(least_altitude_m(9100.0, 100.0))
    40095
    """
    if distance_m == 0:
        return 0.0
    if speed_m_s == 0:
        return math.inf
    needed = GRAVITY_M_S2 * distance_m**2 / (2 * speed_m_s**2) - speed_m_s**2 / (2 * GRAVITY_M_S2)
    return max(0.0, needed)
