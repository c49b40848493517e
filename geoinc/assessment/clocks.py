"""Times stated for one event held against one another in UTC, and the order that they put events in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations, pairwise, permutations
from typing import Final

from geoinc.assessment.evidence import Context
from geoinc.claims import Claim, Incident, OrderClaim, TimeClaim
from geoinc.consistency import Points, finding_id
from geoinc.findings import Finding, FindingKind, Outcome
from geoinc.intervals import Interval
from geoinc.messages import Text, day, join, later, say, say_as
from geoinc.wording import clauses, listed, party_name, tags, the_point

__all__ = ["check_times", "times_of"]


def check_times(context: Context) -> Iterator[Finding]:
    """Check the times that are stated for each event, and the order of events by each party and between two."""
    incident = context.incident
    yield from _same_events(incident)
    orders = [_order_of(incident, party) for party in incident.parties]
    for order in orders:
        if len(order.events) > 1:
            yield _own_order(incident, order)
    for one, other in combinations(orders, 2):
        common = [event for event in one.events if event in other.events]
        if len(common) > 1:
            yield _two_orders(incident, one, other, common)


def times_of(incident: Incident, party: str) -> dict[str, Interval]:
    """Return when each event was, by one party's clocks, in seconds of UTC since 1970.

    Where the party gives several times for one event: what they share, else all that they span.
    """
    points = Points(incident)
    found: dict[str, Interval] = {}
    for claim in incident.claims:
        if not isinstance(claim, TimeClaim) or claim.party != party:
            continue
        event = points.canonical(claim.event)
        span = Interval(claim.start_utc.timestamp(), claim.end_utc.timestamp())
        known = found.get(event)
        found[event] = span if known is None else known.intersection(span) or known.hull(span)
    return found


def _same_events(incident: Incident) -> Iterator[Finding]:
    events: dict[str, list[TimeClaim]] = {}
    points = Points(incident)
    for claim in incident.claims:
        if isinstance(claim, TimeClaim):
            events.setdefault(points.canonical(claim.event), []).append(claim)
    for event, claims in events.items():
        if len(claims) < 2:
            continue
        apart = [(a, b) for a, b in combinations(claims, 2) if a.start_utc > b.end_utc or b.start_utc > a.end_utc]
        outcome = Outcome.INCONSISTENT if apart else Outcome.CONSISTENT
        told = listed([say("{event} {time}", event=c.tag, time=_span(c.start_utc, c.end_utc)) for c in claims])
        values = {"point": incident.points[event].label, "times": told}
        yield Finding(
            id=finding_id(FindingKind.TIMES, claims),
            kind=FindingKind.TIMES,
            claims=tuple(claim.id for claim in claims),
            outcome=outcome,
            robust=True,
            fragile_by=(),
            statement=(
                say(_APART, **values, claims=clauses([tags(pair) for pair in apart]))
                if apart
                else say(_SHARED, **values)
            ),
            unit="s",
            by_source={},
            evidence={
                "utc": {claim.id: [claim.start_utc.isoformat(), claim.end_utc.isoformat()] for claim in claims},
                "apart": [[a.id, b.id] for a, b in apart],
            },
        )


_SHARED: Final = later("The times stated for the {point}, in UTC: {times}; they share a time.")
_APART: Final = later("The times stated for the {point}, in UTC: {times}; {claims} do not share a time.")


@dataclass(frozen=True, slots=True)
class _Order:
    """What one party puts before what.

    Attributes
    ----------
    party : str
        Its id.
    events : tuple of str
        All that it gives a time or an order for, the earliest first.
    times : mapping of str to Interval
        In seconds of UTC; events of which only the order is told have none.
    before : frozenset of pairs of str
        The first ends before the second begins, by the clocks, or was said to have come before it, or both follow
        from others.
    claims : tuple of Claim
        What this rests on.
    """

    party: str
    events: tuple[str, ...]
    times: Mapping[str, Interval]
    before: frozenset[tuple[str, str]]
    claims: tuple[Claim, ...]

    def compare(self, one: str, other: str) -> str | None:
        """Return ``before``, ``after``, ``both`` where the party contradicts itself; None if it cannot be told."""
        first, second = (one, other) in self.before, (other, one) in self.before
        if first and second:
            return "both"
        return "before" if first else "after" if second else None


def _order_of(incident: Incident, party: str) -> _Order:
    points = Points(incident)
    times = times_of(incident, party)
    own = tuple(c for c in incident.claims if c.party == party and isinstance(c, TimeClaim | OrderClaim))
    # A time printed to the minute lasts up to the next minute, which it does not hold: ends that touch are in order.
    before = {
        (a, b) for a, b in permutations(times, 2) if times[a].high <= times[b].low and times[a].low < times[b].high
    }
    for claim in own:
        if isinstance(claim, OrderClaim):
            event = points.canonical(claim.event)
            before |= {(event, points.canonical(other)) for other in claim.before}
            before |= {(points.canonical(other), event) for other in claim.after}
    events = list(dict.fromkeys([*times, *(event for pair in sorted(before) for event in pair)]))
    for through in events:
        before |= {(a, b) for a, m in before if m == through for n, b in before if n == through}
    events.sort(key=lambda event: sum(later == event for _, later in before))
    return _Order(party, tuple(events), times, frozenset(before), own)


def _own_order(incident: Incident, order: _Order) -> Finding:
    pairs = list(combinations(order.events, 2))
    both = [pair for pair in pairs if order.compare(*pair) == "both"]
    open_pairs = [pair for pair in pairs if order.compare(*pair) is None]
    outcome = _outcome(contradicted=bool(both), undecided=bool(open_pairs))
    name = party_name(incident, order.claims[0])
    told = [
        say("{event} {time}", event=the_point(incident, event), time=_when(order, event))
        for event in order.events
        if event in order.times
    ]
    timed, worded = ([c for c in order.claims if isinstance(c, kind)] for kind in (TimeClaim, OrderClaim))
    sentences: list[Text] = []
    if told:
        sentences.append(
            say(
                "By the times of {party} ({claims}), in UTC: {times}.",
                party=name,
                claims=tags(timed),
                times=clauses(told),
            )
        )
    sure = [(a, b) for a, b in pairwise(order.events) if order.compare(a, b) == "before"]
    if sure:
        values = {"party": name, "order": listed([_before(incident, a, b) for a, b in sure])}
        sentences.append(
            say("{party} puts {order} (with {claims}).", **values, claims=tags(worded))
            if worded
            else say("{party} puts {order}.", **values)
        )
    if both:
        torn = [
            say("{point} before {other} and after it", point=the_point(incident, a), other=the_point(incident, b))
            for a, b in both
        ]
        sentences.append(say("{party} puts {order}, which cannot hold.", party=name, order=clauses(torn)))
    if open_pairs:
        sentences.append(say("The order of {pairs} cannot be told.", pairs=_pairs(incident, open_pairs)))
    return _finding(order.claims, outcome, join(sentences), _evidence([order]), contradicted=both, open_=open_pairs)


def _two_orders(incident: Incident, one: _Order, other: _Order, common: list[str]) -> Finding:
    pairs = list(combinations(common, 2))
    ways = {pair: (one.compare(*pair), other.compare(*pair)) for pair in pairs}
    against = [pair for pair, way in ways.items() if set(way) == {"before", "after"}]
    agreed = [pair for pair, (mine, theirs) in ways.items() if mine == theirs and mine in ("before", "after")]
    open_pairs = [pair for pair in pairs if pair not in against and pair not in agreed]
    names = [party_name(incident, order.claims[0]) for order in (one, other)]
    parties = {"party": names[0], "other": names[1]}
    sentences: list[Text] = []
    for first, second in against:
        earlier, latter = (first, second) if ways[first, second][0] == "before" else (second, first)
        sentences.append(
            say("{party} puts {order}, {other} puts it after.", **parties, order=_before(incident, earlier, latter))
        )
    if agreed:
        ordered = [(a, b) if ways[a, b][0] == "before" else (b, a) for a, b in agreed]
        told = listed([_before(incident, a, b) for a, b in ordered])
        sentences.append(say("{party} and {other} both put {order}, in UTC.", **parties, order=told))
    if open_pairs:
        torn = [name for n, name in enumerate(names) if any(ways[pair][n] == "both" for pair in open_pairs)]
        sentences.append(
            say(
                "The order of {pairs} cannot be compared between {party} and {other}: {reason}.",
                pairs=_pairs(incident, open_pairs),
                **parties,
                reason=_why_open(torn),
            )
        )
    claims = [
        claim
        for order in (one, other)
        for claim in order.claims
        if isinstance(claim, OrderClaim) or Points(incident).canonical(getattr(claim, "event", "")) in common
    ]
    outcome = _outcome(contradicted=bool(against), undecided=bool(open_pairs))
    return _finding(claims, outcome, join(sentences), _evidence([one, other]), contradicted=against, open_=open_pairs)


def _outcome(*, contradicted: bool, undecided: bool) -> Outcome:
    if contradicted:
        return Outcome.INCONSISTENT
    return Outcome.INDETERMINATE if undecided else Outcome.CONSISTENT


def _finding(
    claims: Iterable[Claim],
    outcome: Outcome,
    statement: str,
    evidence: dict[str, object],
    *,
    contradicted: list[tuple[str, str]],
    open_: list[tuple[str, str]],
) -> Finding:
    claims = tuple(claims)
    return Finding(
        id=f"{finding_id(FindingKind.TIMES, claims)}:order",
        kind=FindingKind.TIMES,
        claims=tuple(claim.id for claim in claims),
        outcome=outcome,
        robust=True,
        fragile_by=(),
        statement=statement,
        unit="s",
        by_source={},
        evidence={
            **evidence,
            "contradicted": [list(pair) for pair in contradicted],
            "cannot_be_ordered": [list(pair) for pair in open_],
        },
    )


def _evidence(orders: list[_Order]) -> dict[str, object]:
    return {
        "utc": {
            order.party: {event: [_iso(span.low), _iso(span.high)] for event, span in order.times.items()}
            for order in orders
        },
        "before": {order.party: [list(pair) for pair in sorted(order.before)] for order in orders},
    }


def _why_open(torn: list[str]) -> Text:
    """Why two orders cannot be compared: those who contradict themselves, or that one leaves it open."""
    if not torn:
        return say("at least one of them leaves it open")
    if len(torn) == 1:
        return say("{party} puts one before the other and after it", party=torn[0])
    return say("{parties} put one before the other and after it", parties=listed(torn))


def _before(incident: Incident, earlier: str, latter: str) -> Text:
    return say("{point} before {other}", point=the_point(incident, earlier), other=the_point(incident, latter))


def _pairs(incident: Incident, pairs: Iterable[tuple[str, str]]) -> Text:
    named = [listed([the_point(incident, a), the_point(incident, b)]) for a, b in pairs]
    return join(named, say_as("between pairs of events", ", and of "))


def _when(order: _Order, event: str) -> Text:
    span = order.times[event]
    return _span(datetime.fromtimestamp(span.low, UTC), datetime.fromtimestamp(span.high, UTC))


def _iso(second: float) -> str:
    return datetime.fromtimestamp(second, UTC).isoformat()


def _span(start: datetime, end: datetime) -> Text:
    first, last = _minute(start), f"{end:%H:%M}"
    return say("{start} to {end}", start=first, end=last if start.date() == end.date() else _minute(end))


def _minute(instant: datetime) -> Text:
    return say("{day} {time}", day=day(instant.date(), with_year=False), time=f"{instant:%H:%M}")
