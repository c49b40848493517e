"""What users call: the facade that ties the floors together.

`geoinc/__init__.py` offers these names lazily, so that ``import geoinc`` costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray
from shapely import Geometry

from geoinc.altitudes import Altitude, read_altitude
from geoinc.assessment import assess_incident
from geoinc.boundaries import Border, BoundaryLine, nearest_pair
from geoinc.boundaries.own import OwnFile, borders_with_own, open_border_with_own, read_files, read_own_boundary
from geoinc.claims import Incident
from geoinc.directions import Direction, read_direction
from geoinc.errors import UsageError
from geoinc.export import check_document, to_json
from geoinc.findings import AssessmentData
from geoinc.geodesy import Edges, Engine, Line, nearest
from geoinc.geodesy.ellipsoid import check_positions
from geoinc.incident import load_incident
from geoinc.measurement import BoundaryMeasurement, Sense, measure_position, territories_at
from geoinc.notation import Reading, read_position
from geoinc.quantities import Quantity, read_quantity
from geoinc.times import TimeReading, read_time
from geoinc.tracks import Track, follow_track, read_times

if TYPE_CHECKING:
    import geopandas
    from shapely.geometry import LineString, MultiLineString

    from geoinc.notebook import InteractiveMap, StillPicture

__all__ = [
    "Altitude",
    "Assessment",
    "Direction",
    "Distances",
    "Quantity",
    "Reading",
    "TimeReading",
    "Track",
    "assess",
    "borders",
    "boundary",
    "distances",
    "load_incident",
    "measure",
    "nearest_border",
    "read_altitude",
    "read_boundary",
    "read_direction",
    "read_position",
    "read_quantity",
    "read_time",
    "track",
]


_Choice = TypeVar("_Choice", bound=StrEnum)


class Assessment(AssessmentData):
    """An assessment that can be saved and exported; see `geoinc.findings.AssessmentData` for its fields."""

    __slots__ = ()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:  # noqa: ARG002 - IPython's call
        """Return what a notebook shows: a still picture and the findings."""
        return self.picture()._repr_mimebundle_()

    def picture(self, *, lang: str = "en") -> StillPicture:
        """Return map, strip and findings for a notebook, without any script.

        Parameters
        ----------
        lang : str
            Language of everything that the tool says.
        """
        from geoinc.notebook import still_picture  # noqa: PLC0415 - loaded only in a notebook

        return still_picture(self, lang=lang)

    def map(self, *, tiles: str | None = None, lang: str = "en", height_px: int = 640) -> InteractiveMap:
        """Return the map page for a notebook, in a frame that can reach nothing outside it.

        Parameters
        ----------
        tiles : str, optional
            As for `to_html`.
        lang : str
            Language of the page.
        height_px : int
            Of the frame.
        """
        from geoinc.notebook import interactive_map  # noqa: PLC0415 - loaded only in a notebook

        return interactive_map(self, tiles=tiles, lang=lang, height_px=height_px)

    def to_document(self) -> dict[str, Any]:
        """Return the document of ``geoinc check --json`` as a dictionary."""
        return check_document(self)

    def to_json(self) -> str:
        """Return the document of ``geoinc check --json`` as text."""
        return to_json(self.to_document())

    def to_html(self, *, tiles: str | None = None, lang: str = "en", relief: bool = False) -> str:
        """Return the map as one self-contained page of HTML.

        Parameters
        ----------
        tiles : str, optional
            An online background that a reader may choose; None keeps the page free of any address.
        lang : str
            Language of the page.
        relief : bool
            Shade the ground behind the map; needs the extra ``relief``.
        """
        from geoinc.render import render_map  # noqa: PLC0415 - folium is loaded only for a map

        return render_map(self, tiles=tiles, lang=lang, relief=relief)

    def save_map(self, path: str | Path, *, tiles: str | None = None, lang: str = "en", relief: bool = False) -> None:
        """Write the map; the file appears whole or not at all.

        Raises
        ------
        UsageError
            If the file cannot be written.
        """
        from geoinc.render import save_map  # noqa: PLC0415 - folium is loaded only for a map

        save_map(self, path, tiles=tiles, lang=lang, relief=relief)

    def to_report(self, kind: str = "md", *, lang: str = "en") -> str:
        """Return the report as text: numbered findings with their reasons, figures, sources and credits.

        Parameters
        ----------
        kind : {"md", "html"}
            Markdown, or one page of HTML without scripts that prints.
        lang : str
            Language of everything that the tool says.
        """
        from geoinc.report import render_report  # noqa: PLC0415 - loaded only for a report

        return render_report(self, f".{kind}", lang=lang)

    def save_report(self, path: str | Path, *, lang: str = "en") -> None:
        """Write the report, whole or not at all; the ending says how: .md or .html.

        Raises
        ------
        UsageError
            If there is no such format or language, or the file cannot be written.
        """
        from geoinc.report import save_report  # noqa: PLC0415 - loaded only for a report

        save_report(self, path, lang=lang)

    def save_figure(self, path: str | Path, *, lang: str = "en") -> None:
        """Write map, strip and key for print, 180 mm wide; the ending says how: .svg, .png or .pdf.

        Raises
        ------
        UsageError
            If there is no such format or language, if PNG or PDF are wanted without ``geoinc[figure]``, or if the
            file cannot be written.
        """
        from geoinc.figures import save_figure  # noqa: PLC0415 - loaded only for a figure

        save_figure(self, path, lang=lang)

    def to_geodataframe(self) -> geopandas.GeoDataFrame:
        """Return lines, grounds, allowed ground, positions and connectors as one GeoDataFrame.

        Returns
        -------
        geopandas.GeoDataFrame
            Columns ``role``, ``claim``, ``party``, ``source``, ``territory``, ``distance_m``, ``geometry``;
            longitude and latitude on WGS 84 (EPSG:4326).
        """
        from geoinc.export.frame import assessment_frame  # noqa: PLC0415 - geopandas is loaded only on request

        return assessment_frame(self)


@dataclass(frozen=True, slots=True)
class Distances:
    """Distances of many positions from one line: a struct of arrays, each of the shape of the input.

    Attributes
    ----------
    signed_distance_m : ndarray of float
        Against a source: positive inside its first-named territory, negative inside the second, NaN in
        neither, in both, and outside the ground that the source covers (the distance stands there). Against a
        bare line: positive to the left of the line.
    distance_m : ndarray of float
        Ellipsoidal, in metres.
    nearest_lon_deg, nearest_lat_deg : ndarray of float
        The nearest point of the line.
    azimuth_deg : ndarray of float
        From the position to that point, clockwise from north.
    edge_index : ndarray of int
        The edge on which it lies.
    """

    signed_distance_m: NDArray[np.float64]
    distance_m: NDArray[np.float64]
    nearest_lon_deg: NDArray[np.float64]
    nearest_lat_deg: NDArray[np.float64]
    azimuth_deg: NDArray[np.float64]
    edge_index: NDArray[np.intp]


def boundary(
    first: str, second: str, *, only: Sequence[str] | None = None, added: Sequence[BoundaryLine] = ()
) -> Border:
    """Return every source of the border between two territories: bundled, registered by the user, and added here.

    Parameters
    ----------
    first, second : str
        ISO 3166-1 alpha-3 codes; signed distances are positive inside `first`.
    only : sequence of str, optional
        Ids of sources or of lineages to keep.
    added : sequence of BoundaryLine
        Lines from `read_boundary`.

    Raises
    ------
    UnknownBoundaryError
        If no source holds this border.
    """
    return open_border_with_own(first, second, only=only, added=added)


def read_boundary(
    path: str | Path,
    *,
    between: tuple[str, str],
    edges: Edges | str | None = None,
    property_name: str | None = None,
    tolerance_m: float | None = None,
    source_id: str | None = None,
) -> BoundaryLine:
    """Read one border from a vector file of one's own; add it to others with ``boundary(..., added=[line])``.

    Parameters
    ----------
    path : str or Path
        Polygons of the territories, or a line whose description beside it (the same name with ``.yaml`` added)
        says what lies to its left and right.
    between : tuple of str
        ISO 3166-1 alpha-3 codes; signed distances are positive in the first.
    edges : Edges or str, optional
        How its edges are read; needed where the description does not say it.
    property_name : str, optional
        The property that holds the codes. By default the usual names are tried.
    tolerance_m : float, optional
        Gaps and overlaps between the two outlines that are accepted, in metres; by default 1 m.
    source_id : str, optional
        What to call the source.

    Raises
    ------
    BoundaryFileError
        If the file or its description cannot be read, or nobody says how its edges are read.
    UnusableBoundaryError
        If it can be read and cannot serve; ``problems`` says why, where, and what to do.
    """
    return read_own_boundary(
        path,
        between=between,
        edges=edges,
        property_name=property_name,
        tolerance_m=tolerance_m,
        source_id=source_id,
    )


def borders() -> tuple[tuple[str, str], ...]:
    """Return the pairs of territories whose border is held."""
    return borders_with_own()


def nearest_border(lon_deg: float, lat_deg: float) -> tuple[str, str]:
    """Return the border held that is nearest to a position.

    Raises
    ------
    UnknownBoundaryError
        If no border is held at all.
    GeometryError
        If there is no such position.
    """
    return nearest_pair(lon_deg, lat_deg)


def measure(
    reading: Reading,
    border: Border,
    *,
    edges: Edges | str | None = None,
    senses: Sequence[Sense | str] = (Sense.SHORTEST, Sense.MERIDIAN),
    bearing_deg: float | None = None,
) -> tuple[BoundaryMeasurement, ...]:
    """Measure a printed position against every source of a border: one result for each source and sense."""
    return measure_position(
        border,
        reading.lon_deg,
        reading.lat_deg,
        edges=None if edges is None else _member(Edges, edges, "edges"),
        senses=tuple(_member(Sense, sense, "senses") for sense in senses),
        bearing_deg=bearing_deg,
    )


def distances(
    lon_deg: ArrayLike,
    lat_deg: ArrayLike,
    line: BoundaryLine | LineString | MultiLineString,
    *,
    edges: Edges | str | None = None,
    engine: Engine | str = Engine.AUTO,
    threads: int | None = None,
) -> Distances:
    """Measure many positions against one line.

    Parameters
    ----------
    lon_deg, lat_deg : array_like of float
        Positions, WGS 84 degrees; both of one shape. NaN gives NaN, and so does what is masked.
    line : BoundaryLine, LineString or MultiLineString
        One source of a border, or a line in longitude and latitude.
    edges : Edges or str, optional
        How edges are read. A source knows its own; for a bare line they must be said.
    engine : Engine or str
        ``"numpy"``, ``"compiled"`` (needs ``geoinc[fast]``), or ``"auto"``: compiled from 100,000 positions on
        where it can be. Both agree to a micrometre.
    threads : int, optional
        How many parts of a large array the compiled code works on at a time; by default as many as there are
        processors. The result is the same, bit for bit.

    Raises
    ------
    UsageError
        If the edges of a bare line are not said, `line` is something else, there is no such reading of edges, engine
        or number of threads, or the compiled engine is asked for and not installed.
    GeometryError
        If a coordinate is infinite or out of range: latitudes beyond 90 degrees, longitudes beyond 540. The message
        names the first such position; nothing is returned. Put NaN where a position is not known.
    """
    lon, lat = check_positions(lon_deg, lat_deg)
    read_as = None if edges is None else _member(Edges, edges, "edges")
    found_by = _member(Engine, engine, "engine")
    if threads is not None and (not isinstance(threads, int) or threads < 1):
        raise UsageError(f"threads={threads!r} is no number of threads: give 1 or more, or None")
    if isinstance(line, BoundaryLine):
        polyline = line.polyline(read_as)
    elif isinstance(line, Border):
        raise UsageError(f"a border has several lines; give one source of it, such as border[{next(iter(line))!r}]")
    elif not isinstance(line, Geometry):
        raise UsageError(f"a {type(line).__name__} is no line: give a source of a border, or a shapely LineString")
    elif read_as is None:
        raise UsageError("a bare line does not say how its edges are read: give edges='geodesic', 'planar' or 'rhumb'")
    else:
        polyline = Line.from_geometry(line, read_as)
    found = nearest(polyline, lon, lat, engine=found_by, threads=threads)
    if isinstance(line, BoundaryLine):
        ground = territories_at(line, lon.ravel(), lat.ravel(), edges=read_as)
        signed = ground.signed(found.distance_m.ravel()).reshape(lon.shape)
    else:
        signed = found.distance_m * found.side
    return Distances(
        signed_distance_m=signed,
        distance_m=found.distance_m,
        nearest_lon_deg=found.lon_deg,
        nearest_lat_deg=found.lat_deg,
        azimuth_deg=found.azimuth_deg,
        edge_index=found.edge_index,
    )


def track(
    lon_deg: ArrayLike,
    lat_deg: ArrayLike,
    times: Sequence[str | datetime] | None = None,
    *,
    border: Border,
    edges: Edges | str | None = None,
    zone: str | None = None,
    greatest_speed_m_s: float | None = None,
    accuracy_m: ArrayLike | None = None,
    cell_m: ArrayLike | None = None,
) -> Track:
    """Measure a row of positions against every source of a border: crossings, length and time inside, depth.

    Parameters
    ----------
    lon_deg, lat_deg : array_like of float, shape (n,)
        Positions, WGS 84 degrees, in the order in which they were passed; two at least.
    times : sequence of str or datetime, optional
        ISO 8601 with an offset, or aware datetimes; one for each position. A time printed to the minute lasts a minute.
    border : Border
        From `boundary`.
    edges : Edges or str, optional
        One interpretation of boundary edges for all sources instead of each source's own.
    zone : str, optional
        IANA name of the clocks, for times without an offset.
    greatest_speed_m_s : float, optional
        What the craft cannot outrun. With times it bounds what lies between two positions; without it only the
        positions themselves prove anything.
    accuracy_m : array_like of float, optional
        Accuracy of the positions (95 %), one for all or one each. By default it is unknown and not counted.
    cell_m : array_like of float, optional
        How far places that print the same as a position may lie from it.

    Returns
    -------
    Track

    Raises
    ------
    GeometryError
        If there are fewer than two positions, or one is out of range or not finite.
    ReadingError
        If a time cannot be read, has no zone, is ambiguous, or comes before the one before it.

    Notes
    -----
    Crossings, lengths, times and the deepest place rest on the straight way, a geodesic from each position to the next.
    What does not rest on it is given beside: `Crossing.proved_between`, `Spent.least_s` and `most_s`,
    `Depth.proved`, `SourceTrack.greatest_depth_m`, and the outcomes.

    Examples
    --------
    >>> flown = track([2.9, 2.9], [19.8, 20.4], border=boundary("MLI", "DZA", only=["osm"]))
    >>> flown.never_left["MLI"].value, flown.was_inside["DZA"].value
    ('inconsistent', 'consistent')
    >>> [f"{each.lat_deg:.4f}" for each in flown.by_source["osm-2026c"].crossings]
    ['19.9635']
    """
    lon, lat = (np.atleast_1d(each) for each in check_positions(lon_deg, lat_deg))
    return follow_track(
        border,
        lon,
        lat,
        None if times is None else read_times(times, zone=zone),
        edges=None if edges is None else _member(Edges, edges, "edges"),
        greatest_speed_m_s=greatest_speed_m_s,
        accuracy_m=None if accuracy_m is None else np.asarray(accuracy_m, dtype=np.float64),
        cell_m=None if cell_m is None else np.asarray(cell_m, dtype=np.float64),
    )


def _member(kind: type[_Choice], value: str, name: str) -> _Choice:
    try:
        return kind(value)
    except ValueError as error:
        raise UsageError(f"{name}={str(value)!r} is none of: {', '.join(kind)}") from error


def assess(
    incident: Incident,
    *,
    only: Sequence[str] | None = None,
    edges: Edges | str | None = None,
    boundaries: Sequence[OwnFile] = (),
) -> Assessment:
    """Assess everything that an incident says against every source of its borders.

    Parameters
    ----------
    incident : Incident
        From `load_incident`.
    only : sequence of str, optional
        Ids of sources or of lineages to restrict the run to.
    edges : Edges or str, optional
        One interpretation of all edges instead of each source's own.
    boundaries : sequence of OwnFile
        Vector files of one's own that take part, each in the borders whose two territories it holds.
    """
    given = read_files(boundaries, incident.borders)
    opened = {pair: open_border_with_own(*pair, only=only, added=given[pair]) for pair in incident.borders}
    data = assess_incident(
        incident,
        opened,
        edges=None if edges is None else _member(Edges, edges, "edges"),
        only=tuple(only or ()),
        own=boundaries,
    )
    return Assessment(**{field.name: getattr(data, field.name) for field in fields(AssessmentData)})
