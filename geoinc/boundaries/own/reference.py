"""From the reference system of a file to longitude and latitude on WGS 84, with what that costs in accuracy."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyproj
from numpy.typing import NDArray
from pyproj.exceptions import CRSError, ProjError
from pyproj.transformer import AreaOfInterest, TransformerGroup

from geoinc.boundaries.own.examination import Examination, place, shorten
from geoinc.boundaries.own.shapes import RawFeature, RawShape
from geoinc.geodesy import inverse

__all__ = ["Reference", "bring_to_wgs84", "check_range", "reference_of"]

Array = NDArray[np.float64]

LARGEST_LONGITUDE_DEG: Final = 540.0
DEGREES_AT_MOST: Final = 1000.0


@dataclass(frozen=True, slots=True)
class Reference:
    """How the coordinates of a file are to be taken.

    Attributes
    ----------
    name : str
        Of the reference system.
    operation : str or None
        The operation to WGS 84; None where none is needed.
    accuracy_m : float
        Of that operation, as its registry states it, in metres; 0 where none is needed.
    carry : callable or None
        From the file's coordinates, shape (n, 2), to longitude and latitude in degrees.
    """

    name: str
    operation: str | None
    accuracy_m: float
    carry: Callable[[Array], Array] | None


def reference_of(stated: str | None, declared: str | None, sample: Array, seen: Examination) -> Reference:
    """Find out how to take the coordinates of a file.

    Parameters
    ----------
    stated : str or None
        What the file says of its reference system.
    declared : str or None
        What the description says; it serves only a file that says nothing.
    sample : ndarray of shape (n, 2)
        The file's coordinates, to choose the operation for the area.
    seen : Examination
        Takes what is wrong.

    Raises
    ------
    UnusableBoundaryError
        If nothing is said, what is said is not understood, or the accuracy of the way to WGS 84 is not known.
    """
    if stated is None and declared is None:
        seen.stop(
            "reference system",
            "the file does not say in which one its coordinates are: declare it beside the file, as crs: EPSG:4326 for "
            "longitude and latitude on WGS 84",
        )
    try:
        crs = pyproj.CRS.from_user_input(stated or declared)
        if stated is not None and declared is not None and crs != pyproj.CRS.from_user_input(declared):
            seen.stop("crs", f"the description declares {shorten(declared)}, the file itself says {crs.name}: keep one")
    except CRSError as error:
        seen.stop("reference system", f"{shorten(stated or declared)} is not understood ({shorten(error)})")
    flat = crs.to_2d() if crs.is_geographic or crs.is_projected or crs.is_compound else crs
    wgs84 = pyproj.CRS("EPSG:4326")
    if flat.equals(wgs84, ignore_axis_order=True) or (flat.name in {"WGS 84", "WGS 84 (CRS84)"} and flat.is_geographic):
        return Reference(crs.name, None, 0.0, None)
    if flat.is_geographic:
        check_range([sample], "", seen)
        seen.raise_if_refused()
    return _operation(flat, wgs84, sample, seen)


def _operation(crs: pyproj.CRS, wgs84: pyproj.CRS, sample: Array, seen: Examination) -> Reference:
    try:
        # The area matters to shifts of datum; it is found through the first operation at hand.
        rough = pyproj.Transformer.from_crs(crs, wgs84, always_xy=True)
        lon, lat = rough.transform(sample[:, 0], sample[:, 1])
        inside = np.isfinite(lon) & np.isfinite(lat)
        west, east, south, north = (float(limit(values[inside])) for values in (lon, lat) for limit in (np.min, np.max))
        area = AreaOfInterest(west, south, east, north)
        with warnings.catch_warnings():
            # Of the operations that this machine lacks a grid for, the best one at hand says its own accuracy.
            warnings.simplefilter("ignore", UserWarning)
            group = TransformerGroup(crs, wgs84, always_xy=True, area_of_interest=area, allow_ballpark=False)
    except (ProjError, CRSError, ValueError) as error:
        seen.stop("reference system", f"coordinates in {crs.name} cannot be brought to WGS 84 ({shorten(error)})")
    known = [each for each in group.transformers if each.accuracy is not None and each.accuracy >= 0]
    if not known:
        seen.stop(
            "reference system",
            f"from {crs.name} to WGS 84 no operation of known accuracy is at hand: convert the file with one that you "
            "trust, say so under ancestry, and count its accuracy under accuracy",
        )
    best = known[0]

    def carry(xy: Array) -> Array:
        east, north = best.transform(xy[:, 0], xy[:, 1])
        return np.column_stack([east, north])

    return Reference(crs.name, best.description, float(best.accuracy), carry)


def bring_to_wgs84(features: Sequence[RawFeature], reference: Reference) -> tuple[RawFeature, ...]:
    """Return the features in longitude and latitude; vertices are carried over, and nothing else."""
    if reference.carry is None:
        return tuple(features)
    carry = reference.carry
    return tuple(
        replace(
            feature,
            shape=RawShape(
                [[carry(ring) for ring in polygon] for polygon in feature.shape.polygons],
                [carry(line) for line in feature.shape.lines],
                feature.shape.heights,
            ),
        )
        for feature in features
    )


def bend_m(ring: Array, reference: Reference) -> float:
    """Return how far the straight edges of a projection leave those in longitude and latitude, at most, in metres."""
    if reference.carry is None or len(ring) < 2:
        return 0.0
    ends = reference.carry(ring)
    straight = (ends[:-1] + ends[1:]) / 2
    drawn = reference.carry((ring[:-1] + ring[1:]) / 2)
    good = np.isfinite(straight).all(axis=1) & np.isfinite(drawn).all(axis=1)
    good &= (np.abs(straight[:, 1]) <= 90) & (np.abs(drawn[:, 1]) <= 90)
    if not good.any():
        return 0.0
    apart, _, _ = inverse(straight[good, 0], straight[good, 1], drawn[good, 0], drawn[good, 1])
    return float(np.max(apart))


def check_range(arrays: Sequence[Array], where: str, seen: Examination) -> None:
    """Refuse coordinates that cannot be longitude and latitude, and say what they look like."""
    xy = np.concatenate([each for each in arrays if len(each)] or [np.empty((0, 2))])
    if not len(xy):
        return
    finite = np.isfinite(xy).all(axis=1)
    if not finite.all():
        row = xy[np.flatnonzero(~finite)[0]]
        seen.refuse(where, f"a coordinate is not a number ({row[0]}, {row[1]}): write the file again")
        return
    x, y = np.abs(xy[:, 0]), np.abs(xy[:, 1])
    outside = (x > LARGEST_LONGITUDE_DEG) | (y > 90.0)
    if not outside.any():
        return
    at = xy[np.flatnonzero(outside)[0]]
    if float(max(x.max(), y.max())) > DEGREES_AT_MOST:
        seen.refuse(
            where,
            f"({at[0]:.10g}, {at[1]:.10g}) cannot be degrees: the coordinates look projected, and the file calls them "
            "longitude and latitude. Set its true reference system, or export it again in WGS 84",
        )
    elif float(x.max()) <= 90.0:
        seen.refuse(
            where,
            f"({at[0]:.10g}, {at[1]:.10g}) has a latitude beyond 90: latitude seems to stand first. Longitude comes "
            f"first in such files; exchanged it would be {place(at[1], at[0])}",
        )
    else:
        seen.refuse(where, f"({at[0]:.10g}, {at[1]:.10g}) is out of range for longitude and latitude")
