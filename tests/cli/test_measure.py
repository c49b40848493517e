"""``geoinc measure``: one coordinate, perhaps one figure, and no file."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout

import pytest

from geoinc.assessment.rule import rule_document
from geoinc.cli import main

WRECK = "19°52’04.738’’N 2°53’38.101’’E"


def document(run, *arguments):
    done = run("measure", *arguments, "--json")
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)


def test_document_has_the_promised_shape(run):
    found = document(run, WRECK, "--between", "MLI", "DZA")
    assert found["border"] == ["MLI", "DZA"]
    assert found["position"] == json.loads(run("parse", WRECK, "--json").out)
    assert "envelope" in found
    for each in found["measurements"]:
        assert set(each) >= {
            "source",
            "lineage",
            "sense",
            "territory",
            "contested",
            "distance_m",
            "signed_distance_m",
            "nearest",
            "azimuth_deg",
            "edges",
            "chord_m",
            "accuracy_m",
            "fit",
            "why",
        }
        assert set(each["nearest"]) == {"lon_deg", "lat_deg"}
        assert abs(each["signed_distance_m"]) == each["distance_m"] > 0
        assert (each["signed_distance_m"] > 0) == (each["territory"] == "MLI")
    assert {each["sense"] for each in found["measurements"]} == {"shortest", "meridian"}
    assert {each["lineage"] for each in found["measurements"]} == {"osm", "naturalearth", "wdb2", "dcw"}


def test_the_nearest_border_is_found(run):
    assert document(run, WRECK) == document(run, WRECK, "--between", "MLI", "DZA")


def test_turning_the_border_round_turns_signs(run):
    one = document(run, WRECK, "--between", "MLI", "DZA")
    other = document(run, WRECK, "--between", "DZA", "MLI")
    assert other["border"] == ["DZA", "MLI"]
    for first, second in zip(one["measurements"], other["measurements"], strict=True):
        assert second["signed_distance_m"] == -first["signed_distance_m"]
        assert second["territory"] == first["territory"]


def test_page_shows_each_source(run):
    page = run("measure", WRECK)
    assert (page.code, page.err) == (0, "")
    assert "\x1b" not in page.out
    assert "Distance to the border of MLI and DZA" in page.out
    for each in document(run, WRECK)["measurements"]:
        assert each["source"] in page.out
        assert f"{each['distance_m'] / 1000:.2f} km" in page.out


def test_claimed_and_in_add_outcomes(run):
    page = run("measure", WRECK, "--claimed", "9.5 km", "--in", "MLI")
    assert (page.code, page.err) == (0, "")
    assert any(heading in page.out for heading in ("Agrees", "Cannot hold", "The data cannot decide"))
    findings = document(run, WRECK, "--claimed", "9.5 km", "--in", "MLI")["findings"]
    assert "distance" in {each["kind"] for each in findings}
    distance = next(each for each in findings if each["kind"] == "distance")
    assert (distance["claimed"]["low"], distance["claimed"]["high"]) == (9450.0, 9550.0)
    loose = document(run, WRECK, "--claimed", "9.5 km", "--in", "MLI", "--precision", "fractional")["findings"]
    distance = next(each for each in loose if each["kind"] == "distance")
    assert (distance["claimed"]["low"], distance["claimed"]["high"]) == (9250.0, 9750.0)


def test_findings_come_with_their_rule(run):
    found = document(run, WRECK, "--claimed", "9.5 km", "--in", "MLI")
    assert found["rule"] == rule_document()
    assert "rule" not in document(run, WRECK)


def test_a_position_in_neither_territory_is_said_to_lie_there(run):
    page = run("measure", "19.0N 4.6E", "--between", "MLI", "DZA").out
    assert "in neither territory, by all of them." in " ".join(page.split())
    assert "differ" not in page
    rows = [line for line in page.splitlines() if line.startswith("  ") and " km " in line and "°" in line]
    assert len(rows) == 7
    assert all(" neither " in row for row in rows)


def test_one_accuracy_is_written_in_one_way(run):
    page = " ".join(run("measure", "20N 3E").out.split())
    assert "2.33 km, documented" in page
    assert "dcw: its accuracy here (2.33 km, documented) is more than a third of the distance" in page


def test_a_claim_that_cannot_hold(run):
    findings = document(run, WRECK, "--claimed", "50 km", "--in", "MLI")["findings"]
    assert "inconsistent" in {each["outcome"] for each in findings if each["kind"] == "distance"}
    sides = document(run, WRECK, "--in", "DZA")["findings"]
    assert {each["outcome"] for each in sides if each["kind"] == "side"} == {"inconsistent"}


def test_only_and_edges(run):
    found = document(run, WRECK, "--only", "osm-2026c", "--edges", "rhumb")
    assert {(each["source"], each["edges"]) for each in found["measurements"]} == {("osm-2026c", "rhumb")}


def test_map(run, tmp_path):
    target = tmp_path / "point.html"
    done = run("measure", WRECK, "--claimed", "9.5 km", "--in", "MLI", "--map", str(target))
    assert done.code == 0
    assert done.err == f"geoinc: wrote {target}\n"
    assert target.read_text(encoding="utf-8").lower().startswith("<!doctype html>")


def test_map_without_a_claim(run, tmp_path):
    target = tmp_path / "point.html"
    assert run("measure", "19.868N 2.894E", "--map", str(target)).code == 0
    assert target.stat().st_size > 0


def test_a_position_that_no_source_covers(run):
    done = run("measure", "48.85N 2.35E", "--between", "MLI", "DZA", "--json")
    assert done.code == 0
    assert "no source covers" in done.err
    for each in json.loads(done.out)["measurements"]:
        assert each["distance_m"] is None
        assert each["territory"] is None
        assert "outside" in each["why"]


def test_negative_coordinates_are_text(run):
    done = run("measure", "-19.5 2.9", "--between", "MLI", "DZA")
    assert done.code == 3
    assert "latitude" in done.err


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_options_may_stand_anywhere(run, order):
    parts = [["19.868N", "2.894E"], ["--between", "MLI", "DZA"], ["--json"]]
    done = run("measure", *(word for index in order for word in parts[index]))
    assert done.code == 0
    json.loads(done.out)


def test_codes_in_small_letters(run):
    small = document(run, WRECK, "--between", "mli", "dza", "--in", "mli")
    assert small == document(run, WRECK, "--between", "MLI", "DZA", "--in", "MLI")


def test_a_caller_may_hold_the_output_as_text(run):
    held = io.StringIO()
    with redirect_stdout(held):
        assert main(["parse", "--json", "19.868N 2.894E"]) == 0
    assert held.getvalue() == run("parse", "--json", "19.868N 2.894E").out


def test_between_settles_the_order_of_bare_numbers_and_says_so(capsys):
    assert main(["measure", "19.868, 2.894", "--between", "MLI", "DZA", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["position"]["lat_deg"] == 19.868
    assert any("the other order lies elsewhere" in warning for warning in document["position"]["warnings"])


@pytest.mark.parametrize(
    "only", [["--only", "dcw", "wdb2"], ["--only", "dcw,wdb2"], ["--only", "dcw", "--only", "wdb2"]]
)
@pytest.mark.parametrize("first", [True, False])
def test_sources_to_restrict_to_in_each_way_of_writing(only, first, capsys):
    position = ["19.868N 2.894E"]
    words = [*only, *position] if first else [*position, *only]
    assert main(["measure", *words, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert {each["source"] for each in document["measurements"]} == {"dcw", "wdb2"}


def test_a_word_that_is_no_source_is_not_taken_for_one(capsys):
    assert main(["check", "--only", "osm", "tz-98d", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["manifest"]["options"]["only"] == ["osm"]


def test_a_fine_cell_is_written_without_an_exponent(run):
    page = run("measure", "49.00012N 110.00003W", "--between", "CAN", "USA").out
    assert "latitude ± 0.000005°, longitude ± 0.000005°" in page
