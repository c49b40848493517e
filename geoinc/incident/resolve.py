"""Entries of an incident file to claims: ids followed, printed figures read, times put into UTC.

Nothing stops at the first problem: an entry that cannot be resolved is noted and the next one is taken.
Tracks, times and falls are for :mod:`geoinc.incident.movements`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from geoinc.claims import (
    Alternative,
    BorderDistanceClaim,
    BoundaryWidth,
    Claim,
    Near,
    PlaceOffsetClaim,
    PositionClaim,
    SamePointClaim,
    SeparationClaim,
    WithinClaim,
)
from geoinc.errors import ReadingError
from geoinc.geodesy import Edges
from geoinc.incident.claim_entries import (
    AlternativeEntry,
    BorderDistanceEntry,
    ClaimEntry,
    DeclaredDistance,
    FallEntry,
    NearEntry,
    PlaceOffsetEntry,
    PositionEntry,
    SamePointEntry,
    SeparationEntry,
    TimeEntry,
    TrackEntry,
    WithinEntry,
)
from geoinc.incident.compass import read_direction
from geoinc.incident.figures import Figures
from geoinc.incident.movements import MovementResolver
from geoinc.incident.names import Names, Note, UnresolvedError, gather
from geoinc.incident.problems import Path
from geoinc.incident.schema import BoundaryWidthEntry, PlaceEntry
from geoinc.measurement import Sense
from geoinc.messages import number, say
from geoinc.notation import Reading, read_position
from geoinc.places import Place
from geoinc.quantities import Precision, Quantity, read_quantity
from geoinc.uncertainty import WGS_84, DatumShift, datum_shift, read_datum

__all__ = ["Resolver", "resolve_place"]

# Which other readings make sense for which kind of claim; a note goes with any of them.
_ALTERNATIVES: Final[Mapping[str, tuple[str, ...]]] = {
    "border_distance": ("bearing_deg", "direction", "distance", "edges", "near", "places", "precision", "sense"),
    "within": ("edges",),
    "separation": ("distance", "precision"),
    "place_offset": ("distance", "precision"),
}

# Latitude and longitude can stand on any datum; a grid was worked out on WGS 84, and a link came from a web map.
_ON_ANY_DATUM: Final = ("decimal", "dm", "dms", "compact", "iso6709")


def resolve_place(place_id: str, entry: PlaceEntry, path: Path, figures: Figures) -> Place | None:
    """Return a place of the file's own; None where its figures cannot be read, which is noted."""
    try:
        reading = figures.read(read_position, (*path, "position"), entry.position)
        accuracy_m = figures.read_length((*path, "accuracy"), entry.accuracy)
    except UnresolvedError:
        return None
    return Place(
        id=place_id,
        name=entry.name,
        name_ar=entry.name_ar or "",
        territory=entry.territory,
        lon_deg=reading.lon_deg,
        lat_deg=reading.lat_deg,
        accuracy_m=accuracy_m,
        source=entry.source,
        spellings=entry.spellings,
    )


class Resolver:
    """Turns sound entries into claims.

    Parameters
    ----------
    names : Names
        Follows ids.
    figures : Figures
        Reads what was printed.
    note : callable
        Takes the path and the message of a problem.
    territories : mapping of str to str
        The territory of each party that has one, by the party's id: whose clocks its times are on.
    region : tuple of float or None
        Where positions are expected: west, south, east, north, in degrees.

    Attributes
    ----------
    assumptions : list of Assumption
        What the readings of printed times took for granted, in the order of the claims.
    """

    def __init__(
        self,
        names: Names,
        figures: Figures,
        note: Note,
        territories: Mapping[str, str] = MappingProxyType({}),
        region: tuple[float, float, float, float] | None = None,
    ) -> None:
        self._region = region
        self._movements = MovementResolver(names, figures, note, territories, region)
        self.assumptions = self._movements.assumptions
        self._names = names
        self._figures = figures
        self._note = note

    def resolve_claim(self, entry: ClaimEntry, tag: str, path: Path) -> Claim | None:
        """Return the claim of an entry; None where it cannot be made, with the reasons noted."""
        common: dict[str, Any] = {
            "id": entry.id,
            "party": entry.party,
            "kind": getattr(entry, "kind", ""),
            "tag": tag,
            "reference": entry.reference,
            "text": entry.text or "",
            "quote": entry.quote,
            "translation": entry.translation,
            "alternatives": tuple(self._resolve_alternatives(entry, path)),
        }
        try:
            return self._keep_own_model(self._build(entry, common, path), entry)
        except UnresolvedError:
            return None

    def _keep_own_model(self, claim: Claim, entry: Any) -> Claim:
        """Declare the file's own reading of a figure as an alternative where another model was asked for."""
        own = self._figures.replaced_model(getattr(entry, "precision", None))
        if own is None or not isinstance(claim, BorderDistanceClaim | SeparationClaim | PlaceOffsetClaim):
            return claim
        if isinstance(entry.distance, DeclaredDistance) or any(each.precision is own for each in claim.alternatives):
            return claim
        if read_quantity(claim.distance.text, precision=own).interval == claim.distance.interval:
            return claim
        kept = Alternative(precision=own, note="as the file reads it")
        return replace(claim, alternatives=(*claim.alternatives, kept))

    def _build(self, entry: ClaimEntry, common: dict[str, Any], path: Path) -> Claim:
        claim: Claim
        match entry:
            case PositionEntry():
                claim = self._build_position(entry, common, path)
            case BorderDistanceEntry():
                claim = self._build_border_distance(entry, common, path)
            case WithinEntry():
                border = self._names.find_border(path, entry.border, entry.territory)
                claim = WithinClaim(**common, point=entry.point, territory=entry.territory, border=border)
            case SeparationEntry():
                self._check_different(entry.points, path)
                distance = self._figures.read_distance((*path, "distance"), entry.distance, entry.precision)
                claim = SeparationClaim(**common, points=entry.points, distance=distance)
            case PlaceOffsetEntry():
                claim = self._build_place_offset(entry, common, path)
            case TrackEntry():
                claim = self._movements.build_track(entry, common, path)
            case TimeEntry():
                claim = self._movements.build_time(entry, common, path)
            case FallEntry():
                claim = self._movements.build_fall(entry, common, path)
            case SamePointEntry():
                self._check_different(entry.points, path)
                claim = SamePointClaim(**common, points=entry.points)
            case _:
                raise TypeError(f"no claim is made from {type(entry).__name__}")
        return claim

    def _build_position(self, entry: PositionEntry, common: dict[str, Any], path: Path) -> PositionClaim:
        accuracy_m = None
        if entry.accuracy is not None:
            accuracy_m = self._figures.read_length((*path, "accuracy"), entry.accuracy)
        reading = self._figures.read(
            read_position, (*path, "text"), entry.text, accuracy_m=accuracy_m, region=self._region
        )
        datum = None if entry.datum is None else self._read_datum(entry.datum, reading, (*path, "datum"))
        if datum is not None:
            remark = (
                say("the datum is declared as {datum}: widened for it", datum=datum.datum.said)
                if datum.shift_m == 0
                else say(
                    "the datum is declared as {datum}: moved {distance} m to WGS 84",
                    datum=datum.datum.said,
                    distance=number(f"{datum.shift_m:.0f}"),
                )
            )
            warnings = (*reading.warnings, remark)
            reading = replace(reading, lon_deg=datum.lon_deg, lat_deg=datum.lat_deg, warnings=warnings)
        return PositionClaim(**common, point=entry.point, reading=reading, datum=datum)

    def _read_datum(self, text: str, reading: Reading, path: Path) -> DatumShift | None:
        """Return the way to WGS 84 from the datum that a position was printed on; None where it was WGS 84."""
        datum = self._figures.read(read_datum, path, text)
        if datum == WGS_84:
            return None
        if reading.notation not in _ON_ANY_DATUM:
            self._note(
                path,
                f"means nothing for a position in this notation ({reading.notation}), which was read on WGS 84: "
                "give latitude and longitude as printed, or leave the datum out",
            )
            raise UnresolvedError
        try:
            return datum_shift(datum, reading.lon_deg, reading.lat_deg)
        except ReadingError as error:
            self._note(path, str(error))
            raise UnresolvedError from None

    def resolve_width(self, entry: BoundaryWidthEntry, path: Path) -> BoundaryWidth | None:
        """Return how wide a limit is; None where its figure cannot be read, which is noted."""
        try:
            self._names.require_border(path, entry.border)
            border = self._names.find_border(path, entry.border, None)
            return BoundaryWidth(border, self._figures.read_length((*path, "width"), entry.width), entry.basis)
        except UnresolvedError:
            return None

    def _build_border_distance(
        self, entry: BorderDistanceEntry, common: dict[str, Any], path: Path
    ) -> BorderDistanceClaim:
        if entry.sense == "heading" and entry.bearing_deg is None:
            self._note((*path, "bearing_deg"), "is missing: the sense heading needs it, clockwise from north")
        if entry.sense == "from" and entry.places is None:
            self._note((*path, "places"), "is missing: the sense from needs the places that may be meant")
        if "from" not in (entry.sense, *(each.sense for each in entry.alternatives)):
            self._check_unused(entry, path)
        distance, near, _, border, places, direction_deg = gather(
            lambda: self._figures.read_distance((*path, "distance"), entry.distance, entry.precision),
            lambda: self._resolve_near(entry.near, (*path, "near")),
            lambda: self._names.require_border(path, entry.border),
            lambda: self._names.find_border(path, entry.border, entry.territory),
            lambda: self._names.find_places(entry.places or (), (*path, "places")),
            lambda: self._read_direction(entry.direction, path),
        )
        return BorderDistanceClaim(
            **common,
            point=entry.point,
            distance=distance,
            territory=entry.territory,
            border=border,
            sense=Sense(entry.sense),
            bearing_deg=entry.bearing_deg,
            near=near,
            places=places,
            direction_deg=direction_deg,
        )

    def _build_place_offset(self, entry: PlaceOffsetEntry, common: dict[str, Any], path: Path) -> PlaceOffsetClaim:
        distance, direction, places = gather(
            lambda: self._figures.read_distance((*path, "distance"), entry.distance, entry.precision),
            lambda: self._read_direction(entry.direction, path),
            lambda: self._find_places(entry, path),
        )
        return PlaceOffsetClaim(**common, point=entry.point, places=places, distance=distance, direction_deg=direction)

    def _resolve_alternatives(self, entry: ClaimEntry, path: Path) -> Iterable[Alternative]:
        for index, alternative in enumerate(entry.alternatives):
            here = (*path, "alternatives", index)
            self._check_alternative(entry, alternative, here)
            try:
                yield self._resolve_alternative(entry, alternative, here)
            except UnresolvedError:
                continue

    def _check_alternative(self, entry: ClaimEntry, alternative: AlternativeEntry, path: Path) -> None:
        kind = getattr(entry, "kind", "")
        fitting = _ALTERNATIVES.get(kind, ())
        for name in type(alternative).model_fields:
            if name not in (*fitting, "note") and getattr(alternative, name) is not None:
                known = f"it can have {', '.join(fitting)}" if fitting else "it can have none"
                self._note((*path, name), f"means nothing for a claim of kind {kind}; {known}")
        bearings = (alternative.bearing_deg, getattr(entry, "bearing_deg", None))
        if alternative.sense == "heading" and bearings == (None, None):
            self._note((*path, "sense"), "heading needs bearing_deg, here or on the claim, clockwise from north")
        if alternative.sense == "from" and not (alternative.places or getattr(entry, "places", None)):
            self._note(
                (*path, "sense"), "from needs places, here or on the claim: the towns or crossings that are meant"
            )
        if alternative.sense != "from" and getattr(entry, "sense", None) != "from":
            self._check_unused(alternative, path)
        distance = alternative.distance or getattr(entry, "distance", None)
        if alternative.precision is not None and isinstance(distance, DeclaredDistance):
            self._note((*path, "precision"), "means nothing for a declared interval: remove it")

    def _check_unused(self, entry: BorderDistanceEntry | AlternativeEntry, path: Path) -> None:
        """Note what only the sense from can use, where nothing is read in that sense."""
        for name in ("places", "direction"):
            if getattr(entry, name) is not None:
                self._note((*path, name), "goes with the sense from: write sense: from, or remove it")

    def _resolve_alternative(self, entry: ClaimEntry, alternative: AlternativeEntry, path: Path) -> Alternative:
        distance, near, places, direction_deg = gather(
            lambda: self._read_other_distance(entry, alternative, path),
            lambda: self._resolve_near(alternative.near, (*path, "near")),
            lambda: self._names.find_places(alternative.places or (), (*path, "places")),
            lambda: self._read_direction(alternative.direction, path),
        )
        return Alternative(
            sense=None if alternative.sense is None else Sense(alternative.sense),
            precision=None if alternative.precision is None else Precision(alternative.precision),
            edges=None if alternative.edges is None else Edges(alternative.edges),
            distance=distance,
            near=near,
            note=alternative.note,
            places=places,
            direction_deg=direction_deg,
            bearing_deg=alternative.bearing_deg,
        )

    def _resolve_near(self, entry: NearEntry | None, path: Path) -> Near | None:
        if entry is None:
            return None
        places, within_m = gather(
            lambda: self._names.find_places(entry.places, (*path, "places")),
            lambda: self._figures.read_length((*path, "within"), entry.within),
        )
        return Near(places, within_m)

    def _find_places(self, entry: PlaceOffsetEntry, path: Path) -> tuple[Place, ...]:
        if entry.place is not None:
            return (self._names.find_place(entry.place, (*path, "place")),)
        return self._names.find_places(entry.places or (), (*path, "places"))

    def _read_other_distance(self, entry: ClaimEntry, alternative: AlternativeEntry, path: Path) -> Quantity | None:
        if alternative.distance is None:
            return None
        model = alternative.precision or getattr(entry, "precision", None)
        return self._figures.read_distance((*path, "distance"), alternative.distance, model)

    def _read_direction(self, direction: str | tuple[float, float] | None, path: Path) -> tuple[float, float] | None:
        if isinstance(direction, str):
            return self._figures.read(read_direction, (*path, "direction"), direction)
        return direction

    def _check_different(self, points: tuple[str, str], path: Path) -> None:
        if points[0] == points[1]:
            self._note((*path, "points"), "needs two different points")
