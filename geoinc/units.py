"""Lengths in metres: the exact factors that print uses.

References
----------
BIPM, *The International System of Units*, 9th ed. (2019), table 8 (nautical mile);
NIST SP 811 (2008), appendix B (international foot and mile).
"""

from __future__ import annotations

from typing import Final

__all__ = ["FOOT_M", "KILOMETRE_M", "MILE_M", "NAUTICAL_MILE_M"]

KILOMETRE_M: Final = 1000.0
FOOT_M: Final = 0.3048
MILE_M: Final = 1609.344
NAUTICAL_MILE_M: Final = 1852.0
