"""What a track tells, by each source and by all of them together, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from geoinc.findings import Outcome
from geoinc.geodesy import Edges
from geoinc.intervals import Interval

__all__ = ["Crossing", "Depth", "SourceTrack", "Spent", "Track"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """Where the straight way from position to position passes from one ground to another.

    Attributes
    ----------
    from_territory, to_territory : str or None
        Codes; None for ground that is neither territory's, or both's, or not covered by the source.
    after_position : int
        The position from which the leg starts, counted from 1.
    lon_deg, lat_deg : float
    along_m : float
        The way to it from the first position.
    along : Interval
        Where along the way the line may be met, moved by as much as its accuracy and that of the positions allow.
    time : datetime or None
        When, if each leg was covered at one speed; None without times.
    earliest, latest : datetime or None
        The times that belong to the ends of `along`, each printed time lasting as long as its last digit.
    proved_between : pair of int or None
        The nearest positions before and after that surely lie on the two grounds, counted from 1: that the border was
        crossed between them does not rest on the straight way. None where there are none.
    proved_times : pair of datetime or None
        When they were passed, at the earliest and at the latest.
    """

    from_territory: str | None
    to_territory: str | None
    after_position: int
    lon_deg: float
    lat_deg: float
    along_m: float
    along: Interval
    time: datetime | None
    earliest: datetime | None
    latest: datetime | None
    proved_between: tuple[int, int] | None
    proved_times: tuple[datetime, datetime] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Depth:
    """How far from the border the track lies at the most, inside one territory.

    Attributes
    ----------
    distance_m : float
        At the deepest place of the straight way.
    interval : Interval
        The same, as much less or more as the accuracies of line and positions allow.
    after_position : int
        The position from which its leg starts, counted from 1.
    lon_deg, lat_deg : float
        The deepest place.
    nearest_lon_deg, nearest_lat_deg : float
        The point of the border nearest to it.
    time : datetime or None
        When, if each leg was covered at one speed.
    proved : Interval or None
        At the deepest position that surely lies inside: what does not rest on the straight way. None where no position
        surely lies inside.
    proved_position : int or None
        Which position, counted from 1.
    """

    distance_m: float
    interval: Interval
    after_position: int
    lon_deg: float
    lat_deg: float
    nearest_lon_deg: float
    nearest_lat_deg: float
    time: datetime | None
    proved: Interval | None
    proved_position: int | None


@dataclass(frozen=True, slots=True)
class Spent:
    """Time inside one territory, in seconds.

    Attributes
    ----------
    straight_s : float
        If the way between positions was straight and each leg covered at one speed.
    least_s, most_s : float
        What positions, times and the greatest speed prove, the accuracies of line and positions granted.
    straight_low_s, straight_high_s : float
        If the way was straight and each leg covered at one speed, as the accuracies and the printed times allow.
    """

    straight_s: float
    least_s: float
    most_s: float
    straight_low_s: float
    straight_high_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTrack:
    """A track by one source.

    Attributes
    ----------
    source, lineage : str
    represents : bool
        Whether it speaks for its lineage.
    edges : Edges
        How its edges were read.
    why : str or None
        Why nothing was measured.
    crossings : tuple of Crossing
        In the order of the track.
    length_inside_m : mapping of str to float
        Length of the straight way on the ground of each territory alone.
    length_elsewhere_m : mapping of str to float
        The rest: ``both``, ``neither``, ``line`` (on the border itself), ``uncovered``.
    length_inside_interval_m, length_elsewhere_interval_m : mapping of str to Interval
        The same, still of the straight way, with the lines anywhere within their accuracy and that of the positions.
        Where a source ends is no measured line: ``uncovered`` is what it is.
    time_inside_s : mapping of str to Spent, or None
        By territory; None without times.
    deepest : mapping of str to Depth or None
        By territory; None where the straight way does not enter it.
    greatest_depth_m : mapping of str to float, or None
        By territory: no way at the greatest speed through the positions goes deeper; 0 where none enters it. None
        without times or a speed, or where an accuracy is unknown.
    positions_inside : mapping of str to int
        How many positions surely lie inside each territory.
    stayed : mapping of str to bool
        Whether speed and times leave no way out of the territory between any two positions, all of them inside.
    kept_out : mapping of str to bool
        Whether they leave no way into it, all positions outside.
    outcomes : mapping of str to tuple of Outcome
        By territory, for each position: whether it lies inside, under the decision rule.
    votes : tuple of bool
        For each position, whether the source is fit to vote on its side.
    """

    source: str
    lineage: str
    represents: bool
    edges: Edges
    why: str | None
    crossings: tuple[Crossing, ...]
    length_inside_m: Mapping[str, float]
    length_elsewhere_m: Mapping[str, float]
    length_inside_interval_m: Mapping[str, Interval]
    length_elsewhere_interval_m: Mapping[str, Interval]
    time_inside_s: Mapping[str, Spent] | None
    deepest: Mapping[str, Depth | None]
    greatest_depth_m: Mapping[str, float] | None
    positions_inside: Mapping[str, int]
    stayed: Mapping[str, bool]
    kept_out: Mapping[str, bool]
    outcomes: Mapping[str, tuple[Outcome, ...]]
    votes: tuple[bool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A row of positions against every source of a border.

    Attributes
    ----------
    border : pair of str
        The two territories.
    positions : int
        How many.
    length_m : float
        Of the straight way, whatever ground it crosses.
    started, ended : datetime or None
        The first and the last time; None without times.
    greatest_speed_m_s : float or None
        As declared; it bounds the way between positions only where positions and times allow it.
    by_source : mapping of str to SourceTrack
    never_left, was_inside : mapping of str to Outcome
        By territory, under the decision rule: that the track never left it, that it was inside at some time.
    remarks : tuple of str
        What is assumed, and what is not known.
    """

    border: tuple[str, str]
    positions: int
    length_m: float
    started: datetime | None
    ended: datetime | None
    greatest_speed_m_s: float | None
    by_source: Mapping[str, SourceTrack]
    never_left: Mapping[str, Outcome]
    was_inside: Mapping[str, Outcome]
    remarks: tuple[str, ...]
