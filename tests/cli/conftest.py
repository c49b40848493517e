"""Runs the command line as a user does: arguments in; code, standard output and standard error out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import geoinc.cli.check
from geoinc import api
from geoinc.cli import main

HOME = Path(geoinc.__file__).resolve().parents[1]


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """Call the command line in this process."""
    monkeypatch.delenv("COLUMNS", raising=False)

    def call(*arguments: str) -> Run:
        capsys.readouterr()
        code = main(arguments)
        captured = capsys.readouterr()
        return Run(code, captured.out, captured.err)

    return call


@pytest.fixture(scope="session")
def spawn() -> Callable[..., Run]:
    """Start the command line as a process of its own, with warnings as errors."""

    def start(*arguments: str, home: Path = HOME, cwd: Path | None = None, **variables: str) -> Run:
        environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
        environment |= {"PYTHONPATH": str(home), "PYTHONIOENCODING": "utf-8", **variables}
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "geoinc", *arguments],
            capture_output=True,
            encoding="utf-8",
            env=environment,
            cwd=cwd,
            check=False,
            timeout=120,
        )
        return Run(done.returncode, done.stdout, done.stderr)

    return start


@pytest.fixture(scope="session")
def checked(spawn: Callable[..., Run]) -> Run:
    """The bundled case as text."""
    return spawn("check", "tz-98d")


@pytest.fixture(scope="session")
def checked_json(spawn: Callable[..., Run]) -> Run:
    """The bundled case as a document."""
    return spawn("check", "tz-98d", "--json")


@pytest.fixture(scope="session")
def assessment() -> api.Assessment:
    """The bundled case, assessed once for the tests that only look at how it is shown."""
    return api.assess(api.load_incident("tz-98d"))


@pytest.fixture
def assessed(assessment: api.Assessment, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `check` take the assessment at hand whatever it is asked about."""

    def at_hand(*_arguments: object, **_options: object) -> api.Assessment:
        return assessment

    monkeypatch.setattr(geoinc.cli.check, "assess_file", at_hand)


SMALL_CASE = """\
schema: geoinc/incident/1
id: small
title: One position
border: [MLI, DZA]
parties:
  speaker: {name: Speaker, territory: null}
points:
  place: {label: place}
claims:
  - {id: where, party: speaker, kind: position, point: place, text: "19.5N 3.0E"}
  - {id: side, party: speaker, kind: within, point: place, territory: MLI}
"""


@pytest.fixture
def small_case(tmp_path: Path) -> Path:
    """A case with one position, well inside one territory, and nothing that cannot hold."""
    path = tmp_path / "small.yaml"
    path.write_text(SMALL_CASE, encoding="utf-8")
    return path
