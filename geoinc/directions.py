"""Printed directions to sectors of bearings: compass words, degrees and mils.

A word is a sector, never a bearing: *south-east* names every bearing that is nearer to south-east than to the
words beside it. Which words stand beside it depends on the rose. Here a word of the roses of four, eight and sixteen
points is taken on the rose of sixteen, 22.5 degrees wide; *south-east by east*, of the rose of thirty-two, is 11.25
degrees wide.

References
----------
STANAG 2113 and the former Warsaw Pact's practice for the two mils: 6400 and 6000 to the circle.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from typing import Final

from geoinc.errors import AmbiguousReadingError, ReadingError
from geoinc.notation.direction_words import (
    BEARING_FILLERS,
    BEARING_WORDS,
    DEGREE_WORDS,
    LANGUAGES,
    MAGNETIC_WORDS,
    MIL_WORDS,
    NATO_WORDS,
    TRUE_WORDS,
    WARSAW_WORDS,
    DirectionLanguage,
)
from geoinc.notation.glyphs import DEGREE_GLYPHS, check_length, shorten
from geoinc.notation.numerals import PrintedNumber, interpret_number
from geoinc.notation.phrases import fold_phrase

__all__ = ["Direction", "read_direction"]


@dataclass(frozen=True, slots=True)
class Direction:
    """A sector of bearings from true north.

    Attributes
    ----------
    start_deg, end_deg : float
        From and to, clockwise, in degrees in [0, 360); a sector over north starts above where it ends.
    middle_deg : float
        The bearing halfway between, in [0, 360).
    text : str
        As it was printed.
    """

    start_deg: float
    end_deg: float
    middle_deg: float
    text: str

    @property
    def width_deg(self) -> float:
        """How wide the sector is."""
        return (self.end_deg - self.start_deg) % 360

    def contains(self, bearing_deg: float) -> bool:
        """Whether a bearing lies in the sector, its ends included."""
        return (bearing_deg - self.start_deg) % 360 <= self.width_deg


_ROSE: Final = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
_BEARINGS_DEG: Final = {point: number * Fraction(45, 2) for number, point in enumerate(_ROSE)}
_QUARTERS_DEG: Final = {
    f"{point} by {towards}": _BEARINGS_DEG[point] + turn * Fraction(45, 4)
    for point, turns in (
        ("N", "WE"),
        ("NE", "NE"),
        ("E", "NS"),
        ("SE", "ES"),
        ("S", "EW"),
        ("SW", "SW"),
        ("W", "SN"),
        ("NW", "WN"),
    )
    for towards, turn in zip(turns, (-1, 1), strict=True)
}
# West in French and Spanish, east in German and Dutch.
_ROUND_O: Final = re.compile(r"[NSEO]{0,2}O[NSEO]{0,2}", re.IGNORECASE)
_QUADRANT: Final = re.compile(r"(?P<first>[ns]) ?(?P<angle>[0-9]+(?:[.,][0-9]+)?) ?[°º˚∘] ?(?P<second>[ew])")
_FIGURES: Final = re.compile(r"[0-9](?:[0-9 .,'٬]*[0-9])?")
_NATO, _WARSAW = 6400, 6000


def read_direction(text: str, *, declination_deg: float | None = None) -> Direction:
    """Read a printed direction: a compass word, or a bearing in degrees or mils.

    Parameters
    ----------
    text : str
        The direction alone, at most 200 characters: "to the south-east", "sud-sud-ouest", "جنوب شرق",
        "bearing 135°", "2400 NATO mils".
    declination_deg : float, optional
        Of the place and the year, positive to the east; a magnetic bearing is read only with it.

    Returns
    -------
    Direction
        A word gives its sector; a number gives half of its last printed unit either way.

    Raises
    ------
    AmbiguousReadingError
        If the text can be read in more than one way; ``readings`` lists the ways.
    ReadingError
        If it cannot be read: what is wrong, and what to do about it.

    Examples
    --------
    >>> read_direction("south-east")
    Direction(start_deg=123.75, end_deg=146.25, middle_deg=135.0, text='south-east')
    >>> read_direction("SE by E").middle_deg
    123.75
    >>> direction = read_direction("bearing 135°")
    >>> direction.start_deg, direction.end_deg
    (134.5, 135.5)
    """
    check_length(text, "direction of the compass")
    folded = fold_phrase(text)
    quadrant = _QUADRANT.fullmatch(folded)
    if quadrant is not None:
        return _read_quadrant(quadrant, text)
    if any(character.isdecimal() for character in folded):
        return _read_bearing(folded, text, declination_deg)
    return _read_words(folded, text)


def _read_words(folded: str, text: str) -> Direction:
    words = folded.replace("-", " ").replace("'", "' ").replace(".", "").split()
    if len(words) <= 3 and _ROUND_O.fullmatch("".join(words)):
        letters = "".join(words).upper()
        readings = tuple(each for each in (letters.replace("O", "W"), letters.replace("O", "E")) if each in _ROSE)
        if len(readings) > 1:
            raise AmbiguousReadingError(
                f"the O of {text!r} on the compass stands for west (ouest, oeste) and for east (Ost)",
                text=text,
                readings=readings,
            )
    for language in LANGUAGES:
        point = _find_point(words, language)
        if point in _BEARINGS_DEG:
            return _form_sector(_BEARINGS_DEG[point], Fraction(45, 4), text)
        if point in _QUARTERS_DEG:
            return _form_sector(_QUARTERS_DEG[point], Fraction(45, 8), text)
    known = {word for language in LANGUAGES[1:] for word, point in language.points.items() if point in _BEARINGS_DEG}
    joined = "".join(words)
    near = get_close_matches(joined[:40], sorted(known), n=1, cutoff=0.7)
    hint = f"perhaps {near[0]}" if near and near[0] != joined else "write a word such as south-east"
    raise ReadingError(
        f"{shorten(text)!r} is no word of the compass rose; {hint}, or a bearing such as 135°, or give a sector "
        "[120, 150]",
        text=text,
    )


def _find_point(words: Sequence[str], language: DirectionLanguage) -> str:
    """Return the letters that the words of one language name, perhaps with *by*; empty where they name none."""
    last = len(words)
    while last and words[last - 1] in language.fillers | language.relations:
        last -= 1
    first = 0
    while first < last and words[first] in (language.fillers | language.relations if first else language.fillers):
        first += 1
    words = words[first:last]
    joined = " ".join(words)
    if len(words) == 1 and language is LANGUAGES[0] and "b" in joined:
        joined = joined.replace("b", " by ", 1)
    for quarter in language.quarters:
        point, found, towards = joined.partition(f" {quarter} ")
        if found:
            parts = [_spell_point(part.split(), language) for part in (point, towards)]
            return f"{parts[0]} by {parts[1]}"
    return _spell_point(words, language)


def _spell_point(words: Sequence[str], language: DirectionLanguage) -> str:
    letters = [language.points.get(word, "?") for word in words]
    return "".join(letters)


def _read_quadrant(match: re.Match[str], text: str) -> Direction:
    angle = interpret_number(match["angle"], source_text=text)[-1]
    if angle.value > 90:
        raise ReadingError(f"{text!r} turns by more than 90° from its first letter; write a bearing", text=text)
    start_deg, sign = (0, 1) if match["first"] == "n" else (180, -1)
    turn_deg = Fraction(angle.value) * (sign if match["second"] == "e" else -sign)
    return _form_sector(start_deg + turn_deg, Fraction(angle.unit) / 2, text)


def _read_bearing(folded: str, text: str, declination_deg: float | None) -> Direction:
    figures = [match for match in _FIGURES.finditer(folded) if match.group() not in {"6400", "6000"}]
    figures = figures or list(_FIGURES.finditer(folded))[:1]
    if len(figures) != 1:
        raise ReadingError(f"{text!r} holds more than one number; give one bearing", text=text)
    match = figures[0]
    before, behind = folded[: match.start()], folded[match.end() :]
    if before.endswith(("-", "+")):
        raise ReadingError(f"the bearing in {text!r} carries a sign; give it clockwise from north, 0 to 360", text=text)
    words = _split_words(before) + _split_words(behind)
    kinds = {_sort_word(word, text) for word in words}
    if {"true", "magnetic"} <= kinds or {"degree", "mil"} <= kinds or {"nato", "warsaw"} <= kinds:
        raise ReadingError(f"{text!r} contradicts itself; keep one unit and one north", text=text)
    if not kinds & {"degree", "mil", "bearing"}:
        raise ReadingError(
            f"the number of {text!r} is no word of the compass and has no unit; write 135°, bearing 135, or "
            "2400 NATO mils",
            text=text,
        )
    circle = 360
    if "mil" in kinds:
        circle = _choose_mils(kinds, match.group(), text)
    number = _choose_number(match.group(), circle, text)
    turn_deg = _turn(kinds, text, declination_deg)
    step_deg = Fraction(360, circle)
    return _form_sector(Fraction(number.value) * step_deg + turn_deg, Fraction(number.unit) / 2 * step_deg, text)


def _split_words(part: str) -> list[str]:
    spaced = "".join(f" {each} " if each in DEGREE_GLYPHS else each for each in part)
    return re.sub(r"[-:,;()/.']", " ", spaced).split()


def _sort_word(word: str, text: str) -> str:
    for kind, words in (
        ("degree", DEGREE_WORDS),
        ("mil", MIL_WORDS),
        ("nato", NATO_WORDS),
        ("warsaw", WARSAW_WORDS),
        ("true", TRUE_WORDS),
        ("magnetic", MAGNETIC_WORDS),
        ("bearing", BEARING_WORDS),
        ("filler", BEARING_FILLERS),
        ("filler", frozenset({"pact", "pacte", "pacto"})),
    ):
        if word in words:
            return kind
    raise ReadingError(
        f"{shorten(word)!r} in {text!r} is no part of a bearing; write a compass word, or 135°, or 2400 NATO mils",
        text=text,
    )


def _choose_mils(kinds: set[str], figures: str, text: str) -> int:
    if "nato" in kinds:
        return _NATO
    if "warsaw" in kinds:
        return _WARSAW
    try:
        number = _choose_number(figures, _NATO, text)
    except AmbiguousReadingError:
        raise ReadingError(
            f"neither the number nor the mils of {text!r} are plain; write 2400 NATO mils, or 2400 Warsaw Pact mils",
            text=text,
        ) from None
    if number.value > _WARSAW:
        return _NATO
    raise AmbiguousReadingError(
        f"the mils of {text!r} may be 6400 or 6000 to the circle",
        text=text,
        readings=(f"{figures} NATO mils", f"{figures} Warsaw Pact mils"),
    )


def _choose_number(figures: str, circle: int, text: str) -> PrintedNumber:
    numbers = [each for each in interpret_number(figures, source_text=text) if each.value <= circle]
    if not numbers:
        raise ReadingError(
            f"{figures} in {text!r} is more than a circle of {circle}; give a bearing from 0 to {circle}", text=text
        )
    if len(numbers) > 1:
        raise AmbiguousReadingError(
            f"the comma or the point of {text!r} may part thousands or decimals",
            text=text,
            readings=tuple(text.replace(figures, f"0{n.plain}" if n.decimals else n.plain) for n in numbers),
        )
    return numbers[0]


def _turn(kinds: set[str], text: str, declination_deg: float | None) -> Fraction:
    """Return what leads from the north of the text to true north, in degrees."""
    if "magnetic" not in kinds:
        return Fraction(0)
    if declination_deg is None:
        raise ReadingError(
            f"{text!r} runs from magnetic north: give declination_deg of that place and year, positive to the east",
            text=text,
        )
    if not math.isfinite(declination_deg) or abs(declination_deg) > 180:
        raise ReadingError(f"a declination of {declination_deg}° is none; give -180 to 180 for {text!r}", text=text)
    return Fraction(declination_deg)


def _form_sector(middle_deg: Fraction, half_width_deg: Fraction, text: str) -> Direction:
    low, high = middle_deg - half_width_deg, middle_deg + half_width_deg
    # A remainder just below 360 may round up to it.
    start_deg, end_deg, middle = (float(each % 360) % 360 for each in (low, high, middle_deg))
    return Direction(start_deg, end_deg, middle, text)
