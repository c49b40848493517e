"""A page on which every text of a user's own boundary file is hostile."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import sample
import shapely
from test_page import opened

import geoinc
from geoinc.boundaries import open_border
from geoinc.boundaries.own import OwnFile

FIELDS = ("title", "licence", "attribution", "ancestry", "vintage")


def test_texts_of_a_boundary_file_do_nothing(chromium: Any, tmp_path: Path) -> None:
    text = " ".join(sample.HOSTILE)
    held = open_border("MLI", "DZA")["wdb2"]
    features = [
        {
            "type": "Feature",
            "properties": {"A3": code, text: text},
            "geometry": shapely.geometry.mapping(shapely.transform(held.ground[code], lambda xy: xy + 0.004)),
        }
        for code in ("MLI", "DZA")
    ]
    path = tmp_path / "mine.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    printable = json.dumps("".join(each for each in text if each.isprintable()))
    described = "".join(f"{field}: {printable}\n" for field in FIELDS)
    beside = tmp_path / "mine.geojson.yaml"
    beside.write_text(
        f"edges: planar\n{described}accuracy: {{value: 800 m, document: {printable}}}\n", encoding="utf-8"
    )
    case = tmp_path / "case.yaml"
    case.write_text(
        "schema: geoinc/incident/1\nid: small\ntitle: One position\nborder: [MLI, DZA]\n"
        "parties:\n  speaker: {name: Speaker, territory: null}\npoints:\n  place: {label: place}\nclaims:\n"
        '  - {id: where, party: speaker, kind: position, point: place, text: "19.5N 3.0E"}\n',
        encoding="utf-8",
    )
    page_file = tmp_path / "page.html"
    assessment = geoinc.assess(
        geoinc.load_incident(str(case)), only=["mine", "osm-2026c"], boundaries=[OwnFile(str(path))]
    )
    assessment.save_map(page_file)
    with opened(chromium, page_file) as page:
        assert page.evaluate("window.pwned") is None
        assert page.locator("main img, main script").count() == 0
        assert "a file of the user's own" in page.content()
