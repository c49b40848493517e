"""What an assessment holds: findings with their evidence, measurements and the ground that claims allow.

Plain data. Everything that a map, a report or an export shows is read from here; rendering computes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from shapely.geometry.base import BaseGeometry

from geoinc.boundaries import Source
from geoinc.claims import Incident
from geoinc.intervals import Interval
from geoinc.landscape import Landscape
from geoinc.measurement import BoundaryMeasurement
from geoinc.places import Place
from geoinc.uncertainty import Budget

__all__ = [
    "AlternativeOutcome",
    "AssessmentData",
    "Connector",
    "Finding",
    "FindingKind",
    "Gap",
    "Informativeness",
    "JointRegion",
    "Outcome",
    "Region",
    "SourceOutcome",
    "SourceView",
]


class Outcome(StrEnum):
    """What the geometry allows; never who is right."""

    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    INDETERMINATE = "indeterminate"
    NOT_ASSESSABLE = "not_assessable"


class FindingKind(StrEnum):
    """What was checked."""

    SIDE = "side"
    DISTANCE = "distance"
    SEPARATION = "separation"
    LIPSCHITZ = "lipschitz"
    TRIANGLE = "triangle"
    SAME_POINT = "same_point"
    REGIONS = "regions"
    MOTION = "motion"
    TIMES = "times"
    TRACK = "track"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOutcome:
    """One source's answer to one claim.

    Attributes
    ----------
    outcome : Outcome
        By this source alone.
    measured : Interval or None
        In the finding's unit: over the cell, widened by the uncertainty; None where nothing was measured.
    value : float or None
        The measured value at the middle of the cell, before widening.
    uncertainty_m : float or None
        The widening U (95 %), in metres.
    fit : bool
        Whether the source is fit for the claim's scale.
    votes : bool
        Whether it is the voice of its lineage in the decision.
    why : str or None
        Why it does not vote, or why it abstains.
    budget : Budget or None
        What makes up `uncertainty_m`, ingredient by ingredient; None where nothing was measured.
    """

    outcome: Outcome
    measured: Interval | None
    value: float | None
    uncertainty_m: float | None
    fit: bool
    votes: bool
    why: str | None
    budget: Budget | None = None


@dataclass(frozen=True, slots=True)
class AlternativeOutcome:
    """What comes out when a claim is read in another way.

    Attributes
    ----------
    label : str
        How the claim is then read; it says so where the case declares no such reading.
    outcome : Outcome
    measured, claimed : Interval or None
        As for `Finding`.
    declared : bool
        Whether the case declares this reading. Only then can it make an outcome fragile.
    """

    label: str
    outcome: Outcome
    measured: Interval | None
    claimed: Interval | None
    declared: bool = True


@dataclass(frozen=True, slots=True)
class Informativeness:
    """How much a claim could have been wrong, had the facts been others.

    Attributes
    ----------
    excluded_share : float
        The share of `compared_with` that the claim excludes, from 0 (consistent with anything) to 1.
    compared_with : str
        The ground, or the range of values, against which the share was taken, in words with its figures.
    statement : str
        One plain sentence with the figure.
    """

    excluded_share: float
    compared_with: str
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One check: which claims, what came out, by how much, and what would turn it round.

    Attributes
    ----------
    id : str
        Stable: made from the kind and the ids of the claims.
    kind : FindingKind
    claims : tuple of str
        Ids of the claims that were checked.
    outcome : Outcome
    robust : bool
        Whether the outcome survives each change that the rule tries.
    fragile_by : tuple of str
        Each change that turns it round, with its figure where there is one.
    statement : str
        One plain, neutral sentence.
    measured, claimed : Interval or None
        In ``unit``; None where there is none.
    unit : str
        ``"m"``, ``"s"`` or ``"deg"``.
    by_source : mapping of str to SourceOutcome
        By source id; empty for checks that need no boundary.
    alternatives : tuple of AlternativeOutcome
        Every declared alternative that was tried, and other senses of a distance to the border.
    evidence : mapping
        Figures behind the statement, JSON-ready, units in their names.
    missing : tuple of str
        What would have to be published for a check, where it is not assessable.
    informativeness : Informativeness or None
        How much the claim could have been wrong; None where nothing can be said of it.
    smallest_change : str or None
        The least change found by search that would turn the outcome round, declared or not, as a clause that
        begins with "if"; None where the search, whose reach the rule states, found none.
    """

    id: str
    kind: FindingKind
    claims: tuple[str, ...]
    outcome: Outcome
    robust: bool
    fragile_by: tuple[str, ...]
    statement: str
    measured: Interval | None = None
    claimed: Interval | None = None
    unit: str = "m"
    by_source: Mapping[str, SourceOutcome]
    alternatives: tuple[AlternativeOutcome, ...] = ()
    evidence: Mapping[str, Any]
    missing: tuple[str, ...] = ()
    informativeness: Informativeness | None = None
    smallest_change: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The ground that one claim allows, by one source, inside the view.

    Attributes
    ----------
    claim, source : str
        Ids.
    style : str
        ``"ribbon"`` for a printed distance, ``"band"`` for "up to", ``"beyond"`` for a least distance.
    geometry : shapely Polygon or MultiPolygon
        Longitude, latitude (WGS 84). May be empty.
    """

    claim: str
    source: str
    style: str
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True, kw_only=True)
class JointRegion:
    """The ground that all claims of one party on one point allow together, by one source or over all of them.

    Attributes
    ----------
    party, point : str
        Ids; the point is the first of all that are called the same.
    source : str or None
        A source id; None for the ground that at least one source fit for the scale allows.
    claims : tuple of str
        Ids of the claims that shaped it, those on other points that reach it through a separation included.
    geometry : shapely Polygon or MultiPolygon
        Longitude, latitude (WGS 84), by the source's lines as drawn. Empty where the claims share no ground; a
        finding says whether they contradict each other once the accuracy of the sources is counted.
    area_m2 : float or None
        Ellipsoidal; None where nothing but a boundary limits the region: it is then clipped to the ground drawn.
    extent_m : float or None
        Greatest distance between two of its places, in metres; None as for the area.
    """

    party: str
    point: str
    source: str | None
    claims: tuple[str, ...]
    geometry: BaseGeometry
    area_m2: float | None
    extent_m: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The least distance between the regions that two parties allow.

    Attributes
    ----------
    parties, points : tuple of two str
        Ids: the first party's region of the first point, the second party's of the second.
    source : str or None
        As for `JointRegion`.
    distance_m : float
        Ellipsoidal; 0 where the regions share ground.
    start_deg, end_deg : tuple of two float
        Longitude and latitude of the two places that are nearest to each other.
    whole : tuple of two bool
        For each party, whether the region is that of all its claims. False where they share no ground by this
        source: then it is the ground of those that need no boundary, printed positions above all.
    """

    parties: tuple[str, str]
    points: tuple[str, str]
    source: str | None
    distance_m: float
    start_deg: tuple[float, float]
    end_deg: tuple[float, float]
    whole: tuple[bool, bool] = (True, True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Connector:
    """The shortest way from a claimed position to a source's line.

    Attributes
    ----------
    claim, source : str
        Ids of the position claim and of the source.
    lon_deg, lat_deg : float
        The position.
    nearest_lon_deg, nearest_lat_deg : float
        The nearest point of the line.
    distance_m : float
        Ellipsoidal.
    """

    claim: str
    source: str
    lon_deg: float
    lat_deg: float
    nearest_lon_deg: float
    nearest_lat_deg: float
    distance_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """One source's line and ground inside the view: what a map draws for it.

    Attributes
    ----------
    source : str
        Its id.
    line : shapely LineString or MultiLineString
        Longitude, latitude; clipped to the view and densified so that straight pieces on a map follow the
        source's own edges to a metre.
    ground : mapping of str to shapely Polygon or MultiPolygon
        By territory, clipped to the view.
    """

    source: str
    line: BaseGeometry
    ground: Mapping[str, BaseGeometry]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentData:
    """The whole result.

    Attributes
    ----------
    incident : Incident
        What was assessed.
    sources : tuple of Source
        Every boundary source that was asked, the most trusted for display first.
    rule : mapping
        The decision rule, JSON-ready, printed with every outcome.
    findings : tuple of Finding
        In the order of the claims.
    measurements : mapping of str to tuple of BoundaryMeasurement
        By id of the position claim: one for each source and sense.
    regions, connectors, views : tuples
        What a map draws; ``views`` in the order of ``sources``.
    joint_regions : tuple of JointRegion
        For each party and point, by source and over all sources, what its claims allow together.
    gaps : tuple of Gap
        The least distances between different parties' joint regions.
    notices : tuple of str
        What is disputed at and near the printed positions, and the neutral note on it; empty where nothing is.
    landscape : Landscape
        Rivers, wadis and towns inside the drawn ground: a background for orientation, never measured against and no
        evidence. ``places`` are of another kind: the case and its evidence speak of them.
    view_box_deg : tuple of float
        West, south, east, north of the opening view, in degrees.
    places : tuple of Place
        Named places inside the view.
    locator : mapping of str to shapely geometry
        Coarse outlines of the territories and their neighbours, for a small overview and for nothing else.
    manifest : mapping
        Version, input hash, boundary hashes and options, JSON-ready: what recomputes the result.
    """

    incident: Incident
    sources: tuple[Source, ...]
    rule: Mapping[str, Any]
    findings: tuple[Finding, ...]
    measurements: Mapping[str, tuple[BoundaryMeasurement, ...]]
    regions: tuple[Region, ...]
    connectors: tuple[Connector, ...]
    views: tuple[SourceView, ...]
    view_box_deg: tuple[float, float, float, float]
    places: tuple[Place, ...]
    locator: Mapping[str, BaseGeometry]
    manifest: Mapping[str, Any]
    joint_regions: tuple[JointRegion, ...] = ()
    gaps: tuple[Gap, ...] = ()
    notices: tuple[str, ...] = ()
    landscape: Landscape = field(default_factory=Landscape)
