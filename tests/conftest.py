"""What every test needs: a registry of own boundary sources that is empty, and nobody's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def _nobodys_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Point the user's data folder at an empty one, also for processes that tests start."""
    folder = tmp_path_factory.mktemp("user-data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEOINC_DATA", str(folder))
        yield folder
