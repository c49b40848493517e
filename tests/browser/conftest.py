"""A real Chromium for the tests of the page, and the pages that they open."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


NEAR = """\
schema: geoinc/incident/1
id: near
title: One position by the border
border: [MLI, DZA]
parties:
  speaker: {name: Speaker, territory: null}
points:
  place: {label: place}
claims:
  - {id: where, party: speaker, kind: position, point: place, text: "20.000N 3.000E"}
"""


def find_chromium() -> str | None:
    return os.environ.get("GEOINC_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    path = find_chromium()
    if path is None:
        message = "no Chromium: install one or name it in GEOINC_CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def firefox() -> Iterator[object]:
    path = os.environ.get("GEOINC_FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    if path is None:
        message = "no Firefox: install one or name it in GEOINC_FIREFOX"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    from firefox import running

    with running(path) as browser:
        yield browser


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a file that no other worker holds meanwhile."""
    import fcntl  # not on every system, as Chromium and Firefox are not

    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """Return folders that are filled once, whichever worker asks first."""
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent

    def folder(name: str, fill: Callable[[Path], None]) -> Path:
        made = root / f"shared-{name}"
        with _alone(root / f"shared-{name}.lock"):
            if not (made / "whole").exists():
                made.mkdir(exist_ok=True)
                fill(made)
                (made / "whole").touch()
        return made

    return folder


@pytest.fixture(scope="session")
def main_case() -> Any:
    """The main case, assessed once for all tests of a worker."""
    import geoinc

    return geoinc.assess(geoinc.load_incident("tz-98d"))


@pytest.fixture(scope="session")
def pages(shared: Callable[[str, Callable[[Path], None]], Path], request: pytest.FixtureRequest) -> Path:
    """A folder with the main case and the invented ones, each as a page."""

    def fill(folder: Path) -> None:
        import sample

        import geoinc
        from geoinc.incident import parse_incident
        from geoinc.render import render_map

        built = {
            "tz-98d": request.getfixturevalue("main_case"),
            "sample": sample.sample_data(),
            "bare": sample.bare_data(),
            "crowded": sample.crowded_data(),
            "hostile": sample.hostile_data(),
            "long": sample.long_data(),
            "coarse": sample.coarse_data(),
            # By the line and by a town, with a source beside it that is too coarse for so short a distance.
            "near": geoinc.assess(parse_incident(NEAR, name="near.yaml")),
        }
        for name, data in built.items():
            (folder / f"{name}.html").write_text(render_map(data), encoding="utf-8")

    return shared("pages", fill)


@pytest.fixture(scope="session")
def spoken(shared: Callable[[str, Callable[[Path], None]], Path], request: pytest.FixtureRequest) -> Path:
    """A folder with pages and reports in every language: of the main case, and of one with a tenth of the nodes."""

    def fill(folder: Path) -> None:
        import sample

        import geoinc
        from geoinc.messages import LANGUAGES
        from geoinc.report import save_report

        case, small = request.getfixturevalue("main_case"), geoinc.assess(geoinc.load_incident("one-sided"))
        for language in LANGUAGES:
            (folder / f"{language}.html").write_text(case.to_html(lang=language), encoding="utf-8")
            (folder / f"small-{language}.html").write_text(small.to_html(lang=language), encoding="utf-8")
            save_report(case, folder / f"report-{language}.html", lang=language)
            save_report(small, folder / f"report-small-{language}.html", lang=language)
        save_report(sample.hostile_data(), folder / "report-hostile.html")

    return shared("spoken", fill)
