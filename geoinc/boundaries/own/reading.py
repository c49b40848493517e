"""A user's own vector file as a source of one border."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geoinc.boundaries.border import BoundaryLine
from geoinc.boundaries.catalogue import Catalogue, load_catalogue
from geoinc.boundaries.own.description import Description, code_of, find_description, id_of, read_description
from geoinc.boundaries.own.examination import Examination, place, shorten
from geoinc.boundaries.own.ground import clip_ground, merge_lines, strips_beside, window_around
from geoinc.boundaries.own.outline import DEFAULT_TOLERANCE_M, common_outline
from geoinc.boundaries.own.plausibility import check_against_known, check_place, known_line, same_lineage
from geoinc.boundaries.own.reference import Reference, bend_m, bring_to_wgs84, check_range, reference_of
from geoinc.boundaries.own.shapes import RawFeature
from geoinc.boundaries.own.territory import in_one_frame, territory_of
from geoinc.boundaries.own.vector import VectorData, hash_of, read_vector
from geoinc.boundaries.source import Accuracy, Source
from geoinc.errors import BoundaryError, UsageError
from geoinc.geodesy import Edges
from geoinc.messages import say

__all__ = ["read_own_boundary", "split_property"]

UNSTATED: Final = say("not stated")
WORTH_SAYING_M: Final = 1.0


def split_property(text: str) -> tuple[str, str | None]:
    """Part ``FILE::PROPERTY``; a file that is there under the whole name is meant whole.

    Examples
    --------
    >>> split_property("countries.geojson::A3"), split_property("lines.gpkg")
    (('countries.geojson', 'A3'), ('lines.gpkg', None))
    """
    if "::" not in text or Path(text).exists():
        return text, None
    file, _, name = text.rpartition("::")
    if not file or not name:
        raise UsageError(f"{shorten(text)!r} names no file and property: write FILE, or FILE::PROPERTY")
    return file, name


def read_own_boundary(
    path: str | Path,
    *,
    between: tuple[str, str],
    edges: Edges | str | None = None,
    property_name: str | None = None,
    tolerance_m: float | None = None,
    source_id: str | None = None,
    catalogue: Catalogue | None = None,
) -> BoundaryLine:
    """Read one border from a user's vector file.

    Parameters
    ----------
    path : str or Path
        Polygons of the territories, or a line whose description says what lies on either hand. The description is
        looked for beside it: the same name with ``.yaml`` or ``.geoinc.yaml`` added.
    between : tuple of str
        ISO 3166-1 alpha-3 codes; signed distances are positive in the first.
    edges : Edges or str, optional
        How its edges are read; needed where the description does not say it. It is never guessed.
    property_name : str, optional
        The property that holds the codes. By default the usual names are tried.
    tolerance_m : float, optional
        Gaps and overlaps between the two outlines that are accepted, in metres; by default 1 m.
    source_id : str, optional
        What to call the source; by default the description's id, or the file's name.
    catalogue : Catalogue, optional
        Whose lines of the same border it is held against; by default the bundled one.

    Returns
    -------
    BoundaryLine
        Its source says in ``notes`` what was found.

    Raises
    ------
    BoundaryFileError
        If the file or its description cannot be read, or nobody says how its edges are read.
    UnusableBoundaryError
        If it can be read and cannot serve: a territory is missing, the outlines part or cross themselves, the
        coordinates are no longitude and latitude or their reference system is unknown, the line lies elsewhere.
    BoundaryError
        If there is no such file.
    """
    file = Path(path)
    seen = Examination(str(path))
    pair = _pair(between)
    _check_file(file, seen)
    beside = find_description(file)
    described = Description() if beside is None else read_description(beside)
    if property_name is not None:
        described = replace(described, property_name=property_name)
    if tolerance_m is not None:
        described = replace(described, tolerance_m=_tolerance(tolerance_m))
    read_as = _edges(edges, described, file, seen)
    held = load_catalogue() if catalogue is None else catalogue
    name = _id(source_id or described.id, file, seen)
    if described.left is not None or described.right is not None:
        line, cost_m = _from_lines(file, pair, described, seen)
    else:
        line, cost_m = _from_polygons(file, pair, described, held, seen)
    known = known_line(pair, held)
    draft = replace(line, source=_source(name, read_as, described, file, cost_m, seen))
    check_against_known(draft, known, seen)
    return _named(draft, known, described, seen)


def _pair(between: Sequence[str]) -> tuple[str, str]:
    if isinstance(between, str) or len(between) != 2:
        raise UsageError(f"between={between!r}: give the codes of two territories")
    try:
        first, second = (code_of(code) for code in between)
    except ValueError as error:
        raise UsageError(f"between: {error}") from error
    if first == second:
        raise UsageError(f"between: {first} and {second} are one territory; a border has two")
    return first, second


def _check_file(file: Path, seen: Examination) -> None:
    try:
        there = file.is_file()
    except (OSError, ValueError):
        there = False
    if not there:
        kind = "there is no such file"
        if "\0" not in str(file):
            kind = "is a folder" if file.is_dir() else "is no regular file" if file.exists() else kind
        raise BoundaryError(f"{shorten(file)}: {kind}; name a vector file with the two territories")
    try:
        with file.open("rb"):
            pass
    except OSError as error:
        seen.unreadable("", f"cannot be read ({error.strerror})")


def _tolerance(value_m: float) -> float:
    if not math.isfinite(value_m) or value_m < 0:
        raise UsageError(f"a tolerance of {value_m} m: give 0 m or more")
    return float(value_m)


def _edges(given: Edges | str | None, described: Description, file: Path, seen: Examination) -> Edges:
    if given is not None:
        try:
            return Edges(given)
        except ValueError as error:
            raise UsageError(f"edges={given!r}: one of geodesic, planar, rhumb") from error
    if described.edges is None:
        seen.unreadable(
            "edges",
            "nobody says how its edges are read, and over a long edge that is worth kilometres: write "
            f"'edges: planar' (straight in longitude and latitude, as GeoJSON and most data mean it), 'geodesic' or "
            f"'rhumb' into {file.name}.yaml beside it, or say it in the call (--edges)",
        )
    return described.edges


def _id(given: str | None, file: Path, seen: Examination) -> str:
    name = given or re.sub(r"[^a-z0-9._-]+", "-", file.name.split(".")[0].lower()).strip("-._")[:64] or "own"
    try:
        taken = id_of(name)
    except ValueError as error:
        seen.unreadable("id", str(error))
    return taken


def _from_polygons(
    file: Path, pair: tuple[str, str], described: Description, catalogue: Catalogue, seen: Examination
) -> tuple[BoundaryLine, float]:
    data = read_vector(file, pair, described, seen)
    reference = _reference(data, described, seen)
    first, second = (
        territory_of(code, bring_to_wgs84(data.features[code], reference), data.property_name, seen)
        for code in sorted(pair)
    )
    check_place((first, second), catalogue, seen)
    seen.raise_if_refused()
    first, second = in_one_frame(first, second)
    outline = common_outline(
        first,
        second,
        tolerance_m=DEFAULT_TOLERANCE_M if described.tolerance_m is None else described.tolerance_m,
        accept_interruptions=described.accept_interruptions,
        seen=seen,
    )
    _say_projected(data, reference, outline.line, seen)
    line = _wrapped(outline.line)
    window = window_around(line)
    ground = {each.code: clip_ground(each, window, line, seen) for each in (first, second)}
    shapely.prepare(window)
    cost_m = math.hypot(reference.accuracy_m, outline.widest_m)
    return BoundaryLine(_PLACEHOLDER, pair, _single(line), MappingProxyType(ground), window), cost_m


def _wrapped(line: shapely.MultiLineString) -> shapely.MultiLineString:
    """Bring parts of a line that went on counting across the antimeridian back to the map of the world."""
    parts = []
    for part in shapely.get_parts(line):
        middle = (part.bounds[0] + part.bounds[2]) / 2
        turn = 360.0 * math.floor((middle + 180.0) / 360.0)
        parts.append(part if turn == 0 else shapely.transform(part, lambda xy, by=turn: xy - np.array([by, 0.0])))
    return shapely.MultiLineString(parts)


def _single(line: shapely.MultiLineString) -> shapely.LineString | shapely.MultiLineString:
    return line.geoms[0] if len(line.geoms) == 1 else line


def _from_lines(
    file: Path, pair: tuple[str, str], described: Description, seen: Examination
) -> tuple[BoundaryLine, float]:
    left, right = described.left, described.right
    if left is None or right is None:
        seen.unreadable("left" if left is None else "right", "a line has two hands: declare left: and right: together")
    if {left, right} != set(pair):
        seen.missing("left, right", f"the description declares {left} and {right}; asked for is {' and '.join(pair)}")
    data = read_vector(file, pair, described, seen)
    if not data.features[""]:
        seen.stop("", "no line is left in the file" + (" by what select: asks for" if described.select else ""))
    reference = _reference(data, described, seen)
    lines = []
    for feature in bring_to_wgs84(data.features[""], reference):
        if feature.shape.polygons:
            seen.refuse(
                f"feature {feature.number}",
                "holds polygons; with left: and right: declared, give lines alone, or drop left and right",
            )
        if feature.shape.empty:
            seen.note(f"feature {feature.number} has no geometry and was left out")
        if feature.shape.heights:
            seen.note(f"feature {feature.number} has heights, which were left out")
        check_range(feature.shape.lines, f"feature {feature.number}", seen)
        lines += _moving(feature, seen)
    seen.raise_if_refused()
    if not lines:
        seen.stop("", "no line in the file leads anywhere")
    line = merge_lines(lines, seen)
    to_left, to_right, both = strips_beside(line, seen)
    window = both
    shapely.prepare(window)
    return (
        BoundaryLine(_PLACEHOLDER, pair, _single(line), MappingProxyType({left: to_left, right: to_right}), window),
        reference.accuracy_m,
    )


def _moving(feature: RawFeature, seen: Examination) -> list[NDArray[np.float64]]:
    """Lines without the vertices that repeat the one before; what stays at one place is left out."""
    found = []
    for line in feature.shape.lines:
        repeats = np.flatnonzero((line[1:] == line[:-1]).all(axis=1)) + 1
        if len(repeats):
            where = place(*map(float, line[repeats[0]]))
            seen.note(f"feature {feature.number} repeats {len(repeats)} vertices (the first at {where}), left out")
        kept = np.delete(line, repeats, axis=0)
        jump = np.flatnonzero(np.abs(np.diff(kept[:, 0])) > 180.0)
        if len(jump):
            seen.refuse(
                f"feature {feature.number}",
                f"jumps across the antimeridian near {place(*map(float, kept[jump[0]]))}: cut the line at 180° there",
            )
        if len(kept) > 1:
            found.append(kept)
    return found


def _reference(data: VectorData, described: Description, seen: Examination) -> Reference:
    arrays = [
        array
        for features in data.features.values()
        for feature in features
        for array in (*(ring for polygon in feature.shape.polygons for ring in polygon), *feature.shape.lines)
        if len(array)
    ]
    if not arrays:
        seen.stop("", "the features of the territories have no geometry")
    reference = reference_of(data.crs, described.crs, np.concatenate(arrays), seen)
    if reference.operation is not None:
        seen.note(
            f"coordinates in {reference.name} were brought to WGS 84 by {shorten(reference.operation)}, accurate to "
            f"{reference.accuracy_m:g} m by its registry"
            + (", which counts in the source's accuracy" if reference.accuracy_m else "")
        )
    return reference


def _say_projected(data: VectorData, reference: Reference, line: shapely.MultiLineString, seen: Examination) -> None:
    if reference.carry is None:
        return
    own = {tuple(vertex) for vertex in shapely.get_coordinates(line)}
    bend = 0.0
    for features in data.features.values():
        for ring in (ring for feature in features for polygon in feature.shape.polygons for ring in polygon):
            carried = reference.carry(ring)
            on_line = np.array([tuple(vertex) in own for vertex in carried])
            for at in np.flatnonzero(on_line[:-1] & on_line[1:]):
                bend = max(bend, bend_m(ring[at : at + 2], reference))
    if bend > WORTH_SAYING_M:
        seen.note(
            f"its edges are straight in {reference.name}; read as declared they run up to {bend:.0f} m from there, "
            "between vertices that stay where they are"
        )


def _source(name: str, edges: Edges, described: Description, file: Path, cost_m: float, seen: Examination) -> Source:
    accuracy = described.accuracy
    if accuracy is None:
        seen.note("no accuracy is declared: where the bundled sources give none for it either, it does not vote")
    elif cost_m > 0:
        accuracy = _with_cost(accuracy, cost_m)
        seen.note(f"{cost_m:.3g} m for what was found in the file were added to its declared accuracy, in squares")
    return Source(
        id=name,
        lineage=described.lineage or name,
        title=described.title or file.name,
        vintage=described.vintage or UNSTATED,
        scale_denominator=described.scale_denominator,
        edges=edges,
        accuracy=accuracy,
        licence=described.licence or UNSTATED,
        attribution=f"{(described.attribution or file.name).rstrip('.')} (a file of the user's own).",
        licence_file=None,
        ancestry=described.ancestry or UNSTATED,
        correlated_with=described.correlated_with,
        package=None,
        file=str(file),
        sha256=hash_of(file),
        simplified_m=described.simplified_m,
        own=True,
        notes=tuple(seen.notes),
        description_sha256=described.sha256,
    )


def _with_cost(accuracy: Accuracy, cost_m: float) -> Accuracy:
    return replace(
        accuracy,
        value_95_m=math.hypot(accuracy.value_95_m, cost_m),
        document=f"{accuracy.document}; with {cost_m:.3g} m for what was found in the file",
    )


def _named(
    line: BoundaryLine, known: tuple[BoundaryLine, ...], described: Description, seen: Examination
) -> BoundaryLine:
    """Give a line without a declared lineage that of the bundled source whose line it repeats."""
    lineage = line.source.lineage
    if described.lineage is None:
        found = same_lineage(line, known)
        if found is not None:
            lineage = found
            seen.note(
                f"it repeats the line of the lineage {found} and shares its vote; if it is independent of it, declare "
                "lineage: in the description"
            )
    return replace(line, source=replace(line.source, lineage=lineage, notes=tuple(seen.notes)))


_PLACEHOLDER: Final = Source(
    id="", lineage="", title="", vintage="", scale_denominator=None, edges=Edges.PLANAR, accuracy=None, licence="",
    attribution="", licence_file=None, ancestry="", correlated_with=(), package=None, file="", sha256="",
)  # fmt: skip
