"""Where positions are printed in a text: only the stretches; what they say is for the reader of positions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from geoinc.errors import AmbiguousReadingError, ReadingError
from geoinc.notation import read_position
from geoinc.notation.glyphs import DEGREE_GLYPHS, DOUBLE_QUOTES, MAX_CHARACTERS, SINGLE_QUOTES

__all__ = ["PrintedPosition", "find_positions"]

_DEGREE: Final = "".join(sorted(DEGREE_GLYPHS))
_MINUTE: Final = "".join(sorted(SINGLE_QUOTES))
_SECOND: Final = "".join(sorted(DOUBLE_QUOTES))
# Every quantifier is possessive: nothing is tried twice, so that a page of degree signs takes no longer than prose.
_GAP: Final = r"[^\S\n]{0,3}+\n?+[^\S\n]{0,3}+"
_NUMBER: Final = r"\d{1,3}+(?:[.,٫]\d{1,12}+)?+"
_WORDS: Final = (
    r"north|south|east|west|nord|sud|est|ouest|norte|sur|este|oeste|latitude|longitude"
    r"|شمالا|جنوبا|شرقا|غربا|شمال|جنوب|شرق|غرب"
)
_LETTER: Final = rf"(?>[NSEWO](?![^\W\d_])|(?:{_WORDS})(?![^\W\d_]))"
_LABEL: Final = r"(?>lat(?:itude)?+|lon(?:g(?:itude)?+)?+|lng)\.?+[^\S\n]?+[:=]?+"
_MARKED: Final = (
    rf"{_NUMBER}{_GAP}[{_DEGREE}]{_GAP}(?:{_NUMBER}{_GAP}(?![{_DEGREE}])[{_MINUTE}]?+{_GAP}"
    rf"(?:{_NUMBER}{_GAP}(?![{_DEGREE}])(?>[{_SECOND}]|[{_MINUTE}]{{2}})?+{_GAP})?+)?+"
)
_HALF: Final = rf"(?:{_LABEL}{_GAP})?+(?:{_LETTER}{_GAP})?+[-+−]?+(?>{_MARKED}|{_NUMBER}{_GAP})(?:{_LETTER})?+"
_AND: Final = r"(?>[,;/]|and|et|y|و|by)?+"
_PAIR: Final = re.compile(rf"(?<![\w.,]){_HALF}{_GAP}{_AND}{_GAP}{_HALF}", re.IGNORECASE)
_OTHER: Final = re.compile(
    r"(?<![\w/])(?:geo:[-+.,;=\w]{5,80}"  # RFC 5870
    r"|\d{4,6}(?:\.\d{1,6})?[NS] ?\d{5,7}(?:\.\d{1,6})?[EWO]"  # run together
    r"|[+-]\d{2,6}(?:\.\d{1,8})?[+-]\d{3,7}(?:\.\d{1,8})?(?:[+-][\d.]{1,8})?/"  # ISO 6709
    r"|\d{1,2}[C-HJ-NP-X] ?[A-HJ-NP-Z]{2} ?(?:\d{2} ?\d{2}|\d{3} ?\d{3}|\d{4} ?\d{4}|\d{5} ?\d{5})"  # MGRS
    r"|\d{1,2} ?[C-HJ-NP-X] \d{6}(?: ?m ?E)?[ ,]{1,2}\d{7}(?: ?m ?N)?"  # UTM
    r"|[23456789CFGHJMPQRVWX]{8}\+[23456789CFGHJMPQRVWX]{2,7})(?!\w)"  # Plus Code
)
_ANNOUNCED: Final = re.compile(
    r"(?:coordinates?|position|coordonn[ée]es|coordenadas|posici[óo]n|إحداثيات|الإحداثيات)\W{0,3}(?:\w{1,12}\W{1,3}){0,3}$",
    re.IGNORECASE,
)
_HEMISPHERES: Final = re.compile(rf"(?<![^\W\d_]){_LETTER}|{_LABEL}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PrintedPosition:
    """A printed position in the visible text.

    Attributes
    ----------
    start, end : int
        Where it stands.
    problem : str
        Why it cannot be read as it stands; empty where it can.
    """

    start: int
    end: int
    problem: str = ""


def find_positions(text: str, start: int, end: int) -> list[PrintedPosition]:
    """Return the positions printed in a stretch of text, in order.

    Two numbers are taken for a position only with degree signs, hemispheres or labels on both, or right behind
    a word that announces coordinates. What looks like a position and cannot be read is kept with the reason.

    Parameters
    ----------
    text : str
        The visible text.
    start, end : int
        The stretch.
    """
    # Notations that nothing else looks like come first: the numbers in them are not read again as a plain pair.
    found = [_read(text, match.start(), match.end()) for match in _OTHER.finditer(text, start, end)]
    found = [position for position in found if not position.problem]
    taken = [(position.start, position.end) for position in found]
    for match in _PAIR.finditer(text, start, end):
        apart = all(match.end() <= first or last <= match.start() for first, last in taken)
        if apart and _is_position(text, match):
            found.append(_read(text, match.start(), match.end()))
    return sorted(found, key=lambda each: each.start)


def _is_position(text: str, match: re.Match[str]) -> bool:
    printed = match.group()
    if sum(printed.count(glyph) for glyph in DEGREE_GLYPHS) == 2 or len(_HEMISPHERES.findall(printed)) >= 2:
        return True
    before = text[max(0, match.start() - 60) : match.start()]
    decimals = len(re.findall(r"\d[.,٫]\d", printed)) == 2
    return decimals and _ANNOUNCED.search(before) is not None


def _read(text: str, start: int, end: int) -> PrintedPosition:
    while end > start and text[end - 1].isspace():
        end -= 1
    printed = text[start:end]
    if len(printed) > MAX_CHARACTERS:
        return PrintedPosition(start, end, f"It is too long to be read ({len(printed)} characters).")
    try:
        read_position(printed)
    except AmbiguousReadingError as error:
        return PrintedPosition(start, end, f"Which is meant: {'; or '.join(error.readings)}?")
    except ReadingError as error:
        return PrintedPosition(start, end, f"It cannot be read as printed: {error}")
    return PrintedPosition(start, end)
