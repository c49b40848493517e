"""The sentences that the page's script writes, and the signs that it writes figures with."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from geoinc.messages import Voice, say, say_as

__all__ = ["phrases", "signs"]

_PHRASES: Final = {
    "also": say("Also drawn: {source}. {credit}", source="{source}", credit="{credit}"),
    "as_printed": say("As printed"),
    "asking": say("Asking the provider for pictures …"),
    "away": say("≈ {distance} from the boundary ({source})", distance="{distance}", source="{source}"),
    "background": say("Background: {credit}", credit="{credit}"),
    "boundary": say("Boundary: {source}. {credit}", source="{source}", credit="{credit}"),
    "by_source": say("{distance} by {source}", distance="{distance}", source="{source}"),
    "by_source_from": say(
        "{distance} by {source} ({border})", distance="{distance}", source="{source}", border="{border}"
    ),
    "cell": say("Prints the same"),
    "centre": say("Map centre {position}", position="{position}"),
    "copied": say("Copied: {text}", text="{text}"),
    "copy": say("Copy {notation}", notation="{notation}"),
    "copy_of": say("Copy {notation} of {tag}", notation="{notation}", tag="{tag}"),
    "distance": say("Distance on the ellipsoid: {distance}", distance="{distance}"),
    "first_point": say("First point set. Choose the second."),
    "km": say("{value} km", value="{value}"),
    "m": say("{value} m", value="{value}"),
    "map": say("Interactive map"),
    "measured": say(
        "{start} to {end}: {distance} on the WGS 84 ellipsoid", start="{start}", end="{end}", distance="{distance}"
    ),
    "measuring": say("Measuring: choose two points on the map, or press Enter twice at the map centre. Escape ends."),
    "no_answer": say("The provider did not answer; the map without pictures stays."),
    "no_length": say("not computable here"),
    "pointer": say("Pointer {position}", position="{position}"),
    "position": say("Position"),
    "refused": say("The browser does not let this page copy. The text stands selected below."),
    "saved": say("Saved as {file}", file="{file}"),
    "shortest": say("Shortest distance from the border"),
    "showing": say("The map shows {claims}", claims="{claims}"),
    "stated_by": say("Stated by"),
    "time": say("Time"),
    "unfit": say("{source}, not fit for this scale", source="{source}"),
    "view": say(
        "The lines are used for measuring and express no view on sovereignty. Drawn to about {tolerance}.",
        tolerance="{tolerance}",
    ),
    "zoom_in": say("Zoom in"),
    "zoom_out": say("Zoom out"),
    "E": say_as("compass letter", "E"),
    "N": say_as("compass letter", "N"),
    "S": say_as("compass letter", "S"),
    "W": say_as("compass letter", "W"),
}
"""By the names under which the script asks for them; fields in braces are filled there."""


def phrases(voice: Voice) -> dict[str, str]:
    """Return every sentence of the script in the page's language."""
    return {name: voice(text) for name, text in _PHRASES.items()}


def signs(voice: Voice) -> dict[str, str]:
    """Return the digits, the decimal sign and the minus sign of a language.

    Examples
    --------
    >>> signs(Voice())
    {'digits': '0123456789', 'point': '.', 'minus': '−'}
    """
    return {
        "digits": "".join(voice.number(Decimal(digit)) for digit in range(10)),
        "point": voice.number(Decimal("0.5")).strip("".join(voice.number(Decimal(each)) for each in (0, 5))),
        "minus": voice.number(Decimal(-1)).removesuffix(voice.number(Decimal(1))),
    }
