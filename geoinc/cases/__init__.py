"""Bundled incident files, as they ship with the package."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Final

from geoinc.errors import InputError

__all__ = ["case_bytes", "case_names", "case_title"]

_SUFFIX: Final = ".yaml"
# Read without a YAML parser, which costs more than the rest of a listing; each case keeps its title on one line.
_TITLE: Final = re.compile(r'^title: *"?(.+?)"? *$', re.MULTILINE)


def case_names() -> tuple[str, ...]:
    """Return the names of the bundled cases, sorted.

    Examples
    --------
    >>> "tz-98d" in case_names()
    True
    """
    return tuple(
        sorted(entry.name.removesuffix(_SUFFIX) for entry in files(__name__).iterdir() if entry.name.endswith(_SUFFIX))
    )


def case_bytes(name: str) -> bytes:
    """Return the bytes of a bundled case.

    Raises
    ------
    InputError
        If no case of this name is bundled.
    """
    if name not in case_names():
        raise InputError(f"no bundled case is called {name!r}; there is: {', '.join(case_names())}")
    return files(__name__).joinpath(name + _SUFFIX).read_bytes()


def case_title(name: str) -> str:
    """Return the title of a bundled case, in one line.

    Raises
    ------
    InputError
        If no case of this name is bundled, or it has no title on a line of its own.

    Examples
    --------
    >>> case_title("tz-98d")
    'Loss of drone TZ-98D near Tin Zaouatine'
    """
    found = _TITLE.search(case_bytes(name).decode("utf-8"))
    if found is None:
        raise InputError(f"the bundled case {name!r} has no title on a line of its own; was it edited?")
    return found.group(1)
