"""What the text of the page says: findings in their groups, and a card for each claim."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from geoinc.claims import (
    BorderDistanceClaim,
    Claim,
    FallClaim,
    PlaceOffsetClaim,
    PositionClaim,
    Reference,
    SeparationClaim,
    TimeClaim,
    TrackClaim,
)
from geoinc.findings import AlternativeOutcome, Finding, FindingKind, Outcome, SourceOutcome
from geoinc.messages import items, join, say
from geoinc.render import words
from geoinc.render.facts import COMMA, THEN, WORKINGS, table_of
from geoinc.render.roles import Cast
from geoinc.wording import alternative_label

__all__ = [
    "Chip",
    "ClaimCard",
    "FindingGroup",
    "FindingView",
    "PartyCards",
    "ReferenceView",
    "finding_groups",
    "party_cards",
    "reference_view",
    "spoken_for",
]


@dataclass(frozen=True, slots=True)
class Chip:
    """A claim's tag as it stands in a text: linked to its card."""

    tag: str
    claim: int
    colour: int


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source's answer to one finding, in words."""

    title: str
    outcome: str
    measured: str
    remark: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding as the page shows it."""

    number: int
    outcome: str
    slug: str
    gloss: str
    kind: str
    statement: str
    chips: tuple[Chip, ...]
    figures: tuple[tuple[str, str], ...]
    signed: str
    assessed: bool
    robust: bool
    fragile_by: tuple[str, ...]
    missing: tuple[str, ...]
    sources: tuple[SourceRow, ...]
    alternatives: tuple[str, ...]
    evidence: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings of one outcome."""

    slug: str
    heading: str
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """A publication as a card names it; None and empty texts are what is not held."""

    named: str
    url: str | None
    address: str | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class CardOutcome:
    """The findings of one outcome that touch one claim: each with its number and its words."""

    slug: str
    outcome: str
    gloss: str
    checks: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """One claim as the page shows it."""

    number: int
    tag: str
    headline: str
    party: str
    colour: int
    marker: str
    language: str | None
    printed: str
    quote: str | None
    translation: str | None
    read_as: str
    also: tuple[str, ...]
    remarks: tuple[str, ...]
    reference: ReferenceView | None
    outcomes: tuple[CardOutcome, ...]
    shown: bool


@dataclass(frozen=True, slots=True)
class PartyCards:
    """A party and its claims."""

    name: str
    territory: str | None
    colour: int
    marker: str
    cards: tuple[ClaimCard, ...]


def chip(cast: Cast, claim: Claim) -> Chip:
    """Return a claim's chip."""
    return Chip(claim.tag, cast.claim_number(claim.id), cast.role(claim).colour)


def _source_row(cast: Cast, source: str, answer: SourceOutcome, unit: str) -> SourceRow:
    remark = answer.why or ("" if answer.fit else say("not fit for this scale"))
    if answer.fit and not answer.votes:
        remark = say("does not vote: {why}", why=remark) if remark else say("does not vote")
    measured = words.interval(answer.measured, unit)
    # Of a source whose accuracy nobody states, no figure stands behind the sign; its remark says why.
    if answer.value is not None and answer.uncertainty_m is not None and math.isfinite(answer.uncertainty_m):
        value, either_way = words.length(answer.value), words.length(answer.uncertainty_m)
        measured = say("{value} ± {uncertainty}", value=value, uncertainty=either_way)
    return SourceRow(
        title=cast.data.sources[cast.source_number(source)].title,
        outcome=words.OUTCOMES[answer.outcome],
        measured=measured,
        remark=remark,
    )


def _alternative(tried: AlternativeOutcome, unit: str) -> str:
    outcome = words.OUTCOMES[tried.outcome]
    parts = [say("{reading}: {outcome}", reading=tried.label, outcome=outcome)]
    if tried.claimed is not None:
        parts.append(say("stated {range}", range=words.interval(tried.claimed, unit)))
    if tried.measured is not None:
        parts.append(say("measured {range}", range=words.interval(tried.measured, unit)))
    return join(parts, THEN)


def spoken_for(cast: Cast) -> frozenset[str]:
    """Return the sources, by id, that vote in no finding because another one speaks for their lineage."""
    answered = [finding for finding in cast.data.findings if finding.by_source]
    silent = [frozenset(_vintages(cast, finding)) for finding in answered]
    voting = {source for finding in answered for source, answer in finding.by_source.items() if answer.votes}
    return frozenset().union(*silent) - voting


def _vintages(cast: Cast, finding: Finding) -> tuple[str, ...]:
    """The sources for which another one of their lineage votes, by id."""
    lineages = {source: cast.data.sources[cast.source_number(source)].lineage for source in finding.by_source}
    voting = {lineages[source] for source, answer in finding.by_source.items() if answer.votes}
    return tuple(
        source for source, answer in finding.by_source.items() if not answer.votes and lineages[source] in voting
    )


def _figures(finding: Finding) -> tuple[tuple[str, str], ...]:
    found = []
    if finding.claimed is not None and finding.kind is not FindingKind.SIDE:
        stated = words.STATED.get(finding.kind, say("stated"))
        found.append((stated, words.interval(finding.claimed, finding.unit)))
    if finding.measured is not None:
        measured = words.MEASURED.get(finding.kind, say("measured"))
        found.append((measured, words.interval(finding.measured, finding.unit)))
    return tuple(found)


def _facts(cast: Cast, finding: Finding) -> tuple[tuple[str, str], ...]:
    # The table by source already holds the values, the statement the territory.
    left_out = {*WORKINGS, "values_m", "territory"} if finding.by_source else WORKINGS
    shown = {key: value for key, value in finding.evidence.items() if key not in left_out}
    facts = list(table_of(shown, cast.names))
    if finding.informativeness is not None:
        facts.append((say("how much it says"), finding.informativeness.statement))
    if finding.smallest_change is not None and finding.smallest_change not in finding.fragile_by:
        change = words.change(finding.smallest_change)
        facts.append((say("least change that would turn it round"), change))
    return tuple(facts)


def finding_view(cast: Cast, number: int, finding: Finding) -> FindingView:
    """Return one finding in words; `number` is its place in the result."""
    claims = {claim.id: claim for claim in cast.data.incident.claims}
    vintages = _vintages(cast, finding)
    signed = ""
    if finding.kind is FindingKind.SIDE and finding.measured is not None:
        territory = finding.evidence.get("territory")
        signed = say("Positive inside the territory named, negative outside.")
        if isinstance(territory, str):
            signed = say("Positive inside {territory}, negative outside.", territory=cast.territory(territory))
    return FindingView(
        number=number,
        outcome=words.OUTCOMES[finding.outcome],
        slug=finding.outcome.value.replace("_", "-"),
        gloss=words.GLOSSES[finding.outcome],
        kind=words.KINDS[finding.kind],
        statement=finding.statement,
        chips=tuple(chip(cast, claims[each]) for each in finding.claims if each in claims),
        figures=_figures(finding),
        signed=signed,
        assessed=finding.outcome is not Outcome.NOT_ASSESSABLE,
        robust=finding.robust,
        fragile_by=tuple(map(words.change, finding.fragile_by)),
        missing=finding.missing,
        sources=tuple(
            _source_row(cast, source, answer, finding.unit)
            for source, answer in finding.by_source.items()
            if source not in vintages
        ),
        alternatives=tuple(_alternative(each, finding.unit) for each in finding.alternatives),
        evidence=_facts(cast, finding),
    )


def finding_groups(cast: Cast) -> tuple[FindingGroup, ...]:
    """Return the findings by outcome, in the order of the result; outcomes without findings are left out."""
    views = [finding_view(cast, number, finding) for number, finding in enumerate(cast.data.findings)]
    groups = []
    for outcome, heading in words.GROUPS.items():
        slug = outcome.value.replace("_", "-")
        found = tuple(view for view in views if view.slug == slug)
        if found:
            groups.append(FindingGroup(slug, heading, found))
    return tuple(groups)


def _named(reference: Reference) -> str:
    when = words.day(reference.published) if reference.published else say("date not held")
    if reference.title:
        return say("{publisher}, {title}, {when}.", publisher=reference.publisher, title=reference.title, when=when)
    return say("{publisher}, {when}.", publisher=reference.publisher, when=when)


def reference_view(reference: Reference) -> ReferenceView:
    """Return a publication in words; an address that is not one on the web stays text."""
    return ReferenceView(
        named=_named(reference),
        url=words.web_address(reference.url),
        address=reference.url,
        sha256=reference.sha256,
    )


def _read_as(cast: Cast, claim: Claim) -> Iterable[str]:
    match claim:
        case PositionClaim(reading=reading):
            yield say("{position} (WGS 84)", position=items(words.positions(reading), last="or"))
            yield say("as printed, {cell}", cell=words.cell(reading))
            if reading.accuracy_m is None:
                yield say("accuracy not stated")
            else:
                yield say("stated accuracy {accuracy}", accuracy=words.length(reading.accuracy_m))
        case BorderDistanceClaim() | SeparationClaim() | PlaceOffsetClaim():
            interval, precision = words.interval(claim.distance.interval), words.PRECISIONS[claim.distance.precision]
            yield say("{interval} ({precision})", interval=interval, precision=precision)
            if isinstance(claim, BorderDistanceClaim):
                yield say("distance: {sense}", sense=words.SENSES[claim.sense])
        case TimeClaim(start_utc=start, end_utc=end, zone=zone):
            yield words.span(start, end)
            yield say("stated in {zone}", zone=zone)
        case FallClaim(mode=mode, altitude=altitude):
            yield words.FALLS[mode]
            yield say("altitude not stated") if altitude is None else say("from {altitude}", altitude=altitude.text)
        case TrackClaim():
            yield from _track(cast, claim)


def _track(cast: Cast, claim: TrackClaim) -> Iterable[str]:
    if claim.never_left is not None:
        yield say("never left {territory}", territory=cast.territory(claim.never_left))
    if claim.entered is not None:
        yield say("inside {territory} at some time", territory=cast.territory(claim.entered))
    for place, reading in enumerate(claim.positions):
        position = words.positions(reading)[0]
        if claim.times:
            yield say("{position} at {time}", position=position, time=words.instant(claim.times[place]))
        else:
            yield position
    if claim.speed is not None:
        yield say("stated speed {speed}", speed=claim.speed.text)
    if claim.length is not None:
        yield say("stated length {length}", length=claim.length.text)
    if claim.duration is not None:
        yield say("stated duration {duration}", duration=claim.duration.text)


def _card_outcomes(number: int, views: tuple[FindingView, ...]) -> tuple[CardOutcome, ...]:
    found: dict[str, list[FindingView]] = {}
    for view in views:
        if any(each.claim == number for each in view.chips):
            found.setdefault(view.slug, []).append(view)
    made = []
    for slug, touched in found.items():
        checks = []
        for view in touched:
            others = join([each.tag for each in view.chips if each.claim != number], COMMA)
            checks.append(
                (view.number, say("{check}, with {tags}", check=view.kind, tags=others) if others else view.kind)
            )
        made.append(CardOutcome(slug, touched[0].outcome, touched[0].gloss, tuple(checks)))
    return tuple(made)


def _translation(cast: Cast, claim: Claim, language: str | None) -> str | None:
    """Return the case's translation of a quotation; none for a reader of the language that it is in."""
    spoken = (language or "").partition("-")[0].lower()
    return None if spoken == cast.voice.language and claim.translation not in cast.voice.own else claim.translation


def _card(cast: Cast, claim: Claim, views: tuple[FindingView, ...], drawn: frozenset[int]) -> ClaimCard:
    role = cast.role(claim)
    number = cast.claim_number(claim.id)
    references = cast.data.incident.references
    reference = references.get(claim.reference) if claim.reference is not None else None
    language = words.language_tag(reference.language if reference else None)
    return ClaimCard(
        number=number,
        tag=claim.tag,
        headline=cast.headline(claim),
        party=cast.party(role),
        colour=role.colour,
        marker=role.marker,
        language=language,
        printed=claim.text,
        quote=claim.quote if claim.quote != claim.text else None,
        translation=_translation(cast, claim, language),
        read_as=join(_read_as(cast, claim), THEN),
        also=tuple(
            say("{reading} ({note})", reading=alternative_label([claim], each), note=each.note)
            if each.note
            else alternative_label([claim], each)
            for each in claim.alternatives
        ),
        remarks=claim.reading.warnings if isinstance(claim, PositionClaim) else (),
        reference=reference_view(reference) if reference else None,
        outcomes=_card_outcomes(number, views),
        shown=number in drawn,
    )


def party_cards(cast: Cast, groups: tuple[FindingGroup, ...], drawn: frozenset[int]) -> tuple[PartyCards, ...]:
    """Return every claim's card, by party in alphabetical order, in the order of the file.

    Parameters
    ----------
    cast : Cast
    groups : tuple of FindingGroup
        From `finding_groups`.
    drawn : frozenset of int
        Claims that the map can show.
    """
    views = tuple(view for group in groups for view in group.findings)
    return tuple(
        PartyCards(
            name=cast.party(role),
            territory=cast.territory(role.party.territory) if role.party.territory else None,
            colour=role.colour,
            marker=role.marker,
            cards=tuple(
                _card(cast, claim, views, drawn) for claim in cast.data.incident.claims if claim.party == role.party.id
            ),
        )
        for role in cast.roles
    )
