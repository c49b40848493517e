"""The gazetteer: where its places are, how they are spelt, and that two towns stay two."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from geoinc.places import find_places, gazetteer

TOWNS = ["tin-zaouatine-dza", "tinzawaten-mli"]
SPELLINGS = [
    "Tin Zaouatine", "Tin-Zaouatine", "Tinzaouatine", "Tin Zaoutine", "Tin-Zaouatène", "Tin Zaouaten", "Tinzaouaten",
    "Tinzaouatène", "Tinzouatine", "Tinzouatène", "Tinzawaten", "Tinzawatène", "Tin-Zawaten", "تين زاوتين",
    "تينزاواتين", "تين زواتين",
]  # fmt: skip


def test_positions_are_those_printed() -> None:
    places = gazetteer()
    algerian, malian = (places[town] for town in TOWNS)
    assert (algerian.lat_deg, algerian.lon_deg) == pytest.approx((19 + 57 / 60 + 12 / 3600, 2 + 58 / 60), abs=1e-12)
    assert (malian.lat_deg, malian.lon_deg) == pytest.approx(
        (19 + 57 / 60 + 46 / 3600, 2 + 52 / 60 + 58 / 3600), abs=1e-12
    )
    assert (algerian.territory, malian.territory) == ("DZA", "MLI")


def test_every_place_has_a_source_and_says_why_its_accuracy_is_what_it_is() -> None:
    document = json.loads(files("geoinc").joinpath("gazetteer.json").read_text(encoding="utf-8"))
    assert [entry["id"] for entry in document["places"]] == list(gazetteer())
    for entry in document["places"]:
        place = gazetteer()[entry["id"]]
        assert place.source
        assert place.accuracy_m >= 100, "a town is no point"
        assert len(entry["accuracy_reason"]) > 20
        assert len(set(place.spellings)) == len(place.spellings)


def test_the_gazetteer_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        gazetteer()["x"] = gazetteer()[TOWNS[0]]  # type: ignore[index]  # that it is refused is the point


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_means_two_towns(spelling: str) -> None:
    assert [place.id for place in find_places(spelling)] == TOWNS


@pytest.mark.parametrize(
    "spelling", ["TIN ZAOUATINE", "tinzaouatene", "Tin‑Zaouatène", "Tin Zaouate\u0300ne", "تِين زاوتين", "تـين زاوتين"]
)
def test_case_accents_hyphens_and_vowel_signs_make_no_difference(spelling: str) -> None:
    assert [place.id for place in find_places(spelling)] == TOWNS


@pytest.mark.parametrize("text", ["", " ", "-", "Tin", "Zaouatine", "Bamako", "Tin Zaouatine and Bamako"])
def test_nothing_is_matched_by_likeness(text: str) -> None:
    assert find_places(text) == ()


def test_one_town_of_its_own_name() -> None:
    (place,) = find_places("timiaouine")
    assert (place.lat_deg, place.lon_deg, place.territory) == (20.4408, 1.80551, "DZA")
