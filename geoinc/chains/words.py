"""The first half of a chain: what was printed, what it was read as, and what was fixed before measuring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from geoinc.chains.steps import (
    Citation,
    ClaimParameters,
    DeclaredAlternative,
    Figure,
    NamedPlace,
    ParametersStep,
    QuoteStep,
    ReadingStep,
    Span,
    UsedAssumption,
    Value,
)
from geoinc.claims import (
    BorderDistanceClaim,
    Claim,
    FallClaim,
    Incident,
    OrderClaim,
    PlaceOffsetClaim,
    PositionClaim,
    SamePointClaim,
    SeparationClaim,
    Stated,
    TimeClaim,
    TrackClaim,
    WithinClaim,
)
from geoinc.notation import Reading
from geoinc.places import Place
from geoinc.quantities import Quantity
from geoinc.ranges import cell_radius_m
from geoinc.wording import alternative_label, listed, territory_name

__all__ = ["fix_parameters", "quote_claim", "read_claim"]

BOUNDS: Final = {
    "at_least": "a least value",
    "more_than": "a least value, itself left out",
    "up_to": "a greatest value",
    "about": "about this value",
}


def quote_claim(incident: Incident, claim: Claim) -> QuoteStep:
    """Return what was printed for a claim, and what is not held of it."""
    reference = None if claim.reference is None else incident.references[claim.reference]
    citation = None
    language = None
    if reference is not None:
        language = reference.language
        citation = Citation(
            id=reference.id,
            publisher=reference.publisher,
            title=reference.title,
            published=None if reference.published is None else reference.published.isoformat(),
            url=reference.url,
            sha256=reference.sha256,
        )
    held = {
        "printed words": claim.text or None,
        "reference": citation,
        "language": language,
        "date": citation and citation.published,
        "url": citation and citation.url,
        "sha256": citation and citation.sha256,
    }
    return QuoteStep(
        claim=claim.id,
        tag=claim.tag,
        party=claim.party,
        party_name=incident.parties[claim.party].name,
        kind=claim.kind,
        printed=claim.text or None,
        quote=claim.quote,
        translation=claim.translation,
        language=language,
        reference=citation,
        not_held=tuple(name for name, value in held.items() if value is None),
    )


def read_claim(incident: Incident, claim: Claim) -> ReadingStep:
    """Return what the words of a claim were read as."""
    model, figures, words, warnings = _read(incident, claim)
    names = _point_names(claim)
    return ReadingStep(
        claim=claim.id,
        tag=claim.tag,
        points={name: incident.points[name].label for name in names if name in incident.points},
        model=model,
        figures=figures,
        words=words,
        warnings=warnings,
    )


def _point_names(claim: Claim) -> tuple[str, ...]:
    if isinstance(claim, SeparationClaim | SamePointClaim):
        return claim.points
    if isinstance(claim, FallClaim):
        return (claim.start, claim.end)
    if isinstance(claim, TimeClaim):
        return (claim.event,)
    if isinstance(claim, OrderClaim):
        return (claim.event, *claim.before, *claim.after)
    if isinstance(claim, PositionClaim | BorderDistanceClaim | WithinClaim | PlaceOffsetClaim):
        return (claim.point,)
    return ()


_Read = tuple[str | None, dict[str, Figure], dict[str, str], tuple[str, ...]]


def _read(incident: Incident, claim: Claim) -> _Read:
    source = f"claim {claim.tag}, as printed"
    found: _Read = (None, {}, {}, ())
    if isinstance(claim, PositionClaim):
        found = _stated_position(claim, source)
    elif isinstance(claim, BorderDistanceClaim | SeparationClaim | PlaceOffsetClaim):
        figures, words = _quantity("distance", claim.distance, source)
        if not isinstance(claim, SeparationClaim) and claim.direction_deg is not None:
            start, end = claim.direction_deg
            figures["direction from"] = Value(start, "deg", source)
            figures["direction to"] = Value(end, "deg", source)
        found = (claim.distance.precision.value, figures, words, ())
    elif isinstance(claim, WithinClaim):
        found = (None, {}, {"territory": _territory(incident, claim.territory)}, ())
    elif isinstance(claim, TimeClaim):
        found = (None, {}, _times(claim), ())
    elif isinstance(claim, OrderClaim):
        found = (None, {}, _order(incident, claim), ())
    elif isinstance(claim, FallClaim):
        found = _fall(claim, source)
    elif isinstance(claim, TrackClaim):
        found = _track(incident, claim, source)
    return found


def _territory(incident: Incident, code: str) -> str:
    name = territory_name(incident, code)
    return name if name == code else f"{name} ({code})"


def _stated_position(claim: PositionClaim, source: str) -> _Read:
    figures = _position(claim.reading, source)
    words = {}
    shift = claim.datum
    if shift is not None:
        words = {"datum": shift.datum.name, "brought to WGS 84": shift.basis}
        figures["shift of the datum"] = Value(shift.shift_m, "m", f"claim {claim.tag}: {shift.datum.name} to WGS 84")
        figures["shift open by"] = Value(shift.half_width_m, "m", "the operations that lead to WGS 84")
    return claim.reading.notation, figures, words, claim.reading.warnings


def _position(reading: Reading, source: str, name: str = "") -> dict[str, Figure]:
    figures: dict[str, Figure] = {
        f"{name}latitude": Value(reading.lat_deg, "deg", source),
        f"{name}longitude": Value(reading.lon_deg, "deg", source),
        f"{name}cell half height": Value(reading.half_width_lat_deg, "deg", source),
        f"{name}cell half width": Value(reading.half_width_lon_deg, "deg", source),
        f"{name}cell radius": Value(cell_radius_m(reading), "m", f"{source}: from the middle to a corner"),
    }
    if reading.accuracy_m is not None:
        figures[f"{name}accuracy stated"] = Value(reading.accuracy_m, "m", source)
    return figures


def _quantity(name: str, quantity: Quantity, source: str) -> tuple[dict[str, Figure], dict[str, str]]:
    words = {f"{name} printed": quantity.text.strip()}
    if quantity.bound in BOUNDS:
        words[f"{name} bound"] = BOUNDS[quantity.bound]
    return {name: Span.of(quantity.interval, "m", source)}, words


def _times(claim: TimeClaim) -> dict[str, str]:
    return {
        "not before (UTC)": claim.start_utc.isoformat(),
        "not after (UTC)": claim.end_utc.isoformat(),
        "clock": claim.zone,
    }


def _order(incident: Incident, claim: OrderClaim) -> dict[str, str]:
    told = {"before": claim.before, "after": claim.after}
    return {name: listed([incident.points[event].label for event in events]) for name, events in told.items() if events}


def _stated(name: str, stated: Stated | None, unit: str, source: str) -> dict[str, Figure]:
    return {} if stated is None else {name: Span.of(stated.interval, unit, f"{source}: {stated.text.strip()}")}


def _fall(claim: FallClaim, source: str) -> _Read:
    figures: dict[str, Figure] = {}
    words = {"way of falling": claim.mode.value}
    model = None
    if claim.altitude is not None:
        figures, printed = _quantity("altitude", claim.altitude, source)
        words |= printed
        model = claim.altitude.precision.value
    figures |= _stated("speed", claim.speed, "m/s", source)
    figures |= _stated("glide ratio", claim.glide_ratio, "m/m", source)
    figures |= _stated("mass over drag area", claim.ballistic_coefficient, "kg/m2", source)
    if claim.launch_angle_deg is not None:
        low, high = claim.launch_angle_deg
        figures["launch angle"] = Span(low, high, low_open=False, high_open=False, unit="deg", source=source)
    figures |= _stated("wind", claim.wind, "m/s", source)
    return model, figures, words, ()


def _track(incident: Incident, claim: TrackClaim, source: str) -> _Read:
    figures: dict[str, Figure] = {}
    words: dict[str, str] = {}
    warnings: list[str] = []
    for number, reading in enumerate(claim.positions, start=1):
        figures |= _position(reading, source, f"position {number}, ")
        warnings += [f"position {number}: {warning}" for warning in reading.warnings]
    for number, time in enumerate(claim.times, start=1):
        words[f"time of position {number} (UTC)"] = time.isoformat()
    for number, width_s in enumerate(claim.time_widths_s, start=1):
        figures[f"time of position {number} lasts"] = Value(width_s, "s", source)
    figures |= _stated("greatest speed", claim.speed, "m/s", source)
    figures |= _stated("duration", claim.duration, "s", source)
    if claim.length is not None:
        printed, told = _quantity("length", claim.length, source)
        figures |= printed
        words |= told
    if claim.never_left is not None:
        words["never left"] = _territory(incident, claim.never_left)
    if claim.entered is not None:
        words["was inside"] = _territory(incident, claim.entered)
    if not claim.positions:
        words["positions"] = "none"
    return None, figures, words, tuple(warnings)


def fix_parameters(incident: Incident, claims: Sequence[Claim], edges: Mapping[str, str]) -> ParametersStep:
    """Return everything that was fixed for the claims of one finding before anything was measured."""
    ids = [claim.id for claim in claims]
    points = {name for claim in claims for name in _point_names(claim)}
    fixed = [_parameters(claim) for claim in claims]
    return ParametersStep(
        claims=tuple(each for each in fixed if each is not None),
        edges=dict(edges),
        precision=None if incident.precision is None else incident.precision.value,
        same_points=tuple(
            claim.id for claim in incident.claims if isinstance(claim, SamePointClaim) and points & set(claim.points)
        ),
        boundary_widths={
            "-".join(each.border): Value(each.width_m, "m", each.basis)
            for each in incident.boundary_widths
            if edges and any(getattr(claim, "border", None) == each.border for claim in claims)
        },
        alternatives=tuple(
            DeclaredAlternative(
                claim=claim.id, tag=claim.tag, reading=alternative_label([claim], alternative), note=alternative.note
            )
            for claim in claims
            for alternative in claim.alternatives
        ),
        assumptions=tuple(
            UsedAssumption(id=each.id, text=each.text, claims=tuple(name for name in ids if name in each.used_by))
            for each in incident.assumptions
            if set(each.used_by).intersection(ids)
        ),
    )


def _parameters(claim: Claim) -> ClaimParameters | None:
    source = f"claim {claim.tag}, as the case reads it"
    border: tuple[str, ...] = ()
    territory = sense = None
    bearing = near_within = None
    places: tuple[Place, ...] = ()
    if isinstance(claim, BorderDistanceClaim):
        border, territory, sense, places = claim.border, claim.territory, claim.sense.value, claim.places
        bearing = None if claim.bearing_deg is None else Value(claim.bearing_deg, "deg", source)
        if claim.near is not None:
            near_within = Value(claim.near.within_m, "m", source)
            places = (*places, *claim.near.places)
    elif isinstance(claim, WithinClaim):
        border, territory = claim.border, claim.territory
    elif isinstance(claim, TrackClaim) and claim.border is not None:
        border, territory = claim.border, claim.never_left or claim.entered
    elif isinstance(claim, PlaceOffsetClaim):
        places = claim.places
    else:
        return None
    return ClaimParameters(
        claim=claim.id,
        tag=claim.tag,
        border=border,
        territory=territory,
        sense=sense,
        bearing=bearing,
        near_within=near_within,
        places=tuple(_named(place) for place in places),
    )


def _named(place: Place) -> NamedPlace:
    return NamedPlace(
        id=place.id,
        name=place.name,
        latitude=Value(place.lat_deg, "deg", place.source),
        longitude=Value(place.lon_deg, "deg", place.source),
        accuracy=Value(place.accuracy_m, "m", place.source),
    )
