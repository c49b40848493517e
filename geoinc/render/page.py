"""The page: its parts, its security policy, one rendering, one file."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import jinja2
from markupsafe import Markup, escape

from geoinc.findings import AssessmentData
from geoinc.messages import Text, Voice, items, join, number, say
from geoinc.relief import ShadedRelief, shade_relief
from geoinc.render import words
from geoinc.render.background import background_credits
from geoinc.render.cards import Chip, FindingGroup, chip, finding_groups, party_cards
from geoinc.render.drawing import Drawing, draw
from geoinc.render.facts import COMMA, THEN, table_of
from geoinc.render.figure import static_figure
from geoinc.render.layers import leaflet_map
from geoinc.render.legend import SHAPES, apart_rows, background_rows, drawn_claims, legend_groups, spread_row
from geoinc.render.locator import locator_map
from geoinc.render.opening import Opening
from geoinc.render.payload import payload
from geoinc.render.roles import Cast
from geoinc.render.saving import write_page
from geoinc.render.scripts import page_script
from geoinc.render.strip_drawing import strip
from geoinc.render.styles import HATCHES
from geoinc.render.svg import clean
from geoinc.render.tables import credits_of, distance_tables, events
from geoinc.render.tiles import Tile, tiles_named
from geoinc.render.timeline import timeline_drawings
from geoinc.render.vendored import leaflet_licence, leaflet_script, leaflet_styles
from geoinc.render.voices import voice_of

__all__ = ["render_map", "save_map"]


_ENDING: Final = re.compile("[&<>\u2028\u2029]")
"""What could end the block of data, or a line of it."""

_SHARES: Final = frozenset({"coverage", "fit_share"})
"""Figures of the rule that are parts of a whole."""

_QUOTED: Final = re.compile(r'("(?:[^"\\\n]|\\.)*")')
_SIGN: Final = re.compile(r"[ ]*([=+\-*/<>!&|?:;,{}()\[\]])[ ]*")
_BREAK: Final = re.compile(r"([;{,(\[?:&|])\n|\n(?=[})\]?:])")
"""Ends of lines at which no sentence of a script ends, or one that ends by itself."""

_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)


def _read(name: str) -> str:
    # Bytes, then text: the hash in the policy counts on line ends that no system rewrites.
    return files("geoinc.render").joinpath(name).read_bytes().decode("utf-8").replace("\r\n", "\n")


def _dense(text: str) -> str:
    """Return a script or a style sheet without indents, comments and empty lines.

    Comments stand on lines of their own in the files of this package, and no text runs over a line's end.
    """
    lines = (line.strip() for line in _COMMENT.sub("", text).split("\n"))
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _tight(sheet: str) -> str:
    """Return a style sheet without the space that only people need."""
    return re.sub(r"\s*([{};,])\s*|(?<=:) ", r"\1", _dense(sheet))


def _squeezed(script: str) -> str:
    """Return a script without comments and without space around signs; texts in double quotes stay as they are.

    The scripts of this package hold no other texts and no patterns between slashes.
    """
    parts = _QUOTED.split(_dense(script))
    parts[::2] = [_SIGN.sub(r"\1", part) for part in parts[::2]]
    return _BREAK.sub(r"\1", "".join(parts))


@dataclass(frozen=True, slots=True)
class _Assets:
    """The parts of the page that are the same for every case."""

    leaflet_css: str
    page_js: str
    page_css: str
    boot_js: str


@cache
def _assets() -> _Assets:
    return _Assets(
        leaflet_css=_tight(leaflet_styles()),
        page_js=_squeezed(page_script()),
        page_css=_tight(_read("static/page.css")),
        boot_js=_squeezed(_read("static/boot.js")),
    )


@jinja2.pass_context
def _said(context: jinja2.runtime.Context, value: Any) -> Any:
    """Say every text in the voice of the page; markup and numbers pass."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    voice: Voice = context["voice"]
    return clean(voice(value))


def _quoted(text: str) -> Markup:
    """Return what a publication printed: no voice says it in other words."""
    return Markup(escape(clean(text)))  # noqa: S704 - escaped here


@jinja2.pass_context
def _foreign(context: jinja2.runtime.Context, text: str, language: str | None = None) -> Markup:
    """Return the ``lang`` attribute of words that are not in the language of the page; nothing where they are.

    Parameters
    ----------
    context : jinja2.runtime.Context
    text : str
        The case's own words, for which the page's voice may hold a translation.
    language : str, optional
        What they are in; by default the language of the case.
    """
    voice: Voice = context["voice"]
    spoken = language or context["incident"].language
    if isinstance(text, Text) or text in voice.own or words.language_tag(spoken) in {None, voice.language}:
        return Markup("")
    return Markup(' lang="{}"').format(spoken)


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("geoinc.render"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_said,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["_"] = say
    environment.globals["foreign"] = _foreign
    environment.globals["quoted"] = _quoted
    return environment.get_template("page.html.j2")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _policy(scripts: list[str], styles: list[str], tiles: tuple[Tile, ...]) -> str:
    pictures = " ".join(["data:", *dict.fromkeys(host for tile in tiles for host in tile.hosts)])
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts))}",
            f"style-src {' '.join(map(_hash, styles))}",
            f"img-src {pictures}",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _json_block(value: Mapping[str, Any]) -> str:
    """Return JSON that no HTML parser mistakes for anything else: what could end the block is escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _ENDING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _trusted(text: str) -> Markup:
    return Markup(text)  # noqa: S704 - files of this package, numbers, or JSON escaped above; no text of a case


def _chips(cast: Cast, claim_ids: tuple[str, ...]) -> tuple[Chip, ...]:
    return tuple(chip(cast, claim) for claim in cast.data.incident.claims if claim.id in claim_ids)


def _missing(cast: Cast) -> tuple[tuple[str, tuple[Chip, ...]], ...]:
    """Return what was not published, each once, with the claims that wait for it."""
    waiting: dict[str, list[str]] = {}
    for finding in cast.data.findings:
        for each in finding.missing:
            waiting.setdefault(each, []).extend(finding.claims)
    return tuple((text, _chips(cast, tuple(claims))) for text, claims in waiting.items())


def _ends(opening: Opening) -> tuple[str, ...]:
    """Return what a reader must know of where the drawing stops."""
    found = []
    if opening.drawn_box_deg is not None:
        found.append(
            say(
                "Lines and ground are drawn inside the dotted frame of the map. They end there in the drawing alone; "
                "on the ground they go on."
            )
        )
    if not opening.placed:
        found.append(
            say(
                "No position and no place near which to look is given. The map opens on a stretch in the middle of "
                "the border that it draws; nothing says that anything happened there."
            )
        )
    if opening.polar:
        found.append(say("The map ends at 85° of latitude. A position beyond it stands at the map's edge."))
    return tuple(found)


def _beside(cast: Cast, choice: tuple[int, ...]) -> Iterator[str]:
    """Yield for which border each further source of a choice is shown."""
    for source in choice[1:]:
        title = cast.data.sources[source].title
        for pair in cast.held_by(source):
            border = items([cast.territory(code) for code in pair])
            yield say("{border}: {source}", border=border, source=title)


def _tally(group: FindingGroup) -> str:
    count, outcome = len(group.findings), group.findings[0].outcome
    return say("{count} {outcome}", count=number(count), outcome=outcome)


def _caption(data: AssessmentData, *, tracks: bool) -> str:
    rest = say(
        "Thin lines: the other boundary sources. Hatched: ground up to a stated depth. Coloured ribbons: a stated "
        "distance, as wide as its rounding. Dotted: the shortest way from a printed position to the line. Dashed "
        "box: all positions that print the same. Dotted frame: where the drawing ends."
    )
    line = say("The line is that of {source}.", source=data.sources[0].title) if data.sources else ""
    flown = say("Dashed between dots: the way between the positions of a track, assumed straight.") if tracks else ""
    return join([say("The map as it opens."), line, rest, flown])


def _colophon(data: AssessmentData, relief: ShadedRelief | None) -> tuple[str, ...]:
    incident = data.incident
    file = incident.file or say("not a file")
    made = [say("Map drawn with Leaflet 1.9.4 (BSD-2-Clause) by way of folium.")]
    if incident.sha256:
        made.append(say("Input: {file}, SHA-256 {hash}.", file=file, hash=incident.sha256))
    else:
        made.append(say("Input: {file}.", file=file))
    if data.places:
        named = [say("{place} ({source})", place=place.name, source=place.source) for place in data.places]
        made.append(say("Places: {places}.", places=join(named, COMMA)))
    return (*made, *background_credits(data, relief))


def _rule_fact(key: str, value: Any) -> Any:
    return words.share(value) if key in _SHARES and isinstance(value, int | float) else value


def _context(cast: Cast, drawing: Drawing, tiles: tuple[Tile, ...], relief: ShadedRelief | None) -> dict[str, Any]:
    """Return what the template shows, apart from scripts and styles."""
    data = cast.data
    drawn = drawn_claims(cast, drawing)
    groups = finding_groups(cast)
    steps = data.rule.get("steps", ())
    return {
        "incident": data.incident,
        "locator": locator_map(cast, drawing.view_box_deg),
        "legend": legend_groups(cast, drawing),
        "apart": apart_rows(cast, drawing),
        "spread": spread_row(drawing),
        "behind": background_rows(cast, drawing, relief),
        "tiles": tiles,
        "shapes": SHAPES,
        "hatches": HATCHES[: len(cast.roles)],
        "figure": static_figure(drawing, cast),
        "figure_caption": _caption(data, tracks=bool(cast.tracks)),
        "groups": groups,
        "tally": tuple(_tally(group) for group in groups),
        "panels": strip(cast),
        "parties": party_cards(cast, groups, drawn),
        "tables": distance_tables(cast),
        "times": timeline_drawings(cast),
        "events": events(cast),
        "assumptions": tuple((each.text, _chips(cast, each.used_by)) for each in data.incident.assumptions),
        "limits": (*data.incident.limits, *data.notices),
        "ends": _ends(drawing.opening),
        "missing": _missing(cast),
        "tolerance": words.short_length(max(1.0, round(drawing.tolerance_m))),
        "rule_steps": tuple(steps) if isinstance(steps, list | tuple) else (),
        "rule_facts": table_of({key: _rule_fact(key, value) for key, value in data.rule.items() if key != "steps"}),
        "credits": credits_of(cast),
        "choices": tuple((choice[0], tuple(_beside(cast, choice))) for choice in cast.choices),
        "then": THEN,
        "colophon": _colophon(data, relief),
        # The boundaries stand above with all that the manifest says of them.
        "manifest": table_of({key: value for key, value in data.manifest.items() if key != "boundaries"}),
    }


def render_map(data: AssessmentData, *, tiles: str | None = None, lang: str = "en", relief: bool = False) -> str:
    """Return the map page of an assessment: one HTML document that asks for nothing.

    Parameters
    ----------
    data : AssessmentData
        The whole result; rendering computes nothing and shows only what stands there.
    tiles : str, optional
        Online pictures to offer behind the map, by their names in xyzservices, separated by commas. None is
        asked for before a reader chooses one.
    lang : str
        Language of the page: ``en``, ``fr`` or ``ar``.
    relief : bool
        Shade the ground behind the map; needs the extra ``relief``.

    Returns
    -------
    str
        The same bytes for the same input.

    Raises
    ------
    UsageError
        If there are no words in this language, no such tiles, no place to open on, or no relief to be had.
    """
    offered = tiles_named(tiles)
    cast = Cast(data, voice_of(data.incident, lang))
    drawing = draw(data, cast)
    shaded = shade_relief(drawing.opening.drawn_box_deg or drawing.view_box_deg) if relief else None
    map_html, map_js = leaflet_map(drawing)
    assets = _assets()
    leaflet_js = leaflet_script(tiles=bool(offered))
    policy = _policy(
        [assets.boot_js, leaflet_js, map_js, assets.page_js], [assets.leaflet_css, assets.page_css], offered
    )
    return _template().render(
        _context(cast, drawing, offered, shaded),
        voice=cast.voice,
        policy=_trusted(policy),
        map_html=_trusted(map_html),
        map_js=_trusted(map_js),
        payload=_trusted(_json_block(payload(cast, drawing, offered, shaded))),
        leaflet_js=_trusted(leaflet_js),
        leaflet_css=_trusted(assets.leaflet_css),
        leaflet_licence=_trusted(leaflet_licence()),
        page_js=_trusted(assets.page_js),
        page_css=_trusted(assets.page_css),
        boot_js=_trusted(assets.boot_js),
    )


def save_map(
    data: AssessmentData, path: str | Path, *, tiles: str | None = None, lang: str = "en", relief: bool = False
) -> None:
    """Write the map page, whole or not at all.

    A file that stood there before is replaced, unless it is the incident's own; a symbolic link is followed.

    Parameters
    ----------
    data, tiles, lang, relief
        As for `render_map`.
    path : str or Path
        Where to.

    Raises
    ------
    UsageError
        If `path` is the incident's own file, a folder, a device or a pipe, or cannot be written; or as for
        `render_map`.
    """
    write_page(path, render_map(data, tiles=tiles, lang=lang, relief=relief), source=data.incident.file)
