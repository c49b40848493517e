"""Markdown to the text that a person sees, with the way back into the file.

Only what hides or adds characters is taken away: marks of headings, lists and emphasis, addresses of links,
pictures, code and comments. Nothing is rendered.

References
----------
CommonMark 0.31.2, sections 4 (leaf blocks) and 6 (inlines).
"""

from __future__ import annotations

import re
from typing import Final

from geoinc.draft.article import TextBuilder, Visible

__all__ = ["read_markdown"]

_FENCE: Final = re.compile(r" {0,3}(```|~~~)")
_LEADING: Final = re.compile(r"[ \t]{0,12}(?:(?:>[ \t]?){1,8}|#{1,6}[ \t]+|[-*+•][ \t]+|[0-9]{1,9}[.)][ \t]+){0,3}")
_RULE: Final = re.compile(r"[ \t]{0,3}(?:[-*_=][ \t]{0,3}){3,400}")
_DEFINITION: Final = re.compile(r"[ \t]{0,3}\[[^\]]{1,200}\]:")
_INLINE: Final = re.compile(
    r"!\[[^\[\]]{0,500}\]\([^()\s]{0,2000}(?:[ \t]\"[^\"]{0,300}\")?\)"  # a picture
    r"|(?P<link>\[)(?=[^\[\]]{1,500}\](?:\([^()]{0,2000}\)|\[[^\[\]]{0,200}\]))"  # the begin of a link
    r"|(?P<address>\](?:\([^()]{0,2000}\)|\[[^\[\]]{0,200}\]))"  # its end
    r"|\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|~~|``?"  # emphasis, code
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"  # an escape
    r"|<!--.{0,5000}?-->|</?[A-Za-z][^<>]{0,500}>"  # HTML
)
_BULLET: Final = re.compile(r"[ \t]{0,12}(?:[-*+•]|[0-9]{1,9}[.)]|#{1,6}|\|)[ \t]")


def read_markdown(source: str) -> Visible:
    """Return the visible text of Markdown in blocks; code, pictures and blocks that are one link are left out.

    Parameters
    ----------
    source : str
        The whole file.
    """
    out = TextBuilder()
    place = 0
    fence = ""
    linked = letters = 0
    for line in source.split("\n"):
        opening = _FENCE.match(line)
        starts = _BULLET.match(line) is not None
        if not line.strip() or starts or opening or fence:
            out.end_block(place, keep=linked <= 0.6 * letters)
            linked = letters = 0
        if fence or opening:
            fence = "" if opening and fence == opening.group(1) else fence or (opening.group(1) if opening else "")
        elif line.strip() and not _RULE.fullmatch(line) and not _DEFINITION.match(line):
            in_links, in_all = _add_line(out, line, place)
            linked += in_links
            letters += in_all
            if line.lstrip().startswith("#"):
                out.end_block(place + len(line))
                linked = letters = 0
        place += len(line) + 1
    out.end_block(len(source), keep=linked <= 0.6 * letters)
    return out.build()


def _add_line(out: TextBuilder, line: str, place: int) -> tuple[int, int]:
    """Add one line; return how many of its characters stand in links, and how many there are."""
    marks = _LEADING.match(line)
    at = marks.end() if marks else 0
    inside = False
    linked = letters = 0
    for mark in _INLINE.finditer(line, at):
        text = line[at : mark.start()]
        out.add(text, place + at)
        letters += len(text)
        linked += len(text) if inside else 0
        if mark["address"] is not None and not inside:
            out.add(mark.group(), place + mark.start())  # brackets of the text itself
        if mark["escaped"] is not None:
            out.add(mark["escaped"], place + mark.end() - 1)
        inside = mark["link"] is not None or (inside and mark["address"] is None)
        at = mark.end()
    out.add(line[at:], place + at)
    out.add("\n", place + len(line))
    return linked, letters + len(line) - at
