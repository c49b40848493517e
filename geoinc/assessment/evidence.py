"""What every source of a border measures for one printed position, ready to be judged."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from statistics import stdev
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoinc.assessment.informativeness import ComparisonGround, lay_out
from geoinc.assessment.rule import Evidence
from geoinc.boundaries import Border, BoundaryLine, LocalAccuracy, accuracy_at, basis_text
from geoinc.claims import BoundaryWidth, Incident, PositionClaim
from geoinc.geodesy import Edges, nearest
from geoinc.intervals import Interval
from geoinc.measurement import ON_THE_LINE_M, Sense, find_crossing, nearest_to, sides_at, territories_at
from geoinc.messages import Text, later, number, say
from geoinc.notation import Reading
from geoinc.quantities import format_distance
from geoinc.ranges import (
    cell_extent_m,
    cell_radius_m,
    crossing_interval_m,
    distance_interval_m,
    edge_moves_m,
    half_cell_m,
    moved,
    nearby_line,
    signed_interval_m,
)
from geoinc.uncertainty import (
    BudgetRow,
    Component,
    Distribution,
    Propagated,
    is_linear,
    propagate,
    rectangular,
    shown_row,
)
from geoinc.wording import edges_text, spread

__all__ = ["POSITION", "Asked", "Context"]

UNIFORM: Final = math.sqrt(3)
SURELY_THIS_SIDE: Final = 0.99
LEAST_TOLD_M: Final = 0.1
BOUNDARY: Final = say("accuracy of the boundary here")
POSITION: Final = say("accuracy of the position")


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
    _grounds: dict[tuple[str, str], ComparisonGround | None] = field(default_factory=dict)
    _moves: dict[tuple[str, str, Edges | None], Mapping[str, float]] = field(default_factory=dict)
    _drawn: dict[tuple[str, str, Edges | None], dict[tuple[float, ...], NDArray[np.float64]]] = field(
        default_factory=dict
    )

    def evidence(self, position: PositionClaim, asked: Asked) -> tuple[Evidence, ...]:
        """Return each source's evidence for the distance asked, source by source."""
        key = (position.id, asked)
        if key not in self._seen:
            border = self.borders[asked.border]
            found = [self._one(border, name, position, asked) for name in border]
            self._seen[key] = tuple(_with_spread(found))
        return self._seen[key]

    def ground(self, border: tuple[str, str]) -> ComparisonGround | None:
        """Return the ground against which claims about a border are weighed; None where nothing says where it is."""
        if border not in self._grounds:
            self._grounds[border] = lay_out(self.incident, self.borders[border], self.edges)
        return self._grounds[border]

    def _one(self, border: Border, name: str, position: PositionClaim, asked: Asked) -> Evidence:
        line = border[name]
        edges = asked.edges or self.edges
        reading = position.reading
        represents = border[line.source.lineage].source.id == name
        common = Evidence(
            source=name,
            lineage=line.source.lineage,
            title=line.source.title,
            represents=represents,
            value_m=None,
            measured=None,
            signed=asked.towards is not None,
        )
        found = _measured(line, reading, asked, edges)
        if isinstance(found, str):
            return replace(common, why=found)
        value_m, end, measured = found
        accuracy = accuracy_at(border, name, *end, abs(value_m), edges=edges)
        counted, shown = _ingredients(accuracy, position, self._width(asked.border))
        if asked.sense is not Sense.SHORTEST:
            shown.append(_cell_row(cell_radius_m(reading)))
            return replace(common, value_m=value_m, measured=measured, components=tuple(counted), shown=tuple(shown))
        exact = measured(0.0)
        shown.append(_cell_row((exact.high - exact.low) / 2))
        moves_m = self._edge_moves(position, line, abs(value_m), edges) if represents else {}
        if moves_m:
            shown.append(_edge_row(moves_m, edges or line.edges))
        sign = -1.0 if value_m < 0 else 1.0
        drawn = self._drawn.setdefault((position.id, name, edges), {})
        return replace(
            common,
            value_m=value_m,
            measured=measured,
            components=tuple(counted),
            shown=tuple(shown),
            edge_moves_m={name: sign * move for name, move in moves_m.items()},
            propagate=_Propagation(line, reading, asked, edges, tuple(counted), value_m, drawn),
        )

    def _edge_moves(
        self, position: PositionClaim, line: BoundaryLine, distance_m: float, edges: Edges | None
    ) -> Mapping[str, float]:
        key = (position.id, line.source.id, edges)
        if key not in self._moves:
            reading = position.reading
            self._moves[key] = edge_moves_m(line, reading.lon_deg, reading.lat_deg, distance_m, edges=edges)
        return self._moves[key]

    def _width(self, border: tuple[str, str]) -> BoundaryWidth | None:
        return next((width for width in self.incident.boundary_widths if width.border == border), None)


def _ingredients(
    accuracy: LocalAccuracy | None, position: PositionClaim, width: BoundaryWidth | None
) -> tuple[list[Component], list[BudgetRow]]:
    """What makes up U, the accuracy of the boundary first, and what is only shown beside it."""
    if accuracy is None:
        counted = [Component(BOUNDARY, math.inf, say("unknown"))]
    else:
        basis = say("{basis}: {detail}", basis=basis_text(accuracy.basis), detail=accuracy.detail)
        counted = [Component(BOUNDARY, accuracy.value_m, basis)]
    shown = []
    stated_m = position.reading.accuracy_m
    if stated_m is not None:
        counted.append(Component(POSITION, stated_m, say("stated with the position")))
    else:
        basis = say("not counted: none was stated with the position")
        shown.append(shown_row(POSITION, 0.0, Distribution.NORMAL, basis))
    if position.datum is not None:
        counted.append(rectangular(say("datum of the position"), position.datum.half_width_m, position.datum.basis))
    if width is not None:
        declared = say("declared in the file: {basis}", basis=width.basis)
        limit = rectangular(say("width of the limit itself"), width.width_m / 2, declared)
        if accuracy is not None and accuracy.basis == "assumed":
            basis = say("not counted: the figure assumed for the accuracy of the boundary stands for it already")
            shown.append(shown_row(limit.name, limit.standard_m, limit.distribution, basis))
        else:
            counted.append(limit)
    return counted, shown


def _cell_row(half_m: float) -> BudgetRow:
    basis = say(
        "{distance} either way over all positions that print the same; not counted: the rule takes the whole range and "
        "widens it by U",
        distance=_small(half_m),
    )
    return shown_row(say("printed digits of the position"), half_m / UNIFORM, Distribution.RECTANGULAR, basis)


def _small(length_m: float) -> Text:
    if length_m >= LEAST_TOLD_M:
        return format_distance(length_m)
    return say("less than {distance}", distance=format_distance(LEAST_TOLD_M))


def _edge_row(moves_m: Mapping[str, float], edges: Edges) -> BudgetRow:
    half_m = max(abs(move) for move in moves_m.values())
    basis = say(
        "read as geodesic, planar or rhumb, the edges move the distance by {distance} at most; not counted: their "
        "reading is declared ({edges})",
        distance=_small(half_m),
        edges=edges_text(edges),
    )
    return shown_row(say("reading of the boundary's edges"), half_m / UNIFORM, Distribution.RECTANGULAR, basis)


def _with_spread(found: list[Evidence]) -> list[Evidence]:
    """Show beside each budget how far the lineages differ, with the reason why U does not hold it again."""
    voices = [each.value_m for each in found if each.represents and each.value_m is not None]
    if len(voices) < 2:
        return found
    told = {"count": number(len(voices)), "distance": spread([abs(value) for value in voices])}
    rows = {
        corroborated: shown_row(
            say("spread between lineages"), stdev(voices), Distribution.NORMAL, say(_SPREAD[corroborated], **told)
        )
        for corroborated in (True, False)
    }
    return [
        replace(each, shown=(rows[each.components[0].basis.startswith("corroborated")], *each.shown))
        if each.components
        else each
        for each in found
    ]


_SPREAD: Final = {
    True: later(
        "{count} lineages measure {distance}; not counted: the accuracy of the boundary above is itself the agreement "
        "between lineages"
    ),
    False: later(
        "{count} lineages measure {distance}; not counted: each lineage is judged by itself and those that decide must "
        "agree, so the rule holds it already"
    ),
}
"""By whether the accuracy of the boundary is corroborated: why the spread is not counted again."""


Found = tuple[float, tuple[float, float], Callable[[float], Interval]]


def _measured(line: BoundaryLine, reading: Reading, asked: Asked, edges: Edges | None) -> Found | str:
    """Value, where it ends, and the interval as a function of U; or why there is none."""
    if not line.covers(reading.lon_deg, reading.lat_deg):
        return say("the position lies outside the ground that this source covers here")
    towards = asked.towards or line.pair[0]
    signed_m = _signed_m(line, reading.lon_deg, reading.lat_deg, towards, edges)
    if math.isnan(signed_m) and asked.towards is not None:
        return say("by this source the position lies in neither of the two territories, or in both")
    if asked.sense is Sense.SHORTEST:
        return _shortest(line, reading, asked, edges, signed_m)
    return _along(line, reading, asked, edges, signed_m)


def _signed_m(line: BoundaryLine, lon_deg: float, lat_deg: float, towards: str, edges: Edges | None) -> float:
    """The signed distance of one position; NaN where the source puts it in neither territory, or in both."""
    distance_m = float(nearest_to(line, lon_deg, lat_deg, edges).distance_m)
    sides = sides_at(line, lon_deg, lat_deg, edges)
    if distance_m <= ON_THE_LINE_M:
        return 0.0
    if sides[0] == sides[1]:
        return math.nan
    inside = sides[0] if towards == line.pair[0] else sides[1]
    return distance_m if inside else -distance_m


def _shortest(line: BoundaryLine, reading: Reading, asked: Asked, edges: Edges | None, signed_m: float) -> Found | str:
    found = nearest_to(line, reading.lon_deg, reading.lat_deg, edges)
    end = (float(found.lon_deg), float(found.lat_deg))
    if asked.towards is None:
        bare = distance_interval_m(line, reading, edges=edges)
        return float(found.distance_m), end, lambda u_m: Interval(max(0.0, bare.low - u_m), bare.high + u_m)
    interval = signed_interval_m(line, reading, asked.towards, edges=edges)
    if interval is None:
        return say("part of the printed cell lies in neither of the two territories by this source")
    return signed_m, end, interval.widened


def _along(line: BoundaryLine, reading: Reading, asked: Asked, edges: Edges | None, signed_m: float) -> Found | str:
    lon_deg, lat_deg = reading.lon_deg, reading.lat_deg
    crossing = find_crossing(line, asked.sense, lon_deg, lat_deg, edges=edges, bearing_deg=asked.bearing_deg)
    if crossing is None:
        if asked.sense is Sense.MERIDIAN:
            return say("no border lies due north or due south of the position")
        return say("no border lies on the stated bearing from the position")
    inside = asked.towards is None or signed_m >= 0
    along_m, across_m = cell_extent_m(reading, crossing.azimuth_deg)

    # The search for changes asks for the same U again and again, and each answer takes many steps.
    @cache
    def interval(u_m: float) -> Interval:
        # Moving the position across the bearing is the same as moving the line by as much the other way; moving it
        # along the bearing changes the distance by just that.
        margin_m = max(u_m + across_m, ON_THE_LINE_M)
        ahead = crossing_interval_m(line, crossing, lon_deg, lat_deg, margin_m, edges=edges).widened(along_m)
        return ahead if inside else Interval(-ahead.high, -ahead.low)

    value_m = crossing.distance_m if inside else -crossing.distance_m
    return value_m, (crossing.lon_deg, crossing.lat_deg), interval


@dataclass(slots=True)
class _Propagation:
    """Draws the distance under the budget's distributions, where plus or minus U would describe it badly."""

    line: BoundaryLine
    reading: Reading
    asked: Asked
    edges: Edges | None
    components: tuple[Component, ...]
    value_m: float
    drawn: dict[tuple[float, ...], NDArray[np.float64]]

    def __call__(self) -> Propagated | None:
        cell_m = half_cell_m(self.reading)
        bounded = all(math.isfinite(each.value_95_m) for each in self.components)
        if not bounded or is_linear(self._distances, self.components, cell_m):
            return None
        return propagate(self._distances, self.components, cell_m)

    def _distances(self, east_m: NDArray[np.float64], north_m: NDArray[np.float64]) -> NDArray[np.float64]:
        moves_m = np.hypot(east_m, north_m)
        distance_m = self._bare(east_m, north_m, float(moves_m.max()))
        towards = self.asked.towards
        if towards is None:
            return distance_m
        # Whoever moves less far than the line is away stays on the same side of it.
        sign = np.full(distance_m.shape, -1.0 if self.value_m < 0 else 1.0)
        far = np.flatnonzero(moves_m >= abs(self.value_m) * SURELY_THIS_SIDE)
        if far.size:
            lon, lat = moved(self.reading, east_m[far], north_m[far])
            there = territories_at(self.line, lon, lat, edges=self.edges)
            sign[far] = np.where(there.first, 1.0, -1.0) * (1.0 if towards == self.line.pair[0] else -1.0)
        return np.asarray(distance_m * sign)

    def _bare(
        self, east_m: NDArray[np.float64], north_m: NDArray[np.float64], furthest_m: float
    ) -> NDArray[np.float64]:
        """Bare distances, drawn once for all questions about the same position and source."""
        key = (len(east_m), furthest_m, float(east_m[0]), float(north_m[0]))
        if key not in self.drawn:
            lon, lat = moved(self.reading, east_m, north_m)
            reach_m = abs(self.value_m) + 2 * furthest_m
            near = nearby_line(self.line, self.reading.lon_deg, self.reading.lat_deg, reach_m, edges=self.edges)
            found = nearest(near or self.line.polyline(self.edges), lon, lat)
            self.drawn[key] = np.asarray(found.distance_m)
        return self.drawn[key]
