"""The words that times and dates are printed with, in English, French, Spanish and Arabic.

Keys are folded as `geoinc.notation.phrases.fold_phrase` folds. Another language is another word in each row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from geoinc.notation.phrases import fold_phrase

__all__ = [
    "ABBREVIATED_OFFSETS",
    "APPROXIMATIONS",
    "CONNECTORS",
    "FILLERS",
    "FIRST_DAYS",
    "HOUR_WORDS",
    "LOCAL_PHRASES",
    "MERIDIEMS",
    "MONTHS",
    "OPENERS",
    "PARTS",
    "WEEKDAYS",
    "WORD_CLOCKS",
]


def _rows(table: Mapping[str, str]) -> dict[str, str]:
    """Return phrases, parted by ``/`` in the table, to their meanings."""
    return {fold_phrase(phrase): meaning for meaning, phrases in table.items() for phrase in phrases.split("/")}


def _numbered(rows: Iterable[str], *, first: int) -> dict[str, int]:
    return {
        fold_phrase(phrase): number for number, phrases in enumerate(rows, start=first) for phrase in phrases.split("/")
    }


# English, French, Spanish; then Arabic of Egypt and the Gulf, Algeria and Tunisia, Morocco, the Levant and Iraq.
MONTHS: Final = _numbered(
    (
        "january/jan/janvier/janv/enero/ene/يناير/جانفي/كانون الثاني",
        "february/feb/février/févr/fév/febrero/فبراير/فيفري/شباط",
        "march/mar/mars/marzo/مارس/آذار",
        "april/apr/avril/avr/abril/abr/أبريل/إبريل/ابريل/أفريل/نيسان",
        "may/mai/mayo/مايو/ماي/أيار",
        "june/jun/juin/junio/يونيو/يونيه/جوان/حزيران",
        "july/jul/juillet/juil/julio/يوليو/يوليه/جويلية/يوليوز/تموز",
        "august/aug/août/agosto/ago/أغسطس/أوت/غشت/آب",
        "september/sep/sept/septembre/septiembre/setiembre/سبتمبر/شتنبر/أيلول",
        "october/oct/octobre/octubre/أكتوبر/تشرين الأول",
        "november/nov/novembre/noviembre/نوفمبر/نونبر/تشرين الثاني",
        "december/dec/décembre/déc/diciembre/dic/ديسمبر/دجنبر/كانون الأول",
    ),
    first=1,
)

WEEKDAYS: Final = _numbered(
    (
        "monday/mon/lundi/lunes/الاثنين/الإثنين",
        "tuesday/tue/mardi/martes/الثلاثاء",
        "wednesday/wed/mercredi/miércoles/الأربعاء",
        "thursday/thu/jeudi/jueves/الخميس",
        "friday/fri/vendredi/viernes/الجمعة",
        "saturday/sat/samedi/sábado/السبت",
        "sunday/sun/dimanche/domingo/الأحد",
    ),
    first=0,
)

# Words for the first of a month.
FIRST_DAYS: Final = tuple(map(fold_phrase, ("first", "premier", "primero", "الأول", "الفاتح")))

# Hours in words, where a word for the hour or a part of the day shows that a clock is meant.
HOUR_WORDS: Final = _numbered(
    (
        "one/une/una/الواحدة",
        "two/deux/dos/الثانية",
        "three/trois/tres/الثالثة",
        "four/quatre/cuatro/الرابعة",
        "five/cinq/cinco/الخامسة",
        "six/seis/السادسة",
        "seven/sept/siete/السابعة",
        "eight/huit/ocho/الثامنة",
        "nine/neuf/nueve/التاسعة",
        "ten/dix/diez/العاشرة",
        "eleven/onze/once/الحادية عشرة",
        "twelve/douze/doce/الثانية عشرة",
    ),
    first=1,
)

WORD_CLOCKS: Final = _rows(
    {
        "midnight": "midnight/minuit/medianoche/media noche/la medianoche/منتصف الليل/منتصف ليلة/منتصف ليل",
        "noon": "noon/midday/mid-day/midi/mediodía/medio día/منتصف النهار/الظهر/ظهرا",
    }
)

MERIDIEMS: Final = _rows({"am": "am/a.m./a.m/a. m./ص", "pm": "pm/p.m./p.m/p. m./م"})

PARTS: Final = _rows(
    {
        "night": "night/overnight/nuit/noche/ليل/ليلا/الليل",
        # In Arabic the night of a day is by custom the one before it.
        "arabic night": "ليلة",
        "evening": "evening/soir/soirée/مساء/المساء/أمسية",
        "afternoon": "afternoon/après-midi/après midi/tarde/بعد الظهر/بعد ظهر/عصر/عصرا/العصر",
        "morning": "morning/matin/matinée/mañana/صباح/صباحا/الصباح",
        "early hours": (
            "early hours/small hours/early morning/wee hours/petit matin/petites heures/premières heures/madrugada/"
            "primeras horas/الساعات الأولى/فجر/فجرا/الفجر/dawn/daybreak/aube/l'aube/alba/amanecer"
        ),
    }
)

APPROXIMATIONS: Final = _rows(
    {
        "about": (
            "around/about/approximately/approx/approx./circa/ca./roughly/towards/toward/near/some time around/~/≈/"
            "vers/environ/vers les/aux alentours de/aux environs de/autour de/approximativement/hacia/hacia las/"
            "alrededor de/sobre/cerca de/aproximadamente/en torno a/"
            "حوالي/نحو/قرابة/تقريبا/في حدود/في حوالي"
        ),
        "just after": (
            "shortly after/just after/soon after/a little after/peu après/juste après/un peu après/poco después de/"
            "poco después del/بعيد/بعد قليل من"
        ),
        "just before": (
            "shortly before/just before/a little before/peu avant/juste avant/un peu avant/poco antes de/"
            "poco antes del/قبيل/قبل قليل من"
        ),
        "after": "after/après/después de/بعد",
        "before": "before/avant/antes de/قبل",
    }
)

# What joins two ends. The weak ones and the slash join only ends of one kind, two dates or two clock times; "and"
# joins only behind an opener.
CONNECTORS: Final = _rows(
    {
        "strong": "to/until/till/through/jusqu'à/jusqu'au/hasta/حتى/إلى",
        "weak": "-/into/au/aux/à/al/a",
        "and": "and/et/y/و",
    }
) | {"/": "slash"}

OPENERS: Final = frozenset(map(fold_phrase, ("between", "entre", "بين", "ما بين")))

LOCAL_PHRASES: Final = frozenset(
    map(
        fold_phrase,
        (
            *("local time", "local", "heure locale", "heures locales", "hora local", "horario local"),
            *("بالتوقيت المحلي", "التوقيت المحلي", "توقيت محلي"),
        ),
    )
)

# Abbreviations that stand for one offset only; those with several, such as IST or CST, are refused.
ABBREVIATED_OFFSETS: Final[dict[str, str]] = {
    "wat": "+01:00",
    "cet": "+01:00",
    "cest": "+02:00",
    "cat": "+02:00",
    "eet": "+02:00",
    "eest": "+03:00",
    "eat": "+03:00",
    "msk": "+03:00",
}

FILLERS: Final = frozenset(
    fold_phrase(word)
    for word in (
        *("on", "at", "of", "the", "in", "during", "from", "time", "date", "dated", "that", "day", "hours"),
        *("le", "la", "les", "l'", "de", "du", "des", "d'", "dans", "en", "a", "au", "aux", "cours", "heures"),
        *("el", "los", "las", "del", "al", "por", "durante", "desde", "dia", "horas", "hora", "heure"),
        *("في", "يوم", "من", "الساعة", "على", "عند", "شهر", "سنة", "عام", "خلال", "بتاريخ", "تمام", "بتوقيت"),
        *(",", ";", ".", "(", ")", "t", "h"),
    )
)
