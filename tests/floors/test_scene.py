"""What a map of the incident draws beside the boundary: ground around places, and the places themselves."""

import pytest
import shapely

import geoinc
from geoinc.geodesy import inverse


@pytest.fixture(scope="module")
def villages():
    return geoinc.assess(geoinc.load_incident("three-distances"))


def test_distances_from_places_are_drawn_alike_by_every_source(villages):
    for tag in ("W1", "W2", "W3"):
        claim = next(each for each in villages.incident.claims if each.tag == tag)
        drawn = [region for region in villages.regions if region.claim == claim.id]
        assert {region.source for region in drawn} == {source.id for source in villages.sources}
        assert len({shapely.to_wkb(region.geometry) for region in drawn}) == 1


def test_ground_around_a_place_lies_at_the_stated_distance(villages):
    claim = next(each for each in villages.incident.claims if each.tag == "W1")
    place, low, high = claim.places[0], claim.distance.interval.low, claim.distance.interval.high
    ring = next(region for region in villages.regions if region.claim == claim.id).geometry
    for lon, lat in shapely.get_coordinates(ring):
        away = float(inverse(place.lon_deg, place.lat_deg, lon, lat)[0])
        rim = min(abs(away - (low - place.accuracy_m)), abs(away - (high + place.accuracy_m)))
        assert rim < 5.0


def test_places_of_the_case_are_shown(villages):
    assert {"West Village (invented)", "East Village (invented)", "North Village (invented)"} <= {
        place.name for place in villages.places
    }
