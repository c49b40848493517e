"""What a row of positions tells of the way by one source: where it crosses, how long it is inside, how deep."""

from __future__ import annotations

from geoinc.passage.between import Bounds, Moments, spend
from geoinc.passage.depth import Deepest, deepest
from geoinc.passage.straight import Change, Place, Stretches, straight_way

__all__ = [
    "Bounds",
    "Change",
    "Deepest",
    "Moments",
    "Place",
    "Stretches",
    "deepest",
    "spend",
    "straight_way",
]
