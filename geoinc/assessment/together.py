"""What all claims of one party allow together, by each source and over all; and how far apart two parties are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from geoinc.assessment.accounts import Story, Telling, gather_stories, tellings
from geoinc.assessment.border_checks import turned
from geoinc.assessment.evidence import Context
from geoinc.assessment.gaps import OUTLINE_STEP_M, gaps_between
from geoinc.assessment.holding import Held, Margins, Voice, find_voices, hold
from geoinc.claims import Claim, FallClaim, PositionClaim, SeparationClaim
from geoinc.consistency import Points, finding_id
from geoinc.findings import AlternativeOutcome, Finding, FindingKind, Gap, JointRegion, Outcome, SourceOutcome
from geoinc.messages import Text, join, later, number, say
from geoinc.quantities import format_distance
from geoinc.regions import Account, Drawing, View, smallest_set
from geoinc.wording import if_better_than, if_left_out, listed, party_name, range_text, tags

__all__ = ["Together", "hold_together"]

SEARCH_STEPS: Final = 12


@dataclass(frozen=True, slots=True)
class Together:
    """What the claims of each party allow together; see `geoinc.findings` for each part."""

    findings: tuple[Finding, ...]
    regions: tuple[JointRegion, ...]
    gaps: tuple[Gap, ...]


def hold_together(context: Context, view: View) -> Together:
    """Hold each party's claims together: what they allow, whether they can all hold, how far apart parties are.

    Parameters
    ----------
    context : Context
        The incident and its borders.
    view : View
        Where regions are drawn that have no end of their own.
    """
    margins = Margins(context)
    held = [hold(context, story, margins, view) for story in gather_stories(context.incident)]
    return Together(
        findings=tuple(finding for each in held for finding in _findings(context, each, margins, view)),
        regions=tuple(region for each in held for region in _joint_regions(each)),
        gaps=tuple(gaps_between(held, view)),
    )


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What came out for one reading of a story, and by which sources."""

    outcome: Outcome
    free: bool
    by_source: Mapping[str, Outcome]


def _judge(
    account: Account,
    voices: Sequence[Voice],
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


def _findings(context: Context, held: Held, margins: Margins, view: View) -> Iterator[Finding]:
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


def _told(context: Context, story: Story, telling: Telling, margins: Margins, view: View) -> Outcome:
    """What comes out where some claims are read in another way."""
    account = story.account(view, context.edges, telling.read)
    if account.contradicts(account.ids):
        return Outcome.INCONSISTENT
    voices = list(find_voices(context, account, margins, view))
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


def _votes(held: Held, verdict: _Verdict) -> list[Outcome]:
    return [verdict.by_source[voice.source] for voice in held.voters if voice.source in verdict.by_source]


def _turns_alone(way: Telling, tried: AlternativeOutcome, outcome: Outcome) -> bool:
    """Whether one claim read in another way is enough: that others are read so too is then no news."""
    return len(way.read) == 1 and tried.outcome is not outcome


def _open_points(held: Held) -> list[str]:
    """The points without a printed position that two claims or more limit: only of them is the ground news."""
    account, limited = held.account, held.account.limited()
    pinned = {account.canonical(each.point) for each in held.story.claims if isinstance(each, PositionClaim)}
    open_ones = [point for point in account.points if point in limited and point not in pinned]
    return [point for point in open_ones if len(account.shaped_by(point)) > 1]


def _smallest(held: Held, verdict: _Verdict) -> tuple[str, ...]:
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


def _without(held: Held, verdict: _Verdict) -> Iterator[Text]:
    """Each lineage whose voice alone makes the outcome."""
    for voice in held.voters:
        if voice.source not in verdict.by_source:
            continue
        rest = [verdict.by_source[each.source] for each in held.voters if each is not voice]
        then = _decide(rest) if rest else Outcome.INDETERMINATE
        if then is not verdict.outcome:
            yield if_left_out(voice.title, then)


def _better(held: Held, verdict: _Verdict) -> Iterator[Text]:
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
        yield if_better_than(voice.title, low_m, then)


def _by_source(held: Held, verdict: _Verdict) -> dict[str, SourceOutcome]:
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


def _sizes(held: Held) -> dict[str, Any]:
    """Area and greatest extent of each limited point's region, by source, where it is not empty."""
    areas: dict[str, dict[str, float]] = {}
    extents: dict[str, dict[str, float]] = {}
    for (source, point), size in held.sizes.items():
        if not held.drawn[source][point].is_empty:
            areas.setdefault(point, {})[source or "all"] = round(size.area_m2)
            extents.setdefault(point, {})[source or "all"] = round(size.extent_m)
    return {"area_m2": areas, "extent_m": extents} if areas else {}


def _statement(held: Held, verdict: _Verdict, smallest: Sequence[str]) -> Text:
    incident, account = held.story.incident, held.account
    claims = [claim for claim in held.story.claims if claim.id in account.ids]
    who = party_name(incident, claims[0])
    if smallest:
        return _contradiction(held, verdict, claims, [claim for claim in claims if claim.id in smallest])
    silent = [verdict.by_source[voice.source] for voice in held.voices if voice.represents and not held.voters]
    if silent and set(silent) == {Outcome.INCONSISTENT}:
        return say(
            "By every source {claims} ({party}) leave no place for the {points}, however its line may lie within its "
            "accuracy; but none is fit for figures so small, so this decides nothing.",
            claims=tags(claims),
            party=who,
            points=_labels(held, claims),
        )
    sentences = [
        _ground_left(held, point, tags(claim for claim in claims if claim.id in account.shaped_by(point)), who)
        for point in _open_points(held)
    ]
    if verdict.outcome is Outcome.INDETERMINATE:
        sentences.append(say("No source is accurate enough for figures so small to tell where that ground lies."))
    return join(sentences)


def _contradiction(held: Held, verdict: _Verdict, claims: Sequence[Claim], named: Sequence[Claim]) -> Text:
    """What cannot hold: all claims, or the fewest of them that are enough."""
    values = {
        "party": party_name(held.story.incident, claims[0]),
        "claims": tags(named),
        "points": _labels(held, named),
    }
    if verdict.outcome is Outcome.INDETERMINATE:
        return say(_BY_SOME[len(named) > 1], **values)
    values["where"] = say("wherever the border runs") if verdict.free else say("by every source that decides")
    if len(named) == len(claims) > 1:
        whole = say(
            "No place for the {points} satisfies all that {party} says of it: {claims} cannot hold together, {where}.",
            **values,
        )
        fewer = say("Without any one of them the rest can.") if len(named) > 2 else None
        return join([whole, fewer])
    return say(
        "Taken together, what {party} says of the {points} cannot hold, {where}. The fewest claims that are enough for "
        "this: {claims}.",
        **{**values, "points": _labels(held, claims)},
    )


_BY_SOME: Final = (
    later(
        "{party}'s {claims} cannot hold by some of the sources that decide, and can by others: whether there is a "
        "place for the {points} that satisfies them depends on the source."
    ),
    later(
        "{party}'s {claims} cannot hold together by some of the sources that decide, and can by others: whether there "
        "is a place for the {points} that satisfies them depends on the source."
    ),
)
"""Of one claim, and of several."""


def _labels(held: Held, claims: Sequence[Claim]) -> Text:
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


def _ground_left(held: Held, point: str, claims: Text, party: str) -> Text:
    """Area and extent in words, over the sources that decide, or over all that draw any."""
    speaking = held.voters or [voice for voice in held.voices if voice.represents]
    asked: list[str | None] = [voice.source for voice in speaking] or [None]
    found = [held.sizes[source, point] for source in asked if not held.drawn[source][point].is_empty]
    values = {"claims": claims, "party": party, "point": held.story.incident.points[point].label}
    if not found:
        return say(
            "Taken together, {claims} ({party}) leave no ground by the lines as drawn, and some within their accuracy, "
            "for the {point}.",
            **values,
        )
    areas = sorted(each.area_m2 / 1e6 for each in found)
    low, high = (number(f"{area:.3g}") for area in (areas[0], areas[-1]))
    return say(
        "Taken together, {claims} ({party}) leave {area} km² of ground, at most {extent} across, for the {point}.",
        **values,
        area=low if low == high else range_text(low, high),
        extent=format_distance(max(each.extent_m for each in found)),
    )


def _joint_regions(held: Held) -> Iterator[JointRegion]:
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
