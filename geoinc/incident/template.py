"""Incidents without a file of one's own: the bundled cases, and one position with one figure."""

from __future__ import annotations

import hashlib
import json
from types import MappingProxyType
from typing import Final

from geoinc.cases import case_bytes, case_names
from geoinc.claims import BorderDistanceClaim, Claim, Incident, Party, Point, PositionClaim, WithinClaim
from geoinc.errors import UsageError
from geoinc.notation import Reading
from geoinc.quantities import Quantity

__all__ = ["case_names", "example_text", "incident_from_position"]

_PARTY: Final = Party("stated", "the claimant", None)
_POINT: Final = Point("position", "place in question")


def example_text(name: str) -> str:
    """Return the text of a bundled case, to read or to begin one's own from.

    Parameters
    ----------
    name : str
        One of :func:`case_names`.

    Raises
    ------
    InputError
        If no case of this name is bundled.

    Examples
    --------
    >>> example_text("tz-98d").isascii()
    False
    """
    return case_bytes(name).decode("utf-8")


def incident_from_position(
    reading: Reading,
    border: tuple[str, str],
    *,
    claimed: Quantity | None = None,
    territory: str | None = None,
    name: str = "Stated position",
) -> Incident:
    """Return the incident of one printed position and, perhaps, one figure about it.

    Parameters
    ----------
    reading : Reading
        The position.
    border : pair of str
        The territories on its two sides.
    claimed : Quantity, optional
        A distance to the border.
    territory : str, optional
        Whose ground it is said to be on: part of the claim about `claimed`, or a claim of its own.
    name : str
        Title of the incident.

    Returns
    -------
    Incident
        Of a party without ground of its own; ``sha256`` is that of the arguments, as there is no file.

    Raises
    ------
    UsageError
        If `territory` is not one of the two.
    """
    if territory is not None and territory not in border:
        raise UsageError(f"{territory} is not in the border {'-'.join(border)}: name one of the two")
    claims: list[Claim] = [
        PositionClaim(
            id="stated-position",
            party=_PARTY.id,
            kind="position",
            tag="S1",
            text=reading.source_text,
            point=_POINT.id,
            reading=reading,
        )
    ]
    if claimed is not None:
        claims.append(
            BorderDistanceClaim(
                id="stated-distance",
                party=_PARTY.id,
                kind="border_distance",
                tag="S2",
                text=claimed.text,
                point=_POINT.id,
                distance=claimed,
                territory=territory,
                border=border,
            )
        )
    elif territory is not None:
        claims.append(
            WithinClaim(
                id="stated-territory",
                party=_PARTY.id,
                kind="within",
                tag="S2",
                point=_POINT.id,
                territory=territory,
                border=border,
            )
        )
    return Incident(
        id="stated-position",
        title=name,
        borders=(border,),
        parties=MappingProxyType({_PARTY.id: _PARTY}),
        references=MappingProxyType({}),
        points=MappingProxyType({_POINT.id: _POINT}),
        claims=tuple(claims),
        sha256=_hash_arguments(reading, border, claimed, territory),
    )


def _hash_arguments(reading: Reading, border: tuple[str, str], claimed: Quantity | None, territory: str | None) -> str:
    arguments = {
        "position": reading.source_text,
        "accuracy_m": reading.accuracy_m,
        "border": border,
        "claimed": None if claimed is None else [claimed.text, str(claimed.precision), str(claimed.interval)],
        "territory": territory,
    }
    return hashlib.sha256(json.dumps(arguments, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
