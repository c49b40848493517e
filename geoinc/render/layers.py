"""The interactive map, made with folium from numbers and constants alone.

folium and branca compile what they are given as a template a second time, so that a text with ``{{ }}`` in it
would run as code. No text of a case, a boundary file or an address enters any of their objects here: geometry,
numbers and constant class names do.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar, Final

import folium
import shapely
from folium.map import CustomPane
from shapely.geometry.base import BaseGeometry

from geoinc.render.drawing import Drawing, Feature

__all__ = ["MAP_NAME", "leaflet_map"]

MAP_NAME: Final = "map_gi0"
_NUMBERS_APART: Final = re.compile(r"(?<=[\d\]]), (?=[-\d\[])")
_GROUND_PANE: Final = "gi-ground"


class _OfflineMap(folium.Map):  # type: ignore[misc] - folium ships no types
    """A map that brings no address of its own: the page holds Leaflet."""

    default_js: ClassVar[list[tuple[str, str]]] = []
    default_css: ClassVar[list[tuple[str, str]]] = []


def leaflet_map(drawing: Drawing) -> tuple[str, str]:
    """Return the map's element and its script.

    folium names its objects at random; here each gets a fixed name, so that equal input gives equal bytes.

    Parameters
    ----------
    drawing : Drawing

    Returns
    -------
    html, script : str
    """
    west, south, east, north = drawing.view_box_deg
    chart = _named(
        _OfflineMap(
            location=[round((south + north) / 2, 6), round((west + east) / 2, 6)],
            zoom_start=9,
            tiles=None,
            zoom_control=True,
            attribution_control=False,
            zoom_snap=0.25,
            zoom_delta=0.5,
            max_zoom=_closest_zoom(drawing.tolerance_m),
        ),
        0,
    )
    grounds = [feature for feature in drawing.features if feature.kind == "ground"]
    others = [feature for feature in drawing.features if feature.kind != "ground"]
    if grounds:
        _named(CustomPane(_GROUND_PANE, z_index=350), 1).add_to(chart)
        _named(_layer(grounds, drawing.decimals, pane=_GROUND_PANE), 2).add_to(chart)
    if others:
        _named(_layer(others, drawing.decimals), 3).add_to(chart)
    figure = chart.get_root()
    chart.render()
    script = _NUMBERS_APART.sub(",", str(figure.script.render()))
    return str(figure.html.render()).strip(), script.strip()


def _closest_zoom(tolerance_m: float) -> int:
    # At zoom z one pixel is 156 543 m / 2**z on the equator: stop where the drawing's own coarseness would be
    # about six pixels, because a reader must not take it for the line.
    zoom = 0
    while 156_543.0 / 2 ** (zoom + 1) > tolerance_m / 6 and zoom < 18:
        zoom += 1
    return zoom


def _named(thing: Any, number: int) -> Any:
    thing._id = f"gi{number}"  # the name under which folium writes it; random unless set
    return thing


def _layer(features: list[Feature], decimals: int, **options: str) -> Any:
    classes = {str(feature.number): feature.classes for feature in features}

    def style(feature: dict[str, Any]) -> dict[str, str]:
        return {"className": classes[feature["id"]]}

    return folium.GeoJson(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "id": str(feature.number),
                    "properties": {},
                    "geometry": _geometry(feature.geometry, decimals),
                }
                for feature in features
            ],
        },
        style_function=style,
        smooth_factor=0.5,
        interactive=False,
        **options,
    )


def _geometry(geometry: BaseGeometry, decimals: int) -> dict[str, Any]:
    mapped = shapely.geometry.mapping(geometry)
    return {"type": mapped["type"], "coordinates": _rounded(mapped["coordinates"], decimals)}


def _rounded(coordinates: Any, decimals: int) -> list[Any]:
    if isinstance(coordinates[0], float | int):
        return [round(float(value), decimals) for value in coordinates[:2]]
    rounded = [_rounded(each, decimals) for each in coordinates]
    # Neighbours that round to one point say nothing twice.
    return [each for place, each in enumerate(rounded) if place == 0 or each != rounded[place - 1]]
