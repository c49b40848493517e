"""A small overview: where in the world the map lies, and nothing else."""

from __future__ import annotations

import math
from typing import Final

import shapely
from markupsafe import Markup

from geoinc.messages import items, say
from geoinc.render.drawing import thin
from geoinc.render.labels import Board, Box, text_width
from geoinc.render.roles import Cast
from geoinc.render.svg import element, number, path_data

__all__ = ["locator_map"]

_SIZE: Final = 132.0


def locator_map(cast: Cast, view_box_deg: tuple[float, float, float, float]) -> Markup | None:
    """Return the overview as SVG; None where no outlines are held.

    Parameters
    ----------
    cast : Cast
    view_box_deg : tuple of float
        West, south, east, north of the map's opening view.

    Returns
    -------
    Markup or None
        The territories of the case with their names, neighbours without, a ring where the map lies.
    """
    data = cast.data
    own = {code: shape for code, shape in data.locator.items() if code in cast.territories and not shape.is_empty}
    if not own:
        return None
    west, south, east, north = shapely.total_bounds(list(own.values())).tolist()
    middle = (south + north) / 2
    stretch = max(math.cos(math.radians(middle)), 0.1)
    across = max((east - west) * stretch, north - south) * 1.08
    scale = _SIZE / across
    left, top = (west + east) / 2 - across / stretch / 2, middle + across / 2

    def chains(shape: shapely.Geometry) -> list[list[tuple[float, float]]]:
        clipped = shapely.clip_by_rect(shape, left, top - across, left + across / stretch, top)
        thinned = thin(clipped, 1.4 / scale * 111_320.0, middle)
        return [
            [((float(x) - left) * stretch * scale, (top - float(y)) * scale) for x, y in shapely.get_coordinates(ring)]
            for ring in shapely.get_rings(thinned)
        ]

    shapes = [
        element("path", d=path_data(chains(shape), closed=True), class_="gi-around")
        for code, shape in sorted(data.locator.items())
        if code not in own and not shape.is_empty
    ]
    board = Board(_SIZE, _SIZE)
    names: list[Markup] = []
    view_west, view_south, view_east, view_north = view_box_deg
    x = ((view_west + view_east) / 2 - left) * stretch * scale
    y = (top - (view_south + view_north) / 2) * scale
    board.block(Box(x - 8, y - 8, x + 8, y + 8))
    for code, shape in sorted(own.items(), key=lambda item: cast.territory_number(item[0])):
        shapes.append(
            element(
                "path", d=path_data(chains(shape), closed=True), class_=f"gi-own t{cast.territory_number(code) % 4}"
            )
        )
        spot = shape.representative_point()
        cx, cy = (spot.x - left) * stretch * scale, (top - spot.y) * scale
        caption = cast.voice(cast.territory(code))
        place = board.place(
            [(cx + dx, cy + dy) for dy in (0, -8, 8, -16, 16) for dx in (0, -10, 10, -20, 20)],
            text_width(caption, 11),
            13,
        )
        if place:
            names.append(element("text", caption, x=place[0], y=place[1] + 4, class_="gi-tick", text_anchor="middle"))
    ring = element("circle", cx=x, cy=y, r=5, class_="gi-here")
    size = number(_SIZE)
    where = say("Overview: {territories}; a ring where the map lies", territories=items(map(cast.territory, own)))
    title = element("title", cast.voice(where))
    return element("svg", title, *shapes, ring, *names, viewBox=f"0 0 {size} {size}", class_="gi-locator", role="img")
