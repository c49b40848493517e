"""The strip: what is stated and what was measured, by distance from the boundary alone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from geoinc.claims import BorderDistanceClaim, Claim, PositionClaim
from geoinc.findings import AssessmentData
from geoinc.intervals import Interval
from geoinc.measurement import Sense
from geoinc.render import words
from geoinc.render.figure import grid_step
from geoinc.render.labels import text_width
from geoinc.render.roles import Cast
from geoinc.render.svg import element, number, path_data

__all__ = ["Panel", "strip"]

_WIDTH: Final = 400.0
_AXIS: Final = 58.0
_LANE: Final = 37.0
_PLOT: Final = 330.0
_HEAD: Final = 40.0
_FOOT: Final = 22.0
_STRETCH: Final = 1.4


@dataclass(frozen=True, slots=True)
class _Tick:
    """One source's signed distance of one position."""

    source: int
    metres: float
    fit: bool


@dataclass(frozen=True, slots=True)
class _Lane:
    """One column: a position's ticks, or a claim's stated interval, upwards positive."""

    claim: Claim
    number: int
    ticks: tuple[_Tick, ...] = ()
    stated: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """One drawing of the strip with the words that repeat it.

    Attributes
    ----------
    drawing : Markup
        The SVG.
    lines : tuple of str
        One sentence for each column.
    beyond : tuple of str
        What lies outside the drawing, in words.
    """

    drawing: Markup
    lines: tuple[str, ...]
    beyond: tuple[str, ...]


def _upper(data: AssessmentData) -> tuple[str, str]:
    """Return the territory above the boundary and the one below: north goes up where the view tells which is north."""
    first, second = data.incident.borders[0]
    if data.views:
        ground = data.views[0].ground
        one, other = ground.get(first), ground.get(second)
        if one is not None and other is not None and not one.is_empty and not other.is_empty:
            return (first, second) if one.centroid.y > other.centroid.y else (second, first)
    return second, first


def _lanes(cast: Cast, above: str) -> dict[str, list[_Lane]]:
    """Return the columns of each point, in the order of the file."""
    data = cast.data
    first, _ = data.incident.borders[0]
    up = 1.0 if above == first else -1.0
    lanes: dict[str, list[_Lane]] = {}
    for claim in data.incident.claims:
        number_ = cast.claim_number(claim.id)
        if isinstance(claim, PositionClaim):
            ticks = tuple(
                _Tick(cast.source_number(each.source), up * each.signed_distance_m, each.fit)
                for each in data.measurements.get(claim.id, ())
                if each.sense is Sense.SHORTEST and each.signed_distance_m is not None
            )
            if ticks:
                lanes.setdefault(claim.point, []).insert(0, _Lane(claim, number_, ticks=ticks))
        elif isinstance(claim, BorderDistanceClaim) and claim.border in data.incident.borders[:1]:
            span = claim.distance.interval
            upward = span if claim.territory in {above, None} else None
            downward = Interval(-span.high, -span.low) if claim.territory != above else None
            stated = tuple(each for each in (upward, downward) if each is not None)
            lanes.setdefault(claim.point, []).append(_Lane(claim, number_, stated=stated))
    return lanes


def _range(lanes: list[_Lane]) -> tuple[float, float]:
    """Return what the axis spans: measured and bounded figures; an open one only if it hardly stretches the axis."""
    ends = [0.0, *(tick.metres for lane in lanes for tick in lane.ticks if tick.fit)]
    stated = [each for lane in lanes for each in lane.stated]
    ends += [end for each in stated if each.bounded for end in (each.low, each.high)]
    reach = max(map(abs, ends))
    loose = [end for each in stated if not each.bounded for end in (each.low, each.high) if math.isfinite(end)]
    ends += [end for end in loose if abs(end) <= _STRETCH * reach or reach == 0]
    if max(map(abs, ends)) == 0:
        ends += [tick.metres for lane in lanes for tick in lane.ticks] or [-1000.0, 1000.0]
    span = max(ends) - min(ends)
    margin, least = max(span * 0.08, 1.0), span * 0.14
    return min(min(ends) - margin, -least), max(max(ends) + margin, least)


class _Panel:
    """Draws one panel."""

    def __init__(self, cast: Cast, groups: list[tuple[str, list[_Lane]]], above: str, below: str) -> None:
        self.cast = cast
        self.groups = groups
        self.above, self.below = above, below
        self.low, self.high = _range([lane for _, lanes in groups for lane in lanes])
        self.parts: list[Markup] = []
        self.lines: list[str] = []
        self.outside: list[str] = []

    def y(self, metres: float) -> float:
        return _HEAD + (self.high - metres) / (self.high - self.low) * _PLOT

    def ground(self) -> None:
        top, middle, bottom = self.y(self.high), self.y(0.0), self.y(self.low)
        cast = self.cast
        for code, start, end, baseline in (
            (self.above, top, middle, top + 14),
            (self.below, middle, bottom, bottom - 6),
        ):
            tint = f"gi-ground t{cast.territory_number(code) % 4}"
            self.parts.append(element("rect", x=_AXIS, y=start, width=_WIDTH - _AXIS, height=end - start, class_=tint))
            name = cast.territory(code).upper()
            self.parts.append(element("text", name, x=_WIDTH - 6, y=baseline, class_="gi-side", text_anchor="end"))

    def axis(self) -> None:
        step = grid_step(self.high - self.low, 7)
        for k in range(math.ceil(self.low / step), math.floor(self.high / step) + 1):
            y = self.y(k * step)
            if k:
                self.parts.append(element("path", d=f"M{_AXIS - 5} {number(y)}H{_WIDTH}", class_="gi-grid"))
                self.parts.append(
                    element(
                        "text", words.short_length(abs(k) * step), x=_AXIS - 8, y=y + 4, class_="gi-tick",
                        text_anchor="end",
                    )
                )  # fmt: skip
        y = self.y(0.0)
        self.parts.append(element("path", d=f"M{_AXIS - 5} {number(y)}H{_WIDTH}", class_="gi-line is-selected"))
        self.parts.append(
            element("text", "border", x=_AXIS - 8, y=y + 4, class_="gi-tick gi-strong", text_anchor="end")
        )

    def columns(self) -> None:
        total = sum(len(lanes) for _, lanes in self.groups)
        lane_width = min(_LANE * 1.6, (_WIDTH - _AXIS - 8) / max(total, 1))
        x = _AXIS + 4
        for place, (point, lanes) in enumerate(self.groups):
            width = lane_width * len(lanes)
            if place:
                self.parts.append(
                    element("path", d=f"M{number(x)} {_HEAD}V{number(_HEAD + _PLOT)}", class_="gi-divide")
                )
            self.heading(self.cast.point(point), x + width / 2, width)
            for lane in lanes:
                self.lane(lane, x + lane_width / 2, lane_width)
                x += lane_width

    def heading(self, label: str, middle: float, width: float) -> None:
        rows: list[str] = []
        for word in label.split():
            if rows and text_width(f"{rows[-1]} {word}", 11.5) <= width:
                rows[-1] += f" {word}"
            else:
                rows.append(word)
        if len(rows) > 3:
            rows = [*rows[:2], f"{rows[2]} …"]
        for row, caption in enumerate(rows):
            y = _HEAD - 6 - 13 * (len(rows) - 1 - row)
            self.parts.append(element("text", caption, x=middle, y=y, class_="gi-head", text_anchor="middle"))

    def lane(self, lane: _Lane, x: float, width: float) -> None:
        role = self.cast.role(lane.claim)
        tag = f"gi-name p{role.colour}"
        if lane.ticks:
            self.measured(lane, x, min(width * 0.36, 15))
        for each in lane.stated:
            self.stated(each, x, min(width * 0.3, 13), role.colour)
        if isinstance(lane.claim, BorderDistanceClaim):
            self.lines.append(self.sentence(lane.claim))
        y = _HEAD + _PLOT + 15
        self.parts.append(element("text", lane.claim.tag, x=x, y=y, class_=tag, text_anchor="middle"))

    def measured(self, lane: _Lane, x: float, half: float) -> None:
        shown = [tick for tick in lane.ticks if self.low <= tick.metres <= self.high]
        fit = [tick.metres for tick in shown if tick.fit]
        if fit:
            top, bottom = self.y(max(fit)), self.y(min(fit))
            self.parts.append(
                element(
                    "rect", x=x - half * 0.55, y=top, width=half * 1.1, height=max(bottom - top, 1), class_="gi-spread"
                )
            )
        for tick in shown:
            names = f"gi-src m{tick.source}" + ("" if tick.fit else " is-unfit")
            y = number(self.y(tick.metres))
            self.parts.append(element("path", d=f"M{number(x - half)} {y}H{number(x + half)}", class_=names))
        for tick in lane.ticks:
            if not self.low <= tick.metres <= self.high:
                source = self.cast.data.sources[tick.source].title
                self.outside.append(f"{lane.claim.tag} by {source}: {self.place(tick.metres)}")
        self.lines.append(f"{lane.claim.tag} {self.cast.headline(lane.claim)}, measured: {self.range_of(lane)}")

    def range_of(self, lane: _Lane) -> str:
        fit = sorted((tick.metres for tick in lane.ticks if tick.fit), key=abs)
        if not fit:
            return "no source is fit for this scale"
        by = "by the sources fit for this scale"
        if fit[0] * fit[-1] <= 0 or min(fit) * max(fit) < 0:
            return f"{self.place(min(fit))} to {self.place(max(fit))}, {by}"
        name = self.cast.territory(self.above if fit[0] > 0 else self.below)
        return f"{words.interval(Interval(abs(fit[0]), abs(fit[-1])))} inside {name}, {by}"

    def place(self, metres: float) -> str:
        if metres == 0:
            return "on the line"
        name = self.cast.territory(self.above if metres > 0 else self.below)
        return f"{words.length(abs(metres))} inside {name}"

    def stated(self, each: Interval, x: float, half: float, colour: int) -> None:
        low, high = max(each.low, self.low), min(each.high, self.high)
        if low > high:
            # All of it lies outside: an arrow at the edge points there.
            self.arrow(x, self.y(self.high if each.low > 0 else self.low), -1 if each.low > 0 else 1, colour)
            return
        top, bottom = self.y(high), self.y(low)
        thick = max(bottom - top, 3.0)
        kind = "gi-ribbon" if each.bounded and not each.low <= 0 <= each.high else "gi-band"
        self.parts.append(
            element("rect", x=x - half, y=(top + bottom) / 2 - thick / 2, width=2 * half, height=thick,
                    class_=f"{kind} p{colour}")
        )  # fmt: skip
        if math.isinf(each.high):
            self.arrow(x, top, -1, colour)
        if math.isinf(each.low):
            self.arrow(x, bottom, 1, colour)

    def arrow(self, x: float, y: float, way: int, colour: int) -> None:
        """Draw an arrow head whose tip lies at y; `way` is -1 for up, 1 for down."""
        tail, tip = y - 9 * way, y - 2 * way
        d = path_data([[(x - 6, tail), (x, tip), (x + 6, tail)]], closed=False)
        self.parts.append(element("path", d=d, class_=f"gi-arrow p{colour}"))

    def sentence(self, claim: BorderDistanceClaim) -> str:
        where = f"inside {self.cast.territory(claim.territory)}" if claim.territory else "on either side"
        read = words.interval(claim.distance.interval)
        stated = claim.distance.text if claim.distance.text == read else f"{claim.distance.text} ({read})"
        return f"{claim.tag} {self.cast.headline(claim)}, stated: {stated} {where}"

    def panel(self) -> Panel:
        self.ground()
        self.axis()
        self.columns()
        height = _HEAD + _PLOT + _FOOT
        title = element("title", "Distance from the border, stated and measured; the list below repeats it in words")
        drawing = element(
            "svg", title, *self.parts, viewBox=f"0 0 {number(_WIDTH)} {number(height)}", class_="gi-strip", role="img"
        )
        return Panel(drawing=drawing, lines=tuple(self.lines), beyond=tuple(self.outside))


def strip(cast: Cast) -> tuple[Panel, ...]:
    """Return the strip as one or more panels; none where nobody states a distance and nothing was measured.

    Parameters
    ----------
    cast : Cast

    Returns
    -------
    tuple of Panel
    """
    if not cast.data.incident.borders:
        return ()
    above, below = _upper(cast.data)
    room = int((_WIDTH - _AXIS) // _LANE)
    panels: list[list[tuple[str, list[_Lane]]]] = []
    used = room
    for point, lanes in _lanes(cast, above).items():
        for start in range(0, len(lanes), room):
            part = lanes[start : start + room]
            if used + len(part) > room:
                panels.append([])
                used = 0
            panels[-1].append((point, part))
            used += len(part)
    return tuple(_Panel(cast, groups, above, below).panel() for groups in panels)
