"""Propagation of distributions through a distance that is not linear in where the position lies.

The distance to a line is a least distance: near the line, and where two bends are equally near, it does not change
in proportion to a displacement, and the plus or minus of a budget describes it badly. Then the displacements are
drawn, measured one by one, and the interval is read off the results.

A boundary that lies off its place by some metres to the north is, for a distance, a position off by as much to the
south: all ingredients are displacements of the one against the other.

References
----------
JCGM 101:2008, *Propagation of distributions using a Monte Carlo method*, 7 (propagation, with 7.7 for the coverage
interval), 5.3.4 (shortest coverage interval), 7.9.2 (numerical tolerance).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoinc.uncertainty.budget import COVERAGE, COVERAGE_FACTOR, Component, Distribution

__all__ = ["SEED", "TRIALS", "Propagated", "is_linear", "propagate"]

SEED: Final = 101_2008
"""Of numpy's PCG64: the number of the guide that the method follows. Any other serves as well; it is fixed so
that the same input gives the same bytes."""
TRIALS: Final = 2_500
RING: Final = 16

Array = NDArray[np.float64]
Distances = Callable[[Array, Array], Array]
"""From displacements east and north, in metres, to distances in metres."""


@dataclass(frozen=True, slots=True)
class Propagated:
    """The distribution of a distance, from trials.

    Attributes
    ----------
    mean_m, standard_m : float
        Mean and standard deviation of the results.
    low_m, high_m : float
        The coverage interval (95 %) that leaves out as many results below as above.
    shortest_low_m, shortest_high_m : float
        The shortest interval that holds 95 % of the results.
    trials, seed : int
        How many, and the seed of the generator.
    """

    mean_m: float
    standard_m: float
    low_m: float
    high_m: float
    shortest_low_m: float
    shortest_high_m: float
    trials: int
    seed: int


def is_linear(
    distance_m: Distances, components: Sequence[Component], half_cell_m: tuple[float, float] = (0.0, 0.0)
) -> bool:
    """Whether a distance changes in proportion to a displacement as far as its uncertainty reaches.

    Parameters
    ----------
    distance_m : callable
        The distance after displacements east and north.
    components : sequence of Component
        The ingredients of its uncertainty.
    half_cell_m : tuple of two float
        Half the printed cell, east and north, in metres.

    Returns
    -------
    bool
        Whether, on a ring whose radius is the expanded uncertainty, the distance departs from the best plane
        through the ring by less than half a unit in the first digit of the standard uncertainty. Then the ends
        of a coverage interval cannot differ by more either.

    Examples
    --------
    >>> accuracy = [Component("boundary", 100.0, "documented")]
    >>> is_linear(lambda east, north: 5_000.0 + north, accuracy)
    True
    >>> is_linear(lambda east, north: abs(30.0 + north), accuracy)
    False
    """
    standard_m = math.hypot(*(each.standard_m for each in components), *(half / math.sqrt(3) for half in half_cell_m))
    if standard_m == 0:
        return True
    angle = np.arange(RING) * (2 * np.pi / RING)
    east, north = np.sin(angle), np.cos(angle)
    radius_m = COVERAGE_FACTOR * standard_m
    found = distance_m(np.append(radius_m * east, 0.0), np.append(radius_m * north, 0.0))
    change = found[:-1] - found[-1]
    plane = (east * (change @ east) + north * (change @ north)) * (2 / RING)
    return bool(np.abs(change - plane).max() <= _tolerance_m(standard_m))


def _tolerance_m(standard_m: float) -> float:
    """Half a unit in the first significant digit (JCGM 101, 7.9.2)."""
    return float(0.5 * 10.0 ** math.floor(math.log10(standard_m)))


def propagate(
    distance_m: Distances,
    components: Sequence[Component],
    half_cell_m: tuple[float, float] = (0.0, 0.0),
    *,
    trials: int = TRIALS,
    seed: int = SEED,
) -> Propagated:
    """Draw displacements from the ingredients of a budget and return the distribution of the distance.

    Parameters
    ----------
    distance_m : callable
        The distance after displacements east and north.
    components : sequence of Component
        Normal ingredients are drawn as normal in each direction, rectangular ones as rectangular in each,
        with the standard uncertainty of the budget.
    half_cell_m : tuple of two float
        Half the printed cell, east and north, in metres: every place in it is as likely.
    trials, seed : int
        How many draws, and the seed of the generator.

    Raises
    ------
    ValueError
        If an ingredient has no bound, or a distribution that is not drawn.

    Examples
    --------
    A straight line turns a normal displacement into a normal distance:

    >>> found = propagate(lambda east, north: 5_000.0 + north, [Component("boundary", 196.0, "documented")])
    >>> abs(found.low_m - 4_804) < 10, abs(found.high_m - 5_196) < 10
    (True, True)
    """
    generator = np.random.Generator(np.random.PCG64(seed))
    shift = np.zeros((2, trials))
    for each in components:
        if not math.isfinite(each.standard_m):
            raise ValueError(f"{each.name} has no bound: nothing can be drawn")
        if each.distribution is Distribution.NORMAL:
            shift += generator.normal(0.0, each.standard_m, (2, trials))
        elif each.distribution is Distribution.RECTANGULAR:
            half_m = each.standard_m * math.sqrt(3)
            shift += generator.uniform(-half_m, half_m, (2, trials))
        else:
            raise ValueError(f"{each.name}: a {each.distribution.value} distribution is not drawn")
    for axis, half_m in enumerate(half_cell_m):
        shift[axis] += generator.uniform(-half_m, half_m, trials)
    found = np.sort(distance_m(shift[0], shift[1]))
    inside = round(COVERAGE * trials)
    outside = trials - inside
    widths = found[inside:] - found[:outside]
    start = int(np.argmin(widths))
    below = outside // 2
    return Propagated(
        mean_m=float(found.mean()),
        standard_m=float(found.std(ddof=1)),
        low_m=float(found[below]),
        high_m=float(found[below + inside]),
        shortest_low_m=float(found[start]),
        shortest_high_m=float(found[start + inside]),
        trials=trials,
        seed=seed,
    )
