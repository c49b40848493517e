"""An article to a draft: every statement found, with whose it is, where it stands, and what is still open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from geoinc.directions import read_direction
from geoinc.draft.article import Article
from geoinc.draft.clocks import read_moment
from geoinc.draft.lengths import find_lengths
from geoinc.draft.moments import find_moments
from geoinc.draft.placing import find_place_name
from geoinc.draft.printed_positions import find_positions
from geoinc.draft.sentences import Sentence, sentences
from geoinc.draft.speakers import UNNAMED, Cue, Speaker, Speakers, make_id
from geoinc.draft.statement import Statement
from geoinc.draft.statements import find_statements
from geoinc.draft.tags import OWN, Tag, Tagged, tag_sentence
from geoinc.errors import AmbiguousReadingError, InputError, ReadingError
from geoinc.places import Place, PlaceIndex, gazetteer
from geoinc.quantities import read_quantity

__all__ = ["POINTS", "Draft", "DraftClaim", "DraftNote", "Found", "draft_article"]

POINTS: Final[Mapping[str, str]] = {
    "wreck": "wreckage",
    "link_lost": "last data link",
    "hit": "place of the hit",
    "entry": "place of an entry",
    "deepest": "deepest point of an entry",
    "fall_start": "where the fall began",
    "incident": "what the article speaks of",
}
MOST_FOUND: Final = 500

_REGISTRATION: Final = re.compile(
    r"(?<![\w-])[A-Z0-9]{1,2}-[A-Z0-9]{2,5}(?![\w-])|(?<![\w-])N[1-9][0-9A-Z]{1,4}(?![\w-])"
)
_REGISTERED: Final = re.compile(
    r"(?:regist(?:ered|ration)|tail number|serial number|immatricul\w{1,8}|matr[ií]cula\w{0,4}|تسجيل|مسجل|الرقم)"
    r"[^.]{0,40}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """Where something was found.

    Attributes
    ----------
    quote : str
        The words, as a person sees them in the article.
    start, end, line : int
        In the file: first character, the one behind the last, and the line counted from 1.
    shown : tuple of int
        Start and end in the visible text.
    reason : str
        Why it was read so.
    decide : tuple of str
        What a person must still decide; empty where only the reading is to be confirmed.
    """

    quote: str
    start: int
    end: int
    line: int
    shown: tuple[int, int]
    reason: str
    decide: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """A claim that nobody has confirmed: its fields as an incident file writes them, and where they were found."""

    id: str
    kind: str
    speaker: Speaker
    fields: Mapping[str, Any]
    sentence: str
    found: Found


@dataclass(frozen=True, slots=True)
class DraftNote:
    """Something that makes no claim by itself: a registration, a date of nothing, a place, a denial."""

    kind: str
    found: Found


@dataclass(frozen=True, slots=True)
class Draft:
    """What was found in an article.

    Attributes
    ----------
    article : Article
        What was read.
    claims : tuple of DraftClaim
        In the order of the text.
    notes : tuple of DraftNote
        In the order of the text.
    border : pair of str or None
        The two territories that the claims speak of; None where they speak of one, or of more.
    places : tuple of Place
        Places of a user's own gazetteer that the claims name.
    """

    article: Article
    claims: tuple[DraftClaim, ...]
    notes: tuple[DraftNote, ...]
    border: tuple[str, str] | None
    places: tuple[Place, ...]


def draft_article(article: Article, *, places: Iterable[Place] = (), border: tuple[str, str] | None = None) -> Draft:
    """Return what an article says of positions, distances, grounds, falls and times, as claims to be confirmed.

    Parameters
    ----------
    article : Article
        From `load_article`.
    places : iterable of Place, optional
        A user's own gazetteer, beside the one that ships with the package.
    border : pair of str, optional
        The border in question, where it is known.

    Returns
    -------
    Draft
        Nothing in it is accepted; it may be empty.

    Raises
    ------
    InputError
        If more than 500 statements are found: that is no article.
    """
    return _Drafter(article, tuple(places), border).run()


class _Drafter:
    """Walks once through the sentences."""

    def __init__(self, article: Article, places: tuple[Place, ...], border: tuple[str, str] | None) -> None:
        self._article = article
        self._own_places = places
        held = (*gazetteer().values(), *places)
        self._places = PlaceIndex(held)
        self._border = border
        self._speakers = Speakers(article.text)
        self._claims: list[DraftClaim] = []
        self._notes: list[DraftNote] = []
        self._border_with: dict[str, None] = {}
        self._noted: set[tuple[str, str]] = set()
        names = [name for place in held for name in (place.name, place.name_ar, *place.spellings)]
        self._initials = frozenset(name[0].lower() for name in names if name)

    def run(self) -> Draft:
        before: Tagged | None = None
        for sentence in sentences(self._article):
            before = self._read_sentence(sentence, before)
        claims = tuple(self._mark_repeats())
        return Draft(
            self._article,
            claims,
            tuple(self._notes),
            self._border or self._guess_border(),
            tuple(place for place in self._own_places if _is_named(place, claims)),
        )

    def _count(self) -> None:
        """Refuse what is no article; an incident file could not hold it either."""
        if len(self._claims) + len(self._notes) >= MOST_FOUND:
            raise InputError(
                f"{self._article.name}: holds more than {MOST_FOUND} statements, too many for one article; save the "
                "article alone, or draft from its parts"
            )

    def _read_sentence(self, sentence: Sentence, before: Tagged | None) -> Tagged:
        tagged = tag_sentence(sentence)
        if not sentence.prose:
            self._add_positions(tagged, [], before)
            return tagged
        tagged.tags["length"] = find_lengths(tagged)
        carried = self._speakers.last
        cues = self._speakers.read(tagged)
        spoken_of = bool(before and before.all("object", "event"))
        for statement in find_statements(tagged, self._article.text, self._places, spoken_of=spoken_of):
            self._add_statement(tagged, statement, cues, carried)
        self._add_positions(tagged, cues, before, carried)
        self._add_moments(tagged, cues, carried)
        self._add_registrations(tagged)
        self._add_place_names(tagged)
        return tagged

    # Who says it

    def _find_speaker(
        self, tagged: Tagged, place: int, cues: list[Cue], carried: Speaker | None
    ) -> tuple[Speaker, str, tuple[str, ...]]:
        """Return who says a word of a sentence, the words that tell, and what is open about it."""
        cue = Speakers.find(cues, place)
        if cue is not None:
            words = self._quote(*tagged.span(*cue.span))
            if cue.sure and cue.speaker.territory is None:
                return cue.speaker, f"said by: '{words}'", (f"For whom does '{cue.speaker.name}' speak (party)?",)
            if cue.sure:
                return cue.speaker, f"said by: '{words}'", ()
            return (
                cue.speaker,
                f"said by: '{words}'",
                (f"Who is meant by '{words}' (party)? {cue.speaker.name} spoke last before it.",),
            )
        last = next((each.speaker for each in sorted(cues, key=lambda each: each.span) if not each.embedded), carried)
        if last is None:
            return UNNAMED, "no speaker named", ("Who says this (party)? No speaker is named before it.",)
        return (
            last,
            "no speaker named here",
            (f"Who says this (party)? These words name no speaker; {last.name} spoke last before them.",),
        )

    # Claims

    def _add_statement(self, tagged: Tagged, statement: Statement, cues: list[Cue], carried: Speaker | None) -> None:
        if statement.kind.startswith("note:"):
            self._note(
                statement.kind.partition(":")[2],
                tagged,
                statement.first,
                statement.last,
                statement.reason,
                statement.decide,
            )
            return
        speaker, who, open_party = self._find_speaker(tagged, statement.first, cues, carried)
        fields = dict(statement.fields)
        if statement.border_with:
            self._border_with[statement.border_with] = None
        decide = [*open_party, *statement.decide]
        if not self._settle_own(fields, speaker):
            self._note(
                "ground", tagged, statement.first, statement.last, statement.reason,
                ("Whose ground is it? The words give it to the speaker, who is no state: write a claim by hand.",),
            )  # fmt: skip
            return
        if statement.length is not None:
            decide.extend(self._fill_length(fields, tagged, statement))
        if statement.place_name is not None and fields.get("place") == "":
            name = self._quote(*tagged.span(*statement.place_name))
            fields["place"] = make_id(name)
        if statement.direction is not None:
            decide.extend(self._fill_direction(fields, tagged, statement.direction))
        if statement.kind == "border_distance" and statement.decide and "direction" in statement.decide[-1]:
            fields["alternatives"] = [{"sense": "meridian", "note": "along the meridian, as the direction may mean"}]
        self._claim(
            statement.kind,
            speaker,
            fields,
            tagged,
            statement.first,
            statement.last,
            f"{statement.reason}; {who}",
            decide,
        )

    @staticmethod
    def _settle_own(fields: dict[str, Any], speaker: Speaker) -> bool:
        """Put the speaker's territory where the words say its own; False where the speaker has none."""
        for name in ("territory", "never_left"):
            if fields.get(name) == OWN:
                if speaker.territory is None:
                    return False
                fields[name] = speaker.territory
        return True

    def _fill_length(self, fields: dict[str, Any], tagged: Tagged, statement: Statement) -> Iterator[str]:
        start, end = tagged.span(*(statement.length or (0, 0)))
        printed = self._quote(start, end)
        fields["distance"] = printed
        try:
            read_quantity(printed)
        except AmbiguousReadingError as error:
            yield f"Which distance is meant: {'; or '.join(error.readings)}?"
        except ReadingError as error:
            yield f"The distance cannot be read as printed; write it otherwise ({error})."

    def _fill_direction(self, fields: dict[str, Any], tagged: Tagged, words: tuple[int, int]) -> Iterator[str]:
        printed = self._quote(*tagged.span(*words))
        fields["direction"] = printed
        try:
            read_direction(printed)
        except ReadingError as error:
            yield f"The direction cannot be read as printed; write it otherwise ({error})."

    def _add_positions(
        self, tagged: Tagged, cues: list[Cue], before: Tagged | None, carried: Speaker | None = None
    ) -> None:
        sentence = tagged.sentence
        for position in find_positions(self._article.text, sentence.start, sentence.end):
            first = next(at for at, word in enumerate(sentence.words) if word.end > position.start)
            last = next(at for at in range(len(sentence.words) - 1, -1, -1) if sentence.words[at].start < position.end)
            event = tagged.last_before(first, "event") or tagged.first_after(last, "event", within=10)
            decide = [position.problem] if position.problem else []
            earlier = before.all("event") if before is not None else []
            if event is not None:
                point, reason = event.value, f"a printed position near '{self._words(tagged, event.first, event.last)}'"
            elif len({each.value for each in earlier}) == 1:
                point, reason = earlier[0].value, "a printed position after a sentence that names one event"
                decide.append(f"Is this the position of '{POINTS[point]}' (point)? The sentence before speaks of it.")
            else:
                point, reason = "incident", "a printed position"
                decide.append("Of what is this the position (point)? The sentence names neither wreck nor event.")
            speaker, who, open_party = self._find_speaker(tagged, first, cues, carried or self._speakers.last)
            start, end = position.start, position.end
            fields = {"point": point, "text": self._article.text[start:end].replace("\n", " ")}
            found = self._found(start, end, f"{reason}; {who}", (*open_party, *decide))
            self._append("position", speaker, fields, tagged, found)

    def _add_moments(self, tagged: Tagged, cues: list[Cue], carried: Speaker | None) -> None:
        for moment in find_moments(tagged):
            event = tagged.last_before(moment.first, "event", within=14) or tagged.first_after(
                moment.last, "event", within=14
            )
            entered = tagged.last_before(moment.first, "enter", within=10)
            if event is None and entered is None:
                question = "Of what is this the time? No event stands near it."
                self._note("time", tagged, moment.first, moment.last, "a date or clock time", (question,))
                continue
            point = event.value if event is not None else "entry"
            self._add_moment(tagged, moment, point, cues, carried)

    def _add_moment(self, tagged: Tagged, moment: Tag, point: str, cues: list[Cue], carried: Speaker | None) -> None:
        speaker, who, open_party = self._find_speaker(tagged, moment.first, cues, carried)
        printed = self._quote(*tagged.span(moment.first, moment.last))
        reason = f"a date or clock time near '{POINTS[point]}'"
        try:
            fields, assumed = read_moment(printed, speaker.territory)
        except ReadingError as error:
            question = f"It cannot be read as printed ({error}). Write a claim of kind time where it matters."
            self._note("time", tagged, moment.first, moment.last, reason, (question,))
            return
        decide = [*open_party, *assumed, f"Is this the time of '{POINTS[point]}' (event)?"]
        fields = {"event": point, **fields}
        self._claim("time", speaker, fields, tagged, moment.first, moment.last, f"{reason}; {who}", decide)

    # Notes

    def _add_registrations(self, tagged: Tagged) -> None:
        start, end = tagged.sentence.start, tagged.sentence.end
        for match in _REGISTRATION.finditer(self._article.text, start, end):
            if _REGISTERED.search(self._article.text[max(start, match.start() - 60) : match.start()]) is None:
                continue
            if ("registration", match.group()) not in self._noted:
                self._noted.add(("registration", match.group()))
                found = self._found(
                    match.start(), match.end(), "a registration", ("Does it belong into the title or the summary?",)
                )
                self._notes.append(DraftNote("registration", found))

    def _add_place_names(self, tagged: Tagged) -> None:
        """Note each place of the gazetteer once, with all that its name may mean."""
        words = tagged.sentence.words
        for at, word in enumerate(words):
            if not (self._article.text[word.start].isupper() or "\u0620" <= word.text[0] <= "\u06ff"):
                continue
            if word.text[0] not in self._initials:
                continue
            name = find_place_name(tagged.sentence, at, self._article.text, self._places)
            if name is None or not name.places or name.transliterated or name.first != at:
                continue
            key = ("place", ",".join(place.id for place in name.places))
            if key in self._noted:
                continue
            self._noted.add(key)
            which = ", ".join(f"{place.id} ({place.territory})" for place in name.places)
            question = f"Which is meant: {which}?" if len(name.places) > 1 else f"Is it {which}?"
            self._note("place", tagged, name.first, name.last, "a name of the gazetteer", (question,))

    # Writing down

    def _claim(
        self, kind: str, speaker: Speaker, fields: Mapping[str, Any], tagged: Tagged, first: int, last: int,
        reason: str, decide: Iterable[str],
    ) -> None:  # fmt: skip
        found = self._found(*tagged.span(first, last), reason, tuple(decide))
        self._append(kind, speaker, fields, tagged, found)

    def _append(self, kind: str, speaker: Speaker, fields: Mapping[str, Any], tagged: Tagged, found: Found) -> None:
        sentence = self._quote(tagged.sentence.start, tagged.sentence.end)
        self._count()
        self._claims.append(DraftClaim("", kind, speaker, fields, sentence, found))

    def _note(self, kind: str, tagged: Tagged, first: int, last: int, reason: str, decide: tuple[str, ...]) -> None:
        self._count()
        self._notes.append(DraftNote(kind, self._found(*tagged.span(first, last), reason, decide)))

    def _found(self, start: int, end: int, reason: str, decide: tuple[str, ...]) -> Found:
        source_start, source_end, line = self._article.locate(start, end)
        quote = self._article.text[start:end]
        return Found(quote, source_start, source_end, line, (start, end), reason, decide)

    def _quote(self, start: int, end: int) -> str:
        return " ".join(self._article.text[start:end].split())

    @staticmethod
    def _words(tagged: Tagged, first: int, last: int) -> str:
        return " ".join(tagged.text(place) for place in range(first, last + 1))

    def _name_claims(self) -> Iterator[DraftClaim]:
        """Give every claim its id, in the order of the text."""
        counts: dict[str, int] = {}
        for claim in sorted(self._claims, key=lambda each: each.found.shown):
            stem = f"{claim.speaker.id[:30]}-{claim.kind.replace('_', '-')}"
            counts[stem] = counts.get(stem, 0) + 1
            yield replace(claim, id=f"{stem}-{counts[stem]}")

    def _mark_repeats(self) -> Iterator[DraftClaim]:
        """Say of a claim that repeats an earlier one which one it repeats."""
        seen: dict[str, str] = {}
        for claim in self._name_claims():
            key = repr((claim.kind, claim.speaker.id, sorted(claim.fields.items(), key=str)))
            if key in seen:
                again = (*claim.found.decide, f"Says the same as {seen[key]}: keep one of the two?")
                yield replace(claim, found=replace(claim.found, decide=again))
            else:
                seen[key] = claim.id
                yield claim

    def _guess_border(self) -> tuple[str, str] | None:
        codes: dict[str, None] = {}
        for claim in self._claims:
            for code in (claim.speaker.territory, claim.fields.get("territory"), claim.fields.get("never_left")):
                if code:
                    codes[code] = None
        pair = tuple(codes | self._border_with)
        return (pair[0], pair[1]) if len(pair) == 2 else None


def _is_named(place: Place, claims: Iterable[DraftClaim]) -> bool:
    return any(place.id == claim.fields.get("place") or place.id in claim.fields.get("places", ()) for claim in claims)
