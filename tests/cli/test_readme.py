"""The outer pages hold what they promise: commands, code and links that work."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import HOME

README = (HOME / "README.md").read_text(encoding="utf-8")
PAGES = [
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"),
    *sorted(str(page.relative_to(HOME)) for page in (HOME / "docs").rglob("*.md")),
]


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_two_commands_and_nothing_else():
    commands = [line for block in blocks("sh") for line in block.splitlines()]
    assert commands == [
        "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/geoinc check tz-98d --map tz-98d.html",
        "python3 -m venv .venv-test && .venv-test/bin/pip install -e '.[test]' && "
        ".venv-test/bin/pytest -n auto --dist loadfile",
    ]


def test_the_library_example_runs(tmp_path):
    (code,) = blocks("python")
    assert len([line for line in code.splitlines() if line]) <= 10
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        env={"PYTHONPATH": str(HOME), "PYTHONIOENCODING": "utf-8"},
        check=False,
        timeout=120,
    )
    assert done.stderr == ""
    assert "osm-2026c shortest" in done.stdout
    assert "consistent" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_commands_in_running_text_exist(run):
    for command in re.findall(r"`geoinc ([a-z]+)", README):
        assert run(command, "--help").code == 0


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    text = (HOME / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)", text):
        assert not target.startswith("http")
        assert (HOME / page).parent.joinpath(target).exists(), target


def test_licence_files_stand_where_the_readme_says():
    for folder in re.findall(r"`(data/boundaries/[a-z-]+/|geoinc/render/assets/)`", README):
        assert any(path.name.startswith("LICENSE") for path in Path(HOME / folder).rglob("*")), folder


def test_ci_script_is_executable_and_takes_the_commands_from_the_readme():
    script = HOME / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    text = script.read_text(encoding="utf-8")
    assert text.startswith("#!/usr/bin/env bash")
    assert "set -euo pipefail" in text
    assert "README.md" in text
    assert "pip install ." not in text
    subprocess.run(["bash", "-n", str(script)], check=True)
