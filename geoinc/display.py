"""How results show themselves in a notebook: HTML that means the same in a trusted and in an untrusted one.

A notebook that its reader does not trust is cleaned before it is shown: scripts, style sheets, frames and SVG in the
text are taken out, pictures from data addresses stay. So everything here is headings, tables and pictures; a drawing
travels as a picture, in which no browser runs a script or asks for an address. Nothing carries a style, so that
nothing reaches beyond the output of its cell.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

__all__ = ["block", "facts", "heading", "note", "outline", "picture", "safe", "table"]

Chain = Sequence[tuple[float, float]]

_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def safe(text: str) -> str:
    """Return foreign text for HTML: escaped, its direction kept to itself.

    Examples
    --------
    >>> safe("<b>")
    '<bdi>&lt;b&gt;</bdi>'
    """
    return f"<bdi>{escape(_UNPRINTABLE.sub(chr(0xFFFD), text))}</bdi>"


def heading(text: str) -> str:
    """Return a line that names what follows; no heading of its own, since it would break the notebook's outline."""
    return f"<p><strong>{safe(text)}</strong></p>"


def note(text: str) -> str:
    """Return a paragraph."""
    return f"<p>{safe(text)}</p>"


def picture(svg: str, description: str, *, width_px: int = 640) -> str:
    """Return a drawing as a picture.

    Parameters
    ----------
    svg : str
        A whole document of SVG.
    description : str
        For whoever cannot see it.
    width_px : int
        At which it is shown; a narrower page shows it smaller.
    """
    data = base64.b64encode(svg.encode("utf-8")).decode("ascii")
    words = escape(_UNPRINTABLE.sub(chr(0xFFFD), description))
    return f'<p><img alt="{words}" width="{width_px}" src="data:image/svg+xml;base64,{data}"></p>'


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """Return names and values as a table with a heading in each row."""
    body = "".join(f'<tr><th scope="row">{safe(name)}</th><td>{safe(value)}</td></tr>' for name, value in rows)
    return f"<table><tbody>{body}</tbody></table>"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table with a heading for each column."""
    head = "".join(f'<th scope="col">{safe(column)}</th>' for column in columns)
    body = "".join(f"<tr>{''.join(f'<td>{safe(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def block(parts: Iterable[str], *, language: str = "en", direction: str = "ltr") -> str:
    """Return the whole output of a cell."""
    return f'<div lang="{language}" dir="{direction}">{"".join(parts)}</div>'


def outline(lines: Sequence[Sequence[Chain]], *, stretch: float, size: float = 420.0) -> str:
    """Return lines in longitude and latitude as a small drawing, north up, true to scale in its middle.

    Parameters
    ----------
    lines : sequence of sequences of chains
        Each line in pieces; the first line is bold, the others are thin and dashed.
    stretch : float
        Cosine of the middle latitude.
    size : float
        Of the longer side, in pixels.

    Returns
    -------
    str
        A document of SVG.
    """
    points = [(lon * stretch, -lat) for line in lines for chain in line for lon, lat in chain]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    scale = (size - 20) / max(right - left, bottom - top, 1e-9)
    width, height = (right - left) * scale + 20, (bottom - top) * scale + 20
    paths = []
    for place, line in reversed(list(enumerate(lines))):
        look = 'stroke="#1b1d21" stroke-width="1.8"' if place == 0 else 'stroke="#55585e" stroke-dasharray="4 3"'
        for chain in line:
            spots = (((lon * stretch - left) * scale + 10, (-lat - top) * scale + 10) for lon, lat in chain)
            steps = " ".join(f"{x:.1f} {y:.1f}" for x, y in spots)
            paths.append(f'<path d="M{steps}" fill="none" {look}/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.1f} {height:.1f}"><rect width="100%" height="100%" fill="#fff"/>{"".join(paths)}</svg>'
    )
