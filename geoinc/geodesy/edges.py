"""How the edge between two vertices is read."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Edges"]


class Edges(StrEnum):
    """The curve that joins two neighbouring vertices.

    ``GEODESIC`` is the shortest line on the ellipsoid, ``PLANAR`` the line that is straight in longitude and
    latitude (RFC 7946, section 3.1.1), ``RHUMB`` the line of constant azimuth.
    """

    GEODESIC = "geodesic"
    PLANAR = "planar"
    RHUMB = "rhumb"
