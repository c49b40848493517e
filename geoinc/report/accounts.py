"""What each side says: every claim with its words, how they are read, and where they were published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from geoinc.claims import Incident
from geoinc.messages import join, number, say
from geoinc.render.cards import ClaimCard, finding_groups, party_cards, reference_view
from geoinc.render.facts import THEN
from geoinc.render.roles import Cast
from geoinc.render.tables import events
from geoinc.render.timeline import timeline_drawings
from geoinc.report.document import Block, Bullets, Heading, Paragraph, Picture, Quotation, Terms
from geoinc.report.numbering import Numbers

__all__ = ["number_publications", "tell_accounts", "tell_events", "tell_publications"]


def number_publications(incident: Incident) -> dict[str, int]:
    """Return a number for each publication that a claim cites, in the order of the file."""
    cited = {claim.reference for claim in incident.claims}
    return {name: place for place, name in enumerate((each for each in incident.references if each in cited), start=1)}


def tell_accounts(cast: Cast, numbers: Numbers, publications: Mapping[str, int]) -> Iterator[Block]:
    """Yield the claims, parties in alphabetical order, one form for all."""
    yield Heading(say("What each side says"), anchor="says")
    yield Paragraph(say("Parties stand in alphabetical order, claims in the order of the case file."))
    for party in party_cards(cast, finding_groups(cast), frozenset()):
        yield Heading(party.name, 3)
        if not party.territory:
            yield Paragraph(say("Without a territory in this case."))
        if not party.cards:
            yield Paragraph(say("No claim of this party is held."))
        for card in party.cards:
            yield from _claim(cast, numbers, publications, card)


def _claim(cast: Cast, numbers: Numbers, publications: Mapping[str, int], card: ClaimCard) -> Iterator[Block]:
    claim = cast.data.incident.claims[card.number]
    yield numbers.paragraph(say("{tag}. {headline}.", tag=card.tag, headline=card.headline))
    for words in (card.printed, card.quote):
        if words:
            yield Quotation(words, card.language)
    rows: list[tuple[str, tuple[str, ...]]] = []
    if not (card.printed or card.quote):
        rows.append((say("Words as printed"), (say("not held"),)))
    if card.translation:
        rows.append((say("Translation by the case file"), (card.translation,)))
    if card.read_as:
        rows.append((say("Read as"), (card.read_as,)))
    if card.also:
        rows.append((say("Also tried"), card.also))
    if card.remarks:
        rows.append((say("Remark"), card.remarks))
    published = say("not held")
    if claim.reference is not None and card.reference is not None:
        place = number(publications[claim.reference])
        published = say("{publication} (publication {number})", publication=card.reference.named, number=place)
    rows.append((say("Published"), (published,)))
    about = numbers.about(claim.id)
    rows.append((say("Checked in"), (numbers.cited(about) if about else say("no check applies to this claim"),)))
    yield Terms(tuple(rows))


def tell_publications(cast: Cast, publications: Mapping[str, int]) -> Iterator[Block]:
    """Yield where the claims were published, each publication once; nothing where none is held."""
    if not publications:
        return
    yield Heading(say("Publications"), anchor="publications")
    for name, place in publications.items():
        view = reference_view(cast.data.incident.references[name])
        saved = say("Saved copy: SHA-256 {hash}.", hash=view.sha256) if view.sha256 else say("No saved copy is held.")
        told = join([say("{number}. {publication}", number=number(place), publication=view.named), saved])
        if view.url or not view.address:
            yield Paragraph(told, address=view.url)
        else:
            yield Paragraph(say("{publication} Address: {address}", publication=told, address=view.address))


def tell_events(cast: Cast) -> Iterator[Block]:
    """Yield what happened and what was published, in order of time; nothing where no time is held."""
    found = events(cast)
    if not found:
        return
    yield Heading(say("Order of events"), anchor="events")
    lines = []
    for event in found:
        tags = join([chip.tag for chip in event.chips], THEN)
        when = say("{utc} ({local})", utc=event.when, local=event.local) if event.local else event.when
        lines.append(
            say("{when}: {what} ({claims})", when=when, what=event.what, claims=tags)
            if tags
            else say("{when}: {what}", when=when, what=event.what)
        )
    for drawing in timeline_drawings(cast):
        yield Picture(
            drawing, say("What is stated of times, and when it was published; bars are as long as the words allow.")
        )
    yield Bullets(tuple(lines))
