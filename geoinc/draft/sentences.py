"""Blocks of text to sentences, and sentences to folded words that know where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from geoinc.draft.article import Article
from geoinc.draft.word_sets import word_set
from geoinc.notation.glyphs import DOUBLE_QUOTES, SINGLE_QUOTES

__all__ = ["Sentence", "Word", "fold_words", "sentences"]

LONGEST: Final = 1500
"""Characters after which a run of text is cut even without a full stop: what follows stays linear in the text."""

_WORDS_OF_PROSE: Final = 5
_END: Final = re.compile(r"(?<![.!?…؟])[.!?…؟]++[\"'”’»)\]]{0,9}+(?=\s|$)|[؛;](?=\s)")
_ABBREVIATIONS: Final = word_set(
    "no n° nos gen col lt capt cmdr maj sgt m mm mr mrs ms dr prof st ste approx ca env vs etc fig p art sr sra jr inc"
    " cf op jan feb mar apr jun jul aug sep sept oct nov dec janv fevr avr juil"
)
_TOKEN: Final = re.compile(r"\d+(?:[.,٬]\d+)*|[^\W\d_]+|\S")
_TATWEEL: Final = "\u0640"


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a number or a sign.

    Attributes
    ----------
    forms : tuple of str
        Folded; for an Arabic word also without its article and the letters that lean on it.
    start, end : int
        In the visible text.
    """

    forms: tuple[str, ...]
    start: int
    end: int

    @property
    def text(self) -> str:
        """The word as it stands, folded."""
        return self.forms[0]

    @property
    def is_number(self) -> bool:
        """Whether it begins with a digit."""
        return self.forms[0][0].isdecimal()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence.

    Attributes
    ----------
    start, end : int
        In the visible text.
    block : int
        Number of its block.
    words : tuple of Word
        In order.
    prose : bool
        False for what is too short to say anything of somebody: a label, an item of a menu.
    """

    start: int
    end: int
    block: int
    words: tuple[Word, ...]
    prose: bool


def sentences(article: Article) -> Iterator[Sentence]:
    """Return the sentences of an article in order."""
    for number, block in enumerate(article.blocks):
        for start, end in _part(article.text, block.start, block.end):
            words = fold_words(article.text, start, end)
            spoken = sum(1 for word in words if len(word.text) > 1 and word.text.isalpha())
            if words:
                yield Sentence(words[0].start, words[-1].end, number, words, spoken >= _WORDS_OF_PROSE)


def fold_words(text: str, start: int, end: int) -> tuple[Word, ...]:
    """Return the words of a stretch of text."""
    kept: list[str] = []
    places: list[int] = []
    for place in range(start, end):
        for character in _fold_character(text[place]):
            kept.append(character)
            places.append(place)
    folded = "".join(kept)
    return tuple(
        Word(_forms(match.group()), places[match.start()], places[match.end() - 1] + 1)
        for match in _TOKEN.finditer(folded)
    )


def _part(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    place = start
    for match in _END.finditer(text, start, end):
        if _is_abbreviation(text, match.start()) or match.end() - place < 2:
            continue
        yield from _cut_long(text, place, match.end())
        place = match.end()
    yield from _cut_long(text, place, end)


def _cut_long(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = space if space > start else start + LONGEST
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _is_abbreviation(text: str, place: int) -> bool:
    """Whether the full stop at `place` ends a shortened word, an initial or a heading's number."""
    if text[place] != ".":
        return False
    begin = place
    while begin > 0 and place - begin < 8 and (text[begin - 1].isalnum() or text[begin - 1] == "°"):
        begin -= 1
    word = text[begin:place]
    return word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper())


@cache
def _fold_character(character: str) -> str:
    """Return one character folded to one, to none, or left as it is."""
    folded = character.lower()
    if character.isspace():
        folded = " "
    elif character in SINGLE_QUOTES:
        folded = "'"
    elif character in DOUBLE_QUOTES or character in "«»":
        folded = '"'
    elif unicodedata.category(character) in {"Mn", "Cf"} or character == _TATWEEL:
        folded = ""
    elif unicodedata.category(character) == "Pd" or character == "\u2212":
        folded = "-"
    elif unicodedata.decimal(character, None) is not None:
        folded = str(unicodedata.decimal(character))
    elif character == "\u066b":
        folded = "."
    elif character in "ةى":
        folded = "ه" if character == "ة" else "ي"
    elif character.isalpha() and character not in "ºª":
        base = unicodedata.normalize("NFKD", folded)[:1]
        folded = base if base.isalpha() else folded
    return folded[:1]


@cache
def _forms(word: str) -> tuple[str, ...]:
    """Return a folded word and, for Arabic, what is left without leaning letters and article."""
    forms = [word]
    if len(word) > 2 and "\u0620" <= word[0] <= "\u06ff":
        if word[0] in "وف":
            forms.append(word[1:])
        for form in tuple(forms):
            if len(form) > 3 and form[0] in "بلك":
                forms.append(form[1:])
            if form.startswith("لل"):
                forms.append(form[2:])
        forms.extend(form[2:] for form in tuple(forms) if form.startswith("ال") and len(form) > 3)
    return tuple(dict.fromkeys(forms))
