"""Drawings that stand alone: the classes of the page in its light colours, with no variable and no address."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

from markupsafe import Markup

from geoinc.messages import Voice
from geoinc.render.svg import number

__all__ = ["HATCHES", "standalone"]

HATCHES: Final = (45, 135, 0, 90, 22, 112)
"""Angle of each party colour's hatching, in degrees."""

_DASHES: Final = ("10 5", "", "8 3 2 3", "3 3", "14 4", "1 3")
_FONTS: Final = "'Noto Sans','DejaVu Sans','Segoe UI',Arial,'Noto Naskh Arabic',sans-serif"
_SETTING: Final = re.compile(r"--([a-z0-9]+):\s*(#[0-9a-f]+)")
_BAND: Final = re.compile(r"gi-band p(\d)")

_RULES: Final = """
text{fill:text;font-size:12px;paint-order:stroke;stroke:panel;stroke-width:2.5px;stroke-opacity:.8;stroke-linejoin:round}
.gi-tick,.gi-side,.gi-note{fill:soft}.gi-side{font-size:11.5px;letter-spacing:1px}.gi-side.is-long{letter-spacing:0;font-size:9px}
.gi-head{font-weight:600}.gi-caption{font-size:11.5px}.gi-name{font-weight:700;font-size:13px}.gi-strong{font-weight:700;fill:text}
.gi-grid,.gi-divide{stroke:grid;stroke-width:.7px;fill:none}.gi-divide{stroke-dasharray:2 4}
.gi-line{stroke:line;stroke-width:2.8px;fill:none}
.gi-spread{fill:measure;fill-opacity:.18}.gi-src{stroke:measure;stroke-width:1.3px}
.gi-src.is-unfit{stroke-dasharray:2 2}
.gi-ribbon{fill-opacity:.45;stroke-width:1.1px}.gi-band{stroke-width:1.6px}.gi-arrow{fill:none;stroke-width:1.8px}
.gi-span{fill-opacity:.35;stroke-width:1.2px}.gi-published{fill:panel;stroke:soft;stroke-width:1.8px}
.gi-tail{stroke-width:1.2px;fill:none}
"""


@cache
def _colours() -> dict[str, str]:
    """Return the light colours of the page by name."""
    sheet = files("geoinc.render").joinpath("static/page.css").read_text(encoding="utf-8")
    start = sheet.index(":root")
    return dict(_SETTING.findall(sheet[start : sheet.index("}", start)]))


def _sheet(bands: set[int]) -> str:
    colours = _colours()
    names = "|".join(colours)
    rules = [re.sub(rf"(fill|stroke):({names})\b", lambda found: f"{found[1]}:{colours[found[2]]}", _RULES)]
    rules += [f".gi-ground.t{k}{{fill:{colours[f't{k}']}}}" for k in range(4)]
    for k in range(6):
        own = colours[f"p{k}"]
        rules.append(f".gi-name.p{k},.gi-ribbon.p{k},.gi-span.p{k}{{fill:{own}}}")
        rules.append(
            f".gi-ribbon.p{k},.gi-band.p{k},.gi-arrow.p{k},.gi-span.p{k},.gi-published.p{k},.gi-tail.p{k}{{stroke:{own}}}"
        )
        if _DASHES[k]:
            rules.append(f".gi-ribbon.p{k},.gi-band.p{k}{{stroke-dasharray:{_DASHES[k]}}}")
        if k in bands:
            rules.append(f".gi-band.p{k}{{fill:url(#gi-hatch-{k})}}")
    return "".join(rules).replace("\n", "")


def _pattern(k: int) -> str:
    return (
        f'<pattern id="gi-hatch-{k}" width="7" height="7" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({HATCHES[k]})"><path d="M0 0V7" fill="none" stroke="{_colours()[f"p{k}"]}" '
        f'stroke-width="1.5"/></pattern>'
    )


def standalone(drawing: Markup, width: float, height: float, voice: Voice) -> str:
    """Return a drawing of the page as an SVG document of its own.

    Parameters
    ----------
    drawing : Markup
        An ``svg`` element with the page's classes.
    width, height : float
        In units of the drawing; the document is shown at one and a half times that, in pixels.
    voice : Voice
        Whose language the drawing is in.

    Returns
    -------
    str
    """
    bands = {int(k) for k in _BAND.findall(drawing)}
    defs = "".join(_pattern(k) for k in sorted(bands))
    head, _, rest = str(drawing).partition(">")
    root = (
        f'{head} xmlns="http://www.w3.org/2000/svg" width="{number(width * 1.5)}" height="{number(height * 1.5)}" '
        f'lang="{voice.language}" font-family="{_FONTS}">'
    )
    ground = f'<rect width="{number(width)}" height="{number(height)}" fill="{_colours()["panel"]}"/>'
    title, end, parts = rest.partition("</title>")
    return f"{root}{title}{end}<style>{_sheet(bands)}</style><defs>{defs}</defs>{ground}{parts}"
