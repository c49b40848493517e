"""Borders of the whole world at the command line: the list, the nearest one, errors, notes, and how long it takes."""

from __future__ import annotations

import json
import os

import pytest


def test_list_names_everyone_and_their_neighbours(run):
    page = run("boundaries", "list")
    assert (page.code, page.err) == (0, "")
    assert "325 borders of 165 territories" in page.out
    assert "  ROU  BGR, HUN, MDA, SRB, UKR\n" in page.out
    # Readable: a line or two a territory, and every source once.
    assert len(page.out.splitlines()) < 220
    assert page.out.count("osm-2026c-world") == 1


def test_list_of_a_territory(run):
    page = run("boundaries", "list", "xkx")
    assert (page.code, page.err) == (0, "")
    for fragment in ("XKX (Kosovo)", "ALB (Albania)", "osm-2017-world", "user-assigned", "cut out"):
        assert fragment in page.out
    assert "ROU" not in page.out
    document = json.loads(run("boundaries", "list", "XKX", "--json").out)
    assert [each["border"] for each in document["borders"]] == [
        ["ALB", "XKX"],
        ["MKD", "XKX"],
        ["MNE", "XKX"],
        ["SRB", "XKX"],
    ]
    assert document["borders"][3]["sources"] == ["osm-2017-world", "ne-10m-world"]
    assert {note["kind"] for note in document["borders"][3]["notes"]} >= {"status", "mended"}
    assert {source["id"] for source in document["sources"]} == {"osm-2026c-world", "osm-2017-world", "ne-10m-world"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("boundaries", "list", "MDG"), "MDG (Madagascar) has no border on land"),
        (("boundaries", "list", "ROM"), "near it are"),
        (("measure", "1N 1E", "--between", "ROU", "MDG"), "ROU has a border with BGR, HUN, MDA, SRB, UKR"),
        (("measure", "1N 1E", "--between", "FRA", "BRA"), "GUF (French Guiana), which has a code of its own"),
        (("boundaries", "show", "ROM", "UKR"), "ROU (Romania)"),
    ],
    ids=" ".join,
)
def test_what_is_not_held_is_answered_with_what_is(run, arguments, says):
    page = run(*arguments)
    assert (page.code, page.out) == (4, "")
    assert says in page.err
    assert len(page.err.splitlines()) == 1


def test_both_lineages_answer_within_two_seconds(spawn):
    before = os.times()
    done = spawn("measure", "45.19N 29.01E", "--between", "ROU", "UKR", "--json")
    after = os.times()
    assert (done.code, done.err) == (0, "")
    document = json.loads(done.out)
    assert {(each["lineage"], each["territory"]) for each in document["measurements"]} == {
        ("osm", "ROU"),
        ("naturalearth", "ROU"),
    }
    assert "notes" not in document
    # What it costs the processor, interpreter and libraries included: the clock on the wall tells of other jobs too.
    cost = after.children_user + after.children_system - before.children_user - before.children_system
    assert cost < 2.0


def test_the_nearest_border_in_the_world(run):
    document = json.loads(run("measure", "45.19N 29.01E", "--json").out)
    assert document["border"] == ["ROU", "UKR"]
    document = json.loads(run("measure", "19.868N 2.894E", "--json").out)
    assert document["border"] == ["MLI", "DZA"]
    assert len({each["source"] for each in document["measurements"]}) == 7


def test_notes_are_shown_by_measure_and_show(run):
    page = run("measure", "9.6N 28.4E", "--between", "SDN", "SSD")
    assert page.code == 0
    assert "both claim it" in page.out
    assert "Known of this border" in page.out
    assert "Abyei" in page.out
    document = json.loads(run("measure", "9.6N 28.4E", "--between", "SDN", "SSD", "--json").out)
    assert {note["kind"] for note in document["notes"]} >= {"overlap", "unassigned"}
    assert "user-assigned" in " ".join(run("boundaries", "show", "SRB", "XKX").out.split())


def test_verify_covers_the_world(run):
    document = json.loads(run("boundaries", "verify", "--json").out)
    files = {each["file"] for each in document["files"]}
    assert files >= {"world.json", "odbl/world-osm-2026c.zip", "public-domain/world-ne-10m.zip"}
