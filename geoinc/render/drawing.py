"""What the interactive map and the figure draw: numbered features with coarse geometry and constant classes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from shapely.geometry import LineString, Polygon, box
from shapely.geometry.base import BaseGeometry

from geoinc.claims import Claim
from geoinc.findings import AssessmentData, Gap, JointRegion, Region
from geoinc.notation import Reading
from geoinc.render.background import WATERS, waters
from geoinc.render.opening import Opening, cell_box_deg, open_view
from geoinc.render.roles import Cast
from geoinc.render.track import way

__all__ = ["LINEAR", "Apart", "Drawing", "Feature", "draw", "thin"]

_GEOD: Final = Geod(ellps="WGS84")
_METRES_PER_DEGREE: Final = 111_320.0
_STEPS_ACROSS: Final = 2800.0
"""Drawing tolerance: the diagonal of the opening view over this, less than a pixel on any screen."""

_COARSER: Final = {
    "river": 3.0,
    "wadi": 3.0,
    "spread": 1.5,
    "ribbon": 1.5,
    "band": 2.0,
    "joint": 2.0,
    "whole": 3.0,
    "beyond": 4.0,
}
"""Edges of allowed ground are themselves as vague as their claims: they may be drawn more coarsely than lines."""

_SQUEEZE: Final = 5.0
"""How much more coarsely the drawing runs outside the opening view."""

_ALL: Final = 0.98
"""Ground that takes this share of the drawn box says nothing of where a point may lie."""

LINEAR: Final = frozenset({"line", "connector", "edge", "gap", "track", *WATERS})
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
        ``ground``, ``spread`` (what lies between the outermost sources' lines), ``beyond``, ``band``, ``ribbon``,
        ``joint`` (what a party's claims allow together), ``whole`` (the same over all sources), ``cell``,
        ``accuracy``, ``edge`` (where the drawing ends), ``line``, ``connector``, ``gap`` (the least distance
        between two parties' ground) or ``track`` (the way between its printed positions, assumed straight);
        ``river`` and ``wadi`` lie behind them all.
    geometry : shapely geometry
        Longitude, latitude in degrees; thinned for drawing, never used for a figure that is shown.
    claim, territory : int or None
        Numbers given by the `Cast`.
    sources : tuple of int
        The sources whose drawing this is, by number; more than one where their lines agree to within the
        tolerance, none for what no source decides.
    colour : int or None
        The party's colour.
    row : int or None
        Of a joint region or a gap: its place in `Drawing.joints` or `Drawing.gaps`.
    same : int or None
        The number of a feature with this very geometry, which is then not stored again.
    """

    number: int
    kind: str
    geometry: BaseGeometry
    claim: int | None = None
    sources: tuple[int, ...] = ()
    territory: int | None = None
    colour: int | None = None
    row: int | None = None
    same: int | None = None

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
class Apart:
    """Two grounds with room between them, by the sources that draw it.

    Attributes
    ----------
    parties, points : tuple of two str
        Ids, as in `geoinc.findings.Gap`.
    by_source : mapping of int to Gap
        By number of the source.
    over_all : Gap or None
        The least over the sources fit for it.
    whole : tuple of two bool
        As in `Gap`, by every source.
    """

    parties: tuple[str, str]
    points: tuple[str, str]
    by_source: Mapping[int, Gap]
    over_all: Gap | None
    whole: tuple[bool, bool]


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
    joints : tuple of (str, str)
        Party and point of each joint region that is drawn, by id.
    gaps : tuple of Apart
        The least distances between two parties that are drawn.
    """

    features: tuple[Feature, ...]
    opening: Opening
    decimals: int
    tolerance_m: float
    joints: tuple[tuple[str, str], ...] = ()
    gaps: tuple[Apart, ...] = ()

    @property
    def spreads(self) -> bool:
        """Whether what lies between the outermost sources' lines is drawn."""
        return any(feature.kind == "spread" for feature in self.features)

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
    return _lies_along(one, other, reach) and _lies_along(other, one, reach)


def _lies_along(one: BaseGeometry, other: BaseGeometry, reach: float) -> bool:
    """Whether every vertex of a line lies within `reach` of another."""
    shapely.prepare(other)
    return bool(np.all(shapely.dwithin(other, shapely.points(shapely.get_coordinates(one)), reach)))


def _tolerance_m(view_box_deg: tuple[float, float, float, float]) -> float:
    west, south, east, north = view_box_deg
    middle = math.radians((south + north) / 2)
    return math.hypot((east - west) * math.cos(middle), north - south) * _METRES_PER_DEGREE / _STEPS_ACROSS


def _circle(lon_deg: float, lat_deg: float, radius_m: float) -> Polygon:
    azimuths = np.arange(0.0, 360.0, 7.5)
    lon, lat, _ = _GEOD.fwd(
        np.full_like(azimuths, lon_deg), np.full_like(azimuths, lat_deg), azimuths, np.full_like(azimuths, radius_m)
    )
    lon = lon + 360.0 * np.round((lon_deg - lon) / 360.0)
    return Polygon(np.column_stack([lon, lat]))


class _Artist:
    """Collects features and gives them their numbers."""

    def __init__(self, data: AssessmentData, cast: Cast) -> None:
        self.data = data
        self.cast = cast
        self.drawn: list[tuple[Feature, BaseGeometry]] = []
        self.joints: list[tuple[str, str]] = []
        self.apart: list[Apart] = []
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
        row: int | None = None,
    ) -> None:
        """Add one feature, thinned, or let one that agrees with it within the tolerance stand for both."""
        parts = _parts(geometry, dimension=1 if kind in LINEAR else 2)
        if parts.is_empty:
            return
        tolerance_m = self.tolerance_m * _COARSER.get(kind, 1.0)
        near = self.squeezed(parts)
        key = (kind, claim, territory, row)
        if kind not in {"connector", "gap"} and source is not None:
            for place, (feature, other) in enumerate(self.drawn):
                alike = (feature.kind, feature.claim, feature.territory, feature.row) == key
                if alike and _agree(near, other, tolerance_m):
                    shared = replace(feature, sources=tuple(sorted({*feature.sources, source})))
                    self.drawn[place] = (shared, other)
                    return
        sources = () if source is None else (source,)
        feature = Feature(len(self.drawn), kind, near, claim, sources, territory, colour, row)
        twin = self.twin(feature, tolerance_m) if kind in {"joint", "whole"} else None
        if twin is None:
            feature = replace(feature, geometry=self.unsqueezed(thin(near, tolerance_m, self.lat_deg)))
        else:
            feature = replace(feature, geometry=twin.geometry, same=twin.number if twin.same is None else twin.same)
        self.drawn.append((feature, near))

    def twin(self, feature: Feature, tolerance_m: float) -> Feature | None:
        """Return a feature that covers the same ground within the tolerance: often one claim shapes a joint region."""
        for other, near in self.drawn:
            if other.kind in {"ribbon", "band", "beyond", "joint"} and _agree(feature.geometry, near, tolerance_m):
                return other
        return None

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

    def water(self) -> None:
        """Add rivers and wadis, which stand behind all that the case and its sources say."""
        for kind, course in waters(self.data):
            self.add(kind, course)

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

    def spread(self) -> None:
        """Add what lies on one side by some source and on the other by another, of those fit for the scale.

        One source speaks for each lineage; where fewer than two speak, there is nothing to compare.
        """
        voices: dict[str, str] = {}
        for source in self.data.sources:
            if self.cast.fitness(source.id).fit is not False:
                voices.setdefault(source.lineage, source.id)
        grounds: dict[str, list[BaseGeometry]] = {}
        for view in self.data.views:
            if view.source in voices.values():
                for code, ground in view.ground.items():
                    grounds.setdefault(code, []).append(shapely.make_valid(ground))
        # Ground that a source gives to neither, such as water, is no ground on which two sources differ.
        between = [
            shapely.intersection(shapely.union_all(grounds[first]), shapely.union_all(grounds[second]))
            for first, second in self.data.incident.borders
            if len(grounds.get(first, ())) > 1 and len(grounds.get(second, ())) > 1
        ]
        if between:
            # Slivers that no reader can see go with the thinning.
            self.add("spread", _parts(shapely.union_all([_parts(each, dimension=2) for each in between]), dimension=2))

    def joint(self) -> None:
        """Add what each party's claims on a point allow together, where it is ground that can be seen.

        The ground of one claim alone is drawn as that claim's already.
        """
        for region in self.data.joint_regions:
            if len(region.claims) < 2 or not self.visible(region):
                continue
            key = (region.party, region.point)
            if key not in self.joints:
                self.joints.append(key)
            self.add(
                "whole" if region.source is None else "joint",
                region.geometry,
                source=None if region.source is None else self.cast.source_number(region.source),
                colour=self.cast.party_role(region.party).colour,
                row=self.joints.index(key),
            )

    def visible(self, region: JointRegion) -> bool:
        """Whether a region is there to see: larger than the drawing's tolerance, smaller than all that is drawn.

        A position's marker stands for what is smaller.
        """
        if region.geometry.is_empty or self.opening.drawn_box_deg is None:
            return False
        if region.extent_m is not None:
            return region.extent_m > self.tolerance_m
        return bool(region.geometry.area < _ALL * box(*self.opening.drawn_box_deg).area)

    def gaps(self) -> None:
        """Add the least distances between two parties' ground, where a source fit for the scale leaves room there."""
        found: dict[tuple[tuple[str, str], tuple[str, str]], list[Gap]] = {}
        for gap in self.data.gaps:
            fit = gap.source is None or self.cast.fitness(gap.source).fit is not False
            if fit and gap.distance_m > self.tolerance_m:
                found.setdefault((gap.parties, gap.points), []).append(gap)
        for (parties, points), held in found.items():
            row = len(self.apart)
            by_source = {self.cast.source_number(gap.source): gap for gap in held if gap.source is not None}
            over_all = next((gap for gap in held if gap.source is None), None)
            whole = all(gap.whole[0] for gap in held), all(gap.whole[1] for gap in held)
            self.apart.append(Apart(parties, points, by_source, over_all, whole))
            for source, gap in by_source.items():
                self.add(
                    "gap", LineString([self.counted(gap.start_deg), self.counted(gap.end_deg)]), source=source, row=row
                )

    def counted(self, spot_deg: tuple[float, float]) -> tuple[float, float]:
        """Return a position with its longitude as the map counts it."""
        return self.cast.counted_deg(spot_deg[0]), spot_deg[1]

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
                LineString(
                    [
                        (self.cast.counted_deg(each.lon_deg), each.lat_deg),
                        (self.cast.counted_deg(each.nearest_lon_deg), each.nearest_lat_deg),
                    ]
                ),
                claim=self.cast.claim_number(each.claim),
                source=self.cast.source_number(each.source),
            )

    def cells(self) -> None:
        """Add cells and stated accuracies of positions that are large enough to see."""
        printed: list[tuple[Claim, Reading]] = [(claim, claim.reading) for claim in self.cast.positions]
        printed += [(claim, reading) for claim in self.cast.tracks for reading in claim.positions]
        for claim, reading in printed:
            number, colour = self.cast.claim_number(claim.id), self.cast.role(claim).colour
            for kind, shape in _extents(self.cast, reading, self.tolerance_m):
                self.add(kind, shape, claim=number, colour=colour)

    def tracks(self) -> None:
        """Add the ways between the printed positions of each track."""
        for claim in self.cast.tracks:
            flown = way(claim, from_deg=self.cast.counted_deg(claim.positions[0].lon_deg))
            if flown is not None:
                self.add("track", flown, claim=self.cast.claim_number(claim.id), colour=self.cast.role(claim).colour)


def _parts(geometry: BaseGeometry, *, dimension: int) -> BaseGeometry:
    # Clipping leaves points and edges where shapes only touch; of a collection, keep what can be drawn.
    if geometry.geom_type != "GeometryCollection":
        return geometry
    parts = [part for part in shapely.get_parts(geometry) if shapely.get_dimensions(part) == dimension]
    return shapely.union_all(parts)


def _style(region: Region) -> str:
    return _KINDS.get(region.style, "band")


def _extents(cast: Cast, reading: Reading, tolerance_m: float) -> Iterator[tuple[str, Polygon]]:
    if max(reading.half_width_lon_deg, reading.half_width_lat_deg) * _METRES_PER_DEGREE > tolerance_m:
        yield (
            "cell",
            box(*cell_box_deg(cast, reading)),
        )
    if reading.accuracy_m is not None and reading.accuracy_m > tolerance_m:
        yield "accuracy", _circle(cast.counted_deg(reading.lon_deg), reading.lat_deg, reading.accuracy_m)


def draw(data: AssessmentData, cast: Cast) -> Drawing:
    """Return what the map and the figure draw, bottom layer first.

    Raises
    ------
    UsageError
        If there is no place to open on.
    """
    artist = _Artist(data, cast)
    artist.grounds()
    artist.water()
    artist.spread()
    for style in ("beyond", "band", "ribbon"):
        artist.regions(style)
    artist.joint()
    artist.cells()
    artist.edge()
    artist.lines()
    artist.tracks()
    artist.gaps()
    artist.connectors()
    return Drawing(
        features=tuple(feature for feature, _ in artist.drawn),
        opening=artist.opening,
        decimals=artist.decimals,
        tolerance_m=artist.tolerance_m,
        joints=tuple(artist.joints),
        gaps=tuple(artist.apart),
    )
