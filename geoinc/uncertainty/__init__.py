"""What is not known of a distance, ingredient by ingredient, and how far it reaches."""

from geoinc.uncertainty.budget import (
    COVERAGE,
    COVERAGE_FACTOR,
    Budget,
    BudgetRow,
    Component,
    Distribution,
    expanded_m,
    make_budget,
    rectangular,
    shown_row,
)
from geoinc.uncertainty.datum import WGS_84, Datum, DatumShift, datum_shift, read_datum
from geoinc.uncertainty.montecarlo import Propagated, is_linear, propagate

__all__ = [
    "COVERAGE",
    "COVERAGE_FACTOR",
    "WGS_84",
    "Budget",
    "BudgetRow",
    "Component",
    "Datum",
    "DatumShift",
    "Distribution",
    "Propagated",
    "datum_shift",
    "expanded_m",
    "is_linear",
    "make_budget",
    "propagate",
    "read_datum",
    "rectangular",
    "shown_row",
]
