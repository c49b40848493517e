"""The one block of data that the page's script reads: texts for text nodes, numbers for everything else."""

from __future__ import annotations

import base64
from typing import Any, Final, Literal

from geoinc.claims import BorderDistanceClaim, Claim, PositionClaim, WithinClaim
from geoinc.errors import GeometryError
from geoinc.measurement import Sense
from geoinc.messages import Text, Voice, items, say
from geoinc.notation import Reading, format_position
from geoinc.places import Place
from geoinc.relief import ShadedRelief
from geoinc.render import words
from geoinc.render.background import background_towns
from geoinc.render.drawing import Apart, Drawing, Feature
from geoinc.render.layers import MAP_NAME
from geoinc.render.legend import joint_label, label_of, shaping, targets
from geoinc.render.naming import place_names, second_names
from geoinc.render.phrases import phrases, signs
from geoinc.render.roles import Cast
from geoinc.render.svg import clean
from geoinc.render.tiles import Tile
from geoinc.render.track import Fix, fixes

__all__ = ["copies_of", "payload"]

_COPIED: Final[tuple[tuple[Literal["decimal", "dms", "mgrs"], Text], ...]] = (
    ("decimal", say("decimal degrees")),
    ("dms", say("degrees, minutes, seconds")),
    ("mgrs", say("MGRS")),
)


def copies_of(reading: Reading) -> list[list[str]]:
    """Return a printed position in each notation that can be copied, as finely as it was printed: name, text.

    A notation that does not reach a pole is left out there.

    Examples
    --------
    >>> [text for _, text in copies_of(Reading(2.89391694, 19.86798278, 1.4e-7, 1.4e-7, "dms", ""))]
    ['19.8679828°N 2.8939169°E', '19°52′04.738″N 2°53′38.101″E', '31QDB8889396875']
    """
    finest = 2 * min(reading.half_width_lon_deg, reading.half_width_lat_deg)
    found: list[list[str]] = []
    for notation, name in _COPIED:
        try:
            text = format_position(reading.lon_deg, reading.lat_deg, notation=notation, resolution=finest)
        except GeometryError:
            continue
        if all(text != other for _, other in found):
            found.append([name, text])
    return found


def _claim(cast: Cast, claim: Claim) -> dict[str, Any]:
    made: dict[str, Any] = {"number": cast.claim_number(claim.id), "tag": claim.tag}
    if isinstance(claim, PositionClaim):
        distances: dict[str, list[list[str]]] = {}
        for each in cast.data.measurements.get(claim.id, ()):
            if each.sense is Sense.SHORTEST and each.distance_m is not None:
                pair = _border(cast, each.border)
                distances.setdefault(str(cast.source_number(each.source)), []).append(
                    [words.length(each.distance_m), *([pair] if pair else [])]
                )
        made |= _printed(cast, claim, claim.reading, claim.text)
        made |= {"point": cast.voice(cast.point(claim.point)), "distances": distances}
    return made


def _border(cast: Cast, pair: tuple[str, str] | None) -> str:
    """Return what to call a border where the incident has several; empty where it has one."""
    if pair is None or len(cast.data.incident.borders) < 2:
        return ""
    own = next((each for each in cast.data.incident.borders if set(each) == set(pair)), pair)
    return items([cast.territory(code) for code in own])


def _fix(cast: Cast, fix: Fix) -> dict[str, Any]:
    """Return a position of a track: what a position has, and its time."""
    made = {"number": cast.claim_number(fix.claim.id), "tag": fix.claim.tag}
    made |= _printed(cast, fix.claim, fix.reading, fix.reading.source_text)
    return made | {"point": fix.name, "when": fix.when, "distances": {}}


def _printed(cast: Cast, claim: Claim, reading: Reading, text: str | None) -> dict[str, Any]:
    role = cast.role(claim)
    reference = cast.data.incident.references.get(claim.reference) if claim.reference is not None else None
    return {
        "headline": cast.headline(claim),
        "party": cast.voice(cast.party(role)),
        "colour": role.colour,
        "marker": role.marker,
        "printed": text,
        "lang": words.language_tag(reference.language if reference else None) or "",
        "lon": cast.counted_deg(reading.lon_deg),
        "lat": reading.lat_deg,
        "position": items(words.positions(reading), last="or"),
        "cell": words.cell(reading),
        "copies": copies_of(reading),
    }


def _feature(feature: Feature) -> list[Any]:
    numbers = [feature.claim, feature.territory, feature.colour, feature.row, feature.same]
    while numbers and numbers[-1] is None:
        numbers.pop()
    return [feature.number, feature.kind, list(feature.sources), *(-1 if each is None else each for each in numbers)]


def _picture(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"


def _territory(cast: Cast, code: str | None) -> int:
    return cast.territory_number(code) if code in cast.territories else -1


def _label(cast: Cast, claim: Claim) -> list[str | int]:
    """Return a claim's label on the map, and the territory on whose ground it stands; -1 for any."""
    code = claim.territory if isinstance(claim, BorderDistanceClaim) else None
    return [label_of(cast, claim), _territory(cast, code)]


def _spoken_of(cast: Cast, party: str, point: str) -> int:
    """Return the territory in which a party's claims place a point, where they name but one; -1 otherwise."""
    codes = {
        claim.territory
        for claim in cast.data.incident.claims
        if isinstance(claim, BorderDistanceClaim | WithinClaim) and (claim.party, claim.point) == (party, point)
    }
    return _territory(cast, codes.pop()) if len(codes) == 1 else -1


def _names(cast: Cast, place: Place) -> list[str]:
    name, second = place_names(place, cast.voice.language)
    return [name, *(second or ())]


def _gap(cast: Cast, drawing: Drawing, apart: Apart) -> dict[str, Any]:
    """Return the lengths of a gap, and what to show with it: the ground that it is measured between."""
    shown: list[str] = []
    for party, point, whole in zip(apart.parties, apart.points, apart.whole, strict=True):
        if whole and (party, point) in drawing.joints:
            shown.append(f"j{drawing.joints.index((party, point))}")
        else:
            found = shaping(cast, drawing, party, point, whole=whole)
            shown += [f"c{cast.claim_number(claim.id)}" for claim in found]
    return {
        "by": {str(number): words.length(gap.distance_m) for number, gap in apart.by_source.items()},
        "with": shown,
    }


def payload(
    cast: Cast, drawing: Drawing, tiles: tuple[Tile, ...], relief: ShadedRelief | None = None
) -> dict[str, Any]:
    """Return the data block, JSON-ready.

    Parameters
    ----------
    cast : Cast
    drawing : Drawing
    tiles : tuple of Tile
        Online pictures on offer.
    relief : ShadedRelief, optional
    """
    data = cast.data
    drawn = {feature.claim for feature in drawing.features if feature.claim is not None}
    shown = drawn | {cast.claim_number(claim.id) for claim in (*cast.positions, *cast.tracks)} | set(targets(cast))
    ways = [feature for feature in drawing.features if feature.kind == "connector"]
    seconds = second_names(cast.territories, cast.voice.language)
    made = {
        "map": MAP_NAME,
        "title": cast.voice(data.incident.title),
        "view": list(drawing.view_box_deg),
        "tolerance": words.short_length(max(1.0, round(drawing.tolerance_m))),
        "features": [_feature(feature) for feature in drawing.features],
        "claims": [_claim(cast, claim) for number, claim in enumerate(data.incident.claims) if number in shown],
        "fixes": [_fix(cast, fix) for fix in fixes(cast)],
        "targets": {str(number): numbers for number, numbers in targets(cast).items()},
        "labels": {str(number): _label(cast, data.incident.claims[number]) for number in sorted(drawn)},
        "joints": [
            [joint_label(cast, party, point), _spoken_of(cast, party, point)] for party, point in drawing.joints
        ],
        "gaps": [_gap(cast, drawing, apart) for apart in drawing.gaps],
        "lengths": {
            # One source may hold two borders, and a position a way to each.
            str(feature.number): words.length(each.distance_m)
            for feature, each in zip(ways, data.connectors, strict=True)
        },
        "sources": [
            {
                "id": source.id,
                "title": source.title,
                "credit": source.attribution,
                "fit": cast.fitness(source.id).fit is not False,
            }
            for source in data.sources
        ],
        "choices": {str(choice[0]): list(choice) for choice in cast.choices},
        "territories": [[cast.territory(code), *seconds.get(code, ())] for code in cast.territories],
        "places": [
            [cast.counted_deg(place.lon_deg), place.lat_deg, _territory(cast, place.territory), *_names(cast, place)]
            for place in data.places
        ],
        "towns": [list(town) for town in background_towns(cast, drawing.view_box_deg)],
        "behind": [each.attribution for each in data.landscape.credits],
        "tiles": [tile.options for tile in tiles],
        "relief": None if relief is None else [_picture(relief.png), *relief.box_deg],
        "words": phrases(cast.voice),
        "signs": signs(cast.voice),
    }
    cleaned: dict[str, Any] = _said(made, cast.voice)
    return cleaned


def _said(value: Any, voice: Voice) -> Any:
    """Say every text; plain strings are the case's own words and quotations, said where they were taken or never."""
    match value:
        case Text():
            return clean(voice(value))
        case str():
            return clean(value)
        case list() | tuple():
            return [_said(each, voice) for each in value]
        case dict():
            return {key: _said(each, voice) for key, each in value.items()}
        case _:
            return value
