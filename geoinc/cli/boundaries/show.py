"""``geoinc boundaries show``: one source, or the border of two territories."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from geoinc import api
from geoinc.boundaries import Border, BorderSketch, LocalAccuracy, Place, sketch_border, special_lines_between
from geoinc.cli import options
from geoinc.cli.boundaries.compare import add_comparisons, add_edge_gaps
from geoinc.cli.boundaries.sources import add_source, find_source, scale, source_document
from geoinc.cli.output import write_data, write_message, write_text
from geoinc.cli.sheet import Sheet
from geoinc.errors import UsageError
from geoinc.export.comparison import comparison_document, gap_document, shape_document
from geoinc.export.document import to_json
from geoinc.notation import format_position
from geoinc.quantities import format_distance

__all__ = ["command"]

MOST_ENDS = 6


@click.command("show")
@click.argument("names", nargs=-1, required=True, metavar="SOURCE | A B")
@click.option(
    "--map",
    "map_file",
    type=options.OutputFile(".svg", ".html"),
    metavar="OUT.svg|OUT.html",
    help="Also write a small map of the border, one line for each lineage.",
)
@options.as_json
def command(*, names: tuple[str, ...], map_file: Path | None, as_json: bool) -> None:
    """Show one source, or the border of two territories.

    Of a border: the sources that draw it, how long each line is and where it ends, how far they lie apart, how good
    each is, and what another reading of the edges would change.
    """
    if len(names) == 1:
        if map_file is not None:
            raise UsageError("--map draws a border: give the codes of two territories")
        source = find_source(names[0])
        if as_json:
            write_data(to_json(source_document(source)))
        else:
            sheet = Sheet()
            add_source(sheet, source)
            write_text(sheet.text())
        return
    if len(names) != 2:
        raise UsageError("show takes the id of a source, or the codes of two territories")
    border = _border(names[0], names[1])
    sketch = sketch_border(border)
    if map_file is not None:
        from geoinc.render.border_map import save_border_map  # noqa: PLC0415 - drawing is loaded only for a map

        save_border_map(border, map_file, notes=sketch.remarks)
    if as_json:
        write_data(to_json(_border_document(sketch)))
    else:
        sheet = Sheet()
        _add_border(sheet, sketch)
        write_text(sheet.text())
    if map_file is not None:
        write_message(f"wrote {map_file}")


def _border(first: str, second: str) -> Border:
    return api.boundary(first.upper(), second.upper())


def _add_border(sheet: Sheet, sketch: BorderSketch) -> None:
    border = sketch.border
    sheet.heading(f"{'-'.join(border.pair)}: {len(border)} sources of {len(border.lineages)} lineages")
    sheet.table(
        ("Source", "Lineage", "Vintage", "Scale", "Vertices", "Length", "Edges"),
        [
            (
                name,
                border[name].source.lineage,
                border[name].source.vintage,
                scale(border[name].source),
                str(shape.vertices),
                f"{shape.length_m / 1000.0:.1f} km",
                border[name].source.edges.value,
            )
            for name, shape in sketch.shapes.items()
        ],
        indent=2,
        right=("Scale", "Vertices", "Length"),
    )
    sheet.blank()
    sheet.heading("Ends of the line")
    for name in sketch.voices:
        ends = sketch.shapes[name].ends
        text = "; ".join(_end(sketch, end) for end in ends[:MOST_ENDS])
        more = f"; and {len(ends) - MOST_ENDS} more, of {len(ends) // 2} parts" if len(ends) > MOST_ENDS else ""
        sheet.paragraph(text + more, label=f"{name} ", indent=2, hanging=18)
    sheet.blank()
    sheet.heading("Accuracy (95 %), along the whole border")
    for name in sketch.voices:
        found = sketch.accuracies[name]
        text = "unknown" if found is None else f"{format_distance(found.value_m)}, {found.basis}: {found.detail}"
        sheet.paragraph(text, label=f"{name} ", indent=2, hanging=18)
    if sketch.comparisons:
        sheet.blank()
        sheet.heading("Apart, one source for each lineage")
        add_comparisons(sheet, border, sketch.comparisons)
    sheet.blank()
    sheet.heading("How far a line moves when its edges are read another way")
    add_edge_gaps(sheet, sketch.voices, [sketch.gaps[name] for name in sketch.voices])
    sheet.blank()
    sheet.heading("To be known")
    for remark in sketch.remarks:
        sheet.paragraph(remark, indent=2, hanging=2)
    for name in sketch.voices:
        sheet.paragraph(border[name].source.ancestry, label=f"{name} ", indent=2, hanging=18)
    sheet.blank()
    sheet.heading("Licences")
    for licence in dict.fromkeys(source.licence for source in border.sources):
        names = [source.id for source in border.sources if source.licence == licence]
        sheet.paragraph(f"{licence}: {', '.join(names)}", indent=2, hanging=2)
    sheet.blank()
    sheet.paragraph(
        "geoinc boundaries show SOURCE tells where one comes from, and under which licence; geoinc boundaries compare "
        "looks at a part of the border.",
        indent=2,
        dim=True,
    )


def _end(sketch: BorderSketch, end: Place) -> str:
    here = format_position(end.lon_deg, end.lat_deg, notation="decimal", resolution=0.0001)
    third = sketch.third_at(end)
    return f"{here}, {f'near {third}' if third else 'no third territory near'}"


def _border_document(sketch: BorderSketch) -> dict[str, Any]:
    border = sketch.border
    sources = []
    for name, shape in sketch.shapes.items():
        line = border[name]
        west, south, east, north = line.window.bounds
        figures = shape_document(shape)
        ends = [place | {"near": sketch.third_at(end)} for place, end in zip(figures["ends"], shape.ends, strict=True)]
        sources.append(
            source_document(line.source)
            | figures
            | {
                "ends": ends,
                "window_deg": [west, south, east, north],
                "edge_readings": [gap_document(gap) for gap in sketch.gaps.get(name, ())],
                "border_accuracy": _accuracy_document(sketch.accuracies.get(name)),
            }
        )
    return {
        "border": list(border.pair),
        "lineages": list(border.lineages),
        "sources": sources,
        "comparisons": [comparison_document(border, each) for each in sketch.comparisons],
        "special_lines": [
            {
                "name": line.name,
                "kind": line.kind.value,
                "drawn_by": line.drawn_by,
                "year": line.year,
                "source": f"Natural Earth {line.release}, 1:10m",
            }
            for line in special_lines_between(*border.pair)
        ],
        "remarks": list(sketch.remarks),
    }


def _accuracy_document(found: LocalAccuracy | None) -> dict[str, Any] | None:
    return None if found is None else {"value_m": found.value_m, "basis": found.basis, "detail": found.detail}
