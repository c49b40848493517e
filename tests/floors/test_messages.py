"""Sentences that know their message, the voices that say them, and the catalogue that is gathered from the source."""

from __future__ import annotations

import copy
import pickle
import re
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from geoinc.intervals import Interval
from geoinc.messages import (
    Message,
    Text,
    Voice,
    capital,
    day,
    items,
    join,
    later,
    number,
    say,
    say_as,
    say_many,
    territory,
    voice_for,
)
from geoinc.quantities import format_distance, format_interval, format_range

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import gather_messages

FIELD = re.compile(r"\{([a-z_][a-z_0-9]*)(?::(?:le|de|en))?\}")
words = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)


@given(first=words, second=words)
def test_a_message_reads_as_plain_formatting_does(first, second):
    said = say("{one} lies in {other}, and {one} stays.", one=first, other=second)
    assert said == f"{first} lies in {second}, and {first} stays."
    assert Voice()(said) == said


@given(count=st.integers(0, 10**6))
def test_counts_choose_their_form(count):
    said = say_many("{count} source decides.", "{count} sources decide.", count)
    assert said == f"{count} source{'' if count == 1 else 's'} decide{'s' if count == 1 else ''}."
    assert Voice()(said) == said


@given(value=st.decimals(-(10**9), 10**9, places=3))
def test_a_number_keeps_its_digits(value):
    plain = abs(value) if value == 0 else value
    assert number(value, minus="-") == f"{plain:f}"
    assert number(value).value == plain
    assert number(value, group=" ", minus="-") == f"{plain:,f}".replace(",", " ")


@given(low=st.floats(-(10**7), 10**7), high=st.floats(-(10**7), 10**7))
def test_lengths_read_as_they_did_before_they_knew_their_message(low, high):
    for metres in (low, high):
        written = format_distance(metres)
        assert re.fullmatch(r"-?\d+\.\d m|-?\d+\.\d\d km", written)
        assert abs(float(written.split()[0]) * (1000 if written.endswith("km") else 1) - metres) <= max(
            0.06, abs(metres) * 0.006
        )
        assert format_distance(metres, minus="−") == written.replace("-", "−")
    low, high = sorted((low, high))
    whole = format_interval(Interval(low, high))
    assert Voice()(whole) == whole
    first, last = format_distance(low), format_distance(high)
    expected = f"{first} to {last}"
    if first == last:
        expected = first
    elif first.split()[1] == last.split()[1]:
        expected = f"{first.split()[0]} to {last}"
    assert format_range(low, high) == expected


def test_texts_survive_copies():
    said = join([say("{tag} is {length}.", tag="M1", length=format_distance(9500.0)), capital(say("near it"))])
    for other in (copy.deepcopy(said), pickle.loads(pickle.dumps(said))):  # noqa: S301 - packed a moment ago
        assert other == said
        assert voice_for("fr")(other) == voice_for("fr")(said)


def test_another_language_says_what_stands_inside_too():
    held = {
        "{tag} lies {distance} inside {territory}.": "{territory} : {tag}, à {distance} de la limite.",
        "{value} km": "{value} km",
    }
    voice = Voice("fr", {"wreckage": "épave"}, lambda template, *_: held.get(template, template))
    said = say(
        "{tag} lies {distance} inside {territory}.",
        tag="wreckage",
        distance=format_distance(-12345.0),
        territory=territory("DZA", "Algeria"),
    )
    assert said == "wreckage lies -12.35 km inside Algeria."
    assert voice(said) == "Algérie : épave, à −12,35 km de la limite."
    assert voice(items(["M1", "M2", "M3"])) == "M1, M2 et M3"
    assert voice(day(date(2025, 4, 1))) == "1er avril 2025"
    assert voice(day(date(2025, 4, 1), with_year=False)) == "1er avril"
    assert voice(number(1234567, group=",")).split() == ["1", "234", "567"]


def test_a_language_written_from_right_to_left_keeps_names_in_their_own_order():
    voice = Voice("ar", {}, lambda template, *_: template)
    assert voice(say("{tag} is here", tag="M1")) == "\u2068M1\u2069 is here"
    assert voice(join(["M1", say("it is")])) == "\u2068M1\u2069 it is"


def test_the_catalogue_is_as_gathered():
    stale = [path.name for path, text in gather_messages.catalogue_files().items() if path.read_bytes() != text]
    assert not stale, "run tools/gather_messages.py"


def catalogue(language):
    held = (gather_messages.CATALOGUE / f"{language}.po").read_bytes()
    return [message for message in read_po(BytesIO(held), locale=language) if message.id]


def forms(message):
    """Each template of a message with each of its translations that is there."""
    templates = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return templates, tuple(string for string in strings if string)


@pytest.mark.parametrize("language", list(gather_messages.LANGUAGES))
def test_translations_have_the_fields_of_their_templates(language):
    for message in catalogue(language):
        templates, strings = forms(message)
        wanted = {frozenset(FIELD.findall(template)) for template in templates}
        # A form for exactly one, or for exactly two, may leave the figure out.
        counted = {fields - {"count"} for fields in wanted} if len(templates) > 1 else set()
        for string in strings:
            assert frozenset(FIELD.findall(string)) in wanted | counted, (message.id, string)
            assert "<" not in string, string


@pytest.mark.parametrize("language", list(gather_messages.LANGUAGES))
def test_no_translation_is_missing_or_guessed(language):
    held = catalogue(language)
    said = [message for message in held if any(forms(message)[1])]
    if not said:
        pytest.skip(f"no word of {language} is written yet")
    missing = [
        message.id
        for message in held
        if message.fuzzy or not all(message.string if isinstance(message.string, tuple) else (message.string,))
    ]
    assert not missing


def gathered(source, template=False):
    read = gather_messages.in_template if template else gather_messages.in_python
    return [(each.context, each.template, each.plural) for each in read("here", source)]


def test_messages_are_found_wherever_they_stand():
    assert gathered('say("outer {a}", a=say_as("kind", "in" "ner"))') == [
        (None, "outer {a}", None),
        ("kind", "inner", None),
    ]
    assert gathered('TABLE = {1: later("{count} x")}\nsay(TABLE[1], count=2)\nsay_many("one", "many", 3)') == [
        (None, "{count} x", None),
        (None, "one", "many"),
    ]
    assert gathered('<p title="{{ _("Map") }}">{% if x %}{{ _("of {x}", x=x) }}{% endif %}', template=True) == [
        (None, "Map", None),
        (None, "of {x}", None),
    ]


@pytest.mark.parametrize("call", ['say(f"{a} b")', 'say("a" + b)', 'say("a" if b else "c")', 'later("a" % b)'])
def test_a_composed_message_is_refused(call):
    with pytest.raises(ValueError, match="here:1: a message is composed"):
        gathered(call)


def test_translations_are_kept_and_nothing_is_guessed():
    held = read_po(
        BytesIO(
            'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n# note\nmsgid "kept {a}"\n'
            'msgstr "gardé {a}"\n\nmsgid "gone"\nmsgstr "parti"\n'.encode()
        ),
        locale="fr",
    )
    found = [
        gather_messages.Found("a.py", 1, "kept {a}"),
        gather_messages.Found("b.py", 1, "kept {a} too"),
        gather_messages.Found("c.py", 9, "kept {a}"),
    ]
    text = gather_messages.written(found, held, "fr").decode()
    assert '# note\n#: a.py c.py\nmsgid "kept {a}"\nmsgstr "gardé {a}"' in text
    assert 'msgid "kept {a} too"\nmsgstr ""' in text
    assert "gone" not in text
    assert "Date" not in text
    assert "fuzzy" not in text


def test_a_table_of_templates_says_what_say_says():
    assert say(later("{a} and {a}"), a="x") == "x and x"
    assert isinstance(say("a"), Message)
    assert isinstance(items(["a"]), Text)
    assert say_as("compass", "N").context == "compass"
