"""The world by OpenStreetMap, July 2026: time zones put together to countries, and mended where they are none."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from shapely import LineString, MultiPolygon, Polygon

from boundaries.geometry import BuildError, Coordinates
from boundaries.openstreetmap import read_country_2017
from geoinc.territory_codes import ALPHA_3

__all__ = ["Mend", "World", "read_zones", "separate_kosovo"]

_ZONE_TABLE = "tzdata/zoneinfo/zone.tab"
_ZONE_DECIMALS = 7
# A polygon of a zone is another country's where nine tenths of its land, by the other lineage, are that country's
# and next to none its own country's.
_ELSEWHERE_SHARE = 0.9
_AT_HOME_SHARE = 0.01
# Below this, in square degrees (some 2,000 square kilometres), the other lineage is too coarse to tell: an enclave
# like Büsingen lies wholly in a neighbour there.
_LEAST_LAND_DEG2 = 0.2
# Two drawings of one line of different years lie within this of each other, in degrees.
_SAME_LINE_DEG = 0.0005


@dataclass(frozen=True, slots=True)
class Mend:
    """Ground that was taken from one territory and given to another.

    Attributes
    ----------
    zone : str
        The time zone that held it.
    taken_from, given_to : str
        Codes of territories.
    what : str
        For the catalogue.
    """

    zone: str
    taken_from: str
    given_to: str
    what: str


@dataclass(frozen=True, slots=True)
class World:
    """Whole territories of one lineage.

    Attributes
    ----------
    territories : dict
        By ISO 3166-1 alpha-3 code.
    mends : list of Mend
    """

    territories: dict[str, Polygon | MultiPolygon]
    mends: list[Mend]


def read_zones(archive: Path, zone_table: Path, land: Mapping[str, Polygon | MultiPolygon]) -> World:
    """Read all zones on land and put those of one country together.

    Parameters
    ----------
    archive : Path
        The wheel timezonefinder-data, checked.
    zone_table : Path
        The wheel tzdata, checked: its table says which country each zone is in.
    land : mapping of str to Polygon or MultiPolygon
        Territories of the other lineage, to find polygons of a zone that lie in another country.

    Returns
    -------
    World
    """
    country_of = _read_countries(zone_table)
    index = _LandIndex(land)
    parts: dict[str, list[Polygon]] = {}
    mends: dict[tuple[str, str, str], Mend] = {}
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(archive) as wheel:
        wheel.extractall(folder)
        from timezonefinder import TimezoneFinder  # noqa: PLC0415 - needed by the build alone

        finder = TimezoneFinder(bin_file_location=f"{folder}/timezonefinder_data/data", in_memory=True)
        for zone in finder.timezone_names:
            if zone.startswith("Etc/"):
                continue
            country = country_of[zone]
            for rings in finder.get_geometry(tz_name=zone, coords_as_pairs=True):
                polygon = Polygon(*_on_grid(rings))
                owner = index.owner(polygon, country)
                parts.setdefault(owner, []).append(polygon)
                if owner != country:
                    what = (
                        f"the time zone {zone} of {country} takes in ground of {owner}; here that ground is {owner}'s"
                    )
                    mends[zone, country, owner] = Mend(zone, country, owner, what)
    return World({code: _joined(own) for code, own in sorted(parts.items())}, [*mends.values()])


def _read_countries(zone_table: Path) -> dict[str, str]:
    with zipfile.ZipFile(zone_table) as wheel:
        lines = wheel.read(_ZONE_TABLE).decode("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {row[2]: ALPHA_3[row[0]] for row in rows}


def _on_grid(rings: Iterable[Iterable[Iterable[float]]]) -> tuple[Coordinates, list[Coordinates]]:
    exterior, *holes = (np.asarray(ring, dtype=np.float64).round(_ZONE_DECIMALS) for ring in rings)
    return exterior, holes


def _joined(polygons: list[Polygon]) -> Polygon | MultiPolygon:
    """Join polygons that share edges; where some overlap, as two zones of one country may, the slow way."""
    if len(polygons) == 1:
        return polygons[0]
    total = sum(polygon.area for polygon in polygons)
    try:
        joined = shapely.coverage_union_all(polygons)
    except shapely.errors.GEOSException:
        joined = None
    if joined is None or not joined.is_valid or abs(joined.area - total) > 1e-9:
        joined = shapely.union_all(polygons)
    return joined


class _LandIndex:
    """Whose land, by the other lineage, a polygon covers."""

    def __init__(self, land: Mapping[str, Polygon | MultiPolygon]) -> None:
        self._codes: list[str] = []
        self._parts: list[Polygon] = []
        for code, shape in land.items():
            for part in shapely.get_parts(shape):
                self._codes.append(code)
                self._parts.append(part)
        self._tree = shapely.STRtree(self._parts)

    def owner(self, polygon: Polygon, country: str) -> str:
        """The country itself, or the one in which the polygon plainly lies."""
        rough = shapely.make_valid(shapely.simplify(polygon, 0.01))
        shares: dict[str, float] = {}
        for index in self._tree.query(rough, predicate="intersects"):
            code = self._codes[index]
            shares[code] = shares.get(code, 0.0) + float(shapely.intersection(self._parts[index], rough).area)
        total = sum(shares.values())
        if total < _LEAST_LAND_DEG2 or shares.get(country, 0.0) > _AT_HOME_SHARE * total:
            return country
        most = max(shares, key=lambda code: (shares[code], code))
        known_there = country in self._codes
        return most if known_there and shares[most] >= _ELSEWHERE_SHARE * total else country


def separate_kosovo(world: World, archive: Path) -> World:
    """Cut Kosovo out of the zone Europe/Belgrade along the line of the end of 2017.

    The outlines of the two vintages differ by some metres, so the older polygon itself would leave slivers along
    the borders with third states. Only the line that runs inside the zone is taken, and drawn through to the
    zone's outline at both ends.

    Parameters
    ----------
    world : World
    archive : Path
        The npm archive of countries-land-1m, checked.

    Returns
    -------
    World

    Raises
    ------
    BuildError
        If the line does not cut the zone into two.
    """
    zone, kosovo = world.territories["SRB"], read_country_2017(archive, "XKX")
    outline = shapely.boundary(zone)
    far = shapely.get_parts(
        shapely.line_merge(shapely.difference(shapely.boundary(kosovo), shapely.buffer(outline, _SAME_LINE_DEG)))
    )
    cut = shapely.get_coordinates(max(far, key=shapely.length))
    vertices = shapely.get_coordinates(outline)
    first, last = (vertices[np.hypot(*(vertices - end).T).argmin()] for end in (cut[0], cut[-1]))
    line = LineString(np.round(np.vstack([first, cut, last]), _ZONE_DECIMALS))
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.union(outline, line))))
    inside = shapely.point_on_surface(kosovo)
    own = [face for face in faces if shapely.contains(zone, shapely.point_on_surface(face))]
    apart = [face for face in own if shapely.contains(face, inside)]
    if len(own) != 2 or len(apart) != 1:
        raise BuildError(f"the line of 2017 cuts the zone Europe/Belgrade into {len(own)} parts, not into two")
    rest = [face for face in own if face is not apart[0]]
    what = (
        "the time zone Europe/Belgrade takes in SRB and XKX; here XKX is cut out of it along OpenStreetMap's line "
        "between the two of the end of 2017"
    )
    return World(
        {**world.territories, "SRB": rest[0], "XKX": apart[0]},
        [*world.mends, Mend("Europe/Belgrade", "SRB", "XKX", what)],
    )
