"""The voice for a case: the catalogue's words, the case's own translations, and the plain figures that it states."""

from __future__ import annotations

import re
from typing import Final

from geoinc.claims import BorderDistanceClaim, Incident, PlaceOffsetClaim, SeparationClaim
from geoinc.messages import ENGLISH, Text, Voice, number, say, voice_for

__all__ = ["stated_length", "voice_of"]

_LENGTH: Final = re.compile(r"(?:(up to|at least|more than|less than|at most|about) )?(\d+(?:\.\d+)?) (km|m)")
_BOUNDS: Final = {
    "up to": lambda length: say("up to {distance}", distance=length),
    "at least": lambda length: say("at least {distance}", distance=length),
    "more than": lambda length: say("more than {distance}", distance=length),
    "less than": lambda length: say("less than {distance}", distance=length),
    "at most": lambda length: say("at most {distance}", distance=length),
    "about": lambda length: say("about {distance}", distance=length),
}


def stated_length(text: str) -> Text | None:
    """Return a length as a case file writes it in English, as a text that other languages can say; None for others.

    Examples
    --------
    >>> stated_length("up to 1.6 km"), stated_length("10,2 km")
    ('up to 1.6 km', None)
    """
    found = _LENGTH.fullmatch(text.strip())
    if found is None:
        return None
    bound, digits, unit = found.groups()
    value = number(digits)
    length: Text = say("{value} km", value=value) if unit == "km" else say("{value} m", value=value)
    return length if bound is None else _BOUNDS[bound](length)


def voice_of(incident: Incident, language: str) -> Voice:
    """Return the voice that says everything about a case in a language.

    Lengths of the file's own fields are figures, not quotations: "up to 2 km" is said in each language. What a
    publication printed is quoted, and never passes through a voice.

    Parameters
    ----------
    incident : Incident
    language : str
        One of `geoinc.messages.LANGUAGES`.

    Raises
    ------
    UsageError
        If there are no words in this language.
    """
    given = dict(incident.translations.get(language, {}))
    voice = voice_for(language, given)
    if language == ENGLISH:
        return voice
    for claim in incident.claims:
        if isinstance(claim, BorderDistanceClaim | SeparationClaim | PlaceOffsetClaim):
            quantities = [claim.distance, *(each.distance for each in claim.alternatives if each.distance is not None)]
            for text in (quantity.text.strip() for quantity in quantities):
                said = stated_length(text)
                if said is not None and text not in given:
                    given[text] = voice(said)
    return voice_for(language, given)
