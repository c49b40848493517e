"""An assessment as a GeoDataFrame."""

from __future__ import annotations

from typing import Any

import geopandas
import shapely

from geoinc.claims import PositionClaim
from geoinc.findings import AssessmentData

__all__ = ["assessment_frame"]

COLUMNS = ("role", "claim", "party", "source", "territory", "distance_m", "geometry")


def assessment_frame(data: AssessmentData) -> geopandas.GeoDataFrame:
    """Return positions, connectors, allowed ground, lines and grounds of an assessment, WGS 84 degrees."""
    parties = {claim.id: claim.party for claim in data.incident.claims}
    rows: list[dict[str, Any]] = [
        {
            "role": "position",
            "claim": claim.id,
            "geometry": shapely.Point(claim.reading.lon_deg, claim.reading.lat_deg),
        }
        for claim in data.incident.claims
        if isinstance(claim, PositionClaim)
    ]
    rows += [
        {
            "role": "connector",
            "claim": each.claim,
            "source": each.source,
            "distance_m": each.distance_m,
            "geometry": shapely.LineString(
                [(each.lon_deg, each.lat_deg), (each.nearest_lon_deg, each.nearest_lat_deg)]
            ),
        }
        for each in data.connectors
    ]
    rows += [
        {"role": each.style, "claim": each.claim, "source": each.source, "geometry": each.geometry}
        for each in data.regions
    ]
    for view in data.views:
        rows.append({"role": "line", "source": view.source, "geometry": view.line})
        rows += [
            {"role": "ground", "source": view.source, "territory": territory, "geometry": ground}
            for territory, ground in view.ground.items()
        ]
    for row in rows:
        row.setdefault("party", parties.get(row.get("claim", "")))
    filled = [{column: row.get(column) for column in COLUMNS} for row in rows]
    return geopandas.GeoDataFrame(filled, columns=list(COLUMNS), geometry="geometry", crs="EPSG:4326")
