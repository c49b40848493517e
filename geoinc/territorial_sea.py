"""A position and the territorial sea of a state, as far as the coast alone can tell.

The limit lies 12 nautical miles seaward of the baseline, and the baseline is not held: only the coast is. Baselines lie
on the coast or seaward of it. So a position nearer to the coast than the limit is nearer to the baseline, too, while of
a position further away nothing follows: what is drawn as inside stays inside, what is outside of the coast's
12 nautical miles may be inside of the sea that is claimed. The outcomes are made so.

References
----------
United Nations Convention on the Law of the Sea (1982): articles 3 (12 nautical miles), 5 (the normal baseline: the
low-water line), 7 (straight baselines), 10 (bays), 11 (ports), 13 (low-tide elevations), 15 (opposite and adjacent
coasts), 47 (archipelagic baselines), 121 (islands).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from geoinc.boundaries import (
    Catalogue,
    CoastPoint,
    DisputedGround,
    Source,
    disputed_grounds,
    open_coast,
)
from geoinc.errors import BoundaryError
from geoinc.findings import Outcome
from geoinc.geodesy import encloses, nearest
from geoinc.intervals import Interval
from geoinc.notation import Reading
from geoinc.quantities import format_distance
from geoinc.ranges import cell_radius_m
from geoinc.uncertainty import Component, expanded_m
from geoinc.units import NAUTICAL_MILE_M

__all__ = ["CAVEATS", "LIMIT_M", "Place", "SeaMeasurement", "SeaStatement", "measure_sea"]

LIMIT_M: Final = 12 * NAUTICAL_MILE_M
"""22 224 m."""
OTHERS_WITHIN_M: Final = 2 * LIMIT_M

CAVEATS: Final = (
    "Measured from a coast at mean high water, not from baselines, which are not held: the low-water line (UNCLOS, "
    "article 5), straight and archipelagic baselines (7, 47), closing lines of bays (10), ports (11) and low-tide "
    "elevations (13) all lie on this coast or seaward of it, and move the limit seaward only.",
    "Waters behind a baseline are internal or archipelagic waters, not territorial sea; here they are not told apart.",
    "The limit taken is 12 nautical miles, the most that article 3 allows; a state may claim less.",
    "Whose coast it is follows OpenStreetMap (July 2026), where coasts of disputed ground are put to one side; geoinc "
    "takes none.",
)
# Outlines of disputed ground are exact to about 2 km, and so its coast may lie off them.
_DISPUTED_WITHIN_M: Final = 2_500.0
_DISPUTED_WITHIN_DEG: Final = 0.1
_TREATY_CODE: Final = "ATA"
_TREATY_NOTE: Final = "ATA is no state: article IV of the Antarctic Treaty sets claims there aside"


class Place(StrEnum):
    """Where a position lies with regard to the coast, whoever's it is."""

    SEA = "at sea"
    LAND = "on land"
    SHORE = "at the coast"


@dataclass(frozen=True, slots=True)
class SeaStatement:
    """A statement about a position, and what the coast allows of it.

    Attributes
    ----------
    text : str
    outcome : Outcome
    why : str
    """

    text: str
    outcome: Outcome
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeaMeasurement:
    """A position against the coast and the territorial sea of one state.

    Attributes
    ----------
    territory : str
        Code of the state.
    source : Source
        Of the coast.
    attribution_of_states : str
        The credit for whose coast is whose.
    nearest : CoastPoint
        The nearest point of coasts that may be this state's.
    certain_m : float or None
        Distance to the nearest coast that is surely so; None where there is none. The same as that of `nearest` unless
        that lies near the ground of another.
    ashore : CoastPoint
        The nearest point of all coasts.
    place : Place
        ``SHORE`` where coast and position are not exact enough to tell.
    accuracy_m : float
        Of the coast, at 95 %.
    accuracy_basis, accuracy_detail : str
    u_m : float
        The coast's accuracy and the position's stated one, together, at 95 %.
    cell_m : float
        How far positions that print the same may lie from the middle.
    distance_m : Interval
        The measured interval of the distance to this state's coast: over all positions that print the same, over
        coasts that may or may not be its own, widened by U.
    others : tuple of (str, CoastPoint)
        Other states with a coast within 24 nautical miles, the nearest first.
    overlapping : tuple of str
        Those of them whose coast may lie within 12: there the limit between the two decides, which is not held.
    statements : tuple of SeaStatement
        About the coast, and about the sea, each with its opposite.
    notes : tuple of str
        What else is to be known of this answer.
    """

    territory: str
    source: Source
    attribution_of_states: str
    nearest: CoastPoint
    certain_m: float | None
    ashore: CoastPoint
    place: Place
    accuracy_m: float
    accuracy_basis: str
    accuracy_detail: str
    u_m: float
    cell_m: float
    distance_m: Interval
    others: tuple[tuple[str, CoastPoint], ...]
    overlapping: tuple[str, ...]
    statements: tuple[SeaStatement, ...]
    notes: tuple[str, ...]


def measure_sea(reading: Reading, territory: str, *, catalogue: Catalogue | None = None) -> SeaMeasurement:
    """Measure a printed position against the coast of a state and 12 nautical miles from it.

    Parameters
    ----------
    reading : Reading
        The position, with the cell of positions that print the same.
    territory : str
        ISO 3166-1 alpha-3 code.
    catalogue : Catalogue, optional
        Another catalogue than the bundled one.

    Raises
    ------
    UnknownBoundaryError
        If the territory has no coast on the sea, or the code is none.
    BoundaryError
        If the data folder holds no coast.

    Examples
    --------
    >>> from geoinc.notation import read_position
    >>> found = measure_sea(read_position("36.90N 3.20E"), "DZA")
    >>> for each in found.statements:
    ...     print(f"{each.text}: {each.outcome.value}")
    at sea, within 12 nautical miles of the coast of DZA: consistent
    at sea, beyond 12 nautical miles from the coast of DZA: inconsistent
    in the territorial sea of DZA at 12 nautical miles, or in its waters behind a baseline: consistent
    at sea, beyond the territorial sea of DZA at 12 nautical miles: inconsistent
    """
    coast = open_coast(catalogue=catalogue)
    lon, lat = reading.lon_deg, reading.lat_deg
    near = coast.nearest(lon, lat, of=territory)
    ashore = coast.nearest(lon, lat)
    accuracy = coast.accuracy
    if near is None or ashore is None:
        raise BoundaryError("the coast in the data folder is not usable; install geoinc again")
    certain = near if near.territories == (territory,) else coast.nearest(lon, lat, of=territory, certain=True)
    components = [Component("accuracy of the coast", accuracy.value_m, accuracy.detail)]
    if reading.accuracy_m is not None:
        components.append(Component("accuracy of the position", reading.accuracy_m, "stated"))
    u_m, cell_m = expanded_m(components), cell_radius_m(reading)
    doubt_m = u_m + cell_m
    distance_m = Interval(
        max(0.0, near.distance_m - doubt_m), math.inf if certain is None else certain.distance_m + doubt_m
    )
    place = Place.SHORE
    if ashore.distance_m > doubt_m:
        place = Place.LAND if coast.on_land(lon, lat) else Place.SEA
    others = coast.others_within(lon, lat, OTHERS_WITHIN_M, than=territory)
    overlapping = tuple(code for code, point in others if point.distance_m - doubt_m <= LIMIT_M)
    return SeaMeasurement(
        territory=territory,
        source=coast.source,
        attribution_of_states=coast.attribution_of_states,
        nearest=near,
        certain_m=None if certain is None else certain.distance_m,
        ashore=ashore,
        place=place,
        accuracy_m=accuracy.value_m,
        accuracy_basis=accuracy.basis,
        accuracy_detail=accuracy.detail,
        u_m=u_m,
        cell_m=cell_m,
        distance_m=distance_m,
        others=others,
        overlapping=overlapping,
        statements=_statements(territory, place, distance_m, overlapping),
        notes=(*_notes(territory, near, others), *_disputes((near, ashore), catalogue)),
    )


def _statements(
    territory: str, place: Place, distance_m: Interval, overlapping: tuple[str, ...]
) -> tuple[SeaStatement, ...]:
    within, beyond = _by_coast(place, distance_m)
    inside, outside = _by_sea(territory, place, within, overlapping)
    coast = f"12 nautical miles of the coast of {territory}"
    return (
        SeaStatement(f"at sea, within {coast}", *within),
        SeaStatement(f"at sea, beyond {coast.replace(' of', ' from', 1)}", *beyond),
        SeaStatement(
            f"in the territorial sea of {territory} at 12 nautical miles, or in its waters behind a baseline", *inside
        ),
        SeaStatement(f"at sea, beyond the territorial sea of {territory} at 12 nautical miles", *outside),
    )


def _by_coast(place: Place, distance_m: Interval) -> tuple[tuple[Outcome, str], tuple[Outcome, str]]:
    """Decide the two statements about the coast, which the coast alone can answer."""
    limit = format_distance(LIMIT_M, decimals=3)
    if place is Place.LAND:
        why = "the position lies on land by this coast, and lakes count as land"
        return (Outcome.INCONSISTENT, why), (Outcome.INCONSISTENT, why)
    if distance_m.low > LIMIT_M:
        why = f"the least distance that the coast allows is {format_distance(distance_m.low)}, more than {limit}"
        return (Outcome.INCONSISTENT, why), (Outcome.CONSISTENT, why)
    if distance_m.high > LIMIT_M:
        why = f"coast and position are not exact enough to tell on which side of {limit} the distance lies"
        return (Outcome.INDETERMINATE, why), (Outcome.INDETERMINATE, why)
    why = f"the greatest distance that the coast allows is {format_distance(distance_m.high)}, less than {limit}"
    if place is Place.SHORE:
        shore = "the coast is not exact enough to tell whether the position is at sea or on land"
        return (Outcome.INDETERMINATE, shore), (Outcome.INCONSISTENT, why)
    return (Outcome.CONSISTENT, why), (Outcome.INCONSISTENT, why)


def _by_sea(
    territory: str, place: Place, within: tuple[Outcome, str], overlapping: tuple[str, ...]
) -> tuple[tuple[Outcome, str], tuple[Outcome, str]]:
    """Decide the two statements about the sea: baselines can only bring more of it inside."""
    outcome, why = within
    if place is Place.LAND:
        return within, within
    if outcome is Outcome.INCONSISTENT:
        why = (
            f"the position lies beyond 12 nautical miles of the coast of {territory}; a baseline seaward of the coast, "
            "which is not held, may still reach it"
        )
        return (Outcome.INDETERMINATE, why), (Outcome.INDETERMINATE, why)
    if outcome is Outcome.INDETERMINATE:
        return (Outcome.INDETERMINATE, why), (Outcome.INDETERMINATE, why)
    if overlapping:
        why = (
            f"the coast of {' and of '.join(overlapping)} may lie within 12 nautical miles, too; the limit between the "
            "two (article 15, or what they agreed) is not held"
        )
        return (Outcome.INDETERMINATE, why), (Outcome.INDETERMINATE, why)
    why = "the position lies within 12 nautical miles of the coast, and a baseline can only move the limit further out"
    return (Outcome.CONSISTENT, why), (Outcome.INCONSISTENT, why)


def _notes(territory: str, near: CoastPoint, others: tuple[tuple[str, CoastPoint], ...]) -> tuple[str, ...]:
    notes = []
    if near.territories != (territory,):
        others_of_it = " or ".join(code for code in near.territories if code != territory)
        notes.append(
            f"the nearest coast that may be that of {territory} may also be that of {others_of_it}: "
            "ground of both lies within 1 km of it"
        )
    if territory == _TREATY_CODE:
        notes.append(_TREATY_NOTE)
    if others:
        code, point = others[0]
        nearer = territory if near.distance_m < point.distance_m else code
        notes.append(
            f"another coast lies within 24 nautical miles, that of {code}: the seas of the two may meet, and the limit "
            f"between them is not held; the coast of {nearer} is the nearer one here"
        )
    return tuple(notes)


def _disputes(points: tuple[CoastPoint, ...], catalogue: Catalogue | None) -> list[str]:
    """Say where a coast near the position is that of ground which more than one claims."""
    notes = []
    for ground in disputed_grounds(catalogue=catalogue):
        if any(_near_ground(ground, point) for point in points):
            held = f"held by {ground.held_by}" if ground.held_by else "held by no state with a code"
            claimed = f", claimed by {', '.join(ground.claimed_by)}" if ground.claimed_by else ""
            notes.append(f"the nearest coast is that of ground in dispute or near it: {ground.name}, {held}{claimed}")
    return notes


def _near_ground(ground: DisputedGround, point: CoastPoint) -> bool:
    west, south, east, north = ground.geometry.bounds
    across_deg = _DISPUTED_WITHIN_DEG / max(math.cos(math.radians(point.lat_deg)), 0.1)
    if not (
        west - across_deg <= point.lon_deg <= east + across_deg
        and south - _DISPUTED_WITHIN_DEG <= point.lat_deg <= north + _DISPUTED_WITHIN_DEG
    ):
        return False
    rings = ground.rings()
    distance_m = float(nearest(rings, point.lon_deg, point.lat_deg).distance_m)
    return distance_m <= _DISPUTED_WITHIN_M or bool(encloses(rings, point.lon_deg, point.lat_deg))
