"""Columns found by name, numbers read without guessing, codes turned into radii."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geoinc.batch.arrow_text import read_lines
from geoinc.batch.columns import PositionColumns, find_code_column, find_positions
from geoinc.batch.numbers import read_degrees
from geoinc.batch.radii import SCHEMES, read_codes, read_metres, read_radii
from geoinc.errors import InputError, UsageError
from geoinc.notation import read_position


class TestColumns:
    @pytest.mark.parametrize(
        ("names", "lon", "lat"),
        [
            (["id", "lon", "lat"], "lon", "lat"),
            (["LATITUDE", "LONGITUDE", "geo_precision"], "LONGITUDE", "LATITUDE"),
            (["long", "lat"], "long", "lat"),
            (["lng", "latitude"], "lng", "latitude"),
            (["x", "y"], "x", "y"),
            (["Actor1Geo_Lat", "Actor1Geo_Long", "ActionGeo_Lat", "ActionGeo_Long"], "ActionGeo_Long", "ActionGeo_Lat"),
        ],
    )
    def test_usual_names(self, names, lon, lat):
        assert find_positions(names) == PositionColumns(lon, lat)

    def test_more_than_one_pair_is_not_chosen_from(self):
        with pytest.raises(InputError, match="--lon 'lon' --lat 'lat'; or --lon 'x' --lat 'y'"):
            find_positions(["lon", "lat", "x", "y"])

    def test_none_or_half_a_pair(self):
        with pytest.raises(InputError, match="no columns of longitude and latitude were found among 'a', 'lat'"):
            find_positions(["a", "lat"])
        with pytest.raises(UsageError, match="go together"):
            find_positions(["lon", "lat"], lon="lon")
        with pytest.raises(UsageError, match="there is no column 'east'"):
            find_positions(["lon", "lat"], lon="east", lat="lat")
        with pytest.raises(UsageError, match="2 columns are called"):
            find_positions(["e", "e", "n"], lon="e", lat="n")

    def test_codes(self):
        assert find_code_column(["Where_Prec"], None) == ("Where_Prec", SCHEMES[1])
        assert find_code_column(["lat"], None) is None
        with pytest.raises(InputError, match="more than one column codes"):
            find_code_column(["where_prec", "geo_precision"], None)


class TestNumbers:
    @given(st.decimals(-180, 180, allow_nan=False, places=None).map(lambda x: f"{x:f}").filter(lambda t: len(t) <= 24))
    @settings(max_examples=60, deadline=None)
    def test_value_and_cell_are_those_of_a_printed_position(self, text):
        found = read_degrees([text], "longitude")
        decimals = len(text.partition(".")[2])
        assert found.value[0] == float(text)
        assert found.half_width[0] == float(f"5e-{decimals + 1}")

    def test_the_cell_is_that_of_the_reader_of_print(self):
        printed = read_position("19.868N 2.8939E")
        lon, lat = read_degrees(["2.8939"], "longitude"), read_degrees(["19.868"], "latitude")
        assert (lon.half_width[0], lat.half_width[0]) == (printed.half_width_lon_deg, printed.half_width_lat_deg)

    @pytest.mark.parametrize(
        ("text", "value", "half"),
        [
            (" 19.5 ", 19.5, 0.05),
            ("+7", 7.0, 0.5),
            ("\N{MINUS SIGN}2.5", -2.5, 0.05),
            ("1.5e-3", 0.0015, 5e-5),
            ("-.5", -0.5, 0.05),
            ("19.86798200000000000000000001", 19.867982, 5e-27),
            ("19.867982000000001234", 19.867982000000001234, 5e-19),
            ("9007199254740993e-15", 9.007199254740993, 5e-16),
        ],
    )
    def test_odd_and_clear(self, text, value, half):
        found = read_degrees([text], "latitude")
        assert not found.problems
        assert (found.value[0], found.half_width[0]) == (value, half)

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("", "no latitude"),
            ("NaN", "no latitude ('NaN')"),
            ("19,868", "has a comma"),
            ("1,234.5", "is no number"),
            ("19°52'04\"N", "printed coordinate"),
            ("19.5N", "printed coordinate"),
            ("inf", "is no number"),
            ("1_000", "is no number"),
            ("0x10", "is no number"),
            ("1.2.3", "is no number"),
            ("--5", "is no number"),
            ("5\x00", "is no number"),
            ("١٩.٥", "is no number"),
            ("near Kidal" * 20, "is no number"),
        ],
    )
    def test_never_guessed(self, text, why):
        found = read_degrees(["1.5", text, "2.5"], "latitude")
        assert np.isnan(found.value[1])
        assert why in found.problems[1]
        assert len(found.problems[1]) < 200
        assert found.value[[0, 2]].tolist() == [1.5, 2.5]

    def test_declared_commas(self):
        found = read_degrees(["19,868", "19.868"], "latitude", decimal=",")
        assert found.value[0] == 19.868
        assert found.half_width[0] == 0.0005
        assert "has a point" in found.problems[1]

    def test_nothing_at_all(self):
        assert read_degrees([], "latitude").value.size == 0


class TestLines:
    """The fast reader gives what the csv module gives, or nothing."""

    @given(
        st.lists(st.sampled_from(["a", "b", " ", ",", ",", "\n", "\n", "\r\n", '"', '""', "é", "\0"]), max_size=14),
        st.booleans(),
    )
    @settings(max_examples=400, deadline=None)
    def test_random_text(self, parts, ended):
        text = "".join(parts) + ("\n" if ended else "")
        lines = text.splitlines(keepends=True)
        assume(lines)
        found = read_lines(lines, ["x", "y"], ",")
        rows = list(csv.reader(lines))
        if found is not None:
            assert list(map(list, zip(found.values("x"), found.values("y"), strict=True))) == rows

    def test_what_it_takes_and_what_it_leaves(self):
        good = ['1,"a, ""b"""\r\n', '2,c"d\n', "3,"]
        assert read_lines(good, ["x", "y"], ",").values("y") == ['a, "b"', 'c"d', ""]
        for bad in ("\n", "1\n", "1,2,3\n", '1,"open\n', "1,\udcff\n"):
            assert read_lines([*good[:2], bad], ["x", "y"], ",") is None
        assert read_lines(['1,"two\n', 'lines"\n'], ["x", "y"], ",") is None


class TestRadii:
    def test_acled_and_ucdp(self):
        assert read_codes([1, "2", 3.0], SCHEMES[0], "geo_precision").accuracy_m.tolist() == [5e3, 25e3, 0]
        found = read_codes(["1", "2", "3", "4", "5", "6", "7", "", "8", None], SCHEMES[1], "where_prec")
        assert found.accuracy_m.tolist()[:2] == [5e3, 25e3]
        assert sorted(found.problems) == list(range(2, 10))
        assert "the country only" in found.problems[5]
        assert "none of the codes" in found.problems[8]

    def test_a_column_of_metres(self):
        found = read_metres(["250", 3, None, "-1", "far"], "r")
        assert found.accuracy_m.tolist() == [250.0, 3.0, 0.0, 0.0, 0.0]
        assert sorted(found.problems) == [2, 3, 4]

    def test_a_table_of_ones_own(self, tmp_path: Path):
        yaml, text = tmp_path / "radii.yaml", tmp_path / "radii.json"
        yaml.write_text("column: quality\nradii:\n  1: 2 km\n  2: 500\n  x: null\n")
        text.write_text(json.dumps({"column": "quality", "radii": {"1": "2 km", "2": 500, "x": None}}))
        for path in (yaml, text):
            table = read_radii(path)
            assert table.column == "quality"
            assert table.scheme.radii_m == {"1": 2000.0, "2": 500.0, "x": None}

    @pytest.mark.parametrize(
        "text", ["[]", "column: a", "{column: a, radii: {1: far}}", "a: [", "column: a\nradii: {1: -5}"]
    )
    def test_a_broken_table(self, tmp_path: Path, text: str):
        path = tmp_path / "radii.yaml"
        path.write_text(text)
        with pytest.raises(InputError, match=r"radii\.yaml"):
            read_radii(path)
        with pytest.raises(InputError, match="cannot read"):
            read_radii(tmp_path / "absent.yaml")
