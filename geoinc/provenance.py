"""What is needed to recompute a result: versions, hashes and options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
import pyproj
import shapely

from geoinc.boundaries import Source

__all__ = ["geoinc_version", "run_manifest"]


def geoinc_version() -> str:
    """Return the version of the installed package, or ``"unknown"`` where it is not installed."""
    try:
        return version("geoinc")
    except PackageNotFoundError:
        return "unknown"


def run_manifest(
    *, input_name: str, input_sha256: str, sources: Iterable[Source], options: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the manifest of a run, JSON-ready.

    Parameters
    ----------
    input_name, input_sha256 : str
        The file that was read, and the hash of its bytes.
    sources : iterable of Source
        The boundary sources that were asked.
    options : mapping
        What the user chose, JSON-ready.

    Returns
    -------
    dict
        Keys ``geoinc``, ``software``, ``input``, ``options`` and ``boundaries``.
    """
    return {
        "geoinc": geoinc_version(),
        "software": {
            "numpy": np.__version__,
            "pyproj": pyproj.__version__,
            "PROJ": pyproj.proj_version_str,
            "shapely": shapely.__version__,
            "GEOS": shapely.geos_version_string,
        },
        "input": {"file": input_name, "sha256": input_sha256},
        "options": dict(options),
        "boundaries": {source.id: _source(source) for source in sources},
    }


def _source(source: Source) -> dict[str, Any]:
    package = source.package
    return {
        "file": source.file,
        "sha256": source.sha256,
        "package": None
        if package is None
        else {
            "registry": package.registry,
            "name": package.name,
            "version": package.version,
            "file": package.file,
            "sha256": package.sha256,
        },
    } | (
        {"own": True, "description_sha256": source.description_sha256, "notes": list(source.notes)}
        if source.own
        else {}
    )
