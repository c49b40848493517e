"""Printed positions to readings: which notation it is, both halves, and which is which."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Final

from geoinc.errors import AmbiguousReadingError, ReadingError
from geoinc.messages import items, number, say
from geoinc.notation.cells import Cell, pair_cell, remark_on_region
from geoinc.notation.compact import read_compact, read_iso6709
from geoinc.notation.coordinates import NOTATIONS, Coordinate, read_coordinate
from geoinc.notation.geouri import read_geo_uri
from geoinc.notation.glyphs import check_length, fold_characters
from geoinc.notation.letters import languages_of, settle_letters
from geoinc.notation.links import is_link, read_link
from geoinc.notation.mgrs import read_mgrs
from geoinc.notation.pluscodes import read_plus_code
from geoinc.notation.reading import Reading
from geoinc.notation.tokens import Label, Letter, Mark, Number, Separator, Sign, Token, scan_tokens
from geoinc.notation.utm import read_utm
from geoinc.notation.words import Axis, fold_word

__all__ = ["read_position"]

# Each returns None where the text has not the shape of its notation, and raises where it has and is wrong.
_SHAPED_READERS: Final = (read_geo_uri, read_iso6709, read_compact, read_plus_code, read_mgrs, read_utm)
_NO_HEMISPHERE: Final = say(
    "no hemisphere is printed: plain numbers are read as north and east, those with a minus as south and west"
)


def read_position(
    text: str,
    *,
    accuracy_m: float | None = None,
    region: tuple[float, float, float, float] | None = None,
) -> Reading:
    """Read a printed position, in whatever notation it stands.

    Degrees in decimals, with minutes, or with minutes and seconds, in print of eight languages; compact digits
    (``195204N 0025338E``), ISO 6709, ``geo:`` URIs, UTM, MGRS, full Plus Codes, and the links of map sites,
    whose text alone is read. Hemisphere letters or words decide which half is the latitude. Two numbers without
    them are read only if one is beyond 90 (then with a warning): no order is taken for granted.

    Parameters
    ----------
    text : str
        The coordinates alone, at most 200 characters; a link, at most 2000.
    accuracy_m : float, optional
        The stated accuracy (95 %) in metres, kept in the reading.
    region : tuple of float, optional
        Where the position is expected: west, south, east, north, in degrees. A position outside gets a warning,
        which says so where latitude and longitude look exchanged. Of two bare numbers that fit both orders, the
        order that lies in the region is read, with a warning, if the other one does not; no other doubt is
        settled by it.

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
    >>> read_position("geo:19.868,2.894;u=50").accuracy_m
    50.0
    >>> try:
    ...     read_position("19.868, 2.894")
    ... except AmbiguousReadingError as error:
    ...     print(error.readings)
    ('19.868N 2.894E', '19.868E 2.894N')
    """
    link = is_link(text)
    if not link:
        check_length(text, "position")
    if accuracy_m is not None and not (math.isfinite(accuracy_m) and accuracy_m >= 0):
        raise ReadingError(
            f"the accuracy {accuracy_m} of {text!r} is not a length in metres; give 0 or more", text=text
        )
    if region is not None:
        _check_region(region, text)
    try:
        cell = read_link(text, _read_cell) if link else _read_cell(text)
    except _UnorderedError as error:
        cell = _settle_order(error, region)
    if accuracy_m is not None and cell.accuracy_m not in (None, accuracy_m):
        raise ReadingError(
            f"{text!r} states an accuracy of {cell.accuracy_m:g} m, and {accuracy_m:g} m was stated beside it; keep "
            "one of them",
            text=text,
        )
    return Reading(
        lon_deg=cell.lon_deg,
        lat_deg=cell.lat_deg,
        half_width_lon_deg=cell.half_width_lon_deg,
        half_width_lat_deg=cell.half_width_lat_deg,
        notation=cell.notation,
        source_text=text,
        accuracy_m=cell.accuracy_m if accuracy_m is None else accuracy_m,
        warnings=cell.warnings + (remark_on_region(cell, region) if region else ()),
    )


class _UnorderedError(AmbiguousReadingError):
    """Two numbers that fit both orders; nothing else about them is in doubt."""


def _settle_order(error: _UnorderedError, region: tuple[float, float, float, float] | None) -> Cell:
    """Take the one order that lies in the region; raise where both do, or neither."""
    cells = {written: _read_cell(written) for written in error.readings}
    inside = {written: cell for written, cell in cells.items() if region and not remark_on_region(cell, region)}
    if len(inside) != 1:
        raise error
    ((written, cell),) = inside.items()
    remark = say(
        "read as {position}: no letter says which number is the latitude, and the other order lies elsewhere",
        position=written,
    )
    return replace(cell, warnings=(*cell.warnings, remark))


def _check_region(region: tuple[float, float, float, float], text: str) -> None:
    west, south, east, north = region
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise ReadingError(
            f"the region {region} expected of {text!r} is none; give west, south, east, north in degrees", text=text
        )


def _read_cell(text: str) -> Cell:
    folded = _strip_brackets(_DATUM.sub("", fold_characters(text)))
    for reader in _SHAPED_READERS:
        cell = reader(folded, text)
        if cell is not None:
            return cell
    return _read_pair(folded, text)


def _read_pair(folded: str, text: str) -> Cell:
    tokens = settle_letters(scan_tokens(folded, source_text=text), folded, source_text=text)
    _check_languages(tokens, text)
    first, second = (read_coordinate(half, source_text=text) for half in _split_halves(tokens, text))
    _check_words(first, second, text)
    latitude, longitude = _choose_interpretation(first, second, text)
    return pair_cell(
        latitude,
        longitude,
        notation=max(latitude.notation, longitude.notation, key=NOTATIONS.index),
        warnings=(
            *_remark_on_words(latitude, longitude),
            *_remark_on_spelling(tokens),
            *_remark_on_hyphens(latitude, longitude),
        ),
    )


# What every position is read in; any other reference system is refused as a word that belongs to no coordinate.
_DATUM: Final = re.compile(r"^WGS[ -]?84\b[ ,:;/]*|[ ,;]*\(?\bWGS[ -]?84\)?$", re.IGNORECASE | re.ASCII)
# West and east, where losing or adding a first letter makes one of the other: West and est, oeste and este.
_ONE_LETTER_APART: Final = {
    "de": ("west",),
    "fr": (),
    "es": ("este", "oeste"),
    "pt": ("este", "oeste"),
}


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
        cut = letters[0] + 1
        first = tokens[letters[0]]
        # The label behind a letter of its own axis belongs to it: 19° n. Br. 2° ö. L.
        if not isinstance(tokens[0], Label):
            while isinstance(first, Letter) and _is_label(tokens[cut], first.hemisphere.axis):
                cut += 1
        return cut
    if numbers[-1] < letters[1]:
        raise _refuse_cut(text)
    cut = letters[1]
    while isinstance(tokens[cut - 1], Label):
        cut -= 1
    return cut


def _is_label(token: Token, axis: Axis) -> bool:
    return isinstance(token, Label) and token.axis == axis


def _cut_bare(tokens: Sequence[Token], text: str) -> int:
    numbers = _places(tokens, Number)
    if len(numbers) == 1:
        raise ReadingError(f"{text!r} holds one number; give a latitude and a longitude", text=text)
    inner_signs = [place for place in _places(tokens, Sign) if place > 0]
    if len(inner_signs) == 1:
        return inner_signs[0]
    degrees = [place for place, token in enumerate(tokens) if isinstance(token, Mark) and token.component == 0]
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
    spoken = languages_of(tokens)
    if spoken and not frozenset.intersection(*spoken):
        raise ReadingError(
            f"the words of {text!r} are of two languages; was a letter lost? Write N, S, E or W",
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
    doubts = "; ".join(dict.fromkeys(each.doubt for each in (first, second) if each.doubt))
    if not found:
        reason = f": {doubts}" if doubts else ""
        raise ReadingError(
            f"{text!r} holds no latitude and longitude: one must be within 90°, the other within 180°{reason}",
            text=text,
        )
    readings = tuple(written for _, written in found.values())
    if len(found) > 1:
        if doubts:
            raise AmbiguousReadingError(f"in {text!r} {doubts}", text=text, readings=readings)
        what = f"nothing in {text!r} says which number is the latitude"
        raise _UnorderedError(what, text=text, readings=readings)
    if doubts:
        raise ReadingError(f"in {text!r} {doubts}; if it is {readings[0]}, write it so", text=text)
    ((order, _),) = found.values()
    return order


def _fits(coordinate: Coordinate, axis: Axis) -> bool:
    return coordinate.axis in (None, axis) and coordinate.fits(axis)


def _remark_on_words(latitude: Coordinate, longitude: Coordinate) -> list[str]:
    remarks: list[str] = []
    if longitude.axis is None and not longitude.fits("latitude"):
        remarks.append(
            say(
                "{value} was taken for the longitude because it is beyond 90",
                value=number(f"{float(longitude.magnitude_deg):g}"),
            )
        )
    if latitude.axis is None or latitude.sign is None or longitude.sign is None:
        remarks.append(_NO_HEMISPHERE)
    return remarks


def _remark_on_spelling(tokens: Sequence[Token]) -> list[str]:
    """Return remarks on hemisphere words that one letter more or less would turn into their opposites."""
    spoken = languages_of(tokens)
    shared = frozenset.intersection(*spoken) if spoken else frozenset()
    printed = [token.printed for token in tokens if isinstance(token, Letter)]
    if len({unicodedata.name(each[0]).split()[0] for each in map(fold_word, printed) if each}) > 1:
        return [
            say(
                "{letters} are letters of two scripts: check that none was mistaken for another", letters=items(printed)
            )
        ]
    words = [each for each in printed if len(each) > 1]
    cased = [word for word in words if word.lower() != word.upper()]
    if not cased or shared.isdisjoint(_ONE_LETTER_APART):
        return []
    if len({word.istitle() for word in cased}) > 1 or not all(_is_evenly_cased(word) for word in cased):
        return [say("{words} are not capitalised alike: check that no letter was lost or added", words=items(cased))]
    if cased[0].istitle():
        return []
    apart = {word for language in shared for word in _ONE_LETTER_APART.get(language, ())}
    return [
        say("one letter more or less turns {word} into its opposite; check the print", word=repr(word))
        for word in cased
        if word.lower() in apart
    ]


def _is_evenly_cased(word: str) -> bool:
    return word.istitle() or word.islower() or word.isupper()


def _remark_on_hyphens(latitude: Coordinate, longitude: Coordinate) -> list[str]:
    """Return the remark on hyphens that may part two ends of a range, as in 10-15N 20-25E."""
    ranges = all(
        each.hyphens
        and len(each.components) == 2
        and not each.components[1].decimals
        and each.components[0].value < each.components[1].value
        for each in (latitude, longitude)
    )
    if ranges and longitude.components[0].whole_digits < 3:
        return [say("the hyphens were taken to part degrees from minutes; if they show ranges, this is no position")]
    return []
