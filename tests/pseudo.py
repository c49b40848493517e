"""A language that nobody speaks: English with every template in brackets, so that text without a message shows.

Say a text, a page or a report with `PseudoVoice`: what comes from a template, a list, a date or the name of a territory
then stands between ``⟦`` and ``⟧``. What is left outside of brackets must be figures, or the case's own words, tags and
names as they stand in its file. `unsaid` finds what is none of these::

    own = own_texts(data)
    assert not unsaid(PseudoVoice()(finding.statement), own)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Literal

from geoinc.claims import PositionClaim
from geoinc.findings import AssessmentData
from geoinc.messages import Text, Voice

OPEN, CLOSE = "⟦", "⟧"
_FIELD = re.compile(r"(\{[a-z_][a-z_0-9]*\})")
_SAID = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_APART = re.compile(r"[,;:()/·|–—=]|\s[-+]\s")


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

    __slots__ = ()

    def template(self, template: str, *, context: str | None, plural: str | None, count: int | None) -> str:
        return bracketed(template if plural is None or count == 1 else plural)

    def day(self, value: date, *, with_year: bool = True) -> str:
        return f"{OPEN}{Voice.day(self, value, with_year=with_year)}{CLOSE}"

    def items(self, parts: tuple[str, ...], last: Literal["and", "or"]) -> str:
        said = [self.inside(part) for part in parts]
        between = f"{OPEN}, {CLOSE}"
        return "".join(said) if len(said) < 2 else f"{between.join(said[:-1])}{OPEN} {last} {CLOSE}{said[-1]}"

    def territory(self, code: str) -> str | None:
        return f"{OPEN}{code}{CLOSE}"


def unsaid(said: str, own: Set[str]) -> list[str]:
    """Return what stands outside of brackets and is none of `own`, which comes from `own_texts`."""
    return [
        piece
        for text in _outside(said)
        if _plain(text) not in own
        for piece in _APART.split(text)
        if _WORDS.search(piece) and _plain(piece) not in own
    ]


def _outside(said: str) -> list[str]:
    """What stands outside of brackets, piece by piece."""
    return [part for part in _SAID.split(said) if part.strip()]


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" .\"'“”«»?!").casefold()


def own_texts(data: AssessmentData, names: Iterable[str] = ()) -> frozenset[str]:
    """Return every text of the case, and the ids and names of places, of sources and of others given."""
    held = [text for text in _strings((data.incident, data.places, data.sources)) if not isinstance(text, Text)]
    return frozenset(_plain(text) for text in (*held, *names))


def _strings(value: object) -> Iterator[str]:
    """Every string inside data, the keys of mappings too."""
    if isinstance(value, str) and not isinstance(value, Enum):
        yield value
    elif isinstance(value, Mapping):
        yield from (key for key in value if isinstance(key, str))
        yield from _strings(tuple(value.values()))
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _strings(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from _strings(getattr(value, each.name))


def sentences(data: AssessmentData) -> Iterator[tuple[str, str]]:
    """Every text that an assessment says to people, with where it stands."""
    for finding in data.findings:
        for name in ("statement", "fragile_by", "missing", "smallest_change", "informativeness", "alternatives"):
            yield from ((f"{finding.id} {name}", text) for text in _strings(getattr(finding, name)))
        for source, answer in finding.by_source.items():
            rows = answer.budget.rows if answer.budget is not None else ()
            told = (answer.why, [(row.name, row.basis) for row in rows])
            yield from ((f"{finding.id} {source}", text) for text in _strings(told))
        # A code has no spaces.
        evidence = (text for text in _strings(tuple(finding.evidence.values())) if " " in text)
        yield from ((f"{finding.id} evidence", text) for text in evidence)
    for claim, measured in data.measurements.items():
        for each in measured:
            yield from (
                (f"measured {claim} {each.source}", text) for text in _strings((each.why, each.accuracy_detail))
            )
    for claim in data.incident.claims:
        if isinstance(claim, PositionClaim):
            yield from ((f"reading {claim.id}", text) for text in claim.reading.warnings)
    for source in data.sources:
        told = (source.title, source.ancestry, source.accuracy.document if source.accuracy else None)
        yield from ((source.id, text) for text in _strings(told))
    yield from (("notices", text) for text in data.notices)
    yield from (("rule", text) for text in data.rule["steps"])
