"""What each side says: every claim with its words, how they are read, and where they were published."""

from __future__ import annotations

from collections.abc import Iterator

from geoinc.messages import join, say
from geoinc.render.cards import ClaimCard, finding_groups, party_cards
from geoinc.render.facts import THEN
from geoinc.render.roles import Cast
from geoinc.render.tables import events
from geoinc.report.document import Block, Bullets, Heading, Paragraph, Quotation, Terms
from geoinc.report.numbering import Numbers

__all__ = ["tell_accounts", "tell_events"]


def tell_accounts(cast: Cast, numbers: Numbers) -> Iterator[Block]:
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
            yield from _claim(cast, numbers, card)


def _claim(cast: Cast, numbers: Numbers, card: ClaimCard) -> Iterator[Block]:
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
    rows.append((say("Publication"), (card.reference.named if card.reference else say("not held"),)))
    saved = card.reference.sha256 if card.reference else None
    held = say("SHA-256 {hash}", hash=saved) if saved else say("not held")
    rows.append((say("Saved copy"), (held,)))
    about = numbers.about(claim.id)
    rows.append((say("Checked in"), (numbers.cited(about) if about else say("no check applies to this claim"),)))
    yield Terms(tuple(rows))
    if card.reference and card.reference.url:
        yield Paragraph(say("Address of the publication:"), address=card.reference.url)
    elif card.reference and card.reference.address:
        yield Paragraph(say("Address of the publication: {address}", address=card.reference.address))


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
    yield Bullets(tuple(lines))
