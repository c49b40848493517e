"""A small map of one border: the line of each lineage, on one drawing without scripts or addresses."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from markupsafe import Markup
from shapely.geometry.base import BaseGeometry

from geoinc.boundaries import Border, BoundaryLine
from geoinc.geodesy import follow
from geoinc.render.drawing import thin
from geoinc.render.figure import grid_step
from geoinc.render.labels import Board, Box, text_width
from geoinc.render.saving import write_page
from geoinc.render.svg import element, number, path_data

__all__ = ["border_map", "save_border_map"]

_WIDTH: Final = 760.0
_HIGHEST: Final = 900.0
_LOWEST: Final = 240.0
_MARGIN: Final = 0.06
_LINE: Final = 15.0
_METRES_PER_DEGREE: Final = 111_320.0
# Told apart by dash as well as by colour: eight colours that colour-blind readers keep apart (Okabe and Ito 2008).
_STROKES: Final = (
    ("#0072b2", None),
    ("#d55e00", "7 3"),
    ("#009e73", "2 3"),
    ("#cc79a7", "10 3 2 3"),
    ("#000000", "5 2 1 2"),
    ("#e69f00", "12 4"),
    ("#56b4e9", "4 4"),
)

_STYLE: Final = (
    "text{font:12px system-ui,sans-serif;fill:#222}.grid{stroke:#ddd;stroke-width:1;fill:none}"
    ".tick{font-size:10px;fill:#555}.ground{stroke:none}.line{fill:none;stroke-width:1.8}"
    ".note{font-size:11px;fill:#444}.frame{fill:none;stroke:#888}.code{font-weight:600;fill:#555}"
)
_GROUNDS: Final = ("#f4efe6", "#e8eef2")

Chain = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _View:
    """Longitude and latitude to units of the drawing: straight axes, stretched to be true in the middle."""

    west: float
    north: float
    stretch: float
    scale: float
    width: float
    height: float

    @classmethod
    def around(cls, lines: Sequence[BaseGeometry]) -> _View:
        west, south, east, north = shapely.total_bounds(lines).tolist()
        stretch = max(math.cos(math.radians((south + north) / 2)), 0.05)
        across, up = max((east - west) * stretch, 0.02), max(north - south, 0.02)
        across, up = across * (1 + 2 * _MARGIN), up * (1 + 2 * _MARGIN)
        scale = min(_WIDTH / across, _HIGHEST / up)
        height = min(max(up * scale, _LOWEST), _HIGHEST)
        middle_lon, middle_lat = (west + east) / 2, (south + north) / 2
        left, top = middle_lon - _WIDTH / scale / stretch / 2, middle_lat + height / scale / 2
        return cls(left, top, stretch, scale, _WIDTH, height)

    @property
    def east(self) -> float:
        return self.west + self.width / self.scale / self.stretch

    @property
    def south(self) -> float:
        return self.north - self.height / self.scale

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        return (lon - self.west) * self.stretch * self.scale, (self.north - lat) * self.scale

    def chains(self, geometry: BaseGeometry) -> list[Chain]:
        """The parts of a geometry that are in view, as chains of points."""
        clipped = shapely.clip_by_rect(geometry, self.west, self.south, self.east, self.north)
        tolerance_m = _METRES_PER_DEGREE / self.scale / 3
        shown = thin(clipped, tolerance_m, (self.north + self.south) / 2)
        parts = shapely.get_parts(shown)
        if shapely.get_dimensions(shown) == 2:
            parts = shapely.get_rings(parts)
        return [[self.point(float(x), float(y)) for x, y in shapely.get_coordinates(part)] for part in parts]


def border_map(border: Border, *, notes: Sequence[str] = ()) -> Markup:
    """Return the map as SVG.

    Parameters
    ----------
    border : Border
        One line is drawn for each lineage: that of the source that speaks for it.
    notes : sequence of str
        Sentences to set below the map.

    Returns
    -------
    Markup
        With a title, a legend, a graticule, a scale and the credit of every source drawn.
    """
    held = [border[lineage] for lineage in border.lineages]
    turned = _crosses_antimeridian([line.line for line in held])
    drawn = [_turn(follow(line.line, line.edges, tolerance_m=200.0), turned=turned) for line in held]
    view = _View.around(drawn)
    board = Board(view.width, view.height)
    lines = []
    for (stroke, dash), line, shape in zip(_strokes(len(held)), held, drawn, strict=True):
        chains = view.chains(shape)
        for chain in chains:
            board.trace(chain)
        path = path_data(chains, closed=False)
        title = element("title", line.source.title)
        lines.append(element("path", title, d=path, class_="line", stroke=stroke, stroke_dasharray=dash))
    grounds, names = _grounds(held[0], view, board, turned=turned)
    grid = _graticule(view)
    legend, below = _legend(held, notes, view)
    first, second = border.pair
    title = element("title", f"The border of {first} and {second}, as {len(held)} sources draw it")
    frame = element("rect", x=0.5, y=0.5, width=view.width - 1, height=view.height - 1, class_="frame")
    return element(
        "svg",
        title,
        element("style", _STYLE),
        element("rect", x=0, y=0, width=view.width, height=below, fill="#fff"),
        *grounds,
        *grid,
        *reversed(lines),
        *names,
        _scale_bar(view),
        frame,
        *legend,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(view.width)} {number(below)}",
        width=view.width,
        height=below,
        role="img",
    )


def save_border_map(border: Border, path: str | Path, *, notes: Sequence[str] = ()) -> None:
    """Write the map: an SVG file, or a page of HTML that holds it where the name ends in .html or .htm.

    Raises
    ------
    UsageError
        If the file cannot be written.
    """
    drawing = border_map(border, notes=notes)
    if Path(path).suffix.lower() in {".html", ".htm"}:
        heading = escape(f"The border of {' and '.join(border.pair)}")
        page = (
            f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{heading}</title>'
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
            '<meta name="viewport" content="width=device-width"></head>'
            f'<body style="margin:1em auto;max-width:780px">{drawing}</body></html>\n'
        )
    else:
        page = f'<?xml version="1.0" encoding="UTF-8"?>\n{drawing}\n'
    write_page(path, page)


def _strokes(count: int) -> list[tuple[str, str | None]]:
    return [_STROKES[index % len(_STROKES)] for index in range(count)]


def _crosses_antimeridian(lines: Sequence[BaseGeometry]) -> bool:
    west, _, east, _ = shapely.total_bounds(lines).tolist()
    return bool(east - west > 180.0)


def _turn(geometry: BaseGeometry, *, turned: bool) -> BaseGeometry:
    """Count western longitudes on from 180 where a border lies on both sides of the antimeridian."""
    if not turned:
        return geometry
    return shapely.transform(
        geometry,
        lambda points: np.column_stack([np.where(points[:, 0] < 0, points[:, 0] + 360.0, points[:, 0]), points[:, 1]]),
    )


def _grounds(line: BoundaryLine, view: _View, board: Board, *, turned: bool) -> tuple[list[Markup], list[Markup]]:
    """The two territories by one source, and their codes where there is room."""
    shapes, names = [], []
    for colour, code in zip(_GROUNDS, sorted(line.pair), strict=True):
        ground = shapely.clip_by_rect(
            _turn(line.ground[code], turned=turned), view.west, view.south, view.east, view.north
        )
        if ground.is_empty:
            continue
        chains = view.chains(ground)
        shapes.append(
            element("path", d=path_data(chains, closed=True), fill=colour, fill_rule="evenodd", class_="ground")
        )
        spot = ground.representative_point()
        x, y = view.point(float(spot.x), float(spot.y))
        place = board.place(
            [(x + dx, y + dy) for dy in (0, -30, 30, -60, 60) for dx in (0, -60, 60, -120, 120)],
            text_width(code, 12),
            15,
        )
        if place:
            names.append(element("text", code, x=place[0], y=place[1] + 4, class_="code", text_anchor="middle"))
    return shapes, names


def _graticule(view: _View) -> list[Markup]:
    parts = []
    for low, high, along in ((view.west, view.east, "lon"), (view.south, view.north, "lat")):
        step = grid_step(high - low, 6)
        decimals = max(0, -math.floor(math.log10(step) + 1e-9))
        for count in range(math.ceil(low / step), math.floor(high / step) + 1):
            value = count * step
            if along == "lon":
                x, _ = view.point(value, view.north)
                shown = value - 360.0 if value > 180.0 else value
                text = f"{abs(shown):.{decimals}f}°{'W' if shown < 0 else 'E'}"
                parts.append(element("path", d=f"M{number(x)} 0V{number(view.height)}", class_="grid"))
                parts.append(element("text", text, x=x + 3, y=view.height - 4, class_="tick"))
            else:
                _, y = view.point(view.west, value)
                text = f"{abs(value):.{decimals}f}°{'S' if value < 0 else 'N'}"
                parts.append(element("path", d=f"M0 {number(y)}H{number(view.width)}", class_="grid"))
                parts.append(element("text", text, x=3, y=y - 3, class_="tick"))
    return parts


def _scale_bar(view: _View) -> Markup:
    """A bar for the middle of the map; elsewhere the scale differs along parallels."""
    kilometres = grid_step(view.width / view.scale * _METRES_PER_DEGREE / 1000, 5)
    length = kilometres * 1000 / _METRES_PER_DEGREE * view.scale
    x, y = view.width - length - 14, view.height - 24
    box = Box(x, y - 14, x + length, y)
    bar = element(
        "path", d=f"M{number(box.left)} {number(y)}h{number(length)}", stroke="#222", stroke_width=3, fill="none"
    )
    text = element("text", f"{kilometres:g} km", x=x + length / 2, y=y - 5, class_="tick", text_anchor="middle")
    return element("g", bar, text)


def _legend(held: Sequence[BoundaryLine], notes: Sequence[str], view: _View) -> tuple[list[Markup], float]:
    """Keys, credits and notes below the map; and where they end."""
    parts = []
    y = view.height + _LINE + 4
    for (stroke, dash), line in zip(_strokes(len(held)), held, strict=True):
        parts.append(
            element(
                "path", d=f"M8 {number(y - 4)}h34", stroke=stroke, stroke_width=2.4, stroke_dasharray=dash, fill="none"
            )
        )
        parts.append(element("text", f"{line.source.title} ({line.source.licence})", x=50, y=y))
        y += _LINE
    credits_ = [line.source.attribution for line in held]
    ground = f"The two territories are shaded as {held[0].source.title} has them."
    for text in (*dict.fromkeys(credits_), ground, *notes):
        for row in _wrapped(text):
            y += _LINE - 1
            parts.append(element("text", row, x=8, y=y, class_="note"))
    return parts, y + 10


def _wrapped(text: str) -> list[str]:
    rows: list[str] = []
    for word in text.split():
        if rows and text_width(f"{rows[-1]} {word}", 11) <= _WIDTH - 16:
            rows[-1] = f"{rows[-1]} {word}"
        else:
            rows.append(word)
    return rows
