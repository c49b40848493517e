"""What a pydantic error means for the author of an incident file: which field, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final

from pydantic_core import ErrorDetails

from geoinc.incident.fields import (
    ID_PATTERN,
    LANGUAGE_PATTERN,
    SHA256_PATTERN,
    TAG_PATTERN,
    TERRITORY_PATTERN,
    TEXT_PATTERN,
    URL_PATTERN,
)
from geoinc.incident.problems import Path, shown
from geoinc.incident.schema import published_schema
from geoinc.incident.tree import MappingNode, Node, ScalarNode, SequenceNode

__all__ = ["explain"]

_PATTERNS: Final[Mapping[str, str]] = {
    ID_PATTERN: "is no id: use up to 80 letters a-z, digits and - _ . : without space",
    TERRITORY_PATTERN: "is no territory code: write three capital letters (ISO 3166-1 alpha-3), such as MLI",
    TEXT_PATTERN: "is empty: write it, or leave the field out where it may be absent",
    TAG_PATTERN: "is no tag: use 1 to 12 characters with no space",
    URL_PATTERN: "is no web address: it must begin with http:// or https:// and hold no space, < > or quotes",
    SHA256_PATTERN: "is no SHA-256: write 64 hexadecimal digits in lower case",
    LANGUAGE_PATTERN: "is no language code: write one such as fr, ar or en-GB",
}
_FIELDS: Final = "must hold fields with names, one on each line: name: value"
_ITEMS: Final = "must be a list: [a, b], or one item on each line behind a dash"
_SHAPES: Final[Mapping[str, str]] = {
    "dict_type": _FIELDS,
    "model_type": _FIELDS,
    "model_attributes_type": _FIELDS,
    "list_type": _ITEMS,
    "tuple_type": _ITEMS,
}
# Fields whose numbers are nothing without a unit.
_LENGTHS: Final = frozenset({"accuracy", "altitude", "distance", "high", "low", "within"})


def explain(error: ErrorDetails, root: Node) -> tuple[Path, str]:
    """Return the path of an error in the file, and its message.

    Parameters
    ----------
    error : pydantic_core.ErrorDetails
        One error of the validation of an incident file.
    root : Node
        The tree that was validated.
    """
    path = _clean_path(error["loc"])
    kind = error["type"]
    node = _find_node(root, path)
    if kind == "missing":
        return _explain_missing(path)
    if kind == "union_tag_not_found":
        return (*path, "kind"), f"is missing: say which kind of claim it is, {_list(_claim_kinds())}"
    if kind == "union_tag_invalid":
        path = (*path, "kind")
        node = _find_node(root, path)
    if kind == "extra_forbidden":
        message = _explain_unknown(error["loc"])
    elif kind in ("string_type", "literal_error", "union_tag_invalid"):
        message = _explain_value(path, node, error)
    elif kind in ("too_short", "too_long"):
        message = _explain_length(error)
    elif kind in _SHAPES:
        message = _SHAPES[kind]
    else:
        message = _explain_other(node, error)
    return path, message


def _clean_path(loc: Sequence[str | int]) -> Path:
    """Leave out what pydantic adds to a path: the kind of a claim, tags of unions, marks of keys."""
    parts = list(loc)
    if parts[:1] == ["claims"] and len(parts) > 2:
        del parts[2]
    return tuple(part for part in parts if not _is_mark(part))


def _is_mark(part: str | int) -> bool:
    """Whether pydantic set this part of a path to tell the members of a union, or a key from its value."""
    return isinstance(part, str) and part.startswith(("(", "["))


def _explain_missing(path: Path) -> tuple[Path, str]:
    if isinstance(path[-1], int):
        return path[:-1], "needs two entries, such as [link_lost, wreck]"
    described = _schema_at(path).get("description")
    return path, f"is missing: {described}" if described else "is missing"


def _explain_unknown(loc: Sequence[str | int]) -> str:
    known = list(_schema_at(tuple(loc[:-1])).get("properties", {}))
    near = get_close_matches(str(loc[-1]), known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"known here: {', '.join(sorted(known))}"
    return f"is no field of an incident file; {hint}"


def _explain_value(path: Path, node: Node | None, error: ErrorDetails) -> str:
    field = next((part for part in reversed(path) if isinstance(part, str)), "")
    if not isinstance(node, ScalarNode):
        return "must be a text, not a list and not fields of its own"
    if node.value is None:
        return "is empty: write a text, or leave the field out where it may be absent"
    written = shown(node.text, quote=False)
    if error["type"] == "string_type":
        number = isinstance(node.value, (int, float)) and not isinstance(node.value, bool)
        if number and field in _LENGTHS:
            return f'{shown(node.text)} has no unit: write it with one, "{written} m" or "{written} km"'
        return f'{shown(node.text)} must be a text: put quotes round it, "{written}"'
    context = error.get("ctx", {})
    known = str(context.get("expected_tags", context.get("expected", "")))
    names = [part for part in known.replace(" or ", ", ").replace("'", "").split(", ") if part]
    near = get_close_matches(node.text, names, n=1)
    hint = f"did you mean {near[0]}?" if near else f"write {_list(names)}"
    return f"{shown(node.text)} is not known here; {hint}"


def _explain_length(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    least, most = context.get("min_length"), context.get("max_length")
    if error["type"] == "too_short":
        return "must not be empty" if least == 1 else f"needs at least {least} entries"
    return f"has more than {most} entries: leave {most}"


def _explain_other(node: Node | None, error: ErrorDetails) -> str:
    said = str(error["msg"]).removeprefix("Input ")
    if error["type"] == "string_pattern_mismatch":
        said = _PATTERNS[str(error.get("ctx", {})["pattern"])]
    return f"{shown(node.text)} {said}" if isinstance(node, ScalarNode) else said


def _claim_kinds() -> list[str]:
    return list(published_schema()["properties"]["claims"]["items"]["discriminator"]["mapping"])


def _list(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _find_node(root: Node, path: Path) -> Node | None:
    node: Node | None = root
    for part in path:
        if isinstance(node, MappingNode) and isinstance(part, str):
            node = node.items.get(part)
        elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
        else:
            return None
    return node


def _schema_at(loc: Sequence[str | int]) -> dict[str, Any]:
    """Return what the published schema says of a place; the kind of a claim is part of `loc`."""
    document = published_schema()
    found = [document]
    for part in (each for each in loc if not _is_mark(each)):
        found = [below for each in found for below in _step(_expand(each, document), part, document)]
    merged: dict[str, Any] = {"properties": {}}
    for each in (flat for one in found for flat in _expand(one, document)):
        merged["properties"].update(each.get("properties", {}))
        if "description" in each:
            merged.setdefault("description", each["description"])
    return merged


def _expand(schema: dict[str, Any], document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a schema and all that it may stand for: what it refers to, the members of its unions."""
    expanded = [schema]
    for each in expanded:
        if "$ref" in each:
            expanded.append(document["$defs"][each["$ref"].rsplit("/", 1)[-1]])
        expanded.extend([*each.get("anyOf", ()), *each.get("oneOf", ())])
    return expanded


def _step(schemas: list[dict[str, Any]], part: str | int, document: dict[str, Any]) -> list[dict[str, Any]]:
    below: list[dict[str, Any]] = []
    for schema in schemas:
        kinds = schema.get("discriminator", {}).get("mapping", {})
        if part in kinds:
            return [document["$defs"][kinds[part].rsplit("/", 1)[-1]]]
        if isinstance(part, int):
            below.extend(schema.get("prefixItems", [])[part : part + 1])
            below.extend([schema["items"]] if isinstance(schema.get("items"), dict) else [])
        elif part in schema.get("properties", {}):
            below.append(schema["properties"][part])
        else:
            below.extend(schema.get("patternProperties", {}).values())
            if isinstance(schema.get("additionalProperties"), dict):
                below.append(schema["additionalProperties"])
    return below
