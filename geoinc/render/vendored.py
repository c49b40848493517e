"""Leaflet as the page carries it: the published files, less the classes and methods that the page never uses.

The files under ``assets`` are those that Leaflet's project published, byte for byte; a test compares their hashes.
The copy in a page is made from them by emptying the bodies of whole classes and methods, named below, and nothing else.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

__all__ = ["leaflet_licence", "leaflet_script", "leaflet_styles"]

_UNUSED: Final = (
    # renderers for systems without SVG
    "Fi=Wi.extend({",
    ",zt={_initContainer",
    # circles, rectangles, pictures and videos laid on the map
    "gi=fi.extend({",
    "vi=gi.extend({",
    "Yi=xi.extend({",
    "Ei=o.extend({",
    "Oi=Ei.extend({",
    "ki=Ei.extend({",
    # markers, their icons and their dragging
    "mi=o.extend({",
    "pi=n.extend({",
    "di=et.extend({",
    "_i=di.extend({",
    "di.extend({options:{iconSize",
    # pop-ups and tooltips: they are made from texts of HTML
    "Ai=o.extend({",
    'Ai.extend({options:{pane:"popupPane"',
    "A.include({openPopup",
    "o.include({bindPopup",
    'Ai.extend({options:{pane:"tooltipPane"',
    "A.include({openTooltip",
    "o.include({bindTooltip",
    # controls that the page draws itself
    "Ke=B.extend({",
    "B.extend({options:{collapsed",
    'B.extend({options:{position:"bottomleft"',
    # writing GeoJSON, long presses as right clicks, map services
    "yi.include({toGeoJSON",
    "xi.include({toGeoJSON",
    "ui.include({toMultiPoint",
    'n.extend({addHooks:function(){S(this._map._container,"touchstart",this._onDown',
    "Hi=Di.extend({",
    # flights, the reader's whereabouts, bounds that the map must not leave, its removal
    "flyTo:function(n,o,t){",
    "locate:function(t){",
    "stopLocate:function(){",
    "_handleGeolocationError:function(t){",
    "_handleGeolocationResponse:function(t){",
    "setMaxBounds:function(t){",
    "panInsideBounds:function(t,e){",
    "panInside:function(t,e){",
    "_onPreDragLimit:function(){",
    "_onPreDragWrap:function(){",
    "setMaxZoom:function(t){",
    "remove:function(){if(this._initEvents(",
    # where a pointer meets a line or an area on a canvas; the middles of both, for pop-ups; circles; laid pictures
    "_containsPoint:function(t,e){",
    "_containsPoint:function(t){",
    "closestLayerPoint:function(t){",
    "function hi(t,e){",
    "_updateCircle:function(t){",
    "_latLngBoundsToNewLayerBounds:function(t,e,i){",
)
"""How each part begins that no page uses: up to its opening brace, or beyond it until only one place is meant."""

_TILES: Final = ("Ni=o.extend({", "Di=Ni.extend({")
"""The same of classes that only pages with online pictures use."""

_RULE: Final = re.compile(r"[^{}]+(?:\{[^{}]*\}|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_WIDGETS: Final = re.compile(
    r"^[^{]*(?:popup|tooltip|control-layers|control-scale|routing|vml|default-icon-path|div-icon|attribution)"
    r"[^{]*\{.*\}\s*$",
    re.DOTALL,
)
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|(?<=[(,=:!&|?])/(?:[^/\\]|\\.)+/|[{}]')


def _read(name: str) -> str:
    # Bytes, then text: the hash in the policy counts on line ends that no system rewrites.
    return files("geoinc.render").joinpath(f"assets/{name}").read_bytes().decode("utf-8").replace("\r\n", "\n")


@cache
def leaflet_script(*, tiles: bool) -> str:
    """Return Leaflet's script for a page with or without online pictures.

    Parameters
    ----------
    tiles : bool
        Whether the page offers such pictures.
    """
    script = _read("leaflet/leaflet.js").replace("//# sourceMappingURL=leaflet.js.map", "").strip()
    for start in _UNUSED if tiles else _UNUSED + _TILES:
        script = _emptied(script, start)
    return script


def _emptied(script: str, start: str) -> str:
    """Return `script` without what stands between the braces of the one part that begins with `start`."""
    before, found, _ = script.partition(start)
    if not found or script.count(start) != 1:
        raise ValueError(f"Leaflet has {script.count(start)} places that read {start!r}; one was expected")
    opening = len(before) + start.index("{")
    depth = 0
    for token in _TOKEN.finditer(script, opening):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth == 0:
            return script[: opening + 1] + script[token.start() :]
    raise ValueError(f"Leaflet's part that begins with {start!r} has no end")


@cache
def leaflet_styles() -> str:
    """Return Leaflet's style sheet without the rules of what the page lacks, among them all that ask for a picture."""
    return "".join(_WIDGETS.sub("", rule) for rule in _RULE.findall(_COMMENT.sub("", _read("leaflet/leaflet.css"))))


@cache
def leaflet_licence() -> str:
    """Return Leaflet's licence, fit to stand in a comment."""
    return _read("LICENSE-leaflet").replace("--", "- -")
