"""The page without a browser: what leaves it, what enters folium, and what it shows."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import html
import importlib.util
import json
import math
import os
import re
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest
from shapely.geometry import box

import geoinc
from geoinc.claims import PositionClaim
from geoinc.errors import UsageError
from geoinc.findings import AssessmentData
from geoinc.places import gazetteer
from geoinc.render import render_map, save_map
from geoinc.render.drawing import draw
from geoinc.render.figure import _Figure
from geoinc.render.layers import leaflet_map
from geoinc.render.roles import Cast
from geoinc.render.tables import _side

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
    assert "Translation by the case file: “9.5 km south of the border”" in shown
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
    assert "Address: javascript:alert(1)" in page


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


@pytest.mark.parametrize("view", [(3.0, 19.0, 2.0, 20.0), (-135.0, 89.8, 135.0, 89.8), (math.nan, 1.0, 2.0, 3.0)])
def test_view_that_is_no_box_gives_way_to_the_positions(
    data: AssessmentData, view: tuple[float, float, float, float]
) -> None:
    broken = dataclasses.replace(data, view_box_deg=view)
    west, south, east, north = draw(broken, Cast(broken)).view_box_deg
    assert west < sample.WRECK[0] < east <= west + 2
    assert south < sample.WRECK[1] < north <= south + 2
    assert "</html>" in render_map(broken)


def test_map_with_nowhere_to_open_is_refused() -> None:
    empty = dataclasses.replace(sample.bare_data(), views=(), view_box_deg=(3.0, 19.0, 2.0, 20.0))
    with pytest.raises(UsageError, match="nowhere to open"):
        render_map(empty)


def placed(data: AssessmentData, lon_deg: float, lat_deg: float, half_deg: float) -> AssessmentData:
    """The same case with its first position elsewhere and as coarse as said."""
    first = data.incident.claims[0]
    assert isinstance(first, PositionClaim)
    reading = dataclasses.replace(
        first.reading, lon_deg=lon_deg, lat_deg=lat_deg, half_width_lon_deg=half_deg, half_width_lat_deg=half_deg
    )
    claims = (dataclasses.replace(first, reading=reading), *data.incident.claims[1:])
    return dataclasses.replace(data, incident=dataclasses.replace(data.incident, claims=claims))


def test_map_opens_wide_enough_for_a_coarse_position(data: AssessmentData) -> None:
    coarse = placed(data, 3.0, 20.0, 0.5)
    drawing = draw(coarse, Cast(coarse))
    west, south, east, north = drawing.view_box_deg
    assert west < 2.5
    assert south < 19.5
    assert east > 3.5
    assert north > 20.5
    cells = [feature for feature in drawing.features if feature.kind == "cell"]
    assert [feature.geometry.bounds for feature in cells] == [pytest.approx((2.5, 19.5, 3.5, 20.5))]


def test_map_of_a_fine_position_opens_as_the_result_says(data: AssessmentData) -> None:
    assert draw(data, Cast(data)).view_box_deg == data.view_box_deg


@pytest.mark.parametrize("lat_deg", [90.0, 89.9, -90.0])
def test_position_at_a_pole_is_drawn_where_the_map_ends(data: AssessmentData, lat_deg: float) -> None:
    polar = dataclasses.replace(placed(data, 0.0, lat_deg, 0.5), view_box_deg=(-135.0, lat_deg, 135.0, lat_deg))
    _, south, _, north = draw(polar, Cast(polar)).view_box_deg
    assert -85.06 < south < north < 85.06
    assert "The map ends at 85° of latitude" in render_map(polar)


def test_case_without_a_place_opens_inside_what_is_drawn() -> None:
    bare = sample.bare_data()
    drawn = sample.DRAWN.bounds
    unplaced = dataclasses.replace(bare, view_box_deg=drawn)
    west, south, east, north = draw(unplaced, Cast(unplaced)).view_box_deg
    assert drawn[0] < west < east < drawn[2]
    assert drawn[1] < south < north < drawn[3]
    assert bare.views[0].line.intersects(box(west, south, east, north))
    assert "nothing says that anything happened there" in render_map(unplaced)


def test_names_of_places_stand_on_their_own_side_in_the_still_drawing(data: AssessmentData) -> None:
    figure = _Figure(draw(data, Cast(data)), Cast(data))
    drawn = str(figure.markup())
    for place in data.places:
        x, y = re.findall(rf'<text x="([\d.]+)" y="([\d.]+)" class="gi-place"[^>]*>{place.name}<', drawn)[0]
        assert figure.covers(figure.grounds[place.territory], float(x), float(y) - 4.5), place.name


def test_page_says_and_shows_where_the_drawing_ends(data: AssessmentData, page: str) -> None:
    limits = page[page.index("What this map cannot show</h2>") :]
    assert "They end there in the drawing alone" in limits
    assert "nothing says that anything happened there" not in limits
    edges = [feature for feature in draw(data, Cast(data)).features if feature.kind == "edge"]
    assert [feature.geometry.bounds for feature in edges] == [pytest.approx(sample.DRAWN.bounds, abs=1e-3)]


def test_position_is_shown_no_finer_than_it_was_printed(data: AssessmentData) -> None:
    text = render_map(placed(data, 3.0, 20.0, 0.5))
    assert "20.0000" not in text
    assert "20°00′" not in text
    assert "20°N 3°E" in text
    assert "latitude ± 0.5° (55.35 km), longitude ± 0.5° (52.32 km)" in text
    assert '"latitude ± 0.5° (55.35 km), ' in text  # in the data block


def test_changes_read_alike_whether_they_begin_with_if_or_not(data: AssessmentData) -> None:
    finding = dataclasses.replace(data.findings[1], fragile_by=("if one lineage were left out", "it were finer"))
    shown = render_map(dataclasses.replace(data, findings=(finding,)))
    assert "It would come out otherwise:" in shown
    assert "<li>if one lineage were left out</li><li>if it were finer</li>" in shown


def test_shares_of_the_rule_are_words(data: AssessmentData) -> None:
    shown = render_map(dataclasses.replace(data, rule={"id": "x", "coverage": 0.95, "fit_share": 1 / 3}))
    assert "<dt>fit share</dt><dd>a third</dd>" in shown
    assert "<dt>coverage</dt><dd>95 %</dd>" in shown
    assert "0.333" not in shown


def test_credit_of_a_place_is_shown(data: AssessmentData) -> None:
    timiaouine = gazetteer()["timiaouine-dza"]
    shown = render_map(dataclasses.replace(data, places=(timiaouine,)))
    assert "Timiaouine (GeoNames 2596770 (CC BY 4.0))" in shown


def test_side_of_a_position_that_no_source_covers_is_not_known(data: AssessmentData) -> None:
    first = data.measurements["m-wreck"][0]
    cast = Cast(data)
    nowhere = dataclasses.replace(first, territory=None, signed_distance_m=None)
    for changed, words in (
        (dataclasses.replace(nowhere, distance_m=None), "not known"),
        (nowhere, "in neither"),
        (dataclasses.replace(nowhere, contested=True), "in both grounds"),
        (dataclasses.replace(nowhere, signed_distance_m=0.0), "on the line"),
    ):
        assert _side(cast, changed) == words


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_map_replaces_no_pipe(data: AssessmentData, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.html"
    os.mkfifo(pipe)
    with pytest.raises(UsageError, match="it is a pipe"):
        save_map(data, pipe)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert [path.name for path in tmp_path.iterdir()] == ["pipe.html"]


@pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="needs a device")
def test_map_replaces_no_device(data: AssessmentData, tmp_path: Path) -> None:
    link = tmp_path / "map.html"
    link.symlink_to("/dev/null")
    with pytest.raises(UsageError, match="it is a device"):
        save_map(data, link)
    assert link.is_symlink()
    assert Path("/dev/null").is_char_device()


def test_map_never_replaces_its_own_incident(data: AssessmentData, tmp_path: Path) -> None:
    case = tmp_path / "case.json"
    case.write_text("the case", encoding="utf-8")
    (tmp_path / "link.html").symlink_to(case)
    (tmp_path / "twin.html").hardlink_to(case)
    own = dataclasses.replace(data, incident=dataclasses.replace(data.incident, file=str(case)))
    for name in ("case.json", "link.html", "twin.html"):
        with pytest.raises(UsageError, match="the incident file that the map is made from"):
            save_map(own, tmp_path / name)
    assert case.read_text(encoding="utf-8") == "the case"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case.json", "link.html", "twin.html"]


def test_map_is_written_through_a_link(data: AssessmentData, page: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    target, link = tmp_path / "folder" / "real.html", tmp_path / "link.html"
    link.symlink_to(target)
    for before in (None, "old"):
        if before is not None:
            target.write_text(before, encoding="utf-8")
        save_map(data, link)
        assert link.is_symlink()
        assert target.read_text(encoding="utf-8") == page
    loop = tmp_path / "loop.html"
    loop.symlink_to(loop)
    with pytest.raises(UsageError, match="cannot write the map"):
        save_map(data, loop)


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
