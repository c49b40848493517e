"""Links of map sites: the position that stands in the text of the link, with nothing fetched.

A link may hold a mark (a pin, a searched place) and a view (where the map was centred). The mark is the
position; a view alone is read with a warning, because what it shows need not be in its middle. Each site writes
its own order: Yandex, 2GIS and Mapy longitude first, the others latitude first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal
from urllib.parse import SplitResult, parse_qsl, unquote_plus, urlsplit

from geoinc.errors import AmbiguousReadingError, ReadingError
from geoinc.messages import say
from geoinc.notation.cells import Cell
from geoinc.notation.geouri import pair_decimals
from geoinc.notation.glyphs import fold_characters, shorten

__all__ = ["MAX_LINK_CHARACTERS", "is_link", "read_link"]

MAX_LINK_CHARACTERS: Final = 2000

Order = Literal["lat lon", "lon lat"]


@dataclass(frozen=True, slots=True)
class _Site:
    """Where one site keeps its positions: names of query or fragment parameters, and patterns in the address."""

    name: str
    hosts: re.Pattern[str]
    marks: tuple[str, ...] = ()
    searches: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    halves: tuple[tuple[str, str], ...] = ()
    mark_halves: tuple[tuple[str, str], ...] = ()
    mark_patterns: tuple[re.Pattern[str], ...] = ()
    view_patterns: tuple[re.Pattern[str], ...] = ()
    path_searches: tuple[re.Pattern[str], ...] = ()
    order: Order = "lat lon"


@dataclass(slots=True)
class _Found:
    """The positions of one link."""

    marks: list[Cell] = field(default_factory=list)
    views: list[Cell] = field(default_factory=list)


def _hosts(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


_SITES: Final = (
    _Site(
        "Google Maps",
        _hosts(r"(?:www\.|maps\.|earth\.)?google(?:\.[a-z]{2,3}){1,2}"),
        marks=("cbll", "viewpoint"),
        searches=("q", "query", "destination", "daddr"),
        views=("ll", "sll", "center"),
        mark_patterns=(re.compile(r"!3d([^!?#/]*)!4d([^!?#/]*)"),),
        view_patterns=(re.compile(r"/@([^/?#,]*),([^/?#,]*)"),),
        path_searches=(re.compile(r"/(?:place|search)/([^/?#@]+)"),),
    ),
    _Site(
        "OpenStreetMap",
        _hosts(r"(?:www\.)?(?:openstreetmap\.org|osm\.org)"),
        searches=("query",),
        halves=(("lat", "lon"),),
        mark_halves=(("mlat", "mlon"),),
        view_patterns=(re.compile(r"#(?:.*&)?map=[0-9.]+/([^/&]*)/([^/&]*)"),),
    ),
    _Site(
        "Bing Maps",
        _hosts(r"(?:www\.)?bing\.com"),
        searches=("q", "where1"),
        views=("cp",),
        mark_patterns=(re.compile(r"[?&]sp=point\.([^_&#]*)_([^_&#]*)"),),
    ),
    _Site(
        "Apple Maps",
        _hosts(r"(?:beta\.)?maps\.apple\.com"),
        marks=("ll", "coordinate"),
        searches=("q", "daddr", "address"),
        views=("sll", "center"),
    ),
    _Site(
        "Yandex Maps",
        _hosts(r"(?:www\.|maps\.)?yandex\.[a-z]{2,3}(?:\.[a-z]{2})?"),
        marks=("pt", "whatshere[point]"),
        searches=("text",),
        views=("ll",),
        order="lon lat",
    ),
    _Site("Wikimapia", _hosts(r"(?:www\.)?wikimapia\.org"), halves=(("lat", "lon"),)),
    _Site(
        "GeoHack",
        _hosts(r"geohack\.toolforge\.org|(?:tools|geohack)\.wmflabs\.org|toolserver\.org"),
        searches=("params",),
    ),
    _Site(
        "HERE WeGo",
        _hosts(r"(?:wego|share)\.here\.com"),
        views=("map",),
        mark_patterns=(re.compile(r"/l/([^/?#,]*),([^/?#,]*)"),),
    ),
    _Site("Waze", _hosts(r"(?:www\.|ul\.)?waze\.com"), marks=("ll", "latlng", "to")),
    _Site("Zoom Earth", _hosts(r"zoom\.earth"), views=("view",)),
    _Site(
        "Sentinel browsers",
        _hosts(r"browser\.dataspace\.copernicus\.eu|apps\.sentinel-hub\.com"),
        halves=(("lat", "lng"),),
    ),
    _Site("2GIS", _hosts(r"2gis\.[a-z]{2,3}"), views=("m",), order="lon lat"),
    _Site("Mapy", _hosts(r"(?:[a-z]+\.)?mapy\.(?:cz|com)"), halves=(("y", "x"),)),
)

_SHORTENERS: Final = _hosts(
    r"goo\.gl|maps\.app\.goo\.gl|g\.co|bit\.ly|t\.co|tinyurl\.com|her\.is|binged\.it|maps\.apple|osm\.li"
)
_SHIFTED: Final = _hosts(r"(?:[a-z0-9-]+\.)*(?:amap|gaode|baidu)\.com|(?:apis\.)?map\.qq\.com")
_LINK: Final = re.compile(r"https?://|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,10}[/?#]", re.IGNORECASE | re.ASCII)
_PAIR: Final = re.compile(r"(?:point\.|ll\.|loc:)? ?([+-]?[0-9.]+) ?[,;~] ?([+-]?[0-9.]+)")
_GEOHACK_TAIL: Final = re.compile(r"_(?:[a-z]+:|\{).*", re.DOTALL)


def is_link(text: str) -> bool:
    """Whether `text` begins as the address of a page does.

    Examples
    --------
    >>> is_link("https://www.openstreetmap.org/#map=15/19.868/2.894"), is_link("19.868/2.894")
    (True, False)
    """
    return _LINK.match(text[:300].strip()) is not None


def read_link(text: str, read_text: Callable[[str], Cell]) -> Cell:
    """Return the cell of the position in a link of a map site.

    Parameters
    ----------
    text : str
        The link alone, at most 2000 characters.
    read_text : callable
        Reads coordinates that stand in the link as they would in print.

    Returns
    -------
    Cell
        Of the mark, or else of the view; its notation is ``"link"``.

    Raises
    ------
    AmbiguousReadingError
        If the link marks several positions.
    ReadingError
        If the site is not known, or no position stands in the text of the link.
    """
    if len(text) > MAX_LINK_CHARACTERS:
        raise ReadingError(
            f"the link has {len(text)} characters, more than {MAX_LINK_CHARACTERS}: {shorten(text)!r}; give the "
            "coordinates alone",
            text=text,
        )
    folded = fold_characters(text)
    if " " in folded:
        raise ReadingError(f"a space stands in the link {text!r}; give the link alone", text=text)
    parts = _split(folded, text)
    site = _find_site(parts, text)
    found = _find_positions(site, parts, folded, text, read_text)
    marks = list(dict.fromkeys((cell.lon_deg, cell.lat_deg) for cell in found.marks))
    if len(marks) > 1:
        raise AmbiguousReadingError(
            f"the link {text!r} marks {len(marks)} positions",
            text=text,
            readings=tuple(dict.fromkeys(map(str, found.marks))),
        )
    if found.marks:
        cell = min(found.marks, key=lambda each: each.half_width_lat_deg)
        return replace(cell, notation="link", warnings=(*_remark_on_view(cell, found.views), *cell.warnings))
    if found.views:
        cell = found.views[0]
        remark = say(
            "the link marks no place: the centre of the view in {site} was read, and what it shows may be elsewhere in "
            "it",
            site=site.name,
        )
        return replace(cell, notation="link", warnings=(remark, *cell.warnings))
    raise ReadingError(
        f"no position stands in the text of the {site.name} link {text!r}, and nothing is fetched; open it and "
        "give the coordinates that it shows",
        text=text,
    )


def _split(folded: str, text: str) -> SplitResult:
    try:
        parts = urlsplit(folded if "://" in folded else f"https://{folded}")
    except ValueError as error:
        raise ReadingError(f"{text!r} is no proper link ({error}); give the coordinates alone", text=text) from None
    return parts


def _find_site(parts: SplitResult, text: str) -> _Site:
    host = parts.hostname or ""
    if _SHORTENERS.fullmatch(host) or (host.endswith("osm.org") and parts.path.startswith("/go/")):
        raise ReadingError(
            f"{text!r} is a short link, and nothing is fetched: open it, and give the long link or the coordinates",
            text=text,
        )
    if _SHIFTED.fullmatch(host):
        raise ReadingError(
            f"the maps of {host} are shifted against WGS 84 by hundreds of metres; convert the coordinates of "
            f"{text!r} first, and give them alone",
            text=text,
        )
    for site in _SITES:
        if site.hosts.fullmatch(host):
            return site
    raise ReadingError(
        f"{host!r} in {text!r} is no map site that is known here ({', '.join(each.name for each in _SITES)}); give "
        "the coordinates alone",
        text=text,
    )


def _find_positions(
    site: _Site, parts: SplitResult, folded: str, text: str, read_text: Callable[[str], Cell]
) -> _Found:
    found = _Found()
    values = dict(parse_qsl(parts.fragment.lstrip("?"), keep_blank_values=True))
    values |= dict(parse_qsl(parts.query, keep_blank_values=True))

    def pair(latitude: str, longitude: str) -> Cell:
        return pair_decimals(latitude, longitude, notation="link", source_text=text)

    for names, cells in ((site.mark_halves, found.marks), (site.halves, found.views)):
        cells += [pair(*halves) for halves in _halves(names, values, text)]
    for patterns, cells in ((site.mark_patterns, found.marks), (site.view_patterns, found.views)):
        # The last match counts: Google writes the place behind the view of an older search.
        matches = [list(pattern.finditer(folded)) for pattern in patterns]
        cells += [pair(*map(unquote_plus, each[-1].groups())) for each in matches if each]
    for names_, cells in ((site.marks, found.marks), (site.views, found.views)):
        for name in names_:
            if name in values:
                first, second = _split_pair(values[name], text)
                cells.append(pair(second, first) if site.order == "lon lat" else pair(first, second))
    for value in _searches(site, parts, values):
        cell = _read_search(value, pair, read_text, text)
        if cell is not None:
            found.marks.append(cell)
    return found


def _halves(names: tuple[tuple[str, str], ...], values: Mapping[str, str], text: str) -> Iterator[tuple[str, str]]:
    for latitude, longitude in names:
        if (latitude in values) != (longitude in values):
            raise ReadingError(
                f"the link {text!r} holds only one of {latitude} and {longitude}; give both coordinates", text=text
            )
        if latitude in values:
            yield values[latitude], values[longitude]


def _split_pair(value: str, text: str) -> tuple[str, str]:
    match = _PAIR.match(value)
    # Behind the pair may stand a zoom, a style or another pair.
    if match is None or not re.match(r"[,~/]|$", value[match.end() :]):
        raise ReadingError(
            f"{value!r} in the link {text!r} is no pair of decimal degrees; give the coordinates alone", text=text
        )
    return match[1], match[2]


def _searches(site: _Site, parts: SplitResult, values: Mapping[str, str]) -> Iterator[str]:
    for name in site.searches:
        if name in values:
            yield values[name]
    for pattern in site.path_searches:
        if match := pattern.search(parts.path):
            yield unquote_plus(match[1])


def _read_search(
    value: str, pair: Callable[[str, str], Cell], read_text: Callable[[str], Cell], text: str
) -> Cell | None:
    """Return the cell of a searched text; None where it is the name of a place."""
    plain = re.sub(r" ?\([^()]*\)$", "", fold_characters(_GEOHACK_TAIL.sub("", value)).replace("_", " "))
    match = _PAIR.fullmatch(plain)
    if match:
        return pair(match[1], match[2])
    try:
        return read_text(plain)
    except AmbiguousReadingError as error:
        raise AmbiguousReadingError(
            f"the coordinates in the link {text!r} have more than one meaning", text=text, readings=error.readings
        ) from None
    except ReadingError as error:
        if any(character.isdecimal() for character in plain) and sum(map(str.isalpha, plain)) <= 2:
            raise ReadingError(f"the link {text!r} cannot be read: {error}", text=text) from None
        return None


def _remark_on_view(mark: Cell, views: list[Cell]) -> tuple[str, ...]:
    away = [
        view
        for view in views
        if abs(view.lat_deg - mark.lat_deg) > mark.half_width_lat_deg + view.half_width_lat_deg
        or abs(view.lon_deg - mark.lon_deg) > mark.half_width_lon_deg + view.half_width_lon_deg
    ]
    if not away:
        return ()
    return (say("the mark was read; the view of the link is centred elsewhere, on {position}", position=away[0]),)
