"""axe-core, the test engine of accessibility rules, as axe-playwright-python carries it."""

from __future__ import annotations

import importlib.util
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest


@cache
def source() -> str:
    named = os.environ.get("GEOINC_AXE")
    if named:
        return Path(named).read_text(encoding="utf-8")
    spec = importlib.util.find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        pytest.skip("axe-core is not at hand: install axe-playwright-python or name axe.min.js in GEOINC_AXE")
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


RUN = """(async () => {
  const found = await axe.run(%s, {resultTypes: ["violations"], preload: false});
  return found.violations.map(each => [each.id, each.nodes[0].html]);
})()"""


def violations(page: Any, part: str | None = None) -> list[list[str]]:
    """Return the rules that a page breaks, in Chromium or Firefox, each with the first node that does; or a part's."""
    if page.evaluate("typeof window.axe") == "undefined":
        if hasattr(page, "run"):
            page.run(source())
        else:
            page.evaluate(f"(() => {{ {source()} }})()")
    return list(page.evaluate(RUN % ("document" if part is None else f"{{include: [[{part!r}]]}}")))
