"""How good one measurement is: the source around the point measured to, and what another reading of edges changes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from geoinc.boundaries import Border, BoundaryLine, LocalQuality, edge_gap, local_quality
from geoinc.geodesy import Edges, nearest
from geoinc.measurement import BoundaryMeasurement, Sense, find_crossing, signed_distances_m

__all__ = ["MeasurementQuality", "edges_shifts_m", "measurement_quality"]


@dataclass(frozen=True, slots=True)
class MeasurementQuality:
    """The quality of one measurement.

    Attributes
    ----------
    local : LocalQuality
        Of the source, around the point measured to.
    shifts_m : mapping of Edges to float or None
        For each other reading of the source's edges, how far the distance moves, in metres: signed, more inside the
        first-named territory being positive, where both readings tell the side. None where the other reading finds
        no distance in this sense.
    """

    local: LocalQuality
    shifts_m: Mapping[Edges, float | None]

    @property
    def edges_shift_m(self) -> float | None:
        """The most that another reading of the edges moves the distance; None where one finds no distance."""
        moves = [None if shift is None else abs(shift) for shift in self.shifts_m.values()]
        return None if None in moves else max((move for move in moves if move is not None), default=0.0)


def measurement_quality(
    border: Border,
    measurement: BoundaryMeasurement,
    lon_deg: float,
    lat_deg: float,
    *,
    bearing_deg: float | None = None,
) -> MeasurementQuality | None:
    """Return the quality of a measurement; None where it found no distance.

    Parameters
    ----------
    border : Border
        As it was measured against.
    measurement : BoundaryMeasurement
    lon_deg, lat_deg : float
        The position measured, in degrees.
    bearing_deg : float, optional
        The bearing, for ``Sense.HEADING``.

    Examples
    --------
    >>> from geoinc.boundaries import open_border
    >>> from geoinc.measurement import measure_position
    >>> border = open_border("MLI", "DZA", only=["ne-10m"])
    >>> measured = measure_position(border, 2.893916, 19.867982)[0]
    >>> found = measurement_quality(border, measured, 2.893916, 19.867982)
    >>> print(f"{found.edges_shift_m:.0f} m, on an edge of {found.local.chord_m / 1000:.0f} km")
    3 m, on an edge of 29 km
    """
    if measurement.distance_m is None or measurement.nearest_lon_deg is None or measurement.nearest_lat_deg is None:
        return None
    line = border[measurement.source]
    own = measurement.edges if measurement.edges is not line.edges else None
    local = local_quality(
        border,
        measurement.source,
        measurement.nearest_lon_deg,
        measurement.nearest_lat_deg,
        measurement.distance_m,
        edges=own,
    )
    shifts = edges_shifts_m(line, measurement, lon_deg, lat_deg, bearing_deg=bearing_deg)
    return MeasurementQuality(local, shifts)


def edges_shifts_m(
    line: BoundaryLine,
    measurement: BoundaryMeasurement,
    lon_deg: float,
    lat_deg: float,
    *,
    bearing_deg: float | None = None,
) -> Mapping[Edges, float | None]:
    """Return how far each other reading of the edges moves a measured distance, in metres.

    For the parameters and signs see `measurement_quality` and `MeasurementQuality`.
    """
    found: dict[Edges, float | None] = {}
    for other in Edges:
        if other is not measurement.edges:
            found[other] = _shift_m(line, measurement, other, lon_deg, lat_deg, bearing_deg)
    return MappingProxyType(found)


def _shift_m(
    line: BoundaryLine,
    measurement: BoundaryMeasurement,
    other: Edges,
    lon_deg: float,
    lat_deg: float,
    bearing_deg: float | None,
) -> float | None:
    before_m = measurement.distance_m
    if before_m is None:
        return None
    if measurement.sense is Sense.SHORTEST:
        after_m = float(nearest(line.polyline(other), lon_deg, lat_deg).distance_m)
    else:
        crossing = find_crossing(line, measurement.sense, lon_deg, lat_deg, edges=other, bearing_deg=bearing_deg)
        if crossing is None:
            return None
        after_m = crossing.distance_m
    before = measurement.signed_distance_m
    if before is None:
        return after_m - before_m
    sign = math.copysign(1.0, before)
    if _passes_over(line, measurement.edges, other, lon_deg, lat_deg):
        after = float(signed_distances_m(line, [lon_deg], [lat_deg], line.pair[0], edges=other)[0])
        sign = sign if math.isnan(after) or after == 0.0 else math.copysign(1.0, after)
    return sign * after_m - before


def _passes_over(line: BoundaryLine, one: Edges, other: Edges, lon_deg: float, lat_deg: float) -> bool:
    """Tell whether a position may change sides: what a line sweeps lies no further from it than it moves."""
    gap = edge_gap(line, one, other)
    nearest_m = float(nearest(line.polyline(other), lon_deg, lat_deg).distance_m)
    return gap is not None and nearest_m <= gap.gap_m + 1.0
