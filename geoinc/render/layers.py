"""The interactive map, made with folium from numbers and constants alone.

folium and branca compile what they are given as a template a second time, so that a text with ``{{ }}`` in it
would run as code. No text of a case, a boundary file or an address enters any of their objects here: geometry,
numbers and constant class names do.
"""

from __future__ import annotations

import json
from typing import Any, Final

import folium
import shapely
from folium.map import CustomPane, Layer
from folium.template import Template
from shapely.geometry.base import BaseGeometry

from geoinc.render.drawing import Drawing, Feature

__all__ = ["MAP_NAME", "leaflet_map"]

MAP_NAME: Final = "map_gi0"
_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_GROUND_PANE: Final = "gi-ground"
_OVERLAY_PANE: Final = "overlayPane"


class _OfflineMap(folium.Map):
    """A map that brings no address of its own: the page holds Leaflet."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - folium declares it so
    default_css: list[tuple[str, str]] = []  # noqa: RUF012 - folium declares it so


class _PackedLayer(Layer):
    """A GeoJSON layer written as steps from position to position, a letter or two for each.

    folium's own layer spells every coordinate out and repeats a function for each feature; this one takes a fifth
    of the room. Each feature comes as its class names, whether it is an area, and its chains. A chain holds whole
    numbers, east and north in turn, each doubled (with 1 off for a negative one, made positive), in groups of five
    bits, the lowest first; a letter of the second half of the alphabet says that another group follows.
    """

    _template = Template(
        """
{% macro script(this, kwargs) %}
var {{ this.get_name() }} = L.geoJson({{ this.rows }}.map(function (row) {
  function chain(letters) {
    var here = [0, 0], axis = 0, value = 0, shift = 0, out = [];
    for (var i = 0; i < letters.length; i += 1) {
      var bits = "{{ this.alphabet }}".indexOf(letters[i]);
      value += bits % 32 * Math.pow(2, shift);
      shift += 5;
      if (bits > 31) { continue; }
      here[axis] += value % 2 ? -(value + 1) / 2 : value / 2;
      if (axis) { out.push([here[0] / {{ this.unit }}, here[1] / {{ this.unit }}]); }
      axis = 1 - axis;
      value = shift = 0;
    }
    return out;
  }
  var parts = row[2].map(function (part) { return row[1] ? part.map(chain) : chain(part); });
  return {type: "Feature", id: row[0], properties: {},
    geometry: {type: row[1] ? "MultiPolygon" : "MultiLineString", coordinates: parts}};
}), {
  interactive: false, pane: "{{ this.pane }}", smoothFactor: 0.5,
  style: function (feature) { return {className: feature.id}; }
});
{% endmacro %}
"""
    )
    alphabet = _ALPHABET

    def __init__(self, features: list[Feature], *, decimals: int, pane: str) -> None:
        super().__init__(name=pane, overlay=True, control=False)
        self._name = "Packed"
        self.rows = json.dumps([_packed(feature, decimals) for feature in features], separators=(",", ":"))
        self.unit = 10**decimals
        self.pane = pane


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
    stored = [feature for feature in drawing.features if feature.same is None]
    grounds = [feature for feature in stored if feature.kind == "ground"]
    others = [feature for feature in stored if feature.kind != "ground"]
    if grounds:
        _named(CustomPane(_GROUND_PANE, z_index=350), 1).add_to(chart)
        _named(_PackedLayer(grounds, decimals=drawing.decimals, pane=_GROUND_PANE), 2).add_to(chart)
    if others:
        _named(_PackedLayer(others, decimals=drawing.decimals, pane=_OVERLAY_PANE), 3).add_to(chart)
    figure = chart.get_root()
    chart.render()
    return str(figure.html.render()).strip(), str(figure.script.render()).strip()


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


def _packed(feature: Feature, decimals: int) -> list[Any]:
    area = shapely.get_dimensions(feature.geometry) == 2
    parts: list[Any] = []
    for part in shapely.get_parts(feature.geometry):
        if area:
            parts.append([_letters(_steps(ring, decimals)) for ring in shapely.get_rings(part)])
        else:
            parts.append(_letters(_steps(part, decimals)))
    return [feature.classes, int(area), parts]


def _steps(chain: BaseGeometry, decimals: int) -> list[int]:
    """Return the first position and then the steps between positions, in whole units of the last decimal."""
    steps: list[int] = []
    x = y = 0
    for lon_deg, lat_deg in shapely.get_coordinates(chain):
        east, north = round(float(lon_deg) * 10**decimals), round(float(lat_deg) * 10**decimals)
        if not steps or (east, north) != (x, y):
            steps += [east - x, north - y]
        x, y = east, north
    return steps


def _letters(steps: list[int]) -> str:
    """Return whole numbers as letters; see `_PackedLayer`."""
    written: list[str] = []
    for step in steps:
        value = 2 * step if step >= 0 else -2 * step - 1
        while value > 31:
            written.append(_ALPHABET[32 + value % 32])
            value //= 32
        written.append(_ALPHABET[value])
    return "".join(written)
