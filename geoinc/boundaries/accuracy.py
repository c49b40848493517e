"""How good a source is at one place: documented, corroborated by other lineages, or assumed.

The figure decides whether a source may vote on a claim, so its basis is always shown beside it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geoinc.boundaries.border import Border, BoundaryLine
from geoinc.geodesy import Edges, Frame, follow

__all__ = ["LocalAccuracy", "accuracy_at", "deviations_m"]

LEAST_RADIUS_M: Final = 5_000.0
GREATEST_RADIUS_M: Final = 25_000.0
WITNESSES_NEEDED: Final = 3
STATION_SPACING_M: Final = 100.0
PERCENTILE: Final = 95.0
PIECE_DEG: Final = 0.05


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
        For a corroborated figure: the 95th percentile of the distance to each other lineage, in metres.
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
    Distances between lines are taken in an azimuthal equidistant frame centred on the place, where they are
    right to 1 part in 25,000 within 100 km.
    """
    own = border[source_id]
    witnesses = border.whole
    documented = own.source.accuracy
    if documented is not None and documented.basis == "documented":
        return LocalAccuracy(documented.value_95_m, "documented", documented.document, {})
    if len(witnesses.lineages) >= WITNESSES_NEEDED:
        radius_m = min(max(distance_m, LEAST_RADIUS_M), GREATEST_RADIUS_M)
        found = {
            lineage: deviation
            for lineage in witnesses.lineages
            if lineage != own.source.lineage
            and (deviation := deviations_m(own, witnesses[lineage], lon_deg, lat_deg, radius_m, edges=edges))
            is not None
        }
        if found:
            best = min(found, key=lambda lineage: (found[lineage], lineage))
            detail = (
                f"95 % of the line within {radius_m / 1000:.0f} km lies within {found[best]:.0f} m of {best}, "
                "the lineage that agrees best"
            )
            return LocalAccuracy(found[best], "corroborated", detail, found)
    assumed_m = border.assumed_accuracy_m(own.source.lineage)
    if assumed_m is None:
        return None
    detail = f"assumed for the lineage {own.source.lineage}: nothing is documented, and too few others hold the border"
    return LocalAccuracy(assumed_m, "assumed", detail, {})


@lru_cache(maxsize=1024)
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

    Returns
    -------
    float or None
        In metres; None where neither line comes within the radius.
    """
    frame = Frame(lon_deg, lat_deg)
    plane_one = frame.to_plane(_followed(one, edges))
    plane_other = frame.to_plane(_followed(other, edges))
    disc = shapely.Point(0.0, 0.0).buffer(radius_m, quad_segs=64)
    directions = [
        float(np.percentile(distances, PERCENTILE))
        for stretch, line in ((plane_one, plane_other), (plane_other, plane_one))
        if (distances := _distances(shapely.intersection(stretch, disc), line)).size
    ]
    return max(directions) if directions else None


def _followed(line: BoundaryLine, edges: Edges | None) -> BaseGeometry:
    return shapely.segmentize(follow(line.line, edges or line.edges, tolerance_m=1.0), PIECE_DEG)


def _distances(stretch: BaseGeometry, line: BaseGeometry) -> NDArray[np.float64]:
    """Distances to `line` from stations at equal steps along `stretch`."""
    parts = [part for part in shapely.get_parts(stretch) if part.length > 0]
    if not parts:
        return np.empty(0)
    stations = np.concatenate([_stations(part) for part in parts])
    _, found = shapely.STRtree(_segments(line)).query_nearest(stations, return_distance=True, all_matches=False)
    return np.asarray(found, dtype=np.float64)


def _stations(part: BaseGeometry) -> NDArray[np.object_]:
    count = max(1, math.ceil(part.length / STATION_SPACING_M))
    middles = (np.arange(count) + 0.5) * (part.length / count)
    return np.asarray(shapely.line_interpolate_point(part, middles), dtype=np.object_)


def _segments(line: BaseGeometry) -> NDArray[np.object_]:
    """The line in pieces of two vertices, so that a tree finds the nearest one without asking them all."""
    xy, part = shapely.get_coordinates(shapely.get_parts(line), return_index=True)
    joined = part[1:] == part[:-1]
    return np.asarray(shapely.linestrings(np.stack([xy[:-1], xy[1:]], axis=1)[joined]), dtype=np.object_)
