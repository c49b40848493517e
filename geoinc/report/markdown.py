"""A report in Markdown (CommonMark with tables): no text of a case is markup in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from geoinc.figures.letters import settled
from geoinc.messages import Voice, say
from geoinc.report.document import (
    Block,
    Bullets,
    Command,
    Document,
    Heading,
    Paragraph,
    Picture,
    Quotation,
    Table,
    Terms,
)

__all__ = ["escape", "write_markdown"]

_ANYWHERE: Final = re.compile(r"[\\`*_{}\[\]<>|~$&@]")
_SCHEME: Final = re.compile(r"(?<=[A-Za-z0-9+.-]):(?=\S)|:(?=[A-Za-z/])")
_HOST: Final = re.compile(r"(?i)\bwww\.")
_OPENING: Final = re.compile(r"^(#+|[-+=]+|\d{1,9}[.)])(?=\s|$|[-+=])")


def escape(text: str) -> str:
    r"""Return a text whose every letter stands for itself, in a paragraph, a list or a cell of a table.

    Examples
    --------
    >>> print(escape("| <b>9.5 km</b> `x` https://example.org"))
    \| \<b\>9.5 km\</b\> \`x\` https\://example.org
    >>> print(escape("1. not a list"), escape("# not a heading"))
    1\. not a list \# not a heading
    """
    plain = _ANYWHERE.sub(r"\\\g<0>", settled(text).strip())
    plain = _HOST.sub(lambda found: f"{found[0][:-1]}\\.", _SCHEME.sub(r"\:", plain)).replace("![", "\\![")
    return _OPENING.sub(_spelt, plain)


def _spelt(found: re.Match[str]) -> str:
    start = found[1]
    return f"{start[:-1]}\\{start[-1]}" if start[0].isdigit() else f"\\{start}"


def write_markdown(document: Document, voice: Voice) -> str:
    """Return a document as Markdown, in one voice."""
    return "\n".join(_Writer(voice).document(document)).rstrip() + "\n"


class _Writer:
    """Writes blocks as lines; an empty line ends each."""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice

    def said(self, text: str) -> str:
        return escape(self.voice(text))

    def document(self, document: Document) -> Iterator[str]:
        yield from (f"# {self.said(document.title)}", "", self.said(document.lead), "")
        for block in document.blocks:
            yield from self.block(block)

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading(text=text, level=level):
                yield from (f"{'#' * level} {self.said(text)}", "")
            case Paragraph():
                yield from (self.paragraph(block), "")
            case Quotation(text=text):
                # As printed: a figure that the file also states must not be said in another language here.
                yield from (f"> {escape(text)}", "")
            case Terms(rows=rows):
                yield from self.terms(rows)
            case Bullets(items=items, ordered=ordered):
                marks = (f"{place}." if ordered else "-" for place in range(1, len(items) + 1))
                yield from (*(f"{mark} {self.said(item)}" for mark, item in zip(marks, items, strict=True)), "")
            case Command(text=text):
                # Indented, so that no fence can be closed from inside; one line, so that none can begin outside.
                yield from (f"    {settled(text)}", "")
            case Table():
                yield from self.table(block)
            case Picture(caption=caption, words=words, outside=outside):
                if words:
                    lines = (*words, *outside)
                    yield from (self.said(caption), "", *(f"- {self.said(line)}" for line in lines), "")

    def paragraph(self, block: Paragraph) -> str:
        number = "" if block.number is None else f"**[{self.said(str(block.number))}]** "
        address = "" if block.address is None else f" <{block.address}>"
        return f"{number}{self.said(block.text)}{address}"

    def terms(self, rows: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
        for term, values in rows:
            if len(values) == 1:
                yield f"- {self.said(say('{term}: {value}', term=term, value=values[0]))}"
            else:
                yield f"- {self.said(say('{term}:', term=term))}"
                yield from (f"    - {self.said(value)}" for value in values)
        yield ""

    def table(self, block: Table) -> Iterator[str]:
        yield from (f"**{self.said(block.caption)}**", "")
        yield self.row(block.head)
        yield self.row("---" for _ in block.head)
        for row in block.rows:
            yield self.row(row)
        yield ""
        if block.note:
            yield from (self.said(block.note), "")

    def row(self, cells: Iterable[str]) -> str:
        return f"| {' | '.join(cell if cell == '---' else self.said(cell) or ' ' for cell in cells)} |"
