"""The golden pictures of the main case: ``python tools/golden.py`` draws them again, in a real Chromium.

Run it after a change to the map or the figure that is meant, and look at what it wrote.
"""

from __future__ import annotations

import importlib
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import geoinc

TESTS = Path(__file__).parent.parent / "tests" / "browser"


def main() -> int:
    """Draw the pictures and say where they are."""
    sys.path.insert(0, str(TESTS))
    perceptual = importlib.import_module("perceptual")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - needed by this tool alone

    path = os.environ.get("GEOINC_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        print("no Chromium: install one or name it in GEOINC_CHROMIUM")
        return 1
    perceptual.GOLDEN.mkdir(exist_ok=True)
    assessment = geoinc.assess(geoinc.load_incident("tz-98d"))
    perceptual.store(perceptual.figure_picture(assessment), "figure.png")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "tz-98d.html"
        assessment.save_map(page)
        browser: Any = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        with perceptual.opened_map(browser, page) as opened:
            perceptual.store(perceptual.map_picture(opened), "page.png")
        browser.close()
    for each in sorted(perceptual.GOLDEN.glob("*.png")):
        print(f"wrote {each.relative_to(TESTS.parent.parent)}, {each.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
