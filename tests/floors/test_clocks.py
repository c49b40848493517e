"""The order of events, by each party's clocks and words and between two parties."""

from __future__ import annotations

import json
import textwrap

import pytest

from geoinc.assessment.clocks import check_times, times_of
from geoinc.assessment.evidence import Context
from geoinc.errors import IncidentError
from geoinc.incident import parse_incident

HEAD = """
schema: geoinc/incident/1
id: invented
title: An invented incident
border: [MLI, DZA]
parties:
  a: {name: Party A, territory: MLI}
  b: {name: Party B, territory: DZA}
points:
  entry: {label: entry}
  hit: {label: hit}
  fall: {label: fall}
claims:
"""


def at(name, party, event, start, end):
    return (
        f"- {{id: {name}, party: {party}, kind: time, event: {event}, "
        f"start: 2025-03-31T{start}Z, end: 2025-03-31T{end}Z}}\n"
    )


def said(name, party, event, **order):
    told = ", ".join(f"{word}: [{', '.join(events)}]" for word, events in order.items())
    return f"- {{id: {name}, party: {party}, kind: time, event: {event}, {told}}}\n"


def incident(claims):
    return parse_incident(HEAD + textwrap.indent(claims.strip(), "  "), name="invented.yaml")


def orders(claims):
    found = [each for each in check_times(Context(incident(claims), {})) if each.id.endswith(":order")]
    for each in found:
        json.dumps(each.evidence)
        assert each.statement.endswith(".")
    return found


class TestOneParty:
    def test_one_event_has_no_order(self):
        assert orders(at("t1", "a", "hit", "23:00", "23:10") + at("t2", "b", "fall", "23:00", "23:10")) == []

    def test_in_order(self):
        (found,) = orders(at("t1", "a", "fall", "23:30", "23:31") + at("t2", "a", "hit", "23:00", "23:10"))
        assert found.outcome == "consistent"
        assert "puts the hit before the fall" in found.statement
        assert found.evidence["before"] == {"a": [["hit", "fall"]]}

    def test_minutes_that_follow_each_other_are_in_order(self):
        (found,) = orders(at("t1", "a", "hit", "23:08", "23:09") + at("t2", "a", "fall", "23:09", "23:10"))
        assert found.outcome == "consistent"

    def test_overlapping_times_cannot_be_ordered(self):
        (found,) = orders(at("t1", "a", "hit", "23:00", "23:30") + at("t2", "a", "fall", "23:20", "23:40"))
        assert found.outcome == "indeterminate"
        assert "The order of the hit and the fall cannot be told." in found.statement
        assert found.evidence["cannot_be_ordered"] == [["hit", "fall"]]

    def test_one_instant_twice_cannot_be_ordered(self):
        (found,) = orders(at("t1", "a", "hit", "23:00", "23:00") + at("t2", "a", "fall", "23:00", "23:00"))
        assert found.outcome == "indeterminate"

    def test_words_settle_what_clocks_leave_open(self):
        times = at("t1", "a", "hit", "23:00", "23:30") + at("t2", "a", "fall", "23:20", "23:40")
        (found,) = orders(times + said("o", "a", "fall", after=["hit"]))
        assert found.outcome == "consistent"
        assert found.claims == ("t1", "t2", "o")

    def test_words_against_clocks(self):
        times = at("t1", "a", "hit", "23:00", "23:10") + at("t2", "a", "fall", "23:20", "23:40")
        (found,) = orders(times + said("o", "a", "fall", before=["hit"]))
        assert found.outcome == "inconsistent"
        assert "cannot hold" in found.statement

    def test_three_claims_of_which_every_two_agree(self):
        claims = (
            said("o1", "a", "entry", before=["hit"])
            + said("o2", "a", "hit", before=["fall"])
            + said("o3", "a", "fall", before=["entry"])
        )
        (found,) = orders(claims)
        assert found.outcome == "inconsistent"

    def test_what_follows_from_others_is_known(self):
        (found,) = orders(said("o1", "a", "entry", before=["hit"]) + said("o2", "a", "fall", after=["hit"]))
        assert found.outcome == "consistent"
        assert ["entry", "fall"] in found.evidence["before"]["a"]

    def test_points_that_are_the_same_are_one_event(self):
        same = "- {id: s, party: a, kind: same_point, points: [hit, fall]}\n"
        assert orders(same + at("t1", "a", "hit", "23:00", "23:10") + at("t2", "a", "fall", "23:20", "23:40")) == []


class TestTwoParties:
    EARLY = at("t1", "a", "hit", "23:00", "23:10") + at("t2", "a", "fall", "23:20", "23:40")

    def between(self, claims):
        return next(each for each in orders(claims) if {"t1", "u1"} <= set(each.claims))

    def test_same_order(self):
        found = self.between(
            self.EARLY + at("u1", "b", "hit", "22:00", "22:10") + at("u2", "b", "fall", "22:20", "22:21")
        )
        assert found.outcome == "consistent"
        assert "both put the hit before the fall" in found.statement

    def test_the_other_way_round(self):
        claims = self.EARLY + at("u1", "b", "hit", "23:41", "23:42") + at("u2", "b", "fall", "23:30", "23:31")
        found = self.between(claims)
        assert found.outcome == "inconsistent"
        assert "Party A puts the hit before the fall, Party B puts it after." in found.statement

    def test_one_of_them_leaves_it_open(self):
        found = self.between(
            self.EARLY + at("u1", "b", "hit", "23:00", "23:30") + at("u2", "b", "fall", "23:20", "23:21")
        )
        assert found.outcome == "indeterminate"
        assert "cannot be compared" in found.statement

    def test_clocks_in_two_zones_are_compared_in_utc(self):
        algiers = (
            "- {id: u1, party: b, kind: time, event: hit, start: 2025-04-01 00:05, end: 2025-04-01 00:06, "
            "zone: Africa/Algiers}\n"
            "- {id: u2, party: b, kind: time, event: fall, start: 2025-04-01 00:25, end: 2025-04-01 00:26, "
            "zone: Africa/Algiers}\n"
        )
        assert self.between(self.EARLY + algiers).outcome == "consistent"

    def test_exchanged_parties_find_the_same(self):
        claims = self.EARLY + at("u1", "b", "hit", "23:41", "23:42") + at("u2", "b", "fall", "23:30", "23:31")
        swapped = claims.replace("party: a", "party: x").replace("party: b", "party: a").replace("party: x", "party: b")
        outcomes = sorted(each.outcome for each in orders(claims))
        assert outcomes == sorted(each.outcome for each in orders(swapped))


def test_several_times_of_one_event_are_what_they_share():
    claims = at("t1", "a", "hit", "23:00", "23:30") + at("t2", "a", "hit", "23:20", "23:40")
    found = times_of(incident(claims), "a")["hit"]
    assert found.high - found.low == 600
    apart = at("t1", "a", "hit", "23:00", "23:10") + at("t2", "a", "hit", "23:20", "23:40")
    found = times_of(incident(apart), "a")["hit"]
    assert found.high - found.low == 2400


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("- {id: o, party: a, kind: time, event: hit, before: [nowhere]}", "no point has the id"),
        ("- {id: o, party: a, kind: time, event: hit, after: [hit]}", "itself"),
        ("- {id: o, party: a, kind: time, event: hit, before: [fall], date: 2025-03-31}", "two claims"),
        ("- {id: o, party: a, kind: time, event: hit}", "before or after"),
    ],
)
def test_orders_that_cannot_be_read(claim, words):
    with pytest.raises(IncidentError, match=words):
        incident(claim)
