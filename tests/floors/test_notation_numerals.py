"""Folded characters and printed numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from geoinc.errors import ReadingError
from geoinc.notation.glyphs import check_length, fold_characters, shorten
from geoinc.notation.numerals import PrintedNumber, interpret_number
from geoinc.notation.quantity_words import fold_phrase
from geoinc.notation.words import fold_word


class TestFolding:
    @pytest.mark.parametrize(
        ("text", "folded"),
        [
            ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
            ("۰۱۲۳۴۵۶۷۸۹", "0123456789"),
            ("０１９", "019"),
            ("9\u00a0\u202f\u2009km", "9 km"),
            ("\u2212\u2013\u2014\u2010-", "-----"),
            ("9٫5", "9.5"),
            ("1\u200e9\u00ad", "19"),
            ("9²½", "9²½"),
            ("19°52’", "19°52’"),
        ],
    )
    def test_characters(self, text, folded):
        assert fold_characters(text) == folded

    def test_words(self):
        assert fold_word("DEGRÉS") == fold_word("degre\u0301s") == "degres"
        assert fold_phrase("À PLUS DE 9 km") == "a plus de 9 km"
        assert fold_phrase("9² km") == "9² km"
        assert fold_phrase("أكثر من") == "اكثر من"


class TestLength:
    def test_at_the_limit(self):
        check_length("1" * 200, "position")
        with pytest.raises(ReadingError, match="201 characters"):
            check_length("1" * 201, "position")

    def test_messages_stay_short(self):
        assert len(shorten("x" * 1000)) == 60
        assert shorten("short") == "short"


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "value", "unit"),
        [
            ("9.5", "9.5", "0.1"),
            ("10,2", "10.2", "0.1"),
            ("441", "441", "1"),
            ("02", "2", "1"),
            ("9.50", "9.50", "0.01"),
            ("1 329", "1329", "1"),
            ("12 345,6", "12345.6", "0.1"),
            ("1,329.5", "1329.5", "0.1"),
            ("1.329,5", "1329.5", "0.1"),
            ("1,329,000", "1329000", "1"),
            ("1.329.000", "1329000", "1"),
            ("1'329", "1329", "1"),
            ("1٬329", "1329", "1"),
            ("0,441", "0.441", "0.001"),
            ("1234,567", "1234.567", "0.001"),
            ("9,1234", "9.1234", "0.0001"),
        ],
    )
    def test_one_meaning(self, text, value, unit):
        (number,) = interpret_number(text, source_text=text)
        assert number.value == Decimal(value)
        assert number.unit == Decimal(unit)

    @pytest.mark.parametrize("text", ["1,329", "1.329", "10,383", "441.000"])
    def test_two_meanings(self, text):
        thousands, decimals = interpret_number(text, source_text=text)
        assert thousands.value == decimals.value * 1000
        assert (thousands.unit, decimals.unit) == (1, Decimal("0.001"))

    @pytest.mark.parametrize(
        "text",
        ["", "km", "1,32,000", "1 32", "1.2.3", "1 329 00", "0 329", "1,329 000.5", "1..2", "1,", ".5", "9²"],
    )
    def test_no_meaning(self, text):
        with pytest.raises(ReadingError):
            interpret_number(text, source_text=text)

    def test_print_of_a_number(self):
        number = PrintedNumber.from_parts("052", "0790")
        assert number.plain == "52.0790"
        assert number.fraction == "0790"
        assert PrintedNumber.from_parts("7").fraction == ""
        assert PrintedNumber.from_parts("0", "0000001").plain == "0.0000001"
