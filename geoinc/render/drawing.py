"""What the interactive map and the figure draw: numbered features with coarse geometry and constant classes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from shapely.geometry import LineString, Polygon, box
from shapely.geometry.base import BaseGeometry

from geoinc.claims import PositionClaim
from geoinc.findings import AssessmentData, Region
from geoinc.render.opening import Opening, cell_box_deg, open_view
from geoinc.render.roles import Cast

__all__ = ["LINEAR", "Drawing", "Feature", "draw", "thin"]

_GEOD: Final = Geod(ellps="WGS84")
_METRES_PER_DEGREE: Final = 111_320.0
_STEPS_ACROSS: Final = 2800.0
"""Drawing tolerance: the diagonal of the opening view over this, less than a pixel on any screen."""

_COARSER: Final = {"ribbon": 1.5, "band": 2.0, "beyond": 4.0}
"""Edges of allowed ground are themselves as vague as their claims: they may be drawn more coarsely than lines."""

_SQUEEZE: Final = 5.0
"""How much more coarsely the drawing runs outside the opening view."""

LINEAR: Final = frozenset({"line", "connector", "edge"})
"""Kinds of features that are lines; the others are areas."""

_KINDS: Final = {"ribbon": "ribbon", "band": "band", "beyond": "beyond"}


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing to draw.

    Attributes
    ----------
    number : int
        Its key on the page.
    kind : str
        ``ground``, ``beyond``, ``band``, ``ribbon``, ``cell``, ``accuracy``, ``edge`` (where the drawing ends),
        ``line`` or ``connector``.
    geometry : shapely geometry
        Longitude, latitude in degrees; thinned for drawing, never used for a figure that is shown.
    claim, territory : int or None
        Numbers given by the `Cast`.
    sources : tuple of int
        The sources whose drawing this is, by number; more than one where their lines agree to within the
        tolerance, none for what no source decides.
    colour : int or None
        The party's colour.
    """

    number: int
    kind: str
    geometry: BaseGeometry
    claim: int | None = None
    sources: tuple[int, ...] = ()
    territory: int | None = None
    colour: int | None = None

    @property
    def classes(self) -> str:
        """Class names: constants and numbers only."""
        names = ["gi-f", f"gi-f{self.number}", f"gi-{self.kind}"]
        if self.colour is not None:
            names.append(f"p{self.colour}")
        if self.territory is not None:
            names.append(f"t{self.territory % 4}")
        if self.kind == "line":
            names.append(f"s{self.sources[0] % 6}")
        return " ".join(names)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything drawn, in the order of painting.

    Attributes
    ----------
    features : tuple of Feature
    opening : Opening
        Where the map opens, and where what it draws ends.
    decimals : int
        Decimal places of a degree that the drawing keeps.
    tolerance_m : float
        How far a drawn line may lie from the data, in metres, before rounding.
    """

    features: tuple[Feature, ...]
    opening: Opening
    decimals: int
    tolerance_m: float

    @property
    def view_box_deg(self) -> tuple[float, float, float, float]:
        """West, south, east, north of the opening view."""
        return self.opening.view_box_deg


def thin(geometry: BaseGeometry, tolerance_m: float, lat_deg: float) -> BaseGeometry:
    """Return a geometry with fewer vertices, none moved by more than `tolerance_m` near `lat_deg`."""
    if geometry.is_empty:
        return geometry
    stretch = np.array([max(math.cos(math.radians(lat_deg)), 0.01), 1.0])
    scaled = shapely.transform(geometry, lambda points: points * stretch)
    thinned = shapely.simplify(scaled, tolerance_m / _METRES_PER_DEGREE, preserve_topology=True)
    return shapely.transform(thinned, lambda points: points / stretch)


def _agree(one: BaseGeometry, other: BaseGeometry, tolerance_m: float) -> bool:
    """Whether no point of either lies farther than about `tolerance_m` from the other."""
    reach = tolerance_m / _METRES_PER_DEGREE
    if not all(abs(a - b) <= reach for a, b in zip(one.bounds, other.bounds, strict=True)):
        return False
    if shapely.get_dimensions(one) == 2:
        one, other = one.boundary, other.boundary
    with np.errstate(divide="ignore", invalid="ignore"):  # no distance to an edge without length: no agreement
        return bool(shapely.hausdorff_distance(one, other) <= reach)


def _tolerance_m(view_box_deg: tuple[float, float, float, float]) -> float:
    west, south, east, north = view_box_deg
    middle = math.radians((south + north) / 2)
    return math.hypot((east - west) * math.cos(middle), north - south) * _METRES_PER_DEGREE / _STEPS_ACROSS


def _circle(lon_deg: float, lat_deg: float, radius_m: float) -> Polygon:
    azimuths = np.arange(0.0, 360.0, 7.5)
    lon, lat, _ = _GEOD.fwd(
        np.full_like(azimuths, lon_deg), np.full_like(azimuths, lat_deg), azimuths, np.full_like(azimuths, radius_m)
    )
    return Polygon(np.column_stack([lon, lat]))


class _Artist:
    """Collects features and gives them their numbers."""

    def __init__(self, data: AssessmentData, cast: Cast) -> None:
        self.data = data
        self.cast = cast
        self.drawn: list[tuple[Feature, BaseGeometry]] = []
        self.opening = open_view(cast)
        self.tolerance_m = _tolerance_m(self.opening.view_box_deg)
        self.decimals = max(3, min(8, math.ceil(-math.log10(self.tolerance_m / _METRES_PER_DEGREE))))
        _, south, _, north = self.opening.view_box_deg
        self.lat_deg = (south + north) / 2

    def add(
        self,
        kind: str,
        geometry: BaseGeometry,
        *,
        source: int | None = None,
        claim: int | None = None,
        territory: int | None = None,
        colour: int | None = None,
    ) -> None:
        """Add one feature, thinned, or let one that agrees with it within the tolerance stand for both."""
        parts = _parts(geometry, dimension=1 if kind in LINEAR else 2)
        if parts.is_empty:
            return
        tolerance_m = self.tolerance_m * _COARSER.get(kind, 1.0)
        near = self.squeezed(parts)
        if kind != "connector":
            for place, (feature, other) in enumerate(self.drawn):
                alike = (feature.kind, feature.claim, feature.territory) == (kind, claim, territory)
                if source is not None and alike and _agree(near, other, tolerance_m):
                    shared = replace(feature, sources=tuple(sorted({*feature.sources, source})))
                    self.drawn[place] = (shared, other)
                    return
        thinned = self.unsqueezed(thin(near, tolerance_m, self.lat_deg))
        sources = () if source is None else (source,)
        feature = Feature(len(self.drawn), kind, thinned, claim, sources, territory, colour)
        self.drawn.append((feature, near))

    def squeezed(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return `geometry` with what lies outside the opening view drawn in towards it.

        Thinned in this shape, what lies far from the incident keeps its course and fewer vertices.
        """
        west, south, east, north = self.opening.view_box_deg
        low, high = np.array([west, south]), np.array([east, north])

        def squeeze(points: NDArray[np.float64]) -> NDArray[np.float64]:
            nearest = np.clip(points, low, high)
            return nearest + (points - nearest) / _SQUEEZE

        return shapely.transform(geometry, squeeze)

    def unsqueezed(self, geometry: BaseGeometry) -> BaseGeometry:
        """Undo `squeezed`."""
        west, south, east, north = self.opening.view_box_deg
        low, high = np.array([west, south]), np.array([east, north])

        def undo(points: NDArray[np.float64]) -> NDArray[np.float64]:
            nearest = np.clip(points, low, high)
            return nearest + (points - nearest) * _SQUEEZE

        return shapely.transform(geometry, undo)

    def grounds(self) -> None:
        """Add the side tints; where they do not overlap, the first lies under the others and needs no edge there."""
        for view in self.data.views:
            source = self.cast.source_number(view.source)
            grounds = sorted(
                (self.cast.territory_number(code), ground)
                for code, ground in view.ground.items()
                if not ground.is_empty
            )
            whole = shapely.union_all([ground for _, ground in grounds])
            apart = math.isclose(sum(ground.area for _, ground in grounds), whole.area, rel_tol=1e-6)
            for order, (territory, ground) in enumerate(grounds):
                under = apart and order == 0
                self.add("ground", whole if under else ground, source=source, territory=territory)

    def regions(self, style: str) -> None:
        """Add the ground that claims allow, of one style."""
        for region in self.data.regions:
            if _style(region) == style:
                claim = self.data.incident.claim(region.claim)
                self.add(
                    style,
                    region.geometry,
                    claim=self.cast.claim_number(region.claim),
                    source=self.cast.source_number(region.source),
                    colour=self.cast.role(claim).colour,
                )

    def lines(self) -> None:
        """Add every source's line, the first source last so that it lies on top."""
        for view in reversed(self.data.views):
            self.add("line", view.line, source=self.cast.source_number(view.source))

    def edge(self) -> None:
        """Add the frame in which lines and ground are held: they end there on the map and nowhere else."""
        if self.opening.drawn_box_deg is not None:
            self.add("edge", box(*self.opening.drawn_box_deg).exterior)

    def connectors(self) -> None:
        """Add the shortest ways from positions to lines."""
        for each in self.data.connectors:
            self.add(
                "connector",
                LineString([(each.lon_deg, each.lat_deg), (each.nearest_lon_deg, each.nearest_lat_deg)]),
                claim=self.cast.claim_number(each.claim),
                source=self.cast.source_number(each.source),
            )

    def cells(self) -> None:
        """Add cells and stated accuracies of positions that are large enough to see."""
        for claim in self.cast.positions:
            number, colour = self.cast.claim_number(claim.id), self.cast.role(claim).colour
            for kind, shape in _extents(claim, self.tolerance_m):
                self.add(kind, shape, claim=number, colour=colour)


def _parts(geometry: BaseGeometry, *, dimension: int) -> BaseGeometry:
    # Clipping leaves points and edges where shapes only touch; of a collection, keep what can be drawn.
    if geometry.geom_type != "GeometryCollection":
        return geometry
    parts = [part for part in shapely.get_parts(geometry) if shapely.get_dimensions(part) == dimension]
    return shapely.union_all(parts)


def _style(region: Region) -> str:
    return _KINDS.get(region.style, "band")


def _extents(claim: PositionClaim, tolerance_m: float) -> Iterator[tuple[str, Polygon]]:
    reading = claim.reading
    if max(reading.half_width_lon_deg, reading.half_width_lat_deg) * _METRES_PER_DEGREE > tolerance_m:
        yield (
            "cell",
            box(*cell_box_deg(claim)),
        )
    if reading.accuracy_m is not None and reading.accuracy_m > tolerance_m:
        yield "accuracy", _circle(reading.lon_deg, reading.lat_deg, reading.accuracy_m)


def draw(data: AssessmentData, cast: Cast) -> Drawing:
    """Return what the map and the figure draw, bottom layer first.

    Raises
    ------
    UsageError
        If there is no place to open on.
    """
    artist = _Artist(data, cast)
    artist.grounds()
    for style in ("beyond", "band", "ribbon"):
        artist.regions(style)
    artist.cells()
    artist.edge()
    artist.lines()
    artist.connectors()
    return Drawing(
        features=tuple(feature for feature, _ in artist.drawn),
        opening=artist.opening,
        decimals=artist.decimals,
        tolerance_m=artist.tolerance_m,
    )
