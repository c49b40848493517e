"""Entries of tracks, times and falls to claims: what moved, how fast, and when.

The other kinds of claim are for :mod:`geoinc.incident.resolve`, which hands these on to here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import Any

from geoinc.claims import Assumption, FallClaim, FallMode, OrderClaim, Stated, TimeClaim, TrackClaim
from geoinc.incident.claim_entries import FallEntry, TimeEntry, TrackEntry
from geoinc.incident.figures import Figures
from geoinc.incident.names import Names, Note, gather
from geoinc.incident.problems import Path, shown
from geoinc.incident.times import read_instant, resolution_s
from geoinc.messages import join, say, say_as
from geoinc.notation import Reading, read_position
from geoinc.quantities import Quantity
from geoinc.times import read_time
from geoinc.zones import open_zone, zone_keys

__all__ = ["MovementResolver"]


class MovementResolver:
    """Turns sound entries of tracks, times and falls into claims.

    Parameters
    ----------
    names : Names
        Follows ids.
    figures : Figures
        Reads what was printed.
    note : callable
        Takes the path and the message of a problem.
    territories : mapping of str to str
        The territory of each party that has one, by the party's id: whose clocks its times are on.
    region : tuple of float or None
        Where positions are expected: west, south, east, north, in degrees.

    Attributes
    ----------
    assumptions : list of Assumption
        What the readings of printed times took for granted, in the order of the claims.
    """

    def __init__(
        self,
        names: Names,
        figures: Figures,
        note: Note,
        territories: Mapping[str, str],
        region: tuple[float, float, float, float] | None,
    ) -> None:
        self._region = region
        self.assumptions: list[Assumption] = []
        self._territories = territories
        self._names = names
        self._figures = figures
        self._note = note

    def build_track(self, entry: TrackEntry, common: dict[str, Any], path: Path) -> TrackClaim:
        """Return the claim of a track: its positions and times in the order flown, and what was stated of it.

        Raises
        ------
        UnresolvedError
            Where a figure cannot be read or an id leads nowhere, which is noted.
        """
        positions, times, border, speed, length, duration = gather(
            lambda: self._read_positions(entry, path),
            lambda: self._read_times(entry, path),
            lambda: self._find_track_border(entry, path),
            lambda: self._read_stated(self._figures.read_speed, entry, "speed", path),
            lambda: self._read_length(entry, path),
            lambda: self._read_stated(self._figures.read_duration, entry, "duration", path),
        )
        return TrackClaim(
            **common,
            positions=positions,
            times=times,
            time_widths_s=tuple(resolution_s(text) for text in entry.times),
            never_left=entry.never_left,
            entered=entry.entered,
            border=border,
            speed=speed,
            length=length,
            duration=duration,
        )

    def build_time(self, entry: TimeEntry, common: dict[str, Any], path: Path) -> TimeClaim | OrderClaim:
        """Return the claim of a time, or of an order where the entry says before or after.

        Raises
        ------
        UnresolvedError
            Where a figure cannot be read or an id leads nowhere, which is noted.
        """
        if entry.before or entry.after:
            if entry.event in (*entry.before, *entry.after):
                self._note((*path, "event"), "cannot come before or after itself: name another event")
            return OrderClaim(**common, event=entry.event, before=entry.before, after=entry.after)
        zone = self._read_zone(entry.zone, path)
        if entry.start is None or entry.end is None:
            return self._read_printed_time(entry, zone, common, path)
        start, end = gather(
            partial(self._figures.read, read_instant, (*path, "start"), entry.start, zone),
            partial(self._figures.read, read_instant, (*path, "end"), entry.end, zone),
        )
        if end < start:
            message = f"lies before start ({start:%Y-%m-%d %H:%M} in UTC): correct one of the two"
            self._note((*path, "end"), message)
        return TimeClaim(**common, event=entry.event, start_utc=start, end_utc=end, zone=zone or "UTC")

    def _read_printed_time(self, entry: TimeEntry, zone: str | None, common: dict[str, Any], path: Path) -> TimeClaim:
        """Return a time claim read from its words; what the reading takes for granted becomes an assumption."""
        reading = self._figures.read(
            read_time,
            (*path, "text"),
            entry.text or "",
            date=entry.date,
            zone=zone,
            territory=self._territories.get(entry.party),
        )
        if reading.warnings:
            said = join(reading.warnings, say_as("between clauses", "; "))
            told = say("{words}: {warnings}.", words=shown(entry.text or ""), warnings=said)
            self.assumptions.append(Assumption(f"{entry.id}:time", told, (entry.id,)))
        clocks = reading.zone if reading.zone in zone_keys() else "UTC"
        return TimeClaim(**common, event=entry.event, start_utc=reading.start_utc, end_utc=reading.end_utc, zone=clocks)

    def build_fall(self, entry: FallEntry, common: dict[str, Any], path: Path) -> FallClaim:
        """Return the claim of a fall, a glide or a powered flight.

        Raises
        ------
        UnresolvedError
            Where a figure cannot be read or an id leads nowhere, which is noted.
        """
        if entry.start == entry.end:
            message = "is the point of from: a fall needs two points, even where they may be one place"
            self._note((*path, "to"), message)
        angles = entry.launch_angle_deg
        if angles is not None and angles[0] > angles[1]:
            self._note((*path, "launch_angle_deg"), "gives the greater angle first: exchange the two")
        altitude, speed, ratio, coefficient, wind = gather(
            lambda: self._read_altitude(entry, path),
            lambda: self._read_stated(self._figures.read_speed, entry, "speed", path),
            lambda: self._read_stated(self._figures.read_ratio, entry, "glide_ratio", path),
            lambda: self._read_stated(self._figures.read_coefficient, entry, "ballistic_coefficient", path),
            lambda: self._read_stated(self._figures.read_speed, entry, "wind", path),
        )
        return FallClaim(
            **common,
            start=entry.start,
            end=entry.end,
            mode=FallMode(entry.mode),
            altitude=altitude,
            speed=speed,
            glide_ratio=ratio,
            ballistic_coefficient=coefficient,
            launch_angle_deg=angles,
            wind=wind,
        )

    def _find_track_border(self, entry: TrackEntry, path: Path) -> tuple[str, str] | None:
        for field, territory in (("never_left", entry.never_left), ("entered", entry.entered)):
            if territory is not None:
                return self._names.find_border(path, entry.border, territory, field=field)
        return None

    def _read_positions(self, entry: TrackEntry, path: Path) -> tuple[Reading, ...]:
        return gather(
            *(
                partial(self._figures.read, read_position, (*path, "positions", number), text, region=self._region)
                for number, text in enumerate(entry.positions)
            )
        )

    def _read_times(self, entry: TrackEntry, path: Path) -> tuple[datetime, ...]:
        zone = self._read_zone(entry.zone, path)
        times = gather(
            *(
                partial(self._figures.read, read_instant, (*path, "times", number), text, zone)
                for number, text in enumerate(entry.times)
            )
        )
        for number, (earlier, later) in enumerate(pairwise(times), start=1):
            if later < earlier:
                self._note((*path, "times", number), "lies before the one above it: keep the order of flight")
        return times

    def _read_altitude(self, entry: FallEntry, path: Path) -> Quantity | None:
        if entry.altitude is None:
            return None
        return self._figures.read_distance((*path, "altitude"), entry.altitude, entry.precision)

    def _read_stated(
        self, read: Callable[[Path, str, str | None], Stated], entry: FallEntry | TrackEntry, field: str, path: Path
    ) -> Stated | None:
        text = getattr(entry, field)
        return None if text is None else read((*path, field), text, getattr(entry, "precision", None))

    def _read_length(self, entry: TrackEntry, path: Path) -> Quantity | None:
        return None if entry.length is None else self._figures.read_distance((*path, "length"), entry.length)

    def _read_zone(self, zone: str | None, path: Path) -> str | None:
        return None if zone is None else self._figures.read(open_zone, (*path, "zone"), zone).key
