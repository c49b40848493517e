"""What every source of a border measures for one printed position, ready to be judged."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from geoinc.assessment.rule import Evidence
from geoinc.boundaries import Border, BoundaryLine, accuracy_at
from geoinc.claims import Incident, PositionClaim
from geoinc.geodesy import Edges, nearest
from geoinc.intervals import Interval
from geoinc.measurement import ON_THE_LINE_M, Sense, find_crossing, signed_distances_m
from geoinc.notation import Reading
from geoinc.ranges import cell_radius_m, crossing_interval_m, distance_interval_m, signed_interval_m
from geoinc.uncertainty import Component

__all__ = ["Asked", "Context"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which distance is asked for.

    Attributes
    ----------
    border : pair of str
        The two territories.
    towards : str or None
        The territory inside which the distance counts as positive; None for the bare distance, on any side.
    sense : Sense
    bearing_deg : float or None
        For ``Sense.HEADING``.
    edges : Edges or None
        Another interpretation than each source's own.
    """

    border: tuple[str, str]
    towards: str | None
    sense: Sense = Sense.SHORTEST
    bearing_deg: float | None = None
    edges: Edges | None = None


@dataclass(slots=True)
class Context:
    """An incident, the borders that it names, and what has been measured so far.

    Attributes
    ----------
    incident : Incident
    borders : mapping of pairs of str to Border
    edges : Edges or None
        One interpretation for the whole assessment, if the user asked for one.
    """

    incident: Incident
    borders: Mapping[tuple[str, str], Border]
    edges: Edges | None = None
    _seen: dict[tuple[str, Asked], tuple[Evidence, ...]] = field(default_factory=dict)

    def evidence(self, position: PositionClaim, asked: Asked) -> tuple[Evidence, ...]:
        """Return each source's evidence for the distance asked, source by source."""
        key = (position.id, asked)
        if key not in self._seen:
            border = self.borders[asked.border]
            self._seen[key] = tuple(
                _evidence(border, name, position.reading, asked, asked.edges or self.edges) for name in border
            )
        return self._seen[key]


def _evidence(border: Border, name: str, reading: Reading, asked: Asked, edges: Edges | None) -> Evidence:
    line = border[name]
    found = _measured(line, reading, asked, edges)
    represents = border[line.source.lineage].source.id == name
    if isinstance(found, str):
        return Evidence(
            source=name,
            lineage=line.source.lineage,
            title=line.source.title,
            represents=represents,
            value_m=None,
            measured=None,
            why=found,
        )
    value_m, end, measured = found
    accuracy = accuracy_at(border, name, *end, abs(value_m), edges=edges)
    if accuracy is None:
        components = [Component("accuracy of the boundary here", math.inf, "unknown")]
    else:
        basis = f"{accuracy.basis}: {accuracy.detail}"
        components = [Component("accuracy of the boundary here", accuracy.value_m, basis)]
    if reading.accuracy_m is not None:
        components.append(Component("accuracy of the position", reading.accuracy_m, "stated with the position"))
    return Evidence(
        source=name,
        lineage=line.source.lineage,
        title=line.source.title,
        represents=represents,
        value_m=value_m,
        measured=measured,
        components=tuple(components),
    )


Found = tuple[float, tuple[float, float], Callable[[float], Interval]]


def _measured(line: BoundaryLine, reading: Reading, asked: Asked, edges: Edges | None) -> Found | str:
    """Value, where it ends, and the interval as a function of U; or why there is none."""
    if not line.covers(reading.lon_deg, reading.lat_deg):
        return "the position lies outside the ground that this source covers here"
    towards = asked.towards or line.pair[0]
    signed_m = float(signed_distances_m(line, [reading.lon_deg], [reading.lat_deg], towards, edges=edges)[0])
    if math.isnan(signed_m) and asked.towards is not None:
        return "by this source the position lies in neither of the two territories, or in both"
    if asked.sense is Sense.SHORTEST:
        return _shortest(line, reading, asked, edges, signed_m)
    return _along(line, reading, asked, edges, signed_m)


def _shortest(line: BoundaryLine, reading: Reading, asked: Asked, edges: Edges | None, signed_m: float) -> Found | str:
    found = nearest(line.polyline(edges), reading.lon_deg, reading.lat_deg)
    end = (float(found.lon_deg), float(found.lat_deg))
    if asked.towards is None:
        bare = distance_interval_m(line, reading, edges=edges)
        return float(found.distance_m), end, lambda u_m: Interval(max(0.0, bare.low - u_m), bare.high + u_m)
    interval = signed_interval_m(line, reading, asked.towards, edges=edges)
    if interval is None:
        return "part of the printed cell lies in neither of the two territories by this source"
    return signed_m, end, interval.widened


def _along(line: BoundaryLine, reading: Reading, asked: Asked, edges: Edges | None, signed_m: float) -> Found | str:
    lon_deg, lat_deg = reading.lon_deg, reading.lat_deg
    crossing = find_crossing(line, asked.sense, lon_deg, lat_deg, edges=edges, bearing_deg=asked.bearing_deg)
    if crossing is None:
        return "the position's meridian or bearing does not meet this source's line"
    inside = asked.towards is None or signed_m >= 0
    radius_m = cell_radius_m(reading)

    def interval(u_m: float) -> Interval:
        # Moving the position within its cell is the same as moving the line by as much the other way.
        margin_m = max(u_m + radius_m, ON_THE_LINE_M)
        ahead = crossing_interval_m(line, crossing, lon_deg, lat_deg, margin_m, edges=edges).widened(radius_m)
        return ahead if inside else Interval(-ahead.high, -ahead.low)

    value_m = crossing.distance_m if inside else -crossing.distance_m
    return value_m, (crossing.lon_deg, crossing.lat_deg), interval
