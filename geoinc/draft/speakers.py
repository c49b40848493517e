"""Who says it: what the words of a sentence tell, and who spoke last where they tell nothing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Final

from geoinc.draft.tags import Tag, Tagged
from geoinc.draft.territories import TERRITORIES
from geoinc.draft.word_sets import word_set

__all__ = ["UNNAMED", "Cue", "Speaker", "Speakers", "make_id"]

_PLACE_WORDS: Final = word_set(
    "in en au aux within inside over dans sur northern southern eastern western nord sud في داخل فوق"
)
_MAY_PRECEDE_SOURCE: Final = word_set(
    "local security military diplomatic malian algerian several two three multiple sources locales securitaires"
)
_SAME: Final = word_set("same meme memes misma mismas mismo نفس")
_SOURCES: Final = word_set("sources source fuentes مصادر مصدر المصادر المصدر")
_ARTICLES: Final = word_set("a an one un une una uno")
_AUXILIARIES: Final = word_set("a ont avait ha han has have had")
_BACK: Final = 25
_AHEAD: Final = 8


@dataclass(frozen=True, slots=True)
class Speaker:
    """A party as an article names it.

    Attributes
    ----------
    id, name : str
        As the draft writes them.
    territory : str or None
        Of a state; None for everybody else.
    """

    id: str
    name: str
    territory: str | None = None


UNNAMED: Final = Speaker("not-named", "Speaker not named in the article")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say who speaks.

    Attributes
    ----------
    speaker : Speaker
        Who.
    first, last : int
        The words of the sentence that are put into the speaker's mouth.
    span : tuple of int
        First and last word of the cue itself.
    sure : bool
        Whether the cue names the speaker; False for ``it said``, ``the statement added``.
    embedded : bool
        Whether somebody else reports what the speaker says.
    """

    speaker: Speaker
    first: int
    last: int
    span: tuple[int, int]
    sure: bool = True
    embedded: bool = False


@dataclass(frozen=True, slots=True)
class _Actor:
    speaker: Speaker | None
    first: int
    last: int


class Speakers:
    """Walks through the sentences of an article and remembers who spoke last.

    Parameters
    ----------
    text : str
        The visible text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.last: Speaker | None = None
        self._last_sources: Speaker | None = None

    def read(self, tagged: Tagged) -> list[Cue]:
        """Return the cues of a sentence, and remember its main speaker."""
        actors = self._find_actors(tagged)
        cues: list[Cue] = []
        for verb in tagged.all("say"):
            cue = self._read_verb(tagged, verb, actors, cues)
            if cue is not None:
                cues.append(cue)
        cues.extend(self._read_according(tagged, actors))
        main = next(iter(sorted(cues, key=lambda cue: cue.span)), None)
        if main is not None:
            self.last = main.speaker
        cues.extend(self._read_claims(tagged))
        return cues

    @staticmethod
    def find(cues: list[Cue], place: int) -> Cue | None:
        """Return the cue that puts a word into somebody's mouth: the narrowest, and the last of equals."""
        fitting = [cue for cue in cues if cue.first <= place <= cue.last]
        return max(fitting, key=lambda cue: (cue.first, cue.span), default=None)

    def _find_actors(self, tagged: Tagged) -> list[_Actor]:
        taken: set[int] = set()
        for tag in tagged.all("ground", "frontier"):
            taken.update(range(tag.first, tag.last + 1))
        actors: list[_Actor] = []
        for source in tagged.all("source"):
            actor = self._name_source(tagged, source)
            taken.update(range(actor.first, actor.last + 1))
            actors.append(actor)
        institutions = tagged.all("institution")
        for owner in tagged.all("name", "adjective"):
            if owner.first in taken:
                continue
            held = [each for each in institutions if abs(each.first - owner.first) <= 6]
            if owner.concept == "adjective" and not any(abs(each.first - owner.first) <= 4 for each in held):
                continue
            if tagged.text(owner.first - 1) in _PLACE_WORDS and not any(each.first < owner.first for each in held):
                continue
            name = TERRITORIES[owner.value][0]
            last = max([owner.last, *(each.last for each in held if 0 < each.first - owner.last <= 5)])
            first = min([owner.first, *(each.first for each in held if 0 < owner.first - each.last <= 4)])
            taken.update(range(first, last + 1))
            actors.append(_Actor(Speaker(make_id(name), name, owner.value), first, last))
        actors.extend(
            _Actor(None, tag.first, tag.last) for tag in tagged.all("anaphor") if not taken & {tag.first, tag.last}
        )
        return sorted(actors, key=lambda actor: (actor.last, actor.first))

    def _name_source(self, tagged: Tagged, source: Tag) -> _Actor:
        """Return sources, witnesses and their like under the words that the article has for them."""
        first, last = source.first, source.last
        while tagged.text(first - 1) in _MAY_PRECEDE_SOURCE and first > 0:
            first -= 1
        words = tagged.sentence.words
        while first > 1 and (words[first - 1].is_number or self._text[words[first - 1].start].isupper()):
            first -= 1
        if tagged.text(last + 1) in {"close", "proches", "cercanas", "in", "within", "from", "مقربه"}:
            end = min(last + 7, len(tagged.sentence.words) - 1)
            held = [each.last for each in tagged.all("institution", "name", "adjective") if last < each.first <= end]
            last = max(held, default=last)
        plain = first == source.first and last == source.last
        if tagged.text(first - 1) in _SAME and self.last is not None:
            return _Actor(None, first - 1, last)
        if plain and tagged.text(first) in _SOURCES and self._last_sources is not None:
            return _Actor(self._last_sources, first, last)
        start, end = tagged.span(first, last)
        name = " ".join(self._text[start:end].split())
        self._last_sources = Speaker(make_id(name), name[:1].upper() + name[1:])
        return _Actor(self._last_sources, first, last)

    def _read_verb(self, tagged: Tagged, verb: Tag, actors: list[_Actor], cues: list[Cue]) -> Cue | None:
        end = len(tagged.sentence.words) - 1
        if verb.value == "inherit":
            return replace(cues[-1], first=verb.last + 1, last=end) if cues else None
        earlier = cues[-1] if cues else None
        subject = self._find_subject(tagged, verb, actors, earlier)
        before = verb.first - 2 if tagged.text(verb.first - 1) in _AUXILIARIES else verb.first - 1
        trailing = verb.last >= end - 2 or tagged.text(before) in {",", '"'}
        if subject is None and (trailing or _is_verb_first(tagged, verb)):
            subject = self._find_after(tagged, verb, actors)
        if subject is None:
            subject = self._find_capitals(tagged, verb)
        if subject is None:
            return None
        who = subject.speaker
        sure = who is not None
        if who is None:
            who = earlier.speaker if earlier is not None else self.last
        if who is None:
            return None
        span = (min(subject.first, verb.first), max(subject.last, verb.last))
        behind = subject.first > verb.last and not _is_arabic(tagged, verb)
        said_before = trailing and (behind or max(subject.last, verb.last) >= end - 2)
        first, last = (0, span[0] - 1) if said_before else (verb.last + 1, end)
        return Cue(who, first, last, span, sure=sure)

    def _find_subject(self, tagged: Tagged, verb: Tag, actors: list[_Actor], earlier: Cue | None) -> _Actor | None:
        opening = _last_opening(tagged, verb)
        for actor in reversed(actors):
            if actor.last >= verb.first:
                continue
            if verb.first - actor.last > _BACK:
                return None
            if self._is_possessor(tagged, actor) or self._is_addressed(tagged, actor):
                continue
            if opening is not None and actor.first > opening and verb.first - actor.last > 3:
                # Mali said that Algeria fired ... and noted: it is still Mali who speaks.
                return _Actor(None if earlier is None else earlier.speaker, verb.first, verb.last)
            return actor
        return None

    @staticmethod
    def _find_after(tagged: Tagged, verb: Tag, actors: list[_Actor]) -> _Actor | None:
        """Return who stands behind the verb: قالت وزارة الدفاع, dijo el ministerio, said the army."""
        stop = tagged.first_after(verb.last, "that")
        limit = min(verb.last + _AHEAD, stop.first if stop is not None else 10_000)
        behind = [actor for actor in actors if verb.last < actor.first and actor.first <= limit]
        named = [actor for actor in behind if actor.speaker is not None]
        return next(iter(named or behind), None)

    def _find_capitals(self, tagged: Tagged, verb: Tag) -> _Actor | None:
        """Return a name in capitals right before the verb: a person, a movement, a newspaper."""
        words = tagged.sentence.words
        at = verb.first - 1
        while at >= 0 and tagged.text(at) in {
            "has",
            "had",
            "have",
            "also",
            "a",
            "avait",
            "later",
            "further",
            "ha",
            "habia",
            ")",
        }:
            at -= 1
        last = at
        while at >= 0 and last - at < 6 and self._text[words[at].start].isupper():
            at -= 1
        count = last - at
        if count < 1 or (count == 1 and at < 0):
            # A herder said, un habitant affirme: nobody by name, but somebody of their own.
            at = next(
                (place for place in range(last - 1, max(last - 4, -1), -1) if tagged.text(place) in _ARTICLES), -1
            )
            if at < 0 or not all(tagged.text(place).isalpha() for place in range(at + 1, last + 1)):
                return None
            at -= 1
        start, end = tagged.span(at + 1, last)
        name = " ".join(self._text[start:end].split())
        return _Actor(Speaker(make_id(name), name[:1].upper() + name[1:]), at + 1, last)

    def _find_capitals_after(self, tagged: Tagged, at: int) -> _Actor | None:
        """Return a name in capitals that begins at a word or behind its article."""
        words = tagged.sentence.words
        while tagged.text(at) in {"the", "le", "la", "l", "'", "el", "les", "los"}:
            at += 1
        last = at
        while last < len(words) and last - at < 6 and self._text[words[last].start].isupper():
            last += 1
        if last == at:
            return None
        start, end = tagged.span(at, last - 1)
        name = " ".join(self._text[start:end].split())
        return _Actor(Speaker(make_id(name), name), at, last - 1)

    def _read_according(self, tagged: Tagged, actors: list[_Actor]) -> list[Cue]:
        cues = []
        end = len(tagged.sentence.words) - 1
        for according in tagged.all("according"):
            near = [actor for actor in actors if 0 < actor.first - according.last <= _AHEAD]
            named = next((actor for actor in near if actor.speaker is not None), None)
            actor = named or next(iter(near), None)
            if actor is None:
                actor = self._find_capitals_after(tagged, according.last + 1)
            who = None if actor is None else actor.speaker or self.last
            if actor is not None and who is not None:
                cues.append(Cue(who, 0, end, (according.first, actor.last), sure=actor.speaker is not None))
        return cues

    @staticmethod
    def _read_claims(tagged: Tagged) -> list[Cue]:
        """Return what somebody else reports: Algeria's claims that, les affirmations de l'Algérie selon lesquelles."""
        cues = []
        end = len(tagged.sentence.words) - 1
        owners = tagged.all("name", "adjective")
        for claim in tagged.all("claim_noun"):
            opening = tagged.first_after(claim.last, "that", within=6)
            begin = opening.last + 1 if opening is not None else claim.last + 2
            if opening is None and tagged.text(claim.last + 1) not in {"of", "de", "d", "about"}:
                continue
            near = [tag for tag in owners if claim.first - 4 <= tag.first < begin]
            if near:
                name = TERRITORIES[near[-1].value][0]
                span = (min(near[-1].first, claim.first), begin - 1)
                cues.append(Cue(Speaker(make_id(name), name, near[-1].value), begin, end, span, embedded=True))
        return cues

    @staticmethod
    def _is_possessor(tagged: Tagged, actor: _Actor) -> bool:
        """Whether something else of the actor's is meant: Mali's accusations, but not Mali's government."""
        if tagged.text(actor.last + 1) != "'" or tagged.text(actor.last + 2) != "s":
            return False
        return not any(0 < each.first - actor.last <= 6 for each in tagged.all("institution"))

    @staticmethod
    def _is_addressed(tagged: Tagged, actor: _Actor) -> bool:
        return any(0 < actor.first - each.last <= 2 and each.last < actor.first for each in tagged.all("against"))


def make_id(name: str) -> str:
    """Return an id made from a name: lower case, without accents; a number of its letters where none is Latin.

    Examples
    --------
    >>> make_id("Sources close to the Malian army")
    'sources-close-to-the-malian-army'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    return made or "name-" + "".join(f"{ord(character):x}" for character in name if character.isalpha())[:40]


def _is_arabic(tagged: Tagged, tag: Tag) -> bool:
    return "\u0600" <= tagged.text(tag.first)[:1] <= "\u06ff"


def _last_opening(tagged: Tagged, verb: Tag) -> int | None:
    """Return where what somebody says began before a verb: actors behind it do things in what is said."""
    openings = [each.last for each in tagged.all("say") if each.last < verb.first and each.value != "inherit"]
    return next((each for each in reversed(openings) if tagged.first_after(each, "that", within=2)), None)


def _is_verb_first(tagged: Tagged, verb: Tag) -> bool:
    """Whether the verb belongs to a language that may put its subject behind it."""
    return _is_arabic(tagged, verb) or tagged.text(verb.first) in {
        "dijo", "afirmo", "declaro", "anuncio", "indico", "aseguro", "informo", "senalo",
    }  # fmt: skip
