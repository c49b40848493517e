"""Boundary files of users: read, examined, registered, and never mended in silence."""

from __future__ import annotations

from geoinc.boundaries.own.reading import read_own_boundary, split_property

__all__ = ["read_own_boundary", "split_property"]
