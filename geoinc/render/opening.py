"""What the opening view shows: one rule for every party."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import shapely

from geoinc.errors import UsageError
from geoinc.notation import Reading
from geoinc.render.roles import Cast

__all__ = ["Opening", "cell_box_deg", "first_connectors", "first_sources", "open_view", "still_claims"]

Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""

NORTHERNMOST_DEG: Final = 85.05
"""Where the map ends, north and south: Mercator's projection has no poles."""

_LEAST_HALF_DEG: Final = 0.15
_MARGIN: Final = 0.06
_WIDEST_DEG: Final = 180.0
_ALL_DRAWN: Final = 1.05
"""A drawing that is hardly wider than the opening view shows its own edge."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Where the map opens.

    Attributes
    ----------
    view_box_deg : tuple of float
        West, south, east, north.
    drawn_box_deg : tuple of float or None
        The same of the ground and the lines that are held; None where none are.
    placed : bool
        Whether the case itself says where to look; otherwise the view is a stretch of the border.
    polar : bool
        Whether a position lies beyond the map's end.
    """

    view_box_deg: Box
    drawn_box_deg: Box | None
    placed: bool
    polar: bool


def open_view(cast: Cast) -> Opening:
    """Return the opening view: that of the result, wide enough for every cell of printed positions.

    Where nothing is placed and the drawing ends where the view does, it opens on the middle of the border that
    is drawn, so that no edge of the drawing passes for one on the ground.

    Raises
    ------
    UsageError
        If there is no place at all to open on.
    """
    data = cast.data
    bounds = [shape.bounds for view in data.views for shape in (view.line, *view.ground.values()) if not shape.is_empty]
    drawn = _hull(*bounds) if bounds else None
    view = data.view_box_deg if _is_box(data.view_box_deg) else None
    if cast.printed:
        polar = any(abs(reading.lat_deg) > NORTHERNMOST_DEG for reading in cast.printed)
        around = _around(_hull(*(cell_box_deg(cast, reading) for reading in cast.printed)), view)
        return Opening(_on_map(around), drawn, placed=True, polar=polar)
    if drawn is not None and (view is None or _shows_edges(view, drawn)):
        return Opening(_on_map(_middle(cast, drawn)), drawn, placed=False, polar=False)
    if view is None:
        raise UsageError(f"the map has nowhere to open: {data.view_box_deg} is no box, and nothing is drawn")
    return Opening(_on_map(view), drawn, placed=True, polar=False)


def cell_box_deg(cast: Cast, reading: Reading) -> Box:
    """Return the box of all positions that print the same, as far as there is ground."""
    return (
        cast.counted_deg(reading.lon_deg) - reading.half_width_lon_deg,
        max(-90.0, reading.lat_deg - reading.half_width_lat_deg),
        cast.counted_deg(reading.lon_deg) + reading.half_width_lon_deg,
        min(90.0, reading.lat_deg + reading.half_width_lat_deg),
    )


def _around(cells: Box, view: Box | None) -> Box:
    """The view itself where it holds every cell, else a view with some room around them all."""
    whole = cells if view is None else _hull(cells, view)
    if whole == view:
        return whole
    west, south, east, north = whole
    least = _LEAST_HALF_DEG if view is None else 0.0
    wide, high = max((east - west) * _MARGIN, least), max((north - south) * _MARGIN, least)
    return west - wide, south - high, east + wide, north + high


def _middle(cast: Cast, drawn: Box) -> Box:
    """The middle third of what is drawn, around the point of the line that is nearest to its middle."""
    west, south, east, north = drawn
    spot = shapely.Point((west + east) / 2, (south + north) / 2)
    line = next((view.line for view in cast.data.views if not view.line.is_empty), spot)
    near = shapely.get_point(shapely.shortest_line(line, spot), 0)
    wide, high = (east - west) / 6, (north - south) / 6
    return near.x - wide, near.y - high, near.x + wide, near.y + high


def _shows_edges(view: Box, drawn: Box) -> bool:
    wide, high = (view[2] - view[0]) * _ALL_DRAWN, (view[3] - view[1]) * _ALL_DRAWN
    return drawn[2] - drawn[0] <= wide and drawn[3] - drawn[1] <= high


def _on_map(box: Box) -> Box:
    """The part of a box that the map can show; where that is too low to look at, a strip at the map's end."""
    west, south, east, north = box
    end = NORTHERNMOST_DEG - 2 * _LEAST_HALF_DEG
    return west, max(min(south, end), -NORTHERNMOST_DEG), east, min(max(north, -end), NORTHERNMOST_DEG)


def _is_box(box: Box) -> bool:
    west, south, east, north = box
    return all(map(math.isfinite, box)) and west < east <= west + _WIDEST_DEG and south < north


def _hull(*boxes: Box) -> Box:
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def still_claims(cast: Cast) -> frozenset[int]:
    """Return the claims whose ground is shown at first: of each party, the first with a band or a ribbon.

    One rule for all parties keeps the opening view readable; the legend shows the rest.
    """
    chosen: dict[str, int] = {}
    drawn = {region.claim for region in cast.data.regions if region.style != "beyond"}
    for claim in cast.data.incident.claims:
        if claim.id in drawn:
            chosen.setdefault(claim.party, cast.claim_number(claim.id))
    return frozenset(chosen.values())


def first_connectors(cast: Cast) -> frozenset[int]:
    """Return the positions whose shortest way is drawn at first: each party's first."""
    chosen: dict[str, int] = {}
    for claim in cast.positions:
        chosen.setdefault(claim.party, cast.claim_number(claim.id))
    return frozenset(chosen.values())


def first_sources(cast: Cast) -> frozenset[int]:
    """Return the sources that are shown at first: one for each border, of one lineage where it draws them all."""
    return frozenset(cast.choices[0]) if cast.choices else frozenset({0})
