"""``geoinc parse``."""

from __future__ import annotations

import json

import pytest

WRECK = "19°52’04.738’’N 2°53’38.101’’E"


def test_text_shows_the_position_in_two_notations_and_the_cell(run):
    page = run("parse", WRECK)
    assert page.code == 0
    assert page.err == ""
    for fragment in (
        WRECK,
        "19°52′04.738″N 2°53′38.101″E",
        "19.86798",
        "2.89391",
        "± 0.000000139°",
        "not stated",
    ):
        assert fragment in page.out


def test_document_has_the_promised_shape(run):
    document = json.loads(run("parse", WRECK, "--json").out)
    assert set(document) >= {
        "lon_deg",
        "lat_deg",
        "half_width_lon_deg",
        "half_width_lat_deg",
        "accuracy_m",
        "notation",
        "warnings",
    }
    assert document["lat_deg"] == pytest.approx(19 + 52 / 60 + 4.738 / 3600, abs=1e-12)
    assert document["lon_deg"] == pytest.approx(2 + 53 / 60 + 38.101 / 3600, abs=1e-12)
    assert document["half_width_lat_deg"] == pytest.approx(0.0005 / 3600, rel=1e-9)
    assert document["accuracy_m"] is None
    assert document["notation"] == "dms"
    assert document["warnings"]


def test_quotes_are_not_needed(run):
    assert run("parse", "19.868N", "2.894E", "--json") == run("parse", "19.868N 2.894E", "--json")


@pytest.mark.parametrize("arguments", [("-19.5 2.9",), ("-19.5", "2.9"), ("--json", "-19.5", "-2.9")])
def test_a_negative_number_is_no_option(run, arguments):
    page = run("parse", *arguments)
    # Which of two bare numbers is the latitude cannot be known: a matter of the text, not of the options.
    assert page.code == 3
    assert "latitude" in page.err
    assert "\x00" not in page.err
    assert "-" in page.err


def test_a_negative_number_reads_as_it_was_printed(run):
    page = run("parse", "-19.5, -120.25", "--json")
    assert page.code == 0
    assert json.loads(page.out)["lat_deg"] == -19.5
    assert json.loads(page.out)["lon_deg"] == -120.25


def test_what_cannot_be_read_says_how_it_could_be(run):
    page = run("parse", "44°51'3 N 29°E")
    assert page.code == 3
    assert page.out == ""
    assert page.err.startswith("geoinc: error: ")
    assert "may mean" in page.err
