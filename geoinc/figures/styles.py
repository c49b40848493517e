"""The look of the page's drawings, written into each element, so that a drawing can stand without the page.

The page's style sheet is read, never repeated: a colour or a dash that changes there changes here. Only what that
sheet needs is understood: names of elements, classes, and elements inside others; custom properties in their light
values; pixels, rem and em.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final
from xml.etree import ElementTree as ET

from markupsafe import Markup

from geoinc.figures.letters import settled
from geoinc.render.styles import HATCHES

__all__ = ["SVG", "Styles", "hatch_patterns", "inlined", "page_styles"]

SVG: Final = "http://www.w3.org/2000/svg"

_KEPT: Final = (
    "display",
    "fill",
    "fill-opacity",
    "font-size",
    "font-weight",
    "letter-spacing",
    "opacity",
    "paint-order",
    "stroke",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "stroke-width",
)
_LENGTHS: Final = frozenset({"font-size", "letter-spacing", "stroke-width"})
_ROOT_PX: Final = 16.0
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_PART: Final = re.compile(r"([a-zA-Z]*)((?:\.[a-zA-Z0-9_-]+)*)")
_VAR: Final = re.compile(r"var\((--[a-z0-9-]+)\)")
_ARABIC: Final = re.compile("[\u0590-\u08ff]")
_LENGTH: Final = re.compile(r"(-?[\d.]+)(px|rem|em)")


_Element = tuple[str, frozenset[str]]
"""Name and classes."""


@dataclass(frozen=True, slots=True)
class _Compound:
    """What one element must be: its name (empty for any) and its classes."""

    tag: str
    classes: frozenset[str]

    def matches(self, tag: str, classes: frozenset[str]) -> bool:
        return self.tag in {"", tag} and self.classes <= classes


@dataclass(frozen=True, slots=True)
class _Rule:
    path: tuple[_Compound, ...]
    declarations: Mapping[str, str]

    @property
    def weight(self) -> tuple[int, int]:
        return sum(len(part.classes) for part in self.path), sum(bool(part.tag) for part in self.path)

    def applies(self, line: tuple[_Element, ...]) -> bool:
        """Whether it speaks of the last element of `line`, which runs from the outermost element inwards."""
        *outer, own = self.path
        if not own.matches(*line[-1]):
            return False
        at = len(line) - 2
        for part in reversed(outer):
            while at >= 0 and not part.matches(*line[at]):
                at -= 1
            if at < 0:
                return False
            at -= 1
        return True


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield selector and body of each rule that stands in no other."""
    start = depth = 0
    selector = ""
    for place, letter in enumerate(sheet):
        if letter == "{":
            if depth == 0:
                selector, start = sheet[start:place].strip(), place + 1
            depth += 1
        elif letter == "}":
            depth -= 1
            if depth == 0:
                if not selector.startswith("@"):
                    yield selector, sheet[start:place]
                start = place + 1


def _declarations(body: str) -> dict[str, str]:
    found = {}
    for each in body.split(";"):
        name, colon, value = each.partition(":")
        if colon:
            found[name.strip()] = value.replace("!important", "").strip()
    return found


def _path(selector: str) -> tuple[_Compound, ...] | None:
    """Read a selector; None for one that no drawing needs (states, attributes, children, everything)."""
    parts = []
    for word in selector.split():
        found = _PART.fullmatch(word)
        if found is None or not word:
            return None
        parts.append(_Compound(found[1], frozenset(found[2].split(".")[1:])))
    return tuple(parts)


class Styles:
    """The rules of a style sheet, in its light values.

    Parameters
    ----------
    sheet : str
        CSS.

    Examples
    --------
    >>> styles = Styles(":root { --own: #123456; } .a { fill: var(--own); } svg .a { stroke-width: 2px; }")
    >>> styles.of((("svg", frozenset()), ("path", frozenset({"a"}))))
    {'fill': '#123456', 'stroke-width': '2'}
    """

    def __init__(self, sheet: str) -> None:
        self._root: dict[str, str] = {}
        rules = []
        for selectors, body in _blocks(_COMMENT.sub("", sheet)):
            declarations = _declarations(body)
            for selector in selectors.split(","):
                path = _path(selector)
                if selector.strip() == ":root":
                    self._root |= {name: value for name, value in declarations.items() if name.startswith("--")}
                elif path:
                    rules.append(_Rule(path, declarations))
        # Sorting is stable: of rules of one weight, the later one in the sheet wins.
        self._rules = sorted(rules, key=lambda rule: rule.weight)
        self._known: dict[tuple[_Element, ...], dict[str, str]] = {}

    def of(self, line: tuple[_Element, ...]) -> dict[str, str]:
        """Return the style of one element as attributes of SVG.

        Parameters
        ----------
        line : tuple of (str, frozenset of str)
            Name and classes of the outermost element, and so on inwards to the element itself.
        """
        if line not in self._known:
            self._known[line] = self._found(line)
        return self._known[line]

    def _found(self, line: tuple[_Element, ...]) -> dict[str, str]:
        found: dict[str, str] = {}
        custom = dict(self._root)
        for rule in self._rules:
            # A custom property reaches down from whichever element sets it.
            for end in range(1, len(line) + 1):
                if rule.applies(line[:end]):
                    custom |= {name: value for name, value in rule.declarations.items() if name.startswith("--")}
            if rule.applies(line):
                found |= {name: value for name, value in rule.declarations.items() if name in _KEPT}
        resolved = {name: _resolved(value, custom) for name, value in sorted(found.items())}
        size = _px(resolved.get("font-size", "1rem"), _ROOT_PX)
        return {name: _attribute(name, value, size) for name, value in resolved.items() if value != "inherit"}


def _resolved(value: str, custom: Mapping[str, str]) -> str:
    while found := _VAR.search(value):
        value = value.replace(found[0], custom.get(found[1], "none"))
    return value


def _px(value: str, em_px: float) -> float:
    found = _LENGTH.fullmatch(value)
    if found is None:
        return float(value)
    return float(found[1]) * {"px": 1.0, "rem": _ROOT_PX, "em": em_px}[found[2]]


def _attribute(name: str, value: str, size_px: float) -> str:
    return f"{_px(value, _ROOT_PX if name == 'font-size' else size_px):g}" if name in _LENGTHS else value


@cache
def page_styles() -> Styles:
    """Return the styles of the map page."""
    return Styles(files("geoinc.render").joinpath("static/page.css").read_text(encoding="utf-8"))


def inlined(drawing: Markup, *, inside: tuple[str, ...] = (), leftwards: bool = False) -> ET.Element:
    """Return a drawing of the page as a tree whose elements carry their own look.

    Parameters
    ----------
    drawing : Markup
        SVG from `geoinc.render`.
    inside : tuple of str
        Classes of an element that is taken to stand around the drawing.
    leftwards : bool
        Whether the drawing's language is written from right to left: its labels then begin at the right.

    Returns
    -------
    xml.etree.ElementTree.Element
        In the namespace of SVG, without classes; what the page hides is left out.
    """
    tree = ET.fromstring(str(drawing))  # noqa: S314 - written by geoinc.render, which escapes every text
    _dress(tree, (("svg", frozenset(inside)),) if inside else (), page_styles())
    for label in tree.iter(f"{{{SVG}}}text") if leftwards else ():
        # What stands in figures and Latin letters alone keeps its order: "5 km".
        if label.attrib.get("text-anchor") == "middle" and _ARABIC.search("".join(label.itertext())):
            label.attrib.setdefault("direction", "rtl")
    return tree


def _dress(node: ET.Element, outer: tuple[_Element, ...], styles: Styles) -> None:
    name = node.tag.removeprefix(f"{{{SVG}}}")
    node.tag = f"{{{SVG}}}{name}"
    line = (*outer, (name, frozenset(node.attrib.pop("class", "").split())))
    look = styles.of(line)
    for hidden in [child for child in node if _is_hidden(child, line, styles)]:
        node.remove(hidden)
    if name == "svg":
        look = {}
    if node.text:
        node.text = settled(node.text)
    if node.tail:
        node.tail = settled(node.tail)
    node.attrib.update({key: value for key, value in look.items() if key != "display"})
    for child in node:
        _dress(child, line, styles)


def _is_hidden(node: ET.Element, outer: tuple[_Element, ...], styles: Styles) -> bool:
    name = node.tag.removeprefix(f"{{{SVG}}}")
    own = (name, frozenset(node.attrib.get("class", "").split()))
    return styles.of((*outer, own)).get("display") == "none"


def hatch_patterns() -> list[ET.Element]:
    """Return the hatchings that fills refer to, as the page defines them."""
    made = []
    for number, angle in enumerate(HATCHES):
        for kind, size, extra in (("hatch", 7, ""), ("light", 16, " is-light")):
            markup = Markup(  # noqa: S704 - constants of this package
                f'<pattern id="gi-{kind}-{number}" class="p{number}{extra}" width="{size}" height="{size}" '
                f'patternUnits="userSpaceOnUse" patternTransform="rotate({angle})"><path d="M0 0V{size}"/></pattern>'
            )
            made.append(inlined(markup))
    return made
