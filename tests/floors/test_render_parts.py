"""Words, drawing, labels and the strip, each on its own."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPolygon, Point, box

from geoinc.intervals import Interval
from geoinc.notation import Reading, read_position
from geoinc.render import words
from geoinc.render.drawing import thin
from geoinc.render.figure import _Plate, grid_step
from geoinc.render.labels import Board, Box
from geoinc.render.layers import _ALPHABET, _letters, _steps
from geoinc.render.page import _squeezed, _tight
from geoinc.render.svg import clean, element, number

LON = st.floats(-180, 180)
LAT = st.floats(-90, 90)


@given(LON, LAT, st.sampled_from([0.5, 0.05, 0.5 / 60, 0.5 / 3600, 5e-7]))
def test_written_position_says_no_more_than_the_printed_one(lon: float, lat: float, half: float) -> None:
    printed = Reading(lon, lat, half, half, "decimal", "")
    for text in words.positions(printed):
        found = read_position(text)
        assert abs(found.lat_deg - lat) <= half * 1.000001
        assert abs(found.lon_deg - lon) <= half * 1.000001
        # Minutes and seconds come in sixtieths, decimals in tenths.
        assert found.half_width_lat_deg >= half / 10.000001


def test_cell_of_a_position_at_a_pole_ends_there() -> None:
    assert (
        words.cell(Reading(0.0, 90.0, 0.5, 0.5, "decimal", "")) == "latitude ± 0.5° (55.85 km), longitude ± 0.5° (0 cm)"
    )


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/a?b=c#d", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https:", False),
        ("https://", False),
        ("//example.org", False),
        ("https://example.org/a b", False),
        ('https://example.org/"onclick=', False),
        (" https://example.org", False),
        ("https://example.org\n", False),
    ],
)
def test_only_web_addresses_become_links(address: str, kept: bool) -> None:
    assert (words.web_address(address) == address) is kept


@pytest.mark.parametrize(
    ("language", "kept"), [("fr", True), ("ar-DZ", True), ('fr" x="', False), ("", False), ("e", False)]
)
def test_only_language_tags_become_lang(language: str, kept: bool) -> None:
    assert (words.language_tag(language) == language) is kept


def test_spans_of_time() -> None:
    start = datetime(2025, 3, 31, 23, 8, tzinfo=UTC)
    assert words.span(start, start) == "31 March 2025, 23:08 UTC"
    assert words.span(start, datetime(2025, 3, 31, 23, 9, tzinfo=UTC)) == "31 March 2025, 23:08 to 23:09 UTC"
    assert words.local_span(start, start, "Africa/Algiers") == "1 April 2025, 00:08 in Africa/Algiers"
    assert words.local_span(start, start, "Nowhere/At all") is None
    assert words.local_span(start, start, "../../etc/passwd") is None


def test_negative_figures_carry_a_minus_sign() -> None:
    assert words.interval(Interval(-28240.0, 10490.0)) == "−28.24 to 10.49 km"


@given(st.text())
def test_markup_never_lets_text_out(text: str) -> None:
    made = str(element("text", text, title=text))
    inner = made.removeprefix("<text ").removesuffix("</text>")
    assert "<" not in inner.replace("/>", "")
    assert made.count('"') == 2
    assert "\x00" not in clean(text)


@given(st.floats(-1e6, 1e6))
def test_numbers_of_svg_are_short_and_near(value: float) -> None:
    assert float(number(value)) == pytest.approx(value, abs=0.0501)
    assert "e" not in number(value)


@given(st.lists(st.tuples(st.floats(-3, 3), st.floats(15, 25)), min_size=2, max_size=40, unique=True))
def test_thinning_moves_no_vertex_farther_than_asked(points: list[tuple[float, float]]) -> None:
    line = LineString(points)
    thinned = thin(line, 500.0, 20.0)
    stretch = math.cos(math.radians(20.0))
    drawn = LineString([(x * stretch, y) for x, y in thinned.coords])
    for x, y in points:
        assert drawn.distance(Point(x * stretch, y)) * 111_320 <= 500.0 + 1e-6


@given(st.lists(st.tuples(LON, LAT), min_size=2, max_size=30))
def test_packed_steps_add_up(points: list[tuple[float, float]]) -> None:
    steps = _steps(LineString(points), 4)
    x = y = 0
    walked = []
    for east, north in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + east, y + north
        walked.append((x / 1e4, y / 1e4))
    rounded = [(round(lon * 1e4) / 1e4, round(lat * 1e4) / 1e4) for lon, lat in points]
    once = [each for place, each in enumerate(rounded) if place == 0 or each != rounded[place - 1]]
    assert len(walked) == len(once)
    assert all(a == pytest.approx(b) for a, b in zip(walked, once, strict=True))


@given(st.lists(st.integers(-(2**31), 2**31)))
def test_letters_read_back(steps: list[int]) -> None:
    found, value, shift = [], 0, 0
    for letter in _letters(steps):
        bits = _ALPHABET.index(letter)
        value += bits % 32 << shift
        shift += 5
        if bits < 32:
            found.append(-(value + 1) // 2 if value % 2 else value // 2)
            value = shift = 0
    assert found == steps


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 200)), min_size=1, max_size=30))
def test_labels_never_overlap(spots: list[tuple[int, int]]) -> None:
    board = Board(300, 200)
    placed: list[Box] = []
    for x, y in spots:
        found = board.place([(x, y), (x + 20, y + 10)], 40, 14)
        if found:
            placed.append(Box(found[0] - 20, found[1] - 7, found[0] + 20, found[1] + 7))
    assert not any(a.meets(b) for i, a in enumerate(placed) for b in placed[:i])
    assert all(b.left >= 0 and b.right <= 300 and b.top >= 0 and b.bottom <= 200 for b in placed)


def test_labels_prefer_free_ground() -> None:
    board = Board(200, 100)
    board.trace([(0, 50), (200, 50)], 5.0)
    assert board.place([(100, 50), (100, 20)], 40, 12) == (100, 20)


@given(st.floats(1e-6, 1e7), st.integers(2, 12))
def test_grid_steps_are_round(span: float, about: int) -> None:
    step = grid_step(span, about)
    assert span / about / 2.3 < step < span / about * 2.3
    mantissa = step / 10 ** math.floor(math.log10(step) + 1e-12)
    assert min(abs(mantissa - each) for each in (1, 2, 5, 10)) < 1e-9


def test_scripts_lose_only_what_means_nothing() -> None:
    script = 'var a = "x  =  // y \\" ;";\n// gone\n  return a + 1;'
    assert _squeezed(script) == 'var a="x  =  // y \\" ;";return a+1;'
    assert _tight("/* gone */\na b {\n  color: red;\n  margin: 0 1px;\n}\n") == "a b{color:red;margin:0 1px;}"


def test_every_part_of_an_area_is_drawn_still() -> None:
    plate = _Plate((0.0, 0.0, 2.0, 2.0), 200.0)
    apart = MultiPolygon([box(0.1, 0.1, 0.5, 0.5), box(1.0, 1.0, 1.5, 1.5)])
    assert [len(chain) for chain in plate.chains(apart)] == [5, 5]
