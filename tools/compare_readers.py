"""Write ``docs/reading-comparison.md``: the table of printed forms, given to other readers too.

Run from the top of the checkout, with the requirements of the optional group ``compare``::

    python tools/compare_readers.py
"""

from __future__ import annotations

import contextlib
import math
import re
import sys
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from typing import Any

from printed_forms import TOP, exactly, load_forms, show

from geoinc.errors import ReadingError
from geoinc.notation import read_position

PAGE = TOP / "docs" / "reading-comparison.md"

Position = tuple[float, float]

OPENING = """# Readers compared

The table of [printed forms](printed-forms.md), given to geoinc and to five packages that read coordinates or grid
references. Written by `tools/compare_readers.py` with
{versions}.

A form that has one meaning is *right* where the answer lies in the cell that was printed, *wrong* where it lies
elsewhere and nothing is said, *refused* where the reader raises. A form that is ambiguous or damaged ought to be
refused; an answer to it is a *guess*. Warnings are not counted against anybody: geoinc answers the forms marked so
in the table with a warning, the others have none.

The table grew together with geoinc, whose tests demand that it reads all of it: the first row is no measurement.
What the page shows is what becomes of such forms elsewhere.

The packages do not set out to read the same. geopy and PyGeodesy read positions; lat-lon-parser reads one
coordinate; mgrs reads grid squares; utm reads no text at all, and was given the numbers of texts such as
`31N 488894 2196876`. To lat-lon-parser, and to PyGeodesy where it does not read the whole, both halves were given
apart, cut at a comma, a semicolon, a slash or a hemisphere letter, that with E or W second; after that PyGeodesy was
asked for MGRS, then for UTM. What a package was not made to read counts as refused, which is the right thing to do
with it.
"""


@dataclass(frozen=True)
class Reader:
    """A reader under comparison; raises any exception where it reads nothing."""

    name: str
    read: Callable[[str], Position]


def read_geoinc(text: str) -> Position:
    """Return latitude and longitude by geoinc."""
    reading = read_position(text)
    return reading.lat_deg, reading.lon_deg


def read_geopy(text: str) -> Position:
    """Return latitude and longitude by geopy."""
    point = import_module("geopy.point").Point.from_string(text)
    return point.latitude, point.longitude


def part_halves(text: str) -> tuple[str, str]:
    """Return the two halves of a text, that with an E or W second, for readers of one coordinate."""
    halves = re.split(r"\s*[,;/]\s*|(?<=[0-9'\"″′”’° ][NSEWnsew])\s+(?=[0-9])|\s+(?=[NSEW] ?[0-9])", text.strip())
    if len(halves) != 2:
        raise ValueError(text)
    if re.search(r"^[EW](?![a-z])|[EW]$", halves[0]):
        halves.reverse()
    return halves[0], halves[1]


def read_lat_lon_parser(text: str) -> Position:
    """Return the two halves by lat-lon-parser."""
    parse = import_module("lat_lon_parser").parse
    latitude, longitude = map(parse, part_halves(text))
    return latitude, longitude


def read_pygeodesy(text: str) -> Position:
    """Return latitude and longitude by PyGeodesy: as a position, as two halves, as an MGRS square, or as UTM."""
    pygeodesy: Any = import_module("pygeodesy")
    attempts: tuple[Callable[[], Any], ...] = (
        lambda: pygeodesy.parse3llh(text),
        lambda: pygeodesy.parseDMS2(*part_halves(text)),
        lambda: pygeodesy.parseMGRS(text).toLatLon(),
        lambda: pygeodesy.parseUTM5(text).toLatLon(),
    )
    for attempt in attempts:
        with contextlib.suppress(Exception):
            found = attempt()
            return found.lat, found.lon
    raise ValueError(text)


def read_mgrs(text: str) -> Position:
    """Return the latitude and longitude of a square by mgrs."""
    latitude, longitude = import_module("mgrs").MGRS().toLatLon(text)
    return latitude, longitude


def read_utm(text: str) -> Position:
    """Return latitude and longitude by utm, from the numbers of a plain text."""
    match = re.fullmatch(r"(?:UTM )?([0-9]{1,2})([A-Z]) ([0-9.]+) ([0-9.]+)", text)
    if match is None:
        raise ValueError(text)
    latitude, longitude = import_module("utm").to_latlon(float(match[3]), float(match[4]), int(match[1]), match[2])
    return float(latitude), float(longitude)


READERS = (
    Reader("geoinc", read_geoinc),
    Reader("geopy", read_geopy),
    Reader("lat-lon-parser", read_lat_lon_parser),
    Reader("PyGeodesy", read_pygeodesy),
    Reader("mgrs", read_mgrs),
    Reader("utm", read_utm),
)


def answer(reader: Reader, text: str) -> Position | None:
    """Return the reader's answer; None where it refuses."""
    try:
        latitude, longitude = reader.read(text)
    except ReadingError:
        return None
    except Exception:  # The readers compared raise whatever they like.
        return None
    return (latitude, longitude) if math.isfinite(latitude) and math.isfinite(longitude) else None


def judge(form: dict[str, Any], given: Position | None) -> str:
    """Return ``"right"``, ``"wrong"``, ``"refused"`` or ``"guess"``."""
    if "error" in form:
        return "refused" if given is None else "guess"
    if given is None:
        return "refused"
    for value, name in zip(given, ("lat", "lon"), strict=True):
        # A reader that gives a corner of the cell is not wrong: the slack is that of stored half widths.
        if abs(value - float(exactly(form[name]))) > float(exactly(form[f"half_{name}"])) * 1.01 + 1e-9:
            return "wrong"
    return "right"


def write_page() -> str:
    """Return the text of the page."""
    forms = load_forms()
    answers = {reader.name: [answer(reader, form["text"]) for form in forms] for reader in READERS}
    verdicts = {
        name: [judge(form, given) for form, given in zip(forms, given_all, strict=True)]
        for name, given_all in answers.items()
    }
    packages = ("geopy", "lat-lon-parser", "pygeodesy", "mgrs", "utm")
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    readable = [number for number, form in enumerate(forms) if "error" not in form]
    damaged = [number for number, form in enumerate(forms) if "error" in form]
    lines = [OPENING.format(versions=versions)]
    lines += [
        f"| reader | right, of {len(readable)} | wrong | refused | rightly refused, of {len(damaged)} | guess |",
        "|---|---|---|---|---|---|",
    ]
    for name, all_verdicts in verdicts.items():
        one = Counter(all_verdicts[number] for number in readable)
        other = Counter(all_verdicts[number] for number in damaged)
        lines.append(
            f"| {name} | {one['right']} | {one['wrong']} | {one['refused']} | {other['refused']} | {other['guess']} |"
        )
    lines += ["", "## Form by form", "", f"| printed | {' | '.join(verdicts)} |", "|---" * (len(READERS) + 1) + "|"]
    for number, form in enumerate(forms):
        cells = [describe(verdicts[name][number], answers[name][number], right="error" in form) for name in verdicts]
        lines.append(f"| {show(form['text'])} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def describe(verdict: str, given: Position | None, *, right: bool) -> str:
    """Return one cell of the table: a verdict, and the answer where it ought not to be."""
    if verdict in {"wrong", "guess"} and given is not None:
        return f"**{verdict}** {given[0]:.4f}, {given[1]:.4f}"
    if verdict == "refused":
        return "right (refused)" if right else "–"
    return verdict


def main() -> int:
    """Run the command; return its exit code."""
    warnings.simplefilter("ignore")
    PAGE.write_text(write_page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
