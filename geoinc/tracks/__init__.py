"""Rows of positions, timed or not, against every source of a border."""

from __future__ import annotations

from geoinc.tracks.files import TrackFile, read_track_file
from geoinc.tracks.result import Crossing, Depth, SourceTrack, Spent, Track
from geoinc.tracks.times import read_times
from geoinc.tracks.tracking import follow_track

__all__ = [
    "Crossing",
    "Depth",
    "SourceTrack",
    "Spent",
    "Track",
    "TrackFile",
    "follow_track",
    "read_times",
    "read_track_file",
]
