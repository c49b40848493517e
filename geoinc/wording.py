"""Words shared by every statement: names, tags, and how an alternative reads in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from geoinc.boundaries import load_catalogue
from geoinc.claims import Alternative, BorderDistanceClaim, Claim, Incident, PlaceOffsetClaim, SeparationClaim
from geoinc.findings import AlternativeOutcome
from geoinc.intervals import Interval
from geoinc.measurement import Sense
from geoinc.places import Place
from geoinc.quantities import Precision, format_distance, format_interval

__all__ = [
    "UNDECLARED",
    "alternative_label",
    "dated_tag",
    "day_text",
    "length_text",
    "listed",
    "outer_range",
    "party_name",
    "printed",
    "sector_text",
    "spread",
    "tags",
    "territory_name",
    "undeclared_sentence",
]

UNDECLARED: Final = " (not declared by the case)"
"""Ends the label of a reading that the words allow and the case does not declare."""


def listed(items: Sequence[str], *, last: str = "and") -> str:
    """Join items as a sentence does.

    Examples
    --------
    >>> listed(["M2", "M4", "M5"])
    'M2, M4 and M5'
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def tags(claims: Iterable[Claim]) -> str:
    """Return the tags of claims as a sentence names them."""
    return listed([claim.tag for claim in claims])


def party_name(incident: Incident, claim: Claim) -> str:
    """Return the name of the party that makes a claim."""
    return incident.parties[claim.party].name


def dated_tag(incident: Incident, claim: Claim) -> str:
    """Return a claim's tag with the day of its publication, where that is held: "M2, 6 April 2025"."""
    reference = None if claim.reference is None else incident.references[claim.reference]
    if reference is None or reference.published is None:
        return claim.tag
    return f"{claim.tag}, {day_text(reference.published)}"


def day_text(day: date) -> str:
    """Write a date, in English whatever the machine's language is.

    Examples
    --------
    >>> day_text(date(2025, 4, 1))
    '1 April 2025'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def territory_name(incident: Incident, territory: str) -> str:
    """Return the English name of a territory; where none is held, its party's name, or else the code.

    A party need not bear the name of its country: what an army says lies "in Mali", and not "in Malian army".
    """
    name = load_catalogue().territory_names.get(territory)
    if name is not None:
        return name
    for party in incident.parties.values():
        if party.territory == territory:
            return party.name
    return territory


def printed(claim: BorderDistanceClaim | PlaceOffsetClaim | SeparationClaim) -> str:
    """Return the printed figure with the interval that it is read as: "9.5 km (9.45 to 9.55 km)".

    Where the words already say the interval ("more than 9 km"), they stand alone. Where the case declares what the
    words stand for, that comes first: "up to 30 km ("near the border")".
    """
    words = claim.distance.text.strip()
    interval = format_interval(claim.distance.interval)
    if claim.distance.precision is Precision.DECLARED:
        return f'{interval} ("{words}")'
    return words if words == interval else f"{words} ({interval})"


def spread(values_m: Iterable[float]) -> str:
    """Return the least and the greatest of several distances: "9.10 to 10.29 km", or the one distance."""
    ordered = sorted(values_m)
    low, high = format_distance(ordered[0]), format_distance(ordered[-1])
    if low == high:
        return low
    (low_number, low_unit), (high_number, high_unit) = low.split(" "), high.split(" ")
    return f"{low_number} to {high_number} {high_unit}" if low_unit == high_unit else f"{low} to {high}"


def sector_text(direction_deg: tuple[float, float] | None) -> str:
    """Write the bearings that a direction stands for, as a clause after a distance; nothing where there is none.

    Examples
    --------
    >>> sector_text((123.75, 146.25)), sector_text(None)
    (' between 123.75° and 146.25°', '')
    """
    return "" if direction_deg is None else " between {:g}° and {:g}°".format(*direction_deg)


def outer_range(intervals: Iterable[Interval]) -> Interval | None:
    """Return the smallest interval that holds all of them; None where there are none."""
    found: Interval | None = None
    for interval in intervals:
        found = interval if found is None else found.hull(interval)
    return found


def alternative_label(claims: Sequence[Claim], alternative: Alternative) -> str:
    """Return how a declared alternative reads after "if", for all claims that it is applied to."""
    named = tags(claims)
    many = len(claims) > 1
    parts = []
    if alternative.sense is not None:
        subject = f"the distances in {named}" if many else f"the distance in {named}"
        parts.append(f"{subject} {_sense_text(claims, alternative, alternative.sense, many=many)}")
    elif alternative.places:
        parts.append(f"{named} {'count' if many else 'counts'} from {_names(alternative.places)}")
    if alternative.precision is not None:
        subject = f"the figures in {named}" if many else f"the figure in {named}"
        parts.append(f"{subject} {_PRECISIONS[alternative.precision][many]}")
    if alternative.distance is not None:
        parts.append(f"{named} {'mean' if many else 'means'} {alternative.distance.text.strip()}")
    if alternative.edges is not None:
        parts.append(f"boundary edges are read as {alternative.edges.value}")
    if alternative.near is not None:
        names = _names(alternative.near.places)
        parts.append(f"near in {named} means within {length_text(alternative.near.within_m)} of {names}")
    return " and ".join(parts)


def length_text(length_m: float) -> str:
    """Write a length that somebody declared, with no more digits than it has.

    Examples
    --------
    >>> length_text(8000.0), length_text(9.5), length_text(1250.0)
    ('8 km', '9.5 m', '1.25 km')
    """
    return format_interval(Interval(length_m, length_m))


def undeclared_sentence(tried: Iterable[AlternativeOutcome]) -> str:
    """Return a sentence, with a space before it, on the undeclared readings that were tried; empty for none.

    They are told apart from the declared ones, since the outcome does not hang on them.
    """
    by_outcome: dict[str, list[str]] = {}
    for each in tried:
        if not each.declared:
            label = each.label.removesuffix(UNDECLARED)
            by_outcome.setdefault(each.outcome.value.replace("_", " "), []).append(f"if {label}")
    parts = [f"{listed(labels, last='or')}, the outcome is {outcome}" for outcome, labels in by_outcome.items()]
    return f" The case does not declare it, but {'; '.join(parts)}." if parts else ""


def _names(places: Sequence[Place]) -> str:
    return listed([place.name for place in places], last="or")


def _sense_text(claims: Sequence[Claim], alternative: Alternative, sense: Sense, *, many: bool) -> str:
    """How distances run in a sense; the bearing and the places are the alternative's, else the claims' own."""
    verb = _SENSES[sense][many]
    if sense is Sense.HEADING and alternative.bearing_deg is not None:
        return f"{'run' if many else 'runs'} along the bearing {alternative.bearing_deg:g}°"
    if sense is Sense.FROM:
        places = alternative.places or next((c.places for c in claims if isinstance(c, BorderDistanceClaim)), ())
        return f"{'are' if many else 'is'} counted from {_names(places)}" if places else verb
    return verb


# English whatever the machine's language is.
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SENSES = {
    Sense.SHORTEST: ("is the shortest one", "are the shortest ones"),
    Sense.MERIDIAN: (
        "runs along the meridian (due north or south)",
        "run along the meridian (due north or south)",
    ),
    Sense.HEADING: ("runs along the stated bearing", "run along the stated bearing"),
    Sense.FROM: ("is counted from a named place", "are counted from a named place"),
}
_PRECISIONS = {
    Precision.LAST_DIGIT: ("is exact to its last digit", "are exact to their last digits"),
    Precision.FRACTIONAL: ("may name a quarter, a half or three quarters",) * 2,
    Precision.DECLARED: ("stands for the declared interval", "stand for the declared intervals"),
}
