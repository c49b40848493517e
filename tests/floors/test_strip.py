"""The strip and the timeline: rows on one scale, in letters and as pictures of their own."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geoinc
from geoinc.claims import Claim
from geoinc.incident import parse_incident
from geoinc.intervals import Interval
from geoinc.messages import Voice
from geoinc.render.clocks import day_range, wall_clocks
from geoinc.render.roles import Cast
from geoinc.render.strip import Strip, StripGroup, StripRow, Tick, strip_of
from geoinc.render.strip_drawing import strip_svg
from geoinc.render.strip_text import _DRAWN, _Plot, strip_lines
from geoinc.render.timeline import timeline, timeline_svg
from geoinc.render.voices import stated_length, voice_of

BARE = """\
schema: geoinc/incident/1
id: bare
title: Nothing but words
border: [MLI, DZA]
parties:
  one: {name: One, territory: null}
points:
  place: {label: place}
claims:
  - {id: where, party: one, kind: within, point: place, territory: MLI}
"""


CLAIM = Claim(id="c", tag="C", party="p", reference=None, kind="position", text="")


@pytest.fixture(scope="module")
def case() -> geoinc.Assessment:
    return geoinc.assess(geoinc.load_incident("tz-98d"))


@pytest.fixture(scope="module")
def bare() -> geoinc.Assessment:
    return geoinc.assess(parse_incident(BARE, name="bare.yaml"))


def test_sides_stand_in_alphabetical_order_and_hold_what_was_said_of_them(case):
    strip = strip_of(Cast(case))
    assert strip is not None
    assert strip.sides == ("DZA", "MLI")
    rows = {row.claim.tag: row for group in strip.groups for row in group.rows}
    assert all(tick.metres > 9000 for tick in rows["M1"].ticks if tick.fit)
    assert rows["M2"].stated == (Interval(9450.0, 9550.0),)
    assert rows["A1"].stated == (Interval(-2500.0, 0.0),)
    assert len(rows["F1"].stated) == 2
    assert [row.claim.tag for row in strip.groups[0].rows] == ["M1", "M2", "M8", "F1"]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120])
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_letters_keep_to_the_width_and_name_both_sides(case, width, language):
    voice = voice_of(case.incident, language)
    for drawn in (True, False):
        lines = strip_lines(case, voice, width=width, drawn=drawn)
        assert max(map(len, lines)) <= width
        assert all(voice(Cast(case).territory(code)) in lines[0] for code in ("MLI", "DZA"))
        plots = [line for line in lines if line.startswith("  M2")]
        assert len(plots) == 1
        zero = plots[0].index("│" if drawn else "|")
        assert plots[0].index("█" if drawn else "#") > zero
        if not drawn and language == "en":
            assert "".join(lines).isascii()


def test_no_row_of_a_plot_mixes_in_letters_from_right_to_left(case):
    lines = strip_lines(case, voice_of(case.incident, "ar"), width=100)
    signs = set("│█▒─┼╌◀▶·")
    assert not any(signs & set(line) and any("\u0600" <= sign <= "\u06ff" for sign in line) for line in lines)


@settings(max_examples=60, deadline=None)
@given(
    low=st.floats(-30_000, 30_000),
    length=st.floats(0, 20_000),
    columns=st.integers(24, 120),
    span=st.floats(100, 60_000),
    share=st.floats(0.12, 0.88),
)
def test_what_lies_on_one_side_is_drawn_on_that_side(low, length, columns, span, share):
    high, scale = low + length, (-span * share, span * (1 - share))
    stated = Interval(low, high)
    row = StripRow(CLAIM, "", "", (Tick(0, high, fit=True),), (stated,))
    strip = Strip(("DZA", "MLI"), *scale, (StripGroup("p", (row,)),))
    plot = _Plot(strip, columns, _DRAWN)
    cells = plot.row(row)
    assert len(cells) == columns
    marks = [place for place, sign in enumerate(cells) if sign not in " ·│"]
    if low > 0:
        assert all(place > plot.zero for place in marks)
    if high < 0:
        assert all(place < plot.zero for place in marks)
    if scale[0] <= high <= scale[1] and high != 0:
        assert marks


def test_a_case_without_distances_or_times_has_neither(bare):
    assert strip_of(Cast(bare)) is None
    assert strip_lines(bare) == ()
    assert strip_svg(bare) is None
    assert timeline(Cast(bare)) == ()
    assert timeline_svg(bare) == ()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pictures_of_their_own_need_nothing(case, language):
    voice = voice_of(case.incident, language)
    strip = strip_svg(case, voice)
    assert strip is not None
    for drawing in (strip, *timeline_svg(case, voice)):
        root = ET.fromstring(drawing)  # noqa: S314 - made here
        assert root.get("lang") == language
        assert "var(" not in drawing
        assert "http" not in drawing.replace("http://www.w3.org/2000/svg", "")
        assert "<script" not in drawing
        assert drawing == (strip_svg(case, voice) if drawing is strip else drawing)


def test_times_are_bars_as_long_as_they_may_be(case):
    events, published = timeline(Cast(case))
    bars = {bar.tags: bar for bar in events.bars}
    assert bars["A2c",].start == datetime(2025, 3, 31, 23, 8, tzinfo=UTC)
    assert bars["A1b",].end == datetime(2025, 4, 1, 0, 0, tzinfo=UTC)
    assert not events.published
    assert published.published
    # A day that Algeria may have counted began an hour before the day of Mali.
    assert published.bars[0].start == datetime(2025, 3, 31, 23, tzinfo=UTC)
    assert published.bars[0].end == datetime(2025, 4, 2, tzinfo=UTC)


def test_clocks_are_those_of_the_territories(case):
    cast = Cast(case)
    names = [str(clock.name) for clock in wall_clocks(cast, datetime(2025, 4, 1, tzinfo=UTC))]
    assert names == ["UTC", "Algeria", "Mali"]
    start, end = day_range(cast, date(2025, 4, 1))
    assert (end - start).total_seconds() == 25 * 3600


def test_an_order_is_an_arrow_from_what_has_a_time():
    case = geoinc.assess(geoinc.load_incident("two-clocks"))
    arrows = [bar for chapter in timeline(Cast(case)) for bar in chapter.bars if bar.start is None or bar.end is None]
    assert [bar.tags for bar in arrows] == [("N3",)]
    assert arrows[0].end is not None


@pytest.mark.parametrize(
    ("text", "french"),
    [("9.5 km", "9,5 km"), ("up to 1.6 km", None), ("10,2 km", None), ("80 m", "80 m"), ("à plus de 9 km", None)],
)
def test_figures_of_the_file_are_said_and_other_words_stay(text, french):
    said = stated_length(text)
    assert said is None or said == text
    if french is not None:
        assert said is not None
        # A unit may stand after a space that does not break.
        assert re.sub(r"\s", " ", voice_of(geoinc.load_incident("tz-98d"), "fr")(said)) == french
    assert Voice()(said or text) == text
