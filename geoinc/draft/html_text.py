"""HTML to the text that a person sees, with the way back into the file.

A small scanner of our own, because the parser of the standard library takes time that grows with the square of
the length on broken pages (`<a ` repeated over 60 kB took 45 s with Python 3.11), and because it does not say
where a character reference stood. It knows the tokens of HTML and no tree: that is all that reading needs.

References
----------
HTML Living Standard, section 13.2.5, Tokenization; section 13.2.6.4 for elements whose content is raw text.
"""

from __future__ import annotations

import html
import re
from typing import Final

from geoinc.draft.article import TextBuilder, Visible
from geoinc.draft.word_sets import word_set

__all__ = ["read_html"]

_TAG_NAME: Final = re.compile(r"/?([A-Za-z][A-Za-z0-9:-]{0,40})")
_ATTRIBUTE: Final = re.compile(
    r"""([^\s"'<>/=]{1,60})(?:\s{0,20}=\s{0,20}(?:"([^"]{0,4000})"|'([^']{0,4000})'|([^\s"'=<>`]{1,4000})))?"""
)
_REFERENCE: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_SPACE: Final = re.compile(r"\s")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]{1,2000}")

_BLOCKS: Final = word_set(
    "address article aside blockquote body br center dd details dialog div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 head header hr html li main nav ol option p pre section select summary table tbody td tfoot th"
    " thead title tr ul"
)
# Their content is text for programs, not for people, up to their own end tag.
_RAW: Final = word_set("script style textarea xmp iframe noembed noframes title")
# Furniture of a page: what stands in it is not the article.
_SKIPPED: Final = word_set("nav aside footer form button select template noscript svg math dialog head menu")
# Their end tags may be left out.
_UNCLOSED: Final = word_set("p li dt dd tr td th option head")
_VOID: Final = word_set("area base br col embed hr img input link meta source track wbr")
_FACTS: Final = {
    "og:site_name": "publisher",
    "og:title": "title",
    "og:url": "url",
    "article:published_time": "published",
}
_LINKED: Final = 0.6
_LONGEST_TAG: Final = 4_000


def read_html(source: str) -> Visible:
    """Return the visible text of a page, its furniture left out, in blocks.

    Menus, side columns, footers, forms, scripts and hidden parts are skipped, and so are blocks that are links
    for the most part: teasers of other articles.

    Parameters
    ----------
    source : str
        The whole page. No HTML is too broken to be read.
    """
    skipped = _SKIPPED
    while True:
        scanner = _Scanner(source, skipped)
        unclosed = scanner.scan()
        if unclosed is None or unclosed not in skipped:
            return scanner.build()
        # A menu that never ends would take the whole article with it: such elements are read instead.
        skipped -= {unclosed}


class _Scanner:
    """Walks once through the page."""

    def __init__(self, source: str, skipped: frozenset[str]) -> None:
        self._skipped = skipped
        self._source = source
        self._lower = source.lower() if len(source.lower()) == len(source) else _lower_ascii(source)
        self._out = TextBuilder()
        self._facts: dict[str, str] = {}
        self._skip_depth: list[str] = []
        self._links = 0
        self._linked = 0
        self._letters = 0
        self._absent: set[str] = set()

    def scan(self) -> str | None:
        """Take every token; return the skipped element that was never closed, None where all were."""
        place = 0
        while place < len(self._source):
            opening = self._source.find("<", place)
            if opening < 0:
                opening = len(self._source)
            if opening > place:
                self._take_text(place, opening)
            place = self._take_markup(opening) if opening < len(self._source) else opening
        self._end_block(len(self._source))
        return self._skip_depth[0] if self._skip_depth else None

    def build(self) -> Visible:
        return self._out.build(self._facts)

    def _find(self, what: str, place: int) -> int:
        """Return where `what` stands behind `place`, -1 for nowhere; nowhere is looked for only once."""
        if what in self._absent:
            return -1
        found = self._lower.find(what, place)
        if found < 0:
            self._absent.add(what)
        return found

    def _take_markup(self, place: int) -> int:
        if self._source.startswith("<!--", place):
            end = self._find("-->", place + 4)
            return len(self._source) if end < 0 else end + 3
        if self._source.startswith(("<!", "<?"), place):
            end = self._find(">", place)
            return len(self._source) if end < 0 else end + 1
        name = _TAG_NAME.match(self._source, place + 1)
        if name is None:
            self._take_text(place, place + 1)
            return place + 1
        end = self._find_tag_end(name.end())
        if end < 0:
            self._take_text(place, place + 1)
            return place + 1
        word = name.group(1).lower()
        if self._source[place + 1] == "/":
            self._close(word, place)
            return end
        return self._open(word, self._source[name.end() : end], place, end)

    def _find_tag_end(self, place: int) -> int:
        """Return where a tag ends; > in quotes does not end it, and neither does a tag run on for ever."""
        limit = min(len(self._source), place + _LONGEST_TAG)
        plain = self._source.find(">", place, limit)
        if plain < 0:
            return -1
        inside = self._source[place:plain]
        if inside.count('"') % 2 == 0 and inside.count("'") % 2 == 0:
            return plain + 1
        quote = ""
        for at in range(place, limit):
            character = self._source[at]
            if quote:
                quote = "" if character == quote else quote
            elif character in "\"'":
                quote = character
            elif character == ">":
                return at + 1
        return plain + 1

    def _open(self, name: str, inside: str, place: int, end: int) -> int:
        if name in _BLOCKS:
            self._end_block(place)
        attributes = self._attributes(inside) if name in ("html", "meta", "link") or "hidden" in inside else {}
        self._note_facts(name, attributes)
        if name in _RAW:
            return self._skip_raw(name, end)
        if name in _VOID or inside.endswith("/>"):
            return end
        hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true"
        if self._skip_depth and self._skip_depth[0] in _UNCLOSED and name in _BLOCKS:
            self._skip_depth = []
        if self._skip_depth:
            if name == self._skip_depth[0]:
                self._skip_depth.append(name)
        elif name in self._skipped or hidden:
            self._skip_depth = [name]
        elif name == "a":
            self._links = 1
        return end

    def _skip_raw(self, name: str, end: int) -> int:
        closing = self._find(f"</{name}", end)
        if closing < 0:
            return len(self._source)
        if name == "title":
            self._facts.setdefault("title", _tidy(self._source[end:closing]))
        return closing

    def _close(self, name: str, place: int) -> None:
        if name in _BLOCKS:
            self._end_block(place)
        if self._skip_depth and name == self._skip_depth[0]:
            self._skip_depth.pop()
        elif name == "a":
            self._links = 0

    def _take_text(self, start: int, end: int) -> None:
        if self._skip_depth:
            return
        place = start
        for reference in _REFERENCE.finditer(self._source, start, end):
            meant = html.unescape(reference.group())
            if meant == reference.group():
                continue
            self._add(place, reference.start())
            self._out.add(
                _SPACE.sub(" ", meant) if meant.isprintable() else " ", reference.start(), len(reference.group())
            )
            place = reference.end()
        self._add(place, end)

    def _add(self, start: int, end: int) -> None:
        text = self._source[start:end]
        self._out.add(_SPACE.sub(" ", text), start)
        letters = len(text) - text.count(" ")
        self._letters += letters
        self._linked += letters if self._links else 0

    def _end_block(self, place: int) -> None:
        if not self._skip_depth:
            self._out.end_block(place, keep=self._linked <= _LINKED * self._letters)
        self._linked = self._letters = 0

    @staticmethod
    def _attributes(inside: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(inside):
            value = next((group for group in match.groups()[1:] if group is not None), "")
            found.setdefault(match.group(1).lower(), html.unescape(value))
        return found

    def _note_facts(self, name: str, attributes: dict[str, str]) -> None:
        if name == "html" and _LANGUAGE.fullmatch(attributes.get("lang", "")):
            self._facts.setdefault("language", attributes["lang"])
        elif name == "link" and attributes.get("rel", "").lower() == "canonical":
            self._note("url", attributes.get("href", ""))
        elif name == "meta":
            key = attributes.get("property") or attributes.get("name") or ""
            if key.lower() in _FACTS:
                self._note(_FACTS[key.lower()], attributes.get("content", ""))

    def _note(self, fact: str, value: str) -> None:
        value = _tidy(value)
        if fact == "published":
            day = _DAY.match(value)
            value = day.group() if day else ""
        if fact == "url" and not _ADDRESS.fullmatch(value):
            value = ""
        if value:
            self._facts[fact] = value


def _tidy(text: str) -> str:
    return " ".join(html.unescape(text[:2000]).split())


def _lower_ascii(text: str) -> str:
    return "".join(chr(ord(character) + 32) if "A" <= character <= "Z" else character for character in text)
