"""Directions of an incident file to sectors of bearings from true north."""

from __future__ import annotations

from geoinc import directions

__all__ = ["read_direction"]


def read_direction(text: str) -> tuple[float, float]:
    """Return the sector of bearings that a printed direction names.

    Parameters
    ----------
    text : str
        Whatever `geoinc.directions.read_direction` reads: ``south-east``, ``sud-est``, ``bearing 135°``.

    Returns
    -------
    tuple of float
        From and to, clockwise from north, in degrees in [0, 360). The sector of north begins at 348.75.

    Raises
    ------
    AmbiguousReadingError
        If it has more than one reading.
    ReadingError
        If it cannot be read.

    Examples
    --------
    >>> read_direction("south-east")
    (123.75, 146.25)
    >>> read_direction("N")
    (348.75, 11.25)
    """
    direction = directions.read_direction(text)
    return direction.start_deg, direction.end_deg
