"""Time zones: by name, by offset, and of a territory on a day.

References
----------
IANA Time Zone Database, its tables ``zone.tab`` and ``zones`` (as packaged in ``tzdata``); ISO 3166-1 for the codes of
territories; PEP 495 for local times that occur twice or never.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo

from geoinc.errors import AmbiguousReadingError, ReadingError
from geoinc.notation.glyphs import shorten

__all__ = [
    "find_territory_zones",
    "format_offset",
    "localise",
    "name_zone",
    "open_offset",
    "open_zone",
    "to_utc",
    "zone_keys",
]

# The two codes of each territory, alpha-3 before alpha-2, for zone.tab knows the short ones alone.
_CODES: Final = (
    "ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT AZEAZ BDIBI "
    "BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT "
    "BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU "
    "CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET "
    "FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR "
    "GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR "
    "IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB "
    "LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH "
    "MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE "
    "NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL "
    "PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ "
    "SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC "
    "TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY "
    "USAUS UZBUZ VATVA VCTVC VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW "
)
_ALPHA_2: Final = {codes[:3]: codes[3:] for codes in _CODES.split()}
_OFFSET: Final = re.compile(
    r"(?:utc|gmt)? ?(?P<sign>[+-])(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?", re.IGNORECASE
)

# Before this year one name of the table may stand for several clocks.
_TABLE_SINCE: Final = 1970


@cache
def zone_keys() -> tuple[str, ...]:
    """Return the IANA names of all time zones, from the ``tzdata`` package, so that no machine accepts others."""
    listed = files("tzdata").joinpath("zones").read_text(encoding="utf-8")
    return tuple(sorted(listed.split()))


@cache
def open_zone(name: str) -> ZoneInfo:
    """Return a time zone by its IANA name.

    Parameters
    ----------
    name : str
        For example ``Africa/Algiers``.

    Raises
    ------
    ReadingError
        If there is no such zone; near names are listed.

    Examples
    --------
    >>> open_zone("Africa/Algiers").key
    'Africa/Algiers'
    """
    known = zone_keys()
    if name not in known:
        near = get_close_matches(name[:60], known, n=1, cutoff=0.7)
        hint = f"did you mean {near[0]}?" if near else "write an IANA name such as Africa/Algiers"
        raise ReadingError(f"{shorten(name)!r} is no known time zone; {hint}", text=name)
    return ZoneInfo(name)


def open_offset(text: str) -> tzinfo | None:
    """Return the zone of a fixed offset, ``UTC``, ``Z``, ``UTC+1``, ``+01:00``; None where `text` is none.

    Raises
    ------
    ReadingError
        If the offset is 24 hours or more.

    Examples
    --------
    >>> name_zone(open_offset("utc+1"))
    'UTC+01:00'
    """
    if text.casefold() in {"utc", "gmt", "z"}:
        return UTC
    match = _OFFSET.fullmatch(text)
    if match is None:
        return None
    hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
    if hours > 15 or minutes > 59:
        raise ReadingError(f"no clock is offset by {text}; write UTC+01:00 or the like", text=text)
    offset = timedelta(hours=hours, minutes=minutes) * (-1 if match["sign"] == "-" else 1)
    return timezone(offset) if offset else UTC


def name_zone(zone: tzinfo) -> str:
    """Return the IANA name of a zone, or its offset: ``UTC+01:00``."""
    if isinstance(zone, ZoneInfo):
        return zone.key
    offset = zone.utcoffset(None)
    return f"UTC{format_offset(offset)}" if offset else "UTC"


def format_offset(offset: timedelta | None) -> str:
    """Return an offset as ISO 8601 writes it.

    Examples
    --------
    >>> format_offset(timedelta(hours=-3, minutes=-30))
    '-03:30'
    """
    minutes = round((offset or timedelta()).total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


@cache
def _territory_table() -> dict[str, tuple[str, ...]]:
    """Return the zones of each territory by its alpha-2 code, in the order of the table."""
    table: dict[str, list[str]] = {}
    for line in files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="ascii").splitlines():
        if line and not line.startswith("#"):
            code, _, name = line.split("\t")[:3]
            table.setdefault(code, []).append(name)
    return {code: tuple(names) for code, names in table.items()}


def find_territory_zones(territory: str, year: int) -> tuple[ZoneInfo, ...]:
    """Return every time zone that the clocks of a territory may keep.

    Parameters
    ----------
    territory : str
        ISO 3166-1 alpha-3 code.
    year : int
        Of the day in question.

    Raises
    ------
    ReadingError
        If the code is none, if no zone is known for it, or if the year lies before 1970.

    Examples
    --------
    >>> [zone.key for zone in find_territory_zones("DZA", 2025)]
    ['Africa/Algiers']
    """
    code = _ALPHA_2.get(territory)
    names = _territory_table().get(code or "", ())
    if not names:
        raise ReadingError(
            f"no time zone is known for the territory {shorten(territory)!r}; give its ISO 3166-1 code of three "
            "capital letters, such as DZA, or the zone itself",
            text=territory,
        )
    if year < _TABLE_SINCE:
        raise ReadingError(
            f"which clocks {territory} kept before {_TABLE_SINCE} is not known here; give the zone", text=territory
        )
    return tuple(open_zone(name) for name in names)


def to_utc(local: datetime, zone: tzinfo, *, source_text: str) -> datetime:
    """Return in UTC what the clocks of a zone showed.

    Parameters
    ----------
    local : datetime
        Naive.
    zone : tzinfo
        Whose clocks.
    source_text : str
        The printed time, for the message.

    Raises
    ------
    ReadingError
        If the clocks never showed it.
    AmbiguousReadingError
        If they showed it twice; the readings carry the two offsets.

    Examples
    --------
    >>> to_utc(datetime(2025, 4, 1, 0, 8), open_zone("Africa/Algiers"), source_text="00:08").isoformat()
    '2025-03-31T23:08:00+00:00'
    """
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        raise ReadingError(
            f"{shorten(source_text)!r} never was on the clocks of {name_zone(zone)}: they went forward over it",
            text=source_text,
        )
    if first.utcoffset() != second.utcoffset():
        readings = tuple(local.isoformat() + format_offset(each.utcoffset()) for each in (first, second))
        raise AmbiguousReadingError(
            f"{shorten(source_text)!r} was on the clocks of {name_zone(zone)} twice: write it with its offset",
            text=source_text,
            readings=readings,
        )
    return first.astimezone(UTC)


def localise(local: datetime, zone: tzinfo, *, latest: bool) -> datetime:
    """Return in UTC an end that nobody printed: the earlier or the later where the clocks showed it twice."""
    return local.replace(tzinfo=zone, fold=int(latest)).astimezone(UTC)
