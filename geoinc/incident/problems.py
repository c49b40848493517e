"""What is wrong in an incident file, collected before anything is raised."""

from __future__ import annotations

from typing import Final

from geoinc.errors import IncidentError, Problem

__all__ = ["Path", "Problems", "format_path", "printable", "shown"]

Path = tuple[str | int, ...]

MAX_PROBLEMS: Final = 100
_SHOWN: Final = 60


class Problems:
    """The problems of one file.

    Parameters
    ----------
    file : str
        Name of the file, as the user gave it.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: dict[Problem, None] = {}

    def add(self, path: Path, message: str, *, line: int | None) -> None:
        """Note that something is wrong at `path`.

        Parameters
        ----------
        path : tuple of str and int
            Names and list positions that lead to the field; empty for the file as a whole.
        message : str
            What is wrong and what to do about it.
        line : int or None
            Counted from 1.
        """
        self._found[Problem(self.file, line, format_path(path), printable(message))] = None

    def __bool__(self) -> bool:
        return bool(self._found)

    def raise_if_any(self) -> None:
        """Raise what was noted, in the order of the file.

        Raises
        ------
        IncidentError
            With every problem; beyond a hundred, the last line says that there are more.
        """
        if not self._found:
            return
        ordered = sorted(self._found, key=lambda problem: problem.line or 0)
        kept = ordered[:MAX_PROBLEMS]
        if len(ordered) > MAX_PROBLEMS:
            kept.append(Problem(self.file, None, "", "and more problems: mend these first"))
        raise IncidentError(tuple(kept))


def format_path(path: Path) -> str:
    """Return a path as people write it.

    Examples
    --------
    >>> format_path(("claims", 3, "distance"))
    'claims[3].distance'
    """
    parts = [f"[{part}]" if isinstance(part, int) else f".{shown(part, quote=False)}" for part in path]
    return "".join(parts).removeprefix(".")


def shown(text: str, *, quote: bool = True) -> str:
    """Return a text from a file so that it can stand in a message: short, on one line, nothing unprintable.

    Examples
    --------
    >>> shown("wreck")
    "'wreck'"
    """
    clean = printable(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")
    return f"'{clean}'" if quote else clean


def printable(text: str) -> str:
    r"""Return a text with every character written out that would not print, or would not stay on its line.

    Examples
    --------
    >>> print(printable("a" + chr(10) + "b"))
    a\nb
    """
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
