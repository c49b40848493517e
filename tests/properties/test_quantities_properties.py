"""What must hold for every printed length, altitude, direction and time, whole or damaged."""

from __future__ import annotations

import datetime as dt
import math
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from geoinc.altitudes import read_altitude
from geoinc.directions import Direction, read_direction
from geoinc.errors import AmbiguousReadingError, ReadingError
from geoinc.notation.number_words import read_number_words
from geoinc.quantities import Quantity, read_quantity
from geoinc.times import TimeReading, read_time
from geoinc.zones import open_zone

# A busy machine is no failure; the count of examples stays with the profile in force.
patient = settings(deadline=None)

NEAR = dt.date(2025, 4, 3)


def outcome(read: Callable[..., Any], text: str, **options: Any) -> Any:
    """Return what the reader returns, or the one kind of error that it may raise, checked."""
    try:
        return read(text, **options)
    except ReadingError as error:
        caught = error
    assert str(caught)
    if isinstance(caught, AmbiguousReadingError):
        assert len(set(caught.readings)) > 1
    return caught


ENGLISH_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
]
ENGLISH_ONES += ["sixteen", "seventeen", "eighteen", "nineteen"]
ENGLISH_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
FRENCH_ONES = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
]
FRENCH_TENS = ["vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt"]
SPANISH_ONES = [
    "cero",
    "un",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
]
SPANISH_ONES += [
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiún",
    "veintidós",
    "veintitrés",
    "veinticuatro",
]
SPANISH_ONES += ["veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve"]
SPANISH_TENS = ["treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"]
SPANISH_HUNDREDS = ["ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos", "setecientos"]
SPANISH_HUNDREDS += ["ochocientos", "novecientos"]
ARABIC_ONES = ["صفر", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"]
ARABIC_TEENS = ["أحد عشر", "اثنا عشر", *(f"{one} عشر" for one in ARABIC_ONES[3:10])]
ARABIC_TENS = ["عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
ARABIC_HUNDREDS = ["مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانيمئة", "تسعمئة"]


def english(number: int) -> str:
    if number < 20:
        return ENGLISH_ONES[number]
    if number < 100:
        return ENGLISH_TENS[number // 10 - 2] + (f"-{ENGLISH_ONES[number % 10]}" if number % 10 else "")
    size, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    head = f"{english(number // size)} {name}"
    rest = number % size
    return head + (f"{' and' if rest < 100 else ''} {english(rest)}" if rest else "")


def french(number: int) -> str:
    if number <= 16:
        return FRENCH_ONES[number]
    if number < 20:
        return f"dix-{FRENCH_ONES[number - 10]}"
    if number < 100:
        tens = number // 10
        base = tens * 10 - (10 if tens in {7, 9} else 0)
        rest = number - base
        word = FRENCH_TENS[tens - 2]
        if not rest:
            return f"{word}s" if number == 80 else word
        return f"{word} et {french(rest)}" if rest in {1, 11} and base != 80 else f"{word}-{french(rest)}"
    size, name = (1000, "mille") if number >= 1000 else (100, "cent")
    head = name if number // size == 1 else f"{french(number // size)} {name}"
    return head + (f" {french(number % size)}" if number % size else "")


def spanish(number: int) -> str:
    if number < 30:
        return SPANISH_ONES[number]
    if number < 100:
        return SPANISH_TENS[number // 10 - 3] + (f" y {SPANISH_ONES[number % 10]}" if number % 10 else "")
    if number < 1000:
        head = "cien" if number == 100 else SPANISH_HUNDREDS[number // 100 - 1]
        return head + (f" {spanish(number % 100)}" if number % 100 else "")
    head = "mil" if number // 1000 == 1 else f"{spanish(number // 1000)} mil"
    return head + (f" {spanish(number % 1000)}" if number % 1000 else "")


def arabic(number: int) -> str:
    if number <= 10:
        return ARABIC_ONES[number]
    if number < 20:
        return ARABIC_TEENS[number - 11]
    if number < 100:
        tens = ARABIC_TENS[number // 10 - 2]
        return f"{ARABIC_ONES[number % 10]} و{tens}" if number % 10 else tens
    if number < 1000:
        head = ARABIC_HUNDREDS[number // 100 - 1]
        return f"{head} و{arabic(number % 100)}" if number % 100 else head
    thousands = number // 1000
    head = {1: "ألف", 2: "ألفان"}.get(thousands, f"{arabic(thousands)} {'آلاف' if thousands <= 10 else 'ألف'}")
    return f"{head} و{arabic(number % 1000)}" if number % 1000 else head


def last_unit(number: int) -> int:
    """Return what the last word of a number counts, worked out from its digits alone."""
    if number >= 1000 and number % 1000 == 0:
        return 1000 * last_unit(number // 1000)
    return 100 if number and number % 100 == 0 else 1


WRITERS = [
    (english, "kilometres"),
    (french, "kilomètres"),
    (spanish, "kilómetros"),
    (arabic, "كيلومتر"),
]


@patient
@given(st.integers(1, 999_999), st.sampled_from(WRITERS))
@example(80, WRITERS[1])
@example(71, WRITERS[1])
@example(200_000, WRITERS[3])
def test_a_number_in_words_is_the_number_in_figures(number: int, writer: tuple[Callable[[int], str], str]) -> None:
    write, unit = writer
    quantity = read_quantity(f"{write(number)} {unit}")
    half = last_unit(number) / 2
    assert quantity.interval.low == (number - half) * 1000
    assert quantity.interval.high == (number + half) * 1000


@patient
@given(st.lists(st.sampled_from([*ENGLISH_ONES, *ENGLISH_TENS, "and", "a"]), min_size=1, max_size=5))
def test_small_english_words_out_of_order_are_no_number(words: list[str]) -> None:
    """Whatever is read below a hundred is what `english` writes."""
    number = read_number_words(words)
    if number is not None:
        assert words == ["a"] or [w for w in words if w != "and"] == english(int(number.value)).split("-")


LENGTH_NOISE = [
    "about",
    "over",
    "nearly",
    "environ",
    "plus",
    "de",
    "moins",
    "entre",
    "et",
    "and",
    "a",
    "one",
    "two",
    "cent",
    "mille",
    "km",
    "m",
    "milles",
    "½",
    "-",
    ".",
    ",",
    "0",
    "1",
    "9",
    "و",
]
LENGTH_NOISE += ["كيلومترين", "ونصف", "half", "and a half", "point", "une dizaine de", "kilometres", "ft", "M"]
TIME_NOISE = [
    "on",
    "at",
    "the",
    "night",
    "of",
    "to",
    "around",
    "midnight",
    "noon",
    "31",
    "March",
    "mars",
    "1",
    "April",
    "avril",
    "2025",
    "00:08",
    "0h08",
    "3",
    "pm",
    "am",
    "o'clock",
    "-",
    "/",
    "between",
    "and",
    "evening",
    "madrugada",
    "noche",
    "del",
    "de",
    "le",
    "vers",
    "UTC",
    "+01:00",
    "Z",
    "Africa/Algiers",
    "CET",
    "monday",
    "12.30",
    "2025-04-01",
    "01/04/2025",
    "ليلة",
    "مارس",
    "أبريل",
    "و",
    "إلى",
    "منتصف",
    "الليل",
    "الساعة",
    "24:00",
    "after",
    "shortly",
    "0008",
    "hours",
    "first",
    "a",
]
DIRECTION_NOISE = [
    "north",
    "south",
    "east",
    "west",
    "by",
    "of",
    "the",
    "sud",
    "est",
    "nord",
    "ouest",
    "N",
    "S",
    "E",
    "O",
    "°",
    "135",
    "NATO",
    "mils",
    "true",
    "magnetic",
    "bearing",
]
DIRECTION_NOISE += ["جنوب", "شرق", "norte", "2400", ".", "-", "45", "cap", "to", "m"]


def jumbled(words: list[str]) -> st.SearchStrategy[str]:
    """Texts of such words in any order, with other characters between them."""
    piece = st.one_of(st.sampled_from(words), st.text(max_size=3))
    return st.lists(piece, min_size=1, max_size=9).flatmap(
        lambda pieces: st.sampled_from(["", " "]).map(lambda gap: gap.join(pieces))
    )


@patient
@given(jumbled(LENGTH_NOISE))
def test_any_words_give_a_length_or_its_own_error(text: str) -> None:
    quantity = outcome(read_quantity, text)
    if isinstance(quantity, Quantity):
        assert 0 <= quantity.interval.low <= quantity.interval.high
        assert math.isfinite(quantity.interval.low)
        assert quantity.text == text
    elif isinstance(quantity, AmbiguousReadingError):
        # Each reading can be given instead.
        for reading in quantity.readings:
            again = outcome(read_quantity, reading)
            assert isinstance(again, Quantity) or len(again.readings) >= 2


@patient
@given(jumbled([*LENGTH_NOISE, "FL", "FL090", "AGL", "altitude", "above sea level"]))
def test_any_words_give_an_altitude_or_its_own_error(text: str) -> None:
    altitude = outcome(read_altitude, text)
    if not isinstance(altitude, ReadingError):
        assert 0 <= altitude.quantity.interval.low <= altitude.quantity.interval.high


@patient
@given(jumbled(DIRECTION_NOISE), st.none() | st.floats(-30, 30))
def test_any_words_give_a_direction_or_its_own_error(text: str, declination_deg: float | None) -> None:
    direction = outcome(read_direction, text, declination_deg=declination_deg)
    if isinstance(direction, Direction):
        assert all(0 <= each < 360 for each in (direction.start_deg, direction.end_deg, direction.middle_deg))
        assert direction.contains(direction.middle_deg)
        assert direction.width_deg <= 45
    elif isinstance(direction, AmbiguousReadingError):
        assert all(isinstance(read_direction(reading), Direction) for reading in direction.readings)


@patient
@given(jumbled(TIME_NOISE), st.sampled_from([None, NEAR]), st.sampled_from([None, "DZA", "ESP"]))
@example("around midnight on 1 April 2025", None, "ESP")
def test_any_words_give_a_time_or_its_own_error(text: str, date: dt.date | None, territory: str | None) -> None:
    reading = outcome(read_time, text, date=date, territory=territory)
    if isinstance(reading, TimeReading):
        assert reading.start_utc <= reading.end_utc
        assert reading.start_utc.utcoffset() == reading.end_utc.utcoffset() == dt.timedelta(0)
        assert reading.text == text
    elif isinstance(reading, AmbiguousReadingError):
        # No reading is of no use: each leads on, if only to the next question.
        for each in reading.readings:
            again = outcome(read_time, each, date=date, territory=territory)
            assert isinstance(again, TimeReading | ReadingError)
            assert not isinstance(again, AmbiguousReadingError) or again.readings != reading.readings


moments = st.builds(
    dt.datetime.combine,
    st.dates(dt.date(1975, 1, 1), dt.date(2036, 12, 31)),
    st.builds(dt.time, st.integers(0, 23), st.integers(0, 59)),
)
FORMS = [
    "{m:%Y-%m-%d %H:%M}",
    "{m:%Y-%m-%dT%H:%M}",
    "on {m.day} {m:%B} {m.year} at {m:%H:%M}",
    "{m:%B} {m.day}, {m.year}, {m:%H:%M}",
    "{m:%I:%M %p} on {m:%B} {m.day}, {m.year}",
    "le {m.day} {french} {m.year} à {m.hour} h {m:%M}",
    "{m.day} de {spanish} de {m.year} a las {m:%H:%M} horas",
    "{m.day} {arabic} {m.year} على الساعة {m:%H:%M}",
]
MONTHS = {
    "french": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "spanish": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    "arabic": [
        "جانفي",
        "فيفري",
        "مارس",
        "أفريل",
        "ماي",
        "جوان",
        "جويلية",
        "أوت",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
}


@patient
@given(moments, st.sampled_from(FORMS), st.sampled_from(["Africa/Algiers", "Europe/Paris", "Asia/Tehran", "UTC+05:30"]))
def test_a_clock_time_in_any_form_is_its_minute(moment: dt.datetime, form: str, zone: str) -> None:
    names = {language: months[moment.month - 1] for language, months in MONTHS.items()}
    text = form.format(m=moment, **names)
    reading = outcome(read_time, text, zone=zone)
    clocks = dt.timezone(dt.timedelta(hours=5.5)) if zone.startswith("UTC") else open_zone(zone)
    shown = [moment.replace(tzinfo=clocks, fold=fold).astimezone(dt.UTC) for fold in (0, 1)]
    if shown[0] == shown[1]:
        assert isinstance(reading, TimeReading)
        assert (reading.start_utc, reading.end_utc) == (shown[0], shown[0] + dt.timedelta(minutes=1))
    else:
        assert isinstance(reading, ReadingError)


@patient
@given(moments)
def test_a_day_without_its_year_is_the_nearest(moment: dt.datetime) -> None:
    assume((moment.month, moment.day) != (2, 29))
    for step in (-150, -10, 0, 10, 150):
        near = moment.date() + dt.timedelta(days=step)
        reading = read_time(f"{moment.day} {moment:%B} at 09:15", date=near, zone="UTC")
        assert reading.start_utc.date() == moment.date()
        assert str(moment.year) in reading.warnings[0]


@pytest.mark.parametrize("read", [read_quantity, read_altitude, read_direction, read_time])
@pytest.mark.parametrize("piece", ["1", "a ", "and ", "one ", "31 March ", "00:", "-", "N", "\u0301", "و", "between "])
def test_long_texts_take_no_time(read: Callable[[str], object], piece: str) -> None:
    start = time.perf_counter()
    for length in (200, 1_000_000):
        with pytest.raises(ReadingError):
            read((piece * (length // len(piece) + 1))[:length])
    assert time.perf_counter() - start < 2


SIGNS = "".join([" \u00a0,.;:/-–−+()'’°½ةوaehmnoptuyzADMPZ", "\u0301\u200b"])


@patient
@given(moments, st.sampled_from([form for form in FORMS if "%p" not in form]), st.data())
def test_one_damaged_sign_never_moves_a_time_silently(moment: dt.datetime, form: str, data: st.DataObject) -> None:
    """Lose, add or mistake one character that is no digit: the right minute, an error, or a warning."""
    names = {language: months[moment.month - 1] for language, months in MONTHS.items()}
    text = form.format(m=moment, **names)
    whole = read_time(text, zone="UTC")
    kind = data.draw(st.sampled_from(["lose", "add", "mistake"]))
    if kind == "add":
        at = data.draw(st.integers(0, len(text)))
        damaged = text[:at] + data.draw(st.sampled_from(SIGNS)) + text[at:]
    else:
        at = data.draw(st.sampled_from([place for place, each in enumerate(text) if not each.isdecimal()]))
        damaged = text[:at] + (data.draw(st.sampled_from(SIGNS)) if kind == "mistake" else "") + text[at + 1 :]
    reading = outcome(read_time, damaged, zone="UTC")
    if isinstance(reading, ReadingError):
        return
    same = (reading.start_utc, reading.end_utc) == (whole.start_utc, whole.end_utc)
    assert same or set(reading.warnings) - set(whole.warnings), damaged
