"""Published tracks against the territory that an aircraft is said not to have left, and against their own figures."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from geoinc.assessment.evidence import Asked, Context
from geoinc.assessment.flown import check_flown, legs_of
from geoinc.assessment.rule import Question, decide, judge_sources
from geoinc.claims import PositionClaim, TrackClaim
from geoinc.consistency import finding_id, not_assessable
from geoinc.findings import Finding, FindingKind, Outcome, SourceOutcome
from geoinc.intervals import Interval
from geoinc.motion import elapsed_s, least_detours_m
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
                    ("a track with times",),
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
    by = "" if claim is track else f" by {party_name(context.incident, track)} ({track.tag})"
    way = _tell_way(context, asked, claim, track, judged)
    return Finding(
        id=finding_id(FindingKind.TRACK, own),
        kind=FindingKind.TRACK,
        claims=tuple(each.id for each in own),
        outcome=outcome,
        robust=not changes,
        fragile_by=tuple(changes),
        statement=f"{said}. {_tell_positions(len(outcomes), inside, outside, where=where, by=by)} {way.told}",
        by_source=shown,
        evidence={"inside": inside, "outside": outside, "positions": len(outcomes), **way.evidence},
        missing=() if way.known else ("the way between the published positions",),
    )


def _tell_positions(count: int, inside: int, outside: int, *, where: str, by: str) -> str:
    """Tell how many of the published positions lie where."""
    places = {f"in {where}": inside, "on the other side": outside, "too near to tell": count - inside - outside}
    whole = next((place for place, number in places.items() if number == count), None)
    if whole is not None:
        lie = "is" if count == 1 else "are all" if count > 2 else "are both"
        return f"The {'position' if count == 1 else f'{count} positions'} published{by} {lie} {whole}."
    found = listed([f"{number} {'is' if number == 1 else 'are'} {place}" for place, number in places.items() if number])
    return f"Of the {count} positions published{by}, {found}."


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
    if any(flown < way.low for flown, way in zip(flown_m, legs.ways, strict=True)):
        told = (
            f"The stated speed of {speed.text.strip()} is less than the printed positions and times ask for, so that "
            "nothing follows from it for the way between them."
        )
        return _Way(told, {"flown_at_most_m": flown_m}, known=False)
    margins_m = _rooms_m(context, asked, track, judged, flown_m)
    if margins_m is None:
        return nothing
    reached = [number for number, margin in enumerate(margins_m) if margin <= 0]
    evidence = {
        "flown_at_most_m": flown_m,
        "short_of_the_border_m": margins_m,
        "border_within_reach_after_position": [number + 1 for number in reached],
    }
    limit = f"At the stated speed of {speed.text.strip()}"
    if not reached:
        return _Way(
            f"{limit} the printed times leave no way to the border and back between any two of them: it would be too "
            f"long by at least {format_distance(min(margins_m))}.",
            evidence,
            known=True,
        )
    after = listed([str(number + 1) for number in reached])
    return _Way(
        f"{limit} the border was within reach after position{'s' if len(reached) > 1 else ''} {after} of "
        f"{len(outcomes)}; whether the aircraft went there is not known.",
        evidence,
        known=False,
    )


def _rooms_m(
    context: Context,
    asked: Asked,
    track: TrackClaim,
    judged: Sequence[Mapping[str, SourceOutcome]],
    flown_m: Sequence[float],
) -> list[float] | None:
    """By how much the shortest way by the border is too long, from each position to the next.

    The least over all sources that vote at both ends, each line taken to lie as much nearer as its uncertainty allows;
    None where no source votes at both ends of a leg.
    """
    border = context.borders[asked.border]
    places_deg = np.array([[reading.lon_deg, reading.lat_deg] for reading in track.positions])
    cells_m = [cell_radius_m(reading) for reading in track.positions]
    rooms_m = np.full(len(flown_m), math.inf)
    for name in border:
        ends = [each[name] for each in judged]
        legs = [n for n, (a, b) in enumerate(pairwise(ends)) if a.votes and b.votes]
        if not legs:
            continue
        off_m = [
            2 * max(a.uncertainty_m or 0.0, b.uncertainty_m or 0.0) + cell_a + cell_b
            for (a, b), (cell_a, cell_b) in zip(pairwise(ends), pairwise(cells_m), strict=True)
        ]
        line = border[name].polyline(asked.edges or context.edges)
        by_border_m = least_detours_m(line, places_deg[:-1][legs], places_deg[1:][legs])
        room_m = by_border_m - np.array(off_m)[legs] - np.array(flown_m)[legs]
        rooms_m[legs] = np.minimum(rooms_m[legs], room_m)
    return [float(room) for room in rooms_m] if np.isfinite(rooms_m).all() else None
