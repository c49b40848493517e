"""What a report ends with: what cannot be told, the rule, how to do it again, credits and licences."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from geoinc.messages import items, join, say
from geoinc.render.facts import THEN, table_of
from geoinc.render.roles import Cast
from geoinc.render.tables import credits_of
from geoinc.report.document import Block, Bullets, Command, Heading, Paragraph, Terms
from geoinc.report.numbering import Numbers

__all__ = ["command_line", "tell_credits", "tell_limits", "tell_reproduction", "tell_rule"]


def tell_limits(cast: Cast, numbers: Numbers) -> Iterator[Block]:
    """Yield what is assumed, what was not published, and what no figure here can show."""
    incident = cast.data.incident
    tags = {claim.id: claim.tag for claim in incident.claims}
    if incident.assumptions:
        yield Heading(say("What is assumed"), anchor="assumed")
        for each in incident.assumptions:
            used = items([tags[claim] for claim in each.used_by if claim in tags])
            text = say("{assumption} ({claims})", assumption=each.text, claims=used) if each.used_by else each.text
            yield numbers.paragraph(text)
    yield Heading(say("What cannot be told"), anchor="limits")
    waiting: dict[str, dict[str, None]] = {}
    for finding in numbers.told:
        for text in finding.missing:
            waiting.setdefault(text, {}).update(dict.fromkeys(finding.claims))
    for text, claims in waiting.items():
        named = items([tag for claim, tag in tags.items() if claim in claims])
        yield numbers.paragraph(say("Not published: {missing} ({claims}).", missing=text, claims=named))
    for text in (*incident.limits, *cast.data.notices):
        yield numbers.paragraph(text)
    yield numbers.paragraph(
        say(
            "The lines serve for measuring and express no view on sovereignty. Outcomes say what the geometry allows, "
            "not who is right."
        )
    )


def tell_rule(cast: Cast) -> Iterator[Block]:
    """Yield the rule as it was applied."""
    yield Heading(say("The rule"), anchor="rule")
    rule = cast.data.rule
    yield Paragraph(
        say("{rule}, the same for every party, fixed before anything was measured.", rule=rule.get("id", ""))
    )
    steps = rule.get("steps", ())
    yield Bullets(tuple(steps), ordered=True)


def command_line(manifest: Mapping[str, Any]) -> str:
    """Return the command that makes a result of the same input and options.

    Examples
    --------
    >>> command_line({"input": {"file": "my case.yaml"}, "options": {"only": ["osm"], "edges": None}})
    "geoinc check 'my case.yaml' --only osm"
    """
    options = manifest["options"]
    parts = ["geoinc", "check", manifest["input"]["file"] or "FILE"]
    for name in options.get("only") or ():
        parts += ["--only", name]
    for own in options.get("boundary") or ():
        parts += ["--boundary", own["file"] if isinstance(own, Mapping) else str(own)]
    for name in ("edges", "precision"):
        if options.get(name):
            parts += [f"--{name}", options[name]]
    return shlex.join(parts)


def tell_reproduction(cast: Cast) -> Iterator[Block]:
    """Yield how anybody comes to the same result: commands, versions, hashes."""
    manifest = cast.data.manifest
    yield Heading(say("How to do it again"), anchor="again")
    if "input" not in manifest:
        yield Paragraph(say("This result was not made from a file: nothing is held that would make it again."))
        return
    line = command_line(manifest)
    yield Paragraph(say("With the same version, input and boundary data, this gives the same bytes:"))
    yield Command(f"{line} --report report.html")
    yield Paragraph(say("This keeps the result and computes it again, on any machine, any day:"))
    yield Command(f"{line} --json > result.json")
    yield Command("geoinc verify result.json")
    software = manifest.get("software", {})
    rows: list[tuple[str, tuple[str, ...]]] = [
        (say("geoinc"), (str(manifest.get("geoinc", "unknown")),)),
        (
            say("Software"),
            (join([say("{name} {version}", name=name, version=version) for name, version in software.items()], THEN),),
        ),
        (say("Input"), (manifest["input"]["file"],)),
        (say("Input, SHA-256"), (manifest["input"]["sha256"],)),
    ]
    rows += [(term, (value,)) for term, value in table_of({"options": manifest.get("options", {})})]
    yield Terms(tuple(rows))
    yield Paragraph(say("The files of the boundaries, with their hashes, stand under credits and licences."))


def tell_credits(cast: Cast) -> Iterator[Block]:
    """Yield credits and licences of everything that went in."""
    yield Heading(say("Credits and licences"), anchor="credits")
    for credit in credits_of(cast):
        yield Paragraph(
            say("{source}: {attribution}. {terms}", source=credit.title, attribution=credit.attribution,
                terms=credit.terms)
        )  # fmt: skip
        yield Terms(tuple((term, (value,)) for term, value in credit.facts))
    for each in cast.data.landscape.credits:
        yield Paragraph(
            say(
                "{source}, drawn for orientation and never measured against: {attribution}. Licence: {licence}.",
                source=each.title,
                attribution=each.attribution.rstrip("."),
                licence=each.licence,
            )
        )
        rows = (
            (say("vintage"), (each.vintage,)),
            (say("file"), (each.file,)),
            (say("hash of the file"), (f"SHA-256 {each.sha256}",)),
            (say("licence text"), (each.licence_file,)),
        )
        yield Terms(rows)
    if cast.data.places:
        named = [say("{place} ({source})", place=place.name, source=place.source) for place in cast.data.places]
        yield Paragraph(say("Places: {places}.", places=join(named, THEN)))
