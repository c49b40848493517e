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

__all__ = [
    "COVERAGE",
    "COVERAGE_FACTOR",
    "Budget",
    "BudgetRow",
    "Component",
    "Distribution",
    "expanded_m",
    "make_budget",
    "rectangular",
    "shown_row",
]
