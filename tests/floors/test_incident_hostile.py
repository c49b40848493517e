"""Files that mean harm, or were harmed: they end in an incident or in a list of problems, soon, and in nothing else."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoinc.claims import Incident
from geoinc.errors import IncidentError, Problem
from geoinc.incident import load_incident, parse_incident

SMALL = """\
schema: geoinc/incident/1
id: small
title: "A small 'incident'"
border: [MLI, DZA]
parties:
  mali: {name: Mali, territory: MLI}
references:
  note: {publisher: Someone, published: 2025-04-06, url: "https://example.org/"}
points:
  wreck: {label: wreckage}
  link: {label: last data link}
claims:
  - id: a
    party: mali
    reference: note
    kind: position
    point: wreck
    text: "19°52’04.738’’N 2°53’38.101’’E"
  - {id: b, party: mali, kind: border_distance, point: wreck, distance: up to 9.5 km, territory: MLI,
     near: {places: [tinzawaten-mli], within: 30 km}, alternatives: [{sense: meridian}, {distance: 9 km}]}
  - {id: c, party: mali, kind: time, event: wreck, start: 2025-04-01 00:08, end: 2025-04-01T00:09Z, zone: Africa/Bamako}
  - {id: d, party: mali, kind: fall, from: link, to: wreck, mode: glide, altitude: 3000 m, speed: 72 km/h}
  - {id: e, party: mali, kind: place_offset, point: wreck, place: tinzawaten-mli, distance: 3.5 km, direction: SE}
limits:
  - No track was published.
"""  # fmt: skip
SMALL_JSON = {
    "schema": "geoinc/incident/1",
    "id": "small",
    "title": "A small incident",
    "border": ["MLI", "DZA"],
    "parties": {"mali": {"name": "Mali", "territory": "MLI"}},
    "points": {"wreck": {"label": "wreckage"}},
    "claims": [
        {"id": "a", "party": "mali", "kind": "position", "point": "wreck", "text": "19.8N 2.9E", "accuracy": "50 m"},
        {"id": "b", "party": "mali", "kind": "border_distance", "point": "wreck", "distance": "9.5 km",
         "bearing_deg": 5, "near": {"places": ["tinzawaten-mli"], "within": "3 km"}},
        {"id": "c", "party": "mali", "kind": "time", "event": "wreck", "start": "2025-04-01 00:08",
         "end": "2025-04-01 00:09", "zone": "Africa/Bamako"},
    ],
}  # fmt: skip


def read(content: bytes, name: str, folder) -> Incident | tuple[Problem, ...]:
    """Read a file as a user's; anything but the two allowed ends fails the test by itself."""
    path = folder / name
    path.write_bytes(content)
    try:
        return load_incident(path)
    except IncidentError as error:
        problems = error.problems
    assert problems
    for problem in problems:
        assert problem.message
        assert str(problem).isprintable(), "no line of a message may reach a terminal raw"
    return problems


def assert_refused(text: str, line: int | None, field: str, word: str, name: str = "bad.yaml") -> None:
    with pytest.raises(IncidentError) as caught:
        parse_incident(text, name=name)
    found = [(problem.line, problem.field) for problem in caught.value.problems if word in problem.message]
    assert (line, field) in found, str(caught.value)
    assert all(len(str(problem)) < 400 for problem in caught.value.problems)


def test_the_small_file_is_sound(tmp_path) -> None:
    assert isinstance(read(SMALL.encode(), "small.yaml", tmp_path), Incident)
    assert isinstance(read(json.dumps(SMALL_JSON).encode(), "small.json", tmp_path), Incident)


@pytest.mark.parametrize(
    ("text", "line", "field", "word"),
    [
        ("a: &x [1]\nb: 2", 1, "a", "anchor"),
        ("a: 1\nb: *x", 2, "b", "alias"),
        ("a: {b: 1,\n <<: {c: 1}}", 2, "a", "merge key"),
        ("a: 1\nb: !!python/object:os.system x", 2, "b", "tag (!)"),
        ("!custom\na: 1", 1, "", "tag (!)"),
        ("a: !!binary aGVsbG8=", 1, "a", "tag (!)"),
        ("a: !!set {b, c}", 1, "a", "tag (!)"),
        ("%YAML 1.1\n---\na: 1", 2, "", "directives"),
        ("%TAG ! tag:x,2000:\n---\na: 1", 2, "", "directives"),
        ("a: 1\n---\nb: 1", 2, "", "second document"),
        ("a:\n\tb: 1", 2, "a", "tab"),
        ("a: [1\nb: 2", 2, "a[1]", "not valid YAML"),
        ("a: b: c", 1, "", "not valid YAML"),
        ("a: 'b", 1, "a", "not valid YAML"),
        ("? [a]\n: b", 1, "", "name of a field"),
        ("a: 1\na: 2", 2, "a", "given twice; the first stands in line 1"),
        ("1: a", 1, "1", "must be text"),
        ("null: a", 1, "null", "must be text"),
        ("true: a", 1, "true", "must be text"),
        ("title: a\x00b", 1, "title", "U+0000"),
        ("id: x\ntitle: a\x1b[31mb", 2, "title", "U+001B"),
        ("title: a\x85b", 1, "title", "U+0085"),
        ("title: a\ufffeb", 1, "title", "U+FFFE"),
        ('title: "a\\x07b"', 1, "title", "U+0007"),
        ('title: "a\\ud800b"', 1, "title", "U+D800"),
        ('title: "a\\rb"', 1, "title", "U+000D"),
        ('"a\\x07b": 1', 1, "a\\x07b", "U+0007"),
        ('a: 1\nb: "\\UFFFFFFFF"', 2, "b", "escape"),
        ("a: " + "[" * 50, 1, "a" + "[0]" * 15, "levels deep"),
        ("\n".join(" " * depth + "a:" for depth in range(50)), 17, ".".join("a" * 16), "levels deep"),
        ("- a\n" * 30_000, 20_000, "[19999]", "more than 20000 values"),
        ("title: \ud800", 1, "", "not UTF-8"),
        ("id: " + "9" * 5000, 1, "id", "is no id"),
        ("bearing: 1e999", 1, "bearing", "no field"),
    ],
    ids=lambda value: repr(value)[:24],
)  # fmt: skip
def test_refused_with_its_line(text: str, line: int | None, field: str, word: str) -> None:
    assert_refused(text, line, field, word)


@pytest.mark.parametrize(
    ("text", "line", "field", "word"),
    [
        ('{"a": 1,\n "a": 2}', 2, "a", "given twice"),
        ('{"title":\n "\\u0000"}', 2, "title", "U+0000"),
        ('{"title": "\\ud83d"}', 1, "title", "U+D83D"),
        ("[" * 100_000, 1, "[0]" * 16, "levels deep"),
        ('{"a":' * 100_000, 1, ".".join("a" * 16), "levels deep"),
        ('{"id": 1e999}', 1, "id", "quotes"),
        ('{"id": NaN}', 1, "id", "unreadable"),
        ('{"a": "\x01"}', 1, "a", "control character"),
    ],
    ids=lambda value: repr(value)[:24],
)  # fmt: skip
def test_json_refused_with_its_line(text: str, line: int, field: str, word: str) -> None:
    assert_refused(text, line, field, word, name="bad.json")


def test_an_entity_bomb_is_stopped_before_it_grows() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 12))
    began = time.perf_counter()
    assert_refused(bomb, 2, "a1[0]", "alias")
    assert time.perf_counter() - began < 2


def test_many_problems_are_cut_short() -> None:
    with pytest.raises(IncidentError) as caught:
        parse_incident("".join(f"k{number}: 1\n" for number in range(5000)), name="many.yaml")
    assert 100 <= len(caught.value.problems) <= 102
    assert "more problems" in str(caught.value)


HOSTILE_WORDS = [
    "{{ 7*7 }}", "${7*7}", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</script>", "\u202eabc",
    "a\u2028b", "{% include '/etc/passwd' %}", "=cmd|' /C calc'!A0",
    "../../etc/passwd", "%s%n", "é" * 500, "\u0627\u200f",
    "\U0001f600", "\ufdfd", "a\tb", "a\nb",
]  # fmt: skip


@pytest.mark.parametrize("word", HOSTILE_WORDS, ids=lambda value: ascii(value)[:20])
def test_hostile_words_are_kept_as_words(word: str) -> None:
    document = json.loads(json.dumps(SMALL_JSON))
    document["title"] = word
    document["points"]["wreck"]["label"] = word
    document["claims"][1]["quote"] = word
    incident = parse_incident(json.dumps(document), name="x.json")
    assert (incident.title, incident.points["wreck"].label, incident.claims[1].quote) == (word, word, word)


FRAGMENTS = st.sampled_from(
    [*"{}[]:,-#&*!|>'\"%@`?~\t\n\r\\\0\x1b\ufeff\u202e€9. ", "null", "true", "1e9", "<<: ", "- ", "!!int ", "\\x",
     "\\UFFFFFFFF", "\\ud83d", "---\n", "%YAML 1.2\n", "km", "-0 km", "0 km", "٣", "²", "1e400 km", "Africa/Algiers"]
)  # fmt: skip
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 12), st.lists(FRAGMENTS, max_size=2)), min_size=1, max_size=3
)
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120)


def edit(text: str, edits: list[tuple[float, int, list[str]]]) -> bytes:
    for where, length, inserted in edits:
        at = int(where * len(text))
        text = text[:at] + "".join(inserted) + text[at + length :]
    return text.encode()


@UNHURRIED
@given(st.binary(max_size=300), st.sampled_from(["x.yaml", "x.json"]))
def test_any_bytes(tmp_path, content: bytes, name: str) -> None:
    assert not isinstance(read(content, name, tmp_path), Incident)


@UNHURRIED
@given(EDITS)
def test_a_damaged_file(tmp_path, edits) -> None:
    read(edit(SMALL, edits), "x.yaml", tmp_path)


@UNHURRIED
@given(EDITS)
def test_a_damaged_json_file(tmp_path, edits) -> None:
    read(edit(json.dumps(SMALL_JSON, indent=1), edits), "x.json", tmp_path)


VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=12), st.sampled_from(["0 km", "-1 km", "up to 0 m", "between 3 and 2 km", "180N 2E", "mali"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["id", "kind", "low", "printed", "x"]), inner)
    ),
    max_leaves=5,
)  # fmt: skip


@UNHURRIED
@given(st.data())
def test_any_value_in_any_field(tmp_path, data: st.DataObject) -> None:
    document = json.loads(json.dumps(SMALL_JSON))
    holder, key = document, data.draw(st.sampled_from(sorted(document)))
    while isinstance(holder[key], (dict, list)) and data.draw(st.booleans()):
        holder = holder[key]
        key = data.draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else list(range(len(holder)))))
    holder[key] = data.draw(VALUES)
    read(json.dumps(document).encode(), "x.json", tmp_path)
