"""What a displacement means for a fall: how far from the vertical it was.

References
----------
A straight path from altitude h that ends a horizontal distance s away leaves the vertical by atan(s / h).
"""

from __future__ import annotations

import math
from typing import Final

__all__ = ["ILLUSTRATIVE_ALTITUDES_M", "lean_deg"]

ILLUSTRATIVE_ALTITUDES_M: Final = (3_000.0, 9_000.0)
"""Altitudes for which the lean is told where none was published: low and high cruise of a large drone."""


def lean_deg(displacement_m: float, altitude_m: float) -> float:
    """Return the angle from the vertical of a straight fall, in degrees.

    Parameters
    ----------
    displacement_m : float
        Horizontal distance between the start and the end of the fall.
    altitude_m : float
        Height of the start above the end; greater than 0.

    Raises
    ------
    ValueError
        If the altitude is not greater than 0.

    Examples
    --------
    >>> round(lean_deg(441.0, 3000.0), 1), round(lean_deg(441.0, 9000.0), 1)
    (8.4, 2.8)
    """
    if not altitude_m > 0:
        raise ValueError(f"a fall starts above the ground, not at {altitude_m} m")
    return math.degrees(math.atan2(displacement_m, altitude_m))
