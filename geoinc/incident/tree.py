"""A document as a tree that remembers its lines, and the builder that both file formats share.

Whatever an incident never needs is refused here, while the tree grows: deep nesting, names given twice,
control characters, more values than any case has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

from geoinc.incident.problems import Path, Problems, shown

__all__ = [
    "MappingNode",
    "Node",
    "ScalarNode",
    "SequenceNode",
    "StopReadingError",
    "TreeBuilder",
    "find_line",
]

MAX_DEPTH: Final = 16
MAX_NODES: Final = 20_000

# What no printed word holds: controls but tab and line feed, halves of surrogate pairs, non-characters.
UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# The YAML reader would stop at these and name no field: they wait in a private plane until it is known.
STAND_IN_PLANE: Final = 0xF0000
_STAND_IN = re.compile("[\U000f0000-\U000f0008\U000f000b-\U000f001f\U000f007f-\U000f009f\U000ffffe\U000fffff]")


@dataclass(slots=True)
class ScalarNode:
    """A single value: as it was written, and what it stands for."""

    line: int
    text: str
    value: Any


@dataclass(slots=True)
class SequenceNode:
    """A list."""

    line: int
    items: list[Node] = field(default_factory=list)

    @property
    def value(self) -> list[Any]:
        """The plain list."""
        return [item.value for item in self.items]


@dataclass(slots=True)
class MappingNode:
    """Fields with their values, and the line of each field's name."""

    line: int
    items: dict[str, Node] = field(default_factory=dict)
    key_lines: dict[str, int] = field(default_factory=dict)

    @property
    def value(self) -> dict[str, Any]:
        """The plain dictionary."""
        return {key: item.value for key, item in self.items.items()}


Node = ScalarNode | SequenceNode | MappingNode


class StopReadingError(Exception):
    """Nothing after this place can be read; the problem is already noted."""


@dataclass(slots=True)
class _Frame:
    node: SequenceNode | MappingNode
    path: Path
    key: str | None = None


class TreeBuilder:
    """Puts values into the tree one by one and notes what is refused on the way.

    Parameters
    ----------
    problems : Problems
        Where the notes go.

    Attributes
    ----------
    root : Node or None
        The tree.
    """

    def __init__(self, problems: Problems) -> None:
        self.root: Node | None = None
        self._problems = problems
        self._stack: list[_Frame] = []
        self._nodes = 0

    @property
    def path(self) -> Path:
        """Where the next value goes."""
        if not self._stack:
            return ()
        frame = self._stack[-1]
        if isinstance(frame.node, SequenceNode):
            return (*frame.path, len(frame.node.items))
        return frame.path if frame.key is None else (*frame.path, frame.key)

    @property
    def wants_name(self) -> bool:
        """Whether the next value is the name of a field."""
        return bool(self._stack) and isinstance(self._stack[-1].node, MappingNode) and self._stack[-1].key is None

    def open(self, node: SequenceNode | MappingNode) -> None:
        """Put a collection into the tree; what follows goes into it until :meth:`close`."""
        if self.wants_name:
            self.stop("a list or mapping stands where the name of a field is expected", node.line)
        frame = _Frame(node, self.path)
        if len(self._stack) >= MAX_DEPTH:
            self.stop(f"nested more than {MAX_DEPTH} levels deep; an incident file needs fewer", node.line)
        self._put(node)
        self._stack.append(frame)

    def close(self) -> None:
        """End the collection that was opened last."""
        self._stack.pop()

    def put(self, line: int, text: str, value: Any) -> None:
        """Put a single value into the tree, or take it for the name of the field that follows."""
        if self.wants_name:
            self._name(self._stack[-1], line, text, value)
            return
        if isinstance(value, str):
            self._check_characters(self.path, value, line)
        self._put(ScalarNode(line, text, value))

    def refuse(self, message: str, line: int) -> None:
        """Note a problem with the next value and go on."""
        self._problems.add(self.path, message, line=line)

    def stop(self, message: str, line: int | None) -> NoReturn:
        """Note a problem after which nothing can be read.

        Raises
        ------
        StopReadingError
            Always.
        """
        self._problems.add(self.path, message, line=line)
        raise StopReadingError

    def _name(self, frame: _Frame, line: int, text: str, value: Any) -> None:
        names = frame.node.key_lines if isinstance(frame.node, MappingNode) else {}
        path = (*frame.path, text)
        if not isinstance(value, str):
            message = f"a name must be text and {shown(text)} is none to YAML: put quotes round it"
            self._problems.add(path, message, line=line)
        self._check_characters(path, text, line)
        if text in names:
            message = f"given twice; the first stands in line {names[text]}: keep one"
            self._problems.add(path, message, line=line)
        names.setdefault(text, line)
        frame.key = text

    def _put(self, node: Node) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self.stop(f"the file holds more than {MAX_NODES} values; split it", node.line)
        if not self._stack:
            self.root = node
            return
        frame = self._stack[-1]
        if isinstance(frame.node, SequenceNode):
            frame.node.items.append(node)
        elif frame.key is not None:
            frame.node.items.setdefault(frame.key, node)
            frame.key = None

    def _check_characters(self, path: Path, text: str, line: int) -> None:
        codes = [ord(char) for char in UNPRINTABLE.findall(text)]
        codes += [ord(char) - STAND_IN_PLANE for char in _STAND_IN.findall(text)]
        if codes:
            self._problems.add(path, f"holds the control character U+{codes[0]:04X}; remove it", line=line)


def find_line(root: Node | None, path: Path) -> int | None:
    """Return the line of a field, or of the nearest thing around it that is in the tree."""
    line = None if root is None else root.line
    node = root
    for part in path:
        if isinstance(node, MappingNode) and isinstance(part, str) and part in node.items:
            line, node = node.key_lines[part], node.items[part]
        elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
            line = node.line
        else:
            break
    return line
