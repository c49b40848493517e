"""An assessment in a notebook: a still picture with the findings by default, the interactive map on request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from geoinc import display
from geoinc.errors import UsageError
from geoinc.figures import figure_svg
from geoinc.findings import AssessmentData
from geoinc.messages import ENGLISH, Voice, join, say, say_many
from geoinc.render import words
from geoinc.render.terminal import plain
from geoinc.render.voices import voice_of
from geoinc.wording import tags

__all__ = ["InteractiveMap", "StillPicture", "interactive_map", "still_picture"]


@dataclass(frozen=True, slots=True)
class StillPicture:
    """What a cell shows without any script: it survives in a notebook that is not trusted.

    Attributes
    ----------
    text : str
        For a terminal.
    html : str
    """

    text: str
    html: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:  # noqa: ARG002 - IPython's call
        return {"text/plain": self.text, "text/html": self.html}

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class InteractiveMap:
    """The map page in a frame of its own, which may run the page's scripts and nothing else.

    Attributes
    ----------
    text : str
        For a terminal, and for a notebook that is not trusted: frames are taken out of it.
    page : str
        The whole page.
    height_px : int
    """

    text: str
    page: str
    height_px: int

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:  # noqa: ARG002 - IPython's call
        return {"text/plain": self.text, "text/html": self.html}

    @property
    def html(self) -> str:
        """The frame. Its page has no origin: it can neither read the notebook nor send anything."""
        frame = (
            f'<iframe sandbox="allow-scripts" width="100%" height="{self.height_px}" title="{escape(self.text)}" '
            f'srcdoc="{escape(self.page)}"></iframe>'
        )
        return f"{frame}<p><small>{display.safe(self.text)}</small></p>"

    def __str__(self) -> str:
        return self.text


def still_picture(data: AssessmentData, *, lang: str = ENGLISH) -> StillPicture:
    """Return map and strip as one picture, and the findings as a table.

    Parameters
    ----------
    data : AssessmentData
    lang : str
        Language of everything that the tool says.

    Raises
    ------
    UsageError
        If there are no words in this language.
    """
    voice = voice_of(data.incident, lang)
    parts = [display.heading(voice(data.incident.title)), display.note(voice(_in_short(data)))]
    drawing = _drawing(data, lang)
    if drawing is not None:
        told = say("Map and distances from the border for: {title}. The table below holds the findings.",
                   title=data.incident.title)  # fmt: skip
        parts.append(display.picture(drawing, voice(told), width_px=760))
    columns = [voice(each) for each in (say("Claims"), say("Outcome"), say("Finding"))]
    parts.append(display.table(columns, _rows(data, voice)))
    text = "\n".join([plain(voice, data.incident.title), plain(voice, _in_short(data))])
    return StillPicture(text, display.block(parts, language=voice.language, direction=voice.direction))


def _drawing(data: AssessmentData, lang: str) -> str | None:
    try:
        return figure_svg(data, lang=lang)
    except UsageError:
        # A case without a border has no place to open on; its findings still stand.
        return None


def _in_short(data: AssessmentData) -> str:
    counts = []
    for outcome, name in words.OUTCOMES.items():
        found = sum(finding.outcome is outcome for finding in data.findings)
        if found:
            counts.append(say("{outcome}: {count}", outcome=words.capital(name), count=found))
    claims = say_many("{count} claim.", "{count} claims.", len(data.incident.claims))
    return join([claims, *(say("{statement}.", statement=each) for each in counts)])


def _rows(data: AssessmentData, voice: Voice) -> Iterator[tuple[str, ...]]:
    for finding in data.findings:
        outcome = say(
            "{outcome}: {gloss}", outcome=words.OUTCOMES[finding.outcome], gloss=words.GLOSSES[finding.outcome]
        )
        claims = tags([data.incident.claim(each) for each in finding.claims])
        yield voice(claims), voice(outcome), voice(finding.statement)


def interactive_map(
    data: AssessmentData, *, tiles: str | None = None, lang: str = ENGLISH, height_px: int = 640
) -> InteractiveMap:
    """Return the map page for a cell.

    Parameters
    ----------
    data : AssessmentData
    tiles, lang
        As for `geoinc.render.render_map`.
    height_px : int
        Of the frame.
    """
    from geoinc.render import render_map  # noqa: PLC0415 - folium is loaded only for a map

    voice = voice_of(data.incident, lang)
    text = say("Interactive map: {title}. A notebook that is not trusted leaves it out.", title=data.incident.title)
    return InteractiveMap(plain(voice, text), render_map(data, tiles=tiles, lang=lang), height_px)
