"""The accuracy of a source at a place: documented, corroborated or assumed."""

from __future__ import annotations

import numpy as np
import pytest

from geoinc.boundaries import accuracy_at, open_border
from geoinc.boundaries.accuracy import deviations_m
from geoinc.geodesy import inverse, nearest, stations

BORDER = open_border("MLI", "DZA")
LON, LAT = 2.876, 19.956


def test_documented_figures_are_brought_to_95_percent():
    found = accuracy_at(BORDER, "dcw", LON, LAT, 10_000.0)
    assert found.basis == "documented"
    assert found.value_m == pytest.approx(2040 * 2.4477 / 2.1460, abs=1)
    assert accuracy_at(BORDER, "ne-10m", LON, LAT, 10_000.0).value_m == 2000.0


@pytest.mark.parametrize("source", ["osm-2026c", "wdb2"])
def test_corroborated_by_the_lineage_that_agrees_best(source):
    found = accuracy_at(BORDER, source, LON, LAT, 10_000.0)
    assert found.basis == "corroborated"
    assert found.value_m == min(found.deviations_m.values())
    assert BORDER[source].source.lineage not in found.deviations_m


def test_against_distances_taken_one_by_one_with_the_kernel():
    """The same percentile from geodesic distances of dense stations, without any plane."""
    radius_m = 10_000.0
    directions = []
    for one, other in (("osm", "wdb2"), ("wdb2", "osm")):
        lon, lat = stations(BORDER[one].polyline(), 25.0)
        away_m = inverse(np.full_like(lon, LON), np.full_like(lat, LAT), lon, lat)[0]
        near = away_m <= radius_m
        lon, lat = lon[near], lat[near]
        steps = np.diff(lon, prepend=lon[0]), np.diff(lat, prepend=lat[0])
        weights = np.hypot(*steps)
        distances = nearest(BORDER[other].polyline(), lon, lat).distance_m
        order = np.argsort(distances)
        share = np.cumsum(weights[order]) / weights.sum()
        directions.append(distances[order][np.searchsorted(share, 0.95)])
    found = deviations_m(BORDER["osm"], BORDER["wdb2"], LON, LAT, radius_m)
    assert found == pytest.approx(max(directions), rel=0.03)


def test_radius_is_at_least_5_and_at_most_25_km():
    near = accuracy_at(BORDER, "osm-2026c", LON, LAT, 10.0)
    assert near == accuracy_at(BORDER, "osm-2026c", LON, LAT, 5_000.0)
    far = accuracy_at(BORDER, "osm-2026c", LON, LAT, 90_000.0)
    assert far == accuracy_at(BORDER, "osm-2026c", LON, LAT, 25_000.0)


def test_restricting_sources_does_not_change_how_good_one_is():
    alone = open_border("MLI", "DZA", only=["osm-2026c"])
    assert accuracy_at(alone, "osm-2026c", LON, LAT, 1e4) == accuracy_at(BORDER, "osm-2026c", LON, LAT, 1e4)


def test_lines_that_stay_out_of_the_radius_do_not_corroborate():
    assert deviations_m(BORDER["osm"], BORDER["wdb2"], 0.0, 10.0, 5_000.0) is None
