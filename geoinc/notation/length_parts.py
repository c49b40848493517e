"""A printed length parted into its number and its unit, in figures or in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from geoinc.errors import ReadingError
from geoinc.notation.number_words import (
    Number,
    SpokenNumber,
    find_leading_tail,
    find_tail,
    read_number_words,
    scale_number,
)
from geoinc.notation.numerals import PrintedNumber, interpret_number
from geoinc.notation.quantity_words import (
    DUAL_UNITS,
    LINKERS,
    ONES_BEHIND,
    RANGE_WORDS,
    TWOS_BEHIND,
    UNITS_M,
    UNMARKED_MILES,
    VAGUE_WORDS,
)

__all__ = ["LengthPart", "part_length", "part_range"]

_FIGURES: Final = re.compile(r"[0-9](?:[0-9 .,'٬]*[0-9])?")

# No number up to a million takes more words; the bound keeps long texts cheap.
_MOST_WORDS: Final = 24


@dataclass(frozen=True, slots=True)
class LengthPart:
    """One end of a length.

    Attributes
    ----------
    numbers : tuple of PrintedNumber or SpokenNumber
        Every number that the print may stand for.
    unit : str
        The folded words behind it; empty where there are none.
    """

    numbers: tuple[Number, ...]
    unit: str

    @property
    def known(self) -> bool:
        """Whether the unit is one of length."""
        return _is_unit(self.unit)


def part_range(core: str, *, source_text: str) -> list[tuple[LengthPart, LengthPart]]:
    """Return every way to part `core` into the two ends of a range; none where it is no range.

    Parameters
    ----------
    core : str
        Folded, without its qualifiers.
    source_text : str
        The whole printed text, for the message.
    """
    found: dict[tuple[LengthPart, LengthPart], None] = {}
    for opening, middle in RANGE_WORDS:
        if not core.startswith(opening):
            continue
        inner = core.removeprefix(opening)
        place = inner.find(middle)
        while place >= 0:
            try:
                first = part_length(inner[:place].strip(), source_text=source_text)
                second = part_length(inner[place + len(middle) :].strip(), source_text=source_text)
            except ReadingError:
                pass
            else:
                if second.known and (first.known or not first.unit):
                    found[LengthPart(first.numbers, first.unit or second.unit), second] = None
            place = inner.find(middle, place + 1)
    return list(found)


def part_length(piece: str, *, source_text: str) -> LengthPart:
    """Return the number and the unit of one length.

    Parameters
    ----------
    piece : str
        Folded, without qualifiers: ``9.5 km``, ``nine and a half kilometres``.
    source_text : str
        The whole printed text, for the message.

    Raises
    ------
    ReadingError
        If it begins with no number.

    Examples
    --------
    >>> part_length("9.5 km", source_text="9.5 km").unit
    'km'
    >>> part_length("half a kilometre", source_text="half a kilometre").numbers[0].value
    Decimal('0.5')
    """
    match = _FIGURES.match(piece)
    if match is not None:
        return _part_figures(match.group(), piece[match.end() :].strip().removeprefix("-"), source_text)
    words = piece.replace("-", " ").split()
    part = _part_words(words) or _part_noun(words)
    if part is not None:
        return part
    if any(word in VAGUE_WORDS for word in words[:3]):
        raise ReadingError(
            f"the words of {source_text!r} name no number; declare what they may mean, as printed, low and high",
            text=source_text,
        )
    sign = " (a length carries no sign)" if piece.startswith(("-", "+")) else ""
    raise ReadingError(
        f"no number in figures or words where one belongs in {source_text!r}{sign}; write a length such as 9.5 km, "
        "two kilometres, or more than 9 km",
        text=source_text,
    )


def _part_figures(figures: str, rest: str, source_text: str) -> LengthPart:
    numbers: tuple[Number, ...] = interpret_number(figures, source_text=source_text)
    if _is_unit(rest):
        return LengthPart(numbers, rest)
    words = rest.replace("-", " ").split()
    scaled = tuple(
        number for each in numbers if isinstance(each, PrintedNumber) and (number := scale_number(each, words[:1]))
    )
    if scaled:
        return LengthPart(scaled, _join_unit(words[1:]))
    length, added = find_leading_tail(words)
    if length:
        unit, tail = words[length:], words[:length]
    else:
        length, added = find_tail(words)
        unit, tail = words[: len(words) - length], words[len(words) - length :]
    if not length or any(number.decimals for number in numbers) or not _is_unit(" ".join(unit)):
        return LengthPart(numbers, rest)
    return LengthPart(tuple(_add(number, added, tail) for number in numbers), " ".join(unit))


def _part_words(words: Sequence[str]) -> LengthPart | None:
    """Return the longest number in words that a unit follows; else the longest number."""
    longest = None
    for length in range(min(len(words), _MOST_WORDS), 0, -1):
        number = read_number_words(words[:length])
        if number is None:
            continue
        rest = words[length:]
        unit = _join_unit(rest)
        if _is_unit(unit):
            return LengthPart((number,), unit)
        tail, added = find_tail(rest)
        unit = _join_unit(rest[: len(rest) - tail])
        if tail and _is_unit(unit):
            return LengthPart((_add(number, added, rest[len(rest) - tail :]),), unit)
        longest = longest or LengthPart((number,), _join_unit(rest))
    return longest


def _part_noun(words: Sequence[str]) -> LengthPart | None:
    """Return a length whose number is in its noun or behind it: the Arabic dual, ``kilómetro y medio``."""
    for length in (2, 1):
        noun, rest = " ".join(words[:length]), words[length:]
        if noun in DUAL_UNITS:
            number: Number = PrintedNumber.from_parts("2")
            unit = DUAL_UNITS[noun]
            rest = rest[1:] if rest and rest[0] in TWOS_BEHIND else rest
        elif _is_unit(noun) and rest:
            number, unit = PrintedNumber.from_parts("1"), noun
            if rest[0] in ONES_BEHIND:
                rest = rest[1:]
            elif find_tail(rest)[0] != len(rest):
                continue
        else:
            continue
        tail, added = find_tail(rest)
        if tail == len(rest):
            return LengthPart((_add(number, added, rest) if tail else number,), unit)
    return None


def _add(number: Number, added: tuple[Decimal, Decimal], words: Sequence[str]) -> SpokenNumber:
    return SpokenNumber(number.value + added[0], added[1], f"{number.plain} {' '.join(words)}")


def _join_unit(words: Sequence[str]) -> str:
    unit = " ".join(words)
    if _is_unit(unit):
        return unit
    for linker in LINKERS:
        if unit.startswith(linker) and _is_unit(unit.removeprefix(linker)):
            return unit.removeprefix(linker)
    return unit


def _is_unit(unit: str) -> bool:
    return unit in UNITS_M or unit in UNMARKED_MILES
