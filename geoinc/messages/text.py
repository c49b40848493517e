"""Text that is English to every reader and still knows how to be said in another language.

A sentence is written once, where it is found out: ``say("{tag} lies in {where}", tag=..., where=...)``. The result is
an ordinary string in English, for comparisons, documents and terminals. A `Voice` says the same sentence in another
language, with its figures, names and inner sentences said in that language too.

Whoever cuts, joins or formats such a string with the methods of ``str`` gets a plain string, which no voice can
translate: use `join` and the fields of another message instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from geoinc.messages.voice import Voice

__all__ = [
    "Capitalised",
    "Joined",
    "Message",
    "Text",
    "capital",
    "fill",
    "from_data",
    "join",
    "later",
    "say",
    "say_as",
    "say_many",
]

_FIELD: Final = re.compile(r"\{([a-z_][a-z_0-9]*)(?::([a-z]+))?\}")
"""A field; in a translation it may ask for a form of what stands there: ``{territory:en}`` is "au Mali"."""

_ARTICLE: Final = "the "
_AFTER_ARTICLE: Final = re.compile(r"\b[Tt]he $")


def fill(template: str, values: Mapping[str, str]) -> str:
    """Put values into the ``{fields}`` of a template, once: braces inside a value stay as they are.

    A name that brings its article stands after that of the sentence without it.

    Examples
    --------
    >>> fill("{tag} lies in {where}.", {"tag": "M1", "where": "{tag}"})
    'M1 lies in {tag}.'
    >>> fill("a position of the {point}", {"point": "the wreckage"})
    'a position of the wreckage'
    """
    return _put(template, lambda field: values[field[1]])


def _put(template: str, said: Callable[[re.Match[str]], str]) -> str:
    def put(field: re.Match[str]) -> str:
        text = said(field)
        twice = text[:4].lower() == _ARTICLE and _AFTER_ARTICLE.search(template, 0, field.start())
        return text[len(_ARTICLE) :] if twice else text

    return _FIELD.sub(put, template)


class Text(str):
    """English text that a voice can say in its own language."""

    __slots__ = ()

    def said(self, voice: Voice) -> str:
        """Return this text as the voice says it."""
        raise NotImplementedError


class Message(Text):
    """A template of the catalogue with what stands in its fields.

    Attributes
    ----------
    template : str
        English, with ``{fields}``; the key of the catalogue.
    values : mapping of str to str
        What stands in the fields; `Text` among them is said in the voice's language.
    context : str or None
        Tells apart messages whose English is the same.
    plural : str or None
        The English of the message for counts other than one.
    amount : int or None
        What `plural` depends on.
    """

    __slots__ = ("amount", "context", "plural", "template", "values")
    template: str
    values: Mapping[str, str]
    context: str | None
    plural: str | None
    amount: int | None

    @classmethod
    def of(
        cls,
        template: str,
        values: Mapping[str, Any],
        *,
        context: str | None = None,
        plural: str | None = None,
        count: int | None = None,
    ) -> Self:
        """Fill a template; values that are no text are written as `str` writes them."""
        texts = {name: value if isinstance(value, str) else str(value) for name, value in values.items()}
        english = template if plural is None or count == 1 else plural
        new = cls(fill(english, texts))
        new.template, new.values, new.context, new.plural, new.amount = template, texts, context, plural, count
        return new

    def said(self, voice: Voice) -> str:
        """Return the catalogue's template with each value said by the voice."""
        found = voice.template(self.template, context=self.context, plural=self.plural, count=self.amount)
        return _put(found, lambda field: voice.inside(self.values[field[1]], field[2]))


class Joined(Text):
    """Several texts in a row.

    Attributes
    ----------
    parts : tuple of str
    separator : str
    """

    __slots__ = ("parts", "separator")
    parts: tuple[str, ...]
    separator: str

    def said(self, voice: Voice) -> str:
        """Return each part as the voice says it, in the same order; names and quotations keep their own."""
        said = (voice(part) if isinstance(part, Text) else voice.inside(part) for part in self.parts)
        return voice(self.separator).join(said)


class Capitalised(Text):
    """A clause that begins a sentence.

    Attributes
    ----------
    clause : Text
    """

    __slots__ = ("clause",)
    clause: Text

    def said(self, voice: Voice) -> str:
        """Return the clause as the voice says it, its first letter large where letters have sizes."""
        said = voice(self.clause)
        return said[:1].upper() + said[1:]


def say(template: str, /, **values: Any) -> Message:
    """Write a sentence from the catalogue of messages.

    Parameters
    ----------
    template : str
        English with ``{fields}``, written out where it is called: the tool that gathers messages reads the source.
    **values
        What stands in the fields. `Text` keeps its language; a plain string is a name, a tag or a quotation.

    Returns
    -------
    Message

    Raises
    ------
    KeyError
        If a field has no value.

    Examples
    --------
    >>> say("{tag} lies in {where}.", tag="M1", where="Mali")
    'M1 lies in Mali.'
    """
    return Message.of(template, values)


def say_as(context: str, template: str, /, **values: Any) -> Message:
    """Write a text whose English alone does not tell what it means: "near" of places, "near" of times.

    Examples
    --------
    >>> say_as("compass", "N")
    'N'
    """
    return Message.of(template, values, context=context)


def later(template: str) -> str:
    """Mark a template that stands in a table and is said elsewhere, so that it is gathered all the same.

    Examples
    --------
    >>> say(later("{claim} counts from {places}"), claim="M2", places="Tinzaouaten")
    'M2 counts from Tinzaouaten'
    """
    return template


def from_data(text: str) -> Message:
    """Say a text that the bundled data hold: the title of a source, how it came to be.

    It is gathered from the data, and has no fields.
    """
    return Message.of(text, {}, context="boundary data")


def say_many(template: str, plural: str, count: int, /, **values: Any) -> Message:
    """Write a sentence that depends on a count; ``{count}`` may stand in it.

    Examples
    --------
    >>> say_many("{count} source decides.", "{count} sources decide.", 3)
    '3 sources decide.'
    """
    from geoinc.messages.leaves import number  # noqa: PLC0415 - leaves are texts themselves

    return Message.of(template, {"count": number(count), **values}, plural=plural, count=count)


def capital(clause: Text) -> Capitalised:
    """Begin a sentence with a clause.

    Examples
    --------
    >>> capital(say("the stated speed allows it"))
    'The stated speed allows it'
    """
    new = Capitalised(clause[:1].upper() + clause[1:])
    new.clause = clause
    return new


def join(parts: Iterable[str | None], separator: str = " ") -> Joined:
    """Put texts in a row; empty ones, and None, are left out.

    Examples
    --------
    >>> join([say("One."), "", say("Two.")])
    'One. Two.'
    """
    kept = tuple(part for part in parts if part)
    new = Joined(separator.join(kept))
    new.parts, new.separator = kept, separator
    return new
