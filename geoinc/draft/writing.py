"""A draft to the text of an incident file.

Written by hand and not by a YAML library, so that every text stands in double quotes, whatever an article holds,
and the same draft always gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from geoinc.draft.drafting import POINTS, Draft, DraftClaim, Found
from geoinc.draft.speakers import make_id
from geoinc.incident.schema import SCHEMA_NAME
from geoinc.places import Place

__all__ = ["to_yaml"]

_POINT_FIELDS = ("point", "event", "from", "to")


def to_yaml(draft: Draft) -> str:
    """Return an incident file in YAML that holds a draft, every claim of it unconfirmed.

    Parameters
    ----------
    draft : Draft
        With one claim at least; a file without any is no incident file.

    Returns
    -------
    str
        ``geoinc check`` refuses it until each claim says ``status: confirmed``.
    """
    return "\n".join(_lines(draft)) + "\n"


def _lines(draft: Draft) -> Iterator[str]:
    article = draft.article
    yield "# A draft. No claim in it counts before a person has compared it with the article, settled what stands"
    yield "# under decide, and written status: confirmed. Wrong claims are to be deleted."
    yield f"schema: {SCHEMA_NAME}"
    yield f"id: {_id(article.name)}"
    yield f"title: {_text('Draft from ' + (article.facts.get('title') or _base(article.name)))}"
    if draft.border is None:
        yield "# The claims do not speak of two territories: name the border in question, such as [MLI, DZA]."
        yield "border: null"
    else:
        yield "# The two territories that the claims speak of."
        yield f"border: [{draft.border[0]}, {draft.border[1]}]"
    yield ""
    yield from _parties(draft)
    yield from _references(draft)
    yield from _points(draft)
    yield from _places(draft.places)
    yield "claims:"
    for claim in draft.claims:
        yield from _claim(claim, referenced="publisher" in article.facts)
    yield ""
    yield "draft:"
    yield f"  article: {_text(_base(article.name))}"
    yield f"  sha256: {article.sha256}"
    yield f"  form: {article.form}"
    if draft.notes:
        yield "  # Found, and no claim by itself."
        yield "  notes:"
        for note in draft.notes:
            yield f"    - kind: {note.kind}"
            yield from _found(note.found, " " * 6)


def _parties(draft: Draft) -> Iterator[str]:
    yield "parties:"
    speakers = {claim.speaker.id: claim.speaker for claim in draft.claims}
    for speaker in speakers.values():
        territory = speaker.territory or "null"
        yield f"  {speaker.id}: {{name: {_text(speaker.name)}, territory: {territory}}}"
    yield ""


def _references(draft: Draft) -> Iterator[str]:
    """Write what the page says of itself; plain text says nothing, and nothing is made up for it."""
    facts = draft.article.facts
    if "publisher" not in facts:
        return
    yield "references:"
    yield "  article:"
    for name in ("publisher", "title", "published", "language", "url"):
        if name in facts:
            yield f"    {name}: {_text(facts[name])}"
    yield f"    sha256: {draft.article.sha256}"
    yield ""


def _points(draft: Draft) -> Iterator[str]:
    used: dict[str, None] = {}
    for claim in draft.claims:
        for name in _POINT_FIELDS:
            if name in claim.fields:
                used[claim.fields[name]] = None
        used.update(dict.fromkeys(claim.fields.get("points", ())))
    yield "points:"
    for point in used or {"incident": None}:
        yield f"  {point}: {{label: {_text(POINTS[point])}}}"
    yield ""


def _places(places: Iterable[Place]) -> Iterator[str]:
    for number, place in enumerate(places):
        if not number:
            yield "places:"
        yield f"  {place.id}:"
        yield f"    name: {_text(place.name)}"
        if place.name_ar:
            yield f"    name_ar: {_text(place.name_ar)}"
        yield f"    territory: {place.territory}"
        yield f"    position: {_text(_position(place))}"
        yield f"    accuracy: {_text(f'{place.accuracy_m:.15g} m')}"
        yield f"    source: {_text(place.source)}"
    if places:
        yield ""


def _claim(claim: DraftClaim, *, referenced: bool) -> Iterator[str]:
    yield f"  - id: {claim.id}"
    yield "    status: draft"
    yield f"    party: {claim.speaker.id}"
    if referenced:
        yield "    reference: article"
    yield f"    kind: {claim.kind}"
    for name, value in claim.fields.items():
        yield f"    {name}: {_value(value)}"
    if "text" not in claim.fields:
        yield f"    text: {_text(' '.join(claim.found.quote.split()))}"
    yield f"    quote: {_text(claim.sentence)}"
    yield "    found:"
    yield from _found(claim.found, " " * 6)


def _found(found: Found, indent: str) -> Iterator[str]:
    yield f"{indent}quote: {_text(found.quote)}"
    yield f"{indent}start: {found.start}"
    yield f"{indent}end: {found.end}"
    yield f"{indent}line: {found.line}"
    yield f"{indent}reason: {_text(found.reason)}"
    if found.decide:
        yield f"{indent}decide:"
        for question in found.decide:
            yield f"{indent}  - {_text(question)}"


def _value(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_value(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(each) for each in value)}]"
    return _text(str(value))


def _text(text: str) -> str:
    """Return a text in double quotes; JSON's escapes are YAML's, and what does not print is escaped as well."""
    written = json.dumps(text, ensure_ascii=False)
    return "".join(character if character.isprintable() else _escape(character) for character in written)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _position(place: Place) -> str:
    """Return the position of a place with every digit that is held."""
    lat, lon = (
        f"{abs(place.lat_deg):.10f}".rstrip("0").rstrip("."),
        f"{abs(place.lon_deg):.10f}".rstrip("0").rstrip("."),
    )
    return f"{lat}{'S' if place.lat_deg < 0 else 'N'} {lon}{'W' if place.lon_deg < 0 else 'E'}"


def _base(name: str) -> str:
    return name.replace("\\", "/").rstrip("/").rpartition("/")[2] or name


def _id(name: str) -> str:
    return make_id(_base(name).rpartition(".")[0] or _base(name))
