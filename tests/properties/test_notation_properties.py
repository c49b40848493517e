"""What must hold for every printed position and length, whole or damaged."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from geoinc.errors import AmbiguousReadingError, ReadingError
from geoinc.notation import Reading, format_position, read_position
from geoinc.quantities import Precision, read_quantity

# A busy machine is no failure; the count of examples stays with the profile in force.
patient = settings(deadline=None)

# One rounding of a longitude and of a half width to floats.
ULP_DEG = 1e-13

MINUTE_MARKS = "'’‘´`′"
SECOND_MARKS = ['"', "”", "“", "″", "''", "’’", "′′", "´´"]
SPACES = ["", " ", "\u00a0", "\u2009", "\u202f"]
SEPARATORS = [" ", ", ", "; ", " / ", "\n"]
HEMISPHERES = [
    ("N", "S", "E", "W"),
    ("n", "s", "e", "w"),
    ("North", "South", "East", "West"),
    ("Nord", "Sud", "Est", "Ouest"),
    ("nord", "sud", "est", "ouest"),
    ("Norte", "Sur", "Este", "Oeste"),
    ("norte", "sul", "leste", "oeste"),
    # German in small letters is left out: a west that lost its first letter is a French est beside nord.
    ("Nord", "Süd", "Ost", "West"),
    ("n. Br.", "s. Br.", "ö. L.", "w. L."),
    ("с. ш.", "ю. ш.", "в. д.", "з. д."),
    ("северной широты", "южной широты", "восточной долготы", "западной долготы"),
    ("пн. ш.", "пд. ш.", "сх. д.", "зх. д."),
    ("شمالا", "جنوبا", "شرقا", "غربا"),
    ("ش", "ج", "ق", "غ"),
]
# What stands behind degrees and minutes; seconds have none where these are used.
JOINTS = [" ", "-", ":"]
NOISE = "".join(
    [MINUTE_MARKS, '"”°º,.;:/-+= \u00a0()[]', "NSEWOLnsewoaédm", "@#²½\u0301\u200b", "−–", "сшдвقش"],
)


@dataclass(frozen=True)
class Printed:
    """A text, and the cell that it was made from, in exact degrees."""

    text: str
    lat_deg: Fraction
    lon_deg: Fraction
    unit_deg: Fraction

    def matches(self, reading: Reading) -> bool:
        return (
            reading.lat_deg == float(self.lat_deg)
            and reading.lon_deg == float(self.lon_deg)
            and reading.half_width_lat_deg == float(self.unit_deg / 2)
            and reading.half_width_lon_deg == float(self.unit_deg / 2)
        )


@st.composite
def printed_positions(draw: st.DrawFn) -> Printed:
    """Texts made from whole numbers of the last printed unit: nothing of the reader's arithmetic is used."""
    places = draw(st.integers(1, 3))
    decimals = draw(st.integers(0, 6 if places == 1 else 4))
    unit = Fraction(1, 60 ** (places - 1) * 10**decimals)
    letters = draw(st.sampled_from(HEMISPHERES))
    marked = draw(st.booleans())
    joint = draw(st.sampled_from(JOINTS))
    marks = ("°", draw(st.sampled_from(MINUTE_MARKS)), draw(st.sampled_from(SECOND_MARKS))) if marked else (joint,) * 3
    space = draw(st.sampled_from(SPACES)) if marked else ""
    comma = draw(st.booleans())
    before = draw(st.booleans())
    halves = []
    values = []
    for limit, (positive, negative) in ((90, letters[:2]), (180, letters[2:])):
        steps = draw(st.integers(0, int(limit / unit)))
        negate = draw(st.booleans())
        values.append(steps * unit * (-1 if negate else 1))
        digits, fraction = divmod(steps, 10**decimals)
        parts = []
        for _ in range(places - 1):
            digits, part = divmod(digits, 60)
            parts.insert(0, f"{part:02d}")
        parts.insert(0, str(digits))
        if decimals:
            parts[-1] += f"{',' if comma else '.'}{fraction:0{decimals}d}"
        body = space.join(part + mark for part, mark in zip(parts, marks, strict=False)).strip(" -:")
        letter = negative if negate else positive
        gap = " " if not marked or len(letter) > 1 else space
        halves.append(f"{letter}{gap}{body}" if before else f"{body}{gap}{letter}")
    if draw(st.booleans()):
        halves.reverse()
    text = draw(st.sampled_from(SEPARATORS)).join(halves)
    return Printed(text, values[0], values[1], unit)


@patient
@given(printed_positions())
def test_reads_every_valid_print_exactly(printed: Printed) -> None:
    assert printed.matches(read_position(printed.text))


T = TypeVar("T")


def outcome(read: Callable[[str], T], text: str) -> T | ReadingError:
    """Return what the reader returns, or the one kind of error that it may raise, checked."""
    try:
        return read(text)
    except ReadingError as error:
        caught = error
    assert caught.text == text
    assert not isinstance(caught, AmbiguousReadingError) or len(set(caught.readings)) > 1
    return caught


def _opposite(one: str, other: str) -> bool:
    return {one.lower(), other.lower()} in (
        *({"n", "s"}, {"e", "w"}, {"с", "ю"}, {"в", "з"}, {"ش", "ج"}, {"ق", "غ"}),
        # The German ö. L. and w. L.; the Ukrainian пн and пд, сх and зх; the Portuguese leste and oeste.
        *({"ö", "w"}, {"н", "д"}, {"с", "з"}, {"l", "o"}),
    )


@patient
@given(printed_positions(), st.data())
def test_one_damaged_sign_never_misleads_silently(printed: Printed, data: st.DataObject) -> None:
    """Lose, add or mistake one character that is no digit: the right cell, an error, or a warning.

    What no reader could notice is left out: a digit for a digit, and N for S.
    """
    text = printed.text
    kind = data.draw(st.sampled_from(["lose", "add", "mistake"]))
    if kind == "add":
        at = data.draw(st.integers(0, len(text)))
        damaged = text[:at] + data.draw(st.sampled_from(NOISE)) + text[at:]
    else:
        at = data.draw(st.sampled_from([place for place, each in enumerate(text) if not each.isdecimal()]))
        new = "" if kind == "lose" else data.draw(st.sampled_from(NOISE))
        assume(not _opposite(text[at], new))
        damaged = text[:at] + new + text[at + 1 :]
    reading = outcome(read_position, damaged)
    if isinstance(reading, ReadingError):
        return
    assert printed.matches(reading) or set(reading.warnings) - set(read_position(text).warnings)


@patient
@given(printed_positions(), st.data())
def test_many_damaged_marks_never_mislead_silently(printed: Printed, data: st.DataObject) -> None:
    """Lose or mistake any number of marks and spaces, or double them."""
    marks = set(MINUTE_MARKS) | set('"”“″° \u00a0\u2009\u202f')
    damaged = ""
    for character in printed.text:
        change = data.draw(st.sampled_from(["keep", "keep", "lose", "mistake", "double"]))
        if character not in marks or change == "keep":
            damaged += character
        elif change == "double":
            damaged += character * 2
        elif change == "mistake":
            damaged += data.draw(st.sampled_from(sorted(marks)))
    reading = outcome(read_position, damaged)
    if isinstance(reading, ReadingError):
        return
    assert printed.matches(reading) or set(reading.warnings) - set(read_position(printed.text).warnings)


@patient
@given(st.text(alphabet="0123456789" * 3 + NOISE + "latonguedmi", max_size=60))
@example("0N0E")
@example("1°0'0\"S, 180W")
def test_any_text_gives_a_position_or_its_own_error(text: str) -> None:
    reading = outcome(read_position, text)
    if isinstance(reading, ReadingError):
        return
    assert -90 <= reading.lat_deg <= 90
    assert -180 <= reading.lon_deg <= 180
    assert 0 < reading.half_width_lat_deg <= 0.5
    assert 0 < reading.half_width_lon_deg <= 0.5
    assert reading.source_text == text


@patient
@given(
    lon_deg=st.floats(-180, 180),
    lat_deg=st.floats(-90, 90),
    notation=st.sampled_from(["decimal", "dm", "dms"]),
    resolution=st.floats(1e-12, 2.0),
)
def test_reading_what_was_written_contains_it(lon_deg: float, lat_deg: float, notation: str, resolution: float) -> None:
    text = format_position(lon_deg, lat_deg, notation=notation, resolution=resolution)
    reading = read_position(text)
    assert abs(reading.lat_deg - lat_deg) <= reading.half_width_lat_deg + ULP_DEG
    assert abs(reading.lon_deg - lon_deg) <= reading.half_width_lon_deg + ULP_DEG
    assert 2 * reading.half_width_lat_deg <= max(resolution * (1 + 1e-8), 1e-11)
    assert format_position(lon_deg, lat_deg, notation=notation, resolution=resolution) == text


@patient
@given(printed_positions())
def test_writing_what_was_read_keeps_the_cell(printed: Printed) -> None:
    reading = read_position(printed.text)
    written = format_position(
        reading.lon_deg,
        reading.lat_deg,
        notation=reading.notation,
        resolution=2 * reading.half_width_lat_deg,
    )
    assert printed.matches(read_position(written))


printed_numbers = st.builds(
    lambda steps, decimals: (Fraction(steps, 10**decimals), decimals),
    st.integers(0, 10**7),
    st.integers(0, 2),
)


@patient
@given(
    printed_numbers,
    st.sampled_from([".", ","]),
    st.sampled_from(["", " ", "\u00a0"]),
    st.sampled_from(["m", "km"]),
)
def test_a_printed_length_is_read_exactly(printed: tuple[Fraction, int], sign: str, space: str, unit: str) -> None:
    value, decimals = printed
    whole, fraction = divmod(int(value * 10**decimals), 10**decimals)
    number = f"{whole}{sign}{fraction:0{decimals}d}" if decimals else f"{whole}"
    quantity = read_quantity(f"{number}{space}{unit}")
    factor = {"m": 1, "km": 1000}[unit]
    half = Fraction(1, 2 * 10**decimals)
    assert quantity.interval.low == float(max(value - half, Fraction(0)) * factor)
    assert quantity.interval.high == float((value + half) * factor)
    assert quantity.interval.contains(float(value * factor))


@patient
@given(
    printed_numbers,
    st.sampled_from(["", "about ", "up to ", "at least ", "more than ", "environ ", "à plus de "]),
)
def test_the_fractional_model_never_narrows(printed: tuple[Fraction, int], words: str) -> None:
    value, decimals = printed
    text = f"{words}{float(value):.{decimals}f} km"
    plain = read_quantity(text).interval
    fractional = read_quantity(text, precision=Precision.FRACTIONAL).interval
    assert plain.within(fractional)


@patient
@given(st.text(alphabet="0123456789" * 3 + NOISE + "kmabouteindrfsl~≈<>كلمو", max_size=60))
def test_any_text_gives_a_length_or_its_own_error(text: str) -> None:
    quantity = outcome(read_quantity, text)
    if isinstance(quantity, ReadingError):
        return
    assert 0 <= quantity.interval.low <= quantity.interval.high
    assert math.isfinite(quantity.interval.low)
    assert quantity.text == text
