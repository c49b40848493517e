"""The ground that claims allow: one by one, and together."""

from geoinc.regions.ground import View, allowed_ground, least_distance_m, ribbon_style, source_view

__all__ = ["View", "allowed_ground", "least_distance_m", "ribbon_style", "source_view"]
