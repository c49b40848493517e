"""The words and figures of the page: one place that says how a length, an outcome or a claim is written."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from pyproj import Geod

from geoinc.claims import (
    BorderDistanceClaim,
    Claim,
    FallClaim,
    FallMode,
    OrderClaim,
    PlaceOffsetClaim,
    PositionClaim,
    SamePointClaim,
    SeparationClaim,
    TimeClaim,
    TrackClaim,
    WithinClaim,
)
from geoinc.findings import FindingKind, Outcome
from geoinc.intervals import Interval
from geoinc.measurement import Sense
from geoinc.notation import Reading, format_position
from geoinc.quantities import Precision, format_distance, format_interval
from geoinc.wording import day_text as day

__all__ = [
    "GLOSSES",
    "GROUPS",
    "KINDS",
    "MEASURED",
    "OUTCOMES",
    "PRECISIONS",
    "SENSES",
    "STATED",
    "azimuth",
    "cell",
    "change",
    "day",
    "degrees",
    "figure",
    "headline",
    "instant",
    "interval",
    "language_tag",
    "length",
    "local_span",
    "positions",
    "share",
    "short_length",
    "span",
    "web_address",
]

OUTCOMES: Final[dict[Outcome, str]] = {
    Outcome.CONSISTENT: "consistent",
    Outcome.INCONSISTENT: "inconsistent",
    Outcome.INDETERMINATE: "indeterminate",
    Outcome.NOT_ASSESSABLE: "not assessable",
}

GLOSSES: Final[dict[Outcome, str]] = {
    Outcome.CONSISTENT: "agrees",
    Outcome.INCONSISTENT: "does not agree",
    Outcome.INDETERMINATE: "the data cannot decide",
    Outcome.NOT_ASSESSABLE: "cannot be tested",
}

GROUPS: Final[dict[Outcome, str]] = {
    Outcome.CONSISTENT: "What agrees",
    Outcome.INCONSISTENT: "What cannot hold together",
    Outcome.INDETERMINATE: "What the data cannot decide",
    Outcome.NOT_ASSESSABLE: "What cannot be tested, and why",
}

KINDS: Final[dict[FindingKind, str]] = {
    FindingKind.SIDE: "side of the border",
    FindingKind.DISTANCE: "distance from the border",
    FindingKind.SEPARATION: "distance between two points",
    FindingKind.LIPSCHITZ: "distances from one line, compared",
    FindingKind.TRIANGLE: "three distances, compared",
    FindingKind.SAME_POINT: "one point, given more than once",
    FindingKind.REGIONS: "the ground that the claims allow",
    FindingKind.MOTION: "movement between the points",
    FindingKind.TIMES: "times",
    FindingKind.TRACK: "track",
}

STATED: Final[dict[FindingKind, str]] = {
    FindingKind.LIPSCHITZ: "the stated figures differ by",
    FindingKind.SAME_POINT: "one figure",
    FindingKind.REGIONS: "stated depth",
}
"""What a finding's claimed interval is; ``stated`` where nothing else is said."""

MEASURED: Final[dict[FindingKind, str]] = {
    FindingKind.SIDE: "measured, with uncertainty",
    FindingKind.DISTANCE: "measured, with uncertainty",
    FindingKind.SEPARATION: "between the printed positions",
    FindingKind.LIPSCHITZ: "one line allows",
    FindingKind.TRIANGLE: "the others allow",
    FindingKind.SAME_POINT: "the other",
    FindingKind.REGIONS: "least distance to the printed positions",
    FindingKind.MOTION: "distance covered",
}
"""What a finding's measured interval is; ``measured`` where nothing else is said."""

SENSES: Final[dict[Sense, str]] = {
    Sense.SHORTEST: "shortest",
    Sense.MERIDIAN: "along the meridian",
    Sense.HEADING: "along the stated heading",
    Sense.FROM: "from the named place",
}

PRECISIONS: Final[dict[Precision, str]] = {
    Precision.LAST_DIGIT: "to the last printed digit",
    Precision.FRACTIONAL: "as a quarter, a half or three quarters",
    Precision.DECLARED: "as the file declares",
}

_GEOD: Final = Geod(ellps="WGS84")
_WINDS: Final = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_ADDRESS: Final = re.compile(r"https?://[^\s/?#\"'<>\\]+[^\s\"'<>\\]*", re.IGNORECASE)


def length(metres: float) -> str:
    """Return a length: tenths of a metre below one kilometre, hundredths of a kilometre above.

    Examples
    --------
    >>> length(440.893), length(9963.2), length(-9100.0)
    ('440.9 m', '9.96 km', '−9.10 km')
    """
    return format_distance(metres).replace("-", "−")


def short_length(metres: float) -> str:
    """Return a round length, for scales and axes.

    Examples
    --------
    >>> short_length(20_000.0), short_length(500.0), short_length(2500.0)
    ('20 km', '500 m', '2.5 km')
    """
    return f"{metres / 1000:g} km" if abs(metres) >= 1000 else f"{metres:g} m"


def degrees(value: float, letters: str, step: float) -> str:
    """Return a line of the grid, as finely as its step asks.

    Examples
    --------
    >>> degrees(-2.5, "EW", 0.5), degrees(20.0, "NS", 1.0)
    ('2.5° W', '20° N')
    """
    decimals = max(0, math.ceil(-math.log10(step)))
    letter = "" if round(value, decimals) == 0 else f" {letters[0] if value > 0 else letters[1]}"
    return f"{abs(value):.{decimals}f}°{letter}"


def figure(value: float, unit: str) -> str:
    """Return a value that is no length: ``deg``, ``s``, or any other unit as it is called.

    Examples
    --------
    >>> figure(8.37, "deg"), figure(4080, "s")
    ('8.4°', '1 h 8 min')
    """
    if unit == "deg":
        return f"{value:.1f}°".replace("-", "−")
    if unit == "s":
        return _duration(value)
    return f"{value:g} {unit}"


def _duration(seconds: float) -> str:
    sign = "−" if seconds < 0 else ""
    minutes, rest = divmod(round(abs(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{hours} h"] * (hours > 0) + [f"{minutes} min"] * (minutes > 0) + [f"{rest} s"] * (rest > 0)
    return sign + (" ".join(parts) or "0 s")


def interval(values: Interval | None, unit: str = "m") -> str:
    """Return an interval in words; an empty string for None.

    Examples
    --------
    >>> interval(Interval(9450, 9550)), interval(Interval(8.4, 8.4), "deg")
    ('9.45 to 9.55 km', '8.4°')
    >>> interval(Interval(0, 3600), "s")
    '0 s to 1 h'
    """
    if values is None:
        return ""
    if unit == "m":
        return format_interval(values).replace("-", "−")
    low, high = values.low, values.high
    if math.isinf(low) and math.isinf(high):
        return "any value"
    if math.isinf(high):
        return f"{'more than' if values.low_open else 'at least'} {figure(low, unit)}"
    if math.isinf(low):
        return f"{'less than' if values.high_open else 'at most'} {figure(high, unit)}"
    first, last = figure(low, unit), figure(high, unit)
    return first if first == last else f"{first} to {last}"


def azimuth(degrees: float) -> str:
    """Return a direction in degrees and in words.

    Examples
    --------
    >>> azimuth(351.2)
    '351°, north'
    """
    return f"{round(degrees) % 360}°, {_WINDS[round(degrees / 45) % 8]}"


def positions(reading: Reading) -> tuple[str, ...]:
    """Return a printed position in decimal degrees and in degrees, minutes and seconds, as finely as it was printed.

    Examples
    --------
    >>> positions(Reading(2.89391694, 19.86798278, 1.4e-7, 1.4e-7, "dms", ""))
    ('19.8679828°N 2.8939169°E', '19°52′04.738″N 2°53′38.101″E')
    >>> positions(Reading(3.0, 20.0, 0.5, 0.5, "decimal", ""))
    ('20°N 3°E',)
    """
    finest = 2 * min(reading.half_width_lon_deg, reading.half_width_lat_deg)
    notations: tuple[Literal["decimal", "dms"], ...] = ("decimal", "dms")
    made = [
        format_position(reading.lon_deg, reading.lat_deg, notation=notation, resolution=finest)
        for notation in notations
    ]
    return tuple(dict.fromkeys(made))


def cell(reading: Reading) -> str:
    """Return how far either way of a printed position all those lie that print the same.

    Examples
    --------
    >>> cell(Reading(3.0, 20.0, 0.5, 0.5, "decimal", ""))
    'latitude ± 0.5° (55.35 km), longitude ± 0.5° (52.32 km)'
    >>> cell(Reading(2.89391694, 19.86798278, 0.0005 / 3600, 0.0005 / 3600, "dms", ""))
    'latitude ± 0.0005″ (1.5 cm), longitude ± 0.0005″ (1.5 cm)'
    """
    lon, lat = reading.lon_deg, reading.lat_deg
    half_lon, half_lat = reading.half_width_lon_deg, reading.half_width_lat_deg
    # Towards the equator there is ground, whatever the latitude.
    _, _, high = _GEOD.inv(lon, lat, lon, lat - math.copysign(half_lat, lat))
    _, _, wide = _GEOD.inv(lon, lat, lon + half_lon, lat)
    return f"latitude {_either_way(half_lat, high)}, longitude {_either_way(half_lon, wide)}"


def _either_way(half_deg: float, half_m: float) -> str:
    angle = f"{half_deg:.3g}°" if half_deg >= 1e-4 else f"{half_deg * 3600:.3g}″"
    return f"± {angle} ({length(half_m) if half_m >= 1 else f'{half_m * 100:.2g} cm'})"


def share(value: float) -> str:
    """Return a share in words or in per cent.

    Examples
    --------
    >>> share(1 / 3), share(0.95), share(0.125)
    ('a third', '95 %', '12.5 %')
    """
    return "a third" if math.isclose(value, 1 / 3, rel_tol=1e-9) else f"{value * 100:.10g} %"


def change(text: str) -> str:
    """Return a change that would turn a finding round, beginning with "if" whether its text does or not.

    Examples
    --------
    >>> change("one lineage were left out"), change("if one lineage were left out")
    ('if one lineage were left out', 'if one lineage were left out')
    """
    return f"if {text.removeprefix('if ')}"


def instant(value: datetime) -> str:
    """Return an instant in UTC."""
    return f"{day(value)}, {value:%H:%M} UTC" + (f" ({value:%S} s)" if value.second else "")


def span(start: datetime, end: datetime) -> str:
    """Return two instants in UTC, the day only once where it is the same."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if start == end:
        return instant(start)
    if start.date() == end.date():
        return f"{day(start)}, {start:%H:%M} to {end:%H:%M} UTC"
    return f"{instant(start)} to {instant(end)}"


def local_span(start: datetime, end: datetime, zone: str) -> str | None:
    """Return two instants in a zone; None where the zone is not known here."""
    try:
        there = ZoneInfo(zone)
    except (LookupError, ValueError, OSError):
        return None
    first, last = start.astimezone(there), end.astimezone(there)
    begin = f"{day(first)}, {first:%H:%M}"
    if first == last:
        return f"{begin} in {zone}"
    return f"{begin} to {f'{last:%H:%M}' if first.date() == last.date() else f'{day(last)}, {last:%H:%M}'} in {zone}"


def language_tag(language: str | None) -> str | None:
    """Return a language tag that may stand in ``lang``; None for anything else."""
    return language if language and _LANGUAGE.fullmatch(language) else None


def web_address(url: str | None) -> str | None:
    """Return `url` if it is a plain address on the web; None for anything else.

    Examples
    --------
    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    return url if url and _ADDRESS.fullmatch(url) else None


def headline(claim: Claim, points: Mapping[str, str], territories: Mapping[str, str]) -> str:
    """Return in a few words what a claim is about.

    Parameters
    ----------
    claim : Claim
    points, territories : mapping of str to str
        Labels and names by id; an id without one stands for itself.
    """
    text = _headline(claim, points, territories)
    return text[:1].upper() + text[1:]


def _headline(claim: Claim, points: Mapping[str, str], territories: Mapping[str, str]) -> str:  # noqa: C901, PLR0911 - one line a kind
    match claim:
        case PositionClaim(point=point):
            return f"Position: {points.get(point, point)}"
        case BorderDistanceClaim(point=point):
            return f"Distance from the border: {points.get(point, point)}"
        case WithinClaim(point=point, territory=territory):
            return f"{points.get(point, point)}: in {territories.get(territory, territory)}"
        case SeparationClaim(points=(first, second)):
            return f"Distance between: {points.get(first, first)}, {points.get(second, second)}"
        case PlaceOffsetClaim(point=point, places=places):
            names = " or ".join(place.name for place in places)
            return f"{points.get(point, point)}: distance from {names}"
        case TrackClaim():
            return "Track of the flight"
        case TimeClaim(event=event):
            return f"Time: {points.get(event, event)}"
        case OrderClaim(event=event):
            return f"Order of events: {points.get(event, event)}"
        case FallClaim(start=start, end=end, mode=mode):
            moved = "Flight" if mode is FallMode.FLIGHT else "Fall"
            return f"{moved}: {points.get(start, start)} to {points.get(end, end)}"
        case SamePointClaim(points=(first, second)):
            return f"One point: {points.get(first, first)}, {points.get(second, second)}"
        case _:
            return claim.kind
