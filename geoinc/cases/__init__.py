"""Bundled incident files, as they ship with the package."""

from __future__ import annotations

from importlib.resources import files

from geoinc.errors import InputError

__all__ = ["case_bytes", "case_names"]

_SUFFIX = ".yaml"


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
