"""Measure every way side by side; print the table, and write it and the picture into the docs."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.lines import LINES, ROOT
from benchmarks.measuring import measure_all
from benchmarks.plot import save_plot
from benchmarks.sentences import check_sentences
from benchmarks.table import tell_sentences, write_tables, write_versions
from benchmarks.truth import read_truth
from benchmarks.ways import WAYS
from benchmarks.ways.way import FAST_COUNT

STORED = Path(__file__).with_name("measured.json")
PAGE = ROOT / "docs" / "benchmarks.md"
PICTURE = ROOT / "docs" / "img" / "benchmarks.svg"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def main(arguments: list[str] | None = None) -> int:
    """Run, and return 1 if a claim does not hold."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--repeats", type=int, default=7, help="how often each cost is taken")
    parser.add_argument("--only", nargs="+", choices=[way.id for way in WAYS], metavar="WAY", help="ids of ways")
    parser.add_argument("--stored", action="store_true", help="measure nothing: write what is stored anew")
    parser.add_argument(
        "--no-write", action="store_true", help="print alone; leave stored figures and docs as they are"
    )
    chosen = parser.parse_args(arguments)
    if chosen.repeats < 5:
        parser.error("a median needs five repeats at least")
    stored: dict[str, Any] = json.loads(STORED.read_text(encoding="utf-8")) if STORED.exists() else {}
    missing: dict[str, str] = {}
    if chosen.stored:
        measured = stored
    else:
        ways = [way for way in WAYS if chosen.only is None or way.id in chosen.only]
        measured, missing = measure_all(
            ways, read_truth(), most=FAST_COUNT, repeats=chosen.repeats, tell=lambda line: print(line, file=sys.stderr)
        )
    print(write_tables(WAYS, measured, missing))
    print(f"\n{write_versions(measured)}\n")
    sentences = check_sentences(WAYS, measured)
    print(tell_sentences(sentences))
    if not chosen.no_write:
        # What could not run here keeps the figures of the run that measured it, together with its versions.
        kept = {way.id: found for way in WAYS if (found := measured.get(way.id) or stored.get(way.id)) is not None}
        kept = _rounded(kept)
        STORED.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(with_figures(page, kept), encoding="utf-8")
        save_plot(WAYS, kept, PICTURE)
    return 1 if any(each.holds is False for each in sentences) else 0


def with_figures(page: str, measured: dict[str, Any]) -> str:
    """Put tables, claims and versions between the markers of a page."""
    head, begin, rest = page.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not (begin and end):
        raise SystemExit(f"{PAGE.name} has lost its markers {BEGIN} and {END}")
    ways = [way for way in WAYS if way.id in measured]
    repeats = min(figures["cost"][name]["repeats"] for figures in measured.values() for name in LINES)
    figures = [
        tell_sentences(check_sentences(ways, measured)),
        write_tables(ways, measured, {}),
        f"Costs are medians of {repeats} repeats or more, ranges in brackets. Measured with "
        f"{write_versions(measured)}.",
    ]
    return f"{head}{begin}\n\n" + "\n\n".join(figures) + f"\n\n{end}{tail}"


def _rounded(value: Any) -> Any:
    """Round every figure to four digits, which is more than a repeat gives."""
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    return float(f"{value:.4g}") if isinstance(value, float) else value


if __name__ == "__main__":
    raise SystemExit(main())
