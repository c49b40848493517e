"""How good a source is at one place: documented, corroborated by other lineages, or assumed.

The figure decides whether a source may vote on a claim, so its basis is always shown beside it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from geoinc.boundaries.border import Border, BoundaryLine
from geoinc.boundaries.comparison import STATION_SPACING_M, Comparison, Near, compare_lines, deviation
from geoinc.boundaries.source import Source
from geoinc.geodesy import Edges
from geoinc.messages import Text, later, number, say, say_as

__all__ = [
    "LocalAccuracy",
    "accuracy_at",
    "assumed_accuracy",
    "basis_text",
    "corroboration_radius_m",
    "deviations_m",
    "documented_accuracy",
    "local_comparison",
]

LEAST_RADIUS_M: Final = 5_000.0
GREATEST_RADIUS_M: Final = 25_000.0
WITNESSES_NEEDED: Final = 3


@dataclass(frozen=True, slots=True)
class LocalAccuracy:
    """The accuracy of one source around one place of its line.

    Attributes
    ----------
    value_m : float
        At 95 %, in metres.
    basis : str
        ``"documented"``, ``"corroborated"`` or ``"assumed"``.
    detail : str
        The document, the lineage that agrees best and within which radius, or the assumption.
    deviations_m : mapping of str to float
        For a corroborated figure: the 95th percentile of the distance to other lineages, in metres. Those that
        could not be the smallest may be absent.
    """

    value_m: float
    basis: str
    detail: str
    deviations_m: Mapping[str, float]


def accuracy_at(
    border: Border,
    source_id: str,
    lon_deg: float,
    lat_deg: float,
    distance_m: float,
    *,
    edges: Edges | None = None,
) -> LocalAccuracy | None:
    """Return the accuracy of a source around the boundary point nearest to a position.

    Parameters
    ----------
    border : Border
        All sources of the border.
    source_id : str
        The source in question.
    lon_deg, lat_deg : float
        The nearest point of its line, in degrees.
    distance_m : float
        The measured distance; the stretch looked at reaches as far, at least 5 km and at most 25 km.
    edges : Edges, optional
        Another interpretation of all edges.

    Returns
    -------
    LocalAccuracy or None
        The documented figure where there is one; else, where three or more lineages hold the border, the
        smallest over the other lineages of the 95th percentile of the distance between the two lines (the
        larger direction); else the figure assumed for the lineage. None where none of these is to be had:
        the accuracy is unknown.

    Notes
    -----
    Two lines that agree may share an error; the figure tells how well independent makers agree, and no more.
    Where a source was simplified before it got here, the tolerance widens a documented or assumed figure, which
    speaks of the data before; a corroborated one is measured on the line as it is held, and needs no widening.
    """
    own = border[source_id]
    witnesses = border.whole
    documented = documented_accuracy(own.source)
    if documented is not None:
        return documented
    if len(witnesses.lineages) >= WITNESSES_NEEDED:
        radius_m = corroboration_radius_m(distance_m)
        found = _deviations_m(own, witnesses, (lon_deg, lat_deg, radius_m), edges)
        if found:
            best = min(found, key=lambda lineage: (found[lineage], lineage))
            detail = say(
                _CORRELATED if best in own.source.correlated_with else _CORROBORATED,
                radius=number(f"{radius_m / 1000:.0f}"),
                distance=number(f"{found[best]:.0f}"),
                best=best,
                lineage=own.source.lineage,
            )
            return LocalAccuracy(found[best], "corroborated", detail, found)
    return assumed_accuracy(border, own.source)


def _deviations_m(
    own: BoundaryLine, witnesses: Border, near: tuple[float, float, float], edges: Edges | None
) -> dict[str, float]:
    """The larger direction's 95th percentile by lineage, as far as it takes to know the smallest."""
    others = {name: witnesses[name] for name in witnesses.lineages if name != own.source.lineage}
    ahead = {name: _percentile_m(own, other, near, edges) or 0.0 for name, other in others.items()}
    found: dict[str, float] = {}
    for name in sorted(others, key=lambda each: (ahead[each], each)):
        # The larger direction is no smaller than this one: half the work shows that a lineage cannot be the nearest.
        if found and ahead[name] > min(found.values()):
            continue
        deviation_m = deviations_m(own, others[name], *near, edges=edges)
        if deviation_m is not None:
            found[name] = deviation_m
    return found


@lru_cache(maxsize=1024)
def _percentile_m(
    one: BoundaryLine, other: BoundaryLine, near: tuple[float, float, float], edges: Edges | None
) -> float | None:
    """The 95th percentile of the distance of one line's points from another; None where it has none near."""
    found = deviation(
        one.polyline(edges), other.polyline(edges), window=Near(*near), greatest_within_m=STATION_SPACING_M
    )
    return None if found is None else found.percentile_95_m


def documented_accuracy(source: Source) -> LocalAccuracy | None:
    """Return what a document says of a source, with a later simplification; None where nothing is documented."""
    if source.accuracy is None or source.accuracy.basis != "documented":
        return None
    return _widened(source, source.accuracy.value_95_m, "documented", source.accuracy.document)


def assumed_accuracy(border: Border, source: Source) -> LocalAccuracy | None:
    """Return what is assumed for the lineage of a source, with a later simplification; None where nothing is."""
    assumed_m = border.assumed_accuracy_m(source.lineage)
    if assumed_m is None:
        return None
    detail = say(
        "assumed for the lineage {lineage}: nothing is documented, and too few others hold the border",
        lineage=source.lineage,
    )
    return _widened(source, assumed_m, "assumed", detail)


def basis_text(basis: str) -> Text:
    """Return what an accuracy rests on as a sentence names it.

    Examples
    --------
    >>> basis_text("corroborated")
    'corroborated'
    """
    return _BASES[basis]


_BASES: Final = {
    "documented": say_as("accuracy", "documented"),
    "corroborated": say_as("accuracy", "corroborated"),
    "assumed": say_as("accuracy", "assumed"),
}
_CORROBORATED: Final = later(
    "95 % of the line within {radius} km lies within {distance} m of {best}, the lineage that agrees best"
)
_CORRELATED: Final = later(
    "95 % of the line within {radius} km lies within {distance} m of {best}, the lineage that agrees best; {lineage} "
    "and {best} may share an origin, and their errors with it"
)


def corroboration_radius_m(distance_m: float) -> float:
    """Return how far around the nearest point other lineages are asked: the distance, 5 km to 25 km.

    Examples
    --------
    >>> corroboration_radius_m(200.0), corroboration_radius_m(9_963.0), corroboration_radius_m(90_000.0)
    (5000.0, 9963.0, 25000.0)
    """
    return min(max(distance_m, LEAST_RADIUS_M), GREATEST_RADIUS_M)


def _widened(source: Source, value_m: float, basis: str, detail: str) -> LocalAccuracy:
    """Widen a figure for the data as published by the tolerance of a later simplification."""
    tolerance_m = source.simplified_m
    if tolerance_m is None:
        return LocalAccuracy(value_m, basis, detail, {})
    widened = say(
        "{detail}; with the {tolerance} m to which the source was simplified",
        detail=detail,
        tolerance=number(f"{tolerance_m:.0f}"),
    )
    return LocalAccuracy(math.hypot(value_m, tolerance_m), basis, widened, {})


@lru_cache(maxsize=1024)
def local_comparison(
    one: BoundaryLine,
    other: BoundaryLine,
    lon_deg: float,
    lat_deg: float,
    radius_m: float,
    *,
    edges: Edges | None = None,
) -> Comparison:
    """Compare two lines near a place; the greatest distance is that of the pieces' middles.

    Parameters
    ----------
    one, other : BoundaryLine
        The lines.
    lon_deg, lat_deg : float
        Centre of the stretch, in degrees.
    radius_m : float
        Radius of the stretch, in metres.
    edges : Edges, optional
        Another interpretation of all edges.
    """
    return compare_lines(
        one.polyline(edges),
        other.polyline(edges),
        names=(one.source.id, other.source.id),
        window=Near(lon_deg, lat_deg, radius_m),
        greatest_within_m=STATION_SPACING_M,
    )


def deviations_m(
    one: BoundaryLine,
    other: BoundaryLine,
    lon_deg: float,
    lat_deg: float,
    radius_m: float,
    *,
    edges: Edges | None = None,
) -> float | None:
    """Return the 95th percentile of the distance between two lines near a place, the larger direction.

    Returns
    -------
    float or None
        In metres; None where neither line comes within the radius. For the parameters see `local_comparison`.
    """
    near = (lon_deg, lat_deg, radius_m)
    both = (_percentile_m(one, other, near, edges), _percentile_m(other, one, near, edges))
    return max((each for each in both if each is not None), default=None)
