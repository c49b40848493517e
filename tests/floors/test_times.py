"""Printed times to intervals in UTC: forms, nights, zones, and what is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from geoinc.errors import AmbiguousReadingError, ReadingError
from geoinc.times import TimeReading, read_time
from geoinc.zones import find_territory_zones, open_offset, open_zone

NEAR = dt.date(2025, 4, 6)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2025-{text}+00:00")


# Minutes on clocks of Algeria, 1 April 2025, 00:08: the same in every form.
EIGHT_PAST = [
    "on 1 April 2025 at 00:08",
    "00:08 on 1 April 2025",
    "00:08, 1st April 2025",
    "April 1, 2025, 12:08 am",
    "April 1st, 2025 at 12.08 a.m.",
    "Tuesday 1 April 2025 at 0008 hours",
    "le 1er avril 2025 à 00h08",
    "mardi 1er avril 2025, à 0 h 08 min",
    "0h08 le 1er avril 2025 (heure locale)",
    "el 1 de abril de 2025 a las 00:08",
    "a las 0:08 horas del martes 1 de abril de 2025",
    "1 أبريل 2025 على الساعة 00:08",
    "يوم 1 أفريل 2025 في الساعة 00:08 بالتوقيت المحلي",
    "الثلاثاء 1 نيسان 2025، الساعة 00:08",
    "١ أبريل ٢٠٢٥ ٠٠:٠٨",
    "1 نيسان/أبريل 2025 00:08",
    "2025-04-01 00:08",
    "2025-04-01T00:08",
    "2025/04/01 00:08",
    "1.4.2025, 00:08",
    "night of 31 March to 1 April 2025, at 00:08",
    "31 March 2025 at 23:08 UTC",
    "23:08 on 31 March 2025 UTC",
    "00:08 local time (23:08 GMT) on 1 April 2025",
    "1 April 2025 at 00:08 (2308Z 31 March)",
    "0h08 (23h08 à Africa/Bamako) le 1er avril 2025",
    "at 00:08 on 1 April 2025 UTC+01:00",
    "2308Z 31 March 2025",
    "2025-03-31T23:08Z",
    "2025-04-01T00:08+01:00",
    "00:08 UTC+1 on 1 April 2025",
    "00:08 CET, 1 April 2025",
    "31 March 2025, 23:08 Africa/Bamako",
]


@pytest.mark.parametrize("text", EIGHT_PAST)
def test_eight_past_midnight_in_algeria_is_the_evening_before_in_mali(text: str) -> None:
    reading = read_time(text, territory="DZA")
    assert (reading.start_utc, reading.end_utc) == (utc("03-31T23:08"), utc("03-31T23:09"))
    assert reading.text == text
    there = reading.start_utc.astimezone(open_zone("Africa/Bamako"))
    assert f"{there:%d %B %H:%M}" == "31 March 23:08"


def test_the_two_dates_of_the_case_do_not_conflict() -> None:
    algeria = read_time("00:08", date=dt.date(2025, 4, 1), territory="DZA")
    mali = read_time("night of 31 March to 1 April 2025", territory="MLI")
    assert algeria == TimeReading(utc("03-31T23:08"), utc("03-31T23:09"), "Africa/Algiers", "00:08", ())
    assert mali.zone == "Africa/Bamako"
    assert mali.start_utc < algeria.start_utc < mali.end_utc


# text, start and end on clocks of UTC, and a part of each warning
SPANS = [
    ("night of 31 March to 1 April 2025", "03-31T18:00", "04-01T06:00", ["'night' is taken as 18:00 to 06:00"]),
    ("in the night of 31 March/1 April 2025", "03-31T18:00", "04-01T06:00", ["18:00 to 06:00"]),
    ("la nuit du 31 mars au 1er avril 2025", "03-31T18:00", "04-01T06:00", ["18:00 to 06:00"]),
    ("la noche del 31 de marzo al 1 de abril de 2025", "03-31T18:00", "04-01T06:00", ["18:00 to 06:00"]),
    ("ليلة 31 مارس إلى 1 أبريل 2025", "03-31T18:00", "04-01T06:00", ["18:00 to 06:00"]),
    ("night of 1 to 2 April 2025", "04-01T18:00", "04-02T06:00", ["18:00 to 06:00"]),
    ("nuit du 1er au 2 avril 2025", "04-01T18:00", "04-02T06:00", ["18:00 to 06:00"]),
    ("la noche del 31 de marzo de 2025", "03-31T18:00", "04-01T06:00", ["begins on it", "18:00 to 06:00"]),
    ("early hours of 1 April 2025", "04-01T00:00", "04-01T06:00", ["'early hours' is taken as 00:00 to 06:00"]),
    ("la madrugada del 1 de abril de 2025", "04-01T00:00", "04-01T06:00", ["early hours"]),
    ("فجر 1 أفريل 2025", "04-01T00:00", "04-01T06:00", ["early hours"]),
    ("on the evening of 31 March 2025", "03-31T18:00", "04-01T00:00", ["'evening' is taken as 18:00 to 24:00"]),
    ("dans la soirée du 31 mars 2025", "03-31T18:00", "04-01T00:00", ["evening"]),
    ("1 April 2025", "04-01T00:00", "04-02T00:00", []),
    ("31 March to 1 April 2025", "03-31T00:00", "04-02T00:00", []),
    (
        "la nuit du 31 mars au 1er avril 2025 vers minuit",
        "03-31T23:00",
        "04-01T01:00",
        ["around a whole hour is taken as 60 minutes either way"],
    ),
    ("31 March to 1 April 2025, around midnight", "03-31T23:00", "04-01T01:00", ["60 minutes"]),
    ("dans la soirée du 1er avril 2025 vers minuit", "04-01T23:00", "04-02T01:00", ["60 minutes"]),
    ("منتصف الليل ليلة 31 مارس إلى 1 أبريل 2025", "03-31T23:30", "04-01T00:30", ["30 minutes either way"]),
    ("around 00:08 on 1 April 2025", "03-31T23:53", "04-01T00:23", ["15 minutes either way"]),
    ("1 April 2025, 00:08-00:30", "04-01T00:08", "04-01T00:31", []),
    ("at about 3 in the morning of 1 April 2025", "04-01T02:00", "04-01T04:00", ["60 minutes"]),
    ("12 noon on 1 April 2025", "04-01T11:30", "04-01T12:30", ["30 minutes"]),
    (
        "entre minuit et 2 heures du matin dans la nuit du 31 mars au 1er avril 2025",
        "03-31T23:30",
        "04-01T02:30",
        ["30 minutes"],
    ),
    ("3 pm on 1 April 2025", "04-01T14:30", "04-01T15:30", ["30 minutes either way"]),
    ("15 h le 1er avril 2025", "04-01T14:30", "04-01T15:30", ["30 minutes either way"]),
    ("3 heures de l’après-midi le 1er avril 2025", "04-01T14:30", "04-01T15:30", ["30 minutes either way"]),
    ("a las tres de la tarde del 1 de abril de 2025", "04-01T14:30", "04-01T15:30", ["30 minutes either way"]),
    ("الساعة الثالثة صباحا 1 أبريل 2025", "04-01T02:30", "04-01T03:30", ["30 minutes either way"]),
    ("8:30 in the evening of 1 April 2025", "04-01T20:30", "04-01T20:31", []),
    ("8:30 on 1 April 2025", "04-01T08:30", "04-01T08:31", ["clock of 24 hours"]),
    ("12 am on 1 April 2025", "03-31T23:30", "04-01T00:30", ["12 am is read as midnight", "30 minutes either way"]),
    ("12.30 pm on 1 April 2025", "04-01T12:30", "04-01T12:31", []),
    ("24:00 on 31 March 2025", "04-01T00:00", "04-01T00:01", []),
    ("23:59:30 on 31 March 2025", "03-31T23:59:30", "03-31T23:59:31", []),
    ("from 31 March 2025 23:00 to 1 April 00:30", "03-31T23:00", "04-01T00:31", []),
    ("between 23:00 on 31 March and 00:30 on 1 April 2025", "03-31T23:00", "04-01T00:31", []),
    ("between 23:00 and 00:30 in the night of 31 March to 1 April 2025", "03-31T23:00", "04-01T00:31", []),
    ("بين 23:00 و00:30 ليلة 31 مارس إلى 1 أبريل 2025", "03-31T23:00", "04-01T00:31", []),
    ("from 9:00 am to 11:00 am on 1 April 2025", "04-01T09:00", "04-01T11:01", []),
    (
        "shortly after midnight in the night of 31 March to 1 April 2025",
        "04-01T00:00",
        "04-01T00:30",
        ["within 30 minutes"],
    ),
    (
        "after midnight in the night of 31 March to 1 April 2025",
        "04-01T00:00",
        "04-01T06:00",
        ["the other end is taken as 06:00"],
    ),
    ("before midnight in the night of 31 March to 1 April 2025", "03-31T18:00", "04-01T00:00", ["18:00"]),
]


@pytest.mark.parametrize(("text", "start", "end", "warnings"), SPANS, ids=[row[0] for row in SPANS])
def test_spans(text: str, start: str, end: str, warnings: list[str]) -> None:
    reading = read_time(text, zone="UTC")
    assert (reading.start_utc, reading.end_utc) == (utc(start), utc(end))
    assert len(reading.warnings) == len(warnings)
    assert all(part in warning for part, warning in zip(warnings, reading.warnings, strict=True))


class TestYears:
    def test_the_year_of_a_range_belongs_to_both_ends(self) -> None:
        reading = read_time("night of 31 December to 1 January 2025", zone="UTC")
        assert reading.start_utc == dt.datetime(2024, 12, 31, 18, tzinfo=dt.UTC)
        reading = read_time("night of 31 December 2024 to 1 January", zone="UTC")
        assert reading.end_utc == utc("01-01T06:00")

    def test_a_date_without_its_year_is_the_nearest_and_says_so(self) -> None:
        reading = read_time("31 December, 10:15", date=dt.date(2025, 1, 6), zone="UTC")
        assert reading.start_utc.year == 2024
        assert reading.warnings[0] == "the year 2024 is not printed: it is the nearest to 2025-01-06"

    def test_a_date_half_a_year_away_needs_its_year(self) -> None:
        with pytest.raises(ReadingError, match="half a year"):
            read_time("1 October, 10:15", date=NEAR, zone="UTC")

    def test_without_any_date_nothing_is_assumed(self) -> None:
        with pytest.raises(ReadingError, match="names no date"):
            read_time("00:08", zone="UTC")
        with pytest.raises(ReadingError, match="has no year"):
            read_time("1 April, 00:08", zone="UTC")


AMBIGUOUS = [
    ("01/04/2025 00:08", ("2025-04-01 00:08", "2025-01-04 00:08")),
    (
        "le 1er avril 2025 vers minuit",
        (
            "around midnight in the night of 2025-03-31 to 2025-04-01",
            "around midnight in the night of 2025-04-01 to 2025-04-02",
        ),
    ),
    ("three o'clock on 1 April 2025", ("3 am on 2025-04-01", "3 pm on 2025-04-01")),
    ("night of 31 March 2025 at 00:08", ("2025-03-31 00:08", "2025-04-01 00:08")),
    (
        "ليلة 1 أبريل 2025",
        ("night of 2025-03-31 to 2025-04-01", "night of 2025-04-01 to 2025-04-02"),
    ),
    (
        "from 23:00 to 00:30 on 1 April 2025",
        ("2025-03-31 23:00 to 2025-04-01 00:30", "2025-04-01 23:00 to 2025-04-02 00:30"),
    ),
    ("2025-04-01 00:08-03:00", ("2025-04-01t00:08-03:00", "2025-04-01 00:08 to 03:00")),
    ("1 April 2025 UTC", ("2025-04-01 utc", "1 april 20:25 utc")),
    (
        "midnight UTC+1 on 1 April 2025",
        (
            "midnight in the night of 2025-03-31 to 2025-04-01 utc+1",
            "midnight in the night of 2025-04-01 to 2025-04-02 utc+1",
        ),
    ),
]


@pytest.mark.parametrize(("text", "readings"), AMBIGUOUS, ids=[row[0] for row in AMBIGUOUS])
def test_lists_the_readings_of_an_ambiguous_time(text: str, readings: tuple[str, ...]) -> None:
    with pytest.raises(AmbiguousReadingError) as caught:
        read_time(text, zone=None if "UTC" in text else "Africa/Algiers")
    assert caught.value.readings == readings
    spans = set()
    for reading in readings:
        stated = any(sign in reading for sign in ("utc", "t00:08-"))
        found = read_time(reading, zone=None if stated else "Africa/Algiers", date=NEAR)
        spans.add((found.start_utc, found.end_utc))
    assert len(spans) == len(readings)


class TestZones:
    def test_an_hour_that_never_was(self) -> None:
        with pytest.raises(ReadingError, match="never was on the clocks of Europe/Paris"):
            read_time("30 March 2025 at 02:30", zone="Europe/Paris")

    @pytest.mark.parametrize("text", ["2025-10-26 02:30", "around 2.30 am on 26 October 2025"])
    def test_an_hour_that_was_twice(self, text: str) -> None:
        with pytest.raises(AmbiguousReadingError) as caught:
            read_time(text, zone="Europe/Paris")
        first, second = (read_time(each, zone="Europe/Paris") for each in caught.value.readings)
        assert second.start_utc - first.start_utc == dt.timedelta(hours=1)
        assert first.zone == "Europe/Paris"

    def test_the_assumed_ends_of_a_night_need_no_choice(self) -> None:
        reading = read_time("early hours of 26 October 2025", zone="Europe/Paris")
        assert reading.end_utc - reading.start_utc == dt.timedelta(hours=7)
        reading = read_time("the night of 29 to 30 March 2025", zone="Europe/Paris")
        assert reading.end_utc - reading.start_utc == dt.timedelta(hours=11)

    def test_a_territory_of_several_clocks_is_ambiguous(self) -> None:
        with pytest.raises(AmbiguousReadingError) as caught:
            read_time("1 April 2025 at 00:08", territory="ESP")
        assert caught.value.readings == (
            "1 april 2025 at 00:08 Europe/Madrid",
            "1 april 2025 at 00:08 Atlantic/Canary",
        )
        assert read_time(caught.value.readings[1], territory="ESP").start_utc == utc("03-31T23:08")

    def test_several_zones_that_agree_that_day_are_one(self) -> None:
        reading = read_time("1 April 2025 at 00:08", territory="DEU")
        assert reading.zone == "Europe/Berlin"
        assert reading.warnings == ("all 2 time zones of DEU showed the same time then",)

    def test_a_stated_zone_goes_before_the_territory(self) -> None:
        assert read_time("1 April 2025 at 00:08 GMT", territory="DZA").start_utc == utc("04-01T00:08")
        assert read_time("1 April 2025 at 00:08", zone="UTC", territory="DZA").zone == "UTC"

    @pytest.mark.parametrize(
        ("options", "reason"),
        [
            ({}, "no time zone"),
            ({"zone": "Africa/Algier"}, "did you mean Africa/Algiers"),
            ({"zone": "Mali"}, "no known time zone"),
            ({"zone": ""}, "no known time zone"),
            ({"zone": "UTC+99"}, "offset"),
            ({"territory": "XXX"}, "no time zone is known"),
            ({"territory": "DZ"}, "no time zone is known"),
            ({"territory": "BVT"}, "no time zone is known"),
        ],
    )
    def test_unknown_clocks(self, options: dict[str, str], reason: str) -> None:
        with pytest.raises(ReadingError, match=reason):
            read_time("1 April 2025 at 00:08", **options)

    def test_old_clocks_of_a_territory_are_not_guessed(self) -> None:
        with pytest.raises(ReadingError, match="before 1970"):
            read_time("1 April 1950 at 00:08", territory="DZA")
        assert read_time("1 April 1950 at 00:08", zone="Africa/Algiers").zone == "Africa/Algiers"

    def test_two_stated_zones_have_to_agree(self) -> None:
        with pytest.raises(ReadingError, match="do not agree"):
            read_time("2025-04-01T00:08+02:00", zone="Africa/Algiers")
        assert read_time("2025-04-01T00:08+01:00", zone="Africa/Algiers").zone == "Africa/Algiers"

    def test_tables(self) -> None:
        assert [zone.key for zone in find_territory_zones("MLI", 2025)] == ["Africa/Bamako"]
        assert len(find_territory_zones("USA", 2025)) > 10
        assert open_offset("banana") is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("banana", "'banana'"),
        ("1 April 2025 at 3", "'3'"),
        ("yesterday at 10:00", "'yesterday'"),
        ("10:00 IST 1 April 2025", "'ist'"),
        ("30 February 2025", "no day of the calendar"),
        ("31/31/2025", "no day of the calendar"),
        ("1 April 1700", "1800 to 2200|'1700'"),
        ("25:00 on 1 April 2025", "no time of a clock"),
        ("10:75 on 1 April 2025", "no time of a clock"),
        ("24:10 on 1 April 2025", "no time of a clock"),
        ("15:00 pm on 1 April 2025", "mixes"),
        ("Monday 1 April 2025", "day of the week"),
        ("from Monday 31 March 2025 23:00 to Wednesday 1 April 2025 00:30", "day of the week"),
        ("1 نيسان/مايو 2025", "two different months"),
        ("night of 31 March to 2 April 2025", "follow each other"),
        ("night of 2 to 1 April 2025", "backwards"),
        ("2 April to 1 April 2025", "backwards"),
        ("1 April 2025 at 03:00 in the evening", "part of the day"),
        ("evening of 31 March to 1 April 2025", "two dates for one evening"),
        ("morning and evening of 1 April 2025", "not clear|two parts"),
        ("31 March to 1 April 2025 at 10:00 am", "two dates for one clock time"),
        ("around 1 April 2025", "no clock time"),
        ("around shortly after midnight on 1 April 2025", "keep one"),
        ("after 10:00 on 1 April 2025", "other end open"),
        ("1 April 2025 and 00:08", "not clear"),
        ("00:08 (22:08 UTC-1) on 1 April 2025", "not one moment"),
        ("00:08 (23:08 UTC-1 on 1 April) on 1 April 2025", "not one moment"),
        ("00:08 (23:08) on 1 April 2025", "several clock times"),
        ("31 March and 1 April 2025", "not clear"),
        ("1 April 2025 2 April 2025", "several dates"),
        ("10:00 11:00 1 April 2025", "several clock times"),
        ("from 1 April 2025 10:00 to 1 April 2025 09:00", "backwards"),
        ("the", "neither a date|no date"),
        ("1 April 2025 " * 20, "too many"),
    ],
)
def test_refuses_other_texts_and_says_why(text: str, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason) as caught:
        read_time(text, zone="UTC")
    assert not isinstance(caught.value, AmbiguousReadingError)
    assert caught.value.text == text


def test_dates_out_of_range_are_refused() -> None:
    for date in (dt.date.min, dt.date.max):
        with pytest.raises(ReadingError, match="1800 to 2200"):
            read_time("00:08", date=date, zone="UTC")
