"""The words and figures of the page: one place that says how a length, an outcome or a claim is written."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, tzinfo
from typing import Final, Literal
from zoneinfo import ZoneInfo

from pyproj import Geod

from geoinc.claims import FallMode
from geoinc.findings import FindingKind, Outcome
from geoinc.geodesy import Edges
from geoinc.intervals import Interval
from geoinc.measurement import Sense
from geoinc.messages import Text, Voice, day, join, number, say, say_as
from geoinc.notation import Reading, format_position
from geoinc.quantities import Precision, format_distance, format_interval

__all__ = [
    "EDGES",
    "FALLS",
    "GLOSSES",
    "GROUPS",
    "KINDS",
    "LETTERS",
    "MEASURED",
    "OUTCOMES",
    "PRECISIONS",
    "SENSES",
    "STATED",
    "azimuth",
    "basis",
    "capital",
    "cell",
    "change",
    "clock",
    "day",
    "degrees",
    "figure",
    "instant",
    "interval",
    "language_tag",
    "length",
    "local_span",
    "positions",
    "share",
    "short_length",
    "span",
    "span_in",
    "web_address",
]

OUTCOMES: Final[dict[Outcome, str]] = {
    Outcome.CONSISTENT: say("consistent"),
    Outcome.INCONSISTENT: say("inconsistent"),
    Outcome.INDETERMINATE: say("indeterminate"),
    Outcome.NOT_ASSESSABLE: say("not assessable"),
}

GLOSSES: Final[dict[Outcome, str]] = {
    Outcome.CONSISTENT: say("agrees"),
    Outcome.INCONSISTENT: say("does not agree"),
    Outcome.INDETERMINATE: say("the data cannot decide"),
    Outcome.NOT_ASSESSABLE: say("cannot be tested"),
}

GROUPS: Final[dict[Outcome, str]] = {
    Outcome.CONSISTENT: say("What agrees"),
    Outcome.INCONSISTENT: say("What cannot hold together"),
    Outcome.INDETERMINATE: say("What the data cannot decide"),
    Outcome.NOT_ASSESSABLE: say("What cannot be tested, and why"),
}

KINDS: Final[dict[FindingKind, str]] = {
    FindingKind.SIDE: say("side of the border"),
    FindingKind.DISTANCE: say("distance from the border"),
    FindingKind.SEPARATION: say("distance between two points"),
    FindingKind.LIPSCHITZ: say("distances from one line, compared"),
    FindingKind.TRIANGLE: say("three distances, compared"),
    FindingKind.SAME_POINT: say("one point, given more than once"),
    FindingKind.REGIONS: say("the ground that the claims allow"),
    FindingKind.MOTION: say("movement between the points"),
    FindingKind.TIMES: say("times"),
    FindingKind.TRACK: say("track"),
}

STATED: Final[dict[FindingKind, str]] = {
    FindingKind.LIPSCHITZ: say("the stated figures differ by"),
    FindingKind.SAME_POINT: say("one figure"),
    FindingKind.REGIONS: say("stated depth"),
}
"""What a finding's claimed interval is; ``stated`` where nothing else is said."""

MEASURED: Final[dict[FindingKind, str]] = {
    FindingKind.SIDE: say("measured, with uncertainty"),
    FindingKind.DISTANCE: say("measured, with uncertainty"),
    FindingKind.SEPARATION: say("between the printed positions"),
    FindingKind.LIPSCHITZ: say("one line allows"),
    FindingKind.TRIANGLE: say("the others allow"),
    FindingKind.SAME_POINT: say("the other"),
    FindingKind.REGIONS: say("least distance to the printed positions"),
    FindingKind.MOTION: say("distance covered"),
}
"""What a finding's measured interval is; ``measured`` where nothing else is said."""

SENSES: Final[dict[Sense, str]] = {
    Sense.SHORTEST: say("shortest"),
    Sense.MERIDIAN: say("along the meridian"),
    Sense.HEADING: say("along the stated heading"),
    Sense.FROM: say("from the named place"),
}

PRECISIONS: Final[dict[Precision, str]] = {
    Precision.LAST_DIGIT: say("to the last printed digit"),
    Precision.FRACTIONAL: say("as a quarter, a half or three quarters"),
    Precision.DECLARED: say("as the file declares"),
}

EDGES: Final[dict[Edges, str]] = {
    Edges.GEODESIC: say("geodesic"),
    Edges.PLANAR: say("planar"),
    Edges.RHUMB: say("rhumb"),
}

_BASES: Final = {
    "documented": say("documented"),
    "corroborated": say("corroborated"),
    "assumed": say("assumed"),
    "declared": say("declared"),
}
"""Where the accuracy of a source comes from."""

FALLS: Final[dict[FallMode, str]] = {
    FallMode.VERTICAL: say("vertical fall"),
    FallMode.BALLISTIC: say("ballistic fall"),
    FallMode.GLIDE: say("glide fall"),
    FallMode.FLIGHT: say("flight fall"),
}

_GEOD: Final = Geod(ellps="WGS84")
_WINDS: Final = (
    say("north"),
    say("north-east"),
    say("east"),
    say("south-east"),
    say("south"),
    say("south-west"),
    say("west"),
    say("north-west"),
)
LETTERS: Final = {
    "N": say_as("compass letter", "N"),
    "E": say_as("compass letter", "E"),
    "S": say_as("compass letter", "S"),
    "W": say_as("compass letter", "W"),
}
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_ADDRESS: Final = re.compile(r"https?://[^\s/?#\"'<>\\]+[^\s\"'<>\\]*", re.IGNORECASE)


def length(metres: float) -> str:
    """Return a length: tenths of a metre below one kilometre, hundredths of a kilometre above.

    Examples
    --------
    >>> length(440.893), length(9963.2), length(-9100.0)
    ('440.9 m', '9.96 km', '−9.10 km')
    """
    return format_distance(metres, minus="−")


def short_length(metres: float) -> str:
    """Return a round length, for scales and axes.

    Examples
    --------
    >>> short_length(20_000.0), short_length(500.0), short_length(2500.0)
    ('20 km', '500 m', '2.5 km')
    """
    if abs(metres) >= 1000:
        return say("{value} km", value=number(f"{metres / 1000:g}"))
    return say("{value} m", value=number(f"{metres:g}"))


def degrees(value: float, letters: str, step: float) -> str:
    """Return a line of the grid, as finely as its step asks.

    Examples
    --------
    >>> degrees(-2.5, "EW", 0.5), degrees(20.0, "NS", 1.0)
    ('2.5° W', '20° N')
    """
    decimals = max(0, math.ceil(-math.log10(step)))
    written = say("{value}°", value=number(f"{abs(value):.{decimals}f}"))
    if round(value, decimals) == 0:
        return written
    return say("{angle} {side}", angle=written, side=LETTERS[letters[0] if value > 0 else letters[1]])


def figure(value: float, unit: str) -> str:
    """Return a value that is no length: ``deg``, ``s``, or any other unit as it is called.

    Examples
    --------
    >>> figure(8.37, "deg"), figure(4080, "s"), figure(36.5, "m/s"), figure(4_590_381, "m2")
    ('8.4°', '1 h 8 min', '36.5 m/s', '4.59 km²')
    """
    if unit == "deg":
        return say("{value}°", value=number(f"{value:.1f}"))
    if unit == "s":
        return _duration(value)
    if unit == "m/s":
        return say("{value} m/s", value=number(f"{value:g}"))
    if unit == "m2":
        return say("{value} km²", value=number(value / 1e6, 2))
    return say("{value} {unit}", value=number(f"{value:g}"), unit=unit)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(abs(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [
        *([say("{value} h", value=number(hours))] if hours else []),
        *([say("{value} min", value=number(minutes))] if minutes else []),
        *([say("{value} s", value=number(rest))] if rest or not (hours or minutes) else []),
    ]
    return say("−{amount}", amount=join(parts)) if seconds < 0 else join(parts)


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
        return format_interval(values, minus="−")
    low, high = values.low, values.high
    if math.isinf(low) and math.isinf(high):
        return say("any value")
    if math.isinf(high):
        value = figure(low, unit)
        return say("more than {value}", value=value) if values.low_open else say("at least {value}", value=value)
    if math.isinf(low):
        value = figure(high, unit)
        return say("less than {value}", value=value) if values.high_open else say("at most {value}", value=value)
    first, last = figure(low, unit), figure(high, unit)
    return first if first == last else say("{low} to {high}", low=first, high=last)


def azimuth(degrees: float) -> str:
    """Return a direction in degrees and in words.

    Examples
    --------
    >>> azimuth(351.2)
    '351°, north'
    """
    angle = say("{value}°", value=number(round(degrees) % 360))
    return say("{angle}, {wind}", angle=angle, wind=_WINDS[round(degrees / 45) % 8])


def basis(name: str | None) -> str:
    """Return what an accuracy rests on; an empty string for None.

    Examples
    --------
    >>> basis("documented"), basis(None)
    ('documented', '')
    """
    return "" if name is None else _BASES.get(name, name)


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
    return say(
        "latitude {north_south}, longitude {east_west}",
        north_south=_either_way(half_lat, high),
        east_west=_either_way(half_lon, wide),
    )


def _either_way(half_deg: float, half_m: float) -> str:
    if half_deg >= 1e-4:
        angle = say("{value}°", value=number(f"{half_deg:.3g}"))
    else:
        angle = say("{value}″", value=number(f"{half_deg * 3600:.3g}"))
    extent = length(half_m) if half_m >= 1 else say("{value} cm", value=number(f"{half_m * 100:.2g}"))
    return say("± {angle} ({extent})", angle=angle, extent=extent)


def share(value: float) -> str:
    """Return a share in words or in per cent.

    Examples
    --------
    >>> share(1 / 3), share(0.95), share(0.125)
    ('a third', '95 %', '12.5 %')
    """
    if math.isclose(value, 1 / 3, rel_tol=1e-9):
        return say("a third")
    return say("{value} %", value=number(f"{value * 100:.10g}"))


def change(text: str) -> str:
    """Return a change that would turn a finding round, beginning with "if" whether its text does or not.

    Examples
    --------
    >>> change("one lineage were left out"), change("if one lineage were left out")
    ('if one lineage were left out', 'if one lineage were left out')
    """
    return text if text.startswith("if ") else say("if {change}", change=text)


def clock(value: datetime) -> str:
    """Return a time of day, with seconds where there are any; the same digits in every language.

    Examples
    --------
    >>> clock(datetime(2025, 4, 1, 0, 8)), clock(datetime(2025, 4, 1, 0, 8, 30))
    ('00:08', '00:08:30')
    """
    return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"


def instant(value: datetime) -> str:
    """Return an instant in UTC."""
    text = say("{day}, {time} UTC", day=day(value), time=f"{value:%H:%M}")
    return say("{instant} ({seconds} s)", instant=text, seconds=f"{value:%S}") if value.second else text


def span(start: datetime, end: datetime) -> str:
    """Return two instants in UTC, the day only once where it is the same."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if start == end:
        return instant(start)
    if start.date() == end.date():
        return say("{day}, {start} to {end} UTC", day=day(start), start=f"{start:%H:%M}", end=f"{end:%H:%M}")
    return say("{start} to {end}", start=instant(start), end=instant(end))


def local_span(start: datetime, end: datetime, zone: str) -> str | None:
    """Return two instants in a zone; None where the zone is not known here."""
    try:
        there = ZoneInfo(zone)
    except (LookupError, ValueError, OSError):
        return None
    return span_in(start, end, there, zone)


def span_in(start: datetime, end: datetime, there: tzinfo, name: str) -> str:
    """Return two instants on a clock, with what it is called."""
    first, last = start.astimezone(there), end.astimezone(there)
    began, ended = f"{first:%H:%M}", f"{last:%H:%M}"
    if first == last:
        return say("{day}, {time} in {zone}", day=day(first), time=began, zone=name)
    if first.date() == last.date():
        return say("{day}, {start} to {end} in {zone}", day=day(first), start=began, end=ended, zone=name)
    return say(
        "{first_day}, {start} to {last_day}, {end} in {zone}",
        first_day=day(first),
        start=began,
        last_day=day(last),
        end=ended,
        zone=name,
    )


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


class _Capital(Text):
    """A text that opens a line: its first letter is large where the script knows large letters."""

    __slots__ = ("inner",)
    inner: str

    def said(self, voice: Voice) -> str:
        """Return the inner text as the voice says it, with a large first letter."""
        return _raised(voice(self.inner))


def _raised(text: str) -> str:
    return text[:1].upper() + text[1:]


def capital(text: str) -> str:
    """Return a text with a large first letter, which it keeps in every language.

    Examples
    --------
    >>> capital("wreckage")
    'Wreckage'
    """
    made = _Capital(_raised(text))
    made.inner = text
    return made
