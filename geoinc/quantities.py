"""Printed lengths to intervals under a precision model, and lengths to print."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import product
from typing import Final

from geoinc.errors import AmbiguousReadingError, ReadingError
from geoinc.intervals import Interval
from geoinc.messages import Text, number, say
from geoinc.notation.glyphs import check_length, fold_characters
from geoinc.notation.length_parts import LengthPart, part_length, part_range
from geoinc.notation.number_words import Number, SpokenNumber, read_number_words
from geoinc.notation.quantity_words import (
    ARTICLE_NOUNS,
    CANONICAL_PHRASES,
    LEADING_PHRASES,
    TRAILING_PHRASES,
    UNITS_M,
    UNMARKED_MILES,
    fold_phrase,
)

__all__ = [
    "Precision",
    "Quantity",
    "declared_quantity",
    "format_distance",
    "format_interval",
    "format_range",
    "read_quantity",
]


class Precision(StrEnum):
    """What the printed digits of a number are taken to allow.

    ``LAST_DIGIT``: half of the last printed unit either way. ``FRACTIONAL``: a value that ends in .25, .5 or
    .75 may also name a quarter, a half or three quarters; all others as ``LAST_DIGIT``. ``DECLARED``: the
    interval is given.
    """

    LAST_DIGIT = "last_digit"
    FRACTIONAL = "fractional"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed length.

    Attributes
    ----------
    text : str
        As it was printed.
    interval : Interval
        In metres.
    precision : Precision
        The model that gave the interval.
    bound : str
        ``"value"``, ``"at_least"``, ``"more_than"``, ``"up_to"`` or ``"about"``.
    """

    text: str
    interval: Interval
    precision: Precision
    bound: str = "value"


# Who says "nine and a half" divides into halves: the true value may be half a step of a half away. Who says
# "nine and a quarter" divides into quarters.
_FRACTION_HALF_WIDTHS: Final = {"5": Decimal("0.25"), "25": Decimal("0.125"), "75": Decimal("0.125")}
_CAPITAL_M: Final = re.compile(r"(?<=[0-9 ])M(?!\w)")


@dataclass(frozen=True, slots=True)
class _Length:
    """One number with its unit, exactly."""

    number: Number
    unit: str

    @property
    def unit_m(self) -> Decimal:
        return UNITS_M[self.unit]

    @property
    def value_m(self) -> Decimal:
        return self.number.value * self.unit_m

    def write(self, *, leading_zero: bool) -> str:
        zero = "0" if leading_zero and self.number.decimals else ""
        return f"{zero}{self.number.plain} {self.unit}"

    def half_width_m(self, precision: Precision) -> Decimal:
        half_width = self.number.unit / 2
        if precision is Precision.FRACTIONAL:
            half_width = max(half_width, _FRACTION_HALF_WIDTHS.get(self.number.fraction, Decimal(0)))
        return half_width * self.unit_m

    def low_m(self, precision: Precision) -> Decimal:
        return max(self.value_m - self.half_width_m(precision), Decimal(0))

    def high_m(self, precision: Precision) -> Decimal:
        return self.value_m + self.half_width_m(precision)


def read_quantity(text: str, *, precision: Precision = Precision.LAST_DIGIT) -> Quantity:
    """Read a printed length: metres, kilometres, nautical or statute miles, feet, yards.

    In figures or in words, English, French, Spanish or Arabic; decimal points and commas; thousands where they
    cannot be mistaken for decimals. A number in words allows half of what its last word counts: ones in *two*,
    hundreds in *two hundred*, halves in *nine and a half*. The same text under another model is read by another
    call: ``read_quantity(quantity.text, precision=...)``.

    Parameters
    ----------
    text : str
        The length alone, at most 200 characters: "9.5 km", "à plus de 9 km", "between 9 and 10 km".
    precision : Precision, optional
        What the digits allow. "At least", "more than" and "less than" take the number as printed under every
        model; "up to" ends where the number ends under the model; "about" allows one last printed unit
        either way, or more where the model alone allows more; a range runs from where its first number begins
        to where its second ends.

    Returns
    -------
    Quantity
        Its interval in metres, from exact decimal arithmetic; no end is below 0.

    Raises
    ------
    AmbiguousReadingError
        If the text can be read in more than one way; ``readings`` lists the ways.
    ReadingError
        If it cannot be read: what is wrong, and what to do about it.

    Examples
    --------
    >>> str(read_quantity("9.5 km").interval)
    '[9450, 9550]'
    >>> str(read_quantity("9.5 km", precision=Precision.FRACTIONAL).interval)
    '[9250, 9750]'
    >>> str(read_quantity("à plus de 9 km").interval)
    '(9000, inf)'
    >>> str(read_quantity("02 كيلومتر").interval)
    '[1500, 2500]'
    >>> str(read_quantity("nine and a half kilometres").interval)
    '[9250, 9750]'
    """
    check_length(text, "length")
    if precision is Precision.DECLARED:
        raise ReadingError(
            f"the interval of {text!r} is to be declared; give its two ends, or the model last_digit or fractional",
            text=text,
        )
    _refuse_capital_m(text, precision)
    bounds, core = _strip_qualifiers(fold_phrase(text))
    ways = _part_core(core, text)
    if len(ways[0]) == 2 and bounds:
        raise ReadingError(
            f"{text!r} qualifies a range; give the range alone, or one number with its qualifier", text=text
        )
    if not bounds and any(isinstance(n, SpokenNumber) and n.collective for n in ways[0][0].numbers):
        bounds = ["about"]
    options = [option for parts in ways for option in _interpret_parts(parts, text)]
    if len(bounds) > 1 or len(options) > 1:
        raise _refuse_options(text, bounds, options)
    bound = bounds[0] if bounds else "value"
    lengths = options[0]
    interval = _form_interval(bound, lengths[0], lengths[-1], precision, text)
    return Quantity(text, interval, precision, "up_to" if bound == "less_than" else bound)


def declared_quantity(text: str, low_m: float, high_m: float) -> Quantity:
    """Return a printed length with the interval that somebody declares for it.

    Parameters
    ----------
    text : str
        As it was printed.
    low_m, high_m : float
        The ends, in metres; `high_m` may be infinite.

    Returns
    -------
    Quantity
        With `Precision.DECLARED`.

    Raises
    ------
    ReadingError
        If an end is no number or negative, or if the ends are in the wrong order.

    Examples
    --------
    >>> str(declared_quantity("a few kilometres", 2000, 5000).interval)
    '[2000, 5000]'
    """
    if not 0 <= low_m <= high_m or math.isinf(low_m):
        raise ReadingError(
            f"the declared interval of {text!r} runs from {low_m} to {high_m} m; give two lengths in metres, "
            "0 or more, the smaller first",
            text=text,
        )
    return Quantity(text, Interval(float(low_m), float(high_m)), Precision.DECLARED)


def _strip_qualifiers(folded: str) -> tuple[list[str], str]:
    """Return the bounds that the words set, each once, and the text without those words."""
    bounds: list[str] = []
    core = folded
    while (phrase := _find_phrase(core, LEADING_PHRASES, leading=True)) and not _opens_number(phrase, core):
        bounds.append(LEADING_PHRASES[phrase])
        core = core[len(phrase) :].strip()
    while phrase := _find_phrase(core, TRAILING_PHRASES, leading=False):
        bounds.append(TRAILING_PHRASES[phrase])
        core = core[: -len(phrase)].strip()
    return [bound for bound in dict.fromkeys(bounds) if bound], core


def _find_phrase(text: str, phrases: Mapping[str, str], *, leading: bool) -> str | None:
    """Return the longest of `phrases` that `text` begins (or ends) with as whole words."""
    found = [
        phrase
        for phrase in phrases
        if (text.startswith(phrase) if leading else text.endswith(phrase))
        and _is_whole(phrase, text[len(phrase) :] if leading else text[: -len(phrase)][::-1])
    ]
    return max(found, key=len, default=None)


def _opens_number(phrase: str, core: str) -> bool:
    """Whether `phrase` is the article of a number: "a hundred metres", not the French "a cent metres"."""
    words = core.replace("-", " ").split()[:2]
    return phrase == "a" and len(words) == 2 and (words[1] in ARTICLE_NOUNS or read_number_words(words) is not None)


def _is_whole(phrase: str, rest: str) -> bool:
    """Whether `rest`, read away from the phrase, does not go on with its last word."""
    return not phrase[-1].isalpha() or not rest[:1].isalpha()


def _refuse_capital_m(text: str, precision: Precision) -> None:
    folded = fold_characters(text)
    if not _CAPITAL_M.search(folded):
        return
    readings = (_CAPITAL_M.sub("m", folded), _CAPITAL_M.sub("nmi", folded))
    for reading in readings:
        try:
            read_quantity(reading, precision=precision)
        except AmbiguousReadingError:
            continue
        except ReadingError as error:
            raise ReadingError(str(error), text=text) from None
    raise AmbiguousReadingError(
        f"the M of {text!r} is printed for metres and for nautical miles", text=text, readings=readings
    )


def _part_core(core: str, text: str) -> list[tuple[LengthPart, ...]]:
    """Return every way to part a length: one part, or the two ends of a range."""
    try:
        single = part_length(core, source_text=text)
    except ReadingError:
        ranges = part_range(core, source_text=text)
        if not ranges:
            raise
        return list(ranges)
    if single.known or not single.unit:
        return [(single,)]
    return list(part_range(core, source_text=text)) or [(single,)]


def _interpret_parts(parts: Sequence[LengthPart], text: str) -> Iterator[tuple[_Length, ...]]:
    """Yield every way to read the ends: by each unit and each number that the print may stand for."""
    units = list(dict.fromkeys(part.unit for part in parts))
    numbers = list(product(*(part.numbers for part in parts)))
    for meanings in product(*(_interpret_unit(unit, text) for unit in units)):
        meant = dict(zip(units, meanings, strict=True))
        for each in numbers:
            yield tuple(_Length(number, meant[part.unit]) for number, part in zip(each, parts, strict=True))


def _interpret_unit(unit: str, text: str) -> tuple[str, ...]:
    if unit in UNMARKED_MILES:
        return ("statute miles", "nautical miles")
    if unit in UNITS_M:
        return (unit,)
    if not unit:
        raise ReadingError(f"{text!r} has no unit; write m, km, nmi, mi or ft behind the number", text=text)
    raise ReadingError(
        f"{unit!r} in {text!r} is no unit of length that is read here; write the number and m, km, nmi, mi "
        "or ft, and nothing else",
        text=text,
    )


def _refuse_options(text: str, bounds: Sequence[str], options: Sequence[tuple[_Length, ...]]) -> ReadingError:
    if len(bounds) > 1:
        what = f"the words of {text!r} set two different bounds"
    elif len({length.unit for lengths in options for length in lengths[-1:]}) > 1:
        what = f"the miles of {text!r} may be statute (1609.344 m) or nautical (1852 m)"
    else:
        what = f"the comma or the point before three digits in {text!r} may part thousands or decimals"
    # Where one number has two readings, a leading zero settles that its sign parts decimals.
    zero = len({lengths[0].number for lengths in options}) > 1 or len({o[-1].number for o in options}) > 1
    readings = []
    for bound, lengths in product(bounds or ("",), options):
        written = " and ".join(length.write(leading_zero=zero) for length in lengths)
        opening = "between" if len(lengths) == 2 else CANONICAL_PHRASES.get(bound, "")
        readings.append(f"{opening} {written}".strip())
    return AmbiguousReadingError(what, text=text, readings=tuple(readings))


def _form_interval(bound: str, first: _Length, last: _Length, precision: Precision, text: str) -> Interval:
    if bound == "at_least":
        return Interval.at_least(float(first.value_m))
    if bound == "more_than":
        return Interval.more_than(float(first.value_m))
    if bound == "up_to":
        return Interval(0.0, float(first.high_m(precision)))
    if bound == "less_than":
        if first.value_m == 0:
            raise ReadingError(f"{text!r} leaves no length; give a number above 0", text=text)
        return Interval(0.0, float(first.value_m), high_open=True)
    if bound == "about":
        margin = max(first.number.unit * first.unit_m, first.half_width_m(precision))
        return Interval(float(max(first.value_m - margin, Decimal(0))), float(first.value_m + margin))
    if first.value_m > last.value_m:
        raise ReadingError(f"the range {text!r} runs downwards; give the smaller length first", text=text)
    return Interval(float(first.low_m(precision)), float(last.high_m(precision)))


def format_distance(distance_m: float, *, decimals: int | None = None, minus: str = "-") -> Text:
    """Write a length: below 1 km in metres with one decimal, else in kilometres with two.

    Parameters
    ----------
    distance_m : float
        In metres; a negative one keeps its sign.
    decimals : int, optional
        Another number of decimals, in whichever unit is printed.
    minus : str, optional
        How that sign is written in English.

    Returns
    -------
    Text
        In English with a point for decimals and no thousands sign.

    Raises
    ------
    ValueError
        If `distance_m` is not finite.

    Examples
    --------
    >>> format_distance(440.893), format_distance(9963.2), format_distance(999.97)
    ('440.9 m', '9.96 km', '1.00 km')
    """
    value, in_km = _rounded(distance_m, decimals)
    figure = number(value, minus=minus)
    return say("{value} km", value=figure) if in_km else say("{value} m", value=figure)


def format_range(low_m: float, high_m: float) -> Text:
    """Write the least and the greatest of several lengths, each as `format_distance` does.

    Examples
    --------
    >>> format_range(9100.0, 10290.0), format_range(850.0, 1200.0), format_range(2000.0, 2001.0)
    ('9.10 to 10.29 km', '850.0 m to 1.20 km', '2.00 km')
    """
    low, high = format_distance(low_m), format_distance(high_m)
    if low == high:
        return low
    (first, in_km), (last, also_in_km) = _rounded(low_m, None), _rounded(high_m, None)
    if in_km != also_in_km:
        return say("{low} to {high}", low=low, high=high)
    ends = number(first, minus="-"), number(last, minus="-")
    return _range_in_km(*ends) if in_km else _range_in_m(*ends)


def _rounded(distance_m: float, decimals: int | None) -> tuple[Decimal, bool]:
    """Return the figure that is printed, and whether it counts kilometres."""
    if not math.isfinite(distance_m):
        raise ValueError(f"a distance of {distance_m} m cannot be printed")
    exact = Decimal(distance_m)
    metres = _round(exact, 1 if decimals is None else decimals)
    if abs(metres) < 1000:
        return metres, False
    return _round(exact / 1000, 2 if decimals is None else decimals), True


def _range_in_km(low: str, high: str) -> Text:
    return say("{low} to {high} km", low=low, high=high)


def _range_in_m(low: str, high: str) -> Text:
    return say("{low} to {high} m", low=low, high=high)


def format_interval(interval: Interval, *, minus: str = "-") -> Text:
    """Write an interval of lengths in words.

    Ends that are whole metres, or tenths of a metre below 1 km, are printed exactly, as the ends of printed
    numbers are; others are rounded to 10 m, or to 0.1 m below 1 km, and finer where the two would print
    the same.

    Parameters
    ----------
    interval : Interval
        In metres.
    minus : str, optional
        How the sign of a negative end is written in English.

    Returns
    -------
    Text
        One unit for both ends, that of the larger.

    Examples
    --------
    >>> format_interval(Interval(9450.0, 9550.0)), format_interval(Interval(440.5, 441.5))
    ('9.45 to 9.55 km', '440.5 to 441.5 m')
    >>> format_interval(Interval.more_than(9000.0)), format_interval(Interval.at_least(20000.0))
    ('more than 9 km', 'at least 20 km')
    >>> format_interval(Interval(0.0, 2500.0))
    'up to 2.5 km'
    """
    ends = [end for end in (interval.low, interval.high) if math.isfinite(end)]
    if not ends:
        return say("any distance")
    in_km = max(abs(end) for end in ends) >= 999.95
    texts = [_write_end(end, in_km=in_km) for end in ends]
    if len(set(texts)) < len(set(ends)):
        texts = [_write_end(end, in_km=in_km, finer=True) for end in ends]

    def length(digits: str) -> Text:
        figure = number(digits, minus=minus)
        return say("{value} km", value=figure) if in_km else say("{value} m", value=figure)

    if not interval.bounded:
        if math.isfinite(interval.low):
            return _least(length(texts[0]), beyond=interval.low_open)
        return _most(length(texts[0]), below=interval.high_open)
    if interval.low == 0 < interval.high:
        distance = length(texts[1])
        return _most(distance, below=True) if interval.high_open else say("up to {distance}", distance=distance)
    decimals = max(len(text.partition(".")[2]) for text in texts)
    low, high = (f"{Decimal(text):.{decimals}f}" for text in texts)
    if low == high:
        return length(texts[0])
    written = number(low, minus=minus), number(high, minus=minus)
    return _range_in_km(*written) if in_km else _range_in_m(*written)


def _least(distance: Text, *, beyond: bool) -> Text:
    return say("more than {distance}", distance=distance) if beyond else say("at least {distance}", distance=distance)


def _most(distance: Text, *, below: bool) -> Text:
    return say("less than {distance}", distance=distance) if below else say("at most {distance}", distance=distance)


def _write_end(end_m: float, *, in_km: bool, finer: bool = False) -> str:
    """Return one end; a rounded one keeps its zeros, which tell how finely it is rounded."""
    exact = Decimal(end_m)
    if in_km:
        whole_metres = abs(end_m - round(end_m)) < 1e-6
        rounded = _round(exact / 1000, 4 if finer else 3 if whole_metres else 2)
    else:
        rounded = _round(exact, 3 if finer else 1)
    text = f"{rounded:f}"
    printed = finer or abs(10 * end_m - round(10 * end_m)) < 1e-5
    return text.rstrip("0").rstrip(".") if printed and "." in text else text


def _round(value: Decimal, decimals: int) -> Decimal:
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded
