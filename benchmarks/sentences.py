"""What geoinc claims beside the others, held against what was measured."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.lines import LINES
from benchmarks.truth import READINGS
from benchmarks.ways.way import Way

__all__ = ["Sentence", "check_sentences"]

CLOSE_M: Final = 100.0
RIGHT_M: Final = 5.0


@dataclass(frozen=True, slots=True)
class Sentence:
    """A claim, its figures, and whether they bear it out; None where something it needs was not measured."""

    claim: str
    figures: tuple[str, ...]
    holds: bool | None


def check_sentences(ways: Sequence[Way], measured: Mapping[str, Any]) -> tuple[Sentence, ...]:
    """Hold the three claims against one run.

    On each line a peer counts by its greatest error under the reading of edges that serves it better, and is set
    beside geoinc under that same reading.
    """
    peers = [way for way in ways if not way.own and way.id in measured]
    return (
        _faster(
            f"With [fast], geoinc is faster than every measured peer whose error stays under {CLOSE_M:.0f} m.",
            peers,
            measured,
            own="geoinc-fast",
            below_m=CLOSE_M,
        ),
        _faster(
            f"Without it, geoinc is faster than every measured peer that is right to {RIGHT_M:.0f} m.",
            peers,
            measured,
            own="geoinc",
            below_m=RIGHT_M,
        ),
        _more_exact(peers, measured),
    )


def _own(own: str, reading: str) -> str:
    return own if reading == "geodesic" else f"{own}-{reading}"


def _better(measured: Mapping[str, Any], peer: str, name: str) -> tuple[float, str]:
    """Greatest error of a peer, and the reading under which it is least; an error that is no number is the greatest."""
    errors = [(measured[peer]["error"][name][reading]["max_m"], reading) for reading in READINGS]
    return min((math.inf if math.isnan(error) else error, reading) for error, reading in errors)


def _faster(claim: str, peers: Sequence[Way], measured: Mapping[str, Any], *, own: str, below_m: float) -> Sentence:
    if any(_own(own, reading) not in measured for reading in READINGS):
        return Sentence(claim, ("geoinc was not measured so.",), None)
    figures, holds = [], True
    for name in LINES:
        beside: list[tuple[float, str, float, float]] = []
        for peer in peers:
            error, reading = _better(measured, peer.id, name)
            if error <= below_m:
                cost = measured[peer.id]["cost"][name]["median"]
                ours = measured[_own(own, reading)]["cost"][name]["median"]
                beside.append((cost / ours, peer.name, cost, ours))
        holds &= all(ratio > 1 for ratio, *_ in beside)
        if beside:
            ratio, peer_name, cost, ours = min(beside)
            figures.append(
                f"{name}: {len(beside)} such; the fastest is {peer_name} at {cost:.1f} times Geod.inv, geoinc takes "
                f"{ours:.1f}, {ratio:.1f} times less."
            )
        else:
            figures.append(f"{name}: no peer is such.")
    return Sentence(claim, tuple(figures), holds)


def _more_exact(peers: Sequence[Way], measured: Mapping[str, Any]) -> Sentence:
    claim = "No measured peer is as exact as geoinc."
    missing = [reading for reading in READINGS if _own("geoinc", reading) not in measured]
    if missing:
        return Sentence(claim, ("geoinc was not measured.",), None)
    figures, holds = [], True
    for name, reading, ours in _own_errors(measured):
        errors = [(measured[peer.id]["error"][name][reading]["max_m"], peer.name) for peer in peers]
        if not errors:
            return Sentence(claim, ("No peer was measured.",), None)
        least, peer_name = min(errors)
        holds &= least > ours
        figures.append(f"{name}, {reading} edges: geoinc errs by {ours:.1e} m at most, {peer_name} by {least:.1e} m.")
    return Sentence(claim, tuple(figures), holds)


def _own_errors(measured: Mapping[str, Any]) -> Iterator[tuple[str, str, float]]:
    """For each line and reading, the greatest error of geoinc in any form."""
    for name in LINES:
        for reading in READINGS:
            forms = [way for way in (_own("geoinc", reading), _own("geoinc-fast", reading)) if way in measured]
            yield name, reading, max(measured[form]["error"][name][reading]["max_m"] for form in forms)
