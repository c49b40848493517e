"""``geoinc boundaries compare``: how far the drawings of one border lie apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import click

from geoinc import api
from geoinc.boundaries import (
    Border,
    Comparison,
    EdgeGap,
    LineShape,
    Near,
    Place,
    Stretch,
    Weigh,
    compare_border,
    covered_region,
    describe_line,
    edge_gaps,
)
from geoinc.cli import options
from geoinc.cli.output import write_data, write_text
from geoinc.cli.sheet import Sheet
from geoinc.errors import BoundaryError, UsageError
from geoinc.export.comparison import comparison_document, gap_document, place_document, shape_document
from geoinc.export.document import to_json
from geoinc.geodesy import Edges
from geoinc.notation import Reading, format_position
from geoinc.quantities import format_distance, read_quantity

__all__ = ["add_comparisons", "add_edge_gaps", "add_shapes", "command"]

NOTHING = "-"
DEFAULT_RADIUS_M = 100_000.0


@dataclass(frozen=True, slots=True)
class _Result:
    border: Border
    names: tuple[str, ...]
    window: Near | Stretch | None
    edges: Edges | None
    weigh: Weigh
    shapes: tuple[LineShape, ...]
    comparisons: tuple[Comparison, ...]
    gaps: tuple[tuple[EdgeGap, ...], ...]


@click.command("compare", cls=options.PrintedTextCommand)
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--near", metavar="POSITION", help='Look only at what lies near here: "20N 3E".')
@click.option("--radius", metavar="DISTANCE", help="How near, with --near. [default: 100 km]")
@click.option(
    "--along",
    nargs=2,
    metavar="POSITION POSITION",
    help="Look only at the stretch of each line between the points of it that are nearest to these two.",
)
@click.option("--vintages", is_flag=True, help="Take every source, not one for each lineage.")
@click.option(
    "--weigh",
    type=click.Choice([each.value for each in Weigh]),
    default=Weigh.LENGTH.value,
    help="What counts the same in mean and percentile: each metre of a line, or each vertex and each point between "
    "that leaves no gap of more than 50 m. [default: length]",
)
@options.as_json
@options.only
@options.edges
def command(
    *,
    first: str,
    second: str,
    near: str | None,
    radius: str | None,
    along: tuple[str, str] | None,
    vintages: bool,
    weigh: str,
    as_json: bool,
    only: tuple[str, ...],
    edges: str | None,
) -> None:
    """Compare the lines of every two sources of the border between A and B.

    Distances run along the ellipsoid from points of one line, 100 m apart at most, to the nearest point of the other,
    both ways. The greatest is exact to 1 m, with its place.
    """
    border = api.boundary(first.upper(), second.upper(), only=only or None)
    region = covered_region([border.pair])
    window = _window(near, radius, along, region)
    names = tuple(border) if vintages or only else tuple(border[lineage].source.id for lineage in border.lineages)
    read_as = Edges(edges) if edges else None
    result = _Result(
        border,
        names,
        window,
        read_as,
        Weigh(weigh),
        tuple(describe_line(border[name]) for name in names),
        compare_border(border, names, window=window, edges=read_as, weigh=Weigh(weigh)),
        tuple(edge_gaps(border[name], window=window) for name in names),
    )
    if window is not None and not any(result.gaps):
        raise BoundaryError(
            f"no source of the border {'-'.join(border.pair)} has a line {_where(window)}; take another place, or a "
            "larger radius"
        )
    if as_json:
        write_data(to_json(_document(result)))
    else:
        write_text(_page(result))


def _window(
    near: str | None,
    radius: str | None,
    along: tuple[str, str] | None,
    region: tuple[float, float, float, float] | None,
) -> Near | Stretch | None:
    if near is not None and along is not None:
        raise UsageError("--near and --along are two ways to choose a part of the border: give one of them")
    if along is not None:
        start, end = (_position(text, region) for text in along)
        return Stretch(Place(start.lon_deg, start.lat_deg), Place(end.lon_deg, end.lat_deg))
    if near is None:
        if radius is not None:
            raise UsageError("--radius needs --near: say around which position")
        return None
    place = _position(near, region)
    return Near(place.lon_deg, place.lat_deg, DEFAULT_RADIUS_M if radius is None else _length_m(radius))


def _position(text: str, region: tuple[float, float, float, float] | None) -> Reading:
    return api.read_position(text, region=region)


def _length_m(text: str) -> float:
    found = read_quantity(text)
    length_m = (found.interval.low + found.interval.high) / 2
    if found.bound != "value" or length_m <= 0:
        raise UsageError(f"--radius {text}: give one length above 0, as 100 km")
    return length_m


def _where(window: Near | Stretch) -> str:
    if isinstance(window, Near):
        return (
            f"within {format_distance(window.radius_m, decimals=0)} of {_place(Place(window.lon_deg, window.lat_deg))}"
        )
    return f"between the points nearest to {_place(window.start)} and {_place(window.end)}"


def _place(place: Place) -> str:
    return format_position(place.lon_deg, place.lat_deg, notation="decimal", resolution=0.001)


def _page(result: _Result) -> str:
    sheet = Sheet()
    part = "" if result.window is None else f", {_where(result.window)}"
    sheet.heading(f"{'-'.join(result.border.pair)}: {len(result.names)} sources compared{part}")
    sheet.blank()
    sheet.heading("Lines, whole")
    add_shapes(sheet, result.names, result.shapes)
    sheet.blank()
    sheet.heading("Apart")
    add_comparisons(sheet, result.border, result.comparisons)
    sheet.blank()
    sheet.heading("How far a line moves when its edges are read another way")
    add_edge_gaps(sheet, result.names, result.gaps)
    return sheet.text()


def add_shapes(sheet: Sheet, names: Sequence[str], shapes: Sequence[LineShape]) -> None:
    """Add the table of the lines themselves: vertices, lengths, spacing, ends."""
    rows = [
        (
            name,
            str(shape.vertices),
            f"{shape.length_m / 1000:.1f} km",
            " / ".join(
                f"{value / 1000:.2f}" for value in (shape.spacing_median_m, shape.spacing_mean_m, shape.spacing_max_m)
            ),
        )
        for name, shape in zip(names, shapes, strict=True)
    ]
    columns = ("Source", "Vertices", "Length", "Edges: median / mean / longest, km")
    sheet.table(columns, rows, indent=2, right=columns[1:])


def add_comparisons(sheet: Sheet, border: Border, comparisons: Sequence[Comparison]) -> None:
    """Add the table of every two lines, and its legend."""
    rows: list[tuple[str, ...]] = []
    correlated = False
    for each in comparisons:
        shared = border[each.other].source.lineage in border[each.one].source.correlated_with
        correlated = correlated or shared
        greatest = each.greatest
        if greatest is None or each.mean_m is None or each.percentile_95_m is None:
            rows.append((each.one, each.other, NOTHING, NOTHING, NOTHING, "no line there"))
            continue
        figures = (format_distance(value) for value in (each.mean_m, each.percentile_95_m, greatest.maximum_m))
        rows.append((each.one, f"{each.other}{'*' if shared else ''}", *figures, _place(greatest.place)))
    sheet.table(
        ("One", "Other", "Mean", "95 %", "Greatest", "There"), rows, indent=2, right=("Mean", "95 %", "Greatest")
    )
    legend = "Mean of both directions; the larger of their 95th percentiles; the greatest distance (Hausdorff)."
    sheet.paragraph(f"{legend}{' * may share an origin.' if correlated else ''}", indent=2, dim=True)


def add_edge_gaps(sheet: Sheet, names: Sequence[str], gaps: Sequence[Sequence[EdgeGap]]) -> None:
    """Add the table of the readings of edges."""
    pairs = (
        (Edges.GEODESIC, Edges.PLANAR),
        (Edges.GEODESIC, Edges.RHUMB),
        (Edges.PLANAR, Edges.RHUMB),
    )
    rows = []
    for name, found in zip(names, gaps, strict=True):
        by_pair = {(gap.one, gap.other): gap for gap in found}
        widest = max(found, key=lambda gap: gap.gap_m, default=None)
        rows.append(
            (
                name,
                *(format_distance(by_pair[pair].gap_m) if pair in by_pair else NOTHING for pair in pairs),
                NOTHING if widest is None else f"{format_distance(widest.chord_m)}, {_place(widest.place)}",
            )
        )
    columns = [f"{one.value}, {other.value}" for one, other in pairs]
    sheet.table(("Source", *columns, "Widest on an edge of"), rows, indent=2, right=columns)


def _document(result: _Result) -> dict[str, Any]:
    return {
        "border": list(result.border.pair),
        "window": _window_document(result.window),
        "edges": None if result.edges is None else result.edges.value,
        "weigh": result.weigh.value,
        "lines": [
            {"source": name, "lineage": result.border[name].source.lineage} | shape_document(shape)
            for name, shape in zip(result.names, result.shapes, strict=True)
        ],
        "comparisons": [comparison_document(result.border, each) for each in result.comparisons],
        "edge_readings": [
            {"source": name, "gaps": [gap_document(gap) for gap in gaps]}
            for name, gaps in zip(result.names, result.gaps, strict=True)
        ],
    }


def _window_document(window: Near | Stretch | None) -> dict[str, Any] | None:
    if window is None:
        return None
    if isinstance(window, Near):
        return {"lon_deg": window.lon_deg, "lat_deg": window.lat_deg, "radius_m": window.radius_m}
    return {"start": place_document(window.start), "end": place_document(window.end)}
