"""The report in a real Chromium: no script, no request, nothing out of reach, and clean sheets of paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

PAPERS = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}


@pytest.fixture
def opened(chromium: Any) -> Iterator[Any]:
    trouble: list[str] = []
    context = chromium.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.on("console", lambda message: trouble.append(message.text))
    page.on("dialog", lambda dialog: trouble.append(dialog.message))
    page.on("request", lambda request: trouble.append(request.url) if not request.url.startswith("file:") else None)
    yield page
    assert trouble == []
    context.close()


@pytest.mark.parametrize("name", ["en", "ar", "hostile"])
def test_page_asks_for_nothing_and_fits_a_phone(opened: Any, spoken: Path, name: str) -> None:
    opened.goto((spoken / f"report-{name}.html").as_uri())
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320
    assert opened.evaluate("document.scripts.length") == 0
    assert opened.evaluate("typeof window.pwned") == "undefined"
    # Drawings have their colours without any style sheet of the map's.
    assert opened.evaluate("getComputedStyle(document.querySelector('svg path')).fill") != "rgb(0, 0, 0)"


@pytest.mark.parametrize("paper", PAPERS)
def test_prints_on_whole_sheets_with_page_numbers(opened: Any, spoken: Path, tmp_path: Path, paper: str) -> None:
    opened.goto((spoken / "report-en.html").as_uri())
    target = tmp_path / "report.pdf"
    opened.pdf(path=str(target), format=paper, prefer_css_page_size=False)
    assert target.read_bytes().startswith(b"%PDF")
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not at hand: install poppler-utils")
    text = subprocess.run(["pdftotext", "-layout", target, "-"], capture_output=True, check=True, text=True).stdout
    sheets = text.split("\f")[:-1]
    assert len(sheets) > 10
    for place, sheet in enumerate(sheets, start=1):
        assert re.search(rf"{place} / {len(sheets)}\s*$", sheet)
    # No sheet holds a heading of a table alone.
    assert not [sheet for sheet in sheets if re.match(r"\s*(By boundary source)\s*\d+ / \d+\s*$", sheet)]
    words = " ".join(text.split())
    assert "M2, M4 and M5 of Mali" in words
    assert "Finding 26." in words
