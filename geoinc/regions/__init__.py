"""The ground that claims allow: one by one, and together."""

from geoinc.regions.ground import View, allowed_ground, least_distance_m, ribbon_style, source_view
from geoinc.regions.joint import Account, Drawing, Tie, smallest_set
from geoinc.regions.kinds import free_ground
from geoinc.regions.sizes import area_m2, extent_m, nearest_places

__all__ = [
    "Account",
    "Drawing",
    "Tie",
    "View",
    "allowed_ground",
    "area_m2",
    "extent_m",
    "free_ground",
    "least_distance_m",
    "nearest_places",
    "ribbon_style",
    "smallest_set",
    "source_view",
]
