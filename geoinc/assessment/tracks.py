"""Published tracks against the territory that an aircraft is said not to have left, and against their own figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoinc.assessment.evidence import Asked, Context
from geoinc.assessment.flown import check_flown, legs_of
from geoinc.assessment.rule import Question, decide, judge_sources
from geoinc.claims import PositionClaim, TrackClaim
from geoinc.consistency import finding_id, not_assessable
from geoinc.findings import Finding, FindingKind, Outcome, SourceOutcome
from geoinc.intervals import Interval
from geoinc.motion import detours_m, elapsed_s
from geoinc.notation import Reading
from geoinc.quantities import format_distance
from geoinc.ranges import cell_radius_m
from geoinc.wording import listed, party_name, territory_name

__all__ = ["check_tracks"]


def check_tracks(context: Context) -> Iterator[Finding]:
    """Check every published track against each territory said not to have been left, and against its own figures."""
    incident = context.incident
    tracks = [claim for claim in incident.claims if isinstance(claim, TrackClaim)]
    for claim in tracks:
        if claim.never_left is not None and claim.border is not None:
            where = territory_name(incident, claim.never_left)
            said = f"{party_name(incident, claim)} says that the aircraft never left {where} ({claim.tag})"
            flown = [track for track in tracks if track.positions]
            for track in flown:
                yield _track(context, claim, track, said, where)
            if not flown:
                yield not_assessable(
                    FindingKind.TRACK,
                    [claim],
                    f"{said}. No track was published, so this cannot be tested.",
                    ("the track of the aircraft, with times",),
                )
        yield from check_flown(incident, claim)


def _track(context: Context, claim: TrackClaim, track: TrackClaim, said: str, where: str) -> Finding:
    question = Question(Interval.more_than(0.0), one_sided=True, scale_m=None)
    asked = Asked(claim.border or context.incident.borders[0], claim.never_left)
    evidence = [
        context.evidence(
            PositionClaim(
                id=f"{track.id}[{number}]", party=track.party, kind="position", tag=track.tag, point="", reading=reading
            ),
            asked,
        )
        for number, reading in enumerate(track.positions)
    ]
    judged = [judge_sources(each, question) for each in evidence]
    outcomes = [decide(each) for each in judged]
    outcome = _whole_track(outcomes)
    changes = [
        f"if {source.title} were left out (then {then.value})"
        for source in evidence[0]
        if source.represents
        and (then := _whole_track([decide(_without(each, source.source)) for each in judged])) is not outcome
    ]
    inside, outside = outcomes.count(Outcome.CONSISTENT), outcomes.count(Outcome.INCONSISTENT)
    shown = judged[outcomes.index(outcome)] if outcome in outcomes else judged[0]
    own = [claim] if claim is track else [claim, track]
    by = "" if claim is track else f", by {party_name(context.incident, track)} ({track.tag})"
    way = _tell_way(context, asked, claim, track, judged)
    return Finding(
        id=finding_id(FindingKind.TRACK, own),
        kind=FindingKind.TRACK,
        claims=tuple(each.id for each in own),
        outcome=outcome,
        robust=not changes,
        fragile_by=tuple(changes),
        statement=(
            f"{said}. Positions published{by}: {len(outcomes)}; in {where}: {inside}; on the other side: {outside}; "
            f"too near to tell: {len(outcomes) - inside - outside}. {way.told}"
        ),
        by_source=shown,
        evidence={"inside": inside, "outside": outside, "positions": len(outcomes), **way.evidence},
        missing=() if way.known else ("the way between the published positions",),
    )


def _whole_track(outcomes: Sequence[Outcome]) -> Outcome:
    """One position on the other side is enough to have left; all must be inside to have stayed."""
    if Outcome.INCONSISTENT in outcomes:
        return Outcome.INCONSISTENT
    return Outcome.CONSISTENT if set(outcomes) == {Outcome.CONSISTENT} else Outcome.INDETERMINATE


def _without(judged: Mapping[str, SourceOutcome], source: str) -> dict[str, SourceOutcome]:
    return {name: each for name, each in judged.items() if name != source}


@dataclass(frozen=True, slots=True)
class _Way:
    """What can be told of the way between the positions."""

    told: str
    evidence: Mapping[str, Any]
    known: bool


def _tell_way(
    context: Context, asked: Asked, claim: TrackClaim, track: TrackClaim, judged: Sequence[Mapping[str, SourceOutcome]]
) -> _Way:
    """Tell between which positions the aircraft had the time to reach the border and come back."""
    nothing = _Way("Nothing is known of the way between positions.", {}, known=False)
    legs = legs_of(track)
    speed = claim.speed or track.speed
    outcomes = [decide(each) for each in judged]
    inside = [pair == (Outcome.CONSISTENT, Outcome.CONSISTENT) for pair in pairwise(outcomes)]
    if speed is None or not legs.times or not speed.interval.bounded or not all(inside) or not inside:
        return nothing
    flown_m = [speed.interval.high * elapsed_s(a, b).high for a, b in pairwise(legs.times)]
    margins_m = [
        _room_m(context, asked, track, judged, number, farthest_m) for number, farthest_m in enumerate(flown_m)
    ]
    if any(margin is None for margin in margins_m):
        return nothing
    reached = [number for number, margin in enumerate(margins_m) if margin is not None and margin <= 0]
    evidence = {
        "flown_at_most_m": flown_m,
        "short_of_the_border_m": margins_m,
        "border_within_reach_after_position": [number + 1 for number in reached],
    }
    limit = f"At the stated speed of {speed.text.strip()}"
    if not reached:
        least = min(margin for margin in margins_m if margin is not None)
        return _Way(
            f"{limit} the printed times leave no way to the border and back between any two of them: it would be too "
            f"long by at least {format_distance(least)}.",
            evidence,
            known=True,
        )
    after = listed([str(number + 1) for number in reached])
    return _Way(
        f"{limit} the border was within reach after position {after} of {len(outcomes)}; whether the aircraft went there "
        "is not known.",
        evidence,
        known=False,
    )


def _room_m(
    context: Context,
    asked: Asked,
    track: TrackClaim,
    judged: Sequence[Mapping[str, SourceOutcome]],
    number: int,
    farthest_m: float,
) -> float | None:
    """By how much the shortest way by the border is too long, over all sources that vote at both ends; else None."""
    border = context.borders[asked.border]
    start, end = track.positions[number], track.positions[number + 1]
    cells_m = cell_radius_m(start) + cell_radius_m(end)
    rooms = []
    for name, first in judged[number].items():
        second = judged[number + 1][name]
        if not (first.votes and second.votes) or first.value is None or second.value is None:
            continue
        off_m = 2 * max(first.uncertainty_m or 0.0, second.uncertainty_m or 0.0) + cells_m
        # The way out and the way back are each at least the distance to the border: often enough.
        room_m = abs(first.value) + abs(second.value) - off_m - farthest_m
        if room_m <= 0:
            line = border[name].polyline(asked.edges or context.edges)
            low, _ = detours_m(line, _place(start), _place(end))
            room_m = float(low[0]) - off_m - farthest_m
        rooms.append(room_m)
    return min(rooms, default=None)


def _place(reading: Reading) -> NDArray[np.float64]:
    return np.array([[reading.lon_deg, reading.lat_deg]])
