"""Letters that begin the names of two hemispheres, settled by what else is printed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Final

from geoinc.errors import AmbiguousReadingError, ReadingError
from geoinc.notation.tokens import Label, Letter, Token
from geoinc.notation.words import find_key

__all__ = ["languages_of", "settle_letters"]

_DOUBTS: Final = {
    "o": "west in French, Spanish and Portuguese, east in German",
    "ش": "it begins both north and east in Arabic",
}


def languages_of(tokens: Sequence[Token]) -> list[frozenset[str]]:
    """Return, for each word that belongs to some languages only, those languages."""
    found = [token.hemisphere.languages for token in tokens if isinstance(token, Letter) and not token.meanings]
    found += [frozenset({token.language}) for token in tokens if isinstance(token, Label) and token.language]
    return [each for each in found if each]


def settle_letters(tokens: list[Token], folded: str, *, source_text: str) -> list[Token]:
    """Return the tokens with each doubtful letter settled by the words and the letters beside it.

    Parameters
    ----------
    tokens : list of Token
        As `geoinc.notation.tokens.scan_tokens` returns them.
    folded : str
        The text that they were cut from.
    source_text : str
        The text as printed, for messages.

    Returns
    -------
    list of Token
        Without a letter of several meanings.

    Raises
    ------
    AmbiguousReadingError
        If more than one meaning is left.
    ReadingError
        If none is.
    """
    doubtful = [place for place, token in enumerate(tokens) if isinstance(token, Letter) and token.meanings]
    if not doubtful:
        return tokens
    if len(doubtful) > 2:
        raise ReadingError(
            f"{source_text!r} has {len(doubtful)} letters of two meanings; write N or S and E or W", text=source_text
        )
    spoken = languages_of(tokens)
    shared = frozenset.intersection(*spoken) if spoken else frozenset()
    options = []
    for choice in product(*(_meanings(tokens[place], shared) for place in doubtful)):
        settled = list(tokens)
        for place, letter in zip(doubtful, choice, strict=True):
            settled[place] = letter
        axes = [token.hemisphere.axis for token in settled if isinstance(token, Letter)]
        if len(set(axes)) == len(axes):
            options.append((settled, choice))
    if len(options) == 1:
        return options[0][0]
    name = folded[slice(*options[0][1][0].span)] if options else "of a hemisphere"
    if not options:
        raise ReadingError(
            f"a letter {name} in {source_text!r} goes with none of the others; write N or S and E or W",
            text=source_text,
        )
    raise AmbiguousReadingError(
        f"the letter {name!r} in {source_text!r} names two hemispheres: {_DOUBTS[find_key(name)]}",
        text=source_text,
        readings=tuple(_replace(folded, choice) for _, choice in options),
    )


def _meanings(token: Token, shared: frozenset[str]) -> list[Letter]:
    if not isinstance(token, Letter):
        return []
    return [
        Letter(meaning, token.printed, token.span)
        for meaning in token.meanings
        if not shared or shared & meaning.languages
    ]


def _replace(folded: str, letters: Sequence[Letter]) -> str:
    for letter in reversed(letters):
        start, end = letter.span
        folded = folded[:start] + letter.hemisphere.letter + folded[end:]
    return folded
