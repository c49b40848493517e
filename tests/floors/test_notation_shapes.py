"""Notations with a shape of their own: what the table of printed forms does not reach."""

from __future__ import annotations

import contextlib
import math
import subprocess
import sys
import time

import pytest

from geoinc.errors import AmbiguousReadingError, GeometryError, ReadingError
from geoinc.notation import format_position, read_position
from geoinc.notation.grids import choose_power, find_band, find_zone, zone_limits
from geoinc.notation.links import is_link
from geoinc.notation.writing import WRITTEN_NOTATIONS

WRECK = (2.893916944, 19.867982778)
MALI = (-12.3, 10.1, 4.3, 25.1)


class TestRegion:
    def test_inside_says_nothing(self):
        assert read_position("19.868N 2.894E", region=MALI).warnings == ()

    def test_outside(self):
        (warning,) = read_position("39.868N 2.894E", region=MALI).warnings
        assert "outside the region" in warning
        assert "swap" not in warning

    def test_a_likely_swap(self):
        (warning,) = read_position("2.894N 19.868E", region=MALI).warnings
        assert "outside the region" in warning
        assert "a likely swap" in warning

    def test_settles_no_doubt_but_the_order(self):
        with pytest.raises(AmbiguousReadingError):
            read_position("19.868N 2.894O", region=MALI)

    def test_a_cell_that_reaches_in_is_inside(self):
        assert read_position("10N 4E", region=MALI).warnings == ()
        assert read_position("9N 4E", region=MALI).warnings != ()

    def test_across_the_meridian_of_180_degrees(self):
        region = (170.0, -20.0, -170.0, 0.0)
        assert read_position("10.0S 175.0W", region=region).warnings == ()
        assert read_position("10.0S 180.0E", region=region).warnings == ()
        assert read_position("10.0S 160.0E", region=region).warnings != ()

    def test_of_the_whole_earth(self):
        assert read_position("89.5S 179.5W", region=(-180, -90, 180, 90)).warnings == ()

    @pytest.mark.parametrize("region", [(0, 10, 1, 5), (-181, 0, 1, 1), (0, 0, 1, 91), (0, math.nan, 1, 1)])
    def test_must_be_one(self, region):
        with pytest.raises(ReadingError, match="west, south, east, north"):
            read_position("19.868N 2.894E", region=region)


class TestStatedAccuracy:
    def test_beside_a_uri_that_states_none(self):
        assert read_position("geo:19.868,2.894", accuracy_m=20).accuracy_m == 20

    def test_twice_the_same(self):
        assert read_position("geo:19.868,2.894;u=20", accuracy_m=20).accuracy_m == 20

    def test_twice_and_different(self):
        with pytest.raises(ReadingError, match="keep one of them"):
            read_position("geo:19.868,2.894;u=20", accuracy_m=30)


class TestGrids:
    @pytest.mark.parametrize(
        ("lon_deg", "lat_deg", "zone"),
        [(2.9, 59.9, 31), (3.0, 59.9, 32), (5.9, 63.99, 32), (8.9, 75, 31), (9, 75, 33), (41.9, 80, 37), (-180, 0, 1)],
    )
    def test_zones_widened_for_norway_and_svalbard(self, lon_deg, lat_deg, zone):
        assert find_zone(lon_deg, lat_deg) == zone
        west, east = zone_limits(zone, find_band(lat_deg))
        assert west <= lon_deg <= east

    def test_zones_without_ground(self):
        assert zone_limits(32, "X") is None
        assert [find_band(lat_deg) for lat_deg in (-80, -0.1, 0, 71.9, 72, 84)] == ["C", "M", "N", "W", "X", "X"]

    def test_a_position_outside_its_zone_is_read_with_a_warning(self):
        reading = read_position("UTM zone 31 north 950000 m E 2196876 m N")
        assert any("outside its own zone 31" in warning for warning in reading.warnings)

    def test_the_cell_holds_the_whole_square(self):
        reading = read_position("31QDB89")
        for easting in (480_000, 490_000):
            for northing in (2_190_000, 2_200_000):
                corner = read_position(f"UTM zone 31 north {easting} m E {northing} m N")
                assert abs(corner.lat_deg - reading.lat_deg) <= reading.half_width_lat_deg + 1e-12
                assert abs(corner.lon_deg - reading.lon_deg) <= reading.half_width_lon_deg + 1e-12

    def test_different_digits_are_remarked_on(self):
        reading = read_position("31N 488894.5 2196876")
        assert any("the cell is that of the coarser" in warning for warning in reading.warnings)
        assert reading.half_width_lat_deg == pytest.approx(0.5 / 110_680, rel=0.01)

    @pytest.mark.parametrize(("resolution", "power"), [(1e-5, 0), (9.03e-6, 0), (8.8e-6, -1), (1.0, 5)])
    def test_power_of_ten(self, resolution, power):
        assert choose_power(resolution) == power

    def test_southern_squares_match_southern_eastings(self):
        square = read_position("56HLH3436849948")
        point = read_position("UTM zone 56 south 334368.5 m E 6249948.5 m N")
        assert square.lat_deg == pytest.approx(point.lat_deg, abs=1e-12)
        assert square.lon_deg == pytest.approx(point.lon_deg, abs=1e-12)


class TestWriting:
    @pytest.mark.parametrize(
        ("notation", "resolution", "expected"),
        [
            ("compact", 1 / 3600, "195205N 0025338E"),
            ("compact", 1 / 60, "1952N 00254E"),
            ("compact", 1.0, "20N 003E"),
            ("iso6709", 1e-3, "+19.868+002.894/"),
            ("iso6709", 1.0, "+20+003/"),
            ("geo", 1e-5, "geo:19.86798,2.89392"),
            ("utm", 1e-5, "UTM zone 31 north 488894 m E 2196876 m N"),
            ("utm", 1e-6, "UTM zone 31 north 488893.9 m E 2196875.9 m N"),
            ("mgrs", 1e-5, "31QDB8889396875"),
            ("mgrs", 1e-2, "31QDB8896"),
            ("mgrs", 1.0, "31QDB"),
            ("pluscode", 0.000125, "7FF4VV9V+5H"),
            ("pluscode", 0.00003, "7FF4VV9V+5HV"),
            ("pluscode", 1.0, "7FF40000+"),
        ],
    )
    def test_the_wreck(self, notation, resolution, expected):
        assert format_position(*WRECK, notation=notation, resolution=resolution) == expected

    def test_signs(self):
        assert format_position(-69.5, -33.25, notation="geo", resolution=0.01) == "geo:-33.25,-69.50"
        assert format_position(-69.5, -33.25, notation="iso6709", resolution=0.01) == "-33.25-069.50/"
        assert format_position(-69.5, -33.25, notation="compact", resolution=1 / 60) == "3315S 06930W"
        assert format_position(-69.5, -33.25, notation="utm", resolution=1e-5).startswith("UTM zone 19 south ")
        assert format_position(-0.001, -0.001, notation="geo", resolution=0.1) == "geo:0.0,0.0"

    @pytest.mark.parametrize("notation", ["utm", "mgrs"])
    @pytest.mark.parametrize("lat_deg", [-80.1, 84.1])
    def test_the_poles_are_beyond_the_grid(self, notation, lat_deg):
        with pytest.raises(GeometryError, match="beyond the UTM grid"):
            format_position(0.0, lat_deg, notation=notation, resolution=1e-5)

    @pytest.mark.parametrize("notation", WRITTEN_NOTATIONS)
    @pytest.mark.parametrize(
        ("lon_deg", "lat_deg"), [(180.0, 0.0), (-180.0, -80.0), (179.9999999, 83.9999999), (0.0, 0.0)]
    )
    def test_the_ends_of_the_axes_are_read_back(self, notation, lon_deg, lat_deg):
        reading = read_position(format_position(lon_deg, lat_deg, notation=notation, resolution=1e-4))
        assert abs(reading.lat_deg - lat_deg) <= reading.half_width_lat_deg + 1e-12
        assert abs((reading.lon_deg - lon_deg + 180) % 360 - 180) <= reading.half_width_lon_deg + 1e-12


class TestLinks:
    def test_what_is_a_link(self):
        assert is_link(" http://a.b/")
        assert is_link("maps.google.com/?q=1,2")
        assert not is_link("19.868N/2.894E")
        assert not is_link("19.868N?")

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("https://www.google.com/maps/@19.868,2.894,15z and more", "space"),
            ("https://[bad/", "no proper link"),
            ("https://www.google.com/maps?q=19.868", "one number|cannot be read"),
            ("https://maps.apple.com/?ll=19.868", "no pair"),
            ("https://maps.apple.com/?ll=19.868,2.894x", "no pair"),
            ("https://www.openstreetmap.org/#map=15/19.868", "no position stands"),
            ("https://www.openstreetmap.org/?mlat=&mlon=2.894", "no decimal number"),
            ("https://www.google.com.evil.example/maps/@19.868,2.894,15z", "no map site"),
            ("https://example.org/@19.868,2.894", "no map site"),
            ("https://www.google.com/maps/@" + "1" * 3000, "2000"),
        ],
    )
    def test_what_cannot_be_read(self, text, reason):
        with pytest.raises(ReadingError, match=reason):
            read_position(text)

    def test_an_ambiguous_text_in_a_link_lists_its_readings(self):
        with pytest.raises(AmbiguousReadingError) as caught:
            read_position("https://www.google.com/maps?q=52.5N+13.4O")
        assert caught.value.readings == ("52.5N 13.4W", "52.5N 13.4E")

    def test_long_links_are_read(self):
        text = "https://www.google.com/maps/@19.868,2.894,15z/data=" + "!1m3" * 300
        assert read_position(text).lat_deg == 19.868

    def test_the_mark_comes_before_the_view(self):
        reading = read_position("https://www.openstreetmap.org/?mlat=19.868&mlon=2.894#map=5/30.000/5.000")
        assert (reading.lat_deg, reading.lon_deg) == (19.868, 2.894)
        assert "30N 5E" in reading.warnings[0]


@pytest.mark.parametrize(
    "text",
    [
        *(piece * 250_000 for piece in ("19.5", "N 1 ", "°′", "ش ", "+2V", "a.b", "1 23")),
        "geo:" + "1," * 500_000,
        "https://www.google.com/maps/@" + "1,2," * 250_000,
        "a." * 500_000 + "com/",
        " " * 1_000_000,
    ],
    ids=lambda text: text[:12],
)
def test_a_megabyte_is_refused_at_once(text):
    start = time.perf_counter()
    with pytest.raises(ReadingError):
        read_position(text)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    "text",
    [
        "https://www.google.com/maps/@" + "1" * 1900,
        "https://www.google.com/maps?" + "q=1&" * 480,
        "https://www.google.com/maps/" + "!3d1!4d" * 280,
        "https://www.openstreetmap.org/#" + "map=1/&" * 280,
        "https://geohack.toolforge.org/geohack.php?params=" + "1_" * 950,
        "https://www.google.com/maps?q=" + "(" * 1900,
        "https://" + "a." * 950 + "com/",
        "geo:0,0?" + "&" * 190,
        "geo:1,2" + ";" * 190,
    ],
    ids=lambda text: text[:50],
)
def test_the_longest_links_end_soon(text):
    start = time.perf_counter()
    with contextlib.suppress(ReadingError):
        read_position(text)
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize("text", ["19.868N 2.894E", "geo:19.868,2.894", "1952N00254E", "7FF4VV9V+5H"])
def test_only_the_grids_load_the_projection(text):
    code = (
        "import sys\n"
        "from geoinc.notation import read_position\n"
        f"read_position({text!r})\n"
        "sys.exit(bool({'numpy', 'pyproj', 'shapely'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
