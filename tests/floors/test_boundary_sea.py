"""The territorial sea: 12 nautical miles from a coast, with what the coast and the print leave open."""

from __future__ import annotations

import json

import numpy as np
import pytest

from geoinc.boundaries import LIMIT_M, SeaOutcome, coastal_states, measure_sea
from geoinc.boundaries.sea import COAST_ACCURACY_M
from geoinc.cli import main
from geoinc.errors import UnknownBoundaryError
from geoinc.geodesy import direct, inverse

# Places at sea and on land, longitude and latitude, with what must come out.
PLACES = {
    "10 km off Constanta": (28.80, 44.17, "ROU", SeaOutcome.WITHIN),
    "40 km off Constanta": (29.17, 44.17, "ROU", SeaOutcome.BEYOND),
    "Paris": (2.35, 48.86, "FRA", SeaOutcome.LAND),
    "Bamako asked of Senegal": (-8.0, 12.65, "SEN", SeaOutcome.LAND),
    "Strait of Dover, British": (1.45, 51.0, "GBR", SeaOutcome.WITHIN),
    "Strait of Dover, French": (1.45, 51.0, "FRA", SeaOutcome.WITHIN),
    "middle of the Atlantic": (-30.0, 30.0, "PRT", SeaOutcome.BEYOND),
    "east of the antimeridian": (-179.85, -16.5, "FJI", SeaOutcome.WITHIN),
    "off Malta": (14.3, 36.12, "MLT", SeaOutcome.WITHIN),
}


@pytest.mark.parametrize("name", PLACES)
def test_where_a_place_lies(name):
    lon, lat, territory, outcome = PLACES[name]
    found = measure_sea(lon, lat, territory)
    assert found.outcome is outcome
    assert found.landward == (outcome is SeaOutcome.LAND)
    assert (found.to_limit_m is None) == found.landward


def test_distance_azimuth_and_nearest_point_belong_together():
    found = measure_sea(29.17, 44.17, "ROU")
    distance, azimuth, _ = inverse(29.17, 44.17, found.nearest_lon_deg, found.nearest_lat_deg)
    assert float(distance) == pytest.approx(found.distance_m, abs=1e-3)
    assert float(azimuth) == pytest.approx(found.azimuth_deg, abs=1e-6)
    assert found.to_limit_m == pytest.approx(LIMIT_M - found.distance_m)


def test_going_out_to_sea_the_answer_changes_once_and_never_without_doubt():
    start = measure_sea(28.80, 44.17, "ROU")
    away = (start.azimuth_deg + 180.0) % 360.0
    outcomes = []
    for way in np.arange(0.0, 16_000.0, 400.0):
        lon, lat = direct(28.80, 44.17, away, float(way))
        outcomes.append(measure_sea(float(lon), float(lat), "ROU").outcome)
    changes = [one for one, before in zip(outcomes, [None, *outcomes[:-1]], strict=True) if one is not before]
    assert changes == [SeaOutcome.WITHIN, SeaOutcome.INDETERMINATE, SeaOutcome.BEYOND]
    assert outcomes.count(SeaOutcome.INDETERMINATE) * 400.0 == pytest.approx(2 * COAST_ACCURACY_M, abs=800)


def test_a_coarse_print_leaves_it_open():
    exact = measure_sea(28.80, 44.17, "ROU")
    assert exact.outcome is SeaOutcome.WITHIN
    assert measure_sea(28.80, 44.17, "ROU", cell_m=15_000.0).outcome is SeaOutcome.INDETERMINATE
    assert measure_sea(28.80, 44.17, "ROU", position_m=15_000.0).outcome is SeaOutcome.INDETERMINATE


def test_both_coasts_of_a_strait_name_each_other():
    british, french = (measure_sea(1.45, 51.0, code) for code in ("GBR", "FRA"))
    assert british.others == (("FRA", pytest.approx(french.distance_m)),)
    assert french.others == (("GBR", pytest.approx(british.distance_m)),)


def test_states_without_a_coast_are_told_so():
    states = coastal_states()
    assert {"ROU", "FJI", "GBR", "DZA", "IDN"} <= set(states)
    assert not {"MLI", "CHE", "MNG", "ZMB"} & set(states)
    with pytest.raises(UnknownBoundaryError, match="MLI"):
        measure_sea(2.9, 19.9, "MLI")


def test_command(capsys):
    assert main(["measure", "44.170N 28.800E", "--sea", "rou", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["sea"]
    assert (found["territory"], found["outcome"], found["limit_m"]) == ("ROU", "within", 22_224.0)
    assert "article 7" in found["caveat"]
    assert main(["measure", "44.170N 28.800E", "--sea", "ROU"]) == 0
    page = " ".join(capsys.readouterr().out.split())
    assert "Straight baselines" in page
    assert "604.4 m" in page
    assert main(["measure", "44.17N 28.80E", "--sea", "ROU", "--in", "ROU"]) == 2
    assert main(["measure", "44.17N 28.80E", "--sea", "MLI"]) == 4
