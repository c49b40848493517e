"""``geoinc track``: a row of positions against a border."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import click

from geoinc import api
from geoinc.boundaries.own import read_files
from geoinc.cli import options
from geoinc.cli.assessing import add_own_sources, own_documents, own_files
from geoinc.cli.notes import add_notes, note_documents
from geoinc.cli.output import write_data, write_text
from geoinc.cli.sheet import Sheet
from geoinc.errors import UsageError
from geoinc.export.document import to_json
from geoinc.geodesy import Edges
from geoinc.quantities import format_distance, format_interval, read_quantity
from geoinc.tracks import Depth, SourceTrack, Track, read_track_file
from geoinc.tracks.document import track_document
from geoinc.wording import listed

__all__ = ["command"]

_SPEED: Final = re.compile(r"(?P<number>.*\S)\s*(?P<unit>km/h|kph|m/s|kn|kt|kts|knots?)", re.IGNORECASE)
_UNITS: Final = {"km/h": ("km", 3600.0), "kph": ("km", 3600.0), "m/s": ("m", 1.0)}
_KNOT: Final = ("nmi", 3600.0)


@click.command("track", cls=options.PrintedTextCommand)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--between",
    nargs=2,
    required=True,
    callback=options.capitals,
    metavar="A B",
    help="The border of these territories.",
)
@click.option(
    "--speed", metavar="SPEED", help='Faster than this was nothing: "250 km/h". Bounds the way between times.'
)
@click.option("--accuracy", metavar="DISTANCE", help='Accuracy of the positions (95 %): "50 m". [default: unknown]')
@click.option("--zone", metavar="ZONE", help="Clocks of times without an offset: Africa/Algiers.")
@click.option("--lon", metavar="COL", help="Column of longitudes, where it has no usual name.")
@click.option("--lat", metavar="COL", help="Column of latitudes.")
@click.option("--time", metavar="COL", help="Column of times.")
@click.option(
    "--digits",
    type=click.Choice(("printed", "ignored")),
    default="printed",
    show_default=True,
    help="Whether the digits of a printed position make a cell.",
)
@options.as_json
@options.only
@options.boundary
@options.edges
def command(
    *,
    file: Path,
    between: tuple[str, str],
    speed: str | None,
    accuracy: str | None,
    zone: str | None,
    lon: str | None,
    lat: str | None,
    time: str | None,
    digits: str,
    as_json: bool,
    only: tuple[str, ...],
    boundary: tuple[str, ...],
    tolerance: str | None,
    edges: str | None,
) -> None:
    """Tell where the track in FILE crosses a border.

    FILE holds positions in the order in which they were passed: CSV, GPX, GeoJSON or KML, with times (ISO 8601, with
    an offset or --zone) or without. Printed are the crossings, length and time inside each territory, the deepest
    place, and what positions, times and speed prove of them.
    """
    greatest_m_s, accuracy_m = _speed_m_s(speed), _accuracy_m(accuracy)
    read = read_track_file(file, lon=lon, lat=lat, time=time, digits=digits == "printed")
    files = own_files(boundary, edges=edges, tolerance=tolerance)
    border = api.boundary(*between, only=only or None, added=read_files(files, [between])[between])
    track = api.track(
        read.lon,
        read.lat,
        read.times,
        border=border,
        edges=Edges(edges) if edges else None,
        zone=zone,
        greatest_speed_m_s=greatest_m_s,
        accuracy_m=accuracy_m,
        cell_m=read.cell_m,
    )
    if as_json:
        document = {"file": file.name, **track_document(track)}
        own, notes = own_documents(border.sources), note_documents(border.notes)
        write_data(to_json(document | ({"own_sources": own} if own else {}) | ({"notes": notes} if notes else {})))
        return
    sheet = Sheet()
    _add_outcomes(sheet, track)
    _add_sources(sheet, track)
    _add_crossings(sheet, track)
    _add_uncovered(sheet, track)
    sheet.blank()
    for remark in track.remarks:
        sheet.paragraph(remark, hanging=2)
    add_own_sources(sheet, border.sources)
    add_notes(sheet, border.notes)
    write_text(sheet.text())


def _speed_m_s(text: str | None) -> float | None:
    if text is None:
        return None
    match = _SPEED.fullmatch(text.strip())
    if match is None:
        raise UsageError(f"--speed {text!r} is no speed: write it with km/h, m/s or kn, such as 250 km/h")
    unit, seconds = _UNITS.get(match["unit"].lower(), _KNOT)
    return read_quantity(f"{match['number']} {unit}").interval.high / seconds


def _accuracy_m(text: str | None) -> float | None:
    return None if text is None else round(read_quantity(text).interval.middle, 6)


def _add_outcomes(sheet: Sheet, track: Track) -> None:
    first, second = track.border
    when = "without times"
    if track.started is not None and track.ended is not None:
        when = f"{_day(track.started)} {_clock(track, track.started)} to {_clock(track, track.ended)} UTC"
    sheet.heading(f"Track against the border of {first} and {second}")
    sheet.paragraph(
        f"{track.positions} positions, {format_distance(track.length_m)} if the way was straight, {when}.", indent=2
    )
    sheet.blank()
    sheet.table(
        ("", *track.border),
        [
            ("never left it", *(track.never_left[code].value for code in track.border)),
            ("was inside it", *(track.was_inside[code].value for code in track.border)),
        ],
        indent=2,
    )


def _voices(track: Track) -> list[SourceTrack]:
    """One source for each lineage: the others are in the document for programs."""
    return [each for each in track.by_source.values() if each.represents]


def _add_sources(sheet: Sheet, track: Track) -> None:
    timed, bounded = track.started is not None, track.greatest_speed_m_s is not None
    straight = ("source", "length", "given accuracies", "time", "given accuracies")
    deepest = ("source", "depth", "given accuracies", "lat, lon")
    proved = ("source", "time", "depth of a position", "depth at most")
    for code in track.border:
        voices = _voices(track)
        _add_table(
            sheet,
            f"Inside {code}, if the way was straight",
            straight,
            [_straight(each, code) for each in voices],
            [0, 1, 2, *((3, 4) if timed else ())],
        )
        depths = [_deepest(each.source, depth) for each in voices if (depth := each.deepest[code]) is not None]
        if depths:
            _add_table(sheet, f"Deepest place in {code}, if the way was straight", deepest, depths, [0, 1, 2, 3])
        _add_table(
            sheet,
            f"Inside {code}, whatever the way",
            proved,
            [_proved(each, code) for each in voices],
            [0, *((1,) if timed else ()), 2, *((3,) if timed and bounded else ())],
        )


def _add_table(
    sheet: Sheet, title: str, columns: tuple[str, ...], rows: list[tuple[str, ...]], kept: list[int]
) -> None:
    sheet.blank()
    sheet.heading(title)
    sheet.table(
        [columns[item] for item in kept],
        [[row[item] for item in kept] for row in rows],
        indent=2,
        right=("length", "time", "depth", "depth at most"),
    )


def _straight(each: SourceTrack, code: str) -> tuple[str, ...]:
    spent = None if each.time_inside_s is None else each.time_inside_s[code]
    return (
        each.source,
        format_distance(each.length_inside_m[code]),
        format_interval(each.length_inside_interval_m[code]),
        "" if spent is None else _lasting(spent.straight_s),
        "" if spent is None else f"{_lasting(spent.straight_low_s)} to {_lasting(spent.straight_high_s)}",
    )


def _deepest(source: str, depth: Depth) -> tuple[str, ...]:
    place = f"{depth.lat_deg:.5f}, {depth.lon_deg:.5f}"
    return source, format_distance(depth.distance_m), format_interval(depth.interval), place


def _proved(each: SourceTrack, code: str) -> tuple[str, ...]:
    spent = None if each.time_inside_s is None else each.time_inside_s[code]
    depth = each.deepest[code]
    return (
        each.source,
        "" if spent is None else f"{_lasting(spent.least_s)} to {_lasting(spent.most_s)}",
        "" if depth is None or depth.proved is None else format_interval(depth.proved),
        "" if each.greatest_depth_m is None else format_distance(each.greatest_depth_m[code]),
    )


def _add_crossings(sheet: Sheet, track: Track) -> None:
    sheet.blank()
    sheet.heading("Crossings")
    rows = []
    for each in _voices(track):
        for crossing in each.crossings:
            between, proved = "", ""
            if crossing.earliest is not None and crossing.latest is not None:
                between = f"{_clock(track, crossing.earliest)} to {_clock(track, crossing.latest)}"
            if crossing.proved_between is not None:
                proved = "{} and {}".format(*crossing.proved_between)
            rows.append(
                (
                    each.source,
                    f"{crossing.from_territory or 'elsewhere'} to {crossing.to_territory or 'elsewhere'}",
                    f"{crossing.lat_deg:.5f}, {crossing.lon_deg:.5f}",
                    "" if crossing.time is None else _clock(track, crossing.time),
                    between,
                    proved,
                )
            )
    if not rows:
        sheet.paragraph("None, if the way between positions was straight.", indent=2)
        return
    columns = ("source", "from, to", "lat, lon", "UTC", "no earlier, no later", "proved by positions")
    kept = [0, 1, 2, *((3, 4) if track.started is not None else ()), 5]
    sheet.table([columns[item] for item in kept], [[row[item] for item in kept] for row in rows], indent=2)


def _add_uncovered(sheet: Sheet, track: Track) -> None:
    beyond = {each.source: each.length_elsewhere_m["uncovered"] for each in _voices(track)}
    silent = [source for source, length_m in beyond.items() if length_m > 0]
    if silent:
        sheet.blank()
        length = format_distance(max(beyond.values()))
        sheet.paragraph(
            f"{length} of the straight way lies beyond the ground held by {listed(silent)}: nothing is said of it.",
            indent=2,
        )


def _day(time: datetime) -> str:
    return f"{time:%Y-%m-%d}"


def _clock(track: Track, time: datetime) -> str:
    """The time of day, to the second; with its day where the track goes on past midnight."""
    rounded = time + timedelta(seconds=0.5)
    one_day = track.started is not None and track.ended is not None and _day(track.started) == _day(track.ended)
    return f"{rounded:%H:%M:%S}" if one_day else f"{rounded:%m-%d %H:%M:%S}"


def _lasting(seconds: float) -> str:
    hours, rest = divmod(round(seconds), 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}"
