"""What a notebook shows: pictures and tables that need no trust, and a map that can reach nothing."""

from __future__ import annotations

import base64
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest

import geoinc
from geoinc.notebook import interactive_map, still_picture

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

KEPT = {"div", "p", "strong", "bdi", "img", "table", "thead", "tbody", "tr", "th", "td"}
"""Elements that the cleaners of notebooks leave in place."""


class Parts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def shown(html: str) -> Parts:
    parts = Parts()
    parts.feed(html)
    return parts


@pytest.fixture(scope="module")
def case() -> geoinc.Assessment:
    return geoinc.assess(geoinc.load_incident("tz-98d"))


@pytest.fixture(scope="module")
def outputs(case) -> dict[str, str]:
    import sample

    border = geoinc.boundary("MLI", "DZA")
    hostile = geoinc.read_position("19°52’04.738’’N 2°53’38.101’’E")
    object.__setattr__(hostile, "source_text", "<script>window.pwned=1</script>")
    return {
        "reading": hostile._repr_html_(),
        "line": border["osm"]._repr_html_(),
        "border": border._repr_html_(),
        "assessment": case._repr_mimebundle_()["text/html"],
        "arabic": case.picture(lang="ar").html,
        "hostile": still_picture(sample.hostile_data()).html,
        "bare": still_picture(sample.bare_data()).html,
    }


def test_default_is_made_of_what_every_notebook_keeps(outputs):
    for html in outputs.values():
        parts = shown(html)
        assert parts.tags <= KEPT
        assert parts.attributes <= {"lang", "dir", "alt", "width", "src", "scope"}
        assert (
            "http" not in re.sub(r'src="[^"]*"', "", html).replace("https://example", "").lower() or "hostile" in html
        )


def test_pictures_are_whole_documents_in_the_page(outputs):
    for name in ("line", "border", "assessment", "arabic"):
        (data,) = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', outputs[name])
        drawing = base64.b64decode(data).decode("utf-8")
        ET.fromstring(drawing)  # noqa: S314 - made here
        assert "<script" not in drawing
        assert len(outputs[name]) < 150_000


def test_a_notebook_of_ipython_takes_it(case):
    interactiveshell = pytest.importorskip("IPython.core.interactiveshell")
    formatter = interactiveshell.InteractiveShell.instance().display_formatter
    for each in (case, case.map(), geoinc.boundary("MLI", "DZA")["osm"], geoinc.read_position("20°N 3°E")):
        data, _ = formatter.format(each)
        assert "text/html" in data
        assert len(data["text/plain"]) < 2000


def test_findings_are_all_there(case, outputs):
    import html

    text = html.unescape(re.sub(r"<[^>]+>", "", outputs["assessment"]))
    assert all(finding.statement in text for finding in case.findings)


def test_languages(outputs):
    assert outputs["arabic"].startswith('<div lang="ar" dir="rtl">')
    assert outputs["assessment"].startswith('<div lang="en" dir="ltr">')


def test_map_stands_in_a_frame_without_an_origin(case):
    made = interactive_map(case, height_px=500)
    assert 'sandbox="allow-scripts"' in made.html
    assert "allow-same-origin" not in made.html
    assert made.html.count("<iframe") == 1
    assert 'srcdoc="&lt;!DOCTYPE html&gt;' in made.html
    assert str(made) == made.text


def test_nothing_of_a_notebook_is_loaded_before_it_is_needed():
    code = (
        "import sys, geoinc\n"
        "geoinc.read_position('20°N 3°E')._repr_html_()\n"
        "sys.exit(any(name in sys.modules for name in ('IPython', 'folium', 'matplotlib', 'babel', 'geopandas')))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
