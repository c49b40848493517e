"""YAML 1.2 text to a tree with lines, read from the parser's events.

Anchors, aliases, merge keys and tags are met as events, before anything could be expanded or built from them.
Dates stay text: the incident file says itself what a date or a time is.

References
----------
YAML Ain't Markup Language, version 1.2.2, sections 6.8 (directives), 6.9 (tags and anchors) and 10.3 (core
schema).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from geoinc.incident.problems import Problems, shown
from geoinc.incident.tree import (
    STAND_IN_PLANE,
    UNPRINTABLE,
    MappingNode,
    Node,
    SequenceNode,
    StopReadingError,
    TreeBuilder,
)

__all__ = ["read_yaml", "resolve_plain"]

_LONGEST_NUMBER: Final = 300  # no field wants a longer one, and Python itself balks at some length
_WORDS: Final[Mapping[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT = re.compile(r"[-+]?[0-9]+")
_INT_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_NO_CHARACTER = re.compile(r"\\U(?!000|0010)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


def read_yaml(text: str, problems: Problems) -> Node | None:
    """Return the tree of a YAML text.

    Parameters
    ----------
    text : str
        The whole file.
    problems : Problems
        Takes what is wrong.

    Returns
    -------
    Node or None
        None where no tree could be built, or where it holds what may not be trusted.
    """
    builder = TreeBuilder(problems)
    trusted = True
    documents = 0
    try:
        for event in _parse(text, builder):
            line = event.start_mark.line + 1
            if isinstance(event, DocumentStartEvent):
                documents += 1
                _check_document(event, documents, builder)
            elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
                builder.close()
            elif isinstance(event, NodeEvent):
                refusal = _refuse(event, wants_name=builder.wants_name)
                if refusal is not None:
                    trusted = False
                    builder.refuse(refusal, line)
                _take(event, builder, line)
    except StopReadingError:
        return None
    return builder.root if trusted else None


def resolve_plain(text: str) -> Any:
    """Return what an unquoted scalar stands for by the core schema of YAML 1.2; dates and all else stay text.

    Examples
    --------
    >>> resolve_plain("no"), resolve_plain("9.5"), resolve_plain("2025-04-06"), resolve_plain("~")
    ('no', 9.5, '2025-04-06', None)
    """
    if len(text) > _LONGEST_NUMBER:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _INT_OTHER_BASE.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        return float(re.sub(r"\.(?=[iInN])", "", text))
    return text


def _parse(text: str, builder: TreeBuilder) -> Iterator[Event]:
    safe = UNPRINTABLE.sub(lambda match: chr(STAND_IN_PLANE + ord(match.group())), text.replace("\r\n", "\n"))
    try:
        yield from YAML(typ="safe", pure=True).parse(safe)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        builder.stop(_explain(error), None if mark is None else mark.line + 1)
    except YAMLError as error:
        builder.stop(f"not readable as YAML: {shown(str(error), quote=False)}", None)
    except (OverflowError, ValueError):
        found = _NO_CHARACTER.search(safe)
        line = None if found is None else safe.count("\n", 0, found.start()) + 1
        builder.stop("an escape after a backslash names no character: \\U ends at \\U0010FFFF", line)


def _explain(error: MarkedYAMLError) -> str:
    found = (error.problem or error.context or "unknown problem").strip().rstrip(".")
    if "'\\t'" in found:
        return "a tab where YAML wants spaces: indent with spaces"
    return f"not valid YAML: {shown(found, quote=False)}; check indentation, colons and quotes here"


def _check_document(event: DocumentStartEvent, count: int, builder: TreeBuilder) -> None:
    line = event.start_mark.line + 1
    if count > 1:
        builder.stop("a second document starts here; an incident file holds one", line)
    if event.tags or event.version not in (None, (1, 2)):
        builder.stop("%TAG and %YAML directives are not used in incident files: remove them", line)


def _refuse(event: NodeEvent, *, wants_name: bool) -> str | None:
    """Return why a value cannot stand in an incident file, or None."""
    if isinstance(event, AliasEvent):
        return "an alias (*) is not used in incident files: write the value out"
    if event.anchor is not None:
        return "an anchor (&) is not used in incident files: write the value out at each place"
    if isinstance(event, (ScalarEvent, MappingStartEvent, SequenceStartEvent)) and event.tag is not None:
        return "a tag (!) is not used in incident files: remove it"
    if wants_name and isinstance(event, ScalarEvent) and event.value == "<<" and event.style is None:
        return "a merge key (<<) is not used in incident files: write the fields out"
    return None


def _take(event: NodeEvent, builder: TreeBuilder, line: int) -> None:
    if isinstance(event, MappingStartEvent):
        builder.open(MappingNode(line))
    elif isinstance(event, SequenceStartEvent):
        builder.open(SequenceNode(line))
    elif isinstance(event, ScalarEvent):
        builder.put(line, event.value, resolve_plain(event.value) if event.style is None else event.value)
    else:
        builder.put(line, "", "")
