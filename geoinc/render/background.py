"""What is drawn behind the map for orientation: water, and the towns that are named. No evidence is among it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from geoinc.findings import AssessmentData
from geoinc.landscape import Town, Water, towns_to_name
from geoinc.messages import say
from geoinc.relief import CREDIT, ShadedRelief
from geoinc.render.roles import Cast

__all__ = ["WATERS", "TownName", "background_credits", "background_towns", "waters"]

WATERS: Final = ("river", "wadi")
"""Kinds of features: water all the year, canals included, and water at times."""

_IN_VIEW: Final = 8
_ROUND_IT: Final = 16
"""How many towns the opening view names at most, and how many the ground round it that is drawn."""


class TownName(NamedTuple):
    """How a town is written on the map.

    Attributes
    ----------
    name : str
        In a script that the readers of the page's language read, where such a name is held.
    second, language : str
        The name in another script, and a language tag that says which; both empty where there is none.
    lon_deg, lat_deg : float
    """

    name: str
    second: str
    language: str
    lon_deg: float
    lat_deg: float


def waters(data: AssessmentData) -> Iterator[tuple[str, BaseGeometry]]:
    """Yield the kind and the course of the waters in view, ranks taken together."""
    for kind, wanted in zip(WATERS, ((Water.RIVER, Water.CANAL), (Water.WADI,)), strict=True):
        lines = [part for each in data.landscape.rivers if each.water in wanted
                 for part in shapely.get_parts(each.geometry)]  # fmt: skip
        if lines:
            yield kind, shapely.MultiLineString(lines)


def background_towns(cast: Cast, view_box_deg: tuple[float, float, float, float]) -> tuple[TownName, ...]:
    """Return the towns that the map names: those of the opening view first, then some round it.

    Parameters
    ----------
    cast : Cast
    view_box_deg : tuple of float
        West, south, east, north of the opening view.
    """
    data = cast.data
    taken = [(claim.reading.lon_deg, claim.reading.lat_deg) for claim in cast.positions]
    taken += [(place.lon_deg, place.lat_deg) for place in data.places]
    inner = towns_to_name(data.landscape.towns, view_box_deg, most=_IN_VIEW, taken=taken)
    west, south, east, north = view_box_deg
    wide, high = east - west, north - south
    outside = [town for town in data.landscape.towns if not _inside(town, view_box_deg)]
    round_it = (west - wide, south - high, east + wide, north + high)
    # The same spacing on the ground, in a box three times as wide.
    outer = towns_to_name(outside, round_it, most=_ROUND_IT, apart=0.16 / 3, taken=taken)
    return tuple(_written(town, cast.voice.language) for town in (*inner, *outer))


def background_credits(
    data: AssessmentData, relief: ShadedRelief | None, *, within: tuple[float, float, float, float] | None = None
) -> tuple[str, ...]:
    """Return what must be said of the background: whose it is, and what it is not good for.

    Parameters
    ----------
    data : AssessmentData
    relief : ShadedRelief or None
    within : tuple of float, optional
        West, south, east, north of a drawing that shows no more; by default all that is held for the case.
    """
    shaded = () if relief is None else (say("Relief: {credit}", credit=CREDIT),)
    shown = data.landscape if within is None else data.landscape.within(within)
    if not shown.credits:
        return shaded
    return (
        say(
            "Rivers, wadis and small towns are drawn for orientation alone. Nothing says how accurate they are, and "
            "nothing is measured against them."
        ),
        *(say("Background: {credit}", credit=each.attribution) for each in shown.credits),
        *shaded,
    )


def _inside(town: Town, box_deg: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box_deg
    return west <= town.lon_deg <= east and south <= town.lat_deg <= north


def _written(town: Town, language: str) -> TownName:
    if language == "ar" and town.name_arabic:
        return TownName(town.name_arabic, town.name, "und-Latn", town.lon_deg, town.lat_deg)
    tag = f"und-{town.script}" if town.name_local else ""
    return TownName(town.name, town.name_local, tag, town.lon_deg, town.lat_deg)
