"""A case file and a boundary file that mean harm in every field: nothing runs, nothing is asked for, all is shown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from hostile import POISON, hostile_case
from questions import plain
from test_page import DESKTOP, PHONE, opened

import geoinc
from geoinc.boundaries import open_border
from geoinc.boundaries.own import OwnFile
from geoinc.errors import IncidentError
from geoinc.figures import figure_svg
from geoinc.incident import parse_incident
from geoinc.notebook import interactive_map, still_picture
from geoinc.report import render_report

pytestmark = pytest.mark.browser

TEXT, FIELDS = hostile_case()
BUTTONS = ".map-area :is(button, [data-layer], [data-source]), .show, .copy, details:not([open]) > summary"
BODY = """(() => {
  const body = document.body.cloneNode(true);
  body.querySelectorAll("script").forEach(node => node.remove());
  return body.textContent;
})()"""
HANDLERS = "[...document.querySelectorAll('*')].filter(n => [...n.attributes].some(a => /^on/.test(a.name))).length"
BOUNDARY = ("title", "licence", "attribution", "ancestry", "vintage")


def boundary_file(folder: Path) -> OwnFile:
    """Return a boundary file whose names, values and description are hostile."""
    held = open_border("MLI", "DZA")["wdb2"]
    features = [
        {
            "type": "Feature",
            "properties": {"A3": code, POISON: POISON},
            "geometry": shapely.geometry.mapping(shapely.transform(held.ground[code], lambda xy: xy + 0.004)),
        }
        for code in ("MLI", "DZA")
    ]
    path = folder / "mine.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    words = json.dumps("".join(each for each in POISON if each.isprintable()))
    described = "".join(f"{field}: {words}\n" for field in BOUNDARY)
    (folder / "mine.geojson.yaml").write_text(
        f"edges: planar\n{described}accuracy: {{value: 800 m, document: {words}}}\n", encoding="utf-8"
    )
    return OwnFile(str(path))


@pytest.fixture(scope="module")
def harm(shared: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """A folder with everything that is made of the hostile case on the hostile boundary."""

    def fill(folder: Path) -> None:
        from markdown_it import MarkdownIt

        case = geoinc.assess(
            parse_incident(TEXT, name="hostile.json"), only=["mine", "osm-2026c"], boundaries=[boundary_file(folder)]
        )
        markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
        made = {
            "page": case.to_html(),
            "page-ar": case.to_html(lang="ar"),
            "report": render_report(case, ".html"),
            "report-ar": render_report(case, ".html", lang="ar"),
            "markdown": "<!DOCTYPE html><meta charset=utf-8>" + markdown.render(render_report(case, ".md")),
            "cell": f"<!DOCTYPE html><meta charset=utf-8><div id=out>{still_picture(case).html}</div>"
            + interactive_map(case, lang="fr").html,
        }
        for name, text in made.items():
            (folder / f"{name}.html").write_text(text, encoding="utf-8")
        (folder / "figure.svg").write_text(figure_svg(case), encoding="utf-8")

    return shared("harm", fill)


def unshown(words: str, fields: dict[str, str]) -> list[str]:
    """Return the fields whose text does not stand there letter by letter; what turns text round may be named."""
    read, turning = words.replace("[U+202E]", ""), re.compile("\u202e")
    found = plain(turning.sub("", read))
    return [name for name, text in fields.items() if plain(turning.sub("", text)) not in found]


def said_in(language: str) -> dict[str, str]:
    """Return the texts that a reader of a language must find."""
    names = {"ar": " in Arabic", "fr": " in French"}
    translated = {name.partition(" in ")[0] for name in FIELDS if " in " in name}
    if language == "en":
        return {name: text for name, text in FIELDS.items() if " in " not in name}
    return {
        name: text
        for name, text in FIELDS.items()
        if name.endswith(names[language]) or (" in " not in name and name not in translated)
    }


def provoke(page: Any) -> None:
    """Press whatever can be pressed."""
    page.evaluate(
        """selector => document.querySelectorAll(selector).forEach(node => {
          if (!/data-do|gi-theme/.test(node.outerHTML)) { node.click(); }
        })""",
        BUTTONS,
    )


@pytest.mark.parametrize(("name", "language"), [("page", "en"), ("page-ar", "ar")])
@pytest.mark.parametrize("look", [DESKTOP, PHONE | {"viewport": {"width": 320, "height": 640}}], ids=["desktop", "320"])
def test_page(chromium: Any, harm: Path, name: str, language: str, look: dict[str, Any]) -> None:
    with opened(chromium, harm / f"{name}.html", **look) as page:
        provoke(page)
        page.wait_for_timeout(50)
        assert page.evaluate("[window.pwned, document.documentElement.scrollWidth <= innerWidth]") == [None, True]
        # The reason for a declared width stands in the report.
        assert unshown(page.evaluate(BODY), said_in(language)) == ["basis"]
        assert page.locator("main :is(img, script, iframe, style), .map-area :is(img, script, iframe)").count() == 0
        assert page.evaluate(HANDLERS) == 0
        assert page.locator("a:not([href^='#'], [href^='https://'])").count() == 0


def test_page_in_firefox(firefox: Any, harm: Path) -> None:
    with firefox.opened(harm / "page.html") as page:
        page.evaluate(
            f"void document.querySelectorAll({json.dumps(BUTTONS)}).forEach(node => {{"
            " if (!/data-do|gi-theme/.test(node.outerHTML)) { node.click(); } })"
        )
        assert page.evaluate("typeof window.pwned") == "undefined"
        assert unshown(page.evaluate("document.querySelector('main').textContent"), {"limit": FIELDS["limit"]}) == []


@pytest.mark.parametrize("name", ["report", "report-ar", "markdown", "cell", "figure"])
def test_what_else_is_made(chromium: Any, harm: Path, name: str) -> None:
    path = harm / ("figure.svg" if name == "figure" else f"{name}.html")
    context = chromium.new_context(**DESKTOP)
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("dialog", lambda dialog: trouble.append(dialog.message))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda request: trouble.append(request.url) if request.url not in {path.as_uri(), "about:srcdoc"}
            and not request.url.startswith("data:") else None)  # fmt: skip
    page.goto(path.as_uri())
    page.wait_for_timeout(200)
    assert page.evaluate("typeof window.pwned") == "undefined"
    words = page.evaluate("document.documentElement.textContent")
    if name in {"report", "report-ar", "markdown"}:
        wanted = said_in("ar" if name == "report-ar" else "en")
        assert unshown(words, {field: text for field, text in wanted.items() if "summary" not in field}) == []
    if name == "cell":
        inner = next(each for each in page.frames if each != page.main_frame)
        inner.wait_for_selector("html[data-ready]", timeout=20_000)
        assert inner.evaluate("[self.origin, typeof window.pwned]") == ["null", "undefined"]
        assert page.locator("#out :is(script, style, iframe, svg)").count() == 0
    else:
        assert page.locator("script, iframe, object, embed, img:not([src^='data:'])").count() == 0
    assert trouble == []
    context.close()


def test_boundary_file(chromium: Any, harm: Path) -> None:
    shown = "".join(each for each in POISON if each.isprintable())
    with opened(chromium, harm / "page.html") as page:
        words = page.evaluate("document.querySelector('main').textContent")
        assert plain(words).count(plain(shown)) >= len(BOUNDARY)
        assert "a file of the user's own" in words


@pytest.mark.parametrize(
    "path",
    [("claims", 0, "tag"), ("claims", 0, "id"), ("references", "note", "url"), ("references", "note", "language"),
     ("references", "note", "sha256"), ("claims", 4, "zone"), ("claims", 2, "direction")],
    ids=str,
)  # fmt: skip
def test_fields_that_hold_no_free_text_refuse_it(path: tuple[Any, ...]) -> None:
    document = json.loads(TEXT)
    holder = document
    for key in path[:-1]:
        holder = holder[key]
    for text in (
        "javascript:window.pwned=1",
        "<img src=x onerror=window.pwned=1>",
        '"><script>window.pwned=1</script>',
    ):
        holder[path[-1]] = text
        with pytest.raises(IncidentError):
            parse_incident(json.dumps(document), name="hostile.json")
