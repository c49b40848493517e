"""The file of an article, as bytes, to text that can be read and quoted.

Offsets count the characters of the decoded file. Line ends and control characters are replaced one for one, so
that what is quoted can stand in an incident file and every offset still leads to the same place.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Final

from geoinc.draft.article import Article
from geoinc.draft.html_text import read_html
from geoinc.draft.markdown_text import read_markdown
from geoinc.draft.plain_text import read_plain
from geoinc.errors import InputError, UsageError

__all__ = ["FORMATS", "load_article", "parse_article"]

MAX_BYTES: Final = 10_000_000
FORMATS: Final = ("text", "html", "markdown")

_READERS: Final = {"text": read_plain, "html": read_html, "markdown": read_markdown}
_SUFFIXES: Final = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".md": "markdown", ".markdown": "markdown", ".txt": "text",
}  # fmt: skip
_HTML_START: Final = re.compile(
    r"\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?<(?:!doctype html|html|head|body|meta)\b", re.IGNORECASE
)
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_UNQUOTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\U000f0000-\U000fffff]")


def load_article(path: str | os.PathLike[str], *, form: str | None = None) -> Article:
    """Read an article from a file.

    Parameters
    ----------
    path : str or path
        A file of at most 10 MB: plain text, HTML or Markdown.
    form : str, optional
        One of ``FORMATS``; by default what the name or the first characters of the file say.

    Returns
    -------
    Article
        Its visible text, with the way back into the file.

    Raises
    ------
    InputError
        If the file cannot be read, is too large, or is not in an encoding that it declares.
    """
    name = os.fspath(path)
    try:
        with Path(name).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"{name}: cannot be read: {reason}") from error
    return parse_article(content, name=name, form=form)


def parse_article(content: bytes | str, *, name: str, form: str | None = None) -> Article:
    """Read an article from its content.

    Parameters
    ----------
    content : bytes or str
        The whole file, or its text.
    name : str
        Stands in messages and in the draft.
    form : str, optional
        One of ``FORMATS``.

    Returns
    -------
    Article
        Its visible text, with the way back into `content`.

    Raises
    ------
    UsageError
        If there is no such format.
    InputError
        If the content is too large, empty, or not in an encoding that it declares.
    """
    if form is not None and form not in FORMATS:
        raise UsageError(f"there is no format {form!r}; choose one of: {', '.join(FORMATS)}")
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    if len(raw) > MAX_BYTES:
        raise InputError(f"{name}: larger than {MAX_BYTES // 1_000_000} MB; save the article alone")
    text = content if isinstance(content, str) else _decode(raw, name)
    source = _UNQUOTABLE.sub("\ufffd", text.replace("\r", " "))
    if not source.strip():
        raise InputError(f"{name}: the file is empty; save the article's text in it")
    chosen = form or _SUFFIXES.get(Path(name).suffix.lower()) or ("html" if _HTML_START.match(source) else "text")
    visible = _READERS[chosen](source)
    return Article(
        name=name,
        form=chosen,
        source=source,
        sha256=hashlib.sha256(raw).hexdigest(),
        text=visible.text,
        blocks=visible.blocks,
        pieces=visible.pieces,
        facts=visible.facts,
    )


def _decode(content: bytes, name: str) -> str:
    declared = _CHARSET.search(content[:4096])
    encoding = "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif declared is not None:
        named = declared.group(1).decode("ascii")
        # A page that says UTF-16 inside its bytes of one each is in UTF-8 by the rules of HTML.
        encoding = "utf-8-sig" if named.lower().startswith("utf") else named
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: byte {error.start} is not {encoding}; save the file as UTF-8") from None
    except LookupError:
        raise InputError(f"{name}: declares the unknown encoding {encoding!r}; save the file as UTF-8") from None
