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

__all__ = ["LIMITS_DEG", "MARKS", "NOTATIONS", "Coordinate", "read_coordinate"]

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
    unmarked_tail : bool
        Whether the last component is a whole number without a mark behind one with a mark, as the 3 of
        ``44°51'3``: three seconds, or three tenths of a minute.
    comma : bool or None
        Whether the decimal sign is a comma; None without decimals.
    """

    components: tuple[PrintedNumber, ...]
    axis: Axis | None
    sign: int | None
    unmarked_tail: bool = False
    comma: bool | None = None

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
        """Return the coordinates that an unmarked tail may mean; itself where there is none."""
        if not self.unmarked_tail:
            return (self,)
        *head, before, tail = self.components
        # The digits as printed: in 51′03 the tail stands for three hundredths.
        decimals = f"{int(tail.value):0{tail.whole_digits}d}"
        joined = PrintedNumber.from_parts(before.plain, decimals)
        return (
            replace(self, unmarked_tail=False),
            replace(self, components=(*head, joined), unmarked_tail=False),
        )


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
    if core and isinstance(core[0], Sign):
        if letters:
            raise ReadingError(
                f"a sign and the letter {letters[0].hemisphere.letter} on one coordinate in {source_text!r}; "
                "keep one of them",
                text=source_text,
            )
        sign = core[0].sign
        core = core[1:]
    numbers, marks = _pair_marks(core, source_text)
    _check_marks(marks, source_text)
    _check_components([each.number for each in numbers], source_text)
    coordinate = Coordinate(
        components=tuple(each.number for each in numbers),
        axis=axis,
        sign=sign,
        unmarked_tail=(
            len(numbers) > 1 and marks[-1] is None and marks[-2] is not None and numbers[-1].number.decimals == 0
        ),
        comma=numbers[-1].comma if numbers[-1].number.decimals else None,
    )
    if axis is not None and not coordinate.fits(axis):
        raise _refuse_misfit(coordinate, axis, source_text)
    return coordinate


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


def _pair_marks(tokens: Sequence[Token], source_text: str) -> tuple[list[Number], list[int | None]]:
    numbers: list[Number] = []
    marks: list[int | None] = []
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
    return numbers, marks


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
        if place and number.value >= 60:
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
