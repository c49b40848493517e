"""One half of a printed position: its components, its hemisphere, its exact value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from geoinc.errors import ReadingError
from geoinc.notation.numerals import PrintedNumber
from geoinc.notation.tokens import Label, Letter, Mark, Number, Sign, Token
from geoinc.notation.words import Axis

__all__ = ["LIMITS_DEG", "MARKS", "NOTATIONS", "Coordinate", "build_coordinate", "read_coordinate"]

MARKS: Final = "°′″"
NOTATIONS: Final = ("decimal", "dm", "dms")
LIMITS_DEG: Final[dict[Axis, int]] = {"latitude": 90, "longitude": 180}

_LETTERS: Final[dict[Axis, str]] = {"latitude": "NS", "longitude": "EW"}
_COMPONENTS: Final = ("degrees", "minutes", "seconds")
_MAX_WHOLE_DIGITS: Final = (3, 2, 2)


@dataclass(frozen=True, slots=True)
class Coordinate:
    """A latitude or a longitude as printed.

    Attributes
    ----------
    components : tuple of PrintedNumber
        Degrees; then minutes, then seconds, where they are printed.
    axis : str or None
        ``"latitude"``, ``"longitude"``; None where nothing names it.
    sign : int or None
        1 or -1 by a hemisphere letter or a sign; None where neither is printed.
    comma : bool or None
        Whether the decimal sign is a comma; None without decimals.
    doubt : str
        Why the print has more than one meaning; empty where it has one.
    meanings : tuple of Coordinate
        What it may mean where there is a doubt.
    hyphens : bool
        Whether hyphens part the components, as in ``19-52-04N``.
    """

    components: tuple[PrintedNumber, ...]
    axis: Axis | None
    sign: int | None
    comma: bool | None = None
    doubt: str = ""
    meanings: tuple[Coordinate, ...] = ()
    hyphens: bool = False

    @property
    def magnitude_deg(self) -> Fraction:
        """The unsigned value in degrees, exactly."""
        total = Fraction()
        for place, number in enumerate(self.components):
            total += Fraction(number.value) / Fraction(60) ** place
        return total

    @property
    def value_deg(self) -> Fraction:
        """The value in degrees, exactly; north and east positive, as where no sign is printed."""
        return self.magnitude_deg * (self.sign or 1)

    @property
    def unit_deg(self) -> Fraction:
        """What 1 in the last printed place stands for, in degrees."""
        return Fraction(self.components[-1].unit) / Fraction(60) ** (len(self.components) - 1)

    @property
    def unit_text(self) -> str:
        """The last printed unit in its own notation: ``0.001″``."""
        return f"{self.components[-1].unit:f}{MARKS[len(self.components) - 1]}"

    @property
    def notation(self) -> str:
        """``"decimal"``, ``"dm"`` or ``"dms"``."""
        return NOTATIONS[len(self.components) - 1]

    def fits(self, axis: Axis) -> bool:
        """Whether the value can stand on this axis."""
        return self.magnitude_deg <= LIMITS_DEG[axis] and (axis == "longitude" or self.components[0].whole_digits < 3)

    def write(self, axis: Axis) -> str:
        """Return the coordinate in plain print, with the hemisphere letter that it has on `axis`."""
        letter = _LETTERS[axis][self.sign == -1]
        if len(self.components) == 1:
            return f"{self.components[0].plain}{letter}"
        return "".join(f"{n.plain}{mark}" for n, mark in zip(self.components, MARKS, strict=False)) + letter

    def interpretations(self) -> tuple[Coordinate, ...]:
        """Return the coordinates that the print may mean; itself where there is no doubt."""
        return self.meanings if self.doubt else (self,)


def read_coordinate(tokens: Sequence[Token], *, source_text: str) -> Coordinate:
    """Read one half of a position.

    Parameters
    ----------
    tokens : sequence of Token
        Label and letter (before or behind), sign, and up to three numbers with or without their marks.
    source_text : str
        The whole printed text, for messages.

    Returns
    -------
    Coordinate
        Checked: whole degrees and minutes where finer components follow, minutes and seconds below 60, and
        within the axis where it is known.

    Raises
    ------
    ReadingError
        If the tokens are no coordinate.
    """
    core, letters, labels = _strip_words(tokens)
    axis, sign = _resolve_words(letters, labels, source_text)
    signs: tuple[int | None, ...] = (sign,)
    doubts = []
    if core and isinstance(core[0], Sign):
        signs = (sign, -sign) if sign else (core[0].sign,)
        if sign:
            doubts.append(f"a sign and the letter {letters[0].hemisphere.letter} may repeat or cancel each other")
        core = core[1:]
    numbers, marks, hyphens = _pair_marks(core, source_text, may_hyphenate=bool(letters))
    _check_marks(marks, source_text)
    components = tuple(each.number for each in numbers)
    _check_components(components, source_text)
    options: tuple[tuple[PrintedNumber, ...], ...] = (components,)
    if components[1:] and components[-1].value >= 60:
        doubts.append(_describe_sixty(components))
        options = _carry(components), _join_tail(components)
    elif len(numbers) > 1 and marks[-1] is None and marks[-2] is not None and not components[-1].decimals:
        doubts.append("the last number of a coordinate has no mark: a smaller unit, or decimals")
        options = components, _join_tail(components)
    coordinate = Coordinate(
        components=components,
        axis=axis,
        sign=signs[0],
        comma=numbers[-1].comma if components[-1].decimals else None,
        hyphens=hyphens,
    )
    if axis is not None and not doubts and not coordinate.fits(axis):
        raise _refuse_misfit(coordinate, axis, source_text)
    meanings = tuple(
        replace(coordinate, components=option, sign=each_sign) for option in options for each_sign in signs
    )
    return replace(coordinate, doubt="; ".join(doubts), meanings=meanings if doubts else ())


def build_coordinate(components: Sequence[PrintedNumber], axis: Axis, sign: int, *, source_text: str) -> Coordinate:
    """Return the coordinate of components that are already told apart, checked as any other.

    Parameters
    ----------
    components : sequence of PrintedNumber
        Degrees; then minutes, then seconds, where they are printed.
    axis : str
        ``"latitude"`` or ``"longitude"``.
    sign : int
        1 or -1.
    source_text : str
        The whole printed text, for messages.

    Returns
    -------
    Coordinate
        Without doubts.

    Raises
    ------
    ReadingError
        If minutes or seconds end beyond 60, or the value beyond its axis.
    """
    if components[1:] and components[-1].value >= 60:
        raise ReadingError(f"{_describe_sixty(components)}: correct {source_text!r}", text=source_text)
    _check_components(components, source_text)
    coordinate = Coordinate(components=tuple(components), axis=axis, sign=sign)
    if coordinate.magnitude_deg > LIMITS_DEG[axis]:
        raise _refuse_misfit(coordinate, axis, source_text)
    return coordinate


def _join_tail(components: tuple[PrintedNumber, ...]) -> tuple[PrintedNumber, ...]:
    """Return the components with the last one as the decimals of the one before."""
    *head, before, tail = components
    # The digits as printed: in 51′03 the tail stands for three hundredths.
    return (*head, PrintedNumber.from_parts(before.plain, f"{int(tail.value):0{tail.whole_digits}d}"))


def _carry(components: tuple[PrintedNumber, ...]) -> tuple[PrintedNumber, ...]:
    """Return the components with sixty minutes or seconds carried over."""
    values = [int(each.value) for each in components]
    for place in range(len(values) - 1, 0, -1):
        carried, values[place] = divmod(values[place], 60)
        values[place - 1] += carried
    return tuple(PrintedNumber.from_parts(str(value)) for value in values)


def _describe_sixty(components: Sequence[PrintedNumber]) -> str:
    name, number = _COMPONENTS[len(components) - 1], components[-1].plain
    return f"{name} of {number}, where they end below 60, may be misprinted, carried over or decimals"


def _refuse_misfit(coordinate: Coordinate, axis: Axis, source_text: str) -> ReadingError:
    limit = LIMITS_DEG[axis]
    if coordinate.magnitude_deg <= limit:
        # 030.5 may be 0 30.5 that lost a space; 195.2 would be beyond 90 and be seen.
        what = "printed with three digits for its degrees; write at most two, and spaces between the components"
    elif axis == "latitude":
        what = f"beyond {limit}°; were latitude and longitude exchanged?"
    else:
        what = f"beyond {limit}°; check the print"
    return ReadingError(f"the {axis} {coordinate.write(axis)} in {source_text!r} is {what}", text=source_text)


def _strip_words(tokens: Sequence[Token]) -> tuple[list[Token], list[Letter], list[Label]]:
    core = list(tokens)
    words: list[Token] = []
    while core and isinstance(core[0], Letter | Label):
        words.append(core.pop(0))
    while core and isinstance(core[-1], Letter | Label):
        words.append(core.pop())
    letters = [word for word in words if isinstance(word, Letter)]
    labels = [word for word in words if isinstance(word, Label)]
    return core, letters, labels


def _resolve_words(letters: list[Letter], labels: list[Label], source_text: str) -> tuple[Axis | None, int | None]:
    if len(letters) > 1 or len(labels) > 1:
        raise ReadingError(
            f"one coordinate of {source_text!r} carries two hemispheres or two labels; give each one letter",
            text=source_text,
        )
    axes = {letter.hemisphere.axis for letter in letters} | {label.axis for label in labels}
    if len(axes) > 1:
        raise ReadingError(
            f"{letters[0].hemisphere.letter} does not go with {labels[0].axis} in {source_text!r}; correct one of them",
            text=source_text,
        )
    return (axes.pop() if axes else None), (letters[0].hemisphere.sign if letters else None)


def _pair_marks(
    tokens: Sequence[Token], source_text: str, *, may_hyphenate: bool
) -> tuple[list[Number], list[int | None], bool]:
    numbers: list[Number] = []
    marks: list[int | None] = []
    hyphens = False
    for token in tokens:
        if isinstance(token, Number):
            numbers.append(token)
            marks.append(None)
        elif isinstance(token, Mark) and marks and marks[-1] is None:
            marks[-1] = token.component
        elif isinstance(token, Mark):
            raise ReadingError(
                f"a mark of {_COMPONENTS[token.component]} in {source_text!r} follows no number",
                text=source_text,
            )
        elif isinstance(token, Sign) and token.tight and may_hyphenate:
            # With a hemisphere letter on the whole coordinate a minus has no place in it: 19-52-04N.
            hyphens = True
        else:
            raise ReadingError(
                f"a letter, a word or a sign stands inside a coordinate of {source_text!r}; put it before or "
                "behind the whole coordinate",
                text=source_text,
            )
    if not numbers:
        raise ReadingError(f"half of the position is missing in {source_text!r}; give both", text=source_text)
    if len(numbers) > 3:
        raise ReadingError(
            f"one coordinate of {source_text!r} holds {len(numbers)} numbers; it can hold degrees, minutes and seconds",
            text=source_text,
        )
    return numbers, marks, hyphens


def _check_marks(marks: Sequence[int | None], source_text: str) -> None:
    for place, mark in enumerate(marks):
        if mark not in (None, place):
            raise ReadingError(
                f"a number marked as {_COMPONENTS[mark]} stands where {_COMPONENTS[place]} belong in "
                f"{source_text!r}; write degrees, minutes, seconds in this order, none left out",
                text=source_text,
            )


def _check_components(components: Sequence[PrintedNumber], source_text: str) -> None:
    for place, number in enumerate(components):
        name = _COMPONENTS[place]
        if number.whole_digits > _MAX_WHOLE_DIGITS[place]:
            raise ReadingError(
                f"{name} of {number.whole_digits} digits ({number.plain}) in {source_text!r}; part degrees, "
                "minutes and seconds by spaces or marks",
                text=source_text,
            )
        if place and number.value >= 60 and (number.decimals or place < len(components) - 1):
            raise ReadingError(
                f"{name} of {number.plain} in {source_text!r}: they end below 60; check the print",
                text=source_text,
            )
        if number.decimals and place < len(components) - 1:
            raise ReadingError(
                f"decimals on the {name} ({number.plain}) of {source_text!r} with "
                f"{_COMPONENTS[place + 1]} behind them; only the last number may have decimals",
                text=source_text,
            )
