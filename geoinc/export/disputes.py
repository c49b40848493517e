"""What is disputed at and near a position, as JSON documents hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geoinc.boundaries import Disputes

__all__ = ["disputes_document"]


def disputes_document(found: Disputes) -> dict[str, Any]:
    """Return lines near, ground that holds the position, and whose it is by each view."""
    return {
        "within_m": found.within_m,
        "lines": [
            {
                "name": each.line.name,
                "kind": each.line.kind.value,
                "drawn_by": each.line.drawn_by,
                "left": each.line.left or each.line.left_name,
                "right": each.line.right or each.line.right_name,
                "year": each.line.year,
                "source": f"Natural Earth {each.line.release}, 1:10m",
                "distance_m": each.distance_m,
                "azimuth_deg": each.azimuth_deg,
                "side": each.side,
            }
            for each in found.lines
        ],
        "grounds": [
            {
                "name": each.ground.name,
                "kind": each.ground.kind,
                "held_by": each.ground.held_by,
                "claimed_by": list(each.ground.claimed_by),
                "source": f"Natural Earth {each.ground.release}, 1:10m",
                "edge_m": each.edge_m,
                "certain": each.certain,
            }
            for each in found.grounds
        ],
        "views": [
            {"view": each.view, "territory": each.territory, "name": each.name, "certain": each.certain}
            for each in found.views
        ],
        "note": found.note,
    }
