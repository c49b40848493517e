"""Sentences that know the message they were written from, and the voices that say them in other languages."""

from __future__ import annotations

from geoinc.messages.leaves import Day, Items, Number, TerritoryName, day, items, number, territory
from geoinc.messages.text import (
    Capitalised,
    Joined,
    Message,
    Text,
    capital,
    from_data,
    join,
    later,
    say,
    say_as,
    say_many,
)
from geoinc.messages.voice import ENGLISH, LANGUAGES, Voice, voice_for

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "Capitalised",
    "Day",
    "Items",
    "Joined",
    "Message",
    "Number",
    "TerritoryName",
    "Text",
    "Voice",
    "capital",
    "day",
    "from_data",
    "items",
    "join",
    "later",
    "number",
    "say",
    "say_as",
    "say_many",
    "territory",
    "voice_for",
]
