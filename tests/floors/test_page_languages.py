"""Every word of the page comes through the catalogue; quotations and foreign words keep their language."""

from __future__ import annotations

import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

import geoinc
from geoinc.incident import parse_incident
from geoinc.messages import LANGUAGES, Voice
from geoinc.render import captions
from geoinc.render import page as page_module

sys.path.insert(0, str(Path(__file__).parents[1]))

from pseudo import PseudoVoice, own_texts, unsaid

LARGEST = 350_000
NAMES = re.compile(
    r"SHA-256 [0-9a-f]{64}|geoinc/rule/\d|Leaflet|Africa/\w+|\d+ (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b"
)
"""Hashes, names of programs, zones, and days, which Babel writes."""

CREDIT = re.compile(r"Derived from GSHHG [\d.]+ \(Wessel and Smith 1996\) and World Data Bank II\.")

MACHINE = {"map", "id", "features", "colours", "marker", "copies", "tiles", "behind", "lang", "kind", "file"}
"""Keys of the data block whose values no reader sees, or that are copied as they are."""


class Words(HTMLParser):
    """Gathers what is read aloud or seen."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.data = ""
        self._inside: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.found += [given[name] for name in ("aria-label", "title", "alt") if given.get(name)]
        if tag in {"script", "style"}:
            self._inside.append("data" if given.get("type") == "application/json" else "code")

    def handle_endtag(self, tag):
        if tag in {"script", "style"}:
            self._inside.pop()

    def handle_data(self, data):
        if self._inside:
            self.data += data if self._inside[-1] == "data" else ""
        elif data.strip():
            self.found.append(data)


def strings(value: object, key: str = "") -> list[str]:
    if isinstance(value, str):
        return [] if key in MACHINE else [re.sub(r"\{\w+\}", " ", value)]
    if isinstance(value, dict):
        return [text for name, each in value.items() for text in strings(each, name)]
    if isinstance(value, list):
        return [] if key in MACHINE else [text for each in value for text in strings(each, key)]
    return []


@pytest.fixture(scope="module")
def case() -> geoinc.Assessment:
    return geoinc.assess(geoinc.load_incident("tz-98d"))


@pytest.fixture(scope="module")
def pages(case) -> dict[str, str]:
    return {language: case.to_html(lang=language) for language in LANGUAGES}


def test_every_word_comes_through_the_catalogue(case, monkeypatch):
    monkeypatch.setattr(page_module, "voice_of", lambda incident, language: PseudoVoice())
    # A caption is not broken into lines here: a break may fall between brackets.
    monkeypatch.setattr(captions, "wrap", lambda text, size, width, first=0.0: [text])
    words = Words()
    words.feed(case.to_html())
    versions = [f"{name}: {version}" for name, version in case.manifest["software"].items()]
    own = own_texts(case, [*case.manifest["software"], *versions, "geoinc", "sha256", case.manifest["geoinc"]])
    said = [CREDIT.sub(" ", text) for text in [*words.found, *strings(json.loads(words.data))]]
    pieces = {piece.strip() for text in said if not NAMES.fullmatch(text.strip()) for piece in unsaid(text, own)}
    left = {piece for piece in pieces if re.search("[A-Za-z]{2}", NAMES.sub("", piece))}
    # A claim's tag stands before the case's own words in a label.
    tags = {claim.tag for claim in case.incident.claims}
    left = {piece for piece in left if piece.split(" ", 1)[0] not in tags}
    assert left == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_in_its_language_and_no_larger_than_allowed(pages, language):
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in pages[language]
    assert len(pages[language].encode()) < LARGEST
    assert re.findall(r'id="(h-[a-z-]+)"', pages[language]) == re.findall(r'id="(h-[a-z-]+)"', pages["en"])


def test_quotations_keep_their_language_and_their_letters(case, pages):
    for html in pages.values():
        assert '<bdi lang="fr" dir="auto">à 9.5 km au sud de la frontière</bdi>' in html
        assert '<bdi lang="ar" dir="auto">02 كيلومتر</bdi>' in html.replace("02 kilomètres", "")
        # A figure that is a quotation is not said in another language either.
        assert '<bdi lang="fr" dir="auto">9.5 km</bdi>' in html
    held = case.incident.translations["ar"]["9.5 km south of the border"]
    assert held in pages["ar"]
    assert held not in pages["en"]


def test_words_without_a_translation_say_what_they_are_in():
    text = """\
schema: geoinc/incident/1
id: small
title: A small case
language: en
border: [MLI, DZA]
parties:
  one: {name: One, territory: null}
points:
  place: {label: place}
claims:
  - {id: where, party: one, kind: position, point: place, text: "20.0N 3.0E"}
"""
    data = geoinc.assess(parse_incident(text, name="small.yaml"))
    assert '<h1><bdi lang="en">A small case</bdi></h1>' in data.to_html(lang="ar")
    assert "<h1><bdi>A small case</bdi></h1>" in data.to_html(lang="en")


def test_what_runs_rightwards_is_kept_apart_in_arabic():
    from geoinc.messages import number, say, voice_for

    voice = voice_for("ar")
    assert voice(say("{a} b", a="M1")) == "\u2068M1\u2069 b"
    assert voice(say("{a} b", a="الحطام")) == "الحطام b"
    assert voice(say("{a} b", a=number("9.50"))) == "9.50 b"
    assert voice(say("{a} b", a=number("-9.5"))) == "\u2068−9.5\u2069 b"
    assert voice(say("{a} b", a="\u202eM1")) == "\u2068\u202eM1\u2069 b"
    assert Voice()(say("{a} b", a="M1")) == "M1 b"
