"""JSON text to a tree with lines.

The standard library reads JSON without lines, and lets the last of two equal names win in silence; a file
with claims in it deserves better.

References
----------
RFC 8259, The JavaScript Object Notation (JSON) Data Interchange Format.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Callable
from typing import Any, Final, NoReturn

from geoinc.incident.problems import Problems
from geoinc.incident.tree import MappingNode, Node, SequenceNode, StopReadingError, TreeBuilder
from geoinc.incident.yaml_text import resolve_plain

__all__ = ["read_json"]

_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_WORDS: Final[dict[str, Any]] = {"true": True, "false": False, "null": None}


def read_json(text: str, problems: Problems) -> Node | None:
    """Return the tree of a JSON text.

    Parameters
    ----------
    text : str
        The whole file.
    problems : Problems
        Takes what is wrong.

    Returns
    -------
    Node or None
        None where no tree could be built.
    """
    builder = TreeBuilder(problems)
    try:
        _JsonReader(text, builder).read()
    except StopReadingError:
        return None
    return builder.root


class _JsonReader:
    """Walks once through the text; the builder's limit on depth keeps the recursion short."""

    def __init__(self, text: str, builder: TreeBuilder) -> None:
        self._text = text
        self._builder = builder
        self._at = 0
        self._line_ends = [match.start() for match in re.finditer("\n", text)]

    def read(self) -> None:
        self._read_value()
        if self._peek():
            self._fail("something follows the end of the document")

    def _read_value(self) -> None:
        char = self._peek()
        if char == "{":
            self._builder.open(MappingNode(self._line))
            self._read_members("}", self._read_pair)
        elif char == "[":
            self._builder.open(SequenceNode(self._line))
            self._read_members("]", self._read_value)
        elif char == '"':
            self._read_string()
        else:
            self._read_plain()

    def _read_members(self, end: str, read_member: Callable[[], None]) -> None:
        self._at += 1
        if self._peek() == end:
            self._at += 1
            self._builder.close()
            return
        char = ","
        while char == ",":
            read_member()
            char = self._peek()
            if char not in (",", end) or not char:
                self._fail(f"a comma or {end} is missing")
            self._at += 1
        self._builder.close()

    def _read_pair(self) -> None:
        if self._peek() != '"':
            self._fail("the name of a field must stand in double quotes, with no comma after the last field")
        self._read_string()
        if self._peek() != ":":
            self._fail("a colon is missing after the name of a field")
        self._at += 1
        self._read_value()

    def _read_string(self) -> None:
        match = _STRING.match(self._text, self._at)
        if match is None:
            self._fail("a text is not closed, or holds a raw tab, line break or control character")
        try:
            value = json.loads(match.group())
        except ValueError:
            self._fail("a text holds an unknown escape after a backslash")
        line = self._line
        self._at = match.end()
        self._builder.put(line, value, value)

    def _read_plain(self) -> None:
        line = self._line
        if number := _NUMBER.match(self._text, self._at):
            self._at = number.end()
            self._builder.put(line, number.group(), resolve_plain(number.group()))
            return
        for word, value in _WORDS.items():
            if self._text.startswith(word, self._at):
                self._at += len(word)
                self._builder.put(line, word, value)
                return
        self._fail("a value is missing or unreadable")

    def _peek(self) -> str:
        """Skip white space and return the next character; an empty text at the end."""
        space = _SPACE.match(self._text, self._at)
        self._at = self._at if space is None else space.end()
        return self._text[self._at : self._at + 1]

    @property
    def _line(self) -> int:
        return bisect_left(self._line_ends, self._at) + 1

    def _fail(self, message: str) -> NoReturn:
        self._builder.stop(f"not valid JSON: {message}", self._line)
