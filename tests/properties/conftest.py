"""How long the properties are tried: ``pytest tests/properties --hypothesis-profile=fuzz``, or ``fuzz-long``."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("fuzz", max_examples=4000, deadline=None, print_blob=True)
settings.register_profile("fuzz-long", max_examples=50_000, deadline=None, print_blob=True)
