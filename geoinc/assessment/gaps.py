"""How far apart two parties are: the least distance between the regions that their claims leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from geoinc.assessment.holding import Held
from geoinc.assessment.rule import FIT_SHARE
from geoinc.findings import Gap
from geoinc.regions import View, nearest_places

__all__ = ["OUTLINE_STEP_M", "gaps_between"]

OUTLINE_STEP_M: Final = 2_000.0
"""Steps in which outlines are brought from a plane to the globe."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """One party's region of one point by one source, in the plane of the common view."""

    party: str
    point: str
    region: BaseGeometry
    limited: bool
    whole: bool
    margin_m: float
    speaks: bool


def gaps_between(held: Sequence[Held], view: View) -> Iterator[Gap]:
    """The least distances between regions of two parties: of one point, or of two that both have an end."""
    sources = list(dict.fromkeys(voice.source for each in held for voice in each.voices))
    by_source = {source: [ground for each in held for ground in _grounds(each, source, view)] for source in sources}
    found: dict[tuple[tuple[str, str], tuple[str, str]], list[tuple[Gap, bool]]] = {}
    for source, grounds in by_source.items():
        for one, other in combinations(grounds, 2):
            if one.party == other.party or not (one.point == other.point or (one.limited and other.limited)):
                continue
            gap = _gap(one, other, source, view)
            if gap is not None:
                speaks = one.speaks and other.speaks
                fit = speaks and max(one.margin_m, other.margin_m) <= FIT_SHARE * gap.distance_m
                found.setdefault((gap.parties, gap.points), []).append((gap, fit))
    for gaps in found.values():
        yield from (gap for gap, _ in gaps)
        fit_ones = [gap for gap, fit in gaps if fit]
        if fit_ones:
            yield replace(min(fit_ones, key=lambda gap: gap.distance_m), source=None)


def _grounds(held: Held, source: str, view: View) -> Iterator[_Ground]:
    """Each point's region; where claims leave none, what those of them allow that need no boundary."""
    account = held.account
    voice = next((each for each in held.voices if each.source == source), None)
    by_point = held.drawn[source if voice is not None else None]
    limited = account.limited()
    for point, drawn in by_point.items():
        region = account.regions()[point] if drawn.is_empty and point in limited else drawn
        if region.is_empty:
            continue
        if account.view != view:
            globe = account.view.frame.to_globe(shapely.segmentize(region, OUTLINE_STEP_M))
            region = view.frame.to_plane(globe)
        yield _Ground(
            held.story.party,
            point,
            region,
            limited=point in limited,
            whole=not drawn.is_empty,
            margin_m=0.0 if voice is None else voice.drawing.margin_m,
            speaks=voice is None or voice.represents,
        )


def _gap(one: _Ground, other: _Ground, source: str, view: View) -> Gap | None:
    """The gap between two regions; None where something nearer may lie outside the view."""
    distance_m, start, end = nearest_places(one.region, other.region, view)
    for here, there in ((one, other), (other, one)):
        if not there.limited and shapely.distance(here.region, view.square.boundary) < distance_m:
            return None
    return Gap(
        parties=(one.party, other.party),
        points=(one.point, other.point),
        source=source,
        distance_m=distance_m,
        start_deg=start,
        end_deg=end,
        whole=(one.whole, other.whole),
    )
