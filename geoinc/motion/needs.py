"""What each kind of motion would take to cover a distance: the other way round than the bounds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any, Final

from geoinc.intervals import Interval
from geoinc.messages import Text, join, later, number, say
from geoinc.motion.ballistic import farthest_m, least_speed_m_s
from geoinc.motion.lean import ILLUSTRATIVE_ALTITUDES_M, lean_deg
from geoinc.quantities import format_distance
from geoinc.wording import listed

__all__ = ["ILLUSTRATIVE_SPEED_M_S", "Need", "Needs", "altitude_text", "speed_text", "tell_needs", "what_would_cover"]

ILLUSTRATIVE_SPEED_M_S: Final = 100.0
"""Speed for which motion is told where none was published: 360 km/h, about the most that large propeller drones do."""


@dataclass(frozen=True, slots=True)
class Need:
    """What covering the distance takes from one altitude.

    Attributes
    ----------
    altitude_m : float
    lean_deg : Interval
        Angle from the vertical of the straight line down.
    ballistic_speed_m_s : Interval
        Least launch speed without drag, at the best angle; drag asks for more.
    ballistic_farthest_m : float
        What a fall without drag from this altitude covers at most at the speed of `Needs.speed_m_s`.
    glide_ratio : Interval
        In still air.
    """

    altitude_m: float
    lean_deg: Interval
    ballistic_speed_m_s: Interval
    ballistic_farthest_m: float
    glide_ratio: Interval


@dataclass(frozen=True, slots=True)
class Needs:
    """What covering a distance takes.

    Attributes
    ----------
    distance : Interval
        In metres.
    by_altitude : tuple of Need
        From the lowest altitude to the highest.
    speed_m_s : float
        The speed for which falls and flights are told.
    flight_s : Interval
        How long a straight flight at that speed lasts.
    altitude_stated, speed_stated : bool
        Whether somebody stated them; else they are examples.
    """

    distance: Interval
    by_altitude: tuple[Need, ...]
    speed_m_s: float
    flight_s: Interval
    altitude_stated: bool
    speed_stated: bool

    def document(self) -> dict[str, Any]:
        """Return the figures as data, JSON-ready, units in their names."""
        return {
            "altitude_stated": self.altitude_stated,
            "speed_stated": self.speed_stated,
            "speed_m_s": self.speed_m_s,
            "flight_s": _ends(self.flight_s),
            "needed_by_altitude_m": {
                f"{need.altitude_m:.0f}": {
                    "lean_deg": _ends(need.lean_deg),
                    "drag_free_least_speed_m_s": _ends(need.ballistic_speed_m_s),
                    "drag_free_farthest_m": need.ballistic_farthest_m,
                    "glide_ratio": _ends(need.glide_ratio),
                }
                for need in self.by_altitude
            },
        }


def what_would_cover(
    distance: Interval,
    *,
    altitudes_m: Sequence[float] = (),
    speed_m_s: float | None = None,
) -> Needs:
    """Return what each kind of motion would take to cover a distance.

    Parameters
    ----------
    distance : Interval
        In metres, bounded: what has to be covered, say by the boundary source.
    altitudes_m : sequence of float
        Altitudes that were stated, greater than 0; without any, two examples serve.
    speed_m_s : float, optional
        A speed that was stated; without it, an example serves.

    Examples
    --------
    >>> needs = what_would_cover(Interval(9100.0, 10300.0))
    >>> high = needs.by_altitude[-1]
    >>> round(high.ballistic_farthest_m), round(high.glide_ratio.low, 2), round(high.glide_ratio.high, 2)
    (4404, 1.01, 1.14)
    """
    if not distance.bounded or distance.low < 0:
        raise ValueError(f"a distance to cover has two finite ends, 0 or more, not {distance}")
    heights = sorted({each for each in altitudes_m if 0 < each < math.inf}) or ILLUSTRATIVE_ALTITUDES_M
    speed = ILLUSTRATIVE_SPEED_M_S if speed_m_s is None else speed_m_s
    low, high = distance.low, distance.high
    needs = tuple(
        Need(
            altitude_m=height,
            lean_deg=Interval(lean_deg(low, height), lean_deg(high, height)),
            ballistic_speed_m_s=Interval(least_speed_m_s(low, height), least_speed_m_s(high, height)),
            ballistic_farthest_m=farthest_m(height, speed),
            glide_ratio=Interval(low / height, high / height),
        )
        for height in heights
    )
    flight = Interval(low / speed, high / speed) if speed > 0 else Interval(0.0, math.inf)
    return Needs(
        distance=distance,
        by_altitude=needs,
        speed_m_s=speed,
        flight_s=flight,
        altitude_stated=heights is not ILLUSTRATIVE_ALTITUDES_M,
        speed_stated=speed_m_s is not None,
    )


def tell_needs(needs: Needs, way: Text | None = None) -> Text:
    """Return what would cover the distance in two plain sentences; what was not stated is called an example.

    Parameters
    ----------
    needs : Needs
    way : Text, optional
        What the distance is, as it stands behind "would do": "for the least way to M1".

    Examples
    --------
    >>> print(tell_needs(what_would_cover(Interval(9100.0, 10300.0))))
    As examples, since no altitude or speed was stated: a fall without drag from 9 km at 100 m/s (360 km/h) covers at \
most 4.40 km, whatever the launch angle. In still air a glide ratio of 1.2 from 9 km or 3.5 from 3 km would do, and \
so would 103 s of straight flight at that speed.
    """
    highest = needs.by_altitude[-1]
    fall = say(
        _FALLS[needs.altitude_stated, needs.speed_stated],
        altitude=altitude_text(highest.altitude_m),
        speed=speed_text(needs.speed_m_s),
        distance=format_distance(highest.ballistic_farthest_m),
    )
    # Rounded up to a tenth: what is told to do must do.
    ratios = [
        say(
            "{ratio} from {altitude}",
            ratio=number(_up_to_tenth(need.glide_ratio.high)),
            altitude=altitude_text(need.altitude_m),
        )
        for need in reversed(needs.by_altitude)
    ]
    values: dict[str, str] = {"ratios": listed(ratios, last="or")}
    if way is not None:
        values["way"] = way
    flies = math.isfinite(needs.flight_s.high)
    if flies:
        values["seconds"] = number(math.ceil(needs.flight_s.high))
    return join([fall, say(_GLIDES[way is not None, flies], **values)])


_FALLS: Final = {
    (True, True): later(
        "A fall without drag from {altitude} at {speed} covers at most {distance}, whatever the launch angle."
    ),
    (True, False): later(
        "As examples, since no speed was stated: a fall without drag from {altitude} at {speed} covers at most "
        "{distance}, whatever the launch angle."
    ),
    (False, True): later(
        "As examples, since no altitude was stated: a fall without drag from {altitude} at {speed} covers at most "
        "{distance}, whatever the launch angle."
    ),
    (False, False): later(
        "As examples, since no altitude or speed was stated: a fall without drag from {altitude} at {speed} covers at "
        "most {distance}, whatever the launch angle."
    ),
}
"""By whether an altitude and a speed were stated."""
_GLIDES: Final = {
    (False, False): later("In still air a glide ratio of {ratios} would do."),
    (False, True): later(
        "In still air a glide ratio of {ratios} would do, and so would {seconds} s of straight flight at that speed."
    ),
    (True, False): later("In still air a glide ratio of {ratios} would do {way}."),
    (True, True): later(
        "In still air a glide ratio of {ratios} would do {way}, and so would {seconds} s of straight flight at that "
        "speed."
    ),
}
"""By whether the way is named, and whether a flight at the speed gets there."""


def altitude_text(altitude_m: float) -> Text:
    """Write an altitude without needless zeros: "9 km", "450 m"."""
    if altitude_m >= 1000:
        return say("{value} km", value=number(f"{altitude_m / 1000:.4g}"))
    return say("{value} m", value=number(f"{altitude_m:.4g}"))


def speed_text(speed_m_s: float) -> Text:
    """Write a speed in both units that people use: "100 m/s (360 km/h)"."""
    return say("{m_s} m/s ({km_h} km/h)", m_s=number(f"{speed_m_s:.3g}"), km_h=number(f"{speed_m_s * 3.6:.0f}"))


def _up_to_tenth(value: float) -> Decimal:
    return Decimal(value).quantize(Decimal("0.1"), rounding=ROUND_CEILING)


def _ends(interval: Interval) -> dict[str, float | None]:
    ends = {"least": interval.low, "greatest": interval.high}
    return {name: end if math.isfinite(end) else None for name, end in ends.items()}
