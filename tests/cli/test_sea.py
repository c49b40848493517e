"""``geoinc measure --sea``: the coast of a state and 12 nautical miles from it."""

from __future__ import annotations

import json

import pytest

from geoinc.cli import main


def test_document(capsys):
    assert main(["measure", "36.90N 3.20E", "--sea", "dza", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    sea = found["sea"]
    assert found["position"]["lat_deg"] == 36.9
    assert (sea["territory"], sea["limit_m"], sea["place"]) == ("DZA", 22_224.0, "at sea")
    assert [each["outcome"] for each in sea["statements"]] == [
        "consistent",
        "inconsistent",
        "consistent",
        "inconsistent",
    ]
    assert sea["measured"]["low"] < sea["distance_m"] < sea["measured"]["high"]
    assert sea["nearest"]["coast_of"] == ["DZA"]
    assert any("article 5" in caveat for caveat in sea["caveats"])
    assert any("OpenStreetMap" in credit for credit in sea["attribution"])


def test_page(capsys):
    assert main(["measure", "43.00N 4.50E", "--sea", "FRA"]) == 0
    page = " ".join(capsys.readouterr().out.split())
    assert "a baseline seaward of the coast, which is not held, may still reach it" in page
    assert "At sea, beyond 12 nautical miles from the coast of FRA: consistent." in page
    assert "1.05 km (95 %), derived" in page


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--sea", "MLI"], 4, "MLI (Mali) has no coast on the sea"),
        (["--sea", "Mali"], 4, "is not the code of a territory"),
        (["--sea", "FRA", "--in", "FRA"], 2, "--sea stands alone"),
        (["--sea", "FRA", "--only", "osm"], 2, "--sea stands alone"),
    ],
)
def test_errors(capsys, arguments, code, message):
    assert main(["measure", "43.00N 4.50E", *arguments]) == code
    assert message in capsys.readouterr().err


def test_the_coast_is_listed_with_its_licence(capsys):
    assert main(["boundaries", "list", "--json"]) == 0
    coast = json.loads(capsys.readouterr().out)["coast"]
    assert (coast["id"], coast["licence"]) == ("gshhg-f", "LGPL-3.0-or-later")
    assert main(["boundaries", "list"]) == 0
    assert "The coast, for geoinc measure --sea" in capsys.readouterr().out
