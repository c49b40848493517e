"""Leaflet as the page carries it: the published files, without the widgets that the page lacks.

The files under ``assets`` are those that Leaflet's project published, byte for byte; a test compares their hashes.
What a page has no use for is left out of the copy that it carries: the bodies of whole classes, by name.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

__all__ = ["leaflet_licence", "leaflet_script", "leaflet_styles"]

_UNUSED: Final = {
    "canvas renderer": "Fi=Wi.extend({options:{tolerance:0}",
    "circle": "vi=gi.extend({",
    "circle marker": "gi=fi.extend({",
    "credit": "Ke=B.extend({options:{position:",
    "default icon": "_i=di.extend({options:{iconUrl",
    "drawing to GeoJSON, groups": "ui.include({toMultiPoint",
    "drawing to GeoJSON, lines": "yi.include({toGeoJSON",
    "drawing to GeoJSON, areas": "xi.include({toGeoJSON",
    "image": "Ei=o.extend({",
    "image of SVG": "Oi=Ei.extend({",
    "layer control": "B.extend({options:{collapsed",
    "marker": "mi=o.extend({",
    "marker, dragging": "pi=n.extend({",
    "marker, icon": "di=et.extend({",
    "marker, icon of text": "Ri=di.extend({",
    "overlay": "Ai=o.extend({",
    "popup": "Bi=Ai.extend({",
    "popup of a layer": "o.include({bindPopup",
    "popup of a map": "A.include({openPopup",
    "rectangle": "Yi=xi.extend({",
    "scale": "B.extend({options:{position:\"bottomleft\",maxWidth",
    "tap hold": "n.extend({addHooks:function(){S(this._map._container,\"touchstart\",this._onDown",
    "tooltip": "Ii=Ai.extend({",
    "tooltip of a layer": "o.include({bindTooltip",
    "tooltip of a map": "A.include({openTooltip",
    "video": "ki=Ei.extend({",
    "web map service": "Hi=Di.extend({",
}
"""Where the body of each class begins that no page uses: what stands before its brace, and enough to be the only such."""

_PICTURES: Final = {"tiles": "Di=Ni.extend({", "grid of tiles": "Ni=o.extend({"}
"""Classes that only pages with online pictures use."""
