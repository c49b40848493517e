"""What the opening view shows: one rule for every party."""

from __future__ import annotations

from geoinc.render.roles import Cast

__all__ = ["first_connectors", "still_claims"]


def still_claims(cast: Cast) -> frozenset[int]:
    """Return the claims whose ground is shown at first: of each party, the first with a band or a ribbon.

    One rule for all parties keeps the opening view readable; the legend shows the rest.
    """
    chosen: dict[str, int] = {}
    drawn = {region.claim for region in cast.data.regions if region.style != "beyond"}
    for claim in cast.data.incident.claims:
        if claim.id in drawn:
            chosen.setdefault(claim.party, cast.claim_number(claim.id))
    return frozenset(chosen.values())


def first_connectors(cast: Cast) -> frozenset[int]:
    """Return the positions whose shortest way is drawn at first: each party's first."""
    chosen: dict[str, int] = {}
    for claim in cast.positions:
        chosen.setdefault(claim.party, cast.claim_number(claim.id))
    return frozenset(chosen.values())
