"""What every test needs: a registry of own boundary sources that is nobody's, and patience."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

if "CI" not in os.environ:
    # A slow or busy machine makes no property wrong. In CI Hypothesis sets no deadline by itself.
    settings.register_profile("patient", deadline=None)
    settings.load_profile("patient")


@pytest.fixture(scope="session", autouse=True)
def _nobodys_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Point the user's data folder at an empty one, also for processes that tests start."""
    folder = tmp_path_factory.mktemp("user-data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEOINC_DATA", str(folder))
        yield folder
