"""Incident files: their schema, their reader, the bundled cases."""

from __future__ import annotations

from geoinc.incident.reader import load_incident, parse_incident
from geoinc.incident.schema import json_schema
from geoinc.incident.template import case_names, example_text, incident_from_position

__all__ = [
    "case_names",
    "example_text",
    "incident_from_position",
    "json_schema",
    "load_incident",
    "parse_incident",
]
