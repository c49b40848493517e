"""How fast and how right ways of measuring the distance to a border are, side by side: ``python -m benchmarks``."""
