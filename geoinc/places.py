"""A small gazetteer: named places with their spellings and each place's own uncertainty."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from geoinc.notation import read_position

__all__ = ["Place", "find_places", "gazetteer"]

_TATWEEL = "\u0640"  # Arabic print stretches words with it; Unicode counts it as a letter


@dataclass(frozen=True, slots=True)
class Place:
    """A named place.

    Attributes
    ----------
    id : str
        For example ``tin-zaouatine-dza``.
    name, name_ar : str
        In Latin and in Arabic script; the latter empty where none is held.
    territory : str
        ISO 3166-1 alpha-3 code of the state that administers it.
    lon_deg, lat_deg : float
        WGS 84, in degrees.
    accuracy_m : float
        How far the stated point may lie from the middle of the place, in metres.
    source : str
        Where the point comes from.
    spellings : tuple of str
        Other names met in print.
    """

    id: str
    name: str
    name_ar: str
    territory: str
    lon_deg: float
    lat_deg: float
    accuracy_m: float
    source: str
    spellings: tuple[str, ...] = ()


@cache
def gazetteer() -> Mapping[str, Place]:
    """Return the places that ship with the package, by id, in the order of ``gazetteer.json``.

    Each position is kept there as its source prints it and read here like any other printed position.

    Returns
    -------
    mapping of str to Place
        Read-only.

    Examples
    --------
    >>> gazetteer()["tinzawaten-mli"].territory
    'MLI'
    """
    document = json.loads(files("geoinc").joinpath("gazetteer.json").read_text(encoding="utf-8"))
    places = [_build_place(entry) for entry in document["places"]]
    return MappingProxyType({place.id: place for place in places})


def find_places(text: str) -> tuple[Place, ...]:
    """Return every place that a spelling may mean; the caller decides what two of them mean.

    Case, accents, Arabic vowel signs, hyphens, apostrophes and spaces make no difference. Nothing is matched
    by likeness: a spelling that no source prints finds nothing.

    Parameters
    ----------
    text : str
        One name, in Latin or Arabic script.

    Returns
    -------
    tuple of Place
        In the order of the gazetteer; empty where none is known.

    Examples
    --------
    >>> [place.id for place in find_places("tin-zaouatene")]
    ['tin-zaouatine-dza', 'tinzawaten-mli']
    """
    wanted = _fold(text)
    return tuple(place for place in gazetteer().values() if wanted and wanted in _folded_names(place))


def _build_place(entry: Mapping[str, Any]) -> Place:
    reading = read_position(entry["position"])
    return Place(
        id=entry["id"],
        name=entry["name"],
        name_ar=entry["name_ar"],
        territory=entry["territory"],
        lon_deg=reading.lon_deg,
        lat_deg=reading.lat_deg,
        accuracy_m=float(entry["accuracy_m"]),
        source=entry["source"],
        spellings=tuple(entry["spellings"]),
    )


def _folded_names(place: Place) -> frozenset[str]:
    return frozenset(_fold(name) for name in (place.name, place.name_ar, *place.spellings)) - {""}


def _fold(text: str) -> str:
    """Keep the letters and digits alone, without accents and case."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in decomposed if char.isalnum() and char != _TATWEEL)
