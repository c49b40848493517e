"""The tables of the page: distances by source, the order of events, the sources and their credits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from geoinc.boundaries import Source
from geoinc.claims import OrderClaim, TimeClaim
from geoinc.measurement import BoundaryMeasurement, Sense
from geoinc.messages import items, join, say
from geoinc.render import words
from geoinc.render.cards import Chip, chip, spoken_for
from geoinc.render.clocks import wall_clocks
from geoinc.render.facts import COMMA, THEN
from geoinc.render.roles import Cast, Fitness
from geoinc.zones import open_zone

__all__ = ["Credit", "DistanceRow", "DistanceTable", "Event", "credits_of", "distance_tables", "events"]


LAST: Final = datetime.max.replace(tzinfo=UTC)
"""Events of which only the order is stated stand after those with a time."""


@dataclass(frozen=True, slots=True)
class DistanceRow:
    """One source's distances of one position."""

    title: str
    shortest: str
    towards: str
    meridian: str
    side: str
    accuracy: str
    fit: bool


@dataclass(frozen=True, slots=True)
class DistanceTable:
    """One position's distances by source; ``border`` is empty where the incident has but one."""

    chip: Chip
    point: str
    printed: str
    border: str
    rows: tuple[DistanceRow, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, or was published, at a stated time.

    Attributes
    ----------
    machine : str
        For ``datetime``; empty where only an order is stated.
    when, local : str
        In UTC, and in the zone in which it was stated; the latter empty where there is none.
    what : str
    chips : tuple of Chip
    """

    machine: str
    when: str
    local: str
    what: str
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class Credit:
    """A source with all that must be said of it."""

    title: str
    attribution: str
    terms: str
    facts: tuple[tuple[str, str], ...]
    fit: bool | None


def _side(cast: Cast, measurement: BoundaryMeasurement) -> str:
    if measurement.contested:
        return say("in both grounds")
    if measurement.distance_m is None:
        return say("not known")
    if measurement.signed_distance_m == 0:
        return say("on the line")
    return cast.territory(measurement.territory) if measurement.territory else say("in neither")


def _row(cast: Cast, source: Source, found: dict[Sense, BoundaryMeasurement]) -> DistanceRow:
    shortest = found[Sense.SHORTEST]
    meridian = found.get(Sense.MERIDIAN)
    along: str = say("no crossing")
    if meridian is not None and meridian.distance_m is not None:
        along = words.length(meridian.distance_m)
    accuracy: str = say("accuracy not known")
    if shortest.accuracy_m is not None:
        length, basis = words.length(shortest.accuracy_m), words.basis(shortest.accuracy_basis)
        accuracy = say("accuracy {length}", length=length)
        if basis:
            accuracy = say("accuracy {length}, {basis}", length=length, basis=basis)
    return DistanceRow(
        title=source.title,
        shortest=say("none") if shortest.distance_m is None else words.length(shortest.distance_m),
        towards="" if shortest.azimuth_deg is None else words.azimuth(shortest.azimuth_deg),
        meridian=along,
        side=_side(cast, shortest),
        accuracy=accuracy if shortest.fit else join([accuracy, _unfit(shortest.why)], THEN),
        fit=shortest.fit,
    )


def distance_tables(cast: Cast) -> tuple[DistanceTable, ...]:
    """Return a table for each printed position that was measured, and each border that it was measured from."""
    tables = []
    for claim in cast.positions:
        for pair in cast.data.incident.borders:
            border = items([cast.territory(code) for code in pair]) if len(cast.data.incident.borders) > 1 else ""
            rows = []
            for source in cast.data.sources:
                found: dict[Sense, BoundaryMeasurement] = {}
                for each in cast.measured_from(claim.id, pair):
                    if each.source == source.id:
                        found.setdefault(each.sense, each)
                if Sense.SHORTEST in found:
                    rows.append(_row(cast, source, found))
            if rows:
                tables.append(
                    DistanceTable(
                        chip(cast, claim), cast.point(claim.point), claim.reading.source_text, border, tuple(rows)
                    )
                )
    return tuple(tables)


def _order(cast: Cast, claim: OrderClaim) -> Event:
    event, party = cast.point(claim.event), cast.party(cast.role(claim))
    before, after = ([cast.point(each) for each in named] for named in (claim.before, claim.after))
    parts = []
    if before:
        parts.append(
            say("{event} before {others}, as {party} states it", event=event, others=items(before), party=party)
        )
    if after:
        parts.append(say("{event} after {others}, as {party} states it", event=event, others=items(after), party=party))
    return Event("", "", "", join(parts, THEN), (chip(cast, claim),))


def _local(cast: Cast, claim: TimeClaim) -> str:
    """Return a time on the clock on which it was stated, and then on the territories' clocks that showed another."""
    start, end = claim.start_utc, claim.end_utc
    stated = words.local_span(start, end, claim.zone)
    parts: list[str] = [stated or say("the zone {zone} is not known here", zone=claim.zone)]
    offset = None if stated is None else start.astimezone(open_zone(claim.zone)).utcoffset()
    for clock in wall_clocks(cast, start)[1:]:
        if start.astimezone(clock.zone).utcoffset() != offset:
            parts.append(words.span_in(start, end, clock.zone, clock.name))
    return join(parts, THEN)


def events(cast: Cast) -> tuple[Event, ...]:
    """Return what happened and what was published, in order of time; a day alone counts from its start in UTC."""
    found: list[tuple[datetime, int, Event]] = []
    incident = cast.data.incident
    for claim in incident.claims:
        if isinstance(claim, TimeClaim):
            who = cast.party(cast.role(claim))
            found.append(
                (
                    claim.start_utc,
                    len(found),
                    Event(
                        machine=claim.start_utc.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                        when=words.span(claim.start_utc, claim.end_utc),
                        local=_local(cast, claim),
                        what=say("{event}, as {party} states it", event=cast.point(claim.event), party=who),
                        chips=(chip(cast, claim),),
                    ),
                )
            )
        elif isinstance(claim, OrderClaim):
            found.append((LAST, len(found), _order(cast, claim)))
    for reference in incident.references.values():
        if isinstance(reference.published, date):
            made = tuple(chip(cast, claim) for claim in incident.claims if claim.reference == reference.id)
            what = say("{publisher} publishes", publisher=reference.publisher)
            if reference.title:
                what = say("{publisher} publishes “{title}”", publisher=reference.publisher, title=reference.title)
            start = datetime.combine(reference.published, time(0), tzinfo=UTC)
            event = Event(reference.published.isoformat(), words.day(reference.published), "", what, made)
            found.append((start, len(found), event))
    return tuple(event for _, _, event in sorted(found, key=lambda each: each[:2]))


def credits_of(cast: Cast) -> tuple[Credit, ...]:
    """Return every source with licence, credit, scale, package and hashes."""
    made = []
    silent = spoken_for(cast)
    for source in cast.data.sources:
        facts = [
            (say("vintage"), source.vintage),
            (say("scale"), f"1:{source.scale_denominator:,}" if source.scale_denominator else say("none stated")),
            (say("lineage"), source.lineage),
            (say("edges"), words.EDGES[source.edges]),
            (say("accuracy"), _accuracy(source)),
            (say("origin"), source.ancestry),
        ]
        if source.correlated_with:
            facts.append((say("may share an origin with"), join(source.correlated_with, COMMA)))
        if source.package is not None:
            package = source.package
            facts.append((say("file in the package"), package.file))
            facts.append((say("hash of the package"), f"SHA-256 {package.sha256}"))
        facts.append((say("file"), source.file))
        facts.append((say("hash of the file"), f"SHA-256 {source.sha256}"))
        if source.licence_file:
            facts.append((say("licence text"), source.licence_file))
        made.append(
            Credit(
                source.title,
                source.attribution.rstrip("."),
                _terms(source, cast.fitness(source.id), voiceless=source.id in silent),
                tuple(facts),
                cast.fitness(source.id).fit,
            )
        )
    return tuple(made)


def _terms(source: Source, fitness: Fitness, *, voiceless: bool) -> str:
    parts = [say("Licence: {licence}.", licence=source.licence)]
    if source.package is not None:
        package = source.package
        text = say(
            "Taken from {registry} package {name} {version}.",
            registry=package.registry,
            name=package.name,
            version=package.version,
        )
        parts.append(text)
    if voiceless:
        parts.append(say("Without a vote, since another source speaks for the same lineage."))
    if fitness.fit is False and fitness.why:
        parts.append(say("Not fit for the scale of these positions: {why}.", why=fitness.why))
    elif fitness.fit is False:
        parts.append(say("Not fit for the scale of these positions."))
    return join(parts)


def _unfit(why: str | None) -> str:
    return say("not fit for this scale: {why}", why=why) if why else say("not fit for this scale")


def _accuracy(source: Source) -> str:
    stated = source.accuracy
    if stated is None:
        return say("not documented for the whole source; see the table of distances")
    length, basis = words.length(stated.value_95_m), words.basis(stated.basis)
    if stated.coverage == 0.95:
        return say("{length} at 95 %, {basis}: {document}", length=length, basis=basis, document=stated.document)
    return say(
        "{length} at 95 % ({printed} at {share}), {basis}: {document}",
        length=length,
        printed=words.length(stated.value_m),
        share=words.share(stated.coverage),
        basis=basis,
        document=stated.document,
    )
