"""Ids of an incident file: whether they lead anywhere, and where to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from geoinc.incident.problems import Path, shown
from geoinc.places import Place

__all__ = ["Names", "Note", "Scope", "UnresolvedError", "gather"]

Note = Callable[[Path, str], None]

# Fields of a claim that hold ids, and of what.
_FIELDS: Final = {
    "party": "party",
    "reference": "reference",
    "point": "point",
    "points": "point",
    "event": "point",
    "before": "point",
    "after": "point",
    "from": "point",
    "to": "point",
}
_SECTIONS: Final = {
    "party": "parties",
    "reference": "references",
    "point": "points",
    "place": "places",
    "claim": "claims",
}


class UnresolvedError(Exception):
    """An entry that cannot be resolved; the reason is noted."""


def gather(*steps: Callable[[], Any]) -> tuple[Any, ...]:
    """Return the results of all steps; none is left out, so that the problems of each are noted.

    Raises
    ------
    UnresolvedError
        If any step raised it; after the last step.
    """
    results = []
    failed = False
    for step in steps:
        try:
            results.append(step())
        except UnresolvedError:
            failed = True
    if failed:
        raise UnresolvedError
    return tuple(results)


@dataclass(frozen=True, slots=True)
class Scope:
    """What the entries of one file may name.

    Attributes
    ----------
    parties, references, points, claims : frozenset of str
        Ids that the file gives, whether or not their entries are sound.
    places : mapping of str to Place or None
        The gazetteer's and the file's own; None for one whose entry is unsound.
    borders : tuple of pairs of str
        Empty where the file's own could not be read.
    """

    parties: frozenset[str]
    references: frozenset[str]
    points: frozenset[str]
    claims: frozenset[str]
    places: Mapping[str, Place | None]
    borders: tuple[tuple[str, str], ...]


class Names:
    """Follows ids.

    Parameters
    ----------
    scope : Scope
        What may be named.
    note : callable
        Takes the path and the message of a problem.
    """

    def __init__(self, scope: Scope, note: Note) -> None:
        self._scope = scope
        self._note = note
        self._known: dict[str, Iterable[str]] = {
            "party": scope.parties,
            "reference": scope.references,
            "point": scope.points,
            "place": scope.places,
            "claim": scope.claims,
        }

    def check_claim(self, raw: Mapping[str, Any], path: Path) -> None:
        """Note every id of a claim that leads nowhere, even where the rest of the claim is unsound."""
        for field, what in _FIELDS.items():
            value = raw.get(field)
            if isinstance(value, list):
                self.check_all(value, what, (*path, field))
            elif isinstance(value, str):
                self._check(value, what, (*path, field))

    def check_all(self, ids: Iterable[object], what: str, path: Path) -> None:
        """Note every id of a list that leads nowhere."""
        for number, each in enumerate(ids):
            if isinstance(each, str):
                self._check(each, what, (*path, number))

    def find_place(self, place_id: str, path: Path) -> Place:
        """Return a place by its id.

        Raises
        ------
        UnresolvedError
            If there is none, or its own entry is unsound.
        """
        self._check(place_id, "place", path)
        place = self._scope.places.get(place_id)
        if place is None:
            raise UnresolvedError
        return place

    def find_places(self, ids: Iterable[str], path: Path) -> tuple[Place, ...]:
        """Return the places of a list of ids.

        Raises
        ------
        UnresolvedError
            If one is missing; all that are missing are noted first.
        """
        self.check_all(ids, "place", path)
        places = tuple(self._scope.places.get(each) for each in ids)
        sound = tuple(place for place in places if place is not None)
        if len(sound) < len(places):
            raise UnresolvedError
        return sound

    def find_border(
        self, path: Path, named: tuple[str, str] | None, territory: str | None, *, field: str = "territory"
    ) -> tuple[str, str]:
        """Return the one border that a claim means, in the order in which the file writes it.

        Parameters
        ----------
        path : tuple of str and int
            Of the claim.
        named : pair of str or None
            The border that the claim names, in either order.
        territory : str or None
            The territory that the claim names in its field `field`; None where it names none.
        field : str
            Name of that field.

        Raises
        ------
        UnresolvedError
            If none fits, or more than one does.
        """
        borders = self._scope.borders
        if not borders:
            raise UnresolvedError
        listed = ", ".join("-".join(border) for border in borders)
        fitting = tuple(border for border in borders if named is None or set(border) == set(named))
        if not fitting:
            self._note((*path, "border"), f"is none of the borders of this file ({listed})")
            raise UnresolvedError
        holding = tuple(border for border in fitting if territory is None or territory in border)
        if not holding:
            fitting_listed = ", ".join("-".join(border) for border in fitting)
            self._note((*path, field), f"{territory} is not in the border {fitting_listed}")
            raise UnresolvedError
        if len(holding) > 1:
            self._note((*path, "border"), f"is missing: say which of {listed} is meant")
            raise UnresolvedError
        return holding[0]

    def require_border(self, path: Path, named: tuple[str, str] | None) -> None:
        """Note that a claim must name its border where the file has several."""
        borders = self._scope.borders
        if named is None and len(borders) > 1:
            listed = ", ".join("-".join(border) for border in borders)
            self._note((*path, "border"), f"is missing: say which of {listed} is meant")
            raise UnresolvedError

    def _check(self, wanted: str, what: str, path: Path) -> None:
        known = sorted(self._known[what])
        if wanted in known:
            return
        near = get_close_matches(wanted, known, n=1)
        hint = f"did you mean {shown(near[0])}?" if near else f"add it under {_SECTIONS[what]}, or correct it"
        self._note(path, f"no {what} has the id {shown(wanted)}; {hint}")
