"""The ellipsoidal kernel: edges under an interpretation, nearest points, sides and crossings on WGS 84."""

from __future__ import annotations

from geoinc.geodesy.crossings import Crossing, heading_crossing, meridian_crossing
from geoinc.geodesy.edges import Edges
from geoinc.geodesy.ellipsoid import direct, inverse
from geoinc.geodesy.engine import Engine
from geoinc.geodesy.frame import Frame
from geoinc.geodesy.line import Line
from geoinc.geodesy.nearness import Nearest, nearest
from geoinc.geodesy.rings import encloses
from geoinc.geodesy.vertices import follow, length_m, stations

__all__ = [
    "Crossing",
    "Edges",
    "Engine",
    "Frame",
    "Line",
    "Nearest",
    "direct",
    "encloses",
    "follow",
    "heading_crossing",
    "inverse",
    "length_m",
    "meridian_crossing",
    "nearest",
    "stations",
]
