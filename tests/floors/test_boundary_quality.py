"""What a line is like around one place, what other readings of its edges change, and the spread over sources."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoinc.boundaries import (
    Accuracy,
    accuracy_at,
    describe_line,
    edge_gap,
    local_quality,
    open_border,
    sketch_border,
)
from geoinc.boundaries.border import BoundaryLine
from geoinc.cli import main
from geoinc.envelope import envelope
from geoinc.geodesy import Edges, direct, inverse, nearest
from geoinc.measurement import Sense, measure_position
from geoinc.quality import measurement_quality
from geoinc.render.border_map import save_border_map

BORDER = open_border("MLI", "DZA")
LON, LAT = 2.893916, 19.867983
WEST, EAST = (-4.83333, 25.0), (1.1666, 21.1164)


def sparse() -> BoundaryLine:
    """The western leg as one edge of 750 km, with the ground on both sides of it."""
    corner = {"DZA": [(4.0, 21.0), (4.0, 27.0), (-4.83333, 27.0)], "MLI": [(-4.83333, 18.0), (4.0, 18.0), (4.0, 21.0)]}
    ground = {
        "DZA": shapely.Polygon([WEST, EAST, *corner["DZA"]]),
        "MLI": shapely.Polygon([WEST, *corner["MLI"], EAST]),
    }
    source = replace(BORDER["osm"].source, id="sparse", lineage="sparse", file="", edges=Edges.PLANAR)
    return BoundaryLine(source, ("MLI", "DZA"), shapely.LineString([WEST, EAST]), ground, shapely.box(-8, 16, 7.4, 28))


def test_one_edge_of_750_km_moves_by_5_km():
    line = sparse()
    gap = edge_gap(line, Edges.GEODESIC, Edges.PLANAR)
    assert gap.gap_m == pytest.approx(5_139, abs=5)
    assert gap.chord_m == pytest.approx(750_000, rel=0.01)
    assert edge_gap(line, Edges.GEODESIC, Edges.RHUMB).gap_m == pytest.approx(3_854, rel=0.001)
    assert edge_gap(line, Edges.PLANAR, Edges.GEODESIC).gap_m == pytest.approx(gap.gap_m, rel=1e-3)


def test_an_answer_moves_by_5_km_and_changes_sides_where_vertices_are_sparse():
    border = BORDER.with_source(sparse())
    lon, lat = -1.9, 23.115  # between the planar and the geodesic reading of the long edge
    by_source = {each.source: each for each in measure_position(border, lon, lat, senses=[Sense.SHORTEST])}
    shift = measurement_quality(border, by_source["sparse"], lon, lat)
    assert shift.edges_shift_m == pytest.approx(5_130, abs=60)
    geodesic = {
        each.source: each for each in measure_position(border, lon, lat, senses=[Sense.SHORTEST], edges=Edges.GEODESIC)
    }["sparse"]
    planar = by_source["sparse"]
    assert planar.territory != geodesic.territory
    change = geodesic.signed_distance_m - planar.signed_distance_m
    assert shift.shifts_m[Edges.GEODESIC] == pytest.approx(change, abs=1e-3)
    dense = measurement_quality(border, by_source["osm-2026c"], lon, lat)
    assert dense.edges_shift_m < 5.0


def test_at_tin_zaouatine_readings_move_the_answer_by_metres():
    border = open_border("MLI", "DZA")
    shifts = {
        each.source: measurement_quality(border, each, LON, LAT).edges_shift_m
        for each in measure_position(border, LON, LAT, senses=[Sense.SHORTEST])
        if each.source in {"osm-2026c", "dcw", "wdb2", "ne-10m"}
    }
    assert shifts["osm-2026c"] < 0.1
    assert 0.5 < shifts["ne-10m"] < 6.5
    assert max(shifts.values()) == shifts["ne-10m"]


def test_shift_is_the_difference_of_two_measurements_in_every_sense():
    for each in measure_position(BORDER, 2.0, 20.9):
        if each.source != "ne-110m":
            continue
        found = measurement_quality(BORDER, each, 2.0, 20.9)
        assert set(found.shifts_m) == {Edges.GEODESIC, Edges.RHUMB}
        for edges, shift in found.shifts_m.items():
            (other,) = measure_position(
                open_border("MLI", "DZA", only=["ne-110m"]), 2.0, 20.9, edges=edges, senses=[each.sense]
            )
            assert shift == pytest.approx(other.signed_distance_m - each.signed_distance_m, abs=1e-6)


def test_local_quality_names_edge_vertices_scale_and_document():
    foot = nearest(BORDER["ne-10m"].polyline(), LON, LAT)
    found = local_quality(BORDER, "ne-10m", float(foot.lon_deg), float(foot.lat_deg), float(foot.distance_m))
    assert found.chord_m == pytest.approx(float(foot.chord_m))
    assert sum(found.vertices_m) == pytest.approx(found.chord_m, rel=1e-3)
    assert found.scale_denominator == 10_000_000
    assert found.documented.value_m == 2000.0
    assert found.accuracy == accuracy_at(
        BORDER, "ne-10m", float(foot.lon_deg), float(foot.lat_deg), float(foot.distance_m)
    )
    assert list(found.deviations) == ["osm", "dcw", "wdb2"]
    assert not any(each.correlated for each in found.deviations.values())
    assert local_quality(BORDER, "dcw", 2.9, 19.95, 9_000.0).deviations["wdb2"].correlated


def test_figure_that_is_corroborated_is_the_best_of_the_deviations_shown():
    found = local_quality(BORDER, "wdb2", 2.9, 19.95, 9_000.0)
    assert found.accuracy.basis == "corroborated"
    assert found.accuracy.value_m == min(each.percentile_95_m for each in found.deviations.values())
    assert "may share an origin" in found.accuracy.detail


def test_simplification_widens_what_is_said_of_the_data_before_it():
    exact = BORDER["ne-10m"]
    source = replace(exact.source, id="simplified", lineage="other", simplified_m=1_500.0)
    border = BORDER.with_source(replace(exact, source=source, _lines={}))
    found = accuracy_at(border, "simplified", 2.9, 19.95, 9_000.0)
    assert found.value_m == 2_500.0
    assert "simplified" in found.detail
    undocumented = replace(source, accuracy=None)
    border = BORDER.with_source(replace(exact, source=undocumented, _lines={}))
    measured = accuracy_at(border, "simplified", 2.9, 19.95, 9_000.0)
    assert measured.basis == "corroborated"
    assert measured.value_m == min(measured.deviations_m.values())
    assumed = replace(source, accuracy=Accuracy(100.0, 0.95, 100.0, "assumed", "a guess"))
    assert (
        accuracy_at(BORDER.with_source(replace(exact, source=assumed, _lines={})), "simplified", 2.9, 19.95, 9e3)
        is not None
    )


def test_envelope_names_what_drives_the_spread():
    found = envelope(BORDER, measure_position(BORDER, LON, LAT, senses=[Sense.SHORTEST]))
    assert found.driver == "ne-10m"
    assert found.spread_m == pytest.approx(found.maximum_m - found.minimum_m)
    without = envelope(
        *(border := open_border("MLI", "DZA", only=["osm", "dcw", "wdb2"]),),
        measure_position(border, LON, LAT, senses=[Sense.SHORTEST]),
    )
    assert found.spread_without_driver_m == pytest.approx(without.spread_m)
    assert found.correlated == (("dcw", "wdb2"),)
    assert found.witnesses == 3


def test_vintages_are_one_witness():
    border = open_border("MLI", "DZA", only=["osm"])
    found = envelope(border, measure_position(border, LON, LAT, senses=[Sense.SHORTEST]))
    assert found.witnesses == 1
    assert found.sources == ("osm-2026c",)
    assert (found.spread_m, found.driver) == (0.0, None)


def test_nothing_fit_leaves_no_spread():
    found = envelope(BORDER, measure_position(BORDER, 2.88278, 19.96278, senses=[Sense.SHORTEST]))
    assert (found.minimum_m, found.spread_m, found.driver, found.witnesses) == (None, None, None, 0)


@settings(max_examples=4, deadline=None)
@given(st.floats(-3.0, 4.0), st.floats(19.3, 24.0))
def test_envelope_does_not_depend_on_the_order_of_the_pair(lon, lat):
    one = open_border("MLI", "DZA", only=["osm-2026c", "dcw", "wdb2", "ne-10m"])
    other = one.swapped()
    first = envelope(one, measure_position(one, lon, lat, senses=[Sense.SHORTEST]))
    second = envelope(other, measure_position(other, lon, lat, senses=[Sense.SHORTEST]))
    assert first == second


def test_vertices_are_as_far_as_the_line_says():
    lon, lat = direct(*EAST, 45.0, 3_000.0)
    found = describe_line(sparse())
    assert (found.vertices, len(found.ends)) == (2, 2)
    assert found.spacing_max_m == pytest.approx(float(inverse(*WEST, *EAST)[0]), rel=1e-3)
    assert float(inverse(float(lon), float(lat), *EAST)[0]) == pytest.approx(3_000.0)


def test_measure_prints_quality(capsys):
    assert main(["measure", f"{LAT}, {LON}", "--between", "MLI", "DZA", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    for each in found["measurements"]:
        assert (each["edges_shift_m"] is None) == (each["distance_m"] is None)
        assert each["local"]["vertices_m"] == sorted(each["local"]["vertices_m"])
        assert each["lineage"] not in each["local"]["deviations"]
    assert found["envelope"]["driver"] == "ne-10m"
    assert main(["measure", f"{LAT}, {LON}", "--between", "MLI", "DZA"]) == 0
    page = capsys.readouterr().out
    assert "ne-10m drives the spread" in page
    assert "may share an origin" in page


def test_show_tells_ends_accuracy_and_draws_a_safe_map(capsys, tmp_path):
    target = tmp_path / "border.svg"
    assert main(["boundaries", "show", "MLI", "DZA", "--map", str(target)]) == 0
    page = capsys.readouterr().out
    for fragment in ("near MRT", "near NER", "MIL-D-89009", "one lineage and one witness", "ODbL-1.0"):
        assert fragment in page
    drawn = target.read_text(encoding="utf-8")
    assert drawn.count('class="line"') == 4
    assert "OpenStreetMap contributors" in drawn
    assert not re.search(r"<script|javascript:|href=|url\(", drawn)
    assert set(re.findall(r"https?://[^\"' ]+", drawn)) <= {"http://www.w3.org/2000/svg"}
    again = tmp_path / "again.svg"
    save_border_map(BORDER, again, notes=sketch_border(BORDER).remarks)
    assert again.read_text(encoding="utf-8") == drawn


def test_accuracy_along_the_whole_border_follows_the_same_order():
    found = sketch_border(BORDER).accuracies
    assert {name: each.basis for name, each in found.items()} == {
        "osm-2026c": "corroborated",
        "dcw": "documented",
        "wdb2": "corroborated",
        "ne-10m": "documented",
    }
