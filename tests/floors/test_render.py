"""The page without a browser: what leaves it, what enters folium, and what it shows."""

from __future__ import annotations

import base64
import hashlib
import html
import importlib.util
import json
import re
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest

import geoinc
from geoinc.errors import GeometryError, UsageError
from geoinc.findings import AssessmentData
from geoinc.render import render_map, save_map
from geoinc.render.drawing import draw
from geoinc.render.layers import leaflet_map
from geoinc.render.roles import Cast

ASSETS = Path(geoinc.__file__).parent / "render" / "assets"
VENDORED = {
    "leaflet.js": "20nQCchB9co0qIjJZRGuk2/Z9VM+kNiyxNV1lvTlZBo=",
    "leaflet.css": "p4NxAoJBhIIN+hmNHrzRCf9tD/miZyoHS5obTRR9BMY=",
}


def load_sample() -> ModuleType:
    path = Path(__file__).parents[1] / "browser" / "sample.py"
    spec = importlib.util.spec_from_file_location("render_sample", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["render_sample"] = module
    spec.loader.exec_module(module)
    return module


sample = load_sample()


@pytest.fixture(scope="module")
def data() -> AssessmentData:
    made: AssessmentData = sample.sample_data()
    return made


@pytest.fixture(scope="module")
def page(data: AssessmentData) -> str:
    return render_map(data)


@pytest.fixture(scope="module")
def hostile() -> str:
    return render_map(sample.hostile_data())


class Elements(HTMLParser):
    """Start tags with their attributes, and the text of the page outside scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.blocks: dict[str, list[tuple[dict[str, str | None], str]]] = {"script": [], "style": []}
        self._inside: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in self.blocks:
            self._inside = tag
            self.blocks[tag].append((dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside:
            attributes, text = self.blocks[self._inside][-1]
            self.blocks[self._inside][-1] = (attributes, text + data)
        else:
            self.text.append(data)


def policy(page: str) -> dict[str, list[str]]:
    found = next(a["content"] for t, a in Elements(page).tags if a.get("http-equiv") == "Content-Security-Policy")
    assert found is not None
    return {part.split()[0]: part.split()[1:] for part in found.split("; ")}


def sha256(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize("name", VENDORED)
def test_vendored_files_are_untouched(name: str) -> None:
    digest = hashlib.sha256((ASSETS / "leaflet" / name).read_bytes()).digest()
    assert base64.b64encode(digest).decode() == VENDORED[name]
    assert "Redistribution and use in source and binary forms" in (ASSETS / "LICENSE-leaflet").read_text()


@pytest.mark.parametrize("which", ["page", "hostile"])
def test_policy_names_every_block_by_its_hash_and_nothing_else(which: str, request: pytest.FixtureRequest) -> None:
    text = request.getfixturevalue(which)
    elements, rules = Elements(text), policy(text)
    scripts = [body for attributes, body in elements.blocks["script"] if attributes.get("type") is None]
    styles = [body for _, body in elements.blocks["style"]]
    assert rules["script-src"] == [sha256(body) for body in scripts]
    assert rules["style-src"] == [sha256(body) for body in styles]
    assert rules["default-src"] == ["'none'"]
    assert rules["img-src"] == ["data:"]
    assert rules["base-uri"] == rules["form-action"] == ["'none'"]
    assert "unsafe" not in str(rules)


def test_policy_comes_before_what_it_governs(page: str) -> None:
    tags = [tag for tag, _ in Elements(page).tags]
    assert tags.index("meta") < tags.index("style") < tags.index("script")
    first = page.index("Content-Security-Policy")
    assert first < page.index("<style") < page.index("<script")


@pytest.mark.parametrize("which", ["page", "hostile"])
def test_nothing_is_asked_for(which: str, request: pytest.FixtureRequest) -> None:
    elements = Elements(request.getfixturevalue(which))
    for tag, attributes in elements.tags:
        assert not {"src", "srcset", "action", "data", "poster", "style", "background"} & set(attributes), tag
        assert not [name for name in attributes if name.startswith("on")], tag
        if tag == "a":
            href = attributes["href"] or ""
            assert href.startswith(("#", "http://", "https://"))
            assert href.startswith("#") or attributes["rel"] == "noopener noreferrer"
        else:
            assert "href" not in attributes
        assert tag not in {"link", "iframe", "object", "embed", "form", "base", "img"}
    for _, body in elements.blocks["style"]:
        assert "@import" not in body
        assert set(re.findall(r"url\((.)", body)) <= {"#"}


def test_no_flag_and_no_credit_by_html(page: str) -> None:
    assert '"attributionControl": false' in page
    assert "https://leafletjs.com" in page


def test_no_text_of_the_case_enters_folium(data: AssessmentData) -> None:
    marked = sample.salted(data, lambda text: f"{text}Zq7\u00fc")
    _, script = leaflet_map(draw(marked, Cast(marked)))
    _, plain = leaflet_map(draw(data, Cast(data)))
    assert script == plain
    for rows in re.findall(r"L\.geoJson\((\[.*?\])\.map\(", plain):
        for classes, area, parts in json.loads(rows):
            assert re.fullmatch(r"(gi-[a-z]+ ?|gi-f\d+ ?|[pts]\d+ ?)+", classes)
            assert area in {0, 1}
            assert re.fullmatch(r"[A-Za-z0-9_\[\]\", -]+", json.dumps(parts))


def test_hostile_texts_are_shown_as_they_are(hostile: str) -> None:
    shown = "".join(Elements(hostile).text)
    for text in sample.HOSTILE:
        literal = re.sub(r"[\x00-\x08]", "\ufffd", text)
        assert literal in shown, text
    assert "7*7" in shown
    assert "49" not in re.findall(r"\{\{ 7\*7 \}\}|\b49\b", shown)


def test_hostile_page_has_the_same_elements(page: str, hostile: str) -> None:
    # Notes on an unknown zone, an unknown language and an address that is none replace a few elements.
    plain, salted = Elements(page), Elements(hostile)
    assert [t for t, _ in plain.tags if t in {"script", "style"}] == [
        t for t, _ in salted.tags if t in {"script", "style"}
    ]
    for tag in ("article", "section", "input", "button", "svg", "tr"):
        assert [t for t, _ in plain.tags].count(tag) == [t for t, _ in salted.tags].count(tag), tag


def test_data_block_is_json_that_no_parser_leaves(hostile: str) -> None:
    blocks = [body for attributes, body in Elements(hostile).blocks["script"] if attributes.get("id") == "gi-data"]
    assert len(blocks) == 1
    assert not set("<>&\u2028\u2029") & set(blocks[0])
    assert sample.HOSTILE[0] in json.loads(blocks[0])["claims"][0]["printed"]


def test_foreign_text_cannot_turn_the_page_round(hostile: str) -> None:
    statements = re.findall(r'<p class="statement">(.*?)</p>', hostile, re.DOTALL)
    assert statements
    assert all(each.startswith("<bdi>") and each.endswith("</bdi>") for each in statements)


def test_same_input_same_bytes(data: AssessmentData, page: str) -> None:
    assert render_map(data) == page
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: render_map(data), range(4))) == {page}


def test_main_case_is_small() -> None:
    page = render_map(geoinc.assess(geoinc.load_incident("tz-98d")))
    assert len(page.encode()) < 350_000


def test_parties_stand_in_alphabetical_order_and_take_colours_by_it(data: AssessmentData) -> None:
    cast = Cast(data)
    assert [role.party.name for role in cast.roles] == ["Algeria", "Azawad Front", "Mali"]
    assert {role.party.name: role.colour for role in cast.roles} == {"Algeria": 0, "Mali": 1, "Azawad Front": 2}
    assert len({role.marker for role in cast.roles}) == 3


def test_every_finding_claim_and_reference_is_there(data: AssessmentData, page: str) -> None:
    shown = html.unescape(re.sub(r"<[^>]+>", "", page))
    for finding in data.findings:
        assert finding.statement in shown
        assert all(each in shown for each in (*finding.fragile_by, *finding.missing))
    for claim in data.incident.claims:
        assert claim.text in shown
    for source in data.sources:
        assert source.title in shown
        assert source.sha256 in shown
        assert source.licence in shown
    assert all(limit in shown for limit in data.incident.limits)
    assert "Translation: “9.5 km south of the border”" in shown
    assert "Publication: not held" in shown
    assert "Saved copy not held" in shown


def test_figures_on_the_page_are_those_of_the_result(data: AssessmentData, page: str) -> None:
    from geoinc.render.words import length

    table = page[page.index("Distances by source</h2>") :]
    for measurements in data.measurements.values():
        for each in measurements:
            assert each.distance_m is not None
            assert length(each.distance_m) in table


def test_addresses_that_are_none_stay_text(page: str) -> None:
    assert 'href="javascript' not in page
    assert "Address: <bdi>javascript:alert(1)</bdi>" in page


@pytest.mark.parametrize("make", ["bare_data", "crowded_data"])
def test_any_case_makes_a_page(make: str) -> None:
    data = getattr(sample, make)()
    text = render_map(data)
    assert "</html>" in text
    assert len(text.encode()) < 700_000


def test_unknown_language_and_tiles_are_refused(data: AssessmentData) -> None:
    with pytest.raises(UsageError, match="choose one of: en"):
        render_map(data, lang="xx")
    with pytest.raises(UsageError, match="OpenTopoMap"):
        render_map(data, tiles="Nothing.Such")


def test_tiles_open_the_policy_for_their_hosts_alone(data: AssessmentData) -> None:
    text = render_map(data, tiles="OpenTopoMap,Esri.WorldImagery")
    assert policy(text)["img-src"] == [
        "data:",
        "https://a.tile.opentopomap.org",
        "https://b.tile.opentopomap.org",
        "https://c.tile.opentopomap.org",
        "https://server.arcgisonline.com",
    ]
    assert not [a for _, a in Elements(text).tags if "src" in a]


def test_view_that_is_no_box_is_refused(data: AssessmentData) -> None:
    import dataclasses

    with pytest.raises(GeometryError, match="west < east"):
        render_map(dataclasses.replace(data, view_box_deg=(3.0, 19.0, 2.0, 20.0)))


def test_map_is_written_whole_or_not_at_all(data: AssessmentData, page: str, tmp_path: Path) -> None:
    target = tmp_path / "map.html"
    save_map(data, target)
    assert target.read_text(encoding="utf-8") == page
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]
    assert stat.S_IMODE(target.stat().st_mode) & stat.S_IRGRP == stat.S_IRGRP

    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(UsageError, match="cannot write the map"):
        save_map(data, folder)
    with pytest.raises(UsageError, match="choose another file"):
        save_map(data, tmp_path / "missing" / "map.html")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "map.html"]
    assert list(folder.iterdir()) == []
