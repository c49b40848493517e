"""Files of the world bundle: an archive for each lineage, and the list of pairs; the same input, the same bytes."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import MultiPolygon

from boundaries.geometry import Coordinates
from boundaries.packages import PACKAGES
from boundaries.world import Built
from boundaries.world_facts import KOSOVO_PAIR, KOSOVO_SOURCE, OSM_WORLD, WORLD_SOURCES, WorldFacts
from boundaries.world_lines import Pair
from boundaries.world_notes import Note, find_notes
from geoinc.territory_codes import ALPHA_3

__all__ = ["WORLD_FILE", "read_names", "world_files"]

WORLD_FILE = "world.json"
_BOX_DEG = 0.8
_BOX_VERTICES = 400
_EPOCH = (1980, 1, 1, 0, 0, 0)
_ISO_TABLE = "tzdata/zoneinfo/iso3166.tab"


def world_files(built: Built, names: dict[str, str]) -> dict[str, bytes]:
    """Return the files of the world bundle, by path below the data folder.

    Parameters
    ----------
    built : Built
    names : dict
        English names by code.

    Returns
    -------
    dict
        The archives, then the list.
    """
    files = {facts.file: _archive(built, facts) for facts in WORLD_SOURCES}
    notes = find_notes(built)
    files[WORLD_FILE] = _list(built, notes, names, files)
    return files


def _archive(built: Built, facts: WorldFacts) -> bytes:
    """Members packed with bzip2, whose output has not changed in many years; that of deflate differs by library."""
    layer = built.layers[facts.id]
    members: dict[str, bytes] = {}
    for code, ground in sorted(layer.grounds.items()):
        properties = {"role": "ground", "territory": code}
        members[f"ground/{code}.geojson"] = _feature_file(facts, properties, _polygonal(ground))
    for pair, line in sorted(layer.lines.items()):
        own = KOSOVO_SOURCE if facts is OSM_WORLD and pair == KOSOVO_PAIR else facts
        properties = {"role": "line", "left": pair[0], "right": pair[1]}
        members[f"line/{'-'.join(pair)}.geojson"] = _feature_file(own, properties, _linear(line.runs))
    if facts is OSM_WORLD:
        boxes = {"-".join(pair): _boxes(line.runs) for pair, line in sorted(layer.lines.items())}
        members["boxes.json"] = json.dumps(boxes, separators=(",", ":")).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2, compresslevel=9) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_BZIP2
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def _feature_file(facts: WorldFacts, properties: dict[str, str], geometry: dict[str, Any]) -> bytes:
    package = PACKAGES[facts.package]
    document = {
        "type": "FeatureCollection",
        "name": facts.id,
        "licence": facts.licence,
        "attribution": facts.attribution,
        "derived_from": f"{package.registry} {package.name} {package.version}",
        "features": [{"type": "Feature", "properties": properties, "geometry": geometry}],
    }
    return (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")


def _linear(runs: Sequence[Coordinates]) -> dict[str, Any]:
    parts = sorted((_positions(run) for run in runs), key=lambda part: (part[0], part[1]))
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}


def _polygonal(ground: MultiPolygon) -> dict[str, Any]:
    polygons = []
    for part in shapely.get_parts(shapely.orient_polygons(ground)):
        exterior, *holes = (_ring(shapely.get_coordinates(ring)) for ring in (part.exterior, *part.interiors))
        if len(exterior) > 3:
            polygons.append([exterior, *sorted(hole for hole in holes if len(hole) > 3)])
    return {"type": "MultiPolygon", "coordinates": sorted(polygons)}


def _ring(coordinates: Coordinates) -> list[list[float]]:
    """A ring that begins at its least vertex, without repeated vertices."""
    points = _positions(coordinates)[:-1]
    kept = [point for point, before in zip(points, [points[-1], *points[:-1]], strict=True) if point != before]
    first = kept.index(min(kept)) if kept else 0
    return [*kept[first:], *kept[: first + 1]]


def _positions(coordinates: Coordinates) -> list[list[float]]:
    positions: list[list[float]] = (np.asarray(coordinates, dtype=np.float64) + 0.0).tolist()
    return positions


def _boxes(runs: Sequence[Coordinates]) -> list[list[float]]:
    """Boxes round short stretches of the line, to find the nearest border without reading them all."""
    boxes = []
    for run in runs:
        dense = shapely.get_coordinates(shapely.segmentize(shapely.LineString(run), _BOX_DEG / 4))
        begin = 0
        while begin < len(dense) - 1:
            ahead = dense[begin : begin + _BOX_VERTICES]
            spread = np.maximum.accumulate(ahead, axis=0) - np.minimum.accumulate(ahead, axis=0)
            end = max(2, int((spread.max(axis=1) <= _BOX_DEG).sum()))
            low, high = dense[begin : begin + end].min(axis=0), dense[begin : begin + end].max(axis=0)
            boxes.append([*_floor(low), *_ceil(high)])
            begin += end - 1
    return boxes


def _floor(values: Coordinates) -> list[float]:
    floored: list[float] = np.round(np.floor(values * 100) / 100, 2).tolist()
    return floored


def _ceil(values: Coordinates) -> list[float]:
    raised: list[float] = np.round(np.ceil(values * 100) / 100, 2).tolist()
    return raised


def _list(built: Built, notes: dict[Pair, list[Note]], names: dict[str, str], files: dict[str, bytes]) -> bytes:
    """One pair a line: the list is read at every start, and by people."""
    sources = [_source_entry(facts, files[facts.file]) for facts in (*WORLD_SOURCES, KOSOVO_SOURCE)]
    head = {
        "schema": "geoinc/boundary-world/1",
        "boxes": {"file": OSM_WORLD.file, "member": "boxes.json"},
        "sources": sources,
        "left_out": {"-".join(pair): round(share, 2) for pair, share in sorted(built.at_sea.items())},
        "part_of": dict(sorted(built.overseas.items())),
    }
    opening = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    territories = ",\n".join(
        f"  {json.dumps(code)}: {json.dumps(names[code], ensure_ascii=False)}" for code in sorted(names)
    )
    borders = ",\n".join(_border_row(built, pair, notes.get(pair, [])) for pair in _pairs(built))
    text = f'{opening},\n "territories": {{\n{territories}\n }},\n "borders": {{\n{borders}\n }}\n}}\n'
    return text.encode("utf-8")


def _pairs(built: Built) -> list[Pair]:
    return sorted({pair for layer in built.layers.values() for pair in layer.lines})


def _border_row(built: Built, pair: Pair, notes: Iterable[Note]) -> str:
    lines = {}
    bounds = []
    for facts in WORLD_SOURCES:
        line = built.layers[facts.id].lines.get(pair)
        if line is not None:
            source = KOSOVO_SOURCE.id if facts is OSM_WORLD and pair == KOSOVO_PAIR else facts.id
            lines[source] = round(line.length_km, 1)
            bounds.append(shapely.MultiLineString(line.runs).bounds)
    low, high = np.min(bounds, axis=0), np.max(bounds, axis=0)
    row: dict[str, Any] = {"box": [*_floor(low[:2]), *_ceil(high[2:])], "length_km": lines}
    told = [{"kind": note.kind, "source": note.source, "text": note.text} for note in notes]
    if told:
        row["notes"] = told
    return f"  {json.dumps('-'.join(pair))}: {json.dumps(row, ensure_ascii=False, separators=(',', ':'))}"


def _source_entry(facts: WorldFacts, content: bytes) -> dict[str, Any]:
    package = PACKAGES[facts.package]
    return {
        "id": facts.id,
        "lineage": facts.lineage,
        "title": facts.title,
        "vintage": facts.vintage,
        "scale_denominator": facts.scale_denominator,
        "edges": "planar",
        "accuracy": facts.accuracy,
        "licence": facts.licence,
        "attribution": facts.attribution,
        "licence_file": facts.licence_file,
        "ancestry": facts.ancestry,
        "correlated_with": [],
        "package": {
            "registry": package.registry,
            "name": package.name,
            "version": package.version,
            "file": package.file,
            "sha256": package.sha256,
        },
        "file": facts.file,
        "sha256": hashlib.sha256(content).hexdigest(),
        "simplified_m": facts.simplified_m,
    }


def read_names(zone_table: Path) -> dict[str, str]:
    """Return English names of all territories with a code, from the table of the time zone database.

    Parameters
    ----------
    zone_table : Path
        The wheel tzdata, checked.
    """
    with zipfile.ZipFile(zone_table) as wheel:
        lines = wheel.read(_ISO_TABLE).decode("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {"XKX": "Kosovo", **{ALPHA_3[row[0]]: row[1] for row in rows}}
