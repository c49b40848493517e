"""Printed numbers: their exact value, and what their last digit stands for.

A point and a comma both part decimals from units in one language and thousands from hundreds in another. A
number is read only where its own shape settles which is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from geoinc.errors import ReadingError

__all__ = ["PrintedNumber", "interpret_number"]


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number as it was printed.

    Attributes
    ----------
    value : Decimal
        Exact.
    decimals : int
        How many digits stand after the decimal sign.
    whole_digits : int
        How many digits stand before it, leading zeros included.
    """

    value: Decimal
    decimals: int
    whole_digits: int

    @classmethod
    def from_parts(cls, whole: str, fraction: str = "") -> PrintedNumber:
        """Return the number printed as the digits `whole`, a decimal sign, and the digits `fraction`."""
        return cls(Decimal(f"{whole}.{fraction}" if fraction else whole), len(fraction), len(whole))

    @property
    def unit(self) -> Decimal:
        """What 1 in the last printed place stands for: 0.1 for ``9.5``, 1 for ``441``."""
        return Decimal(1).scaleb(-self.decimals)

    @property
    def fraction(self) -> str:
        """The digits after the decimal sign, as printed."""
        return f"{self.value % 1:.{self.decimals}f}"[2:] if self.decimals else ""

    @property
    def plain(self) -> str:
        """The number with a point for its decimal sign and no leading zeros, every decimal kept."""
        return f"{self.value:f}"


_SHAPE: Final = re.compile(r"[0-9]+(?:[ .,'’٬][0-9]+)*")
_THOUSANDS_ONLY: Final = frozenset(" '’٬")


def interpret_number(text: str, *, source_text: str) -> tuple[PrintedNumber, ...]:
    """Return every number that the digits and signs of `text` may stand for.

    Parameters
    ----------
    text : str
        Folded (see `geoinc.notation.glyphs`), one unsigned number alone.
    source_text : str
        The whole printed text, for the message.

    Returns
    -------
    tuple of PrintedNumber
        One number; or two, the larger first, where a comma or a point before exactly three last digits may
        part thousands or decimals: ``1,329`` and ``1.329`` are 1329 to some readers and 1.329 to others.

    Raises
    ------
    ReadingError
        If it is no number, or its groups are not groups of three.

    Examples
    --------
    >>> [number.plain for number in interpret_number("10,2", source_text="10,2 km")]
    ['10.2']
    >>> [number.plain for number in interpret_number("1 329", source_text="1 329 km")]
    ['1329']
    >>> [number.plain for number in interpret_number("1,329", source_text="1,329 km")]
    ['1329', '1.329']
    """
    if not _SHAPE.fullmatch(text):
        raise ReadingError(
            f"{text!r} in {source_text!r} is not a number printed in digits, such as 9.5 or 1 329",
            text=source_text,
        )
    signs = [character for character in text if not character.isdecimal()]
    kinds = set(signs)
    last = signs[-1] if signs else ""
    if not signs:
        return (PrintedNumber.from_parts(text),)
    if len(kinds) == 1 and (len(signs) > 1 or last in _THOUSANDS_ONLY):
        return (PrintedNumber.from_parts(_join_groups(text, last, source_text)),)
    if len(kinds) == 1:
        whole, _, fraction = text.partition(last)
        decimal = PrintedNumber.from_parts(whole, fraction)
        if len(fraction) == 3 and len(whole) <= 3 and not whole.startswith("0"):
            return PrintedNumber.from_parts(whole + fraction), decimal
        return (decimal,)
    if len(kinds) == 2 and signs.count(last) == 1 and last not in _THOUSANDS_ONLY:
        head, _, fraction = text.rpartition(last)
        return (PrintedNumber.from_parts(_join_groups(head, signs[0], source_text), fraction),)
    raise ReadingError(
        f"{text!r} in {source_text!r} mixes its decimal and thousands signs; write it plainly, as 1329.5",
        text=source_text,
    )


def _join_groups(text: str, sign: str, source_text: str) -> str:
    first, *rest = text.split(sign)
    if len(first) > 3 or first.startswith("0") or any(len(group) != 3 for group in rest):
        raise ReadingError(
            f"{text!r} in {source_text!r} is not parted into groups of three digits; write it unparted",
            text=source_text,
        )
    return first + "".join(rest)
