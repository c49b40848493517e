"""A case file in which every field that holds free text is hostile, each with a mark of its own."""

from __future__ import annotations

import json
from typing import Any

from sample import HOSTILE

POISON = " ".join("".join(each for each in text if each not in "\x00\x07") for text in HOSTILE)


class Marks:
    """Hands out hostile texts, and remembers which field each was for."""

    def __init__(self) -> None:
        self.given: dict[str, str] = {}

    def __call__(self, field: str) -> str:
        self.given[field] = f"§{len(self.given)}§ {POISON}"
        return self.given[field]


def hostile_case() -> tuple[str, dict[str, str]]:
    """Return the file, as JSON, and its hostile texts by field."""
    salt = Marks()
    translated = (
        "title",
        "summary",
        "party",
        "publisher",
        "label",
        "other label",
        "assumption",
        "limit",
        "translation",
    )
    document: dict[str, Any] = {
        "schema": "geoinc/incident/1",
        "id": "hostile",
        "language": "en",
        "title": salt("title"),
        "summary": salt("summary"),
        "border": ["MLI", "DZA"],
        "boundary_widths": [{"width": "300 m", "basis": salt("basis")}],
        "parties": {
            "one": {"name": salt("party"), "territory": None},
            "two": {"name": salt("other party"), "territory": "DZA"},
        },
        "references": {
            "note": {
                "publisher": salt("publisher"),
                "title": salt("publication"),
                "published": "2025-04-06",
                "language": "fr",
                "url": "https://example.org/?q=%3Cscript%3E%22%27",
            },
        },
        "points": {"wreck": {"label": salt("label")}, "link": {"label": salt("other label")}},
        "places": {
            "well": {"name": salt("place"), "territory": "MLI", "position": "19°55'N 2°50'E", "accuracy": "1 km",
                     "source": salt("source of the place")},
        },
        "claims": [
            {"id": "a", "party": "one", "reference": "note", "kind": "position", "point": "wreck",
             "text": "19°52’04.738’’N 2°53’38.101’’E", "quote": salt("quote"), "translation": salt("translation")},
            {"id": "b", "party": "one", "reference": "note", "kind": "border_distance", "point": "wreck",
             "distance": {"printed": salt("printed distance"), "low": "9 km", "high": "10 km"}, "territory": "MLI",
             "text": salt("words of a claim"), "near": {"places": ["well"], "within": "30 km"},
             "alternatives": [{"sense": "meridian", "note": salt("note")}]},
            {"id": "c", "party": "two", "kind": "place_offset", "point": "wreck", "place": "well", "distance": "3.5 km",
             "direction": "SE", "text": salt("words of another claim")},
            {"id": "d", "party": "two", "kind": "fall", "from": "link", "to": "wreck", "mode": "vertical",
             "text": salt("words of a fall")},
            {"id": "e", "party": "two", "kind": "time", "event": "wreck", "start": "2025-04-01 00:08",
             "end": "2025-04-01 00:09", "zone": "Africa/Bamako", "text": salt("words of a time")},
            {"id": "f", "party": "two", "kind": "within", "point": "link", "territory": "DZA",
             "quote": salt("another quote")},
        ],
        "assumptions": [{"id": "x", "text": salt("assumption"), "used_by": ["b"]}],
        "limits": [salt("limit")],
        "translations": [
            {"text": salt.given[field], "fr": salt(f"{field} in French"), "ar": salt(f"{field} in Arabic")}
            for field in translated
        ],
    }  # fmt: skip
    return json.dumps(document), salt.given
