"""Where a line that may be off its place can be met along a bearing, also where it runs along that bearing."""

from __future__ import annotations

import pytest
import shapely

from geoinc import ranges
from geoinc.geodesy import Edges, Line, direct, meridian_crossing, nearest

LON, LAT = 3.0003, 20.0
MARGIN_M = 20.0


class AlongTheMeridian:
    """A line that leaves the meridian by a metre in four kilometres."""

    drawn = Line.from_geometry(shapely.LineString([(3.0, 19.0), (3.0005, 21.0)]), Edges.PLANAR)

    def polyline(self, edges=None):
        return self.drawn


@pytest.fixture
def asked(monkeypatch):
    counted = []

    def counting(*arguments):
        counted.append(1)
        return nearest(*arguments)

    monkeypatch.setattr(ranges, "nearest", counting)
    return counted


def test_a_line_along_the_bearing_is_followed_to_its_ends_in_few_questions(asked):
    line = AlongTheMeridian()
    crossing = meridian_crossing(line.drawn, LON, LAT)
    found = ranges.crossing_interval_m(line, crossing, LON, LAT, MARGIN_M)
    assert found.high - found.low > 150_000
    for along_m in (found.low, found.high):
        lon, lat = direct(LON, LAT, crossing.azimuth_deg if along_m >= 0 else crossing.azimuth_deg + 180, abs(along_m))
        # One metre along the bearing is a quarter of a millimetre across it.
        assert float(nearest(line.drawn, lon, lat).distance_m) == pytest.approx(MARGIN_M, abs=1e-3)
    assert len(asked) < 500
