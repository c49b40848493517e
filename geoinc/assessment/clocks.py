"""Times stated for one event, held against one another in UTC."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import combinations

from geoinc.assessment.evidence import Context
from geoinc.claims import TimeClaim
from geoinc.consistency import Points, finding_id
from geoinc.findings import Finding, FindingKind, Outcome
from geoinc.wording import listed, tags

__all__ = ["check_times"]


def check_times(context: Context) -> Iterator[Finding]:
    """Check the times that are stated for each event against one another, in UTC."""
    incident = context.incident
    events: dict[str, list[TimeClaim]] = {}
    for claim in incident.claims:
        if isinstance(claim, TimeClaim):
            events.setdefault(Points(incident).canonical(claim.event), []).append(claim)
    for event, claims in events.items():
        if len(claims) < 2:
            continue
        apart = [(a, b) for a, b in combinations(claims, 2) if a.start_utc > b.end_utc or b.start_utc > a.end_utc]
        outcome = Outcome.INCONSISTENT if apart else Outcome.CONSISTENT
        told = listed([f"{c.tag} {_span(c.start_utc, c.end_utc)}" for c in claims])
        verdict = "they share a time" if not apart else f"{'; '.join(tags(pair) for pair in apart)} do not share a time"
        yield Finding(
            id=finding_id(FindingKind.TIMES, claims),
            kind=FindingKind.TIMES,
            claims=tuple(claim.id for claim in claims),
            outcome=outcome,
            robust=True,
            fragile_by=(),
            statement=f"The times stated for the {incident.points[event].label}, in UTC: {told}; {verdict}.",
            unit="s",
            by_source={},
            evidence={
                "utc": {claim.id: [claim.start_utc.isoformat(), claim.end_utc.isoformat()] for claim in claims},
                "apart": [[a.id, b.id] for a, b in apart],
            },
        )


def _span(start: datetime, end: datetime) -> str:
    first = f"{start.day} {start:%B %H:%M}"
    return f"{first} to {end:%H:%M}" if start.date() == end.date() else f"{first} to {end.day} {end:%B %H:%M}"
