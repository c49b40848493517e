"""Printed forms as they are met, each with the position that it means or the error that it deserves."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from geoinc.errors import AmbiguousReadingError, ReadingError
from geoinc.notation import read_position

HOME = Path(__file__).parents[2]
TABLE = HOME / "tests" / "data" / "printed_positions.jsonl"
FORMS = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
READABLE = [form for form in FORMS if "error" not in form]
AMBIGUOUS = [form for form in FORMS if form.get("error") == "ambiguous"]
UNREADABLE = [form for form in FORMS if form.get("error") == "unreadable"]


def exactly(expression: str) -> Fraction:
    """Return the value of a sum such as ``-19-52/60-4.7/3600``."""
    return sum(
        (Fraction(value) / Fraction(divisor or 1) * (-1 if sign == "-" else 1))
        for sign, value, divisor in re.findall(r"([+-]?)([0-9.]+(?:e-?[0-9]+)?)(?:/([0-9]+))?", expression)
    )


def test_the_page_is_what_the_table_gives():
    done = subprocess.run(
        [sys.executable, HOME / "tools" / "printed_forms.py", "--check"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_table_is_large_and_holds_no_form_twice():
    assert len(FORMS) >= 300
    assert max(Counter(form["text"] for form in FORMS).values()) == 1
    assert {form["notation"] for form in READABLE} == {
        *("decimal", "dm", "dms", "compact", "iso6709", "geo", "utm", "mgrs", "pluscode", "link")
    }
    assert len(READABLE) + len(AMBIGUOUS) + len(UNREADABLE) == len(FORMS)


@pytest.mark.parametrize("form", READABLE, ids=[form["text"] for form in READABLE])
def test_is_read_right(form):
    reading = read_position(form["text"])
    # What another program computed is exact to some millimetres, and its half widths were stored to four digits.
    tolerance_deg, half_tolerance = (3e-8, 2e-3) if "by" in form else (1e-12, 1e-9)
    assert reading.lat_deg == pytest.approx(float(exactly(form["lat"])), rel=0, abs=tolerance_deg)
    assert reading.lon_deg == pytest.approx(float(exactly(form["lon"])), rel=0, abs=tolerance_deg)
    assert reading.half_width_lat_deg == pytest.approx(float(exactly(form["half_lat"])), rel=half_tolerance)
    assert reading.half_width_lon_deg == pytest.approx(float(exactly(form["half_lon"])), rel=half_tolerance)
    assert reading.notation == form["notation"]
    assert reading.accuracy_m == form.get("accuracy_m")
    if "warning" in form:
        assert any(form["warning"] in warning for warning in reading.warnings)
    else:
        assert [warning for warning in reading.warnings if "finer than 1 m" not in warning] == []


@pytest.mark.parametrize("form", AMBIGUOUS, ids=[form["text"] for form in AMBIGUOUS])
def test_is_ambiguous_and_every_reading_can_be_given_instead(form):
    with pytest.raises(AmbiguousReadingError) as caught:
        read_position(form["text"])
    assert list(caught.value.readings) == form["readings"]
    cells = {(each.lat_deg, each.lon_deg, each.half_width_lat_deg) for each in map(read_position, form["readings"])}
    assert len(cells) == len(form["readings"])


@pytest.mark.parametrize("form", UNREADABLE, ids=[form["text"] for form in UNREADABLE])
def test_is_refused_with_its_reason(form):
    with pytest.raises(ReadingError, match=form["reason"]) as caught:
        read_position(form["text"])
    assert not isinstance(caught.value, AmbiguousReadingError)
