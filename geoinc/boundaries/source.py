"""A boundary source: where it comes from, under which licence, and how good it says it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from geoinc.geodesy import Edges

__all__ = ["Accuracy", "Package", "Source"]


@dataclass(frozen=True, slots=True)
class Accuracy:
    """A figure for the accuracy of a whole source.

    Attributes
    ----------
    value_m : float
        As the document gives it, in metres.
    coverage : float
        The share of positions that it covers, as the document gives it: 0.90 for a circular error at 90 %.
    value_95_m : float
        The same at 95 %, which is what geoinc combines.
    basis : str
        ``"documented"`` or ``"assumed"``.
    document : str
        Where the figure stands, or why it is assumed.
    """

    value_m: float
    coverage: float
    value_95_m: float
    basis: Literal["documented", "assumed"]
    document: str


@dataclass(frozen=True, slots=True)
class Package:
    """The registry package that a source was taken from."""

    registry: str
    name: str
    version: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A boundary data set.

    Attributes
    ----------
    id, lineage : str
        ``osm-2026c`` of the family ``osm``.
    title : str
        For people: "OpenStreetMap, July 2026".
    vintage : str
        When the geometry was current, as finely as it is known: ``2026-07``.
    scale_denominator : int or None
        Nominal scale 1 : n; None where the source states none.
    edges : Edges
        How its edges are to be read.
    accuracy : Accuracy or None
        Documented for the whole source; None where nothing is documented.
    licence, attribution : str
        SPDX expression, and the credit that must be shown.
    licence_file : str or None
        Path of the licence text, below the data folder.
    ancestry : str
        How the data came to be: surveyed, digitised, simplified, by whom.
    correlated_with : tuple of str
        Lineages that may share an origin with this one.
    package : Package or None
        None for a user's own file.
    file, sha256 : str
        Path below the data folder (or the user's path), and the hash of its bytes.
    simplified_m : float or None
        The tolerance to which the lines were simplified after the data were published: no point of them moved
        further. None where they were not, or nothing is known of it.
    own : bool
        Whether it is a user's own file and not bundled.
    notes : tuple of str
        For a user's own file: what was found in it that a reader of the result should know.
    description_sha256 : str or None
        For a user's own file: the hash of what was declared beside it; None where nothing was.
    """

    id: str
    lineage: str
    title: str
    vintage: str
    scale_denominator: int | None
    edges: Edges
    accuracy: Accuracy | None
    licence: str
    attribution: str
    licence_file: str | None
    ancestry: str
    correlated_with: tuple[str, ...]
    package: Package | None
    file: str
    sha256: str
    own: bool = False
    notes: tuple[str, ...] = ()
    description_sha256: str | None = None
    simplified_m: float | None = None
