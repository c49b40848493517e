"""The page's own script: its parts in their order, as one function that leaves no name behind."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

__all__ = ["page_script"]

_PARTS: Final = (
    "base",
    "ellipsoid",
    "board",
    "drawn",
    "labels",
    "readout",
    "card",
    "controls",
    "picture",
    "share",
    "start",
)


@cache
def page_script() -> str:
    """Return the script as it is written, comments and all."""
    folder = files("geoinc.render").joinpath("static/page")
    # Bytes, then text: the hash in the policy counts on line ends that no system rewrites.
    parts = [folder.joinpath(f"{name}.js").read_bytes().decode("utf-8").replace("\r\n", "\n") for name in _PARTS]
    return '(function () {\n"use strict";\n' + "".join(parts) + "})();\n"
