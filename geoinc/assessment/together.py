"""What all claims of one party allow together, by each source and over all; and how far apart two parties are."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from geoinc.assessment.accounts import Story, Telling, gather_stories, tellings
from geoinc.assessment.border_checks import question_of, turned
from geoinc.assessment.evidence import Context
from geoinc.assessment.rule import FIT_SHARE
from geoinc.boundaries import accuracy_at
from geoinc.claims import BorderDistanceClaim, Claim, FallClaim, PositionClaim, SeparationClaim, WithinClaim
from geoinc.consistency import Points, finding_id
from geoinc.findings import AlternativeOutcome, Finding, FindingKind, Gap, JointRegion, Outcome, SourceOutcome
from geoinc.geodesy import inverse, nearest
from geoinc.quantities import format_distance
from geoinc.regions import Account, Drawing, View, area_m2, extent_m, nearest_places, smallest_set
from geoinc.wording import listed, party_name, tags

__all__ = ["Together", "hold_together"]

STRETCH_M: Final = 25_000.0
"""How far the accuracy of a source is looked at around ground that is no single place."""
SEARCH_STEPS: Final = 12
OUTLINE_STEP_M: Final = 2_000.0

Border = tuple[str, str]
_Place = tuple[float, float, float | None]


@dataclass(frozen=True, slots=True)
class Together:
    """What the claims of each party allow together; see `geoinc.findings` for each part."""

    findings: tuple[Finding, ...]
    regions: tuple[JointRegion, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class _Voice:
    """One source for one story: its lines, how far they may be off, and whether it votes."""

    source: str
    title: str
    drawing: Drawing
    fit: bool
    represents: bool
    why: str | None

    @property
    def votes(self) -> bool:
        return self.fit and self.represents


@dataclass(frozen=True, slots=True)
class _Size:
    area_m2: float
    extent_m: float


@dataclass(frozen=True, slots=True)
class _Held:
    """One story with its account, its voices and what each of them draws, in the plane of the account's view."""

    story: Story
    account: Account
    voices: tuple[_Voice, ...]
    drawn: Mapping[str | None, Mapping[str, BaseGeometry]]
    sizes: Mapping[tuple[str | None, str], _Size]

    @property
    def voters(self) -> list[_Voice]:
        return [voice for voice in self.voices if voice.votes]


@dataclass(slots=True)
class _Margins:
    """The accuracy of sources around places, each looked up once."""

    context: Context
    _found: dict[tuple[Border, str, _Place], tuple[float, float]] = field(default_factory=dict)

    def at(self, border: Border, name: str, place: _Place) -> tuple[float, float]:
        """Return a source's accuracy around a place, and how far the place is from its line, in metres."""
        key = (border, name, place)
        if key not in self._found:
            self._found[key] = self._look_up(*key)
        return self._found[key]

    def _look_up(self, border: Border, name: str, place: _Place) -> tuple[float, float]:
        line = self.context.borders[border][name]
        lon_deg, lat_deg, stretch_m = place
        if not line.covers(lon_deg, lat_deg):
            return math.inf, math.inf
        edges = self.context.edges
        found = nearest(line.polyline(edges), lon_deg, lat_deg)
        away_m = float(found.distance_m)
        end = float(found.lon_deg), float(found.lat_deg)
        accuracy = accuracy_at(self.context.borders[border], name, *end, stretch_m or away_m, edges=edges)
        return (math.inf if accuracy is None else accuracy.value_m), away_m


def hold_together(context: Context, view: View) -> Together:
    """Hold each party's claims together: what they allow, whether they can all hold, how far apart parties are.

    Parameters
    ----------
    context : Context
        The incident and its borders.
    view : View
        Where regions are drawn that have no end of their own.
    """
    margins = _Margins(context)
    held = [_hold(context, story, margins, view) for story in gather_stories(context.incident)]
    return Together(
        findings=tuple(finding for each in held for finding in _findings(context, each, margins, view)),
        regions=tuple(region for each in held for region in _joint_regions(each)),
        gaps=tuple(_gaps(held, view)),
    )


def _hold(context: Context, story: Story, margins: _Margins, view: View) -> _Held:
    account = story.account(view, context.edges)
    voices = tuple(_voices(context, account, margins, view))
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
        (source, point): _Size(area_m2(region, account.view), extent_m(region, account.view))
        for source, by_point in drawn.items()
        for point, region in by_point.items()
        if point in account.limited()
    }
    return _Held(story, account, voices, drawn, sizes)


def _voices(context: Context, account: Account, margins: _Margins, view: View) -> Iterator[_Voice]:
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
        why = None
        if math.isinf(margin_m):
            why = "does not vote: its accuracy here is unknown"
        elif not fit:
            why = (
                f"not fit for this scale: the uncertainty of {format_distance(margin_m)} is more than a third of "
                f"{format_distance(scale_m)}"
            )
        elif not represents:
            why = f"a more detailed source speaks for the lineage {source.lineage}"
        lines = {border: context.borders[border][name] for border in borders}
        drawing = Drawing(lines, 0.0 if math.isinf(margin_m) else margin_m)
        yield _Voice(name, source.title, drawing, fit=fit, represents=represents, why=why)


def _middle(account: Account, view: View) -> _Place:
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


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What came out for one reading of a story, and by which sources."""

    outcome: Outcome
    free: bool
    by_source: Mapping[str, Outcome]


def _judge(
    account: Account,
    voices: Sequence[_Voice],
    drawn: Mapping[str | None, Mapping[str, BaseGeometry]],
    *,
    needs_boundary: bool,
) -> _Verdict:
    if account.contradicts(account.ids):
        return _Verdict(Outcome.INCONSISTENT, free=True, by_source={})
    by_source = {}
    for voice in voices:
        # Ground that is there by the lines as drawn is there within their accuracy too.
        exact = drawn.get(voice.source, {})
        there = bool(exact) and not any(exact[point].is_empty for point in account.limited())
        apart = not there and account.contradicts(account.ids, voice.drawing)
        by_source[voice.source] = Outcome.INCONSISTENT if apart else Outcome.CONSISTENT
    votes = [by_source[voice.source] for voice in voices if voice.votes]
    outcome = _decide(votes) if needs_boundary else Outcome.CONSISTENT
    return _Verdict(outcome, free=not needs_boundary, by_source=by_source)


def _decide(votes: Sequence[Outcome]) -> Outcome:
    return votes[0] if len(set(votes)) == 1 else Outcome.INDETERMINATE


def _findings(context: Context, held: _Held, margins: _Margins, view: View) -> Iterator[Finding]:
    story, account = held.story, held.account
    if len(account.ids) < 2:
        return
    verdict = _judge(account, held.voices, held.drawn, needs_boundary=bool(held.voices))
    contradicted = verdict.outcome is Outcome.INCONSISTENT or Outcome.INCONSISTENT in _votes(held, verdict)
    if not contradicted and not _open_points(held):
        return
    claims = [claim for claim in story.claims if claim.id in account.ids]
    smallest = _smallest(held, verdict) if contradicted else ()
    ways = tellings(story)
    tried = tuple(AlternativeOutcome(way.label, _told(context, story, way, margins, view), None, None) for way in ways)
    better, without = list(_better(held, verdict)), list(_without(held, verdict))
    alone = [way.read for way, each in zip(ways, tried, strict=True) if _turns_alone(way, each, verdict.outcome)]
    declared = turned(
        [
            each
            for way, each in zip(ways, tried, strict=True)
            if len(way.read) == 1 or not any(one.items() <= way.read.items() for one in alone)
        ],
        verdict.outcome,
    )
    changes = [*without, *better, *declared]
    yield Finding(
        id=finding_id(FindingKind.REGIONS, claims),
        kind=FindingKind.REGIONS,
        claims=tuple(claim.id for claim in claims),
        outcome=verdict.outcome,
        robust=not changes,
        fragile_by=tuple(changes),
        statement=_statement(held, verdict, smallest),
        by_source=_by_source(held, verdict),
        alternatives=tried,
        evidence={
            "smallest_set": list(smallest),
            "without_boundary": verdict.free,
            "left_out": dict(story.left_out),
            **_sizes(held),
        },
        smallest_change=next(iter([*declared, *better, *without]), None),
    )


def _told(context: Context, story: Story, telling: Telling, margins: _Margins, view: View) -> Outcome:
    """What comes out where some claims are read in another way."""
    account = story.account(view, context.edges, telling.read)
    if account.contradicts(account.ids):
        return Outcome.INCONSISTENT
    voices = list(_voices(context, account, margins, view))
    if not voices:
        return Outcome.CONSISTENT
    votes: list[Outcome] = []
    for voice in voices:
        if voice.votes:
            apart = account.contradicts(account.ids, voice.drawing)
            votes.append(Outcome.INCONSISTENT if apart else Outcome.CONSISTENT)
            # Voices that differ stay different, whatever the others say.
            if len(set(votes)) > 1:
                break
    return _decide(votes)


def _votes(held: _Held, verdict: _Verdict) -> list[Outcome]:
    return [verdict.by_source[voice.source] for voice in held.voters if voice.source in verdict.by_source]


def _turns_alone(way: Telling, tried: AlternativeOutcome, outcome: Outcome) -> bool:
    """Whether one claim read in another way is enough: that others are read so too is then no news."""
    return len(way.read) == 1 and tried.outcome is not outcome


def _open_points(held: _Held) -> list[str]:
    """The points without a printed position that two claims or more limit: only of them is the ground news."""
    account, limited = held.account, held.account.limited()
    pinned = {account.canonical(each.point) for each in held.story.claims if isinstance(each, PositionClaim)}
    open_ones = [point for point in account.points if point in limited and point not in pinned]
    return [point for point in open_ones if len(account.shaped_by(point)) > 1]


def _smallest(held: _Held, verdict: _Verdict) -> tuple[str, ...]:
    account = held.account
    against = [voice for voice in held.voters if verdict.by_source.get(voice.source) is not Outcome.CONSISTENT]
    order = [claim.id for claim in held.story.claims if claim.id in account.ids]
    free = smallest_set(order, account.contradicts) if verdict.free else ()

    def contradicts(ids: Sequence[str]) -> bool:
        if len(ids) >= len(free) > 0:
            return set(free) <= set(ids)
        return account.contradicts(ids) or (
            bool(against) and all(account.contradicts(ids, voice.drawing) for voice in against)
        )

    return smallest_set(order, contradicts, worth_trying=account.linked)


def _without(held: _Held, verdict: _Verdict) -> Iterator[str]:
    """Each lineage whose voice alone makes the outcome."""
    for voice in held.voters:
        if voice.source not in verdict.by_source:
            continue
        rest = [verdict.by_source[each.source] for each in held.voters if each is not voice]
        then = _decide(rest) if rest else Outcome.INDETERMINATE
        if then is not verdict.outcome:
            yield f"if {voice.title} were left out (then {then.value})"


def _better(held: _Held, verdict: _Verdict) -> Iterator[str]:
    """Each source that would find a contradiction if its lines were better than they are credited to be."""
    account = held.account
    for voice in held.voters:
        if verdict.by_source.get(voice.source) is not Outcome.CONSISTENT:
            continue
        if not account.contradicts(account.ids, Drawing(voice.drawing.lines)):
            continue
        votes = {**verdict.by_source, voice.source: Outcome.INCONSISTENT}
        then = _decide([votes[each.source] for each in held.voters])
        if then is verdict.outcome:
            continue
        low_m, high_m = 0.0, voice.drawing.margin_m
        for _ in range(SEARCH_STEPS):
            middle_m = (low_m + high_m) / 2
            worse = account.contradicts(account.ids, Drawing(voice.drawing.lines, middle_m))
            low_m, high_m = (middle_m, high_m) if worse else (low_m, middle_m)
        yield f"if {voice.title} were accurate to better than {format_distance(low_m)} here (then {then.value})"


def _by_source(held: _Held, verdict: _Verdict) -> dict[str, SourceOutcome]:
    return {
        voice.source: SourceOutcome(
            outcome=verdict.by_source[voice.source],
            measured=None,
            value=None,
            uncertainty_m=voice.drawing.margin_m,
            fit=voice.fit,
            votes=voice.votes,
            why=voice.why,
        )
        for voice in held.voices
        if voice.source in verdict.by_source
    }


def _sizes(held: _Held) -> dict[str, Any]:
    """Area and greatest extent of each limited point's region, by source, where it is not empty."""
    areas: dict[str, dict[str, float]] = {}
    extents: dict[str, dict[str, float]] = {}
    for (source, point), size in held.sizes.items():
        if not held.drawn[source][point].is_empty:
            areas.setdefault(point, {})[source or "all"] = round(size.area_m2)
            extents.setdefault(point, {})[source or "all"] = round(size.extent_m)
    return {"area_m2": areas, "extent_m": extents} if areas else {}


def _statement(held: _Held, verdict: _Verdict, smallest: Sequence[str]) -> str:
    incident, account = held.story.incident, held.account
    claims = [claim for claim in held.story.claims if claim.id in account.ids]
    who = party_name(incident, claims[0])
    labels = _labels(held, claims)
    if smallest:
        named = [claim for claim in claims if claim.id in smallest]
        about = _labels(held, named)
        cannot = "cannot hold together" if len(named) > 1 else "cannot hold"
        if verdict.outcome is Outcome.INDETERMINATE:
            return (
                f"{who}'s {tags(named)} {cannot} by some of the sources that decide, and can by others: whether there "
                f"is a place for the {about} that satisfies them depends on the source."
            )
        where = "wherever the border runs" if verdict.free else "by every source that decides"
        if len(named) == len(claims) > 1:
            fewer = " Without any one of them the rest can." if len(named) > 2 else ""
            return (
                f"No place for the {about} satisfies all that {who} says of it: {tags(named)} {cannot}, {where}.{fewer}"
            )
        return (
            f"Taken together, what {who} says of the {labels} cannot hold, {where}. The fewest claims that are enough "
            f"for this: {tags(named)}."
        )
    sentences = []
    silent = [verdict.by_source[voice.source] for voice in held.voices if voice.represents and not held.voters]
    if silent and set(silent) == {Outcome.INCONSISTENT}:
        return (
            f"By every source {tags(claims)} ({who}) leave no place for the {labels}, however its line may lie within "
            "its accuracy; but none is fit for figures so small, so this decides nothing."
        )
    for point in _open_points(held):
        shaping = [claim for claim in claims if claim.id in account.shaped_by(point)]
        label = incident.points[point].label
        sentences.append(f"Taken together, {tags(shaping)} ({who}) leave {_ground_left(held, point)} for the {label}.")
    if verdict.outcome is Outcome.INDETERMINATE:
        sentences.append("No source is accurate enough for figures so small to tell where that ground lies.")
    return " ".join(sentences)


def _labels(held: _Held, claims: Sequence[Claim]) -> str:
    incident = held.story.incident
    points = Points(incident)
    named: list[str] = []
    for claim in claims:
        if isinstance(claim, FallClaim):
            named += [claim.start, claim.end]
        elif isinstance(claim, SeparationClaim):
            named += claim.points
        else:
            named.append(str(getattr(claim, "point", "")))
    return listed(list(dict.fromkeys(incident.points[points.canonical(name)].label for name in named)))


def _ground_left(held: _Held, point: str) -> str:
    """Area and extent in words, over the sources that decide, or over all that draw any."""
    speaking = held.voters or [voice for voice in held.voices if voice.represents]
    asked: list[str | None] = [voice.source for voice in speaking] or [None]
    found = [held.sizes[source, point] for source in asked if not held.drawn[source][point].is_empty]
    if not found:
        return "no ground by the lines as drawn, and some within their accuracy,"
    areas = sorted(each.area_m2 / 1e6 for each in found)
    widest = max(each.extent_m for each in found)
    low, high = (f"{area:.3g}" for area in (areas[0], areas[-1]))
    between = low if low == high else f"{low} to {high}"
    return f"{between} km² of ground, at most {format_distance(widest)} across,"


def _joint_regions(held: _Held) -> Iterator[JointRegion]:
    account, view = held.account, held.account.view
    for source, by_point in held.drawn.items():
        for point, region in by_point.items():
            size = held.sizes.get((source, point))
            yield JointRegion(
                party=held.story.party,
                point=point,
                source=source,
                claims=account.shaped_by(point),
                geometry=view.frame.to_globe(shapely.segmentize(region, OUTLINE_STEP_M)),
                area_m2=None if size is None else size.area_m2,
                extent_m=None if size is None else size.extent_m,
            )


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


def _gaps(held: Sequence[_Held], view: View) -> Iterator[Gap]:
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


def _grounds(held: _Held, source: str, view: View) -> Iterator[_Ground]:
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
