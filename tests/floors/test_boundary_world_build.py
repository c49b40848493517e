"""How the world bundle is made: arcs, lines, archives; each on shapes small enough to see through."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import shapely

TOOLS = Path(__file__).resolve().parents[2] / "tools"

WEST = shapely.Polygon([(0, 0), (2, 0), (2, 1), (2.5, 1.5), (2, 2), (2, 3), (0, 3)])
EAST = shapely.Polygon([(2, 0), (4, 0), (4, 3), (2, 3), (2, 2), (2.5, 1.5), (2, 1)])
ENCLAVE = shapely.box(0.5, 0.5, 1.0, 1.0)
HOLED = shapely.difference(WEST, ENCLAVE)


@pytest.fixture(scope="module")
def tools() -> Iterator[SimpleNamespace]:
    sys.path.insert(0, str(TOOLS))
    from boundaries import countries, topology, world, world_facts, world_lines, world_notes, world_writing, zones

    yield SimpleNamespace(
        countries=countries,
        topology=topology,
        world=world,
        facts=world_facts,
        lines=world_lines,
        notes=world_notes,
        writing=world_writing,
        zones=zones,
    )
    sys.path.remove(str(TOOLS))


def test_neighbours_share_one_arc_with_each_on_its_hand(tools: SimpleNamespace) -> None:
    topology = tools.topology.build_topology({"WWW": WEST, "EEE": EAST})
    assert {pair: len(numbers) for pair, numbers in topology.pairs().items()} == {("EEE", "WWW"): 1}
    (run,) = topology.runs(topology.pairs()["EEE", "WWW"], "WWW")
    # The west lies on the left of the way north.
    np.testing.assert_array_equal(run, [(2, 0), (2, 1), (2.5, 1.5), (2, 2), (2, 3)])
    np.testing.assert_array_equal(topology.runs(topology.pairs()["EEE", "WWW"], "EEE")[0], run[::-1])
    assert topology.territory("WWW").equals(WEST)


def test_an_enclave_is_one_closed_arc(tools: SimpleNamespace) -> None:
    topology = tools.topology.build_topology({"WWW": HOLED, "EEE": EAST, "INN": ENCLAVE})
    assert set(topology.pairs()) == {("EEE", "WWW"), ("INN", "WWW")}
    (run,) = topology.runs(topology.pairs()["INN", "WWW"], "INN")
    np.testing.assert_array_equal(run[0], run[-1])
    assert shapely.is_ccw(shapely.LinearRing(run))
    assert topology.territory("WWW").equals(HOLED)


def test_simplifying_keeps_what_is_shared_and_stays_within_the_tolerance(tools: SimpleNamespace) -> None:
    rng = np.random.default_rng(7)
    lat = np.linspace(0, 3, 4001)
    lon = 2 + 0.2 * np.sin(5 * lat) + 0.003 * rng.standard_normal(lat.size)
    wavy = np.round(np.column_stack([lon, lat]), 7)
    west = shapely.Polygon([(0, 0), *wavy, (0, 3)])
    east = shapely.Polygon([(4, 0), *wavy, (4, 3)])
    topology = tools.topology.build_topology({"WWW": west, "EEE": east})
    simple = topology.simplified(0.01, 5, 0.1)
    (run,) = simple.runs(simple.pairs()["EEE", "WWW"], "WWW")
    assert len(run) < 400
    for code in ("WWW", "EEE"):
        assert simple.territory(code).is_valid
        ring = {tuple(vertex) for vertex in shapely.get_coordinates(simple.territory(code))}
        assert {tuple(vertex) for vertex in run} <= ring
    assert shapely.distance(shapely.points(wavy), shapely.LineString(run)).max() < 0.01 + 1e-5
    assert np.array_equal(run, np.round(run, 5))


def test_no_edge_gets_longer_than_the_source_has_it(tools: SimpleNamespace) -> None:
    straight = np.column_stack([np.full(301, 2.0), np.linspace(0, 3, 301)])
    west = shapely.Polygon([(0, 0), *straight, (0, 3)])
    east = shapely.Polygon([(4, 0), *straight, (4, 3)])
    simple = tools.topology.build_topology({"WWW": west, "EEE": east}).simplified(0.01, 5, 0.1)
    (run,) = simple.runs(simple.pairs()["EEE", "WWW"], "WWW")
    assert np.diff(run[:, 1]).max() < 0.2
    sparse = shapely.box(0, 0, 2, 3), shapely.box(2, 0, 4, 3)
    kept = tools.topology.build_topology({"WWW": sparse[0], "EEE": sparse[1]}).simplified(0.01, 5, 0.1)
    assert len(kept.runs(kept.pairs()["EEE", "WWW"], "WWW")[0]) == 2


def test_a_closed_line_stays_closed_and_keeps_its_beginning(tools: SimpleNamespace) -> None:
    angle = np.linspace(0, 2 * np.pi, 721)[:-1]
    ring = np.round(np.column_stack([2 + np.cos(angle), 2 + np.sin(angle)]), 7)
    inner, outer = shapely.Polygon(ring), shapely.Polygon([(0, 0), (4, 0), (4, 4), (0, 4)], [ring])
    simple = tools.topology.build_topology({"INN": inner, "OUT": outer}).simplified(0.01, 5, 0.1)
    (run,) = simple.runs(simple.pairs()["INN", "OUT"], "INN")
    np.testing.assert_array_equal(run[0], run[-1])
    assert run[0].tolist() == [1.0, 2.0]
    assert simple.territory("INN").area == pytest.approx(np.pi, rel=0.02)
    assert 20 < len(run) < 150


def test_ground_that_both_hold_has_its_outline_for_a_line(tools: SimpleNamespace) -> None:
    west, east = shapely.box(0, 0, 2.5, 3), shapely.box(2, 0, 4, 3)
    topology = tools.topology.build_topology({"WWW": west, "EEE": east})
    overlaps = tools.lines.overlaps_of(topology)
    assert set(overlaps) == {("EEE", "WWW")}
    assert overlaps["EEE", "WWW"] == pytest.approx(tools.lines.area_km2(shapely.box(2, 0, 2.5, 3)), rel=1e-6)
    line = tools.lines.lines_of(topology, overlaps=overlaps)["EEE", "WWW"]
    drawn = shapely.MultiLineString(line.runs)
    for lon in (2.0, 2.5):
        assert shapely.covers(drawn, shapely.LineString([(lon, 0.5), (lon, 2.5)]))


def test_ground_of_nobody_has_both_its_sides_for_a_line(tools: SimpleNamespace) -> None:
    west, gap, east = shapely.box(0, 0, 2, 3), shapely.box(2, 0, 2.5, 3), shapely.box(2.5, 0, 4, 3)
    topology = tools.topology.build_topology({"WWW": west, "EEE": east, "~0": gap})
    nobody = tools.countries.Unassigned("the strip", gap, ("EEE", "WWW"))
    lines = tools.lines.lines_of(topology, unassigned=[nobody])
    assert set(lines) == {("EEE", "WWW")}
    line = lines["EEE", "WWW"]
    assert line.unassigned == ["the strip"]
    # East of the west and west of the east: the first of the pair is on the left, going south.
    assert sorted((float(run[0][0]), float(run[0][1])) for run in line.runs) == [(2.0, 3.0), (2.5, 3.0)]


def test_lines_at_sea_are_cut_at_the_rim(tools: SimpleNamespace) -> None:
    topology = tools.topology.build_topology({"WWW": WEST, "EEE": EAST})
    line = tools.lines.lines_of(topology, mask=shapely.box(-1, -1, 5, 2.7501234567))["EEE", "WWW"]
    (run,) = line.runs
    assert run[:, 1].max() == 2.7501235
    assert set(map(tuple, run[1:])) == {(2.0, 2.0), (2.5, 1.5), (2.0, 1.0), (2.0, 0.0)}


def test_a_zone_that_lies_in_another_country_is_noticed(tools: SimpleNamespace) -> None:
    index = tools.zones._LandIndex({"WWW": WEST, "EEE": EAST})
    assert index.owner(shapely.box(2.6, 0.2, 3.9, 2.9), "EEE") == "EEE"
    assert index.owner(shapely.box(2.6, 0.2, 3.9, 2.9), "WWW") == "EEE"
    # Half in each, or a territory that the other lineage does not know, or an enclave too small for it: left alone.
    assert index.owner(shapely.box(1, 0.2, 3, 0.8), "WWW") == "WWW"
    assert index.owner(shapely.box(2.6, 0.2, 3.9, 2.9), "GUF") == "GUF"
    assert index.owner(shapely.box(3.0, 1.0, 3.1, 1.1), "WWW") == "WWW"


def test_overseas_ground_is_told_apart(tools: SimpleNamespace) -> None:
    far = shapely.box(20, 0, 21, 1)
    countries = tools.countries.Countries({"WWW": shapely.MultiPolygon([WEST, far])}, [])
    split, given = tools.countries.split_overseas(countries, {"WWW": WEST, "GUF": shapely.box(19.9, -0.1, 21.1, 1.1)})
    assert given == {"GUF": "WWW"}
    assert split.territories["GUF"].equals(far)
    assert split.territories["WWW"].equals(WEST)


def built(tools: SimpleNamespace, east: shapely.Polygon = EAST) -> object:
    layers = {}
    for facts, shape in ((tools.facts.OSM_WORLD, east), (tools.facts.NE_WORLD, EAST)):
        topology = tools.topology.build_topology({"WWW": WEST, "EEE": shape})
        overlaps = tools.lines.overlaps_of(topology)
        layers[facts.id] = tools.lines.Layer(
            {code: topology.territory(code) for code in ("EEE", "WWW")},
            tools.lines.lines_of(topology, overlaps=overlaps),
        )
    return tools.world.Built(
        layers, mends=[], overseas={}, others={}, at_sea={("AAA", "BBB"): 0.0}, unassigned={}, waters={}, land={}
    )


def test_the_same_input_gives_the_same_bytes(tools: SimpleNamespace) -> None:
    names = {"WWW": "West", "EEE": "East"}
    first = tools.writing.world_files(built(tools), names)
    second = tools.writing.world_files(built(tools), dict(reversed(names.items())))
    assert list(first) == ["odbl/world-osm-2026c.zip", "public-domain/world-ne-10m.zip", "world.json"]
    assert first == second


def test_differences_between_the_lineages_are_noted(tools: SimpleNamespace) -> None:
    assert tools.notes.find_notes(built(tools)) == {}
    wider = shapely.union(EAST, shapely.box(1.5, 0.0, 2.0, 0.9))
    notes = tools.notes.find_notes(built(tools, wider))["EEE", "WWW"]
    assert {note.kind for note in notes} == {"overlap"}
    narrower = shapely.difference(EAST, shapely.box(1.9, 1.0, 3.0, 2.0))
    kinds = {note.kind for note in tools.notes.find_notes(built(tools, narrower))["EEE", "WWW"]}
    assert kinds == {"length"}
