"""How functions are compiled. Nothing but compiled code imports this: numba takes a third of a second to load."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

__all__ = ["jit"]

_F = TypeVar("_F", bound=Callable[..., Any])


def jit(function: _F) -> _F:
    """Compile a function when it is first called, and keep the result on disk where there is a place for it."""
    try:
        made = numba.njit(nogil=True, cache=True, error_model="numpy")(function)
    except RuntimeError:
        # Neither the package's folder nor the user's cache can be written: it is compiled anew in every process.
        made = numba.njit(nogil=True, error_model="numpy")(function)
    return cast("_F", made)
