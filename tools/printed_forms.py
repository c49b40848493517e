"""Write ``docs/printed-forms.md`` from the table of printed forms that the tests read.

Run from the top of the checkout::

    python tools/printed_forms.py            # write the page
    python tools/printed_forms.py --check    # compare, write nothing
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parents[1]
TABLE = TOP / "tests" / "data" / "printed_positions.jsonl"
PAGE = TOP / "docs" / "printed-forms.md"

OPENING = """# Printed forms

{count} forms in which positions are met, by the kind of source that prints them so, and what `geoinc parse` makes of
each: {right} are read, {ambiguous} are ambiguous and answered with their readings, {unreadable} are refused with a
reason. The positions printed are those of towns, treaty points and of the bundled case, put into each form.

This page is written by `tools/printed_forms.py` from `tests/data/printed_positions.jsonl`, which the tests read
form by form: an expected value is the sum of the printed numbers, or for grids and codes what another program
gives. Spaces other than the plain one and marks without width are shown as their code points.
"""


def load_forms() -> list[dict[str, Any]]:
    """Return the rows of the table."""
    return [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]


def exactly(expression: str) -> Fraction:
    """Return the value of a sum such as ``-19-52/60-4.7/3600``."""
    terms = re.findall(r"([+-]?)([0-9.]+(?:e-?[0-9]+)?)(?:/([0-9]+))?", expression)
    return sum(
        ((-1 if sign == "-" else 1) * Fraction(value) / Fraction(divisor or 1) for sign, value, divisor in terms),
        Fraction(),
    )


def show(text: str) -> str:
    """Return a text for a cell of a table: in code, with what cannot be seen spelled out."""
    visible = "".join(
        f"⟨U+{ord(character):04X}⟩"
        if character != " " and unicodedata.category(character) in {"Zs", "Cf", "Cc", "Zl"}
        else character
        for character in text
    )
    fence = "``" if "`" in visible else "`"
    if visible.startswith("`") or visible.endswith("`"):
        visible = f" {visible} "
    return f"{fence}{visible}{fence}".replace("|", "\\|")


def describe(form: dict[str, Any]) -> str:
    """Return what the reader answers to a form, in a few words."""
    if form.get("error") == "ambiguous":
        return "ambiguous: " + " or ".join(show(reading) for reading in form["readings"])
    if "error" in form:
        return "refused"
    latitude, longitude = float(exactly(form["lat"])), float(exactly(form["lon"]))
    half = float(exactly(form["half_lat"])), float(exactly(form["half_lon"]))
    warned = "; with a warning" if "warning" in form else ""
    return f"{latitude:.7f}, {longitude:.7f} (± {half[0]:.2g}°, {half[1]:.2g}°), {form['notation']}{warned}"


def write_page() -> str:
    """Return the text of the page."""
    forms = load_forms()
    errors = Counter(form.get("error", "") for form in forms)
    lines = [
        OPENING.format(
            count=len(forms), right=errors[""], ambiguous=errors["ambiguous"], unreadable=errors["unreadable"]
        )
    ]
    for kind in dict.fromkeys(form["kind"] for form in forms):
        lines += [
            f"## {kind[0].upper()}{kind[1:]}",
            "",
            "| printed | read as latitude, longitude | note |",
            "|---|---|---|",
        ]
        lines += [
            f"| {show(form['text'])} | {describe(form)} | {form.get('note', '')} |"
            for form in forms
            if form["kind"] == kind
        ]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def main() -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(description="Write docs/printed-forms.md from the table of printed forms.")
    parser.add_argument("--check", action="store_true", help="compare with the page, write nothing")
    options = parser.parse_args()
    page = write_page()
    if not options.check:
        PAGE.write_text(page, encoding="utf-8")
        return 0
    if PAGE.read_text(encoding="utf-8") == page:
        return 0
    print(f"{PAGE.name} is not what the table gives; run this script without --check", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
