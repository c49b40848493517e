"""Positions to print."""

from __future__ import annotations

import math

import pytest

from geoinc.errors import GeometryError
from geoinc.notation import format_position, read_position

ARC_SECOND = 1 / 3600


class TestNotations:
    @pytest.mark.parametrize(
        ("notation", "resolution", "expected"),
        [
            ("dms", 0.001 * ARC_SECOND, "19°52′04.738″N 2°53′38.101″E"),
            ("dms", 0.1 * ARC_SECOND, "19°52′04.7″N 2°53′38.1″E"),
            ("dms", ARC_SECOND, "19°52′05″N 2°53′38″E"),
            ("dms", 1 / 60, "19°52′N 2°54′E"),
            ("dms", 1.0, "20°N 3°E"),
            ("dm", 0.0001 / 60, "19°52.0790′N 2°53.6350′E"),
            ("dm", 1 / 60, "19°52′N 2°54′E"),
            ("decimal", 1e-3, "19.868°N 2.894°E"),
            ("decimal", 1e-5, "19.86798°N 2.89392°E"),
            ("decimal", 1.0, "20°N 3°E"),
            ("decimal", 30.0, "20°N 3°E"),
        ],
    )
    def test_wreck(self, notation, resolution, expected):
        reading = read_position("19°52’04.738’’N 2°53’38.101’’E")
        printed = format_position(reading.lon_deg, reading.lat_deg, notation=notation, resolution=resolution)
        assert printed == expected

    def test_uses_the_fewest_digits_that_resolve(self):
        assert format_position(2.0, 1.0, notation="decimal", resolution=0.09) == "1.00°N 2.00°E"
        assert format_position(2.0, 1.0, notation="decimal", resolution=0.1) == "1.0°N 2.0°E"
        assert format_position(2.0, 1.0, notation="decimal", resolution=1e-300).startswith("1.000000000000°N")

    @pytest.mark.parametrize(
        "text", ["19°52′04.738″N 2°53′38.101″E", "19°52.0790′S 2°53.6350′W", "19.868°N 102.894°E", "20°S 3°W"]
    )
    def test_twice_the_half_width_gives_the_printed_digits_back(self, text):
        reading = read_position(text)
        printed = format_position(
            reading.lon_deg,
            reading.lat_deg,
            notation=reading.notation,
            resolution=2 * reading.half_width_lat_deg,
        )
        assert printed == text


class TestCarrying:
    def test_never_prints_sixty(self):
        almost = math.nextafter(20.0, 0.0)
        assert format_position(almost, almost, resolution=0.001 * ARC_SECOND) == "20°00′00.000″N 20°00′00.000″E"
        assert format_position(-almost, -almost, notation="dm", resolution=0.01 / 60) == "20°00.00′S 20°00.00′W"

    def test_carries_minutes_alone(self):
        assert format_position(0.0, 19 + 52.99999 / 60, resolution=ARC_SECOND) == "19°53′00″N 0°00′00″E"


class TestSigns:
    def test_hemispheres(self):
        assert format_position(-2.5, -19.5, notation="decimal", resolution=0.1) == "19.5°S 2.5°W"
        assert format_position(2.5, -19.5, notation="decimal", resolution=0.1) == "19.5°S 2.5°E"

    def test_what_rounds_to_zero_has_no_southern_or_western_zero(self):
        assert format_position(-0.0, -0.04, notation="decimal", resolution=0.1) == "0.0°N 0.0°E"

    def test_ends_of_the_axes(self):
        assert format_position(180.0, 90.0, resolution=ARC_SECOND) == "90°00′00″N 180°00′00″E"
        assert format_position(-180.0, -90.0, resolution=ARC_SECOND) == "90°00′00″S 180°00′00″W"


class TestRefusals:
    @pytest.mark.parametrize(
        ("lon_deg", "lat_deg"), [(math.nan, 1), (1, math.nan), (math.inf, 1), (1, 90.01), (-180.5, 1)]
    )
    def test_positions_off_the_earth(self, lon_deg, lat_deg):
        with pytest.raises(GeometryError, match="is not between"):
            format_position(lon_deg, lat_deg, resolution=0.1)

    @pytest.mark.parametrize("resolution", [0.0, -1.0, math.nan, math.inf])
    def test_resolutions_that_print_nothing(self, resolution):
        with pytest.raises(ValueError, match="positive"):
            format_position(1.0, 1.0, resolution=resolution)

    def test_unknown_notation(self):
        with pytest.raises(ValueError, match="decimal, dm, dms"):
            format_position(1.0, 1.0, notation="link", resolution=1.0)
