"""How far along a way a line may be met that is not quite where it is drawn."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoinc.geodesy import Line, nearest
from geoinc.geodesy.legs import Legs

__all__ = ["extent_m"]

Array = NDArray[np.float64]

STEPS: Final = 400
LEAST_STEP: Final = 0.01


def extent_m(line: Line, legs: Legs, began_m: Array, along_m: float, reach_m: float) -> tuple[float, float]:
    """Return the stretch of a way, around a place, on which a line is no further than `reach_m`.

    Parameters
    ----------
    line : Line
    legs : Legs
    began_m : ndarray of float, shape (n,)
        The way to each position from the first.
    along_m : float
        Where on the way.
    reach_m : float
        By how much line and way may together be off.

    Returns
    -------
    low_m, high_m : float
        Along the way. They hold the stretch, and go beyond it by a hundredth of the reach at most; where four hundred
        steps do not lead out of it, the end is that of the way.

    Notes
    -----
    The distance to the line changes by no more than the way gone, so that a step of what is left of the reach leaves
    nothing out.
    """
    if not np.isfinite(reach_m):
        return 0.0, float(began_m[-1])
    ends, way = np.array([along_m, along_m]), np.array([-1.0, 1.0])
    going = np.array([True, True])
    limits = np.array([0.0, began_m[-1]])
    for _ in range(STEPS):
        leg = np.clip(np.searchsorted(began_m, ends, side="right") - 1, 0, legs.length_m.size - 1)
        lon, lat = legs.at(leg, ends - began_m[leg])
        room_m = reach_m - np.asarray(nearest(line, lon, lat).distance_m)
        going &= (room_m > 0) & (ends != limits)
        if not going.any():
            return float(ends[0]), float(ends[1])
        step_m = np.maximum(room_m, LEAST_STEP * reach_m)
        ends = np.where(going, np.clip(ends + way * step_m, 0.0, began_m[-1]), ends)
    ends = np.where(going, limits, ends)
    return float(ends[0]), float(ends[1])
