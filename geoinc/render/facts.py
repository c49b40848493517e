"""Evidence, options and the manifest as rows of words: what each figure of a result is called on the page."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, Final

from geoinc.messages import join, number, say, say_as
from geoinc.render import words

__all__ = ["COMMA", "NAMES", "THEN", "WORKINGS", "table_of"]

COMMA: Final = say_as("between two parts", ", ")
THEN: Final = say_as("between two parts", "; ")
"""Stands between parts in a row that hold commas themselves."""

WORKINGS: Final = frozenset(
    {
        "alternatives_m",
        "before",
        "cannot_be_ordered",
        "changes",
        "contradicted",
        "exact_m",
        "left_out",
        "montecarlo",
        "smallest_set",
        "tests",
        "utc",
        "without_boundary",
        "would_cover",
    }
)
"""Evidence whose gist stands in the statement: the page leaves its figures to the exports and the explanation."""

NAMES: Final[dict[str, str]] = {
    "all": say("all"),
    "altitude": say("altitude"),
    "altitude_stated": say("altitude stated"),
    "apart": say("apart"),
    "area": say("area"),
    "azimuth": say("azimuth"),
    "boundary": say("boundary"),
    "between_positions": say("between positions"),
    "conditions": say("conditions"),
    "coverage": say("coverage"),
    "covered": say("covered"),
    "difference_at_least": say("difference at least"),
    "direction": say("direction"),
    "crossings": say("crossings"),
    "distance": say("distance"),
    "elapsed": say("elapsed"),
    "extent": say("extent"),
    "file": say("file"),
    "fit_share": say("fit share"),
    "id": say("id"),
    "input": say("input"),
    "inside": say("inside"),
    "lean": say("lean"),
    "length": say("length"),
    "least_distance": say("least distance"),
    "least_length": say("least length"),
    "least_mean_speed": say("least mean speed"),
    "margin": say("margin"),
    "model_margin": say("model margin"),
    "offset_at_most": say("offset at most"),
    "only": say("only"),
    "options": say("options"),
    "outside": say("outside"),
    "place_to_border": say("place to border"),
    "edges": say("edges"),
    "positions": say("positions"),
    "precision": say("precision"),
    "sense": say("sense"),
    "separation_at_most": say("separation at most"),
    "shortfall": say("shortfall"),
    "software": say("software"),
    "spread": say("spread"),
    "straight_way_outside": say("straight way outside"),
    "territory": say("territory"),
    "tolerance": say("tolerance"),
    "uncertainty": say("uncertainty"),
    "value": say("value"),
    "values": say("values"),
}
"""What the figures of a result are called, by their keys without the unit; a key that is not here stands as it is."""


VALUES: Final[dict[str, str]] = {
    **{sense.value: text for sense, text in words.SENSES.items()},
    **{edges.value: text for edges, text in words.EDGES.items()},
    **{precision.value: text for precision, text in words.PRECISIONS.items()},
    "unknown": say("unknown"),
}
"""Values that are words of the program."""

UNSET: Final[dict[str, str]] = {
    "edges": say("as each source declares"),
    "only": say("all boundary sources"),
    "precision": say("as the case declares"),
}
"""What holds where an option was not given."""


def table_of(values: Mapping[str, Any], names: Mapping[str, str] | None = None) -> tuple[tuple[str, str], ...]:
    """Return a JSON-ready mapping as rows of words; an inner mapping without another inside makes one row.

    A key that ends in a unit gives its values that unit; in ``a_deg_by_b_m`` the values are degrees and the
    inner keys metres.

    Parameters
    ----------
    values : mapping
    names : mapping of str to str, optional
        What to call a key, by id.

    Examples
    --------
    >>> table_of({"spread_m": 1190.0, "inner": {"a_b": [1, 2]}})
    (('spread', '1.19 km'), ('inner', 'a b: 1; 2'))
    >>> table_of({"lean_deg_by_altitude_m": {"3000": 8.36}})
    (('lean', 'altitude 3.00 km: 8.4°'),)
    """
    return tuple(_rows(values, names or {}, "", outer=True))


def _rows(
    values: Mapping[str, Any], names: Mapping[str, str], unit: str, *, outer: bool = False
) -> Iterable[tuple[str, str]]:
    for key, held in values.items():
        value = _options(held) if outer and key == "options" else held
        whole, _, by = str(key).partition("_by_")
        name, own = _unit_of(whole)
        own = own or unit
        # Ids stand inside; the outermost keys are the program's own, whatever a case calls its points.
        label = (None if outer else names.get(str(key))) or _called(name)
        if not isinstance(value, Mapping):
            yield label, _plain(value, own, names)
            continue
        by_name, by_unit = _unit_of(by)
        inside = []
        for inner, text in _rows(value, names, own):
            called = inner
            if by_unit and inner.replace(".", "", 1).isdigit():
                called = say("{name} {value}", name=_called(by_name), value=_plain(float(inner), by_unit, names))
            inside.append((called, text))
        if any(isinstance(each, Mapping) for each in value.values()):
            yield from ((say("{name}, {part}", name=label, part=inner), text) for inner, text in inside)
        else:
            yield label, join([say("{name}: {value}", name=inner, value=text) for inner, text in inside], THEN)


def _called(name: str) -> str:
    return NAMES.get(name) or name.replace("_", " ")


def _unit_of(key: str) -> tuple[str, str]:
    for suffix, unit in (("_m_s", "m/s"), ("_m2", "m2"), ("_m", "m"), ("_deg", "deg"), ("_s", "s")):
        if key.endswith(suffix):
            return key.removesuffix(suffix), unit
    return key, ""


def _options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Options with what holds where one was not given, as far as anything does."""
    found: dict[str, Any] = {}
    for name, value in options.items():
        if value in (None, [], ()):
            if name in UNSET:
                found[name] = UNSET[name]
        elif isinstance(value, list | tuple):
            found[name] = [_options(each) if isinstance(each, Mapping) else each for each in value]
        else:
            found[name] = value
    return found


def _plain(value: Any, unit: str, names: Mapping[str, str]) -> str:
    if isinstance(value, Mapping):
        return join(
            [say("{name}: {value}", name=label, value=text) for label, text in _rows(value, names, unit)], COMMA
        )
    if isinstance(value, list | tuple):
        return join([_plain(each, unit, names) for each in value], THEN) if value else say("none")
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if value is None:
        return say("none")
    if isinstance(value, float | int) and math.isfinite(value):
        return _figure(value, unit)
    return VALUES.get(value) or names.get(value, value) if isinstance(value, str) else str(value)


def _figure(value: float, unit: str) -> str:
    if unit:
        return words.length(value) if unit == "m" else words.figure(value, unit)
    return number(value if isinstance(value, int) else f"{value:.10g}", minus="-")
