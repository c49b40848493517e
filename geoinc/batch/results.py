"""The columns that a batch adds, row by row, and what is counted of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geoinc.batch.chunks import Chunk
from geoinc.batch.measuring import OUTCOMES, Measured, Reason, Ruler
from geoinc.batch.places import Places, Plan, read_places
from geoinc.findings import Outcome

__all__ = ["ADDED", "Added", "Tally", "added_names", "as_texts", "is_text", "measure_chunk"]

ADDED: Final = (
    "territory",
    "signed_distance_m",
    "distance_m",
    "nearest_lon_deg",
    "nearest_lat_deg",
    "spread_m",
    "outcome",
    "problem",
)
_TEXT: Final = frozenset({"territory", "outcome", "problem"})
_SAID: Final = np.array([None, "unfit", "indeterminate", "consistent", "inconsistent"], dtype=object)
_OUTCOME: Final = np.array([outcome.value for outcome in OUTCOMES], dtype=object)
_NOT_ASSESSABLE: Final = OUTCOMES.index(Outcome.NOT_ASSESSABLE)


@dataclass(frozen=True, slots=True, eq=False)
class Added:
    """New columns for the rows of a chunk.

    Attributes
    ----------
    columns : dict of str to ndarray
        Floats (NaN is nothing) or objects (text or None), by the name without a prefix.
    reasons : ndarray of int
        A `Reason` for each row.
    """

    columns: dict[str, NDArray[Any]]
    reasons: NDArray[np.int8]


@dataclass(slots=True)
class Tally:
    """What is counted over a whole table.

    Attributes
    ----------
    rows : int
    outcomes, reasons : Counter
        By name.
    examples : dict of str to tuple
        For each reason the first row that has it, counted from 1, and what it says.
    """

    rows: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    examples: dict[str, tuple[int, str]] = field(default_factory=dict)

    def count(self, added: Added) -> None:
        """Count the rows of a chunk."""
        outcome, problem = added.columns["outcome"], added.columns["problem"]
        self.outcomes.update(outcome.tolist())
        for number in np.unique(added.reasons).tolist():
            if number == Reason.NONE:
                continue
            rows = np.flatnonzero(added.reasons == number)
            name = Reason(number).name.lower()
            self.reasons[name] += rows.size
            if name not in self.examples:
                self.examples[name] = (self.rows + int(rows[0]) + 1, str(problem[rows[0]]))
        self.rows += len(outcome)


def added_names(ruler: Ruler, *, by_source: bool) -> tuple[str, ...]:
    """Return the names of the columns that are added, in order.

    Examples
    --------
    >>> from geoinc.boundaries import open_border
    >>> added_names(Ruler(open_border("ROU", "UKR")), by_source=False) == ADDED
    True
    """
    return (*ADDED, *_source_names(ruler)) if by_source else ADDED


def _source_names(ruler: Ruler) -> Iterator[str]:
    yield "position_accuracy_m"
    for source in ruler.voices:
        yield f"signed_distance_m {source}"
        yield f"outcome {source}"


def is_text(name: str) -> bool:
    """Tell whether an added column holds text; the others hold numbers."""
    return name in _TEXT or name.startswith("outcome ")


def measure_chunk(ruler: Ruler, plan: Plan, chunk: Chunk, *, by_source: bool = False) -> Added:
    """Measure the rows of a chunk: the one function behind files and data frames.

    Parameters
    ----------
    ruler : Ruler
    plan : Plan
    chunk : Chunk
    by_source : bool
        Whether to add what each source says.

    Returns
    -------
    Added
        Columns as `added_names` gives them.
    """
    places = read_places(chunk, plan)
    found = ruler.measure(places.positions)
    reasons = np.zeros(chunk.count, dtype=np.int8)
    reasons[places.rows] = found.reason
    outcome = np.full(chunk.count, _NOT_ASSESSABLE, dtype=np.int8)
    outcome[places.rows] = found.outcome
    problem = np.full(chunk.count, None, dtype=object)
    _explain(problem, ruler, places, found)
    for texts, reason in ((places.unplaced, Reason.PLACE_UNKNOWN), (places.unreadable, Reason.UNREADABLE)):
        for row, why in texts.items():
            # A place outside the ground stays that, however well it is known.
            if reasons[row] != Reason.OUTSIDE:
                problem[row], reasons[row], outcome[row] = why, reason, _NOT_ASSESSABLE
    codes = np.array([None, *ruler.border.pair], dtype=object)
    rows, count = places.rows, chunk.count
    columns: dict[str, NDArray[Any]] = {
        "territory": _spread_out(codes[found.side], rows, count),
        "signed_distance_m": _spread_out(found.signed_distance_m, rows, count),
        "distance_m": _spread_out(found.distance_m, rows, count),
        "nearest_lon_deg": _spread_out(found.nearest_lon_deg, rows, count),
        "nearest_lat_deg": _spread_out(found.nearest_lat_deg, rows, count),
        "spread_m": _spread_out(found.spread_m, rows, count),
        "outcome": _OUTCOME[outcome],
        "problem": problem,
    }
    if by_source:
        accuracy = np.where(places.positions.accuracy_m > 0, places.positions.accuracy_m, np.nan)
        columns["position_accuracy_m"] = _spread_out(accuracy, rows, count)
        unknown = list(places.unplaced)
        for number, source in enumerate(ruler.voices):
            columns[f"signed_distance_m {source}"] = _spread_out(found.signed_by_voice_m[number], rows, count)
            said = _spread_out(_SAID[found.said_by_voice[number]], rows, count)
            said[unknown] = None
            columns[f"outcome {source}"] = said
    return Added(columns, reasons)


def _spread_out(values: NDArray[Any], rows: NDArray[np.intp], count: int) -> NDArray[Any]:
    """Values of some rows, with nothing in the others."""
    nothing: Any = None if values.dtype == object else np.nan
    whole: NDArray[Any] = np.full(count, nothing, dtype=values.dtype)
    whole[rows] = values
    return whole


def _explain(problem: NDArray[Any], ruler: Ruler, places: Places, found: Measured) -> None:
    """Write why a side cannot be assessed."""
    first, second = ruler.border.pair
    source = ruler.voices[0]
    texts = {
        Reason.NEITHER: f"the position lies in neither {first} nor {second} by {source}",
        Reason.BOTH: f"the ground of {first} and {second} overlaps here by {source}",
        Reason.CELL: "part of the cell of positions that print the same lies in neither of the two territories",
    }
    for reason, text in texts.items():
        problem[places.rows[found.reason == reason]] = text
    outside = np.flatnonzero(found.reason == Reason.OUTSIDE)
    if outside.size:
        lon, lat = places.positions.lon[outside], places.positions.lat[outside]
        fits = np.abs(lon) <= 90
        swapped = np.zeros(outside.size, dtype=bool)
        swapped[fits] = ruler.border[source].covers(lat[fits], lon[fits])
        plain = f"the position lies outside the ground that {source} covers"
        told = np.where(swapped, f"{plain}; exchanged, latitude and longitude would be inside: a likely swap", plain)
        problem[places.rows[outside]] = told


def as_texts(added: Added, names: Sequence[str]) -> list[list[str]]:
    """Return the added columns as a delimited text holds them: metres to the millimetre, degrees to nine places."""
    return [_texts(added.columns[name], name) for name in names]


def _texts(values: NDArray[Any], name: str) -> list[str]:
    if is_text(name):
        return ["" if value is None else value for value in values.tolist()]
    pattern = "%.9f" if name.endswith("_deg") else "%.3f"
    # Adding 0 takes the sign from what rounds to nothing.
    rounded = np.round(values, 9 if name.endswith("_deg") else 3) + 0.0
    return ["" if value != value else pattern % value for value in rounded.tolist()]  # noqa: PLR0124 - NaN alone
