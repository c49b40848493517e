"""A real Chromium for the tests of the page, and the pages that they open."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

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


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the main case and the invented ones, each as a page."""
    import sample

    import geoinc
    from geoinc.incident import parse_incident
    from geoinc.render import render_map

    folder = tmp_path_factory.mktemp("pages")
    main = geoinc.assess(geoinc.load_incident("tz-98d"))
    built = {
        "tz-98d": main,
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
    return folder
