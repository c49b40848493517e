"""Spans on local clocks to spans in UTC: which clocks are meant, and whether they ever showed the time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from geoinc.errors import AmbiguousReadingError, ReadingError
from geoinc.messages import number, say
from geoinc.notation.glyphs import shorten
from geoinc.notation.phrases import fold_phrase
from geoinc.zones import find_territory_zones, localise, name_zone, open_offset, open_zone, to_utc, zone_keys

__all__ = ["LocalEnd", "PlacedSpan", "open_clocks", "place_span"]


@dataclass(frozen=True, slots=True)
class LocalEnd:
    """One end of a span on local clocks.

    Attributes
    ----------
    local : datetime
        Naive.
    shift : timedelta
        How far beyond `local` the end lies.
    printed : bool
        Whether somebody printed `local`. A printed time that the clocks never showed is refused; an assumed one is
        taken as the clocks ran on.
    """

    local: dt.datetime
    shift: dt.timedelta = dt.timedelta()
    printed: bool = True


@dataclass(frozen=True, slots=True)
class PlacedSpan:
    """A span in UTC, the name of the clocks that it was stated on, and what was assumed of them."""

    start_utc: dt.datetime
    end_utc: dt.datetime
    zone: str
    warnings: tuple[str, ...] = ()


def place_span(
    start: LocalEnd,
    end: LocalEnd,
    *,
    printed: Sequence[str],
    zone: str | None,
    territory: str | None,
    source_text: str,
) -> PlacedSpan:
    """Return a span in UTC.

    Parameters
    ----------
    start, end : LocalEnd
        The ends on the clocks.
    printed : sequence of str
        Offsets and names of zones that the text states; they all have to agree.
    zone : str or None
        IANA name or offset that the caller gives; it has to agree with those.
    territory : str or None
        ISO 3166-1 alpha-3 code; its clocks serve where no zone is stated.
    source_text : str
        As printed, for the message.

    Raises
    ------
    AmbiguousReadingError
        If the clocks showed a printed time twice, or the clocks of the territory differ.
    ReadingError
        If no clocks are known, if they never showed a printed time, or if two stated zones disagree.

    Examples
    --------
    >>> end = LocalEnd(dt.datetime(2025, 4, 1, 0, 8))
    >>> place_span(end, end, printed=(), zone=None, territory="DZA", source_text="00:08").zone
    'Africa/Algiers'
    """
    names = (*printed, *(() if zone is None else (zone,)))
    # A bare offset first: it settles a time that the clocks of a zone showed twice.
    stated = sorted((open_clocks(name) for name in names), key=lambda each: not isinstance(each, dt.timezone))
    if stated:
        begin, finish = _convert(start, end, stated[0], source_text)
        _check_agreement((begin, finish), stated, source_text)
        return PlacedSpan(begin, finish, name_zone(stated[-1]))
    if territory is None:
        raise ReadingError(
            f"{shorten(source_text)!r} has no time zone: give the zone, such as Africa/Algiers, or the territory of "
            "the speaker, such as DZA",
            text=source_text,
        )
    zones = find_territory_zones(territory, start.local.year)
    spans: dict[tuple[dt.datetime, dt.datetime], str] = {}
    for each in zones:
        spans.setdefault(_convert(start, end, each, source_text), each.key)
    if len(spans) > 1:
        raise AmbiguousReadingError(
            f"the clocks of {territory} showed {len(spans)} different times then: say which of them "
            f"{shorten(source_text)!r} is on",
            text=source_text,
            readings=tuple(f"{fold_phrase(source_text)} {key}" for key in spans.values()),
        )
    ((begin, finish), key), *_ = spans.items()
    told = say(
        "all {count} time zones of {territory} showed the same time then", count=number(len(zones)), territory=territory
    )
    return PlacedSpan(begin, finish, key, (told,) if len(zones) > 1 else ())


def open_clocks(name: str) -> dt.tzinfo:
    """Return a zone by its IANA name, in any case of letters, or by its offset.

    Raises
    ------
    ReadingError
        If there is no such zone.
    """
    offset = open_offset(name)
    if offset is not None:
        return offset
    keys = {key.casefold(): key for key in zone_keys()}
    return open_zone(keys.get(name.casefold(), name))


def _check_agreement(moments: Sequence[dt.datetime], stated: Sequence[dt.tzinfo], text: str) -> None:
    for each in stated[1:]:
        if any(m.astimezone(stated[0]).utcoffset() != m.astimezone(each).utcoffset() for m in moments):
            raise ReadingError(
                f"{shorten(text)!r} is on clocks of {name_zone(stated[0])}, which do not agree with "
                f"{name_zone(each)} then: correct one of the two",
                text=text,
            )


def _convert(start: LocalEnd, end: LocalEnd, zone: dt.tzinfo, text: str) -> tuple[dt.datetime, dt.datetime]:
    return _convert_end(start, zone, text, latest=False), _convert_end(end, zone, text, latest=True)


def _convert_end(end: LocalEnd, zone: dt.tzinfo, text: str, *, latest: bool) -> dt.datetime:
    if not end.printed:
        return localise(end.local, zone, latest=latest)
    try:
        return to_utc(end.local, zone, source_text=text) + end.shift
    except AmbiguousReadingError as error:
        raise AmbiguousReadingError(
            f"{shorten(text)!r} was on the clocks of {name_zone(zone)} twice: say its offset",
            text=text,
            readings=tuple(f"{fold_phrase(text)} UTC{reading[-6:]}" for reading in error.readings),
        ) from None
