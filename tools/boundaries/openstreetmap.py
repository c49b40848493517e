"""Readers of three OpenStreetMap vintages: July 2026, October 2020, November 2017."""

from __future__ import annotations

import io
import json
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from boundaries.geometry import BorderPlan, BuildError, Coordinates, SourceGeometry, assemble, common_line

__all__ = ["ODBL_MEMBER", "read_2017", "read_2020", "read_2026c", "read_country_2017"]

ODBL_MEMBER = "timezonefinder_data-3.2026.3.post1.dist-info/licenses/DATA_LICENSE"

# The packing of the time zones turns whole ten-millionths of a degree into floats with a little noise.
_ZONE_DECIMALS = 7
_ZONES = {"MLI": "Africa/Bamako", "DZA": "Africa/Algiers"}
_BORDERS_MEMBER = "omim_data_borders-10.3.0rc2.data/data/omim-data/borders.tar.xz"
# The country outlines come in regions where the country is large; this one reaches the window's edges.
_REGIONS = {"MLI": "Mali.poly", "DZA": "Algeria_Central.poly"}


def read_2026c(archive: Path, plan: BorderPlan) -> SourceGeometry:
    """Read the time zones of release 2026c, of which one covers Mali and one covers Algeria.

    Parameters
    ----------
    archive : Path
        The wheel timezonefinder-data, checked.
    plan : BorderPlan

    Returns
    -------
    SourceGeometry
    """
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(archive) as wheel:
        wheel.extractall(folder)
        from timezonefinder import TimezoneFinder  # noqa: PLC0415 - needed by the build alone

        finder = TimezoneFinder(bin_file_location=f"{folder}/timezonefinder_data/data", in_memory=True)
        territories = {
            code: MultiPolygon(
                [Polygon(*_on_grid(rings)) for rings in finder.get_geometry(tz_name=zone, coords_as_pairs=True)]
            )
            for code, zone in _ZONES.items()
        }
    return _from_territories(territories, plan)


def _on_grid(rings: Iterable[Iterable[Iterable[float]]]) -> tuple[Coordinates, list[Coordinates]]:
    exterior, *holes = (np.asarray(ring, dtype=np.float64).round(_ZONE_DECIMALS) for ring in rings)
    return exterior, holes


def read_2020(archive: Path, plan: BorderPlan) -> SourceGeometry:
    """Read the region outlines of a map application, drawn from OpenStreetMap on 20 October 2020.

    Parameters
    ----------
    archive : Path
        The wheel omim-data-borders, checked.
    plan : BorderPlan

    Returns
    -------
    SourceGeometry
    """
    with zipfile.ZipFile(archive) as wheel:
        packed = wheel.read(_BORDERS_MEMBER)
    territories = {}
    with tarfile.open(fileobj=io.BytesIO(packed), mode="r:xz") as borders:
        for code, member in _REGIONS.items():
            stream = borders.extractfile(member)
            if stream is None:
                raise BuildError(f"{archive.name} holds no {member}")
            territories[code] = _read_poly(stream.read().decode("ascii"))
    return _from_territories(territories, plan)


def _read_poly(text: str) -> Polygon | MultiPolygon:
    """Read Osmosis polygon text: a name, then rings that each begin with a number and close with END."""
    polygons: list[Polygon] = []
    ring: list[tuple[float, float]] = []
    for line in text.splitlines()[1:]:
        fields = line.split()
        if len(fields) == 2:
            ring.append((float(fields[0]), float(fields[1])))
        elif fields == ["END"] and ring:
            polygons.append(Polygon(ring))
            ring = []
        elif fields and fields[0].startswith("!"):
            raise BuildError("an outline has a hole, which this recipe does not expect")
    return MultiPolygon(polygons)


def read_2017(archive: Path, plan: BorderPlan) -> SourceGeometry:
    """Read the country outlines simplified jointly to one metre, of November or December 2017.

    The file is 213 MB with one country a line: the two lines that are wanted are found by their endings.
    Its land has rivers and pools cut out, some of them a few kilometres from the line. Water inside one
    territory is that territory's, so only the outer rings are kept.

    Parameters
    ----------
    archive : Path
        The npm archive of countries-land-1m, checked.
    plan : BorderPlan

    Returns
    -------
    SourceGeometry
    """
    return _from_territories({code: read_country_2017(archive, code) for code in (plan.left, plan.right)}, plan)


def read_country_2017(archive: Path, code: str) -> MultiPolygon:
    """Read the outer rings of one country of the file of 2017.

    Parameters
    ----------
    archive : Path
        The npm archive of countries-land-1m, checked.
    code : str
        ISO 3166-1 alpha-3, or XKX.

    Returns
    -------
    MultiPolygon

    Raises
    ------
    BuildError
        If it is not there.
    """
    ending = b'{"A3":"' + code.encode("ascii") + b'"}}'
    with tarfile.open(archive, mode="r:gz") as package:
        stream = package.extractfile("package/map.geo.json")
        if stream is None:
            raise BuildError(f"{archive.name} holds no map.geo.json")
        for line in stream:
            feature = line.rstrip().rstrip(b",")
            if feature.endswith(ending):
                return _outer(json.loads(feature)["geometry"])
    raise BuildError(f"{archive.name} does not hold {code}")


def _outer(geometry: dict[str, Any]) -> MultiPolygon:
    coordinates = geometry["coordinates"]
    polygons = coordinates if geometry["type"] == "MultiPolygon" else [coordinates]
    return MultiPolygon([Polygon(rings[0]) for rings in polygons])


def _from_territories(found: Mapping[str, Polygon | MultiPolygon], plan: BorderPlan) -> SourceGeometry:
    line = common_line(found[plan.left], found[plan.right], plan.start)
    # Some outlines cross themselves far from the line. The structure method keeps every vertex and drops the
    # loops that a crossing leaves; `assemble` then proves that the line came through whole.
    valid = {
        code: shape if shapely.is_valid(shape) else shapely.make_valid(shape, method="structure", keep_collapsed=False)
        for code, shape in found.items()
    }
    return assemble(plan, line, valid)
