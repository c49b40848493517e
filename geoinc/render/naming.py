"""Names of territories in a second script, so that those who live on either side find theirs on the map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geoinc.places import Place

__all__ = ["SecondName", "place_names", "second_names"]


class SecondName(NamedTuple):
    """A name with the language that it is in."""

    text: str
    language: str


def place_names(place: Place, language: str) -> tuple[str, SecondName | None]:
    """Return the name of a place for readers of a language, and its name in the other script that is held.

    Examples
    --------
    >>> from geoinc.places import gazetteer
    >>> place_names(gazetteer()["tin-zaouatine-dza"], "en")
    ('Tin Zaouatine', SecondName(text='تين زاوتين', language='ar'))
    """
    if not place.name_ar:
        return place.name, None
    if language == "ar":
        return place.name_ar, SecondName(place.name, "und-Latn")
    return place.name, SecondName(place.name_ar, "ar")


def second_names(codes: Sequence[str], language: str) -> dict[str, SecondName]:
    """Return the names of territories in a script that the page is not written in.

    One rule for all: the first official language of the territory that is written in another script than the page's;
    where it has none, the first such language of the others here. Where nobody's is, no second name is needed.

    Parameters
    ----------
    codes : sequence of str
        ISO 3166-1 alpha-3; a code that locale data do not hold gets no name.
    language : str
        Language of the page.

    Examples
    --------
    >>> second_names(["DZA", "MLI"], "en")["MLI"]
    SecondName(text='مالي', language='ar')
    >>> second_names(["FRA", "DEU"], "en")
    {}
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - heavy: for pages alone
    from babel.core import get_global  # noqa: PLC0415
    from babel.languages import get_official_languages  # noqa: PLC0415

    subtags = get_global("likely_subtags")

    def script(name: str) -> str:
        return (subtags.get(name) or "Latn").split("_")[1] if "_" in (subtags.get(name) or "") else "Latn"

    aliases = get_global("territory_aliases")
    short = {code: aliases[code][0] for code in codes if aliases.get(code)}
    spoken = {
        code: [each for each in get_official_languages(name, de_facto=True) if script(each) != script(language)]
        for code, name in short.items()
    }
    others = [each for code in sorted(spoken) for each in spoken[code]]
    found: dict[str, SecondName] = {}
    for code, name in short.items():
        for candidate in [*spoken[code], *others]:
            try:
                text = Locale(candidate).territories.get(name)
            except UnknownLocaleError:
                continue
            if text:
                found[code] = SecondName(text, candidate)
                break
    return found
