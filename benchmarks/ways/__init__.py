"""Every way of measuring that is compared, in the order of the table."""

from __future__ import annotations

from typing import Final

from benchmarks.ways import cloud, own, plane, server, sphere
from benchmarks.ways.way import Measure, NotMeasured, Way

__all__ = ["WAYS", "Measure", "NotMeasured", "Way"]

WAYS: Final = (*own.WAYS, *plane.WAYS, *cloud.WAYS, *sphere.WAYS, *server.WAYS)
