"""Printed directions: words, points, degrees and mils."""

from __future__ import annotations

import pytest

from geoinc.directions import Direction, read_direction
from geoinc.errors import AmbiguousReadingError, ReadingError

# text, the middle of a sector of the rose of sixteen
WORDS = [
    ("north", 0.0),
    ("N", 0.0),
    ("to the south of", 180.0),
    ("due east", 90.0),
    ("south-east", 135.0),
    ("Southeast", 135.0),
    ("south-eastern", 135.0),
    ("to the SE", 135.0),
    ("S.E.", 135.0),
    ("north-north-west", 337.5),
    ("NNW", 337.5),
    ("W.S.W.", 247.5),
    ("au sud de", 180.0),
    ("au sud-est", 135.0),
    ("à l’est de", 90.0),
    ("vers le nord", 0.0),
    ("en direction du nord", 0.0),
    ("nord-nord-ouest", 337.5),
    ("sud-sud-ouest", 202.5),
    ("al sur de", 180.0),
    ("al sureste", 135.0),
    ("sudeste", 135.0),
    ("noreste", 45.0),
    ("nordeste", 45.0),
    ("hacia el oeste", 270.0),
    ("nornoroeste", 337.5),
    ("sursuroeste", 202.5),
    ("estesureste", 112.5),
    ("شمال", 0.0),
    ("جنوب شرق", 135.0),
    ("جنوب شرقي", 135.0),
    ("الجنوب الشرقي", 135.0),
    ("إلى الشمال من", 0.0),
    ("غربا", 270.0),
    ("شمال شمال شرق", 22.5),
]


@pytest.mark.parametrize(("text", "middle_deg"), WORDS)
def test_a_word_is_its_sector_of_the_rose_of_sixteen(text: str, middle_deg: float) -> None:
    direction = read_direction(text)
    assert direction == Direction((middle_deg - 11.25) % 360, (middle_deg + 11.25) % 360, middle_deg, text)
    assert direction.width_deg == 22.5


def test_the_sector_of_the_second_report() -> None:
    direction = read_direction("south-east")
    assert (direction.start_deg, direction.end_deg) == (123.75, 146.25)
    assert direction.contains(123.75)
    assert not direction.contains(123.7)
    assert read_direction("north").contains(359.0)


QUARTERS = ["N by E", "NE by N", "NE by E", "E by N", "E by S", "SE by E", "SE by S", "S by E", "S by W", "SW by S"]
QUARTERS += ["SW by W", "W by S", "W by N", "NW by W", "NW by N", "N by W"]


@pytest.mark.parametrize(("number", "text"), list(enumerate(QUARTERS)))
def test_the_quarter_points_lie_between_the_sixteen(number: int, text: str) -> None:
    direction = read_direction(text)
    assert direction.middle_deg == 11.25 + 22.5 * number
    assert direction.width_deg == 11.25


@pytest.mark.parametrize("text", ["south-east by east", "SEbE", "sud-est quart est", "sureste cuarta al este"])
def test_quarter_points_in_words(text: str) -> None:
    assert read_direction(text).middle_deg == 123.75


@pytest.mark.parametrize(
    ("text", "start_deg", "end_deg"),
    [
        ("135°", 134.5, 135.5),
        ("bearing 135", 134.5, 135.5),
        ("on a bearing of 135 degrees", 134.5, 135.5),
        ("135° true", 134.5, 135.5),
        ("135°T", 134.5, 135.5),
        ("135.5°", 135.45, 135.55),
        ("azimut 135,5°", 135.45, 135.55),
        ("cap 135", 134.5, 135.5),
        ("rumbo 135 grados", 134.5, 135.5),
        ("باتجاه 135 درجة", 134.5, 135.5),
        ("سمت ١٣٥", 134.5, 135.5),
        ("0°", 359.5, 0.5),
        ("360°", 359.5, 0.5),
        ("N45°E", 44.5, 45.5),
        ("S 30° W", 209.5, 210.5),
        ("N 30° W", 329.5, 330.5),
        ("2400 NATO mils", 134.971875, 135.028125),
        ("2400 millièmes OTAN", 134.971875, 135.028125),
        ("2250 Warsaw Pact mils", 134.97, 135.03),
    ],
)
def test_bearings(text: str, start_deg: float, end_deg: float) -> None:
    direction = read_direction(text)
    assert (direction.start_deg, direction.end_deg) == (start_deg, end_deg)


def test_magnetic_bearings_need_a_declination() -> None:
    with pytest.raises(ReadingError, match="declination_deg"):
        read_direction("135° magnetic")
    assert read_direction("135° magnetic", declination_deg=2.5).middle_deg == 137.5
    assert read_direction("359°M", declination_deg=2.0).middle_deg == 1.0
    assert read_direction("135° true", declination_deg=2.5).middle_deg == 135.0
    with pytest.raises(ReadingError, match="declination of nan"):
        read_direction("135° magnetic", declination_deg=float("nan"))


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("O", ("W", "E")),
        ("SO", ("SW", "SE")),
        ("N.O.", ("NW", "NE")),
        ("ONO", ("WNW", "ENE")),
        ("2400 mils", ("2400 NATO mils", "2400 Warsaw Pact mils")),
        ("1.350 NATO mils", ("1350 NATO mils", "01.350 NATO mils")),
    ],
)
def test_lists_the_readings(text: str, readings: tuple[str, ...]) -> None:
    with pytest.raises(AmbiguousReadingError) as caught:
        read_direction(text)
    assert caught.value.readings == readings
    assert len({read_direction(reading).middle_deg for reading in readings}) == len(readings)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("up", "compass"),
        ("north-south", "compass"),
        ("east-north", "compass"),
        ("SS", "compass"),
        ("north by south", "compass"),
        ("sud-east", "compass"),
        ("from the north", "compass"),
        ("northeasterly", "compass"),
        ("135", "no unit"),
        ("135 m", "no unit"),
        ("400°", "more than a circle"),
        ("6401 NATO mils", "more than a circle"),
        ("-5°", "sign"),
        ("135° 140°", "more than one number"),
        ("135 sheep", "no part of a bearing"),
        ("N 95° E", "more than 90"),
        ("135° true magnetic", "contradicts"),
        ("135° NATO Warsaw mils", "contradicts"),
        ("N" * 201, "too many"),
    ],
)
def test_refuses_other_texts(text: str, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason) as caught:
        read_direction(text)
    assert not isinstance(caught.value, AmbiguousReadingError)
    assert caught.value.text == text


@pytest.mark.parametrize("text", ["mils 45 45", "4,545 mils"])
def test_unmarked_mils_of_an_unclear_number_offer_no_reading_that_cannot_be_read(text):
    with pytest.raises(ReadingError) as caught:
        read_direction(text)
    assert not isinstance(caught.value, AmbiguousReadingError)
