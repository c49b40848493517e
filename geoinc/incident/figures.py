"""Printed figures of an incident file, read; what cannot be read is noted."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Concatenate, Final, ParamSpec, TypeVar

from geoinc.errors import ReadingError
from geoinc.incident.names import Note, UnresolvedError
from geoinc.incident.problems import Path, shown
from geoinc.incident.schema import DeclaredDistance
from geoinc.quantities import Precision, Quantity, declared_quantity, read_quantity

__all__ = ["Figures"]

_SPEED = re.compile(r"(?P<length>.*\S)\s*(?P<unit>km/h|kph|m/s|kn|kt|kts|knots?)", re.IGNORECASE)
_LENGTH_AND_SECONDS: Final = {"km/h": ("km", 3600), "kph": ("km", 3600), "m/s": ("m", 1)}
_KNOT: Final = ("nmi", 3600)

_Options = ParamSpec("_Options")
_Result = TypeVar("_Result")


class Figures:
    """Reads what was printed.

    Parameters
    ----------
    precision : Precision or None
        Takes the place of every claim's own model, save declared intervals.
    note : callable
        Takes the path and the message of a problem.
    """

    def __init__(self, precision: Precision | None, note: Note) -> None:
        self._precision = precision
        self._note = note

    def read(
        self,
        reader: Callable[Concatenate[str, _Options], _Result],
        path: Path,
        text: str,
        *args: _Options.args,
        **options: _Options.kwargs,
    ) -> _Result:
        """Return what `reader` makes of a text.

        Raises
        ------
        UnresolvedError
            If it cannot be read; the reason is noted.
        """
        try:
            return reader(text, *args, **options)
        except ReadingError as error:
            message = str(error)
            self._note(path, message if text in message else f"{shown(text)}: {message}")
            raise UnresolvedError from None

    def read_distance(self, path: Path, distance: str | DeclaredDistance, precision: str | None = None) -> Quantity:
        """Return a distance under its precision model, or the interval that the file declares."""
        if isinstance(distance, DeclaredDistance):
            return self._read_declared(path, distance)
        model = self._precision or Precision(precision or Precision.LAST_DIGIT)
        return self.read(read_quantity, path, distance, precision=model)

    def replaced_model(self, precision: str | None) -> Precision | None:
        """Return a claim's own model where another one was asked for in its place; else None."""
        own = Precision(precision or Precision.LAST_DIGIT)
        return None if self._precision in (None, own) else own

    def read_length(self, path: Path, text: str) -> float:
        """Return one plain length in metres: the value itself, with no rounding in mind."""
        quantity = self.read(read_quantity, path, text)
        if quantity.bound != "value":
            self._note(path, f"{shown(text)} must be one plain length, such as 30 km")
            raise UnresolvedError
        return round(quantity.interval.middle, 6)

    def read_speed(self, path: Path, text: str, precision: str | None) -> tuple[float, float | None]:
        """Return the least and the greatest speed in m/s; None for no greatest one."""
        match = _SPEED.fullmatch(text.strip())
        if match is None:
            self._note(path, f"{shown(text)} is no speed: write it with km/h, m/s or kn, such as 250 km/h")
            raise UnresolvedError
        length_unit, seconds = _LENGTH_AND_SECONDS.get(match["unit"].lower(), _KNOT)
        interval = self.read_distance(path, f"{match['length']} {length_unit}", precision).interval
        high = interval.high / seconds if math.isfinite(interval.high) else None
        return interval.low / seconds, high

    def _read_declared(self, path: Path, distance: DeclaredDistance) -> Quantity:
        low_m = 0.0 if distance.low is None else self.read_length((*path, "low"), distance.low)
        high_m = math.inf if distance.high is None else self.read_length((*path, "high"), distance.high)
        if low_m > high_m:
            self._note((*path, "high"), "is less than low: exchange the two")
            raise UnresolvedError
        return self.read(declared_quantity, path, distance.printed, low_m, high_m)
