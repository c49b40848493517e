"""What is not known of a distance, ingredient by ingredient, and how far it reaches."""

from geoinc.uncertainty.budget import Budget, BudgetRow, Component, Distribution, expanded_m

__all__ = ["Budget", "BudgetRow", "Component", "Distribution", "expanded_m"]
