"""The points of an incident, and the two forms that every check shares: a finding's id, and a missing input."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geoinc.claims import Claim, Incident, PositionClaim, SamePointClaim
from geoinc.findings import Finding, FindingKind, Outcome
from geoinc.intervals import Interval

__all__ = ["Points", "finding_id", "not_assessable"]


@dataclass(frozen=True, slots=True)
class Points:
    """The points of an incident, with those that a claim calls the same taken together."""

    incident: Incident

    def canonical(self, point: str) -> str:
        """Return the first name, in the order of the file, of a point and all that is called the same."""
        same = {point}
        for _ in self.incident.points:
            for claim in self.incident.claims:
                if isinstance(claim, SamePointClaim) and same & set(claim.points):
                    same |= set(claim.points)
        return next(name for name in self.incident.points if name in same)

    def same_point(self, one: Claim, other: Claim) -> bool:
        """Whether two claims speak of one point; no where either speaks of none, or of two."""
        names = [getattr(claim, "point", None) for claim in (one, other)]
        return None not in names and self.canonical(str(names[0])) == self.canonical(str(names[1]))

    def positions(self, point: str) -> tuple[PositionClaim, ...]:
        """Return every position printed for a point, in the order of the file."""
        wanted = self.canonical(point)
        return tuple(
            claim
            for claim in self.incident.claims
            if isinstance(claim, PositionClaim) and self.canonical(claim.point) == wanted
        )


def finding_id(kind: FindingKind, claims: Iterable[Claim]) -> str:
    """Return the stable id of a finding: its kind and the ids of its claims."""
    return f"{kind.value}:{'+'.join(claim.id for claim in claims)}"


def not_assessable(
    kind: FindingKind,
    claims: Sequence[Claim],
    statement: str,
    missing: tuple[str, ...],
    *,
    claimed: Interval | None = None,
) -> Finding:
    """Return the finding for a claim that lacks an input; `missing` names what would have to be published."""
    return Finding(
        id=finding_id(kind, claims),
        kind=kind,
        claims=tuple(claim.id for claim in claims),
        outcome=Outcome.NOT_ASSESSABLE,
        robust=True,
        fragile_by=(),
        statement=statement,
        claimed=claimed,
        by_source={},
        evidence={},
        missing=missing,
    )
