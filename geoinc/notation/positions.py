"""Printed positions to readings: both halves, which is which, and what a careful reader would remark on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Final

from geoinc.errors import AmbiguousReadingError, ReadingError
from geoinc.notation.coordinates import NOTATIONS, Coordinate, read_coordinate
from geoinc.notation.glyphs import check_length, fold_characters
from geoinc.notation.reading import Reading
from geoinc.notation.tokens import Label, Letter, Mark, Number, Separator, Sign, Token, scan_tokens
from geoinc.notation.words import Axis
from geoinc.units import NAUTICAL_MILE_M

__all__ = ["read_position"]

# A minute of arc on a great circle, to the 1 % that a warning needs.
_METRES_PER_DEGREE: Final = 60 * NAUTICAL_MILE_M
_FINEST_USEFUL_M: Final = 1.0
_NO_HEMISPHERE: Final = (
    "no hemisphere is printed: plain numbers are read as north and east, those with a minus as south and west"
)


def read_position(text: str, *, accuracy_m: float | None = None) -> Reading:
    """Read a printed position: decimal degrees, degrees and minutes, or degrees, minutes and seconds.

    Hemisphere letters or words decide which half is the latitude. Two numbers without them are read only if
    one is beyond 90 (then with a warning): no order is taken for granted.

    Parameters
    ----------
    text : str
        The coordinates alone, at most 200 characters.
    accuracy_m : float, optional
        The stated accuracy (95 %) in metres, kept in the reading.

    Returns
    -------
    Reading
        The position and the cell of positions that print the same, in degrees.

    Raises
    ------
    AmbiguousReadingError
        If the text can be read in more than one way; ``readings`` lists the ways.
    ReadingError
        If it cannot be read: what is wrong, and what to do about it.

    Examples
    --------
    >>> reading = read_position("19°52’04.738’’N 2°53’38.101’’E")
    >>> round(reading.lat_deg, 7), round(reading.lon_deg, 7), reading.notation
    (19.8679828, 2.8939169, 'dms')
    >>> reading.half_width_lat_deg * 3600
    0.0005
    >>> try:
    ...     read_position("19.868, 2.894")
    ... except AmbiguousReadingError as error:
    ...     print(error.readings)
    ('19.868N 2.894E', '19.868E 2.894N')
    """
    check_length(text, "position")
    if accuracy_m is not None and not (math.isfinite(accuracy_m) and accuracy_m >= 0):
        raise ReadingError(
            f"the accuracy {accuracy_m} of {text!r} is not a length in metres; give 0 or more", text=text
        )
    tokens = scan_tokens(_strip_brackets(fold_characters(text)), source_text=text)
    _check_languages(tokens, text)
    first, second = (read_coordinate(half, source_text=text) for half in _split_halves(tokens, text))
    _check_words(first, second, text)
    latitude, longitude = _choose_interpretation(first, second, text)
    return Reading(
        lon_deg=float(longitude.value_deg),
        lat_deg=float(latitude.value_deg),
        half_width_lon_deg=float(longitude.unit_deg / 2),
        half_width_lat_deg=float(latitude.unit_deg / 2),
        notation=max(latitude.notation, longitude.notation, key=NOTATIONS.index),
        source_text=text,
        accuracy_m=accuracy_m,
        warnings=(*_remark_on_words(latitude, longitude), *_remark_on_print(latitude, longitude)),
    )


def _strip_brackets(folded: str) -> str:
    for opening, closing in ("()", "[]"):
        if folded.startswith(opening) and folded.endswith(closing):
            return folded[1:-1]
    return folded


def _split_halves(tokens: Sequence[Token], text: str) -> tuple[Sequence[Token], Sequence[Token]]:
    cut = _find_cut(tokens, text)
    if isinstance(tokens[cut], Separator):
        return tokens[:cut], tokens[cut + 1 :]
    return tokens[:cut], tokens[cut:]


def _find_cut(tokens: Sequence[Token], text: str) -> int:
    """Return where the second half begins, or the place of the separator."""
    if not any(isinstance(token, Number) for token in tokens):
        raise ReadingError(f"{text!r} holds no number; give a latitude and a longitude", text=text)
    separators = _places(tokens, Separator)
    if len(separators) > 1:
        raise ReadingError(
            f"{text!r} is parted in {len(separators) + 1}, not in a latitude and a longitude; write decimal "
            "points and one comma between the two",
            text=text,
        )
    if separators:
        return separators[0]
    letters = _places(tokens, Letter)
    if len(letters) == 2:
        return _cut_at_letters(tokens, letters, text)
    if letters:
        count = "only one hemisphere letter" if len(letters) == 1 else f"{len(letters)} hemisphere letters"
        raise ReadingError(f"{text!r} has {count}; give a latitude with N or S and a longitude with E or W", text=text)
    labels = _places(tokens, Label)
    if len(labels) == 2 and labels[0] == 0:
        return labels[1]
    return _cut_bare(tokens, text)


def _cut_at_letters(tokens: Sequence[Token], letters: Sequence[int], text: str) -> int:
    numbers = _places(tokens, Number)
    if numbers[0] < letters[0]:
        return letters[0] + 1
    if numbers[-1] < letters[1]:
        raise _refuse_cut(text)
    cut = letters[1]
    while isinstance(tokens[cut - 1], Label):
        cut -= 1
    return cut


def _cut_bare(tokens: Sequence[Token], text: str) -> int:
    numbers = _places(tokens, Number)
    if len(numbers) == 1:
        raise ReadingError(f"{text!r} holds one number; give a latitude and a longitude", text=text)
    inner_signs = [place for place in _places(tokens, Sign) if place > 0]
    if len(inner_signs) == 1:
        return inner_signs[0]
    degrees = [place for place in _places(tokens, Mark) if tokens[place] == Mark(0)]
    if len(degrees) == 2 and not inner_signs:
        return max(degrees[1] - 1, 0)
    if len(numbers) in {2, 4, 6} and all(isinstance(token, Number | Sign) for token in tokens) and not inner_signs:
        return numbers[len(numbers) // 2]
    raise _refuse_cut(text)


def _refuse_cut(text: str) -> ReadingError:
    return ReadingError(
        f"nothing in {text!r} shows where one coordinate ends and the other begins; put a hemisphere letter "
        "behind each, or a comma between them",
        text=text,
    )


def _places(tokens: Sequence[Token], kind: type[Token]) -> list[int]:
    return [place for place, token in enumerate(tokens) if isinstance(token, kind)]


def _check_languages(tokens: Sequence[Token], text: str) -> None:
    """Refuse words of two languages: an English ``west`` that lost its first letter is a French ``est``."""
    languages = [token.hemisphere.languages for token in tokens if isinstance(token, Letter)]
    spoken = [each for each in languages if each]
    if spoken and not frozenset.intersection(*spoken):
        raise ReadingError(
            f"the hemispheres of {text!r} are words of two languages; was a letter lost? Write N, S, E or W",
            text=text,
        )


def _check_words(first: Coordinate, second: Coordinate, text: str) -> None:
    """Refuse halves whose letters, labels or decimal signs do not go together."""
    axes = (first.axis, second.axis)
    if None not in axes and first.axis == second.axis:
        raise ReadingError(f"{text!r} holds two {first.axis}s; give one latitude and one longitude", text=text)
    if axes != (None, None) and None in axes:
        missing = "longitude" if "latitude" in axes else "latitude"
        raise ReadingError(f"{text!r} has no hemisphere letter on its {missing}; give N or S and E or W", text=text)
    if axes == (None, None) and {first.comma, second.comma} == {True, False}:
        raise ReadingError(
            f"{text!r} uses a comma and a point for decimals; write decimal points, and a hemisphere letter "
            "behind each number",
            text=text,
        )


def _choose_interpretation(first: Coordinate, second: Coordinate, text: str) -> tuple[Coordinate, Coordinate]:
    """Return latitude and longitude, if there is one way to tell them apart and to read their numbers."""
    pairs = list(product(first.interpretations(), second.interpretations()))
    found: dict[tuple[Fraction, ...], tuple[tuple[Coordinate, Coordinate], str]] = {}
    for one, other in pairs:
        for axis, order in (("latitude", (one, other)), ("longitude", (other, one))):
            latitude, longitude = order
            if _fits(latitude, "latitude") and _fits(longitude, "longitude"):
                parts = (latitude.write("latitude"), longitude.write("longitude"))
                written = " ".join(parts if axis == "latitude" else reversed(parts))
                cell = (latitude.value_deg, latitude.unit_deg, longitude.value_deg, longitude.unit_deg)
                found.setdefault(cell, (order, written))
    if not found:
        raise ReadingError(
            f"{text!r} holds no latitude and longitude: one must be within 90°, the other within 180°",
            text=text,
        )
    if len(found) > 1:
        what = (
            f"the last number of a coordinate in {text!r} has no mark: a smaller unit, or decimals"
            if len(pairs) > 1
            else f"nothing in {text!r} says which number is the latitude"
        )
        raise AmbiguousReadingError(what, text=text, readings=tuple(written for _, written in found.values()))
    ((order, _),) = found.values()
    return order


def _fits(coordinate: Coordinate, axis: Axis) -> bool:
    return coordinate.axis in (None, axis) and coordinate.fits(axis)


def _remark_on_words(latitude: Coordinate, longitude: Coordinate) -> list[str]:
    remarks = []
    if longitude.axis is None and not longitude.fits("latitude"):
        remarks.append(f"{float(longitude.magnitude_deg):g} was taken for the longitude because it is beyond 90")
    if latitude.axis is None or latitude.sign is None or longitude.sign is None:
        remarks.append(_NO_HEMISPHERE)
    return remarks


def _remark_on_print(latitude: Coordinate, longitude: Coordinate) -> list[str]:
    remarks = []
    finest = min(latitude, longitude, key=lambda each: each.unit_deg)
    finest_m = float(finest.unit_deg) * _METRES_PER_DEGREE
    if finest_m < _FINEST_USEFUL_M:
        remarks.append(
            f"printed to {Decimal(f'{finest_m:.1g}'):f} m ({finest.unit_text}): digits finer than 1 m say "
            "how the position was written, not how well it is known"
        )
    if latitude.unit_deg != longitude.unit_deg:
        remarks.append(
            f"the latitude is printed to {latitude.unit_text}, the longitude to {longitude.unit_text}: each "
            "keeps its own cell; check that no digit was lost"
        )
    if latitude.value_deg == 0 and longitude.value_deg == 0:
        remarks.append("latitude and longitude are both 0, which programs also write where a position is missing")
    return remarks
