"""Lengths in words, in four languages; altitudes."""

from __future__ import annotations

import math

import pytest

from geoinc.altitudes import AltitudeReference, read_altitude
from geoinc.errors import AmbiguousReadingError, ReadingError
from geoinc.intervals import Interval
from geoinc.quantities import Precision, read_quantity

FOOT_M = 0.3048

# text, low and high in metres
VALUES = [
    ("two kilometres", 1500.0, 2500.0),
    ("by two kilometers", 1500.0, 2500.0),
    ("deux kilomètres", 1500.0, 2500.0),
    ("dos kilómetros", 1500.0, 2500.0),
    ("كيلومترين", 1500.0, 2500.0),
    ("كيلومتران", 1500.0, 2500.0),
    ("كيلومترين اثنين", 1500.0, 2500.0),
    ("بعمق كيلومترين", 1500.0, 2500.0),
    ("بعمق 2 كلم", 1500.0, 2500.0),
    ("كيلومتر واحد", 500.0, 1500.0),
    ("a kilometre", 500.0, 1500.0),
    ("à un kilomètre", 500.0, 1500.0),
    ("ten kilometres", 9500.0, 10500.0),
    ("twenty-five kilometres", 24500.0, 25500.0),
    ("soixante et onze kilomètres", 70500.0, 71500.0),
    ("quatre-vingt-dix-sept km", 96500.0, 97500.0),
    ("treinta y dos kilómetros", 31500.0, 32500.0),
    ("خمسة وعشرون كيلومترا", 24500.0, 25500.0),
    ("خمسة عشر كيلومترا", 14500.0, 15500.0),
    ("أحد عشر كيلومترا", 10500.0, 11500.0),
    ("مئة وخمسة وعشرين مترا", 124.5, 125.5),
    ("ciento veinticinco metros", 124.5, 125.5),
    # The last word says what was counted.
    ("two hundred metres", 150.0, 250.0),
    ("a hundred metres", 50.0, 150.0),
    ("à cent mètres", 50.0, 150.0),
    ("à mille mètres", 500.0, 1500.0),
    ("mil quinientos metros", 1450.0, 1550.0),
    ("ثلاثمئة متر", 250.0, 350.0),
    ("مئتي متر", 150.0, 250.0),
    ("ألفين وخمسمئة متر", 2450.0, 2550.0),
    ("two hundred and ten metres", 209.5, 210.5),
    ("two hundred thousand metres", 150000.0, 250000.0),
    ("2 thousand metres", 1500.0, 2500.0),
    ("2.5 thousand metres", 2450.0, 2550.0),
    # A half counts halves, a quarter counts quarters.
    ("nine and a half kilometres", 9250.0, 9750.0),
    ("9 and a half km", 9250.0, 9750.0),
    ("deux kilomètres et demi", 2250.0, 2750.0),
    ("kilómetro y medio", 1250.0, 1750.0),
    ("كيلومترين ونصف", 2250.0, 2750.0),
    ("half a kilometre", 250.0, 750.0),
    ("un demi-kilomètre", 250.0, 750.0),
    ("medio kilómetro", 250.0, 750.0),
    ("نصف كيلومتر", 250.0, 750.0),
    ("three quarters of a kilometre", 625.0, 875.0),
    ("nine point five kilometres", 9450.0, 9550.0),
    ("neuf virgule vingt-cinq kilomètres", 9245.0, 9255.0),
    ("dos millas náuticas", 1.5 * 1852, 2.5 * 1852),
    ("500 yards", 499.5 * 0.9144, 500.5 * 0.9144),
    ("two or three kilometres", 1500.0, 3500.0),
    ("deux ou trois kilomètres", 1500.0, 3500.0),
    ("entre dos y tres kilómetros", 1500.0, 3500.0),
    ("de dos a tres kilómetros", 1500.0, 3500.0),
    ("between one and a half and two kilometres", 1250.0, 2500.0),
    ("between one hundred and five and one hundred and ten metres", 104.5, 110.5),
    ("بين كيلومترين وثلاثة كيلومترات", 1500.0, 3500.0),
    ("من 2 إلى 3 كلم", 1500.0, 3500.0),
]


@pytest.mark.parametrize(("text", "low_m", "high_m"), VALUES)
def test_reads_words_exactly(text: str, low_m: float, high_m: float) -> None:
    quantity = read_quantity(text)
    assert quantity.interval == Interval(low_m, high_m)
    assert quantity.bound == "value"
    assert quantity.text == text


@pytest.mark.parametrize("text", [text for text, *_ in VALUES if "point" not in text and "virgule" not in text])
def test_the_fractional_model_leaves_words_as_they_are(text: str) -> None:
    assert read_quantity(text, precision=Precision.FRACTIONAL).interval == read_quantity(text).interval


@pytest.mark.parametrize(
    ("text", "interval", "bound"),
    [
        ("une dizaine de kilomètres", Interval(9000.0, 11000.0), "about"),
        ("à une dizaine de kilomètres", Interval(9000.0, 11000.0), "about"),
        ("una decena de kilómetros", Interval(9000.0, 11000.0), "about"),
        ("a dozen kilometres", Interval(11000.0, 13000.0), "about"),
        ("une centaine de mètres", Interval(0.0, 200.0), "about"),
        ("plus d’une dizaine de kilomètres", Interval.more_than(10000.0), "more_than"),
        ("about two thousand metres", Interval(1000.0, 3000.0), "about"),
        ("nearly ten kilometres", Interval(9000.0, 11000.0), "about"),
        ("casi dos kilómetros", Interval(1000.0, 3000.0), "about"),
        ("a unos dos kilómetros", Interval(1000.0, 3000.0), "about"),
        ("más de nueve kilómetros", Interval.more_than(9000.0), "more_than"),
        ("al menos veinte kilómetros", Interval.at_least(20000.0), "at_least"),
        ("in a 20-km radius", Interval(0.0, 20500.0), "up_to"),
        ("within a 20 km radius", Interval(0.0, 20500.0), "up_to"),
        ("à 20 km à la ronde", Interval(0.0, 20500.0), "up_to"),
        ("hasta 2 km", Interval(0.0, 2500.0), "up_to"),
        ("menos de 2 km", Interval(0.0, 2000.0, high_open=True), "up_to"),
        ("على بعد أكثر من 9 كيلومترات", Interval.more_than(9000.0), "more_than"),
        ("ما لا يقل عن عشرين كيلومترا", Interval(20000.0, math.inf), "at_least"),
        ("just over nine kilometres", Interval.more_than(9000.0), "more_than"),
    ],
)
def test_reads_qualified_words(text: str, interval: Interval, bound: str) -> None:
    quantity = read_quantity(text)
    assert (quantity.interval, quantity.bound) == (interval, bound)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("nine miles", ("nine statute miles", "nine nautical miles")),
        ("deux milles", ("deux statute miles", "deux nautical miles")),
        ("ميلين", ("2 statute miles", "2 nautical miles")),
        ("half a mile", ("half statute miles", "half nautical miles")),
        ("a mile and a half", ("one and a half statute miles", "one and a half nautical miles")),
        ("dans un rayon d’au moins vingt kilomètres", ("up to vingt kilometres", "at least vingt kilometres")),
    ],
)
def test_lists_the_readings_of_ambiguous_words(text: str, readings: tuple[str, ...]) -> None:
    with pytest.raises(AmbiguousReadingError) as caught:
        read_quantity(text)
    assert caught.value.readings == readings
    assert len({read_quantity(reading).interval for reading in readings}) == len(readings)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("several kilometres", "name no number"),
        ("quelques kilomètres", "name no number"),
        ("unos cuantos kilómetros", "name no number"),
        ("des dizaines de kilomètres", "name no number|no number"),
        ("بضعة كيلومترات", "name no number"),
        ("كيلومتر", "no number"),
        ("two five kilometres", "nothing else"),
        ("two and five kilometres", "nothing else"),
        ("zero five kilometres", "nothing else"),
        ("twenty ten kilometres", "nothing else"),
        ("deux and twenty kilometres", "nothing else"),
        ("two", "no unit"),
        ("nine sheep", "'sheep'"),
        ("between three and two kilometres", "smaller length first"),
        ("two about M", "nothing else|no unit of length"),
    ],
)
def test_refuses_other_words(text: str, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason) as caught:
        read_quantity(text)
    assert not isinstance(caught.value, AmbiguousReadingError)
    assert caught.value.text == text


class TestAltitude:
    @pytest.mark.parametrize("text", ["FL090", "FL 90", "flight level 90", "niveau de vol 090", "nivel de vuelo 90"])
    def test_a_flight_level_is_hundreds_of_feet_of_pressure_altitude(self, text: str) -> None:
        altitude = read_altitude(text)
        assert altitude.reference is AltitudeReference.PRESSURE
        assert altitude.quantity.interval.low == pytest.approx(8950 * FOOT_M, abs=1e-9)
        assert altitude.quantity.interval.high == pytest.approx(9050 * FOOT_M, abs=1e-9)
        assert altitude.text == altitude.quantity.text == text

    @pytest.mark.parametrize(
        ("text", "interval", "reference"),
        [
            ("3000 m", Interval(2999.5, 3000.5), AltitudeReference.UNSTATED),
            ("à 3 000 mètres d’altitude", Interval(2999.5, 3000.5), AltitudeReference.UNSTATED),
            ("على ارتفاع 3000 متر", Interval(2999.5, 3000.5), AltitudeReference.UNSTATED),
            ("more than 3000 m above ground", Interval.more_than(3000.0), AltitudeReference.GROUND),
            ("100 ft AGL", Interval(99.5 * FOOT_M, 100.5 * FOOT_M), AltitudeReference.GROUND),
            ("3 000 m au-dessus du niveau de la mer", Interval(2999.5, 3000.5), AltitudeReference.SEA),
            ("3000 m AMSL", Interval(2999.5, 3000.5), AltitudeReference.SEA),
        ],
    )
    def test_a_length_and_what_it_stands_above(
        self, text: str, interval: Interval, reference: AltitudeReference
    ) -> None:
        altitude = read_altitude(text)
        assert altitude.reference is reference
        assert altitude.quantity.interval.low == pytest.approx(interval.low)
        assert altitude.quantity.interval.high == pytest.approx(interval.high)

    def test_ambiguous_lengths_keep_what_they_stand_above(self) -> None:
        with pytest.raises(AmbiguousReadingError) as caught:
            read_altitude("30,000 ft AMSL")
        assert caught.value.readings == ("30000 ft amsl", "030.000 ft amsl")
        assert all(read_altitude(reading).reference is AltitudeReference.SEA for reading in caught.value.readings)

    @pytest.mark.parametrize("text", ["", "FL", "FL9999", "altitude", "90 sheep", "AGL", "high"])
    def test_refuses_other_texts(self, text: str) -> None:
        with pytest.raises(ReadingError) as caught:
            read_altitude(text)
        assert not isinstance(caught.value, AmbiguousReadingError)
        assert caught.value.text == text
