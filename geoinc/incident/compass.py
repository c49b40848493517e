"""Compass words to sectors of bearings.

A word of the rose of sixteen names every bearing that is nearer to it than to its neighbours: a sector of
22.5 degrees.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

from geoinc.errors import ReadingError
from geoinc.incident.problems import shown

__all__ = ["read_direction"]

_POINTS: Final = (
    "N",
    "NNE",
    "NE",
    "ENE",
    "E",
    "ESE",
    "SE",
    "SSE",
    "S",
    "SSW",
    "SW",
    "WSW",
    "W",
    "WNW",
    "NW",
    "NNW",
)
_ENGLISH: Final = {"N": "north", "E": "east", "S": "south", "W": "west"}
_FRENCH: Final = {"N": "nord", "E": "est", "S": "sud", "W": "ouest"}
_SECTOR_DEG: Final = 360 / 16


def _name_points() -> dict[str, float]:
    """Return the bearing of every name, letters only, in English, in French and abbreviated."""
    names: dict[str, float] = {}
    for number, point in enumerate(_POINTS):
        bearing_deg = number * _SECTOR_DEG
        names[point.lower()] = bearing_deg
        for words in (_ENGLISH, _FRENCH):
            names["".join(words[letter] for letter in point)] = bearing_deg
    return names


_BEARINGS_DEG: Final = _name_points()


def read_direction(text: str) -> tuple[float, float]:
    """Return the sector of bearings that a compass word names.

    Parameters
    ----------
    text : str
        A word of the rose of sixteen in English or French, or its English letters: ``south-east``,
        ``south-south-east``, ``sud-est``, ``SE``.

    Returns
    -------
    tuple of float
        From and to, clockwise from north, in degrees in [0, 360). The sector of north begins at 348.75.

    Raises
    ------
    ReadingError
        If it is no such word.

    Examples
    --------
    >>> read_direction("south-east")
    (123.75, 146.25)
    >>> read_direction("N")
    (348.75, 11.25)
    """
    letters = "".join(char for char in text.casefold() if char.isalpha())
    bearing_deg = _BEARINGS_DEG.get(letters)
    if bearing_deg is None:
        near = get_close_matches(letters, _BEARINGS_DEG, n=1, cutoff=0.7)
        hint = f"perhaps {near[0]}" if near else "write a word such as south-east"
        raise ReadingError(
            f"{shown(text)} is no word of the compass rose; {hint}, or give a sector [120, 150]", text=text
        )
    return (bearing_deg - _SECTOR_DEG / 2) % 360, bearing_deg + _SECTOR_DEG / 2
