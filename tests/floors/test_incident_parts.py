"""Times, compass words, tags, messages' words and the one-position incident."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoinc.claims import BorderDistanceClaim, PositionClaim, WithinClaim
from geoinc.errors import AmbiguousReadingError, ReadingError, UsageError
from geoinc.incident import incident_from_position
from geoinc.incident.compass import read_direction
from geoinc.incident.problems import format_path, printable, shown
from geoinc.incident.tags import assign_tags
from geoinc.incident.times import open_zone, read_instant
from geoinc.incident.yaml_text import resolve_plain
from geoinc.notation import read_position
from geoinc.quantities import Precision, declared_quantity, read_quantity


class TestTimes:
    @pytest.mark.parametrize(
        ("text", "zone", "expected"),
        [
            ("2025-04-01 00:08", "Africa/Algiers", datetime(2025, 3, 31, 23, 8, tzinfo=UTC)),
            ("2025-04-01 00:08", "Africa/Bamako", datetime(2025, 4, 1, 0, 8, tzinfo=UTC)),
            ("2025-04-01T00:08:30", "Africa/Algiers", datetime(2025, 3, 31, 23, 8, 30, tzinfo=UTC)),
            ("2025-04-01T00:08+05:30", None, datetime(2025, 3, 31, 18, 38, tzinfo=UTC)),
            ("2025-04-01 00:08Z", None, datetime(2025, 4, 1, 0, 8, tzinfo=UTC)),
            ("2025-10-26T02:30+02:00", "Europe/Paris", datetime(2025, 10, 26, 0, 30, tzinfo=UTC)),
            ("2025-10-26T02:30+01:00", "Europe/Paris", datetime(2025, 10, 26, 1, 30, tzinfo=UTC)),
            ("2025-07-01 12:00", "Europe/Paris", datetime(2025, 7, 1, 10, 0, tzinfo=UTC)),
        ],
    )
    def test_instants(self, text: str, zone: str | None, expected: datetime) -> None:
        assert read_instant(text, zone) == expected

    @pytest.mark.parametrize(
        ("text", "zone", "words"),
        [
            ("00:08", "Africa/Algiers", "is no time"),
            ("2025-04-01", "Africa/Algiers", "is no time"),
            ("2025-04-01 24:00", "Africa/Algiers", "is no time"),
            ("2025-04-31 10:00", "Africa/Algiers", "calendar"),
            ("2025-04-01 10:60", "Africa/Algiers", "calendar"),
            ("2025-04-01 10:00", None, "no time zone"),
            ("2025-04-01 10:00", "Mali", "no known time zone"),
            ("2025-04-01 10:00", "../Africa/Algiers", "no known time zone"),
            ("2025-04-01 10:00", "", "no known time zone"),
            ("2025-04-01 10:00", "localtime", "no known time zone"),
            ("2025-04-01 10:00+25:00", None, "offset"),
            ("2025-04-01 10:00+03:00", "Africa/Algiers", "showed 08:00"),
            ("0001-01-01 00:00+14:00", None, "1800 to 2200"),
            ("9999-12-31 23:59-12:00", None, "1800 to 2200"),
            ("2025-03-30 02:30", "Europe/Paris", "never was"),
            ("٢٠٢٥-04-01 10:00", "Africa/Algiers", "is no time"),
        ],
    )
    def test_what_is_no_instant(self, text: str, zone: str | None, words: str) -> None:
        with pytest.raises(ReadingError, match=re.escape(words)):
            read_instant(text, zone)

    def test_a_time_that_was_twice_lists_both(self) -> None:
        with pytest.raises(AmbiguousReadingError) as caught:
            read_instant("2025-10-26 02:30", "Europe/Paris")
        instants = [read_instant(reading, "Europe/Paris") for reading in caught.value.readings]
        assert [instant.hour for instant in instants] == [0, 1]

    def test_near_names_of_zones_are_offered(self) -> None:
        with pytest.raises(ReadingError, match="did you mean Africa/Algiers"):
            open_zone("africa/algiers")

    @given(st.integers(-600_000_000, 4_000_000_000), st.sampled_from(["Africa/Algiers", "Asia/Tehran"]))
    def test_a_clock_leads_back_to_its_instant(self, seconds: int, name: str) -> None:
        instant = datetime.fromtimestamp(seconds - seconds % 60, tz=UTC)
        clock = instant.astimezone(open_zone(name))
        text = clock.strftime("%Y-%m-%d %H:%M")
        twice = clock.replace(fold=1 - clock.fold).utcoffset() != clock.utcoffset()
        if twice:
            with pytest.raises(AmbiguousReadingError):
                read_instant(text, name)
        else:
            assert read_instant(text, name) == instant


class TestCompass:
    @pytest.mark.parametrize(
        ("text", "sector"),
        [
            ("north", (348.75, 11.25)),
            ("South-East", (123.75, 146.25)),
            ("south east", (123.75, 146.25)),
            ("SE", (123.75, 146.25)),
            ("sud-est", (123.75, 146.25)),
            ("south-south-west", (191.25, 213.75)),
            ("nord-nord-ouest", (326.25, 348.75)),
            ("NNW", (326.25, 348.75)),
        ],
    )
    def test_words(self, text: str, sector: tuple[float, float]) -> None:
        assert read_direction(text) == sector

    def test_sixteen_sectors_fill_the_circle(self) -> None:
        points = ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"]
        sectors = [read_direction(point) for point in points]
        assert [high for _, high in sectors[:-1]] == [low for low, _ in sectors[1:]]
        assert sectors[-1][1] == sectors[0][0]
        assert all((high - low) % 360 == 22.5 for low, high in sectors)

    @pytest.mark.parametrize("text", ["", "up", "O", "north-south", "120"])
    def test_other_words(self, text: str) -> None:
        with pytest.raises(ReadingError, match="compass"):
            read_direction(text)


class TestTags:
    def test_one_letter_may_serve_two_parties(self) -> None:
        assert assign_tags([(None, "Mali"), (None, "Mauritania"), (None, "élan"), (None, "…")]) == (
            "M1",
            "M2",
            "É1",
            "C1",
        )

    @given(
        st.lists(st.tuples(st.none() | st.sampled_from(["M1", "M2", "A1", "x"]), st.sampled_from(["Mali", "Algeria"])))
    )
    def test_made_tags_are_unique(self, claims: list[tuple[str | None, str]]) -> None:
        tags = assign_tags(claims)
        made = [tag for tag, (given_tag, _) in zip(tags, claims, strict=True) if given_tag is None]
        given_tags = {given_tag for given_tag, _ in claims if given_tag is not None}
        assert len(set(made)) == len(made)
        assert not set(made) & given_tags


class TestWords:
    @given(st.text())
    def test_nothing_unprintable_leaves(self, text: str) -> None:
        assert printable(text).isprintable()
        assert shown(text).isprintable()
        assert len(shown(text)) <= 61 * 10 + 2

    def test_paths(self) -> None:
        assert format_path(()) == ""
        assert format_path(("claims", 3, "near", "places", 0)) == "claims[3].near.places[0]"

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("no", "no"), ("yes", "yes"), ("on", "on"), ("NO", "NO"), ("true", True), ("False", False), ("null", None),
            ("", None), ("~", None), ("12", 12), ("-3", -3), ("0x1F", 31), ("0o17", 15), ("012", 12), ("1.5", 1.5),
            (".5", 0.5), ("1.", 1.0), ("1e3", 1000.0), ("1_000", "1_000"), ("12:30", "12:30"), ("+.inf", float("inf")),
            ("-.INF", float("-inf")), ("2025-04-06", "2025-04-06"), ("0b1", "0b1"), ("9.5 km", "9.5 km"), ("²", "²"),
        ],
    )  # fmt: skip
    def test_plain_scalars_of_yaml_1_2(self, text: str, value: object) -> None:
        resolved = resolve_plain(text)
        assert resolved == value
        assert type(resolved) is type(value)

    def test_what_is_not_a_number(self) -> None:
        assert resolve_plain(".nan") != resolve_plain(".nan")


class TestOnePosition:
    READING = read_position("19.868N 2.894E", accuracy_m=50.0)

    def test_a_position_alone(self) -> None:
        incident = incident_from_position(self.READING, ("MLI", "DZA"))
        (claim,) = incident.claims
        assert isinstance(claim, PositionClaim)
        assert claim.reading == self.READING
        assert incident.parties[claim.party].territory is None
        assert incident.borders == (("MLI", "DZA"),)
        assert claim.point in incident.points

    def test_with_a_distance_and_a_territory(self) -> None:
        quantity = read_quantity("9.5 km", precision=Precision.FRACTIONAL)
        incident = incident_from_position(self.READING, ("MLI", "DZA"), claimed=quantity, territory="MLI")
        _, claim = incident.claims
        assert isinstance(claim, BorderDistanceClaim)
        assert (claim.distance, claim.territory, claim.border) == (quantity, "MLI", ("MLI", "DZA"))

    def test_with_a_territory_alone(self) -> None:
        incident = incident_from_position(self.READING, ("MLI", "DZA"), territory="DZA", name="Mine")
        _, claim = incident.claims
        assert isinstance(claim, WithinClaim)
        assert (claim.territory, incident.title) == ("DZA", "Mine")
        assert len({each.tag for each in incident.claims}) == 2

    def test_a_territory_of_another_border(self) -> None:
        with pytest.raises(UsageError, match="NER"):
            incident_from_position(self.READING, ("MLI", "DZA"), territory="NER")

    def test_its_hash_tells_arguments_apart(self) -> None:
        def hashed(**options: object) -> str:
            return incident_from_position(self.READING, ("MLI", "DZA"), **options).sha256

        one, other = declared_quantity("far", 1.0, 2.0), declared_quantity("far", 1.0, 3.0)
        hashes = [
            hashed(),
            hashed(claimed=one),
            hashed(claimed=other),
            hashed(territory="MLI"),
            hashed(territory="DZA"),
        ]
        assert len(set(hashes)) == len(hashes)
        assert hashed(claimed=one) == hashed(claimed=one)
