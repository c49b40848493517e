"""Elements of SVG as markup in which every text and every attribute is escaped."""

from __future__ import annotations

import re
from typing import Final

from markupsafe import Markup, escape

__all__ = ["clean", "element", "number", "path_data"]

_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    r"""Return `text` with what no HTML document may hold replaced by U+FFFD.

    Control characters and lone surrogates are replaced; characters that only steer the direction of text stay,
    because foreign text stands in elements of its own.

    Examples
    --------
    >>> clean("a\x00b") == "a\ufffdb"
    True
    """
    return _UNPRINTABLE.sub("\ufffd", text)


def number(value: float, decimals: int = 1) -> str:
    """Return `value` in as few characters as `decimals` allow.

    Examples
    --------
    >>> number(12.0), number(-0.04), number(3.14159, 2)
    ('12', '0', '3.14')
    """
    text = f"{value:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def element(tag: str, *children: Markup | str, **attributes: float | str | None) -> Markup:
    """Return one element.

    Parameters
    ----------
    tag : str
        A constant of the calling code.
    *children : str or Markup
        Text is escaped; markup is taken as it is.
    **attributes : float, str or None
        Underscores become hyphens, a trailing one is dropped (``class_``); None leaves the attribute out.

    Examples
    --------
    >>> print(element("text", "<b>", class_="a", x=1.5))
    <text class="a" x="1.5">&lt;b&gt;</text>
    """
    parts = [f"<{tag}"]
    for name, value in attributes.items():
        if value is None:
            continue
        text = value if isinstance(value, str) else number(value, 2)
        parts.append(f' {name.rstrip("_").replace("_", "-")}="{escape(clean(text))}"')
    body = "".join(child if isinstance(child, Markup) else str(escape(clean(child))) for child in children)
    parts.append(f">{body}</{tag}>" if body else "/>")
    return Markup("".join(parts))  # noqa: S704 - every part above is a constant or escaped


def path_data(chains: list[list[tuple[float, float]]], *, closed: bool) -> str:
    """Return the ``d`` of a path through chains of points, to a tenth of a unit.

    Points that fall on the one before are left out.

    Examples
    --------
    >>> path_data([[(0, 0), (0, 0.01), (3, 4)]], closed=False)
    'M0 0L3 4'
    """
    parts: list[str] = []
    for chain in chains:
        written: list[str] = []
        for x, y in chain:
            point = f"{number(x)} {number(y)}"
            if not written or written[-1] != point:
                written.append(point)
        if len(written) > 1:
            parts.append("M" + "L".join(written) + ("Z" if closed else ""))
    return "".join(parts)
