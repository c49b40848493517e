"""Density of the air by height: the International Standard Atmosphere.

References
----------
ISO 2533:1975, *Standard Atmosphere*; ICAO Doc 7488: 288.15 K and 101 325 Pa at sea level, -6.5 K/km up to 11 km, then
216.65 K. The layer above 20 km, where the air grows warmer again, is taken at 216.65 K too: its density comes out
lower by up to 3 % at 32 km.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geoinc.intervals import Interval
from geoinc.motion.ballistic import GRAVITY_M_S2

__all__ = ["DENSITY_SHARE", "air_density_kg_m3"]

SEA_LEVEL_K: Final = 288.15
SEA_LEVEL_PA: Final = 101_325.0
LAPSE_K_M: Final = 0.0065
TROPOPAUSE_M: Final = 11_000.0
GAS_CONSTANT_J_KG_K: Final = 287.05287

DENSITY_SHARE: Final = Interval(0.5, 1.3)
"""What the air so far above the ground may have of the standard density so far above the sea.

Low: ground at 3,000 m leaves 0.62 to 0.74 of it, a day with air a fifth thinner the rest. High: sea level at -50 °C
(1.29)."""


def air_density_kg_m3(height_m: ArrayLike) -> NDArray[np.float64]:
    """Return the density of the standard atmosphere at heights above sea level, in kg/m^3.

    Examples
    --------
    >>> print(air_density_kg_m3([0.0, 9000.0, 15000.0]).round(4))
    [1.225  0.4663 0.1937]
    """
    height = np.asarray(height_m, dtype=np.float64)
    below = np.clip(height, -5_000.0, TROPOPAUSE_M)
    kelvin = SEA_LEVEL_K - LAPSE_K_M * below
    exponent = GRAVITY_M_S2 / (LAPSE_K_M * GAS_CONSTANT_J_KG_K)
    density = SEA_LEVEL_PA * (kelvin / SEA_LEVEL_K) ** exponent / (GAS_CONSTANT_J_KG_K * kelvin)
    above = np.maximum(height - TROPOPAUSE_M, 0.0)
    return np.asarray(density * np.exp(-GRAVITY_M_S2 * above / (GAS_CONSTANT_J_KG_K * kelvin)))
