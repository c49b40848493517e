"""A draft beside its article: the text with what was found coloured and numbered, as a page or on a terminal."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from geoinc.draft.drafting import Draft, DraftClaim, DraftNote, Found

__all__ = ["Stretch", "preview_html", "stretches"]

NOTE: Final = "note"

_STYLE: Final = """
:root{color-scheme:light dark;--line:#8888}
body{font:1rem/1.6 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.3rem}
p{unicode-bidi:plaintext;white-space:pre-wrap;overflow-wrap:anywhere}
mark{color:inherit;background:none;border-bottom:3px solid;border-radius:2px;padding:0 1px}
mark sup,dt b{font-size:.75em;font-weight:700;margin:0 .15em}
.position{border-color:#0072b2;background:#0072b233}
.border_distance{border-color:#d55e00;background:#d55e0033}
.separation,.place_offset{border-color:#cc79a7;background:#cc79a733}
.within,.track{border-color:#009e73;background:#009e7333}
.fall{border-color:#e69f00;background:#e69f0033}
.time{border-color:#56b4e9;background:#56b4e933}
.note{border-style:none none dotted;border-color:#888}
dl{border-top:1px solid var(--line)}
dt{margin-top:1rem}
dd{margin-left:1.5rem;unicode-bidi:plaintext;overflow-wrap:anywhere}
.open::before{content:"\\2192\\20"}
a{color:inherit}
""".strip()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of the visible text and the entries that were found in all of it.

    Attributes
    ----------
    text : str
        The run.
    marks : tuple of pairs of int and str
        Number and kind of each entry that holds the run, in order; empty for plain text.
    ends : tuple of int
        Numbers of the entries that end with it.
    """

    text: str
    marks: tuple[tuple[int, str], ...] = ()
    ends: tuple[int, ...] = ()


def entries(draft: Draft) -> list[tuple[int, str, DraftClaim | DraftNote]]:
    """Return claims and notes in the order of the text, each with its number and its kind."""
    found: list[DraftClaim | DraftNote] = [*draft.claims, *draft.notes]
    found.sort(key=lambda each: (each.found.shown, each.kind))
    return [
        (number, each.kind if isinstance(each, DraftClaim) else NOTE, each)
        for number, each in enumerate(found, start=1)
    ]


def stretches(draft: Draft) -> Iterator[tuple[Stretch, ...]]:
    """Return the article block by block, each cut where something that was found begins or ends.

    Parameters
    ----------
    draft : Draft
        What was found.
    """
    waiting = entries(draft)
    at = 0
    for block in draft.article.blocks:
        held = []
        while at < len(waiting) and waiting[at][2].found.shown[0] < block.end:
            held.append(waiting[at])
            at += 1
        yield tuple(_cut(draft.article.text, block.start, block.end, held))


def _cut(text: str, start: int, end: int, held: Sequence[tuple[int, str, DraftClaim | DraftNote]]) -> Iterator[Stretch]:
    if not held:
        yield Stretch(text[start:end])
        return
    edges = sorted({start, end, *(edge for _, _, each in held for edge in each.found.shown)})
    for first, last in pairwise(edges):
        marks = tuple((number, kind) for number, kind, each in held if _holds(each.found, first, last))
        ends = tuple(number for number, _, each in held if each.found.shown[1] == last)
        yield Stretch(text[first:last], marks, ends)


def _holds(found: Found, first: int, last: int) -> bool:
    return found.shown[0] <= first and last <= found.shown[1]


def preview_html(draft: Draft) -> str:
    """Return one page of HTML with the article and what was found in it.

    The page holds no script, asks for nothing, and its policy allows its one style sheet alone.

    Parameters
    ----------
    draft : Draft
        What was found; may be empty.
    """
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = html.escape(f"Draft from {draft.article.name}")
    language = html.escape(draft.article.facts.get("language", "und"), quote=True)
    counted = (
        f"{len(draft.claims)} draft claims, {len(draft.notes)} notes. Nothing is accepted before a person confirms it."
    )
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            f"<h1>{title}</h1>",
            f"<p>{html.escape(counted)}</p>",
            f'<article lang="{language}">',
            *(_block(block) for block in stretches(draft)),
            "</article>",
            "<h2>Found</h2>",
            "<dl>",
            *(line for entry in entries(draft) for line in _entry(*entry)),
            "</dl>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _block(block: Sequence[Stretch]) -> str:
    return f'<p dir="auto">{"".join(map(_stretch, block))}</p>'


def _stretch(stretch: Stretch) -> str:
    text = html.escape(stretch.text)
    if not stretch.marks:
        return text
    # The innermost mark gives the colour; the numbers behind lead to all of them.
    kind = stretch.marks[-1][1]
    numbers = "".join(f'<sup><a href="#found-{number}">{number}</a></sup>' for number in stretch.ends)
    return f'<mark class="{html.escape(_class(kind), quote=True)}">{text}{numbers}</mark>'


def _class(kind: str) -> str:
    return kind if kind.replace("_", "").isalpha() else NOTE


def _entry(number: int, kind: str, entry: DraftClaim | DraftNote) -> Iterator[str]:
    said = f"{entry.speaker.name}: {kind.replace('_', ' ')}" if isinstance(entry, DraftClaim) else f"Note: {entry.kind}"
    mark = f'<mark class="{html.escape(_class(kind), quote=True)}">{html.escape(said)}</mark>'
    yield f'<dt id="found-{number}"><b>{number}</b> {mark}'
    yield f"({html.escape(f'line {entry.found.line}, characters {entry.found.start} to {entry.found.end}')})</dt>"
    yield f'<dd dir="auto">{html.escape(entry.found.quote)}</dd>'
    yield f'<dd dir="auto">{html.escape(entry.found.reason)}</dd>'
    for question in entry.found.decide:
        yield f'<dd class="open" dir="auto">{html.escape(question)}</dd>'
