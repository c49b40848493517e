"""Everything that can go wrong, in one tree.

::

    GeoincError
    ├── UsageError                    wrong options, or an output that cannot be written     exit 2
    ├── InputError                    a file or a text that cannot be used                   exit 3
    │   ├── ReadingError              a printed position or quantity that cannot be read
    │   │   └── AmbiguousReadingError it can be read in more than one way: ``readings``
    │   ├── IncidentError             an incident file with problems: ``problems``
    │   ├── BoundaryFileError         a user's boundary file that cannot be read: ``problems``
    │   └── GeometryError             coordinates out of range, not finite, or too few
    └── BoundaryError                 boundary data missing, altered or unusable             exit 4
        ├── UnknownBoundaryError      no source holds this border, or no source has this name
        ├── IntegrityError            a file differs from its recorded hash
        ├── UnusableBoundaryError     a user's boundary file that cannot serve as it is: ``problems``
        │   └── MissingTerritoryError it does not hold both territories
        └── OutsideCoverageError      a position where the source's ground is not held
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "AmbiguousReadingError",
    "BoundaryError",
    "BoundaryFileError",
    "GeoincError",
    "GeometryError",
    "IncidentError",
    "InputError",
    "IntegrityError",
    "MissingTerritoryError",
    "OutsideCoverageError",
    "Problem",
    "ReadingError",
    "UnknownBoundaryError",
    "UnusableBoundaryError",
    "UsageError",
]


class GeoincError(Exception):
    """Base of every error that geoinc raises on purpose.

    Attributes
    ----------
    exit_code : int
        What the command line returns for it.
    """

    exit_code = 1


class UsageError(GeoincError):
    """Options that do not go together, or an output that cannot be written."""

    exit_code = 2


class InputError(GeoincError):
    """A file or a text that cannot be used."""

    exit_code = 3


class ReadingError(InputError):
    """A printed position, quantity or time that cannot be read.

    Attributes
    ----------
    text : str
        What was printed.
    """

    def __init__(self, message: str, *, text: str) -> None:
        super().__init__(message)
        self.text = text


class AmbiguousReadingError(ReadingError):
    """A text that can be read in more than one way; the reader does not choose.

    Attributes
    ----------
    readings : tuple of str
        The possible readings, each written so that it can be given instead.
    """

    def __init__(self, message: str, *, text: str, readings: tuple[str, ...]) -> None:
        super().__init__(f"{message}; it may mean: {'; or '.join(readings)}", text=text)
        self.readings = readings


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file: where, what, and what to do.

    Attributes
    ----------
    file : str
        Name of the file, as the user gave it.
    line : int or None
        Line, counted from 1; None where no single line is to blame.
    field : str
        Path of the field, for example ``claims[3].distance``.
    message : str
        What is wrong and what to do about it.
    """

    file: str
    line: int | None
    field: str
    message: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.field}: {self.message}" if self.field else f"{where}: {self.message}"


class IncidentError(InputError):
    """An incident file with one or more problems.

    Attributes
    ----------
    problems : tuple of Problem
        All that was found, in the order of the file.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class BoundaryFileError(InputError):
    """A user's boundary file, or what is declared beside it, that cannot be read.

    Attributes
    ----------
    problems : tuple of Problem
        All that was found.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class GeometryError(InputError):
    """Coordinates that are not finite, out of range, or too few to make a line."""


class BoundaryError(GeoincError):
    """Boundary data that are missing, altered or unusable."""

    exit_code = 4


class UnknownBoundaryError(BoundaryError):
    """No source holds this border, or no source goes by this name."""


class IntegrityError(BoundaryError):
    """A data file differs from its recorded hash."""


class OutsideCoverageError(BoundaryError):
    """A position where the source's ground is not held."""


class UnusableBoundaryError(BoundaryError):
    """A user's boundary file that can be read and cannot serve as it is.

    Attributes
    ----------
    problems : tuple of Problem
        All that was found.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class MissingTerritoryError(UnusableBoundaryError):
    """A user's boundary file that does not hold both territories."""
