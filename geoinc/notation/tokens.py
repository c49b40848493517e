"""A printed position to the pieces that it is made of, left to right in one pass."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from geoinc.errors import AmbiguousReadingError, ReadingError
from geoinc.notation.glyphs import DEGREE_GLYPHS, DOUBLE_QUOTES, SINGLE_QUOTES
from geoinc.notation.numerals import PrintedNumber
from geoinc.notation.words import (
    AMBIGUOUS_HEMISPHERES,
    AXIS_LABELS,
    FILLERS,
    HEMISPHERES,
    UNIT_WORDS,
    Axis,
    Hemisphere,
    find_key,
)

__all__ = ["Label", "Letter", "Mark", "Number", "Separator", "Sign", "Token", "scan_tokens"]


@dataclass(frozen=True, slots=True)
class Number:
    """An unsigned number; ``comma`` where a comma is its decimal sign."""

    number: PrintedNumber
    comma: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands after a number: 0 for degrees, 1 for minutes, 2 for seconds."""

    component: int


@dataclass(frozen=True, slots=True)
class Letter:
    """A hemisphere."""

    hemisphere: Hemisphere


@dataclass(frozen=True, slots=True)
class Label:
    """The word latitude or longitude."""

    axis: Axis


@dataclass(frozen=True, slots=True)
class Sign:
    """A plus (1) or a minus (-1)."""

    sign: int


@dataclass(frozen=True, slots=True)
class Separator:
    """What parts the two coordinates: a comma, a semicolon, a slash, a dash between spaces."""


Token = Number | Mark | Letter | Label | Sign | Separator

_NUMBER_RUN: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_QUOTE_RUN: Final = re.compile("[" + re.escape("".join(sorted(SINGLE_QUOTES | DOUBLE_QUOTES))) + "]+")
_SEPARATORS: Final = frozenset(",;/")


def scan_tokens(folded: str, *, source_text: str) -> list[Token]:
    """Cut a printed position into its pieces.

    Parameters
    ----------
    folded : str
        The text, folded (see `geoinc.notation.glyphs`).
    source_text : str
        The text as printed, for messages.

    Returns
    -------
    list of Token
        In the order of print.

    Raises
    ------
    AmbiguousReadingError
        For a letter that names two hemispheres.
    ReadingError
        For a character or word that no coordinate holds, or commas that may part numbers or decimals.
    """
    scanner = _Scanner(folded, source_text)
    while scanner.at < len(folded):
        scanner.step()
    return scanner.tokens


class _Scanner:
    """The text, how far it has been read, and the tokens found."""

    def __init__(self, text: str, source_text: str) -> None:
        self.text = text
        self.source_text = source_text
        self.at = 0
        self.tokens: list[Token] = []

    def step(self) -> None:
        """Read the next piece."""
        character = self.text[self.at]
        if character == " ":
            self.at += 1
        elif "0" <= character <= "9":
            self._scan_number()
        elif character in DEGREE_GLYPHS:
            self.tokens.append(Mark(0))
            self.at += 1
        elif character in SINGLE_QUOTES or character in DOUBLE_QUOTES:
            self._scan_quotes()
        elif character.isalpha():
            self._scan_word()
        elif character in _SEPARATORS:
            self.tokens.append(Separator())
            self.at += 1
        elif character in "+-":
            self._scan_sign()
        elif character == ":" and self.tokens and isinstance(self.tokens[-1], Label):
            self.at += 1
        else:
            raise self._refuse(character)

    def _refuse(self, piece: str) -> ReadingError:
        return ReadingError(
            f"{piece!r} in {self.source_text!r} belongs to no coordinate; "
            "give the coordinates alone, such as 19°52′04.738″N 2°53′38.101″E",
            text=self.source_text,
        )

    def _scan_number(self) -> None:
        match = _NUMBER_RUN.match(self.text, self.at)
        run = match.group() if match else self.text[self.at]
        self.at += len(run)
        pieces = run.split(",")
        if len(pieces) == 1:
            self.tokens.append(self._number(run))
        elif len(pieces) == 2 and "." in run:
            self.tokens += [self._number(pieces[0]), Separator(), self._number(pieces[1])]
        elif len(pieces) == 2:
            self.tokens.append(Number(PrintedNumber.from_parts(pieces[0], pieces[1]), comma=True))
        else:
            raise ReadingError(
                f"the commas of {run!r} in {self.source_text!r} may part numbers or decimals; write decimal "
                "points, and a hemisphere letter behind each coordinate",
                text=self.source_text,
            )

    def _number(self, digits: str) -> Number:
        whole, _, fraction = digits.partition(".")
        if "." in fraction:
            raise ReadingError(
                f"{digits!r} in {self.source_text!r} has more than one decimal point; write degrees, minutes "
                "and seconds with their marks, such as 19°52′04.7″",
                text=self.source_text,
            )
        return Number(PrintedNumber.from_parts(whole, fraction))

    def _scan_quotes(self) -> None:
        match = _QUOTE_RUN.match(self.text, self.at)
        run = match.group() if match else self.text[self.at]
        if len(run) == 1:
            self.tokens.append(Mark(2 if run in DOUBLE_QUOTES else 1))
        elif len(run) == 2 and SINGLE_QUOTES.issuperset(run):
            self.tokens.append(Mark(2))
        else:
            raise ReadingError(
                f"{run!r} in {self.source_text!r} is neither a mark of minutes nor "
                "one of seconds; write ′ for minutes and ″ for seconds",
                text=self.source_text,
            )
        self.at += len(run)

    def _scan_word(self) -> None:
        end = self.at
        while end < len(self.text) and _joins_word(self.text[end]):
            end += 1
        word = self.text[self.at : end]
        key = find_key(word)
        if key in HEMISPHERES:
            self.tokens.append(Letter(HEMISPHERES[key]))
        elif key in AXIS_LABELS:
            self.tokens.append(Label(AXIS_LABELS[key]))
            if self.text[end : end + 1] == ".":
                end += 1
        elif key in UNIT_WORDS:
            self.tokens.append(Mark(UNIT_WORDS[key]))
        elif word == "o" and self.text[self.at - 1 : self.at].isdecimal() and self.text[end : end + 1].isdecimal():
            raise ReadingError(
                f"the letter 'o' between digits of {self.source_text!r} may be a degree sign; write °",
                text=self.source_text,
            )
        elif key in AMBIGUOUS_HEMISPHERES:
            raise self._refuse_letter(word, AMBIGUOUS_HEMISPHERES[key], end)
        elif key not in FILLERS:
            raise self._refuse(word)
        self.at = end

    def _refuse_letter(self, word: str, meanings: tuple[Hemisphere, ...], end: int) -> ReadingError:
        return AmbiguousReadingError(
            f"the letter {word!r} in {self.source_text!r} is west in French, Spanish and Portuguese, east in German",
            text=self.source_text,
            readings=tuple(f"{self.text[: self.at]}{meaning.letter}{self.text[end:]}" for meaning in meanings),
        )

    def _scan_sign(self) -> None:
        sign = self.text[self.at]
        after = self.text[self.at + 1 : self.at + 2]
        if "0" <= after <= "9":
            self.tokens.append(Sign(-1 if sign == "-" else 1))
        elif sign == "-" and after == " " and self.tokens and isinstance(self.tokens[-1], Letter):
            # After a hemisphere letter a dash on its own can only part the two coordinates.
            self.tokens.append(Separator())
        else:
            raise ReadingError(
                f"a {sign!r} in {self.source_text!r} stands before no digit; put a "
                "sign directly before its number, and a comma between the coordinates",
                text=self.source_text,
            )
        self.at += 1


def _joins_word(character: str) -> bool:
    if character in DEGREE_GLYPHS or character in SINGLE_QUOTES or character in DOUBLE_QUOTES:
        return False
    return character.isalpha() or bool(unicodedata.combining(character))
