"""From the options of a command to an assessment: what ``check`` and ``map`` share."""

from __future__ import annotations

from geoinc.api import Assessment, assess, load_incident
from geoinc.geodesy import Edges
from geoinc.quantities import Precision

__all__ = ["assess_file"]


def assess_file(file: str, *, only: tuple[str, ...], edges: str | None, precision: str | None) -> Assessment:
    """Load an incident file, or a bundled case by its name, and assess it under the options given."""
    incident = load_incident(file, precision=Precision(precision) if precision else None)
    return assess(incident, only=only or None, edges=Edges(edges) if edges else None)
