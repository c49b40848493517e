"""The line between two territories as each source draws it, with the ground on both sides."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely import LineString, MultiLineString, MultiPolygon, Polygon

from geoinc import display
from geoinc.boundaries.catalogue import Catalogue, Lineage, load_catalogue
from geoinc.boundaries.geojson import read_features
from geoinc.boundaries.source import Source
from geoinc.boundaries.world import Note, is_archive, read_ground, read_line
from geoinc.errors import BoundaryError, UnknownBoundaryError
from geoinc.geodesy import Edges, Line

if TYPE_CHECKING:
    import geopandas

__all__ = ["Border", "BoundaryLine", "locator", "open_border"]


@dataclass(frozen=True, slots=True, eq=False)
class BoundaryLine:
    """One source's line between two territories.

    Attributes
    ----------
    source : Source
        Where it comes from.
    pair : tuple of str
        The territories in the order asked for: signed distances are positive in the first.
    line : LineString or MultiLineString
        Longitude and latitude in degrees; part of the outline of both grounds.
    ground : mapping of str to Polygon or MultiPolygon
        What the source holds of each territory, by code, clipped to the window.
    window : Polygon
        The box inside which the ground is held.
    """

    source: Source
    pair: tuple[str, str]
    line: LineString | MultiLineString
    ground: Mapping[str, Polygon | MultiPolygon]
    window: Polygon
    _lines: dict[tuple[str | None, Edges], Line] = field(default_factory=dict, repr=False)

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the line, and what must be said of its source."""
        source = self.source
        scale = f"1:{source.scale_denominator:,}" if source.scale_denominator else "none stated"
        rows = [
            ("Source", source.title),
            ("Vintage", source.vintage),
            ("Scale", scale),
            ("Edges", source.edges.value),
            ("Lineage", source.lineage),
            ("Licence", source.licence),
            ("Credit", source.attribution),
            ("SHA-256", source.sha256),
        ]
        name = f"The line between {self.pair[0]} and {self.pair[1]}"
        drawing = display.picture(_outline([self.line]), f"{name} by {source.title}, north up", width_px=420)
        return display.block([display.heading(name), drawing, display.facts(rows)])

    @property
    def edges(self) -> Edges:
        """How the source's edges are to be read."""
        return self.source.edges

    def covers(self, lon_deg: ArrayLike, lat_deg: ArrayLike) -> NDArray[np.bool_]:
        """Tell whether positions lie where the source's ground is held, the window's edge included.

        Parameters
        ----------
        lon_deg, lat_deg : array_like of float
            Positions, WGS 84 degrees.

        Returns
        -------
        ndarray of bool, or a single one for a single position
        """
        covered: NDArray[np.bool_] = shapely.intersects_xy(self.window, lon_deg, lat_deg)
        return covered

    def polyline(self, edges: Edges | None = None) -> Line:
        """Return the line for measuring, with its edges read as the source declares, or as told."""
        return self._line_of(None, edges)

    def rings(self, territory: str, edges: Edges | None = None) -> Line:
        """Return the rings of one territory's ground for measuring.

        Parameters
        ----------
        territory : str
            One of the pair.
        edges : Edges, optional
            Another interpretation than the source's own.

        Raises
        ------
        UnknownBoundaryError
            If the territory is not one of the pair.
        """
        if territory not in self.ground:
            raise UnknownBoundaryError(
                f"{self.source.id} holds the ground of {' and '.join(self.pair)}, not of {territory}"
            )
        return self._line_of(territory, edges)

    def swapped(self) -> BoundaryLine:
        """Return the same line with the two territories in the other order: only signs change."""
        first, second = self.pair
        return replace(self, pair=(second, first))

    def _line_of(self, territory: str | None, edges: Edges | None) -> Line:
        read_as = self.edges if edges is None else Edges(edges)
        key = (territory, read_as)
        if key not in self._lines:
            geometry = self.line if territory is None else self.ground[territory]
            self._lines[key] = Line.from_geometry(geometry, read_as)
        return self._lines[key]


def _outline(lines: Sequence[LineString | MultiLineString]) -> str:
    """Return lines as a small drawing; nothing in it is measured from."""
    west, south, east, north = shapely.total_bounds(lines).tolist()
    coarse = max(east - west, north - south) / 800
    chains = [
        [
            [(float(lon), float(lat)) for lon, lat in shapely.get_coordinates(part)]
            for part in shapely.get_parts(shapely.simplify(line, coarse))
        ]
        for line in lines
    ]
    return display.outline(chains, stretch=math.cos(math.radians((south + north) / 2)))


class Border:
    """The border of two territories, as every source draws it.

    Iterating gives the ids of the sources, the most detailed and most trusted first. Indexing takes an id,
    or a lineage, which stands for its source of the largest scale, then for its newest. A bundled source is
    read from its file when it is first asked for.

    Parameters
    ----------
    pair : tuple of str
        The territories: signed distances are positive in the first.
    catalogue : Catalogue
        The bundled data.
    sources : tuple of Source
        Those that take part, in order.
    added : mapping of str to BoundaryLine, optional
        Lines that come from elsewhere, by the id of their source.
    whole : Border, optional
        The border with all its sources, where this one was restricted to some of them.

    Examples
    --------
    >>> border = open_border("MLI", "DZA")
    >>> list(border)[:2], border.lineages
    (['osm-2026c', 'osm-2020'], ('osm', 'dcw', 'wdb2', 'naturalearth'))
    >>> border["osm"].source.id, border["naturalearth"].source.id
    ('osm-2026c', 'ne-10m')
    """

    def __init__(
        self,
        pair: tuple[str, str],
        catalogue: Catalogue,
        sources: tuple[Source, ...],
        added: Mapping[str, BoundaryLine] | None = None,
        whole: Border | None = None,
    ) -> None:
        self._whole = whole
        self._pair = pair
        self._catalogue = catalogue
        self._sources = {source.id: source for source in sources}
        self._added = dict(added or {})
        self._opened: dict[str, BoundaryLine] = {}

    def _repr_html_(self) -> str:
        """Return what a notebook shows: one line for each lineage, and a table of all sources."""
        lines = [self[lineage].line for lineage in self.lineages]
        name = f"The border between {self._pair[0]} and {self._pair[1]}"
        told = f"{name}, north up; bold: {self[self.lineages[0]].source.title}; thin: the other lineages"
        columns = ("Source", "Title", "Lineage", "Scale", "Edges", "Licence")
        rows = [
            (
                source.id,
                source.title,
                source.lineage,
                f"1:{source.scale_denominator:,}" if source.scale_denominator else "none stated",
                source.edges.value,
                source.licence,
            )
            for source in self.sources
        ]
        drawing = display.picture(_outline(lines), told, width_px=420)
        credit = display.note("; ".join(dict.fromkeys(source.attribution for source in self.sources)))
        return display.block([display.heading(name), drawing, display.table(columns, rows), credit])

    @property
    def pair(self) -> tuple[str, str]:
        """The territories in the order asked for."""
        return self._pair

    @property
    def whole(self) -> Border:
        """The border with all its sources: how good one of them is does not depend on which are asked."""
        return self._whole or self

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources, in order."""
        return tuple(self._sources.values())

    @property
    def lineages(self) -> tuple[str, ...]:
        """The lineages of the sources, each once, in the order of their first source."""
        return tuple(dict.fromkeys(source.lineage for source in self.sources))

    def lineage(self, lineage_id: str) -> Lineage | None:
        """Return what the catalogue knows of a lineage; None for that of a user's own file."""
        return self._catalogue.lineages.get(lineage_id)

    def assumed_accuracy_m(self, lineage_id: str) -> float | None:
        """Return the accuracy assumed for a lineage, at 95 % in metres; None where nothing is assumed."""
        known = self.lineage(lineage_id)
        return None if known is None else known.assumed_accuracy_m

    @property
    def notes(self) -> tuple[Note, ...]:
        """What the build found out about this border: of it as a whole, and of the sources that take part."""
        if all(source.own for source in self.sources):
            return ()
        return tuple(
            note for note in self._catalogue.notes(*self._pair) if note.source is None or note.source in self._sources
        )

    def to_geodataframe(self) -> geopandas.GeoDataFrame:
        """Return the lines as a GeoDataFrame, one row a source: no two are ever merged into one.

        Returns
        -------
        geopandas.GeoDataFrame
            Columns ``source``, ``lineage``, ``title``, ``vintage``, ``scale_denominator``, ``edges``,
            ``simplified_m``, ``licence``, ``attribution``, ``first``, ``second``, ``notes``, ``geometry``; longitude
            and latitude on WGS 84 (EPSG:4326).

        Examples
        --------
        >>> frame = open_border("ROU", "UKR").to_geodataframe()
        >>> frame["source"].tolist(), frame.crs.to_string()
        (['osm-2026c-world', 'ne-10m-world'], 'EPSG:4326')
        """
        import geopandas as gpd  # noqa: PLC0415 - loaded only on request

        rows = [
            {
                "source": source.id,
                "lineage": source.lineage,
                "title": source.title,
                "vintage": source.vintage,
                "scale_denominator": source.scale_denominator,
                "edges": source.edges.value,
                "simplified_m": source.simplified_m,
                "licence": source.licence,
                "attribution": source.attribution,
                "first": self.pair[0],
                "second": self.pair[1],
                "notes": "; ".join(note.text for note in self.notes if note.source in {None, source.id}),
                "geometry": self[source.id].line,
            }
            for source in self.sources
        ]
        return gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4326")

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)

    def __contains__(self, name: object) -> bool:
        return name in self._sources or name in self.lineages

    def __repr__(self) -> str:
        return f"<Border {'-'.join(self.pair)}: {', '.join(self)}>"

    def __getitem__(self, name: str) -> BoundaryLine:
        source = self._sources.get(name) or self._representative(name)
        if source.id not in self._opened:
            line = self._added.get(source.id) or _bundled_line(
                self._catalogue, source, self._catalogue.pair_of(*self._pair)
            )
            self._opened[source.id] = line if line.pair == self._pair else line.swapped()
        return self._opened[source.id]

    def _representative(self, lineage: str) -> Source:
        members = [source for source in self.sources if source.lineage == lineage]
        if not members:
            raise UnknownBoundaryError(
                f"no source or lineage of the border {'-'.join(self.pair)} goes by {lineage!r}; "
                f"sources: {', '.join(self)}; lineages: {', '.join(self.lineages)}"
            )
        # A vintage that nobody states is no year, and older than any.
        newest_first = sorted(members, key=lambda source: source.vintage * source.vintage[:1].isdigit(), reverse=True)
        return min(newest_first, key=lambda source: source.scale_denominator or float("inf"))

    def only(self, names: Sequence[str]) -> Border:
        """Return the border with some of its sources: those named, and all of each lineage named.

        Parameters
        ----------
        names : sequence of str
            Ids or lineages.

        Raises
        ------
        UnknownBoundaryError
            If a name is neither.
        """
        for name in names:
            if name not in self:
                self._representative(name)
        kept = tuple(source for source in self.sources if source.id in names or source.lineage in names)
        if not kept:
            raise UnknownBoundaryError(f"no source is left of the border {'-'.join(self.pair)}: name at least one")
        return Border(self._pair, self._catalogue, kept, self._added, whole=self.whole)

    def with_source(self, line: BoundaryLine) -> Border:
        """Return the border with one more source, after the others.

        Parameters
        ----------
        line : BoundaryLine
            Of the same two territories, in either order, under an id that is not taken.

        Raises
        ------
        BoundaryError
            If the territories differ, or the id is taken.
        """
        if set(line.pair) != set(self.pair):
            raise BoundaryError(
                f"{line.source.id} is a line of {' and '.join(line.pair)}; "
                f"this is the border of {' and '.join(self.pair)}"
            )
        if line.source.id in self:
            raise BoundaryError(
                f"{line.source.id!r} names a source or lineage that is there already; take another name"
                + (" (id: in the description beside the file)" if line.source.own else "")
            )
        if line.source.own:
            # A user's own file is held against the bundled sources; it never makes them look better or worse.
            whole: Border | None = self.whole
        else:
            whole = None if self._whole is None else self._whole.with_source(line)
        added = {**self._added, line.source.id: line}
        return Border(self._pair, self._catalogue, (*self.sources, line.source), added, whole=whole)

    def swapped(self) -> Border:
        """Return the border with its territories in the other order: only signs change."""
        first, second = self.pair
        whole = None if self._whole is None else self._whole.swapped()
        return Border((second, first), self._catalogue, self.sources, self._added, whole=whole)


def open_border(
    first: str, second: str, *, only: Sequence[str] | None = None, catalogue: Catalogue | None = None
) -> Border:
    """Open the border of two territories with every bundled source that holds it.

    Parameters
    ----------
    first, second : str
        ISO 3166-1 alpha-3 codes; signed distances are positive in the first.
    only : sequence of str, optional
        Ids of sources or lineages to keep.
    catalogue : Catalogue, optional
        Another catalogue than the bundled one.

    Returns
    -------
    Border

    Raises
    ------
    UnknownBoundaryError
        If no source holds this border, or a name in `only` is unknown.
    """
    held = load_catalogue() if catalogue is None else catalogue
    pair = (first.upper(), second.upper())
    ids = held.borders[held.pair_of(*pair)]
    border = Border(pair, held, tuple(held.source(source_id) for source_id in ids))
    return border if only is None else border.only(only)


@cache
def _bundled_line(catalogue: Catalogue, source: Source, pair: tuple[str, str]) -> BoundaryLine:
    window = shapely.box(*catalogue.windows[pair])
    shapely.prepare(window)
    if is_archive(source):
        whole = {code: read_ground(catalogue, source, code) for code in pair}
        return BoundaryLine(source, pair, read_line(catalogue, source, pair), MappingProxyType(whole), window)
    features = read_features(catalogue.read(source.file), source.file)
    lines = [
        feature.geometry
        for feature in features
        if feature.properties.get("role") == "line"
        and {feature.properties.get("left"), feature.properties.get("right")} == set(pair)
    ]
    ground = {
        feature.properties["territory"]: feature.geometry
        for feature in features
        if feature.properties.get("role") == "ground" and feature.properties.get("territory") in pair
    }
    if len(lines) != 1 or set(ground) != set(pair):
        raise BoundaryError(
            f"{source.file} holds {len(lines)} lines between {' and '.join(pair)} and the ground of "
            f"{', '.join(sorted(ground)) or 'neither'}; "
            "it should hold one line and both grounds: build the data again"
        )
    return BoundaryLine(source, pair, lines[0], MappingProxyType(ground), window)


def locator(territories: Iterable[str], *, catalogue: Catalogue | None = None) -> Mapping[str, Polygon | MultiPolygon]:
    """Return coarse outlines for a small overview map: Natural Earth 1:110m, of no use for measuring.

    Parameters
    ----------
    territories : iterable of str
        ISO 3166-1 alpha-3 codes.
    catalogue : Catalogue, optional
        Another catalogue than the bundled one.

    Returns
    -------
    mapping of str to Polygon or MultiPolygon
        Longitude and latitude in degrees, by code, sorted: the territories and their neighbours by land, as
        far as the file holds them.

    Examples
    --------
    >>> list(locator(["MLI"]))
    ['BFA', 'CIV', 'DZA', 'GIN', 'MLI', 'MRT', 'NER', 'SEN']
    """
    outlines = _outlines(load_catalogue() if catalogue is None else catalogue)
    named = [outlines[code] for code in sorted(set(territories)) if code in outlines]
    return MappingProxyType(
        {code: shape for code, shape in outlines.items() if any(shapely.intersects(shape, own) for own in named)}
    )


@cache
def _outlines(catalogue: Catalogue) -> Mapping[str, Polygon | MultiPolygon]:
    features = read_features(catalogue.read(catalogue.locator_file), catalogue.locator_file)
    return {feature.properties["territory"]: feature.geometry for feature in features}
