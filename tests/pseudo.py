"""A language that nobody speaks: English with every template in brackets, so that text without a message shows.

Say a text, a page or a report with `PseudoVoice`: what comes from a template, a list, a date or the name of a territory
then stands between ``⟦`` and ``⟧``, and what is left outside of them must be figures, tags, names or the case's own
words. `unsaid` finds the words that are none of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, Literal

from geoinc.claims import Incident
from geoinc.messages import Voice
from geoinc.places import Place

OPEN, CLOSE = "⟦", "⟧"
_FIELD = re.compile(r"(\{[a-z_][a-z_0-9]*\})")
_SAID = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_WORD = re.compile(r"[^\W\d_]{2,}")
# Units stay as they are when a figure is written with its unit in one template; these stand in names of things.
UNITS = frozenset({"km", "min"})


def bracketed(template: str) -> str:
    """Put the words of a template in brackets, and its fields outside of them.

    Examples
    --------
    >>> bracketed("{tag} lies in {where}.")
    '{tag}⟦ lies in ⟧{where}⟦.⟧'
    """
    return "".join(
        part if _FIELD.fullmatch(part) else f"{OPEN}{part}{CLOSE}" for part in _FIELD.split(template) if part
    )


class PseudoVoice(Voice):
    """Says everything in English, in brackets."""

    def template(self, template: str, *, context: str | None, plural: str | None, count: int | None) -> str:
        return bracketed(template if plural is None or count == 1 else plural)

    def day(self, value: date, *, with_year: bool = True) -> str:
        return f"{OPEN}{super(PseudoVoice, self).day(value, with_year=with_year)}{CLOSE}"

    def items(self, parts: tuple[str, ...], last: Literal["and", "or"]) -> str:
        said = [self.inside(part) for part in parts]
        between = f"{OPEN}, {CLOSE}"
        return "".join(said) if len(said) < 2 else f"{between.join(said[:-1])}{OPEN} {last} {CLOSE}{said[-1]}"

    def territory(self, code: str) -> str | None:
        return f"{OPEN}{code}{CLOSE}"


def residue(said: str) -> str:
    """Return what stands outside of brackets."""
    while (left := _SAID.sub(" ", said)) != said:
        said = left
    return said


def unsaid(said: str, own: Set[str]) -> list[str]:
    """Return the words outside of brackets that are none of the case's own; `own` comes from `own_words`."""
    return [word for word in _WORD.findall(residue(said)) if word.casefold() not in own]


def own_words(incident: Incident, places: Iterable[Place] = (), names: Iterable[str] = ()) -> frozenset[str]:
    """Return every word of a case file, of the places named in it or around it, and of other proper names given."""
    texts = [*_strings(incident), *(text for place in places for text in _strings(place)), *names]
    return frozenset(word.casefold() for text in texts for word in _WORD.findall(text)) | UNITS


def _strings(value: object) -> Iterator[str]:
    """Every plain string inside data; sentences that know their message are none of the case's own."""
    for _, text in texts_in(value):
        if type(text) is str:
            yield text


def texts_in(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every string inside data, with its path; keys of mappings are ids and are passed over."""
    if isinstance(value, Enum):
        return
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from texts_in(each, f"{path}[{key}]")
    elif isinstance(value, list | tuple | set | frozenset):
        for number, each in enumerate(value):
            yield from texts_in(each, f"{path}[{number}]")
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            if not each.name.startswith("_"):
                yield from texts_in(getattr(value, each.name), f"{path}.{each.name}")
