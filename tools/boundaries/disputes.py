"""Lines that are no plain international border, and the ground between them: who controls it, and who claims it.

Three packages carry three parts of Natural Earth. Release 3.0.0 has lines with their class; release 4.1.0 the lines
that claimants draw, and the countries as they were controlled. Ground that is claimed is what a claimant's line cuts
off from the country that holds it.
"""

from __future__ import annotations

import json
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import geopandas
import numpy as np
import shapely
from shapely import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from boundaries.geometry import BuildError, Coordinates

__all__ = ["DISPUTES_FILE", "DISPUTE_PACKAGES", "dispute_features"]

DISPUTES_FILE: Final = "public-domain/disputes.geojson"
DISPUTE_PACKAGES: Final = ("libmagics++-data", "qgis-common", "world-atlas")

_LINES_MEMBER = "usr/share/magics/10m/ne_10m_admin_0_boundary_lines_land.shp"
_CLAIMS_MEMBER = "usr/share/qgis/resources/data/world_map.gpkg"
_COUNTRIES_MEMBER = "package/countries-10m.json"
_DECIMALS = 5
# Both releases have pieces of a few metres where lines were joined, which part nothing.
_STUB_DEG = 0.002
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# What Natural Earth calls a line, and what geoinc does. A plain border is in no need of a note.
_CLASSES = {
    "Disputed (please verify)": "disputed",
    "Indefinite (please verify)": "indefinite",
    "Indeterminant frontier": "indefinite",
    "Line of control (please verify)": "line_of_control",
    "Lease limit": "lease",
    "Overlay limit": "zone",
    # The carrier of release 3.0.0 gave the berm in Western Sahara this name to leave it out of its own maps.
    "ForgetMagics": "line_of_control",
}
_PLAIN = {"International boundary (verify)", "International boundary (Magics)"}

# Codes of Natural Earth that are not those of ISO 3166-1; None where there is none.
_CODES: dict[str, str | None] = {
    "SDS": "SSD",
    "PSX": "PSE",
    "SAH": "ESH",
    "KOS": "XKX",
    "SOL": None,
    "CYN": None,
    "CNM": None,
    "ESB": None,
    "KAS": None,
    "KAB": None,
    "USG": None,
}

_CLAIMANTS = {
    "Bolivian": "BOL",
    "Chinese": "CHN",
    "Georgian": "GEO",
    "Guatemalan": "GTM",
    "Indian": "IND",
    "Japanese": "JPN",
    "Kenyan": "KEN",
    "Lebanese": "LBN",
    "Moldovan": "MDA",
    "Pakistani": "PAK",
    "Portuguese": "PRT",
    "South Sudanese": "SSD",
    # Drawn before South Sudan left Sudan: the claim at the Kenyan end of the Ilemi triangle is South Sudan's now.
    "Sudanese": "SSD",
    "Suriname": "SUR",
    "Syrian": "SYR",
    "Ukrainian": "UKR",
    "Venezuelan": "VEN",
    "Western Saharan": "ESH",
}


@dataclass(frozen=True, slots=True)
class _Ground:
    """Ground that more than one claims.

    Attributes
    ----------
    title : str
    kind : str
        ``"claimed"`` or ``"breakaway"``.
    country : str
        The country in release 4.1.0 of which it is a part, by its name there.
    held_by : str or None
        ISO code of who controlled it in that release; None where no code is to be had.
    claimed_by : tuple of str
    seed : tuple of float
        A point of it.
    cuts : tuple of str
        Names of the lines that cut it off; none where it is a part of its own.
    drawn_on_deg : float
        How far these lines are drawn on at both ends, straight, since they stop short of the outline.
    """

    title: str
    kind: str
    country: str
    held_by: str | None
    claimed_by: tuple[str, ...]
    seed: tuple[float, float]
    cuts: tuple[str, ...] = ()
    drawn_on_deg: float = 0.03


_GROUNDS = (
    _Ground("Abkhazia", "breakaway", "Georgia", None, ("GEO",), (41.0, 43.0), ("Georgian claim",)),
    _Ground("South Ossetia", "breakaway", "Georgia", None, ("GEO",), (44.0, 42.3), ("Georgian claim",)),
    _Ground("Transnistria", "breakaway", "Moldova", None, ("MDA",), (29.35, 47.35), ("Moldovan claim",)),
    _Ground(
        "Nagorno-Karabakh, ceasefire line 1994",
        "breakaway",
        "Azerbaijan",
        None,
        ("AZE",),
        (46.75, 39.82),
        ("Ceasefire Line 1994",),
    ),
    _Ground("Somaliland", "breakaway", "Somaliland", None, ("SOM",), (44.06, 9.56)),
    _Ground("Northern Cyprus", "breakaway", "N. Cyprus", None, ("CYP",), (33.36, 35.25)),
    _Ground("Kosovo", "breakaway", "Kosovo", "XKX", ("SRB",), (21.16, 42.66)),
    _Ground(
        "Parts of Donetsk and Luhansk",
        "breakaway",
        "Ukraine",
        None,
        ("UKR",),
        (38.636, 47.868),
        ("Ukrainian claim",),
        drawn_on_deg=0.1,
    ),
    _Ground("Crimea", "claimed", "Russia", "RUS", ("UKR",), (34.1, 44.95)),
    _Ground("Western Sahara, east of the berm", "claimed", "W. Sahara", "ESH", ("MAR",), (-10.57, 26.16)),
    _Ground(
        "Western Sahara, west of the berm",
        "claimed",
        "Morocco",
        "MAR",
        ("ESH",),
        (-13.2, 27.0),
        ("Western Saharan claim",),
        drawn_on_deg=0.2,
    ),
    _Ground("Siachen Glacier", "claimed", "Siachen Glacier", None, ("IND", "PAK"), (77.1, 35.4)),
    _Ground(
        "Kashmir and Ladakh, east of the line of control",
        "claimed",
        "India",
        "IND",
        ("PAK",),
        (74.8, 34.1),
        ("Pakistani claim",),
    ),
    _Ground(
        "Kashmir, west of the line of control", "claimed", "Pakistan", "PAK", ("IND",), (73.8, 34.2), ("Indian claim",)
    ),
    _Ground("Gilgit-Baltistan", "claimed", "Pakistan", "PAK", ("IND",), (74.5, 36.0), ("Indian claim",)),
    _Ground("Shaksgam valley", "claimed", "China", "CHN", ("IND",), (76.44, 35.96), ("Indian claim",)),
    _Ground("Aksai Chin", "claimed", "China", "CHN", ("IND",), (79.5, 35.2), ("Indian claim",)),
    _Ground("Arunachal Pradesh (Zangnan)", "claimed", "India", "IND", ("CHN",), (94.5, 28.0), ("Chinese claim",)),
    _Ground("Demchok", "claimed", "India", "IND", ("CHN",), (79.3, 32.8), ("Chinese claim",)),
    _Ground("Nelang and Pulam Sumda", "claimed", "India", "IND", ("CHN",), (79.1, 31.25), ("Chinese claim",)),
    _Ground("Barahoti", "claimed", "India", "IND", ("CHN",), (80.115, 30.707), ("Chinese claim",)),
    _Ground("Kaurik and Shipki", "claimed", "India", "IND", ("CHN",), (78.594, 32.048), ("Chinese claim",)),
    _Ground("Lapthal", "claimed", "India", "IND", ("CHN",), (80.947, 30.219), ("Chinese claim",)),
    _Ground("Northern Bhutan", "claimed", "Bhutan", "BTN", ("CHN",), (90.2, 28.2), ("Chinese claim",)),
    _Ground("Doklam", "claimed", "Bhutan", "BTN", ("CHN",), (89.077, 27.559), ("Chinese claim",)),
    _Ground("Shebaa farms", "claimed", "Israel", "ISR", ("LBN",), (35.688, 33.3), ("Lebanese claim",)),
    _Ground("Golan Heights", "claimed", "Israel", "ISR", ("SYR",), (35.75, 33.0), ("Syrian claim",)),
    _Ground("Essequibo", "claimed", "Guyana", "GUY", ("VEN",), (-60.0, 5.5), ("Venezuelan claim",)),
    _Ground("Tigri area", "claimed", "Guyana", "GUY", ("SUR",), (-57.4, 2.6), ("Suriname claim",)),
    _Ground("South-west of French Guiana", "claimed", "France", "FRA", ("SUR",), (-54.133, 2.715), ("Suriname claim",)),
    _Ground("Southern Belize", "claimed", "Belize", "BLZ", ("GTM",), (-88.8, 16.7), ("Guatemalan claim",)),
    _Ground("Atacama", "claimed", "Chile", "CHL", ("BOL",), (-69.5, -22.0), ("Bolivian claim",)),
    _Ground("Abyei", "claimed", "Sudan", "SDN", ("SSD",), (28.425, 9.67), ("South Sudanese claim",), drawn_on_deg=0.1),
    _Ground("Ilemi triangle", "claimed", "Kenya", "KEN", ("SSD",), (35.2, 4.85), ("Sudanese claim",)),
    _Ground("Olivenza", "claimed", "Spain", "ESP", ("PRT",), (-7.255, 38.56), ("Portuguese claim",)),
)


def dispute_features(archives: Mapping[str, Path]) -> list[dict[str, object]]:
    """Return the features of the file of disputes: lines first, then grounds.

    Parameters
    ----------
    archives : mapping of str to Path
        The archives of `DISPUTE_PACKAGES` by the name of the package, checked.

    Raises
    ------
    BuildError
        If a line has a class or a claimant that is not known here, or a ground is not cut off as expected.
    """
    with tempfile.TemporaryDirectory() as folder:
        drawn = _read_deb(archives["libmagics++-data"], _LINES_MEMBER, Path(folder) / "lines")
        claims = _read_deb(archives["qgis-common"], _CLAIMS_MEMBER, Path(folder) / "claims", layer="disputed_borders")
    countries = _read_countries(archives["world-atlas"])
    cuts = [(str(row.name_), row.geometry) for row in claims.rename(columns={"name": "name_"}).itertuples()]
    grounds = [(ground, _cut_off(ground, countries, cuts)) for ground in _GROUNDS]
    crimea = next(shape for ground, shape in grounds if ground.title == "Crimea")
    found = [*_drawn_lines(drawn), *_claim_lines(claims), _crimean_line(crimea, countries["Ukraine"])]
    lines = [line for line in found if shapely.geometry.shape(line["geometry"]).length >= _STUB_DEG]
    return [*sorted(lines, key=_order), *(_ground_feature(ground, shape) for ground, shape in grounds)]


def _order(feature: dict[str, Any]) -> str:
    return json.dumps(feature, sort_keys=True)


def _read_deb(archive: Path, member: str, folder: Path, **options: str) -> geopandas.GeoDataFrame:
    subprocess.run(["dpkg-deb", "--extract", str(archive.resolve()), str(folder)], check=True)
    return geopandas.read_file(folder / member, engine="pyogrio", **options)


def _read_countries(archive: Path) -> dict[str, BaseGeometry]:
    """Read the countries of release 4.1.0; rings that the grid made shorter than a triangle are left out."""
    with tarfile.open(archive, mode="r:gz") as package:
        stream = package.extractfile(_COUNTRIES_MEMBER)
        if stream is None:
            raise BuildError(f"{archive.name} holds no {_COUNTRIES_MEMBER}")
        topology = json.load(stream)
    scale, translate = (np.asarray(topology["transform"][name]) for name in ("scale", "translate"))
    arcs = [np.cumsum(np.asarray(arc, dtype=np.int64), axis=0) * scale + translate for arc in topology["arcs"]]
    found = {}
    for country in topology["objects"]["countries"]["geometries"]:
        polygons = country.get("arcs", [])
        polygons = polygons if country["type"] == "MultiPolygon" else [polygons]
        rings = [[_ring(ring, arcs) for ring in polygon] for polygon in polygons]
        shapes = [Polygon(outer, [h for h in holes if len(h) > 3]) for outer, *holes in rings if len(outer) > 3]
        parts = shapely.get_parts([shapely.make_valid(shape, method="structure") for shape in shapes])
        found[country["properties"]["name"]] = MultiPolygon([part for part in parts if part.area > 0])
    return found


def _ring(indices: list[int], arcs: list[Coordinates]) -> Coordinates:
    """Join the arcs of one ring; a negative index means the arc of its complement, backwards."""
    parts = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in indices]
    return np.vstack([parts[0], *(part[1:] for part in parts[1:])])


def _drawn_lines(drawn: geopandas.GeoDataFrame) -> Iterator[dict[str, object]]:
    for row in drawn.to_dict("records"):
        if row["featurecla"] in _PLAIN:
            continue
        if row["featurecla"] not in _CLASSES:
            raise BuildError(f"a line of release 3.0.0 is of the unknown class {row['featurecla']!r}")
        name = row["name"] if isinstance(row["name"], str) else None
        yield _line_feature(
            _CLASSES[row["featurecla"]],
            name or f"{row['adm0_left']} and {row['adm0_right']}",
            None,
            (row["adm0_a3_l"], row["adm0_left"]),
            (row["adm0_a3_r"], row["adm0_right"]),
            "3.0.0",
            row["geometry"],
        )


def _claim_lines(claims: geopandas.GeoDataFrame) -> Iterator[dict[str, object]]:
    for row in claims.to_dict("records"):
        name = row["name"]
        holder = _CODES.get(row["adm0_a3_l"], row["adm0_a3_l"])
        claimant = None
        if name.endswith(" claim"):
            if name.removesuffix(" claim") not in _CLAIMANTS:
                raise BuildError(f"nothing is known of the {name}")
            claimant = _CLAIMANTS[name.removesuffix(" claim")]
        kind = "claim"
        if name.startswith("Ceasefire") or (name, holder) == ("Ukrainian claim", "UKR"):
            kind = "line_of_control"
        elif claimant is None or claimant == holder:
            kind = "breakaway"
        yield _line_feature(
            kind,
            f"{name}, {row['adm0_left']}",
            claimant if kind == "claim" else None,
            (row["adm0_a3_l"], row["adm0_left"]),
            (row["adm0_a3_r"], row["adm0_right"]),
            "4.1.0",
            row["geometry"],
        )


def _crimean_line(crimea: BaseGeometry, ukraine: BaseGeometry) -> dict[str, object]:
    line = shapely.line_merge(shapely.intersection(crimea.boundary, ukraine.boundary))
    parts = [part for part in shapely.get_parts(line) if isinstance(part, LineString)]
    if not parts:
        raise BuildError("Crimea and Ukraine have no line in common")
    return _line_feature(
        "disputed", "Crimea", None, ("RUS", "Russia"), ("UKR", "Ukraine"), "4.1.0", MultiLineString(parts)
    )


def _line_feature(
    kind: str,
    name: str,
    drawn_by: str | None,
    left: tuple[str, str],
    right: tuple[str, str],
    release: str,
    geometry: BaseGeometry,
) -> dict[str, object]:
    year = _YEAR.search(name)
    rounded = [np.round(shapely.get_coordinates(part), _DECIMALS) for part in shapely.get_parts(geometry)]
    # Rounding brings a part of less than a metre to one place, which is no line.
    parts = [part.tolist() for part in rounded if np.ptp(part, axis=0).any()]
    return {
        "type": "Feature",
        "properties": {
            "role": "line",
            "kind": kind,
            "name": name,
            "drawn_by": drawn_by,
            "left": _CODES.get(left[0], left[0]),
            "left_name": left[1],
            "right": _CODES.get(right[0], right[0]),
            "right_name": right[1],
            "year": int(year.group()) if year else None,
            "release": release,
        },
        "geometry": {"type": "MultiLineString", "coordinates": parts},
    }


def _cut_off(
    ground: _Ground, countries: Mapping[str, BaseGeometry], cuts: list[tuple[str, BaseGeometry]]
) -> BaseGeometry:
    """Return the part of a country that holds the seed, cut by the lines of the names given."""
    seed = shapely.Point(ground.seed)
    parts = [part for part in shapely.get_parts(countries[ground.country]) if part.contains(seed)]
    if len(parts) != 1:
        raise BuildError(f"{ground.title}: {len(parts)} parts of {ground.country} hold its seed")
    if not ground.cuts:
        return countries[ground.country] if ground.country != "Russia" else parts[0]
    lines = [
        _drawn_on(part, ground.drawn_on_deg)
        for name, geometry in cuts
        if name in ground.cuts and geometry.distance(parts[0]) < ground.drawn_on_deg
        for part in shapely.get_parts(shapely.line_merge(geometry))
    ]
    network = shapely.union_all([parts[0].boundary, *lines])
    faces = [face for face in shapely.get_parts(shapely.polygonize(shapely.get_parts(network))) if face.contains(seed)]
    if len(faces) != 1 or faces[0].area > 0.9 * parts[0].area:
        raise BuildError(f"{ground.title}: {len(faces)} faces; the lines {', '.join(ground.cuts)} do not cut it off")
    return faces[0]


def _drawn_on(line: LineString, way_deg: float) -> LineString:
    vertices = shapely.get_coordinates(line)
    ends = [
        end + (end - before) / np.hypot(*(end - before)) * way_deg
        for end, before in ((vertices[0], vertices[1]), (vertices[-1], vertices[-2]))
    ]
    return LineString(np.vstack([ends[0], vertices, ends[1]]))


def _ground_feature(ground: _Ground, shape: BaseGeometry) -> dict[str, object]:
    rounded = shapely.transform(shape, lambda points: np.round(points, _DECIMALS))
    polygons = [part for part in shapely.get_parts(shapely.make_valid(rounded, method="structure")) if part.area > 0]
    return {
        "type": "Feature",
        "properties": {
            "role": "ground",
            "kind": ground.kind,
            "name": ground.title,
            "held_by": ground.held_by,
            "claimed_by": list(ground.claimed_by),
            "release": "4.1.0",
        },
        "geometry": {
            "type": "MultiPolygon",
            "coordinates": [
                [shapely.get_coordinates(ring).tolist() for ring in (part.exterior, *part.interiors)]
                for part in (shapely.orient_polygons(part) for part in polygons)
            ],
        },
    }
