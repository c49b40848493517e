"""What is found while a user's boundary file is read: refused, or worth saying, always with its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NoReturn

from geoinc.errors import BoundaryFileError, MissingTerritoryError, Problem, UnusableBoundaryError

__all__ = ["Examination", "place", "shorten"]

MOST_SHOWN: Final = 20
LONGEST_TEXT: Final = 120


class Examination:
    """Collects what is wrong with one file, so that all of it can be said at once.

    Two kinds of trouble are kept apart. What *cannot be read* (no vector file, a truncated one, a description
    with errors, nothing said about the edges) is an invalid input. What can be read and *cannot serve* (gaps,
    crossings, an unknown reference system, the wrong place) is unusable boundary data.

    Parameters
    ----------
    file : str
        Name of the file, as the user gave it.

    Attributes
    ----------
    notes : list of str
        What does not stand in the way, and what a reader of the result should know.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.notes: list[str] = []
        self._refused: list[Problem] = []

    def note(self, text: str) -> None:
        """Record something that does not stand in the way; said once."""
        if text not in self.notes:
            self.notes.append(text)

    def refuse(self, where: str, message: str) -> None:
        """Record why the file cannot serve as it is."""
        self._refused.append(Problem(self.file, None, where, message))

    def stop(self, where: str, message: str) -> NoReturn:
        """Record why the file cannot serve, and raise at once.

        Raises
        ------
        UnusableBoundaryError
            Always.
        """
        self.refuse(where, message)
        self.raise_if_refused()
        raise AssertionError("raised above")

    def missing(self, where: str, message: str) -> NoReturn:
        """Raise because the file does not hold both territories.

        Raises
        ------
        MissingTerritoryError
            Always.
        """
        raise MissingTerritoryError((Problem(self.file, None, where, message),))

    def unreadable(self, where: str, message: str, *, line: int | None = None) -> NoReturn:
        """Raise because the file cannot be read.

        Raises
        ------
        BoundaryFileError
            Always.
        """
        raise BoundaryFileError((Problem(self.file, line, where, message),))

    def raise_if_refused(self) -> None:
        """Raise what was refused so far.

        Raises
        ------
        UnusableBoundaryError
            If anything was.
        """
        if self._refused:
            raise UnusableBoundaryError(_cut(self._refused))


def _cut(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    if len(problems) <= MOST_SHOWN:
        return tuple(problems)
    left = len(problems) - MOST_SHOWN
    return (*problems[:MOST_SHOWN], Problem(problems[0].file, None, "", f"and {left} more of this kind"))


def place(lon_deg: float, lat_deg: float) -> str:
    """Write a place for people, latitude first.

    Examples
    --------
    >>> place(29.01, 45.19)
    '45.19000°N 29.01000°E'
    >>> place(-4.83333, -0.5)
    '0.50000°S 4.83333°W'
    """
    north = f"{abs(lat_deg):.5f}°{'S' if lat_deg < 0 else 'N'}"
    return f"{north} {abs(lon_deg):.5f}°{'W' if lon_deg < 0 else 'E'}"


def shorten(text: object) -> str:
    """Return any value of a file as text of bearable length, control characters written out."""
    shown = str(text)
    if len(shown) > LONGEST_TEXT:
        shown = shown[:LONGEST_TEXT] + "…"
    return shown.encode("unicode_escape").decode("ascii") if not shown.isprintable() else shown
