"""The strip: what is stated and what was measured, by distance across the border alone, one row for each.

This module says what stands in which row and on which scale; `strip_drawing` and `strip_text` draw it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from geoinc.claims import BorderDistanceClaim, Claim, PositionClaim
from geoinc.intervals import Interval
from geoinc.measurement import Sense
from geoinc.messages import say
from geoinc.render import words
from geoinc.render.roles import Cast
from geoinc.wording import printed, spread

__all__ = ["Strip", "StripGroup", "StripRow", "Tick", "place_on", "strip_of", "strips_of"]

_STRETCH: Final = 1.4


@dataclass(frozen=True, slots=True)
class Tick:
    """One source's distance of one position, in metres: positive on the second side."""

    source: int
    metres: float
    fit: bool


@dataclass(frozen=True, slots=True)
class StripRow:
    """One row: a position with a tick for each source, or a claim with its stated interval.

    Attributes
    ----------
    claim : Claim
    caption : str
        What stands beside the claim's tag: "measured 9.10 to 10.29 km".
    line : str
        The whole row as a sentence.
    ticks : tuple of Tick
    stated : tuple of Interval
        In metres, positive on the second side; two where either side may be meant.
    """

    claim: Claim
    caption: str
    line: str
    ticks: tuple[Tick, ...] = ()
    stated: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class StripGroup:
    """The rows on one point."""

    point: str
    rows: tuple[StripRow, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """All rows on one scale.

    Attributes
    ----------
    sides : tuple of two str
        Codes of the territories: the first lies where the scale is negative. They stand in alphabetical order.
    low, high : float
        Ends of the scale, in metres.
    groups : tuple of StripGroup
    """

    sides: tuple[str, str]
    low: float
    high: float
    groups: tuple[StripGroup, ...]

    def outside(self, row: StripRow) -> tuple[Tick, ...]:
        """Return the ticks of a row that the scale does not reach."""
        return tuple(tick for tick in row.ticks if not self.low <= tick.metres <= self.high)


def strip_of(cast: Cast) -> Strip | None:
    """Return the strip of the first border that has one; None where nobody states a distance and nothing was measured.

    Parameters
    ----------
    cast : Cast
    """
    return next(iter(strips_of(cast)), None)


def strips_of(cast: Cast) -> tuple[Strip, ...]:
    """Return a strip for each border of the incident on which a distance is stated or measured.

    Distances from two borders never stand in one row: they have neither a side nor a zero in common.

    Parameters
    ----------
    cast : Cast
    """
    found = (_strip(cast, border) for border in cast.data.incident.borders)
    return tuple(strip for strip in found if strip is not None)


def _strip(cast: Cast, border: tuple[str, str]) -> Strip | None:
    sides = (border[0], border[1])
    if cast.territory_number(sides[0]) > cast.territory_number(sides[1]):
        sides = (border[1], border[0])
    found: dict[str, list[StripRow]] = {}
    for claim in cast.data.incident.claims:
        if isinstance(claim, PositionClaim):
            ticks = _ticks(cast, claim, border, sides)
            if ticks:
                found.setdefault(claim.point, []).insert(0, _measured_row(cast, claim, ticks, sides))
        elif isinstance(claim, BorderDistanceClaim) and claim.border == border:
            found.setdefault(claim.point, []).append(_stated_row(cast, claim, sides))
    if not found:
        return None
    low, high = _scale([row for rows in found.values() for row in rows])
    groups = tuple(StripGroup(cast.point(point), tuple(rows)) for point, rows in found.items())
    return Strip(sides, low, high, groups)


def _ticks(cast: Cast, claim: PositionClaim, border: tuple[str, str], sides: tuple[str, str]) -> tuple[Tick, ...]:
    # Signed distances are positive inside the border's first-named territory.
    sign = 1.0 if sides[1] == border[0] else -1.0
    return tuple(
        Tick(cast.source_number(each.source), sign * each.signed_distance_m, each.fit)
        for each in cast.measured_from(claim.id, border)
        if each.sense is Sense.SHORTEST and each.signed_distance_m is not None
    )


def _measured_row(cast: Cast, claim: PositionClaim, ticks: tuple[Tick, ...], sides: tuple[str, str]) -> StripRow:
    fit = sorted((tick.metres for tick in ticks if tick.fit), key=abs)
    headline = cast.headline(claim)
    if not fit:
        why = say("no source is fit for this scale")
        line = say("{tag} {what}, measured: {why}", tag=claim.tag, what=headline, why=why)
        return StripRow(claim, say("measured: {why}", why=why), line, ticks)
    if min(fit) * max(fit) <= 0:
        low, high = place_on(cast, min(fit), sides), place_on(cast, max(fit), sides)
        reach = low if low == high else say("{low} to {high}", low=low, high=high)
    else:
        where = cast.territory(sides[fit[0] > 0])
        span = spread(map(abs, fit))
        reach = say("{range} inside {territory}", range=span, territory=where)
    line = say(
        "{tag} {what}, measured: {range}, by the sources fit for this scale", tag=claim.tag, what=headline, range=reach
    )
    return StripRow(claim, say("measured: {range}", range=reach), line, ticks)


def place_on(cast: Cast, metres: float, sides: tuple[str, str]) -> str:
    """Return a signed distance as a length inside one of the sides."""
    if metres == 0:
        return say("on the line")
    territory = cast.territory(sides[metres > 0])
    return say("{length} inside {territory}", length=words.length(abs(metres)), territory=territory)


def _stated_row(cast: Cast, claim: BorderDistanceClaim, sides: tuple[str, str]) -> StripRow:
    span = claim.distance.interval
    there, here = span, Interval(-span.high, -span.low, span.high_open, span.low_open)
    if claim.territory is None:
        stated: tuple[Interval, ...] = (here, there)
    else:
        stated = (there,) if claim.territory == sides[1] else (here,)
    figure = printed(claim)
    where = say("{figure} on either side", figure=figure)
    if claim.territory is not None:
        where = say("{figure} inside {territory}", figure=figure, territory=cast.territory(claim.territory))
    line = say("{tag} {what}, stated: {figure}", tag=claim.tag, what=cast.headline(claim), figure=where)
    return StripRow(claim, say("stated: {figure}", figure=where), line, stated=stated)


def _scale(rows: Sequence[StripRow]) -> tuple[float, float]:
    """Return what the scale spans: measured and bounded figures; an open one only if it hardly stretches it."""
    ends = [0.0, *(tick.metres for row in rows for tick in row.ticks if tick.fit)]
    stated = [each for row in rows for each in row.stated]
    ends += [end for each in stated if each.bounded for end in (each.low, each.high)]
    reach = max(map(abs, ends))
    ends += [end for end in _loose(stated) if abs(end) <= _STRETCH * reach or reach == 0]
    if max(map(abs, ends)) == 0:
        ends += [tick.metres for row in rows for tick in row.ticks] or [-1000.0, 1000.0]
    span = max(ends) - min(ends)
    margin, least = max(span * 0.08, 1.0), span * 0.14
    return min(min(ends) - margin, -least), max(max(ends) + margin, least)


def _loose(stated: Iterable[Interval]) -> list[float]:
    return [end for each in stated if not each.bounded for end in (each.low, each.high) if math.isfinite(end)]
