"""A stored result computed again, and whatever differs."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from geoinc.api import assess
from geoinc.boundaries.own import OwnFile
from geoinc.errors import InputError
from geoinc.incident import load_incident
from geoinc.quantities import Precision

__all__ = ["Verification", "verify_result"]

TOLERANCE: Final = 1e-3
"""Figures that differ by no more than this (a millimetre, where they are metres) count as the same."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of computing a stored result again.

    Attributes
    ----------
    identical : bool
        Whether every byte of the document is the same.
    differences : tuple of str
        What differs in input, boundaries, rule or findings, one line each; empty where the result stands.
    """

    identical: bool
    differences: tuple[str, ...]


def verify_result(path: str | Path) -> Verification:
    """Compute a stored result of ``geoinc check --json`` again and compare.

    The incident file is looked for under the name in the manifest: a bundled case, or a path as it was given,
    from the present folder or from that of the result.

    Parameters
    ----------
    path : str or Path
        The stored document.

    Returns
    -------
    Verification

    Raises
    ------
    InputError
        If the document cannot be read, or its incident file is not found.
    """
    text, stored = _read(Path(path))
    manifest = stored["manifest"]
    options = manifest["options"]
    precision = options.get("precision")
    try:
        model = None if precision is None else Precision(precision)
        incident = load_incident(_incident_file(Path(path), manifest["input"]["file"]), precision=model)
        own = tuple(OwnFile.from_document(each) for each in options.get("boundary") or ())
        assessment = assess(incident, only=options.get("only") or None, edges=options.get("edges"), boundaries=own)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: its manifest cannot be followed ({error}); was it edited?") from error
    fresh = json.loads(assessment.to_json())
    if assessment.to_json() == text:
        return Verification(identical=True, differences=())
    return Verification(identical=False, differences=tuple(_differences(stored, fresh)))


def _read(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
        stored = json.loads(text)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; name a stored result of geoinc check --json") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: this is not a JSON document ({error})") from error
    try:
        complete = isinstance(stored["manifest"]["input"]["file"], str) and isinstance(stored["findings"], list)
        complete = complete and isinstance(stored["manifest"]["options"], dict)
    except (KeyError, TypeError):
        complete = False
    if not complete:
        raise InputError(f"{path}: this is not a whole result of geoinc check --json: findings or manifest are missing")
    return text, stored


def _incident_file(result: Path, name: str) -> str:
    beside = result.parent / name
    return str(beside) if not Path(name).exists() and beside.is_file() else name


def _differences(stored: Mapping[str, Any], fresh: Mapping[str, Any]) -> Iterator[str]:
    old, new = stored["manifest"], fresh["manifest"]
    if old["input"].get("sha256") != new["input"]["sha256"]:
        yield f"input: {new['input']['file']} is not the file that was assessed (its SHA-256 differs)"
    held = old.get("boundaries") or {}
    for source in sorted(held.keys() | new["boundaries"].keys()):
        then, now = held.get(source), new["boundaries"].get(source)
        if then is None or now is None:
            yield f"boundary: {source} is {'new' if then is None else 'no longer held'}"
        elif then.get("sha256") != now["sha256"]:
            yield f"boundary: {source} is not the data that was used (its SHA-256 differs)"
    if stored.get("rule") != fresh["rule"]:
        yield "rule: the decision rule differs"
    before = {each.get("id"): each for each in stored["findings"] if isinstance(each, dict)}
    after = {each["id"]: each for each in fresh["findings"]}
    for name in dict.fromkeys([*before, *after]):
        then, now = before.get(name), after.get(name)
        if then is None or now is None:
            yield f"finding {name}: {'is new' if then is None else 'does not come out any more'}"
        else:
            yield from (f"finding {name}: {line}" for line in _unlike(then, now, ""))
    yield from (f"measurements{line}" for line in _unlike(stored.get("measurements"), fresh["measurements"], ""))


def _unlike(then: Any, now: Any, where: str) -> Iterator[str]:
    """Each place at which two documents differ by more than the tolerance."""
    if isinstance(then, Mapping) and isinstance(now, Mapping):
        for key in dict.fromkeys([*then, *now]):
            yield from _unlike(then.get(key), now.get(key), f"{where}.{key}" if where else str(key))
    elif _is_list(then) and _is_list(now) and len(then) == len(now):
        for number, (one, other) in enumerate(zip(then, now, strict=True)):
            yield from _unlike(one, other, f"{where}[{number}]")
    elif _is_number(then) and _is_number(now):
        if not math.isclose(then, now, rel_tol=0.0, abs_tol=TOLERANCE):
            yield f"{where}: {then!r} is now {now!r}"
    elif then != now:
        yield f"{where}: {then!r} is now {now!r}"


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
