"""Error against cost, as a picture: the same measurements give the same bytes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.lines import LINES
from benchmarks.truth import READINGS
from benchmarks.ways.way import Way

__all__ = ["save_plot"]

PANELS = {"osm": "OpenStreetMap, longest edge 19 km", "coarse": "16 edges, longest edge 750 km"}
OWN, OTHER = "#0b5394", "#6b6b6b"


def save_plot(ways: Sequence[Way], measured: Mapping[str, Any], path: Path) -> None:
    """Draw greatest error over cost, both logarithmic, one panel for each line; numbers name the ways."""
    import matplotlib as mpl  # noqa: PLC0415 (only this file needs it)
    from matplotlib.figure import Figure  # noqa: PLC0415

    shown = [way for way in ways if way.id in measured]
    settings: Any = {"svg.hashsalt": "geoinc", "svg.fonttype": "path", "font.family": "DejaVu Sans", "font.size": 9}
    with mpl.rc_context(settings):
        figure = Figure(figsize=(11.5, 9.4), layout="constrained")
        panels = figure.subplots(1, len(LINES), sharex=True, sharey=True)
        for panel, name in zip(panels, LINES, strict=True):
            _draw(panel, shown, measured, name)
        panels[0].set_ylabel("greatest error within 200 km, metres")
        handles = [panels[0].plot([], [], " ")[0] for _ in shown]
        labels = [f"{number}  {way.name.replace('**', '').replace('`', '')}" for number, way in enumerate(shown, 1)]
        legend = figure.legend(
            handles, labels, loc="outside lower center", ncols=2, frameon=False, handlelength=0, handletextpad=0
        )
        for way, text in zip(shown, legend.get_texts(), strict=True):
            text.set_color(OWN if way.own else "black")
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})


def _draw(panel: Any, shown: Sequence[Way], measured: Mapping[str, Any], name: str) -> None:
    places = {}
    for number, way in enumerate(shown, 1):
        error = min(
            math.inf if math.isnan(each) else each
            for each in (measured[way.id]["error"][name][reading]["max_m"] for reading in READINGS)
        )
        places[number] = (measured[way.id]["cost"][name]["median"], error, way.own)
    panel.set(xscale="log", yscale="log", title=PANELS[name])
    panel.set_xlabel("CPU time of a position, in calls of Geod.inv")
    panel.grid(visible=True, which="major", color="#dddddd", linewidth=0.6)
    panel.set_axisbelow(True)
    for cost, error, own in places.values():
        panel.plot(cost, error, "o" if own else "s", color=OWN if own else OTHER, markersize=7 if own else 5)
    for number, (x, y) in _labels({number: place[:2] for number, place in places.items()}).items():
        cost, error, own = places[number]
        panel.annotate(
            str(number),
            (cost, error),
            xytext=(x, y),
            textcoords="offset points",
            color=OWN if own else "black",
            fontweight="bold" if own else "normal",
            ha="center",
            va="center",
            arrowprops={"arrowstyle": "-", "color": "#999999", "linewidth": 0.5, "shrinkA": 5, "shrinkB": 2},
        )


def _labels(places: Mapping[int, tuple[float, float]]) -> dict[int, tuple[float, float]]:
    """Choose for each number an offset in points where it meets no mark and no other number."""
    scale_x, scale_y = 52.0, 28.0
    marks = {number: (math.log10(x) * scale_x, math.log10(y) * scale_y) for number, (x, y) in places.items()}
    taken: list[tuple[float, float]] = []
    chosen = {}
    for number, (x, y) in marks.items():
        options = [
            (reach * math.cos(turn), reach * math.sin(turn))
            for reach in (11.0, 18.0, 26.0, 36.0, 48.0)
            for turn in (math.tau * step / 12 for step in (1, 2, 11, 5, 7, 3, 9, 0, 6, 4, 8, 10))
        ]
        near = [*(at for other, at in marks.items() if other != number), *taken]
        room = [min((math.dist((x + dx, y + dy), at) for at in near), default=math.inf) for dx, dy in options]
        best = next((item for item, free in enumerate(room) if free >= 11.0), room.index(max(room)))
        dx, dy = options[best]
        taken.append((x + dx, y + dy))
        chosen[number] = (dx, dy)
    return chosen
