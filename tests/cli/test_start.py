"""What starting costs, what help says, and that every command is there."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import click
import pytest

from geoinc.cli import COMMANDS, _commands
from geoinc.cli.options import EDGES, PRECISIONS
from geoinc.geodesy import Edges
from geoinc.quantities import Precision

from .conftest import HOME

HEAVY = {
    "babel",
    "branca",
    "dask",
    "distributed",
    "folium",
    "geopandas",
    "jinja2",
    "llvmlite",
    "matplotlib",
    "numba",
    "numpy",
    "pandas",
    "pyarrow",
    "pydantic",
    "pyogrio",
    "pyproj",
    "requests",
    "ruamel",
    "scipy",
    "shapely",
    "xyzservices",
}


KERNEL = {"numpy", "pydantic", "pyproj", "ruamel", "shapely"}
"""What measuring cannot do without; the commands that measure load it with their own pages of help."""


def modules_after(*arguments: str) -> set[str]:
    """Top-level modules that one command leaves loaded in a fresh interpreter."""
    script = (
        "import sys\n"
        "from geoinc.cli import main\n"
        "code = main(sys.argv[1:])\n"
        "print(code, *sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONPATH": str(HOME), "PYTHONIOENCODING": "utf-8"},
        check=True,
        timeout=60,
    )
    code, *modules = done.stderr.splitlines()[-1].split()
    assert code == "0", done.stderr
    return set(modules)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("--version",),
        ("parse", "19°52’04.738’’N 2°53’38.101’’E"),
        ("parse", "--json", "19.868N 2.894E"),
    ],
    ids=" ".join,
)
def test_light_commands_load_nothing_heavy(arguments):
    modules = modules_after(*arguments)
    assert "geoinc" in modules
    assert not modules & HEAVY


def test_no_help_loads_anything_heavy():
    """Pages of help, one after the other in one fresh interpreter: what any of them loads is there at the end."""
    script = (
        "import sys\n"
        "from geoinc.cli import COMMANDS, main\n"
        "pages = [['--help'], *([name, '--help'] for name in COMMANDS)]\n"
        "pages += [['boundaries', name, '--help'] for name in ('list', 'show', 'verify', 'compare', 'add', 'remove')]\n"
        "codes = {main(page) for page in pages}\n"
        "print(codes, *sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONPATH": str(HOME), "PYTHONIOENCODING": "utf-8"},
        check=True,
        timeout=60,
    )
    codes, *modules = done.stderr.splitlines()[-1].split()
    assert codes == "{0}"
    assert not set(modules) & (HEAVY - KERNEL)


def test_the_guard_sees_what_a_heavy_command_loads():
    assert {"numpy", "shapely"} <= modules_after("measure", "19.868N 2.894E")


def test_help_lists_the_commands_with_their_first_lines(run):
    page = run("--help")
    assert page.code == 0
    for name, line in COMMANDS.items():
        command = _commands.get_command(click.Context(_commands), name)
        assert command.get_short_help_str(limit=1000).rstrip(".") == line.rstrip(".")
        assert f"{name} " in page.out
        assert line in page.out


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_explains_itself(run, name):
    page = run(name, "--help")
    assert page.code == 0
    assert page.out.startswith(f"Usage: geoinc {name}")
    assert page.err == ""


def test_options_name_what_the_library_knows():
    assert set(EDGES) == {each.value for each in Edges}
    # A declared interval belongs to one figure and cannot be asked for all.
    assert set(PRECISIONS) == {each.value for each in Precision} - {"declared"}


def test_version_is_that_of_the_project(run):
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    shown = run("--version")
    assert shown.code == 0
    assert shown.out in {
        f"geoinc {project['version']}\n",
        "geoinc, not installed: its version is not known\n",
    }
    assert project["scripts"] == {"geoinc": "geoinc.cli:main"}


def test_as_a_module(spawn):
    done = spawn("parse", "19.868N 2.894E")
    assert (done.code, done.err) == (0, "")
