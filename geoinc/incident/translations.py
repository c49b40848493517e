"""The file's own words in other languages, as its author wrote them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, Final

from geoinc.incident.problems import Path, shown

__all__ = ["read_translations"]

_SECTION: Final = "translations"
_LANGUAGES: Final = ("fr", "ar")


def read_translations(data: Mapping[str, Any], note: Callable[[Path, str], None]) -> Mapping[str, Mapping[str, str]]:
    """Return translations by language and by text.

    Parameters
    ----------
    data : mapping
        The whole file. Entries of the wrong shape are passed over: they were noted with the file.
    note : callable
        Called with the path and the message of each problem: a text that stands nowhere else in the file (a slip of
        the pen would leave the page untranslated without a word), one given twice, one without any translation.

    Returns
    -------
    mapping of str to mapping of str to str
    """
    held = frozenset(_texts({key: value for key, value in data.items() if key != _SECTION}))
    found: dict[str, dict[str, str]] = {language: {} for language in _LANGUAGES}
    seen: set[str] = set()
    entries = data.get(_SECTION)
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        text = entry.get("text") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(text, str):
            continue
        path: Path = (_SECTION, index, "text")
        if text not in held:
            near = get_close_matches(text, held, n=1, cutoff=0.8)
            meant = f"; did you mean {shown(near[0])}?" if near else ""
            note(path, f"{shown(text)} stands nowhere else in this file: copy the text word for word{meant}")
        if text in seen:
            note(path, f"{shown(text)} is translated twice: keep one")
        seen.add(text)
        given = {language: entry[language] for language in _LANGUAGES if isinstance(entry.get(language), str)}
        if not given:
            note(path, f"has no translation: add {' or '.join(f'{language}:' for language in _LANGUAGES)}")
        for language, words in given.items():
            found[language][text] = words
    return MappingProxyType({language: MappingProxyType(words) for language, words in found.items() if words})


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
