"""A fall with drag that grows with the square of the speed.

The path is followed in a variable that removes the stiffness of a fall near its terminal speed. With the path's slope
p = dy/dx = -sinh s, the equations of a point mass in still air become

    dx/ds = v^2 / (g cosh s),   dy/ds = -v^2 tanh s / g,   dt/ds = v / g,
    d(v^2)/ds = 2 v^2 tanh s - rho v^4 / (b g),

b being the ballistic coefficient m / (C_D A): dp/dt = -g / v_x, since drag lies along the path, gives ds/dt = g / v.

Two things are proved and rest on this alone.

*Drag only shortens.* Along the path d^2y/dx^2 = -g / v_x^2. In still air drag lies against the motion, so v_x never
grows: the path lies below the one without drag from the same launch, whatever the drag law, the density and the
tumbling, as long as there is no lift.

*A launch at or below the horizontal is monotonic.* With w = log v_x: dw/dx = -(rho(y) / 2b) sqrt(1 + p^2),
dp/dx = -g exp(-2w), dy/dx = p. For p <= 0 and density that falls with height, each right side grows with the other two
unknowns; by the comparison theorem for such systems a higher, faster, flatter launch, a greater b and thinner air each
lead at least as far.

References
----------
R. L. McCoy, *Modern Exterior Ballistics* (1999), chapter 5 (point mass with quadratic drag, flat fire).
E. Kamke, "Zur Theorie der Systeme gewöhnlicher Differentialgleichungen II", *Acta Mathematica* 58 (1932) 57-85
(comparison theorem).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geoinc.intervals import Interval
from geoinc.motion.atmosphere import DENSITY_SHARE, air_density_kg_m3
from geoinc.motion.ballistic import ANY_ANGLE_DEG, GRAVITY_M_S2, drag_free_range_m

__all__ = ["STILL_AIR", "Falls", "drag_range_m", "follow_falls", "longest_fall_s"]

STILL_AIR: Final = Interval(0.0, 0.0)

Array = NDArray[np.float64]

LARGEST_STEP: Final = 0.1
LARGEST_LOSS: Final = 0.2
STEEP_AT: Final = 30.0
LEAST_SPEED_M_S: Final = 1e-3
BISECTIONS: Final = 50
PIECES: Final = 30
HEIGHTS: Final = 2001


@dataclass(frozen=True, slots=True)
class Falls:
    """How far falls reach and how long they last; arrays of one shape."""

    distance_m: Array
    duration_s: Array


def follow_falls(
    altitude_m: ArrayLike,
    speed_m_s: ArrayLike,
    launch_angle_deg: ArrayLike,
    ballistic_coefficient_kg_m2: ArrayLike,
    *,
    density_share: ArrayLike = 1.0,
) -> Falls:
    """Follow falls in still air down to the ground, by fourth-order Runge-Kutta steps.

    Parameters
    ----------
    altitude_m, speed_m_s : array_like
        Height above the end, and speed at the start.
    launch_angle_deg : array_like
        Above the horizontal, between -90 and 90 without these.
    ballistic_coefficient_kg_m2 : array_like
        m / (C_D A), greater than 0.
    density_share : array_like
        The density is this share of the standard one, counted from the ground as from sea level. All five broadcast
        against one another.

    Returns
    -------
    Falls
        To 1e-4 of the values (tests against finer steps, and against steps of time).

    Examples
    --------
    >>> falls = follow_falls(9000.0, 100.0, 0.0, [500.0, 5000.0])
    >>> print(falls.distance_m.round(-1), falls.duration_s.round(1))
    [1740. 3790.] [89.  48.1]
    """
    arrays = np.broadcast_arrays(
        *(
            np.asarray(value, dtype=np.float64)
            for value in (altitude_m, speed_m_s, launch_angle_deg, ballistic_coefficient_kg_m2, density_share)
        )
    )
    shape = arrays[0].shape
    altitude, speed, angle_deg, coefficient, share = (array.ravel() for array in arrays)
    squared = np.maximum(speed, LEAST_SPEED_M_S) ** 2
    state = np.stack([np.zeros_like(altitude), altitude.copy(), squared, np.zeros_like(altitude)])
    s = -np.arcsinh(np.tan(np.radians(angle_deg)))
    drag = share / (coefficient * GRAVITY_M_S2)
    falling = np.ones(altitude.shape, dtype=bool)
    while falling.any():
        at = np.flatnonzero(falling)
        now, k, here = state[:, at], drag[at], s[at]
        loss = k * air_density_kg_m3(now[1]) * now[2]
        step = np.minimum(LARGEST_STEP, LARGEST_LOSS / np.maximum(loss, 1e-300))
        after = _step(now, here, step, k)
        landed = after[1] <= 0
        if landed.any():
            after[:, landed] = _land(now[:, landed], here[landed], step[landed], k[landed])
        state[:, at] = after
        s[at] = here + step
        falling[at] = ~landed & (s[at] < STEEP_AT)
    left = state[1] > 0
    if left.any():
        state[3, left] += _steep_s(state[1, left], drag[left])
    return Falls(state[0].reshape(shape), state[3].reshape(shape))


def _rates(state: Array, s: Array, drag: Array) -> Array:
    """Derivatives of distance, height, squared speed and time with respect to s."""
    _, height, squared, _ = state
    squared = np.maximum(squared, 0.0)
    steep = np.tanh(s)
    return np.stack(
        [
            squared / (GRAVITY_M_S2 * np.cosh(s)),
            -squared * steep / GRAVITY_M_S2,
            2 * squared * steep - drag * air_density_kg_m3(height) * squared**2,
            np.sqrt(squared) / GRAVITY_M_S2,
        ]
    )


def _step(state: Array, s: Array, step: Array, drag: Array) -> Array:
    first = _rates(state, s, drag)
    second = _rates(state + step / 2 * first, s + step / 2, drag)
    third = _rates(state + step / 2 * second, s + step / 2, drag)
    fourth = _rates(state + step * third, s + step, drag)
    return np.asarray(state + step / 6 * (first + 2 * second + 2 * third + fourth))


def _land(state: Array, s: Array, step: Array, drag: Array) -> Array:
    """The state at height 0, inside a step that ends below it."""
    low, high = np.zeros_like(step), step.copy()
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        above = _step(state, s, middle, drag)[1] > 0
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return _step(state, s, high, drag)


def _steep_s(height: Array, drag: Array) -> Array:
    """Time for the rest of a fall that is vertical to 1e-13, at the terminal speed of each height.

    The air grows denser downwards, so the fall runs ahead of its terminal speed and takes no longer than this.
    """
    levels = np.linspace(0.0, 1.0, HEIGHTS)[:, None] * height
    slowness = np.sqrt(drag * air_density_kg_m3(levels) / 2)
    return np.asarray(((slowness[:-1] + slowness[1:]) / 2).mean(axis=0) * height)


def drag_range_m(
    altitude: Interval,
    speed: Interval,
    ballistic_coefficient: Interval,
    launch_angle_deg: Interval = ANY_ANGLE_DEG,
    *,
    wind: Interval = STILL_AIR,
) -> Interval:
    """Return bounds on the horizontal distance that a fall with quadratic drag covers.

    Parameters
    ----------
    altitude, speed, launch_angle_deg : Interval
        As for `drag_free_range_m`.
    ballistic_coefficient : Interval
        m / (C_D A), in kg/m^2.
    wind : Interval
        Its speed in m/s, from any direction, the same all the way down.

    Returns
    -------
    Interval
        Every fall lies inside, in air of 0.5 to 1.3 times the standard density. For launches at or below the
        horizontal in still air both ends are reached; above it the upper end is a bound, taken piece by piece of the
        angle from the drag-free way to the top and a level launch from there, and the lower end is 0. With wind W the
        upper end is that of a launch at v + W, and W for as long as the fall lasts; the lower end is 0.

    Examples
    --------
    >>> one = Interval(100.0, 100.0)
    >>> found = drag_range_m(Interval(9000.0, 9000.0), one, Interval(500.0, 500.0), Interval(0.0, 0.0))
    >>> round(found.low, -1), round(found.high, -1)
    (1500.0, 2470.0)
    """
    if not (altitude.bounded and speed.bounded and wind.bounded):
        return Interval(0.0, np.inf)
    fast = Interval(speed.low, speed.high + wind.high)
    carried_m = 0.0
    angles = launch_angle_deg
    if wind.high > 0:
        # Seen from the moving air the launch may point anywhere.
        angles = ANY_ANGLE_DEG
        carried_m = wind.high * longest_fall_s(altitude.high, fast.high, ballistic_coefficient, ANY_ANGLE_DEG)
    high = _farthest_m(altitude.high, fast.high, ballistic_coefficient.high, angles)
    high = min(high, drag_free_range_m(altitude, fast, angles).high) + carried_m
    low = 0.0
    level = launch_angle_deg.high <= 0 and wind.high == 0
    if level and launch_angle_deg.low > -90 and ballistic_coefficient.low > 0:
        nearest = follow_falls(
            altitude.low,
            speed.low,
            launch_angle_deg.low,
            ballistic_coefficient.low,
            density_share=DENSITY_SHARE.high,
        )
        low = float(nearest.distance_m)
    return Interval(min(low, high), high)


def _farthest_m(altitude_m: float, speed_m_s: float, coefficient: float, angles: Interval) -> float:
    if np.isinf(coefficient):
        return np.inf
    flattest = min(angles.high, 0.0)
    starts = [(0.0, altitude_m, speed_m_s, max(flattest, -89.99))]
    if angles.high > 0:
        ends = np.radians(np.linspace(max(angles.low, 0.0), angles.high, PIECES + 1))
        for lower, upper in pairwise(ends):
            steepest = np.sin(min(2 * upper, np.pi / 2)) if 2 * lower <= np.pi / 2 else np.sin(2 * lower)
            to_top_m = speed_m_s**2 * steepest / (2 * GRAVITY_M_S2)
            top_m = altitude_m + (speed_m_s * np.sin(upper)) ** 2 / (2 * GRAVITY_M_S2)
            starts.append((to_top_m, top_m, speed_m_s * np.cos(lower), 0.0))
    gone, heights, speeds, launched = np.array(starts).T
    falls = follow_falls(heights, speeds, launched, coefficient, density_share=DENSITY_SHARE.low)
    return float((gone + falls.distance_m).max())


def longest_fall_s(
    altitude_m: float, speed_m_s: float, ballistic_coefficient: Interval, launch_angle_deg: Interval = ANY_ANGLE_DEG
) -> float:
    """Return how long a fall with drag lasts at most, in seconds.

    The way up without drag, and from its top the longest fall: level at the full speed, whose drag holds it up
    longest, through the densest air. That a faster level launch lasts longer is tested, not proved.

    Examples
    --------
    >>> round(longest_fall_s(9000.0, 0.0, Interval(500.0, 500.0)))
    98
    """
    if not np.isfinite([altitude_m, speed_m_s]).all() or ballistic_coefficient.low <= 0:
        return np.inf
    up_m_s = speed_m_s * np.sin(np.radians(max(launch_angle_deg.high, 0.0)))
    top_m = altitude_m + up_m_s**2 / (2 * GRAVITY_M_S2)
    falls = follow_falls(top_m, speed_m_s, 0.0, ballistic_coefficient.low, density_share=DENSITY_SHARE.high)
    return float(up_m_s / GRAVITY_M_S2 + falls.duration_s)
