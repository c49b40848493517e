"""A small gazetteer: named places with their spellings and each place's own uncertainty."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from geoinc.notation import read_position

__all__ = ["Place", "PlaceIndex", "PlaceMatch", "find_places", "gazetteer", "match_places"]

_TATWEEL = "\u0640"  # Arabic print stretches words with it; Unicode counts it as a letter
_ONE_LETTER: Final = str.maketrans({"ى": "ي", "ة": "ه", "ٱ": "ا", "ی": "ي", "ک": "ك"})

# What is left of a name when it goes from one script or language to another: its consonants, roughly. Pairs first.
_SOUNDS: Final = (
    ("tch", "x"), ("sch", "x"), ("ch", "x"), ("sh", "x"), ("kh", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"),
    ("ph", "f"), ("dj", "j"), ("dz", "z"), ("qu", "k"), ("q", "k"), ("c", "k"), ("v", "f"), ("p", "b"),
)  # fmt: skip
_ARABIC_SOUNDS: Final = str.maketrans("بتثجحخدذرزسشصضطظغفقكلمنپچگڤ", "bttjhkddrzsxsdtzgfkklmnbxgf")
_SILENT: Final = re.compile(r"[^bdfgjklmnrstxz]")
_DOUBLED: Final = re.compile(r"(.)\1+")
_FEWEST_SOUNDS: Final = 4


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


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """What a name may mean.

    Attributes
    ----------
    places : tuple of Place
        Every place that goes by the name, in the order of the gazetteer; empty where none is known. Two of them
        are an ambiguity: nobody has chosen.
    transliterated : bool
        Whether no spelling fitted and the places were found by the consonants of their names.
    """

    places: tuple[Place, ...]
    transliterated: bool = False


def find_places(text: str, places: Iterable[Place] | None = None) -> tuple[Place, ...]:
    """Return every place that a spelling may mean; the caller decides what two of them mean.

    Parameters
    ----------
    text : str
        One name, in Latin or Arabic script.
    places : iterable of Place, optional
        Where to look; by default the places that ship with the package.

    Returns
    -------
    tuple of Place
        In the order of the gazetteer; empty where none is known.

    Examples
    --------
    >>> [place.id for place in find_places("tin-zaouatene")]
    ['tin-zaouatine-dza', 'tinzawaten-mli']
    """
    return match_places(text, places).places


def match_places(text: str, places: Iterable[Place] | None = None) -> PlaceMatch:
    """Return every place that a spelling may mean, and how it was found.

    Case, accents, Arabic vowel signs, hyphens, apostrophes and spaces make no difference. Where no spelling fits,
    names of four and more consonants are compared by these: *ou* and *w*, *q* and *k*, *dj* and *j* stand for one
    sound, and so does the Arabic letter. Nothing is matched by likeness.

    Parameters
    ----------
    text : str
        One name, in Latin or Arabic script.
    places : iterable of Place, optional
        Where to look; by default the places that ship with the package.

    Examples
    --------
    >>> match_places("Tinzaoughatine").places
    ()
    >>> match_places("Tin Zawatin").transliterated
    True
    """
    return (_bundled() if places is None else PlaceIndex(places)).match(text)


class PlaceIndex:
    """Places by every name that they go by: for many questions to one gazetteer.

    Parameters
    ----------
    places : iterable of Place
        In the order in which answers list them.
    """

    def __init__(self, places: Iterable[Place]) -> None:
        self._by_name: dict[str, list[Place]] = {}
        self._by_sounds: dict[str, list[Place]] = {}
        for place in places:
            names = {_fold(name) for name in (place.name, place.name_ar, *place.spellings)} - {""}
            for name in names:
                self._by_name.setdefault(name, []).append(place)
            for sounds in {_sounds(name) for name in names}:
                self._by_sounds.setdefault(sounds, []).append(place)

    def match(self, text: str) -> PlaceMatch:
        """Return every place that a spelling may mean, as :func:`match_places` does."""
        wanted = _fold(text)
        found = self._by_name.get(wanted, ())
        if found:
            return PlaceMatch(tuple(found))
        sounds = _sounds(wanted)
        found = self._by_sounds.get(sounds, ()) if len(sounds) >= _FEWEST_SOUNDS else ()
        return PlaceMatch(tuple(found), transliterated=bool(found))


@cache
def _bundled() -> PlaceIndex:
    return PlaceIndex(gazetteer().values())


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


def _sounds(folded: str) -> str:
    """Keep the consonants of a folded name, one letter for each sound."""
    plain = folded.translate(_ARABIC_SOUNDS)
    for written, sound in _SOUNDS:
        plain = plain.replace(written, sound)
    return _DOUBLED.sub(r"\1", _SILENT.sub("", plain))


def _fold(text: str) -> str:
    """Keep the letters and digits alone, without accents and case."""
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_ONE_LETTER)
    return "".join(char for char in decomposed if char.isalnum() and char != _TATWEEL)
