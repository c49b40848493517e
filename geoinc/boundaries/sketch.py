"""A border at a glance: what its sources are like, how far apart they lie, what is to be known of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from geoinc.boundaries.accuracy import LocalAccuracy, assumed_accuracy, documented_accuracy
from geoinc.boundaries.border import Border, open_border
from geoinc.boundaries.catalogue import load_catalogue
from geoinc.boundaries.comparison import Comparison, Place, compare_border
from geoinc.boundaries.kinds import NEUTRAL_NOTE, SpecialLine, special_lines_between
from geoinc.boundaries.quality import EdgeGap, LineShape, describe_line, edge_gaps

__all__ = ["BorderSketch", "border_accuracy", "sketch_border"]

NOTHING_SPECIAL: Final = (
    "A land border: no part of it is classed as disputed, indefinite or a line of control in Natural Earth 1:10m "
    "(releases 3.0.0 and 4.1.0)."
)
_THIRD_WITHIN_DEG: Final = 0.5
_WITNESSES_NEEDED: Final = 3


@dataclass(frozen=True, slots=True)
class BorderSketch:
    """A border at a glance.

    Attributes
    ----------
    border : Border
    voices : tuple of str
        The source that speaks for each lineage.
    shapes : mapping of str to LineShape
        Of every source.
    gaps : mapping of str to tuple of EdgeGap
        What reading the edges another way changes, of every voice.
    comparisons : tuple of Comparison
        Of every two voices.
    accuracies : mapping of str to LocalAccuracy or None
        Of every voice, along the whole border.
    remarks : tuple of str
        Sentences to be known before the figures are used.
    """

    border: Border
    voices: tuple[str, ...]
    shapes: Mapping[str, LineShape]
    gaps: Mapping[str, tuple[EdgeGap, ...]]
    comparisons: tuple[Comparison, ...]
    accuracies: Mapping[str, LocalAccuracy | None]
    remarks: tuple[str, ...]
    _thirds: Mapping[str, BaseGeometry] = field(default_factory=dict, repr=False)

    def third_at(self, place: Place) -> str | None:
        """Return the third territory near an end of the line; None where none that is held comes near."""
        point = shapely.Point(place.lon_deg, place.lat_deg)
        near = {code: float(shapely.distance(shape, point)) for code, shape in self._thirds.items()}
        code = min(near, key=lambda each: (near[each], each), default=None)
        return code if code is not None and near[code] <= _THIRD_WITHIN_DEG else None


def sketch_border(border: Border) -> BorderSketch:
    """Look at a border as a whole.

    Examples
    --------
    >>> from geoinc.boundaries import open_border
    >>> sketch = sketch_border(open_border("MLI", "DZA"))
    >>> [sketch.third_at(end) for end in sketch.shapes["osm-2026c"].ends]
    ['MRT', 'NER']
    """
    voices = tuple(border[lineage].source.id for lineage in border.lineages)
    comparisons = compare_border(border, voices)
    return BorderSketch(
        border=border,
        voices=voices,
        shapes=MappingProxyType({name: describe_line(border[name]) for name in border}),
        gaps=MappingProxyType({name: edge_gaps(border[name]) for name in voices}),
        comparisons=comparisons,
        accuracies=MappingProxyType({name: border_accuracy(border, name, comparisons) for name in voices}),
        remarks=_remarks(border, voices),
        _thirds=_thirds(border),
    )


def _thirds(border: Border) -> dict[str, BaseGeometry]:
    """The lines of both territories with those that border on both, by the code of the third."""
    catalogue = load_catalogue()
    first, second = border.pair
    found: dict[str, BaseGeometry] = {}
    for code in sorted(set(catalogue.neighbours(first)) & set(catalogue.neighbours(second))):
        third = open_border(first, code, catalogue=catalogue)
        found[code] = third[next(iter(third))].line
    return found


def border_accuracy(border: Border, name: str, comparisons: tuple[Comparison, ...]) -> LocalAccuracy | None:
    """Return the accuracy of a source along the whole border, by the same order as at one place.

    Parameters
    ----------
    border : Border
    name : str
        A source, one of those compared.
    comparisons : tuple of Comparison
        Of the sources that speak for the lineages.

    Returns
    -------
    LocalAccuracy or None
        Documented; else, where three or more lineages hold the border, the smallest 95th percentile of the distance to
        another lineage; else assumed; None where it is unknown. A user's own source is no such other.
    """
    source = border[name].source
    witnesses = border.whole
    documented = documented_accuracy(source)
    if documented is not None:
        return documented
    found = {
        other: each.percentile_95_m
        for each in comparisons
        if name in (each.one, each.other)
        and each.percentile_95_m is not None
        and (other := each.other if each.one == name else each.one) in witnesses
    }
    if found and len(witnesses.lineages) >= _WITNESSES_NEEDED:
        best = min(found, key=lambda other: (found[other], other))
        detail = f"95 % of the whole line lies within {found[best]:.0f} m of {best}, which agrees best"
        if border[best].source.lineage in source.correlated_with:
            detail += "; the two may share an origin, and their errors with it"
        return LocalAccuracy(found[best], "corroborated", detail, found)
    return assumed_accuracy(border, source)


def _remarks(border: Border, voices: tuple[str, ...]) -> tuple[str, ...]:
    remarks: list[str] = []
    for lineage in border.lineages:
        vintages = [source.id for source in border.sources if source.lineage == lineage]
        if len(vintages) > 1:
            spoken = border[lineage].source.id
            remarks.append(f"{', '.join(vintages)} are one lineage and one witness: {spoken} speaks for it.")
    for name in voices:
        source = border[name].source
        shared = [other for other in source.correlated_with if other in border.lineages]
        if shared and name == min([name, *(border[other].source.id for other in shared)]):
            remarks.append(f"{source.lineage} and {', '.join(shared)} may share an origin: count them as one witness.")
    remarks += [f"{note}." for note in border.notes]
    special = dict.fromkeys(_special(line) for line in special_lines_between(*border.pair))
    return (*remarks, *special, NEUTRAL_NOTE if special else NOTHING_SPECIAL)


def _special(line: SpecialLine) -> str:
    drawn_by = "" if line.drawn_by is None else f", drawn by {line.drawn_by}"
    kind = line.kind.words
    return f"{kind[0].upper()}{kind[1:]}{drawn_by}: {line.name} (Natural Earth {line.release}, 1:10m)."
