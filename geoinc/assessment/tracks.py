"""Published tracks against the territory that an aircraft is said not to have left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from geoinc.assessment.evidence import Asked, Context
from geoinc.assessment.rule import Question, decide, judge_sources
from geoinc.claims import PositionClaim, TrackClaim
from geoinc.consistency import finding_id, not_assessable
from geoinc.findings import Finding, FindingKind, Outcome, SourceOutcome
from geoinc.intervals import Interval
from geoinc.wording import party_name, territory_name

__all__ = ["check_tracks"]


def check_tracks(context: Context) -> Iterator[Finding]:
    """Check every published track against each territory that the aircraft is said not to have left."""
    incident = context.incident
    tracks = [claim for claim in incident.claims if isinstance(claim, TrackClaim)]
    for claim in tracks:
        if claim.never_left is None or claim.border is None:
            continue
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
    return Finding(
        id=finding_id(FindingKind.TRACK, own),
        kind=FindingKind.TRACK,
        claims=tuple(each.id for each in own),
        outcome=outcome,
        robust=not changes,
        fragile_by=tuple(changes),
        statement=(
            f"{said}. Positions published{by}: {len(outcomes)}; in {where}: {inside}; on the other side: {outside}; "
            f"too near to tell: {len(outcomes) - inside - outside}. Nothing is known of the way between positions."
        ),
        by_source=shown,
        evidence={"inside": inside, "outside": outside, "positions": len(outcomes)},
        missing=("the way between the published positions",),
    )


def _whole_track(outcomes: Sequence[Outcome]) -> Outcome:
    """One position on the other side is enough to have left; all must be inside to have stayed."""
    if Outcome.INCONSISTENT in outcomes:
        return Outcome.INCONSISTENT
    return Outcome.CONSISTENT if set(outcomes) == {Outcome.CONSISTENT} else Outcome.INDETERMINATE


def _without(judged: Mapping[str, SourceOutcome], source: str) -> dict[str, SourceOutcome]:
    return {name: each for name, each in judged.items() if name != source}
