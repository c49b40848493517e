"""The ways in which a printed distance can be read: its sense, its interval, declared and undeclared.

A *way* is what decides which distance a figure is about: the shortest one to a border, one along a bearing, one
from a named place. Two figures can be held against each other only where they are about comparable distances.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from geoinc.claims import Alternative, BorderDistanceClaim, Claim
from geoinc.findings import AlternativeOutcome, Outcome
from geoinc.intervals import Interval
from geoinc.measurement import Sense
from geoinc.places import Place
from geoinc.quantities import Precision, Quantity, read_quantity
from geoinc.wording import alternative_label, if_so, undeclared

__all__ = ["Comparison", "Way", "reread", "way_of", "with_alternatives"]


@dataclass(frozen=True, slots=True)
class Way:
    """Which distance a figure is about.

    Attributes
    ----------
    sense : Sense
    bearing_deg : float or None
        From the point to the border, for ``Sense.HEADING``.
    places : tuple of Place
        What the words may mean, for ``Sense.FROM``.
    direction_deg : tuple of float or None
        The sector in which the point lies from the place, for ``Sense.FROM``.
    """

    sense: Sense = Sense.SHORTEST
    bearing_deg: float | None = None
    places: tuple[Place, ...] = ()
    direction_deg: tuple[float, float] | None = None

    @property
    def bounded_by_movement(self) -> bool:
        """Whether the distance changes by no more than the distance moved.

        So it is for the shortest distance to a line and for the distance from one place; not along a bearing,
        and not where it is open which place is meant.
        """
        return self.sense is Sense.SHORTEST or (self.sense is Sense.FROM and len(self.places) == 1)

    def same_distance(self, other: Way) -> bool:
        """Whether two figures of one point are about one and the same distance."""
        if self.sense is not other.sense or self.bearing_deg != other.bearing_deg:
            return False
        return self.places == other.places and len(self.places) < 2


def way_of(claim: Claim, alternative: Alternative | None = None) -> Way:
    """Return the way in which a claim gives its distance, or would give it under an alternative."""
    if not isinstance(claim, BorderDistanceClaim):
        return Way()
    sense, bearing_deg, places, direction_deg = claim.sense, claim.bearing_deg, claim.places, claim.direction_deg
    if alternative is not None:
        sense = alternative.sense or sense
        bearing_deg = bearing_deg if alternative.bearing_deg is None else alternative.bearing_deg
        places = alternative.places or places
        direction_deg = alternative.direction_deg or direction_deg
    if sense is Sense.HEADING:
        return Way(sense, bearing_deg)
    if sense is Sense.FROM:
        return Way(sense, None, places, direction_deg)
    return Way(sense)


def reread(quantity: Quantity, alternative: Alternative | None) -> Quantity:
    """Return a printed distance as an alternative reads it."""
    if alternative is None:
        return quantity
    chosen = alternative.distance or quantity
    if alternative.precision in (None, chosen.precision, Precision.DECLARED):
        return chosen
    return read_quantity(chosen.text, precision=alternative.precision)


Comparison = Callable[[Sequence[Quantity], Sequence[Way]], tuple[Outcome, Interval | None, Interval | None]]
"""From figures and the ways in which they are meant to the outcome, and the two intervals that were compared."""


def with_alternatives(
    claims: Sequence[Claim], quantities: Sequence[Quantity], compare: Comparison
) -> tuple[Outcome, tuple[AlternativeOutcome, ...], tuple[str, ...]]:
    """Compare as printed, then once for each alternative, applied to every claim that declares the same one.

    Distances to a border are also tried along the meridian where no claim declares it; such a try is kept only
    where it would change the outcome, marked as undeclared, and makes nothing fragile.

    Parameters
    ----------
    claims : sequence of Claim
        Those whose figures are compared.
    quantities : sequence of Quantity
        Their figures, in the same order.
    compare : Comparison

    Returns
    -------
    outcome : Outcome
        As printed.
    tried : tuple of AlternativeOutcome
        Declared ones first.
    changes : tuple of str
        The declared ones that change the outcome, each as a clause that begins with "if".
    """
    ways = [way_of(claim) for claim in claims]
    outcome = compare(quantities, ways)[0]
    tried: list[AlternativeOutcome] = []
    seen: set[tuple[object, ...]] = set()
    for claim in claims:
        for alternative in claim.alternatives:
            kind = _kind(alternative)
            if not any(kind) or kind in seen:
                continue
            seen.add(kind)
            own = [next((a for a in each.alternatives if _kind(a) == kind), None) for each in claims]
            read = [reread(quantity, each) for quantity, each in zip(quantities, own, strict=True)]
            meant = [way_of(each, a) for each, a in zip(claims, own, strict=True)]
            result, measured, claimed = compare(read, meant)
            readers = [each for each, a in zip(claims, own, strict=True) if a is not None]
            tried.append(AlternativeOutcome(alternative_label(readers, alternative), result, measured, claimed))
    changes = tuple(if_so(each.label, each.outcome) for each in tried if each.outcome is not outcome)
    tried += _undeclared(claims, quantities, ways, compare, outcome)
    return outcome, tuple(tried), changes


def _undeclared(
    claims: Sequence[Claim],
    quantities: Sequence[Quantity],
    ways: Sequence[Way],
    compare: Comparison,
    outcome: Outcome,
) -> Iterator[AlternativeOutcome]:
    """What would come out along the meridian where nobody declares it: for all claims together, else for each."""
    along = Alternative(sense=Sense.MERIDIAN)
    open_ones = [
        number
        for number, claim in enumerate(claims)
        if isinstance(claim, BorderDistanceClaim)
        and claim.sense is not Sense.MERIDIAN
        and all(each.sense is not Sense.MERIDIAN for each in claim.alternatives)
    ]
    tries = [open_ones] if len(open_ones) > 1 else []
    tries += [[number] for number in open_ones]
    for numbers in tries:
        meant = [way_of(claims[n], along) if n in numbers else way for n, way in enumerate(ways)]
        result, measured, claimed = compare(quantities, meant)
        if result is not outcome:
            label = undeclared(alternative_label([claims[n] for n in numbers], along))
            yield AlternativeOutcome(label, result, measured, claimed, declared=False)
            if len(numbers) > 1:
                return


def _kind(alternative: Alternative) -> tuple[object, ...]:
    """What an alternative changes of a distance; the same for all claims that are read alike under it."""
    bare = replace(alternative, edges=None, near=None, note=None)
    return (bare.sense, bare.precision, bare.distance, bare.places, bare.direction_deg, bare.bearing_deg)
