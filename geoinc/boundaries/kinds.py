"""Lines that are no plain international border, and ground that more than one claims.

Whose a piece of ground is, no program can say. Which maps draw which line, of which date, and in whose ground a
position lies by each of them, it can. One rule serves for all: ground is *held* by whoever controlled it in the data,
and a *view* is that of whoever claims it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any, Final

import numpy as np
import shapely
from shapely import MultiLineString, MultiPolygon

from geoinc.boundaries.catalogue import Catalogue, load_catalogue
from geoinc.boundaries.geojson import read_features
from geoinc.geodesy import Edges, Line, encloses, nearest
from geoinc.messages import Text, say

__all__ = [
    "DISPUTES_ACCURACY_M",
    "DISPUTES_WITHIN_M",
    "NEUTRAL_NOTE",
    "DisputedGround",
    "Disputes",
    "GroundHere",
    "Kind",
    "LineNearby",
    "SpecialLine",
    "View",
    "disputed_grounds",
    "disputes_at",
    "special_lines",
    "special_lines_between",
]

DISPUTES_FILE: Final = "public-domain/disputes.geojson"
DISPUTES_WITHIN_M: Final = 50_000.0
DISPUTES_ACCURACY_M: Final = 2_000.0
"""Of Natural Earth at 1:10,000,000, by its maintainers."""
NEUTRAL_NOTE: Final = say(
    "geoinc takes no side. It repeats who draws which line and who held which ground in Natural Earth 1:10m "
    "(releases 3.0.0 and 4.1.0, 2018 and before; about 2 km exact); lines may have moved since."
)
_DEGREE_M: Final = 110_000.0


class Kind(StrEnum):
    """What a line is, as its source classes it.

    ``LINE_OF_CONTROL``: a ceasefire line or another line between forces. ``BREAKAWAY``: round ground that broke away
    from the state that claims it. ``DISPUTED``: a line of control or use that a party does not accept. ``CLAIM``: a
    line that only a claimant draws. ``INDEFINITE``: not demarcated or not settled. ``LEASE``: round leased ground.
    ``ZONE``: a limit of a buffer or demilitarised zone.
    """

    LINE_OF_CONTROL = "line_of_control"
    BREAKAWAY = "breakaway"
    DISPUTED = "disputed"
    CLAIM = "claim"
    INDEFINITE = "indefinite"
    LEASE = "lease"
    ZONE = "zone"

    @property
    def words(self) -> Text:
        """As a sentence names it."""
        return _WORDS[self]


_WORDS: Final = {
    Kind.LINE_OF_CONTROL: say("line of control"),
    Kind.BREAKAWAY: say("line of a breakaway territory"),
    Kind.DISPUTED: say("disputed line"),
    Kind.CLAIM: say("line drawn by a claimant"),
    Kind.INDEFINITE: say("indefinite line"),
    Kind.LEASE: say("limit of a lease"),
    Kind.ZONE: say("limit of a zone"),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SpecialLine:
    """A line that is no plain international border.

    Attributes
    ----------
    name : str
        By its source, or the names on both sides.
    kind : Kind
    drawn_by : str or None
        Code of the claimant whose line it is; None where the source draws it as the line of control or use.
    left, right : str or None
        Codes of the territories on either hand, as controlled; None where there is no code. The same for a line that
        only a claimant draws.
    left_name, right_name : str
        The same as names.
    year : int or None
        That the source's name for the line bears: 1994 of a ceasefire.
    release : str
        Of Natural Earth.
    geometry : MultiLineString
    """

    name: str
    kind: Kind
    drawn_by: str | None
    left: str | None
    left_name: str
    right: str | None
    right_name: str
    year: int | None
    release: str
    geometry: MultiLineString
    _line: list[Line] = field(default_factory=list, repr=False)

    def polyline(self) -> Line:
        """Return the line for measuring, edges straight in longitude and latitude."""
        if not self._line:
            self._line.append(Line.from_geometry(self.geometry, Edges.PLANAR))
        return self._line[0]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DisputedGround:
    """Ground that more than one claims, or that broke away.

    Attributes
    ----------
    name, kind : str
        Kind is ``"claimed"`` or ``"breakaway"``.
    held_by : str or None
        Code of who controlled it in the data; None for ground without one.
    claimed_by : tuple of str
        Codes of those who claim it and do not hold it.
    release : str
        Of Natural Earth.
    geometry : MultiPolygon
    """

    name: str
    kind: str
    held_by: str | None
    claimed_by: tuple[str, ...]
    release: str
    geometry: MultiPolygon
    _rings: list[Line] = field(default_factory=list, repr=False)

    @property
    def holder(self) -> str:
        """Who controlled it, for people: a code, the ground's own name where it broke away, or that nobody is told."""
        return self.held_by or (self.name if self.kind == "breakaway" else "not told by the data")

    def held_text(self, holder: str | None = None) -> Text:
        """Say who holds the ground in the data, by code or by the name given."""
        if self.held_by is not None:
            return say("held by {holder}", holder=holder or self.held_by)
        if self.kind == "breakaway":
            return say("held by an administration of its own")
        return say("whose holder the data do not tell")

    def rings(self) -> Line:
        """Return the outline for measuring."""
        if not self._rings:
            self._rings.append(Line.from_geometry(self.geometry, Edges.PLANAR))
        return self._rings[0]


@dataclass(frozen=True, slots=True)
class LineNearby:
    """A special line near a position.

    Attributes
    ----------
    line : SpecialLine
    distance_m, azimuth_deg : float
        To its nearest point.
    side : str or None
        The territory on whose hand of the line the position lies; None on a claimant's line, whose hands are one
        territory as controlled, and where no side can be told.
    """

    line: SpecialLine
    distance_m: float
    azimuth_deg: float
    side: str | None


@dataclass(frozen=True, slots=True)
class GroundHere:
    """Disputed ground that holds a position.

    Attributes
    ----------
    ground : DisputedGround
    edge_m : float
        How far inside the position lies.
    certain : bool
        Whether that is more than the accuracy of the data.
    """

    ground: DisputedGround
    edge_m: float

    @property
    def certain(self) -> bool:
        """Whether the position lies further inside than the data are exact."""
        return self.edge_m > DISPUTES_ACCURACY_M


@dataclass(frozen=True, slots=True)
class View:
    """Whose a position is by one view.

    Attributes
    ----------
    view : str
        ``"as held"``, or the code of a claimant.
    territory : str or None
        Code; None where the ground as held has none.
    name : str
        The same for people.
    certain : bool
        False where the position lies nearer to the edge of that ground than the data are exact.
    """

    view: str
    territory: str | None
    name: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Disputes:
    """What is disputed at and near a position.

    Attributes
    ----------
    within_m : float
        How far lines were looked for.
    lines : tuple of LineNearby
        The nearest first.
    grounds : tuple of GroundHere
    views : tuple of View
        As held first, then each claimant; none where no disputed ground holds the position.
    """

    within_m: float
    lines: tuple[LineNearby, ...]
    grounds: tuple[GroundHere, ...]
    views: tuple[View, ...]

    @property
    def note(self) -> str | None:
        """The neutral note; None where nothing is disputed near."""
        return NEUTRAL_NOTE if self.lines or self.grounds else None


def special_lines(*, catalogue: Catalogue | None = None) -> tuple[SpecialLine, ...]:
    """Return all lines that are no plain international border.

    Examples
    --------
    >>> sorted({line.kind.value for line in special_lines()})
    ['breakaway', 'claim', 'disputed', 'indefinite', 'lease', 'line_of_control', 'zone']
    """
    return _read(load_catalogue() if catalogue is None else catalogue)[0]


def disputed_grounds(*, catalogue: Catalogue | None = None) -> tuple[DisputedGround, ...]:
    """Return all ground that more than one claims, or that broke away.

    Examples
    --------
    >>> [(ground.held_by, ground.claimed_by) for ground in disputed_grounds() if ground.name == "Golan Heights"]
    [('ISR', ('SYR',))]
    """
    return _read(load_catalogue() if catalogue is None else catalogue)[1]


def special_lines_between(first: str, second: str, *, catalogue: Catalogue | None = None) -> tuple[SpecialLine, ...]:
    """Return the special lines that part two territories, or that one of them draws in the other.

    Examples
    --------
    >>> [line.name for line in special_lines_between("KOR", "PRK")]
    ['Military Demarcation Line 1953']
    """
    pair = {first, second}
    return tuple(
        line
        for line in special_lines(catalogue=catalogue)
        if {line.left, line.right} == pair or (line.drawn_by is not None and {line.drawn_by, line.left} == pair)
    )


def disputes_at(
    lon_deg: float, lat_deg: float, *, within_m: float = DISPUTES_WITHIN_M, catalogue: Catalogue | None = None
) -> Disputes:
    """Return what is disputed at and near a position.

    Parameters
    ----------
    lon_deg, lat_deg : float
        WGS 84 degrees.
    within_m : float
        How far to look for lines, in metres.
    catalogue : Catalogue, optional
        Another catalogue than the bundled one.

    Examples
    --------
    >>> found = disputes_at(79.5, 35.2)
    >>> [(view.view, view.territory) for view in found.views]
    [('as held', 'CHN'), ('IND', 'IND')]
    """
    lines, grounds = _read(load_catalogue() if catalogue is None else catalogue)
    near = sorted(
        (found for line in lines if (found := _nearby(line, lon_deg, lat_deg, within_m)) is not None),
        key=lambda found: (found.distance_m, found.line.name),
    )
    here = tuple(held for ground in grounds if (held := _here(ground, lon_deg, lat_deg)) is not None)
    return Disputes(within_m, tuple(near), here, _views(here))


def _views(here: tuple[GroundHere, ...]) -> tuple[View, ...]:
    if not here:
        return ()
    # Ground within ground is held by one and the same: the smaller piece is the finer answer.
    inner = min(here, key=lambda found: found.ground.geometry.area)
    views = [View("as held", inner.ground.held_by, inner.ground.holder, inner.certain)]
    claimants: dict[str, bool] = {}
    for found in here:
        for code in found.ground.claimed_by:
            claimants[code] = claimants.get(code, False) or found.certain
    return (*views, *(View(code, code, code, certain) for code, certain in sorted(claimants.items())))


def _nearby(line: SpecialLine, lon_deg: float, lat_deg: float, within_m: float) -> LineNearby | None:
    if not _within_reach(line.geometry.bounds, lon_deg, lat_deg, within_m):
        return None
    found = nearest(line.polyline(), lon_deg, lat_deg)
    distance_m = float(found.distance_m)
    if distance_m > within_m:
        return None
    hand = int(found.side)
    side = None
    if hand and (line.left, line.left_name) != (line.right, line.right_name):
        side = (line.left or line.left_name) if hand > 0 else (line.right or line.right_name)
    return LineNearby(line, distance_m, float(found.azimuth_deg), side)


def _here(ground: DisputedGround, lon_deg: float, lat_deg: float) -> GroundHere | None:
    if not _within_reach(ground.geometry.bounds, lon_deg, lat_deg, 0.0):
        return None
    rings = ground.rings()
    if not bool(np.atleast_1d(encloses(rings, np.array([lon_deg]), np.array([lat_deg])))[0]):
        return None
    return GroundHere(ground, float(nearest(rings, lon_deg, lat_deg).distance_m))


def _within_reach(bounds: tuple[float, float, float, float], lon_deg: float, lat_deg: float, within_m: float) -> bool:
    """Leave out what is surely further, so that few lines are measured."""
    west, south, east, north = bounds
    up_deg = within_m / _DEGREE_M
    across_deg = up_deg / max(float(np.cos(np.radians(min(abs(lat_deg) + up_deg, 89.0)))), 0.01)
    return south - up_deg <= lat_deg <= north + up_deg and west - across_deg <= lon_deg <= east + across_deg


@cache
def _read(catalogue: Catalogue) -> tuple[tuple[SpecialLine, ...], tuple[DisputedGround, ...]]:
    features = read_features(catalogue.read(DISPUTES_FILE), DISPUTES_FILE)
    lines = tuple(_line(each.properties, each.geometry) for each in features if each.properties.get("role") == "line")
    grounds = tuple(
        _ground(each.properties, each.geometry) for each in features if each.properties.get("role") == "ground"
    )
    return lines, grounds


def _line(properties: Mapping[str, Any], geometry: MultiLineString) -> SpecialLine:
    return SpecialLine(
        name=properties["name"],
        kind=Kind(properties["kind"]),
        drawn_by=properties["drawn_by"],
        left=properties["left"],
        left_name=properties["left_name"],
        right=properties["right"],
        right_name=properties["right_name"],
        year=properties["year"],
        release=properties["release"],
        geometry=geometry,
    )


def _ground(properties: Mapping[str, Any], geometry: MultiPolygon) -> DisputedGround:
    return DisputedGround(
        name=properties["name"],
        kind=properties["kind"],
        held_by=properties["held_by"],
        claimed_by=tuple(properties["claimed_by"]),
        release=properties["release"],
        geometry=shapely.multipolygons([geometry]) if geometry.geom_type == "Polygon" else geometry,
    )
