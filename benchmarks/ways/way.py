"""What a way of measuring is to the benchmark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import numpy as np
from numpy.typing import NDArray

__all__ = ["Measure", "NotMeasured", "Way"]

Array = NDArray[np.float64]
Measure = Callable[[Array, Array], Array]
"""Longitudes and latitudes in degrees to distances in metres."""

FAST_COUNT = 100_000


class NotMeasured(Exception):  # noqa: N818 (it is an answer, no failure)
    """A way cannot be run here; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way of measuring the distance from positions to a line.

    Attributes
    ----------
    id : str
        Under which its figures are stored.
    name : str
        As the table shows it.
    edges : str
        How it reads the edges of the line.
    packages : tuple of str
        What must be installed, by the names of the distributions; their versions are printed.
    set_up : callable
        Takes the vertices, shape (n, 2), and returns the measuring function. Everything that is made once for a
        line belongs here; it is timed apart and counted in.
    count : int
        How many positions its speed is measured with.
    own : bool
        Whether it is geoinc.
    """

    id: str
    name: str
    edges: str
    packages: tuple[str, ...]
    set_up: Callable[[Array], Measure]
    count: int = FAST_COUNT
    own: bool = False

    def versions(self) -> dict[str, str]:
        """Return the versions of its packages.

        Raises
        ------
        NotMeasured
            If one is not installed.
        """
        found = {}
        for package in self.packages:
            try:
                found[package] = version(package)
            except PackageNotFoundError as error:
                raise NotMeasured(f"{package} is not installed") from error
        return found
