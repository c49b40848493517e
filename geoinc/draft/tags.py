"""The concepts that the words of a sentence carry, and what small groups of them mean together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from geoinc.draft.lexicon import Entry, lexicon
from geoinc.draft.sentences import Sentence
from geoinc.draft.word_sets import word_set

__all__ = ["Tag", "Tagged", "tag_sentence"]

OWN: Final = "own"
"""The value of a ground that the words give to whoever speaks: its airspace, the national territory."""

_FILLERS: Final = word_set(
    "national nationale nacional own sovereign the of de du des d la le les l ' s del el los las northern southern"
    " eastern western extreme far north south nord sud norte sur شمال جنوب وطني وطنيه"
)
_HYPHENS: Final = frozenset("-")
_LONGEST_PHRASE: Final = 9


@dataclass(frozen=True, slots=True)
class Tag:
    """A concept that a run of words carries.

    Attributes
    ----------
    concept, value : str
        As in the lexicon; composed concepts are ``ground``, ``length`` and ``frontier``.
    first, last : int
        Numbers of its first and its last word.
    """

    concept: str
    value: str
    first: int
    last: int


@dataclass(frozen=True)
class Tagged:
    """A sentence with its tags, by concept and in order."""

    sentence: Sentence
    tags: dict[str, list[Tag]]

    def all(self, *concepts: str) -> list[Tag]:
        """Return the tags of some concepts in order."""
        found = [tag for concept in concepts for tag in self.tags.get(concept, ())]
        return sorted(found, key=lambda tag: (tag.first, tag.last)) if len(concepts) > 1 else found

    def last_before(self, place: int, concept: str, *, within: int = 10_000) -> Tag | None:
        """Return the last tag that ends before a word, at most `within` words away."""
        found = [tag for tag in self.tags.get(concept, ()) if tag.last < place and place - tag.last <= within]
        return found[-1] if found else None

    def first_after(self, place: int, concept: str, *, within: int = 10_000) -> Tag | None:
        """Return the first tag that begins behind a word, at most `within` words away."""
        for tag in self.tags.get(concept, ()):
            if tag.first > place:
                return tag if tag.first - place <= within else None
        return None

    def any_between(self, concepts: Iterable[str], first: int, last: int) -> bool:
        """Whether a tag of some concepts lies between two words, both left out."""
        return any(first < tag.first and tag.last < last for concept in concepts for tag in self.tags.get(concept, ()))

    def text(self, place: int) -> str:
        """Return a word, folded; an empty text outside the sentence."""
        words = self.sentence.words
        return words[place].text if 0 <= place < len(words) else ""

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return where a run of words stands in the visible text."""
        words = self.sentence.words
        return words[first].start, words[last].end


def tag_sentence(sentence: Sentence) -> Tagged:
    """Return a sentence with the tags of the lexicon and those that are composed of them."""
    tags: dict[str, list[Tag]] = {}
    for place in range(len(sentence.words)):
        longest: dict[str, Tag] = {}
        for form in sentence.words[place].forms:
            for entry in lexicon().entries(form):
                last = _match(entry, sentence, place)
                known = longest.get(entry.concept)
                if last is not None and (known is None or last > known.last):
                    longest[entry.concept] = Tag(entry.concept, entry.value, place, last)
        for concept, tag in longest.items():
            earlier = tags.setdefault(concept, [])
            if not earlier or tag.first > earlier[-1].last:
                earlier.append(tag)
    tagged = Tagged(sentence, tags)
    if "space" in tags or "own_space" in tags or "name" in tags:
        tags["ground"] = _compose_grounds(tagged)
    if "border" in tags:
        tags["frontier"] = _compose_frontiers(tagged)
    return tagged


def _match(entry: Entry, sentence: Sentence, place: int) -> int | None:
    """Return the last word of a phrase that begins at `place`; hyphens of the sentence may stand for spaces."""
    at = place
    words = sentence.words
    for number, wanted in enumerate(entry.words):
        if number and wanted != "-" and at < len(words) and words[at].text in _HYPHENS:
            at += 1
        if at >= len(words) or not _fits(wanted, words[at].forms):
            return None
        at += 1
    return at - 1


def _fits(wanted: str, forms: tuple[str, ...]) -> bool:
    if wanted.endswith("*"):
        return any(form.startswith(wanted[:-1]) for form in forms)
    return wanted in forms


def _compose_grounds(tagged: Tagged) -> list[Tag]:
    """Return the grounds that the words name: Malian airspace, le sol algérien, أراضي مالي; or one's own."""
    found: list[Tag] = [replace(tag, concept="ground", value=OWN) for tag in tagged.all("own_space")]
    covered = {place for tag in found for place in range(tag.first, tag.last + 1)}
    for space in tagged.all("space"):
        if space.first in covered:
            continue
        owner = _find_owner(tagged, space)
        if owner is not None:
            found.append(Tag("ground", owner.value, min(space.first, owner.first), max(space.last, owner.last)))
    return sorted(found, key=lambda tag: tag.first)


def _find_owner(tagged: Tagged, space: Tag) -> Tag | None:
    """Return the territory that stands next to the name of a ground, with nothing but small words between."""
    after = before = None
    for owner in tagged.all("adjective", "name"):
        if space.last < owner.first <= space.last + 5 and _small(tagged, space.last, owner.first):
            after = after or owner
        if space.first - 5 <= owner.last < space.first and _small(tagged, owner.last, space.first):
            before = owner
    # "Malian airspace" before "airspace ... Algerian": the nearer one, and before where both touch.
    if before is not None and (after is None or space.first - before.last <= after.first - space.last):
        return before
    return after


def _small(tagged: Tagged, first: int, last: int) -> bool:
    return all(any(form in _FILLERS for form in tagged.sentence.words[place].forms) for place in range(first + 1, last))


def _compose_frontiers(tagged: Tagged) -> list[Tag]:
    """Return the borders that the words name, with the territory next to them where there is one."""
    grounds = tagged.all("ground")
    found = []
    for border in tagged.all("border"):
        if any(ground.first <= border.first <= ground.last for ground in grounds):
            continue
        if tagged.text(border.last + 1) in {"region", "area", "zone", "town", "strip"}:
            continue
        first, last, value = border.first, border.last, ""
        for owner in tagged.all("adjective", "name"):
            if owner.last == border.first - 1 or (
                owner.first > border.last
                and owner.first - border.last <= 4
                and all(
                    tagged.text(place) in _FILLERS | {"with", "avec", "con", "مع", "l", "'"}
                    for place in range(border.last + 1, owner.first)
                )
            ):
                first, last, value = min(first, owner.first), max(last, owner.last), owner.value
                break
        found.append(Tag("frontier", value, first, last))
    return found
