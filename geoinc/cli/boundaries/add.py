"""``geoinc boundaries add``: a boundary file of the user's own, examined, copied and from then on a source."""

from __future__ import annotations

import click

from geoinc import api
from geoinc.boundaries.own import add_source, registry_folder, split_property
from geoinc.cli import options
from geoinc.cli.assessing import own_documents, tolerance_m
from geoinc.cli.output import write_data, write_message, write_text
from geoinc.cli.sheet import Sheet
from geoinc.errors import UsageError
from geoinc.export.document import to_json
from geoinc.geodesy import length_m

__all__ = ["command"]


@click.command("add")
@click.argument("words", nargs=-1, required=True, metavar="FILE[::PROPERTY]")
@click.option(
    "--between", nargs=2, required=True, callback=options.capitals, metavar="A B", help="The territories it parts."
)
@click.option("--id", "source_id", metavar="ID", help="What to call it. [default: as described, or the file's name]")
@options.tolerance
@options.edges
@options.as_json
def command(
    *,
    words: tuple[str, ...],
    between: tuple[str, str],
    source_id: str | None,
    tolerance: str | None,
    edges: str | None,
    as_json: bool,
) -> None:
    """Register a boundary FILE of your own.

    From then on it joins the sources of that border, marked as your own. FILE is examined as with --boundary; a
    description may stand beside it.
    """
    file, property_name = split_property(
        "".join(words) if len(words) == 2 and words[1].startswith("::") else _one(words)
    )
    line = api.read_boundary(
        file,
        between=between,
        edges=edges,
        property_name=property_name,
        tolerance_m=tolerance_m(tolerance),
        source_id=source_id,
    )
    entry = add_source(line)
    if as_json:
        document = own_documents([entry.source])[0]
        write_data(to_json(document | {"border": list(entry.pair), "original_sha256": entry.original_sha256}))
    else:
        sheet = Sheet()
        sheet.heading(f"{entry.source.id}: {entry.source.title}")
        sheet.paragraph(
            f"{length_m(line.polyline()) / 1000:.1f} km between {entry.pair[0]} and {entry.pair[1]}, lineage "
            f"{entry.source.lineage}, edges {entry.source.edges.value}, licence {entry.source.licence}",
            indent=2,
        )
        for note in entry.source.notes:
            sheet.paragraph(note, indent=2, hanging=2)
        write_text(sheet.text())
    write_message(f"registered {entry.source.id} in {registry_folder()}")


def _one(words: tuple[str, ...]) -> str:
    if len(words) != 1:
        raise UsageError(f"add takes one file, and {len(words)} names were given: quote a name with blanks")
    return words[0]
