"""Positions in numbers get the distances and the outcome that each of them gets by itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from geoinc.assessment.rule import Evidence, Question, decide, judge_sources
from geoinc.batch.agreement import Agreement, Everywhere, fitness_of
from geoinc.batch.measuring import OUTCOMES, Positions, Reason, Ruler
from geoinc.batch.sides import SideGrid
from geoinc.boundaries import Border, accuracy_at, open_border
from geoinc.errors import UsageError
from geoinc.findings import Outcome
from geoinc.geodesy import Edges, nearest
from geoinc.intervals import Interval
from geoinc.measurement import Sense, measure_position, signed_distances_m, territories_at
from geoinc.notation import Reading
from geoinc.ranges import signed_interval_m, signed_intervals_m
from geoinc.uncertainty import Component

PAIR = ("MLI", "DZA")
INSIDE = Question(Interval.more_than(0.0), one_sided=True, scale_m=None)


@pytest.fixture(scope="module")
def border() -> Border:
    return open_border(*PAIR)


@pytest.fixture(scope="module")
def ruler(border: Border) -> Ruler:
    return Ruler(border)


def around(border: Border, count: int, seed: int, *, ends: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Places at all distances from the line, 10 m to 200 km."""
    chance = np.random.default_rng(seed)
    line = border["osm"].polyline()
    vertex = chance.integers(0, line.lon.size, count)
    if ends:
        vertex = np.where(vertex % 2, 0, line.lon.size - 1)
    away = 10 ** chance.uniform(-4, 0.3, count)
    turn = chance.uniform(0, 2 * np.pi, count)
    return line.lon[vertex] + away * np.cos(turn), line.lat[vertex] + away * np.sin(turn)


def alone(
    border: Border, reading: Reading, territory: str | None, edges: Edges | None = None, *, silent: bool = True
) -> Outcome:
    """The outcome of the rule for one position, from the pieces that `geoinc measure --in` is made of.

    Sources without a vote take their time, and matter only where no other measures: `silent` leaves them out.
    """
    first = border[border.lineages[0]]
    if territory is None:
        if not first.covers(reading.lon_deg, reading.lat_deg):
            return Outcome.NOT_ASSESSABLE
        ground = territories_at(first, reading.lon_deg, reading.lat_deg, edges=edges)
        if bool(ground.first) == bool(ground.second):
            return Outcome.NOT_ASSESSABLE
        territory = border.pair[0 if ground.first else 1]
    names = border if silent else [border[lineage].source.id for lineage in border.lineages]
    evidence = [_evidence(border, name, reading, territory, edges) for name in names]
    return decide(judge_sources(evidence, INSIDE))


def _evidence(border: Border, name: str, reading: Reading, territory: str, edges: Edges | None) -> Evidence:
    line = border[name]
    lon, lat = reading.lon_deg, reading.lat_deg
    interval = None
    if line.covers(lon, lat):
        value = float(signed_distances_m(line, lon, lat, territory, edges=edges)[0])
        interval = None if np.isnan(value) else signed_interval_m(line, reading, territory, edges=edges)
    represents = border[line.source.lineage].source.id == name
    if interval is None:
        return Evidence(
            source=name, lineage="", title="", represents=represents, value_m=None, measured=None, why="none"
        )
    foot = nearest(line.polyline(edges), lon, lat)
    accuracy_m = 1.0
    if represents:  # the others have no vote
        accuracy = accuracy_at(border, name, float(foot.lon_deg), float(foot.lat_deg), abs(value), edges=edges)
        assert accuracy is not None
        accuracy_m = accuracy.value_m
    parts = [Component("boundary", accuracy_m, "")]
    if reading.accuracy_m:
        parts.append(Component("position", reading.accuracy_m, ""))
    return Evidence(
        source=name,
        lineage="",
        title="",
        represents=represents,
        value_m=value,
        measured=interval.widened,
        components=tuple(parts),
    )


def readings(lon: np.ndarray, lat: np.ndarray, decimals: Sequence[int], accuracy: Sequence[float]) -> list[Reading]:
    return [
        Reading(round(x, d), round(y, d), float(f"5e-{d + 1}"), float(f"5e-{d + 1}"), "decimal", "", a or None)
        for x, y, d, a in zip(lon.tolist(), lat.tolist(), decimals, accuracy, strict=True)
    ]


def positions(given: Sequence[Reading]) -> Positions:
    fields = ("lon_deg", "lat_deg", "half_width_lon_deg", "half_width_lat_deg")
    columns = [np.array([getattr(each, name) for each in given]) for name in fields]
    return Positions(*columns, np.array([each.accuracy_m or 0.0 for each in given]))


@pytest.mark.parametrize("case", ["near", "towards", "ends", "geodesic"])
def test_outcomes_are_those_of_the_rule(border, case):
    count, seed = 6, {"near": 11, "towards": 12, "ends": 13, "geodesic": 14}[case]
    chance = np.random.default_rng(seed)
    lon, lat = around(border, count, seed, ends=case == "ends")
    decimals = chance.integers(0 if case == "ends" else 1, 6, count).tolist()
    given = readings(lon, lat, decimals, chance.choice([0.0, 0.0, 60.0, 2_000.0], count).tolist())
    territory = "DZA" if case == "towards" else None
    edges = Edges.GEODESIC if case == "geodesic" else None
    found = Ruler(border, territory=territory, edges=edges).measure(positions(given))
    expected = [alone(border, reading, territory, edges, silent=case == "ends") for reading in given]
    assert [OUTCOMES[number] for number in found.outcome] == expected
    assert len(set(expected)) > 1


def test_distances_and_sides_are_those_of_measure(border, ruler):
    lon, lat = around(border, 6, 21)
    found = ruler.measure(positions(readings(lon, lat, [9] * 6, [0.0] * 6)))
    for number in range(6):
        alone_here = measure_position(border, round(lon[number], 9), round(lat[number], 9), senses=[Sense.SHORTEST])
        first, voices = alone_here[0], [each for each in alone_here if each.source in ruler.voices]
        assert found.distance_m[number] == first.distance_m
        assert [None, *PAIR][found.side[number]] == first.territory
        if first.signed_distance_m is not None:
            assert found.signed_distance_m[number] == first.signed_distance_m
        assert (found.nearest_lon_deg[number], found.nearest_lat_deg[number]) == (
            first.nearest_lon_deg,
            first.nearest_lat_deg,
        )
        signed = [each.signed_distance_m for each in voices]
        values = signed if None not in signed else [each.distance_m for each in voices]
        assert found.spread_m[number] == max(values) - min(values)


def test_swapping_the_parties_changes_signs_alone(border):
    border = border.only(["osm", "dcw"])
    lon, lat = around(border, 80, 31)
    given = positions(readings(lon, lat, [4] * 80, [0.0] * 80))
    one, other = (Ruler(each).measure(given) for each in (border, border.swapped()))
    assert (one.outcome == other.outcome).all()
    assert (one.reason == other.reason).all()
    assert np.array_equal(one.signed_distance_m, -other.signed_distance_m, equal_nan=True)
    assert np.array_equal(one.spread_m, other.spread_m, equal_nan=True)


def test_a_position_does_not_depend_on_its_neighbours(border, ruler):
    lon, lat = around(border, 90, 41)
    given = positions(readings(lon, lat, [3] * 90, [0.0] * 90))
    whole = ruler.measure(given)
    for part in np.array_split(np.random.default_rng(4).permutation(90), 4):
        some = ruler.measure(given.take(part))
        assert np.array_equal(some.signed_distance_m, whole.signed_distance_m[part], equal_nan=True)
        assert (some.outcome == whole.outcome[part]).all()


def test_outside_and_beyond(border):
    given = readings(np.array([30.0, 0.0, 2.0]), np.array([50.0, 27.9, 18.0]), [4] * 3, [0.0] * 3)
    found = Ruler(border.only(["osm"])).measure(positions(given))
    assert found.reason[0] == Reason.OUTSIDE
    assert np.isnan(found.distance_m[0])
    assert found.reason[2] == Reason.NONE
    assert np.isnan(found.spread_m[2])  # one lineage has no spread
    with pytest.raises(UsageError, match="name one of them"):
        Ruler(border, territory="FRA")


class TestAgreement:
    def test_it_is_the_rules_own_figure(self, border):
        line = border["osm"]
        lon, lat = around(border, 25, 51)
        foot = nearest(line.polyline(), lon, lat)
        held = Agreement(border, line)
        figures = held.accuracy_m(foot.lon_deg, foot.lat_deg, foot.distance_m)
        for number in range(25):
            place = (float(foot.lon_deg[number]), float(foot.lat_deg[number]))
            rule = accuracy_at(border, line.source.id, *place, float(foot.distance_m[number]))
            assert figures[number] == rule.value_m
        limits = figures * np.random.default_rng(5).choice([0.5, 0.999, 1.001, 2.0], 25)
        within = held.within(foot.lon_deg, foot.lat_deg, foot.distance_m, limits)
        assert (within == (figures <= limits)).all()
        assert within.any()
        assert not within.all()

    def test_one_figure_where_the_rule_has_one(self, border):
        assert fitness_of(border, border["dcw"]) == Everywhere(2327.0)
        assert isinstance(fitness_of(border, border["osm"]), Agreement)
        two = open_border("ROU", "UKR")
        assert isinstance(fitness_of(two, two["osm"]), Everywhere)


class TestSides:
    @pytest.mark.parametrize("edges", [None, Edges.GEODESIC])
    def test_they_are_those_of_the_rings(self, border, edges):
        chance = np.random.default_rng(61)
        near = around(border, 1_000, 62)
        lon = np.concatenate([near[0], chance.uniform(-8, 7.4, 1_000)])
        lat = np.concatenate([near[1], chance.uniform(16, 28, 1_000)])
        for name in ("osm", "ne-110m"):
            line = border[name]
            found, exact = SideGrid(line, edges).at(lon, lat), territories_at(line, lon, lat, edges=edges)
            assert (found.first == exact.first).all()
            assert (found.second == exact.second).all()

    def test_across_the_antimeridian_and_in_the_far_north(self):
        line = open_border("RUS", "USA")["osm"] if ("RUS", "USA") in _held() else open_border("RUS", "FIN")["osm"]
        chance = np.random.default_rng(63)
        lon, lat = chance.uniform(-180, 180, 300), chance.uniform(50, 90, 300)
        lon[:3] = (180.0, -180.0, 179.99)
        found, exact = SideGrid(line).at(lon, lat), territories_at(line, lon, lat)
        assert (found.first == exact.first).all()
        assert (found.second == exact.second).all()


def _held() -> set[tuple[str, str]]:
    from geoinc.boundaries import load_catalogue

    return set(load_catalogue().borders)


def test_ranges_over_many_cells_are_those_over_each(border):
    lon, lat = around(border, 8, 71)
    given = readings(lon, lat, [2] * 8, [0.0] * 8)
    line = border["osm"]
    many = signed_intervals_m(line, positions(given).cells, "MLI")
    for reading, (low, high) in zip(given, many.tolist(), strict=True):
        one = signed_interval_m(line, reading, "MLI")
        assert (one is None and np.isnan(low)) or (one.low, one.high) == (low, high)
