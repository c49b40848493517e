"""The summary: five sentences, made from the result by one rule for every party."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from geoinc.findings import Finding, FindingKind, Outcome
from geoinc.intervals import Interval
from geoinc.messages import items, join, number, say, say_many
from geoinc.render import words
from geoinc.render.facts import THEN
from geoinc.render.roles import Cast
from geoinc.report.numbering import Numbers

__all__ = ["summarise"]


def summarise(cast: Cast, numbers: Numbers) -> tuple[str, ...]:
    """Return five sentences: what was checked, what agrees, what cannot hold, what is open, what cannot be tested.

    Each is made from all findings of its outcome; none is chosen by hand, and none speaks of one party alone.

    Parameters
    ----------
    cast : Cast
    numbers : Numbers

    Returns
    -------
    tuple of five str
    """
    by_outcome = {outcome: [each for each in numbers.told if each.outcome is outcome] for outcome in Outcome}
    return (
        _checked(cast),
        _consistent(cast, numbers, by_outcome[Outcome.CONSISTENT]),
        _inconsistent(cast, numbers, by_outcome[Outcome.INCONSISTENT]),
        _indeterminate(cast, numbers, by_outcome[Outcome.INDETERMINATE]),
        _not_assessable(cast, numbers, by_outcome[Outcome.NOT_ASSESSABLE]),
    )


def _checked(cast: Cast) -> str:
    data = cast.data
    speaking = {claim.party for claim in data.incident.claims}
    names = items([cast.party(role) for role in cast.roles if role.party.id in speaking])
    claims = say_many("{count} claim", "{count} claims", len(data.incident.claims))
    if not data.sources:
        return say(
            "{claims} of {parties} were checked against each other; no boundary source was asked.",
            claims=claims,
            parties=names,
        )
    lineages = {source.lineage for source in data.sources}
    return say(
        "{claims} of {parties} were checked against each other and against {sources} of {lineages} for the border "
        "{borders}, by one rule that was fixed before anything was measured.",
        claims=claims,
        parties=names,
        sources=say_many("{count} boundary source", "{count} boundary sources", len(data.sources)),
        lineages=say_many("{count} origin", "{count} origins", len(lineages)),
        borders=items([_border(cast, border) for border in data.incident.borders]),
    )


def _border(cast: Cast, border: tuple[str, str]) -> str:
    first, second = sorted(border, key=cast.territory_number)
    return say("between {first} and {second}", first=cast.territory(first), second=cast.territory(second))


def _consistent(cast: Cast, numbers: Numbers, found: list[Finding]) -> str:
    if not found:
        return say("No finding is consistent.")
    return say_many(
        "{count} finding is consistent, {strength}: {subjects}.",
        "{count} findings are consistent, {strength}: {subjects}.",
        len(found),
        strength=_strength(found),
        subjects=join(_by_kind(cast, numbers, found), THEN),
    )


def _inconsistent(cast: Cast, numbers: Numbers, found: list[Finding]) -> str:
    if not found:
        return say("No finding is inconsistent.")
    each = [
        say(
            "{claims} ({kind}; {finding})",
            claims=_by_party(cast, one),
            kind=words.KINDS[one.kind],
            finding=numbers.cited([one]),
        )
        for one in found
    ]
    return say_many(
        "{count} finding is inconsistent, {strength}, and names claims that cannot hold together as they are read: "
        "{subjects}.",
        "{count} findings are inconsistent, {strength}, and each names claims that cannot hold together as they are "
        "read: {subjects}.",
        len(found),
        strength=_strength(found),
        subjects=join(each, THEN),
    )


def _indeterminate(cast: Cast, numbers: Numbers, found: list[Finding]) -> str:
    if not found:
        return say("No finding is indeterminate.")
    return say_many(
        "{count} finding is indeterminate, since the data cannot decide: {subjects}.",
        "{count} findings are indeterminate, since the data cannot decide: {subjects}.",
        len(found),
        subjects=join(_by_kind(cast, numbers, found), THEN),
    )


def _not_assessable(cast: Cast, numbers: Numbers, found: list[Finding]) -> str:
    if not found:
        return say("No claim that was checked lacks what its check needs.")
    missing = dict.fromkeys(text for each in found for text in each.missing)
    if not missing:
        return say_many(
            "{count} finding is not assessable: {claims} ({findings}).",
            "{count} findings are not assessable: {claims} ({findings}).",
            len(found),
            claims=_tags(cast, found),
            findings=numbers.cited(found),
        )
    return say_many(
        "{count} finding is not assessable: {claims} ({findings}) cannot be tested, since these were not published: "
        "{missing}.",
        "{count} findings are not assessable: {claims} ({findings}) cannot be tested, since these were not "
        "published: {missing}.",
        len(found),
        claims=_tags(cast, found),
        findings=numbers.cited(found),
        missing=join(missing, THEN),
    )


def _strength(found: list[Finding]) -> str:
    robust = sum(each.robust for each in found)
    if robust == len(found):
        return say_many("robust", "all robust", len(found))
    if robust == 0:
        return say_many("fragile", "all fragile", len(found))
    return say("{robust} robust and {fragile} fragile", robust=number(robust), fragile=number(len(found) - robust))


def _by_kind(cast: Cast, numbers: Numbers, found: list[Finding]) -> Iterator[str]:
    """Name the claims of each kind of check with the findings on them; positions with where they were measured."""
    kinds: dict[str, list[Finding]] = {}
    for each in found:
        kinds.setdefault(_placed(cast, each) or words.KINDS[each.kind], []).append(each)
    for kind, group in kinds.items():
        yield say("{kind} ({claims}; {findings})", kind=kind, claims=_tags(cast, group), findings=numbers.cited(group))


def _placed(cast: Cast, finding: Finding) -> str | None:
    """Return where a finding on a side puts its point: the territory, and the measured distances that decide."""
    territory = finding.evidence.get("territory")
    values = [abs(each.value) for each in finding.by_source.values() if each.votes and each.value is not None]
    positions = [claim for claim in cast.positions if claim.id in finding.claims]
    if finding.kind is not FindingKind.SIDE or not isinstance(territory, str) or not values or len(positions) != 1:
        return None
    return say(
        "{point} in {territory}, {distance} from the border",
        point=cast.point(positions[0].point),
        territory=cast.territory(territory),
        distance=words.interval(Interval(min(values), max(values))),
    )


def _by_party(cast: Cast, finding: Finding) -> str:
    """Return the tags of a finding's claims by who makes them, parties in alphabetical order."""
    named = []
    for role in cast.roles:
        own = [
            each.tag for each in cast.data.incident.claims if each.id in finding.claims and each.party == role.party.id
        ]
        if own:
            named.append(say("{claims} of {party}", claims=items(own), party=cast.party(role)))
    return items(named)


def _tags(cast: Cast, findings: Iterable[Finding]) -> str:
    """Return the tags of all claims concerned, each once, in the order of the file."""
    wanted = {claim for finding in findings for claim in finding.claims}
    return items([claim.tag for claim in cast.data.incident.claims if claim.id in wanted])
