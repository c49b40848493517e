"""A border with the user's own sources: what is bundled, then what is registered, then what is given now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geoinc.boundaries.border import Border, BoundaryLine, open_border
from geoinc.boundaries.catalogue import Catalogue, load_catalogue
from geoinc.boundaries.own.reading import read_own_boundary, split_property
from geoinc.boundaries.own.registry import list_entries, open_registered
from geoinc.errors import MissingTerritoryError, UnknownBoundaryError
from geoinc.geodesy import Edges

__all__ = ["OwnFile", "borders_with_own", "open_border_with_own", "read_files"]


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A boundary file given for one run.

    Attributes
    ----------
    spec : str
        ``FILE`` or ``FILE::PROPERTY``.
    edges : Edges or None
        How its edges are read; None where its description says it.
    tolerance_m : float or None
        Gaps and overlaps that are accepted.
    """

    spec: str
    edges: Edges | None = None
    tolerance_m: float | None = None

    def document(self) -> dict[str, Any]:
        """Return it as a manifest holds it."""
        edges = None if self.edges is None else self.edges.value
        return {"file": self.spec, "edges": edges, "tolerance_m": self.tolerance_m}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> OwnFile:
        """Take it from a manifest."""
        edges, tolerance_m = document.get("edges"), document.get("tolerance_m")
        return cls(
            str(document["file"]),
            None if edges is None else Edges(edges),
            None if tolerance_m is None else float(tolerance_m),
        )

    def read(self, between: tuple[str, str], *, catalogue: Catalogue | None = None) -> BoundaryLine:
        """Read its line between two territories; see `read_own_boundary`."""
        file, name = split_property(self.spec)
        return read_own_boundary(
            file,
            between=between,
            edges=self.edges,
            property_name=name,
            tolerance_m=self.tolerance_m,
            catalogue=catalogue,
        )


def read_files(
    files: Sequence[OwnFile], borders: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], tuple[BoundaryLine, ...]]:
    """Read files for every border whose two territories they hold.

    Parameters
    ----------
    files : sequence of OwnFile
    borders : sequence of pairs of str

    Returns
    -------
    dict of pairs of str to tuple of BoundaryLine

    Raises
    ------
    MissingTerritoryError
        If a file holds none of the borders.
    """
    found: dict[tuple[str, str], list[BoundaryLine]] = {pair: [] for pair in borders}
    for file in files:
        missing: MissingTerritoryError | None = None
        served = False
        for pair in borders:
            try:
                found[pair].append(file.read(pair))
                served = True
            except MissingTerritoryError as error:
                missing = missing or error
        if missing is not None and not served:
            raise missing
    return {pair: tuple(lines) for pair, lines in found.items()}


def borders_with_own(catalogue: Catalogue | None = None) -> tuple[tuple[str, str], ...]:
    """Return the pairs of territories whose border is held, bundled ones first."""
    held = load_catalogue() if catalogue is None else catalogue
    bundled = tuple(held.borders)
    known = {frozenset(pair) for pair in bundled}
    own = dict.fromkeys(entry.pair for entry in list_entries() if frozenset(entry.pair) not in known)
    return (*bundled, *own)


def open_border_with_own(
    first: str,
    second: str,
    *,
    only: Sequence[str] | None = None,
    added: Sequence[BoundaryLine] = (),
    catalogue: Catalogue | None = None,
) -> Border:
    """Open a border with bundled, registered and given sources.

    Parameters
    ----------
    first, second : str
        ISO 3166-1 alpha-3 codes; signed distances are positive in the first.
    only : sequence of str, optional
        Ids of sources or of lineages to keep.
    added : sequence of BoundaryLine
        Lines of this border from the user's files.
    catalogue : Catalogue, optional
        Another catalogue than the bundled one.

    Raises
    ------
    UnknownBoundaryError
        If no source holds this border.
    BoundaryError
        If a name is taken.
    """
    held = load_catalogue() if catalogue is None else catalogue
    pair = (first.upper(), second.upper())
    own = (*open_registered(pair), *added)
    try:
        border = open_border(*pair, catalogue=held)
    except UnknownBoundaryError:
        if not own:
            raise
        border = Border(pair, held, ())
    for line in own:
        border = border.with_source(line)
    return border if only is None else border.only(only)
