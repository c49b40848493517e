"""What a party says of the points of an incident, as plain data.

Points are named apart from the claims about them: two claims can be compared exactly where they speak of the
same point, and never because they happen to look alike.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from geoinc.geodesy import Edges
from geoinc.intervals import Interval
from geoinc.measurement import Sense
from geoinc.notation import Reading
from geoinc.places import Place
from geoinc.quantities import Precision, Quantity
from geoinc.uncertainty import DatumShift

__all__ = [
    "Alternative",
    "Assumption",
    "BorderDistanceClaim",
    "BoundaryWidth",
    "Claim",
    "FallClaim",
    "FallMode",
    "Incident",
    "Near",
    "OrderClaim",
    "Party",
    "PlaceOffsetClaim",
    "Point",
    "PositionClaim",
    "Reference",
    "SamePointClaim",
    "SeparationClaim",
    "Stated",
    "TimeClaim",
    "TrackClaim",
    "WithinClaim",
]


@dataclass(frozen=True, slots=True)
class Party:
    """Who speaks; ``territory`` (ISO 3166-1 alpha-3) is None for a party without ground of its own."""

    id: str
    name: str
    territory: str | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A publication. What is None is not held, and is shown so."""

    id: str
    publisher: str
    title: str | None = None
    published: date | None = None
    language: str | None = None
    url: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """An unknown of the incident: wreck, last data link, deepest point of an entry."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Near:
    """Within ``within_m`` metres of any of the places."""

    places: tuple[Place, ...]
    within_m: float


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way to read one claim, declared before anything is measured; None keeps what the claim says.

    ``places`` and ``direction_deg`` go with ``Sense.FROM``, ``bearing_deg`` with ``Sense.HEADING``; empty or None
    they keep what the claim says.
    """

    sense: Sense | None = None
    precision: Precision | None = None
    edges: Edges | None = None
    distance: Quantity | None = None
    near: Near | None = None
    note: str | None = None
    places: tuple[Place, ...] = ()
    direction_deg: tuple[float, float] | None = None
    bearing_deg: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What every claim has.

    Attributes
    ----------
    id, party : str
        Its own id and its party's.
    reference : str or None
        Id of the publication; None where it is not held.
    kind : str
        The kind as the incident file writes it.
    text : str
        The words or figures as printed; empty where they are not held.
    quote, translation : str or None
        A longer passage in its language, and a translation of it (marked as such wherever it is shown).
    tag : str
        A short label for maps and tables, unique in the incident (``M1``).
    alternatives : tuple of Alternative
        Other readings, declared in the file.
    """

    id: str
    party: str
    kind: str
    tag: str
    reference: str | None = None
    text: str = ""
    quote: str | None = None
    translation: str | None = None
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionClaim(Claim):
    """A point lies at a printed position.

    ``reading`` is on WGS 84; ``datum`` says how it came there where the file declares another datum, or that
    none is known. None for the WGS 84 of satellite receivers.
    """

    point: str
    reading: Reading
    datum: DatumShift | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BorderDistanceClaim(Claim):
    """A point lies at a distance from the border, on the ground of ``territory`` (None: either side).

    Attributes
    ----------
    sense : Sense
        Which distance is meant.
    bearing_deg : float or None
        For ``Sense.HEADING``: from the point to the border, clockwise from north.
    places : tuple of Place
        For ``Sense.FROM``: the town or crossing from which the distance is counted; several where the name may
        mean several.
    direction_deg : tuple of float or None
        For ``Sense.FROM``: the sector, from and to, in which the point lies from the place; None for any.
    """

    point: str
    distance: Quantity
    territory: str | None
    border: tuple[str, str]
    sense: Sense = Sense.SHORTEST
    bearing_deg: float | None = None
    near: Near | None = None
    places: tuple[Place, ...] = ()
    direction_deg: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithinClaim(Claim):
    """A point lies in a territory."""

    point: str
    territory: str
    border: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeparationClaim(Claim):
    """Two points lie a distance apart."""

    points: tuple[str, str]
    distance: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOffsetClaim(Claim):
    """A point lies at a distance, and in a direction, from one of the places that the words may mean."""

    point: str
    places: tuple[Place, ...]
    distance: Quantity
    direction_deg: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """A printed figure that is no length: a speed (m/s), a duration (s), a ratio, a ballistic coefficient (kg/m^2)."""

    text: str
    interval: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackClaim(Claim):
    """An aircraft flew these positions; ``never_left`` names a territory that it is said not to have left.

    ``entered`` names one that it is said to have been inside at some time. A claim has one of the two at most.

    Attributes
    ----------
    positions, times : tuple of Reading, tuple of datetime
        In the order flown; times in UTC, one for each position or none.
    time_widths_s : tuple of float
        How long each printed time lasts: a time printed to the minute lasts a minute.
    speed : Stated or None
        The greatest speed that was stated, in m/s.
    length : Quantity or None
        The stated length of the whole way.
    duration : Stated or None
        The stated duration of the whole flight, in seconds.
    """

    positions: tuple[Reading, ...] = ()
    times: tuple[datetime, ...] = ()
    time_widths_s: tuple[float, ...] = ()
    speed: Stated | None = None
    length: Quantity | None = None
    duration: Stated | None = None
    never_left: str | None = None
    entered: str | None = None
    border: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeClaim(Claim):
    """An event happened between two instants.

    Attributes
    ----------
    event : str
        Id of the event or point; claims on one event are compared.
    start_utc, end_utc : datetime
        The interval, in UTC.
    zone : str
        IANA name of the zone in which the time was stated.
    """

    event: str
    start_utc: datetime
    end_utc: datetime
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderClaim(Claim):
    """An event happened before, or after, others; no clock time is given."""

    event: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class FallMode(StrEnum):
    """How something came from one point to another; ``FLIGHT`` is powered flight."""

    VERTICAL = "vertical"
    BALLISTIC = "ballistic"
    GLIDE = "glide"
    FLIGHT = "flight"


@dataclass(frozen=True, slots=True, kw_only=True)
class FallClaim(Claim):
    """Something fell, glided or flew from one point to another; what is None was not stated.

    Attributes
    ----------
    start, end : str
        Ids of the points.
    mode : FallMode
    altitude : Quantity or None
        Height of the start above the end.
    speed : Stated or None
        At the start of a fall, of a glide or flight all along; in m/s.
    glide_ratio : Stated or None
        Air distance over height.
    ballistic_coefficient : Stated or None
        Mass over drag area, in kg/m^2.
    launch_angle_deg : tuple of float or None
        Least and greatest angle of the path above the horizontal at the start of a fall.
    wind : Stated or None
        Its speed, from any direction, in m/s.
    """

    start: str
    end: str
    mode: FallMode
    altitude: Quantity | None = None
    speed: Stated | None = None
    glide_ratio: Stated | None = None
    ballistic_coefficient: Stated | None = None
    launch_angle_deg: tuple[float, float] | None = None
    wind: Stated | None = None

    @property
    def speed_low_m_s(self) -> float | None:
        """The least stated speed; None where none was stated."""
        return None if self.speed is None else self.speed.interval.low

    @property
    def speed_high_m_s(self) -> float | None:
        """The greatest stated speed; None where there is none."""
        return None if self.speed is None or math.isinf(self.speed.interval.high) else self.speed.interval.high


@dataclass(frozen=True, slots=True, kw_only=True)
class SamePointClaim(Claim):
    """Two names stand for one point."""

    points: tuple[str, str]


@dataclass(frozen=True, slots=True)
class BoundaryWidth:
    """The limit itself is a strip, such as the bed of a river: ``width_m`` across, as ``basis`` says."""

    border: tuple[str, str]
    width_m: float
    basis: str


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something that the file takes for granted, and the claims that rest on it."""

    id: str
    text: str
    used_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Everything that an incident file says, checked and resolved.

    Attributes
    ----------
    id, title : str
        As in the file.
    summary : str
        One neutral paragraph; empty where the file has none.
    borders : tuple of pairs of str
        The borders in question, as pairs of territories; ``borders[0]`` is the main one.
    parties, references, points : mapping of str to Party, Reference, Point
        By id, in the order of the file.
    claims : tuple of Claim
        In the order of the file.
    assumptions : tuple of Assumption
        What the file takes for granted.
    limits : tuple of str
        What the file's author knows to be unknown.
    file : str
        Name of the file, as given.
    sha256 : str
        Of the bytes of the file.
    boundary_widths : tuple of BoundaryWidth
        How wide the limit itself is, where the file says so.
    precision : Precision or None
        The model that was asked for in place of every claim's own; None where the file's own models stand.
    language : str or None
        Language of the file's own words (BCP 47), where the file tells it.
    translations : mapping of str to mapping of str to str
        By language (``fr``, ``ar``): what the file's own words are in it, by the words themselves.
    """

    id: str
    title: str
    borders: tuple[tuple[str, str], ...]
    parties: Mapping[str, Party]
    references: Mapping[str, Reference]
    points: Mapping[str, Point]
    claims: tuple[Claim, ...]
    assumptions: tuple[Assumption, ...] = ()
    limits: tuple[str, ...] = ()
    summary: str = ""
    file: str = ""
    sha256: str = ""
    precision: Precision | None = None
    boundary_widths: tuple[BoundaryWidth, ...] = ()
    language: str | None = None
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def claim(self, claim_id: str) -> Claim:
        """Return the claim of this id; KeyError if there is none."""
        for claim in self.claims:
            if claim.id == claim_id:
                return claim
        raise KeyError(claim_id)
