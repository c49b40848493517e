"""The tool that rebuilds the data: common lines, clipping, proofs, and the check of every archive."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import shapely

from geoinc.boundaries import load_catalogue

TOOLS = Path(__file__).resolve().parents[2] / "tools"

WEST = shapely.Polygon([(0, 0), (2, 0), (2, 1), (2.5, 1.5), (2, 2), (2, 3), (0, 3)])
EAST = shapely.Polygon([(2, 0), (4, 0), (4, 3), (2, 3), (2, 2), (2.5, 1.5), (2, 1)])
LINE = [(2, 3), (2, 2), (2.5, 1.5), (2, 1), (2, 0)]


@pytest.fixture(scope="module")
def tools() -> Iterator[ModuleType]:
    sys.path.insert(0, str(TOOLS))
    import boundaries.geometry as module

    yield module
    sys.path.remove(str(TOOLS))


@pytest.fixture
def plan(tools: ModuleType) -> object:
    # Seen from the north, the eastern territory lies on the left.
    return tools.BorderPlan(left="EEE", right="WWW", start=(2.0, 3.0), window=(1.0, -1.0, 3.0, 4.0))


def test_common_line_runs_from_the_start(tools: ModuleType) -> None:
    for one, other in ((WEST, EAST), (EAST, WEST)):
        np.testing.assert_array_equal(tools.common_line(one, other, (2.0, 3.0)), LINE)
        np.testing.assert_array_equal(tools.common_line(one, other, (2.0, 0.0)), LINE[::-1])


def test_common_line_keeps_the_longest_run(tools: ModuleType) -> None:
    west = shapely.Polygon([(0, 0), (2, 0), (2, 1), (2.5, 1.5), (2, 2), (2, 4), (0, 4)])
    east = shapely.Polygon([(2, 0), (4, 0), (4, 4), (2, 4), (2, 2), (2.4, 1.5), (2, 1)])
    np.testing.assert_array_equal(tools.common_line(west, east, (2.0, 0.0)), [(2, 2), (2, 4)])


def test_strangers_share_nothing(tools: ModuleType) -> None:
    with pytest.raises(tools.BuildError, match="share no edge"):
        tools.common_line(WEST, shapely.box(7, 7, 8, 8), (0.0, 0.0))


def test_assembled_ground_is_clipped_and_shares_the_line(tools: ModuleType, plan: object) -> None:
    built = tools.assemble(plan, np.array(LINE[::-1], dtype=float), {"WWW": WEST, "EEE": EAST})
    np.testing.assert_array_equal(built.line, LINE)
    assert built.ground["WWW"].equals(shapely.intersection(WEST, shapely.box(1, -1, 3, 4)))
    assert built.ground["EEE"].bounds == (2.0, 0.0, 3.0, 3.0)
    for ground in built.ground.values():
        assert shapely.is_ccw(ground.exterior)
        vertices = shapely.get_coordinates(ground.exterior).tolist()
        assert vertices[0] == min(vertices)
        on_window = [abs(q[1] - p[1]) for p, q in pairwise(vertices) if p[0] == q[0] and p[0] in (1.0, 3.0)]
        assert len(on_window) == 30
        assert max(on_window) == pytest.approx(0.1)


def test_the_wrong_hand_is_noticed(tools: ModuleType, plan: object) -> None:
    wrong = replace(plan, left="WWW", right="EEE")
    with pytest.raises(tools.BuildError, match="WWW does not lie on the left"):
        tools.assemble(wrong, np.array(LINE, dtype=float), {"WWW": WEST, "EEE": EAST})


def test_overlap_is_noticed(tools: ModuleType, plan: object) -> None:
    wider = shapely.union(WEST, shapely.box(1.9, 2.5, 2.2, 2.6))
    with pytest.raises(tools.BuildError, match=r"not in the outline of WWW|overlap"):
        tools.assemble(plan, np.array(LINE, dtype=float), {"WWW": wider, "EEE": EAST})
    inside = shapely.MultiPolygon([WEST, shapely.box(2.6, 0.5, 2.8, 0.7)])
    with pytest.raises(tools.BuildError, match="overlap"):
        tools.assemble(plan, np.array(LINE, dtype=float), {"WWW": inside, "EEE": EAST})


def test_a_line_that_is_no_outline_is_noticed(tools: ModuleType, plan: object) -> None:
    moved = np.array(LINE, dtype=float)
    moved[2] = (2.4, 1.5)
    with pytest.raises(tools.BuildError, match="2 edges of the line are not in the outline of EEE"):
        tools.assemble(plan, moved, {"WWW": WEST, "EEE": EAST})


def test_a_line_that_crosses_itself_is_noticed(tools: ModuleType, plan: object) -> None:
    crossing = np.array([(2, 3), (2, 1), (2.5, 1.5), (1.5, 2)], dtype=float)
    with pytest.raises(tools.BuildError, match="crosses itself"):
        tools.assemble(plan, crossing, {"WWW": WEST, "EEE": EAST})


def test_catalogue_names_the_packages_of_the_recipe(tools: ModuleType) -> None:
    from boundaries.packages import PACKAGES

    held = {source.package for source in load_catalogue().sources}
    assert {(p.registry, p.name, p.version, p.file, p.sha256) for p in PACKAGES.values()} >= {
        (p.registry, p.name, p.version, p.file, p.sha256) for p in held if p is not None
    }


def test_a_wrong_archive_is_refused_before_it_is_read(tools: ModuleType, tmp_path: Path) -> None:
    from boundaries.packages import PACKAGES, fetch

    package = PACKAGES["world-atlas"]
    (tmp_path / package.file).write_bytes(b"something else")
    with pytest.raises(tools.BuildError) as caught:
        fetch(package, tmp_path)
    assert package.sha256 in str(caught.value)
    assert "delete it and run again" in str(caught.value)


def test_commands_pin_the_version(tools: ModuleType) -> None:
    from boundaries.packages import PACKAGES

    for package in PACKAGES.values():
        command = package.command()
        assert package.version in command[-1]
        assert not any("://" in word for word in command)
