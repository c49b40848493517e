"""Which code finds nearest points: plain numpy, or the same in compiled loops."""

from __future__ import annotations

import os
from enum import StrEnum
from importlib.util import find_spec

from geoinc.errors import UsageError

__all__ = ["Engine", "choose_engine", "count_threads"]

WORTH_COMPILING = 100_000
"""Positions from which on loading the compiled code saves more time than it takes; see docs/design/kernel.md."""


class Engine(StrEnum):
    """The code that finds nearest points.

    ``NUMPY`` is the reference. ``COMPILED`` needs numba (``pip install geoinc[fast]``), agrees with it to a
    micrometre in distance, and costs a fraction. ``AUTO`` takes the compiled code for calls of 100,000 positions
    or more where numba is installed: a rule by the call alone, so that the same call gives the same bytes.
    """

    AUTO = "auto"
    NUMPY = "numpy"
    COMPILED = "compiled"


def choose_engine(engine: Engine, count: int) -> Engine:
    """Decide between the two for a call with so many positions.

    Raises
    ------
    UsageError
        If the compiled code is asked for and numba is not installed.
    """
    if engine is Engine.NUMPY or (engine is Engine.AUTO and count < WORTH_COMPILING):
        return Engine.NUMPY
    if find_spec("numba") is not None:
        return Engine.COMPILED
    if engine is Engine.COMPILED:
        raise UsageError(
            "the compiled engine needs numba, which is not installed. Install geoinc[fast], or ask for engine='numpy'."
        )
    return Engine.NUMPY


def count_threads() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
