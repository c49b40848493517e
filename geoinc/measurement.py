"""Position times boundary: one measurement for each source and sense."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geoinc.boundaries import Border, BoundaryLine, LocalAccuracy, accuracy_at, basis_text
from geoinc.geodesy import (
    Crossing,
    Edges,
    Nearest,
    encloses,
    heading_crossing,
    meridian_crossing,
    nearest,
)
from geoinc.messages import Text, say
from geoinc.quantities import format_distance

__all__ = [
    "ON_THE_LINE_M",
    "REACH_M",
    "BoundaryMeasurement",
    "Ground",
    "Sense",
    "find_crossing",
    "measure_position",
    "nearest_to",
    "sides_at",
    "signed_distances_m",
    "territories_at",
]

ON_THE_LINE_M: Final = 1e-6
FIT_SHARE: Final = 1 / 3
REACH_M: Final = 1_000_000.0


class Sense(StrEnum):
    """What "the distance to the border" means.

    ``SHORTEST`` is the least distance in any direction; ``MERIDIAN`` the distance due north or south to the
    nearest crossing of the position's meridian; ``HEADING`` the distance along a stated bearing; ``FROM`` the
    distance from a named place, a town or a crossing, which is measured against the place and not against a line.
    """

    SHORTEST = "shortest"
    MERIDIAN = "meridian"
    HEADING = "heading"
    FROM = "from"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryMeasurement:
    """The distance from one position to one source's line, in one sense.

    Attributes
    ----------
    source, lineage : str
        Ids.
    sense : Sense
    territory : str or None
        The territory that the position lies in, by the source's own ground under the same edges; None where
        it lies in neither, or in both (then ``contested``).
    contested : bool
        Whether the grounds of two territories overlap at the position.
    distance_m : float or None
        Ellipsoidal; None where this sense finds no distance.
    signed_distance_m : float or None
        Positive inside the first-named territory, negative inside the second, 0 on the line.
    nearest_lon_deg, nearest_lat_deg : float or None
        Where the distance ends.
    azimuth_deg : float or None
        From the position to that point, clockwise from north.
    edges : Edges
        How the source's edges were read.
    chord_m : float or None
        Length of the edge under the nearest point.
    accuracy_m : float or None
        The source's accuracy (95 %) at this place.
    accuracy_basis : str or None
        ``"documented"``, ``"corroborated"`` or ``"assumed"``.
    accuracy_detail : str or None
        The document, the corroborating lineage, or the assumption.
    fit : bool
        Whether the accuracy is at most a third of the distance.
    why : str or None
        Why there is no distance, or why the source is not fit.
    border : tuple of two str or None
        The territories that the line parts, in alphabetical order: one source may hold several borders.
    """

    source: str
    lineage: str
    sense: Sense
    territory: str | None
    contested: bool
    distance_m: float | None
    signed_distance_m: float | None
    nearest_lon_deg: float | None
    nearest_lat_deg: float | None
    azimuth_deg: float | None
    edges: Edges
    chord_m: float | None
    accuracy_m: float | None
    accuracy_basis: str | None
    accuracy_detail: str | None
    fit: bool
    why: str | None
    border: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """Which of the two territories positions lie in, by one source.

    Attributes
    ----------
    first, second : ndarray of bool
        Whether each position lies in the first-named and in the second-named territory.
    """

    first: NDArray[np.bool_]
    second: NDArray[np.bool_]

    @property
    def sign(self) -> NDArray[np.float64]:
        """+1 in the first territory alone, -1 in the second alone, NaN in neither or in both."""
        sign = np.where(self.first, 1.0, -1.0)
        sign[self.first == self.second] = np.nan
        return sign

    def signed(self, distance_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give distances from the line the sign of the ground; on the line itself it is 0 whatever the ground."""
        return np.where(distance_m <= ON_THE_LINE_M, 0.0, distance_m * self.sign)


def territories_at(line: BoundaryLine, lon_deg: ArrayLike, lat_deg: ArrayLike, *, edges: Edges | None = None) -> Ground:
    """Return which territory each position lies in, by the source's own ground under the given edges."""
    first, second = (line.rings(territory, edges) for territory in line.pair)
    lon, lat = (np.atleast_1d(np.asarray(values, dtype=np.float64)) for values in (lon_deg, lat_deg))
    return Ground(encloses(first, lon, lat), encloses(second, lon, lat))


def signed_distances_m(
    line: BoundaryLine, lon_deg: ArrayLike, lat_deg: ArrayLike, towards: str, *, edges: Edges | None = None
) -> NDArray[np.float64]:
    """Return the distance to the line, positive inside `towards` and negative inside the other territory.

    Parameters
    ----------
    line : BoundaryLine
        One source's line and ground.
    lon_deg, lat_deg : array_like of float, shape (n,)
        Positions, WGS 84 degrees.
    towards : str
        One of the line's two territories.
    edges : Edges, optional
        Another interpretation than the source's own.

    Returns
    -------
    ndarray of float, shape (n,)
        In metres; NaN where the source's ground puts the position in neither territory, or in both.
    """
    lon, lat = (np.atleast_1d(np.asarray(values, dtype=np.float64)) for values in (lon_deg, lat_deg))
    distance = np.atleast_1d(nearest(line.polyline(edges), lon, lat).distance_m)
    ground = territories_at(line, lon, lat, edges=edges)
    return ground.signed(distance) * (1.0 if towards == line.pair[0] else -1.0)


@lru_cache(maxsize=1024)
def nearest_to(line: BoundaryLine, lon_deg: float, lat_deg: float, edges: Edges | None = None) -> Nearest:
    """Return the nearest point of a source's line to one position, which claim after claim asks for."""
    return nearest(line.polyline(edges), lon_deg, lat_deg)


@lru_cache(maxsize=1024)
def sides_at(line: BoundaryLine, lon_deg: float, lat_deg: float, edges: Edges | None = None) -> tuple[bool, bool]:
    """Return whether one position lies in the first-named and in the second-named territory."""
    ground = territories_at(line, [lon_deg], [lat_deg], edges=edges)
    return bool(ground.first[0]), bool(ground.second[0])


def measure_position(
    border: Border,
    lon_deg: float,
    lat_deg: float,
    *,
    edges: Edges | None = None,
    senses: Sequence[Sense] = (Sense.SHORTEST, Sense.MERIDIAN),
    bearing_deg: float | None = None,
) -> tuple[BoundaryMeasurement, ...]:
    """Measure one position against every source of a border.

    Parameters
    ----------
    border : Border
        Its first-named territory is the positive side.
    lon_deg, lat_deg : float
        The position, WGS 84 degrees.
    edges : Edges, optional
        One interpretation for all sources instead of each source's own.
    senses : sequence of Sense
        Which distances to take.
    bearing_deg : float, optional
        The bearing for ``Sense.HEADING``.

    Returns
    -------
    tuple of BoundaryMeasurement
        Source by source, and sense by sense within each.
    """
    return tuple(
        _measured(border, name, sense, lon_deg, lat_deg, edges, bearing_deg) for name in border for sense in senses
    )


def _measured(
    border: Border,
    name: str,
    sense: Sense,
    lon_deg: float,
    lat_deg: float,
    edges: Edges | None,
    bearing_deg: float | None,
) -> BoundaryMeasurement:
    line = border[name]
    read_as = edges or line.edges
    if not line.covers(lon_deg, lat_deg):
        why = say("the position lies outside the ground that this source covers here")
        return _without_distance(line, sense, read_as, None, contested=False, why=why)
    sides = sides_at(line, lon_deg, lat_deg, edges)
    contested = all(sides)
    inside = [code for code, here in zip(line.pair, sides, strict=True) if here]
    territory = inside[0] if len(inside) == 1 else None
    found = _distance(line, sense, lon_deg, lat_deg, edges, bearing_deg)
    if found is None:
        return _without_distance(line, sense, read_as, territory, contested=contested, why=_no_crossing(sense))
    distance_m, to_lon_deg, to_lat_deg, azimuth_deg, chord_m = found
    sign = math.nan if sides[0] == sides[1] else 1.0 if sides[0] else -1.0
    signed = 0.0 if distance_m <= ON_THE_LINE_M else distance_m * sign
    accuracy = accuracy_at(border, name, to_lon_deg, to_lat_deg, distance_m, edges=edges)
    fit = accuracy is not None and accuracy.value_m <= FIT_SHARE * distance_m
    return BoundaryMeasurement(
        source=name,
        lineage=line.source.lineage,
        sense=sense,
        territory=territory,
        contested=contested,
        distance_m=distance_m,
        signed_distance_m=None if math.isnan(signed) else signed,
        nearest_lon_deg=to_lon_deg,
        nearest_lat_deg=to_lat_deg,
        azimuth_deg=azimuth_deg,
        edges=read_as,
        chord_m=chord_m,
        accuracy_m=accuracy.value_m if accuracy else None,
        accuracy_basis=accuracy.basis if accuracy else None,
        accuracy_detail=accuracy.detail if accuracy else None,
        fit=fit,
        why=_remark(territory, accuracy, distance_m, contested=contested, fit=fit),
        border=_alphabetical(line),
    )


def _distance(
    line: BoundaryLine,
    sense: Sense,
    lon_deg: float,
    lat_deg: float,
    edges: Edges | None,
    bearing_deg: float | None,
) -> tuple[float, float, float, float, float] | None:
    """Distance, end (lon, lat), azimuth and length of the edge met; None where the sense finds nothing."""
    if sense is Sense.SHORTEST:
        found = nearest_to(line, lon_deg, lat_deg, edges)
        return (
            float(found.distance_m),
            float(found.lon_deg),
            float(found.lat_deg),
            float(found.azimuth_deg),
            float(found.chord_m),
        )
    crossing = find_crossing(line, sense, lon_deg, lat_deg, edges=edges, bearing_deg=bearing_deg)
    if crossing is None:
        return None
    return crossing.distance_m, crossing.lon_deg, crossing.lat_deg, crossing.azimuth_deg, crossing.chord_m


def find_crossing(
    line: BoundaryLine,
    sense: Sense,
    lon_deg: float,
    lat_deg: float,
    *,
    edges: Edges | None = None,
    bearing_deg: float | None = None,
) -> Crossing | None:
    """Return where the meridian, or a stated bearing, of a position first meets the line; None if nowhere."""
    polyline = line.polyline(edges)
    if sense is Sense.MERIDIAN:
        return meridian_crossing(polyline, lon_deg, lat_deg)
    if sense is Sense.FROM:
        raise ValueError("the sense 'from' is counted from a named place, which no boundary can measure")
    if bearing_deg is None:
        raise ValueError(f"the sense {sense.value!r} needs a bearing")
    return heading_crossing(polyline, lon_deg, lat_deg, bearing_deg, REACH_M)


def _no_crossing(sense: Sense) -> Text:
    if sense is Sense.MERIDIAN:
        return say("the position's meridian does not meet this source's line")
    return say("the position's bearing does not meet this source's line")


def _remark(
    territory: str | None, accuracy: LocalAccuracy | None, distance_m: float, *, contested: bool, fit: bool
) -> Text | None:
    if contested:
        return say("this source's grounds of the two territories overlap here")
    if territory is None and distance_m > ON_THE_LINE_M:
        return say("the position lies in neither territory by this source")
    if accuracy is None:
        return say("its accuracy here is unknown")
    if not fit:
        return say(
            "its accuracy here ({accuracy}, {basis}) is more than a third of the distance",
            accuracy=format_distance(accuracy.value_m),
            basis=basis_text(accuracy.basis),
        )
    return None


def _without_distance(
    line: BoundaryLine, sense: Sense, edges: Edges, territory: str | None, *, contested: bool, why: str
) -> BoundaryMeasurement:
    return BoundaryMeasurement(
        source=line.source.id,
        lineage=line.source.lineage,
        sense=sense,
        territory=territory,
        contested=contested,
        distance_m=None,
        signed_distance_m=None,
        nearest_lon_deg=None,
        nearest_lat_deg=None,
        azimuth_deg=None,
        edges=edges,
        chord_m=None,
        accuracy_m=None,
        accuracy_basis=None,
        accuracy_detail=None,
        fit=False,
        why=why,
        border=_alphabetical(line),
    )


def _alphabetical(line: BoundaryLine) -> tuple[str, str]:
    first, second = sorted(line.pair)
    return first, second
