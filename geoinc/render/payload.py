"""The one block of data that the page's script reads: texts for text nodes, numbers for everything else."""

from __future__ import annotations

from typing import Any

from geoinc.claims import BorderDistanceClaim, Claim, PositionClaim
from geoinc.measurement import Sense
from geoinc.render import words
from geoinc.render.drawing import Drawing, Feature
from geoinc.render.layers import MAP_NAME
from geoinc.render.legend import label_of, targets
from geoinc.render.roles import Cast
from geoinc.render.svg import clean
from geoinc.render.tiles import Tile

__all__ = ["payload"]


def _claim(cast: Cast, claim: Claim) -> dict[str, Any]:
    made: dict[str, Any] = {"number": cast.claim_number(claim.id), "tag": claim.tag}
    if isinstance(claim, PositionClaim):
        made |= _position(cast, claim)
    return made


def _position(cast: Cast, claim: PositionClaim) -> dict[str, Any]:
    role, reading = cast.role(claim), claim.reading
    reference = cast.data.incident.references.get(claim.reference) if claim.reference is not None else None
    return {
        "headline": cast.headline(claim),
        "party": role.party.name,
        "colour": role.colour,
        "marker": role.marker,
        "printed": claim.text,
        "lang": words.language_tag(reference.language if reference else None) or "",
        "point": cast.point(claim.point),
        "lon": reading.lon_deg,
        "lat": reading.lat_deg,
        "position": " or ".join(words.positions(reading)),
        "cell": words.cell(reading),
        "distances": {
            str(cast.source_number(each.source)): words.length(each.distance_m)
            for each in cast.data.measurements.get(claim.id, ())
            if each.sense is Sense.SHORTEST and each.distance_m is not None
        },
    }


def _feature(feature: Feature) -> list[Any]:
    numbers = (feature.claim, feature.territory, feature.colour)
    return [feature.number, feature.kind, list(feature.sources), *(-1 if each is None else each for each in numbers)]


def _territory(cast: Cast, code: str | None) -> int:
    return cast.territory_number(code) if code in cast.territories else -1


def _label(cast: Cast, claim: Claim) -> list[str | int]:
    """Return a claim's label on the map, and the territory on whose ground it stands; -1 for any."""
    code = claim.territory if isinstance(claim, BorderDistanceClaim) else None
    return [label_of(cast, claim), _territory(cast, code)]


def payload(cast: Cast, drawing: Drawing, tiles: tuple[Tile, ...]) -> dict[str, Any]:
    """Return the data block, JSON-ready.

    Parameters
    ----------
    cast : Cast
    drawing : Drawing
    tiles : tuple of Tile
        Online pictures on offer.
    """
    data = cast.data
    drawn = {feature.claim for feature in drawing.features if feature.claim is not None}
    shown = drawn | {cast.claim_number(claim.id) for claim in cast.positions} | set(targets(cast))
    lengths = {
        (cast.claim_number(each.claim), cast.source_number(each.source)): words.length(each.distance_m)
        for each in data.connectors
    }
    made = {
        "map": MAP_NAME,
        "view": list(drawing.view_box_deg),
        "features": [_feature(feature) for feature in drawing.features],
        "claims": [_claim(cast, claim) for number, claim in enumerate(data.incident.claims) if number in shown],
        "targets": {str(number): numbers for number, numbers in targets(cast).items()},
        "labels": {str(number): _label(cast, data.incident.claims[number]) for number in sorted(drawn)},
        "lengths": {
            str(feature.number): lengths[feature.claim, feature.sources[0]]
            for feature in drawing.features
            if feature.kind == "connector" and feature.claim is not None
        },
        "sources": [
            {"title": source.title, "credit": source.attribution, "fit": cast.fitness(source.id).fit is not False}
            for source in data.sources
        ],
        "territories": [cast.territory(code) for code in cast.territories],
        "places": [
            [place.name, place.name_ar, place.lon_deg, place.lat_deg, _territory(cast, place.territory)]
            for place in data.places
        ],
        "tiles": [tile.options for tile in tiles],
    }  # fmt: skip
    cleaned: dict[str, Any] = _clean(made)
    return cleaned


def _clean(value: Any) -> Any:
    match value:
        case str():
            return clean(value)
        case list():
            return [_clean(each) for each in value]
        case dict():
            return {key: _clean(each) for key, each in value.items()}
        case _:
            return value
