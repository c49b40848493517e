"""Printed figures of an incident file, read; what cannot be read is noted."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Concatenate, Final, ParamSpec, TypeVar

from geoinc.claims import Stated
from geoinc.errors import AmbiguousReadingError, ReadingError
from geoinc.incident.claim_entries import DeclaredDistance
from geoinc.incident.names import Note, UnresolvedError
from geoinc.incident.problems import Path, shown
from geoinc.intervals import Interval
from geoinc.quantities import Precision, Quantity, declared_quantity, read_quantity

__all__ = ["Figures"]

_SPEED = re.compile(r"(?P<number>.*\S)\s*(?P<unit>km/h|kph|m/s|kn|kt|kts|knots?)", re.IGNORECASE)
_LENGTH_AND_SECONDS: Final = {"km/h": ("km", 3600), "kph": ("km", 3600), "m/s": ("m", 1)}
_KNOT: Final = ("nmi", 3600)
_HOURS_AND_MINUTES = re.compile(
    r"(?P<words>.*?)\b(?P<hours>\d+)\s*h(?:ours?)?\s*(?:and\s+)?(?P<minutes>[0-5]?\d)(?:\s*min(?:utes?)?)?",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"(?P<number>.*\S)\s*(?P<unit>\b(?:hours?|hrs?|minutes?|mins?|seconds?|secs?|s)|(?<=\d)(?:h|min|s)|\bh)",
    re.IGNORECASE,
)
_SECONDS: Final = {"h": 3600, "m": 60, "s": 1}
_RATIO = re.compile(r"(?:1\s*:\s*(?P<behind>.*\S)|(?P<number>.*?\S)(?:\s*(?::|to)\s*1)?)", re.IGNORECASE)
_COEFFICIENT = re.compile(r"(?P<number>.*\S)\s*kg\s*(?:/\s*m(?:2|²|\^2)|m-2|m⁻²)", re.IGNORECASE)

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
        # Nothing is less than no length, so the rounding of a zero reaches up only: its middle is not its value.
        return 0.0 if quantity.interval.low == 0 else round(quantity.interval.middle, 6)

    def read_speed(self, path: Path, text: str, precision: str | None) -> Stated:
        """Return a speed in m/s."""
        match = _SPEED.fullmatch(text.strip())
        if match is None:
            self._note(path, f"{shown(text)} is no speed: write it with km/h, m/s or kn, such as 250 km/h")
            raise UnresolvedError
        length_unit, seconds = _LENGTH_AND_SECONDS.get(match["unit"].lower(), _KNOT)
        return self._read_number(path, text, f"{match['number']} {length_unit}", 1 / seconds, precision)

    def read_duration(self, path: Path, text: str, precision: str | None = None) -> Stated:
        """Return a duration in seconds."""
        parts = _HOURS_AND_MINUTES.fullmatch(text.strip())
        if parts is not None:
            minutes = int(parts["hours"]) * 60 + int(parts["minutes"])
            return self._read_number(path, text, f"{parts['words']}{minutes} m", 60.0, precision)
        match = _DURATION.fullmatch(text.strip())
        if match is None:
            self._note(path, f"{shown(text)} is no duration: write it with h, min or s, such as 90 min or 2 h 30 min")
            raise UnresolvedError
        return self._read_number(path, text, f"{match['number']} m", _SECONDS[match["unit"][0].lower()], precision)

    def read_ratio(self, path: Path, text: str, precision: str | None) -> Stated:
        """Return a glide ratio: 15, 15:1, 1:15 and 15 to 1 are the same."""
        match = _RATIO.fullmatch(text.strip())
        if match is None:
            self._note(path, f"{shown(text)} is no ratio: write 15 or 15:1")
            raise UnresolvedError
        return self._read_number(path, text, f"{match['behind'] or match['number']} m", 1.0, precision)

    def read_coefficient(self, path: Path, text: str, precision: str | None) -> Stated:
        """Return a ballistic coefficient in kg/m^2."""
        match = _COEFFICIENT.fullmatch(text.strip())
        if match is None:
            self._note(path, f"{shown(text)} is no ballistic coefficient: write it with kg/m2, such as 400 kg/m2")
            raise UnresolvedError
        return self._read_number(path, text, f"{match['number']} m", 1.0, precision)

    def _read_number(self, path: Path, text: str, length: str, factor: float, precision: str | None) -> Stated:
        """Read a figure in the words of lengths, whose unit stands in for its own."""
        model = self._precision or Precision(precision or Precision.LAST_DIGIT)
        try:
            interval = read_quantity(length, precision=model).interval
        except AmbiguousReadingError:
            self._note(path, f"{shown(text)} can be read in more than one way: write it with a point for decimals only")
            raise UnresolvedError from None
        except ReadingError:
            self._note(
                path, f"{shown(text)} has no number that can be read: write one number, with its qualifier if any"
            )
            raise UnresolvedError from None
        ends = (interval.low * factor, interval.high * factor)
        return Stated(text, Interval(*ends, low_open=interval.low_open, high_open=interval.high_open))

    def _read_declared(self, path: Path, distance: DeclaredDistance) -> Quantity:
        low_m = 0.0 if distance.low is None else self.read_length((*path, "low"), distance.low)
        high_m = math.inf if distance.high is None else self.read_length((*path, "high"), distance.high)
        if low_m > high_m:
            self._note((*path, "high"), "is less than low: exchange the two")
            raise UnresolvedError
        return self.read(declared_quantity, path, distance.printed, low_m, high_m)
