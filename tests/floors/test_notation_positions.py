"""What is printed as a position, read right or refused with a reason."""

from __future__ import annotations

import math
import subprocess
import sys
import time

import pytest

from geoinc.errors import AmbiguousReadingError, ReadingError
from geoinc.notation import Reading, read_position

SECOND = 1 / 3600
WRECK = (19 + 52 / 60 + 4.738 / 3600, 2 + 53 / 60 + 38.101 / 3600)
LINK_LOST = (19 + 51 / 60 + 50.526 / 3600, 2 + 53 / 60 + 36.099 / 3600)
WRECK_DM = (19 + 52.079 / 60, 2 + 53.635 / 60)
WHOLE_MINUTES = (19 + 52 / 60, 2 + 53 / 60)

# text, (latitude, longitude), half of the last printed unit in degrees (latitude, longitude), notation
READ = [
    # The two forms of communique no. 073: doubled single quotes, and one curly double quote.
    ("19°52’04.738’’N 2°53’38.101’’E", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("19°51’50.526”N 2°53’36.099”E", LINK_LOST, (0.0005 * SECOND,) * 2, "dms"),
    # The same with every mark met in print.
    ("19°52′04.738″N 2°53′38.101″E", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("19°52'04.738\"N 2°53'38.101\"E", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("19°52'04.738''N 2°53'38.101''E", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("19º52´04.738´´N 2º53´38.101´´E", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("19˚52‘04.738‘‘N 2˚53‘38.101‘‘E", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("19∘52`04.738``N 2∘53`38.101``E", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("19°52′04.738′′N 2°53′38.101′′E", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("19°52’04.738’'N 2°53’38.101‘’E", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("19°52ʹ04.738ʺN 2°53ʹ38.101ʺE", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("19°52’04.738“N 2°53’38.101„E", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    # Spaces of every width, none, and letters in every place.
    ("19° 52′ 04.738″ N, 2° 53′ 38.101″ E", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("19\u00a0°\u00a052\u202f′ 04.738\u2009″ N\u20032° 53′ 38.101″ E", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("19°52′04.738″N2°53′38.101″E", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("19°52′04.738″N\n2°53′38.101″E", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("N19°52′04.738″ E2°53′38.101″", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("N 19°52′04.738″, E 2°53′38.101″", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("n 19°52′04.738″ / e 2°53′38.101″", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("19°52′04.738″N E2°53′38.101″", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("2°53′38.101″E 19°52′04.738″N", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("E 2°53′38.101″ N 19°52′04.738″", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("N19 52 04.738 E2 53 38.101", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("19 52 04.738 N 002 53 38.101 E", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("19°52 04.738″N 2°53 38.101″E", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("19°52’04.738N 2°53’38.101E", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("19°52’04,738’’N 2°53’38,101’’E", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("(19°52′04.738″N, 2°53′38.101″E)", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("\u200e19°52′04.738″N\u200b 2°53′38.101″E\u200f", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    # Words.
    ("19°52′04.738″ North 2°53′38.101″ East", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("19°52′04.738″ Nord et 2°53′38.101″ Est", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("latitude 19°52′04.738″ nord, longitude 2°53′38.101″ est", WRECK, (0.0005 * SECOND,) * 2, "dms"),
    ("19°52′ de latitude Nord et 2°53′ de longitude Est", WHOLE_MINUTES, (1 / 120,) * 2, "dm"),
    ("Latitude Nord 19°52′, Longitude Est 2°53′", WHOLE_MINUTES, (1 / 120,) * 2, "dm"),
    ("Lat. 19°52′ N Long. 2°53′ E", WHOLE_MINUTES, (1 / 120,) * 2, "dm"),
    ("19 degrees 52 minutes north, 2 degrees 53 minutes east", WHOLE_MINUTES, (1 / 120,) * 2, "dm"),
    ("19 degrés 52 minutes nord, 2 degrés 53 minutes est", WHOLE_MINUTES, (1 / 120,) * 2, "dm"),
    ("19 degre\u0301s 52 minutes nord, 2 degre\u0301s 53 minutes est", WHOLE_MINUTES, (1 / 120,) * 2, "dm"),
    # Degrees and decimal minutes.
    ("N19 52.0790 E002 53.6350", WRECK_DM, (0.00005 / 60,) * 2, "dm"),
    ("19°52.0790′N 2°53.6350′E", WRECK_DM, (0.00005 / 60,) * 2, "dm"),
    ("19°52.0790N 2°53.6350E", WRECK_DM, (0.00005 / 60,) * 2, "dm"),
    ("19 52.079 N, 2 53.635 E", WRECK_DM, (0.0005 / 60,) * 2, "dm"),
    # Decimal degrees.
    ("19.868N 2.894E", (19.868, 2.894), (0.0005,) * 2, "decimal"),
    ("19.868 N, 2.894 E", (19.868, 2.894), (0.0005,) * 2, "decimal"),
    ("19.868N,2.894E", (19.868, 2.894), (0.0005,) * 2, "decimal"),
    ("N19.868 E2.894", (19.868, 2.894), (0.0005,) * 2, "decimal"),
    ("N19.868E2.894", (19.868, 2.894), (0.0005,) * 2, "decimal"),
    ("19.868° N 2.894° E", (19.868, 2.894), (0.0005,) * 2, "decimal"),
    ("19,868 N 2,894 E", (19.868, 2.894), (0.0005,) * 2, "decimal"),
    ("19,868° N; 2,894° E", (19.868, 2.894), (0.0005,) * 2, "decimal"),
    ("19.868N - 2.894E", (19.868, 2.894), (0.0005,) * 2, "decimal"),
    ("19.868 s 2.894 w", (-19.868, -2.894), (0.0005,) * 2, "decimal"),
    ("19.868 Sud, 2.894 Ouest", (-19.868, -2.894), (0.0005,) * 2, "decimal"),
    ("19.868 South 2.894 West", (-19.868, -2.894), (0.0005,) * 2, "decimal"),
    ("45.19N 29.01E", (45.19, 29.01), (0.005,) * 2, "decimal"),
    ("20N 3E", (20, 3), (0.5,) * 2, "decimal"),
    ("90N 180W", (90, -180), (0.5,) * 2, "decimal"),
    ("19.86798N 2.89392E", (19.86798, 2.89392), (0.000005,) * 2, "decimal"),
    ("١٩٫٨٦٨N ٢٫٨٩٤E", (19.868, 2.894), (0.0005,) * 2, "decimal"),
    ("19.868Ｎ 2.894Ｅ", (19.868, 2.894), (0.0005,) * 2, "decimal"),
    # Each coordinate keeps its own cell.
    ("19.868N 2.9E", (19.868, 2.9), (0.0005, 0.05), "decimal"),
    ("19°52′N 2.894E", (19 + 52 / 60, 2.894), (1 / 120, 0.0005), "dm"),
    # Labels, and a minus in place of a letter.
    ("lat -19.868 lon -2.894", (-19.868, -2.894), (0.0005,) * 2, "decimal"),
    ("lat: \u221219.868, lon: \u20132.894", (-19.868, -2.894), (0.0005,) * 2, "decimal"),
    ("lon: 2.894, lat: 19.868", (19.868, 2.894), (0.0005,) * 2, "decimal"),
    # No letters, and one order only.
    ("119.868, 2.894", (2.894, 119.868), (0.0005,) * 2, "decimal"),
    ("-2.894 119.868", (-2.894, 119.868), (0.0005,) * 2, "decimal"),
    ("19,868, 102,894", (19.868, 102.894), (0.0005,) * 2, "decimal"),
    ("19.868,102.894", (19.868, 102.894), (0.0005,) * 2, "decimal"),
    ("19°52′ -102°53′", (19 + 52 / 60, -102 - 53 / 60), (1 / 120,) * 2, "dm"),
    ("19°52′ 102°53′", (19 + 52 / 60, 102 + 53 / 60), (1 / 120,) * 2, "dm"),
    ("19 52 102 53", (19 + 52 / 60, 102 + 53 / 60), (1 / 120,) * 2, "dm"),
    ("-0°30′00″, 102°00′00″", (-0.5, 102), (0.5 * SECOND,) * 2, "dms"),
    # Both orders give the same position.
    ("20.5, 20.5", (20.5, 20.5), (0.05,) * 2, "decimal"),
]


@pytest.mark.parametrize(("text", "position", "half_widths", "notation"), READ)
def test_reads_what_is_printed(text, position, half_widths, notation):
    reading = read_position(text)
    assert (reading.lat_deg, reading.lon_deg) == pytest.approx(position, rel=0, abs=1e-13)
    assert (reading.half_width_lat_deg, reading.half_width_lon_deg) == pytest.approx(half_widths, rel=1e-12)
    assert reading.notation == notation
    assert reading.source_text == text
    assert reading.accuracy_m is None


def test_the_two_forms_of_the_communique_differ_as_their_digits_do():
    wreck = read_position("19°52’04.738’’N 2°53’38.101’’E")
    link_lost = read_position("19°51’50.526”N 2°53’36.099”E")
    assert (wreck.lat_deg - link_lost.lat_deg) * 3600 == pytest.approx(14.212, abs=1e-9)
    assert (wreck.lon_deg - link_lost.lon_deg) * 3600 == pytest.approx(2.002, abs=1e-9)


AMBIGUOUS = [
    ("19.868, 2.894", ("19.868N 2.894E", "19.868E 2.894N")),
    ("19.868 2.894", ("19.868N 2.894E", "19.868E 2.894N")),
    ("19,868, 2,894", ("19.868N 2.894E", "19.868E 2.894N")),
    ("19,868;2,894", ("19.868N 2.894E", "19.868E 2.894N")),
    ("-19.5 -2.5", ("19.5S 2.5W", "19.5W 2.5S")),
    ("+19.5 −2.5", ("19.5N 2.5W", "19.5E 2.5S")),
    ("19 52 2 53", ("19°52′N 2°53′E", "19°52′E 2°53′N")),
    ("19°52′ 2°53′", ("19°52′N 2°53′E", "19°52′E 2°53′N")),
    ("44.5N 29.2O", ("44.5N 29.2W", "44.5N 29.2E")),
    ("44°51'30\"N 29°01'05\"o", ("44°51'30\"N 29°01'05\"W", "44°51'30\"N 29°01'05\"E")),
    ("44°51'3 N 29°01'05″ E", ("44°51′3″N 29°1′5″E", "44°51.3′N 29°1′5″E")),
    ("44°51'03 N 29°01'05″ E", ("44°51′3″N 29°1′5″E", "44°51.03′N 29°1′5″E")),
    ("44°51 N 29°01′ E", ("44°51′N 29°1′E", "44.51N 29°1′E")),
    ("29°01′ E 44°51 N", ("29°1′E 44°51′N", "29°1′E 44.51N")),
    # A sign with a letter; minutes and seconds of sixty and more.
    ("-19.5 S 2.5 E", ("19.5S 2.5E", "19.5N 2.5E")),
    ("19.5 S -2.5 E", ("19.5S 2.5E", "19.5S 2.5W")),
    ("+19.5N 2.5E", ("19.5N 2.5E", "19.5S 2.5E")),
    ("19.5N-2.5E", ("19.5N 2.5E", "19.5N 2.5W")),
    ("19°60′N 2°53′E", ("20°0′N 2°53′E", "19.60N 2°53′E")),
    ("19°52′75″N 2°53′38″E", ("19°53′15″N 2°53′38″E", "19°52.75′N 2°53′38″E")),
    ("19°59′60″N 2°53′38″E", ("20°0′0″N 2°53′38″E", "19°59.60′N 2°53′38″E")),
    ("44°95 N 29°01′ E", ("45°35′N 29°1′E", "44.95N 29°1′E")),
    ("19d52N 2d53′E", ("19°52′N 2°53′E", "19.52N 2°53′E")),
    # One Arabic letter begins both north and east.
    ("19.868ش 2.894ش", ("19.868N 2.894E", "19.868E 2.894N")),
]


@pytest.mark.parametrize(("text", "readings"), AMBIGUOUS)
def test_lists_the_readings_of_an_ambiguous_text(text, readings):
    with pytest.raises(AmbiguousReadingError) as caught:
        read_position(text)
    assert caught.value.readings == readings
    assert caught.value.text == text
    assert all(reading in str(caught.value) for reading in readings)


@pytest.mark.parametrize("readings", [readings for _, readings in AMBIGUOUS])
def test_every_listed_reading_can_be_given_instead_and_means_something_else(readings):
    cells = {
        (each.lat_deg, each.lon_deg, each.half_width_lat_deg, each.half_width_lon_deg)
        for each in map(read_position, readings)
    }
    assert len(cells) == len(readings)


REFUSED = [
    ("", "empty"),
    (" \u00a0\u200b", "empty"),
    ("19.868N 2.894E" + " " * 200, "200"),
    ("1" * 1_000_000, "too many"),
    ("here", "belongs to no coordinate"),
    ("N, E", "no number"),
    ("19.868N", "only one hemisphere letter"),
    ("19.868", "one number"),
    ("19.868N 2.894", "only one hemisphere letter"),
    ("19.868N, 2.894", "no hemisphere letter on its longitude"),
    ("19.868, 2.894E", "no hemisphere letter on its latitude"),
    ("19.868N, ", "missing"),
    ("19.868N 2.894N", "two latitudes"),
    ("19.868E 2.894W", "two longitudes"),
    ("lat 19.868 lat 2.894", "two latitudes"),
    ("lat 19.868E lon 2.894N", "does not go with"),
    ("19.868N 2.894E 5.1N", "3 hemisphere letters"),
    ("19.868N 2.894E here", "'here'"),
    ("19.868N 2.894E 300 m", "'m'"),
    ("about 19.868N 2.894E", "'about'"),
    ("19.868N 2.894E 7", "inside a coordinate"),
    ("19.868N @ 2.894E", "'@'"),
    ("19.868N, 2.894E, 3", "parted in 3"),
    ("19,868,2,894", "commas"),
    ("19,868,2,894N", "commas"),
    ("19,868 102.894", "a comma and a point"),
    ("19.52.04N 2.53.38E", "more than one decimal point"),
    ("19.N 2.E", "'.'"),
    (".5N 2E", "'.'"),
    ("19°52′60.0″N 2°53′38.0″E", "seconds of 60"),
    ("90°00′01″N 2°53′38″E", "beyond 90"),
    ("91N 2E", "exchanged"),
    ("2N 180.001E", "beyond 180"),
    ("191.5, 2.5", "within 180"),
    ("91.5, 100.5", "within 90"),
    ("- 19.5, 102.5", "no digit"),
    ("119.5 - 2.5", "no digit"),
    ("19.5°52′N 2°53′E", "decimals on the degrees"),
    ("19°52.5′04″N 2°53′38″E", "decimals on the minutes"),
    ("52′N 2°53′E", "minutes stands where degrees"),
    ("19°38″N 2°53′E", "seconds stands where minutes"),
    ("19°52′04′N 2°53′38″E", "minutes stands where seconds"),
    ("19°52′′′N 2°53′E", "neither a mark"),
    ("19°52′ ′N 2°53′E", "follows no number"),
    ("19°52\"'N 2°53'E", "neither a mark"),
    ("°N, 2°E", "follows no number"),
    ("°N 2°E", "where one coordinate ends"),
    ("19 52 04 7 N 2 53 38 E", "holds 4 numbers"),
    ("N 19 52 2 53 E", "where one coordinate ends"),
    ("19 52 2", "where one coordinate ends"),
    ("0019N 0002E", "4 digits"),
    # A letter that equals S but for its case in Unicode, and is none.
    ("1952ſ00254E", "4 digits|belongs to no"),
    ("31ſ 488894 2196876", "only one hemisphere letter"),
    ("18ſUJ2337106519", "belongs to no"),
    ("1952N 254E", "4 digits"),
    ("19°60.5′N 2°53′E", "minutes of 60.5"),
    ("90°60′N 2°53′E", "minutes of 60"),
    ("179°75′N 2°53′E", "within 90"),
    ("lat 19-52-04 lon 2-53-38", "sign stands inside"),
    ("19 -52N 2 -53E", "sign stands inside"),
    ("19+52N 2+53E", "sign stands inside"),
    ("19--52N 2-53E", "before no digit"),
    ("19-52-04-7N 2-53-38E", "holds 4 numbers"),
    ("19.868N 2.894E.5", "'.'"),
    ("19d52m04s 2d53m38sE", "seconds or south"),
    ("19D52N 2D53E", "'D52N'|'D'"),
    ("19.868 Süd 2.894 Ouest", "two languages"),
    ("19.868 с 2.894 Est", "two languages"),
    ("19.868ش 2.894ش ش", "3 letters of two meanings"),
    ("19.868ش 2.894N 3E", "none of the others"),
    ("19°052′N 2°53′E", "3 digits"),
    ("N 030.5 E 030.5", "three digits"),
    ("030.5, 130.5", "within 90"),
    ("19.868N 2.894É", "'É'"),
    ("19o52'04\"N 2o53'38\"E", "degree sign"),
    ("19.868NE2.894", "'NE'"),
    ("N N 19.868 2.894", "half of the position is missing"),
    ("N 19.868 S, 2.894", "two hemispheres"),
    ("1.9e1N 2E", "hemisphere letters"),
    ("19²N 2E", "'²'"),
    ("nan N inf E", "'nan'"),
    ("19.868 North 2.894 Est", "two languages"),
    ("19.868 Sud 2.894 West", "two languages"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED, ids=[text[:40] for text, _ in REFUSED])
def test_refuses_what_is_no_position_and_says_why(text, reason):
    with pytest.raises(ReadingError, match=reason) as caught:
        read_position(text)
    assert not isinstance(caught.value, AmbiguousReadingError)
    assert caught.value.text == text
    assert caught.value.exit_code == 3
    assert len(str(caught.value)) < 800


class TestWarnings:
    def test_plain_print_has_none(self):
        assert read_position("19.868N 2.894E").warnings == ()
        assert read_position("19°52′04″N 2°53′38″E").warnings == ()

    @pytest.mark.parametrize(
        ("text", "size"),
        [
            ("19°52’04.738’’N 2°53’38.101’’E", "0.03 m (0.001″)"),
            ("19°52’04.73’’N 2°53’38.10’’E", "0.3 m (0.01″)"),
            ("N19 52.0790 E002 53.6350", "0.2 m (0.0001′)"),
            ("19.867983N 2.893917E", "0.1 m (0.000001°)"),
        ],
    )
    def test_digits_finer_than_a_metre(self, text, size):
        (warning,) = read_position(text).warnings
        assert warning.startswith(f"printed to {size}")
        assert "finer than 1 m" in warning

    @pytest.mark.parametrize("text", ["19.86798N 2.89392E", "19°52’04.7’’N 2°53’38.1’’E", "N19 52.079 E2 53.635"])
    def test_digits_of_a_metre_or_more_pass(self, text):
        assert read_position(text).warnings == ()

    def test_different_print_of_the_halves(self):
        (warning,) = read_position("19.868N 2.9E").warnings
        assert "0.001°" in warning
        assert "0.1°" in warning
        assert read_position("N 19 E 2 5").warnings

    def test_the_order_of_bare_numbers(self):
        first, second = read_position("102.5, 19.5").warnings
        assert first.startswith("102.5 was taken for the longitude")
        assert "no hemisphere" in second

    def test_labels_without_hemispheres(self):
        (warning,) = read_position("lat 19.5 lon 2.5").warnings
        assert "no hemisphere" in warning
        assert read_position("lat -19.5 lon -2.5").warnings == ()

    def test_zero_zero(self):
        assert any("both 0" in warning for warning in read_position("0.0N 0.0E").warnings)
        reading = read_position("0S 0W")
        assert math.copysign(1, reading.lat_deg) == math.copysign(1, reading.lon_deg) == 1


class TestSpelling:
    @pytest.mark.parametrize(
        "text",
        [
            "19.5 norte 2.5 oeste",
            "19.5 NORTE 2.5 ESTE",
            "19.5 sur 2.5 este",
            "19.5 nord 2.5 west",
        ],
    )
    def test_words_that_one_letter_turns_round(self, text):
        (warning,) = read_position(text).warnings
        assert "into its opposite" in warning

    @pytest.mark.parametrize("text", ["19.5 Norte 2.5 este", "19.5 Nord 2.5 est", "19.5 Nord 2.5 WEst"])
    def test_words_capitalised_unlike(self, text):
        (warning,) = read_position(text).warnings
        assert "not capitalised alike" in warning

    @pytest.mark.parametrize("text", ["19.5N 2.5в", "19.5с 2.5E", "19.5ش 2.5E"])
    def test_letters_of_two_scripts(self, text):
        (warning,) = read_position(text).warnings
        assert "two scripts" in warning

    @pytest.mark.parametrize(
        "text",
        [
            *("19.5 Norte 2.5 Oeste", "19.5 nord 2.5 est", "19.5 North 2.5 west", "19.5 Nord 2.5 West"),
            *("19.5 с 2.5 в", "19.5 северной широты 2.5 западной долготы", "19.5 شمالا 2.5 غربا", "19.5 n 2.5 E"),
        ],
    )
    def test_plain_words_have_no_remark(self, text):
        assert read_position(text).warnings == ()

    def test_hyphens_that_may_show_ranges(self):
        (warning,) = read_position("10-15N 20-25E").warnings
        assert "ranges" in warning
        for text in ("10-15N 020-25E", "10-15.0N 20-25.0E", "10-15N 20-05E", "10-15-00N 20-25-00E"):
            assert read_position(text).warnings == ()


class TestAccuracy:
    def test_is_kept_as_stated_and_leaves_the_cell_alone(self):
        stated = read_position("19.868N 2.894E", accuracy_m=50)
        assert stated.accuracy_m == 50
        assert stated.half_width_lat_deg == read_position("19.868N 2.894E").half_width_lat_deg

    @pytest.mark.parametrize("accuracy_m", [-1.0, math.nan, math.inf])
    def test_must_be_a_length(self, accuracy_m):
        with pytest.raises(ReadingError, match="0 or more"):
            read_position("19.868N 2.894E", accuracy_m=accuracy_m)


@pytest.mark.parametrize("piece", ["1", "1,", "'", "′″", "°", "N", "N1", "1°", "a", "-", " - 1", "latitude", "\u0301"])
def test_the_longest_texts_take_no_time(piece):
    text = (piece * 200)[:200]
    start = time.perf_counter()
    with pytest.raises(ReadingError):
        read_position(text)
    assert time.perf_counter() - start < 0.5


def test_a_reading_is_plain_and_equal_by_value():
    assert read_position("20N 3E") == Reading(
        lon_deg=3.0,
        lat_deg=20.0,
        half_width_lon_deg=0.5,
        half_width_lat_deg=0.5,
        notation="decimal",
        source_text="20N 3E",
    )


def test_reading_needs_no_numerical_library():
    code = (
        "import sys, geoinc.notation, geoinc.quantities\n"
        "sys.exit(bool({'numpy', 'shapely', 'pandas', 'pyproj'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


BORDER_REGION = (-8.0, 16.0, 7.4, 28.0)


@pytest.mark.parametrize("text", ["19.868, 2.894", "2.894, 19.868"])
def test_a_region_settles_the_order_of_bare_numbers_and_says_so(text):
    reading = read_position(text, region=BORDER_REGION)
    assert (reading.lat_deg, reading.lon_deg) == (19.868, 2.894)
    assert any("the other order lies elsewhere" in warning for warning in reading.warnings)
    assert reading.source_text == text


@pytest.mark.parametrize("region", [None, (0.0, 0.0, 40.0, 40.0), (50.0, 50.0, 60.0, 60.0)])
def test_bare_numbers_stay_in_doubt_where_the_region_does_not_settle_them(region):
    with pytest.raises(AmbiguousReadingError) as caught:
        read_position("19.868, 2.894", region=region)
    assert len(caught.value.readings) == 2
