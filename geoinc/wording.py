"""Words shared by every statement: names, tags, and how an alternative reads in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, Literal

from geoinc.boundaries import load_catalogue
from geoinc.claims import Alternative, BorderDistanceClaim, Claim, Incident, PlaceOffsetClaim, SeparationClaim
from geoinc.findings import AlternativeOutcome, Outcome
from geoinc.geodesy import Edges
from geoinc.intervals import Interval
from geoinc.measurement import Sense
from geoinc.messages import Message, Text, day, items, join, later, number, say, say_as, territory
from geoinc.places import Place
from geoinc.quantities import Precision, format_distance, format_interval, format_range

__all__ = [
    "alternative_label",
    "border_text",
    "clauses",
    "dated_tag",
    "day_text",
    "edges_text",
    "enumerated",
    "if_better_than",
    "if_left_out",
    "if_only",
    "if_so",
    "length_text",
    "listed",
    "offset_text",
    "outcome_text",
    "outer_range",
    "party_name",
    "position_wanted",
    "printed",
    "range_text",
    "spread",
    "tags",
    "territory_name",
    "the_point",
    "undeclared",
    "undeclared_sentence",
    "unfit_text",
]


def listed(parts: Iterable[str], *, last: Literal["and", "or"] = "and") -> Text:
    """Join items as a sentence does.

    Examples
    --------
    >>> listed(["M2", "M4", "M5"])
    'M2, M4 and M5'
    """
    return items(parts, last=last)


def tags(claims: Iterable[Claim]) -> Text:
    """Return the tags of claims as a sentence names them."""
    return listed([claim.tag for claim in claims])


def party_name(incident: Incident, claim: Claim) -> str:
    """Return the name of the party that makes a claim; one that bears the name of its country is called as that is."""
    party = incident.parties[claim.party]
    if party.territory is not None and load_catalogue().territory_names.get(party.territory) == party.name:
        return territory_name(incident, party.territory)
    return party.name


def dated_tag(incident: Incident, claim: Claim) -> str:
    """Return a claim's tag with the day of its publication, where that is held: "M2, 6 April 2025"."""
    reference = None if claim.reference is None else incident.references[claim.reference]
    if reference is None or reference.published is None:
        return claim.tag
    return say("{claim}, {day}", claim=claim.tag, day=day_text(reference.published))


def day_text(value: date) -> Text:
    """Write a date, in English whatever the machine's language is.

    Examples
    --------
    >>> day_text(date(2025, 4, 1))
    '1 April 2025'
    """
    return day(value)


def outcome_text(outcome: Outcome) -> Text:
    """Return an outcome as a sentence names it.

    Examples
    --------
    >>> outcome_text(Outcome.NOT_ASSESSABLE)
    'not assessable'
    """
    return _OUTCOMES[outcome]


def edges_text(edges: Edges | str) -> Text:
    """Return how edges are read, as a sentence names it.

    Examples
    --------
    >>> edges_text("geodesic")
    'geodesic'
    """
    return _EDGES[Edges(edges)]


def if_so(change: str, outcome: Outcome) -> Text:
    """Return a change as a clause that begins with "if" and ends with the outcome that follows.

    Examples
    --------
    >>> if_so("the air was not still", Outcome.INDETERMINATE)
    'if the air was not still (then indeterminate)'
    """
    return say("if {change} (then {outcome})", change=change, outcome=outcome_text(outcome))


def if_left_out(sources: str, outcome: Outcome) -> Text:
    """Return the clause that sources were left out, with the outcome that follows.

    Examples
    --------
    >>> if_left_out("OpenStreetMap", Outcome.INDETERMINATE)
    'if OpenStreetMap were left out (then indeterminate)'
    """
    return say("if {sources} were left out (then {outcome})", sources=sources, outcome=outcome_text(outcome))


def if_better_than(source: str, accuracy_m: float, outcome: Outcome) -> Text:
    """Return the clause that a source were more accurate here than so many metres, with the outcome that follows.

    Examples
    --------
    >>> if_better_than("OpenStreetMap", 410.0, Outcome.CONSISTENT)
    'if OpenStreetMap were accurate to better than 410.0 m here (then consistent)'
    """
    return say(
        "if {source} were accurate to better than {distance} here (then {outcome})",
        source=source,
        distance=format_distance(accuracy_m),
        outcome=outcome_text(outcome),
    )


def unfit_text(uncertainty_m: float, scale_m: float) -> Text:
    """Return why a source does not vote: its uncertainty is too large for the scale."""
    return say(
        "not fit for this scale: the uncertainty of {uncertainty} is more than a third of {scale}",
        uncertainty=format_distance(uncertainty_m),
        scale=format_distance(scale_m),
    )


def if_only(place: Place, outcome: Outcome) -> Text:
    """Return the clause that a place alone is meant, with the outcome that follows."""
    return say("if only {place} is meant (then {outcome})", place=place.name, outcome=outcome_text(outcome))


def the_point(incident: Incident, point: str) -> Text:
    """Name a point in a sentence by its label: "the wreckage"."""
    return say("the {point}", point=incident.points[point].label)


def border_text(incident: Incident, border: tuple[str, str]) -> Text | None:
    """Name a border by its two territories where an incident has several; None where it has one, which needs no name.

    The territories stand in alphabetical order of their codes, whichever of them the case names first.
    """
    if len(incident.borders) < 2:
        return None
    first, second = (territory_name(incident, code) for code in sorted(border))
    return say("the border between {first} and {second}", first=first, second=second)


def position_wanted(incident: Incident, point: str) -> Text:
    """Return the missing input that a position of a point would be."""
    return say("a position of the {point}", point=incident.points[point].label)


def territory_name(incident: Incident, code: str) -> str:
    """Return the English name of a territory; where none is held, its party's name, or else the code.

    A party need not bear the name of its country: what an army says lies "in Mali", and not "in Malian army".
    """
    name = load_catalogue().territory_names.get(code)
    if name is not None:
        return territory(code, name)
    for party in incident.parties.values():
        if party.territory == code:
            return party.name
    return code


def printed(claim: BorderDistanceClaim | PlaceOffsetClaim | SeparationClaim) -> Text:
    """Return the printed figure with the interval that it is read as: "9.5 km (9.45 to 9.55 km)".

    Where the words already say the interval ("more than 9 km"), it stands alone. Where the case declares what the
    words stand for, that comes first: "up to 30 km ("near the border")".
    """
    words = claim.distance.text.strip()
    interval = format_interval(claim.distance.interval)
    if claim.distance.precision is Precision.DECLARED:
        return say('{interval} ("{words}")', interval=interval, words=words)
    return interval if words == interval else say("{words} ({interval})", words=words, interval=interval)


def spread(values_m: Iterable[float]) -> Text:
    """Return the least and the greatest of several distances: "9.10 to 10.29 km", or the one distance."""
    ordered = sorted(values_m)
    return format_range(ordered[0], ordered[-1])


def range_text(low: str, high: str) -> Text:
    """Return two figures as a range, each with its own unit.

    Examples
    --------
    >>> range_text("8.4°", "12.1°")
    '8.4° to 12.1°'
    """
    return say("{low} to {high}", low=low, high=high)


def offset_text(distance: str, direction_deg: tuple[float, float] | None, places: Sequence[str]) -> Text:
    """Write a distance from places, with the bearings that its direction stands for.

    Examples
    --------
    >>> offset_text("8 km", (123.75, 146.25), ["Tinzaouaten"])
    '8 km between 123.75° and 146.25° from Tinzaouaten'
    >>> offset_text("8 km", None, ["Tin Zaouatine", "Tinzaouaten"])
    '8 km from Tin Zaouatine or Tinzaouaten'
    """
    names = listed(places, last="or")
    if direction_deg is None:
        return say("{distance} from {places}", distance=distance, places=names)
    start, end = (number(f"{bearing:g}") for bearing in direction_deg)
    return say(
        "{distance} between {start}° and {end}° from {places}", distance=distance, start=start, end=end, places=names
    )


def outer_range(intervals: Iterable[Interval]) -> Interval | None:
    """Return the smallest interval that holds all of them; None where there are none."""
    found: Interval | None = None
    for interval in intervals:
        found = interval if found is None else found.hull(interval)
    return found


def alternative_label(claims: Sequence[Claim], alternative: Alternative) -> Text:
    """Return how a declared alternative reads after "if", for all claims that it is applied to."""
    named = tags(claims)
    many = len(claims) > 1
    parts: list[Text] = []
    if alternative.sense is not None:
        parts.append(_in_sense(claims, alternative, alternative.sense))
    elif alternative.places:
        parts.append(say(_COUNTED[many], claims=named, places=_names(alternative.places)))
    if alternative.precision is not None:
        parts.append(say(_PRECISIONS[alternative.precision][many], claims=named))
    if alternative.distance is not None:
        parts.append(say(_MEANING[many], claims=named, distance=alternative.distance.text.strip()))
    if alternative.edges is not None:
        parts.append(say("boundary edges are read as {edges}", edges=edges_text(alternative.edges)))
    if alternative.near is not None:
        parts.append(
            say(
                "near in {claims} means within {distance} of {places}",
                claims=named,
                distance=length_text(alternative.near.within_m),
                places=_names(alternative.near.places),
            )
        )
    return parts[0] if len(parts) == 1 else join(parts, say_as("between clauses", " and "))


def length_text(length_m: float) -> Text:
    """Write a length that somebody declared, with no more digits than it has.

    Examples
    --------
    >>> length_text(8000.0), length_text(9.5), length_text(1250.0)
    ('8 km', '9.5 m', '1.25 km')
    """
    return format_interval(Interval(length_m, length_m))


def undeclared(label: Text) -> Text:
    """Return the label of a reading that the words allow and the case does not declare.

    Examples
    --------
    >>> undeclared(say("the distance in M2 is the shortest one"))
    'the distance in M2 is the shortest one (not declared by the case)'
    """
    return say(_UNDECLARED, reading=label)


def undeclared_sentence(tried: Iterable[AlternativeOutcome]) -> Text | None:
    """Return a sentence on the undeclared readings that were tried; None for none.

    They are told apart from the declared ones, since the outcome does not hang on them.
    """
    by_outcome: dict[Outcome, list[Text]] = {}
    for each in tried:
        if not each.declared:
            label = each.label
            bare = label.values["reading"] if isinstance(label, Message) and label.template == _UNDECLARED else label
            by_outcome.setdefault(each.outcome, []).append(say("if {reading}", reading=bare))
    if not by_outcome:
        return None
    parts = [
        say("{conditions}, the outcome is {outcome}", conditions=listed(labels, last="or"), outcome=outcome_text(which))
        for which, labels in by_outcome.items()
    ]
    return say("The case does not declare it, but {readings}.", readings=clauses(parts))


def enumerated(parts: Iterable[str]) -> Text:
    """Put items in a row that commas part, the last one too.

    Examples
    --------
    >>> enumerated(["speed 200 km/h", "wind 10 m/s"])
    'speed 200 km/h, wind 10 m/s'
    """
    return join(parts, say_as("between items", ", "))


def clauses(parts: Iterable[str]) -> Text:
    """Put clauses in a row that semicolons part, for there may be commas in them.

    Examples
    --------
    >>> clauses(["OpenStreetMap, July 2026", "Natural Earth"])
    'OpenStreetMap, July 2026; Natural Earth'
    """
    return join(parts, say_as("between clauses", "; "))


def _names(places: Sequence[Place]) -> Text:
    return listed([place.name for place in places], last="or")


def _in_sense(claims: Sequence[Claim], alternative: Alternative, sense: Sense) -> Text:
    """How distances run in a sense; the bearing and the places are the alternative's, else the claims' own."""
    named, many = tags(claims), len(claims) > 1
    if sense is Sense.HEADING and alternative.bearing_deg is not None:
        return say(_ALONG[many], claims=named, bearing=number(f"{alternative.bearing_deg:g}"))
    if sense is Sense.FROM:
        places = alternative.places or next((c.places for c in claims if isinstance(c, BorderDistanceClaim)), ())
        if places:
            return say(_FROM[many], claims=named, places=_names(places))
    return say(_SENSES[sense][many], claims=named)


# Of one claim, and of several.
_SENSES: Final = {
    Sense.SHORTEST: (
        later("the distance in {claims} is the shortest one"),
        later("the distances in {claims} are the shortest ones"),
    ),
    Sense.MERIDIAN: (
        later("the distance in {claims} runs along the meridian (due north or south)"),
        later("the distances in {claims} run along the meridian (due north or south)"),
    ),
    Sense.HEADING: (
        later("the distance in {claims} runs along the stated bearing"),
        later("the distances in {claims} run along the stated bearing"),
    ),
    Sense.FROM: (
        later("the distance in {claims} is counted from a named place"),
        later("the distances in {claims} are counted from a named place"),
    ),
}
_ALONG: Final = (
    later("the distance in {claims} runs along the bearing {bearing}°"),
    later("the distances in {claims} run along the bearing {bearing}°"),
)
_FROM: Final = (
    later("the distance in {claims} is counted from {places}"),
    later("the distances in {claims} are counted from {places}"),
)
_COUNTED: Final = (later("{claims} counts from {places}"), later("{claims} count from {places}"))
_MEANING: Final = (later("{claims} means {distance}"), later("{claims} mean {distance}"))
_PRECISIONS: Final = {
    Precision.LAST_DIGIT: (
        later("the figure in {claims} is exact to its last digit"),
        later("the figures in {claims} are exact to their last digits"),
    ),
    Precision.FRACTIONAL: (
        later("the figure in {claims} may name a quarter, a half or three quarters"),
        later("the figures in {claims} may name a quarter, a half or three quarters"),
    ),
    Precision.DECLARED: (
        later("the figure in {claims} stands for the declared interval"),
        later("the figures in {claims} stand for the declared intervals"),
    ),
}
_UNDECLARED: Final = later("{reading} (not declared by the case)")
_OUTCOMES: Final = {
    Outcome.CONSISTENT: say_as("outcome", "consistent"),
    Outcome.INCONSISTENT: say_as("outcome", "inconsistent"),
    Outcome.INDETERMINATE: say_as("outcome", "indeterminate"),
    Outcome.NOT_ASSESSABLE: say_as("outcome", "not assessable"),
}
_EDGES: Final = {
    Edges.GEODESIC: say_as("edges", "geodesic"),
    Edges.PLANAR: say_as("edges", "planar"),
    Edges.RHUMB: say_as("edges", "rhumb"),
}
