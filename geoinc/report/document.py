"""What a report consists of, whatever it is written in: blocks of texts that a voice says."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

__all__ = ["Block", "Bullets", "Command", "Document", "Heading", "Paragraph", "Picture", "Quotation", "Table", "Terms"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `anchor` names the place, made of constants and numbers."""

    text: str
    level: int = 2
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; with a number where somebody may want to cite it, with an address where it names one."""

    text: str
    number: int | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words as printed, in their language."""

    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What is said of one thing: terms and their values; a term may have several."""

    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of a row heads it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, with numbers where its order counts."""

    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A line for a shell."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with the words that stand for it where no drawing can be shown, and what it leaves out."""

    drawing: Markup
    caption: str
    words: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


Block = Heading | Paragraph | Quotation | Terms | Table | Bullets | Command | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report.

    Attributes
    ----------
    title : str
    lead : str
        What it is made from, in one line.
    blocks : tuple of Block
    """

    title: str
    lead: str
    blocks: tuple[Block, ...]
