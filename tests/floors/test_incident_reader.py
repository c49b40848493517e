"""The reader: what a sound file gives, and which line and field each kind of mistake is laid to."""

from __future__ import annotations

import hashlib
import json
import math
from datetime import UTC, date, datetime

import pytest

from geoinc.claims import BorderDistanceClaim, FallClaim, FallMode, PlaceOffsetClaim, TimeClaim, TrackClaim
from geoinc.errors import IncidentError, InputError
from geoinc.geodesy import Edges
from geoinc.incident import load_incident, parse_incident
from geoinc.intervals import Interval
from geoinc.measurement import Sense
from geoinc.quantities import Precision

# The example of the format's design, as it stands there.
DESIGN = """\
schema: geoinc/incident/1
id: tz-98d
title: Loss of drone TZ-98D near Tin Zaouatine
border: [MLI, DZA]              # or a list of pairs
parties:
  algeria: {name: Algeria, territory: DZA}
  fla: {name: Azawad Liberation Front, territory: null}
  mali: {name: Mali, territory: MLI}
references:
  communique-073: {publisher: Government of Mali, published: 2025-04-06, language: fr, url: "https://..."}
  mdn-0401: {publisher: Ministry of National Defence, published: 2025-04-01, language: ar}
points:
  link_lost: {label: last data link}
  wreck: {label: wreckage}
  deepest: {label: deepest point of the entry}
claims:
  - {id: mali-wreck-position, party: mali, reference: communique-073, kind: position, point: wreck,
     text: "19°52’04.738’’N 2°53’38.101’’E"}
  - {id: mali-wreck-distance, party: mali, reference: communique-073, kind: border_distance, point: wreck,
     distance: 9.5 km, territory: MLI, sense: shortest, alternatives: [{sense: meridian}, {precision: fractional}]}
  - {id: mali-separation, party: mali, reference: communique-073, kind: separation,
     points: [link_lost, wreck], distance: 441 m}
  - {id: algeria-depth, party: algeria, reference: mdn-0401, kind: border_distance, point: deepest, territory: DZA,
     distance: up to 2 km, near: {places: [tin-zaouatine-dza, tinzawaten-mli], within: 30 km}}
assumptions:
  - {id: near-radius, text: "near means within 30 km of either town", used_by: [algeria-depth]}
"""

HEAD = """\
schema: geoinc/incident/1
id: small
title: A small incident
border: [MLI, DZA]
parties:
  mali: {name: Mali, territory: MLI}
  algeria: {name: Algeria, territory: DZA}
references:
  note: {publisher: Someone}
points:
  wreck: {label: wreckage}
  link: {label: last data link}
claims:
"""
FIRST_CLAIM_LINE = HEAD.count("\n") + 1


def read_claims(*claims: str, head: str = HEAD, precision: Precision | None = None):
    text = head + "".join(f"  - {claim}\n" for claim in claims)
    return parse_incident(text, name="small.yaml", precision=precision).claims


def find_problems(text: str, name: str = "small.yaml") -> tuple:
    with pytest.raises(IncidentError) as caught:
        parse_incident(text, name=name)
    assert caught.value.exit_code == 3
    return caught.value.problems


def assert_problem(problems: tuple, line: int | None, field: str, *words: str) -> None:
    fitting = [problem for problem in problems if (problem.line, problem.field) == (line, field)]
    assert fitting, [str(problem) for problem in problems]
    message = " | ".join(problem.message for problem in fitting)
    for word in words:
        assert word in message


class TestSoundFiles:
    def test_the_example_of_the_design_loads_unchanged(self) -> None:
        incident = parse_incident(DESIGN, name="design.yaml")
        assert incident.id == "tz-98d"
        assert incident.borders == (("MLI", "DZA"),)
        assert [claim.id for claim in incident.claims] == [
            "mali-wreck-position",
            "mali-wreck-distance",
            "mali-separation",
            "algeria-depth",
        ]
        assert incident.references["communique-073"].published == date(2025, 4, 6)
        assert incident.references["mdn-0401"].url is None
        assert incident.parties["fla"].territory is None
        assert list(incident.points) == ["link_lost", "wreck", "deepest"]
        assert incident.assumptions[0].used_by == ("algeria-depth",)
        assert incident.summary == ""
        assert incident.sha256 == hashlib.sha256(DESIGN.encode()).hexdigest()

    def test_its_claims_hold_what_was_printed(self) -> None:
        incident = parse_incident(DESIGN, name="design.yaml")
        distance = incident.claim("mali-wreck-distance")
        assert isinstance(distance, BorderDistanceClaim)
        assert distance.distance.interval == Interval(9450.0, 9550.0)
        assert [(other.sense, other.precision) for other in distance.alternatives] == [
            (Sense.MERIDIAN, None),
            (None, Precision.FRACTIONAL),
        ]
        depth = incident.claim("algeria-depth")
        assert isinstance(depth, BorderDistanceClaim)
        assert depth.distance.interval == Interval(0.0, 2500.0)
        assert depth.near is not None
        assert depth.near.within_m == 30_000.0
        assert [place.id for place in depth.near.places] == ["tin-zaouatine-dza", "tinzawaten-mli"]
        assert [claim.tag for claim in incident.claims] == ["M1", "M2", "M3", "A1"]

    def test_json_says_the_same_as_yaml(self) -> None:
        claim = {
            "id": "a", "party": "mali", "kind": "border_distance", "point": "wreck", "distance": "9.5 km",
            "territory": "MLI", "quote": "\ud83d\ude00 \u0627",
        }  # fmt: skip
        document = {
            "schema": "geoinc/incident/1", "id": "small", "title": "A small incident", "border": ["MLI", "DZA"],
            "parties": {"mali": {"name": "Mali", "territory": "MLI"}},
            "points": {"wreck": {"label": "wreckage"}}, "claims": [claim],
        }  # fmt: skip
        for escape in (True, False):
            text = json.dumps(document, ensure_ascii=escape, indent="\t").encode("utf-16", "surrogatepass")
            incident = parse_incident(text.decode("utf-16"), name="small.JSON")
            assert incident.claims[0].distance.interval == Interval(9450.0, 9550.0)
            assert incident.claims[0].quote == "😀 ا"

    def test_a_party_may_be_called_no(self) -> None:
        head = HEAD.replace("  mali:", "  no:")
        (claim,) = read_claims("{id: on, party: no, kind: within, point: wreck, territory: MLI}", head=head)
        assert (claim.id, claim.party) == ("on", "no")

    def test_several_borders(self) -> None:
        head = HEAD.replace("[MLI, DZA]", "[[MLI, DZA], [NER, DZA]]")
        claims = read_claims(
            "{id: a, party: mali, kind: within, point: wreck, territory: MLI}",
            "{id: b, party: mali, kind: within, point: wreck, territory: DZA, border: [DZA, MLI]}",
            "{id: c, party: mali, kind: border_distance, point: wreck, distance: 2 km, border: [DZA, NER]}",
            head=head,
        )
        assert [claim.border for claim in claims] == [("MLI", "DZA"), ("MLI", "DZA"), ("NER", "DZA")]

    def test_declared_intervals(self) -> None:
        claims = read_claims(
            "{id: a, party: mali, kind: border_distance, point: wreck,"
            " distance: {printed: a few kilometres, low: 2 km, high: 5 km}}",
            "{id: b, party: mali, kind: separation, points: [wreck, link], distance: {printed: far, low: 20 km}}",
            precision=Precision.FRACTIONAL,
        )
        assert [claim.distance.interval for claim in claims] == [
            Interval(2000.0, 5000.0),
            Interval(20_000.0, math.inf),
        ]
        assert {claim.distance.precision for claim in claims} == {Precision.DECLARED}
        assert claims[0].distance.text == "a few kilometres"

    def test_precision_of_the_claim_and_of_the_whole_reading(self) -> None:
        claims = (
            "{id: a, party: mali, kind: border_distance, point: wreck, distance: 9.5 km}",
            "{id: b, party: mali, kind: border_distance, point: wreck, distance: 9.5 km, precision: fractional}",
        )
        assert [claim.distance.interval.low for claim in read_claims(*claims)] == [9450.0, 9250.0]
        for precision, low in ((Precision.FRACTIONAL, 9250.0), (Precision.LAST_DIGIT, 9450.0)):
            read = read_claims(*claims, precision=precision)
            assert [claim.distance.interval.low for claim in read] == [low, low]
            assert [claim.distance.precision for claim in read] == [precision, precision]

    def test_headings_and_alternatives(self) -> None:
        (claim,) = read_claims(
            "{id: a, party: mali, kind: border_distance, point: wreck, distance: 9 km, sense: heading,"
            " bearing_deg: 15, alternatives: [{edges: geodesic, note: n}, {distance: 9.5 km, precision: fractional},"
            " {near: {places: [tinzawaten-mli], within: 5 km}}]}"
        )
        assert (claim.sense, claim.bearing_deg) == (Sense.HEADING, 15.0)
        edges, distance, near = claim.alternatives
        assert (edges.edges, edges.note) == (Edges.GEODESIC, "n")
        assert distance.distance.interval == Interval(9250.0, 9750.0)
        assert near.near.within_m == 5000.0

    def test_place_offsets(self) -> None:
        head = HEAD.replace(
            "points:\n",
            'places:\n  camp: {name: Camp, territory: MLI, position: "19.8 N, 2.9 E", accuracy: 500 m,'
            " source: survey}\npoints:\n",
        )
        word, sector = read_claims(
            "{id: a, party: mali, kind: place_offset, point: wreck, place: camp, distance: 3.5 km,"
            " direction: south-east}",
            "{id: b, party: mali, kind: place_offset, point: wreck, places: [camp, tinzawaten-mli],"
            " distance: 3.5 km, direction: [120, 150.5]}",
            head=head,
        )
        assert isinstance(word, PlaceOffsetClaim)
        assert word.direction_deg == (123.75, 146.25)
        assert sector.direction_deg == (120.0, 150.5)
        camp = word.places[0]
        assert (camp.lat_deg, camp.lon_deg, camp.accuracy_m, camp.name_ar) == (19.8, 2.9, 500.0, "")
        assert [place.id for place in sector.places] == ["camp", "tinzawaten-mli"]

    def test_times_are_kept_in_utc(self) -> None:
        local, offset, unnamed = read_claims(
            '{id: a, party: mali, kind: time, event: wreck, start: "2025-04-01 00:08", end: 2025-04-01 00:09:30,'
            " zone: Africa/Algiers}",
            "{id: b, party: mali, kind: time, event: wreck, start: 2025-04-01T00:08+01:00, end: 2025-03-31T23:30Z}",
            "{id: c, party: mali, kind: time, event: wreck, start: 2025-04-01T00:08+01:00,"
            " end: 2025-04-01T00:08+01:00, zone: Africa/Algiers}",
        )
        assert isinstance(local, TimeClaim)
        assert local.start_utc == datetime(2025, 3, 31, 23, 8, tzinfo=UTC)
        assert local.end_utc == datetime(2025, 3, 31, 23, 9, 30, tzinfo=UTC)
        assert (local.zone, offset.zone, unnamed.zone) == ("Africa/Algiers", "UTC", "Africa/Algiers")
        assert offset.start_utc == unnamed.start_utc == local.start_utc
        assert offset.start_utc.tzinfo is UTC

    def test_tracks_and_falls(self) -> None:
        track, fall, never = read_claims(
            '{id: a, party: mali, kind: track, positions: ["19.8N 2.9E", "19.9N 2.9E"],'
            " times: [2025-03-31 23:00, 2025-03-31 23:05], zone: Africa/Bamako}",
            "{id: b, party: mali, kind: fall, from: link, to: wreck, mode: glide, altitude: 3000 m,"
            " speed: up to 72 km/h}",
            "{id: c, party: mali, kind: track, never_left: MLI}",
        )
        assert isinstance(track, TrackClaim)
        assert [reading.lat_deg for reading in track.positions] == [19.8, 19.9]
        assert track.times[1] == datetime(2025, 3, 31, 23, 5, tzinfo=UTC)
        assert (track.never_left, track.border) == (None, None)
        assert (never.never_left, never.border, never.positions) == ("MLI", ("MLI", "DZA"), ())
        assert isinstance(fall, FallClaim)
        assert (fall.start, fall.end, fall.mode) == ("link", "wreck", FallMode.GLIDE)
        assert fall.altitude is not None
        assert fall.altitude.interval == Interval(2999.5, 3000.5)
        assert fall.speed_low_m_s == 0.0
        assert fall.speed_high_m_s == pytest.approx(72_500 / 3600, abs=1e-9)

    @pytest.mark.parametrize(
        ("speed", "low", "high"),
        [
            ("10 m/s", 9.5, 10.5),
            ("36 km/h", 35_500 / 3600, 36_500 / 3600),
            ("100 kn", 99.5 * 1852 / 3600, 100.5 * 1852 / 3600),
            ("at least 100 knots", 100 * 1852 / 3600, None),
        ],
    )
    def test_speeds(self, speed: str, low: float, high: float | None) -> None:
        (fall,) = read_claims(f"{{id: b, party: mali, kind: fall, from: link, to: wreck, mode: glide, speed: {speed}}}")
        assert fall.speed_low_m_s == pytest.approx(low, abs=1e-9)
        assert fall.speed_high_m_s == (None if high is None else pytest.approx(high, abs=1e-9))

    def test_stated_accuracy(self) -> None:
        (claim,) = read_claims('{id: a, party: mali, kind: position, point: wreck, text: "19.8N 2.9E", accuracy: 50 m}')
        assert claim.reading.accuracy_m == 50.0
        assert claim.text == "19.8N 2.9E"

    def test_given_tags_win(self) -> None:
        claims = read_claims(
            "{id: a, party: mali, kind: within, point: wreck, territory: MLI}",
            "{id: b, party: mali, kind: within, point: wreck, territory: MLI, tag: M1}",
            "{id: c, party: algeria, kind: same_point, points: [wreck, link]}",
        )
        assert [claim.tag for claim in claims] == ["M2", "M1", "A1"]

    def test_a_byte_order_mark_and_windows_line_ends_change_nothing(self) -> None:
        plain = parse_incident(DESIGN, name="a.yaml")
        other = parse_incident("\ufeff" + DESIGN.replace("\n", "\r\n"), name="a.yaml")
        assert other.claims == plain.claims
        assert other.sha256 != plain.sha256

    def test_direction_marks_are_kept(self) -> None:
        (claim,) = read_claims(
            '{id: a, party: mali, kind: within, point: wreck, territory: MLI, quote: "\u202ereversed\u202c"}'
        )
        assert claim.quote == "\u202ereversed\u202c"


POSITION = 'party: mali, kind: position, point: wreck, text: "19.8N 2.9E"'
DISTANCE = "party: mali, kind: border_distance, point: wreck"
TIME = "party: mali, kind: time, event: wreck"

CLAIM_MISTAKES = [
    ("{id: a, party: mail, kind: within, point: wreck, territory: MLI}", "party", ["'mail'", "'mali'"]),
    (f"{{id: a, {POSITION}, reference: nowhere}}", "reference", ["'nowhere'", "references"]),
    ("{id: a, party: mali, kind: within, point: wrek, territory: MLI}", "point", ["'wreck'"]),
    ("{id: a, party: mali, kind: within, point: wreck, territory: NER}", "territory", ["NER", "MLI-DZA"]),
    ("{id: a, party: mali, kind: within, point: wreck, territory: mli}", "territory", ["three capital letters"]),
    ("{id: a, party: mali, kind: track, never_left: NER}", "never_left", ["NER"]),
    ("{id: a, party: mali, kind: separation, points: [wreck, lnk], distance: 1 m}", "points[1]", ["'link'"]),
    ("{id: a, party: mali, kind: separation, points: [wreck], distance: 1 m}", "points", ["two entries"]),
    ("{id: a, party: mali, kind: same_point, points: [wreck, wreck]}", "points", ["two different"]),
    ("{id: a, party: mali, kind: fall, from: wreck, to: wreck, mode: glide}", "to", ["two points"]),
    ("{id: a, party: mali, kind: fall, from: wrck, to: link, mode: glide}", "from", ["'wreck'"]),
    ("{id: a, party: mali, kind: fall, from: wreck, to: link, mode: spiral}", "mode", ["vertical"]),
    ("{id: a, party: mali, kind: fall, to: link, mode: glide}", "from", ["missing"]),
    ("{id: a, party: mali, kind: fall, from: wreck, to: link, mode: glide, speed: fast}", "speed", ["km/h"]),
    (f"{{id: a, {POSITION}, pont: x}}", "pont", ["did you mean point"]),
    (f"{{id: a, {POSITION}, accuracy: 50}}", "accuracy", ["'50' has no unit"]),
    (f"{{id: a, {POSITION}, accuracy: up to 50 m}}", "accuracy", ["one plain length"]),
    ("{id: a, party: mali, kind: position, point: wreck}", "text", ["missing"]),
    ('{id: a, party: mali, kind: position, point: wreck, text: "91N 2E"}', "text", ["91"]),
    ('{id: a, party: mali, kind: position, point: wreck, text: "50.5, 51.5"}', "text", ["it may mean"]),
    ("{id: a, party: mali, kind: position, point: wreck, text: 19.8}", "text", ["quotes round it"]),
    (f"{{id: a, {DISTANCE}, distance: 9.5}}", "distance", ["'9.5' has no unit", "9.5 km"]),
    (f"{{id: a, {DISTANCE}, distance: 9.5 leagues}}", "distance", ["leagues"]),
    (f'{{id: a, {DISTANCE}, distance: "1,329 km"}}', "distance", ["it may mean"]),
    (f"{{id: a, {DISTANCE}, distance: [9 km]}}", "distance", ["must be a text"]),
    (f"{{id: a, {DISTANCE}, distance: {{printed: few}}}}", "distance", ["low, high or both"]),
    (f"{{id: a, {DISTANCE}, distance: {{printed: few, low: 3}}}}", "distance.low", ["no unit"]),
    (f"{{id: a, {DISTANCE}, distance: {{printed: few, low: 3 km, high: 2 km}}}}", "distance.high", ["exchange"]),
    (f"{{id: a, {DISTANCE}, distance: 9 km, sense: meridien}}", "sense", ["did you mean meridian"]),
    (f"{{id: a, {DISTANCE}, distance: 9 km, sense: heading}}", "bearing_deg", ["missing"]),
    (f"{{id: a, {DISTANCE}, distance: 9 km, bearing_deg: 400}}", "bearing_deg", ["360"]),
    (f"{{id: a, {DISTANCE}, distance: 9 km, bearing_deg: .nan}}", "bearing_deg", ["finite"]),
    (f"{{id: a, {DISTANCE}, distance: 9 km, bearing_deg: true}}", "bearing_deg", ["number"]),
    (f"{{id: a, {DISTANCE}, distance: 9 km, precision: declared}}", "precision", ["last_digit or fractional"]),
    (f"{{id: a, {DISTANCE}, distance: 9 km, border: [MLI, NER]}}", "border", ["MLI-DZA"]),
    (f"{{id: a, {DISTANCE}, distance: 9 km, border: [MLI, MLI]}}", "border", ["two different"]),
    (f"{{id: a, {DISTANCE}, distance: 9 km, near: {{places: [atlantis], within: 3 km}}}}",
     "near.places[0]", ["atlantis"]),
    (f"{{id: a, {DISTANCE}, distance: 9 km, near: {{places: [], within: 3 km}}}}", "near.places", ["empty"]),
    (f"{{id: a, {DISTANCE}, distance: 9 km, near: {{places: [tinzawaten-mli], within: 3}}}}",
     "near.within", ["unit"]),
    (f"{{id: a, {DISTANCE}, distance: 9 km, alternatives: [{{note: n}}]}}", "alternatives[0]", ["at least one of"]),
    (f"{{id: a, {DISTANCE}, distance: 9 km, alternatives: [{{sense: heading}}]}}",
     "alternatives[0].sense", ["bearing_deg"]),
    (f"{{id: a, {DISTANCE}, distance: 9 km, alternatives: [{{distance: near}}]}}",
     "alternatives[0].distance", ["near"]),
    (f"{{id: a, {POSITION}, alternatives: [{{sense: meridian}}]}}", "alternatives[0].sense", ["position"]),
    (
        f"{{id: a, {DISTANCE}, distance: {{printed: few, low: 3 km}}, alternatives: [{{precision: fractional}}]}}",
        "alternatives[0].precision",
        ["declared"],
    ),
    ("{id: a, party: mali, kind: place_offset, point: wreck, distance: 3 km}", "", ["place or places"]),
    (
        "{id: a, party: mali, kind: place_offset, point: wreck, distance: 3 km, place: tinzawaten-mil}",
        "place",
        ["'tinzawaten-mli'"],
    ),
    (
        "{id: a, party: mali, kind: place_offset, point: wreck, distance: 3 km, place: tinzawaten-mli, direction: up}",
        "direction",
        ["compass"],
    ),
    ("{id: a, party: mali, kind: track}", "", ["positions"]),
    ('{id: a, party: mali, kind: track, positions: ["19.8N 2.9E"], times: [x, y]}', "", ["one time for each"]),
    ('{id: a, party: mali, kind: track, positions: ["19.8N 2.9E", here]}', "positions[1]", ["here"]),
    (
        '{id: a, party: mali, kind: track, positions: ["19.8N 2.9E", "19.9N 2.9E"],'
        " times: [2025-03-31T23:00Z, 2025-03-31T22:00Z]}",
        "times[1]",
        ["order of flight"],
    ),
    (f"{{id: a, {TIME}, start: 2025-04-01 00:08, end: 2025-04-01 00:09}}", "start", ["no time zone"]),
    (f"{{id: a, {TIME}, start: midnight, end: 2025-04-01T00:09Z}}", "start", ["'midnight' is no time"]),
    (f"{{id: a, {TIME}, start: 2025-02-30T00:08Z, end: 2025-04-01T00:09Z}}", "start", ["calendar"]),
    (f"{{id: a, {TIME}, start: 2025-04-01T00:08Z, end: 2025-04-01T00:07Z}}", "end", ["before start"]),
    (f"{{id: a, {TIME}, start: 2025-04-01T00:08Z, end: 2025-04-01T00:09Z, zone: Africa/Algeirs}}",
     "zone", ["Africa/Algiers"]),
    (f"{{id: a, {TIME}, start: 2025-03-30 02:30, end: 2025-03-30 04:00, zone: Europe/Paris}}", "start", ["never was"]),
    (f"{{id: a, {TIME}, start: 2025-10-26 02:30, end: 2025-10-26 04:00, zone: Europe/Paris}}",
     "start", ["twice", "+02:00", "+01:00"]),
    (f"{{id: a, {TIME}, start: 2025-04-01T00:08+02:00, end: 2025-04-01T00:09Z, zone: Africa/Algiers}}",
     "start", ["offset +02:00"]),
    ("{id: a, party: mali, kind: border_distence, point: wreck}", "kind", ["did you mean border_distance"]),
    ("{id: a, party: mali, point: wreck}", "kind", ["missing", "border_distance"]),
    ("{party: mali, kind: within, point: wreck, territory: MLI}", "id", ["missing"]),
    ("{id: a b, party: mali, kind: within, point: wreck, territory: MLI}", "id", ["'a b' is no id"]),
    ("{id: 5, party: mali, kind: within, point: wreck, territory: MLI}", "id", ["quotes round it"]),
    ("{id: a, party: mali, kind: within, point: wreck, territory: MLI, tag: a b}", "tag", ["12 characters"]),
    ("{id: a, party: mali, kind: within, point: wreck, territory: MLI, text: ''}", "text", ["empty"]),
    ("just words", "", ["fields with names"]),
]  # fmt: skip


class TestMistakes:
    @pytest.mark.parametrize(("claim", "field", "words"), CLAIM_MISTAKES, ids=[each[0][:70] for each in CLAIM_MISTAKES])
    def test_in_a_claim(self, claim: str, field: str, words: list[str]) -> None:
        sound = "{id: sound, party: mali, kind: within, point: wreck, territory: MLI}"
        problems = find_problems(HEAD + f"  - {sound}\n  - {claim}\n")
        path = f"claims[1].{field}" if field else "claims[1]"
        assert_problem(problems, FIRST_CLAIM_LINE + 1, path, *words)
        assert all(problem.line == FIRST_CLAIM_LINE + 1 for problem in problems)

    @pytest.mark.parametrize(
        ("old", "new", "line", "field", "words"),
        [
            ("geoinc/incident/1", "geoinc/incident/9", 1, "schema", ["geoinc/incident/1"]),
            ("id: small", "id: a small one", 2, "id", ["without space", "letters"]),
            ("title: A small incident\n", "", 1, "title", ["missing"]),
            ("title: A", "titel: A", 3, "titel", ["did you mean title"]),
            ("title: A small incident", "title: 9.5", 3, "title", ["quotes"]),
            ('title: A small incident', 'title: " "', 3, "title", ["empty"]),
            ("[MLI, DZA]", "[MLI]", 4, "border", ["two territory codes"]),
            ("[MLI, DZA]", "MLI-DZA", 4, "border", ["pair"]),
            ("[MLI, DZA]", "[[MLI, DZA], [DZA, MLI]]", 4, "border", ["twice"]),
            ("[MLI, DZA]", "[[MLI, DZA], 5]", 4, "border", ["two territory codes"]),
            ("name: Mali,", "", 6, "parties.mali.name", ["missing"]),
            ("territory: DZA", "teritory: DZA", 7, "parties.algeria.teritory", ["did you mean territory"]),
            ("  algeria: {name: Algeria, territory: DZA}", "  1: {name: One}", 7, "parties.1", ["quotes"]),
            ("  algeria:", "  mali:", 7, "parties.mali", ["given twice", "line 6"]),
            ("publisher: Someone", "publisher: 5", 9, "references.note.publisher", ["quotes"]),
            ("publisher: Someone", "publisher: S, published: 2025-13-01", 9, "references.note.published", ["calendar"]),
            ("publisher: Someone", "publisher: S, published: April", 9, "references.note.published", ["2025-04-06"]),
            ("publisher: Someone", "publisher: S, published: 20250401", 9, "references.note.published", ["2025-04-06"]),
            ("publisher: Someone", "publisher: S, url: 'javascript:x'", 9, "references.note.url", ["http"]),
            ("publisher: Someone", "publisher: S, sha256: abc", 9, "references.note.sha256", ["64"]),
            ("publisher: Someone", "publisher: S, language: French!", 9, "references.note.language", ["fr"]),
            ("{label: wreckage}", "wreckage", 11, "points.wreck", ["fields with names"]),
            ("points:", "places:\n  tinzawaten-mli: {name: T, territory: MLI, position: 20N 3E, accuracy: 1 km,"
             " source: s}\npoints:", 11, "places.tinzawaten-mli", ["gazetteer"]),
            ("points:", "places:\n  camp: {name: T, territory: MLI, position: x, accuracy: 1, source: s}\npoints:",
             11, "places.camp.accuracy", ["unit"]),
            ("points:", "places:\n  camp: {name: T, territory: MLI, position: x, accuracy: 1 km, source: s}\npoints:",
             11, "places.camp.position", ["x"]),
            ("points:", "limits: [a, 5]\npoints:", 10, "limits[1]", ["quotes"]),
            ("points:", "assumptions: [{id: a, text: t, used_by: [b]}]\npoints:", 10,
             "assumptions[0].used_by[0]", ["'b'"]),
            ("points:", "assumptions: [{id: a, text: t}, {id: a, text: u}]\npoints:", 10,
             "assumptions[1].id", ["before"]),
            ("points:", "assumptions: {id: a}\npoints:", 10, "assumptions", ["list"]),
        ],
    )  # fmt: skip
    def test_around_the_claims(self, old: str, new: str, line: int, field: str, words: list[str]) -> None:
        head = HEAD.replace(old, new, 1)
        assert head != HEAD
        problems = find_problems(head + "  - {id: sound, party: mali, kind: same_point, points: [wreck, link]}\n")
        assert_problem(problems, line, field, *words)

    def test_ids_and_tags_given_twice(self) -> None:
        claim = "party: mali, kind: within, point: wreck, territory: MLI, tag: M1"
        problems = find_problems(HEAD + f"  - {{id: a, {claim}}}\n  - {{id: a, {claim}}}\n")
        assert_problem(problems, FIRST_CLAIM_LINE + 1, "claims[1].id", f"line {FIRST_CLAIM_LINE}")
        assert_problem(problems, FIRST_CLAIM_LINE + 1, "claims[1].tag", f"line {FIRST_CLAIM_LINE}")

    def test_several_borders_ask_for_one(self) -> None:
        head = HEAD.replace("[MLI, DZA]", "[[MLI, DZA], [MLI, NER]]")
        problems = find_problems(
            head
            + "  - {id: a, party: mali, kind: within, point: wreck, territory: MLI}\n"
            + "  - {id: b, party: mali, kind: border_distance, point: wreck, distance: 2 km, territory: DZA}\n"
            + "  - {id: c, party: mali, kind: within, point: wreck, territory: DZA, border: [MLI, NER]}\n"
        )
        assert_problem(problems, FIRST_CLAIM_LINE, "claims[0].border", "MLI-DZA, MLI-NER")
        assert_problem(problems, FIRST_CLAIM_LINE + 1, "claims[1].border", "MLI-DZA, MLI-NER")
        assert_problem(problems, FIRST_CLAIM_LINE + 2, "claims[2].territory", "MLI-NER")

    def test_block_style_names_the_line_of_the_field(self) -> None:
        problems = find_problems(
            HEAD + "  - id: a\n    party: mali\n    kind: border_distance\n    point: wreck\n    distance: 9.5\n"
        )
        assert_problem(problems, FIRST_CLAIM_LINE + 4, "claims[0].distance", "unit")

    def test_all_problems_at_once_in_the_order_of_the_file(self) -> None:
        problems = find_problems(
            HEAD.replace("title:", "titel:").replace("[MLI, DZA]", "[MLI, dza]")
            + "  - {id: a, party: mail, kind: position, point: wrek, text: here, extra: 1}\n"
            + "  - {id: a, party: mali, kind: border_distance, point: wreck, distance: 9.5, reference: no}\n"
            + f"  - {{id: b, {TIME}, start: x, end: y, zone: z}}\n"
        )
        assert {problem.field for problem in problems} == {
            "title", "titel", "border", "claims[0].party", "claims[0].point", "claims[0].text", "claims[0].extra",
            "claims[1].id", "claims[1].distance", "claims[1].reference", "claims[2].zone",
        }  # fmt: skip
        lines = [problem.line for problem in problems]
        assert lines == sorted(lines)
        assert str(problems[0]).startswith("small.yaml:1: title: is missing")

    def test_a_null_optional_text_is_absent(self) -> None:
        (claim,) = read_claims("{id: a, party: mali, kind: within, point: wreck, territory: MLI, text: , quote: ~}")
        assert (claim.text, claim.quote) == ("", None)

    def test_json_problems_have_lines_too(self) -> None:
        text = '{\n "schema": "geoinc/incident/1",\n "id": "a",\n "id": "b",\n "titel": 5\n}'
        problems = find_problems(text, name="x.json")
        assert_problem(problems, 4, "id", "given twice", "line 3")
        assert_problem(problems, 5, "titel", "title")
        assert_problem(problems, 1, "claims", "missing")

    @pytest.mark.parametrize(
        ("text", "line", "word"),
        [
            ('{\n"a": 1,\n}', 3, "double quotes"),
            ('{\n"a": [1\n2]}', 3, "comma"),
            ('{\n"a" 1}', 2, "colon"),
            ('{\n"a": nope}', 2, "unreadable"),
            ('{"a":\n "b\n"}', 2, "not closed"),
            ('{"a":\n "\\x"}', 2, "escape"),
            ('{"a": 1}\n{}', 2, "follows"),
            ('{"a":\n', 2, "unreadable"),
            ("schema: geoinc/incident/1", 1, "JSON"),
        ],
    )  # fmt: skip
    def test_broken_json(self, text: str, line: int, word: str) -> None:
        (problem,) = find_problems(text, name="x.json")
        assert problem.line == line
        assert word in problem.message


class TestFiles:
    def test_by_path_and_by_name(self, tmp_path) -> None:
        bundled = load_incident("tz-98d")
        path = tmp_path / "copy.yml"
        path.write_bytes(DESIGN.encode())
        incident = load_incident(path)
        assert incident.file == str(path)
        assert incident.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert bundled.file == "tz-98d"

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("missing.yaml", ["no such file", "tz-98d"]),
            ("tz-98e", ["no such file", "tz-98d"]),
            (".", ["folder"]),
            ("note.txt", [".yaml, .yml or .json"]),
            ("nul\0.yaml", ["nul\\x00.yaml"]),
            ("x" * 5000 + ".yaml", ["cannot be read"]),
            ("note.txt/inside.yaml", ["note.txt/inside.yaml"]),
        ],
        ids=str,
    )
    def test_what_is_no_file_gives_one_clear_line(self, tmp_path, name: str, words: list[str]) -> None:
        (tmp_path / "note.txt").write_text(DESIGN, encoding="utf-8")
        with pytest.raises(InputError) as caught:
            load_incident(str(tmp_path / name) if name != "tz-98e" else name)
        message = str(caught.value)
        assert not isinstance(caught.value, IncidentError)
        assert "\n" not in message
        assert "\0" not in message
        for word in words:
            assert word in message

    def test_a_device_is_refused(self, tmp_path) -> None:
        link = tmp_path / "zero.yaml"
        link.symlink_to("/dev/zero")
        with pytest.raises(InputError, match="regular file"):
            load_incident(link)

    @pytest.mark.parametrize(
        ("content", "line", "word"),
        [
            (b"", 1, "empty"),
            (b" \n\n", 1, "empty"),
            (b"\xef\xbb\xbf", 1, "empty"),
            (b"a: 1\nb: \xff\n", 2, "0xFF is not UTF-8"),
            ("a: 1".encode("utf-16"), 1, "UTF-16"),
            (b"a" * 2_000_001, None, "2 MB"),
            (b"# nothing but a remark", 1, "no fields"),
            (b"[1, 2]", 1, "no fields"),
        ],
        ids=lambda value: repr(value)[:20],
    )
    def test_contents_that_are_no_text(self, tmp_path, content: bytes, line: int | None, word: str) -> None:
        path = tmp_path / "bad.yaml"
        path.write_bytes(content)
        with pytest.raises(IncidentError) as caught:
            load_incident(path)
        (problem,) = caught.value.problems
        assert problem.line == line
        assert problem.file == str(path)
        assert word in problem.message
