"""Interval algebra: one class per operator."""

from __future__ import annotations

import math

import pytest

from geoinc.intervals import Interval


class TestMaking:
    def test_wrong_order(self):
        with pytest.raises(ValueError, match="above the high end"):
            Interval(2.0, 1.0)

    @pytest.mark.parametrize("ends", [(math.nan, 1.0), (1.0, math.nan)])
    def test_nan(self, ends):
        with pytest.raises(ValueError, match="NaN"):
            Interval(*ends)

    def test_empty_open(self):
        with pytest.raises(ValueError, match="nothing lies"):
            Interval(1.0, 1.0, low_open=True)

    def test_infinite_ends_are_open(self):
        assert Interval.at_least(5.0).high_open
        assert not Interval.at_least(5.0).low_open
        assert Interval.more_than(5.0).low_open

    def test_text(self):
        assert str(Interval(9450.0, 9550.0)) == "[9450, 9550]"
        assert str(Interval.more_than(9000.0)) == "(9000, inf)"


class TestContains:
    def test_closed_ends(self):
        assert Interval(1.0, 2.0).contains(1.0)
        assert Interval(1.0, 2.0).contains(2.0)

    def test_open_end(self):
        assert not Interval.more_than(9.0).contains(9.0)
        assert Interval.at_least(9.0).contains(9.0)


class TestOverlaps:
    def test_touching_closed(self):
        assert Interval(0.0, 1.0).overlaps(Interval(1.0, 2.0))

    def test_touching_open(self):
        assert not Interval(0.0, 1.0).overlaps(Interval.more_than(1.0))

    def test_apart(self):
        assert not Interval(0.0, 1.0).overlaps(Interval(1.5, 2.0))


class TestWithin:
    def test_inside(self):
        assert Interval(9.1, 10.0).within(Interval.more_than(9.0))

    def test_closed_end_in_open_interval(self):
        assert not Interval(9.0, 10.0).within(Interval.more_than(9.0))

    def test_across(self):
        assert not Interval(8.0, 10.0).within(Interval.more_than(9.0))

    def test_itself(self):
        assert Interval.more_than(9.0).within(Interval.more_than(9.0))


class TestGap:
    def test_apart(self):
        assert Interval(9450.0, 9550.0).gap(Interval(10150.0, 10250.0)) == 600.0
        assert Interval(10150.0, 10250.0).gap(Interval(9450.0, 9550.0)) == 600.0

    def test_overlap(self):
        assert Interval(0.0, 2.0).gap(Interval(1.0, 3.0)) == 0.0

    def test_one_sided(self):
        assert Interval.at_least(20.0).gap(Interval(9.0, 10.0)) == 10.0


class TestWidened:
    def test_both_ends(self):
        assert Interval(9.0, 10.0).widened(1.0) == Interval(8.0, 11.0)

    def test_one_sided_stays_one_sided(self):
        assert Interval.at_least(9.0).widened(1.0) == Interval.at_least(8.0)

    def test_nothing(self):
        interval = Interval(9.0, 10.0)
        assert interval.widened(0.0) is interval


class TestHull:
    def test_holds_both(self):
        assert Interval(1.0, 2.0).hull(Interval(4.0, 5.0)) == Interval(1.0, 5.0)

    def test_closed_end_wins(self):
        assert not Interval.more_than(1.0).hull(Interval.at_least(1.0)).low_open


class TestMiddle:
    def test_bounded(self):
        assert Interval(9.45, 9.55).middle == pytest.approx(9.5)

    def test_one_sided(self):
        assert Interval.at_least(20.0).middle == 20.0
