"""What a draft finds in articles: every kind of statement, in four languages, and nothing that is not said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from geoinc.draft import Draft, DraftClaim, draft_article, load_article, parse_article

ARTICLES = Path(__file__).resolve().parents[1] / "data" / "articles"
FILES = ("wadi.txt", "oued.html", "frontera.md", "wadi-ar.txt")


def drafted(text: str, name: str = "a.txt") -> Draft:
    return draft_article(parse_article(text, name=name))


def claims_in(text: str) -> list[DraftClaim]:
    return list(drafted(text).claims)


def only(text: str) -> DraftClaim:
    (claim,) = claims_in(text)
    return claim


def summary(draft: Draft) -> set[tuple[str, str, str]]:
    """Kind, speaker and the figure, ground or point of each claim."""
    names = ("distance", "text", "never_left", "territory", "mode", "start")
    return {
        (claim.kind, claim.speaker.id, next(str(claim.fields[name]) for name in names if claim.fields.get(name)))
        for claim in draft.claims
    }


def questions(claim: DraftClaim) -> str:
    return " ".join(claim.found.decide)


def test_the_english_article() -> None:
    draft = draft_article(load_article(ARTICLES / "wadi.txt"))
    assert summary(draft) == {
        ("position", "mali", "19°48'30\"N 2°51'10\"E"),
        ("position", "mali", "19°48'41\"N 2°51'12\"E"),
        ("separation", "mali", "about 345 m"),
        ("border_distance", "mali", "12.4 km"),
        ("track", "mali", "MLI"),
        ("border_distance", "algeria", "1.8 kilometres"),
        ("time", "algeria", "2031-05-03T22:14+01:00"),
        ("fall", "local-witnesses", "vertical"),
        ("place_offset", "a-herder", "3.5 km"),
        ("place_offset", "a-herder", "7 km"),
    }
    points = {claim.fields["text"]: claim.fields["point"] for claim in draft.claims if claim.kind == "position"}
    assert points == {"19°48'30\"N 2°51'10\"E": "link_lost", "19°48'41\"N 2°51'12\"E": "wreck"}
    assert {note.kind for note in draft.notes} == {"registration", "time", "denial", "place", "question"}
    assert next(note.found.quote for note in draft.notes if note.kind == "registration") == "QX-417"
    assert draft.border == ("MLI", "DZA")


def test_the_french_page_without_its_furniture() -> None:
    draft = draft_article(load_article(ARTICLES / "oued.html"))
    assert summary(draft) == {
        ("border_distance", "mali", "10,9 km"),
        ("border_distance", "mali", "9,8 km"),
        ("fall", "mali", "vertical"),
        ("track", "mali", "MLI"),
        ("border_distance", "algeria", "1,4 kilomètre"),
        ("position", "mali", "19° 49' 02,5\" Nord, 2° 52' 40,1\" Est"),
        ("place_offset", "temoins", "4 km"),
    }
    assert draft.article.facts == {
        "language": "fr",
        "publisher": "Le Courrier du Désert",
        "title": "Drone perdu : le ministère publie ses chiffres – Le Courrier du Désert",
        "url": "https://courrier.example/drone-perdu",
        "published": "2031-05-06",
    }
    assert not any(
        "77" in each or "88" in each or "99" in each for each in (claim.found.quote for claim in draft.claims)
    )


def test_the_spanish_markdown() -> None:
    draft = draft_article(load_article(ARTICLES / "frontera.md"))
    assert summary(draft) == {
        ("border_distance", "mali", "8,7 km"),
        ("track", "mali", "MLI"),
        ("border_distance", "algeria", "dos kilómetros"),
        ("fall", "testigos", "vertical"),
    }


def test_the_arabic_article() -> None:
    draft = draft_article(load_article(ARTICLES / "wadi-ar.txt"))
    assert summary(draft) == {
        ("border_distance", "algeria", "2 كلم"),
        ("border_distance", "mali", "9,7 كيلومتر"),
        ("track", "mali", "MLI"),
        ("fall", "mali", "vertical"),
        ("place_offset", "mali", "٤ كلم"),
    }


@pytest.mark.parametrize("name", FILES)
def test_every_quote_stands_where_it_is_said_to(name: str) -> None:
    article = load_article(ARTICLES / name)
    draft = draft_article(article)
    for each in (*draft.claims, *draft.notes):
        found = each.found
        shown = article.text[slice(*found.shown)]
        assert found.quote == shown
        assert found.line == article.source.count("\n", 0, found.start) + 1
        if name.endswith(".txt"):
            assert article.source[found.start : found.end] == found.quote
        else:
            words = parse_article(article.source[found.start : found.end], name=name).text
            # A quote may end inside a link, whose bracket then stands alone.
            assert "".join(words.replace("[", "").split()) == "".join(shown.split())
    starts = [claim.found.start for claim in draft.claims]
    assert starts == sorted(starts)
    assert len({claim.id for claim in draft.claims}) == len(draft.claims)


# What a sentence says


@pytest.mark.parametrize(
    ("sentence", "kind", "fields"),
    [
        (
            "The wreck of the drone lies 9.5 km from the Algerian border.",
            "border_distance",
            {"point": "wreck", "distance": "9.5 km", "territory": None},
        ),
        (
            "The drone crashed more than 9 km south of the border with Algeria.",
            "border_distance",
            {"distance": "more than 9 km"},
        ),
        (
            "The wreckage was found 9 km inside Malian territory yesterday.",
            "border_distance",
            {"territory": "MLI", "point": "wreck"},
        ),
        (
            "The drone entered Algerian airspace to a depth of 1.6 km.",
            "border_distance",
            {"territory": "DZA", "point": "deepest"},
        ),
        (
            "A two-kilometre incursion into Algerian airspace by the drone was reported.",
            "border_distance",
            {"point": "deepest", "territory": "DZA"},
        ),
        (
            "The drone lost contact while it was over Malian territory.",
            "within",
            {"point": "link_lost", "territory": "MLI"},
        ),
        ("The aircraft was shot down inside Mali by a missile.", "within", {"point": "hit", "territory": "MLI"}),
        ("The drone fell on the Malian side of the line.", "within", {"point": "wreck", "territory": "MLI"}),
        (
            "The drone violated Algerian airspace several times that night.",
            "within",
            {"point": "entry", "territory": "DZA"},
        ),
        ("At no time did the drone stray: it never left Malian airspace.", "track", {"never_left": "MLI"}),
        ("Throughout its flight the drone remained within Malian airspace.", "track", {"never_left": "MLI"}),
        (
            "The wreckage lay 441 m from the place where contact was lost.",
            "separation",
            {"points": ["wreck", "link_lost"]},
        ),
        ("The distance between the last contact and the wreckage is 441 m.", "separation", {"distance": "441 m"}),
        (
            "L'épave du drone a été retrouvée à 9 km à l'intérieur du territoire malien.",
            "border_distance",
            {"territory": "MLI"},
        ),
        ("Le drone a été touché côté algérien par un tir de missile.", "within", {"point": "hit", "territory": "DZA"}),
        (
            "El dron fue derribado sobre el espacio aéreo maliense anoche.",
            "within",
            {"point": "hit", "territory": "MLI"},
        ),
        ("سقطت الطائرة المسيرة داخل الأراضي المالية ليلة أمس.", "within", {"point": "wreck", "territory": "MLI"}),
        ("تم اختراق المجال الجوي الجزائري بعمق 02 كيلومتر مساء أمس.", "border_distance", {"point": "deepest"}),
        ("عثر على الحطام داخل الأراضي المالية على بعد 5 كلم من الحدود.", "border_distance", {"distance": "5 كلم"}),
    ],
)
def test_sentences(sentence: str, kind: str, fields: dict[str, object]) -> None:
    found = [claim for claim in claims_in(sentence) if claim.kind == kind]
    assert found, "nothing of this kind was found"
    assert {name: found[0].fields.get(name) for name in fields} == fields


@pytest.mark.parametrize(
    "sentence",
    [
        "He issued orders to his forces to shoot down the drone over Malian airspace in a bid to shield them.",
        "The army denied that the drone had entered Algerian airspace that night.",
        "The drone did not enter Algerian airspace at any time that night.",
        "Did the drone enter Algerian airspace by two kilometres that night?",
        "The drone was shot down after militants in Mali had called for help.",
        "Officials met 12 km of cable suppliers to discuss the drone programme in detail.",
        "Mali closed its airspace to Algerian aircraft in response to the closure by Algiers.",
        "The company lost contact with its customers in the city of Bamako last year.",
        "Temperatures will fall to 5 degrees and the wind blows at 30 km/h from the south.",
        "The road runs 40 km through the hills and is closed to all traffic.",
        "The fall of the government was as sudden as it was vertical, historians write.",
        "The F-16 and the MQ-9 are registered nowhere near the border of the two states.",
        "Thu 6:00\nscattered clouds\n12.38\n°\nC\nFri\n15.89\nmostlycloudy",
        "12.5° C 14.1° E wind 30 km",
        "لم تدخل الطائرة المجال الجوي الجزائري تلك الليلة.",
    ],
)
def test_what_is_not_said_is_not_claimed(sentence: str) -> None:
    assert claims_in(sentence) == []


# Who says it


@pytest.mark.parametrize(
    ("text", "speaker", "open_party"),
    [
        ("The Malian army said the wreck lies 9 km from the border.", "mali", False),
        ("According to Algeria, the wreck lies 9 km from the border.", "algeria", False),
        ("The wreck lies 9 km from the border, the Algerian army said.", "algeria", False),
        ("Mali rejects Algeria's claims that the wreck lies 9 km from the border.", "algeria", False),
        ("Bamako announced that Algeria fired, adding that the wreck lies 9 km from the border.", "mali", False),
        ("The Malian army spoke. The wreck lies 9 km from the border.", "not-named", True),
        ("The Malian army said so at noon. The wreck lies 9 km from the border.", "mali", True),
        (
            "The Malian army said so at noon. The statement added that the wreck lies 9 km from the border.",
            "mali",
            True,
        ),
        ("The wreck of the drone lies 9 km from the border.", "not-named", True),
        ("Local sources said the wreck lies 9 km from the border.", "local-sources", True),
        ("The Azawad Front said the wreck lies 9 km from the border.", "the-azawad-front", True),
        ("Selon le Mouvement Azur, l'épave se trouve à 9 km de la frontière.", "mouvement-azur", True),
        ("L'épave se trouve à 9 km de la frontière, a indiqué le ministère algérien de la Défense.", "algeria", False),
        ("The wreck lies 9 km from the border, Algeria's foreign ministry said.", "algeria", False),
        ("Selon le ministère algérien, l'épave se trouve à 9 km de la frontière.", "algeria", False),
        ("قالت الحكومة المالية إن حطام الطائرة على بعد 9 كلم من الحدود.", "mali", False),
    ],
)
def test_speakers(text: str, speaker: str, open_party: bool) -> None:
    claim = only(text)
    assert claim.speaker.id == speaker
    assert ("(party)" in questions(claim)) is open_party


def test_a_ground_of_ones_own_is_the_speakers() -> None:
    assert only("Algeria said the drone had penetrated its airspace by 2 km.").fields["territory"] == "DZA"
    assert only("Mali said the drone never left the national territory.").fields["never_left"] == "MLI"
    draft = drafted("Local sources said the drone had violated its airspace that night.")
    assert not draft.claims
    assert [note.kind for note in draft.notes] == ["ground"]


# What is unsure is marked


def test_what_cannot_be_read_is_asked() -> None:
    assert "nautical" in questions(only("Mali said the wreck lies 9 miles from the Algerian border."))
    assert "cannot be read" in questions(only("Mali said the wreck lies several kilometres from the Algerian border."))
    claim = only("Mali said the wreck of the drone lies at 44°51'3 N 2°10'4 E in the desert.")
    assert claim.kind == "position"
    assert "Which is meant" in questions(claim)


def test_hedged_words_are_asked() -> None:
    assert "(reportedly)" in questions(only("Mali said the wreck reportedly lies 9 km from the Algerian border."))


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("dans un rayon d'au moins 20 kilomètres de la frontière algérienne", "dans un rayon d'au moins 20 kilomètres"),
        ("à plus de 9 km de la frontière algérienne", "à plus de 9 km"),
        ("entre 9 et 10 km de la frontière algérienne", "entre 9 et 10 km"),
        ("between 9 and 10 km from the Algerian border", "between 9 and 10 km"),
        ("up to 1 329 m from the Algerian border", "up to 1 329 m"),
        ("9 to 10 km from the Algerian border", "9 to 10 km"),
        ("20 km or more from the Algerian border", "20 km or more"),
        ("about nine and a half kilometres from the Algerian border", "about nine and a half kilometres"),
        ("على بعد أكثر من ٩ كلم من الحدود الجزائرية", "أكثر من ٩ كلم"),
    ],
)
def test_what_qualifies_a_length_stays_with_it(words: str, length: str) -> None:
    """Without it the claim would be another one."""
    (claim,) = claims_in(f"Mali said : le drone est tombé {words} ce jour-là.")
    assert claim.fields["distance"] == length


def test_contradictory_words_are_asked() -> None:
    claim = only("Mali a affirmé que l'épave se trouve dans un rayon d'au moins 20 kilomètres de la frontière.")
    assert "Which distance" in questions(claim)


def test_geography_is_no_claim() -> None:
    assert claims_in("The old market town lies 2 km from the Algerian border, travellers write.") == []


@pytest.mark.parametrize(
    "printed",
    [
        "19°52’04.738’’N 2°53’38.101’’E",
        "19° 52' 04\" N, 2° 53' 38\" E",
        "N 19° 52.079' E 002° 53.635'",
        "19.868N 2.894E",
        "195204.738N 0025338.101E",
        "geo:19.868,2.894;u=50",
        "+19.868+002.894/",
        "31QEB 88000 97000",
        "31Q 488000 2197000",
    ],
)
def test_positions_keep_every_character(printed: str) -> None:
    claim = only(f"The Malian army said the wreck lies at {printed} in the desert.")
    assert (claim.kind, claim.fields) == ("position", {"point": "wreck", "text": printed})
    assert claim.found.decide == ()


def test_two_towns_of_one_name_stay_two() -> None:
    claim = only("Mali said the wreck lies 3.5 km south-east of Tinzawatène today.")
    assert claim.fields["places"] == ["tin-zaouatine-dza", "tinzawaten-mli"]
    assert "Which place" in questions(claim)
    assert claim.fields["direction"] == "south-east"


def test_a_name_matched_by_its_sounds_says_so() -> None:
    assert "by its sounds" in questions(only("Mali said the wreck lies 3 km from Tin Zawatin today."))


def test_an_unknown_place_is_asked_for() -> None:
    claim = only("Mali said the wreck lies 3 km from Anefzeg Wells today.")
    assert claim.fields["place"] == "anefzeg-wells"
    assert "--places" in questions(claim)


def test_repeats_are_marked() -> None:
    first, second = claims_in(
        "Mali said the drone never left Malian airspace. Mali said the drone never left Malian airspace."
    )
    assert "same as" not in questions(first)
    assert f"same as {first.id}" in questions(second)


def test_a_direction_of_a_border_offers_the_meridian() -> None:
    claim = only("Mali said the wreck lies 9.5 km south of the Algerian border.")
    assert [each["sense"] for each in claim.fields["alternatives"]] == ["meridian"]
    assert claim.fields["sense"] == "shortest"


# The article that the project started from: not ours, and not here


@pytest.fixture
def given_article() -> Draft:
    path = os.environ.get("GEOINC_TEST_ARTICLE")
    if not path:
        pytest.skip("GEOINC_TEST_ARTICLE names no article")
    return draft_article(load_article(path))


def test_the_article_that_the_environment_names(given_article: Draft) -> None:
    found = [(claim.kind, claim.speaker.id, claim.fields) for claim in given_article.claims]

    def has(kind: str, party: str, **fields: object) -> bool:
        return any(each[:2] == (kind, party) and fields.items() <= each[2].items() for each in found)

    assert has("border_distance", "mali", point="wreck", distance="9.5 kilometers")
    assert has("border_distance", "algeria", point="deepest", distance="two kilometers", territory="DZA")
    assert has("within", "mali", point="link_lost", territory="MLI")
    assert has("within", "mali", point="wreck", territory="MLI")
    assert has("within", "mali", point="hit", territory="MLI")
    assert has("track", "mali", never_left="MLI")
    assert has("fall", "mali", mode="vertical")
    assert has("within", "algeria", point="entry", territory="DZA")
    assert len(found) == 9, "eight statements, one of them said twice; all else would be invented"
    assert "TZ-98D" in {note.found.quote for note in given_article.notes}
    litter = given_article.article.text.rfind("Thu")
    assert all(each.found.shown[1] < litter for each in (*given_article.claims, *given_article.notes))
    assert given_article.border == ("MLI", "DZA")
