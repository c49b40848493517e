"""Printed phrases, folded so that tables can hold one spelling of each."""

from __future__ import annotations

from geoinc.notation.glyphs import SINGLE_QUOTES, fold_characters
from geoinc.notation.words import fold_word

__all__ = ["fold_phrase"]


def fold_phrase(text: str) -> str:
    r"""Return `text` as the keys of the tables of words are written.

    Lower case, without accents, straight apostrophes, single spaces. Only letters are folded by compatibility:
    ``²`` must not become a digit.

    Examples
    --------
    >>> fold_phrase("À plus de 9\u00a0km")
    'a plus de 9 km'
    >>> fold_phrase("jusqu’à 2 kilomètres")
    "jusqu'a 2 kilometres"
    """
    return "".join(
        "'" if character in SINGLE_QUOTES else fold_word(character) if _is_letter(character) else character
        for character in fold_characters(text)
    )


def _is_letter(character: str) -> bool:
    # Combining marks too: a letter and its accent apart fold as the two in one do. º and ª are signs here.
    return (character.isalpha() or "\u0300" <= character <= "\u036f" or "\u064b" <= character <= "\u0655") and (
        character not in "ºª"
    )
