"""How large regions are and how far apart, on the ellipsoid."""

from __future__ import annotations

import threading
from typing import Final

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geoinc.geodesy import inverse
from geoinc.regions.ground import View

__all__ = ["area_m2", "extent_m", "nearest_places"]

STEP_M: Final = 2_000.0
MOST_CORNERS: Final = 300
ALIKE: Final = 0.999

_local = threading.local()


def _geod() -> Geod:
    geod = getattr(_local, "geod", None)
    if geod is None:
        geod = _local.geod = Geod(ellps="WGS84")
    return geod


def area_m2(plane: BaseGeometry, view: View) -> float:
    """Return the area of a region on the ellipsoid, in square metres.

    The region's rings are cut short before they are carried to the globe, where the area between geodesics is
    taken.

    References
    ----------
    C. F. F. Karney, "Algorithms for geodesics", *Journal of Geodesy* 87 (2013) 43-55, section 6.

    Examples
    --------
    >>> view = View(2.9, 19.9, 2000.0)
    >>> print(f"{area_m2(shapely.box(-1000.0, -1000.0, 1000.0, 1000.0), view):.0f}")
    4000000
    """
    globe = view.frame.to_globe(shapely.segmentize(plane, STEP_M))
    total = 0.0
    for part in shapely.get_parts(globe):
        for number, ring in enumerate((part.exterior, *part.interiors)):
            lon, lat = shapely.get_coordinates(ring).T
            size = abs(_geod().polygon_area_perimeter(lon, lat)[0])
            total += size if number == 0 else -size
    return max(0.0, total)


def extent_m(plane: BaseGeometry, view: View) -> float:
    """Return the greatest distance between two places of a region, in metres; 0 for an empty one.

    It lies between corners of the convex hull. Pairs that the plane puts within a thousandth of the greatest
    are measured on the ellipsoid.

    Examples
    --------
    >>> view = View(2.9, 19.9, 2000.0)
    >>> print(f"{extent_m(shapely.box(-300.0, -400.0, 300.0, 400.0), view):.2f}")
    1000.00
    """
    if plane.is_empty:
        return 0.0
    corners = shapely.get_coordinates(shapely.convex_hull(plane))[:-1]
    if len(corners) > MOST_CORNERS:
        hull = shapely.simplify(shapely.convex_hull(plane), 0.1)
        corners = shapely.get_coordinates(hull)[:-1]
    apart = np.hypot(*(corners[:, None, axis] - corners[None, :, axis] for axis in (0, 1)))
    one, other = np.nonzero(np.triu(apart >= ALIKE * apart.max()))
    globe = shapely.get_coordinates(view.frame.to_globe(shapely.points(corners)))
    found, _, _ = inverse(*globe[one].T, *globe[other].T)
    return float(np.max(found))


def nearest_places(
    one: BaseGeometry, other: BaseGeometry, view: View
) -> tuple[float, tuple[float, float], tuple[float, float]]:
    """Return the least distance between two regions of one view, in metres, and the two places where it is met.

    The places are found in the plane and their distance is measured on the ellipsoid; where the regions share
    ground the distance is 0 and both places are one place of it.

    Raises
    ------
    ValueError
        If a region is empty.
    """
    if one.is_empty or other.is_empty:
        raise ValueError("an empty region has no distance to another")
    shared = shapely.intersection(one, other) if shapely.intersects(one, other) else None
    if shared is not None:
        place = shapely.get_coordinates(view.frame.to_globe(shapely.point_on_surface(shared)))[0]
        here = (float(place[0]), float(place[1]))
        return 0.0, here, here
    ends = shapely.get_coordinates(view.frame.to_globe(shapely.shortest_line(one, other)))
    distance, _, _ = inverse(*ends[0], *ends[1])
    start, end = ((float(lon), float(lat)) for lon, lat in ends)
    return float(distance), start, end
