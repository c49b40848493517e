"""Every sentence of the bundled cases comes through the catalogue, and no figure of it through a plain string."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from geoinc.cases import case_names

from .test_cases import assessed

sys.path.insert(0, str(Path(__file__).parents[1]))

from pseudo import PseudoVoice, own_texts, sentences, unsaid

# Operations between datums have no names but those of their register.
OPERATIONS = ("Nord Sahara 1959 to WGS 84 (1", "Nord Sahara 1959 to WGS 84 (11", "Nord Sahara 1959 to WGS 84")


@pytest.mark.parametrize("name", case_names())
def test_no_english_stands_outside_of_templates(name):
    data = assessed(name)
    own, voice = own_texts(data, OPERATIONS), PseudoVoice()
    found = {(where, text): left for where, text in sentences(data) if (left := unsaid(voice(text), own))}
    assert not found
