"""Online pictures that a page may offer; a page without them can ask for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import xyzservices.providers  # type: ignore[import-untyped]  # ships none

from geoinc.errors import UsageError

__all__ = ["OFFERED", "Tile", "tiles_named"]

OFFERED: Final = ("Esri.WorldImagery", "OpenTopoMap", "OpenStreetMap.Mapnik")


@dataclass(frozen=True, slots=True)
class Tile:
    """One provider of pictures.

    Attributes
    ----------
    name : str
        As in xyzservices.
    hosts : tuple of str
        What the page's policy must allow.
    options : dict
        What the page's script needs.
    """

    name: str
    hosts: tuple[str, ...]
    options: dict[str, Any]


def tiles_named(names: str | None) -> tuple[Tile, ...]:
    """Return the providers of a comma-separated list of names; none for None.

    Raises
    ------
    UsageError
        If a name is not among those offered.

    Examples
    --------
    >>> [tile.name for tile in tiles_named("OpenTopoMap")]
    ['OpenTopoMap']
    """
    if names is None:
        return ()
    return tuple(_tile(name.strip()) for name in names.split(","))


def _tile(name: str) -> Tile:
    if name not in OFFERED:
        raise UsageError(f"no tiles go by the name {name!r}; choose from: {', '.join(OFFERED)}")
    provider = xyzservices.providers.query_name(name)
    url = str(provider["url"]).replace("{variant}", str(provider.get("variant", ""))).replace("{r}", "")
    subdomains = str(provider.get("subdomains", "abc"))
    letters = subdomains if "{s}" in url else "a"
    hosts = dict.fromkeys(f"https://{urlsplit(url.replace('{s}', each)).netloc}" for each in letters)
    return Tile(
        name=name,
        hosts=tuple(hosts),
        options={
            "url": url,
            "credit": str(provider.attribution).replace("(C)", "©"),
            "maxZoom": int(provider.get("max_zoom", 18)),
            "subdomains": subdomains,
            # Since March 2026 this provider refuses requests that do not say where they come from.
            "referrer": name.startswith("OpenStreetMap"),
        },
    )
