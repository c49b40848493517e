"""What a way of measuring is to the benchmark."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version

import numpy as np
from numpy.typing import NDArray

__all__ = ["Elsewhere", "Measure", "NotMeasured", "Way"]

Array = NDArray[np.float64]
Measure = Callable[[Array, Array], Array]
"""Longitudes and latitudes in degrees to distances in metres."""

FAST_COUNT = 100_000


class Elsewhere(ABC):
    """A measure whose work another process of this machine does."""

    @abstractmethod
    def __call__(self, lon: Array, lat: Array) -> Array:
        """Give the distances of positions that were loaded."""

    @abstractmethod
    def load(self, lon: Array, lat: Array) -> None:
        """Bring the positions to where they are measured."""

    @abstractmethod
    def cpu_s(self) -> float:
        """CPU time that the other process has used so far, in seconds."""

    @abstractmethod
    def close(self) -> None:
        """Let the other process go."""


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
    counts : mapping of str to int
        With how many positions its speed is measured on a line; where nothing is said, with 100,000.
    judged : mapping of str to int
        How many positions its error is taken from, where it is too slow for all.
    own : bool
        Whether it is geoinc.
    ask_versions : callable, optional
        Gives versions that no distribution holds.
    """

    id: str
    name: str
    edges: str
    packages: tuple[str, ...]
    set_up: Callable[[Array], Measure]
    counts: Mapping[str, int] = field(default_factory=dict)
    judged: Mapping[str, int] = field(default_factory=dict)
    own: bool = False
    ask_versions: Callable[[], dict[str, str]] = dict

    def versions(self) -> dict[str, str]:
        """Return the versions of its packages.

        Raises
        ------
        NotMeasured
            If one is not installed, or cannot be reached.
        """
        found = {}
        for package in self.packages:
            try:
                found[package] = version(package)
            except PackageNotFoundError as error:
                raise NotMeasured(f"{package} is not installed") from error
        return found | self.ask_versions()
