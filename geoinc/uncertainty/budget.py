"""The uncertainty that widens a measured distance, with every ingredient named.

Ingredients are taken as independent, so that their standard uncertainties, each times its sensitivity, combine as
the root of the sum of their squares.

References
----------
JCGM 100:2008, *Guide to the expression of uncertainty in measurement*, 4.3 (type B), 5.1.2 (equation 10), 6.2.1.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Budget", "BudgetRow", "Component", "Distribution", "expanded_m"]


class Distribution(StrEnum):
    """What is known of how an ingredient may lie."""

    NORMAL = "normal"
    RECTANGULAR = "rectangular"
    TRIANGULAR = "triangular"
    CIRCULAR_NORMAL = "circular normal"


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


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One line of a budget.

    Attributes
    ----------
    name, basis : str
        For people, and where the figure comes from.
    standard_m : float
        Standard uncertainty, in metres.
    distribution : Distribution
    sensitivity : float
        How far the distance moves for each metre of the ingredient.
    share : float
        Of the combined variance, from 0 to 1.
    """

    name: str
    basis: str
    standard_m: float
    distribution: Distribution
    sensitivity: float
    share: float


@dataclass(frozen=True, slots=True)
class Budget:
    """A whole budget: its lines, the combined and the expanded uncertainty.

    Attributes
    ----------
    rows : tuple of BudgetRow
    combined_m : float
        Combined standard uncertainty, in metres.
    coverage, coverage_factor : float
        0.95, and the factor that brings the combined to the expanded uncertainty.
    expanded_m : float
        U, in metres.
    """

    rows: tuple[BudgetRow, ...]
    combined_m: float
    coverage: float
    coverage_factor: float
    expanded_m: float


def expanded_m(components: Iterable[Component]) -> float:
    """Return the expanded uncertainty U (95 %) of independent ingredients, in metres.

    Examples
    --------
    >>> expanded_m([Component("boundary", 300.0, "documented"), Component("position", 400.0, "stated")])
    500.0
    """
    return math.sqrt(math.fsum(component.value_95_m**2 for component in components))
