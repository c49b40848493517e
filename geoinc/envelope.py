"""The spread of the shortest distance over the sources that can tell it, one voice for each lineage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np

from geoinc.boundaries import Border
from geoinc.measurement import BoundaryMeasurement, Sense
from geoinc.messages import Text, say

__all__ = ["Envelope", "envelope", "spoken_for"]

LEAST_FOR_A_DRIVER: Final = 3


@dataclass(frozen=True, slots=True)
class Envelope:
    """The shortest distance over the lineages that are fit for it, one voice each.

    Attributes
    ----------
    minimum_m, median_m, maximum_m : float or None
        In metres; None where no lineage is fit.
    sources : tuple of str
        The sources that speak for their lineages.
    left_out : mapping of str to str
        The other sources, with the reason.
    territory : str or None
        The territory on which all of them agree; None where they differ or none tells.
    agree : bool or None
        Whether they agree on the side; None where none tells.
    spread_m : float or None
        From the least to the greatest position of the line, as seen from here: the difference of the signed distances
        where all of them tell the side, else that of the distances.
    driver : str or None
        The source without which the spread shrinks most; None where fewer than three speak, or none shrinks it.
    spread_without_driver_m : float or None
        What is left of the spread without that source.
    correlated : tuple of pairs of str
        Lineages among those that speak which may share an origin.
    witnesses : int
        How many independent witnesses speak: lineages, those that may share an origin counted as one.
    """

    minimum_m: float | None
    median_m: float | None
    maximum_m: float | None
    sources: tuple[str, ...]
    left_out: Mapping[str, str]
    territory: str | None
    agree: bool | None
    spread_m: float | None = None
    driver: str | None = None
    spread_without_driver_m: float | None = None
    correlated: tuple[tuple[str, str], ...] = ()
    witnesses: int = 0


def envelope(border: Border, measurements: Sequence[BoundaryMeasurement]) -> Envelope:
    """Return the spread of the shortest distance over the lineages that are fit for it.

    Examples
    --------
    >>> from geoinc.boundaries import open_border
    >>> from geoinc.measurement import measure_position
    >>> border = open_border("MLI", "DZA")
    >>> found = envelope(border, measure_position(border, 2.893916, 19.867982))
    >>> print(f"{found.minimum_m / 1000:.2f} to {found.maximum_m / 1000:.2f} km, {found.witnesses} witnesses")
    9.10 to 10.29 km, 3 witnesses
    >>> print(f"{found.spread_m:.0f} m; without {found.driver} {found.spread_without_driver_m:.0f} m")
    1188 m; without ne-10m 328 m
    """
    shortest = [each for each in measurements if each.sense is Sense.SHORTEST]
    voices: list[BoundaryMeasurement] = []
    left_out = {}
    for each in shortest:
        if each.distance_m is None or not each.fit:
            left_out[each.source] = each.why or say("not fit")
        elif border[each.lineage].source.id != each.source:
            left_out[each.source] = spoken_for(each.lineage)
        else:
            voices.append(each)
    distances = [each.distance_m for each in voices if each.distance_m is not None]
    sides = {each.territory for each in voices}
    spread_m, driver, without_m = _spread(voices)
    correlated = _correlated(border, [each.lineage for each in voices])
    return Envelope(
        minimum_m=min(distances, default=None),
        median_m=float(np.median(distances)) if distances else None,
        maximum_m=max(distances, default=None),
        sources=tuple(each.source for each in voices),
        left_out=left_out,
        territory=next(iter(sides)) if len(sides) == 1 else None,
        agree=None if not voices else len(sides) == 1,
        spread_m=spread_m,
        driver=driver,
        spread_without_driver_m=without_m,
        correlated=correlated,
        witnesses=_witnesses([each.lineage for each in voices], correlated),
    )


def spoken_for(lineage: str) -> Text:
    """Return why a source has no vote of its own.

    Examples
    --------
    >>> spoken_for("osm")
    'a more detailed source speaks for the lineage osm'
    """
    return say("a more detailed source speaks for the lineage {lineage}", lineage=lineage)


def _spread(voices: Sequence[BoundaryMeasurement]) -> tuple[float | None, str | None, float | None]:
    """Spread of the voices, the source that drives it, and what is left without that source."""
    signed = {each.source: each.signed_distance_m for each in voices if each.signed_distance_m is not None}
    bare = {each.source: each.distance_m for each in voices if each.distance_m is not None}
    values = signed if len(signed) == len(bare) else bare
    if not values:
        return None, None, None
    spread_m = max(values.values()) - min(values.values())
    if len(values) < LEAST_FOR_A_DRIVER:
        return spread_m, None, None
    without_m = {
        source: max(others) - min(others)
        for source in values
        if (others := [value for name, value in values.items() if name != source])
    }
    driver = min(without_m, key=lambda source: without_m[source])
    if without_m[driver] >= spread_m:
        return spread_m, None, None
    return spread_m, driver, without_m[driver]


def _correlated(border: Border, lineages: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (one, other)
        for one, other in combinations(lineages, 2)
        if other in border[one].source.correlated_with or one in border[other].source.correlated_with
    )


def _witnesses(lineages: Sequence[str], correlated: Sequence[tuple[str, str]]) -> int:
    """Count groups of lineages that are not correlated with one another."""
    group = {lineage: lineage for lineage in lineages}
    for one, other in correlated:
        kept, joined = group[one], group[other]
        group = {lineage: kept if name == joined else name for lineage, name in group.items()}
    return len(set(group.values()))
