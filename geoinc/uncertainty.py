"""The uncertainty that widens a measured distance, with every ingredient named.

All ingredients are stated at 95 % and taken as independent, so that they combine as the root of the sum of
their squares.

References
----------
JCGM 100:2008, *Guide to the expression of uncertainty in measurement*, 5.1.2 (equation 10) and 6.2.1.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Component", "expanded_m"]


@dataclass(frozen=True, slots=True)
class Component:
    """One ingredient of the uncertainty of a distance.

    Attributes
    ----------
    name : str
        For people: "accuracy of the boundary here".
    value_95_m : float
        Its contribution at 95 %, in metres.
    basis : str
        Where the figure comes from.
    """

    name: str
    value_95_m: float
    basis: str


def expanded_m(components: Iterable[Component]) -> float:
    """Return the expanded uncertainty U (95 %) of independent ingredients, in metres.

    Examples
    --------
    >>> expanded_m([Component("boundary", 300.0, "documented"), Component("position", 400.0, "stated")])
    500.0
    """
    return math.sqrt(math.fsum(component.value_95_m**2 for component in components))
