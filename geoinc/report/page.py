"""A report as one page of HTML: no script, no request, fit for paper."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Any, Final
from xml.etree import ElementTree as ET

import jinja2
from markupsafe import Markup, escape

from geoinc.figures.letters import settled
from geoinc.figures.styles import SVG, hatch_patterns, inlined
from geoinc.messages import Voice, say
from geoinc.report.document import Document, Heading, Picture

__all__ = ["write_html"]

_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_FONTS: Final = "system-ui, Noto Sans, Segoe UI, DejaVu Sans, Arial, Noto Naskh Arabic, sans-serif"


@cache
def _style() -> str:
    sheet = files("geoinc.report").joinpath("static/report.css").read_bytes().decode("utf-8").replace("\r\n", "\n")
    lines = (line.strip() for line in _COMMENT.sub("", sheet).split("\n"))
    return "\n".join(line for line in lines if line)


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("geoinc.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _template(voice: Voice) -> jinja2.Template:
    def said(value: Any) -> Any:
        return settled(voice(value)) if isinstance(value, str) and not isinstance(value, Markup) else value

    return _environment().overlay(finalize=said).get_template("report.html.j2")


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


def _drawn(picture: Picture, number: int, voice: Voice) -> Markup:
    """Return a drawing whose elements carry their own look, and whose names meet no other drawing's."""
    tree = inlined(picture.drawing, leftwards=voice.right_to_left)
    defs = ET.Element(f"{{{SVG}}}defs")
    used = ET.tostring(tree, encoding="unicode")
    defs.extend(each for each in hatch_patterns() if f"#{each.attrib['id']})" in used)
    if len(defs):
        tree.insert(0, defs)
    tree.attrib.pop("aria-labelledby", None)
    tree.attrib |= {"font-family": _FONTS, "aria-labelledby": f"figure-{number}", "role": "img"}
    ET.register_namespace("", SVG)
    text = ET.tostring(tree, encoding="unicode")
    text = re.sub(r'(\bid="|url\(#)(gi-[a-z0-9-]+)', rf"\1d{number}-\2", text)
    return Markup(text)  # noqa: S704 - written by geoinc.render, which escapes every text


def write_html(document: Document, voice: Voice) -> str:
    """Return a document as a page of HTML, in one voice.

    The page holds its style sheet and its drawings; its policy allows nothing else, no script above all.
    """
    pictures = [block for block in document.blocks if isinstance(block, Picture)]
    drawn = {id(picture): _drawn(picture, place, voice) for place, picture in enumerate(pictures, start=1)}
    style = _style()
    return _template(voice).render(
        document=document,
        blocks=[(type(block).__name__, block) for block in document.blocks],
        drawn=drawn,
        figure_of={id(picture): place for place, picture in enumerate(pictures, start=1)},
        contents=[block for block in document.blocks if isinstance(block, Heading) and block.level == 2],
        _=say,
        said=lambda text: escape(settled(voice(text))),
        as_printed=lambda text: escape(settled(text)),
        identity=id,
        lang=voice.language,
        direction=voice.direction,
        policy=_policy(style),
        style=Markup(style),  # noqa: S704 - a file of this package
    )
