"""Who and what appears on the page: parties in their neutral order, numbers in place of ids."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from geoinc.claims import Claim, Party, PositionClaim, TrackClaim
from geoinc.findings import AssessmentData
from geoinc.measurement import BoundaryMeasurement, Sense
from geoinc.messages import Voice, territory
from geoinc.notation import Reading
from geoinc.render.headlines import headline
from geoinc.wording import territory_name

__all__ = ["MARKERS", "PALETTE_SIZE", "Cast", "Fitness", "Role"]

PALETTE_SIZE: Final = 6
"""Colours of the style sheet; further parties use them again with another marker."""

MARKERS: Final = ("circle", "square", "diamond", "triangle", "hexagon")


@dataclass(frozen=True, slots=True)
class Role:
    """A party with the number that decides how it is drawn.

    Numbers go to the parties with a territory first, then to the others, each in alphabetical order: nothing
    else tells one party from another.

    Attributes
    ----------
    party : Party
    number : int
        Counted from 0.
    """

    party: Party
    number: int

    @property
    def colour(self) -> int:
        """Number of the party's colour, hatching and line style in the style sheet."""
        return self.number % PALETTE_SIZE

    @property
    def marker(self) -> str:
        """Shape that stands for the party's positions."""
        return MARKERS[self.number % len(MARKERS)]


@dataclass(frozen=True, slots=True)
class Fitness:
    """Whether a source is fit for the scale of the positions; ``fit`` is None where nothing was measured."""

    fit: bool | None
    why: str | None


class Cast:
    """Numbers, names and order for everything that an assessment holds.

    Ids come from a file; the page uses the numbers given here in their place, so that no id of a file becomes
    a class name, an anchor or a key.

    Parameters
    ----------
    data : AssessmentData
    voice : Voice, optional
        Says every text in the language of the page; English by default.
    """

    def __init__(self, data: AssessmentData, voice: Voice | None = None) -> None:
        incident = data.incident
        self.data = data
        self.voice = voice or Voice()
        ordered = sorted(incident.parties.values(), key=lambda party: (party.name.casefold(), party.id))
        states_first = sorted(ordered, key=lambda party: party.territory is None)
        self._role_of = {party.id: Role(party, number) for number, party in enumerate(states_first)}
        self.roles: tuple[Role, ...] = tuple(self._role_of[party.id] for party in ordered)
        self._claim_number = {claim.id: number for number, claim in enumerate(incident.claims)}
        self._source_number = {source.id: number for number, source in enumerate(data.sources)}
        codes = {code for border in incident.borders for code in border}
        codes |= {code for view in data.views for code in view.ground}
        spoken_of = codes | {party.territory for party in incident.parties.values() if party.territory}
        self.territory_names = {code: territory(code, territory_name(incident, code)) for code in sorted(spoken_of)}
        self.point_labels = {point.id: point.label for point in incident.points.values()}
        self.territories: tuple[str, ...] = tuple(sorted(codes, key=lambda c: (self.territory(c).casefold(), c)))
        self.positions: tuple[PositionClaim, ...] = tuple(
            claim for claim in incident.claims if isinstance(claim, PositionClaim)
        )
        self.tracks: tuple[TrackClaim, ...] = tuple(
            claim for claim in incident.claims if isinstance(claim, TrackClaim) and claim.positions
        )
        self.choices: tuple[tuple[int, ...], ...] = _choices(data)

    @property
    def printed(self) -> tuple[Reading, ...]:
        """Every printed position: of a point, or of a track."""
        return (
            *(claim.reading for claim in self.positions),
            *(each for track in self.tracks for each in track.positions),
        )

    @property
    def names(self) -> dict[str, str]:
        """What to call an id where a result names one: a claim's tag, a source's title, a point's or a place's name."""
        used = (place for claim in self.data.incident.claims for place in getattr(claim, "places", ()))
        places = {place.id: place.name for place in (*used, *self.data.places)}
        points = {point.id: point.label for point in self.data.incident.points.values()}
        claims = {claim.id: claim.tag for claim in self.data.incident.claims}
        return places | points | claims | {source.id: source.title for source in self.data.sources}

    def role(self, claim: Claim) -> Role:
        """Return the role of the party that makes a claim."""
        return self._role_of[claim.party]

    def party_role(self, party_id: str) -> Role:
        """Return the role of a party, by its id."""
        return self._role_of[party_id]

    def party(self, role: Role) -> str:
        """Return the name of a party; one that bears the name of its territory is called as the territory is."""
        name = role.party.name
        own = self.territory_names.get(role.party.territory) if role.party.territory else None
        return own if own is not None and own == name else name

    def claim_number(self, claim_id: str) -> int:
        """Return a claim's place in the file, counted from 0."""
        return self._claim_number[claim_id]

    def source_number(self, source_id: str) -> int:
        """Return a source's place in the order of display, counted from 0."""
        return self._source_number[source_id]

    def territory(self, code: str) -> str:
        """Return the name of the party whose ground it is, or the code where no party's is."""
        return self.territory_names.get(code, code)

    def territory_number(self, code: str) -> int:
        """Return a territory's place in the alphabetical order, counted from 0."""
        return self.territories.index(code)

    def point(self, point_id: str) -> str:
        """Return the label of a point, or its id where it has none."""
        return self.point_labels.get(point_id, point_id)

    def headline(self, claim: Claim) -> str:
        """Return in a few words what a claim is about."""
        return headline(claim, self.point_labels, self.territory_names)

    def held_by(self, source: int) -> tuple[tuple[str, str], ...]:
        """Return the incident's borders that a source draws, by its number."""
        return _held(self.data)[source]

    def counted_deg(self, lon_deg: float) -> float:
        """Return a longitude as the map counts it: on from the middle of the view, beyond 180 degrees too."""
        west, _, east, _ = self.data.view_box_deg
        middle = (west + east) / 2
        return lon_deg + 360.0 * round((middle - lon_deg) / 360.0) if math.isfinite(middle) else lon_deg

    def measured_from(self, claim_id: str, border: tuple[str, str]) -> tuple[BoundaryMeasurement, ...]:
        """Return the distances of a printed position from one border."""
        pair = tuple(sorted(border))
        return tuple(
            each for each in self.data.measurements.get(claim_id, ()) if each.border is None or each.border == pair
        )

    def fitness(self, source_id: str) -> Fitness:
        """Return whether a source is fit for the scale of any of the positions."""
        found = [
            measurement
            for measurements in self.data.measurements.values()
            for measurement in measurements
            if measurement.source == source_id and measurement.sense is Sense.SHORTEST
        ]
        if not found:
            return Fitness(None, None)
        if any(measurement.fit for measurement in found):
            return Fitness(True, None)
        return Fitness(False, next((measurement.why for measurement in found if measurement.why), None))


def _held(data: AssessmentData) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return for each source the incident's borders that it draws."""
    grounds = {
        source.id: [set(view.ground) for view in data.views if view.source == source.id] for source in data.sources
    }
    return tuple(
        tuple(pair for pair in data.incident.borders if any(set(pair) <= codes for codes in grounds[source.id]))
        for source in data.sources
    )


def _choices(data: AssessmentData) -> tuple[tuple[int, ...], ...]:
    """Return the sources that are shown together, by number, the one that gives the choice its name first.

    A choice shows every border that any source draws: sources of one lineage that draw different borders are one
    choice. Where a lineage draws a border not at all, the first source that does stands in for it.
    """
    held = [set(pairs) for pairs in _held(data)]
    joined: list[list[int]] = []
    for number, source in enumerate(data.sources):
        for choice in joined:
            taken = set().union(*(held[each] for each in choice))
            if held[number] and data.sources[choice[0]].lineage == source.lineage and not taken & held[number]:
                choice.append(number)
                break
        else:
            joined.append([number])
    return tuple(_filled(data, held, choice) for choice in joined)


def _filled(data: AssessmentData, held: list[set[tuple[str, str]]], choice: list[int]) -> tuple[int, ...]:
    lineage = data.sources[choice[0]].lineage
    order = sorted(range(len(held)), key=lambda each: data.sources[each].lineage != lineage)
    found = list(choice)
    for pair in data.incident.borders:
        if not any(pair in held[each] for each in found):
            found += [each for each in order if pair in held[each]][:1]
    return tuple(found)
