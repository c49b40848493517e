"""A row of positions, against every source: the straight way, what is proved of the true one, and the outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoinc.assessment.rule import DECIDED, FIT_SHARE
from geoinc.boundaries import Border, BoundaryLine
from geoinc.errors import GeometryError
from geoinc.findings import Outcome
from geoinc.geodesy import Edges, Line, nearest
from geoinc.geodesy.legs import Legs, legs_through
from geoinc.intervals import Interval
from geoinc.measurement import territories_at
from geoinc.messages import say
from geoinc.passage import Bounds, Change, Deepest, Moments, Place, Stretches, deepest, spend, straight_way
from geoinc.passage.extent import extent_m
from geoinc.passage.rim import greatest_depth_m, ground_rims, outer_rim, window_rim
from geoinc.passage.unsettled import Unsettled, find_unsettled
from geoinc.tracks.accuracy import Accuracy
from geoinc.tracks.result import Crossing, Depth, SourceTrack, Spent, Track

__all__ = ["follow_track"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Index = NDArray[np.intp]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ELSEWHERE: Final = MappingProxyType(
    {"both": Place.BOTH, "neither": Place.NEITHER, "line": Place.LINE, "uncovered": Place.UNCOVERED}
)
SIDES: Final = (Place.FIRST, Place.SECOND)


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """The positions, and what is known of each."""

    legs: Legs
    began_m: Array
    accuracy_m: Array
    cell_m: Array
    moments: Moments | None
    speed_m_s: float | None


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """The positions by one source: distance to its line, signed towards its first territory, and how far off."""

    distance_m: Array
    signed_m: Array
    uncertainty_m: Array

    @property
    def votes(self) -> Flags:
        """Whether the source is fit for the side of each position."""
        return np.isfinite(self.signed_m) & (self.uncertainty_m <= FIT_SHARE * self.distance_m)


def follow_track(
    border: Border,
    lon_deg: Array,
    lat_deg: Array,
    moments: Moments | None = None,
    *,
    edges: Edges | None = None,
    greatest_speed_m_s: float | None = None,
    accuracy_m: float | Array | None = None,
    cell_m: float | Array | None = None,
) -> Track:
    """Measure a row of positions against every source of a border.

    Parameters
    ----------
    border : Border
    lon_deg, lat_deg : ndarray of float, shape (n,)
        WGS 84 degrees, in the order in which they were passed.
    moments : Moments, optional
        When; one for each position.
    edges : Edges, optional
        One interpretation of boundary edges for all sources instead of each source's own.
    greatest_speed_m_s : float, optional
        Faster than this was nothing: bounds what lies between timed positions.
    accuracy_m : float or ndarray, optional
        Of the positions (95 %). None for unknown, which is not counted.
    cell_m : float or ndarray, optional
        How far places that print the same as a position may lie from it.

    Raises
    ------
    GeometryError
        If there are fewer than two positions, one cannot be used, or another array has a different length.
    """
    legs = legs_through(lon_deg, lat_deg)
    count = legs.lon.size
    if count < 2:
        raise GeometryError("a track needs two positions at least; for one, measure it against the border")
    if moments is not None and moments.earliest_s.size != count:
        raise GeometryError(f"{count} positions came with {moments.earliest_s.size} times; give one for each, or none")
    if greatest_speed_m_s is not None and not (np.isfinite(greatest_speed_m_s) and greatest_speed_m_s > 0):
        raise GeometryError(f"a greatest speed of {greatest_speed_m_s} m/s cannot be used; give a positive number")
    accuracy, cell = (_one_for_each(each, count, name) for each, name in ((accuracy_m, "accuracy"), (cell_m, "cell")))
    refuted = _outruns(legs, moments, greatest_speed_m_s, accuracy + cell)
    row = _Row(
        legs=legs,
        began_m=np.concatenate([[0.0], np.cumsum(legs.length_m)]),
        accuracy_m=accuracy,
        cell_m=cell,
        moments=moments,
        speed_m_s=None if refuted else greatest_speed_m_s,
    )
    by_source = {name: _by_source(border, name, row, edges) for name in border}
    never_left, was_inside = {}, {}
    for territory in border.pair:
        never_left[territory], was_inside[territory] = _outcomes(by_source, territory, count)
    return Track(
        border=border.pair,
        positions=count,
        length_m=float(row.began_m[-1]),
        started=None if moments is None else _moment(float(moments.earliest_s[0])),
        ended=None if moments is None else _moment(float(moments.latest_s[-1])),
        greatest_speed_m_s=greatest_speed_m_s,
        by_source=MappingProxyType(by_source),
        never_left=MappingProxyType(never_left),
        was_inside=MappingProxyType(was_inside),
        remarks=tuple(_remarks(row, accuracy_m, refuted=refuted)),
    )


def _one_for_each(value: float | Array | None, count: int, name: str) -> Array:
    given = np.asarray(0.0 if value is None else value, dtype=np.float64)
    if given.ndim > 1 or (given.ndim == 1 and given.size != count):
        raise GeometryError(f"{count} positions came with {given.size} figures for their {name}; give one, or one each")
    if not (np.isfinite(given).all() and (given >= 0).all()):
        raise GeometryError(f"the {name} of a position must be a number of metres, 0 or more")
    return np.broadcast_to(given, (count,))


def _outruns(legs: Legs, moments: Moments | None, speed_m_s: float | None, off_m: Array) -> bool:
    """Whether some leg is longer than the greatest speed allows, however far off its ends may be."""
    if moments is None or speed_m_s is None:
        return False
    least_m = legs.length_m - off_m[:-1] - off_m[1:]
    return bool((least_m > speed_m_s * moments.longest_s).any())


def _remarks(row: _Row, accuracy_m: float | Array | None, *, refuted: bool) -> list[str]:
    told: list[str] = [
        say("Between two positions the way is taken as the shortest, a geodesic; that is an assumption."),
    ]
    if row.moments is None:
        told.append(say("The positions have no times: nothing is known of the way between them."))
    else:
        told.append(say("Each leg is taken as covered at one speed; that is an assumption, too."))
    if refuted:
        told.append(say("The greatest speed is less than positions and times ask for; nothing is concluded from it."))
    elif row.moments is not None and row.speed_m_s is None:
        told.append(say("No greatest speed was stated: nothing is proved of the way between two positions."))
    if accuracy_m is None:
        told.append(say("The accuracy of the positions was not stated and is not counted."))
    return told


def _moment(seconds: float) -> datetime:
    return _EPOCH + timedelta(seconds=seconds)


def _by_source(border: Border, name: str, row: _Row, edges: Edges | None) -> SourceTrack:
    line = border[name]
    represents = border[line.source.lineage].source.id == name
    legs = row.legs
    way = straight_way(line, legs, edges=edges)
    polyline = line.polyline(edges)
    # Where the data end, no border is crossed.
    changes = tuple(each for each in way.changes() if Place.UNCOVERED not in (each.before, each.after))
    depths = [deepest(polyline, way, side) for side in SIDES]
    accuracy = Accuracy(border, line, edges)
    seen, crossing_off_m, depth_off_m = _see(accuracy, line, row, changes, depths, edges)
    off_m = seen.uncertainty_m + row.cell_m
    covered = np.atleast_1d(line.covers(legs.lon, legs.lat))
    bounds = {
        side: spend(
            line.rings(code, edges), legs, off_m, row.moments, row.speed_m_s, window=window_rim(line), covered=covered
        )
        for side, code in zip(SIDES, line.pair, strict=True)
    }
    lengths = way.lengths_m()
    unsettled = _unsettled(accuracy, line, row, way, edges)
    open_m = {place: Interval(*ends) for place, ends in unsettled.lengths_m().items()}
    straight_s = None if row.moments is None else way.times_s(np.diff(row.moments.middle_s))
    time_inside = None
    if straight_s is not None and row.moments is not None:
        open_s = unsettled.times_s(row.moments)
        time_inside = {
            code: Spent(straight_s[side], bounds[side].least_s or 0.0, bounds[side].most_s or 0.0, *open_s[side])
            for side, code in zip(SIDES, line.pair, strict=True)
        }
    outcomes = {
        code: _position_outcomes(seen, row.cell_m, 1.0 if side is Place.FIRST else -1.0)
        for side, code in zip(SIDES, line.pair, strict=True)
    }
    return SourceTrack(
        source=name,
        lineage=line.source.lineage,
        represents=represents,
        edges=edges or line.edges,
        why=None if covered.any() else say("no position lies on the ground that this source covers"),
        crossings=tuple(
            _crossing(line, _crossed(line, change, edges), change, row, reach_m, bounds)
            for change, reach_m in zip(changes, crossing_off_m, strict=True)
        ),
        length_inside_m=MappingProxyType({code: lengths[side] for side, code in zip(SIDES, line.pair, strict=True)}),
        length_elsewhere_m=MappingProxyType({word: lengths[place] for word, place in _ELSEWHERE.items()}),
        length_inside_interval_m=MappingProxyType(
            {code: open_m[side] for side, code in zip(SIDES, line.pair, strict=True)}
        ),
        length_elsewhere_interval_m=MappingProxyType({word: open_m[place] for word, place in _ELSEWHERE.items()}),
        time_inside_s=None if time_inside is None else MappingProxyType(time_inside),
        deepest=MappingProxyType(
            {
                code: _depth(found, reach_m, row, seen, off_m, bounds[side])
                for side, code, found, reach_m in zip(SIDES, line.pair, depths, depth_off_m, strict=True)
            }
        ),
        greatest_depth_m=_greatest_depths_m(line, edges, row, seen, off_m, bounds),
        positions_inside=MappingProxyType({code: outcomes[code].count(Outcome.CONSISTENT) for code in line.pair}),
        stayed=MappingProxyType(
            {code: bool(bounds[side].stayed_in.all()) for side, code in zip(SIDES, line.pair, strict=True)}
        ),
        kept_out=MappingProxyType(
            {code: bool(bounds[side].stayed_out.all()) for side, code in zip(SIDES, line.pair, strict=True)}
        ),
        outcomes=MappingProxyType(outcomes),
        votes=tuple(bool(each) and represents for each in seen.votes),
    )


def _see(
    accuracy: Accuracy,
    line: BoundaryLine,
    row: _Row,
    changes: Sequence[Change],
    depths: Sequence[Deepest | None],
    edges: Edges | None,
) -> tuple[_Seen, list[float], list[float]]:
    """The positions by one source, and by how much crossings and deepest places may be off."""
    legs = row.legs
    found = nearest(line.polyline(edges), legs.lon, legs.lat)
    signed = territories_at(line, legs.lon, legs.lat, edges=edges).signed(found.distance_m)
    signed = np.where(np.atleast_1d(line.covers(legs.lon, legs.lat)), signed, np.nan)
    held = [each for each in depths if each is not None]
    on_border = [
        *((each.lon_deg, each.lat_deg, 0.0) for each in changes),
        *((each.nearest_lon_deg, each.nearest_lat_deg, each.distance_m) for each in held),
    ]
    lon, lat, distance_m = np.array(on_border, dtype=np.float64).reshape(-1, 3).T
    boundary_m = accuracy.at_m(
        np.concatenate([found.lon_deg, lon]),
        np.concatenate([found.lat_deg, lat]),
        np.concatenate([found.distance_m, distance_m]),
    )
    count = legs.lon.size
    leg = np.array([*(each.leg for each in changes), *(each.leg for each in held)], dtype=np.intp)
    accuracy_m, cell_m = (np.maximum(each[leg], each[leg + 1]) for each in (row.accuracy_m, row.cell_m))
    off_m = (np.hypot(boundary_m[count:], accuracy_m) + cell_m).tolist()
    seen = _Seen(np.asarray(found.distance_m), signed, np.hypot(boundary_m[:count], row.accuracy_m))
    of_depths = iter(off_m[len(changes) :])
    return seen, off_m[: len(changes)], [np.inf if each is None else next(of_depths) for each in depths]


def _unsettled(accuracy: Accuracy, line: BoundaryLine, row: _Row, way: Stretches, edges: Edges | None) -> Unsettled:
    """How much of the way is open, the source's accuracy taken at the place and that of the positions on its leg."""
    polyline = line.polyline(edges)
    accuracy_m, cell_m = (np.maximum(each[:-1], each[1:]) for each in (row.accuracy_m, row.cell_m))

    def reach_m(leg: Index, lon: Array, lat: Array) -> Array:
        foot = nearest(polyline, lon, lat)
        boundary_m = accuracy.at_m(foot.lon_deg, foot.lat_deg, np.asarray(foot.distance_m))
        return np.hypot(boundary_m, accuracy_m[leg]) + cell_m[leg]

    return find_unsettled(way, ground_rims(line, edges), reach_m)


def _position_outcomes(seen: _Seen, cell_m: Array, sign: float) -> tuple[Outcome, ...]:
    """Whether each position lies on one side, by this source alone."""
    signed, off_m = sign * seen.signed_m, seen.uncertainty_m + cell_m
    # Put into an array, members of a text enumeration would turn into bare text.
    kinds = (Outcome.NOT_ASSESSABLE, Outcome.CONSISTENT, Outcome.INCONSISTENT, Outcome.INDETERMINATE)
    which = np.select([~np.isfinite(signed), signed - off_m > 0, signed + off_m <= 0], [0, 1, 2], default=3)
    return tuple(kinds[each] for each in which.tolist())


def _outcomes(by_source: Mapping[str, SourceTrack], territory: str, count: int) -> tuple[Outcome, Outcome]:
    """That the track never left a territory, and that it was inside at some time.

    One position surely outside is enough to have left, one surely inside to have been there. That all are inside bears
    out never having left only where speed and times leave no way out, and that all are outside excludes having been
    inside only where they leave no way in: by every source that votes at all positions.
    """
    whole = [_decide(by_source, territory, number) for number in range(count)]
    if all(each is Outcome.NOT_ASSESSABLE for each in whole):
        return Outcome.NOT_ASSESSABLE, Outcome.NOT_ASSESSABLE
    kinds = set(whole)
    voices = [each for each in by_source.values() if all(each.votes)]
    stayed = bool(voices) and all(each.stayed[territory] for each in voices)
    kept_out = bool(voices) and all(each.kept_out[territory] for each in voices)
    never_left = was_inside = Outcome.INDETERMINATE
    if Outcome.INCONSISTENT in kinds:
        never_left = Outcome.INCONSISTENT
    elif kinds == {Outcome.CONSISTENT} and stayed:
        never_left = Outcome.CONSISTENT
    if Outcome.CONSISTENT in kinds:
        was_inside = Outcome.CONSISTENT
    elif kinds == {Outcome.INCONSISTENT} and kept_out:
        was_inside = Outcome.INCONSISTENT
    return never_left, was_inside


def _decide(by_source: Mapping[str, SourceTrack], territory: str, number: int) -> Outcome:
    """Whether one position lies inside, by the lineages that vote."""
    given = [(each.outcomes[territory][number], each.votes[number]) for each in by_source.values()]
    if all(outcome is Outcome.NOT_ASSESSABLE for outcome, _ in given):
        return Outcome.NOT_ASSESSABLE
    votes = {outcome for outcome, vote in given if vote and outcome in DECIDED}
    return votes.pop() if len(votes) == 1 else Outcome.INDETERMINATE


def _crossed(line: BoundaryLine, change: Change, edges: Edges | None) -> Line:
    """What is crossed: the border in question, or any rim of the one territory that is left or entered."""
    sides = [place for place in (change.before, change.after) if place in SIDES]
    return line.rings(line.pair[SIDES.index(sides[0])], edges) if len(sides) == 1 else line.polyline(edges)


def _crossing(
    line: BoundaryLine,
    crossed: Line,
    change: Change,
    row: _Row,
    reach_m: float,
    bounds: Mapping[Place, Bounds],
) -> Crossing:
    low_m, high_m = extent_m(crossed, row.legs, row.began_m, change.along_m, reach_m)
    proved = _proved(change, bounds)
    moments = row.moments
    at = None if moments is None else _at(row.began_m, moments.middle_s, change.leg, change.along_leg_m)
    return Crossing(
        from_territory=_code(line, change.before),
        to_territory=_code(line, change.after),
        after_position=change.leg + 1,
        lon_deg=change.lon_deg,
        lat_deg=change.lat_deg,
        along_m=change.along_m,
        along=Interval(low_m, high_m),
        time=None if at is None else _moment(at),
        earliest=None if moments is None else _moment(_time_at(row.began_m, moments.earliest_s, low_m, last=False)),
        latest=None if moments is None else _moment(_time_at(row.began_m, moments.latest_s, high_m, last=True)),
        proved_between=None if proved is None else (proved[0] + 1, proved[1] + 1),
        proved_times=None
        if proved is None or moments is None
        else (_moment(float(moments.earliest_s[proved[0]])), _moment(float(moments.latest_s[proved[1]]))),
    )


def _code(line: BoundaryLine, place: Place) -> str | None:
    return line.pair[SIDES.index(place)] if place in SIDES else None


def _proved(change: Change, bounds: Mapping[Place, Bounds]) -> tuple[int, int] | None:
    """The nearest positions around a crossing that surely lie on its two sides."""
    if change.before not in SIDES or change.after not in SIDES:
        return None
    before = np.flatnonzero(bounds[change.before].inside[: change.leg + 1])
    after = np.flatnonzero(bounds[change.after].inside[change.leg + 1 :])
    return (int(before[-1]), change.leg + 1 + int(after[0])) if before.size and after.size else None


def _at(began_m: Array, times_s: Array, leg: int, along_leg_m: float) -> float:
    """The time of a place of a leg, if the leg was covered at one speed."""
    length_m = began_m[leg + 1] - began_m[leg]
    share = along_leg_m / length_m if length_m > 0 else 0.0
    return float(times_s[leg] + share * (times_s[leg + 1] - times_s[leg]))


def _time_at(began_m: Array, times_s: Array, along_m: float, *, last: bool) -> float:
    """The first, or the last, time at which the way had come so far; they differ where it stood still."""
    passed = (began_m <= along_m).sum() if last else (began_m < along_m).sum()
    after = int(np.clip(passed, 1, began_m.size - 1))
    length_m = began_m[after] - began_m[after - 1]
    share = (along_m - began_m[after - 1]) / length_m if length_m > 0 else float(last)
    return float(times_s[after - 1] + share * (times_s[after] - times_s[after - 1]))


def _depth(
    found: Deepest | None,
    reach_m: float,
    row: _Row,
    seen: _Seen,
    off_m: Array,
    bounds: Bounds,
) -> Depth | None:
    if found is None:
        return None
    sure = np.flatnonzero(bounds.inside)
    proved, number = None, None
    if sure.size:
        at = int(sure[seen.distance_m[sure].argmax()])
        off = float(off_m[at])
        proved, number = Interval(max(0.0, float(seen.distance_m[at]) - off), float(seen.distance_m[at]) + off), at + 1
    moments = row.moments
    at_s = None if moments is None else _at(row.began_m, moments.middle_s, found.leg, found.along_leg_m)
    return Depth(
        distance_m=found.distance_m,
        interval=Interval(max(0.0, found.distance_m - reach_m), found.distance_m + reach_m),
        after_position=found.leg + 1,
        lon_deg=found.lon_deg,
        lat_deg=found.lat_deg,
        nearest_lon_deg=found.nearest_lon_deg,
        nearest_lat_deg=found.nearest_lat_deg,
        time=None if at_s is None else _moment(at_s),
        proved=proved,
        proved_position=number,
    )


def _greatest_depths_m(
    line: BoundaryLine,
    edges: Edges | None,
    row: _Row,
    seen: _Seen,
    off_m: Array,
    bounds: Mapping[Place, Bounds],
) -> Mapping[str, float] | None:
    if row.moments is None or row.speed_m_s is None or not np.isfinite(off_m).all():
        return None
    flown_m = row.speed_m_s * row.moments.longest_s
    return MappingProxyType(
        {
            code: greatest_depth_m(
                outer_rim(line, code, edges), row.legs, seen.distance_m, off_m, flown_m, bounds[side]
            )
            for side, code in zip(SIDES, line.pair, strict=True)
        }
    )
