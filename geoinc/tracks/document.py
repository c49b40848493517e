"""A track as a JSON document."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from geoinc.assessment.rule import rule_document
from geoinc.intervals import Interval
from geoinc.tracks.result import Crossing, Depth, SourceTrack, Spent, Track

__all__ = ["track_document"]


def track_document(track: Track) -> dict[str, Any]:
    """Return the document of ``geoinc track --json``: plain dictionaries, times in ISO 8601, null for unknown."""
    return {
        "border": list(track.border),
        "positions": track.positions,
        "length_m": track.length_m,
        "started": _time(track.started),
        "ended": _time(track.ended),
        "greatest_speed_m_s": track.greatest_speed_m_s,
        "never_left": {code: outcome.value for code, outcome in track.never_left.items()},
        "was_inside": {code: outcome.value for code, outcome in track.was_inside.items()},
        "by_source": {name: _source(each) for name, each in track.by_source.items()},
        "remarks": [str(remark) for remark in track.remarks],
        "rule": rule_document(),
    }


def _source(each: SourceTrack) -> dict[str, Any]:
    return {
        "lineage": each.lineage,
        "represents": each.represents,
        "edges": each.edges.value,
        "why": each.why,
        "crossings": [_crossing(crossing) for crossing in each.crossings],
        "length_inside_m": dict(each.length_inside_m),
        "length_elsewhere_m": dict(each.length_elsewhere_m),
        "length_inside_interval_m": {code: _interval(one) for code, one in each.length_inside_interval_m.items()},
        "length_elsewhere_interval_m": {word: _interval(one) for word, one in each.length_elsewhere_interval_m.items()},
        "time_inside_s": None if each.time_inside_s is None else _spent(each.time_inside_s),
        "deepest": {code: None if depth is None else _depth(depth) for code, depth in each.deepest.items()},
        "greatest_depth_m": None if each.greatest_depth_m is None else dict(each.greatest_depth_m),
        "positions_inside": dict(each.positions_inside),
        "stayed": dict(each.stayed),
        "kept_out": dict(each.kept_out),
        "outcomes": {code: [one.value for one in outcomes] for code, outcomes in each.outcomes.items()},
        "votes": list(each.votes),
    }


def _crossing(each: Crossing) -> dict[str, Any]:
    times = each.proved_times
    return {
        "from": each.from_territory,
        "to": each.to_territory,
        "after_position": each.after_position,
        "lon_deg": each.lon_deg,
        "lat_deg": each.lat_deg,
        "along_m": each.along_m,
        "along": _interval(each.along),
        "time": _time(each.time),
        "earliest": _time(each.earliest),
        "latest": _time(each.latest),
        "proved_between": None if each.proved_between is None else list(each.proved_between),
        "proved_times": None if times is None else [_time(time) for time in times],
    }


def _depth(each: Depth) -> dict[str, Any]:
    return {
        "distance_m": each.distance_m,
        "interval": _interval(each.interval),
        "after_position": each.after_position,
        "lon_deg": each.lon_deg,
        "lat_deg": each.lat_deg,
        "nearest": {"lon_deg": each.nearest_lon_deg, "lat_deg": each.nearest_lat_deg},
        "time": _time(each.time),
        "proved": None if each.proved is None else _interval(each.proved),
        "proved_position": each.proved_position,
    }


def _spent(times: Mapping[str, Spent]) -> dict[str, Any]:
    return {
        code: {
            "straight": each.straight_s,
            "straight_low": each.straight_low_s,
            "straight_high": each.straight_high_s,
            "least": each.least_s,
            "most": each.most_s,
        }
        for code, each in times.items()
    }


def _interval(interval: Interval) -> dict[str, float | None]:
    return {name: end if math.isfinite(end) else None for name, end in (("low", interval.low), ("high", interval.high))}


def _time(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat().replace("+00:00", "Z")
