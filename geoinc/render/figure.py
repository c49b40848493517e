"""The map as a still drawing: for print, and for readers without JavaScript."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import shapely
from markupsafe import Markup
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geoinc.claims import BorderDistanceClaim, Claim, PlaceOffsetClaim
from geoinc.messages import join, say
from geoinc.notation import Reading
from geoinc.render import words
from geoinc.render.background import WATERS, background_towns
from geoinc.render.drawing import LINEAR, Drawing, Feature, thin
from geoinc.render.labels import Board, Box, text_width
from geoinc.render.legend import label_of
from geoinc.render.naming import place_names, second_names
from geoinc.render.opening import first_connectors, first_sources, still_claims
from geoinc.render.roles import Cast
from geoinc.render.svg import element, number, path_data
from geoinc.render.track import fixes

__all__ = ["COARSE", "WIDTH", "grid_step", "marker", "static_figure"]

_GEOD: Final = Geod(ellps="WGS84")
WIDTH: Final = 760.0
"""Width of the still map on the page."""

COARSE: Final = 1.2
"""How far a line of the page's still map may run from its course, in units: three tenths of a millimetre on paper."""

_STEPS: Final = (1.0, 2.0, 5.0)
_LONGEST: Final = 1.15
"""Greatest height of the drawing, in widths."""

_CLEAR: Final = 16.0
"""How far the label of a curve keeps from dots, so that it does not seem to name one."""

_FURNITURE: Final = 58.0
"""Height of the room that the scale bar takes at the foot of the drawing."""

_CLEARLY: Final = 3.0
"""By how much a label is nearer to its own dot than to any other."""

Chain = list[tuple[float, float]]


def grid_step(span: float, about: int) -> float:
    """Return a round step that divides `span` into about so many parts.

    Examples
    --------
    >>> grid_step(0.75, 4), grid_step(13.0, 6)
    (0.2, 2.0)
    """
    ideal = span / about
    power = 10.0 ** math.floor(math.log10(ideal))
    return float(
        min((step * power * ten for step in _STEPS for ten in (1, 10)), key=lambda s: abs(math.log(s / ideal)))
    )


def marker(shape: str, x: float, y: float, size: float, class_: str) -> Markup:
    """Return a party's marker, centred on a point."""
    if shape == "circle":
        return element("circle", cx=x, cy=y, r=size, class_=class_)
    if shape == "square":
        side = size * 0.9
        return element("rect", x=x - side, y=y - side, width=2 * side, height=2 * side, class_=class_)
    corners = {"diamond": (4, 0.0), "triangle": (3, 0.0), "hexagon": (6, 30.0)}
    count, turn = corners[shape]
    points = [
        (x + 1.2 * size * math.sin(math.radians(turn + 360 * k / count)),
         y - 1.2 * size * math.cos(math.radians(turn + 360 * k / count)))
        for k in range(count)
    ]  # fmt: skip
    return element("path", d=path_data([points], closed=True), class_=class_)


def areas(found: BaseGeometry, *, like: BaseGeometry) -> BaseGeometry:
    """Return the parts of a geometry that have the dimension of `like`: cutting leaves points and edges too."""
    dimension = shapely.get_dimensions(like)
    parts = [part for part in _flat(found) if shapely.get_dimensions(part) == dimension]
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)


def _flat(geometry: BaseGeometry) -> Iterator[BaseGeometry]:
    for part in shapely.get_parts(geometry):
        if part.geom_type.startswith("Multi") or part.geom_type == "GeometryCollection":
            yield from _flat(part)
        else:
            yield part


class _Plate:
    """The frame of the drawing: longitude and latitude to units, straight and to one scale at its middle."""

    def __init__(
        self, view_box_deg: tuple[float, float, float, float], width: float, coarseness: float = COARSE
    ) -> None:
        self.coarseness = coarseness
        west, south, east, north = view_box_deg
        self.stretch = max(math.cos(math.radians((south + north) / 2)), 0.01)
        height = width * (north - south) / ((east - west) * self.stretch)
        if height > width * _LONGEST:
            more = (north - south) / (self.stretch * _LONGEST) - (east - west)
            west, east = west - more / 2, east + more / 2
            height = width * _LONGEST
        self.west, self.south, self.east, self.north = west, south, east, north
        self.scale = width / (east - west)
        self.width, self.height = width, height
        self.lat_deg = (south + north) / 2

    def point(self, lon_deg: float, lat_deg: float) -> tuple[float, float]:
        return (lon_deg - self.west) * self.scale, (self.north - lat_deg) * self.scale / self.stretch

    def clip(self, geometry: BaseGeometry) -> BaseGeometry:
        margin = (self.east - self.west) * 0.02
        frame = shapely.box(self.west - margin, self.south - margin, self.east + margin, self.north + margin)
        # Thinning may leave a polygon that crosses itself, of which a plain clip keeps the ground outside it.
        clipped = areas(shapely.intersection(shapely.make_valid(geometry), frame), like=geometry)
        return thin(clipped, self.coarseness / self.scale * self.stretch * 111_320.0, self.lat_deg)

    def chains(self, geometry: BaseGeometry) -> list[Chain]:
        parts = shapely.get_parts(geometry)
        rings = shapely.get_rings(parts) if shapely.get_dimensions(geometry) == 2 else parts
        return [[self.point(float(x), float(y)) for x, y in shapely.get_coordinates(ring)] for ring in rings]


class _Figure:
    """Draws one still map of the first source."""

    def __init__(self, drawing: Drawing, cast: Cast, width: float = WIDTH, coarseness: float = COARSE) -> None:
        self.cast = cast
        self.drawing = drawing
        self.plate = _Plate(drawing.view_box_deg, width, coarseness)
        self.board = Board(width, self.plate.height)
        self.shapes: list[Markup] = []
        self.texts: list[Markup] = []
        self.still = still_claims(cast)
        self.ways = first_connectors(cast)
        self.firsts = first_sources(cast)
        self.dots: list[tuple[float, float]] = []
        self.grounds = self.visible_grounds()

    def wanted(self) -> Iterator[Feature]:
        for feature in self.drawing.features:
            always = feature.kind == "line" or (not feature.sources and feature.kind != "whole")
            first = not self.firsts.isdisjoint(feature.sources) and (
                feature.kind == "ground"
                or (feature.kind == "connector" and feature.claim in self.ways)
                or (feature.kind in {"ribbon", "band"} and feature.claim in self.still)
            )
            if always or first:
                yield feature

    def geometry(self) -> None:
        gridded = False
        for feature in self.wanted():
            if feature.kind != "ground" and not gridded:
                # Over every ground, and under all that is told of.
                self.grid()
                gridded = True
            shape = self.plate.clip(feature.geometry)
            if shape.is_empty:
                continue
            linear = feature.kind in LINEAR
            chains = self.plate.chains(shape)
            names = feature.classes.split(" ", 2)[2]
            if feature.kind == "line":
                names += " is-other" if self.firsts.isdisjoint(feature.sources) else " is-selected"
            self.shapes.append(element("path", d=path_data(chains, closed=not linear), class_=names))
            if feature.kind not in {"ground", *WATERS}:
                first = linear and not self.firsts.isdisjoint(feature.sources)
                weight = 0.3 if feature.kind == "spread" else 2.0 if first else 1.0
                for chain in chains:
                    self.board.trace(chain, weight)

    def grid(self) -> None:
        plate = self.plate
        step = grid_step(plate.east - plate.west, 4)
        lines: list[Chain] = []
        for k in range(math.ceil(plate.west / step), math.floor(plate.east / step) + 1):
            x, _ = plate.point(k * step, plate.north)
            lines.append([(x, 0.0), (x, plate.height)])
            if 40 < x < plate.width - 40:
                self.text(words.degrees(k * step, "EW", step), x, plate.height - 6, "gi-tick")
        for k in range(math.ceil(plate.south / step), math.floor(plate.north / step) + 1):
            _, y = plate.point(plate.west, k * step)
            lines.append([(0.0, y), (plate.width, y)])
            if 30 < y < plate.height - 40:
                tick = words.degrees(k * step, "NS", step)
                # Words for a hemisphere are longer than a letter; the estimate of their width is generous.
                x = max(24.0, text_width(self.cast.voice(tick), 12) / 2 - 9)
                # Beside the scale bar there is no room on its side.
                x = plate.width - x if y > plate.height - _FURNITURE else x
                self.text(tick, x, y - 4, "gi-tick")
        self.shapes.append(element("path", d=path_data(lines, closed=False), class_="gi-grid"))

    def text(self, caption: str, x: float, y: float, class_: str, **attributes: str) -> None:
        said = self.cast.voice(caption)
        width = text_width(said, 12)
        self.board.block(Box(x - width / 2, y - 11, x + width / 2, y + 3))
        self.texts.append(element("text", said, x=x, y=y, class_=class_, text_anchor="middle", **attributes))

    def label(self, caption: str, centres: list[tuple[float, float]], size: float, class_: str) -> bool:
        """Write a label where it has most room; False where it has none."""
        said = self.cast.voice(caption)
        place = self.board.place(centres, text_width(said, size) + 4, size * 1.25)
        if place:
            x, y = place
            self.texts.append(element("text", said, x=x, y=y + size * 0.36, class_=class_, text_anchor="middle"))
        return place is not None

    def furniture(self) -> None:
        plate = self.plate
        x0, y0 = 14.0, plate.height - 34
        metres, units = self.scale_bar()
        self.board.block(Box(0, plate.height - _FURNITURE, units + 24, plate.height))
        self.texts.append(element("path", d=f"M{x0} {number(y0 - 6)}v6h{number(units)}v-6", class_="gi-scale"))
        length = self.cast.voice(words.short_length(metres))
        self.texts.append(element("text", length, x=x0 + 4, y=y0 - 5, class_="gi-tick"))
        north = self.cast.voice(say("N ↑"))
        self.texts.append(element("text", north, x=plate.width - 16, y=22, class_="gi-north", text_anchor="end"))
        self.board.block(Box(plate.width - 50, 0, plate.width, 30))

    def scale_bar(self) -> tuple[float, float]:
        plate = self.plate
        _, _, across = _GEOD.inv(plate.west, plate.lat_deg, plate.east, plate.lat_deg)
        metres = grid_step(float(across), 6)
        return metres, metres / float(across) * plate.width

    def positions(self) -> None:
        printed: list[tuple[Claim, Reading, str, str]] = [
            (claim, claim.reading, label_of(self.cast, claim), "") for claim in self.cast.positions
        ]
        printed += [(fix.claim, fix.reading, join([fix.claim.tag, fix.name]), "is-fix ") for fix in fixes(self.cast)]
        spots = []
        for claim, reading, name, hollow in printed:
            x, y = self.plate.point(self.cast.counted_deg(reading.lon_deg), reading.lat_deg)
            if not (0 <= x <= self.plate.width and 0 <= y <= self.plate.height):
                continue
            self.board.block(Box(x - 7, y - 7, x + 7, y + 7))
            spots.append((x, y, claim, name, hollow))
        self.dots = [(x, y) for x, y, *_ in spots]
        for x, y, claim, name, hollow in spots:
            role = self.cast.role(claim)
            self.texts.append(marker(role.marker, x, y, 5.5, f"gi-dot {hollow}p{role.colour}"))
            others = [dot for dot in self.dots if dot != (x, y)]
            # Where a long name has no room that is clearly this dot's, its tag alone says which dot it is.
            for caption in (self.cast.voice(name), claim.tag):
                width = text_width(caption, 14)
                centres = nearest_to(around(x, y, width, 14), (x, y), others, width, 14)
                if self.label(caption, centres, 14, f"gi-name p{role.colour}"):
                    break

    def connectors(self) -> None:
        shown = [
            (self.cast.claim_number(each.claim), each)
            for each in self.cast.data.connectors
            if self.cast.source_number(each.source) in self.firsts and self.cast.claim_number(each.claim) in self.ways
        ]
        several = len({claim for claim, _ in shown}) > 1
        for claim, each in shown:
            a = self.plate.point(self.cast.counted_deg(each.lon_deg), each.lat_deg)
            b = self.plate.point(self.cast.counted_deg(each.nearest_lon_deg), each.nearest_lat_deg)
            told = words.length(each.distance_m)
            if several:
                told = say("{tag}: {distance}", tag=self.cast.data.incident.claims[claim].tag, distance=told)
            caption = self.cast.voice(told)
            half = text_width(caption, 13) / 2 + 8
            centres = [
                (a[0] + (b[0] - a[0]) * t + side * half, a[1] + (b[1] - a[1]) * t)
                for t in (0.5, 0.4, 0.6, 0.3, 0.7)
                for side in (-1, 1)
            ]
            self.label(caption, centres, 13, "gi-measure")

    def places(self) -> None:
        inside = []
        for place in self.cast.data.places:
            x, y = self.plate.point(self.cast.counted_deg(place.lon_deg), place.lat_deg)
            if 0 <= x <= self.plate.width and 0 <= y <= self.plate.height:
                self.texts.append(element("circle", cx=x, cy=y, r=3, class_="gi-town"))
                self.board.block(Box(x - 4, y - 4, x + 4, y + 4))
                inside.append((place, x, y))
        for place, x, y in inside:
            name, _ = place_names(place, self.cast.voice.language)
            centres = around(x, y, text_width(name, 12.5), 12.5)
            # On its own side of the border, where there is room.
            ground = self.grounds.get(place.territory)
            own = [spot for spot in centres if ground is not None and self.covers(ground, *spot)]
            self.label(name, own or centres, 12.5, "gi-place")

    def regions(self) -> None:
        for feature in self.wanted():
            if feature.kind not in {"ribbon", "band"} or feature.claim is None:
                continue
            claim = self.cast.data.incident.claims[feature.claim]
            if isinstance(claim, BorderDistanceClaim | PlaceOffsetClaim):
                chains = self.plate.chains(self.plate.clip(feature.geometry))
                caption = self.cast.voice(label_of(self.cast, claim))
                centres = [
                    spot
                    for spot in beside(chains, self.board)
                    if all(gap_of(spot, dot, text_width(caption, 13.5), 13.5) > _CLEAR for dot in self.dots)
                ]
                self.label(caption, centres, 13.5, f"gi-name p{feature.colour}")

    def countries(self) -> None:
        seconds = second_names(self.cast.territories, self.cast.voice.language)
        for code, shape in self.grounds.items():
            caption = self.cast.voice(self.cast.territory(code)).upper()
            second = seconds.get(code)
            width = text_width(caption, 19)
            centres = [
                (x, y)
                for y in self.steps(self.plate.height)
                for x in self.steps(self.plate.width)
                if self.roomy(shape, x, y, width)
            ]
            centres.sort(key=lambda c: math.hypot(c[0] - self.plate.width / 2, c[1] - self.plate.height / 2))
            place = self.board.place(centres, width, 42 if second else 21)
            if place is None:
                continue
            x, y = place[0], place[1] + 6 - (9 if second else 0)
            self.texts.append(element("text", caption, x=x, y=y, class_="gi-country", text_anchor="middle"))
            if second:
                below = element(
                    "text", second.text, x=x, y=y + 18, class_="gi-second", text_anchor="middle", lang=second.language
                )
                self.texts.append(below)

    def towns(self) -> None:
        """Name towns where neither the dot nor the name stands on anything of the case."""
        for town in background_towns(self.cast, self.drawing.view_box_deg):
            x, y = self.plate.point(town.lon_deg, town.lat_deg)
            dot = Box(x - 4, y - 4, x + 4, y + 4)
            if dot.left < 0 or dot.top < 0 or dot.right > self.plate.width or dot.bottom > self.plate.height:
                continue
            if any(dot.meets(other) for other in self.board.taken):
                continue
            # Isolates keep a name that runs the other way from turning the first one round.
            caption = f"{town.name} · \u2068{town.second}\u2069" if town.second else town.name
            before = len(self.texts)
            self.board.block(dot)
            self.label(caption, around(x, y, text_width(caption, 10.5) - 8, 10.5)[:6], 10.5, "gi-behind")
            if len(self.texts) > before:
                self.texts.append(element("circle", cx=x, cy=y, r=2.5, class_="gi-hollow"))

    def visible_grounds(self) -> dict[str, BaseGeometry]:
        """What is seen of each ground of the first source, by territory: later ones are painted over it."""
        painted = [
            each for each in self.drawing.features if each.kind == "ground" and not self.firsts.isdisjoint(each.sources)
        ]
        seen = {}
        for place, feature in enumerate(painted):
            if feature.territory is not None:
                over = [later.geometry for later in painted[place + 1 :]]
                seen[self.cast.territories[feature.territory]] = feature.geometry.difference(shapely.union_all(over))
        return seen

    def steps(self, length: float) -> list[float]:
        return [length * k / 16 for k in range(1, 16)]

    def roomy(self, shape: BaseGeometry, x: float, y: float, width: float) -> bool:
        corners = [(x + dx, y + dy) for dx in (-width / 2, 0, width / 2) for dy in (-24, 24)]
        return all(self.covers(shape, cx, cy) for cx, cy in corners)

    def covers(self, shape: BaseGeometry, x: float, y: float) -> bool:
        plate = self.plate
        spot = shapely.Point(plate.west + x / plate.scale, plate.north - y / plate.scale * plate.stretch)
        return bool(shape.covers(spot))

    def markup(self) -> Markup:
        self.geometry()
        self.furniture()
        self.positions()
        self.connectors()
        self.places()
        self.regions()
        self.countries()
        self.towns()
        width, height = self.plate.width, self.plate.height
        clip = element("clipPath", element("rect", width=width, height=height), id="gi-frame")
        frame = element("rect", width=width, height=height, class_="gi-frame")
        body = [element("defs", clip), element("g", *self.shapes, clip_path="url(#gi-frame)"), *self.texts, frame]
        return element(
            "svg",
            *body,
            viewBox=f"0 0 {number(width)} {number(height)}",
            class_="gi-still",
            role="img",
            aria_labelledby="gi-still-caption",
        )


def around(x: float, y: float, width: float, size: float) -> list[tuple[float, float]]:
    """Return the middles that a label of a dot may take: beside it first, then above and below."""
    side, rise = width / 2 + 11, size * 1.1
    near = [(side, 0.0), (-side, 0.0), (side, -rise), (-side, rise), (side, rise), (-side, -rise)]
    far = [(0.0, -size * 1.6), (0.0, size * 1.6), (side, -2 * rise), (-side, 2 * rise), (side, 2 * rise)]
    return [(x + dx, y + dy) for dx, dy in near + far]


def nearest_to(
    centres: list[tuple[float, float]],
    dot: tuple[float, float],
    others: list[tuple[float, float]],
    width: float,
    size: float,
) -> list[tuple[float, float]]:
    """Return the middles at which a label stands clearly nearer to its own dot than to any other.

    Parameters
    ----------
    centres : list of (x, y)
        Candidates.
    dot : (x, y)
        What the label names.
    others : list of (x, y)
        Dots that it must not seem to name.
    width, size : float
        Of the label's text.

    Examples
    --------
    >>> nearest_to([(0, -20), (0, 20)], (0, 0), [(0, 8)], 40, 14)
    [(0, -20)]
    """
    return [
        centre
        for centre in centres
        if all(gap_of(centre, dot, width, size) + _CLEARLY < gap_of(centre, other, width, size) for other in others)
    ]


def gap_of(centre: tuple[float, float], dot: tuple[float, float], width: float, size: float) -> float:
    """Return how far a label's text lies from a dot."""
    across, up = abs(centre[0] - dot[0]) - width / 2, abs(centre[1] - dot[1]) - size * 0.6
    return math.hypot(max(across, 0.0), max(up, 0.0))


def beside(chains: list[Chain], board: Board) -> list[tuple[float, float]]:
    """Return the middles that a label of a curve may take: a little off it, along its whole length."""
    spots: list[tuple[float, float]] = []
    for chain in chains:
        inside = [(x, y) for x, y in chain if 0 <= x <= board.width and 0 <= y <= board.height]
        every = max(1, len(inside) // 24)
        for x, y in inside[::every]:
            spots += [(x, y + offset) for offset in (-16.0, 16.0, -30.0, 30.0)]
    return sorted(spots, key=lambda spot: abs(spot[0] - board.width * 0.6))


def static_figure(drawing: Drawing, cast: Cast, *, width: float = WIDTH, coarseness: float = COARSE) -> Markup:
    """Return the still map as SVG: the first source, with the claims that the opening view shows.

    Parameters
    ----------
    drawing : Drawing
    cast : Cast
    width : float
        How wide it is, in the units in which its letters are 11 to 17 high.
    coarseness : float
        How far a line may run from its course, in these units.

    Returns
    -------
    Markup
        Styled by the classes of the page's style sheet; every text in it is escaped.
    """
    return _Figure(drawing, cast, width, coarseness).markup()
