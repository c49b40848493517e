"""The measurements as tables: for a terminal and for the docs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.lines import LINES, TITLES
from benchmarks.sentences import Sentence
from benchmarks.truth import READINGS
from benchmarks.ways.way import Way

__all__ = ["tell_sentences", "write_tables", "write_versions"]

HEAD = ("way", "reads edges as", *(f"error, {reading} edges" for reading in READINGS), "times `Geod.inv`", "positions")


def write_tables(ways: Sequence[Way], measured: Mapping[str, Any], missing: Mapping[str, str]) -> str:
    """Write one Markdown table for each line; errors are greatest / 99 % / median."""
    parts = []
    for name in LINES:
        rows = [_row(way, name, measured[way.id]) for way in ways if way.id in measured]
        rows += [
            (way.name, way.edges, f"not measured: {missing[way.id]}", "", "", "") for way in ways if way.id in missing
        ]
        parts.append(f"### {TITLES[name]}\n\n{_aligned([HEAD, *rows])}")
    return "\n\n".join(parts)


def _row(way: Way, name: str, figures: Mapping[str, Any]) -> tuple[str, ...]:
    error, cost = figures["error"][name], figures["cost"][name]
    return (
        way.name,
        way.edges,
        *(" / ".join(metres(error[reading][key]) for key in ("max_m", "p99_m", "median_m")) for reading in READINGS),
        f"{times(cost['median'])} ({times(cost['low'])}-{times(cost['high'])})",
        f"{error['count']:,}; {cost['count']:,}",
    )


def metres(value: float) -> str:
    """Write an error with its unit, two digits."""
    if math.isnan(value):
        return "none"
    if value >= 1000:
        return f"{value / 1000:.2g} km" if value < 99_500 else f"{value / 1000:.0f} km"
    if value >= 1:
        return f"{float(f'{value:.2g}'):g} m"
    if value >= 1e-3:
        return f"{float(f'{value * 1e3:.2g}'):g} mm"
    return f"{float(f'{value * 1e6:.2g}'):g} µm" if value >= 1e-6 else f"{float(f'{value * 1e9:.2g}'):g} nm"


def times(value: float) -> str:
    """Write a cost, two digits below a hundred and no more than whole numbers above."""
    return f"{value:.1f}" if value < 99.5 else f"{float(f'{value:.3g}'):,.0f}"


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    written = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    written.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(written)


def tell_sentences(sentences: Sequence[Sentence]) -> str:
    """Write each claim with whether it holds, and its figures below."""
    words = {True: "holds", False: "DOES NOT HOLD", None: "cannot be told"}
    return "\n".join(
        "\n".join([f"- {each.claim} **{words[each.holds]}**", *(f"  - {figure}" for figure in each.figures)])
        for each in sentences
    )


def write_versions(measured: Mapping[str, Any]) -> str:
    """List every package with the version that was measured."""
    found = {package: version for figures in measured.values() for package, version in figures["versions"].items()}
    return ", ".join(f"{package} {found[package]}" for package in sorted(found, key=str.lower))
