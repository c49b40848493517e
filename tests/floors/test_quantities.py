"""Printed lengths: their intervals under each model, and lengths to print."""

from __future__ import annotations

import math
import time

import pytest

from geoinc.errors import AmbiguousReadingError, ReadingError
from geoinc.intervals import Interval
from geoinc.quantities import (
    Precision,
    Quantity,
    declared_quantity,
    format_distance,
    format_interval,
    read_quantity,
)

# text, exact interval in metres under `last_digit`
VALUES = [
    ("9.5 km", 9450.0, 9550.0),
    ("9,5 km", 9450.0, 9550.0),
    ("10,2 km", 10150.0, 10250.0),
    ("1.6 km", 1550.0, 1650.0),
    ("441 m", 440.5, 441.5),
    ("80 m", 79.5, 80.5),
    ("2 km", 1500.0, 2500.0),
    ("02 km", 1500.0, 2500.0),
    ("02 kilomètres", 1500.0, 2500.0),
    ("02 كيلومتر", 1500.0, 2500.0),
    ("٠٢ كيلومتر", 1500.0, 2500.0),
    ("۲ كلم", 1500.0, 2500.0),
    ("٩٫٥ كلم", 9450.0, 9550.0),
    ("٤٤١ متر", 440.5, 441.5),
    ("10 km", 9500.0, 10500.0),
    ("9.50 km", 9495.0, 9505.0),
    ("9.5km", 9450.0, 9550.0),
    ("9.5\u00a0km", 9450.0, 9550.0),
    ("9.5-kilometre", 9450.0, 9550.0),
    ("9.5 KM", 9450.0, 9550.0),
    ("9.5 kilometers", 9450.0, 9550.0),
    ("9.5 kilometres", 9450.0, 9550.0),
    ("9,5 kilome\u0300tres", 9450.0, 9550.0),
    ("à 9.5 km", 9450.0, 9550.0),
    ("441 metres", 440.5, 441.5),
    ("441 meters", 440.5, 441.5),
    ("441 mètres", 440.5, 441.5),
    ("1 metre", 0.5, 1.5),
    ("0.441 km", 440.5, 441.5),
    ("1 329 km", 1328500.0, 1329500.0),
    ("1\u202f329,5 km", 1329450.0, 1329550.0),
    ("1,329.5 km", 1329450.0, 1329550.0),
    ("1,329,000 m", 1328999.5, 1329000.5),
    ("01.329 km", 1328.5, 1329.5),
    ("0 km", 0.0, 500.0),
    ("12 nmi", 11.5 * 1852, 12.5 * 1852),
    ("12 NM", 11.5 * 1852, 12.5 * 1852),
    ("12 nautical miles", 11.5 * 1852, 12.5 * 1852),
    ("12 milles nautiques", 11.5 * 1852, 12.5 * 1852),
    ("9 mi", 13679.424, 15288.768),
    ("9 statute miles", 13679.424, 15288.768),
    ("30000 ft", 9143.8476, 9144.1524),
    ("100 feet", 30.3276, 30.6324),
    ("100 pieds", 30.3276, 30.6324),
]


@pytest.mark.parametrize(("text", "low_m", "high_m"), VALUES)
def test_reads_a_value_exactly(text, low_m, high_m):
    quantity = read_quantity(text)
    assert quantity == Quantity(text, Interval(low_m, high_m), Precision.LAST_DIGIT, "value")


# text, low, high, whether low is open, whether high is open, bound
QUALIFIED = [
    ("at least 20 km", 20000.0, math.inf, False, "at_least"),
    ("au moins 20 kilomètres", 20000.0, math.inf, False, "at_least"),
    ("20 km au moins", 20000.0, math.inf, False, "at_least"),
    ("20 km or more", 20000.0, math.inf, False, "at_least"),
    ("≥ 20 km", 20000.0, math.inf, False, "at_least"),
    ("على الأقل 20 كلم", 20000.0, math.inf, False, "at_least"),
    ("more than 9 km", 9000.0, math.inf, True, "more_than"),
    ("More Than 9 km", 9000.0, math.inf, True, "more_than"),
    ("over 9 km", 9000.0, math.inf, True, "more_than"),
    ("plus de 9 km", 9000.0, math.inf, True, "more_than"),
    ("à plus de 9 km", 9000.0, math.inf, True, "more_than"),
    ("> 9 km", 9000.0, math.inf, True, "more_than"),
    ("أكثر من 9 كيلومترات", 9000.0, math.inf, True, "more_than"),
    ("up to 2 km", 0.0, 2500.0, False, "up_to"),
    ("at most 2 km", 0.0, 2500.0, False, "up_to"),
    ("no more than 2 km", 0.0, 2500.0, False, "up_to"),
    ("jusqu'à 2 km", 0.0, 2500.0, False, "up_to"),
    ("jusqu’à 2 kilomètres", 0.0, 2500.0, False, "up_to"),
    ("within 30 km", 0.0, 30500.0, False, "up_to"),
    ("dans un rayon de 20 kilomètres", 0.0, 20500.0, False, "up_to"),
    ("about 9 km", 8000.0, 10000.0, False, "about"),
    ("around 9.5 km", 9400.0, 9600.0, False, "about"),
    ("nearly 9 km", 8000.0, 10000.0, False, "about"),
    ("environ 10,2 km", 10100.0, 10300.0, False, "about"),
    ("à environ 10,2 km", 10100.0, 10300.0, False, "about"),
    ("d’environ 10,2 km", 10100.0, 10300.0, False, "about"),
    ("10,2 km environ", 10100.0, 10300.0, False, "about"),
    ("~9 km", 8000.0, 10000.0, False, "about"),
    ("≈9 km", 8000.0, 10000.0, False, "about"),
    ("حوالي 2 كلم", 1000.0, 3000.0, False, "about"),
    ("about 1 km", 0.0, 2000.0, False, "about"),
    ("between 9 and 10 km", 8500.0, 10500.0, False, "value"),
    ("between 800 m and 2 km", 799.5, 2500.0, False, "value"),
    ("entre 9,5 et 10,2 km", 9450.0, 10250.0, False, "value"),
    ("de 9 à 10 km", 8500.0, 10500.0, False, "value"),
    ("from 9 to 10 km", 8500.0, 10500.0, False, "value"),
    ("9 to 10 km", 8500.0, 10500.0, False, "value"),
    ("9–10 km", 8500.0, 10500.0, False, "value"),
    ("بين 9 و10 كلم", 8500.0, 10500.0, False, "value"),
]


@pytest.mark.parametrize(("text", "low_m", "high_m", "low_open", "bound"), QUALIFIED)
def test_reads_qualifiers_and_ranges(text, low_m, high_m, low_open, bound):
    quantity = read_quantity(text)
    assert quantity.interval == Interval(low_m, high_m, low_open)
    assert quantity.bound == bound
    assert quantity.text == text


def test_less_than_leaves_its_end_out():
    quantity = read_quantity("less than 2 km")
    assert quantity.interval == Interval(0.0, 2000.0, high_open=True)
    assert quantity.bound == "up_to"
    assert read_quantity("à moins de 2 km").interval == quantity.interval
    with pytest.raises(ReadingError, match="leaves no length"):
        read_quantity("less than 0 km")


class TestFractional:
    @pytest.mark.parametrize(
        ("text", "low_m", "high_m"),
        [
            ("9.5 km", 9250.0, 9750.0),
            ("9,5 km", 9250.0, 9750.0),
            ("9.25 km", 9125.0, 9375.0),
            ("9.75 km", 9625.0, 9875.0),
            ("up to 9.5 km", 0.0, 9750.0),
            ("about 9.5 km", 9250.0, 9750.0),
            ("between 9.5 and 10.5 km", 9250.0, 10750.0),
        ],
    )
    def test_widens_quarters_and_halves(self, text, low_m, high_m):
        quantity = read_quantity(text, precision=Precision.FRACTIONAL)
        assert quantity.interval == Interval(low_m, high_m)
        assert quantity.precision is Precision.FRACTIONAL

    @pytest.mark.parametrize("text", ["10.2 km", "9.50 km", "09.125 nmi", "441 m", "5 km", "25 km", "more than 9.5 km"])
    def test_leaves_the_rest(self, text):
        assert read_quantity(text, precision=Precision.FRACTIONAL).interval == read_quantity(text).interval

    def test_rereading_a_quantity(self):
        quantity = read_quantity("9.5 km")
        assert read_quantity(quantity.text, precision=Precision.FRACTIONAL).interval == Interval(9250.0, 9750.0)


AMBIGUOUS = [
    ("1,329 km", ("1329 km", "01.329 km")),
    ("1.329 km", ("1329 km", "01.329 km")),
    ("at least 1,329 km", ("at least 1329 km", "at least 01.329 km")),
    ("9 miles", ("9 statute miles", "9 nautical miles")),
    ("more than 9 miles", ("more than 9 statute miles", "more than 9 nautical miles")),
    ("9 milles", ("9 statute miles", "9 nautical miles")),
    (
        "between 9 and 10 miles",
        (
            "between 9 statute miles and 10 statute miles",
            "between 9 nautical miles and 10 nautical miles",
        ),
    ),
    ("9 M", ("9 m", "9 nmi")),
    ("dans un rayon d’au moins 20 kilomètres", ("up to 20 kilometres", "at least 20 kilometres")),
    ("within at least 20 km", ("up to 20 km", "at least 20 km")),
    ("up to about 2 km", ("up to 2 km", "about 2 km")),
]


@pytest.mark.parametrize(("text", "readings"), AMBIGUOUS)
def test_lists_the_readings_of_an_ambiguous_text(text, readings):
    with pytest.raises(AmbiguousReadingError) as caught:
        read_quantity(text)
    assert caught.value.readings == readings
    intervals = [read_quantity(reading).interval for reading in readings]
    assert len(set(intervals)) == len(readings)


REFUSED = [
    ("", "empty"),
    ("   ", "empty"),
    ("1" * 201, "too many"),
    ("9.5", "no unit"),
    ("km", "no number"),
    ("a few kilometres", "name no number"),
    ("-9.5 km", "carries no sign"),
    ("−9.5 km", "carries no sign"),
    ("9.5 kg", "'kg'"),
    ("9.5 km2", "'km2'"),
    ("9.5 km/h", "'km/h'"),
    ("9² km", "no unit of length"),
    ("9½ km", "no unit of length"),
    ("9.5 km au sud", "nothing else"),
    ("9.5 km 300 m", "nothing else"),
    ("1e3 m", "nothing else"),
    ("overall 9 km", "no number"),
    ("1,32,000 m", "groups of three"),
    ("12 34 km", "groups of three"),
    ("1,329 000.5 m", "mixes"),
    ("10, 2 km", "not a number"),
    ("9..5 km", "not a number"),
    ("between 10 and 9 km", "smaller length first"),
    ("between 9 and km", "no number|nothing else"),
    ("more than 9 to 10 km", "qualifies a range"),
    ("more than km", "no number"),
    ("inf km", "no number"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED, ids=[text[:30] for text, _ in REFUSED])
def test_refuses_what_is_no_length_and_says_why(text, reason):
    with pytest.raises(ReadingError, match=reason) as caught:
        read_quantity(text)
    assert not isinstance(caught.value, AmbiguousReadingError)
    assert caught.value.text == text


@pytest.mark.parametrize("piece", ["1", "1,", "1 ", "about ", "a ", "to ", "between 1 and ", "'", "1-", "\u0301"])
def test_the_longest_texts_take_no_time(piece):
    start = time.perf_counter()
    with pytest.raises(ReadingError):
        read_quantity((piece * 200)[:200])
    assert time.perf_counter() - start < 0.5


class TestDeclared:
    def test_is_taken_as_given(self):
        quantity = declared_quantity("a few kilometres", 2000, 5000)
        assert quantity == Quantity("a few kilometres", Interval(2000.0, 5000.0), Precision.DECLARED, "value")
        assert declared_quantity("far", 9000, math.inf).interval == Interval.at_least(9000.0)

    @pytest.mark.parametrize(
        "ends", [(5000, 2000), (-1, 5), (math.nan, 5), (5, math.nan), (math.inf, math.inf), (-math.inf, 5)]
    )
    def test_refuses_no_interval(self, ends):
        with pytest.raises(ReadingError, match="smaller first"):
            declared_quantity("a few kilometres", *ends)

    def test_is_no_model_for_reading(self):
        with pytest.raises(ReadingError, match="two ends"):
            read_quantity("9.5 km", precision=Precision.DECLARED)


class TestFormatDistance:
    @pytest.mark.parametrize(
        ("distance_m", "expected"),
        [
            (440.893, "440.9 m"),
            (9963.2, "9.96 km"),
            (0.0, "0.0 m"),
            (-0.01, "0.0 m"),
            (-441.0, "-441.0 m"),
            (999.94, "999.9 m"),
            (999.95, "1.00 km"),
            (1000.0, "1.00 km"),
            (752000.0, "752.00 km"),
        ],
    )
    def test_plain(self, distance_m, expected):
        assert format_distance(distance_m) == expected

    def test_decimals(self):
        assert format_distance(440.893, decimals=3) == "440.893 m"
        assert format_distance(9963.2, decimals=0) == "10 km"
        assert format_distance(999.6, decimals=0) == "1 km"

    @pytest.mark.parametrize("distance_m", [math.nan, math.inf])
    def test_refuses_what_is_no_number(self, distance_m):
        with pytest.raises(ValueError, match="cannot be printed"):
            format_distance(distance_m)


class TestFormatInterval:
    @pytest.mark.parametrize(
        ("interval", "expected"),
        [
            (Interval(9450.0, 9550.0), "9.45 to 9.55 km"),
            (Interval(440.5, 441.5), "440.5 to 441.5 m"),
            (Interval(1500.0, 2500.0), "1.5 to 2.5 km"),
            (Interval(8500.0, 10000.0), "8.5 to 10.0 km"),
            (Interval(9125.0, 9375.0), "9.125 to 9.375 km"),
            (Interval(9712.345, 10213.9), "9.71 to 10.21 km"),
            (Interval(799.5, 2500.0), "0.8 to 2.5 km"),
            (Interval(1328999.5, 1329000.5), "1328.9995 to 1329.0005 km"),
            (Interval(440.88, 440.91), "440.88 to 440.91 m"),
            (Interval(500.0, 500.0), "500 m"),
            (Interval(0.0, 0.0), "0 m"),
            (Interval(-120.0, 300.0), "-120 to 300 m"),
            (Interval(0.0, 2500.0), "up to 2.5 km"),
            (Interval(0.0, 500.0), "up to 500 m"),
            (Interval(0.0, 2000.0, high_open=True), "less than 2 km"),
            (Interval.more_than(9000.0), "more than 9 km"),
            (Interval.at_least(20000.0), "at least 20 km"),
            (Interval(-math.inf, 300.0), "at most 300 m"),
            (Interval(-math.inf, 300.0, high_open=True), "less than 300 m"),
            (Interval(-math.inf, math.inf), "any distance"),
        ],
    )
    def test_words(self, interval, expected):
        assert format_interval(interval) == expected

    @pytest.mark.parametrize("text", ["9.5 km", "9.50 km", "10,2 km", "441 m", "80 m", "1 329 km", "9 to 10 km"])
    def test_ends_of_printed_numbers_stay_exact(self, text):
        interval = read_quantity(text).interval
        *numbers, unit = format_interval(interval).replace(" to ", " ").split()
        metres = [float(number) * {"km": 1000, "m": 1}[unit] for number in numbers]
        assert metres == pytest.approx([interval.low, interval.high], abs=1e-6)
