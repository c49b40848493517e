"""The sheet of a printed figure: map, strip, key, and what must be said beside them, in one drawing."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from markupsafe import Markup
from pyproj import Geod

from geoinc.claims import Claim, TrackClaim
from geoinc.figures.letters import settled
from geoinc.figures.styles import SVG, hatch_patterns, inlined
from geoinc.figures.text import LEAST_SIZE, Setting
from geoinc.findings import AssessmentData
from geoinc.messages import ENGLISH, number, say
from geoinc.render import words
from geoinc.render.background import background_credits
from geoinc.render.drawing import Drawing, draw
from geoinc.render.figure import marker, static_figure
from geoinc.render.legend import label_of, track_label
from geoinc.render.opening import first_connectors, first_sources, still_claims
from geoinc.render.roles import Cast
from geoinc.render.strip_drawing import Panel, strip
from geoinc.render.svg import element
from geoinc.render.voices import voice_of
from geoinc.wording import clauses

__all__ = ["WIDTH", "WIDTH_MM", "Sheet", "compose", "map_scale"]

WIDTH: Final = 760.0
"""Width of the sheet in units of the page's still map."""

WIDTH_MM: Final = 180.0
"""The same on paper."""

_GEOD: Final = Geod(ellps="WGS84")
_GAP: Final = 14.0
_MAP: Final = 514.0
"""Width of the map, whose letters keep their size: the key stands beside it."""

_FINE: Final = 0.4
"""A tenth of a millimetre on paper: a ribbon keeps the width of its rounding."""

_SOFT: Final = "#4a4f57"
_SWATCH: Final = 30.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A figure ready to be written or painted.

    Attributes
    ----------
    tree : xml.etree.ElementTree.Element
        SVG whose every element carries its own look; ``width`` and ``height`` in millimetres.
    width, height : float
        In units of the drawing.
    """

    tree: ET.Element
    width: float
    height: float


def map_scale(drawing: Drawing) -> float:
    """Return the denominator of the map's scale at `WIDTH_MM`, to two digits, taken through its middle."""
    west, south, east, north = drawing.view_box_deg
    middle = (south + north) / 2
    _, _, across_m = _GEOD.inv(west, middle, east, middle)
    exact = float(across_m) / (_MAP / WIDTH * WIDTH_MM / 1000)
    step = 10.0 ** (math.floor(math.log10(exact)) - 1)
    return float(round(exact / step) * step)


def compose(data: AssessmentData, *, lang: str = ENGLISH) -> Sheet:
    """Return the figure of an assessment.

    Parameters
    ----------
    data : AssessmentData
    lang : str
        Language of everything that the tool says.

    Raises
    ------
    UsageError
        If there are no words in this language, or no place to open on.
    """
    return _Composer(data, lang).sheet()


class _Composer:
    """Puts the parts below each other."""

    def __init__(self, data: AssessmentData, lang: str) -> None:
        self.voice = voice_of(data.incident, lang)
        self.cast = Cast(data, self.voice)
        self.data = data
        self.drawing = draw(data, self.cast)
        self.root = ET.Element(f"{{{SVG}}}svg")
        self.top = 0.0

    def sheet(self) -> Sheet:
        title = ET.SubElement(self.root, f"{{{SVG}}}title")
        title.text = settled(self.voice(self.data.incident.title))
        ground = {"width": f"{WIDTH:g}", "height": "0", "fill": "#ffffff"}
        paper = ET.SubElement(self.root, f"{{{SVG}}}rect", ground)
        defs = ET.SubElement(self.root, f"{{{SVG}}}defs")
        defs.extend(hatch_patterns())
        self.heading()
        self.middle()
        self.lower()
        self.top += 4
        paper.set("height", f"{self.top:g}")
        self.root.attrib.update(
            {
                "viewBox": f"0 0 {WIDTH:g} {self.top:g}",
                "width": f"{WIDTH_MM:g}mm",
                "height": f"{self.top / WIDTH * WIDTH_MM:.2f}mm",
                "font-family": "DejaVu Sans, Noto Sans, Noto Naskh Arabic, Arial, sans-serif",
                "role": "img",
            }
        )
        return Sheet(self.root, WIDTH, self.top)

    def heading(self) -> None:
        setting = self.setting(0.0, self.top, WIDTH)
        setting.add(self.voice(self.data.incident.title), 19, weight="700")
        self.top = setting.top + 6

    def middle(self) -> None:
        """The map, and the key beside it."""
        tree = inlined(
            static_figure(self.drawing, self.cast, width=_MAP, coarseness=_FINE), leftwards=self.voice.right_to_left
        )
        height = self.place(tree, 0.0, self.top)
        self.top += max(height, self.key(_MAP + _GAP, WIDTH - _MAP - _GAP)) + _GAP

    def lower(self) -> None:
        """The strip, and the words beside it; further strips two by two below."""
        panels = strip(self.cast)
        if not panels:
            self.top += self.caption(0.0, WIDTH)
            return
        column = WIDTH / 2 + 10
        height = self.panel(panels[0], 0.0, self.top, column)
        told = self.caption(column + _GAP, WIDTH - column - _GAP)
        self.top += max(height, told)
        half = WIDTH / 2 - _GAP / 2
        for start in range(1, len(panels), 2):
            self.top += _GAP + max(
                self.panel(panel, place * (half + _GAP), self.top + _GAP, half)
                for place, panel in enumerate(panels[start : start + 2])
            )

    def panel(self, panel: Panel, left: float, top: float, width: float) -> float:
        """Put a strip on the sheet, with what lies outside it in words below, and return the height of both."""
        setting = self.setting(left, top + self.place(inlined(panel.drawing), left, top, width), width)
        if panel.beyond:
            setting.skip(4)
        for each in panel.beyond:
            setting.add(self.voice(say("Outside the drawing: {what}", what=each)), LEAST_SIZE, fill=_SOFT)
        return setting.top - top

    def key(self, left: float, width: float) -> float:
        setting = self.setting(left, self.top, width)
        for role in self.cast.roles:
            rows = [
                (
                    swatch,
                    track_label(claim)
                    if isinstance(claim, TrackClaim)
                    else say("{tag}: {headline}", tag=label_of(self.cast, claim), headline=self.cast.headline(claim)),
                )
                for swatch, claim in self.swatches(role.party.id)
            ]
            if rows:
                self.group(setting, self.voice(say("{party} says", party=role.party.name)), rows)
        lines: list[tuple[Markup, str]] = []
        firsts = first_sources(self.cast)
        for place, source in enumerate(self.data.sources):
            if any(place in feature.sources for feature in self.drawing.features if feature.kind == "line"):
                classes = f"gi-line s{place % 6} " + ("is-selected" if place in firsts else "is-other")
                unfit = self.cast.fitness(source.id).fit is False
                title = say("{source}: not fit for this scale", source=source.title) if unfit else source.title
                lines.append((element("path", d="M1 6H29", class_=classes), title))
        if lines:
            if self.drawing.spreads:
                swatch = element("rect", x=1, y=1, width=28, height=10, class_="gi-spread")
                lines.append((swatch, say("where the sources differ")))
            self.group(setting, self.voice(say("Boundary sources; bands and distances by the first")), lines)
        measured = [(element("path", d="M1 6H29", class_="gi-connector"), each) for each in self.ways()]
        if measured:
            tick = element("path", d="M15 0V12", class_="gi-src m0")
            measured.append((tick, say("in the strip: one stroke for each source; dashed where not fit")))
            self.group(setting, self.voice(say("Measured")), measured)
        return setting.top - self.top

    def ways(self) -> Iterable[str]:
        first = first_connectors(self.cast)
        for claim in self.cast.positions:
            if self.cast.claim_number(claim.id) in first and claim.id in {each.claim for each in self.data.connectors}:
                yield say("shortest way from {tag} to the line", tag=claim.tag)

    def swatches(self, party: str) -> Iterable[tuple[Markup, Claim]]:
        """What of one party's claims the still map shows, each with how it is drawn there."""
        still, firsts = still_claims(self.cast), first_sources(self.cast)
        kinds: dict[int, str] = {}
        for feature in self.drawing.features:
            shown = not firsts.isdisjoint(feature.sources)
            if shown and feature.claim in still and feature.kind in {"ribbon", "band"}:
                kinds.setdefault(feature.claim, feature.kind)
        for place, claim in enumerate(self.data.incident.claims):
            if claim.party != party:
                continue
            role = self.cast.role(claim)
            if claim in self.cast.positions:
                yield marker(role.marker, 15, 6, 5.5, f"gi-dot p{role.colour}"), claim
            elif claim in self.cast.tracks:
                way = element("path", d="M4 6H26", class_=f"gi-track p{role.colour}")
                ends = [marker(role.marker, x, 6, 4, f"gi-dot is-fix p{role.colour}") for x in (5, 25)]
                yield element("g", way, *ends), claim
            elif place in kinds:
                yield element("rect", x=1, y=1, width=28, height=10, class_=f"gi-{kinds[place]} p{role.colour}"), claim

    def group(self, setting: Setting, heading: str, rows: Iterable[tuple[Markup, str]]) -> None:
        setting.add(heading, LEAST_SIZE + 0.5, weight="700")
        setting.skip(2)
        for swatch, text in rows:
            shift = 0.0 if self.voice.right_to_left else _SWATCH + 8
            start = setting.left + setting.width - _SWATCH if self.voice.right_to_left else setting.left
            box = element("svg", swatch, viewBox="0 0 30 12")
            self.place(inlined(box), start, setting.top + 1.5, _SWATCH)
            row = self.setting(setting.left + shift, setting.top, setting.width - _SWATCH - 8)
            row.add(self.voice(text), LEAST_SIZE)
            setting.top = row.top + 1.5
        setting.skip(7)

    def caption(self, left: float, width: float) -> float:
        setting = self.setting(left, self.top, width)
        for told in self.told():
            setting.add(self.voice(told), LEAST_SIZE, fill=_SOFT)
            setting.skip(4)
        return setting.top - self.top

    def told(self) -> Iterable[str]:
        """What must be said beside a map that travels alone."""
        incident = self.data.incident
        yield say(
            "Scale about 1:{scale} when printed {width} mm wide. Distances are measured on the WGS 84 ellipsoid.",
            scale=f"{map_scale(self.drawing):,.0f}".replace(",", "\N{NARROW NO-BREAK SPACE}"),
            width=number(int(WIDTH_MM)),
        )
        if not self.drawing.opening.placed:
            yield say(
                "No position and no place near which to look is given. The map shows a stretch in the middle of the "
                "border; nothing says that anything happened there."
            )
        yield say(
            "Rule {rule}, the same for every party: a source votes where its uncertainty is at most {share} of the "
            "distance in question, and sources of one origin have one vote.",
            rule=self.data.rule.get("id", ""),
            share=words.share(float(self.data.rule.get("fit_share", 1 / 3))),
        )
        yield say(
            "The lines serve for measuring and express no view on sovereignty. Outcomes say what the geometry "
            "allows, not who is right."
        )
        credited = dict.fromkeys(f"{each.attribution.rstrip('.')} ({each.licence})" for each in self.data.sources)
        if credited:
            yield say("Boundaries: {credits}.", credits=clauses(credited))
        yield from background_credits(self.data, None, within=self.drawing.view_box_deg)
        if incident.sha256:
            yield say(
                "Case {case}, SHA-256 {hash}…; geoinc {version}.",
                case=incident.id,
                hash=incident.sha256[:16],
                version=self.data.manifest.get("geoinc", "unknown"),
            )

    def setting(self, left: float, top: float, width: float) -> Setting:
        return Setting(self.root, left, top, width, self.voice.right_to_left)

    def place(self, tree: ET.Element, left: float, top: float, width: float | None = None) -> float:
        """Put a drawing on the sheet, scaled to a width, and return its height."""
        _, _, wide, high = map(float, tree.attrib["viewBox"].split())
        scale = 1.0 if width is None else width / wide
        transform = f"translate({left:g} {top:g})" + ("" if scale == 1 else f" scale({scale:.6g})")
        group = ET.SubElement(self.root, f"{{{SVG}}}g", {"transform": transform})
        group.extend(list(tree))
        return high * scale
