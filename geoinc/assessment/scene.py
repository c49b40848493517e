"""What a map of the incident draws: lines, grounds, allowed ground and connectors inside one view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geoinc.boundaries import Border, locator
from geoinc.claims import BorderDistanceClaim, Incident, PlaceOffsetClaim, PositionClaim, TrackClaim
from geoinc.findings import Connector, Region, SourceView
from geoinc.geodesy import Edges, inverse
from geoinc.landscape import Landscape, landscape_within
from geoinc.measurement import BoundaryMeasurement, Sense
from geoinc.notation import Reading
from geoinc.places import Place, gazetteer
from geoinc.regions import View, allowed_ground, free_ground, ribbon_style, source_view

__all__ = ["Scene", "draw_scene", "drawn_view"]

LEAST_HALF_M: Final = 15_000.0
OPENING_SHARE: Final = 1.9
DRAWN_SHARE: Final = 3.0
GREATEST_HALF_M: Final = 150_000.0
WIDEST_LANDSCAPE_DEG: Final = 30.0
"""No view is so wide but at a pole or over the antimeridian, where no border on land comes and nothing is held."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The drawn parts of an assessment; see `geoinc.findings.AssessmentData` for each."""

    regions: tuple[Region, ...]
    connectors: tuple[Connector, ...]
    views: tuple[SourceView, ...]
    view_box_deg: tuple[float, float, float, float]
    places: tuple[Place, ...]
    locator: Mapping[str, BaseGeometry]
    landscape: Landscape


def draw_scene(
    incident: Incident,
    borders: Mapping[tuple[str, str], Border],
    measurements: Mapping[str, Sequence[BoundaryMeasurement]],
    *,
    edges: Edges | None = None,
) -> Scene:
    """Gather what a map draws, for every source of every border that the incident names."""
    opening = _opening(incident, borders, measurements)
    drawn = drawn_view(incident, borders, measurements)
    views = []
    regions = []
    for pair in incident.borders:
        border = borders[pair]
        for name in border:
            line, grounds = source_view(border[name], drawn, edges=edges)
            views.append(SourceView(source=name, line=line, ground=grounds))
            for claim in incident.claims:
                if isinstance(claim, BorderDistanceClaim) and claim.border == pair:
                    ground = allowed_ground(border[name], claim, drawn, edges=edges)
                    if ground is not None:
                        style = ribbon_style(claim.distance.interval)
                        regions.append(Region(claim=claim.id, source=name, style=style, geometry=ground))
            regions.extend(_around_places(incident, name, drawn))
    territories = sorted({territory for pair in incident.borders for territory in pair})
    return Scene(
        regions=tuple(regions),
        connectors=tuple(_connectors(incident, measurements)),
        views=tuple(views),
        view_box_deg=opening.box_deg(),
        places=_places(incident, drawn),
        locator=locator(territories),
        landscape=_landscape(drawn),
    )


def drawn_view(
    incident: Incident,
    borders: Mapping[tuple[str, str], Border],
    measurements: Mapping[str, Sequence[BoundaryMeasurement]],
) -> View:
    """Return the ground that is drawn: some way round the opening view."""
    opening = _opening(incident, borders, measurements)
    return View(opening.lon_deg, opening.lat_deg, min(opening.half_m * DRAWN_SHARE, GREATEST_HALF_M))


def _opening(
    incident: Incident,
    borders: Mapping[tuple[str, str], Border],
    measurements: Mapping[str, Sequence[BoundaryMeasurement]],
) -> View:
    """The opening view: positions and the boundary near them; else the places named; else the whole line."""
    ends = [
        (m.nearest_lon_deg, m.nearest_lat_deg)
        for each in measurements.values()
        for m in each
        if m.sense is Sense.SHORTEST and m.fit and m.nearest_lon_deg is not None and m.nearest_lat_deg is not None
    ]
    starts = [corner for reading in _printed(incident) for corner in _corners(reading)]
    shown = [*starts, *ends] or [(place.lon_deg, place.lat_deg) for place in _named_places(incident)]
    if not shown:
        border = borders[incident.borders[0]]
        west, south, east, north = border[next(iter(border))].line.bounds
        shown = [(west, south), (east, north)]
    lon = np.array([each[0] for each in shown], dtype=np.float64)
    lat = np.array([each[1] for each in shown], dtype=np.float64)
    # Counted on from the first: what lies on both sides of the antimeridian is near, not a world apart.
    turns = np.round((lon[0] - lon) / 360.0)
    lon = lon + 360.0 * turns
    centre_lon, centre_lat = float((lon.min() + lon.max()) / 2), float((lat.min() + lat.max()) / 2)
    centre_lon -= 360.0 * round(centre_lon / 360.0)
    distance_m, _, _ = inverse(np.full_like(lon, centre_lon), np.full_like(lat, centre_lat), lon, lat)
    half_m = max(LEAST_HALF_M, OPENING_SHARE * float(np.max(distance_m)))
    return View(centre_lon, centre_lat, min(half_m, GREATEST_HALF_M))


def _printed(incident: Incident) -> Iterator[Reading]:
    """Yield every printed position: of a point, or of a track."""
    for claim in incident.claims:
        if isinstance(claim, PositionClaim):
            yield claim.reading
        elif isinstance(claim, TrackClaim):
            yield from claim.positions


def _corners(reading: Reading) -> list[tuple[float, float]]:
    """Return the corners of a printed cell: a coarse position must be seen to be coarse."""
    return [
        (
            reading.lon_deg + east * reading.half_width_lon_deg,
            max(-90.0, min(90.0, reading.lat_deg + north * reading.half_width_lat_deg)),
        )
        for east in (-1, 1)
        for north in (-1, 1)
    ]


def _named_places(incident: Incident) -> list[Place]:
    named: list[Place] = []
    for claim in incident.claims:
        if isinstance(claim, BorderDistanceClaim) and claim.near is not None:
            named.extend(claim.near.places)
        if isinstance(claim, PlaceOffsetClaim):
            named.extend(claim.places)
    return named


def _around_places(incident: Incident, source: str, drawn: View) -> Iterator[Region]:
    """The ground that distances from a place allow: no boundary shapes it, so it is the same by every source."""
    for claim in incident.claims:
        if isinstance(claim, PlaceOffsetClaim):
            ground = free_ground(claim, drawn, 0.0, drawn.arc_m)
            if ground is not None:
                seen = drawn.frame.to_globe(shapely.intersection(ground, drawn.square))
                style = ribbon_style(claim.distance.interval)
                yield Region(claim=claim.id, source=source, style=style, geometry=seen)


def _places(incident: Incident, drawn: View) -> tuple[Place, ...]:
    """The places of the gazetteer, and those that the case names, inside the view."""
    west, south, east, north = drawn.box_deg()
    known = {**gazetteer(), **{place.id: place for place in _named_places(incident)}}
    return tuple(place for place in known.values() if west <= place.lon_deg <= east and south <= place.lat_deg <= north)


def _landscape(drawn: View) -> Landscape:
    west, south, east, north = drawn.box_deg()
    return Landscape() if east - west > WIDEST_LANDSCAPE_DEG else landscape_within((west, south, east, north))


def _connectors(incident: Incident, measurements: Mapping[str, Sequence[BoundaryMeasurement]]) -> list[Connector]:
    positions = [claim for claim in incident.claims if isinstance(claim, PositionClaim)]
    return [
        Connector(
            claim=claim.id,
            source=m.source,
            lon_deg=claim.reading.lon_deg,
            lat_deg=claim.reading.lat_deg,
            nearest_lon_deg=m.nearest_lon_deg,
            nearest_lat_deg=m.nearest_lat_deg,
            distance_m=m.distance_m,
        )
        for claim in positions
        for m in measurements[claim.id]
        if m.sense is Sense.SHORTEST
        and m.distance_m is not None
        and m.nearest_lon_deg is not None
        and m.nearest_lat_deg is not None
    ]
