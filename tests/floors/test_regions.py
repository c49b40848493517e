"""The ground that a printed distance allows: every point of it satisfies the claim, and none outside does."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from geoinc.api import load_incident
from geoinc.boundaries import open_border
from geoinc.intervals import Interval
from geoinc.measurement import signed_distances_m
from geoinc.regions import View, allowed_ground, least_distance_m, ribbon_style

BORDER = open_border("MLI", "DZA")
VIEW = View(2.89, 19.87, 25_000.0)
INCIDENT = load_incident("tz-98d")


@pytest.mark.parametrize("source", ["osm-2026c", "ne-10m", "dcw"])
@pytest.mark.parametrize(
    ("low_m", "high_m"), [(9_450.0, 9_550.0), (0.0, 2_500.0), (1_500.0, 2_500.0), (9_000.0, np.inf)]
)
def test_inside_and_outside_to_a_metre(source, low_m, high_m):
    claim = INCIDENT.claim("mali-wreck-distance")
    interval = Interval(low_m, high_m)
    ground = allowed_ground(BORDER[source], claim, VIEW, distance=interval)
    west, south, east, north = VIEW.box_deg()
    random = np.random.default_rng(98)
    lon, lat = random.uniform(west, east, 4_000), random.uniform(south, north, 4_000)
    plane = VIEW.frame.to_plane(shapely.points(lon, lat))
    seen = shapely.contains(VIEW.square, plane)
    lon, lat = lon[seen], lat[seen]
    signed = signed_distances_m(BORDER[source], lon, lat, "MLI")
    inside = shapely.contains_xy(ground, lon, lat)
    clearly_in = (signed > low_m + 1) & (signed < high_m - 1) & (signed > 1)
    clearly_out = (signed < max(low_m, 0) - 1) | (signed > high_m + 1) | np.isnan(signed)
    assert inside[clearly_in].all()
    assert not inside[clearly_out].any()
    assert clearly_in.any()
    assert clearly_out.any()


def test_near_a_place_keeps_within_its_radius():
    claim = INCIDENT.claim("algeria-depth")
    view = View(2.89, 19.87, 60_000.0)
    ground = allowed_ground(BORDER["osm"], claim, view)
    assert not ground.is_empty
    places = claim.near.places
    from geoinc.geodesy import inverse

    lon, lat = shapely.get_coordinates(ground).T
    distances = [inverse(np.full_like(lon, p.lon_deg), np.full_like(lat, p.lat_deg), lon, lat)[0] for p in places]
    assert float(np.min(distances, axis=0).max()) <= 30_000 + 20


def test_least_distance_to_ground_that_touches_the_line_is_the_distance_to_the_line():
    claim = INCIDENT.claim("algeria-depth")
    least = least_distance_m(BORDER["osm"], claim, 2.8939169, 19.8679828)
    assert least == pytest.approx(9963.09, abs=0.5)


def test_no_band_along_the_meridian():
    import dataclasses

    from geoinc.measurement import Sense

    claim = dataclasses.replace(INCIDENT.claim("mali-wreck-distance"), sense=Sense.MERIDIAN)
    assert allowed_ground(BORDER["osm"], claim, VIEW) is None


def test_styles():
    assert ribbon_style(Interval(9450.0, 9550.0)) == "ribbon"
    assert ribbon_style(Interval(0.0, 2500.0)) == "band"
    assert ribbon_style(Interval.more_than(9000.0)) == "beyond"
