"""A sheet painted by matplotlib, for PNG and PDF: the same drawing as the SVG, stroke by stroke.

The letters are those of DejaVu Sans as matplotlib ships it, which holds Latin, Greek, Cyrillic and Arabic: no font
of the machine is asked for, so that every machine writes the same bytes.
"""

from __future__ import annotations

import base64
import io
import math
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path as File
from typing import Any, Final, Literal
from xml.etree import ElementTree as ET

import numpy as np

from geoinc.errors import UsageError
from geoinc.figures.sheet import WIDTH_MM, Sheet
from geoinc.figures.styles import SVG

try:
    import matplotlib as mpl
    from matplotlib.artist import Artist
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_pdf import FigureCanvasPdf
    from matplotlib.collections import LineCollection
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties, get_font
    from matplotlib.image import AxesImage, pil_to_array
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path
    from matplotlib.patheffects import Stroke
    from matplotlib.text import Text
    from matplotlib.transforms import Affine2D, Bbox, Transform, TransformedBbox
except ImportError as error:
    raise UsageError(
        'PNG and PDF need matplotlib: pip install "geoinc[figure]", or write the figure as .svg, which needs nothing'
    ) from error

__all__ = ["LEAST_MATPLOTLIB", "paint"]

LEAST_MATPLOTLIB: Final = (3, 11)
"""The first version that joins and orders Arabic letters."""

_POINTS: Final = WIDTH_MM / 25.4 * 72
_SET: Final = 0.93
"""Letters of DejaVu Sans are wider than those that labels were given room for."""

_LARGE: Final = 400.0
_NONE: Final = "none"
_TOKEN: Final = re.compile(r"([a-zA-Z])|(-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?)")
_CALL: Final = re.compile(r"(\w+)\(([^)]*)\)")
_URL: Final = re.compile(r"url\(#([\w-]+)\)")
_UNSEEN: Final = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")

_CAPS: Final[dict[str, Literal["butt", "projecting", "round"]]] = {
    "butt": "butt",
    "round": "round",
    "square": "projecting",
}
_JOINS: Final[dict[str, Literal["miter", "round", "bevel"]]] = {"miter": "miter", "round": "round", "bevel": "bevel"}

Tree = ET.Element


def paint(sheet: Sheet, kind: str, *, dpi: int = 300) -> bytes:
    """Return a sheet as PNG or PDF; both hold no date and no name of a program.

    Parameters
    ----------
    sheet : Sheet
    kind : {"png", "pdf"}
    dpi : int
        Dots an inch of a PNG.

    Raises
    ------
    UsageError
        If matplotlib is too old, or its font lacks a letter of the sheet.
    """
    _demand_version()
    with mpl.rc_context():
        # What a user's own settings say must not reach the bytes.
        with warnings.catch_warnings(action="ignore"):
            mpl.rcdefaults()
        mpl.rcParams["pdf.fonttype"] = 42
        # Fitted to dots, letters would stand apart from their own halos, which are outlines.
        mpl.rcParams["text.hinting"] = "none"
        height_in = sheet.height / sheet.width * WIDTH_MM / 25.4
        figure = Figure(figsize=(WIDTH_MM / 25.4, height_in), dpi=dpi)
        _Painter(figure, sheet).sheet()
        stream = io.BytesIO()
        if kind == "png":
            FigureCanvasAgg(figure)
            figure.savefig(stream, format="png", metadata={"Software": None})
        else:
            metadata = {"Creator": None, "Producer": None, "CreationDate": None, "Title": _title(sheet.tree)}
            FigureCanvasPdf(figure)
            figure.savefig(stream, format="pdf", metadata=metadata)
        return stream.getvalue()


def _demand_version() -> None:
    try:
        found = tuple(int(part) for part in version("matplotlib").split(".")[:2])
    except (PackageNotFoundError, ValueError):
        return
    if found < LEAST_MATPLOTLIB:
        needed = ".".join(map(str, LEAST_MATPLOTLIB))
        raise UsageError(
            f"PNG and PDF need matplotlib {needed} or newer, found {version('matplotlib')}: "
            'pip install -U "geoinc[figure]", or write the figure as .svg'
        )


def _title(tree: Tree) -> str:
    return tree.findtext(f"{{{SVG}}}title") or ""


@dataclass(frozen=True, slots=True)
class _State:
    """Where an element stands: how it is moved, and the rectangle beyond which nothing is painted."""

    move: Transform
    frame: tuple[float, float, float, float] | None = None


class _Painter:
    """Paints the elements of a sheet in their order."""

    def __init__(self, figure: Figure, sheet: Sheet) -> None:
        self.axes = figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, sheet.width)
        self.axes.set_ylim(sheet.height, 0)
        self.unit = _POINTS / sheet.width
        self.tree = sheet.tree
        self.named = {node.attrib["id"]: node for node in sheet.tree.iter() if "id" in node.attrib}
        self.order = 0
        fonts = File(mpl.get_data_path()) / "fonts" / "ttf"
        self.fonts = {"400": fonts / "DejaVuSans.ttf", "700": fonts / "DejaVuSans-Bold.ttf"}

    def sheet(self) -> None:
        self.demand_letters()
        for node in self.tree:
            self.node(node, _State(Affine2D()))

    def demand_letters(self) -> None:
        """Refuse letters that the font lacks: boxes in their place would say nothing."""
        known = get_font(str(self.fonts["400"])).get_charmap()
        texts = "".join("".join(node.itertext()) for node in self.tree.iter(f"{{{SVG}}}text"))
        lacking = sorted({letter for letter in _UNSEEN.sub("", texts) if ord(letter) not in known})
        if lacking:
            shown = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in lacking[:5])
            more = f" and {len(lacking) - 5} more" if len(lacking) > 5 else ""
            raise UsageError(
                f"the font of PNG and PDF has no letter for {shown}{more}: write the figure as .svg, which is set in "
                "the fonts of whoever opens it"
            )

    def node(self, node: Tree, state: _State) -> None:
        name = node.tag.removeprefix(f"{{{SVG}}}")
        if name in {"defs", "title", "desc"}:
            return
        state = self.moved(node, state)
        if name in {"g", "svg", "a"}:
            for child in node:
                self.node(child, state)
        elif name == "text":
            self.text(node, state)
        elif name == "image":
            self.image(node, state)
        else:
            path = _outline(name, node.attrib)
            if path is not None:
                self.shape(node, path, state)

    def moved(self, node: Tree, state: _State) -> _State:
        move = state.move
        for name, figures in _CALL.findall(node.attrib.get("transform", "")):
            move = _step(name, [float(each) for each in re.split(r"[\s,]+", figures.strip())]) + move
        frame = state.frame
        clip = _URL.fullmatch(node.attrib.get("clip-path", ""))
        if clip is not None:
            rect = self.named[clip[1]][0].attrib
            x, y = float(rect.get("x", 0)), float(rect.get("y", 0))
            (left, top), (right, bottom) = move.transform(
                [(x, y), (x + float(rect["width"]), y + float(rect["height"]))]
            )
            frame = (left, top, right, bottom)
        return replace(state, move=move, frame=frame)

    def scale(self, state: _State) -> float:
        (a, b, _), (c, d, _), _ = state.move.get_matrix()
        return math.sqrt(abs(a * d - b * c))

    def add(self, artist: Artist, state: _State) -> None:
        self.order += 1
        artist.set_zorder(self.order)
        self.axes.add_artist(artist)
        if state.frame is None:
            artist.set_clip_on(False)
        else:
            self.hold(artist, state.frame)

    def hold(self, artist: Artist, frame: tuple[float, float, float, float]) -> None:
        box = Bbox.from_extents(*frame)
        artist.set_clip_box(TransformedBbox(box, self.axes.transData))

    def shape(self, node: Tree, path: Path, state: _State) -> None:
        look = node.attrib
        path = path.transformed(state.move)
        fill = look.get("fill", "#000000")
        hatch = _URL.fullmatch(fill)
        if hatch is None and fill != _NONE:
            alpha = float(look.get("fill-opacity", 1)) * float(look.get("opacity", 1))
            patch = PathPatch(path, facecolor=fill, edgecolor=_NONE, linewidth=0, alpha=alpha)
            patch.set_transform(self.axes.transData)
            self.add(patch, state)
        if hatch is not None:
            self.hatch(self.named[hatch[1]], path, state)
        self.outline(look, path, state)

    def outline(self, look: dict[str, str], path: Path, state: _State) -> None:
        stroke = look.get("stroke", _NONE)
        if stroke == _NONE:
            return
        scale = self.scale(state)
        width = float(look.get("stroke-width", 1)) * scale
        dashes = _dashes(look, width, scale)
        alpha = float(look.get("stroke-opacity", 1)) * float(look.get("opacity", 1))
        patch = PathPatch(path, facecolor=_NONE, edgecolor=stroke, linewidth=width * self.unit, alpha=alpha)
        patch.set_transform(self.axes.transData)
        patch.set_capstyle(_CAPS[look.get("stroke-linecap", "butt")])
        patch.set_joinstyle(_JOINS[look.get("stroke-linejoin", "miter")])
        patch.set_linestyle((0, dashes) if dashes else "solid")
        self.add(patch, state)

    def hatch(self, pattern: Tree, path: Path, state: _State) -> None:
        """Fill a path with the lines of a pattern: real lines, cut off at the path."""
        step = float(pattern.attrib["width"])
        turn = float(_CALL.findall(pattern.attrib["patternTransform"])[0][1])
        look = pattern[0].attrib
        corners = path.get_extents()
        if state.frame is not None:
            left, top, right, bottom = state.frame
            x0, x1 = max(corners.x0, left), min(corners.x1, right)
            y0, y1 = max(corners.y0, top), min(corners.y1, bottom)
        else:
            (x0, y0), (x1, y1) = corners.min, corners.max
        if x0 >= x1 or y0 >= y1:
            return
        back = Affine2D().rotate_deg(turn)
        ends = back.inverted().transform([(x0, y0), (x1, y0), (x0, y1), (x1, y1)])
        (low_u, low_v), (high_u, high_v) = ends.min(axis=0), ends.max(axis=0)
        count = range(math.floor(low_u / step), math.ceil(high_u / step) + 1)
        lines = [back.transform([(k * step, low_v), (k * step, high_v)]) for k in count]
        # A line on the pattern's edge is seen by half.
        drawn = LineCollection(
            lines,
            colors=look["stroke"],
            linewidths=float(look["stroke-width"]) / 2 * self.unit,
            alpha=float(look.get("stroke-opacity", 1)),
        )
        self.add(drawn, state)
        drawn.set_clip_on(True)
        drawn.set_clip_path(path, self.axes.transData)
        if state.frame is not None:
            self.hold(drawn, state.frame)

    def text(self, node: Tree, state: _State) -> None:
        """Set the runs of a text one behind the other, each in its own look."""
        spot, scale = state.move.transform((_length(node, "x"), _length(node, "y"))), self.scale(state)
        leftwards = node.attrib.get("direction") == "rtl"
        # A mark of direction at its head tells the typesetter how a line runs whose first letter is Latin.
        head = "\N{RIGHT-TO-LEFT MARK}" if leftwards else ""
        runs = [(look, head + shown) for look, words in _runs(node) if (shown := _plain(words)).strip()]
        fonts = [self.font(look, scale) for look, _ in runs]
        widths = [self.width(font, words) for font, (_, words) in zip(fonts, runs, strict=True)]
        anchor = {"start": 0.0, "middle": 0.5, "end": 1.0}[node.attrib.get("text-anchor", "start")]
        if leftwards:
            anchor = 1.0 - anchor
        x = spot[0] - anchor * sum(widths)
        order = list(zip(runs, fonts, widths, strict=True))
        for (look, words), font, width in reversed(order) if leftwards else order:
            self.run(look, words, font, (x, spot[1]), scale, state)
            x += width

    def font(self, look: dict[str, str], scale: float) -> FontProperties:
        weight = "700" if look.get("font-weight", "400") in {"600", "700", "bold"} else "400"
        size = float(look.get("font-size", 16)) * scale * self.unit * _SET
        return FontProperties(fname=str(self.fonts[weight]), size=size)

    def width(self, font: FontProperties, words: str) -> float:
        """Return how far a run reaches, spaces at its ends included, in units of the sheet."""
        face = get_font(str(font.get_file()))
        # Large, since small letters are measured in whole dots.
        face.set_size(_LARGE, 72)

        def inked(text: str) -> float:
            face.set_text(text, 0.0)
            return float(face.get_width_height()[0]) / 64

        return (inked(f"|{words}|") - inked("||")) * font.get_size_in_points() / _LARGE / self.unit

    def run(
        self,
        look: dict[str, str],
        words: str,
        font: FontProperties,
        spot: tuple[float, float],
        scale: float,
        state: _State,
    ) -> None:
        common: dict[str, Any] = {"ha": "left", "va": "baseline", "fontproperties": font, "parse_math": False}
        if look.get("paint-order") == "stroke" and look.get("stroke", _NONE) != _NONE:
            halo = Text(*spot, words, color=look["stroke"], **common)
            width = float(look.get("stroke-width", 1)) * scale * self.unit
            alpha = float(look.get("stroke-opacity", 1))
            edge = Stroke(linewidth=width, foreground=look["stroke"], alpha=alpha, joinstyle="round")
            halo.set_path_effects([edge])
            self.add(halo, state)
        self.add(Text(*spot, words, color=look.get("fill", "#000000"), **common), state)

    def image(self, node: Tree, state: _State) -> None:
        href = node.attrib.get("href") or node.attrib["{http://www.w3.org/1999/xlink}href"]
        picture = pil_to_array(_picture(href))
        x, y, width, height = (float(node.attrib.get(name, 0)) for name in ("x", "y", "width", "height"))
        (left, top), (right, bottom) = state.move.transform([(x, y), (x + width, y + height)])
        drawn = AxesImage(
            self.axes, extent=(left, right, bottom, top), origin="upper", alpha=float(node.attrib.get("opacity", 1))
        )
        drawn.set_data(picture)
        drawn.set_transform(self.axes.transData)
        self.add(drawn, state)


def _picture(href: str) -> Any:
    from PIL import Image  # noqa: PLC0415 - comes with matplotlib

    return Image.open(io.BytesIO(base64.b64decode(href.split(",", 1)[1])))


def _length(node: Tree, name: str) -> float:
    return float(node.attrib.get(name, 0))


def _runs(node: Tree) -> Iterator[tuple[dict[str, str], str]]:
    """Yield the words of a text with their look: its own, or that of a part of it."""
    yield node.attrib, node.text or ""
    for part in node:
        yield node.attrib | part.attrib, part.text or ""
        yield node.attrib, part.tail or ""


def _plain(words: str) -> str:
    """Return words without marks that no font draws; where writing runs both ways, marks of direction stay."""
    return words if any("\u0590" <= letter <= "\u08ff" for letter in words) else _UNSEEN.sub("", words)


def _dashes(look: dict[str, str], width: float, scale: float) -> list[float]:
    """Dashes in units of the line's width, as matplotlib counts them."""
    given = look.get("stroke-dasharray", _NONE)
    if given == _NONE or width <= 0:
        return []
    lengths = [float(each) * scale / width for each in re.split(r"[\s,]+", given.strip())]
    return lengths * 2 if len(lengths) % 2 else lengths


def _step(name: str, figures: list[float]) -> Transform:
    match name, figures:
        case "translate", [x, *y]:
            return Affine2D().translate(x, y[0] if y else 0.0)
        case "scale", [x, *y]:
            return Affine2D().scale(x, y[0] if y else x)
        case "rotate", [angle]:
            return Affine2D().rotate_deg(angle)
        case _:
            raise ValueError(f"no drawing of geoinc moves its parts by {name}{figures}")


def _outline(name: str, look: dict[str, str]) -> Path | None:
    """Return what an element draws, in its own units; None for a path of no length."""

    def length(key: str) -> float:
        return float(look.get(key, 0))

    match name:
        case "rect":
            x, y, width, height = map(length, ("x", "y", "width", "height"))
            corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
            return Path(corners, closed=True)
        case "circle":
            return Path.circle((length("cx"), length("cy")), length("r"))
        case "line":
            return Path([(length("x1"), length("y1")), (length("x2"), length("y2"))])
        case "polyline" | "polygon":
            figures = [float(each) for each in re.split(r"[\s,]+", look["points"].strip())]
            spots = list(zip(figures[::2], figures[1::2], strict=True))
            return Path([*spots, spots[0]], closed=True) if name == "polygon" else Path(spots)
        case "path":
            strokes = list(_strokes(look.get("d", "")))
            return Path([spot for spot, _ in strokes], [code for _, code in strokes]) if strokes else None
        case _:
            raise ValueError(f"no drawing of geoinc holds an element {name}")


_NEEDS: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "Z": 0}
_CODES: Final = {"M": Path.MOVETO, "L": Path.LINETO, "C": Path.CURVE4, "Q": Path.CURVE3}


def _strokes(data: str) -> Iterator[tuple[tuple[float, float], np.uint8]]:
    """Read the ``d`` of a path: moves, lines and curves, absolute or relative."""
    tokens = _TOKEN.findall(data)
    at, begin, place, letter = (0.0, 0.0), (0.0, 0.0), 0, "M"
    while place < len(tokens):
        if tokens[place][0]:
            letter, place = tokens[place][0], place + 1
        kind, near = letter.upper(), letter.islower()
        if kind not in _NEEDS:
            raise ValueError(f"no drawing of geoinc holds a path with {letter}")
        figures = [float(number) for _, number in tokens[place : place + _NEEDS[kind]]]
        place += _NEEDS[kind]
        if kind == "Z":
            yield begin, Path.CLOSEPOLY
            at = begin
            continue
        spots = _spots(kind, figures, at, near=near)
        for spot in spots:
            yield spot, _CODES["L" if kind in "HV" else kind]
        at = spots[-1]
        if kind == "M":
            begin, letter = at, "l" if near else "L"


def _spots(kind: str, figures: list[float], at: tuple[float, float], *, near: bool) -> list[tuple[float, float]]:
    x, y = at if near else (0.0, 0.0)
    if kind == "H":
        return [(x + figures[0], at[1])]
    if kind == "V":
        return [(at[0], y + figures[0])]
    return [(x + a, y + b) for a, b in zip(figures[::2], figures[1::2], strict=True)]
