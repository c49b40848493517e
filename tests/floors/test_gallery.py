"""The gallery in the docs: every bundled case, and none that has changed since."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

import geoinc
from geoinc.cases import case_names

ROOT = Path(__file__).parent.parent.parent
FAST = "three-distances"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    found = importlib.util.spec_from_file_location("gallery", ROOT / "tools" / "gallery.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_every_case_is_shown() -> None:
    page = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
    for name in case_names():
        assert f"geoinc figure {name} -o {name}.svg" in page
        assert f"(img/gallery/{name}.svg)" in page
    pictures = {each.stem for each in (ROOT / "docs" / "img" / "gallery").iterdir()}
    assert pictures == set(case_names())


def test_page_is_not_stale(tool: ModuleType) -> None:
    """The whole gallery takes half a minute, `python tools/gallery.py --check` looks at all of it."""
    page = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
    assert page.startswith(tool.HEAD)
    assessment = geoinc.assess(geoinc.load_incident(FAST))
    assert tool.entry(FAST, assessment) in page, "python tools/gallery.py draws the gallery again"


def test_pictures_are_small() -> None:
    assert sum(each.stat().st_size for each in (ROOT / "docs" / "img" / "gallery").iterdir()) < 2_500_000
