"""Every bundled file, licence texts included, held to its recorded hash."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

from geoinc.boundaries.catalogue import CATALOGUE_FILE, load_catalogue

__all__ = ["MISSING", "FileCheck", "verify"]

MISSING: Final = "missing"


@dataclass(frozen=True, slots=True)
class FileCheck:
    """A bundled file held to its recorded hash.

    Attributes
    ----------
    file : str
        Path below the data folder.
    expected, actual : str
        SHA-256, in hexadecimal; the actual one is ``"missing"`` where there is no such file.
    """

    file: str
    expected: str
    actual: str

    @property
    def ok(self) -> bool:
        """Whether the file is the recorded one."""
        return self.expected == self.actual


def verify(folder: Path | None = None) -> tuple[FileCheck, ...]:
    """Hold every bundled file, licence texts included, to its recorded hash.

    Parameters
    ----------
    folder : Path, optional
        Another data folder than the bundled one.

    Returns
    -------
    tuple of FileCheck
        One for each file, sorted by path; a missing file is a failed check, no error. The catalogue, which holds the
        hashes, comes first: it is held to the record that the installer keeps, and left out in a checkout.

    Raises
    ------
    BoundaryError
        If the catalogue itself is missing or cannot be understood.

    Examples
    --------
    >>> all(check.ok for check in verify())
    True
    """
    catalogue = load_catalogue(folder)
    checks = []
    for file in sorted(catalogue.files):
        path = catalogue.folder / file
        actual = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else MISSING
        checks.append(FileCheck(file, catalogue.files[file], actual))
    recorded = _recorded_by_installer(catalogue.folder / CATALOGUE_FILE)
    if recorded is not None:
        checks.insert(0, FileCheck(CATALOGUE_FILE, recorded, catalogue.sha256))
    return tuple(checks)


def _recorded_by_installer(path: Path) -> str | None:
    """Return the hash that the record of the installed package has of a file; None in a checkout."""
    try:
        files = metadata.files("geoinc") or ()
    except metadata.PackageNotFoundError:
        return None
    for entry in files:
        if entry.name != path.name or entry.hash is None or entry.hash.mode != "sha256":
            continue
        if Path(str(entry.locate())).resolve() == path.resolve():
            return base64.urlsafe_b64decode(entry.hash.value + "=").hex()
    return None
