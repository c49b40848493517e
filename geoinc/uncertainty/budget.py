"""The uncertainty that widens a measured distance, with every ingredient named.

Ingredients are taken as independent, so that their standard uncertainties, each times its sensitivity, combine as
the root of the sum of their squares. Every ingredient is a displacement of the boundary or of the position, and a
shortest distance changes by no more than either is moved: its sensitivity is 1 at most, and is taken as 1.

References
----------
JCGM 100:2008, *Guide to the expression of uncertainty in measurement*, 4.3.7 (a rectangular ingredient), 5.1.2
(equation 10), 6.2.1 and 6.3.3 (coverage factor), G.2 (why the sum is near to normal).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist
from typing import Final

__all__ = [
    "COVERAGE",
    "COVERAGE_FACTOR",
    "Budget",
    "BudgetRow",
    "Component",
    "Distribution",
    "expanded_m",
    "make_budget",
    "rectangular",
    "shown_row",
]

COVERAGE: Final = 0.95
COVERAGE_FACTOR: Final = NormalDist().inv_cdf((1 + COVERAGE) / 2)


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
        What it adds to U, in metres: the coverage factor times its standard uncertainty.
    basis : str
        Where the figure comes from.
    distribution : Distribution
        How it may lie.
    """

    name: str
    value_95_m: float
    basis: str
    distribution: Distribution = Distribution.NORMAL

    @property
    def standard_m(self) -> float:
        """Standard uncertainty, in metres."""
        return self.value_95_m / COVERAGE_FACTOR


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One line of a budget.

    Attributes
    ----------
    name, basis : str
        For people, and where the figure comes from; for a line that is not counted, why.
    standard_m : float
        Standard uncertainty, in metres.
    distribution : Distribution
    sensitivity : float
        How far the distance moves for each metre of the ingredient, at most.
    share : float
        Of the combined variance, from 0 to 1.
    counted : bool
        Whether it is part of the combined uncertainty; otherwise it is shown for information.
    """

    name: str
    basis: str
    standard_m: float
    distribution: Distribution
    sensitivity: float
    share: float
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Budget:
    """A whole budget: its lines, the combined and the expanded uncertainty.

    Attributes
    ----------
    rows : tuple of BudgetRow
        Those that are counted first.
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


def rectangular(name: str, half_width_m: float, basis: str) -> Component:
    """Return an ingredient that may lie anywhere within `half_width_m`, with no place likelier than another.

    Its standard uncertainty is the half-width over the root of 3 (JCGM 100, 4.3.7).

    Examples
    --------
    >>> round(rectangular("width of the limit", 150.0, "a wadi bed of 300 m").standard_m, 1)
    86.6
    """
    return Component(name, COVERAGE_FACTOR * half_width_m / math.sqrt(3), basis, Distribution.RECTANGULAR)


def shown_row(name: str, standard_m: float, distribution: Distribution, basis: str) -> BudgetRow:
    """Return a line for information, which is not part of the combined uncertainty; `basis` says why."""
    return BudgetRow(name, basis, standard_m, distribution, sensitivity=1.0, share=0.0, counted=False)


def make_budget(components: Sequence[Component], shown: Iterable[BudgetRow] = ()) -> Budget | None:
    """Return the budget of independent ingredients.

    Parameters
    ----------
    components : sequence of Component
        Those that make up U.
    shown : iterable of BudgetRow
        Lines that are not counted, from `shown_row`.

    Returns
    -------
    Budget or None
        Its ``expanded_m`` is `expanded_m` of the components. None where an ingredient has no bound: no line
        can then be given a share.

    Examples
    --------
    >>> budget = make_budget([Component("boundary", 300.0, "documented"), Component("position", 400.0, "stated")])
    >>> [round(row.share, 2) for row in budget.rows], budget.expanded_m
    ([0.36, 0.64], 500.0)
    """
    total_m = expanded_m(components)
    if not math.isfinite(total_m):
        return None
    rows = tuple(
        BudgetRow(
            each.name,
            each.basis,
            each.standard_m,
            each.distribution,
            sensitivity=1.0,
            share=(each.value_95_m / total_m) ** 2 if total_m > 0 else 0.0,
        )
        for each in components
    )
    return Budget((*rows, *shown), total_m / COVERAGE_FACTOR, COVERAGE, COVERAGE_FACTOR, total_m)
