"""Five questions of a reader, what an assessment answers, and what of it a page lets be read.

What does each side say, where is it, what agrees, what cannot hold together, what cannot be known. The answers are
made from the assessment and said by the voice for its case; nothing of a page's making takes part, apart from how it
names its outcomes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from geoinc.claims import BorderDistanceClaim, PlaceOffsetClaim, PositionClaim, SeparationClaim
from geoinc.findings import AssessmentData, Outcome
from geoinc.measurement import Sense
from geoinc.messages import Voice, say, territory
from geoinc.render.voices import voice_of
from geoinc.render.words import GROUPS, interval

OUTCOMES = {
    "h-consistent": Outcome.CONSISTENT,
    "h-inconsistent": Outcome.INCONSISTENT,
    "h-indeterminate": Outcome.INDETERMINATE,
    "h-not-assessable": Outcome.NOT_ASSESSABLE,
}

HEADINGS = {
    "h-says": say("What each side says"),
    "h-distances": say("Distances by source"),
    "h-limits": say("What this map cannot show"),
    **{name: GROUPS[outcome] for name, outcome in OUTCOMES.items()},
}
"""What a section is called, by the anchor at which the page keeps it."""

QUESTIONS = {
    "what does each side say": ("h-says",),
    "where is it": ("h-distances",),
    "what agrees": ("h-consistent",),
    "what cannot hold together": ("h-inconsistent",),
    "what cannot be known": ("h-indeterminate", "h-not-assessable", "h-limits"),
}

_MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")


def plain(text: str) -> str:
    """Return a text without marks of direction, every space alike."""
    return " ".join(_MARKS.sub("", text).split())


def answers(data: AssessmentData, language: str) -> dict[str, list[str]]:
    """Return what a reader must find under each heading, in order."""
    voice = voice_of(data.incident, language)
    found = {name: list(dict.fromkeys(map(plain, _answers(data, voice, name)))) for name in HEADINGS}
    return {name: texts for name, texts in found.items() if texts}


def _answers(data: AssessmentData, voice: Voice, name: str) -> Iterator[str]:
    if name == "h-says":
        return _said(data, voice)
    if name == "h-distances":
        return _placed(data, voice)
    if name in OUTCOMES:
        return _found(data, voice, OUTCOMES[name])
    missing = (each for finding in data.findings for each in finding.missing)
    return map(voice, (*data.incident.limits, *missing))


def _said(data: AssessmentData, voice: Voice) -> Iterator[str]:
    for party in data.incident.parties.values():
        yield voice(party.name)
    for claim in data.incident.claims:
        # Quotations stay in the words and in the digits in which they were printed.
        yield from (claim.tag, claim.text, claim.quote or "")
        if isinstance(claim, BorderDistanceClaim | SeparationClaim | PlaceOffsetClaim):
            yield voice(interval(claim.distance.interval))


def _placed(data: AssessmentData, voice: Voice) -> Iterator[str]:
    names = {party.territory: party.name for party in data.incident.parties.values() if party.territory}
    for claim in data.incident.claims:
        if isinstance(claim, PositionClaim):
            yield claim.text
            for each in data.measurements[claim.id]:
                if each.sense is Sense.SHORTEST and each.distance_m is not None and each.territory is not None:
                    yield _kilometres(each.distance_m, voice)
                    yield voice(territory(each.territory, names[each.territory]))
    for source in data.sources:
        yield voice(source.title)


def _found(data: AssessmentData, voice: Voice, outcome: Outcome) -> Iterator[str]:
    for finding in data.findings:
        if finding.outcome is outcome:
            yield voice(finding.statement)
            yield from (data.incident.claim(each).tag for each in finding.claims)
            yield from map(voice, finding.missing)


def _kilometres(metres: float, voice: Voice) -> str:
    written = f"{metres / 1000:.2f}"
    return {"en": f"{written} km", "fr": f"{written.replace('.', ',')} km", "ar": f"{written} كم"}[voice.language]


def unanswered(found: Mapping[str, str], expected: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    """Return the answers that cannot be read under their heading, by question."""
    read = {name: plain(text) for name, text in found.items()}
    return [
        (question, text)
        for question, names in QUESTIONS.items()
        for name in names
        for text in expected.get(name, [])
        if text not in read.get(name, "")
    ]


SEEN = """
() => {
  const hides = new Map();
  // Clipped to a pixel, or scrolled out of the window with no way to it.
  const hidden = node => {
    if (!hides.has(node)) {
      const r = node.getBoundingClientRect(), style = getComputedStyle(node);
      const clipped = style.overflow === "hidden" && (r.width <= 2 || r.height <= 2);
      const above = node.parentElement && hidden(node.parentElement);
      hides.set(node, clipped || style.clipPath.startsWith("inset(50%") || above);
    }
    return hides.get(node);
  };
  const main = document.querySelector("main"), found = {}, width = document.documentElement.clientWidth;
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  let second = null, third = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (node.tagName === "H2") { second = node.id; third = null; }
      if (node.tagName === "H3") { third = node.id || null; }
      continue;
    }
    const holder = node.parentElement;
    const shown = holder.checkVisibility({opacityProperty: true, visibilityProperty: true});
    if (!node.data.trim() || !shown || hidden(holder)) { continue; }
    const range = document.createRange();
    range.selectNodeContents(node);
    const seen = [...range.getClientRects()].some(r => r.width > 1 && r.height > 5 && r.left < width && r.right > 0);
    if (seen) { [second, third].forEach(id => { if (id) { found[id] = (found[id] || "") + " " + node.data; } }); }
  }
  return found;
}
"""
"""What the eye can find under each heading that has an id."""
