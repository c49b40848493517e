"""A plane for work at the scale of one case: azimuthal equidistant, on the ellipsoid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geoinc.errors import GeometryError
from geoinc.geodesy.ellipsoid import POLAR_RADIUS_M, check_positions, direct, inverse

__all__ = ["Frame"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Frame:
    """An azimuthal equidistant plane in metres, x to the east and y to the north of its centre.

    Distances and azimuths from the centre are those of the ellipsoid; everything else is distorted as
    `scale_error` says. It serves to draw and to widen shapes, never to report a distance.

    Only vertices are carried over: what joins them is straight in the plane on one side and straight in
    longitude and latitude on the other. Add vertices with `geoinc.geodesy.follow` first where that matters.

    Parameters
    ----------
    lon_deg, lat_deg : float
        The centre.

    Raises
    ------
    GeometryError
        If the centre is not a position.

    Examples
    --------
    >>> frame = Frame(2.9, 19.9)
    >>> circle = frame.to_globe(shapely.Point(0, 0).buffer(1000))
    >>> bool(circle.contains(shapely.Point(2.909, 19.9)))
    True
    >>> print(f"{frame.scale_error(100_000):.1e}")
    4.1e-05
    """

    lon_deg: float
    lat_deg: float

    def __post_init__(self) -> None:
        if not np.isfinite([self.lon_deg, self.lat_deg]).all():
            raise GeometryError(f"a frame needs a centre; got lon {self.lon_deg}, lat {self.lat_deg}")
        check_positions(self.lon_deg, self.lat_deg)

    def to_plane(self, geometry: Any) -> Any:
        """Carry a geometry, or an array of them, from longitude and latitude into the plane.

        Heights are dropped. A geometry across the antimeridian comes out whole if its vertices are close
        together.
        """
        return shapely.transform(geometry, self._project)

    def to_globe(self, geometry: Any) -> Any:
        """Carry a geometry, or an array of them, from the plane to longitude and latitude.

        Longitudes are counted on from the centre, not wrapped, so that a shape across the antimeridian stays
        whole; they may leave [-180, 180] there.
        """
        return shapely.transform(geometry, self._unproject)

    @staticmethod
    def scale_error(distance_m: float) -> float:
        """Bound the relative error of short lengths in the plane at a distance from the centre.

        Lengths along the radius are exact. Across it they are too long by the ratio of the distance s to the
        reduced length of the geodesic, which by Sturm's comparison is at least b sin(s/b), 1/b^2 being the
        greatest Gaussian curvature of the ellipsoid: the error lies between 0 and x / sin x - 1 with x = s/b,
        some s^2 / 6b^2.

        Parameters
        ----------
        distance_m : float
            From the centre, less than 19,000 km.

        References
        ----------
        C. F. F. Karney, "Algorithms for geodesics", *Journal of Geodesy* 87 (2013) 43-55, section 3 (reduced
        length) and section 8 (this projection).
        """
        if not 0 <= distance_m < 19e6:
            raise GeometryError(f"distance {distance_m:g} m from the centre of a frame must be from 0 to 19,000 km")
        x = distance_m / POLAR_RADIUS_M
        return float(x / np.sin(x) - 1) if x > 1e-4 else float(x * x / 6 * (1 + x * x))

    def _project(self, coordinates: Array) -> Array:
        lon, lat = check_positions(coordinates[:, 0], coordinates[:, 1])
        distance, azimuth, _ = inverse(self.lon_deg, self.lat_deg, lon, lat)
        angle = np.radians(azimuth)
        return np.column_stack([distance * np.sin(angle), distance * np.cos(angle)])

    def _unproject(self, coordinates: Array) -> Array:
        x, y = coordinates[:, 0], coordinates[:, 1]
        lon, lat = direct(self.lon_deg, self.lat_deg, np.degrees(np.arctan2(x, y)), np.hypot(x, y))
        return np.column_stack([lon + 360.0 * np.round((self.lon_deg - lon) / 360.0), lat])
