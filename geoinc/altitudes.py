"""Printed altitudes: a length and what it is measured from.

References
----------
ICAO Annex 10, volume I and Doc 4444, chapter 1: a flight level is a surface of constant pressure, named in hundreds
of feet of pressure altitude (1013.25 hPa).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from geoinc.errors import AmbiguousReadingError, ReadingError
from geoinc.intervals import Interval
from geoinc.notation.glyphs import check_length
from geoinc.notation.phrases import fold_phrase
from geoinc.quantities import Precision, Quantity, read_quantity
from geoinc.units import FOOT_M

__all__ = ["Altitude", "AltitudeReference", "read_altitude"]


class AltitudeReference(StrEnum):
    """What an altitude is measured from.

    ``PRESSURE``: the surface of 1013.25 hPa, which moves with the weather; ``SEA``: mean sea level; ``GROUND``: the
    ground below; ``UNSTATED``: the text does not say.
    """

    PRESSURE = "pressure"
    SEA = "sea"
    GROUND = "ground"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Altitude:
    """A printed altitude.

    Attributes
    ----------
    text : str
        As it was printed.
    quantity : Quantity
        The height, in metres.
    reference : AltitudeReference
        What it is measured from.
    """

    text: str
    quantity: Quantity
    reference: AltitudeReference


_FLIGHT_LEVEL: Final = re.compile(
    r"(?:fl|flight level|niveau de vol|nivel de vuelo|" + fold_phrase("مستوى الطيران") + r") ?(?P<level>[0-9]{1,4})"
)
_HIGHEST_LEVEL: Final = 1000
_LEVEL_M: Final = 100 * Decimal(str(FOOT_M))

_REFERENCES: Final = {
    fold_phrase(phrase): reference
    for reference, phrases in (
        (
            AltitudeReference.SEA,
            (
                *("amsl", "asl", "msl", "above mean sea level", "above sea level", "sobre el nivel del mar"),
                *("au-dessus du niveau de la mer", "au-dessus de la mer", "فوق مستوى سطح البحر", "فوق سطح البحر"),
            ),
        ),
        (
            AltitudeReference.GROUND,
            (
                *(
                    "agl",
                    "above ground level",
                    "above ground",
                    "above the ground",
                    "sobre el suelo",
                    "sobre el terreno",
                ),
                *("au-dessus du sol", "du sol", "فوق الأرض", "فوق سطح الأرض"),
            ),
        ),
    )
    for phrase in phrases
}
_HEADS: Final = tuple(
    fold_phrase(phrase)
    for phrase in (
        *("at an altitude of", "an altitude of", "altitude of", "altitude", "a height of", "height of", "at"),
        *("à une altitude de", "une altitude de", "à une hauteur de", "a una altitud de", "una altitud de"),
        *("a una altura de", "على ارتفاع", "ارتفاع", "بارتفاع"),
    )
)
_TAILS: Final = tuple(
    fold_phrase(phrase) for phrase in ("of altitude", "d'altitude", "de hauteur", "de altitud", "de altura", "high")
)


def read_altitude(text: str, *, precision: Precision = Precision.LAST_DIGIT) -> Altitude:
    """Read a printed altitude: a flight level, or a length and what it stands above.

    Parameters
    ----------
    text : str
        The altitude alone, at most 200 characters: "FL090", "à 3 000 mètres d'altitude", "9000 ft AGL".
    precision : Precision, optional
        What the digits allow, as for `read_quantity`. A flight level is printed in hundreds of feet: FL090 is
        [8950, 9050] ft under every model.

    Returns
    -------
    Altitude
        A flight level is a pressure altitude: how high that was needs the pressure of the day.

    Raises
    ------
    AmbiguousReadingError
        If the length can be read in more than one way.
    ReadingError
        If it cannot be read.

    Examples
    --------
    >>> altitude = read_altitude("FL090")
    >>> altitude.reference.value, str(altitude.quantity.interval)
    ('pressure', '[2727.96, 2758.44]')
    >>> read_altitude("9000 ft AGL").reference.value
    'ground'
    """
    check_length(text, "altitude")
    folded = fold_phrase(text)
    level = _FLIGHT_LEVEL.fullmatch(folded)
    if level is not None:
        return _read_level(int(level["level"]), text, precision)
    core, above = _strip_words(folded)
    try:
        quantity = read_quantity(core, precision=precision)
    except AmbiguousReadingError as error:
        readings = tuple(f"{reading} {above}".strip() for reading in error.readings)
        raise AmbiguousReadingError(
            f"the length in {text!r} can be read in more than one way", text=text, readings=readings
        ) from None
    except ReadingError as error:
        raise ReadingError(f"{text!r} is read as no altitude: {error}", text=text) from None
    reference = _REFERENCES.get(above, AltitudeReference.UNSTATED)
    return Altitude(text, Quantity(text, quantity.interval, quantity.precision, quantity.bound), reference)


def _read_level(level: int, text: str, precision: Precision) -> Altitude:
    if level > _HIGHEST_LEVEL:
        raise ReadingError(f"{text!r} lies above flight level {_HIGHEST_LEVEL}: give hundreds of feet", text=text)
    low_m, high_m = ((level + half) * _LEVEL_M for half in (Decimal("-0.5"), Decimal("0.5")))
    interval = Interval(float(max(low_m, Decimal(0))), float(high_m))
    return Altitude(text, Quantity(text, interval, precision), AltitudeReference.PRESSURE)


def _strip_words(folded: str) -> tuple[str, str]:
    """Return the length alone, and the words that say what it stands above; empty where none do."""
    phrases = sorted(_REFERENCES, key=len, reverse=True)
    above = next((phrase for phrase in phrases if folded.endswith(f" {phrase}")), "")
    core = folded.removesuffix(above).strip()
    head = next((phrase for phrase in _HEADS if core.startswith(f"{phrase} ")), "")
    core = core.removeprefix(head).strip()
    tail = next((phrase for phrase in _TAILS if core.endswith(f" {phrase}")), "")
    return core.removesuffix(tail).strip(), above
