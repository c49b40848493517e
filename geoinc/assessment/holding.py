"""One party's account by each source: what its claims leave where the lines are drawn, and who votes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from geoinc.assessment.accounts import Story
from geoinc.assessment.border_checks import question_of
from geoinc.assessment.evidence import Context
from geoinc.assessment.rule import FIT_SHARE
from geoinc.boundaries import accuracy_at
from geoinc.claims import BorderDistanceClaim, PositionClaim, WithinClaim
from geoinc.envelope import spoken_for
from geoinc.geodesy import inverse
from geoinc.measurement import nearest_to
from geoinc.messages import Text, say
from geoinc.regions import Account, Drawing, View, area_m2, extent_m
from geoinc.wording import unfit_text

__all__ = ["Border", "Held", "Margins", "Place", "Size", "Voice", "find_voices", "hold"]

STRETCH_M: Final = 25_000.0
"""How far the accuracy of a source is looked at around ground that is no single place."""

Border = tuple[str, str]
Place = tuple[float, float, float | None]
"""Longitude and latitude of a place, and how far around it to look where it is no single one."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One source for one story: its lines, how far they may be off, and whether it votes."""

    source: str
    title: str
    drawing: Drawing
    fit: bool
    represents: bool
    why: str | None

    @property
    def votes(self) -> bool:
        """Whether it is fit for the scale and the voice of its lineage."""
        return self.fit and self.represents


@dataclass(frozen=True, slots=True)
class Size:
    """Area and greatest extent of a region."""

    area_m2: float
    extent_m: float


@dataclass(frozen=True, slots=True)
class Held:
    """One story with its account, its voices and what each of them draws, in the plane of the account's view."""

    story: Story
    account: Account
    voices: tuple[Voice, ...]
    drawn: Mapping[str | None, Mapping[str, BaseGeometry]]
    sizes: Mapping[tuple[str | None, str], Size]

    @property
    def voters(self) -> list[Voice]:
        """The voices that vote."""
        return [voice for voice in self.voices if voice.votes]


@dataclass(slots=True)
class Margins:
    """The accuracy of sources around places, each looked up once."""

    context: Context
    _found: dict[tuple[Border, str, Place], tuple[float, float]] = field(default_factory=dict)

    def at(self, border: Border, name: str, place: Place) -> tuple[float, float]:
        """Return a source's accuracy around a place, and how far the place is from its line, in metres."""
        key = (border, name, place)
        if key not in self._found:
            self._found[key] = self._look_up(*key)
        return self._found[key]

    def _look_up(self, border: Border, name: str, place: Place) -> tuple[float, float]:
        line = self.context.borders[border][name]
        lon_deg, lat_deg, stretch_m = place
        if not line.covers(lon_deg, lat_deg):
            return math.inf, math.inf
        edges = self.context.edges
        found = nearest_to(line, lon_deg, lat_deg, edges)
        away_m = float(found.distance_m)
        end = float(found.lon_deg), float(found.lat_deg)
        accuracy = accuracy_at(self.context.borders[border], name, *end, stretch_m or away_m, edges=edges)
        return (math.inf if accuracy is None else accuracy.value_m), away_m


def hold(context: Context, story: Story, margins: Margins, view: View) -> Held:
    """Draw what one party's claims leave, by each source and over those that vote."""
    account = story.account(view, context.edges)
    voices = tuple(find_voices(context, account, margins, view))
    drawn: dict[str | None, Mapping[str, BaseGeometry]] = {
        voice.source: account.regions(Drawing(voice.drawing.lines)) for voice in voices
    }
    if voices:
        fit = [drawn[voice.source] for voice in voices if voice.votes]
        if fit:
            drawn[None] = {point: shapely.union_all([each[point] for each in fit]) for point in account.points}
    else:
        drawn[None] = account.regions()
    sizes = {
        (source, point): Size(area_m2(region, account.view), extent_m(region, account.view))
        for source, by_point in drawn.items()
        for point, region in by_point.items()
        if point in account.limited()
    }
    return Held(story, account, voices, drawn, sizes)


def find_voices(context: Context, account: Account, margins: Margins, view: View) -> Iterator[Voice]:
    """Every source that holds all borders that the account speaks of."""
    borders = [claim.border for claim in account.claims if isinstance(claim, BorderDistanceClaim | WithinClaim)]
    borders = list(dict.fromkeys(borders))
    if not borders:
        return
    place = _middle(account, view)
    sources = {source.id: source for border in borders for source in context.borders[border].sources}
    for name, source in sources.items():
        if not all(name in list(context.borders[border]) for border in borders):
            continue
        found = [margins.at(border, name, place) for border in borders]
        margin_m = max(margin for margin, _ in found)
        scale_m = min(_scales_m(account) or [away_m for _, away_m in found])
        fit = margin_m <= FIT_SHARE * scale_m
        represents = all(context.borders[border][source.lineage].source.id == name for border in borders)
        why: Text | None = None
        if math.isinf(margin_m):
            why = say("does not vote: its accuracy here is unknown")
        elif not fit:
            why = unfit_text(margin_m, scale_m)
        elif not represents:
            why = spoken_for(source.lineage)
        lines = {border: context.borders[border][name] for border in borders}
        drawing = Drawing(lines, 0.0 if math.isinf(margin_m) else margin_m)
        yield Voice(name, source.title, drawing, fit=fit, represents=represents, why=why)


def _middle(account: Account, view: View) -> Place:
    """The place around which the accuracy of sources is taken, and how far that reaches where it is no single one."""
    for claim in account.claims:
        if isinstance(claim, PositionClaim):
            return claim.reading.lon_deg, claim.reading.lat_deg, None
    apart = inverse(view.lon_deg, view.lat_deg, account.view.lon_deg, account.view.lat_deg)
    chosen = view if float(apart[0]) <= STRETCH_M else account.view
    return chosen.lon_deg, chosen.lat_deg, STRETCH_M


def _scales_m(account: Account) -> list[float]:
    scales = [question_of(claim).scale_m for claim in account.claims if isinstance(claim, BorderDistanceClaim)]
    return [scale for scale in scales if scale is not None]
