"""A printed position to the pieces that it is made of, left to right in one pass."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from geoinc.errors import ReadingError
from geoinc.notation.glyphs import DEGREE_GLYPHS, DOUBLE_QUOTES, SINGLE_QUOTES
from geoinc.notation.numerals import PrintedNumber
from geoinc.notation.words import (
    ABBREVIATIONS,
    AMBIGUOUS_HEMISPHERES,
    AXIS_LABELS,
    FILLERS,
    UNIT_WORDS,
    Axis,
    Hemisphere,
    find_hemisphere,
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
    """What stands after a number: 0 for degrees, 1 for minutes, 2 for seconds; ``by_letter`` as in 19d52m04s."""

    component: int
    by_letter: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """A hemisphere.

    ``printed`` is the letter or the word as it stands in the text, ``span`` where it stands; ``meanings`` holds
    the hemispheres that it may name where they are more than one.
    """

    hemisphere: Hemisphere
    printed: str = ""
    span: tuple[int, int] = (0, 0)
    meanings: tuple[Hemisphere, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """The word latitude or longitude; ``language`` where it belongs to one alone."""

    axis: Axis
    language: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """A plus (1) or a minus (-1); ``tight`` where it stands between two digits and may be a hyphen."""

    sign: int
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Separator:
    """What parts the two coordinates: a comma, a semicolon, a slash, a dash between spaces."""


Token = Number | Mark | Letter | Label | Sign | Separator

_NUMBER_RUN: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_QUOTE_RUN: Final = re.compile("[" + re.escape("".join(sorted(SINGLE_QUOTES | DOUBLE_QUOTES))) + "]+")
_SEPARATORS: Final = frozenset(",;/")
# Degrees, minutes and seconds by their first letters, as programs print them: 19d52m04s.
_UNIT_LETTERS: Final = {"d": 0, "m": 1, "s": 2}
_COMPASS: Final = frozenset({"", "n", "s", "e", "w"})


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
        elif character in ":=" and self._may_pass(character):
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

    def _may_pass(self, character: str) -> bool:
        """Whether a colon or an equals sign stands behind a label, or a colon between two components."""
        before, after = self.text[self.at - 1 : self.at], self.text[self.at + 1 : self.at + 2]
        if not self.tokens:
            # Behind an opening such as "GPS:".
            return self.at > 0
        if isinstance(self.tokens[-1], Label):
            return True
        return character == ":" and before.isdecimal() and after.isdecimal()

    def _scan_word(self) -> None:
        start = end = self.at
        while end < len(self.text) and _joins_word(self.text[end]):
            end += 1
        word = self.text[start:end]
        if self._is_unit_letter(word):
            self.tokens.append(Mark(_UNIT_LETTERS[word[0]], by_letter=True))
            self.at += 1
            return
        self.at = end
        token = self._read_word(word, start)
        if token is not None:
            self.tokens.append(token)
        elif find_key(word) not in FILLERS:
            raise self._refuse_word(word, start)
        after = self.text[end + 1 : end + 2]
        if find_key(word) in ABBREVIATIONS and self.text[end : end + 1] == "." and not after.isdecimal():
            self.at += 1

    def _read_word(self, word: str, start: int) -> Token | None:
        key = find_key(word)
        span = (start, start + len(word))
        if key == "l" and self._follows_longitude():
            # German: ö. L., östlicher Länge; elsewhere the L of the Portuguese leste.
            return Label("longitude", "de")
        if hemisphere := find_hemisphere(word):
            return Letter(hemisphere, word, span)
        if key in AXIS_LABELS:
            return Label(*AXIS_LABELS[key])
        if key in UNIT_WORDS:
            return Mark(UNIT_WORDS[key])
        meanings = AMBIGUOUS_HEMISPHERES.get(key, ())
        return Letter(meanings[0], word, span, meanings) if meanings and not self._is_between_digits(span) else None

    def _is_between_digits(self, span: tuple[int, int]) -> bool:
        start, end = span
        return self.text[:start][-1:].isdecimal() and self.text[end : end + 1].isdecimal()

    def _refuse_word(self, word: str, start: int) -> ReadingError:
        if word in {"o", "O"} and self._is_between_digits((start, start + 1)):
            return ReadingError(
                f"the letter {word!r} between digits of {self.source_text!r} may be a degree sign, a zero or a "
                "hemisphere; write °",
                text=self.source_text,
            )
        return self._refuse(word)

    def _is_unit_letter(self, word: str) -> bool:
        """Whether `word` begins with d, m or s right behind the number that the letter marks."""
        component = _UNIT_LETTERS.get(word[0])
        if component is None or not self.text[self.at - 1 : self.at].isdecimal() or find_key(word[1:]) not in _COMPASS:
            return False
        if component == 0:
            return True
        before = self.tokens[-2] if len(self.tokens) > 1 else None
        if component == 1:
            return isinstance(before, Mark) and before.component == 0
        if before != Mark(1, by_letter=True):
            return False
        # 04s may be four seconds or south, unless the latitude has its letter before or behind.
        rest = self.text[self.at + 1 :].lstrip()
        near = find_hemisphere(rest[:1]) if rest[1:2] in {"", " "} or not rest[1].isalpha() else None
        latitude_known = any(isinstance(token, Letter) and token.hemisphere.axis == "latitude" for token in self.tokens)
        if latitude_known or (near is not None and (near.axis == "latitude" or not rest[1:].lstrip()[:1].isdecimal())):
            return True
        raise ReadingError(
            f"the letter 's' in {self.source_text!r} may mean seconds or south; write ″ for seconds, and N, S, E "
            "or W behind each coordinate",
            text=self.source_text,
        )

    def _follows_longitude(self) -> bool:
        last = self.tokens[-1] if self.tokens else None
        return isinstance(last, Letter) and last.hemisphere.axis == "longitude"

    def _is_between_letters(self) -> bool:
        """Whether a hemisphere stands behind what was read, or a word before what follows."""
        return bool(self.tokens) and (isinstance(self.tokens[-1], Letter) or self.text[self.at + 2 :][:1].isalpha())

    def _scan_sign(self) -> None:
        sign = self.text[self.at]
        after = self.text[self.at + 1 : self.at + 2]
        if "0" <= after <= "9":
            tight = self.text[self.at - 1 : self.at].isdecimal() and self.at > 0
            self.tokens.append(Sign(-1 if sign == "-" else 1, tight and sign == "-"))
        elif sign == "-" and after == " " and self._is_between_letters():
            # Beside a hemisphere letter a dash on its own can only part the two coordinates.
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
