"""Voices: one language with its words, figures, dates and direction of writing.

Words come from a catalogue in gettext's PO format, one file for each language beside this module; figures, dates,
lists and names of states from the Unicode Common Locale Data Repository, as Babel carries it. Babel is loaded for
another language than English only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO
from typing import Final, Literal
from unicodedata import bidirectional

from geoinc.errors import UsageError
from geoinc.messages.french import first_of_month, formed
from geoinc.messages.leaves import TerritoryName
from geoinc.messages.leaves import day as english_day
from geoinc.messages.leaves import items as english_items
from geoinc.messages.leaves import number as english_number
from geoinc.messages.text import Text

__all__ = ["ENGLISH", "LANGUAGES", "Voice", "voice_for"]

LANGUAGES: Final = ("en", "fr", "ar")
"""Languages that the page and the report are held in."""

ENGLISH: Final = "en"

_RIGHT_TO_LEFT: Final = frozenset({"ar"})
_ISOLATE, _END = "\u2068", "\u2069"
_LEFTWARDS: Final = "\u200f"

_APART: Final = re.compile(f"{_ISOLATE}[^{_ISOLATE}{_END}]*{_END}")
_SIGNS: Final = frozenset("−-+±°%′″")
_TURNING: Final = frozenset({"L", "LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})

Translate = Callable[[str, str | None, str | None, int | None], str]


@dataclass(frozen=True, slots=True)
class Voice:
    """Says texts in one language.

    Attributes
    ----------
    language : str
        ``"en"``, ``"fr"`` or ``"ar"``.
    own : mapping of str to str
        Translations of the case's own words (labels, titles, assumptions), by what the case file says.
    translate : callable
        The catalogue: template, context, plural, count -> template in this language.
    """

    language: str = ENGLISH
    own: Mapping[str, str] = field(default_factory=dict)
    translate: Translate | None = None

    @property
    def right_to_left(self) -> bool:
        """Whether this language is written from right to left."""
        return self.language in _RIGHT_TO_LEFT

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The value of HTML's ``dir``."""
        return "rtl" if self.right_to_left else "ltr"

    def __call__(self, text: str) -> str:
        """Say a text; a plain string is the case's own, and stays as it is where no translation is held."""
        if isinstance(text, Text):
            said = text.said(self)
            return f"{_LEFTWARDS}{said}" if self.right_to_left and _begins_otherwise(said) else said
        return self.own.get(text, text)

    def inside(self, text: str, form: str | None = None) -> str:
        """Say a text that stands inside another: from right to left, one that runs otherwise is kept apart.

        A form, such as "au Mali" for Mali, is made where the language has forms; others say the name as it is.
        """
        said = self(text)
        if form is not None and self.language == "fr":
            said = formed(said, form, territory=isinstance(text, TerritoryName) or said in _territories(self.language))
        return f"{_ISOLATE}{said}{_END}" if self.right_to_left and _turns(said) else said

    def template(self, template: str, *, context: str | None, plural: str | None, count: int | None) -> str:
        """Return the catalogue's template for an English one."""
        if self.translate is None:
            return template if plural is None or count == 1 else plural
        return self.translate(template, context, plural, count)

    def number(self, value: Decimal, *, grouped: bool = False) -> str:
        """Write a number with this language's signs, digit for digit; thousands parted if it is grouped."""
        if self.language == ENGLISH:
            return str(english_number(value, group="," if grouped else ""))
        from babel.numbers import format_decimal  # noqa: PLC0415 - not for English

        decimals = max(0, -int(value.as_tuple().exponent))
        pattern = ("#,##0" if grouped else "0") + (f".{'0' * decimals}" if decimals else "")
        return format_decimal(value, format=pattern, locale=self.language).replace("-", "−")

    def day(self, value: date, *, with_year: bool = True) -> str:
        """Write a day."""
        if self.language == ENGLISH:
            return str(english_day(value, with_year=with_year))
        from babel.dates import format_date, format_skeleton  # noqa: PLC0415 - not for English

        if with_year:
            written = format_date(value, format="long", locale=self.language)
        else:
            written = format_skeleton("MMMMd", value, locale=self.language)
        return first_of_month(written, value.day) if self.language == "fr" else written

    def items(self, parts: tuple[str, ...], last: Literal["and", "or"]) -> str:
        """Join a list."""
        said = [self.inside(part) for part in parts]
        if self.language == ENGLISH or len(said) < 2:
            return str(english_items(said, last=last))
        from babel.lists import format_list  # noqa: PLC0415 - not for English

        return format_list(said, style="standard" if last == "and" else "or", locale=self.language)

    def territory(self, code: str) -> str | None:
        """Return the name of a territory by its alpha-3 code; None in English, or where no name is held."""
        if self.language == ENGLISH:
            return None
        from babel import Locale  # noqa: PLC0415 - not for English
        from babel.core import get_global  # noqa: PLC0415

        aliases = get_global("territory_aliases").get(code, [])
        return Locale(self.language).territories.get(aliases[0]) if aliases else None


def _turns(said: str) -> bool:
    """Whether a text would be turned round, or turn round what is beside it, in a line from right to left.

    Letters of that script and figures keep their order by themselves; what is kept apart already asks for no more.
    """
    while (left := _APART.sub("", said)) != said:
        said = left
    return any(sign in _SIGNS or bidirectional(sign) in _TURNING for sign in said)


@cache
def _territories(language: str) -> frozenset[str]:
    """The names of all territories: a party may bear one, and is then spoken of as that territory is."""
    from babel import Locale  # noqa: PLC0415 - not for English

    return frozenset(Locale(language).territories.values())


def _begins_otherwise(said: str) -> bool:
    """Whether a sentence from right to left begins with a tag or a name that runs otherwise.

    What looks at its first letter for the direction of the whole, as HTML and isolates do, would turn it round.
    """
    directions = [found for found in map(bidirectional, said) if found in {"L", "R", "AL"}]
    return directions[:1] == ["L"] and len(set(directions)) > 1


@cache
def _translations(language: str) -> GNUTranslations:
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - not for English
    from babel.messages.pofile import read_po  # noqa: PLC0415

    source = files("geoinc.messages").joinpath(f"catalogue/{language}.po").read_bytes()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(source), locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _translator(translations: GNUTranslations) -> Translate:
    def translate(template: str, context: str | None, plural: str | None, count: int | None) -> str:
        if plural is not None and count is not None:
            if context is not None:
                return translations.npgettext(context, template, plural, count)
            return translations.ngettext(template, plural, count)
        if context is not None:
            return translations.pgettext(context, template)
        return translations.gettext(template)

    return translate


def voice_for(language: str, own: Mapping[str, str] | None = None) -> Voice:
    """Return the voice of a language.

    Parameters
    ----------
    language : str
        One of `LANGUAGES`.
    own : mapping of str to str, optional
        Translations of the case's own words.

    Raises
    ------
    UsageError
        If there is no such language.

    Examples
    --------
    >>> voice_for("en")("as it is")
    'as it is'
    """
    if language not in LANGUAGES:
        raise UsageError(f"there are no words in {language!r}; choose one of: {', '.join(LANGUAGES)}")
    if language == ENGLISH:
        return Voice()
    return Voice(language, dict(own or {}), _translator(_translations(language)))
